//! A procedure as data: what a profile's TOML file may say.
//!
//! Every entry names the clause it comes from. Unknown keys are errors. A company overrides single entries by their `id`.

mod assign;
mod deadline;
mod document;
mod duty;
mod rule;
mod survey;
mod visit;

pub use assign::{
    Assignment, AssignmentKind, FirstAsked, FollowUp, Follower, Numbering, Ratio, Retention, Seasons, Warranty,
    WarrantyTerm, Window,
};
pub use deadline::{ConditionalLimit, Deadline, Unless};
pub use document::{Document, DocumentId, Paper};
pub use duty::{Duty, Every, Evidence, OwedBy};
pub use rule::Rule;
pub use survey::{IssueBase, Scale, ScoreScale, SurveyRules};
pub use visit::{Grade, VisitQuota};

use serde::{Deserialize, Serialize};

use super::limit::Limit;
use super::target::Bound;
use crate::problem::Language;
use crate::step::Step;

/// A written procedure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Name by which config and facts refer to it.
    pub name: String,
    /// Title of the procedure.
    pub title: Text,
    /// Subjects that it rules.
    pub subjects: Vec<Subject>,
    /// Classes of cases, the first whose rule holds is taken.
    #[serde(default, rename = "class", skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Class>,
    /// What makes a case major; none: a case is major where its record says so.
    #[serde(default, rename = "major", skip_serializing_if = "Vec::is_empty")]
    pub majors: Vec<Major>,
    /// How a repeated complaint is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// Deadlines of cases.
    #[serde(default, rename = "deadline", skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// What cases are assigned to.
    #[serde(default, rename = "assign", skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<Assignment>,
    /// Warranty terms by part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warranty: Option<Warranty>,
    /// Windows of the month that are counted as that month.
    #[serde(default, rename = "window", skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<Window>,
    /// How cases are numbered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbering: Option<Numbering>,
    /// How long records are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// What cases, callbacks and survey answers of one household are looked at for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
    /// Whether the first person asked followed a case to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_asked: Option<FirstAsked>,
    /// Which cases are owed a callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CallbackRule>,
    /// Which answers count as satisfied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// Rules of survey rounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey: Option<SurveyRules>,
    /// Duties of a survey round, and those that recur.
    #[serde(default, rename = "duty", skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Duty>,
    /// Grades of customers.
    #[serde(default, rename = "grade", skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    /// How often customers are visited.
    #[serde(default, rename = "visit", skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<VisitQuota>,
    /// Shares made of other metrics.
    #[serde(default, rename = "ratio", skip_serializing_if = "Vec::is_empty")]
    pub ratios: Vec<Ratio>,
    /// Clauses of metrics that have neither deadline nor target.
    #[serde(default, rename = "clause", skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<MetricClause>,
    /// Targets on metrics.
    #[serde(default, rename = "target", skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// What its reports and tables are called, and how they are controlled.
    #[serde(default, rename = "document", skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
}

/// A text in Chinese and English.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in the language asked for.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// What a profile can rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// Complaints.
    Complaint,
    /// Repairs.
    Repair,
    /// Callbacks.
    Callback,
    /// Satisfaction surveys.
    Survey,
    /// Dates by which something must be published or handed over; and the registers of what was promised, taken and visited:
    /// `schedule.*`, `promise.*`, `measure.*`, `visit.*` and `customer.*` are the facts of whatever profile rules it.
    Schedule,
}

impl Subject {
    /// The word in TOML, and in the names of the metrics of its cases.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Repair => "repair",
            Self::Callback => "callback",
            Self::Survey => "survey",
            Self::Schedule => "schedule",
        }
    }

    /// Whether its records are cases, with moments between which deadlines run.
    #[must_use]
    pub fn is_case(self) -> bool {
        matches!(self, Self::Complaint | Self::Repair)
    }
}

/// A class of cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Id, the dimension value in facts.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Subjects the class is for; empty: all of the profile's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// Whether such a case is valid (有效投诉).
    #[serde(default = "yes")]
    pub valid: bool,
    /// When a case is of this class; an empty rule always holds.
    #[serde(default)]
    pub when: Rule,
}

fn yes() -> bool {
    true
}

/// A reason for which a case is major, besides its mark. Gives `{case}.major.{id}`, a count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Major {
    /// Id, part of the metric's name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Subjects it is for; empty: all of the profile's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// When it holds.
    pub when: Rule,
    /// Who reviews such a case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
}

/// How a repeated complaint is known: same household and category again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// Days after the first was resolved.
    pub within_days: u16,
    /// Clause.
    pub clause: String,
}

/// Which cases are owed a callback, and by when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallbackRule {
    /// Clause.
    pub clause: String,
    /// For which cases; an empty rule: all that are resolved.
    #[serde(default, skip_serializing_if = "Rule::is_empty")]
    pub when: Rule,
    /// Moment of the case from which the limit runs.
    #[serde(default = "resolved", skip_serializing_if = "is_resolved")]
    pub from: Step,
    /// The limit; without one a callback falls due on the day it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Limit>,
    /// A dissatisfied answer opens the case again, until somebody is satisfied. Gives `{case}.reopened_share` and `callback.rounds`.
    #[serde(default)]
    pub until_satisfied: bool,
}

fn resolved() -> Step {
    Step::Resolved
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_resolved(step: &Step) -> bool {
    *step == Step::Resolved
}

/// The clause of a metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricClause {
    /// Metric id; `complaint.*` stands for all that begin so and have no entry of their own.
    pub metric: String,
    /// Clause.
    pub clause: String,
}

/// A target on a metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Id, so that a config can override it.
    pub id: String,
    /// Metric id.
    pub metric: String,
    /// Clause.
    pub clause: String,
    /// The target, such as `>=0.96`.
    pub at: Bound,
    /// Communities it holds for; the first target whose conditions hold is taken.
    #[serde(default, skip_serializing_if = "is_everywhere")]
    pub when: Where,
}

fn is_everywhere(place: &Where) -> bool {
    *place == Where::default()
}

/// Where and when a target holds. Each part that is given must hold; the group meets no condition on a community.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Where {
    /// At most so many households.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households_at_most: Option<u32>,
    /// More than so many households.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households_above: Option<u32>,
    /// Moved into less than so many years before the period's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years_below: Option<u16>,
    /// Moved into at least so many years before the period's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years_at_least: Option<u16>,
    /// Only for periods of this length: month, quarter, half or year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Every>,
    /// Only for items of a survey that contain one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub item: Vec<String>,
}

impl Profile {
    /// The clause of a metric: of its own entry, of its target, of an entry such as `complaint.*`, else empty.
    #[must_use]
    pub fn clause_of(&self, metric: &str) -> &str {
        let own = self.clauses.iter().find(|entry| entry.metric == metric).map(|entry| entry.clause.as_str());
        let of_target =
            || self.targets.iter().find(|target| target.metric == metric).map(|target| target.clause.as_str());
        let of_kind = || {
            let entry = self
                .clauses
                .iter()
                .find(|entry| entry.metric.strip_suffix('*').is_some_and(|start| metric.starts_with(start)));
            entry.map(|entry| entry.clause.as_str())
        };
        own.or_else(of_target).or_else(of_kind).unwrap_or("")
    }

    /// A document of the procedure, where it asks for one.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }

    /// The deadlines of a subject's cases.
    pub fn deadlines_of(&self, subject: Subject) -> impl Iterator<Item = &Deadline> {
        self.deadlines.iter().filter(move |deadline| deadline.subject == subject)
    }

    /// The reasons for which a subject's cases are major.
    pub fn majors_of(&self, subject: Subject) -> impl Iterator<Item = &Major> {
        self.majors.iter().filter(move |major| major.subjects.is_empty() || major.subjects.contains(&subject))
    }

    /// The classes of a subject's cases.
    pub fn classes_of(&self, subject: Subject) -> impl Iterator<Item = &Class> {
        self.classes.iter().filter(move |class| class.subjects.is_empty() || class.subjects.contains(&subject))
    }
}
