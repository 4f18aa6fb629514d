//! Records + profile → facts. One metric, one file; one runner groups.

pub mod behind;
mod callback;
mod case;
pub mod fact;
mod groups;
pub mod lists;
pub mod metric;
pub mod notes;
pub mod outcome;
pub mod register;
mod rows;
pub mod runner;
pub mod schedule;
mod survey;
pub mod taker;
mod tally;

use std::collections::BTreeMap;

use fact::{FactTable, Scope};
use lists::Lists;
use polars::prelude::PolarsResult;
use runner::{Labels, ScopeCode, Setting};
use taker::{Maker, Taker};

use crate::clock::clocks::Clocks;
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
pub fn measure(records: &Records, profiles: &Profiles, clocks: &Clocks, as_of: Seconds) -> PolarsResult<Measured> {
    let setting = Setting {
        clocks,
        as_of,
        directory: &records.directory,
        names: &records.names,
        labels: Labels::of(&profiles.all),
    };
    let (mut facts, mut problems) = (Vec::new(), Vec::new());
    for (profile, subject) in profiles.rulings() {
        let mut maker = Maker::default();
        problems.extend(measure_subject(records, profile, subject, &setting, &mut maker)?);
        facts.extend(maker.facts);
    }
    // Two procedures may set the same limit on the same clock: that is one pile-up.
    problems.sort_by(|a, b| (a.place(), &a.found).cmp(&(b.place(), &b.found)));
    problems.dedup();
    let lists = Lists::of(records, profiles, &setting, Vec::new())?;
    Ok(Measured { facts: FactTable::new(facts, scope_names(&setting)), problems, lists })
}

/// Hands all that is measured of a subject under a profile to a taker; gives what the limits show about the records.
fn measure_subject(
    records: &Records,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<Vec<Problem>> {
    match subject {
        Subject::Complaint => return case::measure(&records.complaints, profile, subject, setting, taker),
        Subject::Repair => return case::measure(&records.repairs, profile, subject, setting, taker),
        Subject::Callback => callback::measure(&records.callbacks, profile, setting, taker)?,
        Subject::Survey => survey::measure(records, profile, setting, taker)?,
        Subject::Schedule => {
            let duties = schedule::instances(records, profile, setting)?;
            schedule::measure(&duties, profile, setting, taker)?;
            let commitments = register::commitments(&records.registers, setting);
            register::measure(records, &commitments, profile, setting, taker)?;
        }
    }
    Ok(Vec::new())
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
