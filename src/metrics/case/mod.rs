//! Metrics on cases, complaints and repairs alike. One metric, one file, one line of [`metrics`].

#[cfg(test)]
mod bench;
mod again_after_satisfied_share;
mod age;
mod assigned;
mod cases;
mod classes;
mod clock_columns;
mod closed_without_callback_share;
pub(super) mod codes;
mod compensation;
mod deadlines;
#[cfg(test)]
mod deadlines_tests;
mod derive;
mod done_share;
mod escalated;
#[cfg(test)]
mod entries_tests;
#[cfg(test)]
mod household_tests;
mod first_asked_share;
mod followed;
mod in_warranty_share;
mod major;
mod major_reason;
mod mean;
mod median;
mod names;
mod numbered_share;
mod on_time;
mod on_time_finished;
mod open;
mod open_at_end;
mod overdue;
mod p90;
mod pile_up;
mod per_1000_households;
mod received;
mod reopened;
mod reopened_share;
mod repeat;
mod repeat_share;
mod resolved;
mod resolved_share;
mod rules;
#[cfg(test)]
mod rules_tests;
mod states;
mod stock;
mod times;
mod to_keep;
mod valid;
mod valid_share;
mod warranty;
mod window;
mod words;

use polars::prelude::{DataFrame, PolarsResult};

pub(super) use derive::holds;

use super::Found;
use super::fact::Dimension as D;
use super::metric::Metric;
use super::runner::{DimensionColumn, Run, Setting, of_communities};
use super::taker::Taker;
use crate::profile::schema::{Numbering, Profile, Retention, Subject, Warranty};
use crate::records::columns as c;
use crate::records::frames::column;

/// The metrics of a subject's cases under a profile.
fn metrics(case: &str, profile: &Profile, subject: Subject, is_reopened: bool) -> Vec<Metric> {
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
    metrics.extend(assigned::entries(profile, subject).map(|entry| assigned::metric(case, entry)));
    metrics.extend(warranty_of(profile, subject).map(|warranty| in_warranty_share::metric(case, warranty)));
    metrics.extend(numbering_of(profile, subject).map(|numbering| numbered_share::metric(case, numbering)));
    metrics.extend(retention_of(profile, subject).map(|retention| to_keep::metric(case, retention)));
    metrics.extend(profile.first_asked.iter().map(|first_asked| first_asked_share::metric(case, first_asked)));
    if let Some(follow_up) = &profile.follow_up {
        metrics.push(closed_without_callback_share::metric(case, follow_up));
        metrics.push(again_after_satisfied_share::metric(case, follow_up));
    }
    if is_reopened {
        metrics.push(reopened_share::metric(case));
        let (id, clause) = (reopened::TOTAL, "");
        metrics.extend([
            median::metric(case, id, clause),
            p90::metric(case, id, clause),
            mean::metric(case, id, clause),
        ]);
    }
    // Received → resolved is always measured, whether or not the profile sets a limit on it.
    metrics.extend([
        median::metric(case, "resolution", ""),
        p90::metric(case, "resolution", ""),
        mean::metric(case, "resolution", ""),
    ]);
    metrics
}

fn warranty_of(profile: &Profile, subject: Subject) -> Option<&Warranty> {
    profile.warranty.as_ref().filter(|warranty| warranty.subject == subject)
}

fn numbering_of(profile: &Profile, subject: Subject) -> Option<&Numbering> {
    profile.numbering.as_ref().filter(|numbering| numbering.subject == subject)
}

fn retention_of(profile: &Profile, subject: Subject) -> Option<&Retention> {
    profile.retention.as_ref().filter(|retention| retention.subject == subject)
}

/// Measures a subject's cases under a profile; gives the durations that pile up below its limits, what is owed, and what went up.
///
/// # Errors
/// When a query fails, which a test of every metric rules out.
pub(super) fn measure(
    frame: &DataFrame,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<Found> {
    let case = if subject == Subject::Complaint { "complaint" } else { "repair" };
    let derived = derive::derive(frame, profile, subject, setting)?;
    if derived.frame.height() == 0 {
        return Ok(Found::default());
    }
    let names = setting.names;
    let class_ids = &derived.class_ids;
    let dimensions = || {
        vec![
            DimensionColumn::new(D::Class, derive::CLASS, move |code| class_ids.get(code as usize).cloned()),
            DimensionColumn::new(D::Category, c::CATEGORY, |code| names.category.shared(code)),
            DimensionColumn::new(D::Channel, c::CHANNEL, |code| names.channel.shared(code)),
            DimensionColumn::new(D::Building, c::BUILDING, |code| names.building.shared(code)).only(of_communities),
            age::dimension(),
            DimensionColumn::new(D::Hour, derive::HOUR, |code| (code < 24).then(|| format!("{code:02}").into())),
            DimensionColumn::new(D::Weekday, derive::WEEKDAY, |code| {
                (1..=7).contains(&code).then(|| code.to_string().into())
            }),
            DimensionColumn::new(D::Severity, derive::SEVERITY, |code| {
                Some(if code == 1 { "major" } else { "general" }.into())
            }),
        ]
    };
    let reads = Box::new(move |column: &str| clock_columns::reads(column, profile, subject));
    let run = Run { frame: &derived.frame, time: c::MONTH, profile, setting, dimensions: dimensions(), reads };
    taker.run(&run, metrics(case, profile, subject, derived.is_reopened), None)?;
    times::measure(&run, received::metric(case), taker)?;
    stock::measure(&run, &open_at_end::metric(case).in_profile(profile), taker)?;
    let knows_grades = derived.frame.column(c::GRADE).is_ok();
    for (window, months) in &derived.windows {
        let mut frame = derived.frame.clone();
        frame.with_column(column(c::MONTH, months.clone()))?;
        let reads = Box::new(move |column: &str| clock_columns::reads(column, profile, subject));
        let run = Run { frame: &frame, time: c::MONTH, profile, setting, dimensions: dimensions(), reads };
        taker.run(&run, window::metrics(case, window, profile, knows_grades), None)?;
    }
    let escalated = escalated::of(&derived.frame, profile, subject, setting)?;
    Ok(Found { problems: derived.pile_ups, owed: derived.owed, escalated, ..Found::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_documented_under_the_seven_headings() {
        for (_, text) in crate::profile::load::BUILT_IN {
            let profile: Profile = toml::from_str(text).unwrap_or_else(|error| unreachable!("{error}"));
            for subject in [Subject::Complaint, Subject::Repair] {
                super::super::metric::assert_documented(&metrics("complaint", &profile, subject, true));
            }
        }
        super::super::metric::assert_documented(&[open_at_end::metric("complaint")]);
    }
}
