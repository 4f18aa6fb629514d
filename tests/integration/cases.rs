//! The layouts that service centers send: one folder under `tests/cases/` each, with the input as text and what a clerk expects
//! of it. The expected tables are written by hand from the description, never taken from the program.
//!
//! A folder holds `case.toml` (see [`described`]), `records.csv`, `ledger.csv` and `problems.csv`. Each expected table is compared
//! in the columns that it names, so it names those that matter for the layout; all rows count, records and ledger in their
//! order. A case may be sent in several formats; `problems-csv.csv` goes before `problems.csv` for the one of that name.
//! Folders named `profile-…` show procedures at work, see [`profiles`].

mod build;
mod compare;
mod described;
mod lines;
mod profiles;

use std::path::{Path, PathBuf};

use manyi::pipeline::{Extent, RunError, Settings, Silent};
use manyi::problem::Language;

use crate::demo_run::root;
use crate::tree;
use compare::Grid;
use described::{Described, Format};

/// Runs a case in each of its formats and compares what came out.
#[track_caller]
fn check(name: &str) {
    let folder = root().join("tests/cases").join(name);
    let described = Described::read(&folder.join("case.toml"));
    let mut differences = Vec::new();
    for format in &described.formats {
        let ran = match Ran::of(&described, *format, &folder) {
            Ok(ran) => ran,
            Err(error) => {
                differences.push(format!("{} (as {}): {error}", folder.display(), format.word()));
                continue;
            }
        };
        for (table, found) in [("records", ran.records()), ("ledger", ran.data("ledger")), ("problems", ran.problems())]
        {
            let expected = expected_at(&folder, table, *format);
            differences.extend(compare::difference(&expected, &found, *format, table == "problems"));
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// Writes the input of a case, in the first of its formats.
pub(crate) fn write_input(name: &str, input: &Path) {
    let folder = root().join("tests/cases").join(name);
    let described = Described::read(&folder.join("case.toml"));
    write_files(&described, described.formats[0], &folder, input);
}

fn write_files(described: &Described, format: Format, folder: &Path, input: &Path) {
    for profile in profiles::own_profiles(folder) {
        tree::write(&input.join(profile.file_name().unwrap()), &std::fs::read(&profile).unwrap());
    }
    if let Some(config) = &described.manyi {
        tree::write(&input.join("manyi.toml"), config.as_bytes());
    }
    for file in &described.files {
        tree::write(&input.join(format.name_of(&file.name)), &build::bytes(file, format));
    }
}

/// `problems-csv.csv` where there is one, else `problems.csv`.
fn expected_at(folder: &Path, table: &str, format: Format) -> PathBuf {
    let own = folder.join(format!("{table}-{}.csv", format.word()));
    if own.is_file() { own } else { folder.join(format!("{table}.csv")) }
}

/// Data and records, no pages.
pub(crate) fn settings(input: PathBuf, output: PathBuf) -> Settings {
    Settings {
        input,
        output,
        config: None,
        profiles: Vec::new(),
        periods: Vec::new(),
        as_of: None,
        language: Language::Zh,
        templates: None,
        records: true,
        extent: Extent::Data,
        worker: None,
    }
}

/// A case as the program read it.
struct Ran {
    folder: tempfile::TempDir,
}

impl Ran {
    fn of(described: &Described, format: Format, described_in: &Path) -> Result<Self, RunError> {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("input");
        write_files(described, format, described_in, &input);
        let settings = settings(input, folder.path().join("output"));
        manyi::pipeline::run(&settings, &Silent)?;
        Ok(Self { folder })
    }

    fn data(&self, table: &str) -> Grid {
        Grid::read(&self.file_of(table))
    }

    fn has_data(&self, table: &str) -> bool {
        self.file_of(table).is_file()
    }

    fn file_of(&self, table: &str) -> PathBuf {
        self.folder.path().join("output/data").join(format!("{table}.csv"))
    }

    fn problems(&self) -> Grid {
        self.data("problems")
    }

    /// All records as one table: by kind, then by period, each in the order of its file.
    fn records(&self) -> Grid {
        let below = self.folder.path().join("output/data/records");
        let mut all = Grid::default();
        for kind in ["complaint", "repair", "callback", "survey-form", "survey-answer"] {
            let folder = below.join(kind);
            let names = if folder.is_dir() { tree::files_of(&folder) } else { std::collections::BTreeMap::new() };
            for name in names.keys() {
                all.append(kind, &Grid::read(&folder.join(name)));
            }
        }
        all
    }
}

macro_rules! layouts {
    ($( $test:ident $folder:literal ; )*) => {
        const LAYOUTS: &[&str] = &[ $( $folder, )* ];
        $( #[test] fn $test() { check($folder); } )*
    };
}

layouts! {
    titles_and_unit_lines_stand_above_the_header "01-titles-above";
    headers_of_two_rows "02-two-header-rows";
    headers_of_three_rows "03-three-header-rows";
    headers_of_four_rows "04-four-header-rows";
    the_callback_form_with_ticks_per_dimension "05-callback-form-ticks";
    the_callback_form_with_ratings_per_dimension "05-callback-form-rated";
    ticks_stand_under_the_options "06-ticks-under-options";
    a_survey_is_ticked_under_the_options "06-survey-ticks";
    headers_hold_line_breaks_and_blanks "07-line-breaks-in-headers";
    tables_stand_one_under_the_other "08-tables-stacked";
    tables_of_one_kind_stand_side_by_side "09-side-by-side-one-kind";
    tables_of_two_kinds_stand_side_by_side "09-side-by-side-two-kinds";
    headers_are_printed_again_on_each_page "10-headers-repeated";
    totals_and_subtotals_stand_between "11-totals-and-subtotals";
    notes_and_signatures_stand_below "12-notes-and-signatures";
    blank_rows_and_columns_stand_between "13-blanks-between";
    some_rows_columns_and_sheets_are_hidden "14-hidden";
    the_monthly_matrix_of_callbacks "15-callback-month-matrix";
    months_stand_across_with_ratings_below "16-months-across-ratings";
    months_stand_across_with_counts_below "16-months-across-counts";
    the_export_of_a_survey_is_wide "17-wide-survey-export";
    several_answers_are_joined_or_one_hot "18-multi-select";
    questions_were_skipped "19-skipped-questions";
    answers_were_tallied "20-tallied-forms";
    each_month_has_a_sheet "21-sheet-per-month";
    each_respondent_has_a_sheet "22-sheet-per-respondent";
    each_complaint_has_a_slip "22-complaint-slips";
    community_cells_are_merged_downwards "23-merged-communities";
    headers_are_repeated_or_blank "24-duplicate-and-blank-headers";
    units_stand_in_the_header "25-units-in-headers";
    there_is_no_header_at_all "26-no-header";
    the_words_are_traditional "27-traditional";
    the_words_are_english "28-english";
    procedures_ask_for_more_than_common_registers "29-further-moments-and-amounts";
    survey_forms_bear_room_and_date "30-survey-with-rooms";
}

#[test]
fn every_layout_has_a_test_and_every_number_a_layout() {
    let folders: std::collections::BTreeSet<String> = std::fs::read_dir(root().join("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|folder| !folder.starts_with("profile-"))
        .collect();
    assert_eq!(folders, LAYOUTS.iter().map(|folder| (*folder).to_owned()).collect());
    for number in 1..=30 {
        let mark = format!("{number:02}-");
        assert!(folders.iter().any(|folder| folder.starts_with(&mark)), "no layout {mark}");
    }
}
