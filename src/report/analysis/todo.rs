//! What to do, by whom, by when: each with the record or fact that it rests on. Nothing is decided here: where no record says who does
//! what by when, a ruled line stands for it.

use std::collections::BTreeSet;

use super::super::chart::number;
use super::super::format;
use super::super::lens::{FEWEST_NAMED, Lens, bound, fraction};
use super::super::mask::masked;
use super::super::pages::sheet_of;
use super::super::parts::owed;
use super::super::parts::todo::{self, Row};
use super::super::view::{Cell, Section, card, relative, scope_name};
use super::{Analysis, causes, kept, standing};
use crate::metrics::compare::{Chance, Moved};
use crate::metrics::fact::{Scope, Verdict};
use crate::metrics::lists::owed::{Owed, What, of_subject};
use crate::metrics::register::Commitment;
use crate::records::store::NO_NAME;

/// Rows of one kind.
const MOST: usize = 6;

/// The section.
pub(super) fn section(of: &Analysis<'_>) -> Section {
    todo::section(of.lens.words, &format!("{}-todo", of.kind.name), rows(of))
}

/// Overdue cases, what falls due, targets missed, categories that rose, duties, promises and measures: in this order.
fn rows(of: &Analysis<'_>) -> Vec<Row> {
    let mut rows = overdue(of);
    rows.extend(still_open(of));
    rows.extend(due_soon(of));
    rows.extend(missed(of));
    rows.extend(rose(of));
    rows.extend(commitments(of));
    rows.extend(duties(of));
    rows
}

/// What the page says in words, one text a row, for tests.
#[cfg(test)]
pub(super) fn said(of: &Analysis<'_>) -> Vec<[String; 3]> {
    let line = |text: Option<String>| text.unwrap_or_else(|| "____".to_owned());
    let what = |cell: Cell| format!("{} {}", cell.text, cell.detail).trim_end().to_owned();
    rows(of).into_iter().map(|row| [what(row.what), line(row.who), line(row.by)]).collect()
}

/// The list of what is overdue.
fn list(of: &Analysis<'_>) -> Cell {
    todo::overdue_list(of.lens.input, of.lens.period, of.path)
}

/// The department of a page, with its action sheet where the period has one.
fn of_department(of: &Analysis<'_>, department: u32, rests_on: Cell) -> Cell {
    match sheet_of(of.lens.input, of.lens.period, department) {
        Some(path) => {
            let text = of.lens.words.say("todo.sheet", &[]);
            Cell::text(text).href(relative(of.path, &path))
        }
        None => rests_on,
    }
}

/// Overdue cases, a row for each department.
fn overdue(of: &Analysis<'_>) -> Vec<Row> {
    let (input, words) = (of.lens.input, of.lens.words);
    let late = standing::overdue(of);
    standing::departments(&late)
        .into_iter()
        .take(MOST)
        .map(|(department, list_of)| {
            let amount = of.amount(number(list_of.len()));
            let longest = owed::past(input, list_of[0]);
            let n = number(list_of.len());
            let due = owed::due_text(words, list_of[0].due);
            let key = if list_of.len() > 1 { "todo.longest" } else { "todo.one_late" };
            Row {
                what: Cell::text(words.number("todo.overdue", n, &[("amount", &amount)]))
                    .detail(words.say(key, &[("time", &longest), ("date", &due)])),
                who: todo::who(of.lens.input, department),
                by: Some(words.say("todo.at_once", &[])),
                rests_on: of_department(of, department, list(of)),
            }
        })
        .collect()
}

/// Of a period that is over: its cases that are overdue to this day.
fn still_open(of: &Analysis<'_>) -> Option<Row> {
    let words = of.lens.words;
    if standing::is_latest(of) {
        return None;
    }
    let metric = of.metric("overdue");
    let fact = of.lens.on_resolution(of.kind.subject, &metric).fact(&metric)?;
    let n = fact.value.filter(|n| *n >= 1.0)?;
    let amount = of.amount(n);
    Some(Row {
        what: Cell::text(words.number("todo.still_overdue", n, &[("amount", &amount)])),
        who: None,
        by: None,
        rests_on: todo::figure(words, fact, &words.say("figure.overdue", &[])),
    })
}

/// Cases that fall due within three working days, each once, a row for each department.
fn due_soon(of: &Analysis<'_>) -> Vec<Row> {
    let (input, words) = (of.lens.input, of.lens.words);
    let what = of_subject(of.kind.subject);
    let soon = |one: &&Owed| !one.is_overdue && Some(one.what) == what && standing::is_own(of, one.community);
    if !standing::is_latest(of) {
        return Vec::new();
    }
    let soon: Vec<&Owed> = input.lists.owed.iter().filter(soon).collect();
    let row = |(department, own): (u32, Vec<&Owed>)| {
        let cases: BTreeSet<_> = own.iter().map(|one| one.source).collect();
        let steps: BTreeSet<String> = own.iter().map(|one| owed::step(input, one)).collect();
        let due = own.iter().map(|one| one.due).min().unwrap_or(own[0].due);
        let n = number(cases.len());
        Row {
            what: Cell::text(words.number("todo.soon", n, &[("amount", &of.amount(n))]))
                .detail(words.list(&steps.into_iter().collect::<Vec<_>>())),
            who: todo::who(input, department),
            by: Some(words.say("todo.from", &[("date", &owed::due_text(words, due))])),
            rests_on: list(of),
        }
    };
    standing::departments(&soon).into_iter().take(MOST).map(row).collect()
}

/// Targets that were missed, the deadline missed most first, each with where.
fn missed(of: &Analysis<'_>) -> Vec<Row> {
    let words = of.lens.words;
    let profiles = std::iter::once(of.lens.profile)
        .chain(of.lens.input.profiles.all.iter().filter(|profile| profile.name != of.lens.profile.name));
    let mut found: Vec<(f64, Row)> = Vec::new();
    for profile in profiles {
        let lens = of.lens.profile(profile);
        for deadline in profile.deadlines_of(of.kind.subject) {
            let metric = format!("{}.{}.on_time", of.kind.name, deadline.id);
            let Some(fact) = lens.fact(&metric).filter(|fact| fact.verdict == Verdict::Missed) else { continue };
            let (Some(in_time), Some(all), Some(value)) = (fact.numerator, fact.denominator, fact.value) else {
                continue;
            };
            let title = deadline.title.in_language(words.language);
            let fill = [
                ("title", title),
                ("share", &format::share(value, bound(fact).as_ref()) as &str),
                ("fraction", &fraction(fact)),
                ("target", &format::target(words, &fact.target)),
            ];
            let late = all - in_time;
            let what = Cell::text(words.say("todo.missed", &fill)).detail(most_late(of, &lens, &metric, late));
            let rests_on =
                Cell { card: card(fact), ..Cell::text(todo::clause(of.lens.input, &profile.name, &deadline.clause)) };
            found.push((late, Row { what, who: None, by: None, rests_on }));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(MOST).map(|(_, row)| row).collect()
}

/// Where most of the late ones are: `超时12件，翠湖花园最多（7件）`.
fn most_late(of: &Analysis<'_>, lens: &Lens<'_>, metric: &str, late: f64) -> String {
    let words = of.lens.words;
    let all = words.number("todo.late", late, &[]);
    let is_wanted = |scope: &&Scope| if of.is_group() { matches!(scope, Scope::Community(_)) } else { false };
    let scopes = of.lens.input.facts.scopes().filter(is_wanted);
    let lates = scopes.filter_map(|scope| {
        let fact = lens.scope(scope).fact(metric)?;
        Some((fact.denominator? - fact.numerator?, scope))
    });
    let mut lates: Vec<(f64, &Scope)> = lates.collect();
    lates.sort_by(|a, b| b.0.total_cmp(&a.0));
    // Of communities with as many, none has most; nor has one with a handful.
    let second = lates.get(1).map_or(0.0, |(n, _)| *n);
    match lates.first().filter(|(n, _)| *n >= FEWEST_NAMED && *n > second && *n < late) {
        Some(&(n, scope)) => {
            let name = scope_name(of.lens.input, scope);
            words.number("todo.mostly", n, &[("late", &all), ("name", &name)])
        }
        None => all,
    }
}

fn rose_beyond(one: &Moved<'_>) -> bool {
    one.chance == Chance::Beyond && one.difference() > 0.0
}

/// Categories that rose by more than chance, with the department that the config gives them to and the measure that was recorded.
fn rose(of: &Analysis<'_>) -> Vec<Row> {
    let words = of.lens.words;
    let moved = causes::moved(of).unwrap_or_default();
    let rose = moved.iter().filter(|one| rose_beyond(one));
    rose.take(MOST)
        .map(|one| {
            let lists = &of.lens.input.lists;
            let department = lists.category_departments.get(one.value).copied().unwrap_or(NO_NAME);
            let measure = kept::commitments(of).into_iter().find(|known| kept::is_measure_for(known, one.value));
            let what = Cell::text(words.say("todo.rose", &[("change", &causes::one(words, one))]));
            let what = match measure {
                Some(known) => {
                    let text = masked(&known.text, of.lens.input.persons);
                    what.detail(words.say("todo.measure", &[("text", &text)]))
                }
                None => what.detail(words.say("todo.no_measure", &[])),
            };
            let rests_on = words.say("todo.count_of", &[("cases", &of.case())]);
            Row {
                what,
                who: measure
                    .and_then(|known| todo::who(of.lens.input, known.department))
                    .or_else(|| todo::who(of.lens.input, department)),
                by: measure.and_then(Commitment::due_by).map(|due| owed::due_text(words, due)),
                rests_on: Cell { card: one.fact.map(card).unwrap_or_default(), ..Cell::text(rests_on) },
            }
        })
        .collect()
}

/// Promises and measures that are open.
fn commitments(of: &Analysis<'_>) -> Vec<Row> {
    let (input, words) = (of.lens.input, of.lens.words);
    // A measure against a category that rose stands with that category.
    let moved = causes::moved(of).unwrap_or_default();
    let rose: Vec<&str> = moved.iter().filter(|one| rose_beyond(one)).map(|one| one.value).collect();
    let is_told = |one: &Commitment| rose.iter().any(|category| kept::is_measure_for(one, category));
    let mut open: Vec<&Commitment> =
        kept::commitments(of).into_iter().filter(|one| !one.is_done && !is_told(one)).collect();
    open.sort_by_key(|one| (one.due_by().is_none(), one.due_by()));
    open.into_iter().take(MOST).map(|one| todo::commitment(input, words, one)).collect()
}

/// Duties that are overdue or fall due soon; only for the latest period.
fn duties(of: &Analysis<'_>) -> Vec<Row> {
    let (input, words) = (of.lens.input, of.lens.words);
    if !standing::is_latest(of) || !of.bears_all() {
        return Vec::new();
    }
    let is_own = |one: &&Owed| match one.what {
        What::Duty if of.is_group() => true,
        What::Duty => one.community != NO_NAME && standing::is_own(of, one.community),
        _ => false,
    };
    let mut own: Vec<&Owed> = input.lists.owed.iter().filter(is_own).collect();
    // What can still be done in time comes first, then the latest that is overdue.
    own.sort_by_key(|one| (one.is_overdue, if one.is_overdue { -one.due } else { one.due }));
    own.into_iter()
        .take(MOST)
        .map(|one| {
            let late = one.is_overdue.then(|| owed::past(input, one));
            let what = Cell::text(owed::title(input, one));
            let who = if one.department != NO_NAME {
                owed::department_name(input, one.department)
            } else if one.community != NO_NAME {
                owed::community(input, one.community).text
            } else {
                words.say("scope.group", &[])
            };
            Row {
                what: match late {
                    Some(time) => what.detail(words.say("todo.late_by", &[("time", &time)])),
                    None => what,
                },
                who: Some(who),
                by: Some(owed::due_text(words, one.due)),
                rests_on: Cell::text(todo::clause(of.lens.input, &one.profile, &one.clause)),
            }
        })
        .collect()
}
