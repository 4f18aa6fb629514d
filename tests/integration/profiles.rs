//! A company's own procedures: files that extend built-in ones, and communities under procedures of their own.

use crate::case::{Case, rows_of};

/// Two communities with one complaint each: answered after three hours of the working day.
const REGISTER: &[&[&str]] = &[
    &["投诉编号", "小区", "投诉时间", "房号", "投诉类型", "投诉内容", "首次响应时间", "处理完成时间"],
    &[
        "T-1",
        "翠湖花园",
        "2025-03-05 09:00",
        "3-2-1501",
        "装修噪音",
        "楼上装修",
        "2025-03-05 11:30",
        "2025-03-06 09:00",
    ],
    &["T-2", "云栖苑", "2025-03-05 09:00", "1-1-101", "停车管理", "道闸不起", "2025-03-05 11:30", "2025-03-05 18:00"],
];

const COMMUNITIES: &str = "[[community]]\nid = \"cuihu\"\nname = \"翠湖花园\"\nhouseholds = 500\n\
    [[community]]\nid = \"yunqi\"\nname = \"云栖苑\"\nhouseholds = 300\n";

/// A response within two working hours, and nothing else but what it extends.
const STRICT: &str = "extends = \"complaint-classes\"\ntitle = { zh = \"从严\", en = \"Strict\" }\n\
    [[deadline]]\nid = \"response\"\nwithin = \"2 wh\"\n";

fn case(config: &str) -> Case {
    Case::new()
        .with_book("投诉登记.xlsx", &rows_of(REGISTER))
        .with_file("manyi.toml", format!("{config}\n{COMMUNITIES}").as_bytes())
        .with_file("profiles/strict.toml", STRICT.as_bytes())
}

/// Profile, scope, value and note of the facts of a metric in March.
fn facts(case: &Case, metric: &str) -> Vec<String> {
    let table = case.data("facts.csv");
    let wanted = table.rows().filter(|row| row.key(["metric", "period", "dimension"]) == [metric, "2025-03", ""]);
    wanted.map(|row| row.key(["profile", "scope", "scope_id", "value", "note"]).join(" ")).collect()
}

#[test]
fn a_file_of_the_company_changes_one_number() {
    let built_in = case("");
    built_in.run(&["--quiet", "--as-of", "2025-03-31"]).expect(0);
    let strict = case("[use]\ncomplaint = \"strict\"\n");
    strict.run(&["--quiet", "--as-of", "2025-03-31"]).expect(0);
    let rate = |case: &Case| {
        facts(case, "complaint.response.on_time").into_iter().filter(|fact| fact.contains("group")).collect::<Vec<_>>()
    };
    assert_eq!(rate(&built_in), ["complaint-classes group  1 "]);
    assert_eq!(rate(&strict), ["strict group  0 "]);
    let page = strict.output().remove("2025-03/complaint-analysis.html").unwrap_or_default();
    assert!(String::from_utf8_lossy(&page).contains("从严"));
}

#[test]
fn the_month_of_a_window_that_runs_has_facts_and_the_quarter_ahead_has_none() {
    let mut register = REGISTER.to_vec();
    let late = ["T-3", "翠湖花园", "2025-03-28 09:00", "3-2-1502", "停车管理", "占位", "", ""];
    register.push(&late);
    let case = Case::new()
        .with_book("投诉登记.xlsx", &rows_of(&register))
        .with_file("manyi.toml", format!("[use]\ncomplaint = \"complaint-handling\"\n{COMMUNITIES}").as_bytes());
    case.run(&["--quiet", "--as-of", "2025-03-31"]).expect(0);
    let table = case.data("facts.csv");
    let of = |period: &str| -> Vec<String> {
        let rows = table.rows().filter(|row| row.key(["period", "scope", "dimension"]) == [period, "group", ""]);
        let rows = rows.filter(|row| row.key(["metric"]) == ["complaint.statistics.received"]);
        rows.map(|row| row.key(["value", "note"]).join(" ")).collect()
    };
    assert_eq!((of("2025-03"), of("2025-04")), (vec!["2 ".to_owned()], vec!["1 unfinished".to_owned()]));
    assert_eq!(of("2025-Q1"), ["2 "]);
    assert_eq!(of("2025-Q2"), Vec::<String>::new(), "the quarter has not begun");
    assert_eq!(of("2025"), ["3 unfinished"]);
}

#[test]
fn a_community_is_ruled_by_its_own_profile() {
    let case = case("[use.community.yunqi]\ncomplaint = \"strict\"\n");
    case.run(&["--quiet", "--as-of", "2025-03-31"]).expect(0);
    assert_eq!(
        facts(&case, "complaint.response.on_time"),
        [
            "complaint-classes group  1 partial",
            "complaint-classes community cuihu 1 ",
            "complaint-classes department none 1 partial",
            "strict group  0 partial",
            "strict community yunqi 0 ",
            "strict department none 0 partial",
        ]
    );
    // The group of a profile is the communities it rules: one complaint among 500 households, one among 300.
    let per_1000 = facts(&case, "complaint.per_1000_households");
    assert!(per_1000.iter().any(|fact| fact == "complaint-classes group  2 partial"), "{per_1000:?}");
    let output = case.output();
    let title = |path: &str| {
        let page = output.get(path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8_lossy(page).contains("从严")
    };
    assert!(title("2025-03/yunqi/complaint-analysis.html"));
    assert!(!title("2025-03/cuihu/complaint-analysis.html"));
}

#[test]
fn a_community_that_nobody_knows_is_refused_before_anything_is_published() {
    let case = case("[use.community.yunki]\ncomplaint = \"strict\"\n");
    let ended = case.run(&["--quiet"]).expect(1);
    ended.says(&["input/manyi.toml", "line 1, column 16", "是不是「yunqi」", "did you mean \"yunqi\""]);
    assert!(case.output().is_empty());
}

#[test]
fn a_mistake_in_a_file_of_the_company_is_told_with_its_line() {
    let wrong = STRICT.replace("2 wh", "2 hours of work");
    let case = case("[use]\ncomplaint = \"strict\"\n").with_file("profiles/strict.toml", wrong.as_bytes());
    let ended = case.run(&["--quiet"]).expect(1);
    ended.says(&["input/profiles/strict.toml", "line 5, column 10", "不是时限", "not a limit", "^^^"]);
}

#[test]
fn profiles_are_listed_printed_and_shown_as_in_force() {
    let case =
        case("[use]\ncomplaint = \"strict\"\n[[override.strict.deadline]]\nid = \"response\"\nwithin = \"1 wh\"\n");
    let listed = case.program(&["profiles"]).expect(0).out;
    assert!(listed.contains("顾客投诉处理程序 / Customer complaint procedure"), "{listed}");
    assert!(listed.lines().any(|line| line.starts_with("strict ") && line.contains("complaint callback")), "{listed}");
    assert_eq!(case.program(&["profiles", "strict"]).expect(0).out, STRICT);
    let effective = case.program(&["profiles", "strict", "--effective"]).expect(0).out;
    let table: toml::Table = effective.parse().unwrap();
    assert_eq!(table["name"].as_str(), Some("strict"));
    assert_eq!(table["deadline"][0]["within"].as_str(), Some("1 wh"));
    assert_eq!(table["deadline"][0]["clause"].as_str(), Some("4.3.2"));
    case.program(&["profiles", "strikt"]).expect(2).says(&["没有规程「strikt」", "是不是「strict」"]);
    let printed = case.program(&["profiles", "input/profiles/strict.toml", "--effective"]).expect(0).out;
    assert_eq!(printed, effective);
}

#[test]
fn a_profile_may_be_named_by_its_file_on_the_command_line() {
    let case = case("");
    case.run(&["--quiet", "--profile", "input/profiles/strict.toml"]).expect(0);
    assert!(facts(&case, "complaint.response.on_time").iter().all(|fact| fact.starts_with("strict ")));
    case.run(&["--quiet", "--profile", "input/profiles/strikt.toml"]).expect(1).says(&["input/profiles/strikt.toml"]);
}

#[test]
fn blank_forms_need_no_profile() {
    let case = case("[use]\ncomplaint = \"no-such\"\n");
    case.program(&["forms", "blank"]).expect(0);
    case.run(&["--quiet"]).expect(1).says(&["no-such"]);
}

#[test]
fn every_fact_of_a_run_is_of_a_metric_that_its_profile_is_known_to_give() {
    let mut seen = 0;
    for (name, text) in manyi::profile::load::BUILT_IN {
        let case = case("");
        case.run(&["--quiet", "--profile", name]).expect(0);
        let known = manyi::profile::given::given(&toml::from_str(text).unwrap());
        for row in case.data("facts.csv").rows() {
            let metric = row.get("metric");
            assert!(known.contains_key(metric), "{name} gives {metric}: src/profile/given.rs needs its line");
            seen += 1;
        }
    }
    assert!(seen > 1_000, "{seen}");
}
