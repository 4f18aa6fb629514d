//! Tables next to each other: the same form printed twice on a page, or complaints left and repairs right.

use std::collections::BTreeSet;

use crate::normalise::label::fold;
use crate::origin::CellRange;
use crate::read::sheet::{Sheet, Value};

/// Columns of the strips into which the row of headers at a place falls: at columns that it leaves out and where its first label
/// comes again. One strip where it is one table.
#[must_use]
pub(in super::super) fn strips(sheet: &Sheet, header: (usize, usize)) -> Vec<(u32, u32)> {
    let mut cols: BTreeSet<u32> =
        (header.0..header.1).flat_map(|at| sheet.at(at).cells()).map(|(col, _)| col).collect();
    // No header is wider than a sheet that people fill in.
    let until = |range: &CellRange| range.last.col.min(range.first.col.saturating_add(WIDEST));
    let merges = sheet.merges.iter().filter(|range| is_within(sheet, range, header));
    let mut spans: Vec<(u32, u32)> = merges.map(|range| (range.first.col, until(range))).collect();
    spans.sort_unstable();
    let mut from = 0;
    for (first, last) in spans {
        // Spans over one another are gone through once.
        cols.extend(first.max(from)..=last);
        from = from.max(last.saturating_add(1));
    }
    let top = sheet.at(header.0);
    let label = |col: u32| match top.get(col) {
        Some(Value::Text(text)) => Some(fold(text)),
        _ => None,
    };
    let first = cols.first().and_then(|col| label(*col));
    let mut strips: Vec<(u32, u32)> = Vec::new();
    for col in cols {
        match strips.last_mut() {
            Some((start, last)) if col == *last + 1 && !(first.is_some() && col > *start && label(col) == first) => {
                *last = col;
            }
            _ => strips.push((col, col)),
        }
    }
    strips
}

/// Widest merged header cell that is looked at, in columns.
const WIDEST: u32 = 200;

fn is_within(sheet: &Sheet, range: &CellRange, header: (usize, usize)) -> bool {
    (header.0..header.1).any(|place| (range.first.row..=range.last.row).contains(&sheet.at(place).number))
}

/// The columns of a strip, from a place on, as a sheet of their own: rows and columns keep their numbers.
#[must_use]
pub(in super::super) fn strip_of(sheet: &Sheet, cols: (u32, u32), from: usize) -> Sheet {
    let mut strip = Sheet::view_of(sheet);
    strip.merges =
        sheet.merges.iter().filter(|range| range.first.col >= cols.0 && range.last.col <= cols.1).copied().collect();
    for place in from..sheet.filled_rows() {
        let row = sheet.at(place);
        let mut begun = false;
        for (col, value) in row.cells().filter(|(col, _)| (cols.0..=cols.1).contains(col)) {
            if !begun {
                strip.begin_row(row.number, 1);
                begun = true;
            }
            strip.place(col, value, row.origin(col));
        }
    }
    strip.ended()
}
