//! What · A share made of other numbers of the procedure, under the name that the profile gives it.
//! Formula · counts ÷ counts; where the profile names no whole, the numerators of shares added up ÷ their denominators added up
//! Denominator · the counts of the whole, or the pooled denominators
//! Unit · ratio
//! Missing values · given only for periods and scopes for which the part and the whole both have numbers; what the shares leave out is left out
//! Clause · that of the entry, e.g. instrument-service: 服务及时率
//! Example · on time 8 of 10 on site and 9 of 10 in writing: 17 ÷ 20 = 0.85
//!
//! 口径 · 由规程的其他数合成的比率，名称由规程给出
//! 公式 · 件数 ÷ 件数；规程没有写整体的，为各比率的分子之和 ÷ 分母之和
//! 分母 · 整体的件数，或各比率分母之和
//! 单位 · 比率
//! 缺失值 · 部分和整体都有数的时期和范围才给；各比率剔除的，同样剔除
//! 条款 · 该条的条款，如 instrument-service：服务及时率
//! 举例 · 上门 10 件按时 8 件，书面 10 件按时 9 件：17 ÷ 20 = 0.85

use std::collections::BTreeMap;

use super::fact::{Fact, FactKey, Scope, Unit};
use super::metric::{Metric, count, every_row};
use super::runner::{ScopeCode, Setting, blank_fact, judge};
use super::taker::Taker;
use crate::moment::Period;
use crate::profile::schema::{Profile, Ratio};

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
        let metric = metric(ratio);
        for ((period, scope), sums) in sums {
            let (Some(part), Some(whole)) = (sums.part, sums.whole) else { continue };
            let code = code_of(&scope, setting);
            let mut fact = blank_fact(&metric, profile, setting, period, scope);
            (fact.numerator, fact.denominator, fact.excluded) = (Some(part), Some(whole), sums.excluded);
            fact.value = (whole > 0.0).then(|| part / whole);
            judge(&mut fact, profile, setting, &metric.id, code);
            taker.composed(&metric, fact, &|| sums.of.clone());
        }
    }
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
