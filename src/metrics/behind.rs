//! What stands behind a fact: the rows, and what each of them does in it.

use std::sync::Arc;

use super::fact::Unit;
use crate::moment::Moment;
use crate::origin::{RecordAt, SourceId};

/// What a row does in a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It is counted.
    Counted,
    /// It is of the numerator.
    Numerator,
    /// It is of the denominator and not of the numerator.
    Rest,
    /// It is of the denominator, where the numerator is no part of it.
    Denominator,
    /// Its amount is summed, or its duration measured.
    Measured,
    /// It is left out of the denominator for a reason.
    Excluded(Arc<str>),
}

impl Part {
    /// The word in JSON and CSV; `excluded` bears its reason after a colon.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Counted => "counted".to_owned(),
            Self::Numerator => "numerator".to_owned(),
            Self::Rest => "rest_of_denominator".to_owned(),
            Self::Denominator => "denominator".to_owned(),
            Self::Measured => "measured".to_owned(),
            Self::Excluded(reason) => format!("excluded:{reason}"),
        }
    }
}

/// The rows of one part.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// What they do.
    pub part: Part,
    /// Unit of the amounts and the divisor that turns an amount into it; none where each row counts as what it says.
    pub amounts: Option<(Unit, f64)>,
    /// The rows by sheet and row; where [`Limits`] were set, the first of them.
    pub list: Vec<Row>,
    /// The rows that are not listed.
    pub further: Further,
}

/// A row behind a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it stands.
    pub at: RecordAt,
    /// What it adds: 1 where it is counted, else its seconds, fen, thousandths or number of things.
    pub amount: i64,
    /// The cells that count.
    pub cells: Vec<Cell>,
}

/// A cell that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The record whose cell it is: mostly that of the row, but what decides may stand elsewhere.
    pub at: RecordAt,
    /// Column of the records.
    pub column: &'static str,
    /// Item of a survey or topic of a matrix that the record is about, where it is about one.
    pub heading: Option<Arc<str>>,
    /// What the records hold of it.
    pub value: CellValue,
}

/// A record that counts, with the cells that decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Decisive {
    /// Where it stands.
    pub at: RecordAt,
    /// The cells.
    pub cells: Vec<Cell>,
}

impl Decisive {
    /// A record with columns of its own that decide.
    #[must_use]
    pub fn of(at: RecordAt, cells: impl IntoIterator<Item = (&'static str, CellValue)>) -> Self {
        let own = |(column, value)| Cell { at, column, heading: None, value };
        Self { at, cells: cells.into_iter().map(own).collect() }
    }

    /// The same with cells of another record beside its own.
    #[must_use]
    pub fn with(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.cells.extend(cells);
        self
    }

    /// Sheet and row.
    #[must_use]
    pub fn place(&self) -> (SourceId, u32) {
        (self.at.source, self.at.row)
    }
}

/// What the records hold of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellValue {
    /// Nothing.
    None,
    /// A moment.
    Moment(Moment),
    /// A number.
    Number(i64),
    /// A number that need not be whole.
    Real(f64),
    /// Yes or no.
    Said(bool),
}

impl From<Option<Moment>> for CellValue {
    fn from(moment: Option<Moment>) -> Self {
        moment.map_or(Self::None, Self::Moment)
    }
}

/// Rows that are told by ranges alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Further {
    /// How many there are.
    pub count: usize,
    /// What they add together.
    pub sum: i64,
    /// Where they stand, by sheet and row.
    pub ranges: Vec<RowRange>,
    /// Sheets of which not even the range is told, and how many rows stand in them.
    pub untold: (usize, usize),
}

/// Rows of a sheet that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowRange {
    /// The sheet.
    pub source: SourceId,
    /// First and last row, from zero.
    pub rows: (u32, u32),
    /// How many are meant: a row may count several times.
    pub count: usize,
    /// Whether rows in between are not meant.
    pub is_loose: bool,
}

/// How much is kept of the rows behind a fact: memory must not grow with the rows where very many facts are explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Rows of a fact that are listed; rows of one place of a sheet are never parted.
    pub listed: usize,
    /// Ranges of a sheet; the last one takes in all that follow.
    pub ranges: usize,
    /// Sheets whose ranges are told.
    pub sheets: usize,
}

impl Limits {
    /// Every row is listed.
    pub const ALL: Self = Self { listed: usize::MAX, ranges: usize::MAX, sheets: usize::MAX };
}

impl Rows {
    /// Rows of a part, each with what it adds.
    #[must_use]
    pub fn of(part: Part, rows: impl IntoIterator<Item = (Decisive, i64)>) -> Self {
        let row = |(Decisive { at, cells }, amount)| Row { at, amount, cells };
        let mut list: Vec<Row> = rows.into_iter().map(row).collect();
        list.sort_by_key(|row| row.at);
        Self { part, amounts: None, list, further: Further::default() }
    }

    /// The same with amounts that are summed: their unit, and the divisor that turns an amount into it.
    #[must_use]
    pub fn in_unit(self, amounts: Option<(Unit, f64)>) -> Self {
        Self { amounts, ..self }
    }

    /// How many rows there are, listed or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.further.count
    }

    /// What all rows add together.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.list.iter().map(|row| row.amount).sum::<i64>() + self.further.sum
    }

    /// The same with at most so many rows listed.
    #[must_use]
    pub fn cut(mut self, most: usize, limits: Limits) -> Self {
        let end = listed(&self.list, |row| row.at, most);
        if end < self.list.len() {
            self.further = Further::of(self.list.drain(end..).map(|row| (row.at, row.amount)), limits);
        }
        self.list.shrink_to_fit();
        self
    }
}

/// How many of these rows are listed where so many may be: the first, and with the last all that stand in the same row of the sheet
/// where that is short of twice as many.
pub(super) fn listed<T>(rows: &[T], at: impl Fn(&T) -> RecordAt, most: usize) -> usize {
    if rows.len() <= most {
        return rows.len();
    }
    let place = |row: &T| (at(row).source, at(row).row);
    let Some(last) = most.checked_sub(1).map(|last| place(&rows[last])) else { return 0 };
    let same = rows[most..].iter().take_while(|row| place(row) == last).count();
    if same < most { most + same } else { rows.iter().take_while(|row| place(row) != last).count() }
}

/// How many rows of each part are listed where so many of all may be: small parts whole, the others alike.
pub(super) fn shares(counts: &[usize], most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|place| counts[*place]);
    let (mut shares, mut left) = (vec![0; counts.len()], most);
    for (done, place) in order.iter().enumerate() {
        shares[*place] = counts[*place].min(left / (counts.len() - done));
        left -= shares[*place];
    }
    shares
}

impl Further {
    /// Rows by sheet and row, as ranges.
    pub(super) fn of(rows: impl Iterator<Item = (RecordAt, i64)>, limits: Limits) -> Self {
        let mut further = Self::default();
        let (mut sheet, mut sheets, mut of_sheet) = (None, 0, 0);
        for (row, amount) in rows {
            further.count += 1;
            further.sum += amount;
            if sheet != Some(row.source) {
                (sheet, of_sheet) = (Some(row.source), 0);
                sheets += 1;
                further.untold.0 += usize::from(sheets > limits.sheets);
            }
            if sheets > limits.sheets {
                further.untold.1 += 1;
                continue;
            }
            match further.ranges.last_mut().filter(|_| of_sheet > 0) {
                Some(last) if row.row <= last.rows.1.saturating_add(1) || of_sheet == limits.ranges => {
                    last.is_loose |= row.row > last.rows.1.saturating_add(1);
                    last.rows.1 = row.row;
                    last.count += 1;
                }
                _ => {
                    let rows = (row.row, row.row);
                    further.ranges.push(RowRange { source: row.source, rows, count: 1, is_loose: false });
                    of_sheet += 1;
                }
            }
        }
        further
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::NO_LINE;

    fn rows(places: &[(SourceId, u32)]) -> Rows {
        let decisive = |(source, row): &(SourceId, u32)| {
            (Decisive::of(RecordAt { source: *source, row: *row, line: NO_LINE }, []), 1)
        };
        Rows::of(Part::Counted, places.iter().map(decisive))
    }

    fn ranges(rows: &Rows) -> Vec<(SourceId, u32, u32, usize, bool)> {
        let of = |range: &RowRange| (range.source, range.rows.0, range.rows.1, range.count, range.is_loose);
        rows.further.ranges.iter().map(of).collect()
    }

    #[test]
    fn rows_beyond_the_limit_stand_as_ranges_and_still_add_up() {
        let all = rows(&[(1, 9), (0, 2), (0, 3), (0, 4), (0, 4), (0, 7), (1, 8)]);
        let cut = all.clone().cut(2, Limits { listed: 2, ..Limits::ALL });
        assert_eq!(cut.list.iter().map(|row| (row.at.source, row.at.row)).collect::<Vec<_>>(), [(0, 2), (0, 3)]);
        assert_eq!(ranges(&cut), [(0, 4, 4, 2, false), (0, 7, 7, 1, false), (1, 8, 9, 2, false)]);
        assert_eq!((cut.count(), cut.sum()), (all.count(), all.sum()));
    }

    #[test]
    fn what_is_kept_does_not_grow_with_the_rows() {
        let many: Vec<(SourceId, u32)> =
            (0..100).flat_map(|sheet| (0..1_000).map(move |row| (sheet, row * 2))).collect();
        let cut = rows(&many).cut(5, Limits { listed: 5, ranges: 3, sheets: 4 });
        assert_eq!((cut.list.len(), cut.further.ranges.len(), cut.further.untold), (5, 12, (96, 96_000)));
        assert_eq!(ranges(&cut)[2], (0, 14, 1_998, 993, true), "the last range of a sheet takes in the rest");
        assert_eq!((cut.count(), cut.sum()), (100_000, 100_000));
    }

    #[test]
    fn rows_of_one_place_are_not_parted_and_small_parts_are_listed_whole() {
        let same = rows(&[(0, 1), (0, 2), (0, 2), (0, 2), (0, 3)]);
        assert_eq!(same.clone().cut(2, Limits::ALL).list.len(), 1, "two more of row 3 would be twice as many");
        assert_eq!(same.clone().cut(3, Limits::ALL).list.len(), 4);
        assert_eq!(same.cut(0, Limits::ALL).list.len(), 0);
        assert_eq!(shares(&[60, 3, 100], 50), [23, 3, 24]);
        assert_eq!(shares(&[60, 3], usize::MAX), [60, 3]);
    }
}
