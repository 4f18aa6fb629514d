//! Duties: what is owed by when, once a survey round or again and again.

use serde::{Deserialize, Serialize};

use super::{Subject, Text};
use crate::profile::limit::Limit;
use crate::step::RoundStep;

/// A duty, `schedule.<id>`: of a survey round (`from`, `to`, `within`) or recurring (`every`, with a day).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Id, part of the metric's name: `schedule.<id>`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Who owes it.
    #[serde(default, skip_serializing_if = "OwedBy::is_community")]
    pub owed_by: OwedBy,
    /// Of a round: where the clock starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<RoundStep>,
    /// Of a round: where it stops.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<RoundStep>,
    /// Of a round: the limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Limit>,
    /// Recurring: how often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Every>,
    /// Recurring: due at 24:00 of this day of the month; a month that is shorter: of its last day. Without a day the duty falls due
    /// when the next one begins to be owed: at the end of the following period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_day: Option<u8>,
    /// Recurring: the day lies in the last month of the period itself, not in the month after it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub within_period: bool,
    /// Recurring: due at this time of the day, such as `17:00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_time: Option<String>,
    /// Recurring: owed only for periods in which who owes it had cases of this subject, received or still open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_with: Option<Subject>,
    /// Which records show that it was done.
    #[serde(default, skip_serializing_if = "Evidence::is_duty")]
    pub evidence: Evidence,
    /// Callbacks: only those to cases of this subject; one of which nobody can tell the case counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Subject>,
    /// Further words by which the register of duties names it, besides id and title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Callbacks and visits: only those by a method that contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub method: Vec<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(set: &bool) -> bool {
    !set
}

impl Duty {
    /// The moments and the limit of a duty of a survey round.
    #[must_use]
    pub fn of_round(&self) -> Option<(RoundStep, RoundStep, Limit)> {
        Some((self.from?, self.to?, self.within?))
    }
}

/// Who owes a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwedBy {
    /// Every community.
    #[default]
    Community,
    /// Every department.
    Department,
    /// The company, once.
    Group,
}

impl OwedBy {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_community(&self) -> bool {
        *self == Self::Community
    }
}

/// How often something is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Every working day.
    WorkingDay,
    /// Every day.
    Day,
    /// Every week, Monday to Sunday.
    Week,
    /// Twice a month: to the 15th, and to its last day.
    HalfMonth,
    /// Every month.
    Month,
    /// Every quarter.
    Quarter,
    /// Every half year.
    Half,
    /// Every year.
    Year,
}

/// Which records show that a duty was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The register of duties done.
    #[default]
    Duty,
    /// A callback within the period.
    Callback,
    /// A visit within the period.
    Visit,
    /// A survey round of the period.
    Survey,
    /// A corrective or preventive measure within the period.
    Measure,
}

impl Evidence {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    fn is_duty(&self) -> bool {
        *self == Self::Duty
    }
}
