//! Which cases were opened again after they had been resolved, and how long they took in all.

use polars::prelude::Column;

use super::cases::Cases;
use super::deadlines::Judge;
use super::followed::Rounds;
use crate::metrics::outcome::{End, Measured, Outcome, elapsed};
use crate::metrics::runner::Setting;
use crate::records::frames::column;
use crate::step::Step;

/// Column: a number of [`Again`].
pub(super) const COLUMN: &str = "reopened";
/// Name of the durations from receipt to the last resolution.
pub(super) const TOTAL: &str = "total_resolution";

/// Whether a resolved case was opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// It was not.
    No,
    /// It was.
    Yes,
    /// Nobody can tell.
    Unknown,
    /// It was never resolved.
    NotResolved,
}

/// Whether each case was opened again, and the durations to its last resolution. `rounds` are the callbacks of each case where a
/// dissatisfied one opens it again.
pub(super) fn columns(cases: &Cases, rounds: Option<&Rounds>, judge: &Judge<'_>, setting: &Setting<'_>) -> Vec<Column> {
    let was_marked = |row: usize| {
        [Step::Reopened, Step::ResolvedAgain].into_iter().any(|step| cases.moment(step, row).is_some())
    };
    let said = |row: usize| rounds.and_then(|rounds| rounds.is_dissatisfied_once(row));
    let again = |row: usize| {
        if !cases.was_resolved(row) {
            Again::NotResolved
        } else if was_marked(row) || said(row) == Some(true) {
            Again::Yes
        } else if cases.is_present(Step::Reopened, row) || said(row) == Some(false) {
            Again::No
        } else {
            Again::Unknown
        }
    };
    let codes: Vec<u32> = (0..cases.rows).map(|row| again(row) as u32).collect();
    let last_end = |row: usize| match cases.end(Step::ResolvedAgain, row) {
        // Opened again by what the customer said, and nobody noted when it was resolved again.
        End::Untold if rounds.is_some_and(|rounds| rounds.is_dissatisfied_last(row)) => End::Open,
        end => end,
    };
    let total = |row: usize| {
        let (clock, start) = (cases.clock(setting, row), cases.moment(Step::Received, row));
        let end = if again(row) == Again::Yes { last_end(row) } else { cases.end(Step::Resolved, row) };
        match elapsed(clock, start, end) {
            // What was opened again cannot have ended before it was first resolved.
            Measured::Seconds(_) if is_before_first(cases, row) => Measured::Not(Outcome::Impossible),
            measured => measured,
        }
    };
    let mut columns = vec![column(COLUMN, codes)];
    columns.extend(judge.measured(TOTAL, total));
    columns
}

fn is_before_first(cases: &Cases, row: usize) -> bool {
    match (cases.moment(Step::ResolvedAgain, row), cases.moment(Step::Resolved, row)) {
        (Some(last), Some(first)) => last.is_surely_before(first),
        _ => false,
    }
}
