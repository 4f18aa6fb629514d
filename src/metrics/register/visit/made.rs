//! What · Visits to customers that were made, also by method.
//! Formula · number of visits, in the month of the visit
//! Denominator · none
//! Unit · count
//! Missing values · a visit without a readable date is not counted, nor is one on which the customer was not met
//! Clause · that of the profile for `visit.made`, e.g. customer-grading
//! Example · 4 visits in June, one of them by phone: 4, and 1 by the method phone
//!
//! 口径 · 走访客户的次数，也按方式分
//! 公式 · 走访次数，计入走访所在月
//! 分母 · 无
//! 单位 · 次
//! 缺失值 · 没有可读日期的走访不计，没有见到客户的也不计
//! 条款 · 规程中 visit.made 的条款，如 customer-grading
//! 举例 · 六月走访 4 次，其中电话 1 次：4，电话 1

use polars::prelude::PolarsResult;

use crate::metrics::behind::Decisive;
use crate::metrics::fact::{Dimension, Unit};
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::Setting;
use crate::metrics::taker::Taker;
use crate::metrics::tally::{self, Counted, How, Role};
use crate::moment::{Period, date_of, month_number};
use crate::profile::schema::Profile;
use crate::records::registers::{Entry, Visit};

fn metric() -> Metric {
    // The expression is never run: visits are few and not in a frame.
    Metric::new("visit.made".to_owned(), Unit::Count, count(every_row()), include_str!("made.rs"))
        .by(&[Dimension::Method])
}

/// Measures the visits, all and by method.
pub(super) fn measure(
    visits: &[Entry<Visit>],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let made = visits.iter().filter(|entry| entry.of.was_met()).filter_map(|entry| {
        let at = entry.of.visited_on.filter(|at| at.seconds < setting.as_of)?;
        let month = Period::of_month_number(month_number(date_of(at.seconds)));
        Some((
            Counted::of(month, (entry.community, entry.department), Role::Part, Some(visited(entry))),
            entry.of.method.as_str(),
        ))
    });
    let rows = made.flat_map(|(row, method)| {
        let by_method = (!method.is_empty()).then(|| row.clone().by(Dimension::Method, method));
        std::iter::once(row).chain(by_method)
    });
    tally::measure(metric(), How::Count, rows, profile, setting, taker)
}

/// The visit with its date.
pub(super) fn visited(entry: &Entry<Visit>) -> Decisive {
    Decisive::of(entry.at(), [("visited_on", entry.of.visited_on.into())])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_metric_is_documented_under_the_seven_headings() {
        crate::metrics::metric::assert_documented(&[super::metric()]);
    }
}
