//! The same second in many cases: filled in at one sitting, or closed by a machine.

use super::{Checked, at_moment};
use crate::moment::{DAY, written};
use crate::problem::{Code, Problem};
use crate::records::store::NO_MOMENT;
use crate::step::Step;

/// Moments that people write after the event. Receipts may well share a minute: the lift stops, and everybody calls.
const STEPS: [Step; 9] = [
    Step::Responded,
    Step::Arrived,
    Step::Resolved,
    Step::Told,
    Step::CalledBack,
    Step::Progress,
    Step::Answered,
    Step::ResolvedAgain,
    Step::Closed,
];
/// Fewer cases than this may share a moment by chance in any register.
const FEWEST: usize = 10;
/// Share of a table's moments from which it is a habit; at most so many moments of a table can reach it.
const ONE_IN: usize = 20;

/// Moments, other than midnight, that ten cases and a twentieth of the table share. A sort of each table's moments.
pub(super) fn same_moments(checked: &Checked) -> Vec<Problem> {
    let (batch, kept) = checked;
    let rows = &batch.placed.rows;
    let mut problems = Vec::new();
    for step in STEPS.into_iter().filter(|step| rows.has_moment(*step) && !rows.is_copied(*step)) {
        let bit = step.bit();
        let mut moments: Vec<(i64, usize)> = kept
            .iter()
            .map(|row| *row as usize)
            .map(|row| (rows.moment(step, row), row))
            .filter(|(at, row)| *at != NO_MOMENT && rows.date_only[*row] & bit == 0 && at % DAY != 0)
            .collect();
        if moments.len() < FEWEST {
            continue;
        }
        moments.sort_unstable();
        for same in moments.chunk_by(|a, b| a.0 == b.0) {
            if same.len() >= FEWEST && same.len() * ONE_IN >= moments.len() {
                let found = format!("{} × {}", written(same[0].0), same.len());
                problems.push(at_moment(checked, step, same[0].1, Code::SameMoment, &found));
            }
        }
    }
    problems
}
