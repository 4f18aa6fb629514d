//! The monthly table of callbacks (回访统计月统计表, QR-004FW): of a community its places by topics, of the group its communities.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::lens::Lens;
use super::super::mask::masked;
use super::super::parts::control::asked;
use super::super::parts::form_page::{named, page, to_group};
use super::super::parts::owed::scope_of;
use super::super::printed::{Band, FormCell, FormRow, PrintedForm};
use super::super::view::{Composed, scope_name};
use super::super::words::Words;
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, path_of, wanted};
use crate::metrics::fact::{Dimension, Scope};
use crate::metrics::lists::callback_tables::{CallbackTable, LEVELS, PRINTED};
use crate::metrics::runner::ScopeCode;
use crate::moment::Period;
use crate::normalise::rating::Level;
use crate::profile::schema::{DocumentId, Paper, Subject};

/// Name of the page's file.
const FILE: &str = "callback-table.html";

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: false, plan, compose };

/// Topics beside the printed ones for which a sheet has columns.
const MOST_MORE: usize = 4;

/// Ruled rows of a month without records.
const BLANK_ROWS: usize = 8;

/// Answers by level.
type Counts = [u32; LEVELS];

/// The months of which there is a table, or, where the procedure asks for one, callbacks to compile it from.
fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let mut pages: BTreeSet<(Period, Scope)> = BTreeSet::new();
    for table in &input.lists.callback_tables {
        let scope = scope_of(input, ScopeCode::Community(table.community));
        if table.is_written || asked(input, DocumentId::CallbackTable, Subject::Callback, &scope).is_some() {
            pages.extend([scope, Scope::Group].map(|scope| (Period::of_month_number(table.month), scope)));
        }
    }
    let pages = pages.into_iter().filter(|(period, _)| wanted(input, *period));
    pages
        .map(|(period, scope)| Place { path: path_of("", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Month(1970, 1));
    page(input, task, to_group(input, task, FILE, true), vec![sheet(input, task, period)])
}

/// A row of the form.
type Row<'a> = (String, BTreeMap<&'a str, Counts>);

fn sheet(input: &ReportInput<'_>, task: &PageTask, period: Period) -> PrintedForm {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let named = named(input, DocumentId::CallbackTable, Subject::Callback, &task.scope);
    let mut form = named.form(input, "callbacks", (&task.scope, period), Paper::Landscape);
    let is_of_group = task.scope == Scope::Group;
    let tables: Vec<&CallbackTable> = input
        .lists
        .callback_tables
        .iter()
        .filter(|table| table.month == period.first_month())
        .filter(|table| is_of_group || scope_of(input, ScopeCode::Community(table.community)) == task.scope)
        .collect();
    let rows: Vec<Row<'_>> = if is_of_group { by_community(input, &tables) } else { by_place(input, &tables) };
    let more: BTreeSet<&str> =
        rows.iter().flat_map(|(_, cells)| cells.keys().copied()).filter(|topic| !PRINTED.contains(topic)).collect();
    let topics: Vec<&str> = PRINTED.into_iter().chain(more.iter().copied().take(MOST_MORE)).collect();
    form.widths([34.0].into_iter().chain(topics.iter().map(|_| 26.0)));
    let mut band = Band::new(say("form.callback_caption"));
    let place = say(if is_of_group { "communities.community" } else { "form.place" });
    let topic_name = |topic: &&str| FormCell::head(words.code("topic", topic));
    band.head.push(FormRow::of([FormCell::head(place)].into_iter().chain(topics.iter().map(topic_name)).collect()));
    for (name, cells) in &rows {
        let rated = topics.iter().map(|topic| rated(words, cells.get(topic)));
        band.rows.push(FormRow::of([FormCell::label(name.as_str())].into_iter().chain(rated).collect()));
    }
    if rows.is_empty() {
        let blank = || FormRow::high((0..=topics.len()).map(|_| FormCell::blank()).collect(), 9);
        band.rows.extend((0..BLANK_ROWS).map(|_| blank()));
    }
    let is_mixed = tables.iter().any(|table| !table.is_written);
    band.rows.extend(rates(input, task, (period, is_mixed), &topics));
    form.band(band);
    form.remarks = remarks(input, &tables, is_of_group);
    if more.len() > MOST_MORE {
        let left_out: Vec<String> = more.iter().skip(MOST_MORE).map(|topic| (*topic).to_owned()).collect();
        form.remarks.push(words.say("form.unshown_topics", &[("topics", &words.list(&left_out))]));
    }
    form
}

/// Whether the tables stand as they were handed in, and what that leaves blank.
fn remarks(input: &ReportInput<'_>, tables: &[&CallbackTable], is_of_group: bool) -> Vec<String> {
    let words = input.words;
    let compiled: Vec<String> = tables
        .iter()
        .filter(|table| !table.is_written)
        .map(|table| scope_name(input, &scope_of(input, ScopeCode::Community(table.community))))
        .collect();
    let mut remarks = vec![words.say("form.callback_cells", &[])];
    if tables.is_empty() {
        remarks.push(words.say("form.no_callbacks", &[]));
    } else if !is_of_group && !compiled.is_empty() {
        remarks.push(words.say("form.compiled", &[]));
    } else if !compiled.is_empty() {
        remarks.push(words.say("form.compiled_some", &[("names", &words.list(&compiled))]));
    }
    remarks
}

/// The places of a community in the order of their numbers.
fn by_place<'a>(input: &ReportInput<'_>, tables: &[&'a CallbackTable]) -> Vec<Row<'a>> {
    let mut places: BTreeMap<(u64, &Arc<str>), BTreeMap<&str, Counts>> = BTreeMap::new();
    for ((place, topic), counts) in tables.iter().flat_map(|table| &table.cells) {
        add(places.entry((first_number(place), place)).or_default(), topic, counts);
    }
    let name = |place: &str| {
        if place.is_empty() { input.words.say("form.no_place", &[]) } else { masked(place, input.persons) }
    };
    places.into_iter().map(|((_, place), cells)| (name(place), cells)).collect()
}

/// The communities by name, their places together.
fn by_community<'a>(input: &ReportInput<'_>, tables: &[&'a CallbackTable]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = tables
        .iter()
        .map(|table| {
            let mut cells = BTreeMap::new();
            table.cells.iter().for_each(|((_, topic), counts)| add(&mut cells, topic, counts));
            (scope_name(input, &scope_of(input, ScopeCode::Community(table.community))), cells)
        })
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

fn add<'a>(cells: &mut BTreeMap<&'a str, Counts>, topic: &'a str, counts: &Counts) {
    let sum = cells.entry(topic).or_default();
    sum.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
}

/// The first number in a text: the 12th building stands behind the 3rd.
fn first_number(text: &str) -> u64 {
    let digits = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit);
    digits.collect::<String>().parse().unwrap_or(u64::MAX)
}

/// The customers' rating of a place: the level where it is one, else a line for each level with its number.
fn rated(words: &Words, counts: Option<&Counts>) -> FormCell {
    let Some(counts) = counts else { return FormCell::blank() };
    let given: Vec<(String, u32)> = Level::ALL
        .iter()
        .zip(counts)
        .filter(|(_, n)| **n > 0)
        .map(|(level, n)| (words.code("level", level.code()), *n))
        .collect();
    match given.as_slice() {
        [(level, 1)] => FormCell::text(level.as_str()),
        several => {
            let line = |(level, n): &(String, u32)| {
                words.say("form.rated", &[("level", level), ("n", &format::count(f64::from(*n)))])
            };
            FormCell::text(several.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
    }
}

/// The last row: the satisfied share of each topic, where it is a fact. Facts are of the tables that were handed in: beside what was
/// compiled from single callbacks the row says so.
fn rates(
    input: &ReportInput<'_>,
    task: &PageTask,
    (period, is_mixed): (Period, bool),
    topics: &[&str],
) -> Option<FormRow> {
    let words = input.words;
    let lens = Lens::on(input, Subject::Callback, period, &task.scope)?;
    let own = lens.by("callback.satisfied_share", Dimension::Topic);
    let label = if is_mixed { "form.rate_of_written" } else { "survey.rate" };
    let rate =
        |topic: &&str| FormCell::fact(words, own.iter().find(|(known, _)| known == topic).map(|(_, fact)| *fact));
    let cells = [FormCell::label(words.say(label, &[]))].into_iter().chain(topics.iter().map(rate));
    (!own.is_empty()).then(|| FormRow::of(cells.collect()))
}
