//! Columns that a profile adds to the frame of cases: class, validity, state as of the as-of moment, outcomes and durations.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use chrono::{Datelike, Timelike};
use polars::prelude::{DataFrame, IntoLazy, PolarsResult, col, lit};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::clock_columns::{OVERDUE_BY_PLAIN_WEEK, elapsed_column, measured_column, outcome_column, plain_week_column};
use super::open_at_end::ENTERED;
use super::pile_up::{Timed, is_watched, stretches};
use super::repeat::{Visit, repeated};
use super::rules::{Classes, Facets, holds};
use crate::clock::working_time::WorkingTime;
use crate::metrics::metric::ONE;
use crate::metrics::outcome::{End, Measured, Outcome, Spans, elapsed, outcome, rests_on_plain_week};
use crate::metrics::runner::Setting;
use crate::moment::{DAY, Moment, date_of, month_number};
use crate::normalise::place;
use crate::origin::CellAt;
use crate::problem::{Code, Problem};
use crate::profile::schema::{Deadline, Profile, Rule, Subject};
use crate::records::columns as c;
use crate::records::frames::column;
use crate::records::store::{NO_MOMENT, NO_NAME};
use crate::step::Step;

/// Column: code of the class.
pub(super) const CLASS: &str = "class";
/// Column: hour of receipt, or a number beyond 23.
pub(super) const HOUR: &str = "hour";
/// Column: weekday of receipt, 1–7, or 0.
pub(super) const WEEKDAY: &str = "weekday";
/// Column: 1 major, 0 general.
pub(super) const SEVERITY: &str = "severity";
/// Column: month in which a case left the stock.
pub(super) const LEFT_MONTH: &str = "left_month";

/// A frame with the profile's columns.
pub(super) struct Derived {
    /// The frame.
    pub frame: DataFrame,
    /// Class ids by code.
    pub class_ids: Vec<Arc<str>>,
    /// Durations that pile up just below a limit.
    pub pile_ups: Vec<Problem>,
}

/// Rows per task of the parallel loops.
pub(super) const STRETCH: usize = 8_192;

/// Adds the columns. Cases received after the as-of moment have not happened.
pub(super) fn derive(
    frame: &DataFrame,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
) -> PolarsResult<Derived> {
    if frame.height() == 0 {
        return Ok(Derived { frame: DataFrame::default(), class_ids: Vec::new(), pile_ups: Vec::new() });
    }
    let mut frame = happened(frame, setting)?;
    let cases = Cases::of(&frame, setting.as_of)?;
    let classes = Classes::of(profile, subject);
    let facets = FacetColumns::of(&frame)?;
    let months: Vec<i32> = frame.column(c::MONTH)?.i32()?.iter().map(|month| month.unwrap_or(0)).collect();
    let mut columns =
        vec![column(ONE, vec![true; cases.rows]), column("is_compensation_told", compensation_told(&frame)?)];
    // None of these asks polars for anything, so they may run side by side.
    let (of_class, (of_state, of_repeat)) = rayon::join(
        || class_columns(&frame, &facets, &classes, setting),
        || {
            rayon::join(
                || (state_columns(&cases, &months), receipt_columns(&cases)),
                || repeat_columns(&frame, &cases, profile),
            )
        },
    );
    let (class, is_valid) = of_class?;
    let is_major = major_column(&facets, profile, setting);
    columns.extend([
        column(CLASS, class.clone()),
        column("is_valid", is_valid),
        column(SEVERITY, is_major.iter().map(|major| u32::from(*major)).collect::<Vec<_>>()),
        column("is_major", is_major),
        column("is_major_told", major_told(&facets, profile)),
    ]);
    columns.extend(of_state.0);
    columns.extend(of_state.1);
    columns.extend(of_repeat?);
    let (mut overdue, mut judged) = (vec![false; cases.rows], vec![false; cases.rows]);
    let judge = Judge { cases: &cases, facets: &facets, class: &class, class_ids: &classes.ids, setting };
    let (mut pile_ups, mut plain_week) = (Vec::new(), Vec::new());
    for deadline in profile.deadlines_of(subject) {
        if deadline.has_limit() {
            let outcomes = judge.outcomes(deadline);
            for (row, outcome) in outcomes.iter().enumerate() {
                overdue[row] |= *outcome == Outcome::LateOpen.number() && cases.is_open(row);
                judged[row] |= *outcome <= Outcome::NotDue.number();
            }
            columns.push(column(&outcome_column(&deadline.id), outcomes));
            if let Some(rests) = judge.plain_weeks(deadline) {
                plain_week.resize(cases.rows, false);
                plain_week.iter_mut().zip(&rests).for_each(|(any, rests)| *any |= rests);
                columns.push(column(&plain_week_column(&deadline.id), rests));
            }
            pile_ups.extend(judge.pile_ups(deadline, &frame)?);
        }
        columns.extend(judge.durations(&deadline.id, deadline.from, &deadline.to, &deadline.when));
    }
    if !profile.deadlines_of(subject).any(|deadline| deadline.id == "resolution") {
        columns.extend(judge.durations("resolution", Step::Received, &[Step::Resolved], &Rule::default()));
    }
    let unjudged: Vec<bool> = (0..cases.rows).map(|row| cases.is_open(row) && !judged[row]).collect();
    columns.push(column("is_unjudged", unjudged));
    columns.push(column("is_overdue", overdue));
    if !plain_week.is_empty() {
        columns.push(column(OVERDUE_BY_PLAIN_WEEK, plain_week));
    }
    frame.hstack_mut(&columns)?;
    Ok(Derived { frame, class_ids: classes.ids, pile_ups })
}

/// The cases that had been received by the as-of moment; the frame itself where that is all of them.
fn happened(frame: &DataFrame, setting: &Setting<'_>) -> PolarsResult<DataFrame> {
    let latest = frame.column(Step::Received.column())?.i64()?.iter().flatten().max();
    let last_month = frame.column(c::MONTH)?.i32()?.iter().flatten().max();
    if latest.is_none_or(|at| at < setting.as_of) && last_month.is_none_or(|month| month <= setting.last_month()) {
        return Ok(frame.clone());
    }
    let received = col(Step::Received.column());
    let by_moment = received.clone().lt(lit(setting.as_of));
    let by_month = received.is_null().and(col(c::MONTH).lt_eq(lit(setting.last_month())));
    frame.clone().lazy().filter(by_moment.or(by_month)).collect()
}

/// Moments and states of the cases, as of the as-of moment.
struct Cases {
    rows: usize,
    moments: Vec<Vec<i64>>,
    date_only: Vec<u32>,
    unreadable: Vec<u32>,
    present: Vec<u32>,
    state: Vec<u32>,
    community: Vec<u32>,
    as_of: i64,
}

const STATE_OPEN: u32 = 1;
const STATE_CLOSED: u32 = 2;

impl Cases {
    fn of(frame: &DataFrame, as_of: i64) -> PolarsResult<Self> {
        let moments: PolarsResult<Vec<Vec<i64>>> = Step::ALL
            .par_iter()
            .map(|step| {
                // What few registers tell has a column only where some row says it.
                let Ok(column) = frame.column(step.column()) else { return Ok(Vec::new()) };
                let column = column.i64()?;
                // A column without any moment costs nothing.
                let all_null = column.null_count() == frame.height();
                Ok(if all_null { Vec::new() } else { column.iter().map(|at| at.unwrap_or(NO_MOMENT)).collect() })
            })
            .collect();
        Ok(Self {
            rows: frame.height(),
            moments: moments?,
            date_only: codes(frame, c::DATE_ONLY)?,
            unreadable: codes(frame, c::UNREADABLE)?,
            present: codes(frame, c::PRESENT)?,
            state: codes(frame, c::STATE)?,
            community: codes(frame, c::COMMUNITY)?,
            as_of,
        })
    }

    /// The clock of a case's community.
    fn clock<'a>(&self, setting: &Setting<'a>, row: usize) -> &'a WorkingTime {
        setting.clocks.of(self.community[row])
    }

    /// A moment, whether or not it had happened by the as-of moment.
    fn written(&self, step: Step, row: usize) -> Option<Moment> {
        let seconds = *self.moments[step as usize].get(row)?;
        (seconds != NO_MOMENT).then(|| Moment { seconds, date_only: self.date_only[row] & (1 << step as u32) != 0 })
    }

    /// A moment that had happened.
    fn moment(&self, step: Step, row: usize) -> Option<Moment> {
        self.written(step, row).filter(|moment| moment.seconds < self.as_of)
    }

    fn is_resolved(&self, row: usize) -> bool {
        match self.written(Step::Resolved, row) {
            Some(moment) => moment.seconds < self.as_of,
            None => self.state[row] == STATE_CLOSED,
        }
    }

    /// A case resolved after the as-of moment was open then.
    fn is_open(&self, row: usize) -> bool {
        !self.is_resolved(row) && (self.state[row] == STATE_OPEN || self.written(Step::Resolved, row).is_some())
    }

    /// The earliest of several ends; none of them yet: open as long as one still can come.
    fn earliest_end(&self, steps: &[Step], row: usize) -> End {
        let ends = steps.iter().map(|step| self.end(*step, row));
        ends.min_by_key(|end| match end {
            End::At(moment) => (0, moment.seconds),
            End::Open => (1, 0),
            End::Untold => (2, 0),
        })
        .unwrap_or(End::Untold)
    }

    fn end(&self, step: Step, row: usize) -> End {
        let bit = 1 << step as u32;
        match self.written(step, row) {
            Some(moment) if moment.seconds < self.as_of => End::At(moment),
            None if self.unreadable[row] & bit != 0 || self.present[row] & bit == 0 || self.is_resolved(row) => {
                End::Untold
            }
            _ => End::Open,
        }
    }
}

fn codes(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u32>> {
    Ok(frame.column(name)?.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect())
}

fn said(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<bool>>> {
    Ok(frame.column(name)?.bool()?.iter().collect())
}

/// The columns that rules look at.
struct FacetColumns {
    class: Vec<u32>,
    category: Vec<u32>,
    channel: Vec<u32>,
    major: Vec<Option<bool>>,
    urgent: Vec<Option<bool>>,
}

impl FacetColumns {
    fn of(frame: &DataFrame) -> PolarsResult<Self> {
        Ok(Self {
            class: codes(frame, c::CLASS)?,
            category: codes(frame, c::CATEGORY)?,
            channel: codes(frame, c::CHANNEL)?,
            major: said(frame, c::MAJOR)?,
            urgent: said(frame, c::URGENT)?,
        })
    }

    fn row<'a>(&self, row: usize, setting: &'a Setting<'_>) -> Facets<'a> {
        let names = setting.names;
        Facets {
            class: names.class.name(self.class[row]),
            category: names.category.name(self.category[row]),
            channel: names.channel.name(self.channel[row]),
            major: self.major[row],
            urgent: self.urgent[row],
        }
    }

    /// What distinguishes rows for a rule that does not look at the text.
    fn key(&self, row: usize) -> (u32, u32, u32, Option<bool>, Option<bool>) {
        (self.class[row], self.category[row], self.channel[row], self.major[row], self.urgent[row])
    }
}

/// Class of each case and whether it is valid.
fn class_columns(
    frame: &DataFrame,
    facets: &FacetColumns,
    classes: &Classes<'_>,
    setting: &Setting<'_>,
) -> PolarsResult<(Vec<u32>, Vec<bool>)> {
    let texts = frame.column(c::TEXT)?.str()?;
    let marked = said(frame, c::VALID)?;
    // Few combinations occur: each stretch of rows decides each once.
    let decided: Vec<(u32, bool)> = (0..frame.height())
        .into_par_iter()
        .with_min_len(STRETCH)
        .map_init(BTreeMap::new, |known, row| {
            let by_facets =
                *known.entry(facets.key(row)).or_insert_with(|| classes.by_facets(&facets.row(row, setting)));
            let decided = by_facets.or_else(|| classes.by_text(&facets.row(row, setting), texts.get(row)));
            let (code, is_valid) = decided.unwrap_or((NO_NAME, true));
            (code, is_valid && marked[row] != Some(false))
        })
        .collect();
    Ok(decided.into_iter().unzip())
}

fn major_column(facets: &FacetColumns, profile: &Profile, setting: &Setting<'_>) -> Vec<bool> {
    let marked = |row: usize| facets.major[row] == Some(true);
    let by_rule =
        |row: usize| profile.majors.iter().any(|rule| holds(&rule.when, &facets.row(row, setting), None, None));
    (0..facets.major.len()).map(|row| marked(row) || by_rule(row)).collect()
}

fn major_told(facets: &FacetColumns, profile: &Profile) -> Vec<bool> {
    facets.major.iter().map(|major| !profile.majors.is_empty() || major.is_some()).collect()
}

fn compensation_told(frame: &DataFrame) -> PolarsResult<Vec<bool>> {
    Ok(frame.column(c::COMPENSATION)?.i64()?.iter().map(|amount| amount.is_some()).collect())
}

fn state_columns(cases: &Cases, months: &[i32]) -> Vec<polars::prelude::Column> {
    let of = |state: &(dyn Fn(usize) -> bool + Sync)| -> Vec<bool> {
        (0..cases.rows).into_par_iter().with_min_len(STRETCH).map(state).collect()
    };
    let known = |row: usize| cases.is_resolved(row) || cases.is_open(row);
    // A case closed without a moment was in no stock at a known time.
    let in_stock = |row: usize| cases.is_open(row) || cases.moment(Step::Resolved, row).is_some();
    // A case cannot leave the stock before it came in: an impossible order voids the interval, not the stock.
    let left_month: Vec<i32> = (0..cases.rows)
        .map(|row| {
            let resolved = cases.moment(Step::Resolved, row).map(|moment| month_number(date_of(moment.seconds)));
            resolved.map_or(i32::MAX, |month| month.max(months[row]))
        })
        .collect();
    vec![
        column("is_resolved", of(&|row| cases.is_resolved(row))),
        column("is_open", of(&|row| cases.is_open(row))),
        column("is_state_known", of(&known)),
        column("is_state_unknown", of(&|row| !known(row))),
        column(ENTERED, of(&in_stock)),
        column("left_stock", of(&|row| cases.moment(Step::Resolved, row).is_some())),
        column(LEFT_MONTH, left_month),
    ]
}

fn repeat_columns(frame: &DataFrame, cases: &Cases, profile: &Profile) -> PolarsResult<Vec<polars::prelude::Column>> {
    let Some(rule) = &profile.repeat else { return Ok(Vec::new()) };
    let marked = said(frame, c::REPEAT)?;
    let places = frame.column(c::PLACE)?.str()?;
    let (community, category) = (codes(frame, c::COMMUNITY)?, codes(frame, c::CATEGORY)?);
    let visits: Vec<Visit> = (0..cases.rows)
        .into_par_iter()
        .with_min_len(STRETCH)
        .filter_map(|row| {
            let (received, place) = (cases.moment(Step::Received, row)?, places.get(row)?);
            // A hash only brings the visits of a household together; fixed keys make it the same in every run.
            let mut hasher = std::hash::DefaultHasher::new();
            (community[row], category[row], place::comparable(place)).hash(&mut hasher);
            Some(Visit {
                household: hasher.finish(),
                received: received.seconds,
                resolved: cases.moment(Step::Resolved, row).map(|moment| moment.seconds),
                row: u32::try_from(row).unwrap_or(u32::MAX),
            })
        })
        .collect();
    let mut known: Vec<bool> = marked.iter().map(Option::is_some).collect();
    for visit in &visits {
        known[visit.row as usize] = true;
    }
    let mut is_repeat: Vec<bool> = marked.iter().map(|mark| *mark == Some(true)).collect();
    for row in repeated(visits, rule.within_days) {
        is_repeat[row as usize] = true;
    }
    let unknown: Vec<bool> = known.iter().map(|known| !known).collect();
    Ok(vec![column("is_repeat", is_repeat), column("is_repeat_known", known), column("is_repeat_unknown", unknown)])
}

/// Hour and weekday of receipt, where the moment tells them.
fn receipt_columns(cases: &Cases) -> Vec<polars::prelude::Column> {
    let (mut hour, mut weekday) = (Vec::with_capacity(cases.rows), Vec::with_capacity(cases.rows));
    for row in 0..cases.rows {
        let received = cases.moment(Step::Received, row);
        let exact = received.filter(|moment| !moment.date_only);
        hour.push(exact.map_or(NO_NAME, |moment| {
            let second = u32::try_from(moment.seconds.rem_euclid(DAY)).unwrap_or(0);
            chrono::NaiveTime::from_num_seconds_from_midnight_opt(second, 0).map_or(NO_NAME, |time| time.hour())
        }));
        weekday.push(received.map_or(NO_NAME, |moment| date_of(moment.seconds).weekday().number_from_monday()));
    }
    vec![column(HOUR, hour), column(WEEKDAY, weekday)]
}

/// Judges every case by a deadline.
struct Judge<'a> {
    cases: &'a Cases,
    facets: &'a FacetColumns,
    class: &'a [u32],
    class_ids: &'a [Arc<str>],
    setting: &'a Setting<'a>,
}

impl Judge<'_> {
    fn outcomes(&self, deadline: &Deadline) -> Vec<u32> {
        (0..self.cases.rows)
            .into_par_iter()
            .with_min_len(STRETCH)
            .map(|row| {
                if !self.rules(&deadline.when, row) {
                    return Outcome::NotRuled.number();
                }
                let start = self.cases.moment(deadline.from, row);
                let spans = self.spans(deadline, row);
                outcome(
                    self.cases.clock(self.setting, row),
                    start,
                    self.cases.earliest_end(&deadline.to, row),
                    spans,
                    self.setting.as_of,
                )
                .number()
            })
            .collect()
    }

    /// Which outcomes rest on the plain week of a year without a published calendar; none where none does.
    fn plain_weeks(&self, deadline: &Deadline) -> Option<Vec<bool>> {
        let asks_hours = deadline.limits.iter().any(|limit| limit.when.received_in_working_hours.is_some());
        let rests: Vec<bool> = (0..self.cases.rows)
            .into_par_iter()
            .with_min_len(STRETCH)
            .map(|row| {
                let (clock, start) = (self.cases.clock(self.setting, row), self.cases.moment(deadline.from, row));
                let is_ruled = || self.rules(&deadline.when, row);
                let by_receipt = asks_hours
                    && self
                        .cases
                        .moment(Step::Received, row)
                        .is_some_and(|received| clock.used_plain_week(received.seconds, received.latest()));
                let spans = || if is_ruled() { self.spans(deadline, row) } else { [None, None] };
                by_receipt && start.is_some() && is_ruled()
                    || rests_on_plain_week(
                        clock,
                        start,
                        self.cases.earliest_end(&deadline.to, row),
                        spans,
                        self.setting.as_of,
                    )
            })
            .collect();
        rests.contains(&true).then_some(rests)
    }

    fn rules(&self, rule: &Rule, row: usize) -> bool {
        *rule == Rule::default() || holds(rule, &self.facets.row(row, self.setting), None, self.class_id(row))
    }

    fn class_id(&self, row: usize) -> Option<&str> {
        self.class_ids.get(self.class[row] as usize).map(|id| &**id)
    }

    /// The limit that rules a case. Where a missing time leaves open whether it came in within working hours, both readings.
    fn spans(&self, deadline: &Deadline, row: usize) -> Spans {
        let limit = |on_duty: bool| {
            deadline
                .limits
                .iter()
                .find(|limit| {
                    limit.when.received_in_working_hours.is_none_or(|wanted| wanted == on_duty)
                        && holds(&limit.when, &self.facets.row(row, self.setting), None, self.class_id(row))
                })
                .map(|limit| limit.within)
                .or(deadline.within)
                .map(crate::profile::limit::Limit::span)
        };
        match self.cases.moment(Step::Received, row) {
            Some(received) if received.date_only => [limit(true), limit(false)],
            Some(received) => [limit(self.cases.clock(self.setting, row).is_on_duty(received.seconds)), None],
            None => [limit(false), None],
        }
    }

    /// Communities in which the durations of a deadline pile up just below its limit.
    fn pile_ups(&self, deadline: &Deadline, frame: &DataFrame) -> PolarsResult<Vec<Problem>> {
        let mut limits = deadline.limits.iter().map(|limit| limit.within).chain(deadline.within);
        if !limits.any(|limit| is_watched(limit.span())) {
            return Ok(Vec::new());
        }
        let found = stretches(self.setting.clocks, self.cases.rows, |row| {
            let start = self.cases.moment(deadline.from, row)?;
            let End::At(end) = self.cases.earliest_end(&deadline.to, row) else { return None };
            let [Some(span), None] = self.spans(deadline, row) else { return None };
            self.rules(&deadline.when, row).then_some(Timed { community: self.cases.community[row], span, start, end })
        });
        let (source, rows) = (codes(frame, c::SOURCE)?, codes(frame, c::ROW)?);
        Ok(found
            .into_iter()
            .filter(|(_, stretches)| stretches.is_pile())
            .map(|(community, stretches)| {
                let named = self.setting.directory.communities.get(community as usize);
                let found = format!(
                    "{} {}：80–90% {}，90–100% {}，100–110% {}",
                    named.map_or("", |community| &community.name),
                    deadline.id,
                    stretches.before,
                    stretches.below,
                    stretches.beyond
                );
                let at = CellAt { row: rows[stretches.first_row], col: 0 };
                Problem::at(source[stretches.first_row], at, Code::PileUp, &found)
            })
            .collect())
    }

    /// Elapsed seconds and why there are none.
    fn durations(&self, id: &str, from: Step, to: &[Step], rule: &Rule) -> [polars::prelude::Column; 2] {
        let (seconds, reasons): (Vec<Option<i64>>, Vec<u32>) = (0..self.cases.rows)
            .into_par_iter()
            .with_min_len(STRETCH)
            .map(|row| {
                if !self.rules(rule, row) {
                    return (None, Outcome::NotRuled.number());
                }
                match elapsed(
                    self.cases.clock(self.setting, row),
                    self.cases.moment(from, row),
                    self.cases.earliest_end(to, row),
                ) {
                    Measured::Seconds(seconds) => (Some(seconds), 0),
                    Measured::Not(reason) => (None, reason.number()),
                }
            })
            .unzip();
        [column(&elapsed_column(id), seconds), column(&measured_column(id), reasons)]
    }
}
