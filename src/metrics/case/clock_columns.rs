//! Columns that each deadline adds to the frame of cases.

use crate::metrics::metric::{Excluded, is_code};
use crate::metrics::outcome::Outcome;
use crate::profile::schema::{Profile, Subject};
use crate::records::columns as c;
use crate::step::Step;

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

/// Columns of the records from which a column of the cases is made.
pub(super) fn reads(column: &str, profile: &Profile, subject: Subject) -> Vec<&'static str> {
    if let Some((_, id)) = column.split_once(':') {
        // Received → resolved is measured without a deadline of the profile.
        let Some(deadline) = profile.deadlines_of(subject).find(|deadline| deadline.id == id) else {
            return vec![Step::Received.column(), Step::Resolved.column()];
        };
        return std::iter::once(&deadline.from).chain(&deadline.to).map(|step| step.column()).collect();
    }
    match column {
        "is_resolved" | "is_open" | "is_state_known" | "is_state_unknown" | "is_overdue" | "is_unjudged" => {
            vec![Step::Received.column(), Step::Resolved.column()]
        }
        "entered_stock" => vec![Step::Received.column()],
        "left_stock" => vec![Step::Resolved.column()],
        "is_major" | "is_major_told" => vec![c::MAJOR],
        "is_repeat" | "is_repeat_known" | "is_repeat_unknown" => vec![c::REPEAT],
        c::COMPENSATION => vec![c::COMPENSATION],
        _ => vec![Step::Received.column()],
    }
}
