//! Every row behind a fact names its cells, and what stands there in the source is what the explanation says of it: in every layout
//! of `tests/cases`, and in the registers of every profile.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use manyi::config::Budget;
use manyi::metrics::explain::explanation::{CellSaid, Explanation, RowSaid};
use manyi::metrics::fact::FactKey;
use manyi::normalise::moment::{DateContext, Reading, is_ditto, parse, parse_time};
use manyi::normalise::rating::{self, Level};
use manyi::normalise::{duration, number};
use manyi::origin::CellAt;
use manyi::pipeline::explain::measured;
use manyi::pipeline::{Extent, Settings, Silent};
use manyi::read::sheet::{Sheet, Value};
use manyi::read::{self, TextOptions};

use crate::cases;
use crate::demo_run::{input, root};
use crate::tree;

/// The sheets of an input folder, by file and sheet.
struct Sources(BTreeMap<(String, String), Sheet>);

impl Sources {
    fn of(folder: &Path) -> Self {
        let mut sheets = BTreeMap::new();
        for path in tree::files_of(folder).into_keys().filter(|path| !path.ends_with(".toml")) {
            let options = TextOptions::default();
            let book = read::read_file(&folder.join(&path), &Budget::default(), options, None).book.unwrap();
            for sheet in book.sheets {
                let sheet = sheet.unwrap();
                sheets.insert((path.clone(), sheet.name.clone()), sheet);
            }
        }
        Self(sheets)
    }

    /// What stands in the cells that an explanation names.
    fn texts(&self, row: &RowSaid, cell: &CellSaid) -> Vec<String> {
        let (file, name) = if cell.file.is_empty() { (&row.file, &row.sheet) } else { (&cell.file, &cell.sheet) };
        let sheet = self.0.get(&(file.clone(), name.clone())).unwrap_or_else(|| panic!("no sheet {file} · {name}"));
        let text = |at: CellAt| sheet.numbered(at.row)?.get(at.col).map(|value: Value<'_>| value.written());
        cells_of(&cell.cell).into_iter().filter_map(text).collect()
    }
}

/// `B5+C5`, `D5:H5` → cells.
fn cells_of(text: &str) -> Vec<CellAt> {
    let at = |text: &str| {
        let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let col = letters.bytes().fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1);
        CellAt { row: text[letters.len()..].parse::<u32>().unwrap() - 1, col: col - 1 }
    };
    let range = |part: &str| match part.split_once(':') {
        Some((first, last)) => {
            let (first, last) = (at(first), at(last));
            let of_row = move |row| (first.col..=last.col).map(move |col| CellAt { row, col });
            (first.row..=last.row).flat_map(of_row).collect()
        }
        None => vec![at(part)],
    };
    text.split('+').filter(|part| !part.is_empty()).flat_map(range).collect()
}

/// Whether the texts of cells say a value.
fn say(texts: &[String], column: &str, value: &str) -> bool {
    // A ditto mark stands for the cell above it.
    if texts.iter().any(|text| is_ditto(text)) {
        return true;
    }
    let any = |holds: &dyn Fn(&str) -> bool| texts.iter().any(|text| holds(text));
    if column == "answers" {
        return !texts.is_empty();
    }
    if let Some(level) = Level::ALL.into_iter().find(|level| level.code() == value) {
        let by_wording = |text: &str| Level::parse(text) == Some(level);
        let of_five = |text: &str| rating::score(text).and_then(Level::of_five) == Some(level);
        let ticked = |text: &str| rating::mark(text).is_some();
        let from_list = |text: &str| rating::option_list(text) == Some(rating::Ticked::One(level));
        return any(&|text| by_wording(text) || of_five(text) || ticked(text) || from_list(text));
    }
    if value == "true" || value == "false" {
        return !texts.is_empty();
    }
    if let Reading::Moment(moment) = parse(value, DateContext::default()) {
        return says_moment(texts, value, moment.date_only);
    }
    let amount: f64 = value.trim_end_matches(" yuan").parse().unwrap_or_else(|_| panic!("{column} = {value}"));
    let near =
        |number: f64| [1.0, 1e3, 1e4].iter().any(|unit| (number * unit - amount).abs() < 1e-6 * amount.abs().max(1.0));
    any(&|text| number::parse(text).or_else(|| rating::score(text)).is_some_and(near))
}

fn says_moment(texts: &[String], value: &str, date_only: bool) -> bool {
    let context = |order| DateContext { year: value[..4].parse().ok(), month: value[5..7].parse().ok(), order };
    let orders = [None, Some(manyi::moment::DateOrder::Mdy), Some(manyi::moment::DateOrder::Dmy)];
    let read = |text: &str| -> Vec<String> {
        let readings = orders.into_iter().map(|order| parse(text, context(order)));
        readings
            .filter_map(|reading| match reading {
                Reading::Moment(moment) | Reading::Ambiguous(moment) => Some(Value::Moment(moment).written()),
                _ => None,
            })
            .collect()
    };
    let dates: Vec<String> = texts.iter().flat_map(|text| read(text)).collect();
    let says = |written: &String| written == value || date_only && written[..10] == value[..10];
    let with_time = || {
        let times = || texts.iter().filter_map(|text| parse_time(text));
        let time = |seconds: i64| format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        dates.iter().any(|date| date[..10] == value[..10]) && times().any(|seconds| value.ends_with(&time(seconds)))
    };
    // An end that was told by how long it took.
    let from_duration = || texts.iter().any(|text| duration::parse(text, Some(60.0)).is_some());
    // Moment and number of a case in one cell.
    let is_within = || texts.iter().any(|text| text.contains(value.trim_end_matches(":00")));
    dates.iter().any(says) || is_within() || with_time() || texts.len() == 1 && from_duration()
}

/// Rows and cells of a case that were looked at.
#[derive(Default)]
struct Seen {
    rows: usize,
    values: usize,
    columns: BTreeSet<&'static str>,
}

/// Every row behind every fact of a case.
fn check(case: &str) -> (Seen, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input");
    cases::write_input(case, &input);
    let settings = Settings { extent: Extent::Check, records: false, ..cases::settings(input.clone(), PathBuf::new()) };
    let of = measured(&settings, &Silent).unwrap_or_else(|error| panic!("{case}: {error}"));
    let sources = Sources::of(&input);
    let keys: BTreeSet<FactKey> = of.facts.all().iter().map(|fact| fact.key.clone()).collect();
    let explained = of.explain(&keys, usize::MAX).unwrap_or_else(|error| panic!("{case}: {error}"));
    let (mut seen, mut wrong) = (Seen::default(), BTreeSet::new());
    for explanation in explained.values() {
        check_rows(explanation, &sources, &mut seen, &mut wrong);
    }
    (seen, wrong.into_iter().map(|wrong| format!("{case}: {wrong}")).collect())
}

fn check_rows(explanation: &Explanation, sources: &Sources, seen: &mut Seen, wrong: &mut BTreeSet<String>) {
    for row in explanation.parts.iter().flat_map(|part| &part.rows) {
        seen.rows += 1;
        let place = || format!("{} {} · {} row {}", explanation.fact.metric, row.file, row.sheet, row.row);
        if row.cells.iter().all(|cell| cell.cell.is_empty()) {
            wrong.insert(format!("{}: no cell", place()));
        }
        for cell in &row.cells {
            seen.columns.insert(cell.column);
            let texts = sources.texts(row, cell);
            if cell.value.is_empty() {
                continue;
            }
            seen.values += 1;
            if cell.cell.is_empty() || !say(&texts, cell.column, &cell.value) {
                wrong.insert(format!("{}: {} {} = {}, there {texts:?}", place(), cell.column, cell.cell, cell.value));
            }
        }
    }
}

/// Folders below `tests/cases` for whose names this holds.
fn folders(keep: impl Fn(&str) -> bool) -> Vec<String> {
    let all = std::fs::read_dir(root().join("tests/cases")).unwrap();
    let mut names: Vec<String> = all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| keep(name));
    names.sort();
    names
}

#[track_caller]
fn assert_all(folders: &[String]) -> BTreeSet<&'static str> {
    let (mut columns, mut wrong) = (BTreeSet::new(), Vec::new());
    for folder in folders {
        let (seen, found) = check(folder);
        assert!(seen.rows > 0, "{folder}: nothing was explained");
        columns.extend(seen.columns);
        wrong.extend(found);
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    columns
}

#[test]
fn every_row_behind_a_fact_of_every_layout_names_cells_that_say_it() {
    let columns = assert_all(&folders(|name| !name.starts_with("profile-")));
    for column in ["received", "resolved", "called_back", "level", "answers", "count", "opinion"] {
        assert!(columns.contains(column), "{column} is not among {columns:?}");
    }
}

#[test]
fn every_row_behind_a_fact_of_every_profile_names_cells_that_say_it() {
    let columns = assert_all(&folders(|name| name.starts_with("profile-")));
    for column in ["done_on", "visited_on", "due_on", "issued", "occupied", "collected_until", "published", "place"] {
        assert!(columns.contains(column), "{column} is not among {columns:?}");
    }
}

#[test]
fn every_row_behind_a_fact_of_every_metric_of_the_demonstration_names_a_cell() {
    let settings = Settings {
        extent: Extent::Check,
        records: false,
        worker: Some(PathBuf::from(env!("CARGO_BIN_EXE_manyi"))),
        ..cases::settings(input(), PathBuf::new())
    };
    let of = measured(&settings, &Silent).unwrap_or_else(|error| panic!("{error}"));
    let mut by_metric: BTreeMap<&str, Vec<&FactKey>> = BTreeMap::new();
    for fact in of.facts.all() {
        by_metric.entry(&fact.key.metric).or_default().push(&fact.key);
    }
    // Two facts of each metric, by a stride that falls on other scopes and periods each time.
    let chosen = by_metric.values().flat_map(|keys| [1, 2].map(|nth| keys[nth * 7_919 % keys.len()].clone()));
    let mut rows = 0;
    for (key, explanation) in of.explain(&chosen.collect(), usize::MAX).unwrap() {
        for row in explanation.parts.iter().flat_map(|part| &part.rows) {
            rows += 1;
            assert!(row.cells.iter().any(|cell| !cell.cell.is_empty()), "{key:?}: {row:?}");
        }
    }
    assert!(rows > 1_000, "{rows} rows");
}

/// Case, metric, and cells that a reader of the sheet finds by eye.
const NAMED: &[(&str, &str, &[&str])] = &[
    ("06-survey-ticks", "survey.item_satisfied", &["level C3", "level H3", "level K3", "level D4", "level M4"]),
    ("06-survey-ticks", "survey.item_dissatisfied", &["level J4"]),
    ("08-tables-stacked", "repair.resolution.median", &["received B9", "resolved E9", "received B11"]),
    ("08-tables-stacked", "callback.satisfied_share", &["opinion E15"]),
    ("09-side-by-side-one-kind", "complaint.received", &["received C3", "received H3", "received C6", "received H5"]),
    ("15-callback-month-matrix", "callback.satisfied_share", &["opinion B4"]),
    ("16-months-across-ratings", "callback.satisfied_share", &["opinion B3", "opinion D3", "opinion C5"]),
    ("16-months-across-counts", "complaint.received", &["count C3", "count D4", "received B3"]),
    ("20-tallied-forms", "survey.answers", &["count C3", "count D4", "count F4"]),
    ("22-complaint-slips", "complaint.resolution.median", &["received D4", "resolved D7"]),
    ("22-sheet-per-respondent", "survey.item_satisfied", &["level B4", "level D4", "level B5"]),
    ("22-sheet-per-respondent", "survey.valid_forms", &["answers B4:D5"]),
    ("23-merged-communities", "repair.received", &["received B3", "received B5", "received B8"]),
    ("profile-survey-procedure", "survey.issue_rate", &["issued D3", "occupied C3"]),
];

#[test]
fn the_cells_of_each_layout_are_those_that_a_reader_finds() {
    let said = |case: &str, metric: &str| -> Vec<Explanation> {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("input");
        cases::write_input(case, &input);
        let settings = Settings { extent: Extent::Check, ..cases::settings(input, PathBuf::new()) };
        let of = measured(&settings, &Silent).unwrap();
        let keys = of.facts.all().iter().map(|fact| fact.key.clone()).filter(|key| &*key.metric == metric);
        of.explain(&keys.collect(), usize::MAX).unwrap().into_values().collect()
    };
    let cells = |said: &[Explanation]| -> BTreeSet<String> {
        let rows = said.iter().flat_map(|said| &said.parts).flat_map(|part| &part.rows);
        rows.flat_map(|row| &row.cells).map(|cell| format!("{} {}{}", cell.column, cell.file, cell.cell)).collect()
    };
    for (case, metric, expected) in NAMED {
        let found = cells(&said(case, metric));
        for cell in *expected {
            assert!(found.contains(*cell), "{case}: {cell} is not among {found:?}");
        }
    }
}
