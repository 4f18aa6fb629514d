//! Every case judged by every deadline: outcome codes, what was done, durations, and what piles up below a limit.

mod owed;

use polars::prelude::{Column, DataFrame, PolarsResult};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::cases::{Cases, codes};
use super::clock_columns::{Done, elapsed_column, measured_column};
use super::pile_up::{Timed, is_watched, stretches};
use super::rules::{Compiled, Compiler, Reading, STRETCH, Truth};
use crate::clock::due::Span;
use crate::clock::working_time::WorkingTime;
use crate::metrics::outcome::{End, Limited, Measured, Outcome, Terms, elapsed, judged, rests_on_plain_week};
use crate::metrics::runner::Setting;
use crate::moment::Moment;
use crate::origin::CellAt;
use crate::problem::{Code, Problem};
use crate::profile::schema::Deadline;
use crate::read::sheet::Value;
use crate::records::columns as c;
use crate::records::frames::{Places, column};
use crate::step::Step;

/// Judges the cases of a frame.
pub(super) struct Judge<'a> {
    cases: &'a Cases,
    setting: &'a Setting<'a>,
}

/// A deadline with its rules compiled.
pub(super) struct Ready<'a> {
    deadline: &'a Deadline,
    when: Compiled,
    limits: Vec<(Compiled, Span)>,
    within: Option<Span>,
}

impl<'a> Ready<'a> {
    /// Compiles the rules of a deadline.
    pub(super) fn of(deadline: &'a Deadline, compiler: &Compiler<'_>) -> PolarsResult<Self> {
        let limits = deadline.limits.iter();
        let limits: PolarsResult<Vec<(Compiled, Span)>> =
            limits.map(|limit| Ok((compiler.compile(&limit.when)?, limit.within.span()))).collect();
        let within = deadline.within.map(crate::profile::limit::Limit::span);
        Ok(Self { deadline, when: compiler.compile(&deadline.when)?, limits: limits?, within })
    }

    /// What the rules say of a stretch of rows: whether the deadline rules each, and which limits may hold for it.
    fn told(&self, first: usize, rows: usize) -> Told<'_> {
        let column = |rule: &Compiled| {
            let mut truths = vec![Truth::Yes; rows];
            rule.narrow(first, &mut truths, Reading::Texts);
            truths
        };
        let limits = self.limits.iter().map(|(rule, span)| (column(rule), *span)).collect();
        Told { rules: column(&self.when), limits, within: self.within, deadline: self.deadline }
    }
}

/// What a deadline's rules say of a stretch of rows.
struct Told<'a> {
    rules: Vec<Truth>,
    limits: Vec<(Vec<Truth>, Span)>,
    within: Option<Span>,
    deadline: &'a Deadline,
}

impl Told<'_> {
    /// The limits that may hold for a row, the first that surely holds last; `false` where it may be that none does.
    fn spans(&self, at: usize, spans: &mut Vec<Span>) -> bool {
        spans.clear();
        for (truths, span) in &self.limits {
            match truths[at] {
                Truth::No => {}
                Truth::Unknown => spans.push(*span),
                Truth::Yes => {
                    spans.push(*span);
                    return true;
                }
            }
        }
        spans.extend(self.within);
        self.within.is_some() || spans.is_empty()
    }
}

impl<'a> Judge<'a> {
    pub(super) fn new(cases: &'a Cases, setting: &'a Setting<'a>) -> Self {
        Self { cases, setting }
    }

    /// The clock of a case's community.
    pub(super) fn clock(&self, row: usize) -> &WorkingTime {
        self.cases.clock(self.setting, row)
    }

    /// The outcome of every case on a deadline.
    pub(super) fn outcomes(&self, ready: &Ready<'_>) -> Vec<u32> {
        let mut outcomes = vec![Outcome::NotRuled.number(); self.cases.rows];
        outcomes.par_chunks_mut(STRETCH).enumerate().for_each(|(stretch, outcomes)| {
            let first = stretch * STRETCH;
            let told = ready.told(first, outcomes.len());
            let mut spans = Vec::new();
            for (at, outcome) in outcomes.iter_mut().enumerate() {
                *outcome = match told.rules[at] {
                    Truth::No => Outcome::NotRuled,
                    Truth::Unknown => Outcome::Uncertain,
                    Truth::Yes => self.outcome(&told, at, first + at, &mut spans),
                }
                .number();
            }
        });
        outcomes
    }

    /// Which outcomes rest on the plain week of a year without a published calendar; none where none does.
    pub(super) fn plain_weeks(&self, ready: &Ready<'_>) -> Option<Vec<bool>> {
        let (deadline, cases) = (ready.deadline, self.cases);
        let rules = deadline.limits.iter().map(|limit| &limit.when).chain([&deadline.when]);
        let asks_hours = rules.flat_map(|rule| rule.parts()).any(|rule| rule.received_in_working_hours.is_some());
        let mut all = vec![false; cases.rows];
        all.par_chunks_mut(STRETCH).enumerate().for_each(|(stretch, all)| {
            let first = stretch * STRETCH;
            // Most clocks stop within the published years: no rule is asked.
            let rows = all.len();
            let told = std::cell::LazyCell::new(|| ready.told(first, rows));
            let mut rests = vec![false; all.len()];
            for (at, rests) in rests.iter_mut().enumerate() {
                let row = first + at;
                let (clock, start) = (cases.clock(self.setting, row), cases.moment(deadline.from, row));
                let received = || cases.moment(Step::Received, row);
                let by_receipt = asks_hours
                    && start.is_some()
                    && received().is_some_and(|moment| clock.used_plain_week(moment.seconds, moment.latest()));
                let end = cases.ended(deadline, row);
                let limits = || {
                    let mut spans = Vec::new();
                    told.spans(at, &mut spans);
                    spans.into_iter().map(Some)
                };
                *rests = (by_receipt || rests_on_plain_week(clock, start, end, limits, self.setting.as_of))
                    && told.rules[at] != Truth::No;
            }
            all.copy_from_slice(&rests);
        });
        all.contains(&true).then_some(all)
    }

    fn outcome(&self, told: &Told<'_>, at: usize, row: usize, spans: &mut Vec<Span>) -> Outcome {
        let deadline = told.deadline;
        if deadline.by.is_none() && !told.spans(at, spans) {
            return Outcome::Uncertain;
        }
        let limit = match deadline.by {
            Some(step) => Limited::By(self.cases.written(step, row)),
            None => Limited::Within(spans),
        };
        let terms = self.terms(deadline, limit, row);
        let outcome = self.by_ends(deadline, &terms, row);
        if outcome == Outcome::NotRuled {
            return outcome;
        }
        match self.excused(deadline, &terms, row) {
            // Done so early that the deadline fell away.
            Some(Outcome::OnTime) => Outcome::NotRuled,
            None | Some(Outcome::Late | Outcome::LateOpen | Outcome::NotRuled) => outcome,
            Some(open) => open,
        }
    }

    /// On time where one of several ends surely is, late only where all are: a date without a time says of itself alone that nobody
    /// can tell.
    fn by_ends(&self, deadline: &Deadline, terms: &Terms<'_>, row: usize) -> Outcome {
        let (cases, as_of) = (self.cases, self.setting.as_of);
        let steps = cases.ends(deadline, row);
        let ends = steps.iter().map(|step| cases.end(*step, row)).filter(|end| matches!(end, End::At(_)));
        let outcomes = ends.map(|end| judged(terms, end, as_of));
        let best = outcomes.min_by_key(|outcome| match outcome {
            Outcome::OnTime => 0,
            Outcome::Uncertain => 1,
            Outcome::Impossible => 2,
            _ => 3,
        });
        best.unwrap_or_else(|| judged(terms, cases.earliest_end(steps, row), as_of))
    }

    fn terms<'t>(&'t self, deadline: &Deadline, limit: Limited<'t>, row: usize) -> Terms<'t> {
        let written = |step: Option<Step>| step.and_then(|step| self.cases.written(step, row));
        Terms {
            clock: self.cases.clock(self.setting, row),
            start: self.cases.moment(deadline.from, row),
            limit,
            agreed: written(deadline.replaced_by),
            shortened: written(deadline.shortened_by),
            pause: deadline.stopped_by_pause.then(|| self.pause(row)).flatten(),
        }
    }

    /// From when on and until when the case's own clock stood still.
    fn pause(&self, row: usize) -> Option<(Moment, Option<Moment>)> {
        let paused = self.cases.moment(Step::Paused, row)?;
        Some((paused, self.cases.moment(Step::Resumed, row)))
    }

    /// How the case stands to what would make the deadline fall away.
    fn excused(&self, deadline: &Deadline, terms: &Terms<'_>, row: usize) -> Option<Outcome> {
        let unless = deadline.unless.as_ref()?;
        let terms = Terms { limit: Limited::Within(&[unless.within.span()]), shortened: None, ..*terms };
        Some(judged(&terms, self.cases.end(unless.to, row), self.setting.as_of))
    }

    /// Whether what is owed without a limit was done.
    pub(super) fn done(&self, ready: &Ready<'_>) -> Vec<u32> {
        let mut done = vec![Done::NotRuled.number(); self.cases.rows];
        done.par_chunks_mut(STRETCH).enumerate().for_each(|(stretch, done)| {
            let first = stretch * STRETCH;
            let told = ready.told(first, done.len());
            for (at, done) in done.iter_mut().enumerate() {
                *done = match told.rules[at] {
                    Truth::No => Done::NotRuled,
                    Truth::Unknown => Done::Uncertain,
                    Truth::Yes => self.is_done(ready.deadline, first + at),
                }
                .number();
            }
        });
        done
    }

    fn is_done(&self, deadline: &Deadline, row: usize) -> Done {
        let (cases, steps) = (self.cases, self.cases.ends(deadline, row));
        // Once what would have made it fall away did not come in time, it is owed while the case is open too.
        let is_due = match self.excused(deadline, &self.terms(deadline, Limited::Within(&[]), row), row) {
            None => false,
            Some(Outcome::Late | Outcome::LateOpen) => true,
            Some(Outcome::OnTime | Outcome::NotRuled) => return Done::NotRuled,
            Some(Outcome::NotDue) => return Done::NotDue,
            Some(Outcome::NoStart | Outcome::NoEnd | Outcome::Impossible | Outcome::Uncertain) => {
                return Done::Uncertain;
            }
        };
        if let End::At(_) = cases.earliest_end(steps, row) {
            return Done::Yes;
        }
        let any_column = steps.iter().any(|step| cases.is_present(*step, row));
        if !any_column || steps.iter().any(|step| cases.is_unreadable(*step, row)) {
            Done::NoEnd
        } else if is_due || cases.is_resolved(row) {
            Done::No
        } else if cases.is_open(row) {
            Done::NotDue
        } else {
            Done::Unknown
        }
    }

    /// Communities in which the durations of a deadline pile up just below its limit.
    pub(super) fn pile_ups(&self, ready: &Ready<'_>, frame: &DataFrame) -> PolarsResult<Vec<Problem>> {
        let deadline = ready.deadline;
        let mut limits = ready.limits.iter().map(|(_, span)| *span).chain(ready.within);
        if !limits.any(is_watched) {
            return Ok(Vec::new());
        }
        let mut spans = vec![None; self.cases.rows];
        spans.par_chunks_mut(STRETCH).enumerate().for_each(|(stretch, known)| {
            let told = ready.told(stretch * STRETCH, known.len());
            let mut spans = Vec::new();
            for (at, known) in known.iter_mut().enumerate() {
                let is_sure = told.rules[at] == Truth::Yes && told.spans(at, &mut spans) && spans.len() == 1;
                *known = is_sure.then(|| spans[0]);
            }
        });
        let replaced = |step: Option<Step>, row| step.is_some_and(|step| self.cases.written(step, row).is_some());
        let found = stretches(self.setting.clocks, self.cases.rows, |row| {
            let span = spans[row].filter(|_| !replaced(deadline.replaced_by, row) && !deadline.stopped_by_pause)?;
            let start = self.cases.moment(deadline.from, row)?;
            let End::At(end) = self.cases.ended(deadline, row) else { return None };
            Some(Timed { community: self.cases.community[row], span, start, end })
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

    /// Agreements that lie before the start of a deadline: they are void.
    pub(super) fn void_agreements(&self, ready: &Ready<'_>, frame: &DataFrame) -> PolarsResult<Vec<Problem>> {
        let Some(step) = ready.deadline.replaced_by.filter(|step| self.cases.has(*step)) else { return Ok(Vec::new()) };
        let (rules, places) = (ready.when.column(self.cases.rows), Places::of(frame)?);
        let (from, cells) = (ready.deadline.from, &self.setting.records.cells);
        let under_it = (0..self.cases.rows).filter(|row| rules[*row] == Truth::Yes);
        let void = under_it.filter_map(|row| {
            let (agreed, start) = self.terms(ready.deadline, Limited::Within(&[]), row).void_agreement()?;
            let at = places.at(row);
            let cell = |step: Step| cells.cell(at, step.column());
            let [agreed, start] = [agreed, start].map(|moment| Value::Moment(moment).written());
            let before = cell(from).map_or_else(|| from.column().to_owned(), |cell| cell.to_string());
            let found = format!("{agreed} < {start} ({before})");
            let first = CellAt { row: at.row, col: 0 };
            Some(Problem::at(at.source, cell(step).unwrap_or(first), Code::AgreedBefore, &found))
        });
        Ok(void.collect())
    }

    /// Elapsed seconds of a deadline, and why there are none.
    pub(super) fn durations(&self, ready: &Ready<'_>) -> [Column; 2] {
        let deadline = ready.deadline;
        let rules = ready.when.column(self.cases.rows);
        self.measured(&deadline.id, |row| match rules[row] {
            Truth::No => Measured::Not(Outcome::NotRuled),
            Truth::Unknown => Measured::Not(Outcome::Uncertain),
            Truth::Yes => elapsed(
                self.cases.clock(self.setting, row),
                self.cases.moment(deadline.from, row),
                self.cases.ended(deadline, row),
            ),
        })
    }

    /// Elapsed seconds by a name of their own, and why there are none.
    pub(super) fn measured(&self, id: &str, of: impl Fn(usize) -> Measured + Sync) -> [Column; 2] {
        let (seconds, reasons): (Vec<Option<i64>>, Vec<u32>) = (0..self.cases.rows)
            .into_par_iter()
            .with_min_len(STRETCH)
            .map(|row| match of(row) {
                Measured::Seconds(seconds) => (Some(seconds), 0),
                Measured::Not(reason) => (None, reason.number()),
            })
            .unzip();
        [column(&elapsed_column(id), seconds), column(&measured_column(id), reasons)]
    }
}
