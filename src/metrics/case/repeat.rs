//! Repeated complaints: same household and category again within some days after the first was resolved.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use polars::prelude::{Column, DataFrame, PolarsResult};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::cases::{Cases, codes, said};
use super::rules::STRETCH;
use crate::moment::end_of_days_after;
use crate::profile::schema::Profile;
use crate::records::columns as c;
use crate::records::followed::households;
use crate::records::frames::{NameList, column};
use crate::step::Step;

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
    let within = i64::from(within_days);
    let mut rows = Vec::new();
    for household in visits.chunk_by(|a, b| a.household == b.household) {
        // The latest resolution that had happened decides; a place such as the lobby may have thousands of cases.
        let mut resolutions = BTreeSet::new();
        for visit in household {
            let latest = resolutions.range(..=visit.received).next_back();
            if latest.is_some_and(|resolved| visit.received < end_of_days_after(*resolved, within)) {
                rows.push(visit.row);
            }
            resolutions.extend(visit.resolved);
        }
    }
    rows
}

/// Which cases repeat an earlier one, by mark or by the profile's rule; with a rule, the columns of the share too.
pub(super) fn repeat_columns(
    frame: &DataFrame,
    cases: &Cases,
    profile: &Profile,
    buildings: &NameList,
) -> PolarsResult<(Vec<bool>, Vec<Column>)> {
    let marked = said(frame, c::REPEAT)?;
    let mut is_repeat: Vec<bool> = marked.iter().map(|mark| *mark == Some(true)).collect();
    let mut known: Vec<bool> = marked.iter().map(Option::is_some).collect();
    let Some(rule) = &profile.repeat else { return Ok((is_repeat.clone(), share_columns(is_repeat, known))) };
    let (community, category) = (codes(frame, c::COMMUNITY)?, codes(frame, c::CATEGORY)?);
    let households = households(frame, &community, buildings)?;
    let visits: Vec<Visit> = (0..cases.rows)
        .into_par_iter()
        .with_min_len(STRETCH)
        .filter_map(|row| {
            let received = cases.moment(Step::Received, row).filter(|_| households[row] != 0)?;
            // A hash only brings the visits of a household together; fixed keys make it the same in every run.
            let mut hasher = std::hash::DefaultHasher::new();
            (households[row], category[row]).hash(&mut hasher);
            Some(Visit {
                household: hasher.finish(),
                received: received.seconds,
                resolved: cases.moment(Step::Resolved, row).map(|moment| moment.seconds),
                row: u32::try_from(row).unwrap_or(u32::MAX),
            })
        })
        .collect();
    for visit in &visits {
        known[visit.row as usize] = true;
    }
    for row in repeated(visits, rule.within_days) {
        is_repeat[row as usize] = true;
    }
    Ok((is_repeat.clone(), share_columns(is_repeat, known)))
}

fn share_columns(is_repeat: Vec<bool>, known: Vec<bool>) -> Vec<Column> {
    let unknown: Vec<bool> = known.iter().map(|known| !known).collect();
    vec![column("is_repeat", is_repeat), column("is_repeat_known", known), column("is_repeat_unknown", unknown)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::case::bench::at;
    use crate::moment::DAY;

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

    #[test]
    fn a_case_of_the_last_day_repeats_until_its_last_second_whatever_the_time_of_the_resolution() {
        let again = |received: &str| {
            let visit = |received: &str, resolved: Option<&str>, row| Visit {
                household: 1,
                received: at(received).seconds,
                resolved: resolved.map(|text| at(text).seconds),
                row,
            };
            let first = visit("2025-01-01 10:00", Some("2025-01-02 10:00"), 0);
            repeated(vec![first, visit(received, None, 1)], 90)
        };
        // 2 April is the 90th day after 2 January: 29 of January, 28, 31, 2.
        assert_eq!(again("2025-04-02 15:00"), [1]);
        assert_eq!(again("2025-04-02 23:59:59"), [1]);
        assert!(again("2025-04-03 00:00").is_empty());
    }
}
