//! Which files of the company make the profiles in use.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::chain::{Found, extends, find};
use crate::config::Config;
use crate::config::files::{one_path, read_text};

/// The files of the profiles that a config names, or of `only` those, with all that they extend: as far as they can be found,
/// for a file that is wrong or missing is just the one that is about to be mended.
#[must_use]
pub fn files(config: &Config, only: &[String]) -> Vec<PathBuf> {
    let folder = config.written.folder();
    let used = &config.profiles;
    let mut files = Files { config_folder: folder, found: Vec::new(), known: BTreeSet::new() };
    if only.is_empty() {
        let of_all = [&used.complaint, &used.repair, &used.callback, &used.survey, &used.schedule];
        let of_communities = used.community.values().flat_map(|own| {
            [&own.complaint, &own.repair, &own.callback, &own.survey, &own.schedule].into_iter().flatten()
        });
        of_all
            .into_iter()
            .chain(&used.further)
            .chain(of_communities)
            .for_each(|named| files.add(named, folder, folder));
    } else {
        for named in only {
            files.add(named, Path::new(""), folder);
        }
    }
    files.found
}

struct Files<'c> {
    config_folder: &'c Path,
    found: Vec<PathBuf>,
    /// The same, each by its one path: a circle ends.
    known: BTreeSet<PathBuf>,
}

impl Files<'_> {
    fn add(&mut self, named: &str, paths_from: &Path, beside: &Path) {
        let Ok(Found::File(path)) = find(named, paths_from, &[beside, self.config_folder]) else { return };
        if !self.known.insert(one_path(&path)) {
            return;
        }
        let text = read_text(&path).unwrap_or_default();
        let below = extends("", &text).ok().flatten();
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        self.found.push(path);
        if let Some((named, _)) = below {
            self.add(&named, &folder, &folder);
        }
    }
}
