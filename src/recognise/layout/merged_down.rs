//! Values that hold for several rows: cells merged downwards, and communities that are written once for the rows below.

use std::collections::BTreeMap;

use crate::origin::CellAt;
use crate::read::sheet::{Sheet, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::recognise::rows::{RowKind, kind_of};

/// What holds for rows below the one that it stands in.
#[derive(Debug, Default)]
pub(in super::super) struct Carried<'a> {
    /// Row of the sheet → column, value and where it stands.
    cells: BTreeMap<u32, Vec<(u32, Value<'a>, CellAt)>>,
    /// The first cell of the column of communities that was left blank, where that was inferred and not told by the file.
    pub(in super::super) inferred: Option<CellAt>,
}

impl Carried<'_> {
    /// Whether nothing is carried.
    pub(in super::super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

/// What the rows of a plain table take from above.
#[must_use]
pub(in super::super) fn carried<'a>(sheet: &'a Sheet, table: &Table) -> Carried<'a> {
    let mut carried = Carried::default();
    merged(sheet, table, &mut carried);
    if carried.is_empty() {
        left_blank(sheet, table, &mut carried);
    }
    carried
}

/// Merged cells of the table's columns, as the file tells them.
fn merged<'a>(sheet: &'a Sheet, table: &Table, carried: &mut Carried<'a>) {
    // Ranges of one sheet do not overlap; in a malformed file they may, and then cost no more than the sheet's own cells twice.
    let mut left = sheet.cell_count() * 2 + 1_000;
    let (first, end) = (table.header.1, table.places.1);
    if first >= end {
        return;
    }
    let (top, bottom) = (sheet.at(first).number, sheet.at(end - 1).number);
    for range in &sheet.merges {
        let is_tall = range.last.row > range.first.row && range.first.row >= top && range.first.row <= bottom;
        if !is_tall || table.field_at(range.first.col).is_none_or(is_sum) {
            continue;
        }
        let Some(place) = place_of(sheet, range.first.row, first, end) else { continue };
        let Some(value) = sheet.at(place).get(range.first.col) else { continue };
        for below in (place + 1..end).map(|at| sheet.at(at)).take_while(|row| row.number <= range.last.row) {
            if left == 0 {
                return;
            }
            left -= 1;
            if below.get(range.first.col).is_none() {
                carried.cells.entry(below.number).or_default().push((range.first.col, value, range.first));
            }
        }
    }
}

/// Fields that say how much: written once for several rows, they hold for all of them together.
fn is_sum(field: Field) -> bool {
    matches!(field, Field::Compensation | Field::Count | Field::HandlingTime | Field::ResponseTime)
}

/// The place of a row by its number, among places of a sheet.
fn place_of(sheet: &Sheet, number: u32, first: usize, end: usize) -> Option<usize> {
    let (mut low, mut high) = (first, end);
    while low < high {
        let middle = low.midpoint(high);
        match sheet.at(middle).number.cmp(&number) {
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

/// A column of communities that is filled in the first row and blank in some below: merged cells as a format shows them that
/// knows of none. Only where each community stands in one run of rows; otherwise a blank is a blank.
fn left_blank<'a>(sheet: &'a Sheet, table: &Table, carried: &mut Carried<'a>) {
    let Some(col) = table.columns.iter().find(|column| column.field == Field::Community).map(|column| column.col)
    else {
        return;
    };
    let key_cols: Vec<u32> = (table.columns.iter())
        .filter(|column| column.col != col && table.role_at(column.col).is_some_and(|role| role.is_key))
        .map(|column| column.col)
        .collect();
    let mut runs: Vec<(&str, CellAt)> = Vec::new();
    let mut blanks: Vec<(u32, usize)> = Vec::new();
    for place in table.header.1..table.places.1 {
        let row = sheet.at(place);
        match row.get(col) {
            Some(Value::Text(text)) => {
                if runs.last().is_some_and(|(name, _)| *name == text) {
                    continue;
                }
                // A total or a note may stand in the column; it ends no run.
                if kind_of(&row, table, false) != RowKind::Record {
                    continue;
                }
                if runs.iter().any(|(name, _)| *name == text) || runs.len() >= MOST_RUNS {
                    return;
                }
                runs.push((text, row.origin(col)));
            }
            Some(_) => return,
            None if key_cols.iter().any(|key| row.get(*key).is_some()) => {
                // A subtotal or note between two communities belongs to neither.
                if !matches!(kind_of(&row, table, false), RowKind::Record | RowKind::Unrecognised) {
                    continue;
                }
                if runs.is_empty() {
                    return;
                }
                blanks.push((row.number, runs.len() - 1));
            }
            None => {}
        }
    }
    // Where nearly every row names its community, a blank was forgotten.
    let named = table.places.1 - table.header.1 - blanks.len();
    if blanks.is_empty() || blanks.len() * 4 < named {
        return;
    }
    carried.inferred = blanks.first().map(|(row, _)| CellAt { row: *row, col });
    for (row, run) in blanks {
        let (name, origin) = runs[run];
        carried.cells.entry(row).or_default().push((col, Value::Text(name), origin));
    }
}

/// Most communities of one table that are told apart; a column with more different texts is none of communities.
const MOST_RUNS: usize = 500;

/// The sheet with what is carried filled in.
#[must_use]
pub(in super::super) fn filled_in(sheet: &Sheet, carried: &Carried<'_>) -> Sheet {
    let mut view = Sheet::view_of(sheet);
    view.merges.clone_from(&sheet.merges);
    for row in sheet.rows() {
        view.begin_row(row.number, row.covers);
        let mut cells: Vec<(u32, Value<'_>, CellAt)> =
            row.cells().map(|(col, value)| (col, value, row.origin(col))).collect();
        if let Some(more) = carried.cells.get(&row.number) {
            cells.extend(more);
            cells.sort_by_key(|(col, _, _)| *col);
        }
        for (col, value, origin) in cells {
            view.place(col, value, origin);
        }
    }
    view.ended()
}
