//! Sealing a published period, and what moved in it since.
//!
//! A seal keeps the facts of a period as they were published, up to when events counted, by which procedures, and a print of each
//! record: hashes that tell whether it is still there and what changed, but neither names nor texts. A later run measures the
//! sealed period again as of the same moment and lists each number that moved, with the rows that moved it.

pub mod compare;
pub mod fact;
pub mod file;
pub mod folder;
mod moved_by;
pub mod print;
pub mod records;
pub mod rules;
pub mod stand;
mod values;

use polars::prelude::PolarsResult;

use crate::config::Config;
use crate::metrics::fact::FactTable;
use crate::moment::{Period, Seconds};
use fact::SealedFact;
use file::Seal;
use records::Held;

/// Seals the facts of a period.
///
/// # Errors
/// When a query fails.
pub fn seal(held: &Held<'_>, facts: &FactTable, config: &Config, period: Period, as_of: Seconds) -> PolarsResult<Seal> {
    Ok(Seal {
        period,
        as_of,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        procedures: rules::procedures(held.profiles),
        settings: rules::settings(config),
        facts: facts_of(facts, period),
        prints: held.prints(period, as_of)?,
    })
}

/// The facts of a period, in the order of a seal.
#[must_use]
pub fn facts_of(facts: &FactTable, period: Period) -> Vec<SealedFact> {
    let mut facts: Vec<SealedFact> =
        facts.all().iter().filter(|fact| fact.key.period == period).map(SealedFact::from).collect();
    facts.sort_unstable();
    facts
}
