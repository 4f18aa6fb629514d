//! What moved since a period was sealed: numbers, and the rows that moved them.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsResult;

use super::fact::{Numbers, SealedFact};
use super::file::{Fault, Seal};
use super::moved_by::RowIndex;
use super::print::{Place, Print};
use super::records::{CALLBACK, COMPLAINT, Held, REPAIR};
use super::rules;
use crate::config::Config;
use crate::metrics::fact::FactTable;
use crate::moment::{Period, Seconds};

/// What became of all sealed periods.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Restated {
    /// Each sealed period, in order.
    pub periods: Vec<RestatedPeriod>,
    /// Seals that cannot be used, and why.
    pub unusable: Vec<(Period, Fault)>,
}

/// What became of a sealed period.
#[derive(Debug, Clone, PartialEq)]
pub struct RestatedPeriod {
    /// The period.
    pub period: Period,
    /// Up to when events count.
    pub as_of: Seconds,
    /// How many facts were sealed.
    pub sealed: usize,
    /// The facts that moved.
    pub moved: Vec<MovedFact>,
    /// The rows that moved, as far as any fact did.
    pub rows: Vec<MovedRow>,
    /// What else is not as it was, as far as any fact moved.
    pub causes: Vec<Cause>,
    /// Profiles in force then or now and not both times: their facts are not compared.
    pub uncompared: Vec<String>,
}

/// A fact that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedFact {
    /// What identifies it, with its numbers as sealed or, where it is new, as measured now.
    pub fact: SealedFact,
    /// As sealed; none where it appeared since.
    pub sealed: Option<Numbers>,
    /// As measured now; none where it vanished.
    pub now: Option<Numbers>,
    /// The first rows that moved it, at most [`MOST_ROWS`], by their place among the rows that moved; none: see the causes.
    pub rows: Vec<usize>,
    /// How many rows moved it.
    pub row_count: usize,
}

/// Rows kept for one fact; a register that was sent again in whole would fill memory and disk, fact by fact.
pub const MOST_ROWS: usize = 1_000;

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It came since, or was put into the period.
    Added,
    /// It is there no more.
    Removed,
    /// It is there, and no longer of the period.
    Left,
    /// It says something else.
    Changed,
}

impl What {
    /// The word in data files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Left => "left",
            Self::Changed => "changed",
        }
    }
}

/// A row that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedRow {
    /// What happened to it.
    pub what: What,
    /// As sealed.
    pub sealed: Option<Print>,
    /// As it is now.
    pub now: Option<Print>,
    /// Where it stands now; where it is there no more, where it stood.
    pub place: Place,
    /// Fields that say something else.
    pub fields: Vec<String>,
    /// Outcomes and classes that differ: name, then, now.
    pub codes: Vec<(String, String, String)>,
}

/// Why numbers may have moved without a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// A procedure says something else.
    Procedure {
        /// Its name.
        name: String,
        /// Hash of what it said.
        before: String,
        /// Hash of what it says.
        now: String,
        /// The entries that differ.
        entries: Vec<String>,
    },
    /// A part of the config says something else.
    Settings {
        /// The part.
        part: String,
    },
    /// Another version of the program sealed it.
    Program {
        /// The version that sealed it.
        before: String,
        /// This version.
        now: String,
    },
}

impl Cause {
    /// The word in data files.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Procedure { .. } => "procedure",
            Self::Settings { .. } => "settings",
            Self::Program { .. } => "program",
        }
    }

    /// What differs, for data files.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Procedure { name, before, now, entries } => {
                format!("{name} {} → {}; {}", &before[..12], &now[..12], entries.join("; "))
            }
            Self::Settings { part } => part.clone(),
            Self::Program { before, now } => format!("{before} → {now}"),
        }
    }
}

impl Restated {
    /// Whether nothing was ever sealed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.periods.is_empty() && self.unusable.is_empty()
    }

    /// How many sealed numbers moved.
    #[must_use]
    pub fn moved(&self) -> usize {
        self.periods.iter().map(|period| period.moved.len()).sum()
    }
}

impl RestatedPeriod {
    /// Ids of the facts that moved and are there now.
    #[must_use]
    pub fn ids(&self) -> BTreeSet<&str> {
        self.moved.iter().filter(|moved| moved.now.is_some()).map(|moved| moved.fact.id.as_str()).collect()
    }

    /// Compares a sealed period with its facts as measured now as of the same moment; `held` are the records as they stood.
    ///
    /// # Errors
    /// When a query fails.
    pub fn of(seal: &Seal, facts: &FactTable, held: &Held<'_>, config: &Config) -> PolarsResult<Self> {
        let now = rules::procedures(held.profiles);
        let names = |procedures: &[super::file::Procedure]| -> BTreeSet<String> {
            procedures.iter().map(|procedure| procedure.name.clone()).collect()
        };
        let (before, after) = (names(&seal.procedures), names(&now));
        let mut restated = Self {
            period: seal.period,
            as_of: seal.as_of,
            sealed: seal.facts.len(),
            moved: Vec::new(),
            rows: Vec::new(),
            causes: Vec::new(),
            uncompared: before.symmetric_difference(&after).cloned().collect(),
        };
        restated.moved = moved_facts(seal, &super::facts_of(facts, seal.period), &restated.uncompared);
        if restated.moved.is_empty() {
            return Ok(restated);
        }
        restated.causes = causes(seal, &now, config);
        restated.rows = moved_rows(&seal.prints, held.prints(seal.period, seal.as_of)?);
        let mut index = RowIndex::of(&restated.rows);
        for moved in &mut restated.moved {
            let rows = index.rows_of(&moved.fact);
            moved.row_count = rows.len();
            moved.rows = rows.into_iter().take(MOST_ROWS).collect();
        }
        Ok(restated)
    }

    /// Tells rows that are no longer there from those that left the period; `held` are all records.
    ///
    /// # Errors
    /// When a query fails.
    pub fn find_left(&mut self, held: &Held<'_>) -> PolarsResult<()> {
        for kind in [COMPLAINT, REPAIR, CALLBACK] {
            let is_gone = |row: &MovedRow| {
                row.what == What::Removed && row.sealed.as_ref().is_some_and(|print| print.kind == kind)
            };
            if !self.rows.iter().any(is_gone) {
                continue;
            }
            let places: BTreeMap<u64, Place> = held.identities(kind)?.into_iter().rev().collect();
            for row in self.rows.iter_mut().filter(|row| is_gone(row)) {
                if let Some(place) = row.sealed.as_ref().and_then(|print| places.get(&print.identity)) {
                    row.what = What::Left;
                    row.place.clone_from(place);
                }
            }
        }
        Ok(())
    }
}

fn moved_facts(seal: &Seal, now: &[SealedFact], uncompared: &[String]) -> Vec<MovedFact> {
    let is_compared = |fact: &&SealedFact| !uncompared.contains(&fact.profile);
    let by_id = |facts: &'_ [SealedFact]| -> BTreeMap<String, SealedFact> {
        facts.iter().filter(is_compared).map(|fact| (fact.id.clone(), fact.clone())).collect()
    };
    let (sealed, now) = (by_id(&seal.facts), by_id(now));
    // A newer program measures more: what it did not know when the period was sealed has not moved.
    let known: BTreeSet<&str> = seal.facts.iter().map(|fact| fact.metric.as_str()).collect();
    let is_same_program = seal.version == env!("CARGO_PKG_VERSION");
    let ids: BTreeSet<&String> = sealed.keys().chain(now.keys()).collect();
    let mut moved: Vec<MovedFact> = ids
        .into_iter()
        .filter_map(|id| {
            let (before, after) = (sealed.get(id), now.get(id));
            let is_new = before.is_none() && !is_same_program;
            if after.is_some_and(|fact| is_new && !known.contains(fact.metric.as_str())) {
                return None;
            }
            let numbers = |fact: Option<&SealedFact>| fact.map(|fact| fact.numbers.clone());
            let (then, at_present) = (numbers(before), numbers(after));
            let is_moved = match (&then, &at_present) {
                (Some(then), Some(now)) => !same(then, now),
                _ => true,
            };
            let fact = before.or(after)?.clone();
            is_moved.then_some(MovedFact { fact, sealed: then, now: at_present, rows: Vec::new(), row_count: 0 })
        })
        .collect();
    moved.sort_by(|a, b| a.fact.cmp(&b.fact));
    moved
}

/// Whether numbers are the same. A new target alone moves what it says of the value, which is told as well.
fn same(a: &Numbers, b: &Numbers) -> bool {
    let numbers = |of: &Numbers| {
        [&of.numerator, &of.denominator, &of.value, &of.excluded, &of.verdict].map(String::as_str).join("\u{1f}")
    };
    numbers(a) == numbers(b)
}

fn causes(seal: &Seal, now: &[super::file::Procedure], config: &Config) -> Vec<Cause> {
    let mut causes = Vec::new();
    let version = env!("CARGO_PKG_VERSION");
    if seal.version != version {
        causes.push(Cause::Program { before: seal.version.clone(), now: version.to_owned() });
    }
    for before in &seal.procedures {
        let Some(now) = now.iter().find(|now| now.name == before.name) else { continue };
        if now.blake3 != before.blake3 {
            causes.push(Cause::Procedure {
                name: before.name.clone(),
                before: before.blake3.clone(),
                now: now.blake3.clone(),
                entries: rules::differences(&before.says, &now.says),
            });
        }
    }
    for (part, now) in rules::settings(config) {
        if seal.settings.get(&part).is_some_and(|before| *before != now) {
            causes.push(Cause::Settings { part });
        }
    }
    causes
}

/// The rows that differ, compared by content and never by place.
fn moved_rows(sealed: &[Print], now: Vec<Print>) -> Vec<MovedRow> {
    let mut pairs: BTreeMap<(String, u64), (Vec<Print>, Vec<Print>)> = BTreeMap::new();
    for print in sealed {
        pairs.entry((print.kind.clone(), print.identity)).or_default().0.push(print.clone());
    }
    for print in now {
        pairs.entry((print.kind.clone(), print.identity)).or_default().1.push(print);
    }
    let (mut gone, mut new, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (before, mut after) in pairs.into_values() {
        let before: Vec<Print> = before
            .into_iter()
            .filter(|print| match after.iter().position(|now| now.content == print.content) {
                Some(at) => {
                    // The same row, wherever it stands; a procedure that changed may see it otherwise.
                    let now = after.swap_remove(at);
                    if now.codes != print.codes {
                        rows.push(changed(print.clone(), now));
                    }
                    false
                }
                None => true,
            })
            .collect();
        let mut after = after.into_iter();
        for print in before {
            match after.next() {
                Some(now) => rows.push(changed(print, now)),
                None => gone.push(print),
            }
        }
        new.extend(after);
    }
    // A row without a number whose moment was mended is another by its identity: at the same place it is the same row.
    let mut by_place: BTreeMap<(String, Place), Print> = BTreeMap::new();
    for print in new {
        let place = (print.kind.clone(), print.place.clone());
        if print.place == Place::default() || by_place.contains_key(&place) {
            rows.push(only(What::Added, None, Some(print)));
        } else {
            by_place.insert(place, print);
        }
    }
    for print in gone {
        match by_place.remove(&(print.kind.clone(), print.place.clone())) {
            Some(now) => rows.push(changed(print, now)),
            None => rows.push(only(What::Removed, Some(print), None)),
        }
    }
    rows.extend(by_place.into_values().map(|print| only(What::Added, None, Some(print))));
    rows.sort_by(|a, b| (&a.place, a.what, &a.fields).cmp(&(&b.place, b.what, &b.fields)));
    rows
}

fn only(what: What, sealed: Option<Print>, now: Option<Print>) -> MovedRow {
    let print = now.as_ref().or(sealed.as_ref());
    let place = print.map(|print| print.place.clone()).unwrap_or_default();
    let word = |print: &Option<Print>, name: &str| -> String {
        print.as_ref().and_then(|print| print.code(name)).unwrap_or("").to_owned()
    };
    let names: Vec<String> = print.into_iter().flat_map(|print| &print.codes).map(|(name, _)| name.clone()).collect();
    let codes = names.into_iter().filter(|name| name.contains('/')).map(|name| {
        let (then, now) = (word(&sealed, &name), word(&now, &name));
        (name, then, now)
    });
    let codes = codes.collect();
    MovedRow { what, place, fields: Vec::new(), codes, sealed, now }
}

fn changed(sealed: Print, now: Print) -> MovedRow {
    let said = |print: &Print| -> BTreeSet<(String, u16)> { print.fields.iter().cloned().collect() };
    let mut fields: BTreeSet<String> = BTreeSet::new();
    // Hashes of fields are bound to the identity: of two identities nothing can be said field by field.
    if sealed.identity == now.identity {
        fields.extend(said(&sealed).symmetric_difference(&said(&now)).map(|(name, _)| name.clone()));
    }
    let own = [
        ("community", &*sealed.community, &*now.community),
        ("department", &*sealed.department, &*now.department),
        ("period", &*sealed.period, &*now.period),
    ];
    fields.extend(own.into_iter().filter(|(_, then, now)| then != now).map(|(name, ..)| name.to_owned()));
    let names: BTreeSet<&String> = sealed.codes.iter().chain(&now.codes).map(|(name, _)| name).collect();
    let word = |print: &Print, name: &str| print.code(name).unwrap_or("").to_owned();
    let codes = names.into_iter().map(|name| (name.clone(), word(&sealed, name), word(&now, name)));
    let codes = codes.filter(|(_, then, now)| then != now).collect();
    let place = now.place.clone();
    MovedRow {
        what: What::Changed,
        place,
        fields: fields.into_iter().collect(),
        codes,
        sealed: Some(sealed),
        now: Some(now),
    }
}
