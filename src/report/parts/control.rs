//! Document control: which number, version and signatures a page bears, as the procedure in force says.

use super::super::PageTask;
use super::super::ReportInput;
use super::super::lens::head;
use super::super::printed::Control;
use super::super::words::Words;
use crate::metrics::fact::Scope;
use crate::moment::Period;
use crate::profile::schema::{Document, DocumentId, Every, Profile, Subject};

/// The documents that pages of reading bear, by their template.
const PAGES: [(&str, DocumentId, Subject); 5] = [
    ("complaint-analysis.html", DocumentId::ComplaintAnalysis, Subject::Complaint),
    ("survey-report.html", DocumentId::SurveyReport, Subject::Survey),
    ("actions.html", DocumentId::ActionSheet, Subject::Survey),
    ("duties.html", DocumentId::Duties, Subject::Schedule),
    ("overdue.html", DocumentId::OverdueList, Subject::Complaint),
];

/// The control of a page, where a procedure asks for such a document of its period.
pub(crate) fn of_page(input: &ReportInput<'_>, task: &PageTask) -> Option<Control> {
    let (_, id, subject) = PAGES.iter().find(|(template, ..)| *template == task.template())?;
    let (_, document) = asked(input, *id, *subject, &task.scope)?;
    task.period.is_none_or(|period| is_made_for(document, period)).then(|| control(input.words, document))
}

/// The procedure that asks for a document and how it controls it: the one that heads the subject in the scope, else the first of the
/// further ones, else any other in use.
pub(crate) fn asked<'a>(
    input: &'a ReportInput<'_>,
    id: DocumentId,
    subject: Subject,
    scope: &Scope,
) -> Option<(&'a Profile, &'a Document)> {
    let further = input.profiles.further.iter().filter_map(|name| input.profiles.named(name));
    let candidates = head(input, subject, scope).into_iter().chain(further).chain(&input.profiles.all);
    let mut asking = candidates.filter_map(|profile| Some((profile, profile.document(id)?)));
    asking.next()
}

/// Whether a document is made for a period of this length.
pub(crate) fn is_made_for(document: &Document, period: Period) -> bool {
    let length = match period {
        Period::Month(..) => Every::Month,
        Period::Quarter(..) => Every::Quarter,
        Period::Half(..) => Every::Half,
        Period::Year(_) => Every::Year,
    };
    document.every.is_empty() || document.every.contains(&length)
}

/// A document's control in words.
pub(crate) fn control(words: &Words, document: &Document) -> Control {
    let line = |key, name: &str, text: &str| words.say(key, &[(name, text)]);
    let has_number = !document.number.is_empty();
    Control {
        number: if has_number { line("control.number", "number", &document.number) } else { String::new() },
        version: if has_number || !document.version.is_empty() {
            line("control.version", "version", &document.version)
        } else {
            String::new()
        },
        approvals: document.approvals.iter().map(|role| role.in_language(words.language).to_owned()).collect(),
        date: words.say("control.date", &[]),
        seal: if document.seal { words.say("control.seal", &[]) } else { String::new() },
    }
}

/// The signatures of a form of which no procedure in force says more.
pub(crate) fn usual(words: &Words) -> Control {
    Control {
        approvals: ["control.prepared", "control.reviewed", "control.approved"].map(|key| words.say(key, &[])).into(),
        date: words.say("control.date", &[]),
        ..Control::default()
    }
}
