//! A printed form on a sheet in its own layout: title and number above, the grid with its merged cells, lines to sign below.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::looks::{Looks, SMALL, TEXT, TITLE, counted, height, held, number_format};
use super::{Placed, name};
use crate::report::Book;
use crate::report::printed::{Align, FormCell, FormRow, PrintedForm, Role};

/// Millimetres of paper that a character of the sheet takes.
const MILLIMETRES: f64 = 2.0;

/// Points of a millimetre.
const POINTS: f64 = 2.835;

/// Least height in points of the title and of a line to sign, and height of the place for the seal.
const LINE: f64 = 30.0;
const SEAL: f64 = 60.0;

/// Where the next row of the form stands.
struct Cursor<'s> {
    page: &'s mut Worksheet,
    looks: &'s Looks,
    /// Widths of the columns of the grid, in characters.
    widths: Vec<f64>,
    row: u32,
}

pub(super) fn write(
    page: &mut Worksheet,
    book: &Book,
    placed: &Placed<'_>,
    form: &PrintedForm,
    looks: &Looks,
) -> Result<(), XlsxError> {
    page.set_name(&placed.sheet)?;
    let widths: Vec<f64> = form.columns.iter().map(|column| column.width / MILLIMETRES).collect();
    for (col, width) in (0..).zip(&widths) {
        page.set_column_width(col, *width)?;
    }
    let mut at = Cursor { page, looks, widths, row: 0 };
    if form.title.is_empty() {
        worksheet_heading(&mut at, book, placed)?;
    } else {
        heading(&mut at, form)?;
    }
    let mut heads = Vec::new();
    for (place, band) in form.bands.iter().enumerate() {
        let top = at.row;
        grid(&mut at, form, &band.head)?;
        if at.row > top {
            heads.push((place, top, at.row - 1));
        }
        grid(&mut at, form, &band.rows)?;
    }
    foot(&mut at, form)?;
    let (bottom, right) = (at.row.saturating_sub(1), at.last());
    // A sheet repeats one head: of several it would stand over rows of another.
    if let [(place, first, last)] = heads[..] {
        page.set_repeat_rows(first, last)?;
        if place == 0 {
            page.set_freeze_panes(last + 1, 0)?;
        }
    }
    page.set_print_area(0, 0, bottom, right)?;
    page.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true).set_footer("&C&P / &N");
    if form.paper == "landscape" {
        page.set_landscape();
    }
    Ok(())
}

impl Cursor<'_> {
    /// The last column of the grid.
    fn last(&self) -> u16 {
        u16::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1)
    }

    /// The column in the middle, where a line of two texts is parted.
    fn middle(&self) -> u16 {
        self.last() / 2
    }

    /// Points that a text takes over columns of the grid.
    fn height(&self, (from, to): (u16, u16), text: &str, font: f64) -> f64 {
        height(text, font, self.widths[usize::from(from)..=usize::from(to)].iter().sum())
    }

    /// A line over columns of the grid; the row stays the same.
    fn line(&mut self, (from, to): (u16, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
        if from >= to {
            return self.page.write_string_with_format(self.row, from, text, format).map(|_| ());
        }
        self.page.merge_range(self.row, from, self.row, to, text, format).map(|_| ())
    }

    /// A line over the whole grid, at least so high, and on to the next row.
    fn whole_line(&mut self, text: &str, (format, font): (&Format, f64), least: f64) -> Result<(), XlsxError> {
        let whole = (0, self.last());
        self.page.set_row_height(self.row, self.height(whole, text, font).max(least))?;
        self.line(whole, text, format)?;
        self.row += 1;
        Ok(())
    }

    /// Two texts beside each other, at least so high, and on to the next row.
    fn parted_line(&mut self, texts: [&str; 2], formats: [&Format; 2], font: f64, least: f64) -> Result<(), XlsxError> {
        let (middle, end) = (self.middle(), self.last());
        if end == middle {
            return self.whole_line(texts[0], (formats[0], font), least);
        }
        let halves = [(0, middle), (middle + 1, end)];
        let mut high = least;
        for ((half, text), format) in halves.into_iter().zip(texts).zip(formats) {
            high = high.max(self.height(half, text, font));
            self.line(half, text, format)?;
        }
        self.page.set_row_height(self.row, high)?;
        self.row += 1;
        Ok(())
    }
}

/// Title, number and version, and whose form it is of when.
fn heading(at: &mut Cursor<'_>, form: &PrintedForm) -> Result<(), XlsxError> {
    let looks = at.looks;
    let title = [form.title.as_str(), form.part.as_str()].join(" ");
    at.whole_line(title.trim(), (&looks.form_title, TITLE), LINE)?;
    let control = [form.control.number.as_str(), form.control.version.as_str()].join("　");
    if !control.trim().is_empty() {
        at.whole_line(control.trim(), (&looks.form_number, SMALL), 0.0)?;
    }
    if form.unit.iter().any(|text| !text.is_empty()) {
        at.parted_line([&form.unit[0], &form.unit[1]], [&looks.remark, &looks.form_number], SMALL, 0.0)?;
    }
    Ok(())
}

/// A form without a name of its own is a part of its page: the section's title, then the page's and its date.
fn worksheet_heading(at: &mut Cursor<'_>, book: &Book, placed: &Placed<'_>) -> Result<(), XlsxError> {
    let looks = at.looks;
    at.whole_line(name(placed.section, placed.what), (&looks.form_title, TITLE), LINE)?;
    let page = format!("{} {}", book.frame.heading, book.frame.subtitle);
    at.parted_line([&page, &book.frame.as_of], [&looks.remark, &looks.form_number], SMALL, 0.0)
}

/// A cell and the columns that it takes.
type Laid<'f> = (std::ops::Range<usize>, &'f FormCell);

/// Where the cells of rows stand: those that reach down keep their columns taken in the rows below.
fn laid<'f>(form: &PrintedForm, rows: &'f [FormRow]) -> Vec<Vec<Laid<'f>>> {
    let mut taken = vec![0_u32; form.columns.len()];
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let mut cells = Vec::with_capacity(row.cells.len());
        let mut col = 0_usize;
        for cell in &row.cells {
            while taken.get(col).is_some_and(|down| *down > 0) {
                col += 1;
            }
            let across = usize::try_from(cell.across).unwrap_or(1).max(1);
            let end = (col + across).min(form.columns.len());
            if col >= end {
                break;
            }
            taken[col..end].fill(cell.down.max(1));
            cells.push((col..end, cell));
            col = end;
        }
        for down in &mut taken {
            *down = down.saturating_sub(1);
        }
        out.push(cells);
    }
    out
}

/// Heights of rows: as much as their cells take; what a cell over several rows takes more goes to the last of them.
fn heights(widths: &[f64], rows: &[FormRow], laid: &[Vec<Laid<'_>>]) -> Vec<f64> {
    let least = height("", TEXT, 0.0);
    let needed = |(cols, cell): &Laid<'_>| height(&text_of(cell), TEXT, widths[cols.clone()].iter().sum());
    let mut heights: Vec<f64> = rows
        .iter()
        .zip(laid)
        .map(|(row, cells)| {
            let of_one = cells.iter().filter(|(_, cell)| cell.down <= 1).map(needed);
            of_one.fold(least.max(f64::from(row.height) * POINTS), f64::max)
        })
        .collect();
    for (row, cells) in laid.iter().enumerate() {
        for tall in cells.iter().filter(|(_, cell)| cell.down > 1) {
            let end = (row + usize::try_from(tall.1.down).unwrap_or(1)).min(heights.len());
            let missing = needed(tall) - heights[row..end].iter().sum::<f64>();
            heights[end - 1] += missing.max(0.0);
        }
    }
    heights
}

/// Rows of the grid.
fn grid(at: &mut Cursor<'_>, form: &PrintedForm, rows: &[FormRow]) -> Result<(), XlsxError> {
    let laid = laid(form, rows);
    for (cells, high) in laid.iter().zip(heights(&at.widths, rows, &laid)) {
        for (cols, cell) in cells {
            write_cell(at, (cols.start, cols.end - 1), cell)?;
        }
        at.page.set_row_height(at.row, high)?;
        at.row += 1;
    }
    Ok(())
}

/// What a cell says, its second line under the first.
fn text_of(cell: &FormCell) -> String {
    match (held(&cell.text), cell.detail.as_str()) {
        (text, "") => text.to_owned(),
        (_, detail) => format!("{}\n{detail}", cell.text),
    }
}

fn write_cell(at: &mut Cursor<'_>, (first, last): (usize, usize), cell: &FormCell) -> Result<(), XlsxError> {
    let (first, last) = (u16::try_from(first).unwrap_or(0), u16::try_from(last).unwrap_or(0));
    let number = cell.number.filter(|_| cell.detail.is_empty());
    let code = number.map(|number| number_format(number.form, &cell.text));
    let is_heading = cell.role != Role::Value;
    let format = at.looks.form_cell(code.as_deref(), cell.state, is_heading, cell.align == Align::Start);
    let text = text_of(cell);
    let bottom = at.row + cell.down.max(1) - 1;
    let is_merged = first < last || bottom > at.row;
    if is_merged {
        at.page.merge_range(at.row, first, bottom, last, &text, &format)?;
    }
    match number {
        Some(number) => {
            at.page.write_number_with_format(at.row, first, counted(number), &format)?;
        }
        None if !is_merged => {
            at.page.write_string_with_format(at.row, first, &text, &format)?;
        }
        None => {}
    }
    Ok(())
}

/// Remarks, signatures and the place of the seal.
fn foot(at: &mut Cursor<'_>, form: &PrintedForm) -> Result<(), XlsxError> {
    let looks = at.looks;
    for remark in &form.remarks {
        at.whole_line(remark, (&looks.remark, SMALL), 0.0)?;
    }
    for approval in &form.control.approvals {
        at.parted_line([approval, &form.control.date], [&looks.form_sign; 2], TEXT, LINE)?;
    }
    if !form.control.seal.is_empty() {
        at.whole_line(&form.control.seal, (&looks.form_number, SMALL), SEAL)?;
    }
    Ok(())
}
