//! A page that is a printed form, or several: what the pages of the procedures' tables share.

use serde::Serialize;

use super::super::PageTask;
use super::super::format;
use super::super::pages::path_of;
use super::super::printed::{Control, PrintedForm};
use super::super::view::{Block, Composed, Frame, Link, Section, frame, relative, scope_name};
use super::super::{ReportInput, printed};
use super::control::{asked, control, usual};
use crate::metrics::fact::Scope;
use crate::moment::Period;
use crate::profile::schema::{DocumentId, Paper, Subject};

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct FormPage {
    frame: Frame,
    related: Vec<Link>,
    sections: Vec<Section>,
}

/// Makes the page of its forms: the first bears the page's heading.
pub(crate) fn page(input: &ReportInput<'_>, task: &PageTask, related: Vec<Link>, forms: Vec<PrintedForm>) -> Composed {
    let subtitle = subtitle(input, task);
    let heading = forms.first().map(|form| form.title.clone()).unwrap_or_default();
    let mut frame = frame(input, task, heading, &subtitle);
    // The form itself bears number and signatures.
    frame.control = None;
    let sections: Vec<Section> = forms
        .into_iter()
        .enumerate()
        .map(|(at, mut form)| {
            form.level = if at == 0 { 1 } else { 2 };
            let title = if form.part.is_empty() { form.title.clone() } else { form.part.clone() };
            let mut section = Section::new(&format!("s-{}", form.id), title);
            section.blocks.push(Block::Printed { form: Box::new(form) });
            section
        })
        .collect();
    if sections.len() > 1 {
        frame.contents = sections
            .iter()
            .map(|section| Link {
                text: section.title.clone(),
                href: format!("#{}", section.id.trim_start_matches("s-")),
            })
            .collect();
    }
    let page = FormPage { frame, related, sections };
    Composed::with_book(&page, &page.frame, &page.sections)
}

fn subtitle(input: &ReportInput<'_>, task: &PageTask) -> String {
    let words = input.words;
    let period = task.period.map(|period| format::period(words, period)).unwrap_or_default();
    words.say("frame.subtitle", &[("period", &period), ("scope", &scope_name(input, &task.scope))])
}

/// The link to the group's page, from a community's that has one.
pub(crate) fn to_group(input: &ReportInput<'_>, task: &PageTask, file: &str, is_planned: bool) -> Vec<Link> {
    let period = task.period.filter(|_| is_planned && task.scope != Scope::Group);
    let link = |period| Link {
        text: input.words.say("frame.group_page", &[]),
        href: relative(&task.path, &path_of("", period, &Scope::Group, file)),
    };
    period.map(link).into_iter().collect()
}

/// What a form is called and how it is controlled.
pub(crate) struct Named {
    pub(crate) title: String,
    pub(crate) control: Control,
    pub(crate) paper: Paper,
}

/// Name and control of a form as the procedure in force says; else its usual name, of the key, and the usual signatures.
pub(crate) fn named(input: &ReportInput<'_>, id: DocumentId, subject: Subject, scope: &Scope) -> Named {
    let words = input.words;
    match asked(input, id, subject, scope) {
        Some((_, document)) => {
            let control = control(words, document);
            let approvals =
                if control.approvals.is_empty() { usual(words).approvals } else { control.approvals.clone() };
            Named {
                title: document.title.in_language(words.language).to_owned(),
                control: Control { approvals, ..control },
                paper: document.paper,
            }
        }
        None => Named {
            title: words.say(&format!("form.title_{}", id.word()), &[]),
            control: usual(words),
            paper: Paper::Portrait,
        },
    }
}

impl Named {
    /// The form, without its grid, with the line that says whose it is and of when.
    pub(crate) fn form(
        &self,
        input: &ReportInput<'_>,
        id: &str,
        (scope, period): (&Scope, Period),
        paper: Paper,
    ) -> PrintedForm {
        let words = input.words;
        let mut form = printed::PrintedForm::new(id, self.title.clone(), self.control.clone(), paper);
        let unit = match scope {
            Scope::Group => input.organisation.to_owned(),
            _ => scope_name(input, scope),
        };
        form.unit = [words.say("form.unit", &[("unit", &unit)]), words.opening(&format::period(words, period))];
        form
    }
}
