//! A duty as one community, department or the company owed it once.

use std::sync::Arc;

use super::periods::label;
use crate::metrics::behind::Decisive;
use crate::metrics::outcome::Outcome;
use crate::metrics::runner::ScopeCode;
use crate::moment::{DAY, Moment, Period, Seconds, date_of, month_number};

/// A duty that was owed once: by whom, for when, by when, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyInstance {
    /// Profile.
    pub profile: Arc<str>,
    /// Id of the duty.
    pub duty: Arc<str>,
    /// Clause.
    pub clause: Arc<str>,
    /// Who owed it: the group, a community or a department.
    pub owner: ScopeCode,
    /// 00:00 of the first day that it is about.
    pub from: Seconds,
    /// 24:00 of the last day that it is about.
    pub until: Seconds,
    /// The moment from which the time of a survey round's duty runs, where it is known.
    pub begins: Option<Seconds>,
    /// The last moment that is still in time; none where the moment from which it runs is missing.
    pub due: Option<Seconds>,
    /// When it was done, as far as that was before the as-of moment.
    pub done: Option<Moment>,
    /// How it stands.
    pub outcome: Outcome,
    /// The record that says so.
    pub evidence: Option<Decisive>,
    /// Of a survey round, and not recurring.
    pub of_round: bool,
    /// No record anywhere names such a duty as done: nobody can tell whether it was.
    pub untold: bool,
    /// Its due moment rests on the plain week of a year without a published calendar.
    pub plain_week: bool,
}

impl DutyInstance {
    /// The period in words of data files: `2025-06`, `2025-06-03`, `2025-06-02/2025-06-08`.
    #[must_use]
    pub fn label(&self) -> String {
        label(self.from, self.until)
    }

    /// The month in which it fell due; without a due moment, the last of what it is about.
    #[must_use]
    pub fn due_month(&self) -> Period {
        Period::of_month_number(month_number(date_of(self.due.unwrap_or(self.until) - 1)))
    }

    /// Whole days late, counted from date to date: of what was done late, or is still open past its due moment at `as_of`.
    #[must_use]
    pub fn days_late(&self, as_of: Seconds) -> Option<i64> {
        let due = (self.due? - 1).div_euclid(DAY);
        match self.outcome {
            Outcome::Late => self.done.map(|done| done.seconds.div_euclid(DAY) - due),
            Outcome::LateOpen => Some((as_of - 1).div_euclid(DAY) - due),
            _ => None,
        }
    }
}
