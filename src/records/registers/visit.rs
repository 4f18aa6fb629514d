//! A visit to a customer.

use super::{Registered, Told, month_of, written};
use crate::moment::{Moment, Period};
use crate::normalise::rating::Level;
use crate::recognise::field::Field as F;
use crate::records::store::Said;

/// A visit to a customer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Visit {
    /// Number of the customer.
    pub number: String,
    /// The customer.
    pub person: String,
    /// Grade of the customer.
    pub grade: String,
    /// Where.
    pub place: String,
    /// Phone.
    pub phone: String,
    /// When.
    pub visited_on: Option<Moment>,
    /// How.
    pub method: String,
    /// Who visited.
    pub handler: String,
    /// Whether the customer was met or came, as written; empty where the row does not say.
    pub status: String,
    /// What was talked about.
    pub text: String,
    /// How satisfied the customer was.
    pub opinion: Option<Level>,
    /// What the customer suggested.
    pub suggestion: String,
}

impl Visit {
    /// Whether somebody was met: a row of whom was invited and did not come is no visit. A row that says nothing of it is one.
    #[must_use]
    pub fn was_met(&self) -> bool {
        let is_absent = ["未", "没", "缺席", "请假"].iter().any(|word| self.status.contains(word));
        Said::parse(&self.status) != Said::No && !is_absent
    }
}

impl Registered for Visit {
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "person",
        "grade",
        "place",
        "phone",
        "visited_on",
        "method",
        "handler",
        "status",
        "text",
        "opinion",
        "suggestion",
    ];

    fn of(told: &mut Told<'_, '_>) -> Option<Self> {
        let made = Self {
            number: told.text(F::Number),
            person: told.name(F::Person),
            grade: told.name(F::Grade),
            place: told.name(F::Place),
            phone: told.text(F::Phone),
            visited_on: told.moment(F::VisitedOn),
            method: told.name(F::Method),
            handler: told.name(F::Handler),
            status: told.text(F::Status),
            text: told.text(F::Text),
            opinion: told.rating(F::Opinion),
            suggestion: told.text(F::Suggestion),
        };
        (made.visited_on.is_some() || !made.person.is_empty()).then_some(made)
    }

    fn continue_text(&mut self, field: F, text: &str) {
        if field == F::Text {
            self.text.push_str(text.trim());
        }
    }

    fn period(&self) -> Option<Period> {
        month_of(self.visited_on)
    }

    fn values(&self) -> Vec<String> {
        vec![
            self.number.clone(),
            self.person.clone(),
            self.grade.clone(),
            self.place.clone(),
            self.phone.clone(),
            written(self.visited_on),
            self.method.clone(),
            self.handler.clone(),
            self.status.clone(),
            self.text.clone(),
            self.opinion.map_or_else(String::new, |level| level.code().to_owned()),
            self.suggestion.clone(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_no_visit() {
        let met = |status: &str| Visit { status: status.to_owned(), ..Visit::default() }.was_met();
        assert!(["", "是", "已到会", "参会", "见面"].into_iter().all(met));
        assert!(!["否", "未参会", "没见到", "缺席", "请假"].into_iter().any(met));
    }
}
