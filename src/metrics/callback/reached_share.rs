//! What · Share of callbacks made that reached the customer.
//! Formula · reached ÷ made
//! Denominator · callbacks made
//! Unit · ratio
//! Missing values · a callback whose state does not say otherwise reached the customer
//! Clause · service-center 017.1
//! Example · 16 of 18: 0.888889

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};
use crate::records::columns as c;

pub(super) fn metric() -> Metric {
    let measure = Measure::Share { part: flag("is_reached"), whole: flag(c::MADE), excluded: Vec::new() };
    Metric::new("callback.reached_share".to_owned(), Unit::Ratio, measure, include_str!("reached_share.rs"))
}
