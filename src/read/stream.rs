//! .xlsx and .xlsb, cell by cell.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetVisible, Xlsb, Xlsx, XlsxError};

use super::budget::Left;
use super::facts::Facts;
use super::sheet::{Sheet, Value};
use super::{INNER, ReadError, SheetResult, contained};
use crate::moment::Moment;
use crate::origin::{CellAt, CellRange};

/// Last row and column of a sheet in the file format; anything beyond is a damaged address.
pub(super) const LAST: CellAt = CellAt { row: 1_048_575, col: 16_383 };

/// Reads an .xlsx or .xlsm file whose parts were measured.
pub(super) fn xlsx(bytes: &[u8], facts: &Facts, left: &mut Left) -> Result<Vec<SheetResult>, ReadError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => ReadError::Encrypted,
        other => ReadError::Corrupt(other.to_string()),
    })?;
    let epoch = if book.has_1904_epoch() { EPOCH_1904 } else { EPOCH_1900 };
    let mut sheets = Vec::new();
    let mut seen = BTreeSet::new();
    for (name, hidden) in names(book.sheets_metadata()) {
        // Many sheets over one part would multiply what it costs.
        if facts.part_of(&name).is_some_and(|part| !seen.insert(part)) {
            sheets.push(Err((name, SHARED.to_owned())));
            continue;
        }
        let mut read = || -> Result<Sheet, String> {
            let mut sheet = Sheet::named(&name);
            sheet.hidden = hidden;
            let mut cells = book.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
            while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
                take(&mut sheet, left, cell.get_position(), cell.get_value(), epoch)?;
            }
            drop(cells);
            facts.tell(&mut sheet);
            if facts.merged {
                let regions = book.merge_cells_by_sheet_name(&name).map_err(|error| error.to_string())?;
                sheet.merges = regions.iter().map(range_of).collect();
            }
            Ok(sheet)
        };
        sheets
            .push(contained(&mut read).unwrap_or_else(|| Err(INNER.to_owned())).map_err(|error| (name.clone(), error)));
    }
    Ok(sheets)
}

/// Reads an .xlsb file whose parts were measured.
pub(super) fn xlsb(bytes: &[u8], facts: &Facts, left: &mut Left) -> Result<Vec<SheetResult>, ReadError> {
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsbError::Password => ReadError::Encrypted,
        other => ReadError::Corrupt(other.to_string()),
    })?;
    let epoch = if book.has_1904_epoch() { EPOCH_1904 } else { EPOCH_1900 };
    let mut sheets = Vec::new();
    let mut seen = BTreeSet::new();
    for (name, hidden) in names(book.sheets_metadata()) {
        // Many sheets over one part would multiply what it costs.
        if facts.part_of(&name).is_some_and(|part| !seen.insert(part)) {
            sheets.push(Err((name, SHARED.to_owned())));
            continue;
        }
        let mut read = || -> Result<Sheet, String> {
            let mut sheet = Sheet::named(&name);
            sheet.hidden = hidden;
            let mut cells = book.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
            while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
                take(&mut sheet, left, cell.get_position(), cell.get_value(), epoch)?;
            }
            drop(cells);
            facts.tell(&mut sheet);
            Ok(sheet)
        };
        sheets
            .push(contained(&mut read).unwrap_or_else(|| Err(INNER.to_owned())).map_err(|error| (name.clone(), error)));
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

/// What is said of a sheet whose cells another sheet has already given.
const SHARED: &str = "与前面的工作表共用一个部件，已读过 / it shares its part with a sheet before it, which was read";

/// Serial of 1970-01-01 in the two epochs.
const EPOCH_1900: f64 = 25_569.0;
const EPOCH_1904: f64 = 24_107.0;

fn take(
    sheet: &mut Sheet,
    left: &mut Left,
    (row, col): (u32, u32),
    value: &DataRef<'_>,
    epoch: f64,
) -> Result<(), String> {
    let value = match value {
        DataRef::Empty => return Ok(()),
        DataRef::SharedString(text) => Value::Text(text),
        DataRef::String(text) => Value::Text(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso_value(text).unwrap_or(Value::Text(text)),
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
pub(super) fn push(sheet: &mut Sheet, left: &mut Left, at: CellAt, value: Value<'_>) -> Result<(), String> {
    if at.row > LAST.row || at.col > LAST.col {
        return Err(format!("单元格地址越界 / cell address out of range: {at}"));
    }
    left.spend(sheet, at, &value)?;
    if sheet.push(at, value) { Ok(()) } else { Err(format!("单元格次序错乱 / cells out of order at {at}")) }
}

/// A cell of the owned kind, as the formats give that are loaded whole.
pub(super) fn owned(data: &Data) -> Option<Value<'_>> {
    Some(match data {
        Data::Empty => return None,
        Data::String(text) => Value::Text(text),
        Data::DateTimeIso(text) | Data::DurationIso(text) => iso_value(text).unwrap_or(Value::Text(text)),
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

/// The error that a word such as `#N/A` stands for.
pub(super) fn error_of_word(word: &str) -> &'static str {
    let known = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#GETTING_DATA"];
    known.into_iter().find(|known| *known == word.trim()).unwrap_or("#VALUE!")
}

/// A moment as documents write it, such as `2025-03-05` or `2025-03-05T14:30:00`; a time of day is a share of the day.
pub(super) fn iso_value(text: &str) -> Option<Value<'static>> {
    use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
    let text = text.trim().trim_end_matches('Z');
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(Value::Moment(Moment::date(day)));
    }
    let parsed = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    if let Some(at) = parsed {
        // A midnight is what a date without a time becomes in formats that know moments only.
        let is_date = at.time() == NaiveTime::MIN;
        let rounded = at + chrono::Duration::milliseconds(500);
        let rounded = rounded.with_nanosecond(0).unwrap_or(rounded);
        return Some(Value::Moment(if is_date { Moment::date(at.date()) } else { Moment::exact(rounded) }));
    }
    let time = NaiveTime::parse_from_str(text, "%H:%M:%S%.f").ok()?;
    Some(Value::Number(f64::from(time.num_seconds_from_midnight()) / 86_400.0))
}

/// A duration such as `PT14H30M00S` as a share of a day.
pub(super) fn iso_duration(text: &str) -> Option<f64> {
    let mut rest = text.trim().strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, worth) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.replace(',', ".").parse::<f64>().ok()? * worth;
            rest = after;
        }
    }
    rest.is_empty().then_some(seconds / 86_400.0)
}

/// Width of a column in characters of the standard font: 7 pixels each, and 5 for the borders.
pub(super) fn characters_of_pixels(pixels: f64) -> f64 {
    ((pixels - 5.0).max(0.0) / 7.0 * 100.0).round() / 100.0
}
