//! What · Mean elapsed time from the start of a deadline to its end.
//! Formula · sum of minutes ÷ number of cases
//! Denominator · cases with both moments to the minute, in a possible order
//! Unit · minutes
//! Missing values · excluded by reason: open, `no_start`, `no_end`, impossible, uncertain (a date without a time)
//! Clause · that of the deadline
//! Example · 30, 60 and 90 minutes: 60

use super::clock_columns::{elapsed_column, measured_column, not_measured};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag, is_code};

pub(super) fn metric(case: &str, deadline: &str, clause: &str) -> Metric {
    let measure = Measure::Mean {
        sum: flag(&elapsed_column(deadline)),
        n: is_code(&measured_column(deadline), 0),
        divisor: 60.0,
        excluded: not_measured(deadline),
    };
    Metric::new(format!("{case}.{deadline}.mean"), Unit::Minutes, measure, include_str!("mean.rs")).under(clause)
}
