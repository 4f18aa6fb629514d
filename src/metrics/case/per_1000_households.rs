//! What · Cases received for each 1,000 households.
//! Formula · received × 1,000 ÷ households
//! Denominator · households of the community, or of all communities where each is known
//! Unit · `per_1000`
//! Missing values · no value where the number of households is unknown
//! Clause · procedures, What all of them share
//! Example · 12 cases, 742 households: 16.172507

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, every_row};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::PerHouseholds(every_row());
    Metric::new(format!("{case}.per_1000_households"), Unit::Per1000, measure, include_str!("per_1000_households.rs"))
}
