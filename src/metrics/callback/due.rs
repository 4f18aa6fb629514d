//! What · Callbacks that fell due in the period: those made, and those owed for closed cases.
//! Formula · number of callbacks made + closed cases without one, where the register has a column for it
//! Denominator · none
//! Unit · count
//! Missing values · registers without a callback column owe none that could be told
//! Clause · service-center 011, complaint-classes 4.3.8
//! Example · 20 closed cases, 18 called back: 20

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};

pub(super) fn metric() -> Metric {
    Metric::new("callback.due".to_owned(), Unit::Count, count(every_row()), include_str!("due.rs"))
}
