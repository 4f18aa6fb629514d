//! Sealed periods: nothing moves by sorting, splitting or renaming; what moves is told with the rows that moved it.

use std::collections::BTreeSet;
use std::fs;

use crate::case::{Case, Cell, rows_of};
use crate::demo_run::input;
use crate::table::Table;
use crate::tree;

/// A register of June, with a case of July so that June is over.
const JUNE: &[&[&str]] = &[
    &[
        "投诉编号",
        "小区",
        "投诉时间",
        "投诉人",
        "联系电话",
        "房号",
        "投诉类型",
        "投诉内容",
        "责任部门",
        "首次响应时间",
        "处理完成时间",
        "回访时间",
        "赔偿金额",
    ],
    &[
        "T-1",
        "翠湖花园",
        "2025-06-02 09:00",
        "褚遂良",
        "13912345678",
        "3-2-1501",
        "装修噪音",
        "楼上装修",
        "工程部",
        "2025-06-02 09:30",
        "2025-06-02 17:00",
        "2025-06-03 10:00",
        "",
    ],
    &[
        "T-2",
        "翠湖花园",
        "2025-06-05 10:00",
        "魏征",
        "13912345679",
        "3-2-1502",
        "停车管理",
        "车位被占",
        "秩序部",
        "2025-06-05 10:30",
        "2025-06-06 09:00",
        "2025-06-06 15:00",
        "",
    ],
    &[
        "T-3",
        "云栖苑",
        "2025-06-10 08:00",
        "房玄龄",
        "13912345670",
        "1-1-101",
        "停车管理",
        "道闸不起",
        "秩序部",
        "2025-06-10 08:30",
        "2025-06-10 18:00",
        "",
        "",
    ],
    &[
        "T-4",
        "云栖苑",
        "2025-06-28 11:00",
        "杜如晦",
        "13912345671",
        "1-1-102",
        "清洁卫生",
        "楼道有垃圾",
        "环境部",
        "",
        "",
        "",
        "",
    ],
    &[
        "T-5",
        "云栖苑",
        "2025-07-01 09:30",
        "长孙无忌",
        "13912345672",
        "1-1-103",
        "清洁卫生",
        "电梯间有水",
        "环境部",
        "2025-07-01 10:00",
        "2025-07-01 15:00",
        "",
        "",
    ],
];

const RECEIVED: usize = 2;
const RESPONDED: usize = 9;
const RESOLVED: usize = 10;
const CALLED_BACK: usize = 11;
const COMPENSATION: usize = 12;

fn register() -> Vec<Vec<Cell>> {
    rows_of(JUNE)
}

/// A case in which June is sealed.
fn sealed() -> Case {
    let case = Case::new().with_book("投诉登记.xlsx", &register());
    case.program(&["seal", "2025-06"]).expect(0);
    case
}

/// The lines of `restated.csv` after a run on another register.
#[track_caller]
fn moved_by(change: impl FnOnce(&mut Vec<Vec<Cell>>)) -> Table {
    let mut rows = register();
    change(&mut rows);
    let case = sealed().with_book("投诉登记.xlsx", &rows);
    case.run(&["--quiet"]).expect(0);
    case.data("restated.csv")
}

fn texts(table: &Table, column: &str) -> BTreeSet<String> {
    table.rows().map(|row| row.get(column).to_owned()).collect()
}

#[test]
fn the_same_input_moves_nothing() {
    let case = sealed();
    let ended = case.run(&[]).expect(0);
    assert!(ended.out.contains("已封存 1 期，数字都没有变"), "{}", ended.out);
    assert_eq!(case.data("restated.csv").rows().count(), 0);
    let index = String::from_utf8(case.output()["index.html"].clone()).unwrap();
    assert!(!index.contains("restated.html"), "nothing moved, and the index need not say so");
    assert!(case.output().contains_key("quality/restated.html"));
}

#[test]
fn rows_that_are_sorted_split_and_renamed_move_nothing() {
    let mut rows = register();
    rows[1..].reverse();
    let (head, last) = (rows[0].clone(), rows.split_off(4));
    let case = sealed().with_csv("导出/甲.csv", &rows);
    fs::remove_file(case.path("input/投诉登记.xlsx")).unwrap();
    let second: Vec<Vec<Cell>> = std::iter::once(head).chain(last).collect();
    let case = case.with_book("乙.xlsx", &second);
    let ended = case.run(&[]).expect(0);
    assert!(ended.out.contains("数字都没有变"), "{}", ended.out);
}

#[test]
fn a_changed_moment_moves_what_hangs_on_it_and_is_named_with_its_outcomes() {
    let moved = moved_by(|rows| rows[1][RESPONDED] = "2025-06-30 17:00".into());
    assert!(moved.rows().count() > 3);
    for row in moved.rows() {
        assert_eq!((row.get("what"), row.get("file"), row.get("row")), ("changed", "投诉登记.xlsx", "2"), "{row:?}");
        assert_eq!(
            (row.get("kind"), row.get("period")),
            (if row.get("metric").starts_with("callback") { "callback" } else { "complaint" }, "2025-06")
        );
        assert!(row.get("fields").split(' ').any(|field| field == "responded"), "{row:?}");
        assert!(row.get("scope") != "community" || row.get("scope_id") != "none", "{row:?}");
    }
    assert!(!texts(&moved, "metric").contains("complaint.received"));
    let mean = moved.rows().find(|row| row.get("metric") == "complaint.response.mean" && row.get("scope") == "group");
    let mean = mean.expect("the mean moved");
    assert!(mean.get("sealed_value") != mean.get("value") && !mean.get("value").is_empty());
    let rate =
        moved.rows().find(|row| row.get("metric") == "complaint.response.on_time" && row.get("scope") == "group");
    let rate = rate.expect("the share in time moved");
    assert!(rate.get("outcomes").contains("/response: on_time → late"), "{rate:?}");
    assert_eq!((rate.get("sealed_numerator"), rate.get("numerator")), ("3", "2"));
}

#[test]
fn facts_of_another_community_department_and_category_do_not_move_with_a_row() {
    let moved = moved_by(|rows| rows[1][RESPONDED] = "2025-06-30 17:00".into());
    let communities: BTreeSet<&str> =
        moved.rows().filter(|row| row.get("scope") == "community").map(|row| row.get("scope_id")).collect();
    assert_eq!(communities.len(), 1, "{communities:?}");
    let categories: BTreeSet<&str> =
        moved.rows().filter(|row| row.get("dimension") == "category").map(|row| row.get("dimension_value")).collect();
    assert_eq!(categories, ["装修噪音"].into());
}

#[test]
fn a_row_taken_out_and_a_row_handed_in_late_are_named() {
    let moved = moved_by(|rows| drop(rows.remove(2)));
    assert_eq!(texts(&moved, "what"), ["removed".to_owned()].into());
    assert_eq!(texts(&moved, "sealed_row"), ["3".to_owned()].into());
    let late = &[
        "T-9",
        "翠湖花园",
        "2025-06-20 10:00",
        "",
        "",
        "3-2-1507",
        "绿化养护",
        "树枝挡窗",
        "环境部",
        "2025-06-20 10:30",
        "2025-06-20 12:00",
        "",
        "",
    ];
    let moved = moved_by(|rows| rows.push(late.iter().map(|text| Cell::from(*text)).collect()));
    let received =
        moved.rows().find(|row| row.get("metric") == "complaint.received" && row.get("scope") == "group").unwrap();
    assert_eq!((received.get("sealed_value"), received.get("value")), ("4", "5"));
    assert_eq!((received.get("what"), received.get("row")), ("added", "7"));
    assert!(moved.rows().any(|row| row.get("sealed_value").is_empty() && row.get("dimension_value") == "绿化养护"));
}

#[test]
fn a_case_that_went_to_another_month_left_the_period() {
    let moved = moved_by(|rows| {
        rows[2][RECEIVED] = "2025-05-05 10:00".into();
        rows[2][RESPONDED] = "2025-05-05 10:30".into();
        rows[2][RESOLVED] = "2025-05-06 09:00".into();
    });
    let moved: Vec<_> = moved.rows().filter(|row| row.get("kind") == "complaint").collect();
    assert!(!moved.is_empty());
    for row in moved {
        assert_eq!(row.key(["what", "row"]), ["left", "3"], "{row:?}");
    }
}

#[test]
fn what_is_received_or_done_after_the_sealed_moment_moves_nothing() {
    let mut rows = register();
    rows[4][RESPONDED] = "2025-07-02 10:00".into();
    rows[4][RESOLVED] = "2025-07-03 10:00".into();
    rows[4][CALLED_BACK] = "2025-07-04 10:00".into();
    rows[4][COMPENSATION] = "300".into();
    rows[3][CALLED_BACK] = "2025-07-05 10:00".into();
    let later = &[
        "T-6",
        "翠湖花园",
        "2025-08-02 09:00",
        "",
        "",
        "3-2-1501",
        "装修噪音",
        "又在装修",
        "工程部",
        "2025-08-02 09:30",
        "2025-08-02 17:00",
        "",
        "",
    ];
    rows.push(later.iter().map(|text| Cell::from(*text)).collect());
    let case = sealed().with_book("投诉登记.xlsx", &rows);
    let ended = case.run(&[]).expect(0);
    assert!(
        ended.out.contains("数字都没有变"),
        "{}\n{:?}",
        ended.out,
        fs::read_to_string(case.path("output/data/restated.csv"))
    );
}

#[test]
fn an_overridden_number_is_told_as_a_change_of_the_procedure() {
    let case = Case::new().with_book("投诉登记.xlsx", &register()).with_file("manyi.toml", b"");
    case.program(&["seal", "2025-06"]).expect(0);
    let change = "[[override.complaint-classes.deadline]]\nid = \"response\"\nwithin = \"5 min\"\n";
    let case = case.with_file("manyi.toml", change.as_bytes());
    let ended = case.run(&["--quiet"]);
    let ended = ended.expect(0);
    assert!(ended.err.is_empty(), "{}", ended.err);
    let moved = case.data("restated.csv");
    let rate =
        moved.rows().find(|row| row.get("metric") == "complaint.response.on_time" && row.get("scope") == "group");
    let rate = rate.expect("the share in time moved");
    // The rows are the same, and judged otherwise.
    assert!(rate.get("fields").is_empty() && rate.get("outcomes").contains("on_time → late"), "{rate:?}");
    let page = String::from_utf8(case.output()["quality/restated.html"].clone()).unwrap();
    assert!(page.contains("规程《complaint-classes》改过") && page.contains("deadline/response"), "{page}");
}

#[test]
fn a_moved_number_is_noted_linked_and_strict() {
    let mut rows = register();
    rows[1][RESPONDED] = "2025-06-30 17:00".into();
    let case = sealed().with_book("投诉登记.xlsx", &rows);
    let ended = case.run(&["--strict"]).expect(3);
    assert!(ended.out.contains("数字有变的") && ended.out.contains("2025-06 ("), "{}", ended.out);
    let index = String::from_utf8(case.output()["index.html"].clone()).unwrap();
    assert!(index.contains("quality/restated.html"));
    let (facts, moved) = (case.data("facts.csv"), case.data("restated.csv"));
    let noted: BTreeSet<&str> = facts
        .rows()
        .filter(|row| row.get("note").split(' ').any(|code| code == "restated"))
        .map(|row| row.get("fact"))
        .collect();
    let listed: BTreeSet<&str> =
        moved.rows().filter(|row| !row.get("value").is_empty()).map(|row| row.get("fact")).collect();
    assert!(!listed.is_empty() && listed.is_subset(&noted));
}

/// What somebody does to a file.
type Edit = fn(&str) -> String;

#[test]
fn a_seal_that_was_edited_or_is_none_is_told_and_the_run_goes_on() {
    let edits: [(&str, Edit, &str); 5] = [
        ("2025-06-facts.csv", |text| text.replacen(",count,", ",ratio,", 1), "手工改过"),
        ("2025-06-records.csv", |text| text.replacen("complaint,", "repair,", 1), "手工改过"),
        ("2025-06.json", |text| text.replacen("2025-07-01", "2025-07-02", 1), "手工改过"),
        ("2025-06.json", |text| text.replacen("\"form\": 1", "\"form\": 2", 1), "newer"),
        ("2025-06.json", |_| "{".to_owned(), "不是封存文件"),
    ];
    for (file, edit, said) in edits {
        let case = sealed();
        let path = case.path("input/seals").join(file);
        let before = fs::read_to_string(&path).unwrap();
        fs::write(&path, edit(&before)).unwrap();
        assert_ne!(before, fs::read_to_string(&path).unwrap(), "{file}");
        let ended = case.run(&["--strict"]).expect(3);
        assert!(
            ended.out.contains("封存不能用") && ended.out.contains(said) && ended.out.contains(file),
            "{}",
            ended.out
        );
        assert!(case.output().contains_key("index.html"));
    }
    let case = sealed();
    fs::remove_file(case.path("input/seals/2025-06-facts.csv")).unwrap();
    assert!(case.run(&[]).expect(0).out.contains("2025-06-facts.csv"));
}

#[test]
fn a_seal_is_the_same_bytes_for_any_number_of_threads_and_lies_beside_the_config() {
    let case = sealed();
    let first = tree::files_of(&case.path("input/seals"));
    assert_eq!(first.len(), 3);
    for jobs in ["1", "4"] {
        let ended = case.program(&["seal", "2025-06", "--jobs", jobs]).expect(0);
        assert!(ended.out.contains("内容相同"), "{}", ended.out);
    }
    assert_eq!(first, tree::files_of(&case.path("input/seals")));
    let case = Case::good();
    fs::create_dir(case.path("rules")).unwrap();
    fs::write(case.path("rules/own.toml"), "").unwrap();
    case.program(&["seal", "2025-03", "--config", "rules/own.toml"]).expect(0);
    assert!(case.path("rules/seals/2025-03.json").is_file() && !case.path("input/seals").exists());
}

#[test]
fn a_seal_names_nobody() {
    let case = sealed();
    for (path, bytes) in tree::files_of(&case.path("input/seals")) {
        let text = String::from_utf8(bytes).unwrap();
        for word in ["褚遂良", "魏征", "13912345678", "3-2-1501", "楼上装修"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}

#[test]
fn seals_are_no_input() {
    let case = sealed();
    case.run(&["--quiet"]).expect(0);
    let ledger = case.data("ledger.csv");
    assert!(ledger.rows().all(|row| !row.get("file").contains("seals")));
}

#[test]
fn a_period_that_is_not_over_is_sealed_only_when_the_as_of_date_is_said() {
    let case = Case::new().with_book("投诉登记.xlsx", &register());
    case.program(&["seal", "2025-07"]).expect(1).says(&[
        "2025-07",
        "2025-07-01",
        "没有结束",
        "--as-of",
        "was not sealed",
    ]);
    assert!(!case.path("input/seals").exists());
    case.program(&["seal", "2025-07", "--as-of", "2025-07-01"]).expect(0);
    assert!(case.path("input/seals/2025-07.json").is_file());
    case.program(&["seal", "2024-06"]).expect(1).says(&["2024-06", "没有任何数字", "no number"]);
    case.program(&["seal", "2025-13"]).expect(2).says(&["应写成"]);
    case.program(&["seal"]).expect(2);
}

#[test]
fn another_seal_of_the_same_period_is_refused_without_force() {
    let mut rows = register();
    rows[1][RESPONDED] = "2025-06-30 17:00".into();
    let case = sealed();
    let before = tree::files_of(&case.path("input/seals"));
    let case = case.with_book("投诉登记.xlsx", &rows);
    case.program(&["seal", "2025-06"]).expect(1).says(&["2025-06.json", "--force", "sealed before"]);
    assert_eq!(before, tree::files_of(&case.path("input/seals")));
    case.program(&["seal", "2025-06", "--force"]).expect(0);
    assert!(case.run(&[]).expect(0).out.contains("数字都没有变"));
}

#[test]
fn a_sealed_period_measured_alone_gives_what_the_whole_run_published() {
    let case = Case::new();
    for (path, bytes) in tree::files_of(&input()) {
        tree::write(&case.path("input").join(path), &bytes);
    }
    for (period, as_of) in [("2025-06", "2025-07-05"), ("2025-H1", "2025-07-10"), ("2025-11", "2025-12-03")] {
        case.program(&["seal", period, "--as-of", as_of]).expect(0);
    }
    let ended = case.run(&[]).expect(0);
    assert!(ended.out.contains("已封存 3 期，数字都没有变"), "{}", ended.out);
    let ended = case.run(&["--jobs", "1", "--quiet"]).expect(0);
    assert!(ended.err.is_empty());
}
