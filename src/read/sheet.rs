//! A sheet as read: cells by row, with their kind, merged ranges and visibility.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::moment::Moment;
use crate::origin::{CellAt, CellRange, NO_LINE};

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
    /// What of it was not read, where something was left out.
    pub cut: Option<String>,
    texts: String,
    cells: Vec<StoredCell>,
    rows: Vec<(u32, Range<u32>)>,
    /// Where each cell stands in the file, where it stands elsewhere here: see [`Sheet::view_of`].
    origins: Vec<CellAt>,
    /// Filled rows of the file that each row stands for, where it is not one.
    covers: Vec<u32>,
    /// Number of the first row of a view among the rows of all views of the sheet.
    #[serde(skip)]
    first_line: Option<u32>,
}

impl Sheet {
    /// An empty sheet of a name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// An empty view of a sheet: its cells are those of the sheet, set out in other rows and columns, and each keeps where it
    /// came from. A layout that people understand at a glance becomes a plain table by it.
    #[must_use]
    pub fn view_of(sheet: &Self) -> Self {
        Self { name: sheet.name.clone(), hidden: sheet.hidden, ..Self::default() }
    }

    /// Begins a row of a view. It bears the number of the row of the file in which it begins and stands for that many filled
    /// rows of it: none for all but the first that are made of one row.
    pub fn begin_row(&mut self, number: u32, covers: u32) {
        self.drop_empty_row();
        let end = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.rows.push((number, end..end));
        self.covers.push(covers);
    }

    /// Adds a cell to the row of a view; columns ascend. Whether it was taken.
    pub fn place(&mut self, col: u32, value: Value<'_>, origin: CellAt) -> bool {
        let Some((_, cells)) = self.rows.last() else { return false };
        if !cells.is_empty() && self.cells.last().is_some_and(|last| last.col >= col) {
            return false;
        }
        let Some(stored) = self.stored(value) else { return false };
        let Ok(end) = u32::try_from(self.cells.len() + 1) else { return false };
        self.cells.push(StoredCell { col, value: stored });
        self.origins.push(origin);
        if let Some((_, cells)) = self.rows.last_mut() {
            cells.end = end;
        }
        true
    }

    /// Ends a view: a last row without cells is none.
    #[must_use]
    pub fn ended(mut self) -> Self {
        self.drop_empty_row();
        self
    }

    /// Numbers the rows of a view from a line on: a record that was read from it is known by its line.
    pub fn number_lines(&mut self, first: u32) {
        self.first_line = Some(first);
    }

    /// A row that got no cell is no row; the rows of the file that it stands for go to the row before.
    fn drop_empty_row(&mut self) {
        if self.rows.last().is_some_and(|(_, cells)| cells.is_empty()) {
            self.rows.pop();
            let covered = self.covers.pop().unwrap_or(0);
            if let Some(before) = self.covers.last_mut() {
                *before += covered;
            }
        }
    }

    /// A value as kept; none for blanks and beyond 4 GiB of text.
    fn stored(&mut self, value: Value<'_>) -> Option<Stored> {
        Some(match value {
            Value::Text(text) => {
                if text.chars().all(char::is_whitespace) {
                    return None;
                }
                let (start, length) = (u32::try_from(self.texts.len()).ok()?, u32::try_from(text.len()).ok()?);
                start.checked_add(length)?;
                self.texts.push_str(text);
                Stored::Text(start, length)
            }
            Value::Number(number) => Stored::Number(number),
            Value::Moment(moment) if moment.date_only => Stored::Date(moment.seconds),
            Value::Moment(moment) => Stored::Moment(moment.seconds),
            Value::Bool(yes) => Stored::Bool(yes),
            Value::Error(error) => Stored::Error(ErrorWord(error)),
        })
    }

    /// Adds a cell. Cells come row by row, columns ascending; one that does not is refused with `false`.
    pub fn push(&mut self, at: CellAt, value: Value<'_>) -> bool {
        if matches!(value, Value::Text(text) if text.chars().all(char::is_whitespace)) {
            return true;
        }
        let Some(stored) = self.stored(value) else { return false };
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
        let (start, end) = (cells.start as usize, cells.end as usize);
        Row {
            sheet: self,
            number: *number,
            cells: &self.cells[start..end],
            origins: self.origins.get(start..end).unwrap_or_default(),
            covers: self.covers.get(place).copied().unwrap_or(1),
            line: self
                .first_line
                .map_or(NO_LINE, |first| first.saturating_add(u32::try_from(place).unwrap_or(NO_LINE))),
        }
    }

    /// The row of a number, where it holds something; in a view the first of that number.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Option<Row<'_>> {
        let place = self.rows.partition_point(|(row, _)| *row < number);
        self.rows.get(place).is_some_and(|(row, _)| *row == number).then(|| self.at(place))
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
    origins: &'a [CellAt],
    /// Filled rows of the file that it stands for: 1 but in a view.
    pub covers: u32,
    /// Its number among the rows of all views of the sheet, in a view; else [`NO_LINE`].
    pub line: u32,
}

impl<'a> Row<'a> {
    /// The cells, by column.
    pub fn cells(&self) -> impl Iterator<Item = (u32, Value<'a>)> + use<'a> {
        let texts = &self.sheet.texts;
        self.cells.iter().map(move |cell| (cell.col, shown(texts, cell.value)))
    }

    /// The cell of a column.
    #[must_use]
    pub fn get(&self, col: u32) -> Option<Value<'a>> {
        let place = self.cells.binary_search_by_key(&col, |cell| cell.col).ok()?;
        Some(shown(&self.sheet.texts, self.cells[place].value))
    }

    /// The first and the last column that hold something.
    #[must_use]
    pub fn ends(&self) -> Option<(u32, u32)> {
        Some((self.cells.first()?.col, self.cells.last()?.col))
    }

    /// Where the cell of a column stands in the file.
    #[must_use]
    pub fn origin(&self, col: u32) -> CellAt {
        let here = CellAt { row: self.number, col };
        if self.origins.is_empty() {
            return here;
        }
        let place = self.cells.binary_search_by_key(&col, |cell| cell.col).ok();
        place.and_then(|place| self.origins.get(place)).copied().unwrap_or(here)
    }

    /// Whether the cell of a column was written in another row and holds for this one too: a vertically merged cell.
    #[must_use]
    pub fn is_carried(&self, col: u32) -> bool {
        !self.origins.is_empty() && self.origin(col).row < self.number
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
