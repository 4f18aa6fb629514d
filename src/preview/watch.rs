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
    let told = path.metadata().ok().filter(|told| told.is_file())?;
    // Where the system tells no time, or one before 1970, the size has to do.
    let time = told.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    Some((told.len(), time))
}

/// The files that came, went or changed.
fn differing(before: &Stamps, now: &Stamps) -> Vec<PathBuf> {
    let paths: BTreeSet<&PathBuf> = before.keys().chain(now.keys()).collect();
    paths.into_iter().filter(|path| before.get(*path) != now.get(*path)).cloned().collect()
}
