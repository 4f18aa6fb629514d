//! Records of binary workbooks (.xlsb) that the spreadsheet crate does not tell: sheets, hidden rows and columns, merged cells.

use super::facts::Part;
use super::package::Listed;
use super::stream::LAST;
use crate::origin::{CellAt, CellRange};

/// Row, column range, merged cells, sheet of the workbook.
const ROW: u16 = 0;
const COLUMNS: u16 = 60;
const MERGE: u16 = 176;
const SHEET: u16 = 156;

/// The records of a part: number and content. A record cut short ends them.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (number, after) = seven_bits(self.rest, 2)?;
        let (length, after) = seven_bits(after, 4)?;
        let (content, rest) = after.split_at_checked(usize::try_from(length).ok()?)?;
        self.rest = rest;
        // The two bytes of a number keep the mark of the first: the number counts without it.
        Some((u16::try_from(number).ok()?, content))
    }
}

/// A number in groups of seven bits, low ones first.
fn seven_bits(bytes: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let mut number = 0;
    for (place, byte) in bytes.iter().take(most).enumerate() {
        number |= u32::from(byte & 0x7F) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((number, &bytes[place + 1..]));
        }
    }
    None
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// What a sheet's part tells.
pub(super) fn facts(bytes: &[u8]) -> Part {
    let mut part = Part::default();
    for (number, content) in (Records { rest: bytes }) {
        // A record that does not hold what it should says nothing.
        let _ = match number {
            ROW => hidden_row(content, &mut part),
            COLUMNS => columns(content, &mut part),
            MERGE => merge(content, &mut part),
            _ => None,
        };
    }
    part
}

fn hidden_row(content: &[u8], part: &mut Part) -> Option<()> {
    let row = u32_at(content, 0)?;
    if content.get(11)? & 0x10 != 0 && row <= LAST.row {
        part.hidden_rows.push(row..row + 1);
    }
    Some(())
}

fn columns(content: &[u8], part: &mut Part) -> Option<()> {
    let (first, last, width) = (u32_at(content, 0)?, u32_at(content, 4)?, u32_at(content, 8)?);
    let columns = first..last.min(LAST.col) + 1;
    if !columns.is_empty() {
        if content.get(16)? & 1 != 0 {
            part.hidden_cols.push(columns.clone());
        }
        part.widths.push((columns, f64::from(width) / 256.0));
    }
    Some(())
}

fn merge(content: &[u8], part: &mut Part) -> Option<()> {
    let first = CellAt { row: u32_at(content, 0)?, col: u32_at(content, 8)? };
    let last = CellAt { row: u32_at(content, 4)?.min(LAST.row), col: u32_at(content, 12)?.min(LAST.col) };
    if first.row <= last.row && first.col <= last.col {
        part.merges.push(CellRange { first, last });
    }
    Some(())
}

/// The sheets that a workbook's main part lists.
pub(super) fn sheets(bytes: &[u8]) -> Vec<Listed> {
    let records = Records { rest: bytes }.filter(|(number, _)| *number == SHEET);
    records.filter_map(|(_, content)| listed(content)).collect()
}

/// A workbook's main part with these sheets alone, the first with the relationship `s1` and so on.
pub(super) fn workbook(original: &[u8], kept: &[&str]) -> Vec<u8> {
    let mut made = Vec::new();
    let mut records = Records { rest: original };
    let mut before = original;
    while let Some((number, content)) = records.next() {
        let raw = &before[..before.len() - records.rest.len()];
        before = records.rest;
        let sheet = (number == SHEET).then(|| listed(content)).flatten();
        let Some(sheet) = sheet else {
            if number != SHEET {
                made.extend_from_slice(raw);
            }
            continue;
        };
        if let Some(place) = kept.iter().position(|name| *name == sheet.name) {
            let mut record = content[..8].to_vec();
            for text in [format!("s{}", place + 1), sheet.name] {
                let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                record.extend(u32::try_from(units.len() / 2).unwrap_or(0).to_le_bytes());
                record.extend(units);
            }
            made.extend([0x9C, 0x01]);
            // Names have 31 characters at most: two groups of seven bits hold the length.
            let length = u16::try_from(record.len()).unwrap_or(u16::MAX);
            made.extend([(length & 0x7F) as u8 | 0x80, (length >> 7 & 0x7F) as u8]);
            made.extend(record);
        }
    }
    made
}

fn listed(content: &[u8]) -> Option<Listed> {
    let state = match u32_at(content, 0)? {
        0 => "",
        1 => "hidden",
        _ => "veryHidden",
    };
    let (relation, after) = wide_text(content.get(8..)?)?;
    let (name, _) = wide_text(after)?;
    Some(Listed { name, state: state.to_owned(), relation })
}

/// A text with its length in front; one that is missing has a length of all ones.
fn wide_text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let length = u32_at(bytes, 0)?;
    let length = if length == u32::MAX { 0 } else { usize::try_from(length).ok()?.checked_mul(2)? };
    let (text, rest) = bytes.get(4..)?.split_at_checked(length)?;
    let units: Vec<u16> = text.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    Some((String::from_utf16_lossy(&units), rest))
}
