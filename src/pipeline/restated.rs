//! What moved in sealed periods: each is measured again as of the moment when it was sealed.

use std::collections::BTreeMap;
use std::path::Path;

use super::RunError;
use super::gather::Gathered;
use crate::clock::clocks::Clocks;
use crate::config::Config;
use crate::metrics::fact::FactTable;
use crate::metrics::measure;
use crate::moment::{Period, Seconds};
use crate::profile::Profiles;
use crate::records::assemble::Records;
use crate::seal::compare::{Restated, RestatedPeriod};
use crate::seal::file::Seal;
use crate::seal::folder;
use crate::seal::records::Held;
use crate::seal::stand::{stood, window};

/// By what a run measures.
#[derive(Clone, Copy)]
pub(super) struct Measuring<'a> {
    pub(super) config: &'a Config,
    pub(super) profiles: &'a Profiles,
    pub(super) clocks: &'a Clocks,
    /// The run's own as-of moment, and its facts.
    pub(super) as_of: Seconds,
    pub(super) facts: &'a FactTable,
}

/// Measures all sealed periods again, once for each moment as of which some were sealed. The records are lent, and given back as
/// they were.
pub(super) fn of(
    seals: &Path,
    records: &mut Records,
    gathered: &Gathered,
    by: Measuring<'_>,
) -> Result<Restated, RunError> {
    let mut restated = Restated::default();
    let mut by_as_of: BTreeMap<Seconds, Vec<Seal>> = BTreeMap::new();
    for (period, read) in folder::read_all(seals) {
        match read {
            Ok(seal) => by_as_of.entry(seal.as_of).or_default().push(seal),
            Err(fault) => restated.unusable.push((period, fault)),
        }
    }
    for (as_of, seals) in by_as_of {
        restated.periods.extend(as_of_moment(&seals, as_of, records, gathered, by)?);
    }
    for period in &mut restated.periods {
        period.find_left(&held(records, gathered, by))?;
    }
    restated.periods.sort_by_key(|period| period.period);
    Ok(restated)
}

/// The records with their places, and by what they are measured.
pub(super) fn held<'a>(records: &'a Records, gathered: &'a Gathered, by: Measuring<'a>) -> Held<'a> {
    Held { records, files: &gathered.files, sources: &gathered.sources, profiles: by.profiles, clocks: by.clocks }
}

fn as_of_moment(
    seals: &[Seal],
    as_of: Seconds,
    records: &mut Records,
    gathered: &Gathered,
    by: Measuring<'_>,
) -> Result<Vec<RestatedPeriod>, RunError> {
    let all: Vec<&Seal> = seals.iter().collect();
    let mut frames = stood(&held(records, gathered, by), &all, as_of)?.frames;
    let is_as_it_was = as_of == by.as_of && frames.iter().all(Option::is_none);
    let compared = |records: &Records, facts: &FactTable| -> Result<Vec<RestatedPeriod>, RunError> {
        let held = held(records, gathered, by);
        let periods = seals.iter().map(|seal| RestatedPeriod::of(seal, facts, &held, by.config));
        Ok(periods.collect::<Result<_, _>>()?)
    };
    // Sealed as of the run's own moment: it is measured already.
    if is_as_it_was {
        return compared(records, by.facts);
    }
    let periods: Vec<Period> = seals.iter().map(|seal| seal.period).collect();
    for (frame, own) in frames.iter_mut().zip([&records.complaints, &records.repairs, &records.callbacks]) {
        let stood = frame.as_ref().unwrap_or(own);
        if let Some(seen) = window(stood, &periods, by.profiles)? {
            *frame = Some(seen);
        }
    }
    let lent = lend(records, frames);
    let facts = measure(records, by.profiles, by.clocks, as_of);
    let periods = facts.map_err(RunError::from).and_then(|measured| compared(records, &measured.facts));
    lend(records, lent);
    periods
}

type Frames = [Option<polars::prelude::DataFrame>; 3];

/// Puts frames in the place of those of complaints, repairs and callbacks; gives back what stood there.
fn lend(records: &mut Records, frames: Frames) -> Frames {
    let own = [&mut records.complaints, &mut records.repairs, &mut records.callbacks];
    let mut stood = [None, None, None];
    for ((own, frame), stood) in own.into_iter().zip(frames).zip(&mut stood) {
        *stood = frame.map(|frame| std::mem::replace(own, frame));
    }
    stood
}
