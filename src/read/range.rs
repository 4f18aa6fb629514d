//! .xls and .ods, which the spreadsheet crate loads whole.

use std::io::Cursor;

use calamine::{Data, Ods, OdsError, Range, Reader, Xls, XlsError};

use super::sheet::Sheet;
use super::{ReadError, budget, stream};
use crate::config::Budget;
use crate::origin::CellAt;

type Sheets = Vec<Result<Sheet, (String, String)>>;

/// Reads an .xls or .et file.
pub(super) fn xls(bytes: &[u8]) -> Result<Sheets, ReadError> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ReadError::Encrypted,
        other => ReadError::Corrupt(other.to_string()),
    })?;
    let mut sheets = Vec::new();
    for (name, hidden) in stream::names(book.sheets_metadata()) {
        let read = book.worksheet_range(&name).map_err(|error| error.to_string()).and_then(|range| {
            let mut sheet = from_range(&name, &range)?;
            sheet.hidden = hidden;
            if let Ok(regions) = book.merge_cells_by_sheet_name(&name) {
                sheet.merges = regions.iter().map(stream::range_of).collect();
            }
            Ok(sheet)
        });
        sheets.push(read.map_err(|error| (name.clone(), error)));
    }
    Ok(sheets)
}

/// Reads an .ods file; the crate tells nothing of its merged cells.
pub(super) fn ods(bytes: &[u8], budget: &Budget) -> Result<Sheets, ReadError> {
    budget::measure_zip(bytes, budget)?;
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => ReadError::Encrypted,
        other => ReadError::Corrupt(other.to_string()),
    })?;
    let mut sheets = Vec::new();
    for (name, hidden) in stream::names(book.sheets_metadata()) {
        let read = book.worksheet_range(&name).map_err(|error| error.to_string()).and_then(|range| {
            let mut sheet = from_range(&name, &range)?;
            sheet.hidden = hidden;
            Ok(sheet)
        });
        sheets.push(read.map_err(|error| (name.clone(), error)));
    }
    Ok(sheets)
}

fn from_range(name: &str, range: &Range<Data>) -> Result<Sheet, String> {
    let mut sheet = Sheet::named(name);
    let (first_row, first_col) = range.start().unwrap_or_default();
    let mut left = usize::MAX;
    for (row, col, data) in range.used_cells() {
        let (Ok(row), Ok(col)) = (u32::try_from(row), u32::try_from(col)) else { continue };
        if let Some(value) = stream::owned(data) {
            stream::push(&mut sheet, &mut left, CellAt { row: first_row + row, col: first_col + col }, value)?;
        }
    }
    Ok(sheet)
}
