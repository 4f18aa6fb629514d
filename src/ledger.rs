//! The ledger: every row of every block of every sheet ends in exactly one place.

use std::collections::BTreeMap;

use crate::origin::{CellRange, SourceId};

/// One block of a sheet, or what is outside all of its blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// The sheet.
    pub source: SourceId,
    /// Number of the block within the sheet, from 1; 0 for what is outside all blocks.
    pub block: u32,
    /// The block's cells, where it has any.
    pub range: Option<CellRange>,
    /// Kind of table, such as `complaint`; empty outside blocks.
    pub kind: &'static str,
    /// Where the rows went.
    pub rows: RowCounts,
    /// Records made (a matrix row makes several).
    pub yielded: u64,
}

/// Rows by where they ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows of the block.
    pub rows: u64,
    /// Rows that became records.
    pub record_rows: u64,
    /// Rows that continue the text of the row above.
    pub continuation: u64,
    /// Rows that could not be counted.
    pub rejected: u64,
    /// Records that stood elsewhere before.
    pub duplicates: u64,
    /// Header rows, repeated ones too.
    pub headings: u64,
    /// Total and subtotal rows.
    pub totals: u64,
    /// Titles, notes and signatures.
    pub notes: u64,
    /// Blank rows.
    pub blanks: u64,
    /// Rows that nothing above describes.
    pub unrecognised: u64,
}

impl RowCounts {
    /// Whether every row ended in exactly one place.
    #[must_use]
    pub fn balances(&self) -> bool {
        self.rows
            == self.record_rows
                + self.continuation
                + self.rejected
                + self.duplicates
                + self.headings
                + self.totals
                + self.notes
                + self.blanks
                + self.unrecognised
    }
}

/// All lines of the ledger, by sheet and block.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The lines.
    pub lines: Vec<LedgerLine>,
}

impl Ledger {
    /// The first line that does not balance.
    #[must_use]
    pub fn unbalanced(&self) -> Option<&LedgerLine> {
        self.lines.iter().find(|line| !line.rows.balances())
    }
}

impl Ledger {
    /// Moves duplicates out of the record rows: how many, by sheet and place of the line among the sheet's lines.
    pub fn set_aside_duplicates(&mut self, duplicates: &BTreeMap<(SourceId, usize), u64>) {
        self.each_line(|line, key| {
            if let Some(count) = duplicates.get(&key) {
                let count = (*count).min(line.rows.record_rows);
                line.rows.record_rows -= count;
                line.rows.duplicates += count;
                line.yielded -= count.min(line.yielded);
            }
        });
    }

    /// Moves rows of tallies that are only compared from the record rows to the totals: rows and records, by sheet and place of
    /// the line.
    pub fn set_aside_compared(&mut self, compared: &BTreeMap<(SourceId, usize), (u64, u64)>) {
        self.each_line(|line, key| {
            if let Some((rows, records)) = compared.get(&key) {
                let rows = (*rows).min(line.rows.record_rows);
                line.rows.record_rows -= rows;
                line.rows.totals += rows;
                line.yielded -= (*records).min(line.yielded);
            }
        });
    }

    /// Calls with each line, its sheet and its place among the sheet's lines.
    fn each_line(&mut self, mut change: impl FnMut(&mut LedgerLine, (SourceId, usize))) {
        let (mut place, mut source) = (0, None);
        for line in &mut self.lines {
            place = if source == Some(line.source) { place + 1 } else { 0 };
            source = Some(line.source);
            let key = (line.source, place);
            change(line, key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duplicate_moves_from_the_records_and_the_line_still_balances() {
        let rows = RowCounts { rows: 10, record_rows: 8, headings: 1, blanks: 1, ..RowCounts::default() };
        let line = LedgerLine { source: 3, block: 1, range: None, kind: "complaint", rows, yielded: 8 };
        let outside = LedgerLine { block: 0, rows: RowCounts::default(), yielded: 0, ..line.clone() };
        let mut ledger = Ledger { lines: vec![outside, line] };
        ledger.set_aside_duplicates(&[((3, 1), 2)].into_iter().collect());
        assert_eq!(
            (ledger.lines[1].rows.record_rows, ledger.lines[1].rows.duplicates, ledger.lines[1].yielded),
            (6, 2, 6)
        );
        assert_eq!(ledger.unbalanced(), None);
    }
}
