//! What shows that a recurring duty was done: moments of callbacks, visits, survey rounds and measures, by who they are of.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataFrame, PolarsResult};

use crate::metrics::behind::Decisive;
use crate::metrics::runner::{ScopeCode, Setting, said};
use crate::moment::{DAY, Moment, Period};
use crate::origin::RecordAt;
use crate::profile::schema::{Duty, Evidence, Subject};
use crate::records::assemble::{Names, Records, period_of_code};
use crate::records::columns as c;
use crate::records::frames::Places;
use crate::records::store::NO_NAME;
use crate::step::{RoundStep, Step};

/// A record that shows that something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Done {
    /// First and last day on which it can have been.
    pub days: (i64, i64),
    /// When, where a record tells it.
    pub at: Option<Moment>,
    /// The record, and its column that tells when.
    pub record: Option<Record>,
}

/// A record and one of its columns.
type Record = (RecordAt, &'static str);

impl Done {
    /// The record with the cell that tells when.
    pub(super) fn evidence(&self) -> Option<Decisive> {
        self.record.map(|(at, column)| Decisive::of(at, [(column, self.at.into())]))
    }
}

/// What was done, by who did it, in the order of its days.
pub(super) type DoneBy = BTreeMap<ScopeCode, Vec<Done>>;

/// What shows that a duty was done, up to the as-of moment. Nothing at all means that nobody keeps such records.
pub(super) fn of(duty: &Duty, records: &Records, setting: &Setting<'_>) -> PolarsResult<DoneBy> {
    let mut by = Gathered::default();
    match duty.evidence {
        Evidence::Duty => {}
        Evidence::Callback => callbacks(&records.callbacks, duty, setting, &mut by)?,
        Evidence::Visit => {
            for visit in records.registers.visits.iter().filter(|visit| visit.of.was_met()) {
                if let Some(at) = visit.of.visited_on.filter(|_| said(&duty.method, &visit.of.method)) {
                    by.at(at, visit.community, visit.department, (visit.at(), "visited_on"), setting);
                }
            }
        }
        Evidence::Survey => surveys(records, setting, &mut by)?,
        Evidence::Measure => {
            for measure in &records.registers.measures {
                let column = if measure.of.done_on.is_some() { "done_on" } else { "due_on" };
                let record = (measure.at(), column);
                match (measure.of.done_on.or(measure.of.due_on), measure.of.period) {
                    (Some(at), _) => by.at(at, measure.community, measure.department, record, setting),
                    (None, Some(period)) => by.within(period, measure.community, Some(record), setting),
                    (None, None) => {}
                }
            }
        }
    }
    Ok(by.sorted())
}

/// Gathers what was done, once a day and who.
#[derive(Default)]
struct Gathered(BTreeMap<ScopeCode, BTreeMap<(i64, i64), Done>>);

impl Gathered {
    fn at(&mut self, at: Moment, community: u32, department: u32, record: Record, setting: &Setting<'_>) {
        if at.seconds >= setting.as_of {
            return;
        }
        let day = at.seconds.div_euclid(DAY);
        let done = Done { days: (day, day), at: Some(at), record: Some(record) };
        self.add(done, &[ScopeCode::Community(community), ScopeCode::Department(department)]);
    }

    fn within(&mut self, period: Period, community: u32, record: Option<Record>, setting: &Setting<'_>) {
        if period.start() < setting.as_of {
            let done = Done { days: (period.start() / DAY, period.end() / DAY - 1), at: None, record };
            self.add(done, &[ScopeCode::Community(community)]);
        }
    }

    fn add(&mut self, done: Done, whose: &[ScopeCode]) {
        for scope in whose.iter().chain([&ScopeCode::Group]) {
            let before = self.0.entry(*scope).or_default().entry(done.days).or_insert(done);
            if done.at.is_some() && (before.at.is_none() || done.at < before.at) {
                *before = done;
            }
        }
    }

    fn sorted(self) -> DoneBy {
        self.0.into_iter().map(|(scope, done)| (scope, done.into_values().collect())).collect()
    }
}

fn callbacks(frame: &DataFrame, duty: &Duty, setting: &Setting<'_>, by: &mut Gathered) -> PolarsResult<()> {
    if frame.height() == 0 {
        return Ok(());
    }
    let codes = |name: &str| -> PolarsResult<Vec<u32>> {
        Ok(frame.column(name)?.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect())
    };
    let asked = methods(duty, setting.names, &codes(c::METHOD)?);
    let (communities, departments) = (codes(c::COMMUNITY)?, codes(c::DEPARTMENT)?);
    let (records_at, date_only) = (Places::of(frame)?, codes(c::DATE_ONLY)?);
    let (called, months) = (frame.column(Step::CalledBack.column())?.i64()?, frame.column(c::MONTH)?.i32()?);
    let made = frame.column(c::MADE)?.bool()?;
    let is_of = of_subject(duty, setting)?;
    for (row, ((called, month), made)) in called.iter().zip(months.iter()).zip(made.iter()).enumerate() {
        if made != Some(true) || !asked[row] {
            continue;
        }
        let at = records_at.at(row);
        if !is_of(at) {
            continue;
        }
        match (called, month) {
            (Some(seconds), _) => {
                let date_only = date_only[row] & (1 << Step::CalledBack as u32) != 0;
                by.at(
                    Moment { seconds, date_only },
                    communities[row],
                    departments[row],
                    (at, Step::CalledBack.column()),
                    setting,
                );
            }
            (None, Some(month)) => {
                by.within(Period::of_month_number(month), communities[row], Some((at, c::OPINION)), setting);
            }
            (None, None) => {}
        }
    }
    Ok(())
}

/// Whether the callback at a place of a sheet is of the subject that the duty asks for: not where it belongs to a case of another.
fn of_subject<'a>(duty: &Duty, setting: &Setting<'a>) -> PolarsResult<impl Fn(RecordAt) -> bool + use<'a>> {
    let asked = match duty.of {
        Some(Subject::Complaint) => Some((0, setting.records.followed()?)),
        Some(Subject::Repair) => Some((1, setting.records.followed()?)),
        _ => None,
    };
    Ok(move |at: RecordAt| {
        let Some((register, followed)) = asked else { return true };
        let case = followed.callback_at(at).and_then(|at| followed.case_of[at as usize]);
        case.is_none_or(|(of, _)| of == register)
    })
}

/// Whether each row is of a method that the duty asks for.
fn methods(duty: &Duty, names: &Names, codes: &[u32]) -> Vec<bool> {
    if duty.method.is_empty() {
        return vec![true; codes.len()];
    }
    let distinct: BTreeSet<u32> = codes.iter().copied().collect();
    let asked: BTreeSet<u32> = distinct
        .into_iter()
        .filter(|code| names.method.name(*code).is_some_and(|name| said(&duty.method, name)))
        .collect();
    codes.iter().map(|code| asked.contains(code)).collect()
}

/// Survey rounds, and forms of rounds that nobody wrote down.
fn surveys(records: &Records, setting: &Setting<'_>, by: &mut Gathered) -> PolarsResult<()> {
    for round in &records.rounds {
        by.within(round.period, round.community, Some((round.at(), "round")), setting);
        let ended = [RoundStep::CollectedUntil, RoundStep::IssuedUntil, RoundStep::IssuedFrom];
        let at = ended.into_iter().find_map(|step| round.dates.iter().find(|(found, _)| *found == step));
        let is_within = |at: &Moment| (round.period.start()..round.period.end()).contains(&at.seconds);
        if let Some((step, at)) = at.copied().filter(|(_, at)| is_within(at)) {
            let days = (round.period.start() / DAY, round.period.end() / DAY - 1);
            let done = Done { days, at: Some(at), record: Some((round.at(), step.column())) };
            if at.seconds < setting.as_of {
                by.add(done, &[ScopeCode::Community(round.community)]);
            }
        }
    }
    if records.forms.height() > 0 {
        let periods = records.forms.column(c::PERIOD)?.i32()?;
        let communities = records.forms.column(c::COMMUNITY)?.u32()?;
        let seen: BTreeSet<(i32, u32)> = periods
            .iter()
            .zip(communities.iter())
            .map(|(period, community)| (period.unwrap_or(0), community.unwrap_or(NO_NAME)))
            .collect();
        for (period, community) in seen {
            by.within(period_of_code(period), community, None, setting);
        }
    }
    Ok(())
}
