//! Where the cases come from: communities, buildings, departments.

use super::super::format;
use super::super::lens::{FEWEST_NAMED, Lens, bound, fraction, is_small};
use super::super::parts::communities::{self, Pages, Shown};
use super::super::parts::{breakdown, multiples};
use super::super::view::{Section, Table, scope_name};
use super::super::words::Words;
use super::{Analysis, changes, leaders};
use crate::metrics::compare::{Spread, spread, stands_out};
use crate::metrics::fact::{Dimension, Fact, Scope};
use std::cmp::Ordering;

/// The section; none where the facts tell no place.
pub(super) fn section(of: &Analysis<'_>) -> Option<Section> {
    let mut section = of.titled("places");
    if of.is_group() {
        section.text(of.lens.words.sentences(&of_communities(of)));
        if let Some(table) = table(of) {
            multiples::add(&mut section, &of.lens, pages(of), (&of.rate, &of.rate_title));
            section.table(table);
        }
        section.text(of.lens.words.sentences(&of_departments(of)));
        breakdown::departments(&mut section, &of.lens, of.cases());
    } else {
        section.text(of.lens.words.sentences(&of_buildings(of)));
        breakdown::by(&mut section, &of.lens, of.cases(), Dimension::Building);
    }
    (!section.blocks.is_empty()).then_some(section)
}

/// The communities or departments that bear a name and have figures, with their facts of a metric.
fn named<'a>(of: &Analysis<'a>, metric: &str, is_wanted: fn(&Scope) -> bool) -> Vec<(String, &'a Fact)> {
    let scopes = of.lens.input.facts.scopes().filter(|scope| is_wanted(scope) && scope.id() != "none");
    scopes.filter_map(|scope| Some((scope_name(of.lens.input, scope), of.lens.scope(scope).fact(metric)?))).collect()
}

fn counts(facts: &[(String, &Fact)]) -> Vec<(String, f64)> {
    facts.iter().map(|(name, fact)| (name.clone(), fact.value.unwrap_or(0.0))).collect()
}

/// Who has most, who has most for its households, and whether that is more than chance.
pub(super) fn of_communities(of: &Analysis<'_>) -> Vec<String> {
    let words = of.lens.words;
    let is_community: fn(&Scope) -> bool = |scope| matches!(scope, Scope::Community(_));
    let received = named(of, &of.metric("received"), is_community);
    let all = of.value("received").unwrap_or(0.0);
    let Some(leading) = leaders::of(&counts(&received)) else { return Vec::new() };
    let clause = leaders::clause(words, &leading, all);
    let mut said = vec![words.opening(&words.say("place.communities", &[("leaders", &clause)]))];
    // Of each community that tells its households: cases and households.
    let dense = named(of, &of.metric("per_1000_households"), is_community);
    let dense: Vec<(&str, &Fact)> =
        dense.iter().filter(|(_, fact)| fact.value.is_some()).map(|(name, fact)| (name.as_str(), *fact)).collect();
    let loads: Vec<(f64, f64)> = dense.iter().filter_map(|(_, fact)| fact.numerator.zip(fact.denominator)).collect();
    if dense.len() < 2 || loads.len() < dense.len() {
        return said;
    }
    said.extend(per_household(words, &dense, &spread(&loads)));
    said
}

/// How communities stand to their households: those with more and with fewer cases than theirs account for, or how all of them
/// differ. "Within chance" is said only where one test of all of them says so; where the counts are too small for it, nothing is.
fn per_household(words: &Words, dense: &[(&str, &Fact)], spread: &Spread) -> Vec<String> {
    // Where most lie on one side, the others on the other side are what stands out.
    let of = |side: Ordering| -> Vec<&str> {
        let names: Vec<&str> =
            dense.iter().zip(&spread.sides).filter(|(_, found)| **found == side).map(|((name, _), _)| *name).collect();
        if names.len() * 2 > dense.len() { Vec::new() } else { names }
    };
    let sides = [("place.over", of(Ordering::Greater)), ("place.under", of(Ordering::Less))];
    let mut said: Vec<String> = sides
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(key, names)| words.say(key, &[("names", &changes::few(words, names))]))
        .collect();
    if said.is_empty() {
        if !spread.is_beyond() {
            return spread.whole.map(|_| words.say("place.even", &[])).into_iter().collect();
        }
        said.push(words.say("place.uneven", &[]));
    }
    let by_rate = |a: &&(&str, &Fact), b: &&(&str, &Fact)| value(a.1).total_cmp(&value(b.1));
    // Of equal ones the first.
    if let Some(((high, densest), (low, sparsest))) =
        dense.iter().rev().max_by(by_rate).zip(dense.iter().min_by(by_rate))
    {
        let (rate, low_rate) = (format::score(value(densest)), format::score(value(sparsest)));
        let fill = [("name", *high), ("rate", &rate), ("low", *low), ("low_rate", &low_rate)];
        said.push(words.say("place.densest", &fill));
    }
    said
}

fn value(fact: &Fact) -> f64 {
    fact.value.unwrap_or(0.0)
}

/// The building with most, and whether that is more than chance gives one of so many.
pub(super) fn of_buildings(of: &Analysis<'_>) -> Vec<String> {
    let words = of.lens.words;
    let by = of.lens.by(&of.metric("received"), Dimension::Building);
    let (unnamed, named): (Vec<_>, Vec<_>) = by.into_iter().partition(|(name, _)| name.is_empty() || *name == "none");
    let counts: Vec<(String, f64)> =
        named.into_iter().map(|(name, fact)| (breakdown::building(words, name), value(fact))).collect();
    let all = of.value("received").unwrap_or(0.0);
    let Some(leading) = leaders::of(&counts) else { return Vec::new() };
    let mut said = if matches!(leading, leaders::Leaders::Nobody) {
        vec![words.say("place.buildings_scattered", &[])]
    } else {
        let numbers: Vec<f64> = counts.iter().map(|(_, n)| *n).collect();
        let key = if stands_out(&numbers) { "place.buildings_out" } else { "place.buildings_even" };
        vec![words.opening(&words.say(key, &[("leaders", &leaders::clause(words, &leading, all))]))]
    };
    let unknown: f64 = unnamed.iter().map(|(_, fact)| value(fact)).sum();
    if unknown > 0.0 {
        said.push(words.number("place.no_building", unknown, &[]));
    }
    said
}

/// The department with most, and the one whose headline rate is lowest.
pub(super) fn of_departments(of: &Analysis<'_>) -> Vec<String> {
    let words = of.lens.words;
    let is_department: fn(&Scope) -> bool = |scope| matches!(scope, Scope::Department(_));
    let received = named(of, &of.metric("received"), is_department);
    let all = of.value("received").unwrap_or(0.0);
    let Some(leading) = leaders::of(&counts(&received)) else { return Vec::new() };
    let clause = leaders::clause(words, &leading, all);
    let mut said = vec![words.opening(&words.say("place.departments", &[("leaders", &clause)]))];
    let none = Scope::Department("none".into());
    if let Some(n) = of.lens.scope(&none).value(&of.metric("received")).filter(|n| *n > 0.0) {
        said.push(words.number("place.no_department", n, &[]));
    }
    said.extend(lowest(of, &named(of, &of.rate, is_department)));
    said
}

/// The department with the lowest headline rate, or those with the same; of those with more than a handful of cases, and where they
/// differ at all.
fn lowest(of: &Analysis<'_>, rates: &[(String, &Fact)]) -> Option<String> {
    let words = of.lens.words;
    let has_enough = |fact: &Fact| fact.denominator.is_some_and(|n| n >= FEWEST_NAMED);
    let rates: Vec<(&str, &Fact, f64)> = rates
        .iter()
        .filter(|(_, fact)| has_enough(fact))
        .filter_map(|(name, fact)| Some((name.as_str(), *fact, fact.value?)))
        .collect();
    let least = rates.iter().map(|(.., rate)| *rate).fold(f64::INFINITY, f64::min);
    let (worst, above): (Vec<_>, Vec<_>) = rates.into_iter().partition(|(.., rate)| *rate <= least);
    let (name, fact, rate) = worst.first().filter(|_| !above.is_empty())?;
    let share = format::share(*rate, bound(fact).as_ref());
    if worst.len() > 1 {
        let names: Vec<&str> = worst.iter().map(|(name, ..)| *name).collect();
        let fill = [("rate", of.rate_title.as_str()), ("names", &words.names(&names)), ("share", &share)];
        return Some(words.say("place.lowest_several", &fill));
    }
    let fraction = fraction(fact);
    let fraction = if is_small(fact) { words.say("figure.small", &[("fraction", &fraction)]) } else { fraction };
    let fill = [("rate", of.rate_title.as_str()), ("name", name), ("share", &share), ("fraction", &fraction)];
    Some(words.say("place.lowest", &fill))
}

/// Where the communities' pages are.
fn pages<'a>(of: &Analysis<'a>) -> Pages<'a> {
    Pages { from: of.path, file: of.kind.file }
}

/// The group's table over communities.
fn table(of: &Analysis<'_>) -> Option<Table> {
    let (lens, words) = (&of.lens, of.lens.words);
    let endings = ["received", "valid_share", "resolved_share", "open", "overdue", "per_1000_households"];
    let labels: Vec<(String, String)> = endings
        .iter()
        .filter(|ending| !ending.starts_with("valid") || of.kind.figures.contains(ending))
        .map(|ending| (words.say(&format!("figure.{ending}"), &[]), of.metric(ending)))
        .collect();
    let ruling = lens.on_resolution(of.kind.subject, &of.metric("overdue")).profile;
    let ruled = |metric: &str| metric.ends_with(".overdue").then_some(ruling);
    let mut shown: Vec<Shown<'_>> =
        labels.iter().map(|(label, metric)| Shown { label, metric, profile: ruled(metric) }).collect();
    if !of.rate.is_empty() {
        shown.insert(labels.len().min(2), Shown { label: &of.rate_title, metric: &of.rate, profile: None });
    }
    let received = of.metric("received");
    let exists = |lens: &Lens<'_>| lens.fact(&received).is_some();
    communities::table(lens, pages(of), &shown, exists)
}
