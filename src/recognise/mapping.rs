//! `[[source]]` entries: how files of a foreign layout are to be read, as the user said.

use super::field::Field;
use super::kinds::{KINDS, Kind, KindId};
use crate::config::{ConfigError, SourceEntry, nearest};
use crate::moment::DateOrder;
use crate::moment::Period;
use crate::normalise::label::fold;

/// A `[[source]]` entry, checked.
#[derive(Debug, Clone)]
pub struct Mapping {
    pattern: glob::Pattern,
    /// Kind of table.
    pub kind: &'static Kind,
    /// Only the sheet of this name.
    pub sheet: Option<String>,
    /// Row of the header, from 1; 0 where there is none.
    pub header_row: Option<u32>,
    /// Rows of the header, from that row on.
    pub header_rows: Option<u32>,
    /// Folded header text, or column number → field.
    pub columns: Vec<(MappedColumn, Field)>,
    /// Order of day and month.
    pub date_order: Option<DateOrder>,
    /// Seconds after 00:00 that a date without a time stands for.
    pub date_without_time: Option<i64>,
    /// Encoding of a text file.
    pub encoding: Option<String>,
    /// Community of all rows.
    pub community: Option<String>,
    /// Period to which all rows are counted.
    pub period: Option<Period>,
    /// Highest score of the scale.
    pub score_highest: Option<u16>,
}

/// How a mapping names a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappedColumn {
    /// By its header, folded; of a header of several rows the parts are joined by `/`.
    Header(String),
    /// By its place, from zero.
    Place(u32),
    /// By letters that may be a header too: a header that reads so goes before the place.
    Either(String, u32),
}

impl Mapping {
    /// Whether the entry is for a file.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::new() };
        self.pattern.matches_with(path, options)
    }

    /// Checks all entries of a config.
    ///
    /// # Errors
    /// When a pattern, kind, field, time or period is not understood.
    pub fn compile(entries: &[SourceEntry]) -> Result<Vec<Self>, ConfigError> {
        entries.iter().map(Self::of).collect()
    }

    fn of(entry: &SourceEntry) -> Result<Self, ConfigError> {
        let wrong = |what: String| ConfigError::Value(format!("[[source]] path = \"{}\"：{what}", entry.path));
        let pattern = glob::Pattern::new(&entry.path).map_err(|error| wrong(error.to_string()))?;
        let kind = KindId::named(&entry.kind).ok_or_else(|| {
            let known: Vec<&str> = KINDS.iter().map(|kind| kind.id.word()).collect();
            let near = nearest(&entry.kind, &known).unwrap_or("complaint");
            wrong(format!(
                "kind = \"{}\" 不认得，是不是 \"{near}\"？ / unknown kind; one of {}",
                entry.kind,
                known.join(", ")
            ))
        })?;
        let mut columns = Vec::new();
        for (header, field) in &entry.columns {
            let field = Field::named(field).ok_or_else(|| {
                let known: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
                let near = nearest(field, &known).unwrap_or("text");
                wrong(format!("列「{header}」的字段 \"{field}\" 不认得，是不是 \"{near}\"？ / unknown field; did you mean \"{near}\"?"))
            })?;
            columns.push((column_of(header, entry.header_row), field));
        }
        let date_without_time = match &entry.date_without_time {
            Some(text) => {
                let time = chrono::NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| {
                    wrong(format!("date_without_time = \"{text}\" 应写成 \"00:00\" / write it as \"00:00\""))
                })?;
                Some(i64::from(chrono::Timelike::num_seconds_from_midnight(&time)))
            }
            None => None,
        };
        let period = match &entry.period {
            Some(text) => Some(Period::parse(text).ok_or_else(|| {
                wrong(format!(
                    "period = \"{text}\" 应写成 2025-06、2025-Q2、2025-H1 或 2025 / write it as one of these"
                ))
            })?),
            None => None,
        };
        let is_register =
            matches!(kind.id, KindId::Complaint | KindId::Repair | KindId::Callback | KindId::CallbackMonth);
        if is_register && period.is_some_and(|period| !matches!(period, Period::Month(..))) {
            return Err(wrong(
                "登记表的 period 应是月份，如 \"2025-03\" / the period of a register must be a month".to_owned(),
            ));
        }
        Ok(Self {
            pattern,
            kind,
            sheet: entry.sheet.clone(),
            header_row: entry.header_row,
            header_rows: entry.header_rows,
            columns,
            date_order: entry.date_order,
            date_without_time,
            encoding: entry.encoding.clone(),
            community: entry.community.clone(),
            period,
            score_highest: entry.score_highest,
        })
    }
}

/// Without a header row a column is named by its letters; with one it can be, where the header is blank or stands twice.
fn column_of(header: &str, header_row: Option<u32>) -> MappedColumn {
    let is_letters = (1..=3).contains(&header.len()) && header.bytes().all(|b| b.is_ascii_uppercase());
    if !is_letters {
        return MappedColumn::Header(fold(header));
    }
    let number = header.bytes().fold(0_u32, |sum, byte| sum * 26 + u32::from(byte - b'A') + 1);
    match header_row {
        Some(0) => MappedColumn::Place(number - 1),
        _ => MappedColumn::Either(fold(header), number - 1),
    }
}
