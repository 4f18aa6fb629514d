//! Reading and recognising, side by side over files; what the files give is then put in the order of their paths.

use std::path::Path;

use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::summary::Summary;
use super::{Outcome, Progress, RunError, file_id};
use crate::config::{Config, ConfigError, nearest};
use crate::ledger::Ledger;
use crate::metrics::fact::FactTable;
use crate::normalise::label::fold;
use crate::origin::SourceSheet;
use crate::problem::{Code, Problem};
use crate::publish::Entry;
use crate::read::sheet::Sheet;
use crate::read::worker::Workers;
use crate::read::{self, Opened, ReadError, TextOptions};
use crate::recognise::field::Field;
use crate::recognise::mapping::Mapping;
use crate::recognise::{Recognised, Vocabulary, recognise};
use crate::records::block::{SheetRecords, TableRecords, records_of};
use crate::render::returned::is_too_large;

/// What all files give; `T` is what a look at a sheet brings.
pub(super) struct Gathered<T = ()> {
    /// Paths by number.
    pub files: Vec<String>,
    /// Sheets by number.
    pub sources: Vec<SourceSheet>,
    /// The input for the manifest.
    pub entries: Vec<Entry>,
    /// Cells of each file that a workbook which returns it whole would hold.
    pub cells: Vec<usize>,
    /// The ledger.
    pub ledger: Ledger,
    /// Problems.
    pub problems: Vec<Problem>,
    /// Records, one batch a table.
    pub tables: Vec<TableRecords>,
    /// What a look at each sheet brought, by its number; nothing where the sheet could not be read.
    pub looks: Vec<Option<T>>,
}

impl Gathered {
    /// What the caller of a run gets.
    pub(super) fn into_outcome(self, summary: Summary, facts: FactTable, problems: Vec<Problem>) -> Outcome {
        Outcome { summary, facts, ledger: self.ledger, problems, files: self.files, sources: self.sources }
    }
}

/// What one file gives.
struct FileRecords<T> {
    entry: Entry,
    cells: usize,
    sheets: Vec<(String, SheetRecords, Option<T>)>,
}

/// A sheet in all its stages, for those who look at it while it is there.
pub(super) struct SheetInHand<'a> {
    /// Path of the file.
    pub path: &'a str,
    /// As read.
    pub sheet: &'a Sheet,
    /// As recognised.
    pub recognised: &'a Recognised,
    /// What it gives.
    pub made: &'a SheetRecords,
    /// The entry by which it is read.
    pub mapping: Option<&'a Mapping>,
}

/// Reads all files, and looks at each sheet while it is there.
pub(super) fn gather<T: Send>(
    input: &Path,
    files: Vec<String>,
    config: &Config,
    workers: Option<&Workers>,
    progress: &dyn Progress,
    look: impl Fn(&SheetInHand<'_>) -> T + Sync,
) -> Result<Gathered<T>, RunError> {
    let vocabulary = vocabulary(config)?;
    let read: Vec<FileRecords<T>> = files
        .par_iter()
        .with_max_len(1)
        .map(|file| {
            let records = one_file(input, file, config, &vocabulary, workers, &look);
            progress.step();
            records
        })
        .collect();
    Ok(fold_in_order(files, read))
}

/// The words of the config, checked.
pub(super) fn vocabulary(config: &Config) -> Result<Vocabulary, ConfigError> {
    let mut aliases = Vec::new();
    for (name, labels) in &config.alias {
        let field = Field::named(name).ok_or_else(|| {
            let known: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
            let near = nearest(name, &known).unwrap_or("text");
            ConfigError::Value(format!(
                "[alias] {name}：没有这个字段，是不是 {near}？ / no such field; did you mean {near}?"
            ))
        })?;
        aliases.extend(labels.iter().map(|label| (field, fold(label))));
    }
    Ok(Vocabulary { aliases, mappings: Mapping::compile(&config.source)? })
}

/// Opens a file as the config says.
pub(super) fn open(
    input: &Path,
    file: &str,
    config: &Config,
    vocabulary: &Vocabulary,
    workers: Option<&Workers>,
) -> Opened {
    let mapping = vocabulary.mapping(file, None);
    let options = TextOptions { encoding: mapping.and_then(|mapping| mapping.encoding.as_deref()) };
    read::read_file(&input.join(file), &config.budget, options, workers)
}

fn one_file<T>(
    input: &Path,
    path: &str,
    config: &Config,
    vocabulary: &Vocabulary,
    workers: Option<&Workers>,
    look: &impl Fn(&SheetInHand<'_>) -> T,
) -> FileRecords<T> {
    let opened = open(input, path, config, vocabulary, workers);
    let entry = Entry { path: path.to_owned(), bytes: opened.bytes, blake3: opened.hash };
    let book = match opened.book {
        Ok(book) => book,
        Err(error) => return FileRecords { entry, cells: 0, sheets: vec![(String::new(), unreadable(&error), None)] },
    };
    let (mut sheets, mut cells) = (Vec::new(), 0);
    let notes = [(Code::EncodingGuessed, book.encoding), (Code::FileRepaired, book.repaired)];
    for read in book.sheets {
        sheets.push(match read {
            Ok(sheet) => {
                cells += if is_too_large(&sheet) { 0 } else { sheet.cell_count() };
                // A defect of ours costs the sheet, never the run.
                let made = read::contained(|| {
                    let (sheet, mapping) = (&sheet, vocabulary.mapping(path, Some(&sheet.name)));
                    let recognised = recognise(sheet, path, vocabulary);
                    let made = records_of(sheet, &recognised, 0, mapping);
                    let seen = look(&SheetInHand { path, sheet, recognised: &recognised, made: &made, mapping });
                    (made, Some(seen))
                });
                let (mut made, seen) =
                    made.unwrap_or_else(|| (only(Code::SheetFailed, "内部错误 / internal error"), None));
                made.problems.extend(sheet.cut.as_deref().map(|found| Problem::about(0, Code::SheetCut, found)));
                (sheet.name, made, seen)
            }
            Err((name, why)) => (name, only(Code::SheetFailed, &why), None),
        });
    }
    if sheets.is_empty() || sheets.iter().all(|(_, made, _)| made.lines.is_empty() && made.problems.is_empty()) {
        sheets = vec![(String::new(), only(Code::FileEmpty, path), None)];
    }
    if let Some((_, first, _)) = sheets.first_mut() {
        let notes = notes.into_iter().filter_map(|(code, found)| found.map(|found| Problem::about(0, code, &found)));
        first.problems.extend(notes);
    }
    FileRecords { entry, cells, sheets }
}

fn only(code: Code, found: &str) -> SheetRecords {
    SheetRecords { problems: vec![Problem::about(0, code, found)], ..SheetRecords::default() }
}

fn unreadable(error: &ReadError) -> SheetRecords {
    let code = match error {
        ReadError::Encrypted => Code::FileEncrypted,
        ReadError::Unsupported(_) => Code::FileUnsupported,
        ReadError::TooLarge(_) => Code::FileTooLarge,
        ReadError::TooSlow(_) => Code::FileTooSlow,
        ReadError::Empty => Code::FileEmpty,
        ReadError::Io(_) | ReadError::Corrupt(_) => Code::FileUnreadable,
    };
    only(code, &error.to_string())
}

/// Numbers the sheets and puts everything in order.
fn fold_in_order<T>(files: Vec<String>, read: Vec<FileRecords<T>>) -> Gathered<T> {
    let mut gathered = Gathered {
        files,
        sources: Vec::new(),
        entries: Vec::new(),
        cells: Vec::new(),
        ledger: Ledger::default(),
        problems: Vec::new(),
        tables: Vec::new(),
        looks: Vec::new(),
    };
    for (place, file) in read.into_iter().enumerate() {
        gathered.entries.push(file.entry);
        gathered.cells.push(file.cells);
        for (name, made, seen) in file.sheets {
            gathered.looks.push(seen);
            let source = u32::try_from(gathered.sources.len()).unwrap_or(u32::MAX);
            gathered.sources.push(SourceSheet { file: file_id(place), sheet: name });
            gathered
                .ledger
                .lines
                .extend(made.lines.into_iter().map(|line| crate::ledger::LedgerLine { source, ..line }));
            gathered.problems.extend(made.problems.into_iter().map(|problem| Problem { source, ..problem }));
            gathered.tables.extend(made.tables.into_iter().map(|table| TableRecords { source, ..table }));
        }
    }
    gathered
}
