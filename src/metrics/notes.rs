//! Notes on facts: the code of what is so of any row behind a number, such as [`PLAIN_WEEK`].

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{PolarsResult, col};

use super::fact::{Dimension, Fact, Scope};
use super::groups::{Part, evaluate};
use super::metric::Metric;
use super::runner::{DimensionColumn, Run};
use crate::moment::Period;

/// A clock of working time ran in a year without a published calendar, for which the plain week stands.
pub const PLAIN_WEEK: &str = "plain_week";

/// Metric, period, scope and breakdown of the facts that bear notes.
type Noted = BTreeMap<(Arc<str>, Period, Scope, Option<(Dimension, Arc<str>)>), Vec<&'static str>>;

/// Adds a code to the notes of a fact.
pub(super) fn add_code(fact: &mut Fact, code: &str) {
    fact.note = if fact.note.is_empty() { code.into() } else { format!("{} {code}", fact.note).into() };
}

/// Adds to each fact the codes of its metric's notes that hold of any row behind it. Columns that the frame lacks hold of none.
pub(super) fn note(run: &Run<'_>, metrics: &[Metric], facts: &mut [Fact]) -> PolarsResult<()> {
    let has = |column: &str| run.frame.column(column).is_ok();
    let notes: Vec<(&Metric, &'static str, &String)> = metrics
        .iter()
        .flat_map(|metric| metric.notes.iter().map(move |(code, column)| (metric, *code, column)))
        .filter(|(_, _, column)| has(column))
        .collect();
    if notes.is_empty() {
        return Ok(());
    }
    let parts = evaluate(run.frame, notes.iter().map(|(_, _, column)| col(column.as_str())).collect())?;
    let parts: Vec<&Part> = parts.iter().collect();
    let mut by_fact = Noted::new();
    let groupings: Vec<Option<&DimensionColumn<'_>>> =
        std::iter::once(None).chain(run.dimensions.iter().map(Some)).collect();
    for dimension in groupings {
        for ((period, scope, code), sums) in run.sums(&parts, dimension)? {
            let scope = run.setting.scope(scope);
            let value = dimension.map(|dimension| {
                (dimension.dimension, (dimension.name)(code).unwrap_or_else(|| run.setting.labels.none.clone()))
            });
            for ((metric, note, _), sum) in notes.iter().zip(sums) {
                if sum > 0 {
                    let key = (metric.id.clone(), period, scope.clone(), value.clone());
                    by_fact.entry(key).or_default().push(note);
                }
            }
        }
    }
    for fact in facts {
        // The reasons of exclusion belong to the number that they leave rows out of.
        let value = fact.key.dimension.clone().filter(|(dimension, _)| *dimension != Dimension::Excluded);
        let key = (fact.key.metric.clone(), fact.key.period, fact.key.scope.clone(), value);
        for code in by_fact.get(&key).into_iter().flatten() {
            add_code(fact, code);
        }
    }
    Ok(())
}
