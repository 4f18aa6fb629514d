//! The workbook beside a page: its key figures on the first sheet, each of its tables on a sheet of its own, with numbers that
//! can be reckoned with.

mod chart;
mod form;
mod looks;
mod overview;
mod table;

use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, XlsxError};

use self::looks::Looks;
use super::RenderError;
use super::returned::properties;
use super::sheet_names::unique;
use crate::report::printed::PrintedForm;
use crate::report::view::{Block, Section, Table};
use crate::report::{Book, Page};

/// Where the workbook of a page lies: beside it, under the same name.
#[must_use]
pub fn path_of(page: &Page) -> String {
    format!("{}.xlsx", page.path.strip_suffix(".html").unwrap_or(&page.path))
}

/// What stands on a sheet.
#[derive(Clone, Copy)]
enum What<'b> {
    Table(&'b Table),
    Form(&'b PrintedForm),
}

/// A table or form of the book with the name of its sheet and the section it is of.
struct Placed<'b> {
    sheet: String,
    section: &'b Section,
    what: What<'b>,
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
    // A form by itself is the workbook, as it is the document.
    if !matches!(placed.as_slice(), [Placed { what: What::Form(_), .. }]) {
        overview::write(workbook.add_worksheet(), book, &placed, &looks)?;
    }
    for placed in &placed {
        let page = workbook.add_worksheet();
        match placed.what {
            What::Table(table) => table::write(page, book, placed, table, &looks)?,
            What::Form(form) => form::write(page, book, placed, form, &looks)?,
        }
    }
    workbook.save_to_buffer()
}

/// The tables that have rows and the printed forms, each with a sheet.
fn placed(book: &Book) -> Vec<Placed<'_>> {
    let blocks = book.sections.iter().flat_map(|section| section.blocks.iter().map(move |block| (section, block)));
    let found: Vec<(&Section, What<'_>)> =
        blocks.filter_map(|(section, block)| Some((section, sheet_of(block)?))).collect();
    let names = unique(found.iter().map(|(section, what)| name(section, *what)), &[&book.labels.overview]);
    found.into_iter().zip(names).map(|((section, what), sheet)| Placed { sheet, section, what }).collect()
}

/// What of a block stands on a sheet.
fn sheet_of(block: &Block) -> Option<What<'_>> {
    let table = match block {
        Block::Table { table } => table,
        Block::Chart { chart } => &chart.table,
        Block::Printed { form } => return Some(What::Form(form)),
        Block::Text { .. } | Block::Figures { .. } => return None,
    };
    (!table.rows.is_empty()).then_some(What::Table(table))
}

/// Its name: the caption or title, else the section's title.
fn name<'t>(section: &'t Section, what: What<'t>) -> &'t str {
    let own = match what {
        What::Table(table) => &table.caption,
        What::Form(form) if !form.part.is_empty() => &form.part,
        What::Form(form) => &form.title,
    };
    if own.is_empty() { &section.title } else { own }
}
