//! The odd files of others: each is read or refused, by a table of verdicts that were compared with what other programs open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use manyi::config::Budget;
use manyi::pipeline::Extent;
use manyi::read::worker::Workers;
use manyi::read::{self, ReadError, TextOptions};

use crate::case::Case;
use crate::table::Table;
use crate::tree;

/// The files of others that the project does not hold: where `MANYI_SHARED` says that they are there, they must be.
pub(crate) fn folder() -> Option<PathBuf> {
    let asked = std::env::var_os("MANYI_SHARED");
    let shared = asked.as_ref().map_or_else(|| crate::demo_run::root().join("../shared"), PathBuf::from);
    let folder = shared.join("corpus");
    if !folder.is_dir() {
        assert!(asked.is_none(), "MANYI_SHARED is set, and {} is not there", folder.display());
        eprintln!("not tested: set MANYI_SHARED to the folder that holds corpus/");
        return None;
    }
    Some(folder)
}

/// The files by name.
pub(crate) fn files() -> Option<BTreeMap<String, Vec<u8>>> {
    Some(tree::files_of(&folder()?))
}

/// Verdict, reason and sheets of a file, as the table has them: each sheet with its rows, or `!` where it failed.
fn verdict(path: &std::path::Path, workers: &Workers) -> [String; 3] {
    match read::read_file(path, &Budget::default(), TextOptions::default(), Some(workers)).book {
        Ok(book) => {
            let sheets = book.sheets.iter().map(|sheet| match sheet {
                Ok(sheet) => format!("{}:{}", sheet.name, sheet.filled_rows()),
                Err((name, _)) => format!("{name}:!"),
            });
            let note = if book.repaired.is_some() { "repaired" } else { "" };
            ["read".to_owned(), note.to_owned(), sheets.collect::<Vec<_>>().join("; ")]
        }
        Err(error) => {
            let reason = match error {
                ReadError::Encrypted => "encrypted",
                ReadError::Unsupported(_) => "unsupported",
                ReadError::TooLarge(_) => "too_large",
                ReadError::TooSlow(_) => "too_slow",
                ReadError::Empty => "empty",
                ReadError::Io(_) | ReadError::Corrupt(_) => "unreadable",
            };
            ["refused".to_owned(), reason.to_owned(), String::new()]
        }
    }
}

#[test]
fn every_file_of_the_corpus_has_the_verdict_of_the_table() {
    let Some(folder) = folder() else { return };
    let workers = Workers::of(env!("CARGO_BIN_EXE_manyi").into());
    let manifest = Table::of(&std::fs::read(folder.join("MANIFEST.csv")).unwrap());
    let names: BTreeSet<&str> = manifest.rows().map(|row| row.get("file")).collect();
    assert!(names.len() >= 144, "{} files", names.len());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["file", "verdict", "reason", "sheets"]).unwrap();
    for name in names {
        let [verdict, reason, sheets] = verdict(&folder.join(name), &workers);
        writer.write_record([name, &verdict, &reason, &sheets]).unwrap();
    }
    let found = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let path = crate::demo_run::root().join("tests/formats/corpus.csv");
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let differ: Vec<&str> = found.lines().filter(|line| !expected.lines().any(|other| other == *line)).collect();
    if found != expected {
        let made = std::env::temp_dir().join("manyi-corpus.csv");
        std::fs::write(&made, &found).unwrap();
        panic!("verdicts have changed; those found are in {}:\n{}", made.display(), differ.join("\n"));
    }
}

#[test]
fn all_files_of_the_corpus_run_through_check_in_one_batch() {
    let Some(files) = files() else { return };
    let case = files.iter().fold(Case::good(), |case, (name, bytes)| case.with_file(&format!("z/{name}"), bytes));
    let ended = case.program(&["check", "--input", "input"]).expect(0);
    assert_eq!(ended.err, "");
    let outcome = case.run_library(Extent::Check).unwrap();
    assert_eq!(outcome.ledger.unbalanced().map(|line| line.source), None);
    // Every file is in the ledger, or a problem says why it is not.
    let told = outcome.ledger.lines.iter().map(|line| line.source);
    let told: BTreeSet<&str> = told
        .chain(outcome.problems.iter().map(|problem| problem.source))
        .map(|source| outcome.files[outcome.sources[source as usize].file as usize].as_str())
        .collect();
    let lost: Vec<&String> = files.keys().filter(|name| !told.contains(format!("z/{name}").as_str())).collect();
    assert!(lost.is_empty(), "neither read nor told: {lost:?}");
}
