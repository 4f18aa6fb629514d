//! A printed form on a sheet in its own layout: title and number above, the grid with its merged cells, lines to sign below.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::looks::{Looks, counted};
use crate::report::printed::{Align, FormCell, FormRow, PrintedForm, Role};

/// Millimetres of paper that a character of the sheet takes.
const MILLIMETRES: f64 = 2.0;

/// Points of a millimetre.
const POINTS: f64 = 2.835;

/// Points of a line of text, and of the room above and below.
const LINE: f64 = 14.0;
const ROOM: f64 = 4.0;

/// Number of columns of the grid, and the row that comes next.
struct Cursor<'s> {
    page: &'s mut Worksheet,
    looks: &'s Looks,
    last: u16,
    row: u32,
}

pub(super) fn write(page: &mut Worksheet, sheet: &str, form: &PrintedForm, looks: &Looks) -> Result<(), XlsxError> {
    page.set_name(sheet)?;
    for (col, column) in (0..).zip(&form.columns) {
        page.set_column_width(col, column.width / MILLIMETRES)?;
    }
    let last = u16::try_from(form.columns.len()).unwrap_or(1).saturating_sub(1);
    let mut at = Cursor { page, looks, last, row: 0 };
    heading(&mut at, form)?;
    let mut repeated = None;
    for band in &form.bands {
        let top = at.row;
        grid(&mut at, form, &band.head)?;
        if repeated.is_none() && at.row > top {
            repeated = Some((top, at.row - 1));
        }
        grid(&mut at, form, &band.rows)?;
    }
    foot(&mut at, form)?;
    let bottom = at.row.saturating_sub(1);
    if let Some((first, last)) = repeated {
        page.set_repeat_rows(first, last)?;
    }
    page.set_print_area(0, 0, bottom, last)?;
    page.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true).set_footer("&C&P / &N");
    if form.paper == "landscape" {
        page.set_landscape();
    }
    Ok(())
}

impl Cursor<'_> {
    /// A line over columns of the grid; the row stays the same.
    fn line(&mut self, (from, to): (u16, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
        if from >= to {
            return self.page.write_string_with_format(self.row, from, text, format).map(|_| ());
        }
        self.page.merge_range(self.row, from, self.row, to, text, format).map(|_| ())
    }

    /// A line over the whole grid, and on to the next row.
    fn whole_line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.line((0, self.last), text, format)?;
        self.row += 1;
        Ok(())
    }
}

/// Title, number and version, and whose form it is of when.
fn heading(at: &mut Cursor<'_>, form: &PrintedForm) -> Result<(), XlsxError> {
    let looks = at.looks;
    let title = [form.title.as_str(), form.part.as_str()].join(" ");
    at.page.set_row_height(at.row, 30)?;
    at.whole_line(title.trim(), &looks.form_title)?;
    let control = [form.control.number.as_str(), form.control.version.as_str()].join("　");
    if !control.trim().is_empty() {
        at.whole_line(control.trim(), &looks.form_number)?;
    }
    if form.unit.iter().any(|text| !text.is_empty()) {
        let middle = at.last / 2;
        at.line((0, middle), &form.unit[0], &looks.small)?;
        if at.last > middle {
            at.line((middle + 1, at.last), &form.unit[1], &looks.form_number)?;
        }
        at.row += 1;
    }
    Ok(())
}

/// Rows of the grid; cells that reach down keep their columns taken in the rows below.
fn grid(at: &mut Cursor<'_>, form: &PrintedForm, rows: &[FormRow]) -> Result<(), XlsxError> {
    let mut taken = vec![0_u32; form.columns.len()];
    for row in rows {
        let mut col = 0_usize;
        let mut lines = 1.0_f64;
        for cell in &row.cells {
            while taken.get(col).is_some_and(|down| *down > 0) {
                col += 1;
            }
            let across = usize::try_from(cell.across).unwrap_or(1).max(1);
            let end = (col + across).min(form.columns.len());
            if col >= end {
                break;
            }
            write_cell(at, (col, end - 1), cell)?;
            let width: f64 = form.columns[col..end].iter().map(|column| column.width / MILLIMETRES).sum();
            if cell.down <= 1 {
                lines = lines.max(lines_of(&cell.text, width) + lines_of(&cell.detail, width) - 1.0);
            }
            taken[col..end].fill(cell.down.max(1));
            col = end;
        }
        for down in &mut taken {
            *down = down.saturating_sub(1);
        }
        at.page.set_row_height(at.row, (f64::from(row.height) * POINTS).max(lines * LINE + ROOM))?;
        at.row += 1;
    }
    Ok(())
}

fn write_cell(at: &mut Cursor<'_>, (first, last): (usize, usize), cell: &FormCell) -> Result<(), XlsxError> {
    let (first, last) = (u16::try_from(first).unwrap_or(0), u16::try_from(last).unwrap_or(0));
    let number = cell.number.filter(|_| cell.detail.is_empty());
    let format = at.looks.form_cell(
        number.map(|number| number.form),
        cell.state,
        cell.role != Role::Value,
        cell.align == Align::Start,
    );
    let text = if cell.detail.is_empty() { cell.text.clone() } else { format!("{}\n{}", cell.text, cell.detail) };
    let bottom = at.row + cell.down.max(1) - 1;
    if first < last || bottom > at.row {
        at.page.merge_range(at.row, first, bottom, last, &text, &format)?;
    }
    match number {
        Some(number) => {
            at.page.write_number_with_format(at.row, first, counted(number.value, number.form), &format)?;
        }
        None if first == last && bottom == at.row => {
            at.page.write_string_with_format(at.row, first, &text, &format)?;
        }
        None => {}
    }
    Ok(())
}

/// Lines that a text takes in a width in characters.
fn lines_of(text: &str, width: f64) -> f64 {
    let fits = (width - 1.0).max(1.0);
    let of_line = |line: &str| (f64::from(u32::try_from(line.width()).unwrap_or(u32::MAX)) / fits).ceil().max(1.0);
    text.lines().map(of_line).sum::<f64>().max(1.0)
}

/// Remarks, signatures and the place of the seal.
fn foot(at: &mut Cursor<'_>, form: &PrintedForm) -> Result<(), XlsxError> {
    let looks = at.looks;
    for remark in &form.remarks {
        at.whole_line(remark, &looks.small)?;
    }
    for approval in &form.control.approvals {
        at.page.set_row_height(at.row, 30)?;
        let middle = at.last / 2;
        at.line((0, middle), approval, &looks.form_sign)?;
        if at.last > middle {
            at.line((middle + 1, at.last), &form.control.date, &looks.form_sign)?;
        }
        at.row += 1;
    }
    if !form.control.seal.is_empty() {
        at.page.set_row_height(at.row, 60)?;
        at.whole_line(&form.control.seal, &looks.form_number)?;
    }
    Ok(())
}
