//! Who takes what a subject measures: one makes facts of it, another says which rows stand behind a fact.
//!
//! A subject hands over its frames with their metrics, and what it counts otherwise together with the rows it counted. So a fact
//! and its explanation come from the same expressions on the same frame, and no metric is defined twice.

use std::sync::Arc;

use polars::prelude::PolarsResult;

use super::behind::Rows;
use super::fact::{Dimension, Fact, FactKey};
use super::metric::Metric;
use super::runner::Run;

/// Takes what a subject measures.
pub trait Taker {
    /// The metrics of a frame; `keep` says which of the facts are meant, none: all.
    ///
    /// # Errors
    /// When a query fails.
    fn run(&mut self, run: &Run<'_>, metrics: Vec<Metric>, keep: Option<Keep>) -> PolarsResult<()>;

    /// A fact that was counted without a frame. The rows behind it are asked for only where somebody wants to know them.
    ///
    /// # Errors
    /// When a query for the rows fails.
    fn counted(&mut self, metric: &Metric, fact: Fact, rows: &dyn Fn() -> PolarsResult<Vec<Rows>>) -> PolarsResult<()>;

    /// A fact made of facts, with their keys.
    fn composed(&mut self, metric: &Metric, fact: Fact, of: &dyn Fn() -> Vec<FactKey>);

    /// The facts of a metric of the same profile and subject, as far as they were handed over.
    fn taken(&self, profile: &str, metric: &str) -> Vec<Fact>;
}

/// Whether a fact of a run is meant; may word its breakdown otherwise.
pub type Keep = fn(&mut FactKey) -> bool;

/// Between the values of two breakdowns that stand in one code.
const BETWEEN: char = '\u{1f}';

/// The values of two breakdowns as the name of one code; a [`Keep`] parts them again.
pub(super) fn two_in_one(first: &str, second: &str) -> Arc<str> {
    format!("{first}{BETWEEN}{second}").into()
}

/// Parts a breakdown whose codes hold two; false for a fact that is not broken down by it.
pub(super) fn part_in_two(key: &mut FactKey, into: [Dimension; 2]) -> bool {
    let Some((_, both)) = key.dimension.take() else { return false };
    let Some((first, second)) = both.split_once(BETWEEN) else { return false };
    key.dimension = Some((into[0], Arc::from(first)));
    key.dimension2 = Some((into[1], Arc::from(second)));
    true
}

/// Makes facts.
#[derive(Debug, Default)]
pub(super) struct Maker {
    /// The facts.
    pub facts: Vec<Fact>,
}

impl Taker for Maker {
    fn run(&mut self, run: &Run<'_>, metrics: Vec<Metric>, keep: Option<Keep>) -> PolarsResult<()> {
        let made = run.facts(metrics)?;
        match keep {
            None if self.facts.is_empty() => self.facts = made,
            None => self.facts.extend(made),
            Some(keep) => {
                self.facts.extend(made.into_iter().filter_map(|mut fact| keep(&mut fact.key).then_some(fact)));
            }
        }
        Ok(())
    }

    fn counted(&mut self, _: &Metric, fact: Fact, _: &dyn Fn() -> PolarsResult<Vec<Rows>>) -> PolarsResult<()> {
        self.facts.push(fact);
        Ok(())
    }

    fn composed(&mut self, _: &Metric, fact: Fact, _: &dyn Fn() -> Vec<FactKey>) {
        self.facts.push(fact);
    }

    fn taken(&self, profile: &str, metric: &str) -> Vec<Fact> {
        let meant = |fact: &&Fact| &*fact.key.metric == metric && &*fact.key.profile == profile;
        self.facts.iter().filter(meant).cloned().collect()
    }
}
