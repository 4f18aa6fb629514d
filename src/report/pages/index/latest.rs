//! The key figures of the latest period of each subject, in a scope.

use serde::Serialize;

use super::super::super::lens::Lens;
use super::super::super::parts::deadlines;
use super::super::super::parts::figures::{Wanted, earlier, figure, overdue};
use super::super::super::view::{Figure, Link, relative};
use super::super::super::{PageTask, ReportInput, format};
use crate::metrics::fact::Scope;
use crate::moment::Period;
use crate::profile::schema::Subject;

/// Figures of the latest period of a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in super::super) struct LatestFigures {
    pub(in super::super) title: String,
    /// The page they are of.
    pub(in super::super) page: Link,
    pub(in super::super) figures: Vec<Figure>,
}

/// Complaints, repairs and surveys, as far as the scope has them.
pub(in super::super) fn figures(input: &ReportInput<'_>, from: &PageTask, scope: &Scope) -> Vec<LatestFigures> {
    [
        cases(input, from, scope, Subject::Complaint),
        cases(input, from, scope, Subject::Repair),
        survey(input, from, scope),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The latest month or survey round of a scope that has a page of a template, with its page.
pub(in super::super) fn page_of<'i>(
    input: &ReportInput<'i>,
    scope: &Scope,
    template: &str,
) -> Option<(Period, &'i PageTask)> {
    let pages = input.pages_of(scope).filter(|task| task.template() == template);
    let dated = pages.filter_map(|task| Some((task.period?, task)));
    dated.max_by_key(|(period, _)| (period.last_month(), -period.months()))
}

fn link(input: &ReportInput<'_>, from: &PageTask, to: &PageTask) -> Link {
    Link { text: input.words.say("index.to_page", &[]), href: relative(&from.path, &to.path) }
}

/// Received, on time, overdue.
fn cases(input: &ReportInput<'_>, from: &PageTask, scope: &Scope, subject: Subject) -> Option<LatestFigures> {
    let (case, template) = match subject {
        Subject::Repair => ("repair", "repair-analysis.html"),
        _ => ("complaint", "complaint-analysis.html"),
    };
    let (period, page) = page_of(input, scope, template)?;
    let lens = Lens::on(input, subject, period, scope)?;
    let words = lens.words;
    let mut wanted = vec![(words.say("figure.received", &[]), format!("{case}.received"))];
    if let Some(deadline) = deadlines::headline(&lens, subject, case) {
        let title = deadline.title.in_language(words.language);
        wanted.push((words.say("figure.on_time", &[("deadline", title)]), format!("{case}.{}.on_time", deadline.id)));
    }
    let figures = wanted
        .iter()
        .map(|(label, metric)| figure(&lens, Wanted { label, metric, amount: "amount.case", against: earlier(period) }))
        .chain(std::iter::once(overdue(&lens, subject, &format!("{case}.overdue"))))
        .collect();
    let title = words.say(&format!("index.{case}s"), &[("period", &format::period(words, period))]);
    Some(LatestFigures { title, page: link(input, from, page), figures })
}

/// Overall satisfaction, issue rate, return rate.
fn survey(input: &ReportInput<'_>, from: &PageTask, scope: &Scope) -> Option<LatestFigures> {
    let (period, page) = page_of(input, scope, "survey-report.html")?;
    let lens = Lens::on(input, Subject::Survey, period, scope)?;
    let words = lens.words;
    let figures = ["survey.overall_satisfied", "survey.issue_rate", "survey.return_rate"]
        .map(|metric| {
            let label = words.say(&format!("{metric}_label"), &[]);
            figure(&lens, Wanted { label: &label, metric, amount: "amount.form", against: &[] })
        })
        .to_vec();
    let title = words.say("index.survey", &[("period", &format::period(words, period))]);
    Some(LatestFigures { title, page: link(input, from, page), figures })
}
