//! The calendar of duties of a month or half year: what was owed, by when, done or not, late by how much; open promises and measures.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::lens::Lens;
use super::super::parts::communities::{self, Pages, Shown};
use super::super::parts::control::usual;
use super::super::parts::owed;
use super::super::parts::worksheet::{REMINDING, worksheet};
use super::super::view::{Composed, Frame, Link, Section, frame, relative, scope_name};
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, as_of_periods, path_of, wanted};
use crate::metrics::fact::Scope;
use crate::metrics::register::Commitment;
use crate::metrics::runner::ScopeCode;
use crate::metrics::schedule::DutyInstance;
use crate::moment::Period;
use crate::profile::schema::{OwedBy, Subject};

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "duties.html", public: false, plan, compose };

/// File name of the pages.
const FILE: &str = "duties.html";

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Duties {
    frame: Frame,
    related: Vec<Link>,
    sections: Vec<Section>,
}

/// Months and half years in which something fell due, of the group and of each community that owed something.
fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let mut pages: BTreeSet<(Period, Scope)> = BTreeSet::new();
    for duty in &input.lists.duties {
        for period in halves_of(duty.due_month()).into_iter().filter(|period| period.start() < input.as_of) {
            let own = match duty.owner {
                ScopeCode::Community(_) if !duty.untold => Some(owed::scope_of(input, duty.owner)),
                _ => None,
            };
            pages.extend(own.into_iter().chain([Scope::Group]).map(|scope| (period, scope)));
        }
    }
    for one in input.lists.commitments.iter().filter(|one| !one.is_done) {
        for period in as_of_periods(input.as_of) {
            let own = owed::scope_of(input, ScopeCode::Community(one.community));
            pages.extend([own, Scope::Group].map(|scope| (period, scope)));
        }
    }
    let asked = pages.into_iter().filter(|(period, _)| wanted(input, *period));
    asked
        .map(|(period, scope)| Place { path: path_of("", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

/// The month and its half year.
fn halves_of(month: Period) -> Vec<Period> {
    month
        .with_containing()
        .into_iter()
        .filter(|period| matches!(period, Period::Month(..) | Period::Half(..)))
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let words = input.words;
    let period = task.period.unwrap_or(Period::Year(1970));
    let scope = scope_name(input, &task.scope);
    let subtitle = words.say("frame.subtitle", &[("period", &format::period(words, period)), ("scope", &scope)]);
    let due: Vec<&DutyInstance> = input.lists.due_in(period).iter().collect();
    let mut sections = Vec::new();
    if task.scope == Scope::Group {
        let own: Vec<&DutyInstance> =
            due.iter().copied().filter(|duty| !matches!(duty.owner, ScopeCode::Community(_))).collect();
        let mut section = Section::new("own", words.say("duty.of_company", &[]));
        let mut table = owed::duties(input, ("own-table", words.say("duty.caption", &[])), &own, true);
        let key = if owes_company(input) { "duty.none_of_company" } else { "duty.company_owes_nothing" };
        table.empty = words.say(key, &[]);
        section.blocks.push(worksheet(words, table, &[60.0, 30.0, 30.0, 30.0, 30.0, 36.0], REMINDING));
        sections.push(section);
        sections.extend(of_communities(input, task, period, &due));
    } else {
        let own: Vec<&DutyInstance> =
            due.iter().copied().filter(|duty| owed::scope_of(input, duty.owner) == task.scope).collect();
        let mut section = Section::new("own", words.say("duty.of_community", &[]));
        let table = owed::duties(input, ("own-table", words.say("duty.caption", &[])), &own, false);
        section.blocks.push(worksheet(words, table, &[60.0, 34.0, 32.0, 32.0, 40.0], REMINDING));
        sections.push(section);
    }
    if as_of_periods(input.as_of).contains(&period) {
        let is_own = |one: &&Commitment| {
            task.scope == Scope::Group || owed::scope_of(input, ScopeCode::Community(one.community)) == task.scope
        };
        let open: Vec<&Commitment> = input.lists.commitments.iter().filter(|one| !one.is_done).filter(is_own).collect();
        let mut section = Section::new("promises", words.say("duty.open_promises", &[]));
        let mut table = owed::commitments(input, ("promises-table", words.say("duty.open_caption", &[])), &open, true);
        // Without a register nobody can tell that none is open.
        if input.lists.commitments.is_empty() {
            table.empty = words.say("duty.no_register", &[]);
        }
        section.blocks.push(worksheet(words, table, &[66.0, 16.0, 26.0, 26.0, 28.0, 28.0, 26.0], REMINDING));
        sections.push(section);
    }
    let mut frame = frame(input, task, words.say("page.duties", &[]), &subtitle);
    frame.contents = sections.iter().map(Section::link).collect();
    frame.control.get_or_insert_with(|| usual(words));
    let page = Duties { frame, related: related(input, task, period), sections };
    Composed::with_book(&page, &page.frame, &page.sections)
}

/// Whether a procedure in force has the company or its departments do something.
fn owes_company(input: &ReportInput<'_>) -> bool {
    let rulings = input.profiles.rulings().into_iter().filter(|ruling| ruling.subject == Subject::Schedule);
    rulings.flat_map(|ruling| &ruling.profile.duties).any(|duty| duty.owed_by != OwedBy::Community)
}

/// The group's page and the list of what is overdue.
fn related(input: &ReportInput<'_>, task: &PageTask, period: Period) -> Vec<Link> {
    let words = input.words;
    let mut links = Vec::new();
    if task.scope != Scope::Group {
        let href = relative(&task.path, &path_of("", period, &Scope::Group, FILE));
        links.push(Link { text: words.say("frame.group_page", &[]), href });
    }
    if super::overdue::is_planned(input, period) {
        let href = relative(&task.path, &path_of("", period, &Scope::Group, super::overdue::FILE));
        links.push(Link { text: words.say("page.overdue", &[]), href });
    }
    links
}

/// The communities, with the share in time of each duty that they owe. A duty that nobody keeps a record of is named instead.
fn of_communities(input: &ReportInput<'_>, task: &PageTask, period: Period, due: &[&DutyInstance]) -> Option<Section> {
    let words = input.words;
    let owned = due.iter().filter(|duty| matches!(duty.owner, ScopeCode::Community(_)));
    let duties: BTreeSet<(&str, &str, bool)> = owned.map(|duty| (&*duty.profile, &*duty.duty, duty.untold)).collect();
    if duties.is_empty() {
        return None;
    }
    let mut section = Section::new("communities", words.say("duty.by_community", &[]));
    let named: Vec<(&str, String, String)> = duties
        .iter()
        .filter(|(_, _, untold)| !untold)
        .map(|(profile, duty, _)| (*profile, owed::duty_title(input, profile, duty), format!("schedule.{duty}")))
        .collect();
    let shown: Vec<Shown<'_>> = named
        .iter()
        .map(|(profile, label, metric)| Shown { label, metric, profile: input.profiles.named(profile) })
        .collect();
    if let (Some(first), Some(lens)) = (shown.first(), Lens::on(input, Subject::Schedule, period, &task.scope)) {
        let exists = |lens: &Lens<'_>| {
            let of = |column: &Shown<'_>| {
                let profile = column.profile.unwrap_or(lens.profile);
                lens.profile(profile).fact(column.metric).is_some()
            };
            of(first) || shown.iter().any(of)
        };
        let pages = Pages { from: &task.path, file: FILE };
        if let Some(table) = communities::table(&lens, pages, &shown, exists) {
            section.table(table);
        }
    }
    let untold: Vec<String> = duties
        .iter()
        .filter(|(_, _, untold)| *untold)
        .map(|(profile, duty, _)| owed::duty_title(input, profile, duty))
        .collect();
    if !untold.is_empty() {
        section.text(words.say("duty.untold", &[("duties", &words.list(&untold))]));
    }
    Some(section)
}
