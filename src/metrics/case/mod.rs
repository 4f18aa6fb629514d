//! Metrics on cases, complaints and repairs alike. One metric, one file, one line of [`metrics`].

#[cfg(test)]
mod bench;
mod cases;
mod classes;
mod clock_columns;
pub(super) mod codes;
mod compensation;
mod deadlines;
#[cfg(test)]
mod deadlines_tests;
mod derive;
mod done_share;
mod major;
mod major_reason;
mod mean;
mod median;
mod names;
mod on_time;
mod on_time_finished;
mod open;
mod open_at_end;
mod overdue;
mod p90;
mod pile_up;
mod per_1000_households;
mod received;
mod repeat;
mod repeat_share;
mod resolved;
mod resolved_share;
pub(super) mod rules;
#[cfg(test)]
mod rules_tests;
mod states;
mod stock;
mod valid;
mod valid_share;

use polars::prelude::{DataFrame, PolarsResult};

use super::fact::Dimension as D;
use super::metric::Metric;
use super::runner::{DimensionColumn, Run, Setting};
use super::taker::Taker;
use crate::problem::Problem;
use crate::profile::schema::{Profile, Subject};
use crate::records::columns as c;

/// The metrics of a subject's cases under a profile.
fn metrics(case: &str, profile: &Profile, subject: Subject) -> Vec<Metric> {
    let mut metrics = vec![
        received::metric(case),
        resolved::metric(case),
        resolved_share::metric(case),
        open::metric(case),
        overdue::metric(case),
        major::metric(case),
        per_1000_households::metric(case),
        compensation::metric(case),
    ];
    if profile.classes_of(subject).next().is_some() {
        metrics.extend([valid::metric(case), valid_share::metric(case)]);
    }
    if profile.repeat.is_some() {
        metrics.push(repeat_share::metric(case));
    }
    metrics.extend(profile.majors_of(subject).map(|reason| major_reason::metric(case, reason)));
    for deadline in profile.deadlines_of(subject) {
        let (id, clause) = (deadline.id.as_str(), deadline.clause.as_str());
        if deadline.has_limit() {
            metrics.extend([on_time::metric(case, deadline), on_time_finished::metric(case, deadline)]);
        }
        if deadline.owed {
            metrics.push(done_share::metric(case, deadline));
        }
        if id != "resolution" {
            metrics.extend([
                median::metric(case, id, clause),
                p90::metric(case, id, clause),
                mean::metric(case, id, clause),
            ]);
        }
    }
    // Received → resolved is always measured, whether or not the profile sets a limit on it.
    metrics.extend([
        median::metric(case, "resolution", ""),
        p90::metric(case, "resolution", ""),
        mean::metric(case, "resolution", ""),
    ]);
    metrics
}

/// Measures a subject's cases under a profile; gives the durations that pile up below its limits.
///
/// # Errors
/// When a query fails, which a test of every metric rules out.
pub(super) fn measure(
    frame: &DataFrame,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<Vec<Problem>> {
    let case = if subject == Subject::Complaint { "complaint" } else { "repair" };
    let derived = derive::derive(frame, profile, subject, setting)?;
    if derived.frame.height() == 0 {
        return Ok(Vec::new());
    }
    let names = setting.names;
    let class_ids = derived.class_ids;
    let dimensions = vec![
        DimensionColumn::new(D::Class, derive::CLASS, move |code| class_ids.get(code as usize).cloned()),
        DimensionColumn::new(D::Category, c::CATEGORY, |code| names.category.name(code).map(Into::into)),
        DimensionColumn::new(D::Channel, c::CHANNEL, |code| names.channel.name(code).map(Into::into)),
        DimensionColumn::new(D::Building, c::BUILDING, |code| names.building.name(code).map(Into::into)),
        DimensionColumn::new(D::Hour, derive::HOUR, |code| (code < 24).then(|| format!("{code:02}").into())),
        DimensionColumn::new(D::Weekday, derive::WEEKDAY, |code| {
            (1..=7).contains(&code).then(|| code.to_string().into())
        }),
        DimensionColumn::new(D::Severity, derive::SEVERITY, |code| {
            Some(if code == 1 { "major" } else { "general" }.into())
        }),
    ];
    let reads = Box::new(move |column: &str| clock_columns::reads(column, profile, subject));
    let run = Run { frame: &derived.frame, time: c::MONTH, profile, setting, dimensions, reads };
    taker.run(&run, metrics(case, profile, subject), None)?;
    stock::measure(&run, &open_at_end::metric(case).in_profile(profile), taker)?;
    Ok(derived.pile_ups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_documented_under_the_seven_headings() {
        for (_, text) in crate::profile::load::BUILT_IN {
            let profile: Profile = toml::from_str(text).unwrap_or_else(|error| unreachable!("{error}"));
            for subject in [Subject::Complaint, Subject::Repair] {
                super::super::metric::assert_documented(&metrics("complaint", &profile, subject));
            }
        }
        super::super::metric::assert_documented(&[open_at_end::metric("complaint")]);
    }
}
