//! A sheet read as its `[[source]]` entry says.

use std::collections::BTreeSet;

use super::field::Field;
use super::header::{self, Column, Header};
use super::kinds::Kind;
use super::mapping::{MappedColumn, Mapping};
use super::meaning::{Path, meaning};
use super::meta::Meta;
use super::{Recognised, row_texts, table_of, widest_row, with_carried};
use crate::normalise::label::fold;
use crate::origin::column_letters;
use crate::read::sheet::Sheet;

/// Reads a sheet as an entry says: what the entry does not name is not used.
pub(super) fn mapped(sheet: &Sheet, path: &str, mapping: &Mapping) -> Recognised {
    let header = places_of(sheet, mapping);
    let paths: Vec<Path> = match header.1 - header.0 {
        0 => Vec::new(),
        height => header::label_paths(sheet, header.0, height).into_iter().map(Path::new).collect(),
    };
    let mut columns: Vec<Column> = Vec::new();
    let mut named = BTreeSet::new();
    for (name, field) in &mapping.columns {
        let (folded, place) = match name {
            MappedColumn::Header(folded) => (Some(folded), None),
            MappedColumn::Place(col) => (None, Some(*col)),
            MappedColumn::Either(folded, col) => {
                (Some(folded), Some(*col).filter(|col| is_used(sheet, header.0, *col)))
            }
        };
        // Of two columns with the same header the one further left is meant.
        let by_label = folded.and_then(|folded| paths.iter().find(|path| fold(&path.label()) == *folded));
        let path = by_label.or_else(|| paths.iter().find(|path| Some(path.col) == place));
        let Some(col) = path.map(|path| path.col).or(place) else { continue };
        // What is not used says nothing of its row, unless the kind knows it as a column that is there and not used.
        let is_new = named.insert(col);
        let is_known =
            || path.is_some_and(|path| meaning(mapping.kind, path, &[]).is_some_and(|is| is.field == *field));
        if is_new && (*field != Field::Ignored || is_known()) {
            let bare = || Column::sure(col, *field, column_letters(col));
            columns.push(path.map_or_else(bare, |path| column_under(path, mapping.kind, *field)));
        }
    }
    columns.sort_by_key(|column| column.col);
    if columns.iter().all(|column| column.field == Field::Ignored) || sheet.filled_rows() == 0 {
        return Recognised { nearest_headers: widest_row(sheet), ..Recognised::default() };
    }
    let unknown = paths.iter().filter(|path| !named.contains(&path.col)).map(|path| (path.col, path.label())).collect();
    let titles = (0..header.0).rev().flat_map(|at| row_texts(sheet, at));
    let meta = Meta::of(titles, &sheet.name, path);
    let found = Header {
        kind: mapping.kind,
        places: header,
        columns,
        unknown: Vec::new(),
        notes: Vec::new(),
        score: u32::MAX,
        runner_up: None,
    };
    let mut table = table_of(sheet, found, sheet.filled_rows(), meta);
    table.unknown = unknown;
    let mut found = Recognised::default();
    let (table, view) = with_carried(sheet, table);
    found.add(table, view);
    found
}

/// Places of the header among the filled rows; an empty range at the top where there is none.
fn places_of(sheet: &Sheet, mapping: &Mapping) -> (usize, usize) {
    let Some(first) = mapping.header_row.unwrap_or(1).checked_sub(1) else { return (0, 0) };
    let Some(place) = (0..sheet.filled_rows()).find(|at| sheet.at(*at).number == first) else { return (0, 0) };
    let height = mapping.header_rows.unwrap_or(1);
    let last = first.saturating_add(height.max(1));
    let end = (place + 1..sheet.filled_rows()).find(|at| sheet.at(*at).number >= last);
    (place, end.unwrap_or(sheet.filled_rows()).min(place + header::TALLEST))
}

/// A column as the entry says. Where the header means the same by itself, what else it says of the cells holds too.
fn column_under(path: &Path, kind: &Kind, field: Field) -> Column {
    let label = path.label();
    match meaning(kind, path, &[]) {
        Some(meaning) if meaning.field == field => Column::meant(path.col, meaning, label),
        _ => {
            let mut column = Column::sure(path.col, field, label);
            if let Some(heading) = path.headings.last() {
                column.unit = heading.unit;
                column.codes.clone_from(&heading.codes);
            }
            column
        }
    }
}

/// Rows that are looked at to see whether a column holds anything.
const SAMPLE: usize = 60;

fn is_used(sheet: &Sheet, from: usize, col: u32) -> bool {
    sheet.rows().skip(from).take(SAMPLE).any(|row| row.get(col).is_some())
}
