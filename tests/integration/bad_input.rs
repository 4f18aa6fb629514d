//! Nothing to publish, nowhere to publish, or not asked for rightly: one clear message, and the previous output untouched.

use std::fs;

use crate::case::{Case, REGISTER, UNKNOWN, rows_of};
use crate::tree::{self, assert_same};

/// A case whose output holds a published run, then spoiled; the run must end with a code and leave the output as it was.
#[track_caller]
fn leaves_the_previous_output(code: i32, spoil: impl FnOnce(&Case), arguments: &[&str], says: &[&str]) {
    let case = Case::good();
    case.run(&["--quiet"]).expect(0);
    let before = case.output();
    assert!(before.contains_key("index.html") && before.contains_key("data/manifest.json"));
    spoil(&case);
    case.run(arguments).expect(code).says(says);
    assert_same(&before, &case.output(), "the previous output");
}

fn empty(case: &Case) {
    fs::remove_file(case.path("input/投诉登记.xlsx")).unwrap();
}

#[test]
fn an_empty_input_folder_is_named_with_what_to_put_into_it() {
    leaves_the_previous_output(1, empty, &[], &["input", ".xlsx", ".csv", "再运行", "run again"]);
    let case = Case::new();
    case.run(&[]).expect(1).says(&["input"]);
    assert!(!case.path("output").exists(), "an output folder was made for nothing");
}

#[test]
fn a_missing_input_folder_is_named() {
    let remove = |case: &Case| fs::remove_dir_all(case.path("input")).unwrap();
    leaves_the_previous_output(1, remove, &[], &["input", "读不了", "请检查 --input", "cannot read", "check the path"]);
}

#[test]
fn a_folder_that_holds_lock_files_only_is_empty() {
    let case = Case::new().with_file("~$投诉登记.xlsx", b"x").with_file(".DS_Store", b"x").with_file("Thumbs.db", b"x");
    case.run(&[]).expect(1).says(&["input", ".xlsx"]);
}

#[test]
fn the_lock_file_of_an_open_workbook_is_passed_over() {
    let case = Case::good().with_file("~$投诉登记.xlsx", b"\x05admin");
    case.run(&["--strict"]).expect(0);
    assert_eq!(case.data("problems.csv").len(), 0);
    assert_eq!(case.data("ledger.csv").rows().filter(|line| line.get("file").contains("~$")).count(), 0);
}

#[test]
fn sheets_of_no_known_kind_alone_publish_nothing_and_their_headers_are_told() {
    let unknown = |case: &Case| {
        empty(case);
        tree::write(&case.path("input/停车/月租.xlsx"), &crate::case::book(&rows_of(UNKNOWN)));
    };
    leaves_the_previous_output(1, unknown, &[], &["停车/月租.xlsx", "车牌 · 车位 · 月租", "manyi.toml", "[[source]]"]);
}

#[test]
fn a_sheet_of_no_known_kind_beside_a_good_one_is_listed_with_its_headers() {
    let case = Case::good().with_book("月租.xlsx", &rows_of(UNKNOWN));
    let ended = case.run(&[]).expect(0);
    assert!(ended.out.contains("index.html"), "{}", ended.out);
    let problems = case.data("problems.csv");
    let problem = problems.rows().find(|problem| problem.get("code") == "sheet_unknown").expect("sheet_unknown");
    assert_eq!(problem.key(["file", "sheet", "severity"]), ["月租.xlsx", "Sheet1", "error"]);
    assert_eq!(problem.get("found"), "车牌 · 车位 · 月租");
    let ledger = case.data("ledger.csv");
    let line = ledger.rows().find(|line| line.get("file") == "月租.xlsx").expect("a line in the ledger");
    assert_eq!((line.count("rows"), line.count("unrecognised")), (3, 3));
    let page = String::from_utf8(case.output().remove("quality/index.html").unwrap()).unwrap();
    assert!(page.contains("月租.xlsx"), "the data-quality page does not speak of it");
}

#[test]
fn under_strict_what_was_set_aside_is_published_and_told_by_the_exit_code() {
    let case = Case::good().with_book("月租.xlsx", &rows_of(UNKNOWN));
    case.run(&["--strict"]).expect(3);
    assert!(case.output().contains_key("index.html"));
    Case::good().run(&["--strict"]).expect(0);
}

#[test]
fn a_second_submission_counts_once_and_is_told_under_strict() {
    let case = Case::good().with_book("补报.xlsx", &rows_of(REGISTER));
    case.run(&["--strict"]).expect(3);
    let duplicates: u64 = case.data("ledger.csv").rows().map(|line| line.count("duplicates")).sum();
    let found = case.data("problems.csv").rows().filter(|problem| problem.get("code") == "duplicate_row").count();
    assert_eq!((duplicates, found), (3, 3));
    let facts = case.data("facts.csv");
    let received = facts.rows().find(|fact| {
        fact.key(["metric", "period", "scope", "dimension"]) == ["complaint.received", "2025-03", "group", ""]
    });
    assert_eq!(received.map(|fact| fact.get("value")), Some("3"));
}

#[test]
fn an_output_that_is_a_file_is_named() {
    let case = Case::good();
    fs::write(case.path("output"), "a file").unwrap();
    case.run(&[]).expect(1).says(&["output", "写不了", "请检查", "cannot write", "check permissions"]);
    assert_eq!(fs::read_to_string(case.path("output")).unwrap(), "a file");
}

#[test]
fn an_output_below_a_file_is_named() {
    let case = Case::good();
    fs::write(case.path("report"), "a file").unwrap();
    let ended = case.program(&["--input", "input", "--output", "report/2025"]).expect(1);
    ended.says(&["report/2025", "写不了", "cannot write"]);
}

#[test]
fn an_output_folder_of_somebody_else_is_refused_and_untouched() {
    let case = Case::good();
    tree::write(&case.path("output/照片/全家福.jpg"), b"jpg");
    tree::write(&case.path("output/index.html"), b"mine");
    let before = case.output();
    case.run(&[]).expect(1).says(&["output", "空文件夹", "empty folder"]);
    assert_same(&before, &case.output(), "somebody's folder");
}

#[test]
fn an_output_folder_with_the_manifest_of_another_program_is_refused() {
    let case = Case::good();
    tree::write(&case.path("output/data/manifest.json"), br#"{"program":"other","files":[]}"#);
    case.run(&[]).expect(1).says(&["output", "空文件夹", "empty folder"]);
    assert_eq!(case.output().len(), 1);
}

#[test]
fn a_page_that_is_no_longer_made_does_not_stay() {
    let case = Case::good();
    case.run(&["--quiet"]).expect(0);
    assert!(case.output().contains_key("2025-03/complaint-analysis.html"));
    case.run(&["--quiet", "--period", "2025"]).expect(0);
    assert!(!case.output().contains_key("2025-03/complaint-analysis.html"));
}

#[test]
fn check_reads_and_lists_and_writes_nothing() {
    let case = Case::good().with_book("月租.xlsx", &rows_of(UNKNOWN));
    let ended = case.program(&["check", "--input", "input", "--output", "output"]).expect(0);
    assert!(ended.out.contains("sheet_unknown") && ended.out.contains("车牌 · 车位 · 月租"), "{}", ended.out);
    assert!(!case.path("output").exists());
    case.program(&["check", "--input", "input", "--strict"]).expect(3);
}

#[test]
fn an_empty_input_is_told_by_check_too() {
    Case::new().program(&["check", "--input", "input"]).expect(1).says(&["input", ".xlsx"]);
}
