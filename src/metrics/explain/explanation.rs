//! An explanation as it is printed: plain texts and numbers.

use serde::Serialize;

use crate::profile::schema::Text;

/// A fact explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// What the fact says.
    pub fact: FactSaid,
    /// What the metric's documentation says, heading by heading.
    pub doc: Vec<Said>,
    /// The rule of the profile that the metric follows: a deadline with its limits, a duty, the callback rule or the scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleSaid>,
    /// Working time, where the rule runs on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockSaid>,
    /// Up to when events count: `2025-12-31 24:00`.
    pub as_of: String,
    /// Rows left out of the denominator, by reason.
    pub excluded: Vec<Reason>,
    /// The rows behind it, by what they do in it.
    pub parts: Vec<PartSaid>,
    /// The facts of which it is made, explained themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub made_of: Vec<Explanation>,
}

/// What a fact says, as in `facts.csv`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactSaid {
    /// Its id.
    pub id: String,
    /// Profile.
    pub profile: String,
    /// Title of the procedure.
    pub profile_title: Text,
    /// Metric.
    pub metric: String,
    /// Clause of the procedure.
    pub clause: String,
    /// Period.
    pub period: String,
    /// `group`, `community` or `department`.
    pub scope: &'static str,
    /// Id of the scope; empty for the group.
    pub scope_id: String,
    /// Name of the scope.
    pub scope_name: String,
    /// Breakdowns: name and value of each.
    pub dimensions: Vec<(&'static str, String)>,
    /// Numerator, or the sum of a mean.
    pub numerator: Option<f64>,
    /// Denominator, or the number of a mean or a quantile.
    pub denominator: Option<f64>,
    /// The value, unrounded.
    pub value: Option<f64>,
    /// The value as a page shows it.
    pub shown: String,
    /// Unit of the value.
    pub unit: &'static str,
    /// Target; empty without one.
    pub target: String,
    /// How the value stands to it.
    pub verdict: &'static str,
    /// 95 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<IntervalSaid>,
    /// Rows left out of the denominator.
    pub excluded: i64,
    /// Codes, separated by blanks.
    pub note: String,
}

/// An interval with its formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IntervalSaid {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How it is computed.
    pub formula: Text,
}

/// What a metric's documentation says under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The heading.
    pub heading: Text,
    /// The text.
    pub text: Text,
}

/// A rule of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleSaid {
    /// What it is in the profile's file: `deadline`, `duty`, `callback`, `scale`, `repeat`.
    pub kind: &'static str,
    /// Title; empty where it has none.
    pub title: Text,
    /// The entry as it stands in the profile.
    pub toml: String,
}

/// Working time as it was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockSaid {
    /// Each calendar in sentences, a line each: that of the community, or those of all communities.
    pub calendars: Vec<Text>,
    /// What goes before what.
    pub precedence: Text,
}

/// A reason for which rows are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The reason as in facts.
    pub reason: String,
    /// How many rows.
    pub count: i64,
}

/// The rows of one part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartSaid {
    /// What they do: `numerator`, `rest_of_denominator`, `excluded:no_end` …
    pub part: String,
    /// How many there are.
    pub count: usize,
    /// What they add together, in the unit, where they are summed.
    pub sum: Option<f64>,
    /// Unit of the amounts.
    pub unit: Option<&'static str>,
    /// The rows, the first of them where there are many.
    pub rows: Vec<RowSaid>,
    /// The other rows as ranges.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<RangeSaid>,
}

/// A row behind a fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowSaid {
    /// File.
    pub file: String,
    /// Sheet; empty for formats that have none.
    pub sheet: String,
    /// Row, from 1.
    pub row: u32,
    /// How often it counts: a tally stands for many.
    pub times: usize,
    /// Its amount in the unit, where amounts are summed.
    pub amount: Option<f64>,
    /// The cells that count.
    pub cells: Vec<CellSaid>,
}

/// A cell that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellSaid {
    /// File, where it stands in another sheet than the row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// That sheet.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// Name of the column in the records.
    pub column: &'static str,
    /// The cell, such as `E5`, `B5+C5` for date and time, `E5:H5` for several; empty where the value stands in none.
    pub cell: String,
    /// What the records hold of it.
    pub value: String,
}

/// Rows of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RangeSaid {
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Ranges such as `A5:A120`.
    pub ranges: Vec<String>,
}
