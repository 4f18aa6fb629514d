//! What · Overall satisfaction.
//! Formula · arithmetic mean of the item rates
//! Denominator · items with an answer, without those that the profile sets apart
//! Unit · ratio
//! Missing values · an item without answers is left out of the mean
//! Clause · survey-procedure 4.6.3, 4.6.4
//! Example · item rates 0.98, 0.96 and 0.94: 0.96
//!
//! 口径 · 总体满意率
//! 公式 · 各单项满意率的算术平均
//! 分母 · 有回答的项目，不含规程另列的项目
//! 单位 · 比率
//! 缺失值 · 没有回答的项目不参加平均
//! 条款 · survey-procedure 4.6.3、4.6.4
//! 举例 · 单项 0.98、0.96、0.94：0.96

use std::collections::BTreeMap;

use super::item_satisfied;
use crate::metrics::fact::{Dimension, Fact, FactKey, Scope, Unit};
use crate::metrics::metric::{Interval, Metric, count, every_row};
use crate::metrics::runner::{ScopeCode, Setting, blank_fact, judge};
use crate::metrics::taker::Taker;
use crate::moment::Period;
use crate::profile::schema::Profile;

fn metric() -> Metric {
    // The expression is never run: the rate is made of the facts of the items.
    Metric::new(
        "survey.overall_satisfied".to_owned(),
        Unit::Ratio,
        count(every_row()),
        include_str!("overall_satisfied.rs"),
    )
    .with_interval(Interval::OfParts)
}

/// Means of the item rates among the facts, by period and scope.
pub(super) fn measure(profile: &Profile, setting: &Setting<'_>, taker: &mut dyn Taker) {
    let items = taker.taken(&profile.name, item_satisfied::ID);
    let mut rates: BTreeMap<(Period, Scope), Vec<Rate<'_>>> = BTreeMap::new();
    for fact in items.iter().filter(|fact| matches!(fact.key.dimension, Some((Dimension::Item, _)))) {
        let Fact { key, value: Some(value), interval, .. } = fact else { continue };
        if is_apart(key, profile) {
            continue;
        }
        rates.entry((key.period, key.scope.clone())).or_default().push((*value, *interval, key));
    }
    let metric = metric().in_profile(profile);
    for ((period, scope), rates) in rates {
        let sum: f64 = rates.iter().map(|(rate, ..)| rate).sum();
        #[allow(clippy::cast_precision_loss, reason = "a survey has few items")]
        let n = rates.len() as f64;
        let code = match &scope {
            Scope::Community(id) => setting
                .directory
                .communities
                .iter()
                .position(|community| community.id == *id)
                .and_then(|place| u32::try_from(place).ok())
                .map_or(ScopeCode::Group, ScopeCode::Community),
            _ => ScopeCode::Group,
        };
        let mut fact = blank_fact(&metric, profile, setting, period, scope);
        (fact.numerator, fact.denominator, fact.value) = (Some(sum), Some(n), Some(sum / n));
        fact.interval = interval(&rates, n);
        judge(&mut fact, profile, setting, &metric.id, code);
        taker.composed(&metric, fact, &|| rates.iter().map(|(.., key)| (*key).clone()).collect());
    }
}

/// An item's rate, its interval, and what it is of.
type Rate<'a> = (f64, Option<(f64, f64)>, &'a FactKey);

/// The mean of the items' intervals. The same households answer all items, and nobody knows how alike their answers are: the error of
/// a mean is never larger than the mean of the errors (Cauchy–Schwarz), so that this interval is if anything too wide.
fn interval(rates: &[Rate<'_>], n: f64) -> Option<(f64, f64)> {
    let sum = rates
        .iter()
        .try_fold((0.0, 0.0), |(low, high), (_, interval, _)| interval.map(|(from, to)| (low + from, high + to)))?;
    Some((sum.0 / n, sum.1 / n))
}

/// Whether an item is asked of others than the customers.
fn is_apart(key: &FactKey, profile: &Profile) -> bool {
    let apart = profile.survey.iter().flat_map(|rules| &rules.apart);
    let item = key.dimension.as_ref().map_or("", |(_, item)| &**item);
    apart.into_iter().any(|word| item.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::metrics::fact::{FactKey, Scope};
    use crate::moment::Period;

    #[test]
    fn the_interval_of_the_mean_is_as_wide_as_the_items_are_on_average() {
        let key = FactKey {
            profile: "p".into(),
            metric: super::item_satisfied::ID.into(),
            period: Period::Half(2025, 1),
            scope: Scope::Group,
            dimension: None,
            dimension2: None,
        };
        let of = |interval| (0.9, interval, &key);
        assert_eq!(super::interval(&[of(Some((0.75, 1.0))), of(Some((0.25, 0.5)))], 2.0), Some((0.5, 0.75)));
        assert_eq!(super::interval(&[of(Some((0.8, 0.95))), of(None)], 2.0), None);
    }

    #[test]
    fn the_metric_is_documented_under_the_seven_headings() {
        crate::metrics::metric::assert_documented(&[super::metric()]);
    }
}
