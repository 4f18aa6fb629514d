//! Where the tables of a sheet begin and end.

use std::collections::BTreeSet;

use super::header::{self, Header};
use super::layout::across::{self, Across};
use super::layout::{Layout, side_by_side};
use super::meta::Meta;
use super::{Around, Recognised, TOP, Table, kinds, row_after, row_texts, table_of, with_carried};
use crate::normalise::label::fold;
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
                if !in_strips(sheet, &header, end, around, &titles, found) {
                    let meta = Meta::of(titles.into_iter(), &sheet.name, around.path);
                    let (table, view) = with_carried(sheet, table_of(sheet, header, end, meta));
                    found.add(table, view);
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

/// The tables next to each other under one row of headers; whether there are such.
fn in_strips(
    sheet: &Sheet,
    header: &Header,
    end: usize,
    around: &Around<'_>,
    titles: &[&str],
    found: &mut Recognised,
) -> bool {
    let strips = side_by_side::strips(sheet, header.places);
    if strips.len() < 2 || end != sheet.filled_rows() {
        return false;
    }
    let outer: Vec<&str> = titles.iter().rev().copied().collect();
    let inner = Around { outer: &outer, ..*around };
    let mut views = Vec::new();
    for cols in strips {
        let strip = side_by_side::strip_of(sheet, cols, header.places.0);
        let mut inside = Recognised::default();
        tables(&strip, &inner, &mut inside);
        if !inside.tables.is_empty() {
            views.push((strip, inside));
        }
    }
    if views.len() < 2 {
        return false;
    }
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
    true
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
        if !starts.is_empty() && !heads.may_be_another(sheet, place) {
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
