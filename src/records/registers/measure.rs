//! A corrective or preventive measure.

use super::{Registered, Told, month_of, written};
use crate::moment::{Moment, Period};
use crate::recognise::field::Field as F;

/// A corrective or preventive measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measure {
    /// Period that it was taken in, where the surroundings name one.
    pub period: Option<Period>,
    /// Category of the problem.
    pub category: String,
    /// The problem.
    pub problem: String,
    /// Its cause.
    pub cause: String,
    /// Whether it corrects or prevents.
    pub measure_kind: String,
    /// The measure.
    pub measure: String,
    /// Department.
    pub department: String,
    /// Who answers for it.
    pub handler: String,
    /// By when it is to be done.
    pub due_on: Option<Moment>,
    /// When it was done.
    pub done_on: Option<Moment>,
    /// State as written.
    pub status: String,
    /// When it was verified.
    pub verified_on: Option<Moment>,
    /// Who verified it.
    pub verified_by: String,
    /// What the verification found.
    pub verification: String,
}

impl Registered for Measure {
    const COLUMNS: &'static [&'static str] = &[
        "category",
        "problem",
        "cause",
        "measure_kind",
        "measure",
        "department",
        "handler",
        "due_on",
        "done_on",
        "status",
        "verified_on",
        "verified_by",
        "verification",
    ];

    fn of(told: &mut Told<'_, '_>) -> Option<Self> {
        let mut made = Self {
            period: told.period(),
            category: told.name(F::Category),
            problem: told.text(F::Duty),
            cause: told.text(F::Cause),
            measure_kind: told.name(F::MeasureKind),
            measure: told.text(F::Measure),
            department: told.name(F::Department),
            handler: told.name(F::Handler),
            due_on: told.moment(F::DueOn),
            done_on: told.moment(F::DoneOn),
            status: told.text(F::Status),
            verified_on: told.moment(F::VerifiedOn),
            verified_by: told.name(F::VerifiedBy),
            verification: told.text(F::Verification),
        };
        made.period = made.period.or_else(|| month_of(made.due_on.or(made.done_on)));
        (!made.measure.is_empty()).then_some(made)
    }

    fn continue_text(&mut self, field: F, text: &str) {
        if field == F::Measure {
            self.measure.push_str(text.trim());
        }
    }

    fn period(&self) -> Option<Period> {
        self.period
    }

    fn department(&self) -> [&str; 2] {
        [&self.department, &self.category]
    }

    fn values(&self) -> Vec<String> {
        vec![
            self.category.clone(),
            self.problem.clone(),
            self.cause.clone(),
            self.measure_kind.clone(),
            self.measure.clone(),
            self.department.clone(),
            self.handler.clone(),
            written(self.due_on),
            written(self.done_on),
            self.status.clone(),
            written(self.verified_on),
            self.verified_by.clone(),
            self.verification.clone(),
        ]
    }
}
