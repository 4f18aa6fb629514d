//! Survey forms and the cases of the households that filled them in.
//!
//! A form bears no number of a case. It is of its household's last case: received before the form was filled in, resolved by then,
//! and not before the half year or year that the survey asks about began. A form without a date was filled in by the end of its
//! round's collection, where the round tells one.

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::told::{codes, households, moments};
use super::{CaseRow, Followed};
use crate::moment::Moment;
use crate::records::assemble::{Records, RoundRecord, period_of_code};
use crate::records::columns as c;
use crate::step::{RoundStep, Step};

/// Which survey forms belong to which cases.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// Case, moment and row of the forms that belong to one, sorted.
    of_cases: Vec<(CaseRow, i64, u32)>,
    /// When each form was filled in.
    surveyed: Vec<Option<Moment>>,
}

impl Forms {
    /// Joins forms to the cases whose households are known.
    pub(super) fn of(records: &Records, followed: &Followed) -> PolarsResult<Self> {
        let (forms, rounds, buildings) = (&records.forms, &records.rounds, &records.names.building);
        if forms.height() == 0 || forms.column(c::PLACE).is_err() {
            return Ok(Self::default());
        }
        let community = codes(forms, c::COMMUNITY)?;
        let households = households(forms, &community, buildings)?;
        let periods: Vec<i32> = forms.column(c::PERIOD)?.i32()?.iter().map(|code| code.unwrap_or(0)).collect();
        let until = |round: &RoundRecord| {
            let end = round.dates.iter().find(|(step, _)| *step == RoundStep::CollectedUntil)?;
            Some(((round.community, round.period), end.1))
        };
        let collected: BTreeMap<_, Moment> = rounds.iter().filter_map(until).collect();
        let mut surveyed = moments(forms, Step::Surveyed)?;
        let mut of_cases = Vec::new();
        for (row, household) in households.into_iter().enumerate() {
            let period = period_of_code(periods[row]);
            surveyed[row] = surveyed[row].or_else(|| collected.get(&(community[row], period)).copied());
            let Some(moment) = surveyed[row] else { continue };
            let case = followed.by_household(household, moment);
            let asked = |case: &CaseRow| followed.resolved(*case).is_some_and(|at| at.seconds >= period.start());
            if let Some(case) = case.filter(asked) {
                of_cases.push((case, moment.seconds, u32::try_from(row).unwrap_or(u32::MAX)));
            }
        }
        of_cases.sort_unstable();
        Ok(Self { of_cases, surveyed })
    }
}

impl Followed {
    /// Whether a survey form belongs to any case.
    #[must_use]
    pub fn has_forms(&self) -> bool {
        !self.forms.of_cases.is_empty()
    }

    /// Rows of the survey forms that belong to a case, by time, each with the moment at which it was filled in.
    pub fn forms_of(&self, case: CaseRow) -> impl Iterator<Item = (u32, Moment)> {
        let first = self.forms.of_cases.partition_point(|(known, _, _)| *known < case);
        let of_case = self.forms.of_cases[first..].iter().take_while(move |(known, _, _)| *known == case);
        of_case.filter_map(|(_, _, row)| Some((*row, self.forms.surveyed[*row as usize]?)))
    }
}
