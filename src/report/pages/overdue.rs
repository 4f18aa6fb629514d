//! What is overdue at the as-of moment and what falls due within the next three working days.

use serde::Serialize;

use super::super::parts::control::usual;
use super::super::parts::owed;
use super::super::parts::worksheet::{REMINDING, worksheet};
use super::super::view::{Composed, Frame, Link, Section, frame, relative, scope_name};
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, as_of_periods, path_of, wanted};
use crate::metrics::fact::Scope;
use crate::metrics::lists::owed::Owed;
use crate::moment::Period;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "overdue.html", public: false, plan, compose };

/// File name of the page.
pub(crate) const FILE: &str = "overdue.html";

/// Widths of what is owed, which and where it stands, of whom, by whom, by when, and by how much it is late.
const WIDTHS: [f64; 6] = [46.0, 52.0, 24.0, 24.0, 27.0, 24.0];

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Overdue {
    frame: Frame,
    summary: String,
    sections: Vec<Section>,
    related: Vec<Link>,
}

/// The list is as of the as-of moment: it stands with the month and the half year in which that lies.
fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let periods = as_of_periods(input.as_of).into_iter().filter(|period| is_planned(input, *period));
    periods
        .map(|period| Place {
            path: path_of("", period, &Scope::Group, FILE),
            period: Some(period),
            scope: Scope::Group,
        })
        .collect()
}

/// Whether a period has the page.
pub(crate) fn is_planned(input: &ReportInput<'_>, period: Period) -> bool {
    !input.lists.owed.is_empty() && as_of_periods(input.as_of).contains(&period) && wanted(input, period)
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let words = input.words;
    let period = task.period.unwrap_or(Period::Year(1970));
    let scope = scope_name(input, &task.scope);
    let subtitle = words.say("frame.subtitle", &[("period", &format::period(words, period)), ("scope", &scope)]);
    let (overdue, soon): (Vec<&Owed>, Vec<&Owed>) = input.lists.owed.iter().partition(|one| one.is_overdue);
    let date = format::date_until(words, input.as_of);
    let number = |list: &[&Owed]| super::super::chart::number(list.len());
    let in_matters = |list: &[&Owed]| {
        let matters = owed::matters(list).len();
        let fewer = matters < list.len();
        fewer.then(|| words.number("sheet.in_matters", super::super::chart::number(matters), &[]))
    };
    let mut clauses = vec![words.number("owed.summary_overdue", number(&overdue), &[("date", &date)])];
    clauses.extend(in_matters(&overdue));
    clauses.push(words.number("owed.summary_soon", number(&soon), &[]));
    clauses.extend(in_matters(&soon));
    let summary = words.opening(&words.sentence(&clauses));
    let sections = [("overdue", overdue), ("soon", soon)].map(|(id, list)| {
        let mut section = Section::new(id, words.say(&format!("owed.title_{id}"), &[]));
        let caption = words.say(&format!("owed.caption_{id}"), &[("date", &date)]);
        let table = owed::owed(input, (&format!("{id}-table"), caption), &list, true);
        section.blocks.push(worksheet(words, table, &WIDTHS, REMINDING));
        section
    });
    let mut frame = frame(input, task, words.say("page.overdue", &[]), &subtitle);
    frame.contents = sections.iter().map(Section::link).collect();
    let all = Link { text: words.say("owed.data", &[]), href: relative(&task.path, "data/overdue.csv") };
    frame.control.get_or_insert_with(|| usual(words));
    let page = Overdue { frame, summary, sections: sections.into(), related: vec![all] };
    Composed::with_book(&page, &page.frame, &page.sections)
}
