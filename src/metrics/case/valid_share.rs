//! What · Share of valid cases.
//! Formula · valid ÷ received
//! Denominator · cases received
//! Unit · ratio
//! Missing values · as for valid
//! Clause · complaint-classes 4.2.4
//! Example · 10 of 12: 0.833333

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, every_row, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Share { part: flag("is_valid"), whole: every_row(), excluded: Vec::new() };
    Metric::new(format!("{case}.valid_share"), Unit::Ratio, measure, include_str!("valid_share.rs"))
}
