//! The page on sealed periods: which numbers moved since they were published, from what to what, and by which rows.

use serde::Serialize;

use super::super::view::{Cell, Composed, Frame, Link, Section, Table, frame, model, relative, scope_name};
use super::super::words::Words;
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place};
use crate::metrics::fact::Scope;
use crate::seal::compare::{Cause, MovedFact, MovedRow, RestatedPeriod, What};
use crate::seal::fact::{Numbers, SealedFact};

/// The page's place.
pub(crate) const PATH: &str = "quality/restated.html";

/// Facts and rows listed for a period; the rest stands in `restated.csv`.
const MOST: usize = 300;

/// Rows named beside a fact.
const MOST_OF_A_FACT: usize = 5;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "restated.html", public: false, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct RestatedPage {
    frame: Frame,
    summary: String,
    sections: Vec<Section>,
    links: Vec<Link>,
}

/// There is a page where a period was sealed.
fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let page = Place { path: PATH.to_owned(), period: None, scope: Scope::Group };
    if input.restated.is_empty() { Vec::new() } else { vec![page] }
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut sections: Vec<Section> = Vec::new();
    if !input.restated.unusable.is_empty() {
        sections.push(unusable(input));
    }
    sections.extend(input.restated.periods.iter().map(|period| of_period(input, period)));
    let mut frame = frame(input, task, say("restated.title"), "");
    frame.contents = sections.iter().map(Section::link).collect();
    let moved = input.restated.moved();
    let clauses = vec![
        words.number("restated.sealed", size(input.restated.periods.len()), &[]),
        if moved == 0 { say("restated.nothing_moved") } else { words.number("restated.moved", size(moved), &[]) },
    ];
    let link = Link { text: say("restated.data"), href: relative(&task.path, "data/restated.csv") };
    model(&RestatedPage {
        frame,
        summary: words.sentences(&[words.sentence(&clauses), say("restated.how")]),
        sections,
        links: vec![link],
    })
}

fn size(n: usize) -> f64 {
    super::super::chart::number(n)
}

fn unusable(input: &ReportInput<'_>) -> Section {
    let words = input.words;
    let mut section = Section::new("unusable", words.say("restated.unusable", &[]));
    for (period, fault) in &input.restated.unusable {
        section.text(format!("{period}: {fault}"));
    }
    section
}

fn of_period(input: &ReportInput<'_>, of: &RestatedPeriod) -> Section {
    let words = input.words;
    let title = words.opening(&format::period(words, of.period));
    let mut section = Section::new(&format!("p-{}", of.period), title);
    let date = format::date_until(words, of.as_of);
    section.text(words.number("restated.as_of", size(of.sealed), &[("date", &date)]));
    if !of.uncompared.is_empty() {
        section.text(words.say("restated.uncompared", &[("profiles", &words.list(&of.uncompared))]));
    }
    if of.moved.is_empty() {
        section.text(words.say("restated.as_it_was", &[]));
        return section;
    }
    for cause in &of.causes {
        section.text(cause_text(words, cause));
    }
    section.table(facts_table(input, of));
    if !of.rows.is_empty() {
        section.table(rows_table(words, of));
    }
    section
}

fn cause_text(words: &Words, cause: &Cause) -> String {
    match cause {
        Cause::Procedure { name, before, now, entries } => {
            let fill = [("profile", name.as_str()), ("before", &before[..12]), ("now", &now[..12])];
            let changed = words.say("restated.procedure", &fill);
            let shown: Vec<String> = entries.iter().take(MOST_OF_A_FACT * 2).cloned().collect();
            format!("{changed}{}", words.list(&shown))
        }
        Cause::Settings { part } => words.say("restated.settings", &[("part", part)]),
        Cause::Program { before, now } => words.say("restated.program", &[("before", before), ("now", now)]),
    }
}

fn facts_table(input: &ReportInput<'_>, of: &RestatedPeriod) -> Table {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut table = Table::new(words, &format!("facts-{}", of.period), say("restated.facts_caption"))
        .words(say("restated.fact"))
        .words(say("restated.scope"))
        .numbers(say("restated.then"))
        .numbers(say("restated.now"))
        .words(say("restated.rows"));
    // What has no breakdown comes first: the figures that were signed.
    let mut moved: Vec<&MovedFact> = of.moved.iter().collect();
    moved.sort_by_key(|moved| !moved.fact.dimensions[0].0.is_empty());
    for moved in moved.iter().take(MOST) {
        table.row(vec![
            Cell::text(&*moved.fact.metric).detail(breakdown(words, &moved.fact)),
            Cell::text(scope_name(input, &scope_of(&moved.fact))),
            number(words, moved.sealed.as_ref(), "restated.appeared"),
            number(words, moved.now.as_ref(), "restated.vanished"),
            Cell::text(rows_text(words, of, moved)),
        ]);
    }
    if moved.len() > MOST {
        table.remark = words.number("restated.more", size(moved.len() - MOST), &[]);
    }
    table
}

fn scope_of(fact: &SealedFact) -> Scope {
    match fact.scope.as_str() {
        "community" => Scope::Community(fact.scope_id.as_str().into()),
        "department" => Scope::Department(fact.scope_id.as_str().into()),
        _ => Scope::Group,
    }
}

/// The profile, and the values of the breakdowns.
fn breakdown(words: &Words, fact: &SealedFact) -> String {
    let values = fact.dimensions.iter().filter(|(dimension, _)| !dimension.is_empty());
    let values = values.map(|(dimension, value)| format!("{} {value}", words.code("dimension", dimension)));
    words.list(&std::iter::once(fact.profile.clone()).chain(values).collect::<Vec<_>>())
}

fn number(words: &Words, of: Option<&Numbers>, absent: &str) -> Cell {
    let Some(of) = of else { return Cell::text(words.say(absent, &[])) };
    let text = match (of.value.parse::<f64>(), of.unit.as_str()) {
        (Ok(value), "ratio") => format::share(value, of.target.parse().ok().as_ref()),
        (Ok(value), "minutes") => format::duration(words, value),
        (Ok(value), _) => format::count(value),
        (Err(_), _) => format::ABSENT.to_owned(),
    };
    let parts = [of.numerator.as_str(), of.denominator.as_str()];
    let cell = Cell::text(text);
    if parts.contains(&"") { cell } else { cell.detail(parts.join("/")) }
}

/// The first rows that moved a fact; where none did, that it was something else.
fn rows_text(words: &Words, of: &RestatedPeriod, moved: &MovedFact) -> String {
    let rows = moved.rows.iter().filter_map(|row| of.rows.get(*row));
    let mut texts: Vec<String> = rows.take(MOST_OF_A_FACT).map(|row| row_text(words, row)).collect();
    if moved.row_count > texts.len() {
        texts.push(words.number("restated.more_rows", size(moved.row_count - texts.len()), &[]));
    }
    if texts.is_empty() {
        let key = if of.causes.is_empty() { "restated.unexplained" } else { "restated.no_row" };
        return words.say(key, &[]);
    }
    words.list(&texts)
}

fn place_text(row: &MovedRow) -> String {
    let place = &row.place;
    let sheet = if place.sheet.is_empty() { String::new() } else { format!(" {}", place.sheet) };
    match (place.file.as_str(), place.row) {
        ("", _) => row.now.as_ref().or(row.sealed.as_ref()).map_or_else(String::new, |print| print.kind.clone()),
        (file, 0) => format!("{file}{sheet}"),
        (file, number) => format!("{file}{sheet} #{number}"),
    }
}

fn row_text(words: &Words, row: &MovedRow) -> String {
    format!("{} {}", place_text(row), what_text(words, row.what))
}

fn what_text(words: &Words, what: What) -> String {
    words.code("restated_what", what.word())
}

fn rows_table(words: &Words, of: &RestatedPeriod) -> Table {
    let say = |key| words.say(key, &[]);
    let mut table = Table::new(words, &format!("rows-{}", of.period), say("restated.rows_caption"))
        .words(say("restated.row"))
        .words(say("restated.what"))
        .words(say("restated.fields"))
        .words(say("restated.outcomes"));
    for row in of.rows.iter().take(MOST) {
        let word = |word: &str| if word.is_empty() { format::ABSENT.to_owned() } else { words.code("excluded", word) };
        let codes = row.codes.iter().map(|(name, then, now)| format!("{name}: {} → {}", word(then), word(now)));
        let list = |texts: Vec<String>| if texts.is_empty() { Cell::absent() } else { Cell::text(words.list(&texts)) };
        table.row(vec![
            Cell::text(place_text(row)),
            Cell::text(what_text(words, row.what)),
            list(row.fields.iter().map(|field| words.code("restated_field", field)).collect()),
            list(codes.collect()),
        ]);
    }
    if of.rows.len() > MOST {
        table.remark = words.number("restated.more_rows", size(of.rows.len() - MOST), &[]);
    }
    table
}
