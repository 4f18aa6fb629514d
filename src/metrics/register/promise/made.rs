//! What · Promises made in open letters.
//! Formula · number of promises, in the survey that they follow, else the month in which they fell due
//! Denominator · none
//! Unit · count
//! Missing values · one that names no period and no date is not counted
//! Clause · community-opinion (3)B–C
//! Example · 12 promises after the survey of 2025-H1: 12

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "promise.made",
    unit: Unit::Count,
    how: How::Count,
    counted: Commitment::counted,
    kind: Kind::Promise,
    doc: include_str!("made.rs"),
};
