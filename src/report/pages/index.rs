//! The first page: what there is, by period and community, and how the latest period stands.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::lens::{Lens, value_text};
use super::super::parts::deadlines;
use super::super::parts::figures::{MONTHS_BEFORE, Wanted, figure, overdue};
use super::super::view::{Cell, Composed, Figure, Frame, Link, Table, frame, model, relative, scope_name};
use super::super::words::Words;
use super::super::{PageTask, ReportInput, format, page_plan};
use super::{PageKind, Place};
use crate::metrics::fact::Scope;
use crate::moment::Period;
use crate::profile::schema::Subject;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "index.html", public: false, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Index {
    frame: Frame,
    figures_title: String,
    figures: Vec<LatestFigures>,
    pages_title: String,
    /// What stands instead of a list without pages.
    empty: String,
    families: Vec<Family>,
    data_title: String,
    data: Vec<Link>,
}

/// Figures of the latest period of a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct LatestFigures {
    title: String,
    figures: Vec<Figure>,
}

/// The pages of some kinds, a table for each year.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Family {
    title: String,
    years: Vec<YearPages>,
}

/// The pages of a year: a row for each community, a column for each period.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct YearPages {
    id: String,
    title: String,
    /// The latest stands open.
    open: bool,
    table: Table,
}

fn plan(_: &ReportInput<'_>) -> Vec<Place> {
    vec![Place { path: "index.html".to_owned(), period: None, scope: Scope::Group }]
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let tasks = page_plan(input);
    let link = |key, to: &str| Link { text: say(key), href: relative(&task.path, to) };
    model(&Index {
        frame: frame(input, task, say("index.heading"), &say("index.subtitle")),
        figures_title: say("index.figures_title"),
        figures: [complaints(input, &tasks), survey(input, &tasks)].into_iter().flatten().collect(),
        pages_title: say("index.pages_title"),
        empty: say("index.empty"),
        families: families(input, task, &tasks),
        data_title: say("index.data_title"),
        data: moved(input, task)
            .into_iter()
            .chain([
                link("notes.methods", "methods.html"),
                link("index.quality", "quality/index.html"),
                link("index.facts", "data/facts.csv"),
                link("index.ledger", "data/ledger.csv"),
                link("index.problems", "data/problems.csv"),
            ])
            .collect(),
    })
}

/// The link to what moved in sealed periods, where something did or could not be told.
fn moved(input: &ReportInput<'_>, task: &PageTask) -> Option<Link> {
    let n = input.restated.moved();
    let text = input.words.number("index.restated", super::super::chart::number(n), &[]);
    let is_to_tell = n > 0 || !input.restated.unusable.is_empty();
    is_to_tell.then(|| Link { text, href: relative(&task.path, super::restated::PATH) })
}

/// The latest period that has a group page of a template.
fn latest(tasks: &[PageTask], template: &str) -> Option<Period> {
    let group = tasks.iter().filter(|task| task.template() == template && task.scope == Scope::Group);
    group.filter_map(|task| task.period).max_by_key(|period| (period.last_month(), -period.months()))
}

fn complaints(input: &ReportInput<'_>, tasks: &[PageTask]) -> Option<LatestFigures> {
    let period = latest(tasks, "complaint-analysis.html")?;
    let lens = Lens::on(input, Subject::Complaint, period, &Scope::Group)?;
    let words = lens.words;
    let mut wanted = vec![(words.say("figure.received", &[]), "complaint.received".to_owned())];
    if let Some(deadline) = deadlines::headline(&lens, Subject::Complaint, "complaint") {
        let title = deadline.title.in_language(words.language);
        wanted
            .push((words.say("figure.on_time", &[("deadline", title)]), format!("complaint.{}.on_time", deadline.id)));
    }
    let figures = wanted
        .iter()
        .map(|(label, metric)| figure(&lens, Wanted { label, metric, amount: "amount.case", against: &MONTHS_BEFORE }))
        .chain(std::iter::once(overdue(&lens, Subject::Complaint, "complaint.overdue")))
        .collect();
    Some(LatestFigures { title: words.say("index.complaints", &[("period", &format::period(words, period))]), figures })
}

fn survey(input: &ReportInput<'_>, tasks: &[PageTask]) -> Option<LatestFigures> {
    let period = latest(tasks, "survey-report.html")?;
    let lens = Lens::on(input, Subject::Survey, period, &Scope::Group)?;
    let words = lens.words;
    let figures = ["survey.overall_satisfied", "survey.issue_rate", "survey.return_rate"]
        .map(|metric| {
            let label = words.say(&format!("{metric}_label"), &[]);
            figure(&lens, Wanted { label: &label, metric, amount: "amount.form", against: &[] })
        })
        .to_vec();
    Some(LatestFigures { title: words.say("index.survey", &[("period", &format::period(words, period))]), figures })
}

/// The kinds of page that stand in one table, and the wording of its title. Kinds named nowhere have a table of their own.
const FAMILIES: [(&[&str], &str); 2] = [
    (&["complaint-analysis.html"], "index.complaint_pages"),
    (&["survey-report.html", "survey-notice.html"], "index.survey_pages"),
];

/// A column: its period, then the kind's place in the family.
type ColumnKey = (i32, std::cmp::Reverse<i32>, usize);

/// A row: the group first, then the communities by name.
type RowKey<'a> = (bool, String, &'a Scope);

/// The pages by kind and year, the latest year first.
fn families(input: &ReportInput<'_>, from: &PageTask, tasks: &[PageTask]) -> Vec<Family> {
    let words = input.words;
    let named = |task: &PageTask| FAMILIES.iter().any(|(templates, _)| templates.contains(&task.template()));
    let others: BTreeSet<&str> =
        tasks.iter().filter(|task| task.period.is_some() && !named(task)).map(PageTask::template).collect();
    let known = FAMILIES.iter().map(|(templates, key)| (templates.to_vec(), words.say(key, &[])));
    let others = others.into_iter().map(|template| (vec![template], kind_name(words, template)));
    known
        .chain(others)
        .filter_map(|(templates, title)| {
            let mut by_year: BTreeMap<i32, Vec<(Period, usize, &PageTask)>> = BTreeMap::new();
            for task in tasks {
                if let (Some(period), Some(at)) = (task.period, templates.iter().position(|t| *t == task.template())) {
                    by_year.entry(period.year()).or_default().push((period, at, task));
                }
            }
            let latest = by_year.keys().next_back().copied();
            let years = by_year.into_iter().rev().map(|(year, pages)| {
                let id = format!("{}-{year}", templates[0].trim_end_matches(".html"));
                let table = year_table(input, from, &id, &templates, &pages);
                let title = words.say("period.year", &[("year", &year.to_string())]);
                YearPages { id: format!("y-{id}"), title, open: latest == Some(year), table }
            });
            let years: Vec<YearPages> = years.collect();
            (!years.is_empty()).then_some(Family { title, years })
        })
        .collect()
}

/// Name of a kind of page.
fn kind_name(words: &Words, template: &str) -> String {
    words.say(&format!("page.{}", template.trim_end_matches(".html")), &[])
}

/// The table of a year.
fn year_table(
    input: &ReportInput<'_>,
    from: &PageTask,
    id: &str,
    templates: &[&str],
    pages: &[(Period, usize, &PageTask)],
) -> Table {
    let words = input.words;
    let mut columns: BTreeMap<ColumnKey, String> = BTreeMap::new();
    let mut rows: BTreeMap<RowKey<'_>, BTreeMap<ColumnKey, Cell>> = BTreeMap::new();
    for (period, at, task) in pages {
        let key = (period.last_month(), std::cmp::Reverse(period.months()), *at);
        columns.entry(key).or_insert_with(|| heading(words, *period, templates[*at], *at));
        let row = (task.scope != Scope::Group, scope_name(input, &task.scope), &task.scope);
        let cell = Cell::text(link_text(input, *period, task)).href(relative(&from.path, &task.path));
        rows.entry(row).or_default().insert(key, cell);
    }
    let caption = words.say(&format!("index.caption_{}", kind_word(templates[0])), &[]);
    let mut table = Table::new(words, id, caption).words(words.say("communities.community", &[]));
    for label in columns.values() {
        table = table.numbers(label.clone());
    }
    for ((_, name, _), mut cells) in rows {
        let cells = columns.keys().map(|key| cells.remove(key).unwrap_or_default());
        let cells = std::iter::once(Cell::text(name)).chain(cells).collect();
        table.row(cells);
    }
    table
}

/// Which caption a kind of page has.
fn kind_word(template: &str) -> &'static str {
    match template {
        "complaint-analysis.html" => "complaint",
        "survey-report.html" => "survey",
        _ => "other",
    }
}

/// Months by their short names, as the table is of one year; of further kinds the name of the kind.
fn heading(words: &Words, period: Period, template: &str, at: usize) -> String {
    match period {
        _ if at > 0 => kind_name(words, template),
        Period::Month(_, month) => words.say(&format!("month_short.m{month}"), &[]),
        _ => words.opening(&format::period(words, period)),
    }
}

/// What a link says: the page's first figure, else the kind of page.
fn link_text(input: &ReportInput<'_>, period: Period, task: &PageTask) -> String {
    let words = input.words;
    let (subject, metric) = match task.template() {
        "complaint-analysis.html" => (Subject::Complaint, "complaint.received"),
        "survey-report.html" => (Subject::Survey, "survey.overall_satisfied"),
        template => return kind_name(words, template),
    };
    let fact = Lens::on(input, subject, period, &task.scope).and_then(|lens| lens.fact(metric));
    value_text(words, fact)
}
