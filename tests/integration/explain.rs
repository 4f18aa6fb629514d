//! Explanations: the rows behind a fact add up to it, whatever the metric, and the command says so in words, as JSON and as CSV.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use manyi::metrics::behind::{Part, Rows};
use manyi::metrics::explain::Found;
use manyi::metrics::fact::{Dimension, Fact, FactKey, Unit};
use manyi::pipeline::explain::{Measured, measured};
use manyi::pipeline::{Extent, Settings, Silent};
use manyi::problem::Language;
use manyi::stats::quantile::quantile;

use crate::case::{Case, Ended, program_in, rows_of};
use crate::demo_run::{demo, input};
use crate::table::Table;

/// Facts of each metric of the demonstration input that are looked at.
const OF_EACH: usize = 8;

/// The input as of the end of 2025.
fn understood(input: &Path) -> Measured {
    let settings = Settings {
        input: input.to_path_buf(),
        output: PathBuf::new(),
        config: None,
        profiles: Vec::new(),
        periods: Vec::new(),
        as_of: chrono::NaiveDate::from_ymd_opt(2025, 12, 31),
        language: Language::Zh,
        templates: None,
        records: false,
        extent: Extent::Check,
        worker: Some(PathBuf::from(env!("CARGO_BIN_EXE_manyi"))),
    };
    measured(&settings, &Silent).unwrap_or_else(|error| panic!("{error}"))
}

fn explained(of: &Measured, keys: &BTreeSet<FactKey>) -> BTreeMap<FactKey, Found> {
    of.behind(keys).unwrap_or_else(|error| panic!("{error}"))
}

/// What the rows of a part add together; none where there is no such part.
fn sum(found: &Found, wanted: &Part) -> Option<f64> {
    let mut parts = found.rows.iter().filter(|rows| rows.part == *wanted).peekable();
    parts.peek()?;
    Some(parts.map(|rows| total(rows) / rows.amounts.map_or(1.0, |(_, divisor)| divisor)).sum())
}

#[allow(clippy::cast_precision_loss, reason = "sums of a test stay small")]
fn total(rows: &Rows) -> f64 {
    rows.sum() as f64
}

#[allow(clippy::cast_precision_loss, reason = "a test has few rows")]
fn rows_measured(found: &Found) -> f64 {
    found.rows.iter().filter(|rows| rows.part == Part::Measured).map(|rows| rows.list.len()).sum::<usize>() as f64
}

/// The rows behind a fact add up to what it says.
#[track_caller]
fn assert_adds_up(of: &Measured, fact: &Fact, found: &Found) {
    let name = || format!("{} {:?}", fact.key.id(), fact.key);
    let same = |what: &str, said: Option<f64>, counted: Option<f64>| {
        let agree = match (said, counted) {
            (Some(said), Some(counted)) => (said - counted).abs() < 1e-9 * said.abs().max(1.0),
            (said, counted) => said == counted,
        };
        assert!(agree, "{}: {what} {said:?}, by the rows {counted:?}", name());
    };
    let is_fact = |key: &FactKey| of.facts.fact(key).is_some();
    assert!(found.made_of.iter().all(is_fact), "{}: made of what is no fact", name());
    if !found.made_of.is_empty() && !fact.key.metric.ends_with("overall_satisfied") {
        return;
    }
    if !found.made_of.is_empty() {
        let values: Vec<f64> =
            found.made_of.iter().map(|key| of.facts.fact(key).and_then(|fact| fact.value).unwrap()).collect();
        same("sum of facts", fact.numerator, Some(values.iter().sum()));
        #[allow(clippy::cast_precision_loss, reason = "a survey has few items")]
        let n = values.len() as f64;
        return same("number of facts", fact.denominator, Some(n));
    }
    if fact.key.metric.starts_with("schedule.") || &*fact.key.metric == "survey.rounds" {
        // What was owed and not done, and a round of which only forms are known, stands in no row.
        let at_most = |said: Option<f64>, part: &Part| {
            assert!(sum(found, part).unwrap_or(0.0) <= said.unwrap_or(0.0), "{}: {part:?}", name());
        };
        return match fact.unit {
            Unit::Ratio => {
                same("numerator", fact.numerator, sum(found, &Part::Numerator));
                at_most(fact.denominator, &Part::Rest);
            }
            Unit::Days => same("days", fact.numerator, sum(found, &Part::Measured)),
            _ => at_most(fact.value, &Part::Counted),
        };
    }
    if let Some((Dimension::Excluded, reason)) = &fact.key.dimension {
        assert_eq!(found.rows.len(), 1, "{}: rows of other parts", name());
        return same("excluded", fact.value, sum(found, &Part::Excluded(reason.clone())));
    }
    let left_out = found.rows.iter().filter(|rows| matches!(rows.part, Part::Excluded(_)));
    let left_out: i64 = left_out.map(Rows::sum).sum();
    // Durations broken down by class tell no exclusions.
    if fact.key.dimension.is_none() || fact.unit != Unit::Minutes {
        assert_eq!(fact.excluded, left_out, "{}: rows left out", name());
    }
    match (fact.unit, fact.numerator, fact.denominator) {
        (Unit::Count, ..) => same("count", fact.value.or(Some(0.0)), sum(found, &Part::Counted)),
        (Unit::Yuan, ..) => same("amount", fact.value, sum(found, &Part::Measured)),
        (Unit::Minutes | Unit::Score, Some(_), n) => {
            same("sum", fact.numerator, sum(found, &Part::Measured));
            same("n", n, Some(rows_measured(found)));
        }
        (Unit::Minutes, None, n) => {
            same("n", n, Some(rows_measured(found)));
            let mut seconds: Vec<i64> = found
                .rows
                .iter()
                .filter(|rows| rows.part == Part::Measured)
                .flat_map(|rows| &rows.list)
                .map(|row| row.amount)
                .collect();
            let share = if fact.key.metric.ends_with(".p90") { 0.9 } else { 0.5 };
            same("quantile", fact.value, quantile(&mut seconds, share).map(|seconds| seconds / 60.0));
        }
        (_, part, whole) => {
            let numerator = sum(found, &Part::Numerator);
            same("numerator", part, numerator);
            let of_part = sum(found, &Part::Rest).map(|rest| rest + numerator.unwrap_or(0.0));
            if let Some(denominator) = sum(found, &Part::Denominator).or(of_part) {
                same("denominator", whole, Some(denominator));
            }
        }
    }
}

/// All facts of a case.
#[track_caller]
fn assert_all_add_up(input: &Path) -> BTreeSet<String> {
    let of = understood(input);
    let keys: BTreeSet<FactKey> = of.facts.all().iter().map(|fact| fact.key.clone()).collect();
    assert!(keys.len() > 50, "{} facts", keys.len());
    let found = explained(&of, &keys);
    for fact in of.facts.all() {
        let found = found.get(&fact.key).unwrap_or_else(|| panic!("not explained: {:?}", fact.key));
        assert_adds_up(&of, fact, found);
    }
    keys.iter().map(|key| key.metric.to_string()).collect()
}

#[test]
fn the_rows_behind_facts_of_every_metric_of_the_demonstration_add_up() {
    let of = understood(&input());
    let mut by_metric: BTreeMap<(&str, Option<Dimension>), Vec<&Fact>> = BTreeMap::new();
    for fact in of.facts.all() {
        let dimension = fact.key.dimension.as_ref().map(|(dimension, _)| *dimension);
        by_metric.entry((&fact.key.metric, dimension)).or_default().push(fact);
    }
    // Facts spread over all of a metric, by a stride that falls on other scopes and periods each time.
    let chosen: Vec<&Fact> = by_metric
        .values()
        .flat_map(|facts| (0..OF_EACH.min(facts.len())).map(|place| facts[place * 7_919 % facts.len()]))
        .collect();
    let keys: BTreeSet<FactKey> = chosen.iter().map(|fact| fact.key.clone()).collect();
    assert!(keys.len() >= 300, "{} facts", keys.len());
    let found = explained(&of, &keys);
    for fact in chosen {
        let found = found.get(&fact.key).unwrap_or_else(|| panic!("not explained: {:?}", fact.key));
        assert_adds_up(&of, fact, found);
    }
}

#[test]
fn all_facts_of_a_register_add_up() {
    assert_all_add_up(&Case::good().path("input"));
}

#[test]
fn all_facts_of_lists_rounds_and_tallies_add_up() {
    let communities = rows_of(&[&["小区名称", "总户数", "入住户数"], &["翠湖花园", "8", "5"]]);
    let list = |half: &str, units: [&str; 3]| {
        let mut rows = rows_of(&[&["小区", "调查期", "房号", "发放日期", "发放方式"]]);
        rows.extend(
            units.map(|unit| rows_of(&[&["翠湖花园", &format!("2025{half}"), unit, "2025-03-01", "上门"]]).remove(0)),
        );
        rows
    };
    let case = Case::good()
        .with_book("小区.xlsx", &communities)
        .with_book("发放上.xlsx", &list("上半年", ["1-101", "1-102", "1-103"]))
        .with_book("发放下.xlsx", &list("下半年", ["1-103", "1-201", "１－202"]))
        .with_book(
            "回访.xlsx",
            &rows_of(&[
                &["翠湖花园2025年5月回访记录"],
                &["日期", "房号", "姓名", "守时", "态度", "质量", "满意度"],
                &["2025-05-03", "1-101", "王某某", "满意", "满意", "不满意", "满意"],
                &["2025-05-04", "1-102", "李某某", "较满意", "未表态", "满意", ""],
            ]),
        )
        .with_book(
            "汇总.xlsx",
            &rows_of(&[
                &["翠湖花园2025年上半年满意度调查汇总"],
                &["项目", "满意", "较满意", "不满意"],
                &["治安", "12", "3", "2"],
                &["清洁", "10", "4", "3"],
            ]),
        );
    let metrics = assert_all_add_up(&case.path("input"));
    for metric in
        ["survey.coverage_year", "survey.item_satisfied", "survey.overall_satisfied", "callback.satisfied_share"]
    {
        assert!(metrics.contains(metric), "{metric} is not among {metrics:?}");
    }
}

fn explain(case: &Case, arguments: &[&str]) -> Ended {
    let mut all = vec!["explain", "--input", "input"];
    all.extend(arguments);
    case.program(&all)
}

const RESPONSE: [&str; 3] = ["metric=complaint.resolution.median", "period=2025-03", "scope=翠湖花园"];

#[test]
fn a_fact_is_explained_in_chinese_with_its_rows_and_cells() {
    let said = explain(&Case::good(), &RESPONSE).expect(0).out;
    for text in [
        "complaint.resolution.median  2025-03  小区：翠湖花园",
        "分母：2",
        "数值：855 minutes（页面上写作 14 小时 15 分）",
        "统计截止：2025-03-31 24:00",
        "口径：从时限的起点到终点所用时间的中位数",
        "投诉登记.xlsx · Sheet1",
        "第 2 行 1110 minutes；received C2 = 2025-03-05 14:30:00；resolved H2 = 2025-03-06 09:00:00",
        "第 3 行 600 minutes；received C3 = 2025-03-07 08:00:00；resolved H3 = 2025-03-07 18:00:00",
    ] {
        assert!(said.contains(text), "「{text}」 is not in\n{said}");
    }
}

#[test]
fn a_fact_is_explained_in_english_with_many_rows_as_ranges() {
    let arguments = [&RESPONSE[..], &["--lang", "en", "--rows", "0"]].concat();
    let said = explain(&Case::good(), &arguments).expect(0).out;
    for text in [
        "denominator: 2",
        "What: Median elapsed time",
        "rows that tell an amount: 2 records, together 1710 minutes",
        "投诉登记.xlsx · Sheet1: A2:A3",
    ] {
        assert!(said.contains(text), "「{text}」 is not in\n{said}");
    }
    assert!(!said.contains("row 2"), "{said}");
}

#[test]
fn as_json_an_explanation_is_one_value_and_as_csv_a_line_a_row() {
    let case = Case::good();
    let json = explain(&case, &[&RESPONSE[..], &["--format", "json"]].concat()).expect(0).out;
    let said: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(said["fact"]["denominator"], 2.0);
    assert_eq!(said["doc"][0]["heading"]["zh"], "口径");
    assert_eq!(said["parts"][0]["count"], 2);
    assert_eq!(said["parts"][0]["rows"][0]["cells"][1]["cell"], "H2");
    let csv = explain(&case, &[&RESPONSE[..], &["--csv"]].concat()).expect(0).out;
    let rows: Vec<[String; 4]> = Table::of(csv.as_bytes())
        .rows()
        .map(|row| row.key(["part", "file", "row", "amount"]).map(str::to_owned))
        .collect();
    assert_eq!(
        rows,
        [["measured", "投诉登记.xlsx", "2", "1110"], ["measured", "投诉登记.xlsx", "3", "600"]]
            .map(|row| row.map(str::to_owned))
    );
}

#[test]
fn the_ids_of_the_table_of_facts_are_those_that_are_explained() {
    let facts = demo().facts.rows().filter(|fact| fact.get("metric") == "survey.overall_satisfied");
    let fact = facts.into_iter().find(|fact| fact.get("scope") == "group").unwrap();
    let (folder, input) = (tempfile::tempdir().unwrap(), input());
    let arguments = ["explain", fact.get("fact"), "--format", "json", "--input", input.to_str().unwrap()];
    let said: serde_json::Value = serde_json::from_str(&program_in(folder.path(), &arguments).expect(0).out).unwrap();
    assert_eq!(said["fact"]["metric"], "survey.overall_satisfied");
    let parts = said["made_of"].as_array().unwrap();
    assert_eq!(fact.number("denominator"), Some(f64::from(u32::try_from(parts.len()).unwrap())));
    assert!(parts.iter().all(|part| part["fact"]["metric"] == "survey.item_satisfied"));
    assert!(parts.iter().all(|part| part["parts"][0]["count"].as_u64() > Some(0)), "each with its own rows");
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing is written");
}

#[test]
fn several_facts_are_listed_with_their_ids() {
    let case = Case::good();
    let said = explain(&case, &["metric=complaint.received", "period=2025-03"]).expect(0).out;
    assert!(said.contains("符合的有"), "{said}");
    let id = said.lines().nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    assert!(explain(&case, &[&id]).expect(0).out.contains(&id));
}

#[test]
fn a_fact_that_is_not_there_is_told_with_what_is_near() {
    let case = Case::good();
    explain(&case, &["metric=complaint.recieved"]).expect(2).says(&["complaint.received", "No such fact"]);
    explain(&case, &["metric=complaint.received", "period=2031"]).expect(2).says(&["complaint.received", "2025"]);
    explain(&case, &["000000000000"]).expect(2).says(&["facts.csv"]);
    explain(&case, &["colour=red"]).expect(2).says(&["colour=red", "metric"]);
    explain(&case, &["metric=complaint.received", "period=soon"]).expect(2).says(&["soon", "2025-Q2"]);
    explain(&case, &["metric=complaint.received", "--profile", "nonesuch"]).expect(2).says(&["nonesuch"]);
    explain(&case, &[]).expect(2);
}

#[test]
fn what_another_sheet_tells_is_named_with_that_sheet() {
    let communities = rows_of(&[&["小区名称", "总户数", "入住户数"], &["翠湖花园", "8", "5"]]);
    let rounds = rows_of(&[&["小区", "调查期", "发放份数", "回收份数"], &["翠湖花园", "2025年上半年", "4", "3"]]);
    let case = Case::good().with_book("小区.xlsx", &communities).with_book("满意度调查统计.xlsx", &rounds);
    let asked = ["metric=survey.issue_rate", "period=2025-H1", "scope=翠湖花园", "profile=survey-procedure"];
    let said = explain(&case, &asked).expect(0).out;
    assert!(said.contains("第 2 行 4 count；issued C2 = 4"), "{said}");
    assert!(said.contains("第 2 行 5 count；occupied 小区.xlsx · Sheet1 C2 = 5"), "{said}");
    let csv = explain(&case, &[&asked[..], &["--csv"]].concat()).expect(0).out;
    assert!(csv.contains("occupied 小区.xlsx Sheet1 C2 5"), "{csv}");
}

#[test]
fn a_date_and_its_time_in_two_columns_are_both_named_and_scores_by_their_cell() {
    let register = rows_of(&[
        &["小区", "投诉日期", "投诉时间", "房号", "投诉内容", "处理时长（小时）"],
        &["翠湖花园", "2025-03-05", "14:30", "3-2-1501", "楼上装修", "2"],
        &["翠湖花园", "2025-03-06", "", "3-2-1502", "车位被占", "24"],
    ]);
    let forms = rows_of(&[
        &["翠湖花园2025年上半年满意度调查"],
        &["问卷编号", "治安（1-10分）", "清洁（1-10分）"],
        &["1", "8", "10"],
        &["2", "7", "9"],
    ]);
    let case = Case::good().with_book("另册.xlsx", &register).with_book("问卷.xlsx", &forms);
    let said = explain(&case, &RESPONSE).expect(0).out;
    assert!(said.contains("received B2+C2 = 2025-03-05 14:30:00；resolved F2 = 2025-03-05 16:30:00"), "{said}");
    let asked = ["metric=survey.mean_score", "period=2025-H1", "scope=翠湖花园"];
    let said = explain(&case, &asked).expect(0).out;
    assert!(said.contains("score B3 = 8；score C3 = 10"), "{said}");
}
