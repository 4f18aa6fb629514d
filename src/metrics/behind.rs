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
    /// The rows, in the order of the records.
    pub list: Vec<Row>,
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

impl Rows {
    /// Rows of a part, each with what it adds.
    #[must_use]
    pub fn of(part: Part, rows: impl IntoIterator<Item = (Decisive, i64)>) -> Self {
        let list = rows.into_iter().map(|(Decisive { at, cells }, amount)| Row { at, amount, cells }).collect();
        Self { part, amounts: None, list }
    }

    /// What all rows add together.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.list.iter().map(|row| row.amount).sum()
    }
}
