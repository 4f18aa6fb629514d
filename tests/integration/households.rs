//! One household: its cases, the callbacks to it and the survey forms that it filled in.

use crate::case::{Case, rows_of};

const CASES: &[&[&str]] = &[
    &["投诉编号", "小区", "楼栋", "房号", "联系电话", "投诉时间", "投诉内容", "处理完成时间"],
    &["T-1", "翠湖花园", "3", "2-1501", "13800138001", "2025-03-05 09:00", "装修噪音", "2025-03-06 09:00"],
    &["T-2", "翠湖花园", "3", "2-1502", "13800138002", "2025-03-05 10:00", "车位被占", "2025-03-06 09:00"],
    &["T-3", "翠湖花园", "3", "2-1503", "13800138003", "2025-03-05 11:00", "路灯不亮", "2025-03-06 09:00"],
    &["T-4", "翠湖花园", "5", "2-1503", "13800138004", "2025-03-05 12:00", "路灯不亮", "2025-03-06 09:00"],
    &["T-5", "翠湖花园", "3", "2-1501", "13800138001", "2025-04-02 09:00", "又在装修", "2025-04-03 09:00"],
    &["T-6", "翠湖花园", "3", "2-1503", "13800138003", "2025-06-28 09:00", "路灯又不亮", "2025-06-28 18:00"],
];

/// The second household is known by its phone alone.
const CALLBACKS: &[&[&str]] = &[
    &["顾客回访登记表"],
    &["小区", "房号", "联系电话", "回访时间", "回访内容", "满意度"],
    &["翠湖花园", "3栋2单元1501室", "13800138001", "2025-03-07 10:00", "噪音", "不满意"],
    &["翠湖花园", "", "138 0013 8002", "2025-03-07 10:30", "车位", "满意"],
];

/// The first says when, the second was collected by the end of May, the third is dissatisfied with one of two items.
const FORMS: &[&[&str]] = &[
    &["2025年上半年满意度调查"],
    &["问卷编号", "小区", "房号", "填写日期", "治安工作", "清洁绿化"],
    &["W-1", "翠湖花园", "3-2-1501", "2025-03-10", "满意", "基本满意"],
    &["W-2", "翠湖花园", "3-2-1503", "", "满意", "满意"],
    &["W-3", "翠湖花园", "5-2-1503", "2025-03-10", "满意", "不满意"],
];

const ROUNDS: &[&[&str]] = &[
    &["小区", "调查期", "入住户数", "发放份数", "回收份数", "回收截止日期"],
    &["翠湖花园", "2025年上半年", "200", "180", "3", "2025-05-31"],
];

const PROFILE: &str = "extends = \"complaint-handling\"\ntitle = { zh = \"跟踪\", en = \"Followed\" }\n\
                       [follow_up]\nclause = \"9.1\"\nagain_within_days = 30\n";

fn case() -> Case {
    Case::new()
        .with_book("1投诉登记.xlsx", &rows_of(CASES))
        .with_book("2回访.xlsx", &rows_of(CALLBACKS))
        .with_book("3问卷.xlsx", &rows_of(FORMS))
        .with_book("4调查统计.xlsx", &rows_of(ROUNDS))
        .with_file("manyi.toml", "[use]\ncomplaint = \"followed\"\n".as_bytes())
        .with_file("profiles/followed.toml", PROFILE.as_bytes())
}

/// Numerator, denominator and exclusions of a metric for the group in March.
fn share(case: &Case, metric: &str) -> Vec<String> {
    let table = case.data("facts.csv");
    let wanted = table
        .rows()
        .filter(|row| row.key(["metric", "period", "scope", "dimension"]) == [metric, "2025-03", "group", ""]);
    wanted.map(|row| row.key(["numerator", "denominator", "excluded"]).join(" ")).collect()
}

#[test]
fn cases_callbacks_and_survey_answers_of_one_household_join() {
    let case = case();
    case.run(&["--quiet", "--as-of", "2025-12-31"]).expect(0);
    // Satisfied: the first and the third by their forms, the second in a callback by phone. The first complained again after 23
    // days, the third 28 days after the end of the collection.
    assert_eq!(share(&case, "complaint.again_after_satisfied_share"), ["2 3 0"]);
    // Called back: the first by its place, the second by its phone.
    assert_eq!(share(&case, "complaint.closed_without_callback_share"), ["2 4 0"]);
}

#[test]
fn who_complained_again_is_explained_by_the_rows_of_the_cases() {
    let arguments = [
        "explain",
        "--input",
        "input",
        "--as-of",
        "2025-12-31",
        "metric=complaint.again_after_satisfied_share",
        "period=2025-03",
        "scope=group",
    ];
    let said = case().program(&arguments).expect(0).out;
    for text in ["1投诉登记.xlsx · Sheet1", "第 2 行", "第 3 行", "第 4 行", "9.1", "调查表"] {
        assert!(said.contains(text), "「{text}」 is not in\n{said}");
    }
    assert!(!said.contains("第 5 行"), "{said}");
}

#[test]
fn no_page_shows_the_room_of_a_survey_form() {
    let case = case();
    case.run(&["--quiet", "--as-of", "2025-12-31"]).expect(0);
    for (path, bytes) in case.output() {
        let is_page = path.ends_with(".html");
        assert!(!is_page || !String::from_utf8_lossy(&bytes).contains("5-2-1503"), "{path}");
    }
}

#[test]
fn the_same_room_of_another_building_is_another_household_and_no_repeat() {
    let case = Case::new().with_book(
        "投诉登记.xlsx",
        &rows_of(&[
            &["投诉编号", "小区", "楼栋", "房号", "投诉时间", "投诉类型", "投诉内容", "处理完成时间"],
            &["R-1", "翠湖花园", "3", "1501", "2025-03-01 09:00", "清洁", "楼道没有打扫", "2025-03-02 09:00"],
            &["R-2", "翠湖花园", "5", "1501", "2025-03-10 09:00", "清洁", "垃圾没有清运", "2025-03-11 09:00"],
            &["R-3", "翠湖花园", "3", "1501", "2025-03-12 09:00", "清洁", "楼道又没打扫", "2025-03-13 09:00"],
        ]),
    );
    case.run(&["--quiet", "--as-of", "2025-03-31"]).expect(0);
    // Only the third comes from the household of the first.
    assert_eq!(share(&case, "complaint.repeat_share"), ["1 3 0"]);
}

#[test]
fn of_two_registers_side_by_side_each_row_has_its_own_callbacks() {
    let header = ["房号", "投诉时间", "投诉内容", "处理完成时间", "回访时间"];
    let left = [
        ["1-101", "2025-03-01 09:00", "门坏", "2025-03-02 09:00", "2025-03-03 10:00"],
        ["1-102", "2025-03-03 09:00", "灯坏", "2025-03-04 09:00", ""],
        ["1-103", "2025-03-04 09:00", "窗坏", "2025-03-05 09:00", ""],
    ];
    let right = [
        ["2-101", "2025-03-05 09:00", "噪音", "2025-03-06 09:00", ""],
        ["2-102", "2025-03-06 09:00", "漏水", "2025-03-07 09:00", "2025-03-08 10:00"],
        ["2-103", "2025-03-07 09:00", "异味", "2025-03-08 09:00", ""],
    ];
    let both = |left: &[&'static str], right: &[&'static str]| [left, &[""], right].concat();
    let mut rows = vec![vec!["翠湖花园2025年3月投诉登记表"], both(&header, &header)];
    rows.extend(left.iter().zip(&right).map(|(left, right)| both(left, right)));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let case = Case::new()
        .with_book("投诉登记.xlsx", &rows_of(&rows))
        .with_file("manyi.toml", "[use]\ncomplaint = \"followed\"\n".as_bytes())
        .with_file("profiles/followed.toml", PROFILE.as_bytes());
    case.run(&["--quiet", "--as-of", "2025-12-31"]).expect(0);
    assert_eq!(share(&case, "complaint.closed_without_callback_share"), ["4 6 0"]);
    let asked = [
        "explain",
        "--input",
        "input",
        "--as-of",
        "2025-12-31",
        "period=2025-03",
        "scope=group",
        "metric=complaint.closed_without_callback_share",
    ];
    let said = case.program(&asked).expect(0).out;
    let called = |cell: &str| format!("called_back {cell} = 2025-03");
    assert!(said.contains(&called("E3")) && said.contains(&called("K4")), "{said}");
}
