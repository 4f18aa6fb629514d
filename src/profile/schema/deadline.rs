//! Deadlines of cases.

use serde::de::value::SeqAccessDeserializer;
use serde::de::{IntoDeserializer, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Rule, Subject, Text};
use crate::profile::limit::Limit;
use crate::step::Step;

/// A deadline: from moment → to moment within a limit on a clock.
///
/// With a limit it gives `{case}.{id}.on_time` and `.on_time_finished`; with `owed` it gives `{case}.{id}.done_share`; always the
/// durations `.median`, `.p90`, `.mean`.
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
    /// Where it stops: one moment, or a list of which the earliest counts.
    #[serde(deserialize_with = "one_or_many")]
    pub to: Vec<Step>,
    /// Where the case's table has no column for any of these ends, this moment stands for them: a register of drugs knows 答复日期 and
    /// nothing else, and that is when the case was resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub or_else: Option<Step>,
    /// Cases it rules; the others have no such deadline.
    #[serde(default, skip_serializing_if = "Rule::is_empty")]
    pub when: Rule,
    /// The limit, where one serves all cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Limit>,
    /// Limits by case, the first whose rule holds is taken; `within` serves the rest. A case that none serves is not ruled.
    #[serde(default, rename = "limit", skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<ConditionalLimit>,
    /// The due moment is this moment of the case: a limit that somebody set for this case alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Step>,
    /// Where the case has this moment, it is the due moment instead: what was agreed with the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<Step>,
    /// Where the case has this moment and it is the earlier one, it is the due moment instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortened_by: Option<Step>,
    /// The clock stands still between `paused` and `resumed` of the case.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stopped_by_pause: bool,
    /// Rules only the cases for which this was not so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<Unless>,
    /// No limit is set, but it must be done.
    #[serde(default, skip_serializing_if = "is_false")]
    pub owed: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(set: &bool) -> bool {
    !set
}

impl Deadline {
    /// Whether a case can be on time or late on it.
    #[must_use]
    pub fn has_limit(&self) -> bool {
        self.within.is_some() || !self.limits.is_empty() || self.by.is_some()
    }
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

/// What makes a deadline fall away: done within a limit from the same start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unless {
    /// What would have been done.
    pub to: Step,
    /// By when.
    pub within: Limit,
}

/// A moment, or a list of them; whichever is wrong is told as what it is.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Step>, D::Error> {
    struct Ends;
    impl<'de> Visitor<'de> for Ends {
        type Value = Vec<Step>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a moment such as \"resolved\", or a list of moments")
        }

        fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Self::Value, E> {
            Ok(vec![Step::deserialize(word.into_deserializer())?])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, words: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(words))
        }
    }
    deserializer.deserialize_any(Ends)
}
