//! Deadlines: each clause with its limit, its rate, its target and what is left out.

use super::super::format;
use super::super::lens::{Lens, head, state, value_text, verdict_text};
use super::super::procedure::{clock, limits};
use super::super::view::{Block, Cell, Section, Table};
use super::breakdown::Cases;
use super::figures::rate_cell;
use crate::metrics::fact::Fact;
use crate::profile::schema::{Deadline, Subject};

/// The deadline that stands in the key figures: the first response, else the first that has facts, else the first.
pub(crate) fn headline<'a>(lens: &Lens<'a>, subject: Subject, case: &str) -> Option<&'a Deadline> {
    let profile = lens.profile;
    let mut deadlines = profile.deadlines_of(subject);
    let rate = |deadline: &&Deadline| lens.value(&format!("{case}.{}.on_time", deadline.id)).is_some();
    profile
        .deadlines_of(subject)
        .find(|deadline| deadline.id == "response")
        .or_else(|| profile.deadlines_of(subject).find(rate))
        .or_else(|| deadlines.next())
}

/// Adds one table for the head profile and one for each further profile that rules the subject. Deadlines of which the data tell
/// nothing are named in a sentence.
pub(crate) fn add(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>) {
    let further = lens.input.profiles.all.iter().filter(|profile| profile.name != lens.profile.name);
    for profile in std::iter::once(lens.profile).chain(further) {
        if profile.deadlines_of(cases.subject).next().is_some() && has_facts(&lens.profile(profile), cases) {
            let lens = lens.profile(profile);
            let (told, untold): (Vec<_>, Vec<_>) =
                profile.deadlines_of(cases.subject).partition(|deadline| is_told(&lens, cases, deadline));
            if !told.is_empty() {
                section.table(table(&lens, cases, &told));
            }
            section.text(without_data(&lens, cases, &untold));
        }
    }
    if section.blocks.is_empty() {
        section.text(lens.words.say("deadlines.none", &[]));
    } else if section.blocks.iter().any(|block| matches!(block, Block::Table { .. })) {
        section.text(lens.words.say("deadlines.readings", &[]));
    }
}

/// Whether the data tell anything of a deadline: a rate, whether it was done, or how long it took.
fn is_told(lens: &Lens<'_>, cases: Cases<'_>, deadline: &Deadline) -> bool {
    ["on_time", "done_share", "median"].iter().any(|ending| {
        let fact = lens.fact(&format!("{}.{}.{ending}", cases.name, deadline.id));
        fact.is_some_and(|fact| fact.value.is_some())
    })
}

/// Which deadlines have no data, in one sentence; of those that cases would have come under, what is missing.
fn without_data(lens: &Lens<'_>, cases: Cases<'_>, untold: &[&Deadline]) -> String {
    let words = lens.words;
    if untold.is_empty() {
        return String::new();
    }
    let entries: Vec<String> = untold
        .iter()
        .map(|deadline| {
            let metric = |ending: &str| format!("{}.{}.{ending}", cases.name, deadline.id);
            let reasons = [
                lens.exclusions(&metric("on_time"), "amount.case"),
                lens.exclusions(&metric("done_share"), "amount.case"),
            ];
            let reason = reasons.into_iter().find(|reason| !reason.is_empty());
            let title = deadline.title.in_language(words.language);
            match reason {
                Some(reason) => words.say("deadlines.untold_why", &[("title", title), ("reason", &reason)]),
                None => words.say("deadlines.untold_one", &[("title", title)]),
            }
        })
        .collect();
    let profile = lens.profile.title.in_language(words.language);
    let entries = entries.join(&words.say("join.list", &[]));
    words.say("deadlines.untold", &[("profile", profile), ("deadlines", &entries)])
}

/// A further profile that was given no facts makes no empty table; the head profile always stands.
fn has_facts(lens: &Lens<'_>, cases: Cases<'_>) -> bool {
    let is_head = head(lens.input, cases.subject, lens.scope).is_some_and(|head| head.name == lens.profile.name);
    is_head
        || lens
            .profile
            .deadlines_of(cases.subject)
            .any(|deadline| lens.fact(&format!("{}.{}.on_time", cases.name, deadline.id)).is_some())
}

fn table(lens: &Lens<'_>, cases: Cases<'_>, told: &[&Deadline]) -> Table {
    let words = lens.words;
    let profile = lens.profile;
    let caption = words.say("deadlines.caption", &[("profile", profile.title.in_language(words.language))]);
    let say = |key| words.say(key, &[]);
    let mut table = Table::new(words, &format!("{}-deadlines-{}", cases.name, profile.name), caption)
        .words(say("deadlines.deadline"))
        .words(say("deadlines.limit"))
        .numbers(say("deadlines.on_time"))
        .words(say("deadlines.verdict"))
        .numbers(say("deadlines.finished"))
        .words(say("deadlines.median"))
        .words(say("deadlines.excluded"));
    for deadline in told {
        let metric = |ending: &str| format!("{}.{}.{ending}", cases.name, deadline.id);
        // Of what is owed without a limit it is told whether it was done.
        let rate = [metric("on_time"), metric("done_share")].into_iter().find(|metric| lens.fact(metric).is_some());
        let rate = rate.unwrap_or_default();
        let judged = lens.fact(&rate);
        table.row(vec![
            Cell::text(deadline.title.in_language(words.language))
                .detail(words.say("deadlines.clause", &[("clause", &deadline.clause)])),
            Cell::text(limits(words, profile, deadline)).detail(clock(words, deadline)),
            rate_cell(words, judged),
            verdict_cell(lens, judged),
            rate_cell(words, lens.fact(&metric("on_time_finished"))),
            spent(lens, &metric("median"), &metric("p90")),
            excluded_cell(lens, &rate),
        ]);
    }
    table
}

/// Of fewer measured times, what nine tenths stayed within is no more than one of the longest.
const FEWEST_TIMES: f64 = 10.0;

/// The median of the time it took, and what nine tenths stayed within; of a few, how many they are.
fn spent(lens: &Lens<'_>, median: &str, p90: &str) -> Cell {
    let cell = Cell::fact(lens.words, lens.fact(median)).state("");
    match lens.fact(p90).filter(|fact| fact.value.is_some()) {
        Some(fact) if fact.denominator.is_some_and(|n| n < FEWEST_TIMES) => {
            cell.detail(lens.words.number("deadlines.times", fact.denominator.unwrap_or(0.0), &[]))
        }
        Some(fact) => {
            let within = value_text(lens.words, Some(fact));
            cell.detail(lens.words.say("deadlines.p90", &[("time", &within)]))
        }
        None => cell,
    }
}

fn verdict_cell(lens: &Lens<'_>, fact: Option<&Fact>) -> Cell {
    let Some(fact) = fact else { return Cell::text(lens.words.say("verdict.none", &[])) };
    let verdict = verdict_text(lens.words, Some(fact));
    if verdict.is_empty() || fact.target.is_empty() {
        return Cell::text(lens.words.say("verdict.none", &[]));
    }
    let target = format::target(lens.words, &fact.target);
    Cell::text(verdict).detail(lens.words.say("deadlines.target", &[("target", &target)])).state(state(Some(fact)))
}

fn excluded_cell(lens: &Lens<'_>, metric: &str) -> Cell {
    let reasons = lens.exclusions(metric, "amount.case");
    if reasons.is_empty() { Cell::absent() } else { Cell::text(reasons) }
}
