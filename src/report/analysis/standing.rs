//! What is late or open, and how old: of the cases of the period, and of all cases where the period is the latest.

use std::collections::{BTreeMap, BTreeSet};

use super::super::chart::number;
use super::super::format;
use super::super::parts::figures::{Wanted, earlier, figure};
use super::super::parts::{ageing, owed};
use super::super::view::{Block, Cell, Section, Table};
use super::Analysis;
use crate::metrics::fact::Dimension;
use crate::metrics::lists::owed::{Owed, of_subject};
use crate::metrics::runner::ScopeCode;
use crate::records::store::NO_NAME;

/// Classes of age in their order, and whether a sentence calls them old: over seven days.
const AGES: [(&str, bool); 5] = [
    ("under_3_days", false),
    ("3_to_7_days", false),
    ("7_to_15_days", true),
    ("15_to_30_days", true),
    ("over_30_days", true),
];

/// The section.
pub(super) fn section(of: &Analysis<'_>) -> Section {
    let words = of.lens.words;
    let mut section = of.titled("open");
    let said = sentences(of);
    section.text(if said.is_empty() { words.say("open.none", &[]) } else { words.sentences(&said) });
    ageing::add(&mut section, &of.lens, of.cases());
    let late = overdue(of);
    if !late.is_empty() {
        section.text(words.sentences(&all_overdue(of, &late)));
        section.table(by_department(of, &late));
    }
    let against = earlier(of.lens.period);
    let further: Vec<_> = of
        .kind
        .further
        .iter()
        .filter(|ending| of.fact(ending).is_some())
        .map(|ending| {
            let (label, metric) = (words.say(&format!("figure.{ending}"), &[]), of.metric(ending));
            figure(&of.lens, Wanted { label: &label, metric: &metric, amount: "amount.case", against })
        })
        .collect();
    if !further.is_empty() {
        section.text(words.say("open.further", &[]));
        section.blocks.push(Block::Figures { figures: further });
    }
    section
}

/// What is still open of the period's cases, how old, what of it is overdue, and the stock at the end of the period.
pub(super) fn sentences(of: &Analysis<'_>) -> Vec<String> {
    let (lens, words) = (&of.lens, of.lens.words);
    let now = format::date_until(words, lens.input.as_of);
    let some = of.value("received").is_none_or(|n| n >= 1.0);
    let open = of.value("open").filter(|_| some);
    let mut said: Vec<String> = Vec::new();
    if let Some(n) = open {
        said.push(match n {
            n if n < 1.0 => words.say("open.all_closed", &[("date", &now)]),
            n => {
                let age = age(of, n).unwrap_or_default();
                words.number("open.open", n, &[("date", &now), ("age", &age)])
            }
        });
    }
    let metric = of.metric("overdue");
    let ruling = lens.on_resolution(of.kind.subject, &metric);
    let title = ruling.profile_title();
    let late = ruling.value(&metric).filter(|_| some && open.is_none_or(|n| n >= 1.0));
    said.extend(late.map(|n| match n {
        n if n < 1.0 => words.say("open.no_overdue", &[("profile", title)]),
        n if open.is_some_and(|all| all <= n) => words.number("open.all_overdue", n, &[("profile", title)]),
        n => words.number("open.overdue", n, &[("profile", title)]),
    }));
    let end = format::date_until(words, lens.input.as_of.min(lens.period.end()));
    said.extend(of.value("open_at_end").map(|n| match n {
        n if n < 1.0 => words.say("open.none_at_end", &[("date", &end)]),
        n => words.number("open.open_at_end", n, &[("date", &end)]),
    }));
    said
}

/// How old the open cases are: all in one class, or how many are over seven days old.
fn age(of: &Analysis<'_>, open: f64) -> Option<String> {
    let words = of.lens.words;
    let by = of.lens.by(&of.metric("open"), Dimension::Age);
    let told: Vec<(&str, f64)> =
        by.iter().filter_map(|(age, fact)| Some((*age, fact.value.filter(|n| *n > 0.0)?))).collect();
    if let [(age, n)] = told[..]
        && n >= open
    {
        return Some(words.number("open.age_all", n, &[("age", &words.code("age", age))]));
    }
    let is_old = |code: &str| AGES.iter().any(|(age, old)| *age == code && *old);
    let old: f64 = told.iter().filter(|(age, _)| is_old(age)).map(|(_, n)| n).sum();
    (old > 0.0).then(|| words.number("open.age_oldest", old, &[]))
}

/// Whether the as-of moment lies in the period: what is overdue now belongs on its page.
pub(super) fn is_latest(of: &Analysis<'_>) -> bool {
    let as_of = of.lens.input.as_of;
    of.lens.period.start() < as_of && as_of <= of.lens.period.end()
}

/// Whether something owed is of the page's scope.
pub(super) fn is_own(of: &Analysis<'_>, community: u32) -> bool {
    of.is_group() || owed::scope_of(of.lens.input, ScopeCode::Community(community)) == *of.lens.scope
}

/// The steps of such cases that are overdue now, each case once with its longest overdue step; only for the latest period.
pub(super) fn overdue<'a>(of: &Analysis<'a>) -> Vec<&'a Owed> {
    if !is_latest(of) {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let what = of_subject(of.kind.subject);
    let own = |one: &&Owed| one.is_overdue && Some(one.what) == what && is_own(of, one.community);
    // The list has the longest overdue first.
    let own = of.lens.input.lists.owed.iter().filter(own);
    own.filter(|one| one.source.is_none_or(|source| seen.insert(source))).collect()
}

/// How many cases have passed a limit, and the longest overdue of them.
fn all_overdue(of: &Analysis<'_>, late: &[&Owed]) -> Vec<String> {
    let words = of.lens.words;
    let date = format::date_until(words, of.lens.input.as_of);
    let amount = of.amount(number(late.len()));
    let mut said = vec![words.number("open.passed", number(late.len()), &[("date", &date), ("amount", &amount)])];
    let mut steps: Vec<(String, f64)> = Vec::new();
    for one in late {
        let title = owed::step(of.lens.input, one);
        match steps.iter_mut().find(|(known, _)| *known == title) {
            Some((_, n)) => *n += 1.0,
            None => steps.push((title, 1.0)),
        }
    }
    steps.sort_by(|a, b| b.1.total_cmp(&a.1));
    if steps.len() > 1 {
        let entries: Vec<String> =
            steps.iter().map(|(title, n)| words.number("open.step", *n, &[("step", title)])).collect();
        said.push(words.say("open.steps", &[("steps", &words.list(&entries))]));
    }
    if let Some(longest) = late.first() {
        let (time, limit) = (owed::past(of.lens.input, longest), owed::step(of.lens.input, longest));
        said.push(words.say("open.longest", &[("time", &time), ("limit", &limit)]));
    }
    said
}

/// The overdue cases by department, the most first.
fn by_department(of: &Analysis<'_>, late: &[&Owed]) -> Table {
    let (input, words) = (of.lens.input, of.lens.words);
    let id = format!("{}-overdue-by-department", of.kind.name);
    let mut table = Table::new(words, &id, words.say("open.by_department", &[]))
        .words(words.say("dimension.department", &[]))
        .numbers(words.say("table.cases", &[]))
        .words(words.say("open.earliest_due", &[]))
        .words(words.say("open.longest_past", &[]));
    for (department, list) in departments(late) {
        let first = list[0];
        table.row(vec![
            Cell::text(owed::department_name(input, department)),
            Cell::count(number(list.len())),
            Cell::text(owed::due_text(words, first.due)),
            Cell::text(owed::past(input, first)),
        ]);
    }
    table
}

/// What is owed by department: those that owe most first, the unnamed last; each list keeps its order.
pub(super) fn departments<'a>(list: &[&'a Owed]) -> Vec<(u32, Vec<&'a Owed>)> {
    let mut by: BTreeMap<u32, Vec<&Owed>> = BTreeMap::new();
    for one in list {
        by.entry(one.department).or_default().push(one);
    }
    let mut by: Vec<(u32, Vec<&Owed>)> = by.into_iter().collect();
    by.sort_by_key(|(department, list)| (*department == NO_NAME, std::cmp::Reverse(list.len()), *department));
    by
}
