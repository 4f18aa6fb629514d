//! Documents: what a procedure's reports and tables are called, and how they are controlled.

use serde::{Deserialize, Serialize};

use super::{Every, Text};

/// A document that the procedure asks for, as it is controlled: number, version, who approves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Which page it is.
    pub id: DocumentId,
    /// Its name as printed.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Its number, such as `QR-004FW`; empty: the procedure gives it none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Version and state, such as `A/0`; empty: left to be filled in where there is a number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Who signs, from the first to the last: a line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Text>,
    /// Whether a seal is put on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub seal: bool,
    /// How the paper lies.
    #[serde(default, skip_serializing_if = "Paper::is_upright")]
    pub paper: Paper,
    /// For which periods it is made; empty: for all for which there is something to say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub every: Vec<Every>,
    /// Of a list of cases: the deadline whose cases it lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
}

/// Which page a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentId {
    /// Analysis of complaints.
    ComplaintAnalysis,
    /// Statistics table of complaints (客户投诉统计分析表).
    ComplaintTable,
    /// List of cases that were not done in time and went up (业主投诉汇总表).
    EscalatedCases,
    /// Monthly table of callbacks (QR-004FW).
    CallbackTable,
    /// Report of a survey round.
    SurveyReport,
    /// Table of satisfaction rates (顾客满意率统计表).
    SatisfactionTable,
    /// Check sheet of a survey's answers (调查统计表).
    SurveyTally,
    /// Notice of a survey's results.
    SurveyNotice,
    /// Open letter.
    OpenLetter,
    /// Monthly publication of complaints.
    MonthlyPublication,
    /// Action sheet of a department.
    ActionSheet,
    /// Calendar of duties.
    Duties,
    /// List of what is due and overdue.
    OverdueList,
}

impl DocumentId {
    /// The word in TOML.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ComplaintAnalysis => "complaint_analysis",
            Self::ComplaintTable => "complaint_table",
            Self::EscalatedCases => "escalated_cases",
            Self::CallbackTable => "callback_table",
            Self::SurveyReport => "survey_report",
            Self::SatisfactionTable => "satisfaction_table",
            Self::SurveyTally => "survey_tally",
            Self::SurveyNotice => "survey_notice",
            Self::OpenLetter => "open_letter",
            Self::MonthlyPublication => "monthly_publication",
            Self::ActionSheet => "action_sheet",
            Self::Duties => "duties",
            Self::OverdueList => "overdue_list",
        }
    }
}

/// How the paper lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// Upright.
    #[default]
    Portrait,
    /// On its side.
    Landscape,
}

impl Paper {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_upright(&self) -> bool {
        *self == Self::Portrait
    }
}
