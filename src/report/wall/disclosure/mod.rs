//! Disclosure control: what the notices of one survey round may print, decided once for the group and all communities together.
//!
//! What is withheld depends on what all notices of the round print, never on one page alone. Two publications of the same round,
//! before and after a form was added, are not protected against each other: a published round is sealed.

pub(crate) mod complaints;
mod protect;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::metrics::fact::{Dimension, Fact, FactTable, Scope};
use crate::moment::Period;
use crate::profile::Profiles;
use crate::profile::schema::Subject;
use protect::{Line, Row, Table};

/// The item rates, of which all rows are made.
const ITEMS: &str = "survey.item_satisfied";

/// What may be printed of one round.
#[derive(Debug, Default)]
pub(crate) struct Round {
    /// Items whose rows are withheld, by scope.
    rows: BTreeMap<Scope, BTreeSet<String>>,
    /// Scopes whose number of returned forms is withheld.
    returned: BTreeSet<Scope>,
}

impl Round {
    fn withhold(&mut self, scope: &Scope, item: &str) {
        self.rows.entry(scope.clone()).or_default().insert(item.to_owned());
    }

    /// Whether the row of an item, its answers and its rate, may be printed.
    pub(crate) fn row(&self, scope: &Scope, item: &str) -> bool {
        !self.rows.get(scope).is_some_and(|items| items.contains(item))
    }

    /// Whether the number of forms returned, and the rate of it, may be printed.
    pub(crate) fn returned(&self, scope: &Scope) -> bool {
        !self.returned.contains(scope)
    }

    /// Whether the overall rate may be printed: it is the mean of the rows, and would tell one that is missing.
    pub(crate) fn overall(&self, scope: &Scope) -> bool {
        !self.rows.contains_key(scope)
    }
}

/// Decides for every round of the run.
pub(crate) fn rounds(facts: &FactTable, profiles: &Profiles) -> BTreeMap<Period, Round> {
    let heads = profiles.heads_of(Subject::Survey);
    let periods: BTreeSet<Period> = heads.iter().flat_map(|profile| facts.periods_with(&profile.name, ITEMS)).collect();
    let mut made: BTreeMap<Period, Gathered<'_>> =
        periods.into_iter().map(|period| (period, Gathered::default())).collect();
    for profile in &heads {
        for fact in facts.of_metric(&profile.name, ITEMS) {
            let Some((Dimension::Item, item)) = &fact.key.dimension else { continue };
            let is_head = head(profiles, &fact.key.scope).is_some_and(|head| head == profile.name);
            let is_groups = head(profiles, &Scope::Group).is_some_and(|head| head == profile.name);
            if let Some(round) = made.get_mut(&fact.key.period) {
                round.add(fact, item, is_head, is_groups);
            }
        }
    }
    made.into_iter().map(|(period, gathered)| (period, gathered.decided(facts, profiles, period))).collect()
}

/// Name of the profile that heads surveys in a scope.
fn head<'p>(profiles: &'p Profiles, scope: &Scope) -> Option<&'p str> {
    let community = if let Scope::Community(id) = scope { Some(&**id) } else { None };
    profiles.head_in(Subject::Survey, community).map(|profile| &*profile.name)
}

/// The rows of one round: those that a notice prints, and those of the group's profile, which add up to the group's.
#[derive(Default)]
struct Gathered<'a> {
    scopes: BTreeSet<&'a Scope>,
    items: BTreeSet<&'a str>,
    summed: BTreeMap<(&'a Scope, &'a str), Row>,
    /// Rows of communities under a profile of their own that are not safe by that.
    unsafe_by_own: BTreeSet<(&'a Scope, &'a str)>,
}

impl<'a> Gathered<'a> {
    fn add(&mut self, fact: &'a Fact, item: &'a str, is_head: bool, is_groups: bool) {
        let scope = &fact.key.scope;
        if matches!(scope, Scope::Department(_)) {
            return;
        }
        let row = Row { answers: whole(fact.denominator), satisfied: whole(fact.numerator) };
        self.scopes.insert(scope);
        self.items.insert(item);
        if is_groups {
            self.summed.insert((scope, item), row);
        }
        if is_head && !row.is_safe() {
            self.unsafe_by_own.insert((scope, item));
        }
    }

    fn decided(&self, facts: &FactTable, profiles: &Profiles, period: Period) -> Round {
        let communities: Vec<&Scope> =
            self.scopes.iter().copied().filter(|scope| matches!(scope, Scope::Community(_))).collect();
        let forms = |scope: &Scope, metrics: &[&str]| {
            let profile = head(profiles, scope)?;
            metrics.iter().find_map(|metric| facts.get(profile, metric, period, scope)?.value).map(|n| whole(Some(n)))
        };
        let returned = |scope: &Scope| forms(scope, &["survey.returned", "survey.valid_forms"]);
        let row = |scope: &Scope, item: &str| self.summed.get(&(scope, item)).copied();
        let table = Table {
            published: communities.iter().map(|scope| scope.id() != "none").collect(),
            issued: communities.iter().map(|scope| forms(scope, &["survey.issued"])).collect(),
            returned: Line {
                group: returned(&Scope::Group),
                parts: communities.iter().map(|scope| returned(scope).unwrap_or(0)).collect(),
            },
            items: self
                .items
                .iter()
                .map(|item| Line {
                    group: row(&Scope::Group, item),
                    parts: communities.iter().map(|scope| row(scope, item).unwrap_or_default()).collect(),
                })
                .collect(),
        };
        let withheld = protect::decide(&table);
        let mut round = Round::default();
        let scopes = || communities.iter().copied().chain([&Scope::Group]);
        let hidden = |line: &Line<bool>| -> Vec<bool> {
            line.parts.iter().copied().chain([line.group.unwrap_or(false)]).collect()
        };
        let of_forms = scopes().zip(hidden(&withheld.returned)).filter(|(_, hidden)| *hidden);
        round.returned.extend(of_forms.map(|(scope, _)| scope.clone()));
        for (item, line) in self.items.iter().zip(&withheld.items) {
            let of_item = scopes().zip(hidden(line)).filter(|(_, hidden)| *hidden);
            of_item.for_each(|(scope, _)| round.withhold(scope, item));
        }
        self.unsafe_by_own.iter().for_each(|(scope, item)| round.withhold(scope, item));
        round
    }
}

/// A count as a whole number.
fn whole(count: Option<f64>) -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "counts of answers are small and whole")]
    let whole = count.unwrap_or(0.0).round() as i64;
    whole
}
