//! Workbooks for the senders, side by side: a file with something to mend is read again, written, and dropped.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::gather::{self, Gathered};
use super::{RunError, Settings};
use crate::config::Config;
use crate::origin::{FileId, SourceId, SourceSheet};
use crate::problem::{Code, Problem};
use crate::publish::{Entry, Publisher};
use crate::read::contained;
use crate::read::sheet::Sheet;
use crate::read::worker::Workers;
use crate::recognise::{Vocabulary, recognise};
use crate::render::returned::{self, ReturnedFile, ReturnedSheet, WHOLE_OF_A_RUN, is_to_mend, is_too_large, path_of};

/// Where the workbook of a file lies, by file.
pub(super) type Paths = BTreeMap<FileId, String>;

/// The workbooks: what was written, where they lie, and what there is to say of those that could not be written.
#[derive(Default)]
pub(super) struct Made {
    pub(super) entries: Vec<Entry>,
    pub(super) paths: Paths,
    pub(super) problems: Vec<Problem>,
}

/// Makes the workbooks of all files with something to mend; a file that cannot be read has none.
pub(super) fn make(
    settings: &Settings,
    config: &Config,
    workers: Option<&Workers>,
    gathered: &Gathered,
    problems: &[Problem],
    dated: NaiveDate,
    publisher: &Publisher,
) -> Result<Made, RunError> {
    let (files, sources) = (&gathered.files, &gathered.sources);
    let vocabulary = gather::vocabulary(config)?;
    let mut by_file: BTreeMap<FileId, Vec<&Problem>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| is_to_mend(problem)) {
        if let Some(sheet) = sources.get(problem.source as usize) {
            by_file.entry(sheet.file).or_default().push(problem);
        }
    }
    let by_file = returned_whole(by_file, &gathered.cells);
    let made: Vec<Result<Option<Written>, RunError>> = by_file
        .par_iter()
        .with_max_len(1)
        .map(|(id, problems, is_whole)| {
            let path = &files[*id as usize];
            let opened = gather::open(&settings.input, path, config, &vocabulary, workers);
            let Ok(book) = opened.book else { return Ok(None) };
            let sheets: Vec<Sheet> = book.sheets.into_iter().filter_map(Result::ok).collect();
            if sheets.iter().all(|sheet| sheet.filled_rows() == 0) {
                return Ok(None);
            }
            // A slip of ours or of the workbook crate costs this workbook, never the run.
            let bytes = contained(|| {
                let of = |sheet| sheet_of(sheet, path, problems, sources, &vocabulary, *is_whole);
                returned::workbook(&ReturnedFile {
                    path,
                    sheets: sheets.iter().map(of).collect(),
                    problems: problems.clone(),
                    is_whole: *is_whole,
                    files,
                    sources,
                    language: settings.language,
                    dated,
                })
            });
            let why = match bytes {
                Some(Ok(bytes)) => {
                    let entry = publisher.write(&path_of(path), |out| out.write_all(&bytes))?;
                    return Ok(Some(Written::Workbook(*id, entry)));
                }
                Some(Err(error)) => error.to_string(),
                None => "内部错误 / internal error".to_owned(),
            };
            let source: SourceId = problems.first().map_or(0, |problem| problem.source);
            Ok(Some(Written::Failed(Problem::about(source, Code::ReturnFailed, &why))))
        })
        .collect();
    let mut all = Made::default();
    for book in made {
        match book? {
            Some(Written::Workbook(id, entry)) => {
                all.paths.insert(id, entry.path.clone());
                all.entries.push(entry);
            }
            Some(Written::Failed(problem)) => all.problems.push(problem),
            None => {}
        }
    }
    Ok(all)
}

/// What became of one workbook.
enum Written {
    Workbook(FileId, Entry),
    Failed(Problem),
}

/// The files in their order, each with whether it is returned whole: as long as the cells of the run last.
fn returned_whole<'a>(
    by_file: BTreeMap<FileId, Vec<&'a Problem>>,
    cells: &[usize],
) -> Vec<(FileId, Vec<&'a Problem>, bool)> {
    let mut left = WHOLE_OF_A_RUN;
    let files = by_file.into_iter().map(|(id, problems)| {
        let rest = left.checked_sub(cells.get(id as usize).copied().unwrap_or(0));
        left = rest.unwrap_or(left);
        (id, problems, rest.is_some())
    });
    files.collect()
}

fn sheet_of<'a>(
    sheet: &'a Sheet,
    path: &str,
    problems: &[&'a Problem],
    sources: &[SourceSheet],
    vocabulary: &Vocabulary,
    is_whole: bool,
) -> ReturnedSheet<'a> {
    let is_its = |problem: &&&Problem| sources.get(problem.source as usize).is_some_and(|its| its.sheet == sheet.name);
    let mut returned =
        ReturnedSheet { sheet, problems: problems.iter().filter(is_its).copied().collect(), headers: Vec::new() };
    if !is_whole || is_too_large(sheet) {
        let tables = recognise(sheet, path, vocabulary).tables;
        let first = tables.first().map_or(0, |table| table.rows.0);
        let titles = sheet.rows().map(|row| row.number).take_while(|row| *row < first).take(TITLES);
        let headers = tables.iter().flat_map(|table| {
            let rows = sheet.rows().map(|row| row.number).skip_while(|row| *row < table.rows.0);
            rows.take(table.header.1 - table.header.0)
        });
        returned.headers = titles.chain(headers).collect();
    }
    returned
}

/// Most rows above the first table that an excerpt repeats.
const TITLES: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_returned_whole_in_their_order_while_the_cells_of_the_run_last() {
        let by_file = (0..4).map(|file| (file, Vec::new())).collect();
        let whole = returned_whole(by_file, &[600_000, 600_000, 400_000, 1]);
        let whole: Vec<(FileId, bool)> = whole.into_iter().map(|(file, _, is_whole)| (file, is_whole)).collect();
        assert_eq!(whole, [(0, true), (1, false), (2, true), (3, false)]);
    }
}
