//! A year pools the survey rounds of its halves: what that does to the interval of a rate.

use crate::case::{Case, Cell, rows_of};

/// Four forms of a round, three of them satisfied.
fn forms(half: &str, day: &str) -> Vec<Vec<Cell>> {
    let title = format!("2025年{half}满意度调查");
    let mut rows = rows_of(&[&[title.as_str()], &["问卷编号", "小区", "房号", "填写日期", "治安工作", "清洁绿化"]]);
    for (number, level) in ["满意", "满意", "满意", "不满意"].iter().enumerate() {
        let (id, unit) = (format!("{half}-{number}"), format!("1-10{number}"));
        rows.extend(rows_of(&[&[id.as_str(), "翠湖花园", unit.as_str(), day, level, level]]));
    }
    rows
}

#[test]
fn a_year_of_two_rounds_asks_every_household_twice_so_that_its_interval_does_not_vanish() {
    let communities = rows_of(&[&["小区名称", "总户数", "入住户数"], &["翠湖花园", "8", "5"]]);
    let case = Case::new()
        .with_book("小区台账.xlsx", &communities)
        .with_book("上半年问卷.xlsx", &forms("上半年", "2025-05-08"))
        .with_book("下半年问卷.xlsx", &forms("下半年", "2025-11-05"));
    case.run(&["--as-of", "2025-12-31"]).expect(0);
    let facts = case.data("facts.csv");
    let of = |period: &str| -> Vec<Vec<f64>> {
        let is_wanted = |metric: &str, found: &str| metric == "survey.item_satisfied" && found == period;
        let rows = facts.rows().filter(|fact| is_wanted(fact.get("metric"), fact.get("period")));
        let numbers = ["numerator", "denominator", "ci_low", "ci_high"];
        rows.map(|fact| numbers.iter().map(|name| fact.get(name).parse().unwrap_or(f64::NAN)).collect()).collect()
    };
    let (half, year) = (of("2025-H1"), of("2025"));
    // Two items, of the group and of the one community.
    assert_eq!((half.len(), year.len()), (4, 4), "{half:?} {year:?}");
    for (half, year) in half.iter().zip(&year) {
        assert_eq!((half[0], half[1], year[0], year[1]), (3.0, 4.0, 6.0, 8.0));
        // Eight answers of five households twice: what is known of two answers is missing.
        assert!(year[2] >= 0.6 && year[2] < 0.75 && year[3] > 0.75 && year[3] <= 0.8, "{year:?}");
        assert!(half[2] < 0.75 && half[3] > 0.75, "{half:?}");
    }
}
