//! Waiting until a file that a run reads has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use crate::pipeline::Settings;
use crate::pipeline::read_by::files;

/// How long it waits between two looks, plus a millisecond for every twenty files.
const PAUSE: Duration = Duration::from_millis(400);

/// How long nothing may have changed before a change is over: programs save in several steps.
const REST: Duration = Duration::from_millis(250);

/// After so many looks a change is taken as it is: something writes all the time.
const LOOKS: usize = 40;

/// Shortest stretch of waiting, after which is asked whether to stop.
const SLICE: Duration = Duration::from_millis(50);

/// Size and time of change of the files that are there.
pub(super) type Stamps = BTreeMap<PathBuf, (u64, Duration)>;

/// The files that a run reads.
#[derive(Debug)]
pub(super) struct Watched<'s> {
    settings: &'s Settings,
    /// Every file that was ever one of them: while a profile is wrong, what it extends is not known.
    known: BTreeSet<PathBuf>,
}

impl<'s> Watched<'s> {
    pub(super) fn of(settings: &'s Settings) -> Self {
        Self { settings, known: BTreeSet::new() }
    }

    /// How the files stand.
    pub(super) fn stamps(&mut self) -> Stamps {
        self.known.extend(files(self.settings));
        self.known.iter().filter_map(|path| Some((path.clone(), stamp(path)?))).collect()
    }

    /// Waits until the files differ from what they were and have come to rest, and gives those that differ; none: it is to
    /// stop.
    pub(super) fn changed(&mut self, before: &Stamps, stop: &AtomicBool) -> Option<Vec<PathBuf>> {
        loop {
            let mut now = self.stamps();
            if now != *before {
                now = self.at_rest(now, stop)?;
            }
            let changed = differing(before, &now);
            if !changed.is_empty() {
                return Some(changed);
            }
            let files = u32::try_from(now.len()).unwrap_or(u32::MAX);
            rest(PAUSE + Duration::from_millis(1) * (files / 20), stop)?;
        }
    }

    /// How the files stand once they stand as before for a moment.
    fn at_rest(&mut self, mut last: Stamps, stop: &AtomicBool) -> Option<Stamps> {
        for _ in 0..LOOKS {
            rest(REST, stop)?;
            let now = self.stamps();
            if now == last {
                break;
            }
            last = now;
        }
        Some(last)
    }
}

/// Waits; none: it is to stop.
pub(super) fn rest(time: Duration, stop: &AtomicBool) -> Option<()> {
    let mut left = time;
    while !left.is_zero() && !stop.load(Ordering::Relaxed) {
        let slice = left.min(SLICE);
        std::thread::sleep(slice);
        left -= slice;
    }
    (!stop.load(Ordering::Relaxed)).then_some(())
}

/// Size and time of change; none where there is no such file.
fn stamp(path: &Path) -> Option<(u64, Duration)> {
    let told = path.metadata().ok()?;
    if !told.is_file() {
        return None;
    }
    // Where the system tells no time, or one before 1970, the size has to do.
    let time = told.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    Some((told.len(), time))
}

/// The files that came, went or changed.
fn differing(before: &Stamps, now: &Stamps) -> Vec<PathBuf> {
    let paths: BTreeSet<&PathBuf> = before.keys().chain(now.keys()).collect();
    paths.into_iter().filter(|path| before.get(*path) != now.get(*path)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::files::one_path;
    use crate::pipeline::Extent;
    use crate::problem::Language;

    fn settings(folder: &Path) -> Settings {
        Settings {
            input: folder.join("input"),
            output: folder.join("output"),
            config: None,
            profiles: Vec::new(),
            periods: Vec::new(),
            as_of: None,
            language: Language::Zh,
            templates: Some(folder.join("templates")),
            records: false,
            extent: Extent::Pages,
            worker: None,
        }
    }

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn every_file_that_a_run_reads_is_watched_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let settings = settings(root);
        write(root, "input/manyi.toml", "[use]\ncomplaint = \"../elsewhere/ours.toml\"\n");
        let mut watched = Watched::of(&settings);
        let changed = |watched: &mut Watched<'_>, before: &Stamps| -> Vec<PathBuf> {
            let changed = watched.changed(before, &AtomicBool::new(false)).unwrap();
            changed.iter().map(|path| one_path(path)).collect()
        };
        for name in [
            "input/三月.csv",
            "input/小区/三月.xlsx",
            "elsewhere/ours.toml",
            "elsewhere/below.toml",
            "input/profiles/later.toml",
            "templates/base.html",
            "templates/parts/style/charts.css",
            "templates/words/zh.toml",
            "input/seals/2025-06.json",
            "input/manyi.toml",
        ] {
            let before = watched.stamps();
            for other in [
                "input/~$三月.xlsx",
                "input/.~三月.et",
                "input/8D2F1C00.tmp",
                "output/index.html",
                "templates/.base.html.swp",
            ] {
                write(root, other, name);
            }
            assert_eq!(watched.stamps(), before, "a lock file counts");
            write(root, name, if name.ends_with("ours.toml") { "extends = \"below.toml\"" } else { "" });
            // Taken before: a change while a build was under way is found at once after it.
            assert_eq!(changed(&mut watched, &before), [one_path(&root.join(name))]);
            if name != "input/manyi.toml" {
                let before = watched.stamps();
                write(root, name, "changed");
                assert_eq!(changed(&mut watched, &before), [one_path(&root.join(name))]);
            }
        }
        let before = watched.stamps();
        fs::remove_file(root.join("input/三月.csv")).unwrap();
        assert_eq!(changed(&mut watched, &before), [root.join("input/三月.csv")]);
    }

    #[test]
    fn who_is_to_stop_waits_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let mut watched = Watched::of(&settings);
        let before = watched.stamps();
        assert_eq!(watched.changed(&before, &AtomicBool::new(true)), None);
    }
}
