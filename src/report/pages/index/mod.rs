//! The first page: how the latest periods stand, every document of the company and its departments, and the communities, each of
//! which has a list of documents of its own. What is sought is found without a server: a small script filters what stands here.

pub(super) mod documents;
pub(super) mod latest;

use serde::Serialize;

use self::documents::YearOfDocuments;
use self::latest::LatestFigures;
use super::super::lens::Lens;
use super::super::parts::deadlines;
use super::super::parts::figures::{rate_cell, value_cell};
use super::super::view::{Cell, Composed, Frame, Link, Table, frame, model, relative, scope_name};
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, community};
use crate::metrics::fact::Scope;
use crate::profile::schema::Subject;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "index.html", public: false, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Index {
    frame: Frame,
    find: Find,
    figures_title: String,
    figures: Vec<LatestFigures>,
    pages_title: String,
    /// What stands instead of a list without pages.
    empty: String,
    years: Vec<YearOfDocuments>,
    departments_title: String,
    departments: Vec<YearOfDocuments>,
    communities_title: String,
    communities: Vec<Table>,
    data_title: String,
    data: Vec<Link>,
}

/// Words of the search.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Find {
    title: String,
    label: String,
    hint: String,
    kind: String,
    all_kinds: String,
    kinds: Vec<String>,
    year: String,
    all_years: String,
    years: Vec<String>,
    only_missed: String,
    /// With `{pages}` and `{rows}`, which the script fills in.
    found: String,
}

fn plan(_: &ReportInput<'_>) -> Vec<Place> {
    vec![Place { path: "index.html".to_owned(), period: None, scope: Scope::Group }]
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let years = documents::years(input, (task, "y"), input.pages_of(&Scope::Group));
    let of_departments = input.pages().iter().filter(|page| matches!(page.scope, Scope::Department(_)));
    let departments = documents::years(input, (task, "d"), of_departments);
    let mut frame = frame(input, task, say("index.heading"), &say("index.subtitle"));
    let communities: Vec<Table> = communities(input, task).into_iter().collect();
    let sections = [
        ("pages", "index.pages_title", true),
        ("communities", "index.communities_title", !communities.is_empty()),
        ("departments", "index.departments_title", !departments.is_empty()),
        ("data", "index.data_title", true),
    ];
    frame.contents = sections
        .iter()
        .filter(|(.., is_there)| *is_there)
        .map(|(id, key, _)| Link { text: say(key), href: format!("#{id}") })
        .collect();
    model(&Index {
        frame,
        find: find(input, &years, &departments),
        figures_title: say("index.figures_title"),
        figures: latest::figures(input, task, &Scope::Group),
        pages_title: say("index.pages_title"),
        empty: say("index.empty"),
        years,
        departments_title: say("index.departments_title"),
        departments,
        communities_title: say("index.communities_title"),
        communities,
        data_title: say("index.data_title"),
        data: data(input, task),
    })
}

fn find(input: &ReportInput<'_>, years: &[YearOfDocuments], departments: &[YearOfDocuments]) -> Find {
    let say = |key| input.words.say(key, &[]);
    let mut kinds: Vec<String> = Vec::new();
    for row in years.iter().chain(departments).flat_map(|year| &year.rows) {
        if !kinds.contains(&row.kind) {
            kinds.push(row.kind.clone());
        }
    }
    Find {
        title: say("index.find"),
        label: say("index.find_label"),
        hint: say("index.find_hint"),
        kind: say("index.find_kind"),
        all_kinds: say("index.find_all_kinds"),
        kinds,
        year: say("index.find_year"),
        all_years: say("index.find_all_years"),
        years: years.iter().map(|year| year.year.clone()).collect(),
        only_missed: say("index.find_missed"),
        found: say("index.found"),
    }
}

/// Pages about the data, and the data.
fn data(input: &ReportInput<'_>, task: &PageTask) -> Vec<Link> {
    let words = input.words;
    let undated = input
        .pages_of(&Scope::Group)
        .filter(|page| page.period.is_none() && page.template() != KIND.template && page.path != super::restated::PATH);
    let pages = undated.map(|page| Link {
        text: documents::kind_name(words, page.template()),
        href: relative(&task.path, &page.path),
    });
    let files = ["facts", "ledger", "problems"].map(|name| Link {
        text: words.say(&format!("index.{name}"), &[]),
        href: relative(&task.path, &format!("data/{name}.csv")),
    });
    moved(input, task).into_iter().chain(pages).chain(files).collect()
}

/// The link to what moved in sealed periods, where something did or could not be told.
fn moved(input: &ReportInput<'_>, task: &PageTask) -> Option<Link> {
    let n = input.restated.moved();
    let text = input.words.number("index.restated", super::super::chart::number(n), &[]);
    let is_to_tell = n > 0 || !input.restated.unusable.is_empty();
    is_to_tell.then(|| Link { text, href: relative(&task.path, super::restated::PATH) })
}

/// A row for each community with documents: how its latest month and survey round stand.
fn communities(input: &ReportInput<'_>, task: &PageTask) -> Option<Table> {
    let words = input.words;
    let mut rows: Vec<(String, &PageTask)> = input
        .pages()
        .iter()
        .filter(|page| page.template() == community::KIND.template)
        .map(|page| (scope_name(input, &page.scope), page))
        .collect();
    rows.sort_by(|a, b| (is_none(&a.1.scope), &a.0).cmp(&(is_none(&b.1.scope), &b.0)));
    if rows.is_empty() {
        return None;
    }
    let month = latest::page_of(input, &Scope::Group, "complaint-analysis.html");
    let round = latest::page_of(input, &Scope::Group, "survey-report.html");
    let mut table = Table::new(words, "communities-table", words.say("index.communities_caption", &[]))
        .words(words.say("communities.community", &[]));
    if let Some((period, _)) = month {
        let period = format::period(words, period);
        for key in ["index.received", "index.on_time", "index.overdue"] {
            table = table.numbers(words.opening(&words.say(key, &[("period", &period)])));
        }
    }
    if let Some((period, _)) = round {
        let period = format::period(words, period);
        table = table.numbers(words.opening(&words.say("index.satisfied", &[("period", &period)])));
    }
    for (name, page) in rows {
        let mut cells = vec![Cell::text(name).href(relative(&task.path, &page.path))];
        if let Some((period, _)) = month {
            cells.extend(complaint_cells(input, period, &page.scope));
        }
        if let Some((period, _)) = round {
            let lens = Lens::on(input, Subject::Survey, period, &page.scope);
            let fact = lens.and_then(|lens| lens.fact("survey.overall_satisfied"));
            cells.push(rate_cell(words, fact));
        }
        table.row(cells);
    }
    Some(table)
}

fn is_none(scope: &Scope) -> bool {
    scope.id() == "none"
}

/// Received, the headline rate, and overdue; what is overdue is marked.
fn complaint_cells(input: &ReportInput<'_>, period: crate::moment::Period, scope: &Scope) -> [Cell; 3] {
    let Some(lens) = Lens::on(input, Subject::Complaint, period, scope) else {
        return [Cell::absent(), Cell::absent(), Cell::absent()];
    };
    let rate = deadlines::headline(&lens, Subject::Complaint, "complaint")
        .and_then(|deadline| lens.fact(&format!("complaint.{}.on_time", deadline.id)));
    let overdue = lens.on_resolution(Subject::Complaint, "complaint.overdue").fact("complaint.overdue");
    let is_some = overdue.and_then(|fact| fact.value).is_some_and(|n| n >= 1.0);
    [
        value_cell(lens.words, lens.fact("complaint.received")),
        rate_cell(lens.words, rate),
        value_cell(lens.words, overdue).state(if is_some { "missed" } else { "" }),
    ]
}
