//! What · Visits to customers that were made: `visit.made`, also by method.
//! Formula · number of visits, in the month of the visit
//! Denominator · none
//! Unit · count
//! Missing values · a visit without a readable date is not counted
//! Clause · that of the profile for `visit.made`, e.g. customer-grading
//! Example · 4 visits in June, one of them by phone: 4, and 1 by the method phone

use crate::metrics::fact::{Dimension, Fact, Unit};
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::Setting;
use crate::metrics::tally::{self, Counted, How, Role};
use crate::moment::{Period, date_of, month_number};
use crate::profile::schema::Profile;
use crate::records::registers::{Entry, Visit};

fn metric() -> Metric {
    // The expression is never run: visits are few and not in a frame.
    Metric::new("visit.made".to_owned(), Unit::Count, count(every_row()), include_str!("made.rs"))
        .by(&[Dimension::Method])
}

/// The facts, all and by method.
pub(super) fn facts(visits: &[Entry<Visit>], profile: &Profile, setting: &Setting<'_>) -> Vec<Fact> {
    let made = visits.iter().filter_map(|entry| {
        let at = entry.of.visited_on.filter(|at| at.seconds < setting.as_of)?;
        let month = Period::of_month_number(month_number(date_of(at.seconds)));
        Some((Counted::of(month, entry.community, entry.department, Role::Part), entry.of.method.as_str()))
    });
    let rows = made.flat_map(|(row, method)| {
        let by_method = (!method.is_empty()).then(|| row.clone().by(Dimension::Method, method));
        std::iter::once(row).chain(by_method)
    });
    tally::facts(metric(), How::Count, rows, profile, setting)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_metric_is_documented_under_the_seven_headings() {
        crate::metrics::metric::assert_documented(&[super::metric()]);
    }
}
