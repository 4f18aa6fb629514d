//! Procedures at work: a folder `tests/cases/profile-<name>/` for each profile, with numbers checked by hand.
//!
//! - `case.toml`: the input as in the other cases; its `manyi` says which profile rules what, and the as-of date. A clause that gives
//!   no number of a run is listed under `[[covered_elsewhere]]` with `clause` and `by`. Further `.toml` files of the folder are
//!   profiles of the company's own and are written beside the input's `manyi.toml`.
//! - `clauses.txt`: what the procedure asks, a line each: `clause | what it asks`.
//! - `README.md`: the check written out clause by clause: which rows, which moments, the arithmetic.
//! - `facts.csv`: numbers; each line must be one fact in the columns that are named. `scope` is `group` or the name of the
//!   community or department, `dimension` is `class=1` (two of them with a blank between). Without a column `profile` the
//!   profile of the folder is meant. The column `shows` lists the clauses that a line shows besides its own.
//! - `absent.csv`: facts that must not exist, in the columns that are named.
//! - any other `.csv`: lines of the data file of that name; `records.csv`, `ledger.csv` and `problems.csv` as in the other cases.
//!
//! The numbers are written by hand from the procedure, never taken from the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::compare::{self, Grid};
use super::described::{Described, Format};
use super::{Ran, lines};
use crate::demo_run::root;

/// Columns for the reader.
const ASIDE: [&str; 2] = ["shows", "why"];

fn folder_of(profile: &str) -> PathBuf {
    root().join("tests/cases").join(format!("profile-{profile}"))
}

/// Runs the case of a profile and looks for every line that was written by hand.
#[track_caller]
fn check(profile: &str) {
    let folder = folder_of(profile);
    let described = Described::read(&folder.join("case.toml"));
    let mut differences = uncovered(profile, &described);
    for format in &described.formats {
        match Ran::of(&described, *format, &folder) {
            Ok(ran) => differences.extend(differing(&folder, profile, &ran, *format)),
            Err(error) => differences.push(format!("as {}: {error}", format.word())),
        }
    }
    assert!(differences.is_empty(), "{}\n{}", folder.display(), differences.join("\n"));
}

fn differing(folder: &Path, profile: &str, ran: &Ran, format: Format) -> Vec<String> {
    let mut differences = Vec::new();
    for path in files_ending(folder, ".csv") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let expected = Grid::read(&path);
        differences.extend(match name.as_str() {
            "facts.csv" => lines::not_once(&name, &expected, &facts_for(&expected, profile, ran.data("facts")), &ASIDE),
            "absent.csv" => {
                lines::there_at_all(&name, &expected, &facts_for(&expected, profile, ran.data("facts")), &ASIDE)
            }
            "records.csv" => compare::difference(&path, &ran.records(), format, false).into_iter().collect(),
            "ledger.csv" => compare::difference(&path, &ran.data("ledger"), format, false).into_iter().collect(),
            "problems.csv" => compare::difference(&path, &ran.problems(), format, true).into_iter().collect(),
            _ if !ran.has_data(name.trim_end_matches(".csv")) => vec![format!("{name}: a run gives no such data file")],
            _ => lines::not_once(&name, &expected, &ran.data(name.trim_end_matches(".csv")), &ASIDE),
        });
    }
    differences
}

/// The facts with scope and dimension as the expected lines write them, of the folder's profile unless they name others.
fn facts_for(expected: &Grid, profile: &str, mut facts: Grid) -> Grid {
    let place = |column: &str| facts.columns.iter().position(|known| known == column).unwrap();
    let (of_profile, scope, scope_name) = (place("profile"), place("scope"), place("scope_name"));
    let dimensions = [("dimension", "dimension_value"), ("dimension2", "dimension2_value")];
    let dimensions = dimensions.map(|(name, value)| (place(name), place(value)));
    if !expected.columns.iter().any(|column| column == "profile") {
        facts.rows.retain(|row| row[of_profile] == profile);
    }
    for row in &mut facts.rows {
        if row[scope] != "group" && !row[scope_name].is_empty() {
            row[scope] = std::mem::take(&mut row[scope_name]);
        }
        let told = dimensions.iter().filter(|(name, _)| !row[*name].is_empty());
        row[dimensions[0].0] =
            told.map(|(name, value)| format!("{}={}", row[*name], row[*value])).collect::<Vec<_>>().join(" ");
    }
    facts
}

/// Clauses that nothing shows, that the README does not write out, or that stand somewhere and not on the list.
fn uncovered(profile: &str, described: &Described) -> Vec<String> {
    let folder = folder_of(profile);
    let read = |name: &str| {
        std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{profile}/{name}: {error}"))
    };
    let listed: BTreeSet<String> = clauses_of_list(&read("clauses.txt"));
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for path in files_ending(&folder, ".csv") {
        for clause in clauses_of_table(&Grid::read(&path)) {
            shown.insert(clause, path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    let mut wrong = Vec::new();
    for covered in &described.covered_elsewhere {
        assert!(!covered.by.is_empty(), "{profile}: where {} is shown", covered.clause);
        if let Some(table) = shown.insert(covered.clause.clone(), "case.toml".to_owned()) {
            wrong.push(format!("clause {} is shown by {table} and needs no [[covered_elsewhere]]", covered.clause));
        }
    }
    let readme = read("README.md");
    wrong.extend(
        listed
            .iter()
            .filter(|clause| !shown.contains_key(*clause))
            .map(|clause| format!("nothing shows clause {clause}")),
    );
    wrong.extend(
        listed
            .iter()
            .filter(|clause| !is_named(&readme, clause))
            .map(|clause| format!("README.md lacks clause {clause}")),
    );
    for (clause, place) in &shown {
        if !listed.contains(clause) {
            wrong.push(format!("{place} names clause {clause}, which clauses.txt does not list"));
        }
    }
    wrong.extend(
        clauses_of_profile(profile, &folder)
            .difference(&listed)
            .map(|clause| format!("the profile names clause {clause}, which clauses.txt does not list")),
    );
    wrong
}

/// The clauses of lines such as `4.3.2 | a response within 8 h`.
fn clauses_of_list(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            line.split_once('|')
                .unwrap_or_else(|| panic!("「{line}」 is not: clause | what it asks"))
                .0
                .trim()
                .to_owned()
        })
        .collect()
}

/// The clauses of a table of expected lines: the column `clause`, and those that a line `shows`.
fn clauses_of_table(table: &Grid) -> BTreeSet<String> {
    let places = table.columns.iter().enumerate().filter(|(_, column)| ["clause", "shows"].contains(&column.as_str()));
    let places: Vec<usize> = places.map(|(at, _)| at).collect();
    let cells = table.rows.iter().flat_map(|row| places.iter().filter_map(|at| row.get(*at)));
    cells.flat_map(|cell| parts(cell)).collect()
}

/// Every `clause` of the profile's own text.
fn clauses_of_profile(profile: &str, folder: &Path) -> BTreeSet<String> {
    let built_in = manyi::profile::load::BUILT_IN.iter().find(|(name, _)| *name == profile);
    let text = match built_in {
        Some((_, text)) => (*text).to_owned(),
        None => std::fs::read_to_string(folder.join(format!("{profile}.toml")))
            .unwrap_or_else(|error| panic!("{profile}: {error}")),
    };
    let mut clauses = BTreeSet::new();
    collect(&toml::from_str::<toml::Value>(&text).unwrap(), &mut clauses);
    clauses
}

fn collect(value: &toml::Value, clauses: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match value.as_str() {
                    Some(clause) if key == "clause" || key == "even_clause" => clauses.extend(parts(clause)),
                    _ => collect(value, clauses),
                }
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| collect(value, clauses)),
        _ => {}
    }
}

/// `4.4, 4.5` is two clauses.
fn parts(cell: &str) -> impl Iterator<Item = String> {
    cell.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned)
}

/// Whether a text names a clause, and not only a longer one.
fn is_named(text: &str, clause: &str) -> bool {
    let belongs = |c: char| c.is_ascii_alphanumeric() || c == '.';
    text.match_indices(clause).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(belongs);
        let mut after = text[at + clause.len()..].chars();
        let longer = match after.next() {
            Some('.') => after.next().is_some_and(|c| c.is_ascii_alphanumeric()),
            next => next.is_some_and(|c| c.is_ascii_alphanumeric()),
        };
        !before && !longer
    })
}

fn files_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

/// The company's own profiles of a case.
pub(super) fn own_profiles(folder: &Path) -> Vec<PathBuf> {
    files_ending(folder, ".toml").into_iter().filter(|path| path.file_name().unwrap() != "case.toml").collect()
}

#[test]
fn a_clause_is_named_where_no_longer_one_is_meant() {
    assert!(
        is_named("## 4.3.2 and so on", "4.3.2") && is_named("see 4.3.2.", "4.3.2") && is_named("(2)A forms", "(2)A")
    );
    assert!(!is_named("## 4.3.21", "4.3.2") && !is_named("14.3.2", "4.3.2") && !is_named("4.3.2.1", "4.3.2"));
}

macro_rules! procedures {
    ($( $test:ident $profile:literal ; )*) => {
        const SHOWN: &[&str] = &[ $( $profile, )* ];
        $( #[test] fn $test() { check($profile); } )*
    };
}

procedures! {
    // Property management: opinions, surveys and complaints.
    opinions_of_a_community "community-opinion";
    surveys_by_the_survey_procedure "survey-procedure";
    complaints_by_classes "complaint-classes";
    complaints_of_a_service_centre "service-center";
    complaints_dispatched_within_minutes "complaint-handling";
    complaints_valid_and_invalid "property-complaint";
    complaints_of_a_developer "developer-complaint";

    // Makers, services and trade.
    returns_to_a_manufacturer_are_contained_and_answered "quality-returns";
    complaints_on_drugs_are_answered_and_kept "drug-complaint";
    complaints_on_products_are_closed_at_home_and_overseas "product-complaint";
    inquiries_and_requests_come_by_all_channels "one-stop-service";
    complaints_and_opinions_against_yearly_targets "property-targets";
    contacts_after_the_sale_by_cause_and_quarter "after-sales";
    services_near_and_far_on_instruments "instrument-service";

    // Tenants, dealers, customers; a rule of a company's own.
    queries_and_complaints_about_products "product-queries";
    complaints_of_a_retailer "retail-complaint";
    visits_and_meetings_of_tenants "tenant-relations";
    complaints_of_a_car_dealer "dealer-complaint";
    customers_by_grade "customer-grading";
    satisfaction_once_a_year "satisfaction-yearly";
    a_rule_that_nobody_knew_in_toml_alone "hospital";
}

#[test]
fn every_built_in_procedure_has_a_case_checked_by_hand() {
    let missing: Vec<&str> = manyi::profile::load::BUILT_IN
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !folder_of(name).join("facts.csv").is_file() || !SHOWN.contains(name))
        .collect();
    assert!(missing.is_empty(), "no hand-checked case in tests/cases/profile-<name>/: {}", missing.join(", "));
    assert_eq!(manyi::profile::load::BUILT_IN.len(), 20);
}

#[test]
fn every_folder_of_a_profile_has_a_test() {
    let folders: BTreeSet<String> = files_ending(&root().join("tests/cases"), "")
        .iter()
        .filter_map(|path| path.file_name()?.to_str()?.strip_prefix("profile-").map(str::to_owned))
        .collect();
    assert_eq!(folders, SHOWN.iter().map(|profile| (*profile).to_owned()).collect());
}
