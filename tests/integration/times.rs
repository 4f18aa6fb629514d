//! When cases came in, by weekday and hour together, and how old what is open is.

use crate::case::{Case, rows_of};

/// A Monday and a Saturday of March; one without an hour, one that was resolved, one open for thirteen and one for two days.
const CASES: &[&[&str]] = &[
    &["投诉编号", "小区", "投诉时间", "投诉内容", "处理完成时间"],
    &["T-1", "翠湖花园", "2025-03-03 09:10", "装修噪音", "2025-03-06 09:00"],
    &["T-2", "翠湖花园", "2025-03-03 09:50", "车位被占", "2025-03-06 09:00"],
    &["T-3", "翠湖花园", "2025-03-08 21:00", "路灯不亮", "2025-03-09 09:00"],
    &["T-4", "翠湖花园", "2025-03-08", "路灯不亮", "2025-03-09"],
    &["T-5", "翠湖花园", "2025-03-18 10:00", "又在装修", ""],
    &["T-6", "翠湖花园", "2025-03-29 10:00", "路灯又不亮", ""],
];

/// Period, scope, weekday, hour and value of what was received by both.
fn by_both(case: &Case) -> Vec<String> {
    let table = case.data("facts.csv");
    let of = |row: &crate::table::Row<'_>| {
        row.key(["metric", "dimension", "dimension2"]) == ["complaint.received", "weekday", "hour"]
    };
    let keys = ["period", "scope", "dimension_value", "dimension2_value", "value"];
    let mut told: Vec<String> = table.rows().filter(of).map(|row| row.key(keys).join(" ")).collect();
    told.dedup();
    told
}

#[test]
fn weekday_and_hour_together_are_told_of_the_group() {
    let case = Case::new().with_book("投诉登记.xlsx", &rows_of(CASES));
    case.run(&["--quiet", "--as-of", "2025-03-31"]).expect(0);
    let told = by_both(&case);
    let of = |start: &str| told.iter().filter_map(|line| line.strip_prefix(start)).collect::<Vec<_>>();
    // A case without an hour is in no cell.
    assert_eq!(of("2025-03 group "), ["1 09 2", "2 10 1", "6 10 1", "6 21 1"]);
    assert_eq!(of("2025-H1 community "), [""; 0]);
    assert_eq!(of("2025-03 community "), [""; 0], "500 communities would have a quarter of a million such facts");
    let said = case.program(&[
        "explain",
        "--as-of",
        "2025-03-31",
        "metric=complaint.received",
        "period=2025-03",
        "scope=group",
        "dimension=weekday:1",
        "dimension2=hour:09",
    ]);
    assert!(said.expect(0).out.contains("投诉登记.xlsx"), "the rows behind a cell are found");
}

#[test]
fn what_is_open_is_told_by_the_days_since_it_came_in() {
    let case = Case::new().with_book("投诉登记.xlsx", &rows_of(CASES));
    case.run(&["--quiet", "--as-of", "2025-03-31"]).expect(0);
    let table = case.data("facts.csv");
    let wanted = ["complaint.open", "2025-03", "group", "age"];
    let of = table.rows().filter(|row| row.key(["metric", "period", "scope", "dimension"]) == wanted);
    let mut told: Vec<String> = of.map(|row| row.key(["dimension_value", "value"]).join(" ")).collect();
    told.sort();
    told.dedup();
    // Received on the 18th and the 29th, asked at the end of the 31st.
    assert_eq!(told, ["7_to_15_days 1", "under_3_days 1"]);
}
