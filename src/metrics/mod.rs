//! Records + profile → facts. One metric, one file; one runner groups.

mod callback;
mod case;
pub mod fact;
mod groups;
pub mod metric;
pub mod outcome;
pub mod runner;
mod schedule;
mod survey;

use std::collections::BTreeMap;

use fact::{Fact, FactTable, Scope};
use polars::prelude::PolarsResult;
use runner::{Labels, ScopeCode, Setting};

use crate::clock::working_time::WorkingTime;
use crate::moment::Seconds;
use crate::profile::Profiles;
use crate::profile::schema::{Profile, Subject};
use crate::records::assemble::Records;

/// All facts of a run.
///
/// # Errors
/// When a query fails.
pub fn measure(records: &Records, profiles: &Profiles, clock: &WorkingTime, as_of: Seconds) -> PolarsResult<FactTable> {
    let setting = Setting {
        clock,
        as_of,
        directory: &records.directory,
        names: &records.names,
        labels: Labels::of(&profiles.all),
    };
    let mut facts = Vec::new();
    for (profile, subject) in profiles.rulings() {
        facts.extend(facts_of(records, profile, subject, &setting)?);
    }
    Ok(FactTable::new(facts, scope_names(&setting)))
}

fn facts_of(records: &Records, profile: &Profile, subject: Subject, setting: &Setting<'_>) -> PolarsResult<Vec<Fact>> {
    match subject {
        Subject::Complaint => case::facts(&records.complaints, profile, subject, setting),
        Subject::Repair => case::facts(&records.repairs, profile, subject, setting),
        Subject::Callback => callback::facts(&records.callbacks, profile, setting),
        Subject::Survey => survey::facts(records, profile, setting),
        Subject::Schedule => Ok(schedule::facts(&records.rounds, profile, setting)),
    }
}

fn scope_names(setting: &Setting<'_>) -> BTreeMap<Scope, std::sync::Arc<str>> {
    let communities = setting
        .directory
        .communities
        .iter()
        .zip(0..)
        .map(|(community, code)| (ScopeCode::Community(code), &community.name));
    let departments = setting
        .directory
        .departments
        .iter()
        .zip(0..)
        .map(|(department, code)| (ScopeCode::Department(code), &department.name));
    communities.chain(departments).map(|(code, name)| (setting.scope(code), name.clone())).collect()
}
