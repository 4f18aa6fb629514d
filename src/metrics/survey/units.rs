//! What · Units that a form was issued to, from the lists of units.
//! Formula · issued by method = units of the list with that method; unreturned = units whose form has not come back
//! Denominator · none
//! Unit · count
//! Missing values · a unit without a method is of none; unreturned is given only where the list of the round tells of a return at all, and a unit that says nothing has not returned its form
//! Clause · survey-procedure 4.4–4.5
//! Example · 300 units, 240 at the door and 60 by phone, 250 came back: 240, 60 and 50
//!
//! 口径 · 发放清单上的户：survey.issued 按方式分，以及 survey.unreturned
//! 公式 · 按方式发放 = 清单上该方式的户数；未收回 = 表还没有收回的户数
//! 分母 · 无
//! 单位 · 户
//! 缺失值 · 没有写方式的不归入任何方式；清单上完全没有收回情况的，不给未收回数，有的则没有写的户算未收回
//! 条款 · survey-procedure 4.4–4.5
//! 举例 · 300 户，上门 240 户，电话 60 户，收回 250 户：240、60、50

use std::collections::BTreeSet;

use polars::prelude::PolarsResult;

use crate::metrics::behind::{CellValue, Decisive};
use crate::metrics::fact::{Dimension, Unit};
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::Setting;
use crate::metrics::taker::Taker;
use crate::metrics::tally::{self, Counted, How, Role};
use crate::moment::{Period, Seconds};
use crate::profile::schema::Profile;
use crate::records::registers::{Entry, RoundUnit};
use crate::records::store::NO_NAME;

fn metric(id: &str) -> Metric {
    // The expression is never run: the lists are few and not in a frame.
    Metric::new(id.to_owned(), Unit::Count, count(every_row()), include_str!("units.rs")).by(&[Dimension::Method])
}

/// Measures the lists.
pub(super) fn measure(
    units: &[Entry<RoundUnit>],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let begun: Vec<(Period, &Entry<RoundUnit>)> = units
        .iter()
        .filter_map(|entry| Some((entry.of.period.filter(|period| period.start() < setting.as_of)?, entry)))
        .filter(|(_, entry)| entry.of.issued_on.is_none_or(|at| at.seconds < setting.as_of))
        .collect();
    let row = |period: Period, entry: &Entry<RoundUnit>, cells: &[(&'static str, CellValue)]| {
        let source = Decisive::of(entry.at(), cells.iter().copied());
        Counted::of(period, (entry.community, NO_NAME), Role::Part, Some(source))
    };
    let with_method = begun.iter().filter(|(_, entry)| !entry.of.method.is_empty());
    let by_method = with_method.map(|(period, entry)| {
        row(*period, entry, &[("method", CellValue::None)]).by(Dimension::Method, &entry.of.method)
    });
    tally::measure(metric("survey.issued"), How::Count, by_method, profile, setting, taker)?;
    let told: BTreeSet<(Period, u32)> = begun
        .iter()
        .filter(|(_, entry)| entry.of.returned_on.is_some() || is_back(&entry.of.status).is_some())
        .map(|(period, entry)| (*period, entry.community))
        .collect();
    let out = begun.iter().filter(|(period, entry)| told.contains(&(*period, entry.community)));
    let rows = out.map(|(period, entry)| {
        let unreturned = !is_returned(&entry.of, setting.as_of);
        // A round of which all forms came back has nought, and not nothing.
        let cells = [("returned_on", entry.of.returned_on.into()), ("status", CellValue::None)];
        Counted { role: if unreturned { Role::Part } else { Role::Rest }, ..row(*period, entry, &cells) }
    });
    tally::measure(metric("survey.unreturned"), How::Count, rows, profile, setting, taker)
}

/// Whether the form had come back.
fn is_returned(unit: &RoundUnit, as_of: Seconds) -> bool {
    match unit.returned_on {
        Some(at) => at.seconds < as_of,
        None => is_back(&unit.status) == Some(true),
    }
}

/// What the state as written says of the return: 已收回, 未回收, 是, returned.
fn is_back(status: &str) -> Option<bool> {
    let status = status.trim().to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| status.contains(word));
    if status == "否" || any(&["未", "没", "拒", "not ", "no ", "outstanding"]) {
        Some(false)
    } else if status == "是" || any(&["收", "交", "返", "完成", "return", "back", "done"]) {
        Some(true)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metrics_are_documented_under_the_seven_headings() {
        crate::metrics::metric::assert_documented(&[metric("survey.unreturned")]);
    }

    #[test]
    fn states_of_the_return_are_read_negations_first() {
        let of = |texts: &[&str]| texts.iter().map(|text| is_back(text)).collect::<Vec<_>>();
        assert_eq!(of(&["已收回", "是", "Returned"]), [Some(true); 3]);
        assert_eq!(of(&["未收回", "否", "拒收"]), [Some(false); 3]);
        assert_eq!(of(&["", "二次上门"]), [None; 2]);
    }
}
