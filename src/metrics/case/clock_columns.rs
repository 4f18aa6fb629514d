//! Columns that each deadline adds to the frame of cases.

use crate::metrics::metric::{Excluded, is_code};
use crate::metrics::outcome::Outcome;

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
