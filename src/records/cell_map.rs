//! In which cells the values of a record stand: the columns of the tables of each sheet.

use std::collections::{BTreeMap, BTreeSet};

use crate::origin::{CellAt, SourceId};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::recognise::layout::Layout;

/// The columns of a table: its rows, first and one past the last, and the column of each field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableCells {
    rows: (u32, u32),
    cols: Vec<(Field, u32)>,
}

impl TableCells {
    /// Of a table whose columns are those of the sheet; of another layout nothing is known.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let is_plain = table.view.is_none() || matches!(table.layout, Layout::MergedDown);
        let columns = table.columns.iter().filter(|_| is_plain);
        Self { rows: table.rows, cols: columns.map(|column| (column.field, column.col)).collect() }
    }
}

/// The columns of all tables, by sheet.
#[derive(Debug, Default)]
pub struct CellMap {
    tables: BTreeMap<SourceId, Vec<TableCells>>,
}

impl CellMap {
    /// Adds the columns of a table.
    pub(super) fn add(&mut self, source: SourceId, table: TableCells) {
        self.tables.entry(source).or_default().push(table);
    }

    /// The cell in which a row tells the value of a column of the records (they bear the names of the fields); none where no
    /// table has it, or two side by side both have.
    #[must_use]
    pub fn cell(&self, source: SourceId, row: u32, column: &str) -> Option<CellAt> {
        let field = Field::named(column)?;
        let tables = self.tables.get(&source)?.iter().filter(|table| (table.rows.0..table.rows.1).contains(&row));
        let cols: BTreeSet<u32> = tables
            .filter_map(|table| table.cols.iter().find(|(found, _)| *found == field).map(|(_, col)| *col))
            .collect();
        match cols.first() {
            Some(&col) if cols.len() == 1 => Some(CellAt { row, col }),
            _ => None,
        }
    }
}
