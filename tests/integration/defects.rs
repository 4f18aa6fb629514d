//! Defects that were found by using the program, each named after what went wrong.

use manyi::metrics::fact::{Fact, Scope};
use manyi::moment::Period;
use manyi::pipeline::{Extent, Outcome};
use manyi::problem::Code;

use crate::case::{Case, Cell, rows_of};

const MARCH: Period = Period::Month(2025, 3);

fn done(case: &Case) -> Outcome {
    case.run_library(Extent::Data).unwrap_or_else(|error| panic!("{error}"))
}

fn fact<'a>(outcome: &'a Outcome, profile: &str, metric: &str, period: Period) -> Option<&'a Fact> {
    outcome.facts.get(profile, metric, period, &Scope::Group)
}

fn value(outcome: &Outcome, metric: &str, period: Period) -> Option<f64> {
    let profile = if metric.starts_with("complaint") { "complaint-classes" } else { "service-center" };
    fact(outcome, profile, metric, period).and_then(|fact| fact.value)
}

fn found(outcome: &Outcome, code: Code) -> usize {
    outcome.problems.iter().filter(|problem| problem.code == code).count()
}

#[test]
fn a_date_and_its_time_in_two_columns_are_one_moment() {
    let mut rows = rows_of(&[&["序号", "投诉日期", "投诉时间", "投诉内容", "处理完成时间"]]);
    rows.push(vec![
        Cell::Number(1.0),
        Cell::Moment(2025, 3, 3, 0, 0),
        Cell::Number(0.4375),
        "门坏了".into(),
        Cell::Moment(2025, 3, 3, 11, 30),
    ]);
    rows.push(vec![Cell::Number(2.0), "3月5日".into(), "9:30".into(), "灯不亮".into(), "2025-03-05 10:30".into()]);
    let mut titled = rows_of(&[&["翠湖花园2025年3月投诉登记"]]);
    titled.extend(rows);
    let outcome = done(&Case::new().with_book("投诉.xlsx", &titled));
    assert_eq!(value(&outcome, "complaint.received", MARCH), Some(2.0));
    assert_eq!(value(&outcome, "complaint.resolution.median", MARCH), Some(60.0));
    assert_eq!(found(&outcome, Code::DateUnreadable), 0);
}

#[test]
fn without_a_readable_receipt_the_month_of_the_title_sets_the_as_of_date() {
    let rows = rows_of(&[
        &["翠湖花园2025年3月投诉登记"],
        &["序号", "投诉时间", "房号", "投诉内容"],
        &["1", "上周", "1-1-101", "门坏了"],
    ]);
    let outcome = done(&Case::new().with_book("投诉.xlsx", &rows));
    assert_eq!(outcome.summary.as_of, "2025-03-31");
    assert_eq!(value(&outcome, "complaint.received", MARCH), Some(1.0));
}

#[test]
fn a_room_typed_as_a_number_tells_the_same_as_one_typed_as_text() {
    let mut rows = rows_of(&[&["投诉时间", "房号", "投诉内容", "是否有效"]]);
    rows.push(vec![Cell::Moment(2025, 3, 5, 9, 0), Cell::Number(1201.0), "电梯噪音".into(), Cell::Number(0.0)]);
    let outcome = done(&Case::new().with_book("甲小区/a.xlsx", &rows).with_csv("甲小区/b.csv", &rows));
    assert_eq!(value(&outcome, "complaint.received", MARCH), Some(1.0), "the same row in two formats is one case");
    assert_eq!(value(&outcome, "complaint.valid", MARCH), Some(0.0));
}

#[test]
fn a_number_that_stands_for_two_cases_hides_no_duplicate_of_the_second() {
    let april: &[&str] = &["1", "2025-04-01 09:00", "1-1-102", "灯不亮"];
    let rows = rows_of(&[
        &["编号", "投诉时间", "房号", "投诉内容"],
        &["1", "2025-03-01 09:00", "1-1-101", "门坏了"],
        april,
        april,
    ]);
    let outcome = done(&Case::new().with_book("甲小区投诉.xlsx", &rows));
    assert_eq!(value(&outcome, "complaint.received", Period::Year(2025)), Some(2.0));
    assert_eq!((found(&outcome, Code::DuplicateRow), found(&outcome, Code::NumberReused)), (1, 1));
}

#[test]
fn one_limit_given_in_an_override_holds_for_all_cases() {
    let rows = rows_of(&[
        &["投诉时间", "房号", "投诉内容", "首次响应时间"],
        &["2025-03-03 09:00", "1-1-101", "门坏了", "2025-03-03 14:00"],
    ]);
    let config = "[[override.complaint-classes.deadline]]\nid = \"response\"\nwithin = \"2 h\"\n";
    let outcome = done(&Case::new().with_book("甲小区投诉.xlsx", &rows).with_file("manyi.toml", config.as_bytes()));
    assert_eq!(value(&outcome, "complaint.response.on_time", MARCH), Some(0.0));
}

#[test]
fn an_output_below_the_input_is_not_read_again() {
    let case = Case::good();
    case.program(&["--input", "input", "--output", "input/报告"]).expect(0);
    case.program(&["--input", "input", "--output", "input/报告"]).expect(0);
    let outcome = done(&case);
    assert_eq!(outcome.files, ["投诉登记.xlsx"]);
}

#[test]
fn nobody_answered_is_no_callback_that_reached_somebody_and_a_result_without_a_date_counts() {
    let rows = rows_of(&[
        &["报修时间", "报修地点", "报修内容", "完成时间", "回访人", "回访结果"],
        &["2025-03-03 09:00", "1-1-101", "水管", "2025-03-03 10:00", "小王", "满意"],
        &["2025-03-04 09:00", "1-1-102", "水管", "2025-03-04 10:00", "小王", "不满意"],
        &["2025-03-05 09:00", "1-1-103", "水管", "2025-03-05 10:00", "小王", "无人接听"],
    ]);
    let outcome = done(&Case::new().with_book("甲小区报修.xlsx", &rows));
    assert_eq!(value(&outcome, "callback.satisfied_share", MARCH), Some(0.5));
    let reached = fact(&outcome, "service-center", "callback.reached_share", MARCH).unwrap();
    assert_eq!((reached.numerator, reached.denominator), (Some(2.0), Some(3.0)));
    assert_eq!(found(&outcome, Code::RatingUnknown), 0);
}

#[test]
fn a_publication_that_no_column_tells_is_not_late() {
    // The as-of date lies after the due moment: an open duty would be late.
    let cases = rows_of(&[&["投诉时间", "房号", "投诉内容"], &["2025-06-30 09:00", "1-1-101", "门坏了"]]);
    let round = |published: &[&'static str]| {
        let mut header = vec!["小区", "调查期", "入住户数", "发放份数", "回收份数", "回收截止日期"];
        let mut row = vec!["翠湖花园", "2025上半年", "100", "90", "60", "2025-03-20"];
        if let [label, date] = published {
            header.push(label);
            row.push(date);
        }
        let case =
            Case::new().with_book("翠湖花园投诉.xlsx", &cases).with_book("轮次.xlsx", &rows_of(&[&header, &row]));
        let outcome = done(&case);
        let found = outcome.facts.get("survey-procedure", "schedule.publish", Period::Month(2025, 4), &Scope::Group);
        found.map(|fact| (fact.numerator, fact.denominator, fact.excluded))
    };
    assert_eq!(round(&[]), Some((Some(0.0), Some(0.0), 1)), "no column tells it");
    assert_eq!(round(&["公示日期", ""]), Some((Some(0.0), Some(1.0), 0)), "a column tells that it was not done");
    assert_eq!(round(&["公示日期", "2025-04-10"]), Some((Some(1.0), Some(1.0), 0)));
}

#[test]
fn a_profile_that_asks_for_callbacks_of_major_cases_is_owed_no_others() {
    let rows = rows_of(&[
        &["投诉时间", "房号", "投诉内容", "处理完成时间", "是否重大", "回访时间", "回访结果"],
        &["2025-03-03 09:00", "1-1-101", "门坏了", "2025-03-03 10:00", "是", "2025-03-04 10:00", "满意"],
        &["2025-03-04 09:00", "1-1-102", "灯不亮", "2025-03-04 10:00", "是", "", ""],
        &["2025-03-05 09:00", "1-1-103", "漏水", "2025-03-05 10:00", "否", "", ""],
    ]);
    let config = "[use]\ncallback = \"complaint-classes\"\n";
    let case = Case::new().with_book("甲小区投诉.xlsx", &rows).with_file("manyi.toml", config.as_bytes());
    let outcome = done(&case);
    let share = fact(&outcome, "complaint-classes", "callback.done_share", MARCH).unwrap();
    assert_eq!((share.numerator, share.denominator), (Some(1.0), Some(2.0)));
}

#[test]
fn a_case_resolved_before_it_came_in_leaves_no_stock_below_zero() {
    let rows = rows_of(&[
        &["投诉时间", "房号", "投诉内容", "处理完成时间"],
        &["2025-02-03 09:00", "1-1-101", "门坏了", "2025-02-04 09:00"],
        &["2025-03-03 09:00", "1-1-102", "灯不亮", "2025-02-27 09:00"],
    ]);
    let outcome = done(&Case::new().with_book("甲小区投诉.xlsx", &rows));
    let stocks: Vec<Option<f64>> =
        [2, 3].map(|month| value(&outcome, "complaint.open_at_end", Period::Month(2025, month))).into();
    assert_eq!(stocks, [Some(0.0), Some(0.0)]);
}

#[test]
fn one_slip_of_the_pen_does_not_change_the_scale_of_a_survey() {
    let mut rows = rows_of(&[&["翠湖花园2025上半年满意度调查"], &["序号", "楼栋", "治安工作", "清洁绿化"]]);
    for form in 0..300 {
        let slip = if form == 7 { "55" } else { "5" };
        rows.push(vec![Cell::Number(f64::from(form)), "3".into(), slip.into(), "4".into()]);
    }
    let outcome = done(&Case::new().with_book("调查.xlsx", &rows));
    let overall = fact(&outcome, "survey-procedure", "survey.overall_satisfied", Period::Half(2025, 1)).unwrap();
    assert_eq!(overall.value, Some(1.0), "{overall:?}");
}

#[test]
fn forms_of_a_community_without_a_round_are_counted_beside_a_round_of_another() {
    let round = rows_of(&[&["小区", "调查期", "发放份数", "回收份数"], &["云栖苑", "2025上半年", "20", "10"]]);
    let forms = rows_of(&[
        &["翠湖花园2025上半年满意度调查"],
        &["序号", "楼栋", "治安工作", "清洁绿化"],
        &["1", "3", "满意", "满意"],
        &["2", "3", "满意", "不满意"],
    ]);
    let outcome = done(&Case::new().with_book("轮次.xlsx", &round).with_book("翠湖花园.xlsx", &forms));
    let returned = fact(&outcome, "survey-procedure", "survey.returned", Period::Half(2025, 1)).unwrap();
    assert_eq!(returned.value, Some(12.0));
}

#[test]
fn ditto_marks_in_a_column_of_dates_stand_for_the_one_above() {
    let rows = rows_of(&[
        &["投诉时间", "房号", "投诉内容"],
        &["2025-03-03", "1-1-101", "门坏了"],
        &["同上", "1-1-102", "灯不亮"],
        &["〃", "1-1-103", "漏水"],
    ]);
    let outcome = done(&Case::new().with_book("甲小区投诉.xlsx", &rows));
    assert_eq!((value(&outcome, "complaint.received", MARCH), found(&outcome, Code::DateUnreadable)), (Some(3.0), 0));
}

#[test]
fn where_no_deadline_can_judge_the_open_cases_nobody_says_that_none_is_overdue() {
    let rows = rows_of(&[
        &["投诉时间", "房号", "投诉内容", "处理完成时间"],
        &["2025-03-03 09:00", "1-1-101", "门坏了", ""],
        &["2025-06-03 09:00", "1-1-102", "灯不亮", "2025-06-04 09:00"],
    ]);
    let case = Case::new().with_book("甲小区投诉.xlsx", &rows);
    let outcome = case.run_library(Extent::Pages).unwrap();
    let overdue = fact(&outcome, "complaint-classes", "complaint.overdue", MARCH).unwrap();
    assert_eq!((overdue.value, overdue.excluded), (None, 1));
    let page = String::from_utf8(case.output()["2025-03/complaint-analysis.html"].clone()).unwrap();
    assert!(!page.contains("没有逾期"), "a claim that nothing supports");
}

#[test]
fn a_period_without_pages_is_told() {
    let case = Case::good();
    let ended = case.run(&["--period", "2024-Q1"]).expect(0);
    assert!(ended.out.contains("2024-Q1 没有页面"), "{}", ended.out);
    let ended = case.run(&["--period", "2025-03"]).expect(0);
    assert!(!ended.out.contains("没有页面"), "{}", ended.out);
}

#[test]
fn the_same_form_for_another_community_below_is_a_table_of_its_own() {
    let rows = rows_of(&[
        &["翠湖花园2025年3月投诉登记表"],
        &["序号", "房号", "投诉时间", "投诉内容"],
        &["1", "3-2-101", "2025-03-01 09:00", "漏水"],
        &["云栖苑2025年3月投诉登记表"],
        &["序号", "房号", "投诉时间", "投诉内容"],
        &["1", "1-1-102", "2025-03-02 09:00", "停电"],
        &["2", "1-1-103", "2025-03-03 09:00", "噪音"],
    ]);
    let outcome = done(&Case::new().with_book("两小区.xlsx", &rows));
    assert_eq!(by_community(&outcome, &["云栖苑", "翠湖花园"]), [Some(2.0), Some(1.0)]);
}

#[test]
fn tables_side_by_side_have_the_communities_of_their_own_titles() {
    let rows = rows_of(&[
        &["翠湖花园2025年3月投诉登记表", "", "", "", "云栖苑2025年3月投诉登记表"],
        &["房号", "投诉时间", "投诉内容", "", "房号", "投诉时间", "投诉内容"],
        &["3-2-101", "2025-03-01 09:00", "漏水", "", "1-1-102", "2025-03-02 09:00", "停电"],
        &["", "", "", "", "1-1-103", "2025-03-03 09:00", "噪音"],
    ]);
    let outcome = done(&Case::new().with_book("左右.xlsx", &rows));
    assert_eq!(by_community(&outcome, &["云栖苑", "翠湖花园"]), [Some(2.0), Some(1.0)]);
}

/// Complaints of March by the names of communities.
fn by_community(outcome: &Outcome, names: &[&str]) -> Vec<Option<f64>> {
    let of = |name: &&str| {
        let scope = Scope::Community(manyi::records::directory::id_of_name(name));
        outcome.facts.get("complaint-classes", "complaint.received", MARCH, &scope)?.value
    };
    names.iter().map(of).collect()
}

#[test]
fn a_table_beside_others_that_is_of_no_known_kind_is_told() {
    let rows = rows_of(&[
        &["房号", "投诉时间", "投诉内容", "", "报修地点", "报修时间", "维修项目", "", "车位", "车牌", "月租"],
        &["3-2-101", "2025-03-01 09:00", "漏水", "", "1-1-102", "2025-03-02 09:00", "水管", "", "A-1", "某牌", "300"],
    ]);
    let outcome = done(&Case::new().with_book("翠湖花园.xlsx", &rows));
    let unknown = outcome.problems.iter().filter(|problem| problem.code == Code::ColumnUnknown);
    assert_eq!(unknown.map(|problem| &*problem.found).collect::<Vec<_>>(), ["车位", "车牌", "月租"]);
}

#[test]
fn the_day_on_which_a_sheet_was_filled_in_is_not_the_month_it_is_about() {
    let rows = rows_of(&[
        &["翠湖花园2025年3月投诉登记表"],
        &["制表日期：2025年4月3日"],
        &["房号", "投诉时间", "投诉内容"],
        &["3-2-101", "", "漏水"],
    ]);
    let outcome = done(&Case::new().with_book("投诉.xlsx", &rows));
    assert_eq!(value(&outcome, "complaint.received", MARCH), Some(1.0));
}

#[test]
fn a_case_of_december_that_ended_in_january_ended_in_the_next_year() {
    let rows = rows_of(&[
        &["翠湖花园2025年12月投诉登记表"],
        &["房号", "投诉时间", "投诉内容", "处理完成时间"],
        &["3-2-101", "12月25日 09:00", "漏水", "1月5日 09:00"],
        &["3-2-102", "2026-01-20 09:00", "停电", ""],
    ]);
    let outcome = done(&Case::new().with_book("投诉.xlsx", &rows));
    assert_eq!(value(&outcome, "complaint.resolution.median", Period::Month(2025, 12)), Some(11.0 * 24.0 * 60.0));
    assert_eq!(found(&outcome, Code::ImpossibleOrder), 0);
}

#[test]
fn a_survey_round_sent_twice_counts_once() {
    let rows = rows_of(&[&["小区", "调查期", "发放份数", "回收份数"], &["翠湖花园", "2025上半年", "500", "400"]]);
    let case = Case::new().with_book("调查统计.xlsx", &rows).with_csv("再发一次.csv", &rows);
    let outcome = done(&case);
    assert_eq!(
        fact(&outcome, "survey-procedure", "survey.issued", Period::Half(2025, 1)).and_then(|fact| fact.value),
        Some(500.0)
    );
    assert_eq!(found(&outcome, Code::DuplicateRow), 1);
}

#[test]
fn codes_that_never_reach_five_are_no_scores_of_five() {
    let rows = rows_of(&[
        &["投诉时间", "房号", "投诉内容", "回访日期", "满意度"],
        &["2025-03-05 09:00", "1-1-101", "漏水", "2025-03-06", "1"],
        &["2025-03-06 09:00", "1-1-102", "停电", "2025-03-07", "2"],
    ]);
    let outcome = done(&Case::new().with_book("翠湖花园投诉.xlsx", &rows));
    assert_eq!((found(&outcome, Code::RatingUnknown), found(&outcome, Code::RatingScored)), (2, 0));
}

#[test]
fn a_respondent_of_a_survey_is_named_on_no_wall() {
    let mut rows =
        rows_of(&[&["翠湖花园2025年上半年满意度调查表"], &["问卷编号", "姓名", "治安工作", "服务态度", "张三丰"]]);
    for form in 1..=25 {
        rows.push(rows_of(&[&[&format!("A{form}"), "张三丰", "满意", "满意", "满意"]]).remove(0));
    }
    let case = Case::new().with_book("问卷.xlsx", &rows);
    let outcome = case.run_library(Extent::Pages).unwrap_or_else(|error| panic!("{error}"));
    let named = |(path, bytes): &(String, Vec<u8>)| {
        path.starts_with("public/") && String::from_utf8_lossy(bytes).contains("张三丰")
    };
    assert_eq!(case.output().into_iter().filter(named).count(), 0);
    assert!(!outcome.summary.withheld.is_empty(), "the page that would name him is told");
}

#[test]
fn items_of_any_name_may_have_their_answers_ticked_below() {
    let rows = rows_of(&[
        &["星澜湾2025年上半年住户满意度调查表汇总"],
        &["问卷编号", "房号", "治安", "", "", "保洁", "", "", "意见"],
        &["", "", "满意", "一般", "不满意", "满意", "一般", "不满意", ""],
        &["1", "1-1-101", "", "√", "", "", "", "√", ""],
        &["2", "1-1-201", "√", "", "", "√", "", "", "多巡逻"],
        &["3", "1-1-301", "√", "", "", "", "√", "", ""],
    ]);
    let outcome = done(&Case::new().with_csv("调查汇总.csv", &rows));
    let half = Period::Half(2025, 1);
    let forms = fact(&outcome, "survey-procedure", "survey.valid_forms", half).and_then(|fact| fact.value);
    assert_eq!(forms, Some(3.0));
    assert_eq!(outcome.ledger.lines.iter().map(|line| line.yielded).sum::<u64>(), 6);
    assert_eq!(found(&outcome, Code::RatingUnknown), 0);
}

#[test]
fn a_hidden_list_for_a_drop_down_is_no_error() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let register = workbook.add_worksheet();
    for (row, cells) in (0_u32..).zip(crate::case::REGISTER) {
        for (col, text) in (0_u16..).zip(*cells) {
            register.write_string(row, col, *text).unwrap();
        }
    }
    let list = workbook.add_worksheet();
    for (row, text) in (0_u32..).zip(["工程部", "环境部", "秩序部"]) {
        list.write_string(row, 0, text).unwrap();
    }
    list.set_hidden(true);
    let outcome = done(&Case::new().with_file("投诉.xlsx", &workbook.save_to_buffer().unwrap()));
    assert_eq!((found(&outcome, Code::SheetUnknown), found(&outcome, Code::HiddenSheetUnknown)), (0, 1));
}

#[test]
fn communities_in_rows_of_their_own_hold_for_the_rows_below() {
    let rows = rows_of(&[
        &["2025年3月各小区投诉"],
        &["序号", "投诉时间", "房号", "投诉内容"],
        &["翠湖花园"],
        &["1", "2025-03-03 09:00", "1-1-101", "噪音"],
        &["云栖苑"],
        &["1", "2025-03-03 09:00", "1-1-101", "噪音"],
        &["2", "2025-03-06 09:00", "1-1-102", "停电"],
    ]);
    let outcome = done(&Case::new().with_book("各小区.xlsx", &rows));
    assert_eq!(by_community(&outcome, &["云栖苑", "翠湖花园"]), [Some(2.0), Some(1.0)]);
    assert_eq!(found(&outcome, Code::CommunityMissing), 0);
}
