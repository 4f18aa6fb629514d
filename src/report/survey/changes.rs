//! What changed since the last round: the overall rate, the items, the return. A change is told from the error of sampling, with the
//! finite population in the intervals.

use super::super::chart::number;
use super::super::format;
use super::super::lens::Lens;
use super::super::words::Words;
use super::{ITEM, OVERALL, last_round};
use crate::metrics::compare::{Breakdown, Chance, MovedShare};
use crate::metrics::fact::{Dimension, Earlier, Fact};
use crate::moment::Period;

/// Items that a sentence names.
const NAMED: usize = 3;

/// The sentences.
pub(crate) fn sentences(lens: &Lens<'_>) -> Vec<String> {
    let words = lens.words;
    let last = last_round(lens);
    let Some(overall) = lens.fact(OVERALL).filter(|fact| fact.value.is_some()) else { return Vec::new() };
    let before = lens.period.previous();
    if lens.period(before).value(OVERALL).is_none() {
        let mut said = vec![words.say("round.no_last", &[("last", &last)])];
        said.extend(year_ago(lens, overall));
        return said;
    }
    let mut said: Vec<String> = Vec::new();
    let label = words.say("survey.overall_satisfied_label", &[]);
    said.extend(change(lens, overall, (&label, &last), before));
    said.extend(year_ago(lens, overall));
    said.extend(items(lens, before));
    said.extend(returned(lens, before));
    said
}

/// The overall rate beside that of a year ago, where that is another round than the last.
fn year_ago(lens: &Lens<'_>, overall: &Fact) -> Option<String> {
    let words = lens.words;
    let year_ago = lens.period.year_before();
    if year_ago == lens.period.previous() {
        return None;
    }
    let label = words.say("survey.overall_satisfied_label", &[]);
    let name = words.say("round.year_ago", &[("period", &format::period(words, year_ago))]);
    change(lens, overall, (&label, &name), year_ago)
}

/// `总体满意率比上次（2025年上半年）升1.2个百分点，在抽样误差范围内。`
fn change(lens: &Lens<'_>, fact: &Fact, names: (&str, &str), period: Period) -> Option<String> {
    let Earlier { difference, chance, .. } = lens.input.facts.beside(fact, period)?;
    Some(moved(lens.words, names, difference?, chance))
}

/// A change in a sentence; `names` are those of the rate and of the earlier round.
fn moved(words: &Words, (name, last): (&str, &str), difference: f64, chance: Option<Chance>) -> String {
    if difference.abs() < 1e-12 {
        return words.say("round.same", &[("name", name), ("last", last)]);
    }
    let key = if difference > 0.0 { "round.up" } else { "round.down" };
    let error = match chance {
        Some(Chance::Within) => words.say("round.within", &[]),
        Some(Chance::Beyond) => words.say("round.beyond", &[]),
        None => String::new(),
    };
    let points = format::points(words, difference.abs());
    words.say(key, &[("name", name), ("last", last), ("points", &points), ("error", &error)])
}

/// The items that changed by more than the error of sampling; where none did, that none did.
fn items(lens: &Lens<'_>, before: Period) -> Vec<String> {
    let words = lens.words;
    let of = Breakdown { profile: &lens.profile.name, metric: ITEM, scope: lens.scope, dimension: Dimension::Item };
    let all = lens.input.facts.moved_shares(of, lens.period, before);
    if all.len() < 2 {
        return Vec::new();
    }
    let beyond = |rose: bool| -> Vec<&MovedShare<'_>> {
        all.iter().filter(|one| one.chance == Chance::Beyond && (one.difference > 0.0) == rose).collect()
    };
    let (rose, fell) = (beyond(true), beyond(false));
    if rose.is_empty() && fell.is_empty() {
        return vec![words.number("round.items_within", number(all.len()), &[])];
    }
    let mut said: Vec<String> = [("round.items_rose", &rose), ("round.items_fell", &fell)]
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(key, list)| {
            let entries: Vec<String> = list.iter().take(NAMED).map(|one| entry(words, one)).collect();
            words.number(key, number(list.len()), &[("items", &words.list(&entries))])
        })
        .collect();
    if rose.len() + fell.len() < all.len() {
        said.push(words.say("round.items_rest", &[]));
    }
    said
}

/// `“清洁绿化”（+3.2个百分点）`.
fn entry(words: &Words, one: &MovedShare<'_>) -> String {
    let change = format::difference(words, format::Difference::Points, one.difference);
    words.say("round.item", &[("name", &Words::short(one.value)), ("change", &change)])
}

/// The return rate: a count of all forms, so that nothing is estimated.
fn returned(lens: &Lens<'_>, before: Period) -> Option<String> {
    let words = lens.words;
    let fact = lens.fact("survey.return_rate")?;
    let difference = lens.input.facts.beside(fact, before)?.difference?;
    let label = words.say("survey.return_rate_label", &[]);
    Some(moved(words, (&label, &last_round(lens)), difference, None))
}
