//! Amounts of a case: money in fen, distances in metres.

use crate::normalise::number;
use crate::origin::CellAt;
use crate::problem::Code;
use crate::read::sheet::Value;
use crate::recognise::field::Field;
use crate::recognise::unit::Unit;
use crate::records::cells::{CellReader, is_blank_mark};
use crate::records::columns as c;

/// An amount of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Amount {
    /// What was paid to the customer, in fen.
    Compensation,
    /// What the handling cost, in fen.
    Cost,
    /// What the customer claims, in fen.
    Claim,
    /// What the proposed solution is worth, in fen.
    Solution,
    /// How far the customer is, in metres.
    Distance,
}

impl Amount {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Compensation, Self::Cost, Self::Claim, Self::Solution, Self::Distance];

    /// The column's name in the records.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Compensation => c::COMPENSATION,
            Self::Cost => c::COST,
            Self::Claim => c::CLAIM,
            Self::Solution => c::SOLUTION,
            Self::Distance => c::DISTANCE,
        }
    }

    /// The amount that a field holds.
    #[must_use]
    pub fn of(field: Field) -> Option<Self> {
        Some(match field {
            Field::Compensation => Self::Compensation,
            Field::Cost => Self::Cost,
            Field::Claim => Self::Claim,
            Field::Solution => Self::Solution,
            Field::Distance => Self::Distance,
            _ => return None,
        })
    }
}

/// Reads the amount of a cell, in its smallest unit; `unit` is that of the column. What cannot be read is a problem.
pub(super) fn read(
    amount: Amount,
    at: CellAt,
    value: Value<'_>,
    unit: Option<Unit>,
    reader: &mut CellReader<'_>,
) -> Option<i64> {
    match amount {
        Amount::Distance => metres(at, value, unit, reader),
        _ => Some(smallest(yuan(reader.number(at, value)?, value, unit.and_then(Unit::yuan)), 100.0)),
    }
}

/// A number in hundredths or thousandths.
#[allow(clippy::cast_possible_truncation, reason = "amounts beyond 10^13 are none")]
fn smallest(number: f64, parts: f64) -> i64 {
    (number.clamp(-1e13, 1e13) * parts).round() as i64
}

/// An amount in yuan: a bare number is in the unit of its column, one that names its own unit was read with it.
fn yuan(amount: f64, value: Value<'_>, unit: Option<f64>) -> f64 {
    let names_unit = matches!(value, Value::Text(text) if text.contains(['万', '萬', '千', '元', '¥', '￥']));
    if names_unit { amount } else { amount * unit.unwrap_or(1.0) }
}

/// A distance in metres: a bare number is in the unit of its column, and in kilometres where that names none.
fn metres(at: CellAt, value: Value<'_>, unit: Option<Unit>, reader: &mut CellReader<'_>) -> Option<i64> {
    let of_column = unit.and_then(Unit::metres).unwrap_or(1_000.0);
    let Value::Text(text) = value else { return Some(smallest(reader.number(at, value)?, of_column)) };
    if is_blank_mark(text) {
        return None;
    }
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit() && !c.is_numeric());
    let named = Unit::named(&crate::normalise::label::fold(&text[digits.len()..])).and_then(Unit::metres);
    let number = match named {
        Some(metres) => number::parse(digits).map(|number| number * metres),
        None => number::parse(text).map(|number| number * of_column),
    };
    let number = number.filter(|number| *number >= 0.0);
    if number.is_none() {
        reader.note(at, Code::NumberUnreadable, text);
    }
    number.map(|number| smallest(number, 1.0))
}
