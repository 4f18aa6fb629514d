//! What · Major cases.
//! Formula · number of records marked as major, or that the profile calls so
//! Denominator · none
//! Unit · count
//! Missing values · a record without a mark is not major; not given where no table has such a column and the profile names none
//! Clause · complaint-classes 4.3.8, service-center 012.2
//! Example · 2 of 40 marked: 2

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Count { of: flag("is_major"), told: flag("is_major_told"), excluded: Vec::new() };
    Metric::new(format!("{case}.major"), Unit::Count, measure, include_str!("major.rs")).by(&[D::Category])
}
