//! Where the tables of a sheet begin and end.

use std::collections::BTreeSet;

use super::field::Field;
use super::header::{self, Header};
use super::layout::across::{self, Across};
use super::layout::{Layout, side_by_side};
use super::meta::{Meta, likely_name};
use super::{Around, Note, Recognised, TOP, Table, kinds, row_after, row_texts, table_of, with_carried};
use crate::normalise::label::fold;
use crate::problem::Code;
use crate::read::sheet::{Sheet, Value};

/// Most rows right above a later table that can be its headings.
const TITLES: usize = 4;

/// A table as it begins.
enum Start {
    Plain(Header),
    Across(usize, Across, Header),
}

impl Start {
    /// Places of its header.
    fn places(&self) -> (usize, usize) {
        match self {
            Self::Plain(header) => header.places,
            Self::Across(place, across, _) => (*place, place + across.height),
        }
    }
}

/// Finds the tables of a sheet, or of a strip of one.
pub(super) fn tables(sheet: &Sheet, around: &Around<'_>, found: &mut Recognised) {
    let starts = starts(sheet, around);
    let ends: Vec<usize> = starts.iter().skip(1).map(|next| next.places().0).chain([sheet.filled_rows()]).collect();
    let top = starts.first().map_or(0, |start| start.places().0);
    for (start, end) in starts.into_iter().zip(ends) {
        // A later table has headings of its own right above it; the title of the sheet holds for all.
        let own = (top..start.places().0).rev().take(TITLES).take_while(|at| sheet.at(*at).filled() <= 2);
        let mut titles: Vec<&str> = own.chain((0..top).rev()).flat_map(|at| row_texts(sheet, at)).collect();
        titles.extend(around.outer.iter().rev());
        match start {
            Start::Plain(header) => {
                if !in_strips(sheet, &header, end, around, found) {
                    let meta = Meta::of(titles.into_iter(), &sheet.name, around.path);
                    for table in by_section(sheet, table_of(sheet, header, end, meta)) {
                        let (table, view) = with_carried(sheet, table);
                        found.add(table, view);
                    }
                }
            }
            Start::Across(place, across, header) => {
                let view = across.view(sheet, place, end);
                let meta = Meta::of(titles.into_iter(), &sheet.name, around.path);
                let rows = (sheet.at(place).number, row_after(sheet, end));
                let (mut table, carried) = with_carried(&view, table_of(&view, header, view.filled_rows(), meta));
                table.unknown.extend(across.left_out);
                let (table, view) = (Table { layout: Layout::Across, rows, ..table }, carried.unwrap_or(view));
                found.add(table, Some(view));
            }
        }
    }
}

/// The parts of a table whose communities stand alone in rows of their own, each above its cases; the table itself where the row
/// below its header is no such row.
fn by_section(sheet: &Sheet, table: Table) -> Vec<Table> {
    let first_col = table.columns.first().map_or(0, |column| column.col);
    let section = |at: usize| -> Option<&str> {
        let row = sheet.at(at);
        match row.cells().next() {
            Some((col, Value::Text(text))) if row.filled() == 1 && col <= first_col => {
                let text = text.trim();
                likely_name(text).filter(|name| name == text).map(|_| text)
            }
            _ => None,
        }
    };
    if table.has(Field::Community) || table.header.1 >= table.places.1 || section(table.header.1).is_none() {
        return vec![table];
    }
    let starts: Vec<(usize, &str)> =
        (table.header.1..table.places.1).filter_map(|at| section(at).map(|name| (at, name))).collect();
    let mut parts = Vec::new();
    for (nth, (at, name)) in starts.iter().enumerate() {
        let mut part = table.clone();
        part.meta.unit = Some((*name).to_owned());
        part.meta.places.insert(0, (*name).to_owned());
        if let Some((next, _)) = starts.get(nth + 1) {
            (part.places.1, part.rows.1) = (*next, sheet.at(*next).number);
        }
        if nth > 0 {
            (part.places.0, part.header, part.rows.0) = (*at, (*at, at + 1), sheet.at(*at).number);
            // Its columns were told with the first part.
            (part.unknown, part.notes) = (Vec::new(), Vec::new());
        }
        parts.push(part);
    }
    parts
}

/// The tables next to each other under one row of headers; whether there are such.
fn in_strips(sheet: &Sheet, header: &Header, end: usize, around: &Around<'_>, found: &mut Recognised) -> bool {
    let strips = side_by_side::strips(sheet, header.places);
    if strips.len() < 2 || end != sheet.filled_rows() {
        return false;
    }
    let mut views = Vec::new();
    let mut left_over: Vec<Note> = Vec::new();
    for (place, cols) in strips.iter().enumerate() {
        let until = strips.get(place + 1).map_or(u32::MAX, |next| next.0);
        let outer = titles_over(sheet, header.places.0, (cols.0, until), around.outer);
        let strip = side_by_side::strip_of(sheet, *cols, header.places.0);
        let mut inside = Recognised::default();
        tables(&strip, &Around { outer: &outer, ..*around }, &mut inside);
        if inside.tables.iter().any(lacks_identity) {
            // Columns behind a blank one that say nothing of whom they are about belong to the table beside them.
            return false;
        }
        if inside.tables.is_empty() {
            left_over.extend(unknown_strip(&strip));
        } else {
            views.push((strip, inside));
        }
    }
    if views.len() < 2 {
        return false;
    }
    let first = found.tables.len();
    for (strip, inside) in views {
        let offset = found.views.len();
        found.views.push(strip);
        found.views.extend(inside.views);
        for table in inside.tables {
            let view = Some(table.view.map_or(offset, |view| offset + 1 + view));
            let layout = if table.layout == Layout::Plain { Layout::SideBySide } else { table.layout };
            found.tables.push(Table { layout, view, ..table });
        }
    }
    found.tables[first].notes.append(&mut left_over);
    true
}

/// The titles above a strip, the uppermost first: those over its own columns, and those that stand alone in their row.
fn titles_over<'a>(sheet: &'a Sheet, below: usize, cols: (u32, u32), outer: &[&'a str]) -> Vec<&'a str> {
    let over = (0..below).flat_map(|at| {
        let row = sheet.at(at);
        let is_alone = row.filled() == 1;
        row.cells().filter_map(move |(col, value)| match value {
            Value::Text(text) if is_alone || (cols.0..cols.1).contains(&col) => Some(text),
            _ => None,
        })
    });
    outer.iter().copied().chain(over).collect()
}

/// A table of callbacks that names neither room nor number nor customer nor matter.
fn lacks_identity(table: &Table) -> bool {
    table.kind.id == kinds::KindId::Callback
        && ![Field::Place, Field::Number, Field::Text, Field::Person].into_iter().any(|field| table.has(field))
}

/// What there is to say of a strip beside tables that is none itself: its headers.
fn unknown_strip(strip: &Sheet) -> Vec<Note> {
    let Some(row) = strip.rows().next() else { return Vec::new() };
    let note = |(col, value): (u32, Value<'_>)| Note {
        at: row.origin(col),
        code: Code::ColumnUnknown,
        found: value.written(),
        detail: String::new(),
    };
    row.cells().map(note).collect()
}

/// Where tables begin, from the top.
fn starts(sheet: &Sheet, around: &Around<'_>) -> Vec<Start> {
    let surroundings = format!("{} {} {}", around.outer.join(" "), sheet.name, around.path);
    let mut starts: Vec<Start> = Vec::new();
    let mut heads = HeadRows::default();
    let mut place = 0;
    while place < sheet.filled_rows() {
        if starts.is_empty() && place >= TOP {
            break;
        }
        if let Some(last) = starts.last()
            && !heads.may_be_another(sheet, place)
            && !(heads.comes_again(sheet, place) && names_another(sheet, place, last))
        {
            place += 1;
            continue;
        }
        let before = starts.last().map(|start| start.places().1);
        let Some(start) = start_at(sheet, place, before, &surroundings, around) else {
            place += 1;
            continue;
        };
        let (first, next) = start.places();
        (first..next).for_each(|at| heads.add(sheet, at));
        place = next;
        starts.push(start);
    }
    starts
}

/// Whether the title right above a header that comes again names another community or period than that of the table above: then it
/// is no next page.
fn names_another(sheet: &Sheet, place: usize, last: &Start) -> bool {
    let above = |from: usize, place: usize| {
        let titles = (from..place).rev().take(TITLES).take_while(|at| sheet.at(*at).filled() <= 2);
        Meta::of(titles.flat_map(|at| row_texts(sheet, at)), "", "")
    };
    let (first, next) = last.places();
    above(next, place).differs(&above(0, first))
}

/// The table that begins at a place: with months as columns, else a plain one, else one with answers as columns.
fn start_at(
    sheet: &Sheet,
    place: usize,
    before: Option<usize>,
    surroundings: &str,
    around: &Around<'_>,
) -> Option<Start> {
    let aliases = &around.vocabulary.aliases;
    let title = title_above(sheet, before, place, surroundings);
    let spread = across::header_at(sheet, place, &own_title(sheet, before, place, around));
    let has_answers = spread.as_ref().is_some_and(|across| !across.has_months);
    // What its columns stand for must make a table of a known kind.
    let across = spread.and_then(|across| {
        let view = across.view(sheet, place, sheet.filled_rows());
        header::best_at(&view, 0, &title, aliases).map(|header| (across, header))
    });
    let across = match across {
        Some((across, header)) if across.has_months => return Some(Start::Across(place, across, header)),
        across => across,
    };
    // Counts under answers look like scores of a questionnaire that has answers for items.
    let takes_counts = |found: &Header| found.kind.takes_items && has_answers;
    if let Some(found) = header::best_at(sheet, place, &title, aliases).filter(|found| !takes_counts(found)) {
        // A row within it may head the table better: a title of short texts can look like the top of a header.
        let better = (place + 1..found.places.1)
            .filter_map(|at| header::best_at(sheet, at, &title_above(sheet, before, at, surroundings), aliases))
            .filter(|next| next.score >= found.score)
            .max_by_key(|next| next.score);
        return Some(Start::Plain(better.unwrap_or(found)));
    }
    across.map(|(across, header)| Start::Across(place, across, header))
}

/// What stands above a table, and the name of its sheet: what it says of itself.
fn own_title(sheet: &Sheet, before: Option<usize>, place: usize, around: &Around<'_>) -> String {
    let from = before.unwrap_or(0).max(place.saturating_sub(6));
    let above = (from..place).filter_map(|at| sheet.at(at).first_text());
    let outer = around.outer.iter().copied();
    above.chain(outer).chain([sheet.name.as_str()]).collect::<Vec<_>>().join(" ")
}

fn title_above(sheet: &Sheet, before: Option<usize>, place: usize, surroundings: &str) -> String {
    let from = before.unwrap_or(0).max(place.saturating_sub(6));
    let mut title: String = (from..place).filter_map(|at| sheet.at(at).first_text()).collect::<Vec<_>>().join(" ");
    if before.is_none() || title.is_empty() {
        title.push(' ');
        title.push_str(surroundings);
    }
    title
}

/// Header rows seen so far: one that comes again is the same table's header on its next page.
#[derive(Default)]
struct HeadRows(BTreeSet<Vec<(u32, String)>>);

impl HeadRows {
    fn add(&mut self, sheet: &Sheet, place: usize) {
        self.0.insert(labels(sheet, place));
    }

    /// Whether a row is a header row seen before.
    fn comes_again(&self, sheet: &Sheet, place: usize) -> bool {
        // Asked of every row: nearly all are told apart by their first cell.
        let Some((col, Value::Text(first))) = sheet.at(place).cells().next() else { return false };
        let is_first =
            |head: &Vec<(u32, String)>| head.first().is_some_and(|(at, label)| *at == col && label == first.trim());
        sheet.at(place).filled() >= 2 && self.0.iter().any(is_first) && self.0.contains(&labels(sheet, place))
    }

    /// Whether a row below a table could head another one: its first cell is a label of some kind but the row is no header row
    /// seen before.
    fn may_be_another(&self, sheet: &Sheet, place: usize) -> bool {
        let row = sheet.at(place);
        let Some((_, Value::Text(first))) = row.cells().next() else { return false };
        // Rows of data are told apart cheaply: they hold a number or a date, or begin with something long or with a digit.
        let looks_like_data = row.filled() < 3
            || first.len() > 45
            || first.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
            || row.cells().any(|(_, value)| !matches!(value, Value::Text(_)));
        !looks_like_data && kinds::is_label(&fold(first)) && !self.0.contains(&labels(sheet, place))
    }
}

fn labels(sheet: &Sheet, place: usize) -> Vec<(u32, String)> {
    sheet.at(place).cells().map(|(col, value)| (col, value.written())).collect()
}
