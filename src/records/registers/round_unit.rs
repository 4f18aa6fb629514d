//! A unit that a survey form was issued to.

use super::{Registered, Told, month_of, written};
use crate::moment::{Moment, Period};
use crate::recognise::field::Field as F;

/// A unit that a survey form was issued to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoundUnit {
    /// Half year or year of the round.
    pub period: Option<Period>,
    /// Building as written.
    pub building: String,
    /// Unit.
    pub place: String,
    /// How the form was issued.
    pub method: String,
    /// When it was issued.
    pub issued_on: Option<Moment>,
    /// When it came back.
    pub returned_on: Option<Moment>,
    /// What the row says of its return.
    pub status: String,
}

impl Registered for RoundUnit {
    const COLUMNS: &'static [&'static str] = &["building", "place", "method", "issued_on", "returned_on", "status"];

    fn of(told: &mut Told<'_, '_>) -> Option<Self> {
        let mut made = Self {
            period: None,
            building: told.name(F::Building),
            place: told.name(F::Place),
            method: told.name(F::Method),
            issued_on: told.moment(F::IssuedOn),
            returned_on: told.moment(F::ReturnedOn),
            status: told.text(F::Status),
        };
        made.period = told.period().map(round).or_else(|| month_of(made.issued_on).map(round));
        (!made.place.is_empty() && made.period.is_some()).then_some(made)
    }

    fn period(&self) -> Option<Period> {
        self.period
    }

    fn values(&self) -> Vec<String> {
        vec![
            self.building.clone(),
            self.place.clone(),
            self.method.clone(),
            written(self.issued_on),
            written(self.returned_on),
            self.status.clone(),
        ]
    }
}

/// A survey belongs to a half year or a year; a month or quarter names the half year around it.
fn round(period: Period) -> Period {
    match period {
        Period::Month(year, month) => Period::Half(year, if month <= 6 { 1 } else { 2 }),
        Period::Quarter(year, quarter) => Period::Half(year, if quarter <= 2 { 1 } else { 2 }),
        other => other,
    }
}
