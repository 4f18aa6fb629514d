//! What to do after a round: items with dissatisfied answers by department, rates that missed their target, duties and promises.

use super::super::chart::number;
use super::super::format;
use super::super::lens::{Lens, bound, fraction};
use super::super::pages::sheet_path;
use super::super::parts::answers::rates;
use super::super::parts::owed;
use super::super::parts::todo::{self, Row};
use super::super::view::{Cell, Section, card, relative};
use super::super::words::Words;
use super::{OVERALL, kept, suggestions};
use crate::metrics::fact::{Fact, Verdict};
use crate::metrics::outcome::Outcome;
use crate::records::store::NO_NAME;

/// Rows of one kind.
const MOST: usize = 6;

/// The section.
pub(crate) fn section(lens: &Lens<'_>, from: &str) -> Section {
    todo::section(lens.words, "survey-todo", rows(lens, from))
}

/// The rows, in the order in which they are pressing.
fn rows(lens: &Lens<'_>, from: &str) -> Vec<Row> {
    let mut rows = duties(lens);
    rows.extend(missed(lens));
    rows.extend(items(lens, from));
    rows.extend(answers_owed(lens, from));
    rows.extend(promises(lens));
    rows
}

/// What the rows say, for tests.
#[cfg(test)]
pub(super) fn said(lens: &Lens<'_>) -> Vec<[String; 3]> {
    let line = |text: Option<String>| text.unwrap_or_else(|| "____".to_owned());
    rows(lens, "page.html").into_iter().map(|row| [row.what.text, line(row.who), line(row.by)]).collect()
}

/// Duties of the round that are not done.
fn duties(lens: &Lens<'_>) -> Vec<Row> {
    let (input, words) = (lens.input, lens.words);
    kept::of_round(lens)
        .into_iter()
        .filter(|one| matches!(one.outcome, Outcome::LateOpen | Outcome::NotDue))
        .take(MOST)
        .map(|one| {
            let what = Cell::text(owed::duty_title(input, &one.profile, &one.duty));
            let late = one.outcome == Outcome::LateOpen;
            Row {
                what: if late { what.detail(words.say("duty.missing", &[])) } else { what },
                who: Some(kept::owner(lens, one)),
                by: one.due.map(|due| owed::due_text(words, due)),
                rests_on: Cell::text(todo::clause(input, &one.profile, &one.clause)),
            }
        })
        .collect()
}

/// Rates of the round that missed what their clause asks for.
fn missed(lens: &Lens<'_>) -> Vec<Row> {
    let words = lens.words;
    [OVERALL, "survey.issue_rate", "survey.return_rate", "survey.coverage_year"]
        .into_iter()
        .filter_map(|metric| Some((metric, lens.fact(metric).filter(|fact| fact.verdict == Verdict::Missed)?)))
        .filter_map(|(metric, fact)| {
            let fill = [
                ("name", words.say(&format!("{metric}_label"), &[])),
                ("share", format::share(fact.value?, bound(fact).as_ref())),
                ("target", format::target(words, &fact.target)),
            ];
            let key = if metric == OVERALL { "todo.overall" } else { "todo.reach" };
            let text = words.say(key, &fill.each_ref().map(|(name, text)| (*name, text.as_str())));
            let rests_on = todo::clause(lens.input, &lens.profile.name, &fact.clause);
            Some(Row {
                what: Cell::text(text),
                who: None,
                by: None,
                rests_on: Cell { card: card(fact), ..Cell::text(rests_on) },
            })
        })
        .collect()
}

/// Items below the target, or where all reach it the lowest one with dissatisfied answers: each for its department.
fn items(lens: &Lens<'_>, from: &str) -> Vec<Row> {
    let target = lens.fact(OVERALL).and_then(bound);
    let dissatisfied = |fact: &Fact| fact.denominator.zip(fact.numerator).map_or(0.0, |(all, good)| all - good);
    let told: Vec<(&str, &Fact)> = rates(lens).into_iter().filter(|(_, fact)| dissatisfied(fact) > 0.0).collect();
    let is_below = |fact: &Fact| target.is_some_and(|target| fact.value.is_some_and(|rate| !target.is_met_by(rate)));
    let below: Vec<(&str, &Fact)> = told.iter().copied().filter(|(_, fact)| is_below(fact)).collect();
    let list = if below.is_empty() { &told[..told.len().min(1)] } else { &below[..below.len().min(MOST)] };
    list.iter().map(|(item, fact)| self::item(lens, from, item, fact, dissatisfied(fact))).collect()
}

fn item(lens: &Lens<'_>, from: &str, item: &str, fact: &Fact, dissatisfied: f64) -> Row {
    let (input, words) = (lens.input, lens.words);
    let department = input.lists.item_departments.get(item).copied().unwrap_or(NO_NAME);
    let share = fact.value.map_or_else(String::new, |rate| format::share(rate, None));
    let fill = [("name", Words::short(item)), ("share", share), ("fraction", fraction(fact))];
    let fill = fill.each_ref().map(|(name, text)| (*name, text.as_str()));
    let text = words.number("todo.item", dissatisfied, &fill);
    let rests_on = sheet_path(input, lens.period, department).map_or_else(
        || Cell { card: card(fact), ..Cell::text(words.say("todo.item_rate", &[])) },
        |path| Cell::text(words.say("todo.sheet", &[])).href(relative(from, &path)),
    );
    Row { what: Cell::text(text), who: todo::who(input, department), by: None, rests_on }
}

/// Suggestions that are to be answered, a row for each department.
fn answers_owed(lens: &Lens<'_>, from: &str) -> Vec<Row> {
    let (input, words) = (lens.input, lens.words);
    suggestions::by_department(lens)
        .into_iter()
        .map(|(department, list)| (department, list.iter().filter(|one| !one.is_praise()).count()))
        .filter(|(_, n)| *n > 0)
        .take(MOST)
        .map(|(department, n)| Row {
            what: Cell::text(words.number("todo.suggestions", number(n), &[])),
            who: todo::who(input, department),
            by: None,
            rests_on: sheet_path(input, lens.period, department).map_or_else(
                || Cell::text(words.say("section.suggestions", &[])),
                |path| Cell::text(words.say("todo.sheet", &[])).href(relative(from, &path)),
            ),
        })
        .collect()
}

/// Promises and measures since the last round that are open.
fn promises(lens: &Lens<'_>) -> Vec<Row> {
    let (input, words) = (lens.input, lens.words);
    let open = kept::since_last(lens).into_iter().filter(|one| !one.is_done);
    open.take(MOST).map(|one| todo::commitment(input, words, one)).collect()
}
