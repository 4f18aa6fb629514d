//! What a row cannot tell by itself: rows beside other rows. Each check flags; none sets a row aside.
//!
//! A check walks the kept rows once and sorts some of them; none compares all with all. On a million rows all of them together
//! cost about one sort by a hash of eight bytes a row; they run beside the building of the frame.

mod bulk;
mod future;
mod months;
mod near;
pub(super) mod order;

pub use future::{GAP, last_day};
pub(crate) use order::must_precede;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::case_frame::CaseBatch;
use super::cases::CaseRows;
use super::frames::Kept;
use crate::origin::CellAt;
use crate::problem::{Code, Problem};
use crate::step::Step;

/// The rows of one table that are kept.
pub(super) type Checked = (CaseBatch, Kept);

/// All problems of the cases of one kind, over all tables.
pub(super) fn of_cases(batches: &[Checked]) -> Vec<Problem> {
    let latest = future::latest_received(batches);
    let mut problems: Vec<Problem> = batches
        .par_iter()
        .map(|batch| {
            let mut problems = months::other_months(batch, latest);
            problems.extend(bulk::same_moments(batch));
            problems
        })
        .reduce(Vec::new, |mut all, some| {
            all.extend(some);
            all
        });
    problems.extend(future::future_moments(batches));
    problems.extend(near::near_duplicates(batches));
    problems
}

/// The cell in which a row holds a moment.
pub(super) fn cell_of(rows: &CaseRows, step: Step, row: usize) -> CellAt {
    CellAt { row: rows.row[row], col: rows.cols[step as usize].unwrap_or(0) }
}

/// A problem at the moment of a row.
fn at_moment((batch, _): &Checked, step: Step, row: usize, code: Code, found: &str) -> Problem {
    Problem::at(batch.placed.source, cell_of(&batch.placed.rows, step, row), code, found)
}
