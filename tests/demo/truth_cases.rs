//! Complaints and repairs: how many, and how quickly.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::case::{Case, Kind};
use crate::clock::{response_due, three_days_due};
use crate::company::{DEPARTMENTS, categories};
use crate::layout::{Field, Layout};
use crate::outcome::{Outcome, outcome};
use crate::period::{Period, Scope, periods};
use crate::truth::{About, Layouts, Truth};

/// A case with what its table tells about it.
struct Told<'a> {
    case: &'a Case,
    layout: &'a Layout,
}

impl Told<'_> {
    /// The day to whose month it belongs: the day written, or that of the sheet where it cannot be read.
    fn day(&self) -> NaiveDate {
        self.case.received.date().unwrap_or(self.case.nominal.date())
    }

    /// Is it known from the table whether it is done? The form QR-002FW does not say.
    fn is_followed(&self) -> bool {
        self.layout.has(Field::Completed) || (self.layout.kind == Kind::Repair && self.layout.has(Field::Result))
    }

    fn is_resolved(&self) -> bool {
        let by_moment = self.layout.has(Field::Completed) && self.case.completed.is_written();
        self.is_followed() && (by_moment || self.case.closed)
    }

    /// The department written down, else the one that the config names for the category.
    fn department(&self) -> Option<&'static str> {
        if self.layout.has(Field::Department) {
            return Some(self.case.department);
        }
        let known = self.layout.has(Field::Category);
        let category = categories(self.case.kind).iter().find(|category| category.name == self.case.category);
        category.filter(|_| known).map(|category| category.department)
    }

    /// The outcome on one of the deadlines.
    fn outcome(&self, deadline: Deadline) -> Outcome {
        let (field, moment) = match deadline {
            Deadline::Response => (Field::Responded, &self.case.responded),
            Deadline::Told => (Field::Told, &self.case.told),
            Deadline::Closing => (Field::Completed, &self.case.completed),
        };
        let end = self.layout.has(field).then_some(moment);
        outcome(&self.case.received, end, self.case.closed, |start| match deadline {
            Deadline::Response => response_due(start.at().expect("a response is only asked of a start with a time")),
            Deadline::Told | Deadline::Closing => three_days_due(start.date().expect("the start was found readable")),
        })
    }
}

/// The deadlines of the two profiles.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deadline {
    /// complaint-classes 4.3.2
    Response,
    /// service-center 006.18
    Told,
    /// service-center 011
    Closing,
}

/// Which profile has which deadline for which kind, under which name.
const RATES: [(&str, &str, Kind, Deadline); 4] = [
    ("complaint-classes", "complaint.response.on_time", Kind::Complaint, Deadline::Response),
    ("service-center", "complaint.told.on_time", Kind::Complaint, Deadline::Told),
    ("service-center", "complaint.closing.on_time", Kind::Complaint, Deadline::Closing),
    ("service-center", "repair.closing.on_time", Kind::Repair, Deadline::Closing),
];

/// Adds all of it.
pub(crate) fn add(truth: &mut Truth, cases: &[Case], layouts: &Layouts) {
    let all: Vec<Told> =
        cases.iter().map(|case| Told { case, layout: &layouts[&(case.community, case.kind)] }).collect();
    for kind in [Kind::Complaint, Kind::Repair] {
        for period in &periods() {
            let within: Vec<&Told> =
                all.iter().filter(|told| told.case.kind == kind && period.holds(told.day())).collect();
            for scope in Scope::places() {
                let here: Vec<&Told> = within.iter().copied().filter(|told| scope.holds(told.case.community)).collect();
                counts(truth, kind, period, scope, &here);
                rates(truth, kind, period, scope, &here);
            }
            departments(truth, kind, period, &within);
        }
    }
}

/// The name of a metric of the kind.
fn metric(kind: Kind, name: &str) -> String {
    let kind = if kind == Kind::Complaint { "complaint" } else { "repair" };
    format!("{kind}.{name}")
}

fn counts(truth: &mut Truth, kind: Kind, period: &Period, scope: Scope, here: &[&Told]) {
    let about = |name, dimension| About { profile: "", metric: metric(kind, name), period, scope, dimension };
    truth.count(&about("received", None), here.len());
    if here.iter().any(|told| told.is_followed()) {
        let resolved = here.iter().filter(|told| told.is_resolved()).count();
        let followed = here.iter().filter(|told| told.is_followed()).count();
        truth.count(&about("resolved", None), resolved);
        truth.count(&about("open", None), followed - resolved);
    }
    if kind == Kind::Complaint && period.is_month_or_year() {
        for (dimension, field) in [("category", Field::Category), ("channel", Field::Channel)] {
            let mut values: BTreeMap<&str, usize> = BTreeMap::new();
            for told in here.iter().filter(|told| told.layout.has(field)) {
                let value = if field == Field::Category { told.case.category } else { told.case.channel };
                *values.entry(value).or_default() += 1;
            }
            for (value, count) in values {
                truth.count(&about("received", Some((dimension, value))), count);
            }
        }
    }
}

fn rates(truth: &mut Truth, kind: Kind, period: &Period, scope: Scope, here: &[&Told]) {
    for (profile, metric, _, deadline) in RATES.iter().filter(|(_, _, of, _)| *of == kind) {
        let outcomes: Vec<Outcome> = here.iter().map(|told| told.outcome(*deadline)).collect();
        let on_time = outcomes.iter().filter(|outcome| **outcome == Outcome::OnTime).count();
        let late = outcomes.iter().filter(|outcome| **outcome == Outcome::Late).count();
        let about = |dimension| About { profile, metric: (*metric).to_owned(), period, scope, dimension };
        truth.rate(&about(None), on_time, on_time + late);
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for reason in outcomes.iter().filter_map(|outcome| outcome.excluded()) {
            *reasons.entry(reason).or_default() += 1;
        }
        for (reason, count) in reasons {
            truth.count(&about(Some(("excluded", reason))), count);
        }
    }
}

fn departments(truth: &mut Truth, kind: Kind, period: &Period, within: &[&Told]) {
    if !period.is_month_or_year() {
        return;
    }
    for (_, name) in DEPARTMENTS {
        let count = within.iter().filter(|told| told.department() == Some(name)).count();
        if count > 0 {
            let scope = Scope::Department(name);
            truth
                .count(&About { profile: "", metric: metric(kind, "received"), period, scope, dimension: None }, count);
        }
    }
}
