//! What customers suggested in surveys, callbacks and visits, each with the department that it is for.

use std::sync::Arc;

use polars::prelude::{DataFrame, PolarsResult};

use crate::metrics::runner::Setting;
use crate::moment::{Period, date_of, month_number};
use crate::normalise::label::fold;
use crate::origin::SourceId;
use crate::records::assemble::{Records, period_of_code};
use crate::records::columns as c;
use crate::records::store::NO_NAME;

/// Where a suggestion was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Made {
    /// On a survey form.
    Survey,
    /// In a callback.
    Callback,
    /// During a visit.
    Visit,
}

impl Made {
    /// The word in words of pages.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::Callback => "callback",
            Self::Visit => "visit",
        }
    }
}

/// A suggestion.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Where.
    pub made: Made,
    /// The survey's half year or year; the month of the callback or visit.
    pub period: Period,
    /// Community code.
    pub community: u32,
    /// The department that the record names, else the one whose categories or name stand in the text.
    pub department: u32,
    /// As written.
    pub text: Arc<str>,
    /// The sheet.
    pub source: SourceId,
    /// Row of the sheet, from zero.
    pub row: u32,
}

/// What people write who suggest nothing.
const NOTHING: [&str; 14] = [
    "无",
    "没有",
    "暂无",
    "无意见",
    "没意见",
    "无建议",
    "没有建议",
    "暂无建议",
    "没有意见",
    "暂无意见",
    "无意见建议",
    "none",
    "no",
    "nil",
];

/// All suggestions, by where they were made and in the order of the records.
pub(super) fn all(records: &Records, setting: &Setting<'_>) -> PolarsResult<Vec<Suggestion>> {
    let mut found = Vec::new();
    in_frame(&records.forms, Made::Survey, setting, &mut found)?;
    in_frame(&records.callbacks, Made::Callback, setting, &mut found)?;
    for visit in &records.registers.visits {
        let Some(at) = visit.of.visited_on else { continue };
        found.extend(made(
            Suggestion {
                made: Made::Visit,
                period: Period::of_month_number(month_number(date_of(at.seconds))),
                community: visit.community,
                department: visit.department,
                text: visit.of.suggestion.trim().into(),
                source: visit.source,
                row: visit.row,
            },
            setting,
        ));
    }
    Ok(found)
}

/// Gives the suggestion its department; none where it suggests nothing or had not been made by the as-of moment.
fn made(suggestion: Suggestion, setting: &Setting<'_>) -> Option<Suggestion> {
    let folded = fold(&suggestion.text);
    let says = !folded.is_empty() && !NOTHING.contains(&folded.as_str()) && suggestion.period.start() < setting.as_of;
    says.then(|| Suggestion {
        department: match suggestion.department {
            NO_NAME => setting.directory.department_in(&suggestion.text),
            named => named,
        },
        ..suggestion
    })
}

fn in_frame(frame: &DataFrame, place: Made, setting: &Setting<'_>, found: &mut Vec<Suggestion>) -> PolarsResult<()> {
    let Ok(texts) = frame.column(c::SUGGESTION) else { return Ok(()) };
    let code =
        |name: &str, row: usize| -> PolarsResult<u32> { Ok(frame.column(name)?.u32()?.get(row).unwrap_or(NO_NAME)) };
    let time = if place == Made::Survey { c::PERIOD } else { c::MONTH };
    for (row, text) in texts.str()?.iter().enumerate() {
        let Some(text) = text else { continue };
        let time = frame.column(time)?.i32()?.get(row).unwrap_or(0);
        found.extend(made(
            Suggestion {
                made: place,
                period: if place == Made::Survey { period_of_code(time) } else { Period::of_month_number(time) },
                community: code(c::COMMUNITY, row)?,
                department: if place == Made::Survey { NO_NAME } else { code(c::DEPARTMENT, row)? },
                text: text.trim().into(),
                source: code(c::SOURCE, row)?,
                row: code(c::ROW, row)?,
            },
            setting,
        ));
    }
    Ok(())
}
