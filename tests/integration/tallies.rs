//! Tallies that were taken for what they are not, or counted twice, each test named after what went wrong.

use manyi::metrics::fact::Scope;
use manyi::moment::Period;
use manyi::pipeline::{Extent, Outcome};
use manyi::problem::Code;

use crate::case::{Case, rows_of};

const YEAR: Period = Period::Year(2025);

fn done(case: &Case) -> Outcome {
    case.run_library(Extent::Data).unwrap_or_else(|error| panic!("{error}"))
}

/// Complaints of 2025; zero where there is no such fact.
fn complaints(outcome: &Outcome) -> f64 {
    let fact = outcome.facts.get("complaint-classes", "complaint.received", YEAR, &Scope::Group);
    fact.and_then(|fact| fact.value).unwrap_or(0.0)
}

fn answers(outcome: &Outcome) -> u64 {
    outcome.ledger.lines.iter().filter(|line| line.kind.starts_with("survey")).map(|line| line.yielded).sum()
}

fn found(outcome: &Outcome, code: Code) -> usize {
    outcome.problems.iter().filter(|problem| problem.code == code).count()
}

const REGISTER: &[&[&str]] = &[
    &["翠湖花园2025年1月投诉登记表"],
    &["投诉编号", "投诉时间", "房号", "投诉内容"],
    &["T-1", "2025-01-04 09:00", "1-1-101", "门坏了"],
    &["T-2", "2025-01-05 09:00", "1-1-102", "灯不亮"],
];

/// A case with a register of two complaints in January, and this.
fn beside_a_register(name: &str, rows: &[&[&str]]) -> Case {
    Case::new().with_book("登记.xlsx", &rows_of(REGISTER)).with_csv(name, &rows_of(rows))
}

#[test]
fn a_table_of_months_that_measures_something_else_counts_no_complaints() {
    for (name, title) in [
        ("投诉报修资料/水费.csv", "2025年水费"),
        ("投诉/人员.csv", "2025年在岗人数"),
        ("投诉/及时率.csv", "2025年各小区投诉处理及时率（%）"),
        ("投诉.csv", "2025年投诉处理用时（分钟）"),
        ("投诉.csv", "2025年投诉赔偿金额（元）"),
    ] {
        let rows: &[&[&str]] = &[&[title], &["小区", "1月", "2月", "3月"], &["翠湖花园", "95", "96", "97"]];
        let outcome = done(&beside_a_register(name, rows));
        assert!((complaints(&outcome) - 2.0).abs() < 0.1, "{title}: {}", complaints(&outcome));
    }
}

const BY_COMMUNITY: &[&[&str]] =
    &[&["2025年投诉统计"], &["小区", "1月", "2月", "3月"], &["翠湖花园", "5", "6", "7"], &["金桂苑", "1", "1", "1"]];
const BY_CATEGORY: &[&[&str]] =
    &[&["2025年公司投诉统计"], &["投诉类型", "1月", "2月", "3月"], &["工程", "3", "3", "3"], &["保洁", "3", "4", "5"]];

#[test]
fn the_same_tally_in_two_files_counts_once() {
    let (first, again) = (rows_of(BY_COMMUNITY), rows_of(BY_COMMUNITY));
    let outcome = done(&Case::new().with_csv("a.csv", &first).with_csv("b.csv", &again));
    assert_eq!((complaints(&outcome), found(&outcome, Code::TallyDiffers)), (21.0, 0));
}

#[test]
fn a_tally_by_community_and_one_by_category_count_once() {
    let (first, again) = (rows_of(BY_COMMUNITY), rows_of(BY_CATEGORY));
    for (one, other) in [(&first, &again), (&again, &first)] {
        let outcome = done(&Case::new().with_csv("a.csv", one).with_csv("b.csv", other));
        assert_eq!((complaints(&outcome), found(&outcome, Code::TallyDiffers)), (21.0, 0));
    }
}

#[test]
fn a_tally_of_the_company_is_compared_with_the_register_of_a_community() {
    let outcome = done(&beside_a_register("b.csv", BY_CATEGORY));
    assert_eq!(
        (complaints(&outcome), found(&outcome, Code::TallyFarAbove)),
        (17.0, 1),
        "two of the register in January"
    );
}

#[test]
fn a_tally_that_one_stray_record_replaces_is_told_as_an_error() {
    let rows: &[&[&str]] = &[&["2025年投诉统计"], &["小区", "1月", "2月", "3月"], &["翠湖花园", "57", "6", "7"]];
    let outcome = done(&beside_a_register("b.csv", rows));
    assert_eq!((complaints(&outcome), found(&outcome, Code::TallyFarAbove)), (15.0, 1));
}

#[test]
fn a_survey_tally_is_compared_with_forms_of_an_overlapping_period() {
    let forms = rows_of(&[
        &["翠湖花园2025年上半年满意度调查"],
        &["序号", "日期", "治安工作", "清洁绿化"],
        &["1", "2025-03-01", "满意", "满意"],
        &["2", "2025-03-02", "满意", "不满意"],
    ]);
    let tally: &[&[&str]] =
        &[&["调查项目", "满意", "基本满意", "不满意"], &["治安工作", "2", "0", "0"], &["清洁绿化", "1", "0", "1"]];
    for title in ["翠湖花园2025年度满意度调查统计", "2025年上半年满意度调查统计"] {
        let mut rows = rows_of(&[&[title]]);
        rows.extend(rows_of(tally));
        let outcome = done(&Case::new().with_book("表.xlsx", &forms).with_csv("统计.csv", &rows));
        let tallied: u64 =
            outcome.ledger.lines.iter().filter(|line| line.kind == "survey-tally").map(|line| line.yielded).sum();
        assert_eq!((tallied, found(&outcome, Code::TallyDiffers)), (0, 0), "{title}");
        assert!(answers(&outcome) > 0);
    }
}

#[test]
fn sums_and_what_became_of_the_cases_are_no_cases() {
    let tables: [(&[&[&str]], f64); 4] = [
        (&[&["2025年投诉统计"], &["小区", "1月", "2月", "3月", "1-3月"], &["翠湖花园", "5", "6", "7", "18"]], 18.0),
        (
            &[
                &["2025年投诉统计"],
                &["小区", "1月", "2月", "3月"],
                &["翠湖花园", "5", "6", "7"],
                &["全公司", "5", "6", "7"],
                &["平均", "5", "6", "7"],
            ],
            18.0,
        ),
        (
            &[
                &["2025年投诉统计"],
                &["项目", "1月", "2月", "3月"],
                &["投诉总量", "5", "6", "7"],
                &["已处理", "4", "6", "7"],
                &["未处理", "1", "0", "0"],
            ],
            18.0,
        ),
        (
            &[
                &["2025年投诉统计"],
                &["小区", "1月", "", "2月", "", "3月", ""],
                &["", "受理", "办结", "受理", "办结", "受理", "办结"],
                &["翠湖花园", "5", "4", "6", "6", "7", "5"],
            ],
            18.0,
        ),
    ];
    for (rows, expected) in tables {
        let outcome = done(&Case::new().with_csv("投诉统计.csv", &rows_of(rows)));
        assert!((complaints(&outcome) - expected).abs() < 0.1, "{rows:?}: {}", complaints(&outcome));
    }
}

#[test]
fn a_tally_of_months_to_come_does_not_move_the_as_of_date_within_the_month_of_a_register() {
    let rows: &[&[&str]] = &[&["2025年投诉统计"], &["小区", "11月", "12月", "1月"], &["金桂苑", "0", "0", "3"]];
    let outcome = done(&beside_a_register("b.csv", rows));
    assert_eq!(outcome.summary.as_of, "2025-01-05");
}

#[test]
fn ditto_marks_in_a_tally_stand_for_what_is_above() {
    let rows: &[&[&str]] = &[
        &["2025年3月投诉统计"],
        &["小区", "投诉类型", "投诉件数"],
        &["翠湖花园", "工程", "5"],
        &["同上", "保洁", "3"],
    ];
    let case = Case::new().with_csv("汇总.csv", &rows_of(rows));
    let outcome = done(&case);
    assert_eq!(complaints(&outcome), 8.0);
    let ditto = outcome.problems.iter().any(|problem| problem.found.contains("同上"));
    assert!(!ditto, "a community of that name");
}

#[test]
fn tallies_beyond_the_budget_of_records_are_left_out_and_told() {
    let case = Case::new()
        .with_csv("投诉统计.csv", &rows_of(BY_COMMUNITY))
        .with_file("manyi.toml", b"[budget]\nrecords = 10\n");
    let outcome = done(&case);
    assert!(complaints(&outcome) <= 10.0);
    assert!(found(&outcome, Code::TallyTooLarge) > 0);
}

#[test]
fn a_line_of_labels_and_values_above_counts_is_no_header() {
    let rows = rows_of(&[
        &["2025年上半年满意度调查统计"],
        &["小区：翠湖花园", "发放：20份", "回收：7份"],
        &["调查项目", "满意", "基本满意", "不满意"],
        &["治安工作", "5", "1", "1"],
    ]);
    let outcome = done(&Case::new().with_csv("统计.csv", &rows));
    assert_eq!((answers(&outcome), found(&outcome, Code::CommunityMissing)), (7, 0));
}

#[test]
fn a_summary_of_callbacks_by_building_is_no_survey() {
    let rows = rows_of(&[
        &["翠湖花园2025年2月回访统计"],
        &["楼栋", "回访户数", "满意", "较满意", "不满意", "满意率"],
        &["1", "10", "8", "1", "1", "90%"],
        &["2", "10", "9", "1", "0", "100%"],
    ]);
    let outcome = done(&Case::new().with_book("登记.xlsx", &rows_of(REGISTER)).with_book("回访.xlsx", &rows));
    assert_eq!((answers(&outcome), found(&outcome, Code::SheetUnknown)), (0, 1));
}

#[test]
fn numbers_as_text_head_no_columns_and_a_header_of_two_rows_may_come_again() {
    let table: &[&[&str]] = &[
        &["小区", "1月", "", "2月", "", "3月", ""],
        &["", "受理", "办结", "受理", "办结", "受理", "办结"],
        &["翠湖花园", "5", "4", "6", "6", "7", "5"],
    ];
    let mut rows = rows_of(&[&["2025年投诉统计"]]);
    rows.extend(rows_of(table));
    rows.extend(rows_of(&[table[0], table[1], &["金桂苑", "1", "1", "1", "1", "1", "1"]]));
    let outcome = done(&Case::new().with_csv("投诉统计.csv", &rows));
    assert_eq!(complaints(&outcome), 21.0);
    assert_eq!((found(&outcome, Code::NumberUnreadable), found(&outcome, Code::RowRejected)), (0, 0));
}

#[test]
fn a_column_behind_the_months_is_read_or_named() {
    let rows = rows_of(&[
        &["翠湖花园2025年投诉统计"],
        &["投诉类型", "1月", "2月", "3月", "责任部门", "天气"],
        &["工程", "5", "6", "7", "工程部", "晴"],
    ]);
    let outcome = done(&Case::new().with_csv("投诉统计.csv", &rows));
    assert_eq!((complaints(&outcome), found(&outcome, Code::ColumnUnknown)), (18.0, 1));
}

#[test]
fn a_merged_community_holds_for_all_its_rows_of_a_table_of_months() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.write_string(0, 0, "2025年投诉统计").unwrap();
    for (col, label) in (0..).zip(["小区", "投诉类型", "1月", "2月", "3月"]) {
        sheet.write_string(1, col, label).unwrap();
    }
    for (first, community) in [(2, "翠湖花园"), (4, "金桂苑")] {
        sheet.merge_range(first, 0, first + 1, 0, community, &plain).unwrap();
        for (row, category) in [(first, "工程"), (first + 1, "保洁")] {
            sheet.write_string(row, 1, category).unwrap();
            for col in 2..5 {
                sheet.write_number(row, col, 2.0).unwrap();
            }
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let outcome = done(&Case::new().with_file("统计.xlsx", &bytes));
    let communities = outcome.facts.scopes().filter(|scope| matches!(scope, Scope::Community(_)));
    let received =
        communities.filter_map(|scope| outcome.facts.get("complaint-classes", "complaint.received", YEAR, scope));
    let values: Vec<_> = received.map(|fact| fact.value).collect();
    assert_eq!((complaints(&outcome), values), (24.0, vec![Some(12.0); 2]));
}

#[test]
fn rows_of_persons_are_no_items_of_a_survey() {
    let rows = rows_of(&[
        &["翠湖花园2025年上半年满意度测评"],
        &["名称", "满意", "基本满意", "不满意"],
        &["张三丰", "50", "3", "1"],
        &["李四光", "40", "3", "1"],
    ]);
    let case = Case::good().with_book("翠湖花园测评.xlsx", &rows);
    case.run_library(Extent::Pages).unwrap_or_else(|error| panic!("{error}"));
    let named = |(path, bytes): &(String, Vec<u8>)| {
        path.starts_with("public/") && String::from_utf8_lossy(bytes).contains("张三丰")
    };
    assert_eq!(case.output().into_iter().filter(named).count(), 0);
}
