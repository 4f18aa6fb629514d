//! A rate of every community over the months, side by side.

use super::super::chart::multiples::{self, Of, Panel};
use super::super::lens::Lens;
use super::super::view::{Section, relative, scope_name};
use super::communities::Pages;
use super::figures::rate_cell;
use crate::metrics::fact::Scope;
use crate::moment::Period;

/// The month itself and twelve before it.
const MONTHS: i32 = 13;

/// Adds the chart of a rate, up to the last month of the lens' period; nothing where fewer than two communities have one.
pub(crate) fn add(section: &mut Section, lens: &Lens<'_>, pages: Pages<'_>, (metric, name): (&str, &str)) {
    let words = lens.words;
    if metric.is_empty() {
        return;
    }
    let last = lens.period.last_month();
    let periods: Vec<Period> = (last - MONTHS + 1..=last).map(Period::of_month_number).collect();
    // Months before the first with a rate of anybody are not shown.
    let group = |period: &Period| lens.period(*period).fact(metric).is_some();
    let periods: Vec<Period> = periods.into_iter().skip_while(|period| !group(period)).collect();
    let communities = lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Community(_)));
    let panels: Vec<Panel> = communities
        .filter(|scope| lens.scope(scope).value(metric).is_some())
        .map(|scope| {
            let of = lens.scope(scope);
            let path = super::super::pages::path_of("", lens.period, scope, pages.file);
            Panel {
                label: scope_name(lens.input, scope),
                href: relative(pages.from, &path),
                share: of.value(metric),
                cell: rate_cell(words, of.fact(metric)),
                shares: periods.iter().map(|period| of.period(*period).value(metric)).collect(),
            }
        })
        .collect();
    let of = Of {
        id: &format!("{}-by-community", metric.replace('.', "-")),
        name,
        head: &words.say("communities.community", &[]),
        periods: &periods,
        target: lens.fact(metric).map_or("", |fact| &fact.target),
    };
    section.chart(multiples::figure(words, of, &panels), String::new());
}
