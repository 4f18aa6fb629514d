//! Records + profile → facts. One metric, one file; one runner groups.

pub mod behind;
mod callback;
mod case;
pub mod compare;
pub mod explain;
pub mod fact;
mod groups;
pub mod lists;
mod judgement;
pub mod metric;
pub mod notes;
pub mod outcome;
pub mod register;
mod ratio;
mod rows;
mod ruled;
pub mod runner;
pub mod schedule;
mod survey;
pub mod taker;
mod tally;
pub mod written;

use std::collections::BTreeMap;

use fact::{Fact, FactTable, Scope};
use lists::Lists;
use lists::escalated::Escalated;
use lists::owed::Owed;
use polars::prelude::{DataFrame, PolarsResult};
use runner::{Labels, ScopeCode, Setting};
use schedule::DutyInstance;
use taker::{Maker, Taker};

use crate::clock::clocks::Clocks;
use crate::moment::Seconds;
use crate::problem::Problem;
use crate::profile::schema::{Profile, Subject};
use crate::profile::{Profiles, Ruling};
use crate::records::assemble::Records;
use crate::records::columns as c;
use crate::records::store::NO_NAME;

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
    let mut setting = Setting {
        clocks,
        as_of,
        directory: &records.directory,
        names: &records.names,
        records,
        ruled: None,
        labels: Labels::of(&profiles.all),
    };
    let (mut facts, mut found) = (Vec::new(), Found::default());
    for Ruling { profile, subject, reach } in profiles.rulings() {
        let part = ruled::part_of(records, &reach)?;
        setting.ruled = ruled::communities(&records.directory, &reach);
        let mut maker = Maker::default();
        found.add(measure_subject(part.as_ref().unwrap_or(records), profile, subject, &setting, &mut maker)?);
        facts.push(maker.facts);
    }
    setting.ruled = None;
    // What a profile makes of several subjects' numbers comes last.
    let mut maker = Maker { facts: joined(facts) };
    for profile in profiles.all.iter().filter(|profile| !profile.ratios.is_empty()) {
        ratio::measure(profile, &setting, &mut maker);
    }
    let facts = maker.facts;
    // Two procedures may set the same limit on the same clock: that is one pile-up.
    let mut problems = found.problems;
    problems.sort_by(|a, b| (a.place(), &a.found).cmp(&(b.place(), &b.found)));
    problems.dedup();
    let lists = Lists::of(records, profiles, &setting, (found.duties, found.owed, found.escalated))?;
    Ok(Measured { facts: FactTable::new(facts, scope_names(&setting)), problems, lists })
}

/// All parts as one.
fn joined(parts: Vec<Vec<Fact>>) -> Vec<Fact> {
    let all: usize = parts.iter().map(Vec::len).sum();
    let mut parts = parts.into_iter();
    let mut joined = parts.next().unwrap_or_default();
    joined.reserve(all - joined.len());
    parts.for_each(|mut part| joined.append(&mut part));
    joined
}

/// What is found besides facts while a subject is measured.
#[derive(Debug, Default)]
struct Found {
    /// What the limits show about the records.
    problems: Vec<Problem>,
    /// Duties as they were owed.
    duties: Vec<DutyInstance>,
    /// Steps of cases and callbacks that are overdue or fall due soon.
    owed: Vec<Owed>,
    /// Cases of a list that the procedure asks for.
    escalated: Vec<Escalated>,
}

impl Found {
    fn add(&mut self, more: Self) {
        self.problems.extend(more.problems);
        self.duties.extend(more.duties);
        self.owed.extend(more.owed);
        self.escalated.extend(more.escalated);
    }
}

/// Hands all that is measured of a subject under a profile to a taker.
fn measure_subject(
    records: &Records,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<Found> {
    let mut found = Found::default();
    match subject {
        Subject::Complaint => {
            found = case::measure(&records.complaints, profile, subject, setting, taker)?;
        }
        Subject::Repair => {
            found = case::measure(&records.repairs, profile, subject, setting, taker)?;
        }
        Subject::Callback => found.owed = callback::measure(&records.callbacks, profile, setting, taker)?,
        Subject::Survey => survey::measure(records, profile, setting, taker)?,
        Subject::Schedule => {
            found.duties = schedule::instances(records, profile, setting)?;
            schedule::measure(&found.duties, profile, setting, taker)?;
            let commitments = register::commitments(&records.registers, setting);
            register::measure(records, &commitments, profile, setting, taker)?;
        }
    }
    Ok(found)
}

/// What a profile makes of each case: one column of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCode {
    /// `{profile}/{deadline}`, or `{profile}:class`, `…:severity`, `…:hour`, `…:weekday`.
    pub name: String,
    /// The word for each row of the frame; none where the deadline does not rule the case, or there is no class.
    pub words: Vec<Option<std::sync::Arc<str>>>,
}

/// Outcomes on every deadline, and classes, of the cases of a frame, all of which had been received by the as-of moment.
///
/// # Errors
/// When a query fails.
pub fn case_codes(
    (records, frame): (&Records, &DataFrame),
    subject: Subject,
    profiles: &Profiles,
    clocks: &Clocks,
    as_of: Seconds,
) -> PolarsResult<Vec<CaseCode>> {
    let mut setting = Setting {
        clocks,
        as_of,
        directory: &records.directory,
        names: &records.names,
        records,
        ruled: None,
        labels: Labels::of(&profiles.all),
    };
    let communities: Vec<u32> = frame.column(c::COMMUNITY)?.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect();
    let mut codes = Vec::new();
    for Ruling { profile, reach, .. } in profiles.rulings().into_iter().filter(|ruling| ruling.subject == subject) {
        setting.ruled = ruled::communities(&records.directory, &reach);
        let mut made = case::codes::of(frame, profile, subject, &setting)?;
        if let Some(ruled) = &setting.ruled {
            for code in &mut made {
                let words = communities.iter().zip(&mut code.words);
                words.filter(|(community, _)| !ruled.contains(community)).for_each(|(_, word)| *word = None);
            }
        }
        codes.extend(made);
    }
    Ok(codes)
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
