//! A table on a sheet: its header stays in sight, its numbers are numbers, and it prints on A4.

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::looks::{Looks, SMALL, breadth, counted, height, held, number_format};
use super::{Placed, chart, name};
use crate::report::Book;
use crate::report::view::{BookLabels, Cell, Table};

/// Rows above the table's header: title, subtitle and the way back, caption.
pub(super) const ABOVE: u32 = 3;

/// Narrowest and widest column, in characters.
const WIDTHS: (f64, f64) = (9.0, 32.0);

/// Characters that an upright page of A4 holds.
const PORTRAIT: f64 = 96.0;

/// Width of a column that is not set, and least width of a remark.
const USUAL: f64 = 8.0;
const REMARK: f64 = 64.0;

/// Longest text that a cell of a workbook holds.
const LONGEST: usize = 32_767;

pub(super) fn write(
    page: &mut Worksheet,
    book: &Book,
    placed: &Placed<'_>,
    table: &Table,
    looks: &Looks,
) -> Result<(), XlsxError> {
    page.set_name(&placed.sheet)?;
    let title = format!("{} {}", book.frame.heading, book.frame.subtitle);
    page.write_string_with_format(0, 0, title, &looks.caption)?;
    let back = Url::new(format!("internal:'{}'!A1", book.labels.overview)).set_text(&book.labels.back);
    page.write_url_with_format(1, 0, back, &looks.link)?;
    page.write_string_with_format(2, 0, name(placed.section, placed.what), &looks.caption)?;
    let columns = Columns::of(table, &book.labels);
    columns.header(page, looks)?;
    let mut row = ABOVE + 1;
    for (cells, is_foot) in table.rows.iter().map(|row| (row, false)).chain(table.foot.iter().map(|row| (row, true))) {
        columns.row(page, row, cells, looks, is_foot)?;
        row += 1;
    }
    for line in [&table.remark, &book.frame.as_of] {
        if !line.is_empty() {
            row += 1;
            columns.remark(page, row, cut(line), looks)?;
        }
    }
    chart::insert(page, row + 2, &placed.sheet, table, &columns, looks)?;
    page.set_freeze_panes(ABOVE + 1, 1)?;
    page.set_repeat_rows(ABOVE, ABOVE)?;
    page.set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&L&A&R&P / &N");
    if columns.total() > PORTRAIT {
        page.set_landscape();
    }
    Ok(())
}

/// The columns of the sheet: those of the table, each with one more where its cells have a second line.
pub(super) struct Columns<'t> {
    table: &'t Table,
    /// Column of the sheet, whether a second one follows, and the widths of both.
    places: Vec<Place>,
}

struct Place {
    at: u16,
    width: f64,
    /// The column of second lines.
    detail: Option<Detail>,
}

impl Place {
    fn columns(&self) -> u16 {
        if self.detail.is_some() { 2 } else { 1 }
    }
}

struct Detail {
    label: String,
    width: f64,
}

impl<'t> Columns<'t> {
    fn of(table: &'t Table, labels: &BookLabels) -> Self {
        let mut places = Vec::with_capacity(table.columns.len());
        let mut at = 0;
        for (number, column) in table.columns.iter().enumerate() {
            let cells = || table.rows.iter().chain(&table.foot).filter_map(move |row| row.get(number));
            let widest = |label: &str, text: fn(&Cell) -> &str| {
                cells().map(|cell| width(text(cell))).fold(width(label), f64::max).clamp(WIDTHS.0, WIDTHS.1)
            };
            let detail = cells().any(|cell| !cell.detail.is_empty()).then(|| {
                let label = labels.detail_of(&column.label);
                Detail { width: widest(&label, |cell| &cell.detail), label }
            });
            let place = Place { at, width: widest(&column.label, |cell| &cell.text), detail };
            at += place.columns();
            places.push(place);
        }
        Self { table, places }
    }

    /// The column of the sheet that holds the values of a column of the table.
    pub(super) fn at(&self, column: usize) -> u16 {
        self.places.get(column).map_or(0, |place| place.at)
    }

    /// The last column of the sheet.
    pub(super) fn last(&self) -> u16 {
        self.places.last().map_or(0, |place| place.at + place.columns() - 1)
    }

    fn total(&self) -> f64 {
        self.places.iter().map(|place| place.width + place.detail.as_ref().map_or(0.0, |detail| detail.width)).sum()
    }

    /// A sentence over the columns of the table, and over some more where those are narrow; in as many lines as it takes.
    fn remark(&self, page: &mut Worksheet, row: u32, text: &str, looks: &Looks) -> Result<(), XlsxError> {
        let (mut last, mut wide) = (self.last(), self.total());
        while wide < REMARK {
            last += 1;
            wide += USUAL;
        }
        page.set_row_height(row, height(text, SMALL, wide))?;
        if last == 0 {
            return page.write_string_with_format(row, 0, text, &looks.remark).map(|_| ());
        }
        page.merge_range(row, 0, row, last, text, &looks.remark).map(|_| ())
    }

    fn header(&self, page: &mut Worksheet, looks: &Looks) -> Result<(), XlsxError> {
        for (place, column) in self.places.iter().zip(&self.table.columns) {
            let format = if column.numeric { &looks.heading_of_numbers } else { &looks.heading };
            page.set_column_width(place.at, place.width)?;
            page.write_string_with_format(ABOVE, place.at, &column.label, format)?;
            if let Some(detail) = &place.detail {
                page.set_column_width(place.at + 1, detail.width)?;
                page.write_string_with_format(ABOVE, place.at + 1, &detail.label, &looks.heading)?;
            }
        }
        Ok(())
    }

    fn row(
        &self,
        page: &mut Worksheet,
        row: u32,
        cells: &[Cell],
        looks: &Looks,
        is_foot: bool,
    ) -> Result<(), XlsxError> {
        for (place, cell) in self.places.iter().zip(cells) {
            match cell.number {
                Some(number) => {
                    let code = number_format(number.form, &cell.text);
                    let format = looks.cell(Some(&code), cell.state, is_foot);
                    page.write_number_with_format(row, place.at, counted(number), &format)?;
                }
                None if cell.numeric => {
                    text(page, row, place.at, &cell.text, &looks.text_among_numbers(cell.state, is_foot))?;
                }
                None => text(page, row, place.at, &cell.text, &looks.cell(None, cell.state, is_foot))?,
            }
            if place.detail.is_some() {
                text(page, row, place.at + 1, &cell.detail, &looks.cell(None, "", is_foot))?;
            }
        }
        Ok(())
    }
}

/// Always as a text, whatever it begins with: never a formula; nothing for a dash.
fn text(page: &mut Worksheet, row: u32, col: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    page.write_string_with_format(row, col, cut(held(text)), format).map(|_| ())
}

fn cut(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Width of a column for a text, with room at both sides.
pub(super) fn width(text: &str) -> f64 {
    breadth(text) * 1.1 + 2.0
}
