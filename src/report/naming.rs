//! What facts are called on pages: their metric, and the breakdown they are of.

use super::ReportInput;
use super::explained::doc_under;
use super::mask::{masked, masked_beside_room};
use super::words::Words;
use crate::metrics::fact::{Dimension, FactKey};
use crate::metrics::metric::DOC_HEADINGS;
use crate::profile::schema::{Profile, Subject, Text};

/// Name of a metric in words; what nobody has named is called by what its documentation says it is.
pub(crate) fn metric(input: &ReportInput<'_>, profile: &str, id: &str) -> String {
    let named = input.profiles.named(profile).and_then(|profile| of_profile(input.words, profile, id));
    named.or_else(|| by_word(input.words, id)).unwrap_or_else(|| {
        let said = input.metrics.get(id).map(|metric| doc_under(metric.doc, &DOC_HEADINGS[0], input.words.language));
        said.filter(|said| !said.is_empty()).unwrap_or_else(|| id.to_owned())
    })
}

/// The order in which metrics are told: what came in, what became of it, how fast, then all others.
const ORDER: [&str; 22] = [
    "received",
    "valid",
    "valid_share",
    "resolved",
    "resolved_share",
    "open",
    "overdue",
    "open_at_end",
    "on_time",
    "on_time_finished",
    "done_share",
    "median",
    "p90",
    "mean",
    "due",
    "reached_share",
    "satisfied_share",
    "overall_satisfied",
    "item_satisfied",
    "item_dissatisfied",
    "answers",
    "issue_rate",
];

/// The place of a metric among those of its subject.
pub(crate) fn rank(id: &str) -> usize {
    let last = id.rsplit('.').next().unwrap_or(id);
    ORDER.iter().position(|known| *known == last).unwrap_or(ORDER.len())
}

/// Name of the subject that a metric is of.
pub(crate) fn subject(words: &Words, subject: Subject) -> String {
    words.say(&format!("card_subject.{}", subject.word()), &[])
}

/// A metric that bears the name of an entry of its profile.
fn of_profile(words: &Words, profile: &Profile, id: &str) -> Option<String> {
    if let Some(ratio) = profile.ratios.iter().find(|ratio| ratio.metric == id) {
        return Some(ratio.title.in_language(words.language).to_owned());
    }
    let parts: Vec<&str> = id.split('.').collect();
    let titled = |key: &str, title: &Text| words.say(key, &[("title", title.in_language(words.language))]);
    let subject = Subject::of_metric(id);
    match parts.as_slice() {
        [_, "major", reason] if subject.is_case() => {
            let found = profile.majors_of(subject).find(|major| major.id == *reason)?;
            Some(titled("metric_of.major_reason", &found.title))
        }
        [_, kind, entry] if subject.is_case() => {
            let mut assigned = profile.assignments.iter().filter(|one| one.subject == subject);
            if let Some(found) = assigned.find(|one| one.kind.word() == *kind && one.id == *entry) {
                let kind = words.code("metric_of", kind);
                let title = found.title.in_language(words.language);
                return Some(words.say("metric_of.assigned", &[("kind", &kind), ("title", title)]));
            }
            if let Some(found) = profile.windows.iter().find(|one| one.subject == subject && one.id == *kind) {
                return Some(titled(&format!("metric_window.{entry}"), &found.title));
            }
            let key = format!("metric_deadline.{entry}");
            if !words.has(&key) {
                return None;
            }
            let title = match profile.deadlines_of(subject).find(|deadline| deadline.id == *kind) {
                Some(found) => found.title.in_language(words.language).to_owned(),
                None => words.code("metric_deadline", kind),
            };
            Some(words.say(&key, &[("title", &title)]))
        }
        ["schedule", duty, rest @ ..] => {
            let found = profile.duties.iter().find(|found| found.id == *duty)?;
            let key = if rest.is_empty() { "metric_register.schedule" } else { "metric_register.late_days" };
            Some(titled(key, &found.title))
        }
        ["customer", "grade", grade] => {
            let found = profile.grades.iter().find(|found| found.id == *grade)?;
            Some(titled("metric_register.customer_grade", &found.title))
        }
        ["visit", quota, "met_share"] => {
            let found = profile.visits.iter().find(|found| found.id == *quota)?;
            Some(titled("metric_register.visit_met_share", &found.title))
        }
        _ => None,
    }
}

/// A metric that every procedure calls the same.
fn by_word(words: &Words, id: &str) -> Option<String> {
    let (first, rest) = id.split_once('.')?;
    let (group, name) = match first {
        "complaint" | "repair" => ("metric_case", rest.to_owned()),
        "callback" | "survey" => (if first == "survey" { "metric_survey" } else { "metric_callback" }, rest.to_owned()),
        _ => ("metric_register", format!("{first}_{rest}")),
    };
    let key = format!("{group}.{name}");
    let case = words.code("case", first);
    words.has(&key).then(|| words.opening(&words.say(&key, &[("case", &case)])))
}

/// What a fact is broken down by, in words: `类别：第一类`, one for each breakdown. Texts of cells show no person.
pub(crate) fn breakdown(input: &ReportInput<'_>, key: &FactKey) -> Vec<String> {
    let dimensions = [&key.dimension, &key.dimension2].into_iter().flatten();
    let text = |(dimension, value): &(Dimension, std::sync::Arc<str>)| {
        let name = input.words.code("card_dimension", dimension.word());
        let value = value_of(input, key, *dimension, value);
        input.words.say("card_dimension.value", &[("name", &name), ("value", &value)])
    };
    dimensions.map(text).collect()
}

fn value_of(input: &ReportInput<'_>, key: &FactKey, dimension: Dimension, value: &str) -> String {
    let words = input.words;
    if value == "none" || value.is_empty() {
        return words.say("table.unnamed", &[]);
    }
    match dimension {
        Dimension::Class => {
            let classes = input.profiles.named(&key.profile).map(|profile| profile.classes.as_slice());
            let class = classes.into_iter().flatten().find(|class| class.id == value);
            class.map_or_else(|| value.to_owned(), |class| class.title.in_language(words.language).to_owned())
        }
        Dimension::Level => words.code("level", value),
        Dimension::Age => words.code("age", value),
        Dimension::Severity => words.code("card_severity", value),
        Dimension::Outcome => words.code("card_outcome", value),
        Dimension::Excluded => words.reason(&key.metric, value),
        Dimension::Weekday => words.code("weekday", &format!("d{value}")),
        Dimension::Hour => words.say("card_hour.of", &[("n", value.strip_prefix('0').unwrap_or(value))]),
        Dimension::Building => masked_beside_room(value, input.persons),
        _ => masked(value, input.persons),
    }
}
