//! How far the round reached: issue, return and coverage against what the clauses ask for.

use super::super::chart::number;
use super::super::format;
use super::super::lens::{Lens, bound, fraction};
use super::super::parts::figures::rate_cell;
use super::super::view::{Cell, Section, Table, scope_name};
use crate::metrics::fact::{Fact, Scope, Verdict};

/// The rates of a round that are no answers.
const RATES: [&str; 3] = ["survey.issue_rate", "survey.return_rate", "survey.coverage_year"];

/// The section; none where nothing of it was recorded.
pub(crate) fn section(lens: &Lens<'_>) -> Option<Section> {
    let words = lens.words;
    let said = sentences(lens);
    if said.is_empty() {
        return None;
    }
    let mut section = Section::new("reach", words.say("section.reach", &[]));
    section.text(words.sentences(&said));
    let mut table = Table::new(words, "reach-table", words.say("reach.caption", &[]))
        .words(words.say("reach.what", &[]))
        .numbers(words.say("reach.rate", &[]))
        .words(words.say("reach.target", &[]))
        .words(words.say("reach.clause", &[]));
    for metric in RATES {
        let Some(fact) = lens.fact(metric) else { continue };
        let target = format::target(words, &fact.target);
        table.row(vec![
            Cell::text(words.say(&format!("{metric}_label"), &[])),
            rate_cell(words, Some(fact)),
            if target.is_empty() { Cell::absent() } else { Cell::text(target) },
            if fact.clause.is_empty() { Cell::absent() } else { Cell::text(&*fact.clause) },
        ]);
    }
    section.table(table);
    Some(section)
}

/// Each rate against its target, the communities that missed it, and what was not returned.
pub(crate) fn sentences(lens: &Lens<'_>) -> Vec<String> {
    let words = lens.words;
    let mut said: Vec<String> = Vec::new();
    for metric in RATES {
        let Some(fact) = lens.fact(metric) else { continue };
        said.extend(one(lens, metric, fact));
    }
    let lost = lens.value("survey.issued").zip(lens.value("survey.returned")).map(|(issued, back)| issued - back);
    if let Some(lost) = lost.filter(|n| *n > 0.0) {
        said.push(words.number("reach.lost", lost, &[]));
    }
    said
}

/// `发放率86.6%（3,692/4,261），达到不低于85%的要求。`
fn one(lens: &Lens<'_>, metric: &str, fact: &Fact) -> Option<String> {
    let words = lens.words;
    let label = words.say(&format!("{metric}_label"), &[]);
    let share = format::share(fact.value?, bound(fact).as_ref());
    let key = match fact.verdict {
        Verdict::Met => "reach.met",
        Verdict::Missed => "reach.missed",
        _ => "reach.told",
    };
    let missed = missed(lens, metric);
    let names: Vec<&str> = missed.iter().map(String::as_str).collect();
    let where_missed = if names.is_empty() {
        String::new()
    } else {
        words.number("reach.communities", number(names.len()), &[("names", &words.names(&names))])
    };
    let fill = [
        ("name", label),
        ("share", share),
        ("fraction", fraction(fact)),
        ("target", format::target(words, &fact.target)),
        ("communities", where_missed),
    ];
    Some(words.say(key, &fill.each_ref().map(|(name, text)| (*name, text.as_str()))))
}

/// The communities that missed their target, on the group's page; some communities' targets differ from the group's.
fn missed(lens: &Lens<'_>, metric: &str) -> Vec<String> {
    if *lens.scope != Scope::Group {
        return Vec::new();
    }
    let scopes = lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Community(_)));
    let is_missed = |scope: &&Scope| lens.scope(scope).fact(metric).is_some_and(|fact| fact.verdict == Verdict::Missed);
    scopes.filter(is_missed).map(|scope| scope_name(lens.input, scope)).collect()
}
