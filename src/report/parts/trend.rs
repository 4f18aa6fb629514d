//! Up to thirteen months: what was received and the share on time, as a chart with its data.

use super::super::chart::trend::{self, Month, Of};
use super::super::lens::Lens;
use super::super::view::Section;
use super::breakdown::Cases;
use super::figures::{rate_cell, value_cell};
use crate::moment::Period;

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
            let cells = [value_cell(words, of.fact(&received)), rate_cell(words, of.fact(cases.rate))];
            let (count, share) = (of.value(&received), of.value(cases.rate));
            Month { period, count, share, unfinished: of.is_unfinished(), cells }
        })
        .skip_while(|month| month.count.is_none())
        .collect();
    let target = lens.fact(cases.rate).map_or("", |fact| &fact.target);
    let case = words.say(&format!("case.{}", cases.name), &[]);
    let of = Of {
        id: &format!("{}-trend", cases.name),
        name: &words.say("trend.title", &[("cases", &case)]),
        count: &words.say("trend.count", &[("cases", &case)]),
        share: cases.rate_title,
        target,
    };
    section.chart(trend::figure(words, of, &months), words.say("trend.none", &[]));
}
