//! `manyi seal`: the facts of a period are measured as a run would, and kept beside the config.

use std::path::PathBuf;

use super::restated::{Measuring, held};
use super::{Phase, Progress, RunError, Settings, Understood, as_of_date, sources, understood};
use crate::clock::clocks::Clocks;
use crate::config::Config;
use crate::metrics::measure;
use crate::moment::Period;
use crate::profile;
use crate::read::worker::Workers;
use crate::seal::folder::{self, SealError};

/// What was sealed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Sealed {
    /// The period.
    pub period: String,
    /// The as-of date.
    pub as_of: String,
    /// How many facts.
    pub facts: usize,
    /// How many records stand behind them.
    pub records: usize,
    /// The head of the seal.
    pub path: PathBuf,
    /// Whether anything was written: the same seal again is none.
    pub written: bool,
}

/// Seals a period.
///
/// A period that is not over as of the as-of moment is refused, unless the as-of date was given with the command: then somebody
/// said up to when the published numbers count.
///
/// # Errors
/// When the period is not over, has no facts, or was sealed before and differs (unless `force`); and as [`super::run`] does.
pub fn seal(settings: &Settings, period: Period, force: bool, progress: &dyn Progress) -> Result<Sealed, RunError> {
    let (config, config_path) = Config::find(settings.config.as_deref(), &settings.input)?;
    let profiles = profile::load::load(&config, &settings.profiles)?;
    let clocks = Clocks::new(&config)?;
    let files = sources::list(&settings.input)?;
    let workers = settings.worker.clone().map(Workers::of);
    let Understood { gathered, records, as_of, .. } = understood(settings, &config, files, workers.as_ref(), progress)?;
    if settings.profiles.is_empty() {
        let ids: Vec<String> = records.directory.communities.iter().map(|community| community.id.to_string()).collect();
        profile::load::check_communities(&config, &ids)?;
    }
    let clocks = clocks.of_communities(&records.directory);
    let as_of = as_of.moment;
    let is_over = as_of >= period.end() || settings.as_of.is_some() && as_of > period.start();
    if !is_over {
        return Err(SealError::Unfinished { period, as_of: as_of_date(as_of) }.into());
    }
    progress.phase(Phase::Measuring, 1);
    let facts = measure(&records, &profiles, &clocks, as_of)?.facts;
    let by = Measuring { config: &config, profiles: &profiles, clocks: &clocks, as_of, facts: &facts };
    let seal = crate::seal::seal(&held(&records, &gathered, by), &facts, &config, period, as_of)?;
    progress.step();
    if seal.facts.is_empty() {
        return Err(SealError::Nothing { period }.into());
    }
    let folder = folder::of(config_path.as_deref(), &settings.input);
    let io = |source| SealError::Io { path: folder.clone(), source };
    let (path, written) = folder::write(&folder, period, &seal.files().map_err(io)?, force)?;
    let (facts, records) = (seal.facts.len(), seal.prints.len());
    Ok(Sealed { period: period.to_string(), as_of: as_of_date(as_of), facts, records, path, written })
}
