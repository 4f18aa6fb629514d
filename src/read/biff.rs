//! Records of .xls workbooks that the spreadsheet crate does not tell: the password, hidden rows and columns, widths.

use super::facts::joined;
use super::sheet::Sheet;

/// Record numbers: begin and end of a stream, password, sheet, row, columns.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const PASSWORD: u16 = 0x002F;
const SHEET: u16 = 0x0085;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;

struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (number, length) = (u16_at(self.rest, 0)?, u16_at(self.rest, 2)?);
        let (content, rest) = self.rest.get(4..)?.split_at_checked(usize::from(length))?;
        self.rest = rest;
        Some((number, content))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// Records of the workbook itself, before those of its sheets.
fn globals(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    Records { rest: stream }.take_while(|(number, _)| *number != END)
}

/// Whether the workbook is encrypted.
pub(super) fn has_password(stream: &[u8]) -> bool {
    globals(stream).any(|(number, _)| number == PASSWORD)
}

/// Where the sheets begin, in the order in which the workbook lists them.
pub(super) fn sheets(stream: &[u8]) -> Vec<usize> {
    let sheets = globals(stream).filter(|(number, _)| *number == SHEET);
    sheets.map(|(_, content)| usize::from_le_bytes(start(content))).collect()
}

fn start(content: &[u8]) -> [u8; 8] {
    let mut bytes = [0; 8];
    let told = content.get(..4).unwrap_or_default();
    bytes[..told.len()].copy_from_slice(told);
    bytes
}

/// Tells a sheet which rows and columns are hidden and how wide they are.
pub(super) fn tell(stream: &[u8], from: usize, sheet: &mut Sheet) {
    let Some(rest) = stream.get(from..) else { return };
    let mut depth = 0_u32;
    let mut rows: Vec<u32> = Vec::new();
    for (number, content) in (Records { rest }) {
        match number {
            BEGIN => depth += 1,
            // Charts within a sheet are streams of their own.
            END if depth <= 1 => break,
            END => depth -= 1,
            ROW if depth == 1 && u16_at(content, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                rows.extend(u16_at(content, 0).map(u32::from));
            }
            COLUMNS if depth == 1 => columns(content, sheet).unwrap_or_default(),
            _ => {}
        }
    }
    rows.sort_unstable();
    rows.dedup();
    sheet.hidden_rows = joined(rows.into_iter().map(|row| row..row + 1).collect());
    sheet.hidden_cols = joined(std::mem::take(&mut sheet.hidden_cols));
}

fn columns(content: &[u8], sheet: &mut Sheet) -> Option<()> {
    let (first, last, width) = (u16_at(content, 0)?, u16_at(content, 2)?, u16_at(content, 4)?);
    let columns = u32::from(first)..u32::from(last.min(255)) + 1;
    if !columns.is_empty() {
        if u16_at(content, 8)? & 1 != 0 {
            sheet.hidden_cols.push(columns.clone());
        }
        sheet.widths.push((columns, f64::from(width) / 256.0));
    }
    Some(())
}
