//! What pulls the rate down: the lowest items, and the communities at both ends.

use super::super::chart::number;
use super::super::format;
use super::super::lens::{Lens, SMALL, bound};
use super::super::parts::answers::rates;
use super::super::view::scope_name;
use super::super::words::Words;
use super::OVERALL;
use crate::metrics::compare::{Chance, differ};
use crate::metrics::fact::{Fact, Scope, Verdict};

/// Items and communities that a sentence names.
const NAMED: usize = 3;

/// The lowest items with their rates, and how many lie below the target of the overall rate.
pub(crate) fn items(lens: &Lens<'_>) -> Vec<String> {
    let words = lens.words;
    let told: Vec<(&str, &Fact, f64)> =
        rates(lens).into_iter().filter_map(|(item, fact)| Some((item, fact, fact.value?))).collect();
    let (Some(lowest), Some(highest)) = (told.first(), told.last()) else { return Vec::new() };
    if let [(item, fact, rate)] = told[..] {
        return vec![words.say("pull.one_item", &[("item", &Words::short(item)), ("share", &share(rate, fact))])];
    }
    if lowest.2 >= highest.2 {
        let share = share(lowest.2, lowest.1);
        return vec![words.number("pull.all_alike", number(told.len()), &[("share", &share)])];
    }
    // As many with the same rate as the last that is named would make a choice among equals.
    let few: Vec<&(&str, &Fact, f64)> = told.iter().take(NAMED).filter(|(.., rate)| *rate < highest.2).collect();
    let entries: Vec<String> = few.iter().map(|(item, fact, rate)| entry(words, item, fact, *rate)).collect();
    let mut said = vec![words.number("pull.lowest", number(entries.len()), &[("items", &words.list(&entries))])];
    if let Some(target) = lens.fact(OVERALL).and_then(bound) {
        let below = told.iter().filter(|(.., rate)| !target.is_met_by(*rate)).count();
        let target = format::target(words, &lens.fact(OVERALL).map_or("".into(), |fact| fact.target.clone()));
        let all = format::count(number(told.len()));
        said.push(if below == 0 {
            words.say("pull.none_below", &[("target", &target)])
        } else {
            words.number("pull.below", number(below), &[("target", &target), ("all", &all)])
        });
    }
    said
}

/// `“消杀清运”（96.2%）`; of few answers with a word.
fn entry(words: &Words, item: &str, fact: &Fact, rate: f64) -> String {
    let n = fact.denominator.unwrap_or(0.0);
    let key = if n < SMALL { "pull.item_small" } else { "pull.item" };
    words.number(key, n, &[("name", &Words::short(item)), ("share", &share(rate, fact))])
}

fn share(rate: f64, fact: &Fact) -> String {
    format::share(rate, bound(fact).as_ref())
}

/// The best and the worst community, whether they differ by more than the error of sampling, and those that missed the target.
pub(crate) fn communities(lens: &Lens<'_>) -> Vec<String> {
    let words = lens.words;
    let scopes = lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Community(_)));
    let mut told: Vec<(String, &Fact, f64)> = scopes
        .filter_map(|scope| {
            let fact = lens.scope(scope).fact(OVERALL)?;
            Some((scope_name(lens.input, scope), fact, fact.value?))
        })
        .collect();
    told.sort_by(|a, b| a.2.total_cmp(&b.2));
    let (Some(lowest), Some(highest)) = (told.first(), told.last()) else { return Vec::new() };
    if told.len() < 2 {
        return Vec::new();
    }
    let mut said = Vec::new();
    if lowest.2 < highest.2 {
        let error = match differ(lowest.1, highest.1, told.len()) {
            Some(Chance::Within) => words.say("pull.ends_within", &[]),
            Some(Chance::Beyond) => words.say("pull.ends_beyond", &[]),
            None => String::new(),
        };
        let fill = [
            ("low", Words::short(&lowest.0)),
            ("low_share", share(lowest.2, lowest.1)),
            ("high", Words::short(&highest.0)),
            ("high_share", share(highest.2, highest.1)),
            ("error", error),
        ];
        said.push(words.say("pull.communities", &fill.each_ref().map(|(name, text)| (*name, text.as_str()))));
    } else {
        let share = share(lowest.2, lowest.1);
        said.push(words.number("pull.communities_alike", number(told.len()), &[("share", &share)]));
    }
    let missed: Vec<&str> =
        told.iter().filter(|(_, fact, _)| fact.verdict == Verdict::Missed).map(|(name, ..)| name.as_str()).collect();
    if !missed.is_empty() {
        let target = format::target(words, &lowest.1.target);
        let all = format::count(number(told.len()));
        let names = names(words, &missed);
        let fill = [("names", names.as_str()), ("all", &all), ("target", &target)];
        said.push(words.number("pull.missed", number(missed.len()), &fill));
    }
    said
}

/// The first names; the table has them all.
fn names(words: &Words, all: &[&str]) -> String {
    const MOST: usize = 5;
    if all.len() <= MOST {
        return words.names(all);
    }
    words.say("pull.and_others", &[("names", &words.names(&all[..MOST]))])
}
