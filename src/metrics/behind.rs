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
    /// The rows, in the order of the records.
    pub list: Vec<Row>,
}

/// A row behind a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The sheet.
    pub source: SourceId,
    /// Row of the sheet, from zero.
    pub row: u32,
    /// What it adds: 1 where it is counted, else its seconds, fen, thousandths or number of things.
    pub amount: i64,
    /// What the records hold of its cells, by [`Rows::columns`].
    pub cells: Vec<CellValue>,
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

impl Rows {
    /// Rows of a part, each with what it adds.
    #[must_use]
    pub fn of(part: Part, rows: impl IntoIterator<Item = (SourceId, u32, i64)>) -> Self {
        let list =
            rows.into_iter().map(|(source, row, amount)| Row { source, row, amount, cells: Vec::new() }).collect();
        Self { part, amounts: None, columns: Vec::new(), list }
    }

    /// What all rows add together.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.list.iter().map(|row| row.amount).sum()
    }
}
