//! Metrics on visits. One metric, one file, one line here.

mod made;
mod met_share;

use crate::metrics::fact::Fact;
use crate::metrics::runner::Setting;
use crate::profile::schema::Profile;
use crate::records::assemble::Records;

/// The facts of all metrics.
pub(super) fn facts(records: &Records, profile: &Profile, setting: &Setting<'_>) -> Vec<Fact> {
    let mut facts = made::facts(&records.registers.visits, profile, setting);
    facts.extend(met_share::facts(&records.registers, profile, setting));
    facts
}
