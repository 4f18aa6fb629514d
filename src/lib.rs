//! `manyi` (满意) turns the spreadsheets that service centers fill in into the analyses that management signs and the notices
//! that residents read. One batch program, one direction of flow:
//!
//! ```text
//! input/** ─read─▶ sheets ─recognise─▶ tables ─▶ records ─measure─▶ facts ─compose─▶ pages ─render─▶ html ─publish─▶ output/
//!                                └────────── ledger + problems ──────────┘
//! ```
//!
//! The stages, in their order. A stage may use those before it and the base modules, never one behind it; only [`pipeline`]
//! calls them all. A test reads the `use` lines and fails when an arrow runs backwards.
//!
//! 1. [`read`]: bytes → sheets. The kind of a file is told by its content; the only place that touches the spreadsheet crate.
//! 2. [`normalise`]: one text or number → one typed value, or "cannot be read". Pure parsers.
//! 3. [`recognise`]: sheets → tables: what kind, where the header is, what each column means, what the surroundings say.
//!    One file a kind of table, under `recognise/kinds/`; one file a layout that is no plain table, under `recognise/layout/`:
//!    it is set out anew as a view of the sheet whose cells keep where they came from, and then read as any other table.
//! 4. [`records`]: tables → the one shape that all later stages rely on. Every row ends in one place of the [`ledger`]; what
//!    could not be taken as it stands is a [`problem`]; the same row sent twice is set aside; rows are checked beside other rows.
//! 5. [`clock`]: moments + each community's calendar → working time and due moments, in constant time whatever the span.
//! 6. [`profile`]: a written procedure as data: classes, deadlines, scales, targets, each with its clause.
//! 7. [`stats`]: quantiles and intervals, each citing its source.
//! 8. [`metrics`]: records + profile → facts. A case's outcome on a deadline is computed once, as a code; rates are counts of
//!    codes. One file a metric. Every number on every page is one row of the table of facts. A subject hands its frames and
//!    metrics to a taker: one makes facts, another finds the rows behind a fact, so that no metric is defined twice.
//! 9. [`seal`]: the facts of a published period, with a print of each of its records, are kept beside the config; what moved in
//!    a sealed period since, and the rows that moved it.
//! 10. [`report`]: facts + ledger → page models: finished words, chart geometry, links. The only place that rounds.
//! 11. [`render`]: page models → HTML by templates that do no arithmetic; the data files.
//! 12. [`publish`]: rendered files → `output/`, whole or not at all.
//!
//! The base modules: [`origin`] (file, sheet, cell), [`moment`] (moments and periods), [`step`] (the moments of a case), [`problem`], [`ledger`], [`config`].
//! [`preview`] shows the output in the browser and runs the pipeline again when something has changed; [`cli`] is the command line.
//!
//! Four ideas hold it together: every number is a **fact**; the **ledger** balances or the run fails; a **procedure is data**,
//! so its numbers are never in code; the same input gives the **same bytes**, whatever the number of threads.
//!
//! The terms of the field, Chinese and English, stand in [`glossary`].

pub mod origin;
pub mod moment;
pub mod step;
pub mod problem;
pub mod ledger;
pub mod config;

pub mod read;
pub mod normalise;
pub mod recognise;
pub mod records;
pub mod clock;
pub mod profile;
pub mod stats;
pub mod metrics;
pub mod seal;
pub mod report;
pub mod render;
pub mod publish;

pub mod cli;
pub mod pipeline;
pub mod preview;

#[doc(hidden)]
pub mod fuzzing;

#[doc = include_str!("glossary.md")]
pub mod glossary {}
