//! What residents suggested in the round, by department.

use std::collections::BTreeMap;

use super::super::chart::number;
use super::super::lens::Lens;
use super::super::pages::sheet_path;
use super::super::parts::owed;
use super::super::view::{Cell, Section, Table, relative};
use super::is_own;
use crate::metrics::lists::suggestions::{Made, Suggestion};
use crate::records::store::NO_NAME;

/// The suggestions of the round and scope, by department: the most first, those for none last.
pub(crate) fn by_department<'a>(lens: &Lens<'a>) -> Vec<(u32, Vec<&'a Suggestion>)> {
    let mut by: BTreeMap<u32, Vec<&Suggestion>> = BTreeMap::new();
    let of_round =
        |one: &&Suggestion| one.made == Made::Survey && one.period == lens.period && is_own(lens, one.community);
    for one in lens.input.lists.suggestions.iter().filter(of_round) {
        by.entry(one.department).or_default().push(one);
    }
    let mut by: Vec<(u32, Vec<&Suggestion>)> = by.into_iter().collect();
    by.sort_by_key(|(department, list)| (*department == NO_NAME, std::cmp::Reverse(list.len()), *department));
    by
}

/// The section.
pub(crate) fn section(lens: &Lens<'_>, from: &str) -> Section {
    let words = lens.words;
    let mut section = Section::new("suggestions", words.say("section.suggestions", &[]));
    section.text(words.sentences(&sentences(lens)));
    let by = by_department(lens);
    if by.is_empty() {
        return section;
    }
    let mut table = Table::new(words, "suggestions-table", words.say("suggestions.caption", &[]))
        .words(words.say("dimension.department", &[]))
        .numbers(words.say("suggestions.number", &[]))
        .words(words.say("todo.sheet", &[]));
    for (department, list) in &by {
        let sheet = sheet_path(lens.input, lens.period, *department).map_or_else(Cell::absent, |path| {
            Cell::text(words.say("suggestions.read", &[])).href(relative(from, &path))
        });
        table.row(vec![
            Cell::text(owed::department_name(lens.input, *department)),
            Cell::count(number(list.len())),
            sheet,
        ]);
    }
    section.table(table);
    section
}

/// How many, for whom most, and how many name no department.
pub(crate) fn sentences(lens: &Lens<'_>) -> Vec<String> {
    let words = lens.words;
    let by = by_department(lens);
    let all: usize = by.iter().map(|(_, list)| list.len()).sum();
    if all == 0 {
        return vec![words.say("suggestions.none", &[])];
    }
    let mut said = vec![words.number("suggestions.all", number(all), &[])];
    let named: Vec<_> = by.iter().filter(|(department, _)| *department != NO_NAME).collect();
    if let [(department, list), rest @ ..] = &named[..] {
        let name = owed::department_name(lens.input, *department);
        // Of departments with as many, none has most.
        if rest.first().is_none_or(|(_, second)| second.len() < list.len()) {
            said.push(words.number("suggestions.most", number(list.len()), &[("name", &name)]));
        }
    }
    if let Some((_, list)) = by.iter().find(|(department, _)| *department == NO_NAME) {
        if list.len() == all && all > 1 {
            said.push(words.say("suggestions.nobody_at_all", &[]));
            return said;
        }
        said.push(words.number("suggestions.nobody", number(list.len()), &[]));
    }
    said
}
