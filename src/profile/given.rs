//! The metrics that a profile gives, by id: what its targets, clauses and ratios may name.
//!
//! A metric that is added under `metrics/` needs its line here; a test compares the facts of a run with this list.

use std::collections::BTreeMap;

use super::schema::{Deadline, Profile, Subject};

/// What kind of number a metric is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number of things: the part or the whole of a ratio.
    Count,
    /// A share, 0–1.
    Share,
    /// Minutes, days, yuan, a score.
    Other,
}

use Kind::{Count, Other, Share};

/// The metrics of a profile, its ratios among them.
#[must_use]
pub fn given(profile: &Profile) -> BTreeMap<String, Kind> {
    let mut metrics = BTreeMap::new();
    for subject in &profile.subjects {
        match subject {
            Subject::Complaint | Subject::Repair => cases(&mut metrics, profile, *subject),
            Subject::Callback => callbacks(&mut metrics, profile),
            Subject::Survey => surveys(&mut metrics, profile),
            Subject::Schedule => schedule(&mut metrics, profile),
        }
    }
    metrics.extend(profile.ratios.iter().map(|ratio| (ratio.metric.clone(), Share)));
    metrics
}

type Metrics = BTreeMap<String, Kind>;

fn add(metrics: &mut Metrics, stem: &str, endings: &[(&str, Kind)]) {
    metrics.extend(endings.iter().map(|(ending, kind)| (format!("{stem}.{ending}"), *kind)));
}

const DURATIONS: [(&str, Kind); 3] = [("median", Other), ("p90", Other), ("mean", Other)];

fn cases(metrics: &mut Metrics, profile: &Profile, subject: Subject) {
    let case = subject.word();
    add(
        metrics,
        case,
        &[
            ("received", Count),
            ("resolved", Count),
            ("resolved_share", Share),
            ("open", Count),
            ("open_at_end", Count),
            ("overdue", Count),
            ("major", Count),
            ("per_1000_households", Other),
            ("compensation", Other),
            ("reopened_share", Share),
        ],
    );
    add(metrics, &format!("{case}.resolution"), &DURATIONS);
    add(metrics, &format!("{case}.total_resolution"), &DURATIONS);
    if profile.classes_of(subject).next().is_some() {
        add(metrics, case, &[("valid", Count), ("valid_share", Share)]);
    }
    if profile.repeat.is_some() {
        add(metrics, case, &[("repeat_share", Share)]);
    }
    for deadline in profile.deadlines_of(subject) {
        of_deadline(metrics, case, deadline);
    }
    for major in profile.majors_of(subject) {
        add(metrics, &format!("{case}.major"), &[(&major.id, Count)]);
    }
    for assignment in profile.assignments.iter().filter(|assignment| assignment.subject == subject) {
        add(metrics, case, &[(&assignment.path(), Count)]);
    }
    for window in profile.windows.iter().filter(|window| window.subject == subject) {
        let counted = [("received", Count), ("repeat", Count), ("major", Count)];
        let stem = format!("{case}.{}", window.id);
        add(metrics, &stem, &counted);
        metrics.extend(window.counts.iter().map(|path| (format!("{stem}.{path}"), Count)));
    }
    if profile.warranty.as_ref().is_some_and(|warranty| warranty.subject == subject) {
        add(metrics, case, &[("in_warranty_share", Share)]);
    }
    if profile.numbering.as_ref().is_some_and(|numbering| numbering.subject == subject) {
        add(metrics, case, &[("numbered_share", Share)]);
    }
    if profile.retention.as_ref().is_some_and(|retention| retention.subject == subject) {
        add(metrics, case, &[("to_keep", Count)]);
    }
    if profile.first_asked.is_some() {
        add(metrics, case, &[("first_asked_share", Share)]);
    }
    if profile.follow_up.is_some() {
        add(metrics, case, &[("closed_without_callback_share", Share), ("again_after_satisfied_share", Share)]);
    }
}

fn of_deadline(metrics: &mut Metrics, case: &str, deadline: &Deadline) {
    let stem = format!("{case}.{}", deadline.id);
    add(metrics, &stem, &DURATIONS);
    if deadline.has_limit() {
        add(metrics, &stem, &[("on_time", Share), ("on_time_finished", Share)]);
    }
    if deadline.owed {
        add(metrics, &stem, &[("done_share", Share)]);
    }
}

fn callbacks(metrics: &mut Metrics, profile: &Profile) {
    add(metrics, "callback", &[("due", Count), ("done_share", Share), ("reached_share", Share), ("rounds", Other)]);
    if profile.callback.as_ref().is_some_and(|rule| rule.within.is_some()) {
        add(metrics, "callback", &[("on_time", Share)]);
    }
    if profile.scale.is_some() {
        let rated = ["satisfied_share", "punctuality", "attitude", "quality"];
        add(metrics, "callback", &rated.map(|metric| (metric, Share)));
    }
}

fn surveys(metrics: &mut Metrics, profile: &Profile) {
    add(
        metrics,
        "survey",
        &[
            ("valid_forms", Count),
            ("rounds", Count),
            ("issued", Count),
            ("returned", Count),
            ("unreturned", Count),
            ("issue_rate", Share),
            ("return_rate", Share),
            ("coverage_year", Share),
            ("evenness", Other),
        ],
    );
    if profile.scale.is_some() {
        let answered =
            [("answers", Count), ("item_satisfied", Share), ("overall_satisfied", Share), ("mean_score", Other)];
        add(metrics, "survey", &answered);
    }
}

fn schedule(metrics: &mut Metrics, profile: &Profile) {
    for duty in &profile.duties {
        add(metrics, "schedule", &[(&duty.id, Share)]);
        add(metrics, &format!("schedule.{}", duty.id), &[("late_days", Other)]);
    }
    let promised = [("made", Count), ("kept_share", Share), ("on_time", Share), ("verified_share", Share)];
    add(metrics, "promise", &promised);
    let taken = [("taken", Count), ("done_share", Share), ("on_time", Share), ("verified_share", Share)];
    add(metrics, "measure", &taken);
    for grade in &profile.grades {
        add(metrics, "customer.grade", &[(&grade.id, Count)]);
    }
    for quota in &profile.visits {
        add(metrics, &format!("visit.{}", quota.id), &[("met_share", Share)]);
    }
    add(metrics, "visit", &[("made", Count)]);
}
