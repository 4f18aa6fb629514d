//! The demonstration input gives the numbers that its generator knows to be true.

use std::collections::{BTreeMap, BTreeSet};

use manyi::recognise::field::Field;
use manyi::recognise::kinds::KindId;

use crate::demo_run::{demo, input, truth};
use crate::input_cells::cells_of;
use crate::table::Row;
use crate::tree;

const IDENTITY: [&str; 6] = ["metric", "period", "scope", "scope_name", "dimension", "dimension_value"];

/// Half of the last of the six decimals that both files give.
const ROUNDING: f64 = 1e-6;

fn agrees(known: Row<'_>, fact: Row<'_>) -> bool {
    ["numerator", "denominator", "value"].into_iter().all(|column| match (known.number(column), fact.number(column)) {
        (None, _) => true,
        (Some(known), Some(found)) => (known - found).abs() <= ROUNDING,
        (Some(_), None) => false,
    })
}

#[test]
fn every_number_the_generator_knows_is_a_fact() {
    let mut facts: BTreeMap<[&str; 6], Vec<Row<'_>>> = BTreeMap::new();
    for fact in demo().facts.rows().filter(|fact| fact.get("dimension2").is_empty()) {
        facts.entry(fact.key(IDENTITY)).or_default().push(fact);
    }
    let truth = truth("truth.csv");
    let mut wrong = Vec::new();
    for known in truth.rows() {
        let profile = known.get("profile");
        let found = facts.get(&known.key(IDENTITY)).map_or(&[][..], Vec::as_slice);
        let mut of_profile =
            found.iter().filter(|fact| profile.is_empty() || fact.get("profile") == profile).peekable();
        if of_profile.peek().is_none() {
            wrong.push(format!("{}\n    no such fact", known.text()));
        }
        // Several profiles may give a count: it is the same count.
        for fact in of_profile.filter(|fact| !agrees(known, **fact)) {
            wrong.push(format!("{}\n    found {}", known.text(), fact.text()));
        }
    }
    assert!(truth.len() > 3_000, "the truth has shrunk to {} lines", truth.len());
    assert!(wrong.is_empty(), "{} of {} are not as known:\n{}", wrong.len(), truth.len(), wrong.join("\n"));
}

#[test]
fn the_truth_covers_every_kind_of_record() {
    let truth = truth("truth.csv");
    let metrics: BTreeSet<&str> = truth.rows().map(|known| known.get("metric")).collect();
    for prefix in ["complaint.", "repair.", "callback.", "survey."] {
        assert!(metrics.iter().any(|metric| metric.starts_with(prefix)), "nothing is known of {prefix}");
    }
    assert!(metrics.iter().any(|metric| metric.ends_with(".on_time")), "{metrics:?}");
}

#[test]
fn every_table_of_the_input_divides_as_the_generator_wrote_it() {
    const TABLE: [&str; 3] = ["file", "sheet", "kind"];
    const EXACT: [&str; 5] = ["record_rows", "continuation", "duplicates", "headings", "totals"];
    let ledger: BTreeMap<[&str; 3], Row<'_>> =
        demo().ledger.rows().filter(|line| line.get("block") != "0").map(|line| (line.key(TABLE), line)).collect();
    let truth = truth("ledger.csv");
    let mut wrong = Vec::new();
    for known in truth.rows() {
        let Some(line) = ledger.get(&known.key(TABLE)) else {
            wrong.push(format!("{}\n    no such table", known.text()));
            continue;
        };
        // Blank rows before the signatures count too; the generator gives those among the rows only.
        let same = EXACT.into_iter().all(|column| known.count(column) == line.count(column))
            && line.count("blanks") >= known.count("blanks")
            && line.count("rejected") == 0
            && line.count("unrecognised") == 0;
        if !same {
            wrong.push(format!("{}\n    found {}", known.text(), line.text()));
        }
    }
    let known: BTreeSet<[&str; 3]> = truth.rows().map(|line| line.key(TABLE)).collect();
    wrong.extend(ledger.keys().filter(|table| !known.contains(*table)).map(|table| format!("{table:?}: not written")));
    assert!(truth.len() > 100, "the truth has shrunk to {} tables", truth.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_of_the_input_ends_in_exactly_one_place() {
    const PARTS: [&str; 9] = [
        "record_rows",
        "continuation",
        "rejected",
        "duplicates",
        "headings",
        "totals",
        "notes",
        "blanks",
        "unrecognised",
    ];
    let mut rows = 0;
    for line in demo().ledger.rows() {
        let sum: u64 = PARTS.into_iter().map(|column| line.count(column)).sum();
        assert_eq!(line.count("rows"), sum, "{}", line.text());
        rows += sum;
    }
    assert_eq!(demo().summary["rows"], rows, "the summary speaks of other rows than the ledger");
}

#[test]
fn the_planted_errors_are_found_at_their_cells_and_hardly_anything_else() {
    const PLACE: [&str; 4] = ["file", "sheet", "cell", "code"];
    let problems: BTreeSet<[&str; 4]> = demo().problems.rows().map(|problem| problem.key(PLACE)).collect();
    let planted = truth("planted.csv");
    let planted: BTreeSet<[&str; 4]> = planted.rows().map(|plant| plant.key(PLACE)).collect();
    let missed: Vec<_> = planted.difference(&problems).collect();
    assert!(missed.is_empty(), "planted and not found: {missed:#?}");
    assert!(planted.len() >= 40, "only {} are planted", planted.len());
    let others: Vec<[&str; 4]> = problems.difference(&planted).copied().collect();
    assert_eq!(others, WHAT_FOLLOWS_FROM_THEM);
    let rows = demo().problems.len();
    assert_eq!(rows, problems.len(), "the same problem stands twice");
}

/// The file in GB18030; three cases whose planted date of receipt is no date: their month is that of the sheet; and a case of
/// June that was sent again at the head of the third quarter, whose file comes first.
const WHAT_FOLLOWS_FROM_THEM: [[&str; 4]; 5] = [
    ["云栖苑/投诉/2025年三季度投诉登记.xlsx", "Sheet1", "B3", "other_month"],
    ["翠湖花园/2025年2月投诉记录.xlsx", "投诉记录", "B6", "period_from_title"],
    ["翠湖花园/2025年报修登记.xlsx", "4月", "B14", "period_from_title"],
    ["锦绣天城/2025年上半年报修导出.csv", "", "", "encoding_guessed"],
    ["锦绣天城/锦绣天城2025年投诉台账.xlsx", "3月", "B12", "period_from_title"],
];

#[test]
fn nothing_in_the_demonstration_is_set_aside_but_duplicates() {
    let duplicates: u64 = demo().ledger.rows().map(|line| line.count("duplicates")).sum();
    assert_eq!(demo().summary["rows_set_aside"], duplicates);
    assert_eq!(demo().summary["files_set_aside"], 0);
    assert_eq!(demo().summary["sheets_unknown"], 0);
    assert_eq!(demo().summary["withheld"], serde_json::json!([]));
    assert_eq!(demo().summary["as_of"], "2025-12-31");
}

#[test]
fn the_demonstration_is_as_large_and_as_varied_as_promised() {
    let files = tree::files_of(&input());
    let books: Vec<&String> = files.keys().filter(|path| !path.ends_with("manyi.toml")).collect();
    assert!((40..=50).contains(&books.len()), "{} files", books.len());
    for ending in [".xlsx", ".xls", ".ods", ".csv"] {
        assert!(books.iter().any(|path| path.ends_with(ending)), "no {ending}");
    }
    assert!(files.iter().any(|(path, bytes)| path.ends_with(".csv") && std::str::from_utf8(bytes).is_err()), "GB18030");
    let records: u64 = demo().ledger.rows().map(|line| line.count("record_rows")).sum();
    assert!((5_000..=9_000).contains(&records), "{records} rows");
}

#[test]
fn one_of_six_communities_is_small_and_one_is_new() {
    let listed = |field: Field| -> Vec<String> {
        let cells = cells_of(&input()).into_iter().filter(|cell| cell.kind == KindId::Community && cell.field == field);
        cells.map(|cell| cell.text).collect()
    };
    let communities = listed(Field::Community);
    assert_eq!(communities.len(), 6, "{communities:?}");
    let households: Vec<f64> = listed(Field::Households).iter().map(|text| text.parse().unwrap()).collect();
    assert_eq!(households.iter().filter(|number| **number <= 300.0).count(), 1, "{households:?}");
    let moved_in: Vec<String> = listed(Field::MovedIn).iter().map(|text| text.chars().take(10).collect()).collect();
    assert_eq!(moved_in.len(), 6);
    assert_eq!(moved_in.iter().filter(|date| date.as_str() > "2020-12-31").count(), 1, "{moved_in:?}");
    let scopes: BTreeSet<&str> = demo()
        .facts
        .rows()
        .filter(|fact| fact.get("scope") == "community" && fact.get("metric") == "complaint.received")
        .map(|fact| fact.get("scope_name"))
        .collect();
    assert_eq!(scopes, communities.iter().map(String::as_str).collect());
}
