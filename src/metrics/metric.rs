//! What a metric is: an expression over records, its unit, and the breakdowns it has.

use std::sync::Arc;

use polars::prelude::{Expr, col, lit};

use super::fact::{Dimension, Unit};
use super::outcome::{EXCLUDED, Outcome};
use crate::profile::schema::Profile;

/// A metric on one subject's records.
#[derive(Debug, Clone)]
pub struct Metric {
    /// Full id, such as `complaint.received`.
    pub id: Arc<str>,
    /// Unit of the value.
    pub unit: Unit,
    /// How it is computed.
    pub measure: Measure,
    /// Breakdowns, besides department and the reasons of exclusion.
    pub dimensions: &'static [Dimension],
    /// Whose answers the value speaks for: gives the 95 % interval.
    pub interval: Interval,
    /// Clause, where the deadline itself names it.
    pub clause: Option<Arc<str>>,
    /// Codes with columns of yes and no: a fact bears the code where a row behind it says yes; a frame may lack the column.
    pub notes: Vec<(&'static str, String)>,
    /// The file's own documentation: What, Formula, Denominator, Unit, Missing values, Clause, Example.
    pub doc: &'static str,
}

/// Whether a share is a sample of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// A full count: no interval.
    None,
    /// Made of the intervals of the parts that the value is the mean of.
    OfParts,
    /// A sample of a population without end.
    Endless,
    /// A sample of the occupied households, where their number is known.
    Households,
}

/// How a metric is computed. Every expression gives yes or no, or an integer, a row; the runner counts or sums them.
#[derive(Debug, Clone)]
pub enum Measure {
    /// Rows that count; given only where some row tells.
    Count {
        /// Rows that count.
        of: Expr,
        /// Rows that tell whether they count.
        told: Expr,
        /// Rows of which nobody knows, by reason; none counted and some unknown gives no value, never a 0.
        excluded: Excluded,
    },
    /// A sum, given only where some row tells.
    Amount {
        /// The sum.
        of: Expr,
        /// Rows that tell an amount.
        told: Expr,
        /// Divisor of the sum (fen → yuan).
        divisor: f64,
    },
    /// Rows of the part ÷ rows of the whole.
    Share {
        /// The part.
        part: Expr,
        /// The whole.
        whole: Expr,
        /// Rows left out of the whole, by reason.
        excluded: Excluded,
    },
    /// A sum ÷ its number of rows; the divisor turns the sum into the unit (seconds → minutes).
    Mean {
        /// The sum.
        sum: Expr,
        /// The number.
        n: Expr,
        /// Divisor of the sum.
        divisor: f64,
        /// Rows left out, by reason.
        excluded: Excluded,
    },
    /// A type 7 quantile of a column of seconds, in minutes.
    Quantile {
        /// The column; nulls are left out.
        column: String,
        /// Which quantile, 0–1.
        share: f64,
        /// Rows left out, by reason.
        excluded: Excluded,
    },
    /// Rows that count, per 1,000 households.
    PerHouseholds(Expr),
}

/// Rows left out, by reason.
pub type Excluded = Vec<(&'static str, Expr)>;

impl Metric {
    /// A metric without breakdowns, interval or clause of its own.
    #[must_use]
    pub fn new(id: String, unit: Unit, measure: Measure, doc: &'static str) -> Self {
        Self {
            id: id.into(),
            unit,
            measure,
            dimensions: &[],
            interval: Interval::None,
            clause: None,
            notes: Vec::new(),
            doc,
        }
    }

    /// The same with breakdowns.
    #[must_use]
    pub fn by(mut self, dimensions: &'static [Dimension]) -> Self {
        self.dimensions = dimensions;
        self
    }

    /// The same with an interval.
    #[must_use]
    pub fn with_interval(mut self, interval: Interval) -> Self {
        self.interval = interval;
        self
    }

    /// The same with a note: its code, and the column that says of which rows it holds.
    #[must_use]
    pub fn noting(mut self, code: &'static str, column: String) -> Self {
        self.notes.push((code, column));
        self
    }

    /// The same with the clause of its deadline.
    #[must_use]
    pub fn under(mut self, clause: &str) -> Self {
        self.clause = (!clause.is_empty()).then(|| clause.into());
        self
    }

    /// The same with the clause that the profile gives to the metric, where it has none of its own.
    #[must_use]
    pub fn in_profile(mut self, profile: &Profile) -> Self {
        if self.clause.is_none() {
            self.clause = Some(profile.clause_of(&self.id).into());
        }
        self
    }
}

/// Column that says yes in every row.
pub const ONE: &str = "one";

/// Yes for each row.
pub fn every_row() -> Expr {
    col(ONE)
}

/// Rows of which every one tells.
#[must_use]
pub fn count(of: Expr) -> Measure {
    Measure::Count { of, told: every_row(), excluded: Vec::new() }
}

/// A column of yes and no, or of integers to be summed.
pub fn flag(column: &str) -> Expr {
    col(column)
}

/// Yes where a column of codes has a code.
pub fn is_code(column: &str, code: u32) -> Expr {
    col(column).eq(lit(code))
}

/// The reasons for which an outcome column leaves rows out.
#[must_use]
pub fn excluded_outcomes(column: &str) -> Excluded {
    EXCLUDED.iter().map(|(outcome, reason)| (*reason, is_code(column, outcome.number()))).collect()
}

/// Yes where an outcome column has an outcome.
pub fn is_outcome(column: &str, outcome: Outcome) -> Expr {
    is_code(column, outcome.number())
}

/// Headings that a metric's documentation must have, in Chinese and in English; `explain` prints them.
pub const DOC_HEADINGS: [Heading; 7] = [
    Heading { en: "What", zh: "口径" },
    Heading { en: "Formula", zh: "公式" },
    Heading { en: "Denominator", zh: "分母" },
    Heading { en: "Unit", zh: "单位" },
    Heading { en: "Missing values", zh: "缺失值" },
    Heading { en: "Clause", zh: "条款" },
    Heading { en: "Example", zh: "举例" },
];

/// A heading of a metric's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// As it stands before the English text.
    pub en: &'static str,
    /// As it stands before the Chinese text.
    pub zh: &'static str,
}

/// What a metric's documentation says under a heading; none where it does not have it.
#[must_use]
pub fn said_under<'d>(doc: &'d str, heading: &str) -> Option<&'d str> {
    let lines = doc.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim_start).find_map(|line| line.strip_prefix(heading)?.strip_prefix(" · "))
}

#[cfg(test)]
pub(super) fn assert_documented(metrics: &[Metric]) {
    for metric in metrics {
        for Heading { en, zh } in DOC_HEADINGS {
            for heading in [en, zh] {
                let is_said = said_under(metric.doc, heading).is_some_and(|text| !text.is_empty());
                assert!(is_said, "{} lacks the heading {heading}", metric.id);
            }
        }
    }
}
