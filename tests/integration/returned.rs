//! Return to sender: what is to be mended goes back as a workbook that can be mended and sent in again.

use std::collections::BTreeMap;

use manyi::config::Budget;
use manyi::origin::{CellAt, SourceSheet};
use manyi::pipeline::Extent;
use manyi::problem::{Code, Language, Problem};
use manyi::read::sheet::{Sheet, Value};
use manyi::read::{TextOptions, read_file};
use manyi::render::returned::{FEW_ROWS, ReturnedFile, ReturnedSheet, WHOLE, path_of, workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::case::{Case, Cell, REGISTER, csv_text, rows_of};
use crate::workbook::{part, parts, with_cells};

const FILE: &str = "翠湖花园/投诉登记.xlsx";

/// A register with a date that nobody can read, an impossible order, and a text that looks like a formula.
fn faulty() -> Vec<Vec<Cell>> {
    let mut rows = rows_of(REGISTER);
    rows.insert(0, vec![Cell::from("2025年3月投诉登记表")]);
    rows[2][2] = Cell::from("三月初五下午");
    rows[3][7] = Cell::Moment(2025, 3, 1, 9, 0);
    rows[4][5] = Cell::from("=HYPERLINK(\"http://x\")");
    rows
}

fn sheets(case: &Case, path: &str) -> Vec<Sheet> {
    let opened = read_file(&case.path("output").join(path), &Budget::default(), TextOptions::default(), None);
    opened.book.unwrap().sheets.into_iter().map(Result::unwrap).collect()
}

fn texts(sheet: &Sheet) -> Vec<Vec<(u32, String)>> {
    sheet.rows().map(|row| row.cells().map(|(col, value)| (col, value.written())).collect()).collect()
}

#[test]
fn a_file_with_something_to_mend_goes_back_with_the_same_sheets_and_cells() {
    let case = Case::new().with_book(FILE, &faulty());
    case.run_library(Extent::Pages).unwrap();
    let returned = sheets(&case, &path_of(FILE));
    let original = read_file(&case.path("input").join(FILE), &Budget::default(), TextOptions::default(), None);
    let original: Vec<Sheet> = original.book.unwrap().sheets.into_iter().map(Result::unwrap).collect();
    assert_eq!(returned[0].name, "要修改的地方");
    assert_eq!(returned[1].name, original[0].name);
    assert_eq!(texts(&returned[1]), texts(&original[0]));
    // Dates are true dates, and what begins with = is a text.
    assert!(matches!(returned[1].at(3).get(7), Some(Value::Moment(_))));
    let sheet = part(&std::fs::read(case.path("output").join(path_of(FILE))).unwrap(), "xl/worksheets/sheet2.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "a formula");
}

#[test]
fn the_first_sheet_lists_each_place_with_a_link_and_the_cell_bears_a_comment() {
    let case = Case::new().with_book(FILE, &faulty());
    let outcome = case.run_library(Extent::Pages).unwrap();
    let bytes = std::fs::read(case.path("output").join(path_of(FILE))).unwrap();
    let list = part(&bytes, "xl/worksheets/sheet1.xml");
    let comments = part(&bytes, "xl/comments1.xml");
    let told: String =
        texts(&sheets(&case, &path_of(FILE))[0]).concat().into_iter().map(|(_, text)| text + "\n").collect();
    assert!(told.contains(FILE), "the original is not named:\n{told}");
    let mended: Vec<_> = outcome.problems.iter().filter(|problem| problem.code != Code::ColumnUnknown).collect();
    assert!(mended.len() >= 2, "{mended:?}");
    for problem in mended {
        let (at, wording) = (problem.cell.unwrap(), problem.code.wording());
        assert!(list.contains(&format!("!{at}\"")), "no link to {at}");
        assert!(comments.contains(&format!("ref=\"{at}\"")), "no comment at {at}");
        for text in [wording.title.zh, wording.title.en, wording.expected.zh, wording.expected.en] {
            assert!(told.contains(text) && comments.contains(text), "{at}: {text}");
        }
    }
}

#[test]
fn a_returned_workbook_that_was_mended_is_read_as_the_original_without_a_problem() {
    let right = {
        let mut rows = faulty();
        rows[2][2] = Cell::from("2025-03-05 14:30");
        rows[3][7] = Cell::from("2025-03-07 18:00");
        Case::new().with_book(FILE, &rows)
    };
    let expected = right.run_library(Extent::Data).unwrap();
    let case = Case::new().with_book(FILE, &faulty());
    case.run_library(Extent::Pages).unwrap();
    let returned = std::fs::read(case.path("output").join(path_of(FILE))).unwrap();
    let mended = with_cells(&returned, 2, &[("C3", "2025-03-05 14:30"), ("H4", "2025-03-07 18:00")]);
    let case = Case::new().with_file(FILE, &mended);
    let outcome = case.run_library(Extent::Data).unwrap();
    assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
    assert_eq!(outcome.ledger.unbalanced(), None);
    assert!(
        case.data("facts.csv").rows().map(|row| row.text()).eq(right.data("facts.csv").rows().map(|row| row.text()))
    );
    assert_eq!(expected.summary.record_rows, outcome.summary.record_rows);
}

#[test]
fn a_returned_workbook_that_nobody_mended_has_the_same_problems_in_the_same_cells() {
    let case = Case::new().with_book(FILE, &faulty());
    let first = case.run_library(Extent::Pages).unwrap();
    let returned = std::fs::read(case.path("output").join(path_of(FILE))).unwrap();
    let again = Case::new().with_file(FILE, &returned).run_library(Extent::Pages).unwrap();
    let told = |outcome: &manyi::pipeline::Outcome| -> Vec<_> {
        outcome.problems.iter().map(|problem| (problem.code, problem.cell, problem.found.clone())).collect()
    };
    assert_eq!(told(&first), told(&again));
}

#[test]
fn merges_hidden_sheets_and_names_come_back() {
    let mut workbook = Workbook::new();
    let plain = Format::new();
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    let page = workbook.add_worksheet();
    page.set_name("3月").unwrap();
    page.merge_range(0, 0, 0, 7, "翠湖花园2025年3月投诉登记表", &plain).unwrap();
    for (row, cells) in (1..).zip(REGISTER) {
        for (col, text) in (0..).zip(*cells) {
            page.write_string(row, col, *text).unwrap();
        }
    }
    page.write_string(3, 2, "初五").unwrap();
    let at = ExcelDateTime::from_ymd(2025, 3, 8).unwrap().and_hms(9, 30, 15).unwrap();
    page.write_datetime_with_format(2, 7, at, &moment).unwrap();
    let hidden = workbook.add_worksheet();
    hidden.set_name("说明").unwrap().set_hidden(true);
    hidden.write_string(0, 0, "车牌").unwrap();
    let case = Case::new().with_file(FILE, &workbook.save_to_buffer().unwrap());
    case.run_library(Extent::Pages).unwrap();
    let returned = sheets(&case, &path_of(FILE));
    let names: Vec<&str> = returned.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["要修改的地方", "3月", "说明"]);
    assert_eq!(returned[1].merges.len(), 1);
    assert_eq!(returned[1].merges[0].to_string(), "A1:H1");
    assert_eq!(returned[1].at(2).get(7).unwrap().written(), "2025-03-08 09:30:15");
}

#[test]
fn of_a_sheet_of_more_than_twenty_thousand_rows_only_the_faulty_rows_go_back() {
    let mut rows = rows_of(&REGISTER[..1]);
    for number in 0..=WHOLE {
        let received = if number == 15_000 { "某日" } else { "2025-03-05 14:30" };
        let texts = [
            &format!("T-{number}"),
            "翠湖花园",
            received,
            "3-2-1501",
            "停车管理",
            &format!("第{number}件"),
            "工程部",
            "",
        ];
        rows.push(texts.iter().map(|text| Cell::from(*text)).collect());
    }
    let case = Case::new().with_file("大表.csv", &csv_text(&rows));
    let outcome = case.run_library(Extent::Pages).unwrap();
    let faulty: Vec<_> = outcome.problems.iter().filter_map(|problem| problem.cell).map(|at| at.row).collect();
    assert!(faulty.contains(&15_001), "{faulty:?}");
    let returned = sheets(&case, &path_of("大表.csv"));
    assert_eq!(returned[1].filled_rows(), 1 + 1 + 1, "its mark, the header, one row");
    assert_eq!(returned[1].at(1).get(1), Some(Value::Text("投诉编号")));
    let row = returned[1].at(2);
    assert_eq!((row.get(0), row.get(3)), (Some(Value::Number(15_002.0)), Some(Value::Text("某日"))));
    // Sent in instead of the original it would lose rows: it is refused, and says why.
    let bytes = std::fs::read(case.path("output").join(path_of("大表.csv"))).unwrap();
    let again = Case::good().with_file("大表.xlsx", &bytes).run_library(Extent::Check).unwrap();
    assert!(again.problems.iter().any(|problem| problem.code == Code::SheetUnknown), "{:?}", again.problems);
}

#[test]
fn a_file_that_cannot_be_read_and_one_without_a_problem_have_no_workbook() {
    let case = Case::good().with_file("坏.xlsx", b"PK\x03\x04junk").with_book(FILE, &faulty());
    case.run_library(Extent::Pages).unwrap();
    let books: Vec<String> = case.output().into_keys().filter(|path| path.starts_with("quality/returned/")).collect();
    assert_eq!(books, [path_of(FILE)]);
}

#[test]
fn the_manifest_lists_the_workbooks_and_the_quality_page_links_them() {
    let case = Case::new().with_book(FILE, &faulty());
    case.run(&[]).expect(0);
    let output = case.output();
    let path = path_of(FILE);
    let text = |name: &str| String::from_utf8(output[name].clone()).unwrap();
    assert!(text("data/manifest.json").contains(&format!("\"path\": \"{path}\"")));
    let link = path.strip_prefix("quality/").unwrap();
    assert!(text("quality/index.html").contains(&format!("href=\"{link}\"")));
}

#[test]
fn no_workbook_bears_the_time_at_which_it_was_made() {
    let case = Case::new().with_book(FILE, &faulty());
    case.run(&["--as-of", "2025-04-30"]).expect(0);
    let bytes = std::fs::read(case.path("output").join(path_of(FILE))).unwrap();
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("2025-04-30T00:00:00Z"), "{core}");
    let parts: BTreeMap<_, _> = parts(&bytes).into_iter().collect();
    assert!(parts.contains_key("xl/workbook.xml"));
}

#[test]
fn a_sheet_named_by_blanks_alone_is_returned_and_stops_nothing() {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(" ".repeat(30)).unwrap();
    for (row, cells) in (0..).zip(REGISTER) {
        for (col, text) in (0..).zip(*cells) {
            page.write_string(row, col, *text).unwrap();
        }
    }
    page.write_string(2, 2, "初五").unwrap();
    let case = Case::new().with_file(FILE, &workbook.save_to_buffer().unwrap());
    case.run_library(Extent::Pages).unwrap();
    let names: Vec<String> = sheets(&case, &path_of(FILE)).into_iter().map(|sheet| sheet.name).collect();
    assert_eq!(names, ["要修改的地方", "Sheet1"]);
}

#[test]
fn beyond_the_cells_of_a_run_two_hundred_faulty_rows_go_back_and_the_first_sheet_says_so() {
    let mut sheet = Sheet::named("3月");
    for row in 0..=300 {
        sheet.push(CellAt { row, col: 0 }, Value::Number(f64::from(row)));
    }
    let faulty = |row| Problem { cell: Some(CellAt { row, col: 0 }), ..Problem::about(0, Code::DateUnreadable, "x") };
    let problems: Vec<Problem> = (1..=300).map(faulty).collect();
    let sources = [SourceSheet { file: 0, sheet: "3月".to_owned() }];
    let files = [FILE.to_owned()];
    let bytes = workbook(&ReturnedFile {
        path: FILE,
        sheets: vec![ReturnedSheet { sheet: &sheet, problems: problems.iter().collect(), headers: vec![0] }],
        problems: problems.iter().collect(),
        is_whole: false,
        files: &files,
        sources: &sources,
        language: Language::Zh,
        dated: chrono::NaiveDate::from_ymd_opt(2025, 3, 31).unwrap(),
    })
    .unwrap();
    let case = Case::new().with_file("a.xlsx", &bytes);
    let read = read_file(&case.path("input/a.xlsx"), &Budget::default(), TextOptions::default(), None);
    let sheets: Vec<Sheet> = read.book.unwrap().sheets.into_iter().map(Result::unwrap).collect();
    assert_eq!(sheets[1].filled_rows(), 1 + 1 + FEW_ROWS, "its mark, the header, the first faulty rows");
    let told: String = texts(&sheets[0]).concat().into_iter().map(|(_, text)| text + "\n").collect();
    assert!(told.contains("全部问题见 data/problems.csv") && told.contains("A201") && !told.contains("A202"), "{told}");
}
