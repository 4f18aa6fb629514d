//! Which files a run reads, so that who waits for a change knows where to look.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Settings, sources};
use crate::config::Config;
use crate::config::files::files_beside;
use crate::{profile, seal};

/// The files that a run with these settings reads: input, config, profiles, templates, texts and seals; also those of them that
/// are named and missing. Of a config that is wrong only itself and the TOML files beside it are known.
#[must_use]
pub fn files(settings: &Settings) -> BTreeSet<PathBuf> {
    let input = &settings.input;
    let mut files: BTreeSet<PathBuf> =
        sources::list(input).unwrap_or_default().into_iter().map(|file| input.join(file)).collect();
    let configs = settings.config.clone().map_or_else(|| Config::looked_for(input).to_vec(), |named| vec![named]);
    let config_path = configs.iter().find(|path| path.is_file()).cloned();
    files.extend(configs);
    let config = Config::find(settings.config.as_deref(), input).map(|(config, _)| config).unwrap_or_default();
    files.extend(profile::load::files(&config, &settings.profiles));
    files.extend(files_beside(config_path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))));
    files.extend(settings.templates.as_deref().map(sources::templates).unwrap_or_default());
    files.extend(seal::folder::files(&seal::folder::of(config_path.as_deref(), input)));
    files
}
