//! What · Compensation paid.
//! Formula · sum of the amounts
//! Denominator · none
//! Unit · yuan
//! Missing values · a blank or unreadable amount adds nothing
//! Clause · complaint-classes 4.4
//! Example · 200 and 350 yuan: 550

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let of = flag(crate::records::columns::COMPENSATION);
    let measure = Measure::Amount { of, told: flag("is_compensation_told"), divisor: 100.0 };
    Metric::new(format!("{case}.compensation"), Unit::Yuan, measure, include_str!("compensation.rs"))
}
