//! A case as `case.toml` describes it: files, sheets, and rows of cells.
//!
//! A text is a text; a TOML number is a number; a TOML date, time or both is a date cell of a workbook (in a text file it is
//! written as people print it); `true` is a truth value; `""` is a blank cell.

use std::path::Path;

use serde::Deserialize;

/// A case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Described {
    /// The text of `manyi.toml`, where one is needed.
    pub(super) manyi: Option<String>,
    /// Formats in which the case is sent.
    #[serde(default = "workbook")]
    pub(super) formats: Vec<Format>,
    #[serde(rename = "file")]
    pub(super) files: Vec<File>,
    /// Clauses of a procedure that give no number of a run.
    #[serde(default)]
    pub(super) covered_elsewhere: Vec<CoveredElsewhere>,
}

/// A clause that gives no number of a run, and where it is shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CoveredElsewhere {
    pub(super) clause: String,
    pub(super) by: String,
}

fn workbook() -> Vec<Format> {
    vec![Format::Xlsx]
}

/// How the files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// A workbook, which tells merged ranges and what is hidden.
    Xlsx,
    /// Text in UTF-8, which tells neither.
    Csv,
    /// Text in GB18030.
    Gb18030,
    /// Text with tabs.
    Tsv,
    /// A table for browsers, named .xls.
    Html,
}

impl Format {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Gb18030 => "gb18030",
            Self::Tsv => "tsv",
            Self::Html => "html",
        }
    }

    /// Whether sheets have names.
    pub(super) fn names_sheets(self) -> bool {
        self == Self::Xlsx
    }

    /// The name of a file in this format.
    pub(super) fn name_of(self, name: &str) -> String {
        let ending = match self {
            Self::Xlsx => return name.to_owned(),
            Self::Csv | Self::Gb18030 => "csv",
            Self::Tsv => "tsv",
            Self::Html => "xls",
        };
        name.strip_suffix("xlsx").map_or_else(|| name.to_owned(), |stem| format!("{stem}{ending}"))
    }
}

/// A file below the input folder; its name ends in `.xlsx`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) name: String,
    #[serde(rename = "sheet")]
    pub(super) sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sheet {
    #[serde(default = "first_sheet")]
    pub(super) name: String,
    #[serde(default)]
    pub(super) hidden: bool,
    /// Merged ranges: `A1:C2`.
    #[serde(default)]
    pub(super) merges: Vec<String>,
    /// Numbers of hidden rows, from 1.
    #[serde(default)]
    pub(super) hidden_rows: Vec<u32>,
    /// Letters of hidden columns.
    #[serde(default)]
    pub(super) hidden_columns: Vec<String>,
    pub(super) rows: Vec<Vec<toml::Value>>,
}

fn first_sheet() -> String {
    "Sheet1".to_owned()
}

impl Described {
    pub(super) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}
