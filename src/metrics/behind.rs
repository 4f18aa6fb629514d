//! What stands behind a fact: the rows, and what each of them does in it.

use std::sync::Arc;

use super::fact::Unit;
use crate::moment::Moment;
use crate::origin::SourceId;

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
    /// It came into a stock.
    Entered,
    /// It left the stock.
    Left,
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
            Self::Entered => "entered".to_owned(),
            Self::Left => "left".to_owned(),
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
    /// Columns of the records whose cells count.
    pub columns: Vec<&'static str>,
    /// The rows by sheet and row; where [`Limits`] were set, the first of them.
    pub list: Vec<Row>,
    /// What the records hold of the cells of the rows listed: as many for each as there are columns.
    cells: Vec<CellValue>,
    /// The rows that are not listed.
    pub further: Further,
}

/// A row behind a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The sheet.
    pub source: SourceId,
    /// Row of the sheet, from zero.
    pub row: u32,
    /// What it adds: 1 where it is counted, else its seconds, fen, thousandths or number of things.
    pub amount: i64,
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
    /// Yes or no.
    Said(bool),
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
    pub fn of(part: Part, rows: impl IntoIterator<Item = (SourceId, u32, i64)>) -> Self {
        let mut list: Vec<Row> = rows.into_iter().map(|(source, row, amount)| Row { source, row, amount }).collect();
        list.sort_by_key(Row::at);
        Self { part, amounts: None, columns: Vec::new(), list, cells: Vec::new(), further: Further::default() }
    }

    /// The same with amounts that are summed: their unit, and the divisor that turns an amount into it.
    #[must_use]
    pub fn in_unit(self, amounts: Option<(Unit, f64)>) -> Self {
        Self { amounts, ..self }
    }

    /// The same with what the records hold of each row's cells.
    #[must_use]
    pub fn with_cells(mut self, columns: Vec<&'static str>, cells: Vec<CellValue>) -> Self {
        debug_assert_eq!(self.list.len() * columns.len(), cells.len());
        (self.columns, self.cells) = (columns, cells);
        self
    }

    /// The same with rows that are told by ranges alone.
    #[must_use]
    pub fn with_further(self, further: Further) -> Self {
        Self { further, ..self }
    }

    /// What the records hold of the cells of a row listed, by [`Self::columns`].
    #[must_use]
    pub fn cells_of(&self, place: usize) -> &[CellValue] {
        let width = self.columns.len();
        self.cells.get(place * width..(place + 1) * width).unwrap_or_default()
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
        let end = listed(&self.list, most);
        if end < self.list.len() {
            self.further = Further::of(self.list.drain(end..), limits);
            self.cells.truncate(end * self.columns.len());
        }
        self.list.shrink_to_fit();
        self.cells.shrink_to_fit();
        self
    }
}

impl Row {
    /// Sheet and row.
    #[must_use]
    pub fn at(&self) -> (SourceId, u32) {
        (self.source, self.row)
    }
}

/// How many of these rows are listed where so many may be: the first, and with the last all that stand in the same row of the sheet
/// where that is short of twice as many.
pub(super) fn listed(rows: &[Row], most: usize) -> usize {
    if rows.len() <= most {
        return rows.len();
    }
    let Some(last) = most.checked_sub(1).map(|last| rows[last].at()) else { return 0 };
    let same = rows[most..].iter().take_while(|row| row.at() == last).count();
    if same < most { most + same } else { rows.iter().take_while(|row| row.at() != last).count() }
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
    pub(super) fn of(rows: impl Iterator<Item = Row>, limits: Limits) -> Self {
        let mut further = Self::default();
        let (mut sheet, mut sheets, mut of_sheet) = (None, 0, 0);
        for row in rows {
            further.count += 1;
            further.sum += row.amount;
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

    fn rows(places: &[(SourceId, u32)]) -> Rows {
        Rows::of(Part::Counted, places.iter().map(|(source, row)| (*source, *row, 1)))
    }

    fn ranges(rows: &Rows) -> Vec<(SourceId, u32, u32, usize, bool)> {
        let of = |range: &RowRange| (range.source, range.rows.0, range.rows.1, range.count, range.is_loose);
        rows.further.ranges.iter().map(of).collect()
    }

    #[test]
    fn rows_beyond_the_limit_stand_as_ranges_and_still_add_up() {
        let all = rows(&[(1, 9), (0, 2), (0, 3), (0, 4), (0, 4), (0, 7), (1, 8)]);
        let cut = all.clone().cut(2, Limits { listed: 2, ..Limits::ALL });
        assert_eq!(cut.list.iter().map(Row::at).collect::<Vec<_>>(), [(0, 2), (0, 3)]);
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
