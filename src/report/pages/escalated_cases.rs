//! The list of complaints that were not done in time and went up (业主投诉汇总表): case by case, names and rooms masked, with room for
//! what the department's head instructs.

use std::collections::BTreeSet;

use super::super::mask::masked;
use super::super::parts::control::{asked, is_made_for};
use super::super::parts::form_page::{named, page, to_group};
use super::super::parts::owed::{MOST, community, moment, scope_of, source};
use super::super::printed::{Band, FormCell, FormRow, PrintedForm};
use super::super::view::Composed;
use super::super::{PageTask, ReportInput};
use super::{PageKind, Place, occurring, path_of, wanted};
use crate::metrics::fact::Scope;
use crate::metrics::lists::escalated::Escalated;
use crate::metrics::runner::ScopeCode;
use crate::moment::Period;
use crate::profile::schema::{DocumentId, Profile, Subject};

/// Name of the page's file.
const FILE: &str = "escalated-cases.html";

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: false, plan, compose };

/// Ruled rows of a month without such a case.
const BLANK_ROWS: usize = 6;

/// The procedure that asks for the list.
fn asking<'a>(input: &'a ReportInput<'_>) -> Option<&'a Profile> {
    asked(input, DocumentId::EscalatedCases, Subject::Complaint, &Scope::Group).map(|(profile, _)| profile)
}

/// Months with complaints: the group's list each, and that of a community with such a case.
fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let Some((profile, document)) = asked(input, DocumentId::EscalatedCases, Subject::Complaint, &Scope::Group) else {
        return Vec::new();
    };
    let months = occurring(input, Subject::Complaint, "complaint.received").into_iter();
    let mut pages: BTreeSet<(Period, Scope)> = months
        .filter(|(period, scope)| *scope == Scope::Group && matches!(period, Period::Month(..)))
        .filter(|(period, _)| is_made_for(document, *period))
        .collect();
    let of_profile = input.lists.escalated.iter().filter(|case| *case.profile == *profile.name);
    let own = of_profile
        .map(|case| (Period::of_month_number(case.month), scope_of(input, ScopeCode::Community(case.community))));
    pages.extend(own.filter(|(period, _)| wanted(input, *period)));
    pages
        .into_iter()
        .map(|(period, scope)| Place { path: path_of("", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Month(1970, 1));
    page(input, task, to_group(input, task, FILE, true), vec![sheet(input, task, period)])
}

fn sheet(input: &ReportInput<'_>, task: &PageTask, period: Period) -> PrintedForm {
    /// Key and width of each column.
    const COLUMNS: [(&str, f64); 10] = [
        ("form.serial", 11.0),
        ("form.case_number", 31.0),
        ("form.received_at", 25.0),
        ("form.community_building", 27.0),
        ("form.category", 26.0),
        ("form.content", 50.0),
        ("commitment.department", 22.0),
        ("form.escalated_at", 25.0),
        ("form.resolved_at", 25.0),
        ("form.instruction", 28.0),
    ];
    let words = input.words;
    let named = named(input, DocumentId::EscalatedCases, Subject::Complaint, &task.scope);
    let mut form = named.form(input, "escalated", (&task.scope, period), named.paper);
    form.widths(COLUMNS.map(|(_, width)| width));
    let name = asking(input).map_or("", |profile| profile.name.as_str());
    let own: Vec<&Escalated> = input
        .lists
        .escalated
        .iter()
        .filter(|case| *case.profile == *name && case.month == period.first_month())
        .filter(|case| {
            task.scope == Scope::Group || scope_of(input, ScopeCode::Community(case.community)) == task.scope
        })
        .collect();
    let mut band = Band::new(words.say("form.escalated_caption", &[]));
    band.head.push(FormRow::of(COLUMNS.map(|(key, _)| FormCell::head(words.say(key, &[]))).into()));
    band.rows = own.iter().take(MOST).enumerate().map(|(at, case)| row(input, at + 1, case)).collect();
    if own.is_empty() {
        let blank = || FormRow::high((0..COLUMNS.len()).map(|_| FormCell::blank()).collect(), 12);
        band.rows.extend((0..BLANK_ROWS).map(|_| blank()));
        form.remarks.push(words.say("form.no_escalated", &[]));
    }
    form.band(band);
    if own.len() > MOST {
        let more = super::super::chart::number(own.len() - MOST);
        form.remarks.push(words.number("form.more_escalated", more, &[]));
    }
    form.remarks.push(words.say("form.escalated_rule", &[]));
    form
}

fn row(input: &ReportInput<'_>, at: usize, case: &Escalated) -> FormRow {
    let words = input.words;
    let shown = |text: Option<&str>| masked(text.unwrap_or_default(), input.persons);
    let written =
        |at: Option<crate::moment::Moment>| FormCell::text(at.map(|at| moment(words, at)).unwrap_or_default());
    let place = source(input, Some((case.source, case.row)));
    let building = match case.building.as_deref() {
        Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            words.say("form.building", &[("n", number)])
        }
        named => shown(named),
    };
    let resolved =
        if case.is_open { FormCell::text(words.say("form.still_open", &[])) } else { written(case.resolved) };
    let department = input.departments.get(case.department as usize).map_or("", |known| &*known.name);
    FormRow::high(
        vec![
            FormCell::serial(at),
            FormCell::label(shown(case.number.as_deref()))
                .detail(words.list(&[place.text, place.detail].map(|part| part.trim().to_owned()))),
            written(case.received),
            FormCell::text(community(input, case.community).text).detail(building),
            FormCell::text(shown(case.category.as_deref())),
            FormCell::text(shown(case.text.as_deref())).start(),
            FormCell::text(department),
            written(case.escalated),
            resolved,
            FormCell::blank(),
        ],
        12,
    )
}
