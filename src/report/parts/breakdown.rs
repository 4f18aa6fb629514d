//! Where the cases come from: Pareto chart with its data, and tables by class, channel, department, building.

use std::collections::BTreeMap;

use super::super::chart::number;
use super::super::chart::pareto::{self, Part};
use super::super::format;
use super::super::lens::Lens;
use super::super::view::{Cell, Section, Table, card, scope_name};
use super::super::words::Words;
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
    section.text(sentence);
    let case = words.say(&format!("case.{}", cases.name), &[]);
    let of = pareto::Of {
        id: &format!("{}-pareto", cases.name),
        name: &words.say("pareto.source", &[("cases", &case)]),
        head: &words.say("drivers.category", &[]),
        count: &words.say("table.cases", &[]),
        unit: &words.say("unit.case", &[]),
    };
    let chart = pareto::figure(words, of, &parts).map(|mut chart| {
        let counted = lens.by(&received, Dimension::Category).into_iter();
        let counted = counted.map(|(label, fact)| (category(lens, label), fact)).collect();
        open(&mut chart.table, &counted, lens.fact(&received));
        chart
    });
    section.chart(chart, String::new());
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
pub(crate) fn is_unnamed(value: &str) -> bool {
    value.is_empty() || value == "none"
}

/// The name of a category; cases without one have an empty name.
pub(crate) fn category(lens: &Lens<'_>, label: &str) -> String {
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
    let (key, shown) = match pareto::named(parts, shown) {
        _ if named == 1 => (key, shown),
        told if told == shown => (key, shown),
        0 => ("drivers.level", 0),
        1 => ("drivers.spread", 1),
        told => ("drivers.leading", told),
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

/// The table by class, channel or building, where the facts have it.
pub(crate) fn by(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>, dimension: Dimension) {
    let counted = lens.by(&cases.metric("received"), dimension);
    if counted.iter().all(|(_, fact)| fact.value.unwrap_or(0.0) <= 0.0) {
        return;
    }
    let titles: BTreeMap<&str, &str> = lens
        .profile
        .classes_of(cases.subject)
        .map(|class| (class.id.as_str(), class.title.in_language(lens.words.language)))
        .collect();
    let name = |value: &str| match dimension {
        _ if is_unnamed(value) => lens.words.say("table.unnamed", &[]),
        Dimension::Building => building(lens.words, value),
        _ => titles.get(value).filter(|_| dimension == Dimension::Class).copied().unwrap_or(value).to_owned(),
    };
    let rates: BTreeMap<&str, &Fact> = lens.by(cases.rate, dimension).into_iter().collect();
    let rows = counted.into_iter().map(|(value, fact)| (name(value), fact, rates.get(value).copied())).collect();
    let key = format!("drivers.by_{}", dimension.word());
    section.table(table(lens, cases, &key, dimension.word(), rows));
}

/// Name of a building: `12栋` of a number, else as it is written.
pub(crate) fn building(words: &Words, value: &str) -> String {
    let is_number = !value.is_empty() && value.chars().all(|c| c.is_ascii_digit());
    if is_number { words.say("place.building", &[("n", value)]) } else { value.to_owned() }
}

/// The group's table by department, those without one last.
pub(crate) fn departments(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>) {
    let received = cases.metric("received");
    let none = Scope::Department("none".into());
    let departments = lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Department(_)));
    let departments = departments.filter(|scope| **scope != none).chain(std::iter::once(&none));
    let rows: Vec<Row<'_>> = departments
        .filter_map(|scope| {
            let of = lens.scope(scope);
            let fact = of.fact(&received)?;
            Some((scope_name(lens.input, scope), fact, of.fact(cases.rate)))
        })
        .collect();
    if !rows.is_empty() {
        section.table(table(lens, cases, "drivers.by_department", "department", rows));
    }
}

/// A name, its count and its rate.
type Row<'a> = (String, &'a Fact, Option<&'a Fact>);

/// A table of counts, shares and rates, the largest first.
fn table(lens: &Lens<'_>, cases: Cases<'_>, key: &str, word: &str, rows: Vec<Row<'_>>) -> Table {
    let words = lens.words;
    let total: f64 = rows.iter().filter_map(|(_, count, _)| count.value).sum();
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
    for (name, count, rate) in rows {
        let share = count.value.filter(|_| total > 0.0).map(|count| count / total);
        let share = share.map_or_else(Cell::absent, Cell::share);
        let mut cells = vec![Cell::text(name), Cell::fact(words, Some(count)), share];
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
