//! When cases were received: by weekday and hour together.
//!
//! The full grid has 168 cells. It is given for the group only: 500 communities would have a quarter of a million such facts in half
//! years and years alone, and stay under two million of all kinds only without; they have by weekday and by hour.

use polars::prelude::PolarsResult;

use crate::metrics::fact::{Dimension, FactKey};
use crate::metrics::metric::Metric;
use crate::metrics::runner::{DimensionColumn, Run, ScopeCode};
use crate::metrics::taker::{Taker, two_in_one};
use crate::moment::Period;

/// Column: weekday and hour of receipt in one code, weekday × 24 + hour.
pub(super) const BOTH: &str = "weekday_hour";

/// Hands over what was received by weekday and hour.
pub(super) fn measure(run: &Run<'_>, received: Metric, taker: &mut dyn Taker) -> PolarsResult<()> {
    let both = DimensionColumn::new(Dimension::Weekday, BOTH, |code| {
        (24..192).contains(&code).then(|| two_in_one(&(code / 24).to_string(), &format!("{:02}", code % 24)))
    });
    let run = Run {
        frame: run.frame,
        time: run.time,
        profile: run.profile,
        setting: run.setting,
        dimensions: vec![both.of_group(is_given)],
        reads: Box::new(|column| (run.reads)(column)),
    };
    taker.run(&run, vec![received.by(&[Dimension::Weekday])], Some(by_weekday_and_hour))
}

/// The group's; cases without an hour are in no cell.
fn is_given(_: Period, scope: ScopeCode, code: u32) -> bool {
    code < 192 && scope == ScopeCode::Group
}

fn by_weekday_and_hour(key: &mut FactKey) -> bool {
    crate::metrics::taker::part_in_two(key, [Dimension::Weekday, Dimension::Hour])
}
