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

/// Words of praise.
const PRAISE: [&str; 12] =
    ["感谢", "谢谢", "多谢", "表扬", "点赞", "热情", "很负责", "认真负责", "周到", "辛苦了", "thank", "well done"];

/// Words of what is to be changed or was missed: beside one of them praise is no praise alone.
const ASKED: [&str; 22] = [
    "不", "没", "未", "无", "望", "请", "建议", "应", "要", "但", "太", "差", "需", "少", "如果", "能否", "but",
    "please", "should", "not", "wish", "hope",
];

impl Suggestion {
    /// Whether the text praises and asks for nothing: nobody has to answer it. A simple rule by words; what it does not recognise
    /// stays a suggestion.
    #[must_use]
    pub fn is_praise(&self) -> bool {
        let folded = fold(&self.text);
        let has = |word: &&str| folded.contains(*word);
        PRAISE.iter().any(has) && !ASKED.iter().any(has)
    }
}

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

#[cfg(test)]
mod tests {
    use super::{Made, Suggestion};
    use crate::moment::Period;

    fn is_praise(text: &str) -> bool {
        let of = |text: &str| Suggestion {
            made: Made::Callback,
            period: Period::Month(2025, 1),
            community: 0,
            department: 0,
            text: text.into(),
            source: 0,
            row: 0,
        };
        of(text).is_praise()
    }

    #[test]
    fn thanks_are_praise_unless_they_ask_for_something() {
        for text in ["感谢师傅", "维修师傅很负责", "前台服务热情", "表扬保安小王。", "Thank you all"]
        {
            assert!(is_praise(text), "{text}");
        }
        for text in
            ["感谢师傅，希望下次准时", "服务不热情", "不够周到", "绿化修剪不够及时", "Thanks, but it leaks again"]
        {
            assert!(!is_praise(text), "{text}");
        }
    }
}
