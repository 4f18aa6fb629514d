//! What was promised and kept: promises and measures of the period, and the duties that fell due in it.

use super::super::chart::number;
use super::super::format;
use super::super::lens::Lens;
use super::super::parts::{owed, promises};
use super::super::view::Section;
use super::{Analysis, standing};
use crate::metrics::fact::Fact;
use crate::metrics::outcome::Outcome;
use crate::metrics::register::{Commitment, Kind};
use crate::metrics::schedule::DutyInstance;
use crate::profile::schema::{Duty, Subject};

/// Duties named one by one in a sentence.
const NAMED: usize = 4;

/// The section. What is of no kind of case stands on the page of complaints, and on that of repairs where it stands alone.
pub(super) fn section(of: &Analysis<'_>) -> Option<Section> {
    let (input, words) = (of.lens.input, of.lens.words);
    let mut section = of.titled("kept");
    let said = sentences(of);
    let duties = duties(of);
    if said.is_empty() && duties.is_empty() && !of.bears_all() {
        return None;
    }
    section.text(if said.is_empty() { words.say("kept.nothing", &[]) } else { words.sentences(&said) });
    let commitments = commitments(of);
    if !commitments.is_empty() {
        section.table(owed::commitments(input, ("promises-table", words.say("kept.caption", &[])), &commitments, true));
    }
    let missed: Vec<&DutyInstance> =
        duties.into_iter().filter(|one| matches!(one.outcome, Outcome::Late | Outcome::LateOpen)).collect();
    if !missed.is_empty() {
        let caption = words.say("kept.missed_caption", &[]);
        section.table(owed::duties(input, ("missed-duties-table", caption), &missed, of.is_group()));
    }
    Some(section)
}

/// Promises, measures, duties: how many were to be kept, how many were.
pub(super) fn sentences(of: &Analysis<'_>) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let schedule = Lens::on(of.lens.input, Subject::Schedule, of.lens.period, of.lens.scope);
    if let Some(lens) = schedule.filter(|_| of.bears_all()) {
        said.extend(promises::kept(&lens, "promise.made", "promise.kept_share", "kept.promises"));
        said.extend(promises::kept(&lens, "measure.taken", "measure.done_share", "kept.measures"));
    }
    said.extend(of_duties(of));
    said
}

/// The duties of the page: of procedures in force, about such cases or about none, recurring, and its scope's.
pub(super) fn duties<'a>(of: &Analysis<'a>) -> Vec<&'a DutyInstance> {
    let input = of.lens.input;
    let is_own = |one: &&DutyInstance| of.is_group() || owed::scope_of(input, one.owner) == *of.lens.scope;
    let due = input.lists.due_in(of.lens.period).iter().filter(|one| !one.of_round).filter(is_own);
    due.filter(|one| known(of, one).is_some_and(|duty| of.rules(duty))).collect()
}

/// A duty of a profile.
fn known<'a>(of: &Analysis<'a>, one: &DutyInstance) -> Option<&'a Duty> {
    let profile = of.lens.input.profiles.named(&one.profile)?;
    profile.duties.iter().find(|duty| *duty.id == *one.duty)
}

/// How many duties fell due and were done in time, by the facts of each; those that were not, the most often missed first.
fn of_duties(of: &Analysis<'_>) -> Option<String> {
    let words = of.lens.words;
    let facts: Vec<(String, &Fact)> = of
        .lens
        .input
        .profiles
        .all
        .iter()
        .flat_map(|profile| profile.duties.iter().map(move |duty| (profile, duty)))
        .filter(|(_, duty)| duty.every.is_some() && of.rules(duty))
        .filter_map(|(profile, duty)| {
            let fact = of.lens.profile(profile).fact(&format!("schedule.{}", duty.id))?;
            Some((duty.title.in_language(words.language).to_owned(), fact))
        })
        .collect();
    let sum = |part: fn(&Fact) -> Option<f64>| facts.iter().filter_map(|(_, fact)| part(fact)).sum::<f64>();
    let (due, in_time) = (sum(|fact| fact.denominator), sum(|fact| fact.numerator));
    if due < 1.0 {
        return None;
    }
    if in_time >= due {
        return Some(words.number("kept.duties_all", due, &[]));
    }
    let mut missed: Vec<(&str, f64)> = facts
        .iter()
        .filter_map(|(title, fact)| Some((title.as_str(), fact.denominator? - fact.numerator?)))
        .filter(|(_, n)| *n > 0.0)
        .collect();
    missed.sort_by(|a, b| b.1.total_cmp(&a.1));
    let entries: Vec<String> =
        missed.iter().take(NAMED).map(|(title, n)| words.number("kept.duty", *n, &[("title", title)])).collect();
    let more = missed.len().saturating_sub(NAMED);
    let names = if more > 0 {
        words.number("kept.and_more", number(more), &[("names", &words.list(&entries))])
    } else {
        words.list(&entries)
    };
    let in_time = format::count(in_time);
    Some(words.number("kept.duties", due, &[("in_time", &in_time), ("missed", &names)]))
}

/// Promises and measures of the period and scope; on the latest page also older ones that are still open.
pub(super) fn commitments<'a>(of: &Analysis<'a>) -> Vec<&'a Commitment> {
    if !of.bears_all() {
        return Vec::new();
    }
    let period = of.lens.period;
    let latest = standing::is_latest(of);
    let is_wanted = |one: &&Commitment| {
        let within = one.period.is_some_and(|own| own == period || own.with_containing().contains(&period));
        standing::is_own(of, one.community) && (within || latest && !one.is_done)
    };
    of.lens.input.lists.commitments.iter().filter(is_wanted).collect()
}

/// Whether something promised is a measure against a category.
pub(super) fn is_measure_for(one: &Commitment, category: &str) -> bool {
    one.kind == Kind::Measure && !one.category.is_empty() && *one.category == *category
}
