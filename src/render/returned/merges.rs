//! Merged cells, as far as the sheet reaches.

use std::collections::BTreeMap;

use crate::origin::{CellAt, CellRange};
use crate::read::sheet::Sheet;

/// Cells of merged ranges that are looked at for one sheet: hostile files merge whole sheets.
const MOST: u64 = 200_000;

/// The merged ranges of a sheet that can be written: cut to what the sheet holds, none over another.
pub(super) struct Merges {
    pub(super) ranges: Vec<CellRange>,
    by_cell: BTreeMap<CellAt, usize>,
}

impl Merges {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let mut merges = Self { ranges: Vec::new(), by_cell: BTreeMap::new() };
        let Some(last_row) = sheet.filled_rows().checked_sub(1).map(|place| sheet.at(place).number) else {
            return merges;
        };
        let last_col = sheet.rows().filter_map(|row| row.cells().last()).map(|(col, _)| col).max().unwrap_or(0);
        let mut left = MOST;
        for range in &sheet.merges {
            let last = CellAt { row: range.last.row.min(last_row), col: range.last.col.min(last_col) };
            let range = CellRange { first: range.first, last };
            if range.first.row > last.row || range.first.col > last.col || range.first == last {
                continue;
            }
            let area = u64::from(last.row - range.first.row + 1) * u64::from(last.col - range.first.col + 1);
            if area <= left && !cells(range).any(|at| merges.by_cell.contains_key(&at)) {
                left -= area;
                merges.by_cell.extend(cells(range).map(|at| (at, merges.ranges.len())));
                merges.ranges.push(range);
            }
        }
        merges
    }

    /// The range around a cell.
    pub(super) fn around(&self, at: CellAt) -> Option<CellRange> {
        self.by_cell.get(&at).map(|place| self.ranges[*place])
    }

    /// Whether a range begins at the cell.
    pub(super) fn begins_at(&self, at: CellAt) -> bool {
        self.around(at).is_some_and(|range| range.first == at)
    }
}

fn cells(range: CellRange) -> impl Iterator<Item = CellAt> {
    (range.first.row..=range.last.row)
        .flat_map(move |row| (range.first.col..=range.last.col).map(move |col| CellAt { row, col }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::sheet::Value;

    #[test]
    fn a_range_over_the_whole_sheet_is_cut_and_one_over_another_is_left_out() {
        let mut sheet = Sheet::named("3月");
        for row in 0..3 {
            for col in 0..3 {
                sheet.push(CellAt { row, col }, Value::Number(1.0));
            }
        }
        let range = |first: (u32, u32), last: (u32, u32)| CellRange {
            first: CellAt { row: first.0, col: first.1 },
            last: CellAt { row: last.0, col: last.1 },
        };
        sheet.merges = vec![
            range((0, 0), (0, 16_383)),
            range((0, 2), (1, 2)),
            range((1, 0), (1_048_575, 0)),
            range((2, 2), (9, 9)),
        ];
        let texts: Vec<String> = Merges::of(&sheet).ranges.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["A1:C1", "A2:A3"]);
    }
}
