//! A customer with a grade.

use super::{Registered, Told, written};
use crate::moment::{Moment, Period};
use crate::recognise::field::Field as F;
use crate::records::store::Said;

/// A customer with a grade.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Customer {
    /// Number of the customer.
    pub number: String,
    /// The customer.
    pub person: String,
    /// Grade.
    pub grade: String,
    /// Building.
    pub building: String,
    /// Unit.
    pub place: String,
    /// Whom to speak to.
    pub contact: String,
    /// Phone.
    pub phone: String,
    /// Volume of business in a year.
    pub volume: Option<f64>,
    /// Whether the customer is far away.
    pub remote: Option<bool>,
    /// Who looks after the customer.
    pub handler: String,
    /// Since when.
    pub since: Option<Moment>,
    /// Period for which the list gives the grade, where it names one.
    pub period: Option<Period>,
}

impl Registered for Customer {
    const COLUMNS: &'static [&'static str] =
        &["number", "person", "grade", "building", "place", "contact", "phone", "volume", "remote", "handler", "since"];

    fn of(told: &mut Told<'_, '_>) -> Option<Self> {
        let made = Self {
            number: told.text(F::Number),
            person: told.name(F::Person),
            grade: told.name(F::Grade),
            building: told.name(F::Building),
            place: told.name(F::Place),
            contact: told.name(F::Receiver),
            phone: told.text(F::Phone),
            volume: told.number(F::Volume),
            remote: remote(&told.text(F::Remote)),
            handler: told.name(F::Handler),
            since: told.moment(F::MovedIn),
            period: told.period(),
        };
        (!made.person.is_empty() || !made.number.is_empty()).then_some(made)
    }

    fn period(&self) -> Option<Period> {
        self.period
    }

    fn values(&self) -> Vec<String> {
        vec![
            self.number.clone(),
            self.person.clone(),
            self.grade.clone(),
            self.building.clone(),
            self.place.clone(),
            self.contact.clone(),
            self.phone.clone(),
            self.volume.map_or_else(String::new, |number| number.to_string()),
            self.remote.map_or("", |remote| if remote { "yes" } else { "no" }).to_owned(),
            self.handler.clone(),
            written(self.since),
        ]
    }
}

/// Whether a customer is said to be far away: by a yes, or by the word for it.
fn remote(text: &str) -> Option<bool> {
    match Said::parse(text).value() {
        None if ["外地", "异地", "偏远"].iter().any(|word| text.contains(word)) => Some(true),
        None if ["本地", "同城"].iter().any(|word| text.contains(word)) => Some(false),
        said => said,
    }
}
