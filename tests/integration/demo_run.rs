//! One run of the program on the demonstration input, shared by all tests that look at what it leaves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::case::program_in;
use crate::table::Table;
use crate::tree;

/// What the run left.
pub(crate) struct DemoRun {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) facts: Table,
    pub(crate) ledger: Table,
    pub(crate) problems: Table,
    pub(crate) manifest: serde_json::Value,
    pub(crate) summary: serde_json::Value,
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The demonstration input.
pub(crate) fn input() -> PathBuf {
    root().join("input")
}

/// A table that the generator of the input wrote.
pub(crate) fn truth(name: &str) -> Table {
    let path = root().join("tests/demo").join(name);
    Table::of(&std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// Runs the program on a folder of spreadsheets and gives what it says.
pub(crate) fn run_on(input: &Path, output: &Path, arguments: &[&str]) -> String {
    let mut all = vec!["--input", input.to_str().unwrap(), "--output", output.to_str().unwrap()];
    all.extend(arguments);
    program_in(output.parent().unwrap(), &all).expect(0).out
}

/// The shared run.
pub(crate) fn demo() -> &'static DemoRun {
    static RUN: OnceLock<DemoRun> = OnceLock::new();
    RUN.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        // The placeholder of the repository: a run must leave it.
        tree::write(&output.join(".gitkeep"), b"");
        let said = run_on(&input(), &output, &["--format", "json"]);
        let files = tree::files_of(&output);
        let table = |name: &str| Table::of(&files[name]);
        DemoRun {
            facts: table("data/facts.csv"),
            ledger: table("data/ledger.csv"),
            problems: table("data/problems.csv"),
            manifest: serde_json::from_slice(&files["data/manifest.json"]).unwrap(),
            summary: serde_json::from_str(&said).expect("with --format json the summary is JSON and nothing else"),
            files,
        }
    })
}
