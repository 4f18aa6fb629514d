//! What is kept besides facts, for lists and pages: single duties, promises and measures.

use polars::prelude::PolarsResult;

use super::register::{self, Commitment};
use super::runner::Setting;
use super::schedule::{self, DutyInstance};
use crate::profile::Profiles;
use crate::profile::schema::Subject;
use crate::records::assemble::Records;

/// Lists, each in an order of its own that depends on nothing but the input.
#[derive(Debug, Default)]
pub struct Lists {
    /// Duties as they were owed, by what they are about, profile, duty and who owed them.
    pub duties: Vec<DutyInstance>,
    /// Promises and measures, in the order of their registers.
    pub commitments: Vec<Commitment>,
}

impl Lists {
    /// Makes the lists.
    pub(super) fn of(records: &Records, profiles: &Profiles, setting: &Setting<'_>) -> PolarsResult<Self> {
        let mut duties = Vec::new();
        for (profile, subject) in profiles.rulings() {
            if subject == Subject::Schedule {
                duties.extend(schedule::instances(records, profile, setting)?);
            }
        }
        duties.sort_by(|a: &DutyInstance, b| {
            (a.from, a.until, &a.profile, &a.duty, a.owner).cmp(&(b.from, b.until, &b.profile, &b.duty, b.owner))
        });
        Ok(Self { duties, commitments: register::commitments(&records.registers, setting) })
    }
}
