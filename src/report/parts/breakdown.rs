//! Where the cases come from: Pareto chart with its data, and tables by class, channel, department, building.

use std::collections::BTreeMap;

use super::super::chart::number;
use super::super::chart::pareto::{self, Part};
use super::super::format;
use super::super::lens::Lens;
use super::super::view::{Block, Cell, Section, Table, card, scope_name};
use super::figures::rate_cell;
use crate::metrics::fact::{Dimension, Fact, Scope};
use crate::profile::schema::Subject;

/// Rows of a breakdown that stand on the page, the largest ones; a community of sixty buildings keeps to a page.
const MOST_ROWS: usize = 15;

/// Whose cases, and which deadline's rate stands beside the counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cases<'a> {
    /// `complaint` or `repair`.
    pub(crate) name: &'a str,
    pub(crate) subject: Subject,
    /// Metric of the rate and its title; empty where the profile has no deadline.
    pub(crate) rate: &'a str,
    pub(crate) rate_title: &'a str,
}

impl Cases<'_> {
    /// A metric of these cases.
    pub(crate) fn metric(&self, ending: &str) -> String {
        format!("{}.{ending}", self.name)
    }

    /// Key of the amount, such as `12件投诉`.
    pub(crate) fn amount(&self) -> String {
        format!("amount.{}", self.name)
    }
}

/// Adds the Pareto chart by category, what it says, and its data.
pub(crate) fn pareto(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>) {
    let words = lens.words;
    let received = cases.metric("received");
    let parts: Vec<Part> = lens
        .by(&received, Dimension::Category)
        .into_iter()
        .map(|(label, fact)| Part {
            label: category(lens, label),
            count: fact.value.unwrap_or(0.0),
            unnamed: is_unnamed(label),
        })
        .collect();
    let parts = pareto::sorted(parts);
    if parts.iter().all(|part| part.unnamed) {
        let nothing = lens.value(&received).is_some_and(|n| n < 1.0);
        section.text(words.say(if nothing { "drivers.nothing" } else { "drivers.no_category" }, &[]));
        return;
    }
    let sentence = concentration(lens, cases, &parts);
    section.text(sentence.clone());
    let id = format!("{}-pareto", cases.name);
    let title = words.say("drivers.pareto", &[("cases", &words.say(&format!("case.{}", cases.name), &[]))]);
    let unit = words.say("unit.case", &[]);
    if let Some(chart) = pareto::chart(words, &id, &title, &unit, &sentence, &parts) {
        section.blocks.push(Block::Pareto { chart: Box::new(chart) });
    }
    let mut table = pareto_table(
        lens,
        &format!("{id}-data"),
        &title,
        words.say("drivers.category", &[]),
        words.say("table.cases", &[]),
        &parts,
    );
    let counted = lens.by(&received, Dimension::Category).into_iter();
    open(&mut table, &counted.map(|(label, fact)| (category(lens, label), fact)).collect(), lens.fact(&received));
    section.table(table);
}

/// Lets the counts in the second column of a table open their number cards, by the names in its first; and its total.
pub(crate) fn open(table: &mut Table, facts: &BTreeMap<String, &Fact>, total: Option<&Fact>) {
    for row in &mut table.rows {
        if let [name, count, ..] = row.as_mut_slice()
            && let Some(fact) =
                facts.get(&name.text).filter(|fact| fact.value == count.number.map(|number| number.value))
        {
            count.card = card(fact);
        }
    }
    for row in &mut table.foot {
        if let ([_, count, ..], Some(fact)) = (row.as_mut_slice(), total)
            && fact.value == count.number.map(|number| number.value)
        {
            count.card = card(fact);
        }
    }
}

/// Whether a dimension's value stands for rows that name none.
fn is_unnamed(value: &str) -> bool {
    value.is_empty() || value == "none"
}

/// The name of a category; cases without one have an empty name.
fn category(lens: &Lens<'_>, label: &str) -> String {
    if is_unnamed(label) { lens.words.say("drivers.uncategorised", &[]) } else { label.to_owned() }
}

/// Which few categories make up four fifths, in a sentence.
fn concentration(lens: &Lens<'_>, cases: Cases<'_>, parts: &[Part]) -> String {
    const NAMED: usize = 3;
    let words = lens.words;
    let sum = |n: usize| parts[..n].iter().map(|part| part.count).sum::<f64>();
    let total = sum(parts.len());
    let amount = |n: usize| words.number(&cases.amount(), sum(n), &[]);
    let categories = |n: usize| words.number("amount.category", number(n), &[]);
    let share = |n: usize| format::share(if n == parts.len() { 1.0 } else { sum(n) / total }, None);
    let few = pareto::few(parts);
    let named = parts.iter().filter(|part| !part.unnamed).count();
    let (key, shown) = match named {
        1 => ("drivers.one_category", 1),
        all if few == all => ("drivers.spread", 1),
        _ if few > NAMED => ("drivers.leading", NAMED),
        _ => ("drivers.concentrated", few),
    };
    let labels: Vec<&str> = parts[..shown].iter().map(|part| part.label.as_str()).collect();
    let sentence = words.say(
        key,
        &[
            ("total", &amount(parts.len())),
            ("categories", &categories(named)),
            ("names", &words.names(&labels)),
            ("count", &amount(shown)),
            ("share", &share(shown)),
            ("few", &categories(few)),
            ("most", &share(few)),
        ],
    );
    let unnamed = sum(parts.len()) - sum(named);
    if unnamed > 0.0 {
        return words
            .sentences(&[sentence, words.number("drivers.unnamed", unnamed, &[("total", &amount(parts.len()))])]);
    }
    sentence
}

/// The chart's data: count, share, running share.
pub(crate) fn pareto_table(
    lens: &Lens<'_>,
    id: &str,
    caption: &str,
    head: String,
    unit: String,
    parts: &[Part],
) -> Table {
    let words = lens.words;
    let total: f64 = parts.iter().map(|part| part.count).sum();
    let mut table = Table::new(words, id, words.say("chart.data_of", &[("title", caption)]))
        .words(head)
        .numbers(unit)
        .numbers(words.say("table.share", &[]))
        .numbers(words.say("chart.cumulative", &[]));
    let mut sum = 0.0;
    for part in pareto::folded(words, parts, MOST_ROWS) {
        sum += part.count;
        table.row(vec![
            Cell::text(part.label),
            Cell::count(part.count),
            Cell::share(part.count / total),
            Cell::share(if sum >= total { 1.0 } else { sum / total }),
        ]);
    }
    table.foot(vec![Cell::text(words.say("table.total", &[])), Cell::count(total), Cell::share(1.0), Cell::text("")]);
    table
}

/// Tables by class, channel and building, where the facts have them, and by department for the group.
pub(crate) fn tables(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>) {
    let received = cases.metric("received");
    let titles: BTreeMap<&str, &str> = lens
        .profile
        .classes_of(cases.subject)
        .map(|class| (class.id.as_str(), class.title.in_language(lens.words.language)))
        .collect();
    for (dimension, key) in [
        (Dimension::Class, "drivers.by_class"),
        (Dimension::Channel, "drivers.by_channel"),
        (Dimension::Building, "drivers.by_building"),
    ] {
        let counted = lens.by(&received, dimension);
        if counted.iter().all(|(_, fact)| fact.value.unwrap_or(0.0) <= 0.0) {
            continue;
        }
        let rows = counted.into_iter().map(|(value, fact)| {
            let name = titles.get(value).filter(|_| dimension == Dimension::Class).copied().unwrap_or(value);
            let name = if is_unnamed(value) { lens.words.say("table.unnamed", &[]) } else { name.to_owned() };
            (value, name, fact)
        });
        let rates: BTreeMap<&str, &Fact> = lens.by(cases.rate, dimension).into_iter().collect();
        let rows = rows.map(|(value, name, fact)| (name, fact, rates.get(value).copied())).collect();
        section.table(table(lens, cases, key, dimension.word(), rows));
    }
    if *lens.scope == Scope::Group {
        departments(section, lens, cases, &received);
    }
}

fn departments(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>, received: &str) {
    let none = Scope::Department("none".into());
    let departments = lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Department(_)));
    let departments = departments.filter(|scope| **scope != none).chain(std::iter::once(&none));
    let rows: Vec<(String, &Fact, Option<&Fact>)> = departments
        .filter_map(|scope| {
            let of = lens.scope(scope);
            let fact = of.fact(received)?;
            Some((scope_name(lens.input, scope), fact, of.fact(cases.rate)))
        })
        .collect();
    if !rows.is_empty() {
        section.table(table(lens, cases, "drivers.by_department", "department", rows));
    }
}

/// A table of counts, shares and rates, the largest first.
fn table(lens: &Lens<'_>, cases: Cases<'_>, key: &str, word: &str, rows: Vec<(String, &Fact, Option<&Fact>)>) -> Table {
    let words = lens.words;
    let total: f64 = rows.iter().filter_map(|(_, fact, _)| fact.value).sum();
    let with_rate = rows.iter().any(|(_, _, rate)| rate.is_some());
    let mut rows = rows;
    rows.sort_by(|a, b| b.1.value.unwrap_or(0.0).total_cmp(&a.1.value.unwrap_or(0.0)));
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let mut table = Table::new(words, &format!("{}-by-{word}", cases.name), words.say(key, &[]))
        .words(words.say(&format!("dimension.{word}"), &[]))
        .numbers(words.say("table.cases", &[]))
        .numbers(words.say("table.share", &[]));
    if with_rate {
        table = table.numbers(cases.rate_title.to_owned());
    }
    for (name, fact, rate) in rows {
        let share = fact.value.filter(|_| total > 0.0).map(|count| format::share(count / total, None));
        let mut cells =
            vec![Cell::text(name), Cell::fact(words, Some(fact)), share.map_or_else(Cell::absent, Cell::text)];
        if with_rate {
            cells.push(rate_cell(words, rate));
        }
        table.row(cells);
    }
    if left_out > 0 {
        table.remark = words.number("table.more_rows", number(left_out), &[]);
    }
    table
}
