//! What measuring costs: outcome codes of a million cases on every deadline of a procedure, and all facts, for 500 communities over
//! 12 months; then for two and four million, to show that the cost grows with the number of cases.
//!
//! `cargo bench --bench measure` makes the registers once, under `target/`, and prints for each size the seconds that measuring
//! takes once the records stand, the number of facts, and the peak memory of the whole process; medians of rounds, each a process
//! of its own. Arguments after `--`: number of rounds (3), name of the procedure (complaint-classes, which sets the most deadlines).

mod registers;

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use manyi::clock::clocks::Clocks;
use manyi::config::Config;
use manyi::metrics::measure;
use manyi::profile::load::load;
use manyi::read::{TextOptions, read_file};
use manyi::recognise::{Vocabulary, recognise};
use manyi::records::assemble::{Records, assemble};
use manyi::records::block::{TableRecords, records_of};
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

type Done<T> = Result<T, Box<dyn Error>>;

/// Cases, in millions.
const SIZES: [usize; 3] = [1, 2, 4];

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let first = arguments.next();
    let profile = arguments.next().unwrap_or_else(|| "complaint-classes".to_owned());
    if let (Some(input), Some("once")) = (&first, arguments.next().as_deref()) {
        return once(Path::new(input), &profile);
    }
    let rounds: usize = first.and_then(|text| text.parse().ok()).unwrap_or(3);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{profile}, 500 communities × 12 months")?;
    for millions in SIZES {
        let input = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("measure-{millions}"));
        registers::make(&input, millions * 1_000_000)?;
        let mut told: Vec<(f64, u64, u64)> = (0..rounds).map(|_| child(&input, &profile)).collect::<Done<_>>()?;
        told.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (seconds, facts, peak) = told[told.len() / 2];
        writeln!(out, "{millions} million cases {seconds:>6.2} s   {facts:>9} facts   peak {:>5} MB", peak / 1_024)?;
    }
    Ok(())
}

/// Measures once in a process of its own: seconds, number of facts, peak memory in kB.
fn child(input: &Path, profile: &str) -> Done<(f64, u64, u64)> {
    let told = Command::new(std::env::current_exe()?).arg(input).args([profile, "once"]).output()?;
    if !told.status.success() {
        return Err(String::from_utf8_lossy(&told.stderr).into());
    }
    let text = String::from_utf8(told.stdout)?;
    let mut words = text.split_whitespace();
    let mut next = || words.next().ok_or("the child tells three numbers");
    Ok((next()?.parse()?, next()?.parse()?, next()?.parse()?))
}

fn once(input: &Path, profile: &str) -> Done<()> {
    let config = Config::default();
    let profiles = load(&config, &[profile.to_owned()])?;
    let records = records(input, &config)?;
    let as_of = records.received_days.keys().next_back().map_or(0, |day| (day + 1) * 86_400);
    let clocks = Clocks::new(&config)?.of_communities(&records.directory);
    let start = Instant::now();
    let measured = measure(&records, &profiles, &clocks, as_of)?;
    let seconds = start.elapsed().as_secs_f64();
    writeln!(std::io::stdout(), "{seconds} {} {}", measured.facts.all().len(), peak_kb())?;
    Ok(())
}

/// The records of a folder, files side by side.
fn records(input: &Path, config: &Config) -> Done<Records> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(input)?.map(|entry| Ok(entry?.path())).collect::<Done<_>>()?;
    files.sort();
    let vocabulary = Vocabulary::default();
    let tables: Result<Vec<Vec<TableRecords>>, String> =
        files.par_iter().with_max_len(1).map(|file| tables_of(file, config, &vocabulary)).collect();
    let numbered = (0..).zip(tables?);
    let tables = numbered.flat_map(|(source, tables)| tables.into_iter().map(move |t| TableRecords { source, ..t }));
    Ok(assemble(tables.collect(), config)?)
}

fn tables_of(file: &Path, config: &Config, vocabulary: &Vocabulary) -> Result<Vec<TableRecords>, String> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let book = read_file(file, &config.budget, TextOptions::default(), None).book.map_err(|error| error.to_string())?;
    let mut tables = Vec::new();
    for sheet in book.sheets {
        let sheet = sheet.map_err(|(name, why)| format!("{name}: {why}"))?;
        tables.extend(records_of(&sheet, &recognise(&sheet, name, vocabulary), 0, None).tables);
    }
    Ok(tables)
}

/// Peak memory of this process in kB, where the system tells it.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}
