//! How surveys are made, and which answers count as satisfied.

use serde::{Deserialize, Serialize};

use super::Every;
use crate::normalise::rating::Level;

/// Rules of survey rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyRules {
    /// Clause.
    pub clause: String,
    /// How often a round is owed.
    pub every: Every,
    /// Of which households the issue rate is.
    #[serde(default)]
    pub issue_base: IssueBase,
    /// Clause that asks for an even issue over the buildings. Gives `survey.evenness`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub even_clause: Option<String>,
    /// Items with one of these words are asked of others than the customers (staff on their manager) and are left out of the overall
    /// rate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<String>,
}

/// Of which households an issue rate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IssueBase {
    /// Of the occupied ones.
    #[default]
    Occupied,
    /// Of all.
    Households,
}

/// Which answers count as satisfied and which as dissatisfied; the rest is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Clause.
    pub clause: String,
    /// Satisfied answers.
    pub satisfied: Vec<Level>,
    /// Dissatisfied answers.
    pub dissatisfied: Vec<Level>,
    /// Lowest satisfied score by the scale's highest score.
    #[serde(default, rename = "score", skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<ScoreScale>,
}

/// From which score on an answer counts as satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreScale {
    /// Highest score of the scale: 5, 10 or 100.
    pub highest: u16,
    /// Lowest score that counts as satisfied.
    pub satisfied_from: f64,
}
