//! One card: a figure with all that is needed to defend it.

use serde::Serialize;

use super::super::ReportInput;
use super::super::explained::reasons;
use super::super::format;
use super::super::lens::{amount_text, is_mean_of_rates, state, value_text, verdict_text};
use super::super::naming;
use super::super::parts::figures::kind_of;
use super::super::view::{Link, relative, scope_name};
use super::cells::SheetCells;
use super::rows::{PartView, part};
use super::{Deck, MetricSaid};
use crate::metrics::explain::Found;
use crate::metrics::fact::{Dimension, Earlier, Fact, FactKey, Unit};
use crate::metrics::metric::Measure;

/// Facts of which a figure is made that its card names.
const MADE_OF: usize = 60;

/// A card.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Card {
    pub(super) id: String,
    /// The metric, and the breakdown where there is one.
    pub(super) title: String,
    /// Period and scope.
    place: String,
    pub(super) value: String,
    state: &'static str,
    /// The verdict with the target.
    verdict: String,
    /// Numerator ÷ denominator.
    quotient: String,
    terms: Vec<Term>,
    compared: Vec<Link>,
    compared_title: String,
    made_of: Vec<Link>,
    made_of_title: String,
    /// Parts of what the figure is made of that are not named.
    made_of_more: String,
    rows_title: String,
    parts: Vec<PartView>,
    /// What stands instead of rows.
    no_rows: String,
}

/// A heading and what there is to say under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Term {
    label: String,
    text: String,
}

impl Card {
    /// How many bytes of a page it takes, roughly and never too few.
    pub(super) fn weight(&self) -> usize {
        let links = self.compared.iter().chain(&self.made_of).map(|link| link.text.len() + link.href.len() + 60);
        let terms = self.terms.iter().map(|term| term.label.len() + term.text.len() + 60);
        let texts = [&self.title, &self.place, &self.value, &self.verdict, &self.quotient, &self.made_of_more];
        let parts: usize = self.parts.iter().map(PartView::weight).sum();
        links.chain(terms).chain(texts.map(String::len)).sum::<usize>() + parts + 700
    }
}

/// Makes the card of a fact on a page of cards.
pub(super) fn card(
    deck: &Deck<'_>,
    cells: &SheetCells<'_>,
    path: &str,
    (id, fact): (&str, &Fact),
    said: &MetricSaid<'_>,
    found: Option<&Found>,
) -> Card {
    let (input, words) = (cells.input, cells.input.words);
    let key = &fact.key;
    let mut title = vec![said.name.clone()];
    title.extend(naming::breakdown(input, key));
    let join = words.say("join.title", &[]);
    let verdict = verdict_text(words, Some(fact));
    let number = words.say("card.id", &[("id", id)]);
    let place = [format::period(words, key.period), scope_name(input, &key.scope), number];
    let made_of = found.map_or(&[][..], |found| found.made_of.as_slice());
    let named: Vec<Link> = made_of.iter().take(MADE_OF).filter_map(|key| made(deck, input, path, key)).collect();
    let parts: Vec<PartView> = found
        .into_iter()
        .flat_map(|found| &found.rows)
        .filter_map(|rows| part(cells, (id, &key.metric), rows))
        .collect();
    let say = |key: &str| words.say(key, &[]);
    Card {
        id: format!("f-{id}"),
        title: title.join(&join),
        place: words.opening(&place.join(&join)),
        value: value_text(words, Some(fact)),
        state: state(Some(fact)),
        verdict: if verdict.is_empty() || fact.target.is_empty() {
            String::new()
        } else {
            words.say("figure.verdict", &[("verdict", &verdict), ("target", &format::target(words, &fact.target))])
        },
        quotient: quotient(input, fact, found),
        terms: terms(deck, input, fact, said, found),
        compared: compared(deck, input, path, fact),
        compared_title: say("card.compared"),
        made_of_title: if named.is_empty() { String::new() } else { say("card.made_of") },
        made_of_more: match made_of.len().saturating_sub(MADE_OF) {
            0 => String::new(),
            n => words.say("card.made_of_more", &[("n", &n.to_string())]),
        },
        made_of: named,
        rows_title: if parts.is_empty() { String::new() } else { say("card.rows_title") },
        no_rows: if parts.is_empty() && made_of.is_empty() { say("card.none") } else { String::new() },
        parts,
    }
}

/// Numerator and denominator where the figure is the one by the other, or what it was measured on: `分子45 ÷ 分母50`.
fn quotient(input: &ReportInput<'_>, fact: &Fact, found: Option<&Found>) -> String {
    let words = input.words;
    let Some(denominator) = fact.denominator else { return String::new() };
    let n = format::count(denominator);
    let Some(sum) = fact.numerator else { return words.number("figure.of", denominator, &[]) };
    let numerator = numerator_text(input, fact, found, sum);
    // A rate made of rates is the mean of them: its numerator is their sum.
    let is_quotient = fact.unit == Unit::Ratio && !is_mean_of_rates(fact);
    let key = match fact.unit {
        Unit::Per1000 => "card.per_1000",
        _ if is_quotient => "card.quotient",
        _ => "card.mean",
    };
    words.say(key, &[("numerator", &numerator), ("denominator", &n)])
}

/// A numerator: a number of things, of a mean the sum in its unit, of the overall rate the sum of rates.
fn numerator_text(input: &ReportInput<'_>, fact: &Fact, found: Option<&Found>, numerator: f64) -> String {
    let is_mean = found.is_some_and(|found| matches!(found.metric.measure, Measure::Mean { .. }));
    match fact.unit {
        Unit::Minutes | Unit::Days | Unit::Yuan if is_mean => amount_text(input.words, fact.unit, numerator),
        _ => format::count(numerator),
    }
}

/// Everything that is said in a line.
fn terms(
    deck: &Deck<'_>,
    input: &ReportInput<'_>,
    fact: &Fact,
    said: &MetricSaid<'_>,
    found: Option<&Found>,
) -> Vec<Term> {
    let words = input.words;
    let mut terms = Vec::new();
    let mut add = |key: &str, text: String| {
        if !text.is_empty() {
            terms.push(Term { label: words.say(key, &[]), text });
        }
    };
    let is_excluded = matches!(fact.key.dimension, Some((Dimension::Excluded, _)));
    add("card.meaning", said.meaning.clone());
    add("card.formula", if is_excluded { String::new() } else { said.formula.clone() });
    let clause = match &*fact.clause {
        "" => words.say("card.clause_none", &[("profile", &said.profile)]),
        clause => words.say("card.clause_of", &[("profile", &said.profile), ("clause", clause)]),
    };
    add("card.clause", clause);
    add("card.limit", said.limit.clone());
    if said.is_worked {
        add("card.calendar", calendars(deck, input, fact));
    }
    if let Some(found) = found.filter(|_| !is_excluded) {
        let reasons: Vec<String> = reasons(fact, found)
            .into_iter()
            .map(|reason| {
                let name = excluded(input, said, (&fact.key.metric, &reason.reason));
                let count = format::count(f64::from(u32::try_from(reason.count).unwrap_or(u32::MAX)));
                format!("{name} {count}")
            })
            .collect();
        add("card.exclusions", words.list(&reasons));
    }
    if let Some((low, high)) = fact.interval {
        let ends = format!("{}–{}", format::share(low, None), format::share(high, None));
        add("card.interval", words.say("card.how_interval", &[("interval", &ends)]));
    }
    let notes: Vec<String> = fact.note.split_whitespace().map(|code| words.code("note_code", code)).collect();
    add("card.marks", words.list(&notes));
    terms
}

/// A reason for which rows are left out; of a deadline, which moment is missing.
fn excluded(input: &ReportInput<'_>, said: &MetricSaid<'_>, (metric, reason): (&str, &str)) -> String {
    let words = input.words;
    let step = said.deadline.and_then(|(_, deadline)| match reason {
        "no_start" => Some(deadline.from),
        "no_end" => deadline.to.first().copied(),
        _ => None,
    });
    match step {
        Some(step) => words.say("excluded_moment", &[("step", &super::super::procedure::step(words, step))]),
        None => words.reason(metric, reason),
    }
}

/// Which of the calendars at the end of the page hold.
fn calendars(deck: &Deck<'_>, input: &ReportInput<'_>, fact: &Fact) -> String {
    let words = input.words;
    let all = input.clocks.all();
    let own = super::Teller::of(input).clocks_of(&fact.key.scope);
    let names: Vec<String> = all
        .iter()
        .enumerate()
        .filter(|(_, clock)| own.iter().any(|own| std::ptr::eq(*own, *clock)))
        .map(|(place, _)| calendar_name(deck, input, place))
        .collect();
    words.say("card.calendar_of", &[("names", &words.list(&names))])
}

/// What a calendar of a page is called.
pub(super) fn calendar_name(deck: &Deck<'_>, input: &ReportInput<'_>, place: usize) -> String {
    if deck.calendars.len() == 1 {
        return input.words.say("card.calendar_only", &[]);
    }
    input.words.say("card.calendar_n", &[("n", &(place + 1).to_string())])
}

/// The same figure of the period before and a year ago.
fn compared(deck: &Deck<'_>, input: &ReportInput<'_>, path: &str, fact: &Fact) -> Vec<Link> {
    let compared = input.facts.compared(fact);
    let mut earlier: Vec<Earlier<'_>> = compared.before.into_iter().chain(compared.year_ago).collect();
    earlier.dedup_by(|a, b| a.fact.key == b.fact.key);
    earlier.into_iter().map(|earlier| beside(deck, input, path, fact, &earlier)).collect()
}

fn beside(deck: &Deck<'_>, input: &ReportInput<'_>, path: &str, fact: &Fact, earlier: &Earlier<'_>) -> Link {
    let words = input.words;
    let (period, value) = (format::period(words, earlier.fact.key.period), value_text(words, Some(earlier.fact)));
    let period = match earlier.note {
        "" => period,
        note => words.say("change.marked", &[("against", &period), ("mark", &words.code("note_code", note))]),
    };
    let text = match earlier.difference {
        None => words.say("card.compared_to", &[("period", &period), ("value", &value)]),
        Some(delta) => {
            let difference = format::difference(words, kind_of(fact.unit), delta);
            let fill = [("period", period.as_str()), ("value", &value), ("difference", &difference)];
            words.say("card.compared_by", &fill)
        }
    };
    Link { text: words.opening(&text), href: link(deck, path, earlier.fact) }
}

/// A fact of which the figure is made.
fn made(deck: &Deck<'_>, input: &ReportInput<'_>, path: &str, key: &FactKey) -> Option<Link> {
    let words = input.words;
    let fact = input.facts.fact(key)?;
    let mut name = vec![naming::metric(input, &key.profile, &key.metric)];
    name.extend(naming::breakdown(input, key));
    let mut value = value_text(words, Some(fact));
    if let (Some(numerator), Some(denominator)) = (fact.numerator, fact.denominator) {
        let (numerator, denominator) = (format::count(numerator), format::count(denominator));
        value =
            words.say("card.value_as", &[("value", &value), ("numerator", &numerator), ("denominator", &denominator)]);
    }
    let text =
        words.say("card.compared_to", &[("period", &name.join(&words.say("join.title", &[]))), ("value", &value)]);
    Some(Link { text, href: link(deck, path, fact) })
}

/// The card of a fact, where it has one.
fn link(deck: &Deck<'_>, path: &str, fact: &Fact) -> String {
    deck.card_of(&fact.key).map_or_else(String::new, |card| relative(path, &card))
}
