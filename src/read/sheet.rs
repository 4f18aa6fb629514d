//! A sheet as read: cells by row, with their kind, merged ranges and visibility.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;
use crate::origin::{CellAt, CellRange};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text, as written.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A cell that the file marks as a date or time.
    Moment(Moment),
    /// True or false.
    Bool(bool),
    /// An error such as `#N/A`.
    Error(&'static str),
}

/// The same, with texts as ranges of the sheet's text store: 24 bytes a cell, no allocation of its own.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Stored {
    Text(u32, u32),
    Number(f64),
    Moment(i64),
    Date(i64),
    Bool(bool),
    Error(ErrorWord),
}

/// The word of an error, by which it travels between processes.
#[derive(Debug, Clone, Copy)]
struct ErrorWord(&'static str);

impl Serialize for ErrorWord {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for ErrorWord {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(super::stream::error_of_word(&String::deserialize(from)?)))
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct StoredCell {
    col: u32,
    value: Stored,
}

/// A sheet. Only cells that hold something are kept, so two cells in opposite corners cost two cells.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Name; empty for formats without sheets.
    pub name: String,
    /// The sheet is hidden.
    pub hidden: bool,
    /// Merged ranges, where the format tells.
    pub merges: Vec<CellRange>,
    /// Rows that are hidden by hand, by an outline or by a filter, where the format tells; ascending.
    pub hidden_rows: Vec<Range<u32>>,
    /// Columns that are hidden, where the format tells; ascending.
    pub hidden_cols: Vec<Range<u32>>,
    /// Widths of columns in characters of the standard font, where the format tells; ascending.
    pub widths: Vec<(Range<u32>, f64)>,
    texts: String,
    cells: Vec<StoredCell>,
    rows: Vec<(u32, Range<u32>)>,
}

impl Sheet {
    /// An empty sheet of a name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Adds a cell. Cells come row by row, columns ascending; one that does not is refused with `false`.
    pub fn push(&mut self, at: CellAt, value: Value<'_>) -> bool {
        let stored = match value {
            Value::Text(text) => {
                if text.chars().all(char::is_whitespace) {
                    return true;
                }
                let (Ok(start), Ok(length)) = (u32::try_from(self.texts.len()), u32::try_from(text.len())) else {
                    return false;
                };
                self.texts.push_str(text);
                Stored::Text(start, length)
            }
            Value::Number(number) => Stored::Number(number),
            Value::Moment(moment) if moment.date_only => Stored::Date(moment.seconds),
            Value::Moment(moment) => Stored::Moment(moment.seconds),
            Value::Bool(yes) => Stored::Bool(yes),
            Value::Error(error) => Stored::Error(ErrorWord(error)),
        };
        let Ok(end) = u32::try_from(self.cells.len()) else { return false };
        match self.rows.last_mut() {
            Some((row, cells)) if *row == at.row => {
                if self.cells.last().is_some_and(|last| last.col >= at.col) {
                    return false;
                }
                cells.end = end + 1;
            }
            Some((row, _)) if *row > at.row => return false,
            _ => self.rows.push((at.row, end..end + 1)),
        }
        self.cells.push(StoredCell { col: at.col, value: stored });
        true
    }

    /// Rows that hold something, from the top.
    #[must_use]
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = Row<'_>> + ExactSizeIterator {
        (0..self.rows.len()).map(|place| self.at(place))
    }

    /// Number of rows that hold something.
    #[must_use]
    pub fn filled_rows(&self) -> usize {
        self.rows.len()
    }

    /// The row at a place among the rows that hold something.
    ///
    /// # Panics
    /// When the place is not below [`Sheet::filled_rows`].
    #[must_use]
    pub fn at(&self, place: usize) -> Row<'_> {
        let (number, cells) = &self.rows[place];
        Row { sheet: self, number: *number, cells: &self.cells[cells.start as usize..cells.end as usize] }
    }

    /// The last row that holds something.
    pub(super) fn last_row(&self) -> Option<u32> {
        self.rows.last().map(|(row, _)| *row)
    }

    /// Whether what another process sent hangs together, so that no range points beyond what there is.
    pub(super) fn is_sound(&self) -> bool {
        let texts = self.cells.iter().all(|cell| match cell.value {
            Stored::Text(start, length) => {
                start.checked_add(length).is_some_and(|end| self.texts.get(start as usize..end as usize).is_some())
            }
            _ => true,
        });
        let mut ends = self.rows.iter().scan(0, |end, (_, cells)| {
            let follows = cells.start == *end && cells.end >= cells.start;
            *end = cells.end;
            Some(follows)
        });
        texts
            && ends.all(|follows| follows)
            && self.rows.last().map_or(0, |(_, cells)| cells.end as usize) == self.cells.len()
    }

    /// Number of cells.
    #[must_use]
    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }
}

/// A row that holds something.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    /// The row's number in the sheet, from zero.
    pub number: u32,
    cells: &'a [StoredCell],
}

impl<'a> Row<'a> {
    /// The cells, by column.
    pub fn cells(&self) -> impl Iterator<Item = (u32, Value<'a>)> + 'a {
        let texts = &self.sheet.texts;
        self.cells.iter().map(move |cell| (cell.col, shown(texts, cell.value)))
    }

    /// The cell of a column.
    #[must_use]
    pub fn get(&self, col: u32) -> Option<Value<'a>> {
        let place = self.cells.binary_search_by_key(&col, |cell| cell.col).ok()?;
        Some(shown(&self.sheet.texts, self.cells[place].value))
    }

    /// Number of cells that hold something.
    #[must_use]
    pub fn filled(&self) -> usize {
        self.cells.len()
    }

    /// The first text of the row, trimmed.
    #[must_use]
    pub fn first_text(&self) -> Option<&'a str> {
        self.cells().find_map(|(_, value)| match value {
            Value::Text(text) => Some(text.trim()),
            _ => None,
        })
    }
}

fn shown(texts: &str, stored: Stored) -> Value<'_> {
    match stored {
        Stored::Text(start, length) => Value::Text(&texts[start as usize..(start + length) as usize]),
        Stored::Number(number) => Value::Number(number),
        Stored::Moment(seconds) => Value::Moment(Moment { seconds, date_only: false }),
        Stored::Date(seconds) => Value::Moment(Moment { seconds, date_only: true }),
        Stored::Bool(yes) => Value::Bool(yes),
        Stored::Error(ErrorWord(error)) => Value::Error(error),
    }
}

impl Value<'_> {
    /// The value as people would write it.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Value::Text(text) => text.trim().to_owned(),
            Value::Number(number) => format!("{number}"),
            Value::Moment(moment) => {
                let text = crate::moment::written(moment.seconds);
                if moment.date_only { text[..10].to_owned() } else { text }
            }
            Value::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
            Value::Error(error) => (*error).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_in_opposite_corners_cost_two_cells() {
        let mut sheet = Sheet::named("远");
        assert!(sheet.push(CellAt { row: 0, col: 0 }, Value::Text("左上")));
        assert!(sheet.push(CellAt { row: 1_048_575, col: 16_383 }, Value::Number(1.0)));
        assert_eq!((sheet.cell_count(), sheet.filled_rows()), (2, 2));
        assert_eq!(sheet.at(1).get(16_383), Some(Value::Number(1.0)));
    }

    #[test]
    fn a_cell_out_of_order_is_refused() {
        let mut sheet = Sheet::default();
        assert!(sheet.push(CellAt { row: 5, col: 5 }, Value::Bool(true)));
        assert!(!sheet.push(CellAt { row: 5, col: 5 }, Value::Bool(true)));
        assert!(!sheet.push(CellAt { row: 4, col: 0 }, Value::Bool(true)));
    }
}
