//! What the cases are about: the Pareto chart, and which categories rose or fell against the period before.

use super::super::format;
use super::super::lens::FEWEST_NAMED;
use super::super::parts::breakdown;
use super::super::view::{Cell, Section, Table, card};
use super::super::words::Words;
use super::{Analysis, versus};
use crate::metrics::compare::{Breakdown, Chance, Moved};
use crate::metrics::fact::Dimension;

/// Categories that a sentence names.
const NAMED: usize = 3;

/// Rows of the table, the largest changes.
const MOST_ROWS: usize = 10;

/// The section.
pub(super) fn section(of: &Analysis<'_>) -> Section {
    let mut section = of.titled("drivers");
    breakdown::pareto(&mut section, &of.lens, of.cases());
    if let Some(moved) = moved(of) {
        section.text(of.lens.words.sentences(&sentences(of, &moved)));
        if moved.iter().any(|one| one.difference() != 0.0) {
            section.table(table(of, &moved));
        }
    } else if is_untold(of) {
        section.text(of.lens.words.say("movers.untold", &[]));
    }
    section
}

/// The categories of this period and the one before, the largest change first; none where they cannot be compared, or where there
/// is but one: its change is that of all.
pub(super) fn moved<'a>(of: &Analysis<'a>) -> Option<Vec<Moved<'a>>> {
    let lens = &of.lens;
    let metric = of.metric("received");
    let breakdown =
        Breakdown { profile: &lens.profile.name, metric: &metric, scope: lens.scope, dimension: Dimension::Category };
    lens.input.facts.moved(breakdown, lens.period, lens.period.previous()).filter(|moved| moved.len() > 1)
}

/// Whether both periods stand and yet their categories were not compared, because too few cases name one.
fn is_untold(of: &Analysis<'_>) -> bool {
    let metric = of.metric("received");
    let named = |period| {
        let by = of.lens.period(period).by(&metric, Dimension::Category);
        by.iter().any(|(value, fact)| !value.is_empty() && *value != "none" && fact.value.is_some_and(|n| n > 0.0))
    };
    let before = of.lens.period.previous();
    let is_over = !of.lens.is_unfinished() && of.has_cases();
    is_over && named(of.lens.period) && named(before) && moved(of).is_none_or(|moved| moved.is_empty()) && !is_one(of)
}

/// Whether both periods together know one category only.
fn is_one(of: &Analysis<'_>) -> bool {
    let metric = of.metric("received");
    let names = [of.lens.period, of.lens.period.previous()]
        .map(|period| of.lens.period(period).by(&metric, Dimension::Category));
    let names: std::collections::BTreeSet<&str> =
        names.iter().flatten().map(|(value, _)| *value).filter(|value| !value.is_empty() && *value != "none").collect();
    names.len() < 2
}

/// What rose and what fell by more than chance; where nothing did, the largest change.
pub(super) fn sentences(of: &Analysis<'_>, moved: &[Moved<'_>]) -> Vec<String> {
    let words = of.lens.words;
    let before = versus::before(words, of.lens.period);
    let beyond = |rose: bool| -> Vec<&Moved<'_>> {
        let is = |one: &&Moved<'_>| one.chance == Chance::Beyond && (one.difference() > 0.0) == rose;
        moved.iter().filter(is).collect()
    };
    let (rose, fell) = (beyond(true), beyond(false));
    let Some(largest) = moved.first().filter(|one| one.difference() != 0.0) else {
        return vec![words.say("movers.none", &[("before", &before)])];
    };
    if rose.is_empty() && fell.is_empty() {
        // The largest of changes as large, or of a handful, is no news.
        let size = largest.difference().abs();
        let is_single = moved.iter().filter(|one| one.difference().abs() >= size).count() == 1;
        if !is_single || largest.now.max(largest.then) < FEWEST_NAMED {
            return vec![words.say("movers.all_within", &[("before", &before)])];
        }
        let change = one(words, largest);
        return vec![words.say("movers.within", &[("before", &before), ("change", &change)])];
    }
    let mut said: Vec<String> = [("movers.rose", &rose), ("movers.fell", &fell)]
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(key, list)| {
            let changes: Vec<String> = list.iter().take(NAMED).map(|moved| one(words, moved)).collect();
            let changes = words.list(&changes);
            let all = super::super::chart::number(list.len());
            let changes = if list.len() > NAMED {
                words.number("movers.and_others", all, &[("changes", &changes)])
            } else {
                changes
            };
            words.say(key, &[("before", &before), ("changes", &changes)])
        })
        .collect();
    if rose.len() + fell.len() < moved.len() {
        said.push(words.say("movers.rest", &[]));
    }
    said
}

/// `“电梯故障”（4→9件）`.
pub(super) fn one(words: &Words, moved: &Moved<'_>) -> String {
    let (then, now) = (format::count(moved.then), format::count(moved.now));
    words.say("movers.one", &[("name", &Words::short(moved.value)), ("then", &then), ("now", &now)])
}

fn table(of: &Analysis<'_>, moved: &[Moved<'_>]) -> Table {
    let words = of.lens.words;
    let before = versus::before(words, of.lens.period);
    let id = format!("{}-moved", of.kind.name);
    let period = |period| words.opening(&format::period(words, period));
    let mut table = Table::new(words, &id, words.say("movers.caption", &[("before", &before)]))
        .words(words.say("drivers.category", &[]))
        .numbers(period(of.lens.period))
        .numbers(period(of.lens.period.previous()))
        .numbers(words.say("movers.change", &[]));
    let changed: Vec<&Moved<'_>> = moved.iter().filter(|one| one.difference() != 0.0).collect();
    for one in changed.iter().take(MOST_ROWS) {
        let now = Cell { card: one.fact.map(card).unwrap_or_default(), ..Cell::count(one.now) };
        let change = Cell::change(words, one.difference());
        let change = match one.chance {
            Chance::Within => change,
            Chance::Beyond => change.detail(words.say("movers.beyond", &[])),
        };
        table.row(vec![Cell::text(one.value), now, Cell::count(one.then), change]);
    }
    let left_out = changed.len().saturating_sub(MOST_ROWS);
    if left_out > 0 {
        table.remark = words.number("movers.more_rows", super::super::chart::number(left_out), &[]);
    }
    table
}
