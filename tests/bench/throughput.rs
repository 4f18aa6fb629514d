//! What a million rows cost: 200 workbooks of 5,000 rows × 12 columns, 50 communities, 12 months, 2 % faulty cells.
//!
//! `cargo bench --bench throughput` makes the workbooks once, under `target/`, and prints five figures of one run on the same
//! cores: reading the cells with the streaming reader over files in parallel and dropping them; reading them as sheets, measured
//! against the budget first; making records of them, which adds recognition and normalisation; the run up to `output/data/`; the
//! run with all pages. Each is a process of its own, so that its peak memory can be told; the figures are medians of
//! interleaved rounds. Arguments after `--`: number of rounds (3), rows of a workbook (5,000).

mod workbooks;

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use calamine::Reader;
use manyi::config::Budget;
use manyi::pipeline::{Extent, Settings, Silent, run};
use manyi::problem::Language;
use manyi::read::sheet::Sheet;
use manyi::read::{TextOptions, read_file};
use manyi::recognise::{Vocabulary, recognise};
use manyi::records::block::records_of;
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

type Done<T> = Result<T, Box<dyn Error>>;

const MODES: [(&str, &str); 5] = [
    ("floor", "read and drop"),
    ("sheets", "read as sheets"),
    ("records", "up to records"),
    ("data", "up to output/data/"),
    ("pages", "with all pages"),
];

fn main() -> Done<()> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let first = arguments.next();
    if let (Some(mode), Some(input), Some(output)) = (first.clone(), arguments.next(), arguments.next()) {
        return child(&mode, Path::new(&input), Path::new(&output));
    }
    let rounds: usize = first.and_then(|text| text.parse().ok()).unwrap_or(3);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("throughput");
    let input = folder.join("input");
    let mut out = std::io::stdout().lock();
    if workbooks::are_missing(&input) {
        writeln!(out, "making {} workbooks in {} …", workbooks::FILES, input.display())?;
        workbooks::make(&input)?;
    }
    let mut seconds = [const { Vec::new() }; 5];
    let mut peaks = [0_u64; 5];
    for _ in 0..rounds {
        for (place, (mode, _)) in MODES.iter().enumerate() {
            let (taken, peak) = measured(mode, &input, &folder.join("output"))?;
            seconds[place].push(taken);
            peaks[place] = peaks[place].max(peak);
        }
    }
    let medians = seconds.map(median);
    for (place, (_, title)) in MODES.iter().enumerate() {
        let ratio = medians[place] / medians[0];
        writeln!(out, "{title:<20} {:>6.2} s   {ratio:>5.2} ×   peak {:>5} MB", medians[place], peaks[place] / 1_024)?;
    }
    Ok(())
}

/// Runs one mode in a process of its own: seconds and peak memory in kB.
fn measured(mode: &str, input: &Path, output: &Path) -> Done<(f64, u64)> {
    let told = Command::new(std::env::current_exe()?).arg(mode).args([input, output]).output()?;
    if !told.status.success() {
        return Err(format!("{mode}: {}", String::from_utf8_lossy(&told.stderr)).into());
    }
    let text = String::from_utf8(told.stdout)?;
    let mut words = text.split_whitespace();
    let seconds = words.next().ok_or("the child tells its seconds")?.parse()?;
    let peak = words.next().ok_or("the child tells its peak")?.parse()?;
    Ok((seconds, peak))
}

fn child(mode: &str, input: &Path, output: &Path) -> Done<()> {
    let start = Instant::now();
    if mode == "floor" {
        over_files(input, cells_of)?;
    } else if mode == "sheets" {
        over_files(input, |file| Ok(sheets_of(file)?.iter().map(Sheet::cell_count).sum()))?;
    } else if mode == "records" {
        let vocabulary = Vocabulary::default();
        over_files(input, |file| {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("");
            let sheets = sheets_of(file)?;
            let records = sheets.iter().map(|sheet| records_of(sheet, &recognise(sheet, name, &vocabulary), 0, None));
            Ok(records.map(|records| records.tables.len()).sum())
        })?;
    } else {
        let settings = Settings {
            input: input.to_path_buf(),
            output: output.to_path_buf(),
            config: None,
            profiles: Vec::new(),
            periods: Vec::new(),
            as_of: None,
            language: Language::Zh,
            templates: None,
            records: false,
            extent: if mode == "data" { Extent::Data } else { Extent::Pages },
            worker: None,
        };
        run(&settings, &Silent)?;
    }
    writeln!(std::io::stdout(), "{} {}", start.elapsed().as_secs_f64(), peak_kb())?;
    Ok(())
}

/// Does something with each file side by side; an error where it comes to nothing at all.
fn over_files(input: &Path, work: impl Fn(&Path) -> Done<usize> + Sync) -> Done<()> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(input)? {
        files.push(entry?.path());
    }
    let counts: Result<Vec<usize>, String> =
        files.par_iter().with_max_len(1).map(|file| work(file).map_err(|e| e.to_string())).collect();
    let all: usize = counts?.into_iter().sum();
    if all == 0 {
        return Err("nothing was read".into());
    }
    Ok(())
}

fn sheets_of(file: &Path) -> Done<Vec<Sheet>> {
    let book = read_file(file, &Budget::default(), TextOptions::default(), None).book?;
    book.sheets.into_iter().collect::<Result<_, _>>().map_err(|(name, why)| format!("{name}: {why}").into())
}

fn cells_of(file: &Path) -> Done<usize> {
    let bytes = std::fs::read(file)?;
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(std::io::Cursor::new(bytes.as_slice()))?;
    let mut count = 0;
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name)?;
        while let Some(cell) = cells.next_cell()? {
            std::hint::black_box(&cell);
            count += 1;
        }
    }
    Ok(count)
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Peak memory of this process in kB, where the system tells it.
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}
