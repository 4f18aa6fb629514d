//! The action sheet of a department: dissatisfied items as nonconformities, opinions and suggestions, open and overdue cases, and
//! promises and measures with their state. Praise has a part of its own: nobody has to answer it.
//!
//! An item of a survey is the department's whose category in the config, or else whose name, stands in it. Items and suggestions
//! that name no department stand on the sheet of none, so that nothing is left over.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::format;
use super::super::lens::Lens;
use super::super::mask::masked;
use super::super::parts::callbacks;
use super::super::parts::control::usual;
use super::super::parts::figures::{Wanted, figure, rate_cell, value_cell};
use super::super::parts::owed;
use super::super::parts::worksheet::{ANSWERING, MENDING, worksheet};
use super::super::view::{Block, Cell, Composed, Figure, Frame, Link, Section, Table, frame, relative, scope_name};
use super::super::{PageTask, ReportInput};
use super::{PageKind, Place, as_of_periods, path_of, survey_rounds, wanted};
use crate::metrics::fact::{Dimension, Fact, Scope};
use crate::metrics::lists::owed::Owed;
use crate::metrics::lists::suggestions::Suggestion;
use crate::metrics::register::Commitment;
use crate::moment::Period;
use crate::profile::schema::Subject;
use crate::records::store::NO_NAME;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "actions.html", public: false, plan, compose };

/// File name of the pages.
pub(crate) const FILE: &str = "actions.html";

/// Metric of the answers that are to be acted on.
const DISSATISFIED: &str = "survey.item_dissatisfied";

/// Communities named beside an item.
const NAMED: usize = 3;

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Actions {
    frame: Frame,
    /// What there is to do, in one sentence.
    summary: String,
    related: Vec<Link>,
    sections: Vec<Section>,
}

/// The departments that have something to mend, to answer or to finish in a month or half year.
fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let mut sheets: BTreeSet<(Period, u32)> = BTreeSet::new();
    if let Some(profile) = input.profiles.head(Subject::Survey) {
        let rounds: BTreeSet<Period> = survey_rounds(input).into_iter().map(|(period, _)| period).collect();
        for period in rounds {
            let items = input.facts.by(&profile.name, DISSATISFIED, period, &Scope::Group, Dimension::Item);
            let bad = items.into_iter().filter(|fact| fact.value.is_some_and(|value| value > 0.0));
            sheets.extend(bad.map(|fact| (period, department_of(input, fact))));
        }
    }
    for suggestion in &input.lists.suggestions {
        let periods = suggestion.period.with_containing().into_iter();
        sheets.extend(periods.filter(|period| is_of_sheet(*period)).map(|period| (period, suggestion.department)));
    }
    let open = input.lists.owed.iter().map(|one| one.department);
    let promised = input.lists.commitments.iter().filter(|one| !one.is_done).map(|one| one.department);
    for department in open.chain(promised).filter(|code| *code != NO_NAME) {
        sheets.extend(as_of_periods(input.as_of).into_iter().map(|period| (period, department)));
    }
    sheets
        .into_iter()
        .filter(|(period, _)| wanted(input, *period))
        .map(|(period, department)| {
            let scope = Scope::Department(owed::department_id(input, department));
            Place { path: path_of("", period, &scope, FILE), period: Some(period), scope }
        })
        .collect()
}

/// Whether a department has a sheet in the period of a survey round: it has a dissatisfied item or a suggestion to deal with.
pub(crate) fn is_planned(input: &ReportInput<'_>, period: Period, department: u32) -> bool {
    let suggested = || {
        let own = |one: &Suggestion| one.department == department && one.period.with_containing().contains(&period);
        is_of_sheet(period) && input.lists.suggestions.iter().any(own)
    };
    let dissatisfied = || {
        input.profiles.head(Subject::Survey).is_some_and(|profile| {
            let items = input.facts.by(&profile.name, DISSATISFIED, period, &Scope::Group, Dimension::Item);
            items
                .into_iter()
                .any(|fact| fact.value.is_some_and(|n| n > 0.0) && department_of(input, fact) == department)
        })
    };
    wanted(input, period) && (suggested() || dissatisfied())
}

/// Sheets are made for months and half years, and for years of yearly surveys.
fn is_of_sheet(period: Period) -> bool {
    matches!(period, Period::Month(..) | Period::Half(..))
}

fn department_of(input: &ReportInput<'_>, fact: &Fact) -> u32 {
    let item = fact.key.dimension.as_ref().map_or("", |(_, item)| &**item);
    input.lists.item_departments.get(item).copied().unwrap_or(NO_NAME)
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let words = input.words;
    let period = task.period.unwrap_or(Period::Year(1970));
    let code = input.departments.iter().zip(0..).find(|(known, _)| known.id.as_ref() == task.scope.id());
    let department = code.map(|(_, code)| code);
    let name = scope_name(input, &task.scope);
    let subtitle = words.say("frame.subtitle", &[("period", &format::period(words, period)), ("scope", &name)]);
    let found = [
        nonconformities(input, period, department, task),
        answered(input, period, department, task),
        Some(suggestions(input, period, department)),
        praise(input, period, department),
        cases(input, period, department, task),
        promises(input, period, department),
    ];
    let mut sections: Vec<Section> = found.into_iter().flatten().collect();
    for (place, section) in (1..).zip(&mut sections) {
        section.title = words.say(&format!("actions.part_{place}"), &[("title", &section.title)]);
    }
    let mut frame = frame(input, task, words.say("page.actions", &[]), &subtitle);
    frame.contents = sections.iter().map(Section::link).collect();
    let mut related = Vec::new();
    if super::overdue::is_planned(input, period) {
        let href = relative(&task.path, &path_of("", period, &Scope::Group, super::overdue::FILE));
        related.push(Link { text: words.say("page.overdue", &[]), href });
    }
    frame.control.get_or_insert_with(|| usual(words));
    let summary = summary(input, period, department);
    let page = Actions { frame, summary, related, sections };
    Composed::with_book(&page, &page.frame, &page.sections)
}

/// How much there is to do: items to mend, suggestions to answer, matters past their limit or due soon, commitments still open.
fn summary(input: &ReportInput<'_>, period: Period, department: Option<u32>) -> String {
    let words = input.words;
    let n = super::super::chart::number;
    let items = own_items(input, period, department).len();
    let suggestions = own_suggestions(input, period, department).filter(|one| !one.is_praise()).count();
    // A month has no survey of its own.
    let is_survey = matches!(period, Period::Half(..) | Period::Year(_));
    let mut clauses: Vec<String> = is_survey.then(|| words.number("sheet.items", n(items), &[])).into_iter().collect();
    clauses.push(words.number("sheet.suggestions", n(suggestions), &[]));
    // The tiles below count what came in in the period; this is all that stands in the table.
    if as_of_periods(input.as_of).contains(&period) && department.is_some() {
        let own = input.lists.owed.iter().filter(|one| owed::is_of(one.department, department));
        let (late, soon): (Vec<&Owed>, Vec<&Owed>) = own.partition(|one| one.is_overdue);
        let date = format::date_until(words, input.as_of);
        clauses.push(words.number("sheet.overdue", n(owed::matters(&late).len()), &[("date", &date)]));
        clauses.push(words.number("sheet.soon", n(owed::matters(&soon).len()), &[]));
    }
    words.opening(&words.sentence(&clauses))
}

/// The items of a survey round with dissatisfied answers that are the department's.
fn own_items<'a>(input: &'a ReportInput<'a>, period: Period, department: Option<u32>) -> Vec<(&'a str, &'a Fact)> {
    let is_survey = matches!(period, Period::Half(..) | Period::Year(_));
    let lens = Lens::on(input, Subject::Survey, period, &Scope::Group).filter(|_| is_survey);
    let items = lens.map(|lens| lens.by(DISSATISFIED, Dimension::Item)).unwrap_or_default();
    let own = items
        .into_iter()
        .filter(|(_, fact)| fact.value.is_some_and(|value| value > 0.0))
        .filter(|(_, fact)| owed::is_of(department_of(input, fact), department));
    own.collect()
}

/// What was suggested in the period and is the department's.
fn own_suggestions<'a>(
    input: &'a ReportInput<'a>,
    period: Period,
    department: Option<u32>,
) -> impl Iterator<Item = &'a Suggestion> {
    let own = move |one: &&Suggestion| {
        one.period.with_containing().contains(&period) && owed::is_of(one.department, department)
    };
    input.lists.suggestions.iter().filter(own)
}

/// Items with dissatisfied answers, the most first, with the communities where they were given.
fn nonconformities(
    input: &ReportInput<'_>,
    period: Period,
    department: Option<u32>,
    task: &PageTask,
) -> Option<Section> {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut section = Section::new("nonconformities", say("actions.nonconformities"));
    let is_survey = matches!(period, Period::Half(..) | Period::Year(_));
    if let Some(lens) = Lens::on(input, Subject::Survey, period, &Scope::Group).filter(|_| is_survey) {
        let mut items = own_items(input, period, department);
        items.sort_by(|a, b| b.1.value.unwrap_or(0.0).total_cmp(&a.1.value.unwrap_or(0.0)).then(a.0.cmp(b.0)));
        let rates = lens.by("survey.item_satisfied", Dimension::Item);
        let mut table = Table::new(words, "items-table", say("actions.items_caption"))
            .words(say("actions.item"))
            .numbers(say("actions.dissatisfied"))
            .numbers(say("actions.rate"))
            .words(say("actions.where"));
        for (item, fact) in items {
            let rate = rates.iter().find(|(name, _)| *name == item).map(|(_, fact)| *fact);
            let places = places(input, &lens, item);
            table.row(vec![
                Cell::text(item).detail(fact.clause.to_string()),
                value_cell(words, Some(fact)),
                rate_cell(words, rate),
                Cell::text(places),
            ]);
        }
        table.empty = say("actions.no_items");
        section.blocks.push(worksheet(words, table, &[44.0, 18.0, 24.0, 44.0], MENDING));
    }
    let callbacks = satisfied_callbacks(input, period, department, task).filter(|figure| figure.state == "missed");
    section.blocks.extend(callbacks.map(|figure| Block::Figures { figures: vec![figure] }));
    (!section.blocks.is_empty()).then_some(section)
}

/// What customers said in callbacks; a nonconformity only where it misses its target.
fn answered(input: &ReportInput<'_>, period: Period, department: Option<u32>, task: &PageTask) -> Option<Section> {
    let figure = satisfied_callbacks(input, period, department, task).filter(|figure| figure.state != "missed")?;
    let mut section = Section::new("callbacks", callbacks::title(input, period, &task.scope));
    section.blocks.push(Block::Figures { figures: vec![figure] });
    Some(section)
}

/// The share of satisfied callbacks on the department's cases.
fn satisfied_callbacks(
    input: &ReportInput<'_>,
    period: Period,
    department: Option<u32>,
    task: &PageTask,
) -> Option<Figure> {
    department?;
    let lens = Lens::on(input, Subject::Callback, period, &task.scope)?;
    lens.fact("callback.satisfied_share")?;
    let label = input.words.say("actions.callbacks", &[]);
    let wanted = Wanted { label: &label, metric: "callback.satisfied_share", amount: "amount.case", against: &[] };
    Some(figure(&lens, wanted))
}

/// The communities with most dissatisfied answers to an item, with their numbers.
fn places(input: &ReportInput<'_>, lens: &Lens<'_>, item: &str) -> String {
    let words = lens.words;
    let mut found: Vec<(f64, String)> = input
        .facts
        .scopes()
        .filter(|scope| matches!(scope, Scope::Community(_)))
        .filter_map(|scope| {
            let facts = lens.scope(scope).by(DISSATISFIED, Dimension::Item);
            let value = facts.iter().find(|(name, _)| *name == item)?.1.value.filter(|value| *value > 0.0)?;
            Some((value, scope_name(input, scope)))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let parts: Vec<String> = found
        .into_iter()
        .take(NAMED)
        .map(|(value, name)| words.number("actions.place", value, &[("name", &name)]))
        .collect();
    words.list(&parts)
}

/// What customers suggested and wait for an answer to, masked.
fn suggestions(input: &ReportInput<'_>, period: Period, department: Option<u32>) -> Section {
    let words = input.words;
    let mut section = Section::new("suggestions", words.say("actions.suggestions", &[]));
    let own: Vec<&Suggestion> = own_suggestions(input, period, department).filter(|one| !one.is_praise()).collect();
    let caption = words.say("actions.suggestions_caption", &[]);
    let mut table = said(input, ("suggestions-table", caption), &own);
    table.empty = words.say("actions.no_suggestions", &[]);
    section.blocks.push(worksheet(words, table, &[84.0, 26.0, 48.0], ANSWERING));
    section
}

/// Praise, which nobody has to answer.
fn praise(input: &ReportInput<'_>, period: Period, department: Option<u32>) -> Option<Section> {
    let words = input.words;
    let own: Vec<&Suggestion> = own_suggestions(input, period, department).filter(|one| one.is_praise()).collect();
    if own.is_empty() {
        return None;
    }
    let mut section = Section::new("praise", words.say("actions.praise", &[]));
    section.table(said(input, ("praise-table", words.say("actions.praise_caption", &[])), &own));
    Some(section)
}

/// What customers said, where and on what occasion.
fn said(input: &ReportInput<'_>, (id, caption): (&str, String), own: &[&Suggestion]) -> Table {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut table = Table::new(words, id, caption)
        .words(say("actions.suggestion"))
        .words(say("communities.community"))
        .words(say("actions.made_in"));
    for one in own.iter().take(owed::MOST) {
        table.row(vec![
            Cell::text(masked(&one.text, input.persons)),
            owed::community(input, one.community),
            owed::with_source(
                input,
                Cell::text(words.say(&format!("actions.made_{}", one.made.word()), &[])),
                Some((one.source, one.row)),
            ),
        ]);
    }
    if own.len() > owed::MOST {
        let more = super::super::chart::number(own.len() - owed::MOST);
        table.remark = words.number("sheet.more_suggestions", more, &[]);
    }
    table
}

/// The cases that came in in the period and are open or overdue, and, where the period is the latest, all that is overdue or due
/// soon, whenever it came in.
fn cases(input: &ReportInput<'_>, period: Period, department: Option<u32>, task: &PageTask) -> Option<Section> {
    let words = input.words;
    let mut section = Section::new("cases", words.say("actions.cases", &[]));
    let figures: Vec<Figure> = [(Subject::Complaint, "complaint"), (Subject::Repair, "repair")]
        .into_iter()
        .filter(|_| department.is_some())
        .filter_map(|(subject, case)| Some((Lens::on(input, subject, period, &task.scope)?, subject, case)))
        .flat_map(|(lens, subject, case)| of_period(&lens, subject, case))
        .collect();
    let is_latest = as_of_periods(input.as_of).contains(&period) && department.is_some();
    if is_latest {
        let own: Vec<_> = input.lists.owed.iter().filter(|one| owed::is_of(one.department, department)).collect();
        let caption = words.say("actions.owed_caption", &[("date", &format::date_until(words, input.as_of))]);
        let table = owed::owed(input, ("owed-table", caption), &own, false);
        section.blocks.push(worksheet(words, table, &[38.0, 40.0, 22.0, 24.0, 22.0], MENDING));
    }
    if !figures.is_empty() {
        let key = if is_latest { "actions.of_period_beside" } else { "actions.of_period" };
        section.text(words.say(key, &[("period", &format::period(words, period))]));
        section.blocks.push(Block::Figures { figures });
    }
    (!section.blocks.is_empty()).then_some(section)
}

/// The period's cases of a kind that are open, and those overdue by the procedure that limits the time to resolve them.
fn of_period(lens: &Lens<'_>, subject: Subject, case: &str) -> Vec<Figure> {
    let of = |lens: &Lens<'_>, key: &str| {
        let metric = format!("{case}.{key}");
        lens.fact(&metric)?;
        let label = lens.words.say(&format!("actions.{case}_{key}"), &[]);
        Some(figure(lens, Wanted { label: &label, metric: &metric, amount: "amount.case", against: &[] }))
    };
    let ruling = lens.on_resolution(subject, &format!("{case}.overdue"));
    let overdue = of(&ruling, "overdue").map(|figure| Figure {
        detail: lens.words.say("figure.by_profile", &[("profile", ruling.profile_title())]),
        ..figure
    });
    of(lens, "open").into_iter().chain(overdue).collect()
}

/// Promises and measures of the department: those of the period, and those still open.
fn promises(input: &ReportInput<'_>, period: Period, department: Option<u32>) -> Option<Section> {
    let words = input.words;
    let is_latest = as_of_periods(input.as_of).contains(&period);
    let is_own = |one: &&Commitment| {
        let within = one.period.is_some_and(|of| of.with_containing().contains(&period));
        owed::is_of(one.department, department) && (within || is_latest && !one.is_done)
    };
    let own: Vec<&Commitment> = input.lists.commitments.iter().filter(is_own).collect();
    if own.is_empty() {
        return None;
    }
    let mut section = Section::new("promises", words.say("actions.promises", &[]));
    let caption = words.say("actions.promises_caption", &[]);
    let table = owed::commitments(input, ("promises-table", caption), &own, false);
    section.blocks.push(worksheet(words, table, &[56.0, 14.0, 22.0, 24.0, 24.0, 22.0], MENDING));
    Some(section)
}
