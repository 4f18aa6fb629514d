//! Since when there are records: nothing is owed before.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use crate::metrics::runner::{ScopeCode, Setting};
use crate::moment::{Moment, date_of, month_number};
use crate::records::assemble::{Records, period_of_code};
use crate::records::columns as c;
use crate::records::store::NO_NAME;

/// The first month with records, of the company, each community and each department.
#[derive(Debug, Default)]
pub(super) struct Since(BTreeMap<ScopeCode, i32>);

/// Records by month.
type Months = BTreeMap<i32, u64>;

/// Months of nothing beyond which a few early records are taken for slips of the pen, as late ones are for the as-of date.
const GAP: i32 = 3;

/// Months of nothing behind a single record beyond which it is taken for a slip of the pen in scopes of too few records for a share.
const LONE_GAP: i32 = 6;

/// Records of which a scope has at least so many for one of them to be taken for a slip.
const FEW: u64 = 10;

impl Since {
    /// Looks at cases, callbacks, surveys, visits and duties done up to the as-of moment.
    pub(super) fn of(records: &Records, setting: &Setting<'_>) -> PolarsResult<Self> {
        let mut months: BTreeMap<ScopeCode, Months> = BTreeMap::new();
        let mut add = |month: i32, community: u32, department: u32, count: u64| {
            if month > setting.last_month() {
                return;
            }
            let own = [(community, ScopeCode::Community(community)), (department, ScopeCode::Department(department))];
            let named = own.into_iter().filter(|(code, _)| *code != NO_NAME).map(|(_, scope)| scope);
            for scope in named.chain([ScopeCode::Group]) {
                *months.entry(scope).or_default().entry(month).or_default() += count;
            }
        };
        let frames = [&records.complaints, &records.repairs, &records.callbacks];
        let counts: PolarsResult<Vec<_>> = frames.into_par_iter().map(counted).collect();
        for counts in counts? {
            for ((month, community, department), count) in counts {
                add(month, community, department, count);
            }
        }
        if records.forms.height() > 0 {
            let periods = records.forms.column(c::PERIOD)?.i32()?;
            let communities = records.forms.column(c::COMMUNITY)?.u32()?;
            for (period, community) in periods.iter().zip(communities.iter()) {
                let last = period_of_code(period.unwrap_or(0)).last_month().min(setting.last_month());
                add(last, community.unwrap_or(NO_NAME), NO_NAME, 1);
            }
        }
        for round in &records.rounds {
            let first = round.dates.iter().map(|(_, moment)| *moment).min();
            let last = round.period.last_month().min(setting.last_month());
            add(first.map_or(last, month_of), round.community, NO_NAME, 1);
        }
        for visit in &records.registers.visits {
            if let Some(at) = visit.of.visited_on {
                add(month_of(at), visit.community, NO_NAME, 1);
            }
        }
        for done in &records.registers.duties_done {
            if let Some(at) = done.of.done_on {
                add(month_of(at), done.community, done.department, 1);
            }
        }
        // Nobody has records before the company has: what lies before its beginning is a slip for it and so for all.
        let begin = months.get(&ScopeCode::Group).and_then(first).unwrap_or(i32::MIN);
        let of = |(scope, mut months): (ScopeCode, Months)| Some((scope, first(&months.split_off(&begin))?));
        Ok(Self(months.into_iter().filter_map(of).collect()))
    }

    /// The first month with records of a scope.
    pub(super) fn month(&self, scope: ScopeCode) -> Option<i32> {
        self.0.get(&scope).copied()
    }

    /// The communities that have records.
    pub(super) fn communities(&self) -> impl Iterator<Item = ScopeCode> {
        self.0.keys().copied().filter(|scope| matches!(scope, ScopeCode::Community(_)))
    }

    /// The departments that have records.
    pub(super) fn departments(&self) -> impl Iterator<Item = ScopeCode> {
        self.0.keys().copied().filter(|scope| matches!(scope, ScopeCode::Department(_)))
    }
}

fn month_of(moment: Moment) -> i32 {
    month_number(date_of(moment.seconds))
}

/// Rows by month, community and department.
fn counted(frame: &DataFrame) -> PolarsResult<BTreeMap<(i32, u32, u32), u64>> {
    let mut rows = BTreeMap::new();
    if frame.height() == 0 {
        return Ok(rows);
    }
    let months = frame.column(c::MONTH)?.i32()?;
    let (communities, departments) = (frame.column(c::COMMUNITY)?.u32()?, frame.column(c::DEPARTMENT)?.u32()?);
    let mut last: Option<((i32, u32, u32), u64)> = None;
    for ((month, community), department) in months.iter().zip(communities.iter()).zip(departments.iter()) {
        let key = (month.unwrap_or(0), community.unwrap_or(NO_NAME), department.unwrap_or(NO_NAME));
        // Rows of a register come together: most are of the month and place of the row before.
        match &mut last {
            Some((same, count)) if *same == key => *count += 1,
            _ => {
                if let Some((before, count)) = last.replace((key, 1)) {
                    *rows.entry(before).or_default() += count;
                }
            }
        }
    }
    if let Some((before, count)) = last {
        *rows.entry(before).or_default() += count;
    }
    Ok(rows)
}

/// The first month; where under a hundredth of the records lies before a gap, or a single one of several before a long gap, the
/// month behind the last such gap.
fn first(months: &Months) -> Option<i32> {
    let all: u64 = months.values().sum();
    let (mut before, mut first) = (0, months.keys().next().copied());
    for ((month, count), next) in months.iter().zip(months.keys().skip(1)) {
        before += count;
        let is_lone = before == 1 && all >= FEW;
        if before * 100 >= all && !is_lone {
            break;
        }
        if next - month > if before * 100 < all { GAP } else { LONE_GAP } {
            first = Some(*next);
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_records_far_before_all_others_set_no_beginning() {
        let of = |list: &[(i32, u64)]| first(&list.iter().copied().collect());
        assert_eq!(of(&[(100, 1), (101, 50)]), Some(100));
        assert_eq!(of(&[(100, 1), (120, 150)]), Some(120));
        assert_eq!(of(&[(90, 1), (91, 1), (120, 300)]), Some(120));
        assert_eq!(of(&[(100, 2), (120, 150)]), Some(100));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn one_record_of_a_small_community_ten_years_early_sets_no_beginning() {
        let of = |list: &[(i32, u64)]| first(&list.iter().copied().collect());
        assert_eq!(of(&[(0, 1), (120, 20), (121, 19)]), Some(120));
        assert_eq!(of(&[(0, 1), (6, 39)]), Some(0), "half a year without a case is no slip");
        assert_eq!(of(&[(0, 1), (120, 8)]), Some(0), "of so few nobody can tell");
        assert_eq!(of(&[(0, 2), (120, 38)]), Some(0), "two are no slip");
    }
}
