//! What · Share of callbacks that rate the attitude (态度) as satisfying.
//! Formula · satisfied ÷ (satisfied + dissatisfied), by the scale of the profile
//! Denominator · answers that the scale calls satisfied or dissatisfied
//! Unit · ratio
//! Missing values · excluded by reason: `no_opinion` (未表态), unknown (blank or a wording nobody knows)
//! Clause · service-center 017.7
//! Example · 40 满意, 5 较满意, 5 不满意: 0.9

use super::rating;
use crate::metrics::metric::Metric;
use crate::profile::schema::Scale;
use crate::records::columns as c;

pub(super) fn metric(scale: &Scale) -> Metric {
    rating("callback.attitude", c::ATTITUDE, scale, include_str!("attitude.rs"))
}
