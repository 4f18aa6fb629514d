//! Records + profile → facts. One metric, one file; one runner groups.

mod callback;
mod case;
pub mod fact;
mod groups;
pub mod lists;
pub mod metric;
pub mod outcome;
pub mod register;
pub mod runner;
pub mod schedule;
mod survey;
mod tally;

use std::collections::BTreeMap;

use fact::{Fact, FactTable, Scope};
use lists::Lists;
use polars::prelude::PolarsResult;
use runner::{Labels, ScopeCode, Setting};

use crate::clock::working_time::WorkingTime;
use crate::moment::Seconds;
use crate::problem::Problem;
use crate::profile::Profiles;
use crate::profile::schema::{Profile, Subject};
use crate::records::assemble::Records;

/// What the records come to.
#[derive(Debug, Default)]
pub struct Measured {
    /// Every number.
    pub facts: FactTable,
    /// What the procedures' limits show about the records: nothing is set aside for it.
    pub problems: Vec<Problem>,
    /// Duties, promises and measures one by one.
    pub lists: Lists,
}

/// All facts of a run.
///
/// # Errors
/// When a query fails.
pub fn measure(records: &Records, profiles: &Profiles, clock: &WorkingTime, as_of: Seconds) -> PolarsResult<Measured> {
    let setting = Setting {
        clock,
        as_of,
        directory: &records.directory,
        names: &records.names,
        labels: Labels::of(&profiles.all),
    };
    let (mut facts, mut problems) = (Vec::new(), Vec::new());
    let mut lists = Lists { commitments: register::commitments(&records.registers, &setting), ..Lists::default() };
    for (profile, subject) in profiles.rulings() {
        let (more, found) = facts_of(records, profile, subject, &setting, &mut lists)?;
        facts.extend(more);
        problems.extend(found);
    }
    // Two procedures may set the same limit on the same clock: that is one pile-up.
    problems.sort_by(|a, b| (a.place(), &a.found).cmp(&(b.place(), &b.found)));
    problems.dedup();
    lists.sort();
    Ok(Measured { facts: FactTable::new(facts, scope_names(&setting)), problems, lists })
}

fn facts_of(
    records: &Records,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
    lists: &mut Lists,
) -> PolarsResult<(Vec<Fact>, Vec<Problem>)> {
    let facts = match subject {
        Subject::Complaint => return case::facts(&records.complaints, profile, subject, setting),
        Subject::Repair => return case::facts(&records.repairs, profile, subject, setting),
        Subject::Callback => callback::facts(&records.callbacks, profile, setting)?,
        Subject::Survey => survey::facts(records, profile, setting)?,
        Subject::Schedule => {
            let duties = schedule::instances(records, profile, setting)?;
            let mut facts = schedule::facts(&duties, profile, setting);
            lists.duties.extend(duties);
            facts.extend(register::facts(records, &lists.commitments, profile, setting));
            facts
        }
    };
    Ok((facts, Vec::new()))
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
