//! The first page: what there is, by period and community, and how the latest period stands.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::lens::Lens;
use super::super::parts::deadlines;
use super::super::parts::figures::{MONTHS_BEFORE, Wanted, figure};
use super::super::view::{Figure, Frame, Link, frame, model, relative, scope_name};
use super::super::words::Words;
use super::super::{PageTask, ReportInput, format, page_plan};
use super::{PageKind, Place};
use crate::metrics::fact::Scope;
use crate::moment::Period;
use crate::profile::schema::Subject;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "index.html", public: false, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Index {
    frame: Frame,
    figures_title: String,
    figures: Vec<LatestFigures>,
    pages_title: String,
    /// What stands instead of a list without pages.
    empty: String,
    periods: Vec<PeriodPages>,
    data_title: String,
    data: Vec<Link>,
}

/// Figures of the latest period of a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct LatestFigures {
    title: String,
    figures: Vec<Figure>,
}

/// The pages of a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct PeriodPages {
    id: String,
    title: String,
    /// The latest of its length stands open.
    open: bool,
    group: Vec<Link>,
    communities: Vec<CommunityPages>,
}

/// The pages of a community.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct CommunityPages {
    name: String,
    links: Vec<Link>,
}

fn plan(_: &ReportInput<'_>) -> Vec<Place> {
    vec![Place { path: "index.html".to_owned(), period: None, scope: Scope::Group }]
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> serde_json::Value {
    let words = Words::of(input.language);
    let say = |key| words.say(key, &[]);
    let tasks = page_plan(input);
    let link = |key, to: &str| Link { text: say(key), href: relative(&task.path, to) };
    model(&Index {
        frame: frame(input, task, say("index.heading"), &say("index.subtitle")),
        figures_title: say("index.figures_title"),
        figures: [complaints(input, &tasks), survey(input, &tasks)].into_iter().flatten().collect(),
        pages_title: say("index.pages_title"),
        empty: say("index.empty"),
        periods: periods(input, task, &tasks),
        data_title: say("index.data_title"),
        data: vec![
            link("index.quality", "quality/index.html"),
            link("index.facts", "data/facts.csv"),
            link("index.ledger", "data/ledger.csv"),
            link("index.problems", "data/problems.csv"),
        ],
    })
}

/// The latest period that has a group page of a template.
fn latest(tasks: &[PageTask], template: &str) -> Option<Period> {
    let group = tasks.iter().filter(|task| task.template() == template && task.scope == Scope::Group);
    group.filter_map(|task| task.period).max_by_key(|period| (period.last_month(), -period.months()))
}

fn complaints(input: &ReportInput<'_>, tasks: &[PageTask]) -> Option<LatestFigures> {
    let period = latest(tasks, "complaint-analysis.html")?;
    let lens = Lens::on(input, Subject::Complaint, period, &Scope::Group)?;
    let words = lens.words;
    let mut wanted = vec![(words.say("figure.received", &[]), "complaint.received".to_owned())];
    if let Some(deadline) = deadlines::headline(&lens, Subject::Complaint, "complaint") {
        let title = deadline.title.in_language(words.language);
        wanted
            .push((words.say("figure.on_time", &[("deadline", title)]), format!("complaint.{}.on_time", deadline.id)));
    }
    wanted.push((words.say("figure.overdue", &[]), "complaint.overdue".to_owned()));
    let figures = wanted
        .iter()
        .map(|(label, metric)| {
            // What is overdue was counted at the as-of moment, for every month alike: no comparison.
            let against: &[_] = if metric.ends_with("overdue") { &[] } else { &MONTHS_BEFORE };
            figure(&lens, Wanted { label, metric, amount: "amount.case", against })
        })
        .collect();
    Some(LatestFigures { title: words.say("index.complaints", &[("period", &format::period(words, period))]), figures })
}

fn survey(input: &ReportInput<'_>, tasks: &[PageTask]) -> Option<LatestFigures> {
    let period = latest(tasks, "survey-report.html")?;
    let lens = Lens::on(input, Subject::Survey, period, &Scope::Group)?;
    let words = lens.words;
    let figures = ["survey.overall_satisfied", "survey.issue_rate", "survey.return_rate"]
        .map(|metric| {
            let label = words.say(&format!("{metric}_label"), &[]);
            figure(&lens, Wanted { label: &label, metric, amount: "amount.form", against: &[] })
        })
        .to_vec();
    Some(LatestFigures { title: words.say("index.survey", &[("period", &format::period(words, period))]), figures })
}

/// The pages by period, the latest first.
fn periods(input: &ReportInput<'_>, from: &PageTask, tasks: &[PageTask]) -> Vec<PeriodPages> {
    let words = Words::of(input.language);
    let mut by_period: BTreeMap<Period, Vec<&PageTask>> = BTreeMap::new();
    for task in tasks {
        if let Some(period) = task.period {
            by_period.entry(period).or_default().push(task);
        }
    }
    let mut periods: Vec<(Period, Vec<&PageTask>)> = by_period.into_iter().collect();
    periods.sort_by_key(|(period, _)| std::cmp::Reverse((period.last_month(), period.months())));
    let newest = |months: i32| periods.iter().map(|(period, _)| *period).find(|period| period.months() == months);
    let open: Vec<Period> = [1, 6, 12].into_iter().filter_map(newest).collect();
    periods
        .into_iter()
        .map(|(period, tasks)| {
            let link = |task: &PageTask| {
                let kind = task.template().trim_end_matches(".html");
                Link { text: words.say(&format!("page.{kind}"), &[]), href: relative(&from.path, &task.path) }
            };
            let (group, rest): (Vec<&PageTask>, Vec<&PageTask>) =
                tasks.into_iter().partition(|t| t.scope == Scope::Group);
            let mut communities: BTreeMap<(String, &Scope), Vec<Link>> = BTreeMap::new();
            for task in rest {
                communities.entry((scope_name(input, &task.scope), &task.scope)).or_default().push(link(task));
            }
            PeriodPages {
                id: format!("p{period}"),
                title: format::period(words, period),
                open: open.contains(&period),
                group: group.into_iter().map(link).collect(),
                communities: communities.into_iter().map(|((name, _), links)| CommunityPages { name, links }).collect(),
            }
        })
        .collect()
}
