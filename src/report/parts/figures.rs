//! Key figures: a fact with its fraction, its verdict and its change against earlier periods.

use super::super::format::{self, Difference};
use super::super::lens::{Lens, bound, fraction, is_small, state, value_text, verdict_text};
use super::super::view::{Cell, Change, Figure, Number, card};
use super::super::words::Words;
use crate::metrics::fact::{Fact, LONGER, Unit};
use crate::metrics::notes::PLAIN_WEEK;
use crate::moment::Period;
use crate::profile::schema::Subject;

/// An earlier period: the key of its name, and which it is.
pub(crate) type Earlier = (&'static str, fn(Period) -> Period);

/// A figure to show.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub(crate) label: &'a str,
    pub(crate) metric: &'a str,
    /// Key of the amount that exclusions are counted in.
    pub(crate) amount: &'a str,
    /// The earlier periods it is compared with, each with the key of its name.
    pub(crate) against: &'a [Earlier],
}

/// Previous month, and the same month a year before.
const MONTHS_BEFORE: [Earlier; 2] =
    [("change.previous_month", Period::previous), ("change.year_before", Period::year_before)];

/// The period just before, and the same a year before where that is another.
pub(crate) fn earlier(period: Period) -> &'static [Earlier] {
    match period {
        Period::Month(..) => &MONTHS_BEFORE,
        Period::Quarter(..) => {
            &[("change.previous_quarter", Period::previous), ("change.year_before", Period::year_before)]
        }
        Period::Half(..) => &[("change.previous_half", Period::previous), ("change.year_before", Period::year_before)],
        Period::Year(_) => &[("change.previous_year", Period::previous)],
    }
}

/// Makes the figure; what is absent shows as such, with the reason where it is known.
pub(crate) fn figure(lens: &Lens<'_>, wanted: Wanted<'_>) -> Figure {
    let words = lens.words;
    let fact = lens.fact(wanted.metric);
    Figure {
        label: wanted.label.to_owned(),
        value: value_text(words, fact),
        number: fact.and_then(Number::of),
        card: fact.map(card).unwrap_or_default(),
        detail: detail(lens, wanted, fact),
        state: state(fact),
        verdict: fact.map(|fact| against_target(words, fact)).unwrap_or_default(),
        changes: changes(lens, wanted, fact),
    }
}

/// What is open and overdue, with the procedure whose limit it has passed where it is not the page's. It was counted at the as-of
/// moment, for every month alike: no comparison.
pub(crate) fn overdue(lens: &Lens<'_>, subject: Subject, metric: &str) -> Figure {
    let ruling = lens.on_resolution(subject, metric);
    let label = lens.words.say("figure.overdue", &[]);
    let mut made = figure(&ruling, Wanted { label: &label, metric, amount: "amount.case", against: &[] });
    if ruling.profile.name != lens.profile.name {
        made.detail = lens.words.say("figure.by_profile", &[("profile", ruling.profile_title())]);
    }
    made
}

/// Fraction and small base, or why there is no value.
fn detail(lens: &Lens<'_>, wanted: Wanted<'_>, fact: Option<&Fact>) -> String {
    let words = lens.words;
    let Some(fact) = fact else { return words.say("absent.no_fact", &[]) };
    if fact.value.is_none() {
        return absent_reason(lens, wanted.metric, wanted.amount, fact);
    }
    if fact.unit == Unit::Minutes {
        return fact.denominator.map(|n| words.number("figure.of", n, &[])).unwrap_or_default();
    }
    let fraction = fraction(fact);
    if is_small(fact) { words.say("figure.small", &[("fraction", &fraction)]) } else { fraction }
}

/// Why a fact has no value.
fn absent_reason(lens: &Lens<'_>, metric: &str, amount: &str, fact: &Fact) -> String {
    let reasons = lens.exclusions(metric, amount);
    if reasons.is_empty() {
        let codes: Vec<String> = reasons_of(fact).map(|code| lens.words.code("note_code", code)).collect();
        return if codes.is_empty() { lens.words.say("absent.no_cases", &[]) } else { lens.words.list(&codes) };
    }
    lens.words.say("absent.excluded", &[("reasons", &reasons)])
}

/// The codes of a fact's note that say why it has no value; the others say how it was counted.
fn reasons_of(fact: &Fact) -> impl Iterator<Item = &str> {
    fact.note.split_whitespace().filter(|code| !["unfinished", PLAIN_WEEK].contains(code))
}

/// `未达标（目标：不低于96%）`; empty without a target.
pub(crate) fn against_target(words: &Words, fact: &Fact) -> String {
    let verdict = verdict_text(words, Some(fact));
    if verdict.is_empty() || fact.target.is_empty() {
        return String::new();
    }
    words.say("figure.verdict", &[("verdict", &verdict), ("target", &format::target(words, &fact.target))])
}

/// Changes against earlier periods, those that can be compared; a rate of a period that is not over says so, and what earlier cases
/// had longer for says that instead.
fn changes(lens: &Lens<'_>, wanted: Wanted<'_>, fact: Option<&Fact>) -> Vec<Change> {
    let Some(fact) = fact else { return Vec::new() };
    let mut changes = Vec::new();
    for (key, earlier) in wanted.against {
        let Some(before) = lens.input.facts.beside(fact, earlier(lens.period)) else { continue };
        if before.note == LONGER {
            let say = |key| lens.words.say(key, &[]);
            return vec![Change { against: say("change.not_compared"), value: say("change.longer") }];
        }
        let Some(difference) = before.difference else { continue };
        let value = format::difference(lens.words, kind_of(fact.unit), difference);
        let against = lens.words.say(key, &[]);
        let against = match before.note {
            "" => against,
            note => {
                let mark = lens.words.code("note_code", note);
                lens.words.say("change.marked", &[("against", &against), ("mark", &mark)])
            }
        };
        changes.push(Change { against, value });
    }
    changes
}

/// What a difference of two values of a unit is of.
pub(crate) fn kind_of(unit: Unit) -> Difference {
    match unit {
        Unit::Ratio => Difference::Points,
        Unit::Minutes => Difference::Minutes,
        Unit::Score | Unit::Per1000 => Difference::Score,
        Unit::Count | Unit::Days | Unit::Yuan => Difference::Count,
    }
}

/// A rate in a table: value above, fraction below.
pub(crate) fn rate_cell(words: &Words, fact: Option<&Fact>) -> Cell {
    let Some(fact) = fact else { return Cell::absent() };
    let text = fact.value.map_or_else(|| format::ABSENT.to_owned(), |value| format::share(value, bound(fact).as_ref()));
    let cell = Cell { text, ..Cell::fact(words, Some(fact)) };
    if fact.value.is_none() {
        cell
    } else if is_small(fact) {
        cell.detail(words.say("figure.small", &[("fraction", &fraction(fact))]))
    } else {
        cell.detail(fraction(fact))
    }
}

/// A value in a table, whatever its unit.
pub(crate) fn value_cell(words: &Words, fact: Option<&Fact>) -> Cell {
    Cell::fact(words, fact).state("")
}
