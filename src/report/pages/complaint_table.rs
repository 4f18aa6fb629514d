//! The statistics table of complaints (客户投诉统计分析表): by community and by category, with room for causes and measures.

use super::super::chart::pareto::{Part, sorted};
use super::super::format;
use super::super::lens::Lens;
use super::super::parts::breakdown::{category, is_unnamed};
use super::super::parts::control::{asked, is_made_for};
use super::super::parts::form_page::{named, page, to_group};
use super::super::printed::{Band, FormCell, FormRow, PrintedForm};
use super::super::view::{Composed, scope_name};
use super::super::{PageTask, ReportInput};
use super::{PageKind, Place, occurring, path_of};
use crate::metrics::fact::{Dimension, Fact, Scope};
use crate::moment::Period;
use crate::profile::schema::{AssignmentKind, DocumentId, Subject, Window};

/// Name of the page's file.
const FILE: &str = "complaint-table.html";

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: false, plan, compose };

/// Columns of the grid: counts and categories share them.
const COLUMNS: usize = 12;

/// Columns of a community's name at the least.
const NAME: usize = 4;

/// Metric of what is open past its limit.
const OVERDUE: &str = "complaint.overdue";

/// Ruled rows where there is no category.
const BLANK_ROWS: usize = 5;

/// Months, or whatever the procedure in force says, in which there were complaints.
fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let is_asked = |(period, scope): &(Period, Scope)| {
        let asked = asked(input, DocumentId::ComplaintTable, Subject::Complaint, scope);
        asked.is_some_and(|(_, document)| is_made_for(document, *period))
    };
    occurring(input, Subject::Complaint, "complaint.received")
        .into_iter()
        .filter(is_asked)
        .map(|(period, scope)| Place { path: path_of("", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Year(0));
    let Some(head) = Lens::on(input, Subject::Complaint, period, &task.scope) else { return Composed::default() };
    // The numbers are those of the procedure that asks for the table.
    let asking = asked(input, DocumentId::ComplaintTable, Subject::Complaint, &task.scope).map(|(profile, _)| profile);
    let lens = asking.map_or(head, |profile| head.profile(profile));
    page(input, task, to_group(input, task, FILE, true), vec![sheet(&lens)])
}

fn sheet(lens: &Lens<'_>) -> PrintedForm {
    let words = lens.words;
    let named = named(lens.input, DocumentId::ComplaintTable, Subject::Complaint, lens.scope);
    let mut form = named.form(lens.input, "complaints", (lens.scope, lens.period), named.paper);
    form.widths([15.0; COLUMNS]);
    let window = window(lens);
    form.band(by_place(lens, window));
    form.band(by_category(lens, window));
    form.band(analysis(lens));
    if let Some(window) = window {
        let days = [("from", window.from_day), ("until", window.to_day)].map(|(key, day)| (key, day.to_string()));
        let fill: Vec<(&str, &str)> = days.iter().map(|(key, day)| (*key, day.as_str())).collect();
        form.remarks.push(words.say("form.window", &fill));
    }
    // The limit of a first answer calls no case overdue that was answered and never resolved: the page of analysis counts alike.
    let ruling = ruling(lens, OVERDUE);
    let counts_overdue = window.is_none() && ruling.fact(OVERDUE).is_some();
    let overdue = counts_overdue.then(|| words.say("form.overdue_by", &[("profile", ruling.profile_title())]));
    // One remark: a line more and the signatures have no room on the sheet.
    let remarks: Vec<String> = overdue.into_iter().chain([words.say("form.blank_rule", &[])]).collect();
    form.remarks.push(words.sentences(&remarks));
    if lens.is_unfinished() {
        let (period, date) = (format::period(words, lens.period), format::date_until(words, lens.input.as_of));
        form.remarks.push(words.say("notes.unfinished", &[("period", &period), ("date", &date)]));
    }
    form
}

/// The window of the month by which the procedure counts, such as the 26th to the 25th; longer periods have none.
fn window<'a>(lens: &Lens<'a>) -> Option<&'a Window> {
    let is_month = matches!(lens.period, Period::Month(..));
    lens.profile.windows.iter().find(|window| is_month && window.subject == Subject::Complaint)
}

/// The counts of the table: label and metric. Those of a window are all of that window.
fn counts(lens: &Lens<'_>, window: Option<&Window>) -> Vec<(String, String)> {
    let words = lens.words;
    let said = |key: &str| words.say(&format!("form.count_{key}"), &[]);
    if let Some(window) = window {
        let own = ["received", "repeat", "major"];
        let mut counts: Vec<_> = own.iter().map(|key| (said(key), format!("complaint.{}.{key}", window.id))).collect();
        let types = lens
            .profile
            .assignments
            .iter()
            .filter(|entry| entry.kind == AssignmentKind::Type && entry.subject == Subject::Complaint);
        counts.extend(types.map(|entry| {
            (entry.title.in_language(words.language).to_owned(), format!("complaint.{}.{}", window.id, entry.path()))
        }));
        counts.truncate(COLUMNS - NAME);
        return counts;
    }
    let own = ["received", "valid", "major", "resolved", "open", "overdue", "repeat_share"];
    let is_given = |key: &&str| {
        let metric = format!("complaint.{key}");
        *key == "received" || ruling(lens, &metric).fact(&metric).is_some()
    };
    own.iter().filter(|key| is_given(key)).map(|key| (said(key), format!("complaint.{key}"))).collect()
}

/// The lens that a count is taken through: what is overdue by the procedure that limits the time to resolve a complaint.
fn ruling<'a>(lens: &Lens<'a>, metric: &str) -> Lens<'a> {
    if metric == OVERDUE { lens.on_resolution(Subject::Complaint, OVERDUE) } else { *lens }
}

/// A row for each community of the group with complaints, or for the community itself.
fn by_place(lens: &Lens<'_>, window: Option<&Window>) -> Band {
    let words = lens.words;
    let counts = counts(lens, window);
    let each = (COLUMNS - NAME) / counts.len().max(1);
    let name = COLUMNS - each * counts.len();
    let received = counts.first().map_or("", |(_, metric)| metric.as_str());
    let mut band = Band::new(words.say("form.complaint_caption", &[]));
    let heads = counts.iter().map(|(label, _)| FormCell::head(label.as_str()).across(each));
    let first = FormCell::head(words.say("communities.community", &[])).across(name);
    band.head.push(FormRow::of([first].into_iter().chain(heads).collect()));
    let row = |title: String, of: &Lens<'_>| {
        let cells = counts.iter().map(|(_, metric)| {
            let fact = ruling(lens, metric).scope(of.scope).fact(metric);
            FormCell::fact(words, fact).across(each)
        });
        FormRow::of([FormCell::label(title).across(name)].into_iter().chain(cells).collect())
    };
    if *lens.scope == Scope::Group {
        let mut communities: Vec<Scope> =
            lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Community(_))).cloned().collect();
        let none = Scope::Community("none".into());
        if !communities.contains(&none) {
            communities.push(none);
        }
        communities.retain(|scope| lens.scope(scope).fact(received).is_some());
        communities.sort_by_cached_key(|scope| (scope.id() == "none", scope_name(lens.input, scope)));
        band.rows.extend(communities.iter().map(|scope| row(scope_name(lens.input, scope), &lens.scope(scope))));
        band.rows.push(row(words.say("form.whole_company", &[]), lens));
    } else {
        band.rows.push(row(scope_name(lens.input, lens.scope), lens));
    }
    band
}

/// The categories, the largest first, with their shares and the period before.
fn by_category(lens: &Lens<'_>, window: Option<&Window>) -> Band {
    const HEADS: [(&str, usize); 7] = [
        ("form.serial", 1),
        ("form.category", 4),
        ("form.count_received", 1),
        ("form.share", 2),
        ("form.cumulative", 2),
        ("form.before", 1),
        ("form.change", 1),
    ];
    let words = lens.words;
    let metric =
        window.map_or_else(|| "complaint.received".to_owned(), |window| format!("complaint.{}.received", window.id));
    let facts = lens.by(&metric, Dimension::Category);
    let before_lens = lens.period(lens.period.previous());
    let before = before_lens.by(&metric, Dimension::Category);
    let has_before = before_lens.fact(&metric).is_some();
    let mut band = Band::new(words.say("form.category_caption", &[]));
    band.head.push(FormRow::of(
        HEADS.iter().map(|(key, across)| FormCell::head(words.say(key, &[])).across(*across)).collect(),
    ));
    let all: f64 = facts.iter().filter_map(|(_, fact)| fact.value).sum();
    let parts: Vec<Part> = facts
        .iter()
        .map(|(label, fact)| Part {
            label: (*label).to_owned(),
            count: fact.value.unwrap_or(0.0),
            unnamed: is_unnamed(label),
        })
        .collect();
    let mut so_far = 0.0;
    for (at, part) in sorted(parts).into_iter().enumerate() {
        so_far += part.count;
        let of = |list: &[(&str, &'_ Fact)]| {
            list.iter().find(|(label, _)| *label == part.label).and_then(|(_, fact)| fact.value)
        };
        let fact = facts.iter().find(|(label, _)| *label == part.label).map(|(_, fact)| *fact);
        // A category without a fact in a period that was counted had none.
        let earlier = has_before.then(|| of(&before).unwrap_or(0.0));
        band.rows.push(FormRow::of(vec![
            FormCell::serial(at + 1),
            FormCell::label(category(lens, &part.label)).across(4).start(),
            FormCell::fact(words, fact),
            FormCell::share(part.count / all).across(2),
            FormCell::share(so_far / all).across(2),
            FormCell::count(earlier),
            FormCell::change(words, earlier.map(|earlier| part.count - earlier)),
        ]));
    }
    if band.rows.is_empty() {
        let blank = || FormRow::high(HEADS.iter().map(|(_, across)| FormCell::blank().across(*across)).collect(), 8);
        band.rows.extend((0..BLANK_ROWS).map(|_| blank()));
    }
    band
}

/// Room for what people find and decide.
fn analysis(lens: &Lens<'_>) -> Band {
    let words = lens.words;
    let mut band = Band::new(words.say("form.analysis", &[]));
    band.rows = ["form.main_causes", "form.corrective", "form.preventive"]
        .map(|key| {
            let label = FormCell::label(words.say(key, &[])).across(2);
            FormRow::high(vec![label, FormCell::blank().across(COLUMNS - 2)], 22)
        })
        .into();
    band
}
