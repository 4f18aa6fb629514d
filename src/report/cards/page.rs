//! A page of number cards, split where it would grow beyond what a page may weigh.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::naming;
use super::super::pages::{PageKind, path_of};
use super::super::view::{CARDS, Composed, Frame, Link, frame, model, relative, scope_name};
use super::super::{Page, PageTask, ReportInput, drop_control_characters, format};
use super::card::{Card, calendar_name, card};
use super::cells::SheetCells;
use super::{CardPage, Deck, order_of_precedence};
use crate::metrics::explain::Found;
use crate::metrics::fact::FactKey;
use crate::profile::schema::Subject;

/// Bytes of cards on a page: with frame and style sheet a page stays below 400 kB.
const MOST: usize = 330_000;

/// Bytes of the entry of a card that is on a later page, besides its name.
const ENTRY: usize = 160;

/// Pages named that show the figures.
const CITED_BY: usize = 6;

/// The kind of page; planned by the pages that cite cards, not beforehand.
const KIND: PageKind =
    PageKind { template: "numbers.html", public: false, plan: |_| Vec::new(), compose: |_, _| Composed::default() };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Numbers {
    frame: Frame,
    how: String,
    back_title: String,
    back: Vec<Link>,
    back_more: String,
    sections: Vec<SubjectCards>,
    calendar_title: String,
    calendars: Vec<Calendar>,
    precedence: String,
    methods: Link,
}

/// The cards of a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct SubjectCards {
    id: &'static str,
    title: String,
    cards: Vec<Card>,
    /// Cards that are on later pages.
    later: Vec<Later>,
    later_title: String,
}

/// A card that is on a later page: its place here leads there.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Later {
    id: String,
    title: String,
    value: String,
    href: String,
}

/// Things with the subjects under which they stand.
type OfSubject<T> = Vec<(Subject, T)>;

/// A calendar in sentences.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Calendar {
    name: String,
    lines: Vec<String>,
}

/// Makes the page, and those on which it goes on.
pub(super) fn compose(
    deck: &Deck<'_>,
    input: &ReportInput<'_>,
    found: &BTreeMap<FactKey, Found>,
    of: &CardPage<'_>,
) -> Vec<Page> {
    let mut cards: Vec<(Subject, Card)> = Vec::with_capacity(of.cards.len());
    let cells = SheetCells::new(deck, input);
    let mut is_worked = false;
    for (id, fact) in &of.cards {
        let Some(said) = deck.metrics.get(&(&*fact.key.profile, &*fact.key.metric)) else { continue };
        is_worked |= said.is_worked;
        cards.push((said.subject, card(deck, &cells, &of.path, (id, fact), said, found.get(&fact.key))));
    }
    let pages = shared_out(cards);
    let paths: Vec<String> = (1..=pages.len()).map(|n| path(of, n)).collect();
    // What does not fit on the first page keeps its place there, so that every link leads somewhere.
    let mut later: Vec<(Subject, Later)> = Vec::new();
    for (cards, to) in pages.iter().zip(&paths).skip(1) {
        later.extend(cards.iter().map(|(subject, card)| {
            let href = format!("{}#{}", relative(&of.path, to), card.id);
            (*subject, Later { id: card.id.clone(), title: card.title.clone(), value: card.value.clone(), href })
        }));
    }
    let mut made = Vec::new();
    for (cards, to) in pages.into_iter().zip(&paths) {
        made.push(page(deck, input, of, to, (cards, std::mem::take(&mut later)), is_worked));
    }
    made
}

/// Cards by page: the first page keeps room for an entry of each card that is not on it.
fn shared_out(cards: Vec<(Subject, Card)>) -> Vec<Vec<(Subject, Card)>> {
    let entry = |card: &Card| card.title.len() + card.value.len() + ENTRY;
    let mut entries: usize = cards.iter().map(|(_, card)| entry(card)).sum();
    let fits = cards.iter().map(|(_, card)| card.weight()).sum::<usize>() <= MOST;
    let mut pages: Vec<Vec<(Subject, Card)>> = vec![Vec::new()];
    let mut filled = 0;
    for (subject, card) in cards {
        let weight = card.weight();
        entries -= entry(&card);
        let room = if pages.len() == 1 && !fits { MOST.saturating_sub(entries) } else { MOST };
        let starts = !fits && filled + weight > room && (filled > 0 || pages.len() == 1);
        if starts {
            pages.push(Vec::new());
            filled = 0;
        }
        filled += weight;
        if let Some(page) = pages.last_mut() {
            page.push((subject, card));
        }
    }
    pages
}

fn path(of: &CardPage<'_>, n: usize) -> String {
    if n == 1 {
        return of.path.clone();
    }
    let (stem, ending) = CARDS.split_once('.').unwrap_or((CARDS, "html"));
    path_of("", of.period, of.scope, &format!("{stem}-{n}.{ending}"))
}

fn page(
    deck: &Deck<'_>,
    input: &ReportInput<'_>,
    of: &CardPage<'_>,
    path: &str,
    (cards, later): (OfSubject<Card>, OfSubject<Later>),
    is_worked: bool,
) -> Page {
    let words = input.words;
    let say = |key: &str| words.say(key, &[]);
    let task = PageTask { path: path.to_owned(), period: Some(of.period), scope: of.scope.clone(), kind: &KIND };
    let period = format::period(words, of.period);
    let subtitle = words.say("frame.subtitle", &[("period", &period), ("scope", &scope_name(input, of.scope))]);
    let mut frame = frame(input, &task, say("card.heading"), &subtitle);
    let sections = sections(input, cards, later);
    frame.contents =
        sections.iter().map(|section| Link { text: section.title.clone(), href: format!("#{}", section.id) }).collect();
    let (back, back_more) = cited_by(deck, input, of, path);
    let all_calendars = deck
        .calendars
        .iter()
        .enumerate()
        .map(|(place, lines)| Calendar { name: calendar_name(deck, input, place), lines: lines.clone() });
    let view = Numbers {
        frame,
        how: say("card.how"),
        back_title: say("card.back"),
        back,
        back_more,
        sections,
        calendar_title: say("card.calendar_title"),
        calendars: if is_worked { all_calendars.collect() } else { Vec::new() },
        precedence: order_of_precedence(input).to_owned(),
        methods: Link { text: say("card.methods"), href: relative(path, "methods.html") },
    };
    let mut model = model(&view).model;
    drop_control_characters(&mut model);
    Page { path: path.to_owned(), template: KIND.template, model, ..Page::default() }
}

/// Cards and entries by subject.
fn sections(input: &ReportInput<'_>, cards: Vec<(Subject, Card)>, later: Vec<(Subject, Later)>) -> Vec<SubjectCards> {
    let mut by_subject: BTreeMap<Subject, SubjectCards> = BTreeMap::new();
    let section = |subject: Subject| SubjectCards {
        id: subject.word(),
        title: naming::subject(input.words, subject),
        cards: Vec::new(),
        later: Vec::new(),
        later_title: String::new(),
    };
    for (subject, card) in cards {
        by_subject.entry(subject).or_insert_with(|| section(subject)).cards.push(card);
    }
    for (subject, entry) in later {
        let section = by_subject.entry(subject).or_insert_with(|| section(subject));
        section.later_title = input.words.say("card.next", &[]);
        section.later.push(entry);
    }
    by_subject.into_values().collect()
}

/// The pages that cite cards of a page: those of the same period and scope first.
fn cited_by(deck: &Deck<'_>, input: &ReportInput<'_>, of: &CardPage<'_>, path: &str) -> (Vec<Link>, String) {
    let Some(cited) = deck.citations.0.get(&of.path) else { return (Vec::new(), String::new()) };
    let own = path_of("", of.period, of.scope, "");
    let is_own = |page: &str| page.strip_prefix(own.as_str()).is_some_and(|file| !file.contains('/'));
    let mut pages: Vec<(bool, &String, &String)> =
        cited.by.iter().map(|(page, title)| (!is_own(page), page, title)).collect();
    pages.sort();
    let more = pages.len().saturating_sub(CITED_BY);
    let links = pages
        .into_iter()
        .take(CITED_BY)
        .map(|(_, page, title)| Link { text: title.clone(), href: relative(path, page) });
    let more = if more == 0 { String::new() } else { input.words.say("card.more_pages", &[("n", &more.to_string())]) };
    (links.collect(), more)
}
