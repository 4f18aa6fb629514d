//! Notes at the end of a page: as-of, procedure, unfinished period, small numbers, where to look further.

use serde::Serialize;

use super::super::chart::number;
use super::super::lens::{Lens, is_small};
use super::super::view::{Link, relative};
use super::super::words::Words;
use super::super::{PageTask, format};
use crate::metrics::fact::Fact;
use crate::metrics::notes::PLAIN_WEEK;

/// Rates named one by one in a note.
const NAMED: usize = 4;

/// The notes of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Notes {
    pub(crate) title: String,
    pub(crate) items: Vec<String>,
    pub(crate) links: Vec<Link>,
}

/// The notes that every page of management has; `rates` are those that are looked at for small numbers, `metric` the one
/// whose clause is named.
pub(crate) fn notes(lens: &Lens<'_>, task: &PageTask, metric: &str, rates: &[(&str, Option<&Fact>)]) -> Notes {
    let words = lens.words;
    let date = format::date_until(words, lens.input.as_of);
    let mut items = vec![words.say("notes.as_of", &[("date", &date)])];
    if lens.is_unfinished() {
        items.push(words.say("notes.unfinished", &[("period", &format::period(words, lens.period)), ("date", &date)]));
    }
    let title = lens.profile.title.in_language(words.language);
    let clause = lens.fact(metric).map(|fact| fact.clause.to_string()).filter(|clause| !clause.is_empty());
    let clause = clause.unwrap_or_else(|| lens.profile.clause_of(metric).to_owned());
    items.push(if clause.is_empty() {
        words.say("notes.profile", &[("profile", title)])
    } else {
        words.say("notes.profile_clause", &[("profile", title), ("clause", &clause)])
    });
    let has_note = |fact: &Fact, code: &str| fact.note.split_whitespace().any(|known| known == code);
    if lens.fact(metric).is_some_and(|fact| has_note(fact, "partial")) {
        items.push(words.say("notes.partial", &[("profile", title)]));
    }
    let moved = moved_since_sealed(lens);
    if moved > 0 {
        items.push(words.number("notes.restated", number(moved), &[]));
    }
    let rests = |fact: &Fact| has_note(fact, PLAIN_WEEK);
    if rates.iter().any(|(_, fact)| fact.is_some_and(rests)) {
        items.push(words.say("notes.plain_week", &[]));
    }
    let small: Vec<String> = rates
        .iter()
        .filter(|(_, fact)| fact.is_some_and(is_small))
        .map(|(label, _)| words.say("notes.quoted", &[("name", &Words::short(label))]))
        .collect();
    if small.len() > NAMED {
        let names = words.list(&small[..NAMED]);
        items.push(words.number("notes.small_many", number(small.len()), &[("names", &names)]));
    } else if !small.is_empty() {
        items.push(words.say("notes.small", &[("names", &words.list(&small))]));
    }
    let link = |key, to: &str| Link { text: words.say(key, &[]), href: relative(&task.path, to) };
    Notes {
        title: words.say("notes.title", &[]),
        items,
        links: [("notes.restated_link", super::super::pages::RESTATED)]
            .into_iter()
            .filter(|_| moved > 0)
            .chain([("notes.quality", "quality/index.html"), ("notes.facts", "data/facts.csv")])
            .map(|(key, to)| link(key, to))
            .collect(),
    }
}

/// How many numbers of the period and scope moved since they were sealed.
fn moved_since_sealed(lens: &Lens<'_>) -> usize {
    let sealed = lens.input.restated.periods.iter().filter(|sealed| sealed.period == lens.period);
    let is_own =
        |fact: &crate::seal::fact::SealedFact| fact.scope == lens.scope.word() && fact.scope_id == lens.scope.id();
    sealed.flat_map(|sealed| &sealed.moved).filter(|moved| is_own(&moved.fact)).count()
}
