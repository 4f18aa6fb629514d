//! What a profile makes of each case, in words: outcomes on its deadlines, class, severity, hour and weekday of receipt.

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{DataFrame, PolarsResult};

use super::clock_columns::outcome_column;
use super::derive::{self, derive};
use super::first_asked_share;
use crate::metrics::CaseCode;
use crate::metrics::outcome::{EXCLUDED, Outcome};
use crate::metrics::runner::Setting;
use crate::profile::schema::{Profile, Subject};

/// The words of every row; nothing where rows had not been received by the as-of moment, as they would then not stand beside
/// the rows of the frame.
pub(in crate::metrics) fn of(
    frame: &DataFrame,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
) -> PolarsResult<Vec<CaseCode>> {
    let derived = derive(frame, profile, subject, setting)?;
    if derived.frame.height() != frame.height() || frame.height() == 0 {
        return Ok(Vec::new());
    }
    let column = |name: String, column: &str, word: &dyn Fn(u32) -> Option<Arc<str>>| -> PolarsResult<CaseCode> {
        let mut words: BTreeMap<u32, Option<Arc<str>>> = BTreeMap::new();
        let codes = derived.frame.column(column)?.u32()?;
        let words = codes.iter().map(|code| words.entry(code?).or_insert_with_key(|code| word(*code)).clone());
        Ok(CaseCode { name, words: words.collect() })
    };
    let mut codes = Vec::new();
    let limited = profile.deadlines_of(subject).map(|deadline| (&deadline.id, outcome_column(&deadline.id)));
    for (id, outcomes) in limited.filter(|(_, outcomes)| derived.frame.column(outcomes).is_ok()) {
        codes.push(column(format!("{}/{id}", profile.name), &outcomes, &outcome_word)?);
    }
    let of_profile = |what: &str| format!("{}:{what}", profile.name);
    let number = |code: u32, width: usize| Some(format!("{code:0width$}").into());
    codes.push(column(of_profile("class"), derive::CLASS, &|code| derived.class_ids.get(code as usize).cloned())?);
    codes.push(column(of_profile("severity"), derive::SEVERITY, &|code| {
        Some(if code == 1 { "major" } else { "general" }.into())
    })?);
    codes.push(column(of_profile("hour"), derive::HOUR, &|code| number(code, 2).filter(|_| code < 24))?);
    codes.push(column(of_profile("weekday"), derive::WEEKDAY, &|code| number(code, 1).filter(|_| code <= 7))?);
    if let Some(judged) = first_asked_share::word_of(&derived.frame) {
        codes.push(column(of_profile("first_asked"), first_asked_share::COLUMN, &judged)?);
    }
    Ok(codes)
}

/// The word of an outcome as facts and `explain` write it.
fn outcome_word(code: u32) -> Option<Arc<str>> {
    let excluded = EXCLUDED.iter().find(|(outcome, _)| outcome.number() == code).map(|(_, word)| *word);
    let judged = match code {
        _ if code == Outcome::OnTime.number() => Some("on_time"),
        _ if code == Outcome::Late.number() || code == Outcome::LateOpen.number() => Some("late"),
        _ => None,
    };
    judged.or(excluded).map(Into::into)
}
