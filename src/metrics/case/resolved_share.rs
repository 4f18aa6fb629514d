//! What · Share of cases that are resolved.
//! Formula · resolved ÷ (resolved + open)
//! Denominator · cases whose state is told
//! Unit · ratio
//! Missing values · cases of tables that tell no state are excluded: unknown
//! Clause · property-targets, service-center 011
//! Example · 11 resolved, 1 open: 0.916667

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Share {
        part: flag("is_resolved"),
        whole: flag("is_state_known"),
        excluded: vec![("unknown", flag("is_state_unknown"))],
    };
    Metric::new(format!("{case}.resolved_share"), Unit::Ratio, measure, include_str!("resolved_share.rs"))
        .by(&[D::Class])
}
