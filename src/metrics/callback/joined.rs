//! Callbacks beside the cases that they are about: which are said twice, and from when their limit runs.

use polars::prelude::{BooleanChunked, Column, DataFrame, NewChunkedArray, PolarsResult};

use super::by_row;
use crate::metrics::case::holds;
use crate::metrics::rows::elsewhere;
use crate::metrics::runner::Setting;
use crate::moment::{Moment, Seconds};
use crate::profile::schema::{CallbackRule, Profile, Subject};
use crate::records::columns as c;
use crate::records::followed::Followed;
use crate::records::frames::Places;
use crate::records::frames::column;
use crate::records::store::NO_NAME;
use crate::step::Step;

/// Column: how many callbacks the case had, at the first of them; else null.
pub(super) const ROUNDS: &str = "rounds";
/// Column: yes at the first callback of each case.
pub(super) const IS_FIRST: &str = "is_first_round";
/// Column: yes for a callback of which nobody knows the case.
pub(super) const IS_UNJOINED: &str = "is_of_no_case";

/// Whether anything asks for the cases behind the callbacks.
pub(super) fn is_asked(profile: &Profile, setting: &Setting<'_>) -> PolarsResult<bool> {
    let rule = profile.callback.as_ref();
    let asks = rule.is_some_and(|rule| rule.until_satisfied || rule.from != Step::Resolved);
    Ok(asks || setting.records.has_callback_tables()?)
}

/// The row of each callback among all callbacks; none for rows of a monthly matrix.
fn places(frame: &DataFrame, followed: &Followed) -> PolarsResult<Vec<Option<usize>>> {
    let (records_at, topics) = (Places::of(frame)?, frame.column(c::TOPIC)?.u32()?);
    let is_own = |at: usize| topics.get(at).is_none_or(|topic| topic == NO_NAME);
    let of = |at: usize| followed.callback_at(records_at.at(at)).filter(|_| is_own(at));
    Ok(by_row(frame.height(), |at| of(at).map(|place| place as usize)))
}

/// The callbacks without those that a register notes and a table of callbacks says again, and without those that are owed and
/// that a table of callbacks shows to have been made.
pub(super) fn each_once(frame: &DataFrame, setting: &Setting<'_>) -> PolarsResult<DataFrame> {
    let followed = setting.records.followed()?;
    let has_happened =
        |callback: &u32| followed.called[*callback as usize].is_none_or(|called| called.seconds < setting.as_of);
    let is_again = |place: usize| {
        // One that a register dates after the as-of moment was owed until somebody called back.
        let is_later = followed.called[place].is_some_and(|called| called.seconds >= setting.as_of);
        (followed.is_again[place] || is_later)
            && followed.case_of[place].is_some_and(|case| followed.callbacks_of(case).iter().any(has_happened))
    };
    let kept: Vec<bool> = places(frame, followed)?.into_iter().map(|place| !place.is_some_and(is_again)).collect();
    frame.filter(&BooleanChunked::from_slice("kept".into(), &kept))
}

/// Whether the profile asks for each callback, by the case it is about; none where nobody knows the case.
pub(super) fn asked(
    frame: &DataFrame,
    profile: &Profile,
    rule: &CallbackRule,
    setting: &Setting<'_>,
) -> PolarsResult<Vec<Option<bool>>> {
    if rule.when.is_empty() {
        return Ok(vec![Some(true); frame.height()]);
    }
    let (records, followed) = (setting.records, setting.records.followed()?);
    let owed = [
        holds(&rule.when, &records.complaints, profile, Subject::Complaint, setting)?,
        holds(&rule.when, &records.repairs, profile, Subject::Repair, setting)?,
    ];
    let of_case = |place: usize| followed.case_of[place].map(|(register, at)| owed[register][at as usize]);
    Ok(places(frame, followed)?.into_iter().map(|place| place.and_then(of_case)).collect())
}

/// From when the limit of a callback runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// From this moment.
    At(Moment),
    /// The case's table has a column for that moment, and it has not happened.
    NotYet,
    /// Nobody can tell.
    Untold,
}

impl Start {
    /// The moment.
    pub(super) fn moment(self) -> Option<Moment> {
        match self {
            Self::At(moment) => Some(moment),
            Self::NotYet | Self::Untold => None,
        }
    }
}

impl From<Option<Moment>> for Start {
    fn from(moment: Option<Moment>) -> Self {
        moment.map_or(Self::Untold, Self::At)
    }
}

/// From which moment the limit of each callback runs: that of its case, which only the case knows where the callback stands in a
/// table of its own.
pub(super) fn starts(
    frame: &DataFrame,
    rule: &CallbackRule,
    own: impl Fn(usize) -> Option<Moment>,
    setting: &Setting<'_>,
) -> PolarsResult<Vec<Start>> {
    let followed = setting.records.followed()?;
    let registers = [&setting.records.complaints, &setting.records.repairs];
    let told =
        |step: Step| registers.iter().map(|cases| Told::of(cases, step, setting)).collect::<PolarsResult<Vec<_>>>();
    let (from, again) = (told(rule.from)?, told(Step::ResolvedAgain)?);
    let called = Told::of(frame, Step::CalledBack, setting)?;
    let of = |(row, place): (usize, Option<usize>)| {
        let is_from_resolved = rule.from == Step::Resolved;
        let case = place.and_then(|place| followed.case_of[place]);
        let Some((register, at)) = case else { return if is_from_resolved { own(row).into() } else { Start::Untold } };
        if !is_from_resolved {
            return from[register].as_ref().map_or(Start::Untold, |told| told.start(at as usize));
        }
        // A callback that was made after the case was resolved again is about that.
        let called = called.as_ref().and_then(|called| called.at(row));
        let again = again[register].as_ref().and_then(|told| told.at(at as usize));
        let again = again.filter(|again| called.is_some_and(|called| again.seconds < called.latest()));
        let resolved = || followed.resolved((register, at)).filter(|moment| moment.seconds < setting.as_of);
        again.or_else(|| own(row)).or_else(resolved).into()
    };
    Ok(places(frame, followed)?.into_iter().enumerate().map(of).collect())
}

/// Where the moments of its case stand from which the limit of each callback may run, for callbacks that stand elsewhere.
pub(super) fn cells(frame: &DataFrame, profile: &Profile, setting: &Setting<'_>) -> PolarsResult<Vec<Column>> {
    let Some(rule) = profile.callback.as_ref().filter(|rule| rule.within.is_some()) else { return Ok(Vec::new()) };
    let (records, followed) = (setting.records, setting.records.followed()?);
    let registers = [&records.complaints, &records.repairs];
    let own = Places::of(frame)?;
    let cases: Vec<Option<(usize, usize)>> = places(frame, followed)?
        .into_iter()
        .map(|place| followed.case_of[place?].map(|(register, at)| (register, at as usize)))
        .collect();
    let mut columns = Vec::new();
    for step in [rule.from, Step::ResolvedAgain] {
        let mut at = vec![None; cases.len()];
        for (register, frame) in registers.into_iter().enumerate() {
            let Ok(moments) = frame.column(step.column()) else { continue };
            let (moments, places) = (moments.i64()?, Places::of(frame)?);
            for (row, case) in cases.iter().enumerate() {
                let is_told = |case: &usize| moments.get(*case).is_some();
                let case = case.filter(|(of, _)| *of == register).map(|(_, case)| case).filter(is_told);
                at[row] = case.map(|case| places.at(case)).filter(|at| *at != own.at(row)).or(at[row]);
            }
        }
        if at.iter().any(Option::is_some) {
            columns.extend(elsewhere(step.column(), &at));
        }
    }
    Ok(columns)
}

/// A moment of each row of a frame.
struct Told {
    step: Step,
    seconds: Vec<Option<i64>>,
    date_only: Vec<u32>,
    unreadable: Vec<u32>,
    /// By row, the steps for which its table has a column; callbacks do not say.
    present: Vec<u32>,
    as_of: Seconds,
}

impl Told {
    /// None where the frame has no such column.
    fn of(frame: &DataFrame, step: Step, setting: &Setting<'_>) -> PolarsResult<Option<Self>> {
        let Ok(seconds) = frame.column(step.column()) else { return Ok(None) };
        let bits = |name: &str| -> PolarsResult<Vec<u32>> {
            let Ok(bits) = frame.column(name) else { return Ok(vec![0; frame.height()]) };
            Ok(bits.u32()?.iter().map(|bits| bits.unwrap_or(0)).collect())
        };
        Ok(Some(Self {
            step,
            seconds: seconds.i64()?.iter().collect(),
            date_only: bits(c::DATE_ONLY)?,
            unreadable: bits(c::UNREADABLE)?,
            present: bits(c::PRESENT)?,
            as_of: setting.as_of,
        }))
    }

    /// The moment, where it had happened by the as-of moment.
    fn at(&self, row: usize) -> Option<Moment> {
        let date_only = self.date_only[row] & self.step.bit() != 0;
        let had_happened = |seconds: &Seconds| *seconds < self.as_of || !self.step.is_event();
        self.seconds[row].filter(had_happened).map(|seconds| Moment { seconds, date_only })
    }

    /// The moment as a start.
    fn start(&self, row: usize) -> Start {
        let is = |bits: &[u32]| bits[row] & self.step.bit() != 0;
        match self.at(row) {
            Some(moment) => Start::At(moment),
            None if is(&self.present) && !is(&self.unreadable) => Start::NotYet,
            None => Start::Untold,
        }
    }
}

/// How many callbacks each case had, at the first of them.
pub(super) fn rounds(frame: &DataFrame, setting: &Setting<'_>) -> PolarsResult<Vec<Column>> {
    let followed = setting.records.followed()?;
    let made = frame.column(c::MADE)?.bool()?;
    let (mut rounds, mut unjoined) = (Vec::with_capacity(frame.height()), Vec::with_capacity(frame.height()));
    for (place, made) in places(frame, followed)?.into_iter().zip(made.iter()) {
        let case = place.and_then(|place| followed.case_of[place]);
        unjoined.push(case.is_none() && made == Some(true));
        let Some((place, case)) = place.zip(case) else {
            rounds.push(None);
            continue;
        };
        let mut of_case = followed.callbacks_of(case).iter().filter(|callback| {
            followed.called[**callback as usize].is_none_or(|called| called.seconds < setting.as_of)
        });
        let count = i64::try_from(of_case.clone().count()).unwrap_or(0);
        rounds.push(of_case.next().filter(|first| **first as usize == place).map(|_| count));
    }
    let is_first: Vec<bool> = rounds.iter().map(|rounds: &Option<i64>| rounds.is_some()).collect();
    Ok(vec![column(ROUNDS, rounds), column(IS_FIRST, is_first), column(IS_UNJOINED, unjoined)])
}
