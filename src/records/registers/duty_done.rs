//! A duty that recurs, and when it was done.

use super::{Registered, Told, month_of, written};
use crate::moment::{Moment, Period};
use crate::recognise::field::Field as F;

/// A duty that recurs, and when it was done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DutyDone {
    /// Period to which the entry belongs: that of its own column or of the surroundings, else the month in which it was due or done.
    pub period: Option<Period>,
    /// Period that its own column names: the one that the duty was about.
    pub period_told: Option<Period>,
    /// The duty.
    pub duty: String,
    /// Department.
    pub department: String,
    /// Who did it.
    pub handler: String,
    /// By when it was due.
    pub due_on: Option<Moment>,
    /// When it was done.
    pub done_on: Option<Moment>,
    /// What was done.
    pub result: String,
}

impl Registered for DutyDone {
    const COLUMNS: &'static [&'static str] = &["duty", "department", "handler", "due_on", "done_on", "result"];

    fn of(told: &mut Told<'_, '_>) -> Option<Self> {
        let mut made = Self {
            period: told.period(),
            period_told: told.own_period(),
            duty: told.name(F::Duty),
            department: told.name(F::Department),
            handler: told.name(F::Handler),
            due_on: told.moment(F::DueOn),
            done_on: told.moment(F::DoneOn),
            result: told.text(F::Resolution),
        };
        made.period = made.period.or_else(|| month_of(made.due_on.or(made.done_on)));
        (!made.duty.is_empty()).then_some(made)
    }

    fn period(&self) -> Option<Period> {
        self.period
    }

    fn department(&self) -> [&str; 2] {
        [&self.department, ""]
    }

    fn values(&self) -> Vec<String> {
        vec![
            self.duty.clone(),
            self.department.clone(),
            self.handler.clone(),
            written(self.due_on),
            written(self.done_on),
            self.result.clone(),
        ]
    }
}
