//! What · Share of measures that were done.
//! Formula · done ÷ (done + open past the due date or without one), in the period of `measure.taken`
//! Denominator · measures that are done or ought to be
//! Unit · ratio
//! Missing values · excluded: `not_due` those open and not due yet; one whose state says that it is done counts as done without a date
//! Clause · community-opinion (1)B
//! Example · 8 done, 1 open past its date, 3 not due: 8 ÷ 9

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "measure.done_share",
    unit: Unit::Ratio,
    how: How::Share,
    counted: Commitment::done,
    kind: Kind::Measure,
    doc: include_str!("done_share.rs"),
};
