//! What · Forms issued and returned: survey.issued, survey.returned, `survey.issue_rate`, `survey.return_rate`.
//! Formula · issue rate = issued ÷ occupied households; return rate = returned ÷ issued
//! Denominator · occupied households of the round, forms issued
//! Unit · count, ratio
//! Missing values · a round that does not say a number is left out of what needs it; without any rounds the forms themselves count as returned
//! Clause · survey-procedure 4.3.2, 4.3.3, 4.3.4
//! Example · occupied 500, issued 450, returned 300: 0.9 and 0.666667

use std::collections::BTreeMap;

use crate::metrics::fact::{Fact, Unit};
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::{ScopeCode, Setting, blank_fact, judge};
use crate::moment::Period;
use crate::profile::schema::Profile;
use crate::records::assemble::RoundRecord;

fn metric(id: &str, unit: Unit) -> Metric {
    // The expression is never run: rounds are few and not in a frame.
    Metric::new(id.to_owned(), unit, count(every_row()), include_str!("rounds.rs"))
}

/// Sums over rounds; pairs are summed only where both numbers are told.
#[derive(Default)]
struct Sums {
    issued: Option<u32>,
    returned: Option<u32>,
    issue: (u32, u32),
    back: (u32, u32),
}

/// The facts of the rounds; `forms` counts the forms of each community's own period, for rounds nobody wrote down.
pub(super) fn facts(
    rounds: &[RoundRecord],
    forms: &BTreeMap<(Period, ScopeCode), i64>,
    profile: &Profile,
    setting: &Setting<'_>,
) -> Vec<Fact> {
    let mut sums: BTreeMap<(Period, ScopeCode), Sums> = BTreeMap::new();
    for round in rounds.iter().filter(|round| round.period.start() < setting.as_of) {
        let occupied = round.occupied.or_else(|| setting.directory.communities.get(round.community as usize)?.occupied);
        for period in round.period.with_containing() {
            for scope in [ScopeCode::Group, ScopeCode::Community(round.community)] {
                let sums = sums.entry((period, scope)).or_default();
                let plus = |sum: &mut Option<u32>, number: Option<u32>| {
                    if let Some(number) = number {
                        *sum = Some(sum.unwrap_or(0) + number);
                    }
                };
                plus(&mut sums.issued, round.issued);
                plus(&mut sums.returned, round.returned);
                if let (Some(issued), Some(occupied)) = (round.issued, occupied) {
                    sums.issue = (sums.issue.0 + issued, sums.issue.1 + occupied);
                }
                if let (Some(returned), Some(issued)) = (round.returned, round.issued) {
                    sums.back = (sums.back.0 + returned, sums.back.1 + issued);
                }
            }
        }
    }
    // Where no round says how many forms of a community came back, the forms themselves are counted, each place on its own.
    for ((period, scope), count) in forms {
        let told = rounds.iter().any(|round| {
            round.period == *period && ScopeCode::Community(round.community) == *scope && round.returned.is_some()
        });
        if told {
            continue;
        }
        for period in period.with_containing() {
            for scope in [ScopeCode::Group, *scope] {
                let sums = sums.entry((period, scope)).or_default();
                sums.returned = Some(sums.returned.unwrap_or(0) + u32::try_from(*count).unwrap_or(0));
            }
        }
    }
    let mut facts = Vec::new();
    for ((period, scope), sums) in sums {
        let mut add = |id: &str, unit: Unit, ratio: Option<(u32, u32)>, value: Option<f64>| {
            let mut fact =
                blank_fact(&metric(id, unit).in_profile(profile), profile, setting, period, setting.scope(scope));
            fact.numerator = ratio.map(|(part, _)| f64::from(part));
            fact.denominator = ratio.map(|(_, whole)| f64::from(whole));
            fact.value = value;
            judge(&mut fact, profile, setting, id, scope);
            facts.push(fact);
        };
        if let Some(issued) = sums.issued {
            add("survey.issued", Unit::Count, None, Some(f64::from(issued)));
        }
        if let Some(returned) = sums.returned {
            add("survey.returned", Unit::Count, None, Some(f64::from(returned)));
        }
        for (id, (part, whole)) in [("survey.issue_rate", sums.issue), ("survey.return_rate", sums.back)] {
            if whole > 0 {
                add(id, Unit::Ratio, Some((part, whole)), Some(f64::from(part) / f64::from(whole)));
            }
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_metrics_are_documented_under_the_seven_headings() {
        crate::metrics::metric::assert_documented(&[super::metric("survey.issued", super::Unit::Count)]);
    }
}
