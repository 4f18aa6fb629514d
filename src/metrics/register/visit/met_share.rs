//! What · Share of customers that were visited as often as the procedure asks.
//! Formula · customers with at least so many visits in the period ÷ customers to be visited; in a longer period each of its parts counts
//! Denominator · customers of the grades that the quota names, far or near as it says, from the first period with visits on; who was invited and not met was not visited
//! Unit · ratio
//! Missing values · excluded: not due: customers whose period is not over and who still can be visited, not known: those of whom nobody tells whether they are remote, and all where nobody keeps a register of visits
//! Clause · that of the quota, e.g. customer-grading
//! Example · 10 customers of grade A, 8 of them visited in 2025: 0.8
//!
//! 口径 · 走访次数达到规程要求的客户的比例
//! 公式 · 时期内走访达到次数的客户 ÷ 应走访的客户；较长时期由其各段合计
//! 分母 · 该要求所指等级、所指远近的客户，从有走访记录的第一个时期起；约了没有见到的不算走访
//! 单位 · 比率
//! 缺失值 · 剔除：时期未完、仍可走访的，不知是否偏远的，没有走访记录的
//! 条款 · 该要求的条款，如 customer-grading
//! 举例 · A 级 10 户，2025 年走访了 8 户：0.8

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::made::visited;
use crate::metrics::behind::{CellValue, Decisive};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::register::customer::{grade_of, graded_by, year_of};
use crate::metrics::runner::{Setting, said};
use crate::metrics::taker::Taker;
use crate::metrics::tally::{self, Counted, How, Role};
use crate::moment::{Period, date_of, month_number};
use crate::normalise::label::fold;
use crate::profile::schema::{Every, Profile, VisitQuota};
use crate::records::registers::{Entry, Registers, Visit};

fn metric(quota: &VisitQuota) -> Metric {
    // The expression is never run: visits are few and not in a frame.
    let id = format!("visit.{}.met_share", quota.id);
    Metric::new(id, Unit::Ratio, count(every_row()), include_str!("met_share.rs")).under(&quota.clause)
}

/// Measures each quota.
pub(super) fn measure(
    registers: &Registers,
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    for quota in &profile.visits {
        let rows = of_quota(quota, registers, profile, setting);
        tally::measure(metric(quota), How::Share, rows, profile, setting, taker)?;
    }
    Ok(())
}

fn of_quota(quota: &VisitQuota, registers: &Registers, profile: &Profile, setting: &Setting<'_>) -> Vec<Counted> {
    let months =
        registers.visits.iter().filter_map(|visit| visit.of.visited_on.map(|at| month_number(date_of(at.seconds))));
    let last = setting.last_month();
    let first = months.filter(|month| *month <= last).min();
    let periods = periods(quota.every, first.unwrap_or(last), last);
    let visits = visits_by_customer(quota, &registers.visits, setting);
    let mut rows = Vec::new();
    for customer in &registers.customers {
        let grade = grade_of(&customer.of, profile);
        let asked = quota.grade.is_empty()
            || quota
                .grade
                .iter()
                .any(|asked| grade == Some(asked) || grade.is_none() && fold(asked) == fold(&customer.of.grade));
        let is_elsewhere = quota.remote.zip(customer.of.remote).is_some_and(|(asked, is)| asked != is);
        if !asked || is_elsewhere {
            continue;
        }
        for period in &periods {
            // A list of one year says who is to be visited in that year.
            let listed = year_of(&customer.of, setting.as_of).filter(|_| customer.of.period.is_some());
            if customer.of.period.is_some()
                && listed.is_none_or(|year| period.start() < year.start() || period.end() > year.end())
            {
                continue;
            }
            // Who became a customer in the middle of a period owes nobody a visit in it.
            if customer.of.since.is_some_and(|since| since.seconds > period.start()) {
                continue;
            }
            let own = keys(&customer.of.number, &customer.of.person).find_map(|key| visits.get(&key));
            let of_period = period.first_month()..=period.last_month();
            let made: Vec<&Entry<Visit>> = own
                .into_iter()
                .flat_map(|months| months.range(of_period.clone()))
                .flat_map(|(_, of)| of)
                .copied()
                .collect();
            let role = if first.is_none() {
                Role::Excluded("no_end")
            } else if quota.remote.is_some() && customer.of.remote.is_none() {
                Role::Excluded("unknown")
            } else if made.len() >= usize::from(quota.at_least) {
                Role::Part
            } else if period.end() > setting.as_of {
                Role::Excluded("not_due")
            } else {
                Role::Rest
            };
            let remote = quota.remote.map(|_| ("remote", CellValue::None));
            let source = Decisive::of(customer.at(), graded_by(&customer.of).into_iter().chain(remote))
                .with(made.into_iter().flat_map(|visit| visited(visit).cells));
            rows.push(Counted::of(*period, (customer.community, customer.department), role, Some(source)));
        }
    }
    rows
}

/// Visits that the quota counts, by customer and month.
fn visits_by_customer<'v>(
    quota: &VisitQuota,
    visits: &'v [Entry<Visit>],
    setting: &Setting<'_>,
) -> BTreeMap<String, BTreeMap<i32, Vec<&'v Entry<Visit>>>> {
    let mut counted: BTreeMap<String, BTreeMap<i32, Vec<&Entry<Visit>>>> = BTreeMap::new();
    for entry in visits {
        let visit = &entry.of;
        let Some(at) = visit.visited_on.filter(|at| at.seconds < setting.as_of) else { continue };
        let is_other = !quota.not_method.is_empty() && said(&quota.not_method, &visit.method);
        if !visit.was_met() || is_other || !said(&quota.method, &visit.method) || !said(&quota.by, &visit.handler) {
            continue;
        }
        for key in keys(&visit.number, &visit.person) {
            counted.entry(key).or_default().entry(month_number(date_of(at.seconds))).or_default().push(entry);
        }
    }
    counted
}

/// By what a customer is known: the number, else the name.
fn keys(number: &str, person: &str) -> impl Iterator<Item = String> {
    let number = (!number.is_empty()).then(|| format!("#{}", fold(number)));
    let person = (!person.is_empty()).then(|| fold(person));
    number.into_iter().chain(person)
}

/// The periods from one month to another.
fn periods(every: Every, first: i32, last: i32) -> Vec<Period> {
    let months = match every {
        Every::Quarter => 3,
        Every::Half => 6,
        Every::Year => 12,
        _ => 1,
    };
    let begin = first.div_euclid(months) * months;
    (begin..=last)
        .step_by(usize::try_from(months).unwrap_or(1))
        .filter_map(|month| {
            Period::of_month_number(month).with_containing().into_iter().find(|period| period.months() == months)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_run_over_whole_periods() {
        let of = |every, first: Period, last: Period| {
            periods(every, first.first_month(), last.first_month()).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let (may, october) = (Period::Month(2025, 5), Period::Month(2025, 10));
        assert_eq!(of(Every::Half, may, october), ["2025-H1", "2025-H2"]);
        assert_eq!(of(Every::Quarter, may, october), ["2025-Q2", "2025-Q3", "2025-Q4"]);
        assert_eq!(of(Every::Year, may, october), ["2025"]);
    }
}
