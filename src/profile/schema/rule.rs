//! Conditions on a case.

use serde::{Deserialize, Serialize};

use crate::profile::target::Bound;
use crate::step::Step;

/// A condition on a case. Each part that is given must hold; within a list any word will do, wherever it stands in the cell.
///
/// Three-valued: a bound on a number that the case does not tell is unknown. A flag that is not marked is not set, and a text that
/// is missing has no word. What is unknown gives no class, and the outcome `uncertain` on a deadline.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The class as written in the record contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub class: Vec<String>,
    /// The category contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<String>,
    /// The category or the text contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// The channel contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channel: Vec<String>,
    /// What the customer demands contains one of these words (诉求).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demand: Vec<String>,
    /// How the case ended contains one of these words (处理方式).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcome: Vec<String>,
    /// The part concerned contains one of these words (部位).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub part: Vec<String>,
    /// The customer's grade contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grade: Vec<String>,
    /// The result of the handling contains one of these words (处理结果).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub result: Vec<String>,
    /// The cause as found contains one of these words (原因).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cause: Vec<String>,
    /// To whom it was addressed contains one of these words (公司, 集团, 政府).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub level: Vec<String>,
    /// The department contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub department: Vec<String>,
    /// The record is marked as major (or is not), or one of the profile's `[[major]]` rules says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub major: Option<bool>,
    /// The record is marked as urgent (or is not).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<bool>,
    /// The case repeats an earlier one, by its mark or by the profile's `[repeat]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<bool>,
    /// The case is valid: of a valid class and not marked as invalid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<bool>,
    /// The case was forwarded by another department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<bool>,
    /// The case came in within working hours (or outside them).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_in_working_hours: Option<bool>,
    /// The case is of one of these classes of the profile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of_class: Vec<String>,
    /// These moments of the case are told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub has: Vec<Step>,
    /// Cost of the handling, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Bound>,
    /// What the customer claims, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Bound>,
    /// What the proposed solution is worth, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution: Option<Bound>,
    /// Compensation, in yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensation: Option<Bound>,
    /// Claim ÷ solution; a solution worth nothing makes it unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_to_solution: Option<Bound>,
    /// Distance to the customer, in kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<Bound>,
    /// One of these conditions holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Rule>,
    /// All of these conditions hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Rule>,
    /// This condition does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not: Option<Box<Rule>>,
}

impl Rule {
    /// Whether the condition asks for nothing, so that every case meets it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The condition and all that stand within it.
    pub fn parts(&self) -> Vec<&Self> {
        let within = self.any.iter().chain(&self.all).chain(self.not.as_deref());
        std::iter::once(self).chain(within.flat_map(Self::parts)).collect()
    }
}
