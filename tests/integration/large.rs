//! A company of five hundred communities: no page grows beyond what a phone opens, and nothing is left out without a word.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use manyi::moment::Period;
use manyi::pipeline::{Settings, Silent};
use manyi::report::length::MOST_BYTES;

use crate::case::{Case, Cell, rows_of};

const COMMUNITIES: usize = 500;

/// A complaint of each community in January and one in March; February is empty.
fn register() -> Vec<Vec<Cell>> {
    let mut rows =
        rows_of(&[&["投诉编号", "小区", "投诉时间", "首次响应时间", "处理完成时间", "投诉类型", "责任部门", "房号"]]);
    for community in 1..=COMMUNITIES {
        for month in ["01", "03"] {
            let (name, number) = (format!("第{community}小区"), format!("T{month}-{community}"));
            let day = 1 + community % 28;
            let moment = |time: &str| format!("2025-{month}-{day:02} {time}");
            let (received, answered, resolved) = (moment("09:00"), moment("10:00"), moment("17:00"));
            let kind = ["公共设施", "装修噪音", "清洁卫生"][community % 3];
            rows.extend(rows_of(&[&[&number, &name, &received, &answered, &resolved, kind, "工程部", "3-2-1501"]]));
        }
    }
    rows
}

#[test]
fn five_hundred_communities_and_an_empty_month_stay_within_what_a_phone_opens() {
    let case = Case::new().with_csv("投诉登记.csv", &register());
    let periods = ["2025-02", "2025-03"].map(|text| Period::parse(text).unwrap()).to_vec();
    manyi::pipeline::run(&Settings { periods, ..case.settings() }, &Silent).unwrap();
    let files = case.output();
    let pages: Vec<_> = files.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    assert!(pages.len() > 2 * COMMUNITIES, "{} pages", pages.len());
    for (path, page) in pages {
        assert!(page.len() <= MOST_BYTES, "{path}: {} bytes", page.len());
    }
    let text = |path: &str| std::str::from_utf8(&files[path]).unwrap();
    let index = text("index.html");
    let missing: Vec<usize> = (1..=COMMUNITIES).filter(|n| !index.contains(&format!("第{n}小区"))).collect();
    assert!(missing.is_empty(), "the index leaves out {missing:?}");
    // What the page leaves out it says, and the workbook beside it has.
    let page = text("2025-03/complaint-analysis.html");
    assert!(page.contains("共500行，全部见本页旁的工作簿"), "the page does not say that its table is cut");
    let mut book = Xlsx::new(Cursor::new(&files["2025-03/complaint-analysis.xlsx"])).unwrap();
    let names = book.sheet_names();
    let of_sheet = |book: &mut Xlsx<_>, name: &str| {
        let sheet = book.worksheet_range(name).unwrap();
        let texts = sheet.rows().filter_map(|row| row.first());
        texts
            .filter(|cell| matches!(cell, Data::String(text) if text.starts_with('第')))
            .map(ToString::to_string)
            .collect()
    };
    let most = names
        .iter()
        .map(|name| {
            let of: BTreeSet<String> = of_sheet(&mut book, name);
            of.len()
        })
        .max();
    assert_eq!(most, Some(COMMUNITIES), "rows of the communities in the workbook");
}
