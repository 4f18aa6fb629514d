//! What · Open cases that have passed a deadline of the profile.
//! Formula · number of open records with a deadline whose end has not happened and whose due moment lies before the as-of moment
//! Denominator · none
//! Unit · count
//! Missing values · a case without the starting moment is not counted
//! Clause · service-center 015.10
//! Example · an open case received 5 days ago under a limit of 3 d: 1

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Count { of: flag("is_overdue"), told: flag("is_state_known") };
    Metric::new(format!("{case}.overdue"), Unit::Count, measure, include_str!("overdue.rs")).by(&[D::Class])
}
