//! Files that cannot be read: each costs itself and never the run, and is told with what to do.

use std::collections::BTreeSet;

use crate::case::{Case, REGISTER, book, rows_of};
use crate::tree::assert_same;

/// The file alone publishes nothing and is named; beside a good one it is a problem, and the rest is published.
#[track_caller]
fn costs_only_itself(name: &str, bytes: &[u8], code: &str, says: &[&str]) {
    let case = Case::new().with_file(name, bytes);
    let mut all = vec![name];
    all.extend(says);
    case.run(&[]).expect(1).says(&all[..1]);
    let (chinese, english) = (case.run(&[]).expect(1), case.run(&["--lang", "en"]).expect(1));
    for text in says {
        assert!(
            chinese.err.contains(text) || english.err.contains(text),
            "「{text}」:\n{}{}",
            chinese.err,
            english.err
        );
    }

    let alone = Case::good();
    alone.run(&["--quiet"]).expect(0);
    let beside = Case::good().with_file(name, bytes);
    beside.run(&["--quiet"]).expect(0);
    let problems = beside.data("problems.csv");
    let problem = problems.rows().find(|problem| problem.get("file") == name).expect("a problem of the file");
    assert_eq!(problem.get("code"), code, "{}", problem.text());
    assert!(!problem.get("expected").is_empty());
    assert_eq!(alone.output()["data/facts.csv"], beside.output()["data/facts.csv"], "the rest has changed");
}

#[test]
fn a_workbook_cut_short() {
    let whole = book(&rows_of(REGISTER));
    let remedy = ["文件读不出来", "另存为 .xlsx", "save it as .xlsx"];
    costs_only_itself("断.xlsx", &whole[..whole.len() / 2], "file_unreadable", &remedy);
    costs_only_itself("断.xlsx", &whole[..100], "file_unreadable", &remedy);
}

#[test]
fn a_workbook_with_a_byte_flipped_in_its_sheet_never_panics() {
    let whole = book(&rows_of(REGISTER));
    for at in (30..whole.len()).step_by(whole.len() / 12) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        let case = Case::new().with_file("翻.xlsx", &bytes);
        let ended = case.run(&["--quiet"]);
        let code = ended.code.unwrap_or(-1);
        assert!([0, 1].contains(&code), "byte {at}: {ended:?}");
        ended.expect(code);
    }
}

#[test]
fn random_bytes_under_the_name_of_a_workbook() {
    let bytes: Vec<u8> = (0..4_000_u32).map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
    costs_only_itself("乱.xlsx", &bytes, "file_unsupported", &["不是表格文件", "a spreadsheet: .xlsx"]);
}

#[test]
fn a_picture_under_the_name_of_a_workbook() {
    let bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00";
    costs_only_itself("图.xlsx", bytes, "file_unsupported", &["不是表格文件", "a spreadsheet: .xlsx"]);
}

#[test]
fn an_empty_file() {
    costs_only_itself("空.xlsx", b"", "file_empty", &["文件里没有内容", "a header row and a row of data"]);
}

#[test]
fn a_workbook_without_a_cell() {
    costs_only_itself("白.xlsx", &book(&[]), "file_empty", &["文件里没有内容", "a header row and a row of data"]);
}

#[test]
fn a_workbook_with_a_password() {
    let Some(files) = crate::corpus::files() else { return };
    for name in [
        "calamine__pass_protected.xlsx",
        "python-calamine__password.xlsx",
        "python-calamine__password.xlsb",
        "poi__password.xls",
        "excelize__encryptSHA1.xlsx",
        "qsv__password-protected-password123.ods",
    ] {
        costs_only_itself(name, &files[name], "file_encrypted", &["打开密码", "remove the password"]);
    }
}

#[test]
fn the_odd_files_of_others_never_stop_a_run_and_change_nothing_in_the_rest() {
    let Some(files) = crate::corpus::files() else { return };
    assert!(files.len() > 100, "{} files", files.len());
    let case = files.iter().fold(Case::good(), |case, (name, bytes)| case.with_file(&format!("z/{name}"), bytes));
    let ended = case.run(&[]).expect(0);
    assert_eq!(ended.err, "");
    let told: BTreeSet<String> =
        case.data("problems.csv").rows().map(|problem| problem.get("file").to_owned()).collect();
    let listed: BTreeSet<String> = case.data("ledger.csv").rows().map(|line| line.get("file").to_owned()).collect();
    let lost: Vec<&String> =
        files.keys().filter(|name| [&told, &listed].iter().all(|set| !set.contains(&format!("z/{name}")))).collect();
    assert!(lost.is_empty(), "neither read nor told: {lost:?}");
    let good = Case::good();
    good.run(&["--quiet"]).expect(0);
    assert_eq!(good.output()["data/facts.csv"], case.output()["data/facts.csv"]);
}

#[test]
fn a_bad_file_alone_leaves_the_previous_output_untouched() {
    let case = Case::good();
    case.run(&["--quiet"]).expect(0);
    let before = case.output();
    std::fs::write(case.path("input/投诉登记.xlsx"), b"PK\x03\x04").unwrap();
    case.run(&[]).expect(1).says(&["投诉登记.xlsx"]);
    assert_same(&before, &case.output(), "the previous output");
}

#[test]
fn a_bad_file_is_an_error_under_strict() {
    let case = Case::good().with_file("断.xlsx", b"PK\x03\x04");
    case.run(&["--strict"]).expect(3);
}
