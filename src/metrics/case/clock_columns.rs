//! Columns that each deadline adds to the frame of cases.

use super::first_asked_share;
use crate::metrics::metric::{Excluded, is_code};
use crate::metrics::outcome::Outcome;
use crate::profile::schema::{Profile, Subject};
use crate::records::columns as c;
use crate::step::Step;

/// Whether a deadline's id is one of the chain that every case runs through (the ids are fixed): those are broken down further
/// than what rules single cases, so that the table of facts stays small.
pub(super) fn is_of_chain(deadline: &str) -> bool {
    ["dispatch", "response", "arrival", "resolution", "told"].contains(&deadline)
}

/// Outcome of the deadline, as a number of [`Outcome`].
pub(super) fn outcome_column(deadline: &str) -> String {
    format!("outcome:{deadline}")
}

/// Whether the outcome rests on the plain week of a year without a published calendar; a column only where it does in some row.
pub(super) fn plain_week_column(deadline: &str) -> String {
    format!("plain_week:{deadline}")
}

/// Column: whether any outcome of the case rests on such a plain week; only where one does in some row.
pub(super) const OVERDUE_BY_PLAIN_WEEK: &str = "plain_week";

/// Elapsed seconds; null where there are none.
pub(super) fn elapsed_column(deadline: &str) -> String {
    format!("elapsed:{deadline}")
}

/// 0 where elapsed time was measured, else why not, as a number of [`Outcome`].
pub(super) fn measured_column(deadline: &str) -> String {
    format!("measured:{deadline}")
}

/// Why elapsed time was not measured.
pub(super) fn not_measured(deadline: &str) -> Excluded {
    let column = measured_column(deadline);
    [
        ("open", Outcome::NotDue),
        ("no_start", Outcome::NoStart),
        ("no_end", Outcome::NoEnd),
        ("impossible", Outcome::Impossible),
        ("uncertain", Outcome::Uncertain),
    ]
    .into_iter()
    .map(|(reason, outcome)| (reason, is_code(&column, outcome.number())))
    .collect()
}

/// Whether what is owed was done, as a number of [`Done`].
pub(super) fn done_column(deadline: &str) -> String {
    format!("done:{deadline}")
}

/// Whether what a deadline without a limit asks for was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// It was.
    Yes,
    /// The case is closed without it.
    No,
    /// The case is open: it may still come.
    NotDue,
    /// The table has no such column, or something stands there that is no moment.
    NoEnd,
    /// Nobody can tell whether the deadline rules the case.
    Uncertain,
    /// Nobody can tell whether the case is open.
    Unknown,
    /// The deadline does not rule the case.
    NotRuled,
}

impl Done {
    /// The code as a number of a column.
    pub(super) fn number(self) -> u32 {
        self as u32
    }
}

/// Columns of the records from which a column of the cases is made.
pub(super) fn reads(column: &str, profile: &Profile, subject: Subject) -> Vec<&'static str> {
    if let Some((kind, id)) = column.split_once(':') {
        return match kind {
            "measured" | "elapsed" if id == "total_resolution" => {
                vec![Step::Received.column(), Step::Resolved.column(), Step::ResolvedAgain.column()]
            }
            "outcome" | "plain_week" | "elapsed" | "measured" | "done" => moments_of(id, profile, subject),
            _ => vec![Step::Received.column()],
        };
    }
    match column {
        "is_resolved" | "is_open" | "is_state_known" | "is_state_unknown" | "is_overdue" | "is_unjudged" => {
            vec![Step::Received.column(), Step::Resolved.column()]
        }
        "entered_stock" => vec![Step::Received.column()],
        "left_stock" => vec![Step::Resolved.column()],
        "is_major" | "is_major_told" => vec![c::MAJOR],
        "is_repeat" | "is_repeat_known" | "is_repeat_unknown" => vec![c::REPEAT],
        "opened_again" => vec![Step::Resolved.column(), Step::Reopened.column(), Step::ResolvedAgain.column()],
        "warranty" => {
            let warranty = profile.warranty.iter();
            let steps = warranty.flat_map(|warranty| {
                warranty.terms.iter().map(|term| term.from).chain(warranty.replaced_by).chain([Step::Received])
            });
            each_once(steps)
        }
        "kept" => profile.retention.iter().map(|retention| retention.after.column()).collect(),
        first_asked_share::COLUMN => profile.first_asked.as_ref().map_or_else(Vec::new, first_asked_share::reads),
        "called" => vec![Step::Resolved.column(), Step::CalledBack.column()],
        "complained" => vec![Step::CalledBack.column()],
        c::COMPENSATION => vec![c::COMPENSATION],
        _ => vec![Step::Received.column()],
    }
}

/// Columns of the moments that decide on a deadline.
fn moments_of(id: &str, profile: &Profile, subject: Subject) -> Vec<&'static str> {
    // Received → resolved is measured without a deadline of the profile.
    let Some(deadline) = profile.deadlines_of(subject).find(|deadline| deadline.id == id) else {
        return vec![Step::Received.column(), Step::Resolved.column()];
    };
    let pause: &[Step] = if deadline.stopped_by_pause { &[Step::Paused, Step::Resumed] } else { &[] };
    let due = [deadline.by, deadline.replaced_by, deadline.shortened_by];
    let due = due.into_iter().flatten().chain(deadline.unless.as_ref().map(|unless| unless.to));
    let steps = std::iter::once(deadline.from).chain(deadline.to.iter().copied()).chain(deadline.or_else).chain(due);
    each_once(steps.chain(pause.iter().copied()))
}

/// The columns of some moments, each once.
fn each_once(steps: impl Iterator<Item = Step>) -> Vec<&'static str> {
    let mut columns: Vec<&str> = Vec::new();
    for step in steps {
        if !columns.contains(&step.column()) {
            columns.push(step.column());
        }
    }
    columns
}
