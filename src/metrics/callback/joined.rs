//! Callbacks beside the cases that they are about: which are said twice, and from when their limit runs.

use polars::prelude::{BooleanChunked, Column, DataFrame, NewChunkedArray, PolarsResult};

use crate::metrics::runner::Setting;
use crate::moment::Moment;
use crate::profile::schema::{CallbackRule, Profile};
use crate::records::columns as c;
use crate::records::followed::Followed;
use crate::records::frames::column;
use crate::records::store::NO_NAME;
use crate::step::Step;

/// Column: how many callbacks the case had, at the first of them; else 0.
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
    let codes = |name: &str| -> PolarsResult<Vec<u32>> {
        Ok(frame.column(name)?.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect())
    };
    let (source, row, topic) = (codes(c::SOURCE)?, codes(c::ROW)?, codes(c::TOPIC)?);
    let of = |at: usize| followed.callback_at(source[at], row[at]).filter(|_| topic[at] == NO_NAME);
    Ok((0..frame.height()).map(|at| of(at).map(|place| place as usize)).collect())
}

/// The callbacks without those that a register notes and a table of callbacks says again, and without those that are owed and
/// that a table of callbacks shows to have been made.
pub(super) fn each_once(frame: &DataFrame, setting: &Setting<'_>) -> PolarsResult<DataFrame> {
    let followed = setting.records.followed()?;
    let has_happened =
        |callback: &u32| followed.called[*callback as usize].is_none_or(|called| called.seconds < setting.as_of);
    let is_again = |place: usize| {
        followed.is_again[place]
            && followed.case_of[place].is_some_and(|case| followed.callbacks_of(case).iter().any(has_happened))
    };
    let kept: Vec<bool> = places(frame, followed)?.into_iter().map(|place| !place.is_some_and(is_again)).collect();
    frame.filter(&BooleanChunked::from_slice("kept".into(), &kept))
}

/// From which moment the limit of each callback runs: that of its case, which only the case knows where the callback stands in a
/// table of its own.
pub(super) fn starts(
    frame: &DataFrame,
    rule: &CallbackRule,
    own: impl Fn(usize) -> Option<Moment>,
    setting: &Setting<'_>,
) -> PolarsResult<Vec<Option<Moment>>> {
    let followed = setting.records.followed()?;
    let registers = [&setting.records.complaints, &setting.records.repairs];
    let mut moments: Vec<Option<(Vec<Option<i64>>, Vec<u32>)>> = Vec::new();
    for register in registers {
        moments.push(match register.column(rule.from.column()) {
            Ok(seconds) if rule.from != Step::Resolved => Some((
                seconds.i64()?.iter().collect(),
                register.column(c::DATE_ONLY)?.u32()?.iter().map(|bits| bits.unwrap_or(0)).collect(),
            )),
            _ => None,
        });
    }
    let of = |(row, place): (usize, Option<usize>)| {
        let case = place.and_then(|place| followed.case_of[place]);
        let Some((register, at)) = case else { return if rule.from == Step::Resolved { own(row) } else { None } };
        if rule.from == Step::Resolved {
            return own(row).or_else(|| followed.resolved((register, at)));
        }
        let (seconds, date_only) = moments[register].as_ref()?;
        let date_only = date_only[at as usize] & rule.from.bit() != 0;
        seconds[at as usize].map(|seconds| Moment { seconds, date_only })
    };
    Ok(places(frame, followed)?.into_iter().enumerate().map(of).collect())
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
            rounds.push(0_i64);
            continue;
        };
        let mut of_case = followed.callbacks_of(case).iter().filter(|callback| {
            followed.called[**callback as usize].is_none_or(|called| called.seconds < setting.as_of)
        });
        let count = i64::try_from(of_case.clone().count()).unwrap_or(0);
        rounds.push(if of_case.next().is_some_and(|first| *first as usize == place) { count } else { 0 });
    }
    let is_first: Vec<bool> = rounds.iter().map(|rounds| *rounds > 0).collect();
    Ok(vec![column(ROUNDS, rounds), column(IS_FIRST, is_first), column(IS_UNJOINED, unjoined)])
}
