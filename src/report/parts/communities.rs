//! The group's table over communities.

use super::super::lens::Lens;
use super::super::view::{Cell, Table, relative, scope_name};
use super::figures::{rate_cell, value_cell};
use crate::metrics::fact::{Fact, Scope, Unit};
use crate::profile::schema::Profile;

/// A column: its heading and its metric.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown<'a> {
    pub(crate) label: &'a str,
    pub(crate) metric: &'a str,
    /// The profile the figures are of, where it is not the page's.
    pub(crate) profile: Option<&'a Profile>,
}

impl Shown<'_> {
    /// The fact that stands in the column's cell.
    fn fact<'f>(&self, lens: &Lens<'f>) -> Option<&'f Fact> {
        lens.input.facts.get(&self.profile.unwrap_or(lens.profile).name, self.metric, lens.period, lens.scope)
    }
}

/// Where a community's own page is, and where the table stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pages<'a> {
    pub(crate) from: &'a str,
    pub(crate) file: &'a str,
}

/// A row for each community for which `exists` holds, the largest first column first.
pub(crate) fn table(
    lens: &Lens<'_>,
    pages: Pages<'_>,
    shown: &[Shown<'_>],
    exists: impl Fn(&Lens<'_>) -> bool,
) -> Option<Table> {
    let words = lens.words;
    let mut scopes: Vec<&Scope> = lens
        .input
        .facts
        .scopes()
        .filter(|scope| matches!(scope, Scope::Community(_)) && exists(&lens.scope(scope)))
        .collect();
    let none = Scope::Community("none".into());
    if lens.input.facts.scope_name(&none).is_empty() && !scopes.contains(&&none) && exists(&lens.scope(&none)) {
        scopes.push(&none);
    }
    if scopes.is_empty() {
        return None;
    }
    let first = shown.first()?.metric;
    scopes.sort_by(|a, b| {
        let value = |scope| lens.scope(scope).value(first).unwrap_or(f64::NEG_INFINITY);
        value(b).total_cmp(&value(a))
    });
    // A metric that no community has would be a column of dashes.
    let shown: Vec<&Shown<'_>> =
        shown.iter().filter(|column| scopes.iter().any(|scope| column.fact(&lens.scope(scope)).is_some())).collect();
    let mut table = Table::new(words, "communities-table", words.say("communities.caption", &[]))
        .words(words.say("communities.community", &[]));
    for column in &shown {
        table = table.numbers(column.label.to_owned());
    }
    for scope in scopes {
        let of = lens.scope(scope);
        let path = super::super::pages::path_of("", lens.period, scope, pages.file);
        let mut cells = vec![Cell::text(scope_name(lens.input, scope)).href(relative(pages.from, &path))];
        for column in &shown {
            let fact = column.fact(&of);
            let is_rate = fact.is_some_and(|fact| fact.unit == Unit::Ratio);
            cells.push(if is_rate { rate_cell(words, fact) } else { value_cell(words, fact) });
        }
        table.row(cells);
    }
    Some(table)
}
