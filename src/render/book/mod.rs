//! The workbook beside a page: its key figures on the first sheet, each of its tables on a sheet of its own, with numbers that
//! can be reckoned with.

mod chart;
mod looks;
mod overview;
mod table;

use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, XlsxError};

use self::looks::Looks;
use super::RenderError;
use super::returned::properties;
use super::sheet_names::unique;
use crate::report::view::{Block, Section, Table};
use crate::report::{Book, Page};

/// Where the workbook of a page lies: beside it, under the same name.
#[must_use]
pub fn path_of(page: &Page) -> String {
    format!("{}.xlsx", page.path.strip_suffix(".html").unwrap_or(&page.path))
}

/// A table of the book with the name of its sheet and the section it is of.
struct Placed<'b> {
    sheet: String,
    section: &'b Section,
    table: &'b Table,
}

/// The bytes of the workbook; `dated` is written into its properties: the as-of date, never that of the machine.
///
/// # Errors
/// When the workbook crate refuses something, which a slip in the program would cause.
pub fn workbook(book: &Book, dated: NaiveDate) -> Result<Vec<u8>, RenderError> {
    made(book, dated).map_err(|error| RenderError::Workbook(error.to_string()))
}

fn made(book: &Book, dated: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(dated)?.set_title(&book.frame.title));
    let looks = Looks::new();
    workbook.set_default_format(&looks.text, 18, 72)?;
    let placed = placed(book);
    overview::write(workbook.add_worksheet(), book, &placed, &looks)?;
    for placed in &placed {
        table::write(workbook.add_worksheet(), book, placed, &looks)?;
    }
    workbook.save_to_buffer()
}

/// The tables that have rows, each with a sheet.
fn placed(book: &Book) -> Vec<Placed<'_>> {
    let tables = book.sections.iter().flat_map(|section| section.blocks.iter().map(move |block| (section, block)));
    let found: Vec<(&Section, &Table)> =
        tables.filter_map(|(section, block)| Some((section, table_of(block)?))).collect();
    let names = unique(found.iter().map(|(section, table)| name(section, table)), &[&book.labels.overview]);
    found.into_iter().zip(names).map(|((section, table), sheet)| Placed { sheet, section, table }).collect()
}

/// The table of a block, where it has rows.
fn table_of(block: &Block) -> Option<&Table> {
    let table = match block {
        Block::Table { table } => table,
        Block::Chart { chart } => &chart.table,
        _ => return None,
    };
    Some(table).filter(|table| !table.rows.is_empty())
}

/// A table's name: its caption, else the section's title.
fn name<'t>(section: &'t Section, table: &'t Table) -> &'t str {
    if table.caption.is_empty() { &section.title } else { &table.caption }
}
