//! Explaining: the input read and measured as a run does, nothing written, and any fact taken apart.

pub mod query;

use std::collections::{BTreeMap, BTreeSet};

use super::{Progress, RunError, Settings, sources, understood};
use crate::clock::clocks::Clocks;
use crate::config::{Config, nearest};
use crate::metrics::behind::Limits;
use crate::metrics::explain::explanation::{Explanation, FactSaid};
use crate::metrics::explain::{Found, find};
use crate::metrics::fact::{Fact, FactKey, FactTable};
use crate::metrics::measure;
use crate::moment::Seconds;
use crate::origin::SourceSheet;
use crate::problem::Language;
use crate::profile::{self, Profiles};
use crate::read::worker::Workers;
use crate::records::assemble::Records;
use crate::report::explained::Teller;
use query::Query;

/// Most facts that are listed where several are meant or none.
pub const LISTED: usize = 40;
/// Most names of metrics that are offered.
const NAMES: usize = 5;

/// The input as measured, ready to be asked.
pub struct Measured {
    /// Every number.
    pub facts: FactTable,
    records: Records,
    profiles: Profiles,
    clocks: Clocks,
    as_of: Seconds,
    files: Vec<String>,
    sources: Vec<SourceSheet>,
    language: Language,
}

/// What there is to say to a query.
#[derive(Debug)]
pub enum Answer {
    /// The fact, explained.
    One(Box<Explanation>),
    /// Several facts are meant: the first of them, and how many there are.
    Several(Vec<FactSaid>, usize),
    /// No fact is meant.
    None {
        /// Metrics of a name near to the one asked for.
        metrics: Vec<String>,
        /// Facts that meet the most conditions.
        facts: Vec<FactSaid>,
    },
}

/// Reads and measures the input.
///
/// # Errors
/// When the config or the input cannot be read, or a query fails.
pub fn measured(settings: &Settings, progress: &dyn Progress) -> Result<Measured, RunError> {
    let (config, _) = Config::find(settings.config.as_deref(), &settings.input)?;
    let profiles = profile::load::load(&config, &settings.profiles)?;
    let clocks = Clocks::new(&config)?;
    let files = sources::list(&settings.input)?;
    let workers = settings.worker.clone().map(Workers::of);
    let understood = understood(settings, &config, files, workers.as_ref(), progress)?;
    let (records, as_of) = (understood.records, understood.as_of.moment);
    let clocks = clocks.of_communities(&records.directory);
    let facts = measure(&records, &profiles, &clocks, as_of)?.facts;
    let (files, sources) = (understood.gathered.files, understood.gathered.sources);
    let language = settings.language;
    Ok(Measured { facts, records, profiles, clocks, as_of, files, sources, language })
}

impl Measured {
    /// Answers a query; at most `rows` rows of a part stand singly, the others as ranges.
    ///
    /// # Errors
    /// When a query of the records fails.
    pub fn answer(&self, query: &Query, rows: usize) -> Result<Answer, RunError> {
        let meant = query.facts(&self.facts);
        let said = |facts: &[&Fact]| facts.iter().take(LISTED).map(|fact| self.teller().fact_said(fact)).collect();
        Ok(match meant.as_slice() {
            [] => {
                let metrics = self.metrics_near(query);
                let near = if metrics.is_empty() { query.nearest(&self.facts, NAMES) } else { Vec::new() };
                Answer::None { metrics, facts: said(&near) }
            }
            [fact] => {
                let mut found = self.explain(&[fact.key.clone()].into(), rows)?;
                found.remove(&fact.key).map_or(Answer::None { metrics: Vec::new(), facts: said(&[fact]) }, |found| {
                    Answer::One(Box::new(found))
                })
            }
            several => Answer::Several(said(several), several.len()),
        })
    }

    /// Explains facts, by their keys, and the facts of which they are made.
    ///
    /// # Errors
    /// When a query of the records fails.
    pub fn explain(&self, wanted: &BTreeSet<FactKey>, rows: usize) -> Result<BTreeMap<FactKey, Explanation>, RunError> {
        let found = self.behind(wanted)?;
        let parts: BTreeSet<FactKey> = found.values().flat_map(|found| found.made_of.iter().cloned()).collect();
        let found_parts = self.behind(&parts)?;
        let explained = found.iter().filter_map(|(key, behind)| {
            let mut explanation = self.teller().say(key, behind, rows)?;
            let made_of = behind.made_of.iter().filter_map(|key| self.teller().say(key, found_parts.get(key)?, rows));
            explanation.made_of = made_of.collect();
            Some((key.clone(), explanation))
        });
        Ok(explained.collect())
    }

    /// What puts facts into words.
    fn teller(&self) -> Teller<'_> {
        Teller {
            facts: &self.facts,
            profiles: &self.profiles,
            clocks: &self.clocks,
            communities: &self.records.directory.communities,
            cells: &self.records.cells,
            files: &self.files,
            sources: &self.sources,
            as_of: self.as_of,
            language: self.language,
        }
    }

    /// What stands behind facts, by their keys.
    ///
    /// # Errors
    /// When a query of the records fails.
    pub fn behind(&self, wanted: &BTreeSet<FactKey>) -> Result<BTreeMap<FactKey, Found>, RunError> {
        Ok(find(&self.records, &self.profiles, &self.clocks, self.as_of, &self.facts, (wanted, Limits::ALL))?)
    }

    /// Names of metrics near to one that no fact has; nothing where facts have it.
    fn metrics_near(&self, query: &Query) -> Vec<String> {
        let Some(asked) = query.metric() else { return Vec::new() };
        let all: BTreeSet<&str> = self.facts.all().iter().map(|fact| &*fact.key.metric).collect();
        if all.contains(asked) {
            return Vec::new();
        }
        let mut left: Vec<&str> = all.into_iter().collect();
        let mut near = Vec::new();
        // Names that hold what was asked, or are held by it, go before those that differ by a slip.
        near.extend(
            left.iter().copied().filter(|name| !asked.is_empty() && (name.contains(asked) || asked.contains(name))),
        );
        left.retain(|name| !near.contains(name));
        while let Some(name) = nearest(asked, &left).filter(|_| near.len() < NAMES) {
            near.push(name);
            left.retain(|known| *known != name);
        }
        near.into_iter().take(NAMES).map(str::to_owned).collect()
    }
}
