//! What one row of a smaller register says, field by field.

use crate::moment::{Moment, Period};
use crate::normalise::label::tidy;
use crate::normalise::period;
use crate::normalise::rating::Level;
use crate::origin::CellAt;
use crate::read::sheet::{Row, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::records::cells::{CellReader, MomentCell, is_blank_mark};

/// A row with what its cells are read with.
pub struct Told<'a, 'r> {
    row: &'a Row<'r>,
    table: &'a Table,
    /// Period that a mapping or the surroundings name.
    named: Option<Period>,
    reader: &'a mut CellReader<'r>,
}

impl<'a, 'r> Told<'a, 'r> {
    pub(super) fn new(
        row: &'a Row<'r>,
        table: &'a Table,
        named: Option<Period>,
        reader: &'a mut CellReader<'r>,
    ) -> Self {
        Self { row, table, named, reader }
    }

    fn cell(&self, field: Field) -> Option<(CellAt, Value<'r>)> {
        self.table.columns.iter().filter(|column| column.field == field).find_map(|column| {
            let value = self.row.get(column.col)?;
            Some((self.row.origin(column.col), value))
        })
    }

    /// A text; empty where there is none. A ditto mark stands for the text above.
    pub(super) fn text(&mut self, field: Field) -> String {
        let said = self.cell(field).and_then(|(at, value)| self.reader.said(at, value));
        let text = said.map_or_else(String::new, |value| value.written());
        if is_blank_mark(&text) { String::new() } else { text }
    }

    /// A name, as it is compared.
    pub(super) fn name(&mut self, field: Field) -> String {
        tidy(&self.text(field))
    }

    pub(super) fn community(&mut self) -> String {
        self.name(Field::Community)
    }

    pub(super) fn moment(&mut self, field: Field) -> Option<Moment> {
        let (at, value) = self.cell(field)?;
        match self.reader.moment(at, value) {
            MomentCell::At(moment) => Some(moment),
            MomentCell::Blank | MomentCell::Unreadable => None,
        }
    }

    pub(super) fn number(&mut self, field: Field) -> Option<f64> {
        let (at, value) = self.cell(field)?;
        self.reader.number(at, value)
    }

    pub(super) fn rating(&mut self, field: Field) -> Option<Level> {
        let (at, value) = self.cell(field)?;
        self.reader.rating(at, value, None)
    }

    /// The period of its own column, completed by the surroundings; else that of the surroundings.
    pub(super) fn period(&self) -> Option<Period> {
        self.own_period().or(self.named)
    }

    /// The period of its own column alone.
    pub(super) fn own_period(&self) -> Option<Period> {
        self.cell(Field::Round).and_then(|(_, value)| {
            let text = value.written();
            Period::parse(text.trim()).or_else(|| period::find(&text).or(self.table.meta.period).period())
        })
    }
}
