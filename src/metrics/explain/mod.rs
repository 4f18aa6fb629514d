//! Facts explained: what a fact says, by which formula and clause, and the rows behind it by file, sheet and cell.
//!
//! Nothing is computed anew. [`find`] lets every subject hand over what it measures once more, to a taker that filters the rows by
//! the key of the fact instead of counting them.

mod explainer;
pub mod explanation;

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsResult;

use self::explainer::Explainer;
use super::behind::Limits;
use super::fact::{FactKey, FactTable};
use super::ruled;
use super::runner::{Labels, Setting};
use crate::clock::clocks::Clocks;
use crate::moment::Seconds;
use crate::profile::schema::Subject;
use crate::profile::{Profiles, Ruling};
use crate::records::assemble::Records;

pub use self::explainer::Found;

/// What stands behind each of the facts asked for, in their order, and how much is kept of it. A key that is no fact of the run is
/// left out. Many facts cost little more than one: they are asked for together.
///
/// # Errors
/// When a query fails.
pub fn find(
    records: &Records,
    profiles: &Profiles,
    clocks: &Clocks,
    as_of: Seconds,
    facts: &FactTable,
    (wanted, limits): (&BTreeSet<FactKey>, Limits),
) -> PolarsResult<BTreeMap<FactKey, Found>> {
    let mut setting = Setting {
        clocks,
        as_of,
        directory: &records.directory,
        names: &records.names,
        records,
        ruled: None,
        labels: Labels::of(&profiles.all),
    };
    let mut explainer = Explainer::of(wanted, facts, limits);
    for Ruling { profile, subject, reach } in profiles.rulings() {
        if explainer.seeks(&profile.name, |metric| Subject::of_metric(metric) == subject) {
            let part = ruled::part_of(records, &reach)?;
            setting.ruled = ruled::communities(&records.directory, &reach);
            super::measure_subject(part.as_ref().unwrap_or(records), profile, subject, &setting, &mut explainer)?;
        }
    }
    setting.ruled = None;
    for profile in profiles.all.iter().filter(|profile| !profile.ratios.is_empty()) {
        super::ratio::measure(profile, &setting, &mut explainer);
    }
    Ok(explainer.found)
}
