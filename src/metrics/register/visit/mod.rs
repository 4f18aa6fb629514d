//! Metrics on visits. One metric, one file, one line here.

mod made;
mod met_share;

use polars::prelude::PolarsResult;

use crate::metrics::runner::Setting;
use crate::metrics::taker::Taker;
use crate::profile::schema::Profile;
use crate::records::registers::Registers;

/// Measures all metrics.
pub(super) fn measure(
    registers: &Registers,
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    made::measure(&registers.visits, profile, setting, taker)?;
    met_share::measure(registers, profile, setting, taker)
}
