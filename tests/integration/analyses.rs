//! The analyses of complaints, repairs and surveys, as they come out of files.

use std::collections::BTreeSet;

use roxmltree::{Document, ParsingOptions};

use crate::case::{Case, rows_of};
use crate::demo_run::demo;

/// What a reader of a page sees.
fn texts(page: &str) -> Vec<String> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(page, options).unwrap();
    let is_style = |node: &roxmltree::Node<'_, '_>| node.ancestors().any(|above| above.has_tag_name("style"));
    let read = document.descendants().filter(|node| node.is_text() && !is_style(node));
    read.filter_map(|node| node.text()).map(str::to_owned).collect()
}

/// The codes of a fact's breakdown that are written by the program, and not by who filled in a register.
const CODES: [&str; 20] = [
    "received",
    "dispatched",
    "responded",
    "arrived",
    "resolved",
    "told",
    "called_back",
    "informed",
    "escalated",
    "progress",
    "answered",
    "case_limit",
    "slip_back",
    "verified",
    "unknown",
    "uncertain",
    "impossible",
    "open",
    "general",
    "none",
];

#[test]
fn no_code_of_the_program_shows_on_a_page_of_the_demonstration() {
    let files = &demo().files;
    let mut seen = 0;
    for (path, bytes) in
        files.iter().filter(|(path, _)| path.ends_with("-analysis.html") || path.ends_with("-report.html"))
    {
        for text in texts(std::str::from_utf8(bytes).unwrap()) {
            let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '-'));
            for word in words {
                let is_code = CODES.contains(&word) || word.contains('_') && !word.contains('.');
                assert!(!is_code, "{path}: {word} in {text}");
            }
        }
        seen += 1;
    }
    assert!(seen > 150, "{seen} pages");
}

#[test]
fn the_demonstration_has_analyses_of_every_length_of_period() {
    let files = &demo().files;
    for period in ["2025-06", "2025-Q2", "2025-H1", "2025"] {
        for folder in ["", "cuihu/"] {
            for kind in ["complaint", "repair"] {
                let path = format!("{period}/{folder}{kind}-analysis.html");
                assert!(files.contains_key(&path), "{path}");
            }
        }
    }
}

#[test]
fn where_there_are_repairs_alone_the_page_of_repairs_stands_alone() {
    let rows = rows_of(&[
        &["报修时间", "报修地点", "维修项目", "完成时间"],
        &["2025-03-03 09:00", "1-1-101", "给排水", "2025-03-03 15:00"],
        &["2025-03-10 09:00", "1-1-102", "给排水", ""],
        &["2025-03-12 09:00", "1-1-103", "门窗", "2025-03-13 09:00"],
    ]);
    let case = Case::new().with_book("翠湖花园2025年3月报修登记.xlsx", &rows);
    case.run(&["--quiet"]).expect(0);
    let files = case.output();
    let page = std::str::from_utf8(&files["2025-03/repair-analysis.html"]).unwrap();
    let said: BTreeSet<String> = texts(page).into_iter().collect();
    assert!(said.iter().any(|text| text.contains("2025年3月到2025年3月12日已接到3件报修")), "{said:#?}");
    assert!(said.contains("承诺与兑现"), "what is of no kind of case stands on the page that stands alone");
    assert!(!files.keys().any(|path| path.ends_with("complaint-analysis.html")));
    let index = std::str::from_utf8(&files["index.html"]).unwrap();
    assert!(texts(index).iter().any(|text| text == "报修分析"));
}
