//! Numbers of two periods beside each other, and whether they differ by more than chance (see [`crate::stats::change`]).
//!
//! Only what falls to a company is tested: cases received, and shares. What it decides (forms issued) or what lies about (a stock of
//! open cases) is no draw from anything.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::fact::{Dimension, Fact, FactTable, Scope, Unit};
use crate::moment::Period;
use crate::profile::schema::Subject;
use crate::stats::binomial;
use crate::stats::change::{self, Estimate};
use crate::stats::chi_square;
use crate::stats::interval::proportion;

/// Endings of the metrics that count what falls to a company.
const EVENTS: [&str; 3] = [".received", ".valid", ".major"];

/// Shares that a company decides.
const DECIDED: [&str; 2] = ["survey.issue_rate", "survey.coverage_year"];

/// Endings of the metrics of cases that tell what had become of them at the as-of moment: the cases of an earlier period had longer
/// for it, whatever the company did.
const STANDINGS: [&str; 6] = [".resolved", ".resolved_share", ".open", ".overdue", ".reopened", ".reopened_share"];

/// Share of the cases without a name from which on named ones are not compared: those may have been written as others before.
const MOST_UNNAMED: f64 = 0.2;

/// How a change stands to chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chance {
    /// No more than chance would give.
    Within,
    /// More than chance would give, at a level of 5 %.
    Beyond,
}

impl Chance {
    fn of(is_beyond: bool) -> Self {
        if is_beyond { Self::Beyond } else { Self::Within }
    }
}

/// How the change between two facts of one metric stands to chance; none where that is no question.
#[must_use]
pub fn chance(now: &Fact, then: &Fact) -> Option<Chance> {
    match now.unit {
        Unit::Count => {
            let is_event = EVENTS.iter().any(|ending| now.key.metric.ends_with(ending));
            let (a, b) = (whole(now.value?)?, whole(then.value?)?);
            is_event.then(|| Chance::of(change::counts(a, b, spans(now.key.period, then.key.period)) < change::LEVEL))
        }
        // How many forms go out is decided.
        Unit::Ratio if DECIDED.contains(&&*now.key.metric) => None,
        Unit::Ratio => {
            let (low, high) = change::difference(estimate(now)?, estimate(then)?);
            Some(Chance::of(low > 0.0 || high < 0.0))
        }
        _ => None,
    }
}

/// Whether a metric tells what had become of cases at the as-of moment, so that two periods cannot be compared by it.
#[must_use]
pub fn is_standing(metric: &str) -> bool {
    metric.split('.').count() == 2
        && Subject::of_metric(metric).is_case()
        && STANDINGS.iter().any(|ending| metric.ends_with(ending))
}

/// A share with the interval that the fact has, else that of a part of a whole.
fn estimate(fact: &Fact) -> Option<Estimate> {
    let value = fact.value?;
    let (low, high) = match (fact.interval, fact.numerator, fact.denominator) {
        (Some(interval), ..) => interval,
        (None, Some(part), Some(all)) if part <= all && part.fract() == 0.0 => proportion(part, all, None)?,
        _ => return None,
    };
    Some(Estimate { value, low, high })
}

/// Lengths of two periods.
fn spans(now: Period, then: Period) -> (f64, f64) {
    #[allow(clippy::cast_precision_loss, reason = "seconds of a few years")]
    let span = |period: Period| (period.end() - period.start()) as f64;
    (span(now), span(then))
}

fn whole(number: f64) -> Option<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count within u32")]
    (number.fract() == 0.0 && (0.0..f64::from(u32::MAX / 4)).contains(&number)).then_some(number as u32)
}

/// Whether two facts of one metric and period differ by more than chance, where they are the two ends of several.
#[must_use]
pub fn differ(one: &Fact, other: &Fact, several: usize) -> Option<Chance> {
    let pairs = several.saturating_mul(several.saturating_sub(1)) / 2;
    let pairs = f64::from(u32::try_from(pairs.max(1)).unwrap_or(u32::MAX));
    Some(Chance::of(change::shares(estimate(one)?, estimate(other)?) * pairs < change::LEVEL))
}

/// A share by one value of a breakdown in two periods.
#[derive(Debug, Clone, PartialEq)]
pub struct MovedShare<'a> {
    /// The value, such as an item of a survey.
    pub value: &'a str,
    /// The later fact.
    pub now: &'a Fact,
    /// The later share less the earlier one.
    pub difference: f64,
    /// How the change stands to chance where all of the breakdown are looked at together.
    pub chance: Chance,
}

/// One value of a breakdown in two periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved<'a> {
    /// The value, such as a category.
    pub value: &'a str,
    /// The fact of the later period; none where nothing was counted.
    pub fact: Option<&'a Fact>,
    /// Count of the later period.
    pub now: f64,
    /// Count of the earlier one.
    pub then: f64,
    /// How the change stands to chance where all of the breakdown are looked at together.
    pub chance: Chance,
}

impl Moved<'_> {
    /// The later count less the earlier one.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.now - self.then
    }
}

/// Whose breakdown is compared.
#[derive(Debug, Clone, Copy)]
pub struct Breakdown<'a> {
    /// Profile.
    pub profile: &'a str,
    /// Metric, a count of what falls to the company.
    pub metric: &'a str,
    /// Scope.
    pub scope: &'a Scope,
    /// By what.
    pub dimension: Dimension,
}

impl FactTable {
    /// The named values of a breakdown in two periods, the largest change first. None where one of the periods has no such fact or
    /// is not over, or where too many cases of either are without a name.
    #[must_use]
    pub fn moved(&self, of: Breakdown<'_>, now: Period, then: Period) -> Option<Vec<Moved<'_>>> {
        let whole_of = |period| self.get(of.profile, of.metric, period, of.scope).filter(|fact| !fact.is_unfinished());
        let (all, earlier) = (whole_of(now)?.value?, whole_of(then)?.value?);
        let mut counts: BTreeMap<&str, (Option<&Fact>, f64, f64)> = BTreeMap::new();
        for (value, fact) in self.counted(of, now) {
            let entry = counts.entry(value).or_default();
            (entry.0, entry.1) = (Some(fact), fact.value.unwrap_or(0.0));
        }
        for (value, fact) in self.counted(of, then) {
            counts.entry(value).or_default().2 = fact.value.unwrap_or(0.0);
        }
        let named = |place: fn(&(Option<&Fact>, f64, f64)) -> f64| counts.values().map(place).sum::<f64>();
        let is_told = |named: f64, all: f64| all == 0.0 || named >= all * (1.0 - MOST_UNNAMED);
        if counts.is_empty() || !is_told(named(|of| of.1), all) || !is_told(named(|of| of.2), earlier) {
            return None;
        }
        let probabilities: Vec<f64> = counts
            .values()
            .map(|(_, a, b)| whole(*a).zip(whole(*b)).map_or(1.0, |(a, b)| change::counts(a, b, spans(now, then))))
            .collect();
        let stands = change::standing(&probabilities);
        let mut moved: Vec<Moved<'_>> = counts
            .into_iter()
            .zip(stands)
            .map(|((value, (fact, now, then)), stands)| Moved { value, fact, now, then, chance: Chance::of(stands) })
            .collect();
        moved.sort_by(|a, b| b.difference().abs().total_cmp(&a.difference().abs()));
        Some(moved)
    }

    /// The values of a breakdown that have a share in both periods, the largest change first.
    #[must_use]
    pub fn moved_shares(&self, of: Breakdown<'_>, now: Period, then: Period) -> Vec<MovedShare<'_>> {
        let earlier: BTreeMap<&str, &Fact> = self.counted(of, then).collect();
        let pairs: Vec<(&str, &Fact, &Fact, f64)> = self
            .counted(of, now)
            .filter_map(|(value, fact)| {
                let before = *earlier.get(value)?;
                Some((value, fact, before, fact.value? - before.value?))
            })
            .collect();
        let probabilities: Vec<f64> = pairs
            .iter()
            .map(|(_, now, then, _)| estimate(now).zip(estimate(then)).map_or(1.0, |(a, b)| change::shares(a, b)))
            .collect();
        let stands = change::standing(&probabilities);
        let mut moved: Vec<MovedShare<'_>> = pairs
            .into_iter()
            .zip(stands)
            .map(|((value, now, _, difference), stands)| MovedShare {
                value,
                now,
                difference,
                chance: Chance::of(stands),
            })
            .collect();
        moved.sort_by(|a, b| b.difference.abs().total_cmp(&a.difference.abs()));
        moved
    }

    /// The values of a breakdown that bear a name, with their facts.
    fn counted<'a>(&'a self, of: Breakdown<'_>, period: Period) -> impl Iterator<Item = (&'a str, &'a Fact)> {
        self.by(of.profile, of.metric, period, of.scope, of.dimension).into_iter().filter_map(|fact| {
            let (_, value) = fact.key.dimension.as_ref().filter(|_| fact.key.dimension2.is_none())?;
            (!value.is_empty() && &**value != "none").then_some((&**value, fact))
        })
    }
}

/// Whether the first of some counts, the largest, is more than chance gives to one of so many places that are all alike.
#[must_use]
pub fn stands_out(counts: &[f64]) -> bool {
    let largest = counts.iter().copied().fold(0.0, f64::max);
    let places = u32::try_from(counts.len()).unwrap_or(u32::MAX);
    whole(largest).zip(whole(counts.iter().sum())).is_some_and(|(most, all)| change::stands_out(most, all, places))
}

/// How several differ from what their weight (households, days) would give each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// Of each: whether it holds more than its weight gives it, fewer, or neither beyond chance, all looked at together.
    pub sides: Vec<Ordering>,
    /// How all of them stand to chance in one test; none where the counts are too small for it.
    pub whole: Option<Chance>,
}

impl Spread {
    /// Whether any of them stands out, or all of them together differ.
    #[must_use]
    pub fn is_beyond(&self) -> bool {
        self.whole == Some(Chance::Beyond) || self.sides.iter().any(|side| side.is_ne())
    }
}

/// How counts of several fall, with their weights: each against its share by the exact binomial test, both sides, and all together.
#[must_use]
pub fn spread(loads: &[(f64, f64)]) -> Spread {
    let (all, weight) = loads.iter().fold((0.0, 0.0), |(all, weight), (n, own)| (all + n, weight + own));
    // The probability of so many or more where a count lies above its share, else of so few or fewer; doubled for both sides.
    let side = |(n, own): &(f64, f64)| {
        let even = (1.0, Ordering::Equal);
        let (Some(n), Some(all)) = (whole(*n), whole(all)) else { return even };
        if weight <= 0.0 {
            return even;
        }
        let share = own / weight;
        if f64::from(n) > f64::from(all) * share {
            (2.0 * binomial::upper_tail(all, n, share), Ordering::Greater)
        } else {
            // So few of all are so many of what is elsewhere.
            (2.0 * binomial::upper_tail(all, all.saturating_sub(n), 1.0 - share), Ordering::Less)
        }
    };
    let (probabilities, sides): (Vec<f64>, Vec<Ordering>) = loads.iter().map(side).unzip();
    let stands = change::standing(&probabilities);
    let sides =
        sides.into_iter().zip(stands).map(|(side, stands)| if stands { side } else { Ordering::Equal }).collect();
    Spread { sides, whole: chi_square::of_weights(loads).map(|p| Chance::of(p < change::LEVEL)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::fact::{FactKey, Verdict};

    fn fact(metric: &str, period: Period, category: Option<&str>, unit: Unit, of: (f64, f64), value: f64) -> Fact {
        Fact {
            key: FactKey {
                profile: "p".into(),
                metric: metric.into(),
                period,
                scope: Scope::Group,
                dimension: category.map(|name| (Dimension::Category, name.into())),
                dimension2: None,
            },
            clause: "".into(),
            numerator: (unit == Unit::Ratio).then_some(of.0),
            denominator: (unit == Unit::Ratio).then_some(of.1),
            value: Some(value),
            unit,
            target: "".into(),
            verdict: Verdict::None,
            interval: None,
            excluded: 0,
            note: "".into(),
        }
    }

    const NOW: Period = Period::Month(2025, 6);
    const THEN: Period = Period::Month(2025, 5);

    fn count(metric: &str, now: f64, then: f64) -> Option<Chance> {
        let of = |period, value| fact(metric, period, None, Unit::Count, (0.0, 0.0), value);
        chance(&of(NOW, now), &of(THEN, then))
    }

    fn share(now: (f64, f64), then: (f64, f64)) -> Option<Chance> {
        let of = |period, of: (f64, f64)| fact("complaint.x.on_time", period, None, Unit::Ratio, of, of.0 / of.1);
        chance(&of(NOW, now), &of(THEN, then))
    }

    #[test]
    fn a_few_cases_more_are_chance_and_twice_as_many_of_a_hundred_are_not() {
        assert_eq!(count("complaint.received", 12.0, 9.0), Some(Chance::Within));
        assert_eq!(count("complaint.received", 200.0, 100.0), Some(Chance::Beyond));
        assert_eq!(count("complaint.open", 200.0, 100.0), None);
    }

    #[test]
    fn what_becomes_of_cases_in_time_is_not_compared() {
        let facts = [("complaint.resolved_share", 0.9, 0.99), ("complaint.valid_share", 0.9, 0.99)];
        let of = |(metric, now, then): (&str, f64, f64)| {
            let fact = |period, value| fact(metric, period, None, Unit::Ratio, (value * 100.0, 100.0), value);
            let table = FactTable::new(vec![fact(NOW, now), fact(THEN, then)], BTreeMap::new());
            table
                .beside(&fact(NOW, now), THEN)
                .map(|earlier| (earlier.difference.is_some(), earlier.chance, earlier.note))
        };
        assert_eq!(of(facts[0]), Some((false, None, crate::metrics::fact::LONGER)));
        assert_eq!(of(facts[1]), Some((true, Some(Chance::Beyond), "")));
        assert!(is_standing("repair.open") && is_standing("complaint.overdue"));
        assert!(
            !is_standing("complaint.open_at_end") && !is_standing("callback.open") && !is_standing("repair.x.open")
        );
    }

    #[test]
    fn the_ends_of_many_shares_must_lie_further_apart_than_two() {
        let of = |part: f64| fact("survey.x", NOW, None, Unit::Ratio, (part, 100.0), part / 100.0);
        assert_eq!(differ(&of(97.0), &of(87.0), 2), Some(Chance::Beyond));
        assert_eq!(differ(&of(97.0), &of(87.0), 10), Some(Chance::Within));
    }

    #[test]
    fn a_share_of_few_hardly_ever_changes_beyond_chance() {
        assert_eq!(share((9.0, 10.0), (10.0, 10.0)), Some(Chance::Within));
        assert_eq!(share((900.0, 1_000.0), (990.0, 1_000.0)), Some(Chance::Beyond));
        assert_eq!(share((5.0, 5.0), (5.0, 5.0)), Some(Chance::Within));
    }

    fn table(now: &[(&str, f64)], then: &[(&str, f64)], unnamed: f64) -> FactTable {
        let mut facts = Vec::new();
        for (period, counts) in [(NOW, now), (THEN, then)] {
            let all = counts.iter().map(|(_, n)| n).sum::<f64>() + unnamed;
            facts.push(fact("complaint.received", period, None, Unit::Count, (0.0, 0.0), all));
            let named = counts.iter().copied().chain([("none", unnamed)]);
            facts.extend(
                named.map(|(name, n)| fact("complaint.received", period, Some(name), Unit::Count, (0.0, 0.0), n)),
            );
        }
        FactTable::new(facts, BTreeMap::new())
    }

    fn moved(table: &FactTable) -> Option<Vec<(&str, f64, Chance)>> {
        let of = Breakdown {
            profile: "p",
            metric: "complaint.received",
            scope: &Scope::Group,
            dimension: Dimension::Category,
        };
        let moved = table.moved(of, NOW, THEN)?;
        Some(moved.into_iter().map(|one| (one.value, one.difference(), one.chance)).collect())
    }

    #[test]
    fn what_is_new_and_what_is_gone_have_moved_too() {
        let table = table(&[("噪音", 12.0), ("停车", 20.0)], &[("停车", 21.0), ("漏水", 3.0)], 0.0);
        let expected = [("噪音", 12.0, Chance::Beyond), ("漏水", -3.0, Chance::Within), ("停车", -1.0, Chance::Within)];
        assert_eq!(moved(&table).as_deref(), Some(&expected[..]));
    }

    #[test]
    fn where_many_cases_name_nothing_the_named_ones_are_not_compared() {
        assert_eq!(moved(&table(&[("噪音", 12.0)], &[("噪音", 2.0)], 9.0)), None);
    }

    #[test]
    fn places_alike_do_not_stand_out() {
        assert!(!stands_out(&[3.0, 2.0, 2.0, 1.0]));
        assert!(stands_out(&[30.0, 2.0, 2.0, 1.0]));
        assert!(!stands_out(&[]) && !stands_out(&[4.0]));
    }

    #[test]
    fn a_large_community_may_have_most_without_having_too_many() {
        let even = spread(&[(60.0, 600.0), (20.0, 200.0)]);
        assert_eq!(even, Spread { sides: vec![Ordering::Equal; 2], whole: Some(Chance::Within) });
        let of_two = spread(&[(60.0, 600.0), (60.0, 200.0)]);
        assert_eq!(of_two.sides, [Ordering::Less, Ordering::Greater]);
        assert_eq!(of_two.whole, Some(Chance::Beyond));
        let nothing = spread(&[(0.0, 0.0), (0.0, 0.0)]);
        assert_eq!(nothing, Spread { sides: vec![Ordering::Equal; 2], whole: None });
    }

    #[test]
    fn communities_of_which_none_stands_out_may_differ_all_the_same() {
        // Each a little off its share, half of them above and half below.
        let loads: Vec<(f64, f64)> = [62.0, 38.0, 61.0, 39.0, 60.0, 40.0, 60.0, 40.0].map(|n| (n, 1_000.0)).to_vec();
        let found = spread(&loads);
        assert!(found.sides.iter().all(|side| side.is_eq()), "{found:?}");
        assert!(found.is_beyond());
    }

    #[test]
    fn a_community_with_few_cases_for_its_households_stands_out_too() {
        let found = spread(&[(50.0, 500.0), (52.0, 500.0), (51.0, 500.0), (5.0, 500.0)]);
        assert_eq!(found.sides, [Ordering::Equal, Ordering::Equal, Ordering::Equal, Ordering::Less]);
    }
}
