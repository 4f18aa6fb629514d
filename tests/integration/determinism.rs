//! The same input gives the same bytes, whatever the threads, the names of the files and the order in which they were made.

use std::collections::BTreeMap;
use std::path::Path;

use crate::demo_run::{demo, input, run_on};
use crate::table::Table;
use crate::tree::{self, assert_same};

type Tree = BTreeMap<String, Vec<u8>>;

/// The demonstration input run into a new folder; the placeholder is there as in the repository.
fn run_again(input: &Path, arguments: &[&str], times: usize) -> Tree {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    tree::write(&output.join(".gitkeep"), b"");
    for _ in 0..times {
        run_on(input, &output, arguments);
    }
    tree::files_of(&output)
}

#[test]
fn a_second_run_over_the_first_gives_the_same_bytes() {
    let returned = demo().files.keys().filter(|path| path.starts_with("quality/returned/")).count();
    assert!(returned > 10, "only {returned} workbooks went back: nothing is said about their bytes");
    assert_same(&demo().files, &run_again(&input(), &[], 2), "a second run");
}

#[test]
fn one_two_and_eight_threads_give_the_same_bytes() {
    for jobs in ["1", "2", "8"] {
        assert_same(&demo().files, &run_again(&input(), &["--jobs", jobs], 1), jobs);
    }
}

#[test]
fn files_made_in_reverse_order_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in tree::files_of(&input()).iter().rev() {
        tree::write(&folder.path().join(path), bytes);
    }
    assert_same(&demo().files, &run_again(folder.path(), &[], 1), "files made in reverse order");
}

/// Numbers the files of each folder, so that their order stays.
fn numbered(files: &Tree) -> BTreeMap<String, String> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = BTreeMap::new();
    for path in files.keys().filter(|path| !path.ends_with("manyi.toml")) {
        let (folder, name) = path.rsplit_once('/').unwrap();
        let number = numbers.entry(folder).or_default();
        names.insert(path.clone(), format!("{folder}/{number:02}_{name}"));
        *number += 1;
    }
    names
}

#[test]
fn files_renamed_in_order_give_the_same_facts_and_the_same_ledger_under_their_new_names() {
    let folder = tempfile::tempdir().unwrap();
    let files = tree::files_of(&input());
    let names = numbered(&files);
    let renamed: Vec<&String> = names.values().collect();
    assert!(renamed.is_sorted(), "the order has changed, so this test would prove nothing");
    for (path, bytes) in &files {
        tree::write(&folder.path().join(names.get(path).unwrap_or(path)), bytes);
    }
    let again = run_again(folder.path(), &[], 1);
    assert!(again["data/facts.csv"] == demo().files["data/facts.csv"], "the facts have changed");
    for (name, before) in [("data/ledger.csv", &demo().ledger), ("data/problems.csv", &demo().problems)] {
        let after = Table::of(&again[name]);
        assert_eq!(before.len(), after.len(), "{name}");
        for (before, after) in before.rows().zip(after.rows()) {
            assert_eq!(names[before.get("file")], after.get("file"), "{name}");
            let rest = |text: String| text.split_once(',').map(|(_, rest)| rest.to_owned());
            // A duplicate names the file in which the record stood before.
            let renamed = names.iter().fold(before.text(), |text, (old, new)| text.replace(old, new));
            assert_eq!(rest(renamed), rest(after.text()), "{name}");
        }
    }
}
