//! Coverage over a year, from the lists of the units to which forms were issued.

use crate::case::{Case, Cell, rows_of};
use crate::table::Table;

/// A list of units of a half year.
fn list(half: &str, units: &[&str]) -> Vec<Vec<Cell>> {
    let mut rows = rows_of(&[&["小区", "调查期", "房号", "发放日期", "发放方式"]]);
    let day = if half == "上半年" { "2025-05-08" } else { "2025-11-05" };
    rows.extend(units.iter().map(|unit| {
        ["翠湖花园", &format!("2025年{half}"), *unit, day, "上门"].iter().map(|text| Cell::from(*text)).collect()
    }));
    rows
}

fn with_lists(lists: &[(&str, &[&str])]) -> Table {
    let communities = rows_of(&[&["小区名称", "总户数", "入住户数"], &["翠湖花园", "8", "5"]]);
    let mut case = Case::good().with_book("小区台账.xlsx", &communities);
    for (half, units) in lists {
        case = case.with_book(&format!("{half}发放名单.xlsx"), &list(half, units));
    }
    case.run(&["--as-of", "2025-12-31"]).expect(0);
    case.data("facts.csv")
}

fn coverage(facts: &Table) -> Vec<Vec<String>> {
    let columns = ["period", "scope", "numerator", "denominator", "value", "target", "clause"];
    let facts = facts.rows().filter(|fact| fact.get("metric") == "survey.coverage_year");
    facts.map(|fact| columns.iter().map(|column| fact.get(column).to_owned()).collect()).collect()
}

#[test]
fn units_of_both_halves_count_once_against_the_occupied_ones() {
    // Three units in each half, one of them in both: five of five.
    let facts = with_lists(&[("上半年", &["1-101", "1-102", "1-103"]), ("下半年", &["1-103", "1-201", "１－202"])]);
    let line = |scope: &str| ["2025", scope, "5", "5", "1", ">=1", "4.3.2"].map(str::to_owned).to_vec();
    assert_eq!(coverage(&facts), [line("group"), line("community")]);
}

#[test]
fn one_list_alone_says_nothing_of_a_year() {
    let facts = with_lists(&[("上半年", &["1-101", "1-102", "1-103"])]);
    assert_eq!(coverage(&facts), Vec::<Vec<String>>::new());
}
