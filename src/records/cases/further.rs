//! Names that few registers tell.

use crate::recognise::field::Field;
use crate::records::columns as c;

/// A name that few registers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Further {
    /// What the customer demands.
    Demand,
    /// By what it was settled.
    Outcome,
    /// Part of the building or product.
    Part,
    /// Grade of the customer.
    Grade,
    /// Result of the handling, as written.
    Result,
    /// Whom the complaint went to: company, group, government.
    UpperLevel,
    /// Product.
    Product,
    /// Batch of the product.
    Batch,
    /// Cause as found.
    Cause,
    /// Who called back.
    CallbackPerson,
}

impl Further {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Demand,
        Self::Outcome,
        Self::Part,
        Self::Grade,
        Self::Result,
        Self::UpperLevel,
        Self::Product,
        Self::Batch,
        Self::Cause,
        Self::CallbackPerson,
    ];

    /// The column's name in the records.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Demand => c::DEMAND,
            Self::Outcome => c::OUTCOME,
            Self::Part => c::PART,
            Self::Grade => c::GRADE,
            Self::Result => c::RESULT,
            Self::UpperLevel => c::UPPER_LEVEL,
            Self::Product => c::PRODUCT,
            Self::Batch => c::BATCH,
            Self::Cause => c::CAUSE,
            Self::CallbackPerson => c::CALLBACK_PERSON,
        }
    }

    /// The name of a column.
    #[must_use]
    pub fn of_column(column: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|further| further.column() == column)
    }

    /// The name that a field holds.
    pub(super) fn of(field: Field) -> Option<Self> {
        Some(match field {
            Field::Demand => Self::Demand,
            Field::Outcome => Self::Outcome,
            Field::Part => Self::Part,
            Field::Grade => Self::Grade,
            Field::Resolution => Self::Result,
            Field::UpperLevel => Self::UpperLevel,
            Field::Product => Self::Product,
            Field::Batch => Self::Batch,
            Field::Cause => Self::Cause,
            Field::CallbackPerson => Self::CallbackPerson,
            _ => return None,
        })
    }
}
