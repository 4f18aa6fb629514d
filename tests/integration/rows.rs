//! Rows that are no records, and rows that are: each test is named after what went wrong.

use manyi::metrics::fact::Scope;
use manyi::moment::Period;
use manyi::pipeline::Extent;
use manyi::problem::Code;

use crate::case::{Case, rows_of};

/// Complaints that came in in March 2025, of an input with one book.
fn complaints(rows: &[&[&str]]) -> Option<f64> {
    let case = Case::new().with_book("投诉.xlsx", &rows_of(rows));
    let outcome = case.run_library(Extent::Data).unwrap_or_else(|error| panic!("{error}"));
    let fact = outcome.facts.get("complaint-classes", "complaint.received", Period::Month(2025, 3), &Scope::Group);
    fact.and_then(|fact| fact.value)
}

const TITLE: &[&str] = &["翠湖花园2025年3月投诉登记"];
const HEADER: &[&str] = &["序号", "投诉时间", "房号", "投诉内容", "完成时间"];
const ONE: &[&str] = &["1", "2025-03-05 14:30", "3-2-1501", "楼上装修", "2025-03-06 09:00"];

#[test]
fn a_total_written_with_a_wide_blank_or_in_another_word_was_a_case() {
    for word in ["合　计", "小 计", "合計", "总数", "平均", "TOTAL", "Sub-total", "占比"] {
        let total: &[&str] = &["", word, "12", "1", "66.7%"];
        assert_eq!(complaints(&[TITLE, HEADER, ONE, total]), Some(1.0), "{word}");
        assert_eq!(complaints(&[TITLE, HEADER, ONE, &["", "", word, "1", "1"]]), Some(1.0), "{word}");
    }
    assert_eq!(complaints(&[TITLE, HEADER, ONE, &["合", "计", "1", "1", "1"]]), Some(1.0));
}

#[test]
fn a_subtotal_beside_a_community_written_once_was_a_case() {
    let rows: &[&[&str]] = &[
        TITLE,
        &["小区", "序号", "投诉时间", "房号", "投诉内容"],
        &["翠湖花园", "1", "2025-03-05 14:30", "3-2-1501", "楼上装修"],
        &["", "2", "2025-03-06 14:30", "3-2-1502", "垃圾未清"],
        &["", "小计", "", "", "2"],
        &["云栖苑", "1", "2025-03-07 14:30", "1-1-101", "路灯不亮"],
        &["", "2", "2025-03-08 14:30", "1-1-102", "外墙渗水"],
        &["", "小计", "", "", "2"],
    ];
    assert_eq!(complaints(rows), Some(4.0));
}

#[test]
fn a_month_without_a_case_had_one() {
    let none: &[&[&str]] = &[
        &["/", "/", "/", "/", "/"],
        &["—", "—", "—", "—", "—"],
        &["1", "无", "无", "无", "无"],
        &["", "", "", "无", "无"],
        &["1", "本月无", "", "", ""],
        &["", "无", "", "", ""],
        &["", "", "", "本月无投诉", ""],
    ];
    for row in none {
        assert_eq!(complaints(&[TITLE, HEADER, ONE, row]), Some(1.0), "{row:?}");
    }
    assert_eq!(complaints(&[TITLE, HEADER, ONE, &["2", "2025-03-06", "1-1-1", "无", "/"]]), Some(2.0));
}

#[test]
fn of_a_register_with_a_case_a_column_all_but_the_first_were_lost() {
    let rows: &[&[&str]] = &[
        TITLE,
        &["投诉编号", "T1", "T2", "T3"],
        &["投诉时间", "2025-03-01 09:00", "2025-03-02 09:00", "2025-03-05 10:00"],
        &["房号", "1-1-1", "2-1-1", "3-1-1"],
        &["投诉内容", "噪音", "垃圾", "漏水"],
        &["完成时间", "2025-03-01 10:00", "2025-03-03 09:00", "2025-03-06 09:00"],
    ];
    assert_eq!(complaints(rows), Some(3.0));
}

#[test]
fn a_day_alone_was_no_date_though_the_title_names_the_month() {
    let rows: &[&[&str]] =
        &[TITLE, HEADER, &["1", "3日", "1-1-1", "噪音", "4日"], &["2", "11号", "1-1-2", "垃圾", "(同 上)"]];
    let case = Case::new().with_book("投诉.xlsx", &rows_of(rows));
    let outcome = case.run_library(Extent::Data).unwrap_or_else(|error| panic!("{error}"));
    let unread: Vec<_> = outcome.problems.iter().filter(|problem| problem.code == Code::DateUnreadable).collect();
    assert!(unread.is_empty(), "{unread:?}");
    assert_eq!(outcome.summary.as_of, "2025-03-11");
}

#[test]
fn money_merged_down_over_several_cases_was_paid_once_for_each() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows: &[&[&str]] = &[
        TITLE,
        &["投诉编号", "投诉时间", "房号", "投诉内容", "赔偿金额"],
        &["T-1", "2025-03-05 14:30", "3-2-1501", "楼上装修", "300"],
        &["T-2", "2025-03-06 14:30", "3-2-1502", "垃圾未清", ""],
        &["T-3", "2025-03-07 14:30", "3-2-1503", "路灯不亮", ""],
    ];
    for (row, cells) in (0_u32..).zip(rows) {
        for (col, text) in (0_u16..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, col, *text).unwrap();
        }
    }
    sheet.merge_range(2, 4, 4, 4, "300", &rust_xlsxwriter::Format::new()).unwrap();
    let case = Case::new().with_file("投诉.xlsx", &workbook.save_to_buffer().unwrap());
    case.run(&["--records"]);
    let records = case.output();
    let (_, bytes) = records.iter().find(|(name, _)| name.starts_with("data/records/complaint/")).unwrap();
    assert_eq!(String::from_utf8_lossy(bytes).matches("300").count(), 1);
}

#[test]
fn names_beside_marks_given_to_staff_became_a_survey() {
    let rows =
        rows_of(&[&["员工", "考核结果"], &["张三丰", "优秀"], &["李四", "良好"], &["王五", "优秀"], &["赵六", "差"]]);
    let case = Case::good().with_book("考核.xlsx", &rows);
    let outcome = case.run_library(Extent::Data).unwrap_or_else(|error| panic!("{error}"));
    assert!(outcome.problems.iter().any(|problem| problem.code == Code::SheetUnknown));
}
