//! What · Cases received in the period that are resolved as of the as-of date.
//! Formula · number of records with a moment of resolution, readable or not, or a closed state
//! Denominator · none
//! Unit · count
//! Missing values · tables that tell neither moment nor state are not counted
//! Clause · complaint-classes 4.3.3, service-center 011
//! Example · 12 received, 11 with a completion date, one open: 11

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Count { of: flag("is_resolved"), told: flag("is_state_known"), excluded: Vec::new() };
    Metric::new(format!("{case}.resolved"), Unit::Count, measure, include_str!("resolved.rs"))
        .by(&[D::Class, D::Category])
}
