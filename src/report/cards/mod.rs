//! Number cards: where each figure on a page for management comes from. One page a period and scope, made after all others, for the
//! figures that they cite and no others.
//!
//! Pages are composed first and tell which cards they link to ([`Citations`]). A [`Deck`] looks up the facts of these cards; the rows
//! behind all of them are asked for at once; then each page of cards is composed, on any thread.

mod card;
mod cells;
mod page;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use serde_json::Value;

use super::explained::{Teller, doc_under, rule, runs_on_working_time};
use super::mask::masked;
use super::pages::path_of;
use super::view::CARDS;
use super::{Page, ReportInput, naming, procedure};
use crate::clock::words::{described, precedence};
use crate::metrics::behind::Limits;
use crate::metrics::explain::Found;
use crate::metrics::fact::{Fact, FactKey, Scope};
use crate::metrics::metric::DOC_HEADINGS;
use crate::moment::Period;
use crate::profile::schema::{Deadline, Profile, Subject};

/// Rows of a card that are listed singly.
const LISTED: usize = 50;

/// Fewest rows of a card that are listed singly, however many cards there are.
const FEWEST_LISTED: usize = 4;

/// Rows that are listed singly on all cards together: what is kept of them in memory has an end.
const LISTED_IN_ALL: usize = 3_000_000;

/// Ranges of a sheet, and sheets of a part, that a card tells.
const RANGES: usize = 6;
const SHEETS: usize = 12;

/// Whether a page of the output is one of number cards.
#[must_use]
pub fn is_page(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    file == CARDS || file.starts_with("numbers-")
}

/// Which pages cite which cards.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Citations(BTreeMap<String, Cited>);

/// The cards of one page of cards that are cited, by the ids of their facts, and by which pages: path and title.
#[derive(Debug, Clone, Default, PartialEq)]
struct Cited {
    ids: BTreeSet<String>,
    by: BTreeMap<String, String>,
}

impl Citations {
    /// What one page cites.
    #[must_use]
    pub fn of(page: &Page) -> Self {
        let mut citations = Self::default();
        let said = |field: &str| page.model.pointer(field).and_then(Value::as_str).unwrap_or("");
        let parts = [said("/frame/heading"), said("/frame/subtitle")];
        let title = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        for card in &page.cited {
            let Some((path, id)) = card.split_once("#f-") else { continue };
            let cited = citations.0.entry(path.to_owned()).or_default();
            cited.ids.insert(id.to_owned());
            cited.by.entry(page.path.clone()).or_insert_with(|| title.clone());
        }
        citations
    }

    /// These and others.
    pub fn add(&mut self, more: Self) {
        for (path, more) in more.0 {
            let cited = self.0.entry(path).or_default();
            cited.ids.extend(more.ids);
            cited.by.extend(more.by);
        }
    }
}

/// The cards to make.
pub struct Deck<'a> {
    citations: Citations,
    pages: Vec<CardPage<'a>>,
    wanted: BTreeSet<FactKey>,
    metrics: BTreeMap<(&'a str, &'a str), MetricSaid<'a>>,
    /// Calendars in sentences, each once.
    calendars: Vec<Vec<String>>,
    /// Name of each sheet with its file, masked.
    sheets: Vec<String>,
}

/// A page of cards.
pub struct CardPage<'a> {
    path: String,
    period: Period,
    scope: &'a Scope,
    cards: Vec<(String, &'a Fact)>,
}

/// What all cards of a metric say alike.
struct MetricSaid<'a> {
    subject: Subject,
    name: String,
    profile: String,
    meaning: String,
    formula: String,
    deadline: Option<(&'a Profile, &'a Deadline)>,
    limit: String,
    /// Whether working time matters.
    is_worked: bool,
}

impl<'a> Deck<'a> {
    /// Looks up the facts of the cards that are cited.
    #[must_use]
    pub fn of(input: &ReportInput<'a>, citations: Citations) -> Self {
        let same = |a: &Fact, b: &Fact| (a.key.period, &a.key.scope) == (b.key.period, &b.key.scope);
        let runs: Vec<&'a [Fact]> = input.facts.all().chunk_by(same).collect();
        let found: Vec<(String, String, &'a Fact)> =
            runs.par_iter().flat_map_iter(|run| cited_in(&citations, run)).collect();
        let mut by_path: BTreeMap<String, Vec<(String, &'a Fact)>> = BTreeMap::new();
        for (path, id, fact) in found {
            by_path.entry(path).or_default().push((id, fact));
        }
        let mut metrics = BTreeMap::new();
        let mut wanted = BTreeSet::new();
        for (_, fact) in by_path.values().flatten() {
            let key = &fact.key;
            metrics
                .entry((&*key.profile, &*key.metric))
                .or_insert_with(|| MetricSaid::of(input, &key.profile, &key.metric));
            wanted.insert(key.clone());
        }
        let pages = by_path.into_iter().filter_map(|(path, mut cards)| {
            let first = &cards.first()?.1.key;
            let (period, scope) = (first.period, &first.scope);
            cards.sort_by_key(|(_, fact)| (Subject::of_metric(&fact.key.metric), naming::rank(&fact.key.metric)));
            Some(CardPage { path, period, scope, cards })
        });
        let calendars = input.clocks.all().iter().map(|clock| described(clock.week(), input.language)).collect();
        let teller = Teller::of(input);
        let sheets = (0..).take(input.sources.len()).map(|source| {
            let (file, sheet) = teller.named(source);
            let name = if sheet.is_empty() { file.to_owned() } else { format!("{file} · {sheet}") };
            masked(&name, input.persons)
        });
        Self { pages: pages.collect(), wanted, metrics, calendars, sheets: sheets.collect(), citations }
    }

    /// The facts of all cards: what stands behind them is asked for at once.
    #[must_use]
    pub fn wanted(&self) -> &BTreeSet<FactKey> {
        &self.wanted
    }

    /// How much is kept of the rows behind each.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let listed = (LISTED_IN_ALL / self.wanted.len().max(1)).clamp(FEWEST_LISTED, LISTED);
        Limits { listed, ranges: RANGES, sheets: SHEETS }
    }

    /// The pages to compose.
    #[must_use]
    pub fn pages(&self) -> &[CardPage<'a>] {
        &self.pages
    }

    /// Makes a page of cards, and those on which it goes on where they do not fit on one.
    #[must_use]
    pub fn compose(&self, input: &ReportInput<'_>, found: &BTreeMap<FactKey, Found>, of: &CardPage<'_>) -> Vec<Page> {
        page::compose(self, input, found, of)
    }

    /// Where the card of a fact is; none where nobody cites it.
    fn card_of(&self, key: &FactKey) -> Option<String> {
        let path = path_of("", key.period, &key.scope, CARDS);
        let cited = self.citations.0.get(&path)?;
        let id = key.id();
        cited.ids.contains(&id).then(|| format!("{path}#f-{id}"))
    }
}

/// The facts of one period and scope that are cited, each with its page of cards and its id.
fn cited_in<'f>(citations: &Citations, run: &'f [Fact]) -> Vec<(String, String, &'f Fact)> {
    let Some(first) = run.first() else { return Vec::new() };
    let path = path_of("", first.key.period, &first.key.scope, CARDS);
    let Some(cited) = citations.0.get(&path) else { return Vec::new() };
    let with_id = run.iter().map(|fact| (fact.key.id(), fact)).filter(|(id, _)| cited.ids.contains(id));
    with_id.map(|(id, fact)| (path.clone(), id, fact)).collect()
}

impl<'a> MetricSaid<'a> {
    fn of(input: &ReportInput<'a>, name: &Arc<str>, metric: &Arc<str>) -> Self {
        let words = input.words;
        let described = input.metrics.get(metric);
        let [meaning, formula, ..] = &DOC_HEADINGS;
        let said = |heading| described.map(|of| doc_under(of.doc, heading, words.language)).unwrap_or_default();
        let profile = input.profiles.named(name);
        let subject = Subject::of_metric(metric);
        let deadline = profile.and_then(|profile| {
            let id = metric.split('.').nth(1)?;
            Some((profile, profile.deadlines_of(subject).find(|deadline| subject.is_case() && deadline.id == id)?))
        });
        let limit = deadline.map(|(profile, deadline)| {
            let limits = procedure::limits(words, profile, deadline);
            [procedure::clock(words, deadline), limits].join(&words.say("join.semicolon", &[]))
        });
        let rule = profile.and_then(|profile| rule(profile, metric));
        Self {
            subject,
            name: naming::metric(input, name, metric),
            profile: profile.map_or_else(|| name.to_string(), |of| of.title.in_language(words.language).to_owned()),
            meaning: said(meaning),
            formula: said(formula),
            deadline,
            limit: limit.unwrap_or_default(),
            is_worked: rule.is_some_and(|rule| runs_on_working_time(&rule)),
        }
    }
}

/// What goes before what in a calendar.
fn order_of_precedence(input: &ReportInput<'_>) -> &'static str {
    precedence(input.language)
}
