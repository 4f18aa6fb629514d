//! .xlsx and .xlsb, cell by cell.

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetVisible, Xlsb, Xlsx, XlsxError};

use super::sheet::{Sheet, Value};
use super::{ReadError, budget};
use crate::config::Budget;
use crate::moment::Moment;
use crate::origin::{CellAt, CellRange};

/// Last row and column of a sheet in the file format; anything beyond is a damaged address.
const LAST: CellAt = CellAt { row: 1_048_575, col: 16_383 };

type Sheets = Vec<Result<Sheet, (String, String)>>;

/// Reads an .xlsx or .xlsm file.
pub(super) fn xlsx(bytes: &[u8], budget: &Budget) -> Result<Sheets, ReadError> {
    let merged = budget::measure_zip(bytes, budget)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => ReadError::Encrypted,
        other => ReadError::Corrupt(other.to_string()),
    })?;
    let mut left = budget.cells;
    let epoch = if book.has_1904_epoch() { EPOCH_1904 } else { EPOCH_1900 };
    let mut sheets = Vec::new();
    for (name, hidden) in names(book.sheets_metadata()) {
        let mut read = || -> Result<Sheet, String> {
            let mut sheet = Sheet::named(&name);
            sheet.hidden = hidden;
            let mut cells = book.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
            while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
                take(&mut sheet, &mut left, cell.get_position(), cell.get_value(), epoch)?;
            }
            drop(cells);
            if merged {
                let regions = book.merge_cells_by_sheet_name(&name).map_err(|error| error.to_string())?;
                sheet.merges = regions.iter().map(range_of).collect();
            }
            Ok(sheet)
        };
        sheets.push(read().map_err(|error| (name.clone(), error)));
    }
    Ok(sheets)
}

/// Reads an .xlsb file; the crate tells nothing of its merged cells.
pub(super) fn xlsb(bytes: &[u8], budget: &Budget) -> Result<Sheets, ReadError> {
    budget::measure_zip(bytes, budget)?;
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsbError::Password => ReadError::Encrypted,
        other => ReadError::Corrupt(other.to_string()),
    })?;
    let mut left = budget.cells;
    let epoch = if book.has_1904_epoch() { EPOCH_1904 } else { EPOCH_1900 };
    let mut sheets = Vec::new();
    for (name, hidden) in names(book.sheets_metadata()) {
        let mut read = || -> Result<Sheet, String> {
            let mut sheet = Sheet::named(&name);
            sheet.hidden = hidden;
            let mut cells = book.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
            while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
                take(&mut sheet, &mut left, cell.get_position(), cell.get_value(), epoch)?;
            }
            Ok(sheet)
        };
        sheets.push(read().map_err(|error| (name.clone(), error)));
    }
    Ok(sheets)
}

/// Names of the worksheets and whether they are hidden; chart and macro sheets hold no table.
pub(super) fn names(metadata: &[calamine::Sheet]) -> Vec<(String, bool)> {
    metadata
        .iter()
        .filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

pub(super) fn range_of(region: &Dimensions) -> CellRange {
    CellRange {
        first: CellAt { row: region.start.0, col: region.start.1 },
        last: CellAt { row: region.end.0, col: region.end.1 },
    }
}

/// Serial of 1970-01-01 in the two epochs.
const EPOCH_1900: f64 = 25_569.0;
const EPOCH_1904: f64 = 24_107.0;

fn take(
    sheet: &mut Sheet,
    left: &mut usize,
    (row, col): (u32, u32),
    value: &DataRef<'_>,
    epoch: f64,
) -> Result<(), String> {
    let value = match value {
        DataRef::Empty => return Ok(()),
        DataRef::SharedString(text) => Value::Text(text),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::Text(text),
        DataRef::Float(number) => Value::Number(*number),
        #[allow(clippy::cast_precision_loss, reason = "the file stores numbers as 64-bit floats")]
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Bool(yes) => Value::Bool(*yes),
        DataRef::DateTime(at) => moment_of_serial(at, epoch),
        DataRef::Error(error) => Value::Error(error_word(error)),
    };
    push(sheet, left, CellAt { row, col }, value)
}

/// Adds a cell within the budget.
pub(super) fn push(sheet: &mut Sheet, left: &mut usize, at: CellAt, value: Value<'_>) -> Result<(), String> {
    if at.row > LAST.row || at.col > LAST.col {
        return Err(format!("单元格地址越界 / cell address out of range: {at}"));
    }
    *left = left.checked_sub(1).ok_or("单元格数超过限额 / more cells than the limit")?;
    if sheet.push(at, value) { Ok(()) } else { Err(format!("单元格次序错乱 / cells out of order at {at}")) }
}

/// A cell of the owned kind, as the formats give that are loaded whole.
pub(super) fn owned(data: &Data) -> Option<Value<'_>> {
    Some(match data {
        Data::Empty => return None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Value::Text(text),
        Data::Float(number) => Value::Number(*number),
        #[allow(clippy::cast_precision_loss, reason = "the file stores numbers as 64-bit floats")]
        Data::Int(number) => Value::Number(*number as f64),
        Data::Bool(yes) => Value::Bool(*yes),
        Data::DateTime(at) => moment_of(at),
        Data::Error(error) => Value::Error(error_word(error)),
    })
}

/// A date cell to the second. Durations and times without a date stay numbers: the column's role decides what they are.
fn moment_of(at: &ExcelDateTime) -> Value<'static> {
    let serial = at.as_f64();
    if at.is_duration() || !(1.0..2_958_466.0).contains(&serial) {
        return Value::Number(serial);
    }
    match at.as_datetime() {
        Some(found) if serial.fract() == 0.0 => Value::Moment(Moment::date(found.date())),
        Some(found) => {
            // Serials are fractions of a day: 14:30 arrives as 14:29:59.999 or so.
            let rounded = found + chrono::Duration::milliseconds(500);
            Value::Moment(Moment::exact(rounded))
        }
        None => Value::Number(serial),
    }
}

/// The same where the workbook's epoch is known: one sum instead of a walk through the calendar.
fn moment_of_serial(at: &ExcelDateTime, epoch: f64) -> Value<'static> {
    let serial = at.as_f64();
    // Serials below 61 of the 1900 epoch count a day that never was.
    if at.is_duration() || !(61.0..2_958_466.0).contains(&serial) {
        return moment_of(at);
    }
    #[allow(clippy::cast_possible_truncation, reason = "the range was checked just above")]
    let seconds = ((serial - epoch) * 86_400.0).round() as i64;
    Value::Moment(Moment { seconds, date_only: serial.fract() == 0.0 })
}

fn error_word(error: &calamine::CellErrorType) -> &'static str {
    use calamine::CellErrorType as E;
    match error {
        E::Div0 => "#DIV/0!",
        E::NA => "#N/A",
        E::Name => "#NAME?",
        E::Null => "#NULL!",
        E::Num => "#NUM!",
        E::Ref => "#REF!",
        E::Value => "#VALUE!",
        E::GettingData => "#GETTING_DATA",
    }
}
