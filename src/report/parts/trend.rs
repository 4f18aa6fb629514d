//! Up to thirteen months: what was received and the share on time, as a chart with its data.

use super::super::chart::trend::{self, Month, Titles};
use super::super::format;
use super::super::lens::Lens;
use super::super::view::{Block, Cell, Drawn, Section, Table};
use super::breakdown::Cases;
use super::figures::{rate_cell, value_cell};
use crate::moment::Period;
use crate::profile::target::Bound;

/// The month itself and twelve before it, so that the same month a year ago is seen.
const MONTHS: i32 = 13;

/// Adds the chart and its data; months before the first that has facts are not shown.
pub(crate) fn add(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>) {
    let words = lens.words;
    let received = cases.metric("received");
    let last = lens.period.last_month();
    let months: Vec<Month> = (last - MONTHS + 1..=last)
        .map(Period::of_month_number)
        .map(|period| {
            let of = lens.period(period);
            Month { period, count: of.value(&received), share: of.value(cases.rate), unfinished: of.is_unfinished() }
        })
        .skip_while(|month| month.count.is_none())
        .collect();
    let target = lens.fact(cases.rate).map_or("", |fact| &fact.target);
    let case = words.say(&format!("case.{}", cases.name), &[]);
    let title = words.say("trend.title", &[("cases", &case)]);
    let count = words.say("trend.count", &[("cases", &case)]);
    let description = words.number("trend.description", super::super::chart::number(months.len()), &[]);
    let id = format!("{}-trend", cases.name);
    let titles = Titles { id: &id, title: &title, description: &description, count: &count, share: cases.rate_title };
    let Some(chart) = trend::chart(words, titles, &months, target) else {
        section.text(words.say("trend.none", &[]));
        return;
    };
    section.blocks.push(Block::Trend { chart: Box::new(chart) });
    let mut table = Table::new(words, &format!("{id}-data"), words.say("chart.data_of", &[("title", &title)]))
        .words(words.say("table.month", &[]))
        .numbers(count)
        .numbers(if cases.rate_title.is_empty() { words.say("table.rate", &[]) } else { cases.rate_title.to_owned() });
    for month in &months {
        let of = lens.period(month.period);
        let name = Cell::text(format::period(words, month.period));
        let name = if month.unfinished { name.detail(words.say("trend.unfinished", &[])) } else { name };
        table.row(vec![name, value_cell(words, of.fact(&received)), rate_cell(words, of.fact(cases.rate))]);
    }
    let target = target.parse::<Bound>().ok().map(|bound| (words.say("workbook.target", &[]), bound.number()));
    table.drawn = Some(Drawn::Trend { label: 0, count: 1, rate: 2, target });
    section.table(table);
}
