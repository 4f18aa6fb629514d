//! A procedure as data: what a profile's TOML file may say.
//!
//! Every entry names the clause it comes from. Unknown keys are errors. A company overrides single entries by their `id`.

use serde::{Deserialize, Serialize};

use super::limit::Limit;
use super::target::Bound;
use crate::normalise::rating::Level;
use crate::problem::Language;
use crate::step::{RoundStep, Step};

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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub major: Option<Rule>,
    /// How a repeated complaint is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// Deadlines of cases.
    #[serde(default, rename = "deadline", skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// Which cases are owed a callback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<CallbackRule>,
    /// Which answers count as satisfied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// Deadlines of a survey round.
    #[serde(default, rename = "duty", skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Duty>,
    /// Clauses of metrics that have neither deadline nor target.
    #[serde(default, rename = "clause", skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<MetricClause>,
    /// Targets on metrics.
    #[serde(default, rename = "target", skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
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
    /// Dates by which something must be published or handed over.
    Schedule,
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

/// A condition on a case. Each part that is given must hold; within a part any word will do.
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
    /// The record is marked as major (or is not).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub major: Option<bool>,
    /// The record is marked as urgent (or is not).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent: Option<bool>,
    /// The case came in within working hours (or outside them).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_in_working_hours: Option<bool>,
    /// The case is of one of these classes of the profile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of_class: Vec<String>,
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

/// A deadline: from moment → to moment within a limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Id, part of the metric's name: `complaint.<id>.on_time`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Subject whose cases it rules.
    pub subject: Subject,
    /// Where the clock starts.
    pub from: Step,
    /// Where it stops.
    pub to: Step,
    /// Cases it rules; the others have no such deadline.
    #[serde(default, skip_serializing_if = "is_empty_rule")]
    pub when: Rule,
    /// The limit, where one serves all cases; without any limit the deadline only measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Limit>,
    /// Limits by case, the first whose rule holds is taken; `within` serves the rest.
    #[serde(default, rename = "limit", skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<ConditionalLimit>,
}

fn is_empty_rule(rule: &Rule) -> bool {
    *rule == Rule::default()
}

/// A limit for some of the cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionalLimit {
    /// For which cases.
    pub when: Rule,
    /// The limit.
    pub within: Limit,
}

/// Which cases are owed a callback, and by when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallbackRule {
    /// Clause.
    pub clause: String,
    /// For which cases; an empty rule: all that are resolved.
    #[serde(default, skip_serializing_if = "is_empty_rule")]
    pub when: Rule,
    /// Limit from resolved; without one a callback falls due on the day it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Limit>,
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

/// A deadline of a survey round, such as the publication of its results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Id, part of the metric's name: `schedule.<id>`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Where the clock starts.
    pub from: RoundStep,
    /// Where it stops.
    pub to: RoundStep,
    /// The limit.
    pub within: Limit,
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

/// A condition on a community. Each part that is given must hold; the group meets none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Where {
    /// At most so many households.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households_at_most: Option<u32>,
    /// Moved into less than so many years before the period's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years_below: Option<u16>,
    /// Moved into at least so many years before the period's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years_at_least: Option<u16>,
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

    /// The deadlines of a subject's cases.
    pub fn deadlines_of(&self, subject: Subject) -> impl Iterator<Item = &Deadline> {
        self.deadlines.iter().filter(move |deadline| deadline.subject == subject)
    }

    /// The classes of a subject's cases.
    pub fn classes_of(&self, subject: Subject) -> impl Iterator<Item = &Class> {
        self.classes.iter().filter(move |class| class.subjects.is_empty() || class.subjects.contains(&subject))
    }
}
