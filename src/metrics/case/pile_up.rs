//! Durations that pile up just below a limit: times that were perhaps written to fit it.
//!
//! Where nobody looks at the limit, the number of cases in a narrow stretch of durations is about the mean of the stretches
//! on either side (D. Burgstahler and I. Dichev, *Journal of Accounting and Economics* 24, 1997, 99–126: the test for
//! discontinuities at a threshold). Here the stretches are the tenth of the limit below it, the tenth before that and the tenth after.
//! Told only where the tenth below the limit holds more than both its neighbours together, by the exact sign test at a level of
//! one in a million: a run looks at many communities and deadlines, and people do hurry before a limit. A pile-up is a reason to
//! look, not a verdict.

use std::collections::BTreeMap;

use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::clock::clocks::Clocks;
use crate::clock::due::Span;
use crate::moment::Moment;
use crate::stats::sign_test;

/// Shortest limit that is looked at, in seconds: people write times to the half hour, and a tenth of a shorter limit would hold
/// one round time or none.
const SHORTEST: i64 = 8 * 3_600;
/// Fewest cases in the three stretches.
const FEWEST: u32 = 30;
/// Level of the test.
const LEVEL: f64 = 1e-6;

/// Whether a limit is looked at.
pub(super) fn is_watched(span: Span) -> bool {
    matches!(span, Span::Elapsed(limit) | Span::Working(limit) if limit >= SHORTEST)
}

/// Cases in the tenth before the last, in the last tenth below the limit, in the tenth beyond, and the first row of the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretches {
    pub before: u32,
    pub below: u32,
    pub beyond: u32,
    pub first_row: usize,
}

impl Default for Stretches {
    fn default() -> Self {
        Self { before: 0, below: 0, beyond: 0, first_row: usize::MAX }
    }
}

impl Stretches {
    fn add(mut self, other: Self) -> Self {
        self.before += other.before;
        self.below += other.below;
        self.beyond += other.beyond;
        self.first_row = self.first_row.min(other.first_row);
        self
    }

    /// Whether the tenth below the limit holds more than its neighbours explain.
    pub(super) fn is_pile(self) -> bool {
        let all = self.before + self.below + self.beyond;
        all >= FEWEST && sign_test::upper_tail(all, self.below) < LEVEL
    }
}

/// One case: its community, its limit, and the moments between which the limit runs.
pub(super) struct Timed {
    pub community: u32,
    pub span: Span,
    pub start: Moment,
    pub end: Moment,
}

/// The stretches of each community, over the rows for which `timed` gives a limit and two moments with their times. One walk.
pub(super) fn stretches(
    clocks: &Clocks,
    rows: usize,
    timed: impl Fn(usize) -> Option<Timed> + Sync,
) -> BTreeMap<u32, Stretches> {
    (0..rows)
        .into_par_iter()
        .with_min_len(super::rules::STRETCH)
        .fold(BTreeMap::new, |mut found: BTreeMap<u32, Stretches>, row| {
            if let Some(timed) = timed(row)
                && let Some(one) = stretch_of(clocks, row, &timed)
            {
                let entry = found.entry(timed.community).or_default();
                *entry = entry.add(one);
            }
            found
        })
        .reduce(BTreeMap::new, |mut all, some| {
            for (community, stretches) in some {
                let entry = all.entry(community).or_default();
                *entry = entry.add(stretches);
            }
            all
        })
}

fn stretch_of(clocks: &Clocks, row: usize, timed: &Timed) -> Option<Stretches> {
    let clock = clocks.of(timed.community);
    let Timed { span, start, end, .. } = timed;
    if start.date_only || end.date_only || end.seconds < start.seconds {
        return None;
    }
    let (limit, used) = match span {
        _ if !is_watched(*span) => return None,
        Span::Elapsed(limit) => (*limit, clock.elapsed_between(start.seconds, end.seconds)),
        Span::Working(limit) => (*limit, clock.between(start.seconds, end.seconds)),
        _ => return None,
    };
    let none = Stretches::default();
    // In tenths of the limit; the limit itself is still in time.
    let at = |tenths: i64| limit * tenths / 10;
    Some(if used > at(10) && used <= at(11) {
        Stretches { beyond: 1, ..none }
    } else if used > at(9) && used <= at(10) {
        Stretches { below: 1, first_row: row, ..none }
    } else if used > at(8) && used <= at(9) {
        Stretches { before: 1, ..none }
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_both_neighbours_together_is_a_pile_and_a_smooth_run_is_none() {
        let of = |before, below, beyond| Stretches { before, below, beyond, first_row: 0 };
        assert!(of(5, 60, 3).is_pile());
        assert!(!of(30, 40, 28).is_pile(), "a hurry before the limit");
        assert!(!of(1, 20, 1).is_pile(), "too few");
        // Times to the full hour on a limit of eight hours: nothing falls into the tenth beyond.
        assert!(!of(500, 520, 0).is_pile());
    }
}
