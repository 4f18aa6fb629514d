//! What is kept besides facts, for lists and pages: single duties, promises and measures, what is overdue, what was suggested.

pub mod callback_tables;
pub mod escalated;
pub mod owed;
pub mod suggestions;

use std::collections::BTreeMap;
use std::sync::Arc;

use callback_tables::CallbackTable;
use escalated::Escalated;
use owed::Owed;
use polars::prelude::PolarsResult;
use suggestions::Suggestion;

use super::register::{self, Commitment};
use super::runner::Setting;
use super::schedule::DutyInstance;
use crate::moment::Period;
use crate::profile::Profiles;
use crate::profile::schema::Subject;
use crate::records::assemble::Records;
use crate::records::columns as c;

/// Lists, each in an order of its own that depends on nothing but the input.
#[derive(Debug, Default)]
pub struct Lists {
    /// Duties as they were owed, by the month in which they fell due, what they are about, profile, duty and who owed them.
    pub duties: Vec<DutyInstance>,
    /// Promises and measures, in the order of their registers.
    pub commitments: Vec<Commitment>,
    /// What is overdue, the longest first, then what falls due soon.
    pub owed: Vec<Owed>,
    /// What customers suggested.
    pub suggestions: Vec<Suggestion>,
    /// Cases that procedures have entered in a list of their own, by profile, month and community.
    pub escalated: Vec<Escalated>,
    /// The monthly tables of callbacks, by month and community.
    pub callback_tables: Vec<CallbackTable>,
    /// The department of each item of the surveys.
    pub item_departments: BTreeMap<Arc<str>, u32>,
    /// The department that the config gives each category to.
    pub category_departments: BTreeMap<Arc<str>, u32>,
}

impl Lists {
    /// Makes the lists; `found` are the duties, the steps of cases and callbacks that are overdue or fall due soon, and the cases that
    /// went up.
    pub(super) fn of(
        records: &Records,
        profiles: &Profiles,
        setting: &Setting<'_>,
        found: (Vec<DutyInstance>, Vec<Owed>, Vec<Escalated>),
    ) -> PolarsResult<Self> {
        let (mut duties, mut owed, mut escalated) = found;
        duties.sort_by(|a: &DutyInstance, b| {
            let key = |of: &DutyInstance| (of.due_month().first_month(), of.from, of.until);
            (key(a), &a.profile, &a.duty, a.owner).cmp(&(key(b), &b.profile, &b.duty, b.owner))
        });
        let commitments = register::commitments(&records.registers, setting);
        owed.extend(duties.iter().filter_map(|duty| Owed::duty(duty, setting)));
        if let Some(profile) = profiles.head(Subject::Schedule) {
            owed.extend(commitments.iter().filter_map(|one| Owed::commitment(one, profile, setting)));
        }
        Owed::sort(&mut owed);
        Escalated::sort(&mut escalated);
        let category_departments = setting.directory.category_departments();
        Ok(Self {
            duties,
            commitments,
            owed,
            suggestions: suggestions::all(records, setting)?,
            escalated,
            callback_tables: callback_tables::all(records, setting)?,
            item_departments: item_departments(records, setting)?,
            category_departments: category_departments.map(|(category, code)| (category.into(), code)).collect(),
        })
    }
}

impl Lists {
    /// The duties that fell due in a period.
    #[must_use]
    pub fn due_in(&self, period: Period) -> &[DutyInstance] {
        let month = |duty: &DutyInstance| duty.due_month().first_month();
        let start = self.duties.partition_point(|duty| month(duty) < period.first_month());
        let end = self.duties.partition_point(|duty| month(duty) <= period.last_month());
        &self.duties[start..end]
    }
}

/// The department of each item that was answered.
fn item_departments(records: &Records, setting: &Setting<'_>) -> PolarsResult<BTreeMap<Arc<str>, u32>> {
    if records.answers.height() == 0 {
        return Ok(BTreeMap::new());
    }
    let codes: std::collections::BTreeSet<u32> = records.answers.column(c::ITEM)?.u32()?.iter().flatten().collect();
    let names = codes.into_iter().filter_map(|code| setting.names.item.name(code));
    Ok(names.map(|name| (name.into(), setting.directory.department_in(name))).collect())
}
