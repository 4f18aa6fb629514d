//! What the data files and the manifest promise to other programs.

use std::collections::{BTreeMap, BTreeSet};

use manyi::moment::Period;
use serde_json::Value;

use crate::demo_run::demo;
use crate::table::Row;

const FACTS: &str = "fact,profile,metric,clause,period,scope,scope_id,scope_name,dimension,dimension_value,dimension2,\
    dimension2_value,numerator,denominator,value,unit,target,verdict,ci_low,ci_high,excluded,note";
const LEDGER: &str = "file,sheet,block,range,kind,rows,record_rows,continuation,rejected,duplicates,headings,totals,\
    notes,blanks,unrecognised,yielded";
const PROBLEMS: &str = "file,sheet,cell,severity,code,found,expected,used,affects";
const DIMENSIONS: [&str; 15] = [
    "class", "category", "channel", "item", "building", "method", "outcome", "severity", "level", "hour", "weekday",
    "age", "deadline", "topic", "excluded",
];
const SCOPES: [&str; 3] = ["group", "community", "department"];
const NUMBERS: [&str; 5] = ["numerator", "denominator", "value", "ci_low", "ci_high"];
/// What identifies a fact besides its scope.
const WITHOUT_SCOPE: [&str; 7] =
    ["profile", "metric", "period", "dimension", "dimension_value", "dimension2", "dimension2_value"];

fn place(word: &str, words: &[&str]) -> usize {
    words.iter().position(|known| *known == word).unwrap_or_else(|| panic!("{word} is none of {words:?}"))
}

#[test]
fn the_columns_are_those_of_the_contract() {
    for (name, columns) in [("facts", FACTS), ("ledger", LEDGER), ("problems", PROBLEMS)] {
        let text = std::str::from_utf8(&demo().files[&format!("data/{name}.csv")]).unwrap();
        assert_eq!(text.lines().next(), Some(columns), "{name}");
    }
}

#[test]
fn data_files_are_utf8_with_lf_and_without_a_byte_order_mark() {
    for (path, bytes) in demo().files.iter().filter(|(path, _)| path.starts_with("data/")) {
        let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(!text.starts_with('\u{feff}') && !text.contains('\r') && text.ends_with('\n'), "{path}");
    }
}

#[test]
fn every_fact_has_an_id_of_its_own_of_twelve_hex_digits() {
    let ids: Vec<&str> = demo().facts.rows().map(|fact| fact.get("fact")).collect();
    let is_id = |id: &&str| id.len() == 12 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    assert!(ids.iter().all(is_id));
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn facts_are_sorted_by_what_identifies_them() {
    let dimension = |fact: Row<'_>, name: &str| match fact.get(name) {
        "" => None,
        word => Some(place(word, &DIMENSIONS)),
    };
    let keys = demo().facts.rows().map(|fact| {
        let [profile, metric, period, scope, scope_id] = fact.key(["profile", "metric", "period", "scope", "scope_id"]);
        let [value, value2] = fact.key(["dimension_value", "dimension2_value"]);
        let period = Period::parse(period).unwrap_or_else(|| panic!("{period} is no period"));
        let first = (dimension(fact, "dimension"), value);
        (profile, metric, period, place(scope, &SCOPES), scope_id, first, dimension(fact, "dimension2"), value2)
    });
    let keys: Vec<_> = keys.collect();
    let slip = keys.windows(2).find(|pair| pair[0] >= pair[1]);
    assert_eq!(slip, None, "out of order, or twice the same");
}

#[test]
fn ledger_and_problems_are_sorted_by_file_and_sheet() {
    for (name, table) in [("ledger", &demo().ledger), ("problems", &demo().problems)] {
        let files: Vec<&str> = table.rows().map(|row| row.get("file")).collect();
        assert!(files.is_sorted(), "{name}");
        let mut sheets: Vec<[&str; 2]> = table.rows().map(|row| row.key(["file", "sheet"])).collect();
        sheets.dedup();
        assert_eq!(sheets.iter().collect::<BTreeSet<_>>().len(), sheets.len(), "{name}: a sheet stands in two places");
    }
    let mut blocks: BTreeMap<[&str; 2], Vec<u64>> = BTreeMap::new();
    for line in demo().ledger.rows() {
        blocks.entry(line.key(["file", "sheet"])).or_default().push(line.count("block"));
    }
    for (sheet, numbers) in blocks {
        assert!(numbers.iter().copied().eq(0..numbers.len() as u64), "{sheet:?}: {numbers:?}");
    }
}

#[test]
fn numbers_have_six_decimals_at_most_and_no_exponent() {
    for fact in demo().facts.rows() {
        for column in NUMBERS {
            let text = fact.get(column);
            let digits = text.strip_prefix('-').unwrap_or(text);
            let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
            let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            let fits = text.is_empty() || plain(whole) && plain(decimals) && decimals.len() <= 6;
            assert!(fits && text != "-0", "{column}: {}", fact.text());
        }
        fact.get("excluded").parse::<u64>().expect("a count of rows");
    }
}

#[test]
fn units_verdicts_targets_and_scopes_are_words_of_the_contract() {
    for fact in demo().facts.rows() {
        let [unit, verdict, target, scope, scope_id] = fact.key(["unit", "verdict", "target", "scope", "scope_id"]);
        let known = ["count", "ratio", "minutes", "days", "yuan", "score", "per_1000"].contains(&unit)
            && ["met", "missed", "none", "no_data"].contains(&verdict)
            && (target.is_empty() || target.starts_with(['>', '<']))
            && target.is_empty() == (verdict == "none")
            && (scope == "group") == scope_id.is_empty();
        assert!(known, "{}", fact.text());
        let noted = fact.get("note").bytes().all(|b| b.is_ascii_graphic() || b == b' ');
        assert!(noted, "a note holds codes only: {}", fact.text());
        assert!(fact.get("dimension") != "building" || scope == "community", "{}", fact.text());
    }
}

#[test]
fn whoever_is_judged_is_told_the_clause() {
    for fact in demo().facts.rows() {
        let judged = fact.get("verdict") != "none" || fact.get("metric").ends_with(".on_time");
        assert!(!judged || !fact.get("clause").is_empty(), "{}", fact.text());
    }
}

#[test]
fn a_rate_is_its_numerator_by_its_denominator_and_empty_where_that_is_nought() {
    let mut without = 0;
    for fact in demo().facts.rows().filter(|fact| fact.get("unit") == "ratio") {
        let value = fact.number("value");
        match (fact.number("numerator"), fact.number("denominator")) {
            (_, Some(0.0)) => {
                without += 1;
                assert_eq!(value, None, "{}", fact.text());
                assert!(["none", "no_data"].contains(&fact.get("verdict")), "{}", fact.text());
            }
            (Some(part), Some(whole)) => {
                let value = value.unwrap_or_else(|| panic!("no value: {}", fact.text()));
                assert!((value - part / whole).abs() < 1e-6 && (0.0..=1.0).contains(&value), "{}", fact.text());
            }
            _ => assert!(value.is_none_or(|value| (0.0..=1.0).contains(&value)), "{}", fact.text()),
        }
    }
    assert!(without > 0, "the demonstration has no rate without cases, so this test proves nothing");
}

#[test]
fn a_count_has_a_value_only() {
    for fact in demo().facts.rows().filter(|fact| fact.get("unit") == "count") {
        assert!(fact.get("numerator").is_empty() && fact.get("denominator").is_empty(), "{}", fact.text());
        assert!(fact.get("value").parse::<u64>().is_ok(), "{}", fact.text());
    }
}

/// Weekday by hour is given for the group only, so that 500 communities stay under two million facts.
fn is_weekday_by_hour(fact: &Row<'_>) -> bool {
    fact.get("dimension") == "weekday" && fact.get("dimension2") == "hour"
}

#[test]
fn communities_sum_to_the_group_in_every_count() {
    let mut sums: BTreeMap<[&str; 7], f64> = BTreeMap::new();
    // Duties are owed by communities, departments or the company: what is left out of them is no sum over communities.
    let counts = || {
        let facts = demo().facts.rows().filter(|fact| !is_weekday_by_hour(fact));
        facts.filter(|fact| fact.get("unit") == "count" && !fact.get("metric").starts_with("schedule."))
    };
    for fact in counts().filter(|fact| fact.get("scope") == "community" && fact.get("dimension") != "building") {
        *sums.entry(fact.key(WITHOUT_SCOPE)).or_default() += fact.number("value").unwrap();
    }
    let groups: BTreeMap<[&str; 7], f64> = counts()
        .filter(|fact| fact.get("scope") == "group")
        .map(|fact| (fact.key(WITHOUT_SCOPE), fact.number("value").unwrap()))
        .collect();
    assert_same_sums(&groups, &sums);
}

#[test]
fn months_sum_to_their_quarter_half_and_year_in_every_count() {
    let mut sums: BTreeMap<(String, Vec<&str>), f64> = BTreeMap::new();
    let mut longer: BTreeMap<(String, Vec<&str>), f64> = BTreeMap::new();
    // The stock at the end of a period is no sum; a survey belongs to a half year, and it has no months.
    let counts = demo().facts.rows().filter(|fact| !is_weekday_by_hour(fact)).filter(|fact| {
        let metric = fact.get("metric");
        fact.get("unit") == "count" && !metric.ends_with(".open_at_end") && !metric.starts_with("survey.")
    });
    for fact in counts {
        let period = Period::parse(fact.get("period")).unwrap();
        let value = fact.number("value").unwrap();
        let mut about = fact.key(WITHOUT_SCOPE).to_vec();
        about.extend(fact.key(["scope", "scope_id"]));
        about.remove(2);
        if period.months() == 1 {
            for containing in period.with_containing().into_iter().skip(1) {
                *sums.entry((containing.to_string(), about.clone())).or_default() += value;
            }
        } else {
            longer.insert((period.to_string(), about), value);
        }
    }
    assert_same_sums(&longer, &sums);
}

#[test]
fn facts_are_about_the_year_of_the_input_and_no_other() {
    let periods: BTreeSet<&str> = demo().facts.rows().map(|fact| fact.get("period")).collect();
    let mut expected: Vec<String> = (1..=12).map(|month| format!("2025-{month:02}")).collect();
    expected.extend(["2025", "2025-H1", "2025-H2", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"].map(str::to_owned));
    assert_eq!(periods, expected.iter().map(String::as_str).collect());
}

/// A sum that is not given must be nought, and the other way round.
fn assert_same_sums<K: Ord + std::fmt::Debug>(whole: &BTreeMap<K, f64>, parts: &BTreeMap<K, f64>) {
    let keys: BTreeSet<&K> = whole.keys().chain(parts.keys()).collect();
    let of = |sums: &BTreeMap<K, f64>, key: &K| sums.get(key).copied().unwrap_or(0.0);
    #[allow(clippy::float_cmp, reason = "sums of whole numbers")]
    let wrong: Vec<_> = keys
        .iter()
        .filter(|key| of(whole, key) != of(parts, key))
        .map(|key| format!("{key:?}: {:?} is not {:?}", whole.get(*key), parts.get(*key)))
        .collect();
    assert!(keys.len() > 1_000, "only {} sums", keys.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), keys.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn the_stock_at_the_end_of_a_quarter_is_that_of_its_last_month() {
    let stocks: BTreeMap<_, &str> = demo()
        .facts
        .rows()
        .filter(|fact| fact.get("metric").ends_with(".open_at_end"))
        .map(|fact| ((fact.key(WITHOUT_SCOPE), fact.key(["scope", "scope_id"])), fact.get("value")))
        .collect();
    let ends = [("2025-Q1", "2025-03"), ("2025-Q2", "2025-06"), ("2025-H1", "2025-06"), ("2025", "2025-12")];
    let mut compared = 0;
    for ((key, scope), value) in &stocks {
        if let Some((_, last)) = ends.iter().find(|(period, _)| *period == key[2]) {
            let mut month = *key;
            month[2] = last;
            assert_eq!(stocks.get(&(month, *scope)), Some(value), "{key:?} {scope:?}");
            compared += 1;
        }
    }
    assert!(compared > 20, "only {compared}");
}

#[test]
fn the_manifest_lists_every_file_with_its_size_and_hash_and_nothing_else_is_there() {
    let mut listed = BTreeSet::new();
    for entry in demo().manifest["files"].as_array().unwrap() {
        let path = entry["path"].as_str().unwrap();
        let bytes = demo().files.get(path).unwrap_or_else(|| panic!("{path} is listed and not there"));
        assert_eq!(entry["bytes"], Value::from(bytes.len()), "{path}");
        assert_eq!(entry["blake3"], Value::from(blake3::hash(bytes).to_hex().as_str()), "{path}");
        assert!(listed.insert(path), "{path} is listed twice");
    }
    listed.extend(["data/manifest.json", ".gitkeep"]);
    let there: BTreeSet<&str> = demo().files.keys().map(String::as_str).collect();
    assert_eq!(there, listed);
    assert_eq!(demo().manifest["program"], "manyi");
}

#[test]
fn the_manifest_lists_every_input_file_with_its_size_and_hash() {
    let input = crate::tree::files_of(&crate::demo_run::input());
    let expected: Vec<Value> = input
        .iter()
        .filter(|(path, _)| !path.ends_with("manyi.toml"))
        .map(|(path, bytes)| {
            let hash = blake3::hash(bytes).to_hex();
            serde_json::json!({ "path": path, "bytes": bytes.len(), "blake3": hash.as_str() })
        })
        .collect();
    assert_eq!(demo().manifest["input"], Value::from(expected));
}

#[test]
fn no_path_of_the_output_is_made_of_cell_text() {
    for path in demo().files.keys().filter(|path| *path != ".gitkeep") {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b'.');
        assert!(path.bytes().all(plain) && !path.contains(".."), "{path}");
    }
}
