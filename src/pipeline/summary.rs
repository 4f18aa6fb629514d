//! What a run tells at its end.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::{AsOf, as_of_date};
use crate::ledger::Ledger;
use crate::origin::SourceSheet;
use crate::problem::{Code, Language, Problem, Severity};
use crate::seal::compare::Restated;

/// The summary of a run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// Files found.
    pub files: usize,
    /// Files of which nothing could be read.
    pub files_set_aside: usize,
    /// Sheets of no known kind.
    pub sheets_unknown: usize,
    /// Rows of all sheets.
    pub rows: u64,
    /// Rows that became records.
    pub record_rows: u64,
    /// Rows set aside: duplicates, rejected and unrecognised ones.
    pub rows_set_aside: u64,
    /// Problems by severity.
    pub problems: BTreeMap<&'static str, usize>,
    /// The as-of date.
    pub as_of: String,
    /// File, sheet and row that set it.
    pub as_of_set_by: Option<String>,
    /// Facts.
    pub facts: usize,
    /// Pages written.
    pub pages: usize,
    /// Periods asked for that have no page.
    pub without_page: Vec<String>,
    /// Pages for the wall that were withheld, and why.
    pub withheld: Vec<String>,
    /// Texts left out of pages for the wall, and why.
    pub left_out: Vec<String>,
    /// Periods that were sealed, with how many of their facts moved.
    pub sealed: BTreeMap<String, usize>,
    /// Seals that cannot be used, and why.
    pub seals_unusable: Vec<String>,
    /// Where to begin reading.
    pub index: Option<PathBuf>,
}

impl Summary {
    /// Counts.
    #[must_use]
    pub fn of(files: &[String], sources: &[SourceSheet], ledger: &Ledger, problems: &[Problem], as_of: &AsOf) -> Self {
        let mut summary = Self { files: files.len(), as_of: as_of_date(as_of.moment), ..Self::default() };
        for line in &ledger.lines {
            summary.rows += line.rows.rows;
            summary.record_rows += line.rows.record_rows;
            summary.rows_set_aside += line.rows.duplicates + line.rows.rejected + line.rows.unrecognised;
        }
        for problem in problems {
            *summary.problems.entry(problem.code.wording().severity.word()).or_default() += 1;
            match problem.code {
                Code::FileUnreadable
                | Code::FileEncrypted
                | Code::FileUnsupported
                | Code::FileTooLarge
                | Code::FileTooSlow => {
                    summary.files_set_aside += 1;
                }
                Code::SheetUnknown | Code::SheetFailed => summary.sheets_unknown += 1,
                _ => {}
            }
        }
        summary.as_of_set_by = as_of.set_by.and_then(|(source, row)| {
            let sheet = sources.get(source as usize)?;
            let file = files.get(sheet.file as usize)?;
            Some(format!(
                "{file}{}{}#{}",
                if sheet.sheet.is_empty() { "" } else { "!" },
                sheet.sheet,
                u64::from(row) + 1
            ))
        });
        summary
    }

    /// Tells what became of sealed periods.
    pub fn tell_seals(&mut self, restated: &Restated) {
        self.sealed = restated.periods.iter().map(|of| (of.period.to_string(), of.moved.len())).collect();
        self.seals_unusable = restated.unusable.iter().map(|(period, fault)| format!("{period}: {fault}")).collect();
    }

    /// Whether anything was set aside, rows, sheets, files or pages, or a sealed number moved.
    #[must_use]
    pub fn sets_aside(&self) -> bool {
        let errors = self.problems.get(Severity::Error.word()).copied().unwrap_or(0);
        let is_sealed_as_it_was = self.seals_unusable.is_empty() && self.sealed.values().all(|moved| *moved == 0);
        self.rows_set_aside > 0
            || errors > 0
            || !self.withheld.is_empty()
            || !self.left_out.is_empty()
            || !is_sealed_as_it_was
    }

    /// What became of sealed periods, in words.
    fn tell_sealed(&self, text: &mut String, language: Language) {
        let moved: Vec<String> = self
            .sealed
            .iter()
            .filter(|(_, moved)| **moved > 0)
            .map(|(period, moved)| format!("{period} ({moved})"))
            .collect();
        // Writing to a string cannot fail.
        let _ = match (language, self.sealed.len(), moved.is_empty()) {
            (_, 0, _) => Ok(()),
            (Language::Zh, n, true) => writeln!(text, "已封存 {n} 期，数字都没有变"),
            (Language::En, n, true) => writeln!(text, "Sealed periods: {n}; no number moved"),
            (Language::Zh, n, false) => writeln!(
                text,
                "已封存 {n} 期；数字有变的（括号里是变了几个）：{}；哪些行引起，见 quality/restated.html 和 data/restated.csv",
                moved.join("、")
            ),
            (Language::En, n, false) => writeln!(
                text,
                "Sealed periods: {n}; numbers moved in {}; the rows that moved them: quality/restated.html and data/restated.csv",
                moved.join(", ")
            ),
        };
        for seal in &self.seals_unusable {
            let _ = match language {
                Language::Zh => writeln!(text, "封存不能用，没有核对：{seal}"),
                Language::En => writeln!(text, "Seal unusable and not compared: {seal}"),
            };
        }
    }

    /// The summary in words.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        let count = |severity: Severity| self.problems.get(severity.word()).copied().unwrap_or(0);
        let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        let set_by = self.as_of_set_by.as_deref().unwrap_or("");
        // Writing to a string cannot fail.
        let _ = match language {
            Language::Zh => writeln!(
                text,
                "读取 {} 个文件、{} 行；计入 {} 行，未计入 {} 行；问题：错误 {errors}、警告 {warnings}、提示 {notes}",
                self.files, self.rows, self.record_rows, self.rows_set_aside,
            ),
            Language::En => writeln!(
                text,
                "Read {} files, {} rows; {} rows counted, {} set aside; problems: {errors} errors, {warnings} warnings, {notes} notes",
                self.files, self.rows, self.record_rows, self.rows_set_aside,
            ),
        };
        // Where nothing was counted nothing says up to when.
        if self.record_rows > 0 {
            let set_by = match (set_by, language) {
                ("", _) => String::new(),
                (row, Language::Zh) => format!("（由 {row} 行定出）"),
                (row, Language::En) => format!(" (set by row {row})"),
            };
            let _ = match language {
                Language::Zh => writeln!(text, "统计截止 {} 24:00{set_by}", self.as_of),
                Language::En => writeln!(text, "As of {} 24:00{set_by}", self.as_of),
            };
        }
        for period in &self.without_page {
            let _ = match language {
                Language::Zh => {
                    writeln!(text, "{period} 没有页面：分析按月、调查报告按半年；这一时期的数字在 data/facts.csv 里")
                }
                Language::En => writeln!(
                    text,
                    "No page for {period}: analyses are monthly, survey reports half-yearly; its numbers are in data/facts.csv"
                ),
            };
        }
        self.tell_sealed(&mut text, language);
        for page in &self.withheld {
            let _ = match language {
                Language::Zh => writeln!(text, "公示页未生成：{page}"),
                Language::En => writeln!(text, "Page withheld from the wall: {page}"),
            };
        }
        for left in &self.left_out {
            let _ = match language {
                Language::Zh => writeln!(text, "公开信中没有印出的承诺：{left}"),
                Language::En => writeln!(text, "Promise left out of an open letter: {left}"),
            };
        }
        if let Some(index) = &self.index {
            let _ = match language {
                Language::Zh => {
                    writeln!(text, "生成 {} 个页面、{} 条数据\n请打开 {}", self.pages, self.facts, index.display())
                }
                Language::En => {
                    writeln!(text, "Made {} pages and {} facts\nOpen {}", self.pages, self.facts, index.display())
                }
            };
        }
        text
    }
}
