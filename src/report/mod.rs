//! Facts + ledger → page models: what a page says. The only place that rounds.

use crate::ledger::Ledger;
use crate::metrics::fact::FactTable;
use crate::moment::{Period, Seconds};
use crate::origin::SourceSheet;
use crate::problem::{Language, Problem};
use crate::profile::Profiles;
use crate::records::community::Community;

/// All that pages are made of.
#[derive(Debug, Clone, Copy)]
pub struct ReportInput<'a> {
    /// Name of the company.
    pub organisation: &'a str,
    /// Every number.
    pub facts: &'a FactTable,
    /// Where every row went.
    pub ledger: &'a Ledger,
    /// What could not be taken as it stands, in the order of `problems.csv`.
    pub problems: &'a [Problem],
    /// Path of each input file below the input folder, by its number.
    pub files: &'a [String],
    /// Each sheet, by its number.
    pub sources: &'a [SourceSheet],
    /// The procedures in force.
    pub profiles: &'a Profiles,
    /// The communities, by id.
    pub communities: &'a [Community],
    /// The moment up to which events are counted (24:00 of a date).
    pub as_of: Seconds,
    /// Periods to make pages for; none: all.
    pub periods: Option<&'a [Period]>,
    /// Language of the pages.
    pub language: Language,
}

/// A page: where it goes, which template draws it, and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Path below the output folder, with `/`.
    pub path: String,
    /// Name of the template.
    pub template: &'static str,
    /// Whether it may hang on the wall: everything under `public/`.
    pub public: bool,
    /// Finished strings, chart geometry, links.
    pub model: serde_json::Value,
}
