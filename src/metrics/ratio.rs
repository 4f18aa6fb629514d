//! What · A share made of other numbers of the procedure, under the name that the profile gives it.
//! Formula · counts ÷ counts; where the profile names no whole, the numerators of shares added up ÷ their denominators added up
//! Denominator · the counts of the whole, or the pooled denominators
//! Unit · ratio
//! Missing values · given only for periods and scopes for which the part and the whole both have numbers; a part of cases is 0 where none was received there and the register has any elsewhere; what the shares leave out is left out
//! Clause · that of the entry, e.g. instrument-service: 服务及时率
//! Example · on time 8 of 10 on site and 9 of 10 in writing: 17 ÷ 20 = 0.85
//!
//! 口径 · 由规程的其他数合成的比率，名称由规程给出
//! 公式 · 件数 ÷ 件数；规程没有写整体的，为各比率的分子之和 ÷ 分母之和
//! 分母 · 整体的件数，或各比率分母之和
//! 单位 · 比率
//! 缺失值 · 部分和整体都有数的时期和范围才给；部分是案件数、该处没有案件而别处有登记的，部分为 0；各比率剔除的，同样剔除
//! 条款 · 该条的条款，如 instrument-service：服务及时率
//! 举例 · 上门 10 件按时 8 件，书面 10 件按时 9 件：17 ÷ 20 = 0.85

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::DataFrame;

use super::fact::{Fact, FactKey, Scope, Unit};
use super::metric::{Metric, count, every_row};
use super::runner::{ScopeCode, Setting, blank_fact, judge};
use super::taker::Taker;
use crate::moment::Period;
use crate::profile::schema::{Profile, Ratio};
use crate::records::columns as c;
use crate::records::store::NO_NAME;
use crate::step::Step;

fn metric(ratio: &Ratio) -> Metric {
    // The expression is never run: the share is made of facts.
    Metric::new(ratio.metric.clone(), Unit::Ratio, count(every_row()), include_str!("ratio.rs")).under(&ratio.clause)
}

/// What of other facts goes into a share.
#[derive(Default)]
struct Sums {
    part: Option<f64>,
    whole: Option<f64>,
    excluded: i64,
    notes: BTreeSet<String>,
    of: Vec<FactKey>,
}

/// Hands over the shares that a profile makes of its other metrics, which must have been handed over before.
pub(super) fn measure(profile: &Profile, setting: &Setting<'_>, taker: &mut dyn Taker) {
    for ratio in &profile.ratios {
        let mut sums: BTreeMap<(Period, Scope), Sums> = BTreeMap::new();
        let pooled = ratio.whole.is_empty();
        let add = |to: &mut Option<f64>, number: Option<f64>| {
            if let Some(number) = number {
                *to = Some(to.unwrap_or(0.0) + number);
            }
        };
        let mut each = |metric: &str, take: &dyn Fn(&mut Sums, &Fact)| {
            let facts = taker.taken(&profile.name, metric);
            for fact in facts.into_iter().filter(|fact| fact.key.dimension.is_none()) {
                let sums = sums.entry((fact.key.period, fact.key.scope.clone())).or_default();
                take(sums, &fact);
                sums.notes.extend(fact.note.split_whitespace().map(str::to_owned));
                sums.of.push(fact.key);
            }
        };
        for part in &ratio.part {
            each(part, &|sums, fact| {
                if pooled {
                    add(&mut sums.part, fact.numerator);
                    add(&mut sums.whole, fact.denominator);
                    sums.excluded += fact.excluded;
                } else {
                    add(&mut sums.part, fact.value);
                }
            });
        }
        for whole in &ratio.whole {
            each(whole, &|sums, fact| add(&mut sums.whole, fact.value));
        }
        let cases = Cases::of(ratio, setting);
        // What no case was received for has none of any kind.
        let none_of = |period, code| (!pooled && cases.iter().all(|cases| cases.has_none(period, code))).then_some(0.0);
        let metric = metric(ratio);
        for ((period, scope), sums) in sums {
            let code = code_of(&scope, setting);
            let (Some(part), Some(whole)) = (sums.part.or_else(|| none_of(period, code)), sums.whole) else { continue };
            let mut fact = blank_fact(&metric, profile, setting, period, scope);
            (fact.numerator, fact.denominator, fact.excluded) = (Some(part), Some(whole), sums.excluded);
            fact.value = (whole > 0.0).then(|| part / whole);
            let notes = sums.notes.iter().filter(|note| !fact.note.split_whitespace().any(|known| known == *note));
            let notes: Vec<&str> = fact.note.split_whitespace().chain(notes.map(String::as_str)).collect();
            fact.note = notes.join(" ").into();
            judge(&mut fact, profile, setting, &metric.id, code);
            taker.composed(&metric, fact, &|| sums.of.clone());
        }
    }
}

/// Where a register has cases.
struct Cases(BTreeSet<(Period, ScopeCode)>);

impl Cases {
    /// The registers that the parts of a share count: known by the first word of their metrics.
    fn of(ratio: &Ratio, setting: &Setting<'_>) -> Vec<Self> {
        let frames = ratio.part.iter().map(|part| match part.split('.').next() {
            Some("complaint") => Some(&setting.records.complaints),
            Some("repair") => Some(&setting.records.repairs),
            _ => None,
        });
        let known = frames.map(|frame| Self(frame.and_then(|frame| seen(frame, setting)).unwrap_or_default()));
        known.collect()
    }

    /// Whether none was received in a period, though the register has cases.
    fn has_none(&self, period: Period, scope: ScopeCode) -> bool {
        !self.0.is_empty() && !self.0.contains(&(period, scope))
    }
}

/// Periods and scopes of the cases that had been received by the as-of moment; none without a case.
fn seen(frame: &DataFrame, setting: &Setting<'_>) -> Option<BTreeSet<(Period, ScopeCode)>> {
    let months = frame.column(c::MONTH).ok()?.i32().ok()?;
    let received = frame.column(Step::Received.column()).ok()?.i64().ok()?;
    let code = |name: &str| Some(frame.column(name).ok()?.u32().ok()?.clone());
    let (communities, departments) = (code(c::COMMUNITY)?, code(c::DEPARTMENT)?);
    let rows = months.iter().zip(received.iter()).zip(communities.iter().zip(departments.iter()));
    let groups: BTreeSet<(i32, u32, u32)> = rows
        .filter(|((month, received), _)| {
            received.is_none_or(|at| at < setting.as_of) && month.is_some_and(|month| month <= setting.last_month())
        })
        .map(|((month, _), (community, department))| {
            (month.unwrap_or(0), community.unwrap_or(NO_NAME), department.unwrap_or(NO_NAME))
        })
        .collect();
    let scopes =
        |community, department| [ScopeCode::Group, ScopeCode::Community(community), ScopeCode::Department(department)];
    let all = groups.into_iter().flat_map(|(month, community, department)| {
        let periods = Period::of_month_number(month).with_containing();
        periods.into_iter().flat_map(move |period| scopes(community, department).map(|scope| (period, scope)))
    });
    Some(all.collect())
}

fn code_of(scope: &Scope, setting: &Setting<'_>) -> ScopeCode {
    let code = |place: Option<usize>| place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX);
    match scope {
        Scope::Group => ScopeCode::Group,
        Scope::Community(id) => {
            ScopeCode::Community(code(setting.directory.communities.iter().position(|known| known.id == *id)))
        }
        Scope::Department(id) => {
            ScopeCode::Department(code(setting.directory.departments.iter().position(|known| known.id == *id)))
        }
    }
}
