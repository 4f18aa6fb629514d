//! What changed against the period before and a year ago: sentences, key figures, and the months as a chart.

use super::super::format;
use super::super::parts::figures::{Wanted, earlier, figure, overdue};
use super::super::parts::trend;
use super::super::view::{Block, Figure, Section, scope_name};
use super::{Analysis, versus};
use crate::metrics::compare::Chance;
use crate::metrics::fact::{Fact, LONGER, Scope};
use crate::moment::Period;

/// The section.
pub(super) fn section(of: &Analysis<'_>) -> Section {
    let words = of.lens.words;
    let mut section = of.titled("changes");
    section.text(words.sentences(&sentences(of)));
    section.blocks.push(Block::Figures { figures: figures(of) });
    trend::add(&mut section, &of.lens, of.cases());
    section
}

/// What was received, then the shares, against each earlier period.
pub(super) fn sentences(of: &Analysis<'_>) -> Vec<String> {
    let words = of.lens.words;
    let earlier = versus::earlier(words, of.lens.period);
    let mut said: Vec<String> = Vec::new();
    if of.lens.is_unfinished() {
        let date = format::date_until(words, of.lens.input.as_of);
        said.push(words.say("changes.unfinished", &[("date", &date)]));
    }
    said.extend(received(of, &earlier));
    for (period, name) in &earlier {
        said.extend(shares(of, *period, name));
    }
    said.extend(longer(of, &earlier));
    said.extend(unlike(of, &earlier[0]));
    said.extend(missing(of, &earlier));
    said
}

/// `接到的投诉比上月多12件（+21.1%），超出偶然波动；比去年同期…`.
fn received(of: &Analysis<'_>, earlier: &[(Period, String)]) -> Option<String> {
    let words = of.lens.words;
    let fact = of.fact("received")?;
    let clauses: Vec<String> = earlier
        .iter()
        .filter_map(|(period, name)| {
            let compared = versus::beside(of.lens.input.facts, fact, *period)?;
            Some(versus::count(words, name, &compared))
        })
        .collect();
    let comparisons = clauses.join(&words.say("join.semicolon", &[]));
    let said = words.say("changes.received", &[("cases", &of.case()), ("comparisons", &comparisons)]);
    (!clauses.is_empty()).then(|| words.opening(&said))
}

/// The shares that changed by more than chance, one by one; those that did not, together.
fn shares(of: &Analysis<'_>, period: Period, name: &str) -> Vec<String> {
    let words = of.lens.words;
    let titled = of.kind.shares.iter().map(|ending| (words.say(&format!("figure.{ending}"), &[]), of.fact(ending)));
    let headline = std::iter::once((of.rate_title.clone(), of.lens.fact(&of.rate)));
    let (mut said, mut alike): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (title, fact) in headline.chain(titled) {
        let Some(compared) = fact.and_then(|fact| versus::beside(of.lens.input.facts, fact, period)) else { continue };
        if compared.0.chance == Some(Chance::Within) {
            alike.push(words.inside(&title));
        } else {
            let change = versus::share(words, name, &compared);
            said.push(words.opening(&words.say("changes.share", &[("name", &title), ("change", &change)])));
        }
    }
    if !alike.is_empty() {
        let count = super::super::chart::number(alike.len());
        said.push(words.opening(&words.number(
            "changes.alike",
            count,
            &[("names", &words.list(&alike)), ("before", name)],
        )));
    }
    said
}

/// Why what becomes of cases in time is not compared, where earlier figures of it stand.
fn longer(of: &Analysis<'_>, earlier: &[(Period, String)]) -> Option<String> {
    let words = of.lens.words;
    let facts = of.lens.input.facts;
    let is_longer = |fact: &Fact| {
        earlier.iter().any(|(period, _)| facts.beside(fact, *period).is_some_and(|before| before.note == LONGER))
    };
    let names: Vec<String> = of
        .kind
        .shares
        .iter()
        .filter(|ending| of.fact(ending).is_some_and(is_longer))
        .map(|ending| words.inside(&words.say(&format!("figure.{ending}"), &[])))
        .collect();
    let date = format::date_until(words, of.lens.input.as_of);
    let fill = [("names", words.list(&names)), ("date", date)];
    let fill = fill.each_ref().map(|(key, text)| (*key, text.as_str()));
    let count = super::super::chart::number(names.len());
    (!names.is_empty()).then(|| words.opening(&words.number("changes.longer", count, &fill)))
}

/// Communities that have figures of only one of the two periods: part of the change is theirs.
fn unlike(of: &Analysis<'_>, (period, name): &(Period, String)) -> Vec<String> {
    let words = of.lens.words;
    let metric = of.metric("received");
    let earlier = of.lens.period(*period);
    if !of.is_group() || of.lens.is_unfinished() || earlier.fact(&metric).is_none() {
        return Vec::new();
    }
    let scopes = of.lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Community(_)));
    let (mut new, mut gone) = (Vec::new(), Vec::new());
    for scope in scopes {
        let (now, then) = (of.lens.scope(scope).fact(&metric), earlier.scope(scope).fact(&metric));
        match (now, then) {
            (Some(_), None) => new.push(scope_name(of.lens.input, scope)),
            (None, Some(_)) => gone.push(scope_name(of.lens.input, scope)),
            _ => {}
        }
    }
    let say = |key, names: &[String]| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let count = super::super::chart::number(names.len());
        (!names.is_empty()).then(|| words.number(key, count, &[("names", &few(words, &names)), ("before", name)]))
    };
    [say("changes.new", &new), say("changes.gone", &gone)].into_iter().flatten().collect()
}

/// The first names, and how many there are where that is not all.
pub(super) fn few(words: &super::super::words::Words, names: &[&str]) -> String {
    const NAMED: usize = 5;
    if names.len() <= NAMED {
        return words.names(names);
    }
    let count = super::super::chart::number(names.len());
    words.number("changes.and_others", count, &[("names", &words.names(&names[..NAMED]))])
}

/// Which earlier periods the data hold nothing of.
fn missing(of: &Analysis<'_>, earlier: &[(Period, String)]) -> Option<String> {
    let words = of.lens.words;
    let metric = of.metric("received");
    let absent: Vec<String> = earlier
        .iter()
        .filter(|(period, _)| of.lens.period(*period).fact(&metric).is_none())
        .map(|(_, name)| name.clone())
        .collect();
    (!absent.is_empty()).then(|| words.say("changes.missing", &[("periods", &absent.join(&words.say("join.or", &[])))]))
}

/// The key figures with their changes.
fn figures(of: &Analysis<'_>) -> Vec<Figure> {
    let (lens, words) = (&of.lens, of.lens.words);
    let against = earlier(lens.period);
    let make = |metric: &str, label: &str, compared: bool| {
        let against = if compared { against } else { &[] };
        figure(lens, Wanted { label, metric, amount: "amount.case", against })
    };
    let named = |ending: &str| words.say(&format!("figure.{ending}"), &[]);
    let mut figures: Vec<Figure> =
        of.kind.figures.iter().map(|ending| make(&of.metric(ending), &named(ending), true)).collect();
    if !of.rate.is_empty() {
        figures.push(make(&of.rate, &of.rate_title, true));
    }
    let (median, label) = median(of);
    figures.push(make(&median, &label, true));
    // What is open was counted at the as-of moment: an earlier period's count of it is of the same moment, not of its own.
    figures.push(make(&of.metric("open"), &named("open"), false));
    figures.push(overdue(lens, of.kind.subject, &of.metric("overdue")));
    let at_end: Option<&Fact> = of.fact("open_at_end");
    if at_end.is_some() {
        figures.push(make(&of.metric("open_at_end"), &named("open_at_end"), true));
    }
    figures
}

/// The median of the first response, else of the time to resolution.
fn median(of: &Analysis<'_>) -> (String, String) {
    if of.value("response.median").is_some() {
        return (of.metric("response.median"), of.lens.words.say("figure.median_response", &[]));
    }
    (of.metric("resolution.median"), of.lens.words.say("figure.median_resolution", &[]))
}
