//! What · Share of repeated cases (二次投诉).
//! Formula · repeated ÷ cases that could be told: marked as repeated, or same household and category again within the days of the profile after the first was resolved
//! Denominator · cases with a mark or a place
//! Unit · ratio
//! Missing values · cases with neither mark nor place are excluded: unknown
//! Clause · procedures, Decisions: Repeat; service-center 012.5
//! Example · 2 of 40: 0.05

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Share {
        part: flag("is_repeat"),
        whole: flag("is_repeat_known"),
        excluded: vec![("unknown", flag("is_repeat_unknown"))],
    };
    Metric::new(format!("{case}.repeat_share"), Unit::Ratio, measure, include_str!("repeat_share.rs"))
}
