//! `manyi inspect`: what it tells of each layout, and that what it offers for pasting is what it understood.

use std::fs;

use serde_json::Value;

use crate::case::{Case, REGISTER, UNKNOWN, book, program_in, rows_of};
use crate::cases;
use crate::demo_run::root;
use crate::table::Table;

/// What is said of a file below `input/`.
#[track_caller]
fn told(case: &Case, file: &str) -> String {
    case.program(&["inspect", file]).expect(0).out
}

/// The same as data.
#[track_caller]
fn data(case: &Case, file: &str) -> Value {
    let ended = case.program(&["inspect", file, "--format", "json"]).expect(0);
    serde_json::from_str(&ended.out).unwrap()
}

#[track_caller]
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "「{part}」 is not in:\n{text}");
    }
}

/// The fields of the first table, by header.
fn fields(data: &Value) -> Vec<(String, String)> {
    let columns = data["files"][0]["sheets"][0]["tables"][0]["columns"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    columns.iter().map(|column| (text(&column["header"]), text(&column["field"]))).collect()
}

#[test]
fn a_plain_register_is_told_with_kind_place_columns_and_samples() {
    let case = Case::good();
    let text = told(&case, "input/投诉登记.xlsx");
    holds(
        &text,
        &[
            "投诉登记.xlsx",
            "→ 投诉登记 complaint · 把握 100 %",
            "A1:H4，表头第 1 行；3 行计入，得 3 条记录",
            "小区：逐行写明",
            "登记时间 received",
            "装修噪音 · 停车管理",
            "[[source]]",
            "\"投诉时间\" = \"received\"",
        ],
    );
    assert!(text.lines().all(|line| !line.starts_with('?')), "nothing asks for a look:\n{text}");
    let english = case.program(&["inspect", "input/投诉登记.xlsx", "--lang", "en"]).expect(0).out;
    holds(&english, &["confidence 100 %", "header in row 1; 3 rows counted", "community: on each row"]);
}

#[test]
fn the_same_file_is_told_in_the_same_bytes() {
    let case = Case::good();
    assert_eq!(told(&case, "input"), told(&case, "input"));
    // Named from the input folder it is the same file.
    assert_eq!(told(&case, "input/投诉登记.xlsx"), told(&case, "投诉登记.xlsx"));
}

#[test]
fn names_and_phones_are_masked() {
    let rows = rows_of(&[
        &["投诉编号", "投诉人", "联系电话", "投诉时间", "投诉内容"],
        &["T-1", "王小明", "13800138000", "2025-03-05 14:30", "请回电13900139000"],
    ]);
    let text = told(&Case::new().with_book("投诉.xlsx", &rows), "投诉.xlsx");
    holds(&text, &["王**", "138****00", "请回电139****00"]);
    assert!(!text.contains("小明") && !text.contains("0138000"), "{text}");
}

#[test]
fn a_form_with_three_header_rows_keeps_the_words_of_each() {
    let case = Case::new();
    cases::write_input("03-three-header-rows", &case.path("input"));
    let file = "input/翠湖花园投诉台账.xlsx";
    holds(&told(&case, file), &["K7，表头第 ", "–4 行；3 行计入", "派工/时间\" = \"dispatched\"", "header_rows = "]);
    let fields = fields(&data(&case, file));
    let known = |field: &str| fields.iter().filter(|(_, own)| own == field).count();
    assert_eq!((known("dispatched"), known("resolved"), known("told")), (1, 1, 1), "{fields:?}");
}

#[test]
fn a_near_header_bears_its_likeness_and_a_tie_its_meanings() {
    let rows = rows_of(&[
        &["投诉编号", "投诉时间", "投诉内容容", "处理反馈时间", "车牌"],
        &["T-1", "2025-03-05 14:30", "楼上装修", "2025-03-06 09:00", "某A"],
    ]);
    let case = Case::new().with_book("投诉.xlsx", &rows);
    let data = data(&case, "投诉.xlsx");
    let table = &data["files"][0]["sheets"][0]["tables"][0];
    let near: Vec<&Value> =
        table["columns"].as_array().unwrap().iter().filter(|column| column["score"] != 100).collect();
    assert!(near.iter().any(|column| column["field"] == "text"), "{table}");
    let unknown = table["unknown"].as_array().unwrap();
    assert!(unknown.iter().any(|column| column["header"] == "车牌"), "{table}");
    assert!(table["confidence"].as_u64().unwrap() < 100);
    holds(&told(&case, "投诉.xlsx"), &["相近 ", "？没看懂", "\"车牌\" = \"ignored\""]);
}

#[test]
fn a_header_between_two_meanings_asks_which() {
    let rows = rows_of(&[
        &["投诉编号", "投诉时间", "投诉内容", TIE],
        &["T-1", "2025-03-05 14:30", "楼上装修", "2025-03-06 09:00"],
    ]);
    let case = Case::new().with_book("投诉.xlsx", &rows);
    let data = data(&case, "投诉.xlsx");
    let unknown = &data["files"][0]["sheets"][0]["tables"][0]["unknown"][0];
    let could_be = unknown["could_be"].as_array().unwrap();
    assert!(could_be.len() >= 2, "{unknown}");
    let text = told(&case, "投诉.xlsx");
    let alias = format!("# {} = [\"{TIE}\"]", could_be[0].as_str().unwrap());
    holds(&text, &["? Sheet1 → 投诉登记", "# [alias]", &alias]);
}

/// A header as near to the receipt as to the resolution.
const TIE: &str = "投诉时间处理时间";

#[test]
fn a_sheet_of_no_known_kind_shows_its_headers_and_ends_with_one() {
    let case = Case::new().with_book("月租.xlsx", &rows_of(UNKNOWN));
    let ended = case.program(&["inspect", "月租.xlsx"]).expect(1);
    holds(&ended.out, &["? Sheet1 → 认不出是什么表", "第 1 行：车牌 · 车位 · 月租", "\"车牌\" = \"ignored\""]);
    // Pasted unchanged it is still of no known kind.
    fs::write(case.path("input/manyi.toml"), paste(&case, "月租.xlsx", 1)).unwrap();
    let ended = case.program(&["inspect", "月租.xlsx"]).expect(1);
    holds(&ended.out, &["认不出是什么表"]);
}

#[test]
fn a_form_is_told_by_the_cells_of_its_labels() {
    let case = Case::new();
    cases::write_input("22-complaint-slips", &case.path("input"));
    holds(&told(&case, "input"), &["填写单（标签与内容）", "complaint"]);
}

#[test]
fn tables_side_by_side_are_told_one_by_one() {
    let case = Case::new();
    cases::write_input("09-side-by-side-two-kinds", &case.path("input"));
    holds(&told(&case, "input"), &["并排的表", "#1 → ", "#2 → ", "complaint", "repair"]);
}

#[test]
fn sheets_alike_are_told_once_with_a_line_each() {
    let text = program_in(root(), &["inspect", "翠湖花园/2025年报修登记.xlsx"]).out;
    holds(&text, &["1月 … 12月（12 张相同的表） → 报修登记 repair", "2025-07", "警告 日期看不懂 ×2 4月!B14、8月!J19"]);
    assert_eq!(text.matches("报修单号").count(), 2, "once in the list and once for pasting:\n{text}");
}

#[test]
fn what_is_left_out_is_told_with_its_rows() {
    let case = Case::new();
    cases::write_input("12-notes-and-signatures", &case.path("input"));
    holds(&told(&case, "input"), &["不是记录的行：", "备注签名 "]);
    let case = Case::new();
    cases::write_input("11-totals-and-subtotals", &case.path("input"));
    holds(&told(&case, "input"), &["合计 "]);
    let case = Case::new();
    cases::write_input("01-titles-above", &case.path("input"));
    holds(&told(&case, "input"), &["表外：第 1 行「", "见标题"]);
}

#[test]
fn samples_are_of_records_and_columns_set_out_anew_are_told_with_their_span() {
    let case = Case::new();
    cases::write_input("23-merged-communities", &case.path("input"));
    let text = told(&case, "input");
    holds(&text, &["翠湖花园 · 云栖苑"]);
    let case = Case::new();
    cases::write_input("16-months-across-counts", &case.path("input"));
    holds(&told(&case, "翠湖花园/2025年投诉统计.xlsx"), &["    B–", "月份 month", "合计 5\n"]);
}

#[test]
fn what_cannot_be_read_is_told_with_the_reason() {
    let case = Case::good().with_file("坏.xlsx", b"PK\x03\x04 nothing behind it");
    let text = told(&case, "input");
    holds(&text, &["坏.xlsx", "? 错误 ", "整个文件未计入", "投诉登记.xlsx"]);
    case.program(&["inspect", "input/坏.xlsx"]).expect(1);
    if let Some(shared) = std::env::var_os("MANYI_SHARED") {
        let bytes = fs::read(std::path::Path::new(&shared).join("corpus/calamine__pass_protected.xlsx")).unwrap();
        let ended = Case::new().with_file("锁.xlsx", &bytes).program(&["inspect", "锁.xlsx"]).expect(1);
        holds(&ended.out, &["文件有打开密码 [file_encrypted]", "请取消密码"]);
    }
}

#[test]
fn a_file_that_is_not_there_is_wrong_usage() {
    let ended = Case::good().program(&["inspect", "三月.xlsx"]).expect(2);
    ended.says(&["三月.xlsx", "--input", "cannot find"]);
    assert_eq!(ended.out, "");
}

/// What is offered for pasting.
#[track_caller]
fn paste(case: &Case, file: &str, code: i32) -> String {
    case.program(&["inspect", "--toml", file]).expect(code).out
}

/// Facts and ledger of a run.
#[track_caller]
fn measured(case: &Case) -> [Vec<u8>; 2] {
    case.run(&["--quiet"]).expect(0);
    ["facts", "ledger"].map(|name| fs::read(case.path("output/data").join(format!("{name}.csv"))).unwrap())
}

/// The facts do not change when what is offered is pasted.
#[track_caller]
fn pastes_unchanged(case: &Case, file: &str) {
    let [facts, ledger] = measured(case);
    assert!(Table::of(&facts).len() > 0);
    let config = case.path("input/manyi.toml");
    let own = fs::read_to_string(&config).unwrap_or_default();
    let pasted = paste(case, file, 0);
    assert!(pasted.contains("[[source]]"), "{pasted}");
    fs::write(&config, format!("{own}\n{pasted}")).unwrap();
    let again = measured(case);
    assert_eq!(String::from_utf8(facts).unwrap(), String::from_utf8(again[0].clone()).unwrap(), "{pasted}");
    assert_eq!(String::from_utf8(ledger).unwrap(), String::from_utf8(again[1].clone()).unwrap(), "{pasted}");
    // What stands in the config is not offered again.
    assert_eq!(paste(case, file, 0), "");
    holds(&told(case, file), &["按 manyi.toml 的 [[source]]"]);
}

#[test]
fn what_is_pasted_for_a_register_gives_the_same_facts() {
    pastes_unchanged(&Case::good(), "投诉登记.xlsx");
}

#[test]
fn what_is_pasted_for_a_path_of_odd_characters_gives_the_same_facts() {
    let case = Case::new().with_file("翠湖 [新]/\"三月\" 投诉?.xlsx", &book(&rows_of(REGISTER)));
    pastes_unchanged(&case, "input");
}

#[test]
fn what_is_pasted_keeps_title_units_unknown_columns_and_columns_without_header() {
    let rows = rows_of(&[
        &["翠湖花园2025年3月投诉登记表"],
        &["投诉编号", "投诉时间", "投诉内容", "车牌", "赔偿金额(万元)", "处理时长（小时）", "投诉时间", ""],
        &["T-1", "3/5 14:30", "楼上装修", "某A", "0.5", "8", "", "甲"],
        &["T-2", "3/7 08:00", "车位被占", "某B", "", "30", "", "乙"],
        &["T-3", "", "道闸不起", "某C", "", "", "3/9 10:00", "丙"],
        &["合计", "", "", "", "0.5", "38"],
    ]);
    pastes_unchanged(&Case::new().with_book("投诉.xlsx", &rows), "投诉.xlsx");
}

#[test]
fn what_is_pasted_for_headers_of_several_rows_gives_the_same_facts() {
    for name in ["03-three-header-rows", "05-callback-form-ticks", "23-merged-communities"] {
        let case = Case::new();
        cases::write_input(name, &case.path("input"));
        pastes_unchanged(&case, "input");
    }
}

#[test]
fn every_case_is_told_within_the_width_of_a_terminal_and_its_paste_loads() {
    let folders = fs::read_dir(root().join("tests/cases")).unwrap();
    let mut names: Vec<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() >= 28);
    for name in names {
        let case = Case::new();
        cases::write_input(&name, &case.path("input"));
        let text = told(&case, "input");
        for line in text.lines() {
            let width = unicode_width::UnicodeWidthStr::width(line);
            assert!(width <= 100 || line.starts_with("    \""), "{name}: {width} wide: {line}");
        }
        let pasted = paste(&case, "input", 0);
        manyi::config::Config::parse(&pasted).unwrap_or_else(|error| panic!("{name}: {error}\n{pasted}"));
    }
}

#[test]
fn check_lists_the_first_of_many_problems_and_all_of_them_when_asked() {
    let mut rows = vec![REGISTER[0]];
    let bad = &["T-9", "翠湖花园", "月底", "3-2-1501", "停车管理", "道闸不起", "工程部", "昨天"][..];
    rows.extend([REGISTER[1]].into_iter().chain(std::iter::repeat_n(bad, 12)));
    let case = Case::new().with_book("2025年3月投诉.xlsx", &rows_of(&rows));
    let bounded = case.program(&["check"]).expect(0).out;
    holds(&bounded, &["日期看不懂 24 处 [date_unreadable]", "    Sheet1!C3  月底", "    … 19", "每种只列出前几处"]);
    let all = case.program(&["check", "-v"]).expect(0).out;
    holds(&all, &["    Sheet1!H14  昨天"]);
    assert!(!all.contains("    … "), "{all}");
    holds(&case.program(&["check", "--lang", "en"]).expect(0).out, &["The date cannot be read, 24 [date_unreadable]"]);
}

#[test]
fn check_lists_problems_by_file_and_kind_and_ends_with_totals() {
    let text = program_in(root(), &["check"]).out;
    holds(&text, &["翠湖花园/2025年3月投诉记录.xlsx\n  警告 时间先后颠倒 1 处 [impossible_order]", "  投诉记录!K8  "]);
    let totals = text.rsplit("\n\n").next().unwrap();
    holds(totals, &["警告", "重复的记录", "个文件", "读取 46 个文件"]);
    let all = program_in(root(), &["check", "-v"]).expect(0).out;
    assert!(all.lines().count() >= text.lines().count());
}
