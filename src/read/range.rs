//! .xls and .et, which the spreadsheet crate loads whole.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xls, XlsError};

use super::budget::Left;
use super::compound::Compound;
use super::sheet::Sheet;
use super::{ReadError, SheetResult, biff, stream};
use crate::config::Budget;
use crate::origin::CellAt;

/// Reads an .xls or .et file.
pub(super) fn xls(bytes: &[u8], budget: &Budget) -> Result<Vec<SheetResult>, ReadError> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ReadError::Encrypted,
        other => ReadError::Corrupt(other.to_string()),
    })?;
    let records = Compound::open(bytes).and_then(|compound| compound.workbook()).ok().flatten().unwrap_or_default();
    let starts = biff::sheets(&records);
    let mut left = Left::of(budget);
    let mut sheets = Vec::new();
    let metadata = book.sheets_metadata().to_vec();
    for (place, listed) in metadata.iter().enumerate() {
        let Some((name, hidden)) = stream::names(std::slice::from_ref(listed)).pop() else { continue };
        let read = book.worksheet_range(&name).map_err(|error| error.to_string()).and_then(|range| {
            let mut sheet = from_range(&name, &range, &mut left)?;
            sheet.hidden = hidden;
            if let Ok(regions) = book.merge_cells_by_sheet_name(&name) {
                sheet.merges = regions.iter().map(stream::range_of).collect();
            }
            if let Some(start) = starts.get(place) {
                biff::tell(&records, *start, &mut sheet);
            }
            Ok(sheet)
        });
        sheets.push(read.map_err(|error| (name.clone(), error)));
    }
    Ok(sheets)
}

fn from_range(name: &str, range: &Range<Data>, left: &mut Left) -> Result<Sheet, String> {
    let mut sheet = Sheet::named(name);
    let (first_row, first_col) = range.start().unwrap_or_default();
    for (row, col, data) in range.used_cells() {
        let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else { continue };
        if let Some(value) = stream::owned(data) {
            stream::push(&mut sheet, left, CellAt { row: first_row + row, col: first_col + col }, value)?;
        }
    }
    Ok(sheet)
}
