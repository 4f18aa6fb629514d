//! The list of documents: by year, a row for each kind, a link for each period.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::super::view::{Link, relative, scope_name};
use super::super::super::words::Words;
use super::super::super::{PageTask, ReportInput};
use super::super::KINDS;
use crate::metrics::fact::Scope;
use crate::moment::Period;

/// The documents of a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in super::super) struct YearOfDocuments {
    pub(in super::super) id: String,
    pub(in super::super) title: String,
    pub(in super::super) year: String,
    /// The latest stands open.
    pub(in super::super) open: bool,
    pub(in super::super) rows: Vec<DocumentRow>,
}

/// The documents of a kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in super::super) struct DocumentRow {
    pub(in super::super) title: String,
    /// Name of the kind, to filter by.
    pub(in super::super) kind: String,
    /// Which of them hang on the wall, in words; empty for management's.
    pub(in super::super) mark: String,
    pub(in super::super) links: Vec<Link>,
}

/// Name of a kind of page.
pub(in super::super) fn kind_name(words: &Words, template: &str) -> String {
    words.code("page", template.trim_end_matches(".html"))
}

/// Years, the latest first, rows in the order of the kinds, links by the end of the period, longer periods behind.
pub(in super::super) fn years<'t>(
    input: &ReportInput<'_>,
    (from, id): (&PageTask, &str),
    tasks: impl Iterator<Item = &'t PageTask>,
) -> Vec<YearOfDocuments> {
    type Row<'t> = (usize, String, &'t Scope);
    type Rows<'t> = BTreeMap<Row<'t>, Vec<(Period, &'t PageTask)>>;
    let words = input.words;
    let place = |task: &PageTask| KINDS.iter().position(|kind| kind.template == task.template()).unwrap_or(KINDS.len());
    let mut years: BTreeMap<i32, Rows<'t>> = BTreeMap::new();
    for task in tasks {
        let Some(period) = task.period else { continue };
        let name =
            if matches!(task.scope, Scope::Department(_)) { scope_name(input, &task.scope) } else { String::new() };
        let rows = years.entry(period.year()).or_default();
        rows.entry((place(task), name, &task.scope)).or_default().push((period, task));
    }
    let latest = years.keys().next_back().copied();
    let row = |((_, name, _), mut pages): (Row<'_>, Vec<(Period, &PageTask)>)| {
        pages.sort_by_key(|(period, _)| (period.months(), period.last_month()));
        let kind = pages.first().map(|(_, task)| kind_name(words, task.template())).unwrap_or_default();
        let is_public = pages.iter().any(|(_, task)| task.is_public());
        let title = if name.is_empty() {
            kind.clone()
        } else {
            words.say("index.of_department", &[("department", &name), ("kind", &kind)])
        };
        let link = |(period, task): &(Period, &PageTask)| Link {
            text: short(words, *period),
            href: relative(&from.path, &task.path),
        };
        let mark = if is_public { words.say("index.wall", &[]) } else { String::new() };
        DocumentRow { title, kind, mark, links: pages.iter().map(link).collect() }
    };
    years
        .into_iter()
        .rev()
        .map(|(year, rows)| YearOfDocuments {
            id: format!("{id}-{year}"),
            title: words.say("period.year", &[("year", &year.to_string())]),
            year: year.to_string(),
            open: latest == Some(year),
            rows: rows.into_iter().map(row).collect(),
        })
        .collect()
}

/// A period within its year.
fn short(words: &Words, period: Period) -> String {
    match period {
        Period::Month(_, month) => words.say(&format!("month_short.m{month}"), &[]),
        Period::Quarter(_, n) => words.say("index.quarter", &[("n", &n.to_string())]),
        Period::Half(_, 1) => words.say("index.first_half", &[]),
        Period::Half(..) => words.say("index.second_half", &[]),
        Period::Year(_) => words.say("index.whole_year", &[]),
    }
}
