//! What the options of the command line change, and what they must not.

use std::collections::BTreeSet;
use std::fs::File;

use manyi::moment::Period;

use crate::case::Case;
use crate::demo_run::{demo, input, run_on};
use crate::table::Table;
use crate::tree;

/// The data and paths of a run on the demonstration input.
fn run_with(arguments: &[&str]) -> std::collections::BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    run_on(&input(), &output, arguments);
    tree::files_of(&output)
}

#[test]
fn periods_choose_pages_and_facts_cover_all_of_them() {
    let files = run_with(&["--period", "2025-06", "--period", "2025-H1"]);
    assert!(files["data/facts.csv"] == demo().files["data/facts.csv"], "the facts have changed");
    let periods: BTreeSet<&str> =
        files.keys().filter_map(|path| path.split_once('/')).map(|(folder, _)| folder).collect();
    assert_eq!(periods, ["2025-06", "2025-H1", "communities", "data", "public", "quality"].into());
    assert!(files.keys().all(|path| !path.starts_with("public/2025-H2")));
}

#[test]
fn the_language_changes_words_and_no_number() {
    let files = run_with(&["--lang", "en"]);
    assert!(files["data/facts.csv"] == demo().files["data/facts.csv"], "the facts have changed");
    assert!(files["data/ledger.csv"] == demo().files["data/ledger.csv"], "the ledger has changed");
    // English takes more room: number cards may go on on one more page.
    let paths = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files.keys().filter(|path| !path.contains("/numbers-")).cloned().collect::<BTreeSet<_>>()
    };
    let mut expected = paths(&demo().files);
    expected.remove(".gitkeep");
    assert_eq!(paths(&files), expected);
    let index = std::str::from_utf8(&files["index.html"]).unwrap();
    assert!(index.contains("<html lang=\"en\"") && index.contains("Heyue Property Services"));
}

#[test]
fn after_the_as_of_date_nothing_has_happened() {
    let files = run_with(&["--as-of", "2025-06-30"]);
    let manifest: serde_json::Value = serde_json::from_slice(&files["data/manifest.json"]).unwrap();
    assert_eq!(manifest["as_of"], "2025-06-30");
    let facts = Table::of(&files["data/facts.csv"]);
    let mut half = 0;
    for fact in facts.rows().filter(|fact| fact.get("metric").ends_with(".received")) {
        let period = Period::parse(fact.get("period")).unwrap();
        assert!(period.first_month() <= Period::Month(2025, 6).last_month(), "{}", fact.text());
        let unfinished = fact.get("note").split(' ').any(|note| note == "unfinished");
        assert_eq!(unfinished, period.last_month() > Period::Month(2025, 6).last_month(), "{}", fact.text());
        if fact.key(["metric", "scope", "dimension", "period"]) == ["complaint.received", "group", "", "2025-H1"] {
            half += 1;
            let same = demo().facts.rows().find(|other| other.get("fact") == fact.get("fact")).unwrap();
            assert_eq!(same.get("value"), fact.get("value"), "what was received before has changed");
        }
    }
    assert!(half > 0);
}

#[test]
fn a_second_run_into_the_same_folder_at_the_same_time_is_refused() {
    let case = Case::good();
    case.run(&["--quiet"]).expect(0);
    let lock = File::create(case.path("output/.manyi-lock")).unwrap();
    lock.lock().unwrap();
    let before = case.output();
    case.run(&[]).expect(1).says(&["output", "请等它结束", "wait until it has finished"]);
    tree::assert_same(&before, &case.output(), "the output of the run at work");
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let case = Case::good();
    tree::write(&case.path("output/.manyi-staging/2024-01/half-written.html"), b"<p>");
    case.run(&["--quiet"]).expect(0);
    let hidden: Vec<String> = case.output().into_keys().filter(|path| path.starts_with('.')).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
}

#[test]
fn quiet_says_nothing_and_json_says_nothing_else() {
    let quiet = Case::good().run(&["--quiet"]).expect(0);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    let json = Case::good().run(&["--format", "json"]).expect(0);
    let summary: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&summary["files"], &summary["record_rows"]), (&serde_json::json!(1), &serde_json::json!(3)));
    assert_eq!(json.err, "");
}

#[test]
fn a_profile_printed_is_a_profile_that_can_be_read() {
    let case = Case::new();
    let listed = case.program(&["profiles"]).expect(0).out;
    // Under a heading, each with its title on a line below.
    let lines = listed.lines().skip(1).filter(|line| !line.starts_with(' '));
    let names: Vec<&str> = lines.filter_map(|line| line.split_whitespace().next()).collect();
    let mut known: Vec<&str> = manyi::profile::load::BUILT_IN.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(names, known);
    for name in names {
        let printed = case.program(&["profiles", name]).expect(0).out;
        let table: toml::Table = printed.parse().unwrap();
        assert_eq!(table["name"].as_str(), Some(name));
    }
}

#[test]
fn records_are_written_a_file_a_month_and_each_record_row_of_the_ledger_is_in_one() {
    let files = run_with(&["--records"]);
    for kind in ["complaint", "repair"] {
        let start = format!("data/records/{kind}/");
        let mut rows = 0;
        for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with(&start)) {
            let month = path[start.len()..].trim_end_matches(".csv");
            let table = Table::of(bytes);
            assert!(table.rows().all(|row| row.get("month") == month), "{path}");
            rows += u64::try_from(table.len()).unwrap();
        }
        let recorded: u64 =
            demo().ledger.rows().filter(|line| line.get("kind") == kind).map(|line| line.count("record_rows")).sum();
        assert_eq!(rows, recorded, "{kind}");
    }
    assert!(files["data/facts.csv"] == demo().files["data/facts.csv"], "the facts have changed");
}
