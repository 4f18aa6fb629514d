//! The first sheet: what the workbook is, the key figures, and the way to each table.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::looks::{Looks, counted, held, number_format};
use super::{Placed, name};
use crate::report::Book;
use crate::report::view::{Block, Figure, Section};

/// Widths of the columns: label, value, what it is made of, verdict, changes.
const WIDTHS: [f64; 5] = [34.0, 16.0, 26.0, 26.0, 40.0];

pub(super) fn write(page: &mut Worksheet, book: &Book, placed: &[Placed<'_>], looks: &Looks) -> Result<(), XlsxError> {
    page.set_name(&book.labels.overview)?;
    for (col, width) in (0..).zip(WIDTHS) {
        page.set_column_width(col, width)?;
    }
    page.write_string_with_format(0, 0, &book.frame.heading, &looks.title)?;
    page.set_row_height(0, 26)?;
    let mut row = 1;
    for line in [&book.frame.organisation, &book.frame.subtitle, &book.frame.as_of] {
        if !line.is_empty() {
            page.write_string_with_format(row, 0, line, &looks.small)?;
            row += 1;
        }
    }
    row += 1;
    for section in book.sections.iter().filter(|section| figures(section).next().is_some()) {
        row = key_figures(page, row, section, book, looks)? + 1;
    }
    page.write_string_with_format(row, 0, &book.labels.tables, &looks.caption)?;
    for (at, placed) in (row + 1..).zip(placed) {
        let url = Url::new(format!("internal:'{}'!A1", placed.sheet.replace('\'', "''")))
            .set_text(name(placed.section, placed.what));
        page.write_url_with_format(at, 0, url, &looks.link)?;
        page.write_string_with_format(at, 1, &placed.section.title, &looks.small)?;
    }
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    Ok(())
}

fn figures(section: &Section) -> impl Iterator<Item = &Figure> {
    section.blocks.iter().flat_map(|block| match block {
        Block::Figures { figures } => figures.as_slice(),
        _ => &[],
    })
}

/// The key figures of a section; the row behind them.
fn key_figures(
    page: &mut Worksheet,
    first: u32,
    section: &Section,
    book: &Book,
    looks: &Looks,
) -> Result<u32, XlsxError> {
    let labels = &book.labels;
    page.write_string_with_format(first, 0, &section.title, &looks.caption)?;
    let headings = [&labels.figure, &labels.value, &labels.made_of, &labels.against_target, &labels.changes];
    for (col, heading) in (0..).zip(headings) {
        let format = if col == 1 { &looks.heading_of_numbers } else { &looks.heading };
        page.write_string_with_format(first + 1, col, heading, format)?;
    }
    let mut row = first + 2;
    for figure in figures(section) {
        let plain = looks.cell(None, "", false);
        page.write_string_with_format(row, 0, &figure.label, &plain)?;
        match figure.number {
            Some(number) => {
                let code = number_format(number.form, &figure.value);
                let format = looks.cell(Some(&code), figure.state, false);
                page.write_number_with_format(row, 1, counted(number), &format)?;
            }
            None => {
                page.write_string_with_format(row, 1, held(&figure.value), &plain)?;
            }
        }
        page.write_string_with_format(row, 2, &figure.detail, &plain)?;
        page.write_string_with_format(row, 3, &figure.verdict, &looks.cell(None, figure.state, false))?;
        let changes: Vec<String> =
            figure.changes.iter().map(|change| format!("{} {}", change.against, change.value)).collect();
        page.write_string_with_format(row, 4, changes.join("\n"), &plain)?;
        row += 1;
    }
    Ok(row)
}
