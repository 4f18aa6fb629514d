//! The records as CSV, one file a kind and month: what a database reads when a company outgrows one machine.

use std::collections::BTreeMap;
use std::io::{self, Write};

use polars::prelude::{AnyValue, DataFrame, PolarsResult};

use super::data::{decimal, guarded, writer};
use crate::moment::{DAY, Period, written};
use crate::normalise::rating::Level;
use crate::origin::SourceSheet;
use crate::records::assemble::{Records, period_of_code};
use crate::records::cases::Further;
use crate::records::columns as c;
use crate::records::frames::NameList;
use crate::records::registers::WrittenRow;
use crate::step::Step;

/// The rows of one file.
#[derive(Debug)]
pub struct Partition<'a> {
    /// Kind of record: the name of the folder.
    pub kind: &'static str,
    /// Period: the name of the file.
    pub period: Period,
    frame: &'a DataFrame,
    rows: Vec<usize>,
}

/// All partitions, by kind and period.
///
/// # Errors
/// When a frame lacks a column, which a slip in the program would cause.
pub fn partitions(records: &Records) -> PolarsResult<Vec<Partition<'_>>> {
    let mut partitions = Vec::new();
    for (kind, frame, time) in [
        ("complaint", &records.complaints, c::MONTH),
        ("repair", &records.repairs, c::MONTH),
        ("callback", &records.callbacks, c::MONTH),
        ("survey-form", &records.forms, c::PERIOD),
        ("survey-answer", &records.answers, c::PERIOD),
        ("survey-choice", &records.choices, c::PERIOD),
    ] {
        if frame.height() == 0 {
            continue;
        }
        let mut rows: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (row, time) in frame.column(time)?.i32()?.iter().enumerate() {
            rows.entry(time.unwrap_or(0)).or_default().push(row);
        }
        for (code, rows) in rows {
            let period = if time == c::MONTH { Period::of_month_number(code) } else { period_of_code(code) };
            partitions.push(Partition { kind, period, frame, rows });
        }
    }
    Ok(partitions)
}

/// Writes one partition. Codes are written as names, moments as people write them; a date without a time stays a date.
///
/// # Errors
/// When the file cannot be written.
pub fn write(
    out: &mut dyn Write,
    partition: &Partition<'_>,
    records: &Records,
    files: &[String],
    sources: &[SourceSheet],
) -> io::Result<()> {
    let columns: Vec<&str> =
        partition.frame.get_column_names().into_iter().map(polars::prelude::PlSmallStr::as_str).collect();
    let shown: Vec<&str> =
        columns.iter().copied().filter(|name| !HIDDEN.contains(name) && *name != c::SOURCE).collect();
    let mut csv = writer(out);
    let has_source = columns.contains(&c::SOURCE);
    csv.write_record(has_source.then_some(["file", "sheet"]).into_iter().flatten().chain(shown.iter().copied()))?;
    for row in &partition.rows {
        let mut fields: Vec<String> = Vec::with_capacity(shown.len() + 2);
        if has_source {
            let sheet = sources.get(number(partition.frame, c::SOURCE, *row) as usize);
            fields.push(
                sheet.and_then(|sheet| files.get(sheet.file as usize)).map_or_else(String::new, |file| guarded(file)),
            );
            fields.push(sheet.map_or_else(String::new, |sheet| guarded(&sheet.sheet)));
        }
        fields.extend(shown.iter().map(|name| field(partition.frame, name, *row, records)));
        csv.write_record(&fields)?;
    }
    csv.flush()
}

/// The rows of one file of a smaller register.
#[derive(Debug)]
pub struct RegisterPart {
    /// Kind of record: the name of the folder.
    pub kind: &'static str,
    /// Period, or `all` where the rows belong to none: the name of the file.
    pub period: String,
    columns: &'static [&'static str],
    rows: Vec<WrittenRow>,
}

/// All files of the smaller registers, by kind and period.
#[must_use]
pub fn register_parts(records: &Records) -> Vec<RegisterPart> {
    let mut parts = Vec::new();
    for register in records.registers.written() {
        let mut by_period: BTreeMap<String, Vec<WrittenRow>> = BTreeMap::new();
        for row in register.rows {
            let period = row.period.map_or_else(|| "all".to_owned(), |period| period.to_string());
            by_period.entry(period).or_default().push(row);
        }
        let (kind, columns) = (register.kind, register.columns);
        parts.extend(by_period.into_iter().map(|(period, rows)| RegisterPart { kind, period, columns, rows }));
    }
    parts
}

/// Writes one file of a smaller register.
///
/// # Errors
/// When the file cannot be written.
pub fn write_register(
    out: &mut dyn Write,
    part: &RegisterPart,
    records: &Records,
    files: &[String],
    sources: &[SourceSheet],
) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(["file", "sheet", c::ROW, c::COMMUNITY, c::PERIOD].iter().chain(part.columns))?;
    for row in &part.rows {
        let sheet = sources.get(row.source as usize);
        let file = sheet.and_then(|sheet| files.get(sheet.file as usize));
        let mut fields = vec![
            file.map_or_else(String::new, |file| guarded(file)),
            sheet.map_or_else(String::new, |sheet| guarded(&sheet.sheet)),
            code_field(c::ROW, row.row, records),
            code_field(c::COMMUNITY, row.community, records),
            row.period.map_or_else(String::new, |period| period.to_string()),
        ];
        fields.extend(row.values.iter().map(|value| guarded(value)));
        csv.write_record(&fields)?;
    }
    csv.flush()
}

/// Columns that say how other columns are to be read.
const HIDDEN: [&str; 4] = [c::DATE_ONLY, c::UNREADABLE, c::PRESENT, c::LINE];

fn number(frame: &DataFrame, name: &str, row: usize) -> u32 {
    frame.column(name).ok().and_then(|column| column.u32().ok()?.get(row)).unwrap_or(u32::MAX)
}

fn field(frame: &DataFrame, name: &str, row: usize, records: &Records) -> String {
    let Some(value) = frame.column(name).ok().and_then(|column| column.get(row).ok()) else { return String::new() };
    match value {
        AnyValue::String(text) => guarded(text),
        // What a frame of a single row gives.
        AnyValue::StringOwned(text) => guarded(&text),
        AnyValue::Boolean(yes) => if yes { "yes" } else { "no" }.to_owned(),
        AnyValue::Int64(seconds) => match Step::ALL.into_iter().find(|step| step.column() == name) {
            Some(step) => {
                let date_only = number(frame, c::DATE_ONLY, row);
                let is_date = date_only != u32::MAX && date_only & (1 << step as u32) != 0 && seconds % DAY == 0;
                let text = written(seconds);
                if is_date { text[..10].to_owned() } else { text }
            }
            None if name == c::DISTANCE => seconds.to_string(),
            // Money is kept in fen.
            None => yuan(seconds),
        },
        AnyValue::Int32(code) if name == c::MONTH => Period::of_month_number(code).to_string(),
        AnyValue::Int32(code) if name == c::PERIOD => period_of_code(code).to_string(),
        AnyValue::UInt32(code) => code_field(name, code, records),
        AnyValue::Float64(score) if score.is_nan() => String::new(),
        AnyValue::Float64(score) => decimal(score),
        _ => String::new(),
    }
}

/// Fen as yuan, to the fen: amounts are never rounded on their way out.
fn yuan(fen: i64) -> String {
    let (whole, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let sign = if fen < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{rest:02}");
    text.strip_suffix(".00").or_else(|| text.strip_suffix('0')).unwrap_or(&text).to_owned()
}

fn code_field(name: &str, code: u32, records: &Records) -> String {
    let word = |list: &NameList| list.name(code).map_or_else(String::new, guarded);
    let lists = &records.names;
    match name {
        c::ROW => (u64::from(code) + 1).to_string(),
        c::COMMUNITY => {
            records.directory.communities.get(code as usize).map_or("none", |community| &community.id).to_owned()
        }
        c::DEPARTMENT => {
            records.directory.departments.get(code as usize).map_or("none", |department| &department.id).to_owned()
        }
        c::CATEGORY => word(&lists.category),
        c::CLASS => word(&lists.class),
        c::CHANNEL => word(&lists.channel),
        c::BUILDING => word(&lists.building),
        c::RECEIVER | c::HANDLER | c::CALLBACK_PERSON => word(&lists.staff),
        c::TOPIC => word(&lists.topic),
        c::METHOD => word(&lists.method),
        c::ITEM => word(&lists.item),
        c::QUESTION => word(&lists.question),
        c::OPTION => word(&lists.option),
        c::OPINION | c::PUNCTUALITY | c::ATTITUDE | c::QUALITY | c::LEVEL => {
            Level::ALL.get(code as usize).map_or_else(String::new, |level| level.code().to_owned())
        }
        c::STATE => ["unknown", "open", "closed"].get(code as usize).copied().unwrap_or("").to_owned(),
        c::SCORE_HIGHEST if code == 0 => String::new(),
        // An answer that was counted in a tally stands on no form.
        c::FORM if code == u32::MAX => String::new(),
        _ => match Further::of_column(name) {
            Some(further) => word(lists.further(further)),
            None => code.to_string(),
        },
    }
}
