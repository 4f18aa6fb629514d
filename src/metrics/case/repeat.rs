//! Repeated complaints: same household and category again within some days after the first was resolved.

use std::collections::BTreeSet;

use rayon::slice::ParallelSliceMut;

use crate::moment::DAY;

/// What is needed of one case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    /// Hash of community, place and category.
    pub household: u64,
    /// When it was received.
    pub received: i64,
    /// When it was resolved.
    pub resolved: Option<i64>,
    /// Row.
    pub row: u32,
}

/// Rows that repeat an earlier one.
pub(super) fn repeated(mut visits: Vec<Visit>, within_days: u16) -> Vec<u32> {
    visits.par_sort_unstable_by_key(|visit| (visit.household, visit.received, visit.row));
    let within = i64::from(within_days) * DAY;
    let mut rows = Vec::new();
    for household in visits.chunk_by(|a, b| a.household == b.household) {
        // The latest resolution that had happened decides; a place such as the lobby may have thousands of cases.
        let mut resolutions = BTreeSet::new();
        for visit in household {
            let latest = resolutions.range(..=visit.received).next_back();
            if latest.is_some_and(|resolved| visit.received - resolved <= within) {
                rows.push(visit.row);
            }
            resolutions.extend(visit.resolved);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_repeats_only_after_the_first_was_resolved_and_within_the_days() {
        let visit = |received: i64, resolved: Option<i64>, row| Visit {
            household: 1,
            received: received * DAY,
            resolved: resolved.map(|day| day * DAY),
            row,
        };
        let visits = vec![visit(0, Some(5), 0), visit(3, None, 1), visit(95, None, 2), visit(96, None, 3)];
        assert_eq!(repeated(visits, 90), [2]);
    }
}
