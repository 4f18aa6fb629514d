//! Metrics on customers. One metric, one file, one line here.

mod grade;

pub(super) use grade::grade_of;

use crate::metrics::fact::Fact;
use crate::metrics::runner::Setting;
use crate::profile::schema::Profile;
use crate::records::registers::{Customer, Entry};

/// The facts of all metrics.
pub(super) fn facts(customers: &[Entry<Customer>], profile: &Profile, setting: &Setting<'_>) -> Vec<Fact> {
    grade::facts(customers, profile, setting)
}
