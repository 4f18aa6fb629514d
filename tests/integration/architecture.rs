//! The order of the stages, read from the `use` lines: a stage uses itself and earlier ones.

use std::collections::BTreeSet;

use crate::rust_source::{Source, sources};

/// The base modules and the stages, each after all that it may use. `pipeline`, `preview`, `cli` and `fuzzing` use all.
const ORDER: [&str; 22] = [
    "origin",
    "moment",
    "step",
    "problem",
    "ledger",
    "config",
    "read",
    "normalise",
    "recognise",
    "records",
    "clock",
    "profile",
    "stats",
    "metrics",
    "seal",
    "report",
    "render",
    "publish",
    "pipeline",
    "preview",
    "cli",
    "fuzzing",
];

/// Modules that read or write files of the user.
const OWNERS_OF_FILES: [&str; 6] =
    ["config/", "read/", "seal/folder.rs", "render/mod.rs", "publish/", "pipeline/sources.rs"];

/// Longest file, by the habits of the project.
const LONGEST: usize = 600;

/// How many of them are base modules and stages.
const STAGES: usize = ORDER.len() - 4;

fn place(stage: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == stage)
}

#[test]
fn no_stage_uses_a_later_one() {
    let mut wrong = Vec::new();
    let mut arrows = 0;
    for source in sources().iter().filter(|source| !["lib.rs", "main.rs"].contains(&source.path.as_str())) {
        let from = source.stage();
        let own = place(from).unwrap_or_else(|| panic!("{} is of no stage: give it its place", source.path));
        for path in source.used() {
            // What is no stage is a name such as `crate::Error`.
            let Some(to) = path.split("::").next().and_then(place) else { continue };
            arrows += usize::from(to != own);
            if to > own {
                wrong.push(format!("src/{}: {from} uses {path}, which comes later", source.path));
            }
        }
    }
    assert!(arrows > 200, "only {arrows} arrows were found: the reading of the source is broken");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_lists_its_modules_in_the_order_of_the_pipeline() {
    let library = sources().into_iter().find(|source| source.path == "lib.rs").unwrap();
    // A module with a body is documentation.
    let modules = library.code.split(';').filter(|item| !item.contains('{'));
    let modules: Vec<&str> =
        modules.filter_map(|item| item.split_whitespace().skip_while(|word| *word != "mod").nth(1)).collect();
    assert_eq!(modules[..STAGES], ORDER[..STAGES]);
    assert_eq!(modules.iter().collect::<BTreeSet<_>>(), ORDER.iter().collect());
}

#[test]
fn only_the_reader_touches_the_spreadsheet_crate() {
    let touching = |source: &&Source| source.code.contains("calamine");
    let stages: BTreeSet<String> = sources().iter().filter(touching).map(|source| source.stage().to_owned()).collect();
    assert_eq!(stages, ["read".to_owned()].into());
}

#[test]
fn only_those_that_own_files_touch_the_file_system() {
    let touches = |code: &str| ["std::fs", "fs::", "File::"].iter().any(|word| code.contains(word));
    for source in sources().iter().filter(|source| touches(&source.code)) {
        let owns = OWNERS_OF_FILES.iter().any(|owner| source.path.starts_with(owner));
        assert!(owns, "src/{} touches the file system", source.path);
    }
}

#[test]
fn no_module_asks_the_clock_of_the_machine_or_its_environment() {
    for source in sources() {
        for word in ["SystemTime", "Local::now", "Utc::now", "Instant::now", "env::var"] {
            let asks = source.code.contains(word);
            assert!(!asks, "src/{}: {word}; a run depends on its input and settings alone", source.path);
        }
    }
}

#[test]
fn no_file_is_longer_than_six_hundred_lines() {
    let long: Vec<String> =
        sources().into_iter().filter(|source| source.lines > LONGEST).map(|source| source.path).collect();
    assert!(long.is_empty(), "over {LONGEST} lines: {long:?}");
}

#[test]
fn the_program_itself_is_thin() {
    let program = sources().into_iter().find(|source| source.path == "main.rs").unwrap();
    assert!(program.lines < 60, "{} lines", program.lines);
}
