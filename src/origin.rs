//! Where a value came from: source file, sheet, row and cell.
//!
//! Files are numbered in the byte order of their paths, sheets in the order in which their files hold them. The number of
//! a [`SourceSheet`] and a row therefore order every record of a run in one way, whoever finished reading first.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Number of an input file: its place among all input files, sorted by path.
pub type FileId = u32;

/// Number of a sheet over all files of the run.
pub type SourceId = u32;

/// A sheet of an input file, as named to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSheet {
    /// The file's number.
    pub file: FileId,
    /// The sheet's name; empty for formats that have no sheets.
    pub sheet: String,
}

/// Line of a record that was read from the sheet itself.
pub const NO_LINE: u32 = u32::MAX;

/// Where a record was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordAt {
    /// The sheet.
    pub source: SourceId,
    /// Row of the sheet, from zero.
    pub row: u32,
    /// Line of the views of the sheet, counted over all of them, where it was set out anew: several records may stand in one row
    /// then. [`NO_LINE`] where it was read as it stands.
    pub line: u32,
}

impl RecordAt {
    /// A row of a sheet that was read as it stands.
    #[must_use]
    pub fn row(source: SourceId, row: u32) -> Self {
        Self { source, row, line: NO_LINE }
    }
}

/// A cell by row and column, both counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellAt {
    /// Row, from zero.
    pub row: u32,
    /// Column, from zero.
    pub col: u32,
}

/// A rectangle of cells, both corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellRange {
    /// Top left cell.
    pub first: CellAt,
    /// Bottom right cell.
    pub last: CellAt,
}

impl CellRange {
    /// Whether the cell lies inside.
    #[must_use]
    pub fn contains(&self, at: CellAt) -> bool {
        (self.first.row..=self.last.row).contains(&at.row) && (self.first.col..=self.last.col).contains(&at.col)
    }
}

/// Writes a column's letters: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_letters(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(col) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for CellAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), u64::from(self.row) + 1)
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return write!(f, "{}", self.first);
        }
        write!(f, "{}:{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        let letters: Vec<String> = [0, 25, 26, 701, 702, 16_383].iter().map(|&col| column_letters(col)).collect();
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
        assert_eq!(CellAt { row: 30, col: 6 }.to_string(), "G31");
    }
}
