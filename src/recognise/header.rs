//! Finding the header: which rows hold it, and which field each column means.

use super::field::Field;
use super::kinds::{KINDS, Kind};
use crate::normalise::label::{fold, tidy, without_brackets};
use crate::normalise::rating::Level;
use crate::origin::{CellAt, CellRange};
use crate::read::sheet::{Sheet, Value};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Column of the sheet, from zero.
    pub col: u32,
    /// What it means.
    pub field: Field,
    /// A tick in it stands for this answer (`意见 / 满意`).
    pub option: Option<Level>,
    /// The header as written, parts joined by `/`.
    pub label: String,
}

/// A header as found.
#[derive(Debug, Clone)]
pub struct Header {
    /// Kind of table.
    pub kind: &'static Kind,
    /// Places among the sheet's filled rows, first and one past the last.
    pub places: (usize, usize),
    /// The columns that mean something.
    pub columns: Vec<Column>,
    /// Columns whose header is unknown, with the header as written.
    pub unknown: Vec<(u32, String)>,
    /// How sure it is: larger is surer.
    pub score: u32,
}

/// Most rows of one header.
const TALLEST: usize = 4;

/// Rows of data that are looked at to tell a column of ratings.
const SAMPLE: usize = 60;

/// The best header that begins at a place, over all kinds and heights.
#[must_use]
pub fn best_at(sheet: &Sheet, place: usize, title: &str, aliases: &[(Field, String)]) -> Option<Header> {
    // One filled cell is a title, however wide it is merged.
    if place >= sheet.filled_rows() || sheet.at(place).filled() < 2 {
        return None;
    }
    let mut best: Option<Header> = None;
    for height in 1..=TALLEST {
        if place + height > sheet.filled_rows() || !is_header_like(sheet, place + height - 1) {
            break;
        }
        let paths = label_paths(sheet, place, height);
        for kind in KINDS {
            let Some(header) = judge(sheet, kind, place, height, &paths, title, aliases) else { continue };
            if best.as_ref().is_none_or(|found| header.score > found.score) {
                best = Some(header);
            }
        }
    }
    best
}

/// A header row holds texts only, and none of them long.
fn is_header_like(sheet: &Sheet, place: usize) -> bool {
    let row = sheet.at(place);
    row.filled() > 0
        && row.cells().all(|(_, value)| match value {
            Value::Text(text) => text.chars().count() <= 60,
            _ => false,
        })
}

/// The labels above each column, from the top, with merged cells spread out and repetitions dropped.
pub(super) fn label_paths(sheet: &Sheet, place: usize, height: usize) -> Vec<(u32, Vec<String>)> {
    let last = sheet.at(place + height - 1).number;
    let mut cols: Vec<u32> = Vec::new();
    for row in place..place + height {
        cols.extend(sheet.at(row).cells().map(|(col, _)| col));
    }
    cols.sort_unstable();
    cols.dedup();
    let mut paths = Vec::new();
    for col in cols {
        let mut path: Vec<String> = Vec::new();
        for row_place in place..place + height {
            let number = sheet.at(row_place).number;
            let is_last = number == last;
            if let Some(text) = text_over(sheet, row_place, CellAt { row: number, col }, is_last)
                && path.last() != Some(&text)
            {
                path.push(text);
            }
        }
        if !path.is_empty() {
            paths.push((col, path));
        }
    }
    paths
}

/// The text of a header cell: its own, that of the merged range around it, or (where merges are not told) of the cell to its left.
fn text_over(sheet: &Sheet, place: usize, at: CellAt, is_last: bool) -> Option<String> {
    let row = sheet.at(place);
    let own = |col: u32| match row.get(col) {
        Some(Value::Text(text)) => Some(tidy(text)),
        _ => None,
    };
    if let Some(text) = own(at.col) {
        return Some(text);
    }
    if let Some(range) = sheet.merges.iter().find(|range| range.contains(at)) {
        return merged_text(sheet, range);
    }
    if sheet.merges.is_empty() && !is_last {
        // A label that spans columns stands over the first of them.
        return row.cells().take_while(|(col, _)| *col < at.col).last().and_then(|(col, _)| own(col));
    }
    None
}

fn merged_text(sheet: &Sheet, range: &CellRange) -> Option<String> {
    let row = sheet.rows().find(|row| row.number == range.first.row)?;
    match row.get(range.first.col) {
        Some(Value::Text(text)) => Some(tidy(text)),
        _ => None,
    }
}

fn judge(
    sheet: &Sheet,
    kind: &'static Kind,
    place: usize,
    height: usize,
    paths: &[(u32, Vec<String>)],
    title: &str,
    aliases: &[(Field, String)],
) -> Option<Header> {
    let mut columns: Vec<Column> = Vec::new();
    let mut unknown = Vec::new();
    for (col, path) in paths {
        let label = path.join("/");
        match meaning(kind, path, aliases) {
            Some((field, option)) => columns.push(Column { col: *col, field, option, label }),
            None => unknown.push((*col, label)),
        }
    }
    if kind.takes_items && !columns.is_empty() {
        unknown.retain(|(col, label)| {
            let rated = holds_ratings(sheet, place + height, *col);
            if rated {
                columns.push(Column { col: *col, field: Field::Item, option: None, label: label.clone() });
            }
            !rated
        });
        columns.sort_by_key(|column| column.col);
    }
    let found: Vec<Field> = columns.iter().map(|column| column.field).collect();
    if !(kind.is_enough)(&found) {
        return None;
    }
    // A shorter header wins a tie: a first row of data adds no field.
    let height_cost = u32::try_from(height).unwrap_or(0);
    let score = u32::try_from(distinct(&columns) * 10).unwrap_or(0) + title_score(kind, title, paths) - height_cost;
    Some(Header { kind, places: (place, place + height), columns, unknown, score })
}

/// Number of different meanings: items and options each count, a field named twice counts once.
fn distinct(columns: &[Column]) -> usize {
    let mut meanings: Vec<(Field, Option<Level>, &str)> = columns
        .iter()
        .map(|column| {
            (column.field, column.option, if column.field == Field::Item { column.label.as_str() } else { "" })
        })
        .collect();
    meanings.sort_unstable();
    meanings.dedup();
    meanings.len()
}

/// Words of the title count twice, words in the headers themselves once.
fn title_score(kind: &Kind, title: &str, paths: &[(u32, Vec<String>)]) -> u32 {
    let longest = |text: &str| {
        kind.title_words.iter().filter(|word| text.contains(**word)).map(|word| word.chars().count()).max()
    };
    let in_title = longest(title).map_or(0, |length| 12 + u32::try_from(length).unwrap_or(0) * 2);
    let in_headers = paths.iter().filter(|(_, path)| path.last().is_some_and(|label| longest(label).is_some())).count();
    in_title + u32::try_from(in_headers.min(4)).unwrap_or(0) * 3
}

/// What a column means: by the whole path, else by its lowest label (a rating wording is a tick column of the label above it),
/// else by its top label.
fn meaning(kind: &Kind, path: &[String], aliases: &[(Field, String)]) -> Option<(Field, Option<Level>)> {
    let by_label = |folded: &str| -> Option<Field> {
        if folded.is_empty() {
            return None;
        }
        aliases
            .iter()
            .find(|(_, label)| label == folded)
            .map(|(field, _)| *field)
            .or_else(|| kind.field_of(folded))
            .or_else(|| kind.field_of(&without_brackets(folded)))
    };
    let folded: Vec<String> = path.iter().map(|label| fold(label)).collect();
    if let (Some(level), [.., above, _]) = (folded.last().and_then(|label| Level::parse(label)), folded.as_slice()) {
        return by_label(above).map(|field| (field, Some(level)));
    }
    by_label(&folded.concat())
        .or_else(|| folded.last().and_then(|label| by_label(label)))
        .or_else(|| folded.first().and_then(|label| by_label(label)))
        .map(|field| (field, None))
}

/// Whether most of a column's filled cells are wordings of a rating.
fn holds_ratings(sheet: &Sheet, from: usize, col: u32) -> bool {
    let (mut filled, mut rated) = (0_u32, 0_u32);
    for place in from..sheet.filled_rows().min(from + SAMPLE) {
        match sheet.at(place).get(col) {
            Some(Value::Text(text)) if matches!(text.trim(), "" | "/" | "-" | "—" | "无" | "(跳过)") => {}
            Some(Value::Text(text)) => {
                filled += 1;
                rated += u32::from(Level::parse(text).is_some());
            }
            Some(_) => filled += 1,
            None => {}
        }
    }
    filled > 0 && rated * 2 >= filled
}
