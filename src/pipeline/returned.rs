//! Workbooks for the senders, side by side: a file with something to mend is read again, written, and dropped.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::{RunError, Settings, gather};
use crate::config::Config;
use crate::origin::{FileId, SourceSheet};
use crate::problem::Problem;
use crate::publish::{Entry, Publisher};
use crate::read::sheet::Sheet;
use crate::read::worker::Workers;
use crate::recognise::{Vocabulary, recognise};
use crate::render::returned::{self, ReturnedFile, ReturnedSheet, is_to_mend, path_of};

/// Where the workbook of a file lies, by file.
pub(super) type Paths = BTreeMap<FileId, String>;

/// Makes the workbooks of all files with something to mend; a file that cannot be read has none.
pub(super) fn make(
    settings: &Settings,
    config: &Config,
    workers: Option<&Workers>,
    (files, sources): (&[String], &[SourceSheet]),
    problems: &[Problem],
    dated: NaiveDate,
    publisher: &Publisher,
) -> Result<(Vec<Entry>, Paths), RunError> {
    let vocabulary = gather::vocabulary(config)?;
    let mut by_file: BTreeMap<FileId, Vec<&Problem>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| is_to_mend(problem)) {
        if let Some(sheet) = sources.get(problem.source as usize) {
            by_file.entry(sheet.file).or_default().push(problem);
        }
    }
    let by_file: Vec<_> = by_file.into_iter().collect();
    let made: Vec<Result<Option<(FileId, Entry)>, RunError>> = by_file
        .par_iter()
        .with_max_len(1)
        .map(|(id, problems)| {
            let path = &files[*id as usize];
            let opened = gather::open(&settings.input, path, config, &vocabulary, workers);
            let Ok(book) = opened.book else { return Ok(None) };
            let sheets: Vec<Sheet> = book.sheets.into_iter().filter_map(Result::ok).collect();
            if sheets.iter().all(|sheet| sheet.filled_rows() == 0) {
                return Ok(None);
            }
            let returned = sheets.iter().map(|sheet| sheet_of(sheet, path, problems, sources, &vocabulary)).collect();
            let bytes = returned::workbook(&ReturnedFile {
                path,
                sheets: returned,
                problems: problems.to_owned(),
                files,
                sources,
                language: settings.language,
                dated,
            })?;
            Ok(Some((*id, publisher.write(&path_of(path), |out| out.write_all(&bytes))?)))
        })
        .collect();
    let (mut entries, mut paths) = (Vec::new(), Paths::new());
    for book in made {
        if let Some((id, entry)) = book? {
            paths.insert(id, entry.path.clone());
            entries.push(entry);
        }
    }
    Ok((entries, paths))
}

fn sheet_of<'a>(
    sheet: &'a Sheet,
    path: &str,
    problems: &[&'a Problem],
    sources: &[SourceSheet],
    vocabulary: &Vocabulary,
) -> ReturnedSheet<'a> {
    let is_its = |problem: &&&Problem| sources.get(problem.source as usize).is_some_and(|its| its.sheet == sheet.name);
    let mut returned =
        ReturnedSheet { sheet, problems: problems.iter().filter(is_its).copied().collect(), headers: Vec::new() };
    if returned.is_excerpt() {
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
