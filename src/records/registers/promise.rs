//! A promise of an open letter.

use super::{Registered, Told, written};
use crate::moment::{Moment, Period};
use crate::recognise::field::Field as F;

/// A promise of an open letter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Promise {
    /// Survey that it follows.
    pub period: Option<Period>,
    /// What was promised.
    pub promise: String,
    /// Department.
    pub department: String,
    /// Who answers for it.
    pub handler: String,
    /// By when it was promised.
    pub due_on: Option<Moment>,
    /// When it was kept.
    pub done_on: Option<Moment>,
    /// State as written.
    pub status: String,
    /// How it was verified.
    pub method: String,
    /// When it was verified.
    pub verified_on: Option<Moment>,
    /// Who verified it.
    pub verified_by: String,
    /// What the verification found.
    pub verification: String,
}

impl Registered for Promise {
    const COLUMNS: &'static [&'static str] = &[
        "promise",
        "department",
        "handler",
        "due_on",
        "done_on",
        "status",
        "method",
        "verified_on",
        "verified_by",
        "verification",
    ];

    fn of(told: &mut Told<'_, '_>) -> Option<Self> {
        let made = Self {
            period: told.period(),
            promise: told.text(F::Duty),
            department: told.name(F::Department),
            handler: told.name(F::Handler),
            due_on: told.moment(F::DueOn),
            done_on: told.moment(F::DoneOn),
            status: told.text(F::Status),
            method: told.name(F::Method),
            verified_on: told.moment(F::VerifiedOn),
            verified_by: told.name(F::VerifiedBy),
            verification: told.text(F::Verification),
        };
        (!made.promise.is_empty()).then_some(made)
    }

    fn continue_text(&mut self, field: F, text: &str) {
        if field == F::Duty {
            self.promise.push_str(text.trim());
        }
    }

    fn period(&self) -> Option<Period> {
        self.period
    }

    fn department(&self) -> [&str; 2] {
        [&self.department, ""]
    }

    fn values(&self) -> Vec<String> {
        vec![
            self.promise.clone(),
            self.department.clone(),
            self.handler.clone(),
            written(self.due_on),
            written(self.done_on),
            self.status.clone(),
            self.method.clone(),
            written(self.verified_on),
            self.verified_by.clone(),
            self.verification.clone(),
        ]
    }
}
