//! Duties that recur: what was owed for each period, and whether a record shows that it was done.

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::PolarsResult;

use super::DutyInstance;
use super::evidence::{self, Done};
use super::open_days::OpenDays;
use super::periods::{OwedPeriod, owed_periods, time_of_day};
use super::register;
use super::since::Since;
use crate::metrics::behind::{CellValue, Decisive};
use crate::metrics::outcome::{End, Outcome, against};
use crate::metrics::runner::{ScopeCode, Setting};
use crate::profile::schema::{Duty, Every, Evidence, OwedBy, Subject};
use crate::records::assemble::Records;
use crate::records::registers::{DutyDone, Entry};
use crate::records::store::State;

/// Texts that all instances of a duty share.
pub(super) struct Labels {
    /// Profile.
    pub profile: Arc<str>,
    /// Id of the duty.
    pub duty: Arc<str>,
    /// Clause.
    pub clause: Arc<str>,
}

/// What is known of a duty in all periods.
pub(super) struct Recurring<'a> {
    /// The duty.
    pub duty: &'a Duty,
    /// How often.
    pub every: Every,
    /// Entries of the register that name it.
    pub named: &'a [&'a Entry<DutyDone>],
    /// Since when there are records.
    pub since: &'a Since,
    /// Shared texts.
    pub labels: Labels,
}

impl Recurring<'_> {
    /// A duty's instances, by who owes it and period.
    pub(super) fn instances(&self, records: &Records, setting: &Setting<'_>) -> PolarsResult<Vec<DutyInstance>> {
        let owners: Vec<ScopeCode> = match self.duty.owed_by {
            OwedBy::Community => self.since.communities().collect(),
            OwedBy::Department => self.since.departments().collect(),
            OwedBy::Group => vec![ScopeCode::Group],
        };
        let done = evidence::of(self.duty, records, setting)?;
        let open = self.open_days(records, setting)?;
        let untold = match self.duty.evidence {
            Evidence::Duty => self.named.is_empty(),
            _ => done.is_empty(),
        };
        let registered = self.by_owner();
        let mut instances = Vec::new();
        for owner in owners {
            let Some(first_month) = self.since.month(owner) else { continue };
            let clock = match owner {
                ScopeCode::Community(code) => setting.clocks.of(code),
                _ => setting.clocks.company(),
            };
            let is_working = |day: i64| clock.is_working_day(day);
            let mut periods = owed_periods(self.duty, self.every, first_month, setting.as_of, is_working);
            if let Some(open) = &open {
                periods.retain(|period| open.any(owner, period.first_day(), period.last_day()));
            }
            let ends = match self.duty.evidence {
                Evidence::Duty => self.registered(registered.get(&owner).map_or(&[], Vec::as_slice), &periods),
                _ => done_within(done.get(&owner).map_or(&[], Vec::as_slice), &periods),
            };
            for (period, (end, source)) in periods.into_iter().zip(ends) {
                let outcome =
                    if untold { Outcome::NoEnd } else { against(end, (period.due, period.due), setting.as_of) };
                instances.push(DutyInstance {
                    profile: self.labels.profile.clone(),
                    duty: self.labels.duty.clone(),
                    clause: self.labels.clause.clone(),
                    owner,
                    from: period.from,
                    until: period.until,
                    begins: None,
                    due: Some(period.due),
                    done: if let End::At(moment) = end { Some(moment) } else { None },
                    outcome,
                    evidence: source,
                    of_round: false,
                    untold,
                    plain_week: self.every == Every::WorkingDay && clock.used_plain_week(period.from, period.until),
                });
            }
        }
        Ok(instances)
    }

    /// Days with open cases of the subject that the duty asks for.
    fn open_days(&self, records: &Records, setting: &Setting<'_>) -> PolarsResult<Option<OpenDays>> {
        let frame = match self.duty.only_with {
            Some(Subject::Complaint) => &records.complaints,
            Some(Subject::Repair) => &records.repairs,
            _ => return Ok(None),
        };
        let is_daily = matches!(self.every, Every::Day | Every::WorkingDay);
        let by_time = self.duty.by_time.as_deref().filter(|_| is_daily).and_then(time_of_day);
        OpenDays::of(frame, by_time, setting).map(Some)
    }

    /// Entries of the register by who did it.
    fn by_owner(&self) -> BTreeMap<ScopeCode, Vec<&Entry<DutyDone>>> {
        let mut by: BTreeMap<ScopeCode, Vec<&Entry<DutyDone>>> = BTreeMap::new();
        for entry in self.named.iter().copied() {
            let owner = match self.duty.owed_by {
                OwedBy::Group => ScopeCode::Group,
                OwedBy::Community => ScopeCode::Community(entry.community),
                OwedBy::Department => ScopeCode::Department(entry.department),
            };
            by.entry(owner).or_default().push(entry);
        }
        by
    }

    /// What the register says of each period. What was done without a date nobody can judge.
    fn registered(&self, own: &[&Entry<DutyDone>], periods: &[OwedPeriod]) -> Vec<Told> {
        let told = |entry: Option<&Entry<DutyDone>>| {
            let Some(entry) = entry else { return (End::Open, None) };
            let end = match entry.of.done_on {
                Some(at) => End::At(at),
                None if entry.of.result.is_empty() || is_undone(&entry.of.result) => End::Open,
                None => End::Untold,
            };
            // Without a date its result says whether it was done.
            let result = entry.of.done_on.is_none().then_some(("resolution", CellValue::None));
            let cells = [("due_on", entry.of.due_on.into()), ("done_on", entry.of.done_on.into())];
            (end, Some(Decisive::of(entry.at(), cells.into_iter().chain(result))))
        };
        register::of_periods(own, periods, self.duty.within_period).into_iter().map(told).collect()
    }
}

/// Whether a result says that nothing was done yet: a few words that do, or a text that begins with a negation.
fn is_undone(result: &str) -> bool {
    let result = result.trim().to_lowercase();
    let is_short = result.chars().count() <= 8;
    is_short && State::parse(&result) == State::Open
        || ["未", "尚未", "没", "还没", "待", "not "].iter().any(|negation| result.starts_with(negation))
}

/// When something was done, and the record that says so.
type Told = (End, Option<Decisive>);

/// The first record of each period. A record of no day, such as one of a whole month, shows it where the period holds the month.
fn done_within(done: &[Done], periods: &[OwedPeriod]) -> Vec<Told> {
    let find = |period: &OwedPeriod| {
        let (first, last) = (period.first_day(), period.last_day());
        let start = done.partition_point(|done| done.days.0 < first);
        let within = done[start..].iter().take_while(|done| done.days.0 <= last).filter(|done| done.days.1 <= last);
        let earliest = within.min_by_key(|done| (done.at.is_none(), done.at, done.days));
        earliest.map_or((End::Open, None), |done| match done.at {
            Some(at) => (End::At(at), done.evidence()),
            // It was done on one of these days: by the due moment, or nobody can tell.
            None if (done.days.1 + 1) * crate::moment::DAY <= period.due => {
                let at = crate::moment::Moment { seconds: done.days.1 * crate::moment::DAY, date_only: true };
                (End::At(at), done.evidence())
            }
            None => (End::Untold, done.evidence()),
        })
    };
    periods.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::is_undone;

    #[test]
    fn a_result_that_says_not_done_is_no_evidence() {
        assert!(
            ["未完成", "尚未公布", "处理中", "没有做", "Not done yet, waiting", "否"]
                .iter()
                .all(|text| is_undone(text))
        );
        assert!(!["已完成", "已查", "主要因素：停车", "已公布，其中三件未处理完"].iter().any(|text| is_undone(text)));
    }
}
