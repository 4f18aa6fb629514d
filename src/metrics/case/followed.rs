//! What the callbacks to a case's household, and its survey forms, say of the case.

use std::collections::BTreeSet;

use polars::prelude::{Column, DataFrame, PolarsResult};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::cases::{Cases, codes};
use super::rules::{Compiler, STRETCH, Truth};
use crate::clock::due::due;
use crate::metrics::judgement::{Judgement, judged_levels};
use crate::metrics::runner::Setting;
use crate::moment::{Moment, end_of_days_after};
use crate::normalise::rating::Level;
use crate::profile::schema::{FollowUp, Profile, Subject};
use crate::records::columns as c;
use crate::records::followed::CaseRow;
use crate::records::frames::{Places, column};
use crate::step::Step;

/// Column: a number of [`Called`].
pub(super) const CALLED: &str = "called";
/// Column: a number of [`Complained`].
pub(super) const COMPLAINED: &str = "complained";

/// Whether a closed case was called back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    Yes,
    No,
    /// It may still be called back in time.
    NotDue,
    /// Nobody can tell.
    Unknown,
    /// It is not closed, or owed no callback.
    NotRuled,
}

/// Whether the household of somebody who said they were satisfied complained again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Complained {
    Yes,
    No,
    /// The days are not over.
    NotDue,
    /// Nobody can tell: no place, or no date of what was said.
    Unknown,
    /// They did not say so.
    NotRuled,
}

/// What callbacks say of a case.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    count: u32,
    first: Option<Moment>,
    satisfied: bool,
    satisfied_at: Option<Moment>,
    dissatisfied: bool,
    last_is_dissatisfied: bool,
    /// When the household last said in a survey form that it was satisfied.
    surveyed: Option<Moment>,
}

impl Said {
    /// The last time that somebody said they were satisfied.
    fn last_satisfied(&self) -> Option<Moment> {
        self.satisfied_at.into_iter().chain(self.surveyed).max_by_key(|at| at.seconds)
    }
}

/// The callbacks to the cases of a frame, those that had been made by the as-of moment.
pub(super) struct Rounds {
    said: Vec<Said>,
    /// Place of each case among those of its register.
    at: Vec<Option<CaseRow>>,
}

impl Rounds {
    /// Joins callbacks to the cases of a frame, where anything asks for it: callbacks that only a table of callbacks tells, or an
    /// entry of the profile.
    pub(super) fn of(
        frame: &DataFrame,
        profile: &Profile,
        subject: Subject,
        setting: &Setting<'_>,
    ) -> PolarsResult<Option<Self>> {
        let is_asked = profile.follow_up.is_some() || profile.first_asked.is_some() || until_satisfied(profile);
        if !is_asked && !setting.records.has_callback_tables()? {
            return Ok(None);
        }
        let followed = setting.records.followed()?;
        let register = usize::from(subject == Subject::Repair);
        let places = Places::of(frame)?;
        let (satisfied, dissatisfied) = scale_of(profile);
        let satisfied_forms =
            if profile.follow_up.is_some() { satisfied_forms(profile, setting)? } else { BTreeSet::new() };
        let of = |place: usize| {
            let Some(at) = followed.row_of(register, places.at(place)) else { return (Said::default(), None) };
            let mut said = Said::default();
            for callback in followed.callbacks_of((register, at)) {
                let called = followed.called[*callback as usize];
                if called.is_some_and(|called| called.seconds >= setting.as_of) {
                    continue;
                }
                let level = followed.opinion[*callback as usize];
                said.count += 1;
                said.first = said.first.or(called);
                if satisfied.contains(&level) {
                    (said.satisfied, said.satisfied_at) = (true, called.or(said.satisfied_at));
                }
                if satisfied.contains(&level) || dissatisfied.contains(&level) {
                    said.last_is_dissatisfied = dissatisfied.contains(&level);
                    said.dissatisfied |= said.last_is_dissatisfied;
                }
            }
            let forms = followed.forms_of((register, at)).filter(|(form, _)| satisfied_forms.contains(form));
            said.surveyed = forms.map(|(_, surveyed)| surveyed).filter(|at| at.seconds < setting.as_of).last();
            (said, Some((register, at)))
        };
        let (said, at) = (0..frame.height()).into_par_iter().with_min_len(STRETCH).map(of).unzip();
        Ok(Some(Self { said, at }))
    }

    /// Gives cases whose register does not tell it the moment of their first callback.
    pub(super) fn lay_under(&self, cases: &mut Cases) {
        let told = self.said.iter().enumerate().filter_map(|(row, said)| Some((row, said.first?)));
        cases.lay_under(Step::CalledBack, told);
    }

    /// A case by its place among those of its register.
    pub(super) fn case(&self, row: usize) -> Option<CaseRow> {
        self.at[row]
    }

    /// Whether the customer ever said they were dissatisfied; none where they said neither.
    pub(super) fn is_dissatisfied_once(&self, row: usize) -> Option<bool> {
        let said = self.said[row];
        (said.satisfied || said.dissatisfied).then_some(said.dissatisfied)
    }

    /// Whether the last that the customer said was that they were dissatisfied.
    pub(super) fn is_dissatisfied_last(&self, row: usize) -> bool {
        self.said[row].last_is_dissatisfied
    }

    /// Which closed cases were called back, and which households complained again.
    pub(super) fn columns(
        &self,
        follow_up: &FollowUp,
        profile: &Profile,
        cases: &Cases,
        compiler: &Compiler<'_>,
        setting: &Setting<'_>,
    ) -> PolarsResult<Vec<Column>> {
        let rule = profile.callback.as_ref();
        let owed = match rule {
            Some(rule) => compiler.compile(&rule.when)?.column(cases.rows),
            None => vec![Truth::Yes; cases.rows],
        };
        let followed = setting.records.followed()?;
        let called = |row: usize| {
            if !cases.is_resolved(row) || owed[row] == Truth::No {
                return Called::NotRuled;
            }
            if self.said[row].count > 0 || cases.moment(Step::CalledBack, row).is_some() {
                return Called::Yes;
            }
            let is_told = cases.is_present(Step::CalledBack, row)
                || self.at[row].is_some_and(|at| followed.is_told(at, cases.community[row], setting.as_of));
            if !is_told || owed[row] == Truth::Unknown || cases.is_unreadable(Step::CalledBack, row) {
                return Called::Unknown;
            }
            let start = rule.and_then(|rule| Some((cases.moment(rule.from, row)?, rule.within?)));
            let is_due = start.is_none_or(|(from, within)| {
                due(cases.clock(setting, row), from.seconds, within.span()) < setting.as_of
            });
            if is_due { Called::No } else { Called::NotDue }
        };
        let days = i64::from(follow_up.again_within_days);
        let complained = |row: usize| {
            let said = self.said[row];
            if !said.satisfied && said.surveyed.is_none() {
                return Complained::NotRuled;
            }
            let (Some(at), Some(said)) = (self.at[row], said.last_satisfied()) else { return Complained::Unknown };
            // What was said on a day without a time lies before the cases of the next day.
            let after = if said.date_only { said.latest() - 1 } else { said.seconds };
            let last = end_of_days_after(said.seconds, days);
            match followed.next_after(at, after) {
                None => Complained::Unknown,
                Some(Some(next)) if next < last.min(setting.as_of) => Complained::Yes,
                Some(_) if last > setting.as_of => Complained::NotDue,
                Some(_) => Complained::No,
            }
        };
        let code = |of: &(dyn Fn(usize) -> u32 + Sync)| -> Vec<u32> {
            (0..cases.rows).into_par_iter().with_min_len(STRETCH).map(of).collect()
        };
        Ok(vec![
            column(CALLED, code(&|row| called(row) as u32)),
            column(COMPLAINED, code(&|row| complained(row) as u32)),
        ])
    }
}

/// Whether the profile calls back until somebody is satisfied.
pub(super) fn until_satisfied(profile: &Profile) -> bool {
    profile.callback.as_ref().is_some_and(|rule| rule.until_satisfied)
}

/// Rows of the survey forms that say their household is satisfied: of the answers that the scale judges, one at least is satisfied
/// and none dissatisfied.
fn satisfied_forms(profile: &Profile, setting: &Setting<'_>) -> PolarsResult<BTreeSet<u32>> {
    let answers = &setting.records.answers;
    if answers.height() == 0 || !setting.records.followed()?.has_forms() {
        return Ok(BTreeSet::new());
    }
    let judge = Judgement::of(answers, profile.scale.as_ref())?;
    let (mut satisfied, mut dissatisfied) = (BTreeSet::new(), BTreeSet::new());
    for (row, form) in codes(answers, c::FORM)?.into_iter().enumerate() {
        if judge.is_satisfied(row) {
            satisfied.insert(form);
        }
        if judge.is_dissatisfied(row) {
            dissatisfied.insert(form);
        }
    }
    Ok(satisfied.difference(&dissatisfied).copied().collect())
}

/// Numbers of the satisfied and the dissatisfied levels.
fn scale_of(profile: &Profile) -> (Vec<u32>, Vec<u32>) {
    let (satisfied, dissatisfied) = judged_levels(profile.scale.as_ref());
    let numbers = |levels: &[Level]| levels.iter().map(|level| u32::from(level.number())).collect();
    (numbers(satisfied), numbers(dissatisfied))
}
