//! Makes the demonstration input, and the truth about it.
//!
//! ```text
//! make-demo [--out input] [--truth tests/demo] [--xls-source DIR]
//! ```
//!
//! The year of an invented property company is thrown with fixed dice ([`cases`], [`callbacks`], [`survey`]), spoilt with
//! human errors ([`plants`]), written down as six service centers would ([`layouts`], [`centers`], [`book`]), and summed
//! up by rules written a second time and as plainly as possible ([`clock`], [`outcome`], [`truth`]).

#![allow(clippy::expect_used, clippy::panic, reason = "a generator that contradicts itself stops, and says how")]

mod book;
mod callback_forms;
mod callbacks;
mod case;
mod cases;
mod centers;
mod clock;
mod company;
mod config;
mod dice;
mod forms;
mod layout;
mod layouts;
mod ledger;
mod outcome;
mod period;
mod plants;
mod register;
mod sheet;
mod survey;
mod survey_sheets;
mod truth;
mod truth_callbacks;
mod truth_cases;
mod truth_survey;
mod words;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Where to write.
struct Settings {
    out: PathBuf,
    truth: PathBuf,
    source: Option<PathBuf>,
}

impl Settings {
    /// From the arguments; paths by default lie in the crate.
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut settings = Self { out: root.join("input"), truth: root.join("tests/demo"), source: None };
        while let Some(flag) = arguments.next() {
            let mut folder = || arguments.next().map(PathBuf::from).ok_or(format!("{flag} needs a folder"));
            match flag.as_str() {
                "--out" => settings.out = folder()?,
                "--truth" => settings.truth = folder()?,
                "--xls-source" => settings.source = Some(folder()?),
                other => return Err(format!("{other} is none of --out, --truth and --xls-source").into()),
            }
        }
        Ok(settings)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::from_arguments(std::env::args().skip(1))?;
    let mut cases = cases::all();
    let callbacks = callbacks::all(&cases);
    let copies = plants::plant(&mut cases);
    let rounds = survey::rounds();
    if !cases::reach_the_last_day(&cases) {
        return Err("nothing was received on the last day of the year: as-of would be earlier".into());
    }
    let year = centers::Year { cases: &cases, callbacks: &callbacks, rounds: &rounds, copies: &copies };
    let files = centers::files(&year);
    fs::create_dir_all(&settings.out)?;
    fs::create_dir_all(&settings.truth)?;
    for file in &files {
        book::write(file, &settings.out, settings.source.as_deref())?;
    }
    fs::write(settings.out.join("manyi.toml"), config::text()?)?;
    ledger::write(&files, &settings.truth)?;
    truth::write(&cases, &centers::layouts(), &callbacks, &rounds, &settings.truth)?;
    Ok(())
}
