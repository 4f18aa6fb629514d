//! Moments that lie far beyond all others: 2052 for 2025.

use std::collections::BTreeMap;

use super::{Checked, at_moment};
use crate::moment::{DAY, written};
use crate::problem::{Code, Problem};
use crate::records::store::NO_MOMENT;
use crate::step::Step;

/// Days by which a tail of dates must lie beyond the rest to be passed over.
pub const GAP: i64 = 92;
/// Share of records under which such a tail must stay.
const TAIL: f64 = 0.01;

/// The latest of some days, each with its number of records, without a tail that lies over [`GAP`] days beyond the rest and holds
/// under one record in a hundred.
#[must_use]
pub fn last_day(days: &[(i64, u64)]) -> Option<i64> {
    let total: u64 = days.iter().map(|(_, records)| records).sum();
    let mut last = days.len().checked_sub(1)?;
    let mut tail = 0;
    for place in (1..days.len()).rev() {
        tail += days[place].1;
        #[allow(clippy::cast_precision_loss, reason = "fewer than 2^52 records")]
        let small = (tail as f64) < TAIL * total as f64;
        if !small {
            break;
        }
        if days[place].0 - days[place - 1].0 > GAP {
            last = place - 1;
        }
    }
    Some(days[last].0)
}

/// The latest day among the steps of all rows that is no tail.
fn latest(batches: &[Checked], steps: &[Step]) -> Option<i64> {
    let mut days: BTreeMap<i64, u64> = BTreeMap::new();
    for (batch, kept) in batches {
        for step in steps.iter().filter(|step| batch.placed.rows.has_moment(**step)) {
            // Registers run along the days: most rows are of the day of the row before.
            let (mut day, mut records) = (i64::MIN, 0);
            for at in kept.iter().map(|row| batch.placed.rows.moment(*step, *row as usize)) {
                if at == NO_MOMENT {
                    continue;
                }
                if at.div_euclid(DAY) != day {
                    if records > 0 {
                        *days.entry(day).or_default() += records;
                    }
                    (day, records) = (at.div_euclid(DAY), 0);
                }
                records += 1;
            }
            if records > 0 {
                *days.entry(day).or_default() += records;
            }
        }
    }
    last_day(&days.into_iter().collect::<Vec<_>>())
}

/// The latest day of receipt that is no slip of the pen.
pub(super) fn latest_received(batches: &[Checked]) -> Option<i64> {
    latest(batches, &[Step::Received])
}

/// What happens after the receipt. What was agreed or set as a limit, and the end of a warranty, lie in the future by their nature.
fn later() -> impl Iterator<Item = Step> {
    Step::ALL.into_iter().filter(|step| step.is_event() && *step != Step::Received)
}

/// Moments after the receipt that lie in such a tail. Receipts are told by the as-of date.
pub(super) fn future_moments(batches: &[Checked]) -> Vec<Problem> {
    let all: Vec<Step> = [Step::Received].into_iter().chain(later()).collect();
    let Some(last) = latest(batches, &all) else { return Vec::new() };
    let end = (last + 1) * DAY;
    let mut problems = Vec::new();
    for checked in batches {
        let (batch, kept) = checked;
        for step in later().filter(|step| batch.placed.rows.has_moment(*step)) {
            for row in kept.iter().map(|row| *row as usize) {
                let at = batch.placed.rows.moment(step, row);
                if at != NO_MOMENT && at >= end {
                    problems.push(at_moment(checked, step, row, Code::FutureStep, &written(at)));
                }
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_does_not_set_the_last_day() {
        let year: Vec<(i64, u64)> = (0..365).map(|day| (day, 3)).collect();
        assert_eq!(last_day(&year), Some(364));
        let mut with_slip = year.clone();
        with_slip.push((10_000, 1));
        assert_eq!(last_day(&with_slip), Some(364));
        let mut with_many = year;
        with_many.push((10_000, 100));
        assert_eq!(last_day(&with_many), Some(10_000));
        assert_eq!(last_day(&[(5, 1)]), Some(5));
        assert_eq!(last_day(&[]), None);
    }
}
