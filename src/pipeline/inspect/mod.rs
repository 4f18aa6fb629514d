//! How sheets were understood, for a person who judges in five seconds whether they were understood rightly.
//!
//! Files are read, recognised and put together as in a run; beside the records that these give, each sheet is looked at while it
//! is there. What is said here is said of the same tables that a run counts.

mod paste;
mod sample;
mod seen;

use std::path::{Path, PathBuf};

use serde::Serialize;

pub use seen::{Aside, ColumnSeen, Named, Origin, Said, SheetSeen, State, TableSeen};

use super::grouped::grouped;
use super::{RunError, Silent, gather, sources};
use crate::config::Config;
use crate::origin::{CellAt, SourceSheet};
use crate::problem::{Bilingual, Code, Language, Problem};
use crate::read::worker::Workers;
use crate::records::assemble::assemble;
use crate::records::store::NO_NAME;

/// What is to be looked at.
#[derive(Debug, Clone)]
pub struct Request {
    /// Files and folders, as the user wrote them.
    pub paths: Vec<PathBuf>,
    /// The input folder: below it a path is told as a `[[source]]` entry writes it.
    pub input: PathBuf,
    /// Config file; none: looked for.
    pub config: Option<PathBuf>,
    /// Language of what is said of problems.
    pub language: Language,
    /// The program that serves as a worker process; see [`super::Settings::worker`].
    pub worker: Option<PathBuf>,
}

/// How files were understood.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// The files, in the order of their paths.
    pub files: Vec<FileSeen>,
}

impl Inspection {
    /// Whether any table was recognised.
    #[must_use]
    pub fn has_tables(&self) -> bool {
        self.files.iter().flat_map(|file| &file.sheets).any(|sheet| !sheet.tables.is_empty())
    }
}

/// A file.
#[derive(Debug, Serialize)]
pub struct FileSeen {
    /// Path below the input folder; of a file elsewhere, its name.
    pub path: String,
    /// What there is to say of the file as a whole: refused, repaired, encoding inferred.
    pub problems: Vec<ProblemSeen>,
    /// Its sheets.
    pub sheets: Vec<SheetSeen>,
    /// What to paste into `manyi.toml` where it was understood wrongly; empty where nothing can be said there.
    pub paste: String,
}

/// Problems of one code.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemSeen {
    /// Name of the code.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What it is.
    pub title: &'static str,
    /// How many.
    pub count: usize,
    /// The first cells, A1 style.
    pub cells: Vec<String>,
    /// What was found in the first of them.
    pub found: String,
    /// What was used instead.
    pub used: String,
    /// What is expected.
    pub expected: &'static str,
}

/// Most cells that are named.
const CELLS: usize = 6;

/// Reads the files and tells how they were understood.
///
/// # Errors
/// When a path does not exist, a folder holds nothing to read, or the config is wrong.
pub fn inspect(request: &Request) -> Result<Inspection, RunError> {
    let (config, _) = Config::find(request.config.as_deref(), &request.input)?;
    let workers = request.worker.clone().map(Workers::of);
    let mut inspection = Inspection { files: Vec::new() };
    for (folder, files) in sources::asked(&request.paths, &request.input)? {
        let seen = folder_seen(&folder, files, &config, workers.as_ref(), request.language)?;
        inspection.files.extend(seen);
    }
    Ok(inspection)
}

/// Files below one folder, read as one run reads them.
fn folder_seen(
    folder: &Path,
    files: Vec<String>,
    config: &Config,
    workers: Option<&Workers>,
    language: Language,
) -> Result<Vec<FileSeen>, RunError> {
    let gathered = gather::gather(folder, files, config, workers, &Silent, seen::sheet)?;
    let communities: Vec<_> = gathered.tables.iter().map(|table| (table.source, table.community.clone())).collect();
    let mut records = assemble(gathered.tables, config)?;
    let mut problems = gathered.problems;
    problems.append(&mut records.problems);
    problems.sort_by_key(Problem::place);
    let told = Told { files: &gathered.files, sources: &gathered.sources, language };
    let mut made: Vec<FileSeen> = Vec::new();
    made.extend(gathered.files.iter().map(|path| FileSeen {
        path: path.clone(),
        problems: Vec::new(),
        sheets: Vec::new(),
        paste: String::new(),
    }));
    for ((source, sheet), look) in (0..).zip(&gathered.sources).zip(gathered.looks) {
        let file = &mut made[sheet.file as usize];
        let own = || problems.iter().filter(|problem| problem.source == source);
        file.problems.extend(told.groups(own().filter(|problem| is_about_file(problem.code))));
        let of_sheet = told.groups(own().filter(|problem| !is_about_file(problem.code)));
        let mut seen = match look {
            Some(seen) => seen,
            None if of_sheet.is_empty() => continue,
            None => SheetSeen::failed(&sheet.sheet),
        };
        for (table, (_, mapped)) in seen.tables.iter_mut().zip(communities.iter().filter(|(of, _)| *of == source)) {
            table.community = match mapped {
                Some(name) => Some(Named { value: name.clone(), origin: Origin::Config }),
                None if table.has_communities => None,
                None => match records.directory.community_around(&table.meta).0 {
                    NO_NAME => None,
                    code => {
                        let name = records.directory.communities[code as usize].name.to_string();
                        Some(Named { origin: seen::origin_of(&name, &table.meta, &seen.name, &file.path), value: name })
                    }
                },
            };
        }
        seen.problems = of_sheet;
        file.sheets.push(seen);
    }
    for file in &mut made {
        file.paste = paste::toml(file, language);
    }
    Ok(made)
}

/// Whether a problem is about the file and not about one of its sheets.
fn is_about_file(code: Code) -> bool {
    matches!(
        code,
        Code::FileUnreadable
            | Code::FileEncrypted
            | Code::FileUnsupported
            | Code::FileEmpty
            | Code::FileTooLarge
            | Code::FileTooSlow
            | Code::FileRepaired
            | Code::EncodingGuessed
    )
}

/// What problems need to be told.
struct Told<'a> {
    files: &'a [String],
    sources: &'a [SourceSheet],
    language: Language,
}

impl Told<'_> {
    fn groups<'a>(&self, problems: impl IntoIterator<Item = &'a Problem>) -> Vec<ProblemSeen> {
        let of_group = |group: &super::grouped::Group<'_>| {
            let wording = group.code.wording();
            let first = group.problems.first();
            let in_words = |text: Bilingual| text.in_language(self.language);
            ProblemSeen {
                code: wording.name,
                severity: wording.severity.word(),
                title: in_words(wording.title),
                count: group.problems.len(),
                cells: group.problems.iter().filter_map(|problem| problem.cell).take(CELLS).map(cell_text).collect(),
                // A whole row names persons.
                found: match group.code {
                    Code::RowRejected | Code::RowUnrecognised => String::new(),
                    _ => first.map_or_else(String::new, |problem| problem.found.to_string()),
                },
                used: first.map_or_else(String::new, |problem| problem.used(self.files, self.sources, self.language)),
                expected: in_words(wording.expected),
            }
        };
        grouped(problems).iter().map(of_group).collect()
    }
}

fn cell_text(cell: CellAt) -> String {
    cell.to_string()
}
