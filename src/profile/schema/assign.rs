//! What a case is assigned to by its facts: who approves, which route it takes, who bears the loss, whether the warranty holds.

use serde::{Deserialize, Serialize};

use super::{Rule, Subject, Text};
use crate::profile::limit::Limit;
use crate::step::Step;

/// A rule that assigns cases; of each kind the first that holds is taken. Gives `{case}.{kind}.{id}`, a count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Id, part of the metric's name.
    pub id: String,
    /// What is assigned.
    pub kind: AssignmentKind,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Subject whose cases it is for.
    pub subject: Subject,
    /// For which cases; an empty rule always holds.
    #[serde(default, skip_serializing_if = "Rule::is_empty")]
    pub when: Rule,
    /// To whom, one after the other: approvers, reviewers, the department; or the form to be used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
}

impl Assignment {
    /// What its metric is called behind the kind of case: `type.important_owner`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}.{}", self.kind.word(), self.id)
    }
}

/// What a case is assigned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AssignmentKind {
    /// Who approves, one after the other.
    Approval,
    /// Which way it goes and on which form it is recorded.
    Route,
    /// Who bears the loss, or decides on it.
    Authority,
    /// How it ended.
    Outcome,
    /// What the customer demands.
    Demand,
    /// What it was caused by.
    Cause,
    /// To whom it was addressed.
    Level,
    /// Who reviews it.
    Review,
    /// What kind of matter it is, beside its class.
    Type,
}

impl AssignmentKind {
    /// The word in a metric's name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Route => "route",
            Self::Authority => "authority",
            Self::Outcome => "outcome",
            Self::Demand => "demand",
            Self::Cause => "cause",
            Self::Level => "level",
            Self::Review => "review",
            Self::Type => "type",
        }
    }
}

/// Warranty terms by part. Gives `{case}.in_warranty_share`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warranty {
    /// Clause.
    pub clause: String,
    /// Subject whose cases it is for.
    pub subject: Subject,
    /// For which cases.
    #[serde(default, skip_serializing_if = "Rule::is_empty")]
    pub when: Rule,
    /// Cases that are out of warranty whatever their age: misuse, alterations of one's own.
    #[serde(default, skip_serializing_if = "Rule::is_empty")]
    pub not: Rule,
    /// A contract's own end of the warranty, which prevails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<Step>,
    /// Terms by part, the first whose words stand in the part (else in category or text) is taken.
    #[serde(rename = "term")]
    pub terms: Vec<WarrantyTerm>,
}

/// The warranty of a part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarrantyTerm {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Words by which the part is known.
    pub words: Vec<String>,
    /// Where the term starts.
    pub from: Step,
    /// How long it lasts: one of `within`, `seasons` and `design_life`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Limit>,
    /// Whole seasons (two heating seasons); the term ends with the last day of the nth that begins after the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seasons: Option<Seasons>,
    /// As long as the building stands.
    #[serde(default)]
    pub design_life: bool,
}

/// A number of seasons, each from a day of the year to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seasons {
    /// How many.
    pub number: u8,
    /// First day, such as `11-15`.
    pub from: String,
    /// Last day, such as `03-15`.
    pub to: String,
}

/// A window of the month that is counted as that month, such as the 26th to the 25th. Gives `{case}.{id}.received`, `.repeat`,
/// `.major` and one for each of `counts`, each counted in the month in which the window ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Id, part of the metric's name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Subject whose cases it counts.
    pub subject: Subject,
    /// Day of the month before on which it begins.
    pub from_day: u8,
    /// Day of the month on which it ends; the day before `from_day`.
    pub to_day: u8,
    /// Assignments that are counted in it too, as their metrics name them: `type.important_owner`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<String>,
}

/// How cases are numbered. Gives `{case}.numbered_share`: numbered as the clause says ÷ cases that bear a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    /// Clause.
    pub clause: String,
    /// Subject whose cases it is for.
    pub subject: Subject,
    /// Letters as they stand, `{date}` for the date of receipt as 20170331, `{serial}` for three digits or more.
    pub pattern: String,
}

/// How long records are kept. Gives `{case}.to_keep`: records whose time is not over as of the as-of moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Clause.
    pub clause: String,
    /// Subject whose cases it is for.
    pub subject: Subject,
    /// From which moment of the case.
    pub after: Step,
    /// For how long.
    pub keep: Limit,
}

/// What the cases, callbacks and survey answers of one household are looked at for. Gives `{case}.closed_without_callback_share`
/// and `{case}.again_after_satisfied_share`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Clause.
    pub clause: String,
    /// Said satisfied in a callback or a survey form, complained again within so many days.
    pub again_within_days: u16,
}

/// The first person asked is responsible to the end (首问负责制). Gives `{case}.first_asked_share`: cases that were followed to the
/// end by who took them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstAsked {
    /// Clause.
    pub clause: String,
    /// Who shows that a case was followed to the end; the first that a record names counts.
    #[serde(default = "callback_person")]
    pub by: Vec<Follower>,
}

fn callback_person() -> Vec<Follower> {
    vec![Follower::CallbackPerson]
}

/// A person whom a record names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Follower {
    /// Who called the customer back, the last time where that was several times (回访人).
    CallbackPerson,
    /// Who handled the case (处理人).
    Handler,
}

/// A share made of other metrics of the profile: pooled numerators and denominators of shares, or counts ÷ counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// Id, so that a company can override it.
    pub id: String,
    /// Id of the metric that it gives, such as `complaint.own_fault_share`.
    pub metric: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Metrics of the part. Without `whole`, shares whose numerators and denominators are added up.
    pub part: Vec<String>,
    /// Metrics of the whole, counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub whole: Vec<String>,
}
