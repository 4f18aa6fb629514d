//! Integration tests: the program from its input folder to its output folder.
//!
//! - [`demo`]: the demonstration input gives the numbers its generator knows to be true.
//! - [`contract`]: what the data files and the manifest promise to other programs.
//! - [`pages`]: every page is well formed, its links resolve, and nothing private hangs on the wall.
//! - [`workbooks`]: the workbook beside each page, held against it cell by cell.
//! - [`documents`]: the procedures' own forms, with numbers counted by hand.
//! - [`determinism`]: the same input gives the same bytes, whatever the threads, file names and order of creation.
//! - [`bad_input`], [`bad_files`], [`bad_config`]: one clear message each, and the previous output untouched.
//! - [`formats`], [`hostile`], [`corpus`]: what is read, what is refused and why.
//! - [`options`]: what the command line changes, and what it must not.
//! - [`problem_checks`]: what is said of cells and rows that cannot be taken as they stand, and what is counted all the same.
//! - [`profiles`]: procedures of a company's own, and communities under other ones than the rest.
//! - [`properties`]: facts do not depend on order, split or format of the rows; no row is ever lost.
//! - [`returned`], [`forms`]: what goes back to be mended, and what is filled in, is read again.
//! - [`init`]: a new working folder works as it is, and no other is touched.
//! - [`preview`]: the output in the browser, built again when a file changes; nothing but the output is served.
//! - [`rows`]: totals, notes and rows that report nothing are no records.
//! - [`cases`]: every layout that a service center sends gives the records that a clerk expects.
//! - [`clocks`]: what calendars of the config change in the facts.
//! - [`tallies`]: what counts stand for, and what they do not.
//! - [`seals`]: what moved in a sealed period, and the rows that moved it.
//! - [`properties_records`], [`properties_values`]: nor do records, and a printed value reads as the same value again.
//! - [`households`]: cases, callbacks and survey forms of one household are joined.
//! - [`inspect`]: what is told of how a sheet was understood, and that what is offered for pasting gives the same.
//! - [`cards`]: every figure of a page opens, and what its card says is what the fact says.
//! - [`explain`]: the rows behind a fact add up to it.
//! - [`fuzz_corpus`]: what the fuzzer found is replayed.
//! - [`architecture`]: no stage uses a later one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic that says why")]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the files of the project are written in small letters"
)]
#![allow(clippy::print_stderr, reason = "a test that cannot find its data says so")]

mod analyses;
mod architecture;
mod bad_config;
mod bad_files;
mod bad_input;
mod cards;
mod case;
mod cases;
mod clocks;
mod contract;
mod coverage;
mod corpus;
mod defects;
mod demo;
mod demo_run;
mod determinism;
mod documents;
mod duties;
mod explain;
mod explained_cells;
mod forms;
mod fuzz_corpus;
mod formats;
mod hostile;
mod households;
mod init;
mod input_cells;
mod inspect;
mod large;
mod opened_book;
mod options;
mod pages;
mod preview;
mod problem_checks;
mod profiles;
mod properties;
mod returned;
mod rows;
mod properties_records;
mod properties_values;
mod rust_source;
mod seals;
mod shown_number;
mod shown_page;
mod table;
mod tallies;
mod times;
mod tree;
mod vocabulary;
mod wall;
mod workbook;
mod workbooks;
