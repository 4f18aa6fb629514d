//! What headers mean: the list of headers seen in the wild, both scripts, English, near ones, units, and questionnaires.

use manyi::metrics::fact::{Dimension, Scope};
use manyi::moment::Period;
use manyi::origin::CellAt;
use manyi::pipeline::{Extent, Outcome};
use manyi::problem::{Code, Language, Problem};
use manyi::read::sheet::{Sheet, Value};
use manyi::recognise::field::Field;
use manyi::recognise::header::Column;
use manyi::recognise::kinds::KindId;
use manyi::recognise::meaning::{Path, meaning};
use manyi::recognise::{Table, Vocabulary, recognise};

use crate::case::{Case, rows_of};
use crate::table;

const MARCH: Period = Period::Month(2025, 3);
const HALF: Period = Period::Half(2025, 1);

fn sheet(rows: &[&[&str]]) -> Sheet {
    let mut sheet = Sheet::named("表");
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(*cells) {
            sheet.push(CellAt { row, col }, Value::Text(text));
        }
    }
    sheet
}

fn only_table(rows: &[&[&str]], path: &str) -> Table {
    let mut found = recognise(&sheet(rows), path, &Vocabulary::default()).tables;
    assert_eq!(found.len(), 1, "{path}");
    found.remove(0)
}

fn fields(table: &Table) -> Vec<Field> {
    table.columns.iter().map(|column| column.field).collect()
}

fn done(case: &Case) -> Outcome {
    case.run_library(Extent::Data).unwrap_or_else(|error| panic!("{error}"))
}

fn value(outcome: &Outcome, metric: &str, period: Period) -> Option<f64> {
    outcome
        .facts
        .all()
        .iter()
        .find(|fact| {
            &*fact.key.metric == metric
                && fact.key.period == period
                && fact.key.scope == Scope::Group
                && fact.key.dimension.is_none()
        })?
        .value
}

fn problems(outcome: &Outcome, code: Code) -> Vec<&Problem> {
    outcome.problems.iter().filter(|problem| problem.code == code).collect()
}

fn listed() -> Vec<csv::StringRecord> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vocabulary/headers.csv");
    csv::Reader::from_path(path).unwrap().into_records().map(Result::unwrap).collect()
}

fn as_written(header: &str) -> String {
    header.replace("\\n", "\n").replace("<item>", "物业服务")
}

#[test]
fn every_header_seen_in_the_wild_comes_to_its_field_or_has_a_reason_for_none() {
    let rows = listed();
    let headers: std::collections::BTreeSet<&str> = rows.iter().map(|row| &row[0]).collect();
    assert!(headers.len() >= 320, "{} headers", headers.len());
    for row in rows.iter().filter(|row| row[3].is_empty()) {
        let path = Path::new((0, vec![as_written(&row[0])]));
        if row[1].is_empty() {
            assert!(!row[4].is_empty(), "{} has neither field nor reason", &row[0]);
            continue;
        }
        let kind = KindId::named(&row[1]).unwrap();
        let found = meaning(kind, &path, &[]).map(|meaning| meaning.field.name());
        assert_eq!(found, Some(&row[2]), "{} in {}", &row[0], &row[1]);
    }
}

#[test]
fn questions_seen_in_the_wild_are_told_by_their_cells() {
    let rows: Vec<_> = listed().into_iter().filter(|row| !row[3].is_empty()).collect();
    let headers: Vec<String> = rows.iter().map(|row| as_written(&row[0])).collect();
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row[3].split(' ').collect()).collect();
    let mut table: Vec<Vec<&str>> = vec![headers.iter().map(String::as_str).collect()];
    table.extend((0..4).map(|form| cells.iter().map(|column| column[form]).collect()));
    let table: Vec<&[&str]> = table.iter().map(Vec::as_slice).collect();
    let table = only_table(&table, "问卷.xlsx");
    assert_eq!(table.kind.id, KindId::SurveyResponse);
    let expected: Vec<&str> = rows.iter().map(|row| row.get(2).unwrap()).collect();
    assert_eq!(fields(&table).iter().map(|field| field.name()).collect::<Vec<_>>(), expected);
}

#[test]
fn the_printed_forms_have_no_column_that_is_not_understood() {
    let forms: [(&str, KindId, &[&str]); 4] = [
        (
            "业主/住户报修记录表",
            KindId::Repair,
            &[
                "序号",
                "报修时间",
                "报修地点",
                "业主姓名",
                "联络电话",
                "维修项目",
                "预约维修时间",
                "接待人",
                "维修结果",
                "回访人",
                "回访结果",
                "备注",
            ],
        ),
        (
            "业主/住户投诉记录表",
            KindId::Complaint,
            &["序号", "日期 时间", "投诉人姓名", "住址", "联络电话", "投诉事由及要求", "接待人", "回访人", "回访结果"],
        ),
        (
            "投诉登记",
            KindId::Complaint,
            &["姓名", "楼栋", "文件编号", "性质或内容摘要", "处理结果", "回访结果", "受理时间和编号"],
        ),
        (
            "用户投诉记录",
            KindId::Complaint,
            &["投诉编号", "投诉单位(个人)", "投诉日期", "用户主要意见", "调查结果", "处理方法", "答复日期", "负责人"],
        ),
    ];
    for (title, kind, headers) in forms {
        let row: Vec<&str> = headers.iter().map(|_| "某").collect();
        let table = only_table(&[&[title], headers, &row], "表.xlsx");
        assert_eq!(table.kind.id, kind, "{title}");
        assert_eq!(table.unknown, [], "{title}");
    }
}

const SIMPLIFIED: &[&[&str]] = &[
    &["投诉编号", "小区", "投诉时间", "房号", "投诉类型", "投诉内容", "责任部门", "处理完成时间", "回访结果"],
    &["T-1", "翠湖花园", "2025-03-05 14:30", "3-2-1501", "停车管理", "车位被占", "工程部", "2025-03-06 09:00", "满意"],
    &["T-2", "翠湖花园", "2025-03-07 08:00", "3-2-1502", "停车管理", "道闸不起", "工程部", "", ""],
];

#[test]
fn traditional_headers_read_like_simplified_ones() {
    let traditional: &[&[&str]] = &[
        &["投訴編號", "小區", "投訴時間", "房號", "投訴類型", "投訴內容", "責任部門", "處理完成時間", "回訪結果"],
        SIMPLIFIED[1],
        SIMPLIFIED[2],
    ];
    let (one, other) = (only_table(SIMPLIFIED, "a.xlsx"), only_table(traditional, "b.xlsx"));
    assert_eq!(fields(&one), fields(&other));
    assert_eq!((one.kind.id, other.kind.id, other.unknown.len()), (KindId::Complaint, KindId::Complaint, 0));
    assert!(other.columns.iter().all(|column| column.score == 100));
}

#[test]
fn english_registers_are_understood() {
    use Field as F;
    let complaint = only_table(
        &[
            &[
                "No.",
                "Date Received",
                "Unit",
                "Resident",
                "Phone Number",
                "Complaint Type",
                "Description",
                "Assigned To",
                "Closed On",
                "Satisfaction",
            ],
            &[
                "1",
                "2025-03-05",
                "3-2-1501",
                "Chen",
                "138",
                "Noise",
                "Drilling at night",
                "Li",
                "2025-03-06",
                "Satisfied",
            ],
        ],
        "complaints.csv",
    );
    assert_eq!(complaint.kind.id, KindId::Complaint);
    assert_eq!(
        fields(&complaint),
        [
            F::Serial,
            F::Received,
            F::Place,
            F::Person,
            F::Phone,
            F::Category,
            F::Text,
            F::Handler,
            F::Resolved,
            F::Opinion
        ]
    );
    let repair = only_table(
        &[
            &[
                "Work Order No",
                "Reported On",
                "Apt",
                "Tenant",
                "Problem Description",
                "Technician",
                "Completed On",
                "Remarks",
            ],
            &["W1", "2025-03-05", "1501", "Chen", "Leak", "Li", "2025-03-06", ""],
        ],
        "repairs.csv",
    );
    assert_eq!(repair.kind.id, KindId::Repair);
    assert_eq!(repair.unknown, []);
    let rounds = only_table(&[&["Community", "Issued", "Returned"], &["A", "100", "80"]], "rounds.csv");
    assert_eq!(rounds.kind.id, KindId::SurveyRound);
    let communities = only_table(&[&["Estate", "Units", "Move-in Date"], &["A", "500", "2012-05"]], "list.csv");
    assert_eq!(communities.kind.id, KindId::Community);
}

#[test]
fn a_header_that_is_only_near_is_taken_with_its_score() {
    let rows = rows_of(&[
        &["投诉编号", "客户投诉时间记录", "房号", "投拆内容", "处理完成时间"],
        &["T-1", "2025-03-05 14:30", "3-2-1501", "车位被占", "2025-03-06 09:00"],
    ]);
    let outcome = done(&Case::new().with_book("甲小区投诉.xlsx", &rows));
    assert_eq!(value(&outcome, "complaint.received", MARCH), Some(1.0));
    let near = problems(&outcome, Code::ColumnFuzzy);
    assert_eq!(near.len(), 2);
    assert_eq!((near[0].cell, &*near[0].found), (Some(CellAt { row: 0, col: 1 }), "客户投诉时间记录"));
    let used = near[0].used(&outcome.files, &outcome.sources, Language::Zh);
    assert!(used.contains("received") && used.contains("75 %"), "{used}");
}

#[test]
fn near_headers_alone_make_no_table_and_never_beat_a_known_one() {
    let vague = sheet(&[&["投拆时间", "投拆内容", "投拆类型", "序号"], &["2025-03-05", "车位", "停车", "1"]]);
    assert!(recognise(&vague, "表.xlsx", &Vocabulary::default()).tables.is_empty());
    let table = only_table(
        &[&["投诉编号", "客户投诉时间记录", "投诉时间", "投诉内容"], &["1", "a", "2025-03-05", "b"]],
        "表.xlsx",
    );
    assert_eq!(table.field_at(1), None);
    assert_eq!(table.field_at(2), Some(Field::Received));
}

#[test]
fn a_tie_is_asked_about_and_an_alias_decides_it() {
    let rows = rows_of(&[
        &["投诉编号", "投诉内容", "房号", "通知时间上门时间"],
        &["T-1", "车位被占", "1-1-101", "2025-03-05 14:30"],
    ]);
    let titled = |rows: &[Vec<crate::case::Cell>]| {
        let mut all = rows_of(&[&["甲小区2025年3月投诉登记"]]);
        all.extend(rows.to_vec());
        all
    };
    let outcome = done(&Case::new().with_book("投诉.xlsx", &titled(&rows)));
    let ties = problems(&outcome, Code::ColumnTie);
    assert_eq!(ties.len(), 1);
    let used = ties[0].used(&outcome.files, &outcome.sources, Language::En);
    assert!(used.contains("dispatched") && used.contains("arrived"), "{used}");
    assert!(used.contains("[alias] dispatched = [\"通知时间上门时间\"]"), "{used}");
    assert_eq!(problems(&outcome, Code::ColumnUnknown).len(), 0, "said once");
    let config = "[alias]\narrived = [\"通知时间上门时间\"]\n";
    let outcome = done(&Case::new().with_book("投诉.xlsx", &titled(&rows)).with_file("manyi.toml", config.as_bytes()));
    assert_eq!(problems(&outcome, Code::ColumnTie).len(), 0);
}

#[test]
fn an_alias_holds_in_every_kind_that_has_the_field_and_in_no_other() {
    let aliases = vec![(Field::Community, "盘名".to_owned()), (Field::Compensation, "盘名二".to_owned())];
    let path = Path::new((0, vec!["盘名".to_owned()]));
    let second = Path::new((0, vec!["盘名二".to_owned()]));
    for kind in manyi::recognise::kinds::KINDS {
        let found = meaning(kind, &path, &aliases).map(|meaning| meaning.field);
        assert_eq!(found, Some(Field::Community), "{}", kind.id.word());
        let found = meaning(kind, &second, &aliases).map(|meaning| meaning.field);
        let has = matches!(kind.id, KindId::Complaint | KindId::Repair);
        assert_eq!(found, has.then_some(Field::Compensation), "{}", kind.id.word());
    }
}

#[test]
fn an_alias_for_an_unknown_field_is_an_error_that_names_the_nearest() {
    Case::good()
        .with_file("manyi.toml", "[alias]\nrecieved = [\"来件时刻\"]\n".as_bytes())
        .run(&[])
        .expect(1)
        .says(&["recieved", "received"]);
}

#[test]
fn of_two_columns_that_mean_the_same_the_left_counts_and_the_right_fills_its_gaps() {
    let rows = rows_of(&[
        &["投诉编号", "投诉时间", "房号", "投诉类型", "投诉类型", "投诉内容"],
        &["T-1", "2025-03-05 14:30", "1-1-101", "停车", "电梯", "车位被占"],
        &["T-2", "2025-03-06 14:30", "1-1-102", "", "电梯", "电梯停运"],
    ]);
    let outcome = done(&Case::new().with_book("甲小区投诉.xlsx", &rows));
    let repeated = problems(&outcome, Code::ColumnRepeated);
    assert_eq!(repeated.iter().map(|problem| problem.cell).collect::<Vec<_>>(), [Some(CellAt { row: 0, col: 4 })]);
    for (category, count) in [("停车", 1.0), ("电梯", 1.0)] {
        let facts =
            outcome.facts.by("complaint-classes", "complaint.received", MARCH, &Scope::Group, Dimension::Category);
        let found = facts.iter().find(|fact| fact.key.dimension.as_ref().is_some_and(|(_, name)| &**name == category));
        assert_eq!(found.and_then(|fact| fact.value), Some(count), "{category}");
    }
}

#[test]
fn a_column_without_a_header_is_told_with_its_letter() {
    let rows = rows_of(&[
        &["投诉编号", "投诉时间", "", "投诉内容"],
        &["T-1", "2025-03-05 14:30", "某某", "车位被占"],
        &["T-2", "2025-03-06 14:30", "", "灯不亮"],
    ]);
    let outcome = done(&Case::new().with_book("甲小区投诉.xlsx", &rows));
    let unknown = problems(&outcome, Code::ColumnUnknown);
    assert_eq!(unknown.len(), 1);
    assert_eq!((&*unknown[0].found, unknown[0].cell), ("(无表头) C", Some(CellAt { row: 0, col: 2 })));
}

#[test]
fn the_unit_of_a_header_holds_for_bare_numbers() {
    let rows = rows_of(&[
        &["投诉编号", "投诉时间(年月日)", "房号", "投诉内容", "赔偿金额(万元)"],
        &["T-1", "2025-03-05", "1-1-101", "漏水", "1.2"],
        &["T-2", "2025-03-06", "1-1-102", "漏水", "3000元"],
    ]);
    let outcome = done(&Case::new().with_book("甲小区投诉.xlsx", &rows));
    assert_eq!(value(&outcome, "complaint.compensation", MARCH), Some(15_000.0));
}

#[test]
fn a_duration_stands_for_the_moment_that_a_table_lacks() {
    let rows = rows_of(&[
        &["投诉编号", "投诉时间", "房号", "投诉内容", "处理时长（分钟）"],
        &["T-1", "2025-03-05 09:00", "1-1-101", "漏水", "90"],
        &["T-2", "2025-03-06 09:00", "1-1-102", "漏水", "2小时"],
        &["T-3", "2025-03-07", "1-1-103", "漏水", "30"],
        &["T-4", "2025-03-31 09:00", "1-1-104", "漏水", ""],
    ]);
    let outcome = done(&Case::new().with_book("甲小区投诉.xlsx", &rows));
    assert_eq!(value(&outcome, "complaint.resolved", MARCH), Some(2.0), "minutes after a mere date are no moment");
    assert_eq!(value(&outcome, "complaint.resolution.mean", MARCH), Some(105.0));
    assert_eq!(problems(&outcome, Code::MomentDerived).len(), 1);
    assert_eq!(problems(&outcome, Code::ColumnUnknown).len(), 0);
}

#[test]
fn codes_that_a_header_explains_are_read_as_what_they_stand_for() {
    let rows = rows_of(&[
        &["报修时间", "报修地点", "报修内容", "完成时间", "回访人", "评级 1满意，2一般，3不满意"],
        &["2025-03-03 09:00", "1-1-101", "水管", "2025-03-03 10:00", "小王", "1"],
        &["2025-03-04 09:00", "1-1-102", "水管", "2025-03-04 10:00", "小王", "3"],
        &["2025-03-05 09:00", "1-1-103", "水管", "2025-03-05 10:00", "小王", "3"],
        &["2025-03-05 11:00", "1-1-104", "水管", "2025-03-05 12:00", "小王", "1"],
    ]);
    let outcome = done(&Case::new().with_book("甲小区报修.xlsx", &rows));
    assert_eq!(value(&outcome, "callback.satisfied_share", MARCH), Some(0.5));
    assert_eq!(problems(&outcome, Code::RatingUnknown).len(), 0);
}

const EXPORT: &[&[&str]] = &[
    &["翠湖花园2025年上半年满意度调查"],
    &[
        "序号",
        "提交答卷时间",
        "所用时间",
        "来自IP",
        "1、您的性别：",
        "2、您居住的年限",
        "3、请对以下服务进行评价：—保洁",
        "3、安保",
        "4、您希望改进的方面(多选)—绿化",
        "4、停车",
        "5、您了解物业消息的渠道",
        "6、请为物业服务打分（1-10分）",
        "7、您的意见和建议",
        "总分",
    ],
    &[
        "1",
        "2025/4/1 9:30:00",
        "61秒",
        "10.0.0.1",
        "男",
        "1-3年",
        "满意",
        "不满意",
        "1",
        "0",
        "公告栏┋微信群",
        "9",
        "多开灯",
        "15",
    ],
    &[
        "2",
        "2025/4/1 9:31:00",
        "45秒",
        "10.0.0.2",
        "女",
        "3-5年",
        "满意",
        "(跳过)",
        "1",
        "1",
        "微信群",
        "10",
        "(空)",
        "12",
    ],
    &["3", "2025/4/1 9:32:00", "30秒", "10.0.0.3", "女", "(跳过)", "一般", "满意", "0", "0", "(空)", "7", "", "9"],
];

#[test]
fn an_export_of_a_questionnaire_service_is_understood_to_its_last_column() {
    use Field as F;
    let table = only_table(EXPORT, "问卷.xlsx");
    assert_eq!(table.unknown, []);
    assert_eq!(
        fields(&table),
        [
            F::Serial,
            F::Received,
            F::Ignored,
            F::Ignored,
            F::Choice,
            F::Choice,
            F::Item,
            F::Item,
            F::Choice,
            F::Choice,
            F::Choice,
            F::Item,
            F::Suggestion,
            F::Ignored
        ]
    );
    let items: Vec<String> =
        table.columns.iter().filter(|column| column.field == F::Item).map(Column::item_name).collect();
    assert_eq!(items, ["保洁", "安保", "请为物业服务打分(1-10分)"]);
}

#[test]
fn choices_are_kept_and_what_was_not_asked_is_no_answer() {
    let case = Case::new().with_book("问卷.xlsx", &rows_of(EXPORT));
    case.run(&["--records"]).expect(0);
    let outcome = done(&case);
    assert_eq!(problems(&outcome, Code::RatingUnknown), Vec::<&Problem>::new());
    let rate = outcome
        .facts
        .by("survey-procedure", "survey.item_satisfied", HALF, &Scope::Group, Dimension::Item)
        .into_iter()
        .find(|fact| fact.key.dimension.as_ref().is_some_and(|(_, name)| &**name == "安保"));
    assert_eq!(rate.map(|fact| (fact.numerator, fact.denominator)), Some((Some(1.0), Some(2.0))));
    case.run(&["--records"]).expect(0);
    let choices: table::Table = case.data("records/survey-choice/2025-H1.csv");
    let found: Vec<(String, String)> =
        choices.rows().map(|row| (row.get("question").to_owned(), row.get("option").to_owned())).collect();
    let has = |question: &str, option: &str| found.iter().any(|(q, o)| q == question && o == option);
    assert!(has("您的性别", "男") && has("您居住的年限", "1-3年"), "{found:?}");
    assert!(has("您希望改进的方面(多选)", "绿化") && has("您希望改进的方面(多选)", "停车"), "{found:?}");
    assert!(has("您了解物业消息的渠道", "公告栏") && has("您了解物业消息的渠道", "微信群"), "{found:?}");
    assert_eq!(found.len(), 3 + 2 + 3 + 3, "{found:?}");
}

#[test]
fn numbers_that_are_no_scores_are_never_items() {
    use Field as F;
    let table = only_table(
        &[
            &["问卷编号", "治安工作", "清洁绿化", "年龄", "2、您家有几口人", "3、每月物业费金额", "收件数", "整体评分"],
            &["1", "满意", "满意", "31", "3", "5", "1", "4"],
            &["2", "满意", "一般", "45", "4", "4", "2", "5"],
            &["3", "不满意", "满意", "28", "5", "3", "3", "3"],
        ],
        "问卷.xlsx",
    );
    assert_eq!(
        fields(&table),
        [F::Respondent, F::Item, F::Item, F::Choice, F::Choice, F::Choice, F::Item],
        "{:?}",
        table.unknown
    );
    assert_eq!(table.unknown, [(6, "收件数".to_owned())]);
    assert!(table.notes.iter().any(|note| note.code == Code::ColumnScored && note.at.col == 7));
}

#[test]
fn a_score_beyond_the_scale_is_told_with_its_cell() {
    let mut rows = vec![vec!["问卷编号".into(), "安保评分".into(), "保洁评分".into()]];
    for form in 1..=200_usize {
        let score = if form == 150 { "9" } else { ["3", "4", "5"][form % 3] };
        rows.push(vec![form.to_string().as_str().into(), score.into(), "5".into()]);
    }
    let outcome = done(&Case::new().with_book("翠湖花园2025年上半年问卷.xlsx", &rows));
    let beyond = problems(&outcome, Code::ScoreOutOfRange);
    assert_eq!(
        beyond.iter().map(|problem| (problem.cell, &*problem.found)).collect::<Vec<_>>(),
        [(Some(CellAt { row: 150, col: 1 }), "9")]
    );
    let yielded: u64 = outcome.ledger.lines.iter().map(|line| line.yielded).sum();
    assert_eq!(yielded, 399);
}

#[test]
fn the_readme_lists_every_field_in_both_languages() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    for field in Field::ALL {
        let entry = format!("`{}` {}", field.name(), field.word());
        assert!(readme.contains(&entry), "{entry} is not in the README");
    }
}
