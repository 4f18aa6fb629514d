//! Problems as a clerk works through them: file by file, what is the same together, the worst first, the totals at the end.

use std::collections::{BTreeMap, BTreeSet};

use super::aligned::columns;
use crate::origin::FileId;
use crate::pipeline::Outcome;
use crate::pipeline::grouped::{Group, grouped};
use crate::problem::{Language, Problem, Severity};

/// How many problems of one kind in one file are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// The first few.
    Bounded,
    /// Each.
    All,
}

/// Problems of one kind in one file that are listed where not all are.
const LISTED: usize = 5;

/// The problems of a run; empty where there are none.
pub(super) fn text(outcome: &Outcome, length: Length, language: Language) -> String {
    let mut by_file: BTreeMap<FileId, Vec<&Problem>> = BTreeMap::new();
    for problem in &outcome.problems {
        by_file.entry(outcome.sources[problem.source as usize].file).or_default().push(problem);
    }
    let mut lines = Vec::new();
    let mut is_cut = false;
    for (file, problems) in &by_file {
        lines.push(outcome.files[*file as usize].clone());
        for group in grouped(problems.iter().copied()) {
            let used = |problem: &&Problem| problem.used(&outcome.files, &outcome.sources, language);
            let shared = group.problems.first().map(used).unwrap_or_default();
            let is_shared = group.problems.iter().all(|problem| used(problem) == shared);
            lines.push(heading(&group, is_shared.then_some(shared.as_str()), language));
            let listed = if length == Length::All { group.problems.len() } else { LISTED };
            is_cut |= group.problems.len() > listed;
            lines.extend(group.problems.iter().take(listed).map(|problem| {
                let used = used(problem);
                line(problem, outcome, (!is_shared).then_some(used.as_str()))
            }));
            if group.problems.len() > listed {
                lines.push(format!("    … {}", group.problems.len() - listed));
            }
        }
        lines.push(String::new());
    }
    if !outcome.problems.is_empty() {
        lines.extend(totals(outcome, language));
    }
    if is_cut {
        let says = match language {
            Language::Zh => "每种只列出前几处；全部见 -v，或 manyi run 之后的 data/problems.csv 和退回的工作簿",
            Language::En => {
                "The first of each kind only; all by -v, or in data/problems.csv and the returned workbooks after manyi run"
            }
        };
        lines.push(says.to_owned());
    }
    lines.retain(|line| line.is_empty() || !line.trim().is_empty());
    lines.push(String::new());
    lines.join("\n")
}

fn severity(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Zh) => "错误",
        (Severity::Warning, Language::Zh) => "警告",
        (Severity::Note, Language::Zh) => "提示",
        (severity, Language::En) => severity.word(),
    }
}

/// What is wrong, how often, what is expected; what was used instead, where that is the same for all.
fn heading(group: &Group<'_>, used: Option<&str>, language: Language) -> String {
    let wording = group.code.wording();
    let (mark, title) = (severity(wording.severity, language), wording.title.in_language(language));
    let (count, expected) = (group.problems.len(), wording.expected.in_language(language));
    let used = used.map_or_else(String::new, |used| format!(" → {used}"));
    match language {
        Language::Zh => format!("  {mark} {title} {count} 处 [{}]；应为 {expected}{used}", wording.name),
        Language::En => format!("  {mark} {title}, {count} [{}]; expected {expected}{used}", wording.name),
    }
}

/// Where, what was found, and what was used where that is its own.
fn line(problem: &Problem, outcome: &Outcome, used: Option<&str>) -> String {
    let sheet = &outcome.sources[problem.source as usize].sheet;
    let place = match problem.cell {
        Some(cell) if sheet.is_empty() => cell.to_string(),
        Some(cell) => format!("{sheet}!{cell}"),
        None => sheet.clone(),
    };
    let used = used.map(|used| format!("→ {used}")).unwrap_or_default();
    let parts = [place.as_str(), &problem.found, &used];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("    {}", parts.join("  "))
}

/// All kinds of problem with how many there are, and in how many files.
fn totals(outcome: &Outcome, language: Language) -> Vec<String> {
    let (places, files) = match language {
        Language::Zh => ("处", "个文件"),
        Language::En => ("places", "files"),
    };
    let of_group = |group: &Group<'_>| {
        let wording = group.code.wording();
        let held: BTreeSet<FileId> =
            group.problems.iter().map(|problem| outcome.sources[problem.source as usize].file).collect();
        [
            severity(wording.severity, language).to_owned(),
            wording.title.in_language(language).to_owned(),
            format!("{:>6} {places}", group.problems.len()),
            format!("{:>4} {files}", held.len()),
        ]
    };
    let rows: Vec<[String; 4]> = grouped(&outcome.problems).iter().map(of_group).collect();
    columns(0, [8, 44, 16, 16], &rows)
}
