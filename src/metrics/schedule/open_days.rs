//! On which days a community or department had open cases.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use crate::metrics::runner::{ScopeCode, Setting};
use crate::moment::DAY;
use crate::records::columns as c;
use crate::records::store::{NO_NAME, State};
use crate::step::Step;

/// Number of days with open cases before each day, by who has them.
#[derive(Debug, Default)]
pub(super) struct OpenDays {
    first_day: i64,
    by: BTreeMap<ScopeCode, Vec<u32>>,
}

impl OpenDays {
    /// A case is open from its receipt to its resolution; one of which nobody tells whether it was resolved counts on the day of its
    /// receipt alone. With a time of the day by which something is due, a case that comes in later counts from the next day on.
    pub(super) fn of(frame: &DataFrame, by_time: Option<i64>, setting: &Setting<'_>) -> PolarsResult<Self> {
        if frame.height() == 0 {
            return Ok(Self::default());
        }
        let received = frame.column(Step::Received.column())?.i64()?;
        let resolved = frame.column(Step::Resolved.column())?.i64()?;
        let (states, communities) = (frame.column(c::STATE)?.u32()?, frame.column(c::COMMUNITY)?.u32()?);
        let departments = frame.column(c::DEPARTMENT)?.u32()?;
        let last_day = (setting.as_of - 1).div_euclid(DAY);
        let earliest = received.iter().flatten().min().map_or(last_day, |at| at.div_euclid(DAY));
        // Older cases than these are slips of the pen; they would only take memory.
        let first_day = earliest.clamp(last_day - 20_000, last_day);
        let days = usize::try_from(last_day - first_day + 2).unwrap_or(2);
        let mut changes: BTreeMap<ScopeCode, Vec<i32>> = BTreeMap::new();
        let rows = received.iter().zip(resolved.iter()).zip(states.iter());
        for (((received, resolved), state), (community, department)) in
            rows.zip(communities.iter().zip(departments.iter()))
        {
            let Some(received) = received.filter(|at| *at < setting.as_of) else { continue };
            let late = by_time.is_some_and(|time| received.rem_euclid(DAY) > time);
            let begin = received.div_euclid(DAY) + i64::from(late);
            let end = match resolved {
                Some(at) => at.div_euclid(DAY).min(last_day),
                None if state == Some(State::Open as u32) => last_day,
                None => received.div_euclid(DAY),
            };
            if end < begin || end < first_day {
                continue;
            }
            let place = |day: i64| usize::try_from(day - first_day).unwrap_or(0).min(days - 1);
            let (community, department) = (community.unwrap_or(NO_NAME), department.unwrap_or(NO_NAME));
            for scope in [ScopeCode::Group, ScopeCode::Community(community), ScopeCode::Department(department)] {
                let changes = changes.entry(scope).or_insert_with(|| vec![0; days]);
                changes[place(begin.max(first_day))] += 1;
                changes[place(end + 1)] -= 1;
            }
        }
        let by = changes.into_iter().map(|(scope, changes)| (scope, days_before(&changes))).collect();
        Ok(Self { first_day, by })
    }

    /// Whether there was an open case on one of these days.
    pub(super) fn any(&self, who: ScopeCode, first: i64, last: i64) -> bool {
        let Some(before) = self.by.get(&who) else { return false };
        let at = |day: i64| usize::try_from(day - self.first_day).unwrap_or(0).min(before.len() - 1);
        last >= self.first_day && before[at(last + 1)] > before[at(first)]
    }
}

/// Days with open cases before each day, from how many cases begin and end on each.
fn days_before(changes: &[i32]) -> Vec<u32> {
    let (mut open, mut days) = (0, 0);
    let mut before = Vec::with_capacity(changes.len() + 1);
    for change in changes {
        before.push(days);
        open += change;
        days += u32::from(open > 0);
    }
    before.push(days);
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_an_open_case_ask_for_nothing() {
        // Open on days 10–11 and on day 14.
        let open = OpenDays {
            first_day: 10,
            by: [(ScopeCode::Group, days_before(&[1, 0, -1, 0, 1, -1]))].into_iter().collect(),
        };
        let any = |first, last| open.any(ScopeCode::Group, first, last);
        assert_eq!(
            [any(8, 9), any(8, 10), any(11, 11), any(12, 13), any(12, 14), any(15, 40)],
            [false, true, true, false, true, false]
        );
        assert!(!open.any(ScopeCode::Community(0), 10, 11));
    }
}
