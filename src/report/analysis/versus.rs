//! What a number is compared with, and the comparison in words.

use super::super::format;
use super::super::words::Words;
use crate::metrics::compare::Chance;
use crate::metrics::fact::{Earlier, Fact, FactTable};
use crate::moment::Period;

/// Below so many cases a change in per cent says nothing.
const FEWEST: f64 = super::super::lens::SMALL;

/// What the period just before is called: 上月, 上季度, 2025年上半年, 上年.
pub(crate) fn before(words: &Words, period: Period) -> String {
    let key = match period {
        Period::Month(..) => "versus.month",
        Period::Quarter(..) => "versus.quarter",
        Period::Half(..) => "versus.half",
        Period::Year(_) => "versus.year",
    };
    words.say(key, &[("period", &format::period(words, period.previous()))])
}

/// A period in a sentence: `in the first half of 2025`.
pub(crate) fn within(words: &Words, period: Period) -> String {
    let name = format::period(words, period);
    if matches!(period, Period::Half(..)) { words.say("versus.half", &[("period", &name)]) } else { name }
}

/// The earlier periods that a period is compared with, each with its name: the one before, and the same a year ago where that is
/// another.
pub(crate) fn earlier(words: &Words, period: Period) -> Vec<(Period, String)> {
    let mut found = vec![(period.previous(), before(words, period))];
    if period.year_before() != period.previous() {
        found.push((period.year_before(), words.say("versus.year_ago", &[])));
    }
    found
}

/// A fact beside an earlier one, where both have values that can be compared.
pub(crate) fn beside<'a>(facts: &'a FactTable, fact: &Fact, period: Period) -> Option<(Earlier<'a>, f64)> {
    let earlier = facts.beside(fact, period)?;
    let difference = earlier.difference?;
    Some((earlier, difference))
}

/// `比上月多12件（+21.1%），超出偶然波动`.
pub(crate) fn count(words: &Words, name: &str, (earlier, difference): &(Earlier<'_>, f64)) -> String {
    let then = earlier.fact.value.unwrap_or(0.0);
    if *difference == 0.0 {
        return words.say("versus.as_many", &[("before", name)]);
    }
    let percent = if then >= FEWEST {
        let sign = if *difference > 0.0 { "+" } else { "−" };
        let share = format!("{sign}{}", format::share(difference.abs() / then, None));
        words.say("versus.percent", &[("share", &share)])
    } else {
        String::new()
    };
    let key = if *difference > 0.0 { "versus.more" } else { "versus.fewer" };
    let said = words.number(key, difference.abs(), &[("before", name), ("percent", &percent)]);
    said + &chance(words, earlier.chance)
}

/// `比上月升1.2个百分点，超出偶然波动`.
pub(crate) fn share(words: &Words, name: &str, (earlier, difference): &(Earlier<'_>, f64)) -> String {
    if difference.abs() < 1e-12 {
        return words.say("versus.same_share", &[("before", name)]);
    }
    let key = if *difference > 0.0 { "versus.up" } else { "versus.down" };
    let points = format::points(words, difference.abs());
    words.say(key, &[("before", name), ("points", &points)]) + &chance(words, earlier.chance)
}

/// How a change stands to chance, as the end of a clause.
fn chance(words: &Words, chance: Option<Chance>) -> String {
    match chance {
        Some(Chance::Within) => words.say("versus.within", &[]),
        Some(Chance::Beyond) => words.say("versus.beyond", &[]),
        None => String::new(),
    }
}
