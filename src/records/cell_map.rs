//! In which cells the values of a record stand: the columns of the tables of each sheet, and, where a sheet was set out anew, where
//! each cell of a record came from.

use std::collections::{BTreeMap, BTreeSet};

use super::cases::time_of_day;
use super::cells::is_blank_mark;
use super::columns as c;
use crate::normalise::rating::Level;
use crate::origin::{CellAt, CellRange, NO_LINE, RecordAt, SourceId};
use crate::read::sheet::{Row, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::recognise::layout::Layout;
use crate::step::Step;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ColumnCells {
    field: Field,
    col: u32,
    /// Item of a survey or topic of a matrix that stands above it.
    heading: Option<String>,
    /// A tick in it stands for this answer.
    option: Option<Level>,
}

/// Where the cells of a table's records stand. Only what the columns do not tell is kept of single records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableCells {
    /// First row and one past the last.
    rows: (u32, u32),
    /// First line and one past the last, where the table is read from a view.
    lines: Option<(u32, u32)>,
    /// Cells stand in the rows and columns of the sheet, as far as `moved` does not say otherwise; else it says of all of them.
    is_in_place: bool,
    columns: Vec<ColumnCells>,
    /// Cells that stand elsewhere, by line (or row) and column.
    moved: BTreeMap<(u32, u32), CellAt>,
    /// Of several columns of one field those that a record is read from, where it is not the first, by line (or row).
    chosen: BTreeMap<(u32, Field), Vec<u32>>,
    /// Fields that have several columns.
    several: BTreeSet<Field>,
}

impl TableCells {
    /// Of a table, before its records are [noted](Self::note).
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let heading = |field: Field| field == Field::Item;
        let columns = table.columns.iter().map(|column| ColumnCells {
            field: column.field,
            col: column.col,
            heading: heading(column.field).then(|| column.item_name()),
            option: column.option,
        });
        let mut seen = BTreeSet::new();
        let single = table.columns.iter().filter(|column| column.option.is_none() && column.field != Field::Item);
        let several = single.map(|column| column.field).filter(|field| !seen.insert(*field)).collect();
        Self {
            rows: table.rows,
            is_in_place: matches!(table.layout, Layout::Plain | Layout::MergedDown | Layout::SideBySide),
            columns: columns.collect(),
            several,
            ..Self::default()
        }
    }

    /// Takes note of the row of a record: where its cells stand and which of several columns it is read from.
    pub fn note(&mut self, row: &Row<'_>) {
        let key = key_of(row.number, row.line);
        if row.line != NO_LINE {
            let (first, _) = self.lines.unwrap_or((row.line, row.line));
            self.lines = Some((first, row.line.saturating_add(1)));
            for column in &self.columns {
                let origin = row.origin(column.col);
                let is_here = self.is_in_place && origin == CellAt { row: row.number, col: column.col };
                if !is_here && row.get(column.col).is_some() {
                    self.moved.insert((key, column.col), origin);
                }
            }
        }
        for field in &self.several {
            let of_field = || self.columns.iter().filter(|column| column.field == *field).map(|column| column.col);
            let chosen = chosen(row, *field, of_field());
            if !chosen.is_empty() && chosen != [of_field().next().unwrap_or(0)] {
                self.chosen.insert((key, *field), chosen);
            }
        }
    }

    fn has(&self, at: RecordAt) -> bool {
        match self.lines {
            Some((first, end)) => (first..end).contains(&at.line),
            None => at.line == NO_LINE && (self.rows.0..self.rows.1).contains(&at.row),
        }
    }

    /// The cell of a column; none where a form leaves it out.
    fn at(&self, at: RecordAt, col: u32) -> Option<CellAt> {
        let moved = self.moved.get(&(key_of(at.row, at.line), col)).copied();
        moved.or(self.is_in_place.then_some(CellAt { row: at.row, col }))
    }

    /// The cells of a field; of answers printed side by side the one for the level that was ticked.
    fn of_field(&self, at: RecordAt, field: Field, level: Option<Level>) -> Vec<CellAt> {
        if let Some(cols) = self.chosen.get(&(key_of(at.row, at.line), field)) {
            return cols.iter().filter_map(|col| self.at(at, *col)).collect();
        }
        self.of_columns(at, level, &|column| column.field == field)
    }

    fn of_columns(&self, at: RecordAt, level: Option<Level>, is_meant: &dyn Fn(&ColumnCells) -> bool) -> Vec<CellAt> {
        let meant = || self.columns.iter().filter(|column| is_meant(column));
        let ticked = meant().find(|column| level.is_some() && column.option == level);
        let options = || meant().filter(|column| column.option.is_some());
        match ticked {
            Some(column) => self.at(at, column.col).into_iter().collect(),
            // No answer was ticked: all that could have been say so.
            None if options().next().is_some() => options().filter_map(|column| self.at(at, column.col)).collect(),
            None => meant().find_map(|column| self.at(at, column.col)).into_iter().collect(),
        }
    }

    /// The cells of an item of a survey or a topic of a matrix.
    fn of_heading(&self, at: RecordAt, heading: &str, level: Option<Level>) -> Vec<CellAt> {
        self.of_columns(at, level, &|column| column.heading.as_deref() == Some(heading))
    }

    /// All cells that stand under an item.
    fn answers(&self, at: RecordAt) -> Vec<CellAt> {
        let items = self.columns.iter().filter(|column| column.field == Field::Item);
        items.filter_map(|column| self.at(at, column.col)).collect()
    }
}

/// By what a record is known in its table.
fn key_of(row: u32, line: u32) -> u32 {
    if line == NO_LINE { row } else { line }
}

/// Columns from which a field of a row is read: the first that holds something; of a moment also the one that holds its time.
fn chosen(row: &Row<'_>, field: Field, cols: impl Iterator<Item = u32>) -> Vec<u32> {
    let is_moment = Step::ALL.into_iter().any(|step| step.column() == field.name());
    let (mut first, mut time) = (None, None);
    for col in cols {
        match row.get(col) {
            Some(value) if is_moment && time_of_day(value).is_some() => time = Some(col),
            Some(Value::Text(text)) if is_blank_mark(text) => {}
            Some(_) => first = first.or(Some(col)),
            None => {}
        }
    }
    first.into_iter().chain(time).collect()
}

/// The cells of a value of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// The field in which they stand: that of the column, or another one from which it is told.
    pub field: &'static str,
    /// The cells, or the range around them where there are more than two.
    pub at: Vec<CellRange>,
}

/// The cells of all tables, by sheet.
#[derive(Debug, Default)]
pub struct CellMap {
    tables: BTreeMap<SourceId, Vec<TableCells>>,
}

impl CellMap {
    /// Adds the cells of a table.
    pub(super) fn add(&mut self, source: SourceId, table: TableCells) {
        self.tables.entry(source).or_default().push(table);
    }

    /// The cells in which a record tells the value of a column of the records (they bear the names of the fields); none where its
    /// table has no such column. `heading` is the item or topic that the record is about, `level` the answer.
    #[must_use]
    pub fn cells(
        &self,
        at: RecordAt,
        column: &'static str,
        heading: Option<&str>,
        level: Option<Level>,
    ) -> Option<Cells> {
        let table = self.table(at)?;
        let (field, cells) = match (column, heading) {
            (c::ANSWERS, _) => (column, table.answers(at)),
            (c::LEVEL | c::SCORE | c::OPINION, Some(heading)) => (column, table.of_heading(at, heading, level)),
            _ => (column, Vec::new()),
        };
        if !cells.is_empty() {
            return Some(Cells { field, at: joined(&cells) });
        }
        let own = Field::named(column);
        let own = own.map(|field| table.of_field(at, field, level)).unwrap_or_default();
        if !own.is_empty() {
            return Some(Cells { field: column, at: joined(&own) });
        }
        instead_of(column).iter().find_map(|(field, name)| {
            let cells = table.of_field(at, *field, level);
            (!cells.is_empty()).then(|| Cells { field: name.unwrap_or(column), at: joined(&cells) })
        })
    }

    /// The first cell of a moment of a record.
    #[must_use]
    pub fn cell(&self, at: RecordAt, column: &'static str) -> Option<CellAt> {
        self.cells(at, column, None, None)?.at.first().map(|range| range.first)
    }

    /// All cells of a record, where nothing smaller tells what counts.
    #[must_use]
    pub fn record(&self, at: RecordAt) -> Option<CellRange> {
        let table = self.table(at)?;
        around(table.columns.iter().filter_map(|column| table.at(at, column.col)))
    }

    fn table(&self, at: RecordAt) -> Option<&TableCells> {
        self.tables.get(&at.source)?.iter().find(|table| table.has(at))
    }
}

/// Where the value of a column stands in tables that have none of its name: a length of time, from which an end is told; the date of
/// the answer, which is that of the resolution; a count or a month, where nothing else tells when a case came in. With the name by
/// which it is shown, where that is another one.
fn instead_of(column: &str) -> &'static [(Field, Option<&'static str>)] {
    match column {
        "responded" => &[(Field::ResponseTime, None)],
        "resolved" => &[(Field::HandlingTime, None)],
        "called_back" => &[(Field::Opinion, Some("opinion"))],
        "answered" => &[(Field::Resolved, None)],
        "received" | c::LEVEL => &[(Field::Count, Some("count")), (Field::Month, Some("month"))],
        _ => &[],
    }
}

fn joined(cells: &[CellAt]) -> Vec<CellRange> {
    if cells.len() > 2 {
        return around(cells.iter().copied()).into_iter().collect();
    }
    cells.iter().map(|cell| CellRange { first: *cell, last: *cell }).collect()
}

/// The rectangle around cells.
fn around(cells: impl Iterator<Item = CellAt>) -> Option<CellRange> {
    cells.map(|cell| CellRange { first: cell, last: cell }).reduce(|all, cell| CellRange {
        first: CellAt { row: all.first.row.min(cell.first.row), col: all.first.col.min(cell.first.col) },
        last: CellAt { row: all.last.row.max(cell.last.row), col: all.last.col.max(cell.last.col) },
    })
}
