//! What · Share of promises that were kept.
//! Formula · kept ÷ (kept + open past the due date or without one), in the period of `promise.made`
//! Denominator · promises that are kept or ought to be
//! Unit · ratio
//! Missing values · excluded: `not_due` those open and not due yet; one whose state says that it is kept counts as kept without a date
//! Clause · community-opinion (3)B–C
//! Example · 8 kept, 1 open past its date, 3 not due: 8 ÷ 9

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "promise.kept_share",
    unit: Unit::Ratio,
    how: How::Share,
    counted: Commitment::done,
    kind: Kind::Promise,
    doc: include_str!("kept_share.rs"),
};
