//! Problems: what is said of cells and rows that cannot be taken as they stand, and what is counted all the same.

use manyi::metrics::fact::{Dimension, Scope};
use manyi::moment::Period;
use manyi::pipeline::{Extent, Outcome};
use manyi::problem::{Code, Language, Problem};

use crate::case::{Case, Cell, rows_of};

const YEAR: Period = Period::Year(2025);

fn done(case: &Case) -> Outcome {
    case.run_library(Extent::Data).unwrap_or_else(|error| panic!("{error}"))
}

/// A register of complaints with these rows.
fn register(name: &str, header: &[&'static str], rows: &[Vec<Cell>]) -> Case {
    let mut all = rows_of(&[header]);
    all.extend_from_slice(rows);
    Case::new().with_book(name, &all)
}

fn texts(rows: &[&[&str]]) -> Vec<Vec<Cell>> {
    rows_of(rows)
}

fn problems(outcome: &Outcome, code: Code) -> Vec<&Problem> {
    outcome.problems.iter().filter(|problem| problem.code == code).collect()
}

/// Cell and what was found, of the problems of a code.
fn told(outcome: &Outcome, code: Code) -> Vec<(String, String)> {
    let cell = |problem: &Problem| problem.cell.map_or(String::new(), |cell| cell.to_string());
    problems(outcome, code).into_iter().map(|problem| (cell(problem), problem.found.to_string())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(cell, found)| ((*cell).to_owned(), (*found).to_owned())).collect()
}

fn received(outcome: &Outcome) -> Option<f64> {
    outcome.facts.get("complaint-classes", "complaint.received", YEAR, &Scope::Group)?.value
}

#[test]
fn scores_of_five_in_a_column_of_ratings_stand_for_the_five_wordings() {
    let rows = texts(&[
        &["T-1", "2025-03-05 09:00", "1-1-101", "漏水", "2025-03-06", "5"],
        &["T-2", "2025-03-06 09:00", "1-1-102", "停电", "2025-03-07", "2"],
        &["T-3", "2025-03-07 09:00", "1-1-103", "噪音", "2025-03-08", "1"],
        &["T-4", "2025-03-08 09:00", "1-1-104", "垃圾", "2025-03-09", "9"],
    ]);
    let header = ["投诉编号", "投诉时间", "房号", "投诉内容", "回访日期", "满意度评分（1-5分）"];
    let outcome = done(&register("翠湖花园投诉.xlsx", &header, &rows));
    let share = outcome.facts.get("service-center", "callback.satisfied_share", YEAR, &Scope::Group).unwrap();
    assert_eq!((share.numerator, share.denominator), (Some(1.0), Some(3.0)));
    assert_eq!(told(&outcome, Code::RatingScored), pairs(&[("F1", "1–5")]));
    assert_eq!(told(&outcome, Code::RatingUnknown), pairs(&[("F5", "9")]));
}

#[test]
fn every_code_says_what_was_expected_and_used_in_both_languages() {
    for code in Code::ALL {
        let wording = code.wording();
        for text in [wording.title, wording.expected, wording.used] {
            let zh = text.in_language(Language::Zh);
            // UTF-8 is UTF-8 in every language.
            assert!(!zh.is_ascii() || zh.starts_with("UTF"), "{}: {zh}", wording.name);
            let en = text.in_language(Language::En);
            assert!(!en.is_empty() && !en.contains('，'), "{}: {en}", wording.name);
        }
    }
}

#[test]
fn an_impossible_order_names_the_earlier_cell_and_its_value() {
    let header = ["投诉时间", "房号", "投诉内容", "派单时间", "到场时间", "处理完成时间", "告知时间"];
    let rows = texts(&[
        &[
            "2025-03-03 09:00",
            "1-1-101",
            "门坏了",
            "2025-03-03 09:10",
            "2025-03-03 12:00",
            "2025-03-03 11:00",
            "2025-03-03 13:00",
        ],
        &[
            "2025-03-04 09:00",
            "1-1-102",
            "灯不亮",
            "2025-03-04 09:10",
            "2025-03-04 10:00",
            "2025-03-04 11:00",
            "2025-03-04 10:30",
        ],
        &[
            "2025-03-05 09:00",
            "1-1-103",
            "水管漏",
            "2025-03-05 08:00",
            "2025-03-05 10:00",
            "2025-03-05 11:00",
            "2025-03-05 12:00",
        ],
    ]);
    let outcome = done(&register("翠湖花园投诉登记.xlsx", &header, &rows));
    assert_eq!(
        told(&outcome, Code::StepOrder),
        pairs(&[
            ("F2", "2025-03-03 11:00:00 < 2025-03-03 12:00:00 (E2)"),
            ("G3", "2025-03-04 10:30:00 < 2025-03-04 11:00:00 (F3)"),
        ])
    );
    assert_eq!(
        told(&outcome, Code::ImpossibleOrder),
        pairs(&[("D4", "2025-03-05 08:00:00 < 2025-03-05 09:00:00 (A4)")])
    );
    assert_eq!(received(&outcome), Some(3.0), "the rows are counted");
}

#[test]
fn a_ditto_mark_stands_for_whatever_is_above_it_and_one_below_nothing_is_told() {
    let header = ["投诉时间", "小区", "房号", "投诉类型", "投诉内容", "责任部门", "处理人"];
    let rows = texts(&[
        &["2025-03-03 09:00", "翠湖花园", "1-1-101", "停车管理", "车位被占", "秩序部", "同上"],
        &["2025-03-04 09:00", "同上", "1-1-102", "〃", "道闸不起", "\"", "王工"],
        &["〃", "〃", "1-1-103", "”", "门坏了", "同上", "同上"],
    ]);
    let outcome = done(&register("投诉登记.xlsx", &header, &rows));
    let community = outcome.facts.scopes().find(|scope| outcome.facts.scope_name(scope) == "翠湖花园").unwrap();
    let of_community = outcome.facts.get("complaint-classes", "complaint.received", YEAR, community).unwrap();
    assert_eq!(of_community.value, Some(3.0));
    let categories =
        outcome.facts.by("complaint-classes", "complaint.received", YEAR, &Scope::Group, Dimension::Category);
    let named: Vec<(&str, Option<f64>)> = categories
        .iter()
        .filter(|fact| fact.key.dimension2.is_none())
        .filter_map(|fact| Some((&*fact.key.dimension.as_ref()?.1, fact.value)))
        .collect();
    assert_eq!(named, [("停车管理", Some(3.0))]);
    assert_eq!(told(&outcome, Code::DittoAlone), pairs(&[("G2", "同上")]), "nothing stands above the first row");
}

#[test]
fn a_cross_beside_ticks_is_a_no_and_a_cross_where_nobody_ticked_is_told() {
    let form = |marks: [&'static str; 4]| {
        let rows = rows_of(&[
            &["翠湖花园2025年3月回访统计表"],
            &["序号", "地点", "回访内容", "意见", "", "", "日期"],
            &["", "", "", "满意", "较满意", "不满意", ""],
            &["1", "1-1-101", "水管", marks[0], "", marks[1], "2025-03-05"],
            &["2", "1-1-102", "灯", marks[2], "", marks[3], "2025-03-06"],
        ]);
        let outcome = done(&Case::new().with_book("回访.xlsx", &rows));
        let share = outcome.facts.get("service-center", "callback.satisfied_share", YEAR, &Scope::Group).cloned();
        (share.map(|fact| (fact.numerator, fact.denominator)), problems(&outcome, Code::RatingCross).len())
    };
    assert_eq!(form(["√", "×", "×", "√"]), (Some((Some(1.0), Some(2.0))), 0));
    assert_eq!(form(["×", "", "", "×"]), (Some((Some(1.0), Some(2.0))), 2), "told once a column");
    assert_eq!(form(["☑满意 □不满意", "", "□", "■"]), (Some((Some(1.0), Some(2.0))), 0));
}

#[test]
fn a_row_that_looks_like_another_is_told_and_both_are_counted() {
    let header = ["投诉时间", "房号", "投诉内容", "联系电话"];
    let rows = texts(&[
        &["2025-03-03 09:00", "3-2-1501", "楼上装修噪音太大影响休息", "13800138000"],
        &["2025-03-03 15:00", "3栋2单元1501室", "楼上装修噪音太大，影响休息。", "138 0013 8000"],
        &["2025-03-03 16:00", "3-2-1501", "楼上装修噪音太大影响休息", "13900139000"],
        &["2025-03-04 09:00", "3-2-1501", "楼上装修噪音太大影响休息", "13800138000"],
        &["2025-03-03 10:00", "3-2-1502", "楼上装修噪音太大影响休息", "13800138000"],
    ]);
    let outcome = done(&register("翠湖花园投诉.xlsx", &header, &rows));
    assert_eq!(told(&outcome, Code::NearDuplicate), pairs(&[("A3", "楼上装修噪音太大，影响休息。")]));
    assert_eq!(problems(&outcome, Code::NearDuplicate)[0].repeats, Some((0, 1)), "the row that it looks like is named");
    assert_eq!(received(&outcome), Some(5.0));
}

#[test]
fn a_number_with_another_date_of_receipt_and_the_same_words_is_the_same_case_perhaps() {
    let header = ["编号", "投诉时间", "房号", "投诉内容"];
    let rows = texts(&[
        &["T-1", "2025-03-03 09:00", "1-1-101", "门坏了"],
        &["T-1", "2025-03-04 09:00", "1栋1单元101", "门坏了"],
        &["T-1", "2025-03-05 09:00", "1-1-102", "灯不亮"],
    ]);
    let outcome = done(&register("翠湖花园投诉.xlsx", &header, &rows));
    assert_eq!(told(&outcome, Code::NearDuplicate), pairs(&[("A3", "T-1")]));
    assert_eq!(told(&outcome, Code::NumberReused), pairs(&[("A4", "T-1")]));
    assert_eq!(received(&outcome), Some(3.0));
}

#[test]
fn a_case_sent_again_with_a_correction_is_told_at_the_corrected_cell() {
    let header: &[&str] = &["编号", "投诉时间", "房号", "投诉内容", "处理完成时间"];
    let first = texts(&[header, &["T-1", "2025-03-03 09:00", "1-1-101", "门坏了", ""]]);
    let second = texts(&[header, &["T-1", "2025-03-03 09:00", "1-1-101", "门坏了", "2025-04-02 10:00"]]);
    let outcome = done(&Case::new().with_book("翠湖花园投诉/a.xlsx", &first).with_book("翠湖花园投诉/b.xlsx", &second));
    assert_eq!(told(&outcome, Code::DuplicateDiffers), pairs(&[("E2", "2025-04-02 10:00:00")]));
    assert_eq!((received(&outcome), problems(&outcome, Code::DuplicateRow).len()), (Some(1.0), 0));
}

/// Rows of so many cases, one a day from a day of the year on, each with a room of its own.
fn cases(days: std::ops::Range<u32>) -> Vec<Vec<Cell>> {
    let row = |day: u32| {
        let date = chrono::NaiveDate::from_yo_opt(2025, day).unwrap();
        [format!("{date} 09:{:02}", day % 60), format!("1-1-{}", 100 + day), format!("第{day}盏灯不亮")]
    };
    days.map(|day| row(day).iter().map(|text| Cell::from(text.as_str())).collect()).collect()
}

#[test]
fn a_file_sent_twice_is_one_problem_and_not_one_a_row() {
    let mut rows = rows_of(&[&["投诉时间", "房号", "投诉内容"]]);
    rows.extend(cases(60..90));
    let case = Case::new().with_book("翠湖花园投诉/a.xlsx", &rows).with_csv("翠湖花园投诉/b.csv", &rows);
    let outcome = done(&case);
    assert_eq!(told(&outcome, Code::RowsRepeated), pairs(&[("A2", "A2:A31（30）")]));
    let problem = problems(&outcome, Code::RowsRepeated)[0];
    let used = problem.used(&outcome.files, &outcome.sources, Language::Zh);
    assert!(used.contains("a.xlsx") && used.contains("第2行"), "{used}");
    let duplicates: u64 = outcome.ledger.lines.iter().map(|line| line.rows.duplicates).sum();
    assert_eq!((received(&outcome), duplicates, problems(&outcome, Code::DuplicateRow).len()), (Some(30.0), 30, 0));
}

#[test]
fn rows_of_another_month_are_told_one_by_one_and_a_wrong_title_once() {
    // March is days 60 to 90 of 2025.
    let with = |name: &str, days: std::ops::Range<u32>, more: std::ops::Range<u32>| {
        let rows: Vec<Vec<Cell>> = [days, more].into_iter().flat_map(cases).collect();
        done(&register(name, &["投诉时间", "房号", "投诉内容"], &rows))
    };
    let pasted = with("翠湖花园2025年3月投诉.xlsx", 60..90, 40..42);
    assert_eq!(
        told(&pasted, Code::OtherMonth),
        pairs(&[("A32", "2025-02-09 ≠ 2025-03"), ("A33", "2025-02-10 ≠ 2025-03")])
    );
    assert_eq!(received(&pasted), Some(32.0), "they are counted in their own month");
    let wrong = with("翠湖花园2025年4月投诉.xlsx", 60..90, 0..0);
    assert_eq!(told(&wrong, Code::TitleDisagrees), pairs(&[("", "2025-04：30 / 30，2025-03-01")]));
    assert!(problems(&wrong, Code::OtherMonth).is_empty());
    // The window of a monthly table may run from the 26th to the 25th.
    let window = with("翠湖花园2025年3月投诉.xlsx", 57..85, 0..0);
    assert!(problems(&window, Code::OtherMonth).is_empty());
    let many = with("翠湖花园2025年3月投诉.xlsx", 60..90, 10..35);
    assert_eq!(problems(&many, Code::OtherMonth).len(), 20, "the first twenty");
    assert_eq!(told(&many, Code::OtherMonth)[0].1, "2025-03：25 / 55", "and the number of all");
}

#[test]
fn many_cases_closed_at_the_very_same_moment_are_told_once() {
    let header = ["投诉时间", "房号", "投诉内容", "处理完成时间"];
    let with = |closed: usize, at: &str| {
        let mut rows = cases(60..90);
        for row in rows.iter_mut().take(closed) {
            row.push(Cell::from(at));
        }
        done(&register("翠湖花园投诉.xlsx", &header, &rows))
    };
    assert_eq!(told(&with(12, "2025-03-31 17:00"), Code::SameMoment), pairs(&[("D2", "2025-03-31 17:00:00 × 12")]));
    assert!(problems(&with(9, "2025-03-31 17:00"), Code::SameMoment).is_empty(), "nine may share it by chance");
    assert!(problems(&with(12, "2025-03-31 00:00"), Code::SameMoment).is_empty(), "midnight stands for no time");
}

#[test]
fn a_completion_in_a_far_future_is_told_and_the_case_is_open() {
    let mut rows: Vec<Vec<Cell>> = cases(1..300);
    rows[5].push("2052-01-07 10:00".into());
    rows[6].push("2025-01-09 10:00".into());
    let outcome = done(&register("翠湖花园投诉.xlsx", &["投诉时间", "房号", "投诉内容", "处理完成时间"], &rows));
    assert_eq!(told(&outcome, Code::FutureStep), pairs(&[("D7", "2052-01-07 10:00:00")]));
    assert_eq!(outcome.summary.as_of, "2025-10-26");
    let resolved = outcome.facts.get("complaint-classes", "complaint.resolved", YEAR, &Scope::Group).unwrap();
    assert_eq!(resolved.value, Some(1.0));
}

#[test]
fn responses_that_pile_up_just_below_the_limit_are_told() {
    // Received at 20:00, outside working hours: the limit is 24 h. The last response lies after the as-of date.
    let with = |hours: &dyn Fn(u32) -> f64| {
        let rows: Vec<Vec<Cell>> = (1..121)
            .map(|day| {
                let at = chrono::NaiveDate::from_yo_opt(2025, day).unwrap().and_hms_opt(20, 0, 0).unwrap();
                #[allow(clippy::cast_possible_truncation, reason = "a day of minutes")]
                let responded = at + chrono::Duration::minutes((hours(day) * 60.0) as i64);
                let text = |at: chrono::NaiveDateTime| at.format("%Y-%m-%d %H:%M").to_string();
                [text(at), format!("1-1-{}", 100 + day), format!("第{day}盏灯不亮"), text(responded)]
                    .iter()
                    .map(|text| Cell::from(text.as_str()))
                    .collect()
            })
            .collect();
        done(&register("翠湖花园投诉.xlsx", &["投诉时间", "房号", "投诉内容", "首次响应时间"], &rows))
    };
    let piled = with(&|day| 22.0 + f64::from(day % 20) / 10.0);
    assert_eq!(told(&piled, Code::PileUp), pairs(&[("A2", "翠湖花园 response：80–90% 0，90–100% 119，100–110% 0")]));
    let smooth = with(&|day| 2.0 + f64::from(day % 30));
    assert!(problems(&smooth, Code::PileUp).is_empty());
}

#[test]
fn a_callback_dated_without_a_time_is_uncertain_and_an_illegible_date_is_no_end() {
    let header = ["报修时间", "报修地点", "报修内容", "完成时间", "回访人", "回访时间", "回访结果"];
    let rows = texts(&[
        &["2025-03-03 09:00", "1-1-101", "水管", "2025-03-03 10:00", "小王", "2025-03-04 09:00", "满意"],
        &["2025-03-04 09:00", "1-1-102", "水管", "2025-03-04 10:00", "小王", "2025-03-05", "满意"],
        &["2025-03-05 09:00", "1-1-103", "水管", "2025-03-05 10:00", "小王", "月底", ""],
    ]);
    let mut all = rows_of(&[&header]);
    all.extend(rows);
    let config = "[override.service-center.callback]\nwithin = \"24 h\"\n";
    let case = Case::new().with_book("翠湖花园报修.xlsx", &all).with_file("manyi.toml", config.as_bytes());
    let outcome = done(&case);
    let on_time = outcome.facts.get("service-center", "callback.on_time", YEAR, &Scope::Group).unwrap();
    assert_eq!((on_time.numerator, on_time.denominator, on_time.excluded), (Some(1.0), Some(1.0), 2));
    let done_share = outcome.facts.get("service-center", "callback.done_share", YEAR, &Scope::Group).unwrap();
    assert_eq!(done_share.numerator, Some(3.0), "an illegible date says that it was made");
    case.run(&["--records"]).expect(0);
    let written = case.output();
    let (_, records) = written.iter().find(|(path, _)| path.starts_with("data/records/callback/")).unwrap();
    let records = String::from_utf8(records.clone()).unwrap();
    assert!(records.contains("2025-03-05,") && !records.contains("2025-03-05 00:00"), "{records}");
}

#[test]
fn a_column_in_which_every_time_is_midnight_holds_dates_in_text_as_in_a_workbook() {
    let header: &[&str] = &["投诉时间", "房号", "投诉内容", "处理完成时间"];
    let measured = |resolved: [&'static str; 2]| {
        let rows = rows_of(&[
            header,
            &["2025-03-03 09:00", "1-1-101", "门坏了", resolved[0]],
            &["2025-03-04 09:00", "1-1-102", "灯不亮", resolved[1]],
            &["2025-03-31 09:00", "1-1-103", "水管漏", ""],
        ]);
        let outcome = done(&Case::new().with_csv("翠湖花园投诉.csv", &rows));
        let median =
            outcome.facts.get("complaint-classes", "complaint.resolution.median", YEAR, &Scope::Group).cloned();
        median.and_then(|fact| fact.denominator)
    };
    assert_eq!(measured(["2025-03-05 00:00:00", "2025-03-06 00:00:00"]), Some(0.0), "dates measure no minutes");
    assert_eq!(measured(["2025-03-05 00:00:00", "2025-03-06 10:00:00"]), Some(2.0), "somebody wrote times");
}

#[test]
fn a_time_agreed_before_the_start_is_told_and_the_limit_of_the_procedure_holds() {
    let header: &[&str] = &["投诉时间", "房号", "投诉内容", "派工时间", "约定时间", "处理完成时间"];
    let rows = texts(&[
        &["2025-03-03 09:00", "1-1-101", "漏水", "2025-03-03 09:10", "2025-03-03 09:05", "2025-03-03 21:10"],
        &["2025-03-04 09:00", "1-1-102", "漏水", "2025-03-04 09:10", "2025-03-04 23:00", "2025-03-04 23:00"],
    ]);
    let mut all = rows_of(&[header]);
    all.extend(rows);
    let config = "[use]\ncomplaint = \"complaint-handling\"\n";
    let outcome = done(&Case::new().with_book("翠湖花园投诉.xlsx", &all).with_file("manyi.toml", config.as_bytes()));
    // Both deadlines that an agreement replaces run from the slip: it is told once.
    assert_eq!(told(&outcome, Code::AgreedBefore), pairs(&[("E2", "2025-03-03 09:05:00 < 2025-03-03 09:10:00 (D2)")]));
    let on_time = outcome.facts.get("complaint-handling", "complaint.done.on_time", YEAR, &Scope::Group).unwrap();
    assert_eq!((on_time.numerator, on_time.denominator, on_time.excluded), (Some(2.0), Some(2.0), 0));
}
