//! What · 90th percentile of the elapsed time from the start of a deadline to its end.
//! Formula · type 7 quantile 0.9 of the minutes
//! Denominator · cases with both moments to the minute, in a possible order
//! Unit · minutes
//! Missing values · excluded by reason: open, `no_start`, `no_end`, impossible, uncertain (a date without a time)
//! Clause · that of the deadline
//! Example · 30, 60 and 90 minutes: 84

use super::clock_columns::{elapsed_column, not_measured};
use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric};

pub(super) fn metric(case: &str, deadline: &str, clause: &str) -> Metric {
    let measure = Measure::Quantile { column: elapsed_column(deadline), share: 0.9, excluded: not_measured(deadline) };
    Metric::new(format!("{case}.{deadline}.p90"), Unit::Minutes, measure, include_str!("p90.rs"))
        .by(&[D::Class])
        .under(clause)
}
