//! The analysis of complaints, and that of repairs: of the group or of one community, for a month, quarter, half year or year. What it
//! says stands in [`super::super::analysis`].

use serde::Serialize;

use super::super::analysis::{Analysis, COMPLAINTS, CaseKind, REPAIRS};
use super::super::lens::Lens;
use super::super::parts::notes::Notes;
use super::super::view::{Composed, Frame, Link, Section, frame, relative, scope_name};
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, occurring, path_of, wanted};
use crate::metrics::fact::Scope;
use crate::moment::Period;
use crate::profile::schema::Subject;

/// The pages of complaints.
pub(crate) const OF_COMPLAINTS: PageKind = PageKind {
    template: COMPLAINTS.file,
    public: false,
    plan: |input| plan(input, &COMPLAINTS),
    compose: |input, task| compose(input, task, &COMPLAINTS),
};

/// The pages of repairs.
pub(crate) const OF_REPAIRS: PageKind = PageKind {
    template: REPAIRS.file,
    public: false,
    plan: |input| plan(input, &REPAIRS),
    compose: |input, task| compose(input, task, &REPAIRS),
};

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct CaseAnalysis {
    frame: Frame,
    /// What the period comes to, in one sentence.
    verdict: String,
    verdict_state: &'static str,
    /// The group's page, the pages of the other kind, the periods within and around.
    related: Vec<Link>,
    sections: Vec<Section>,
    notes: Notes,
}

/// Every period and scope with facts.
fn plan(input: &ReportInput<'_>, kind: &CaseKind) -> Vec<Place> {
    occurring(input, kind.subject, &received(kind))
        .into_iter()
        .map(|(period, scope)| Place { path: path_of("", period, &scope, kind.file), period: Some(period), scope })
        .collect()
}

fn received(kind: &CaseKind) -> String {
    format!("{}.received", kind.name)
}

fn compose(input: &ReportInput<'_>, task: &PageTask, kind: &'static CaseKind) -> Composed {
    let Some(analysis) = Analysis::of(input, task, kind) else { return Composed::default() };
    let words = input.words;
    let (scope, period) = (scope_name(input, &task.scope), task.period.unwrap_or(Period::Year(0)));
    let subtitle = words.say("frame.subtitle", &[("period", &format::period(words, period)), ("scope", &scope)]);
    let title = words.say(&format!("analysis.title_{}_{}", kind.name, length(period)), &[]);
    let mut frame = frame(input, task, title, &subtitle);
    let sections = analysis.sections();
    frame.contents = sections.iter().map(Section::link).collect();
    let (verdict, verdict_state) = analysis.verdict();
    let notes = analysis.notes(task);
    let page = CaseAnalysis { frame, verdict, verdict_state, related: related(input, task, kind), sections, notes };
    Composed::with_book(&page, &page.frame, &page.sections)
}

/// The word of a period's length in keys.
fn length(period: Period) -> &'static str {
    match period {
        Period::Month(..) => "month",
        Period::Quarter(..) => "quarter",
        Period::Half(..) => "half",
        Period::Year(_) => "year",
    }
}

/// The group's page, the page of the other kind of case, and those of the periods that contain this one.
fn related(input: &ReportInput<'_>, task: &PageTask, kind: &CaseKind) -> Vec<Link> {
    let words = input.words;
    let Some(period) = task.period else { return Vec::new() };
    let exists = |kind: &CaseKind, period: Period, scope: &Scope| {
        wanted(input, period)
            && Lens::on(input, kind.subject, period, scope).is_some_and(|lens| lens.fact(&received(kind)).is_some())
    };
    let link = |text: String, kind: &CaseKind, period: Period, scope: &Scope| Link {
        text,
        href: relative(&task.path, &path_of("", period, scope, kind.file)),
    };
    let mut links = Vec::new();
    if task.scope != Scope::Group && exists(kind, period, &Scope::Group) {
        links.push(link(words.say("frame.group_page", &[]), kind, period, &Scope::Group));
    }
    let other = if kind.subject == Subject::Complaint { &REPAIRS } else { &COMPLAINTS };
    if exists(other, period, &task.scope) {
        let title = words.say(&format!("page.{}", other.file.trim_end_matches(".html")), &[]);
        links.push(link(title, other, period, &task.scope));
    }
    for around in containing(period).into_iter().filter(|around| exists(kind, *around, &task.scope)) {
        links.push(link(words.opening(&format::period(words, around)), kind, around, &task.scope));
    }
    links
}

/// The longer periods that a period lies in, the shortest first.
fn containing(period: Period) -> Vec<Period> {
    let month = Period::of_month_number(period.last_month());
    month.with_containing().into_iter().filter(|around| around.months() > period.months()).collect()
}
