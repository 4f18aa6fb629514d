//! The monthly analysis of complaints, of the group or of one community, with repairs and callbacks where there are any.

use serde::Serialize;

use super::super::lens::{Lens, bound, fraction, state};
use super::super::parts::breakdown::{self, Cases};
use super::super::parts::communities::{self, Pages, Shown};
use super::super::parts::figures::{MONTHS_BEFORE, Wanted, figure, has, overdue};
use super::super::parts::notes::{Notes, notes};
use super::super::parts::{callbacks, deadlines, times, trend};
use super::super::view::{
    Block, Cell, Composed, Figure, Frame, Link, Section, Table, frame, model, relative, scope_name,
};
use super::super::words::Words;
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, occurring, path_of};
use crate::metrics::fact::{Dimension, Scope, Verdict};
use crate::moment::Period;
use crate::profile::schema::Subject;

/// Name of the page's file.
const FILE: &str = "complaint-analysis.html";

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: false, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct ComplaintAnalysis {
    frame: Frame,
    /// What the month comes to, in one sentence.
    verdict: String,
    verdict_state: &'static str,
    /// Group page, community pages.
    related: Vec<Link>,
    key_figures: Section,
    drivers: Section,
    deadlines: Section,
    trend: Section,
    open: Section,
    /// Group only.
    communities: Vec<Section>,
    /// Where there are any.
    repairs: Vec<Section>,
    callbacks: Vec<Section>,
    notes: Notes,
}

fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    occurring(input, Subject::Complaint, "complaint.received")
        .into_iter()
        .filter(|(period, _)| matches!(period, Period::Month(..)))
        .map(|(period, scope)| Place { path: path_of("", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Year(0));
    Lens::on(input, Subject::Complaint, period, &task.scope).map(|lens| model(&page(&lens, task))).unwrap_or_default()
}

fn page(lens: &Lens<'_>, task: &PageTask) -> ComplaintAnalysis {
    let words = lens.words;
    let headline = Headline::of(lens, Subject::Complaint, "complaint");
    let cases = headline.cases("complaint", Subject::Complaint);
    let scope = scope_name(lens.input, lens.scope);
    let subtitle = words.say("frame.subtitle", &[("period", &format::period(words, lens.period)), ("scope", &scope)]);
    let mut page = ComplaintAnalysis {
        frame: frame(lens.input, task, words.say("complaint.title", &[]), &subtitle),
        verdict: verdict(lens, cases),
        verdict_state: state(lens.fact(cases.rate)),
        related: related(lens, task),
        key_figures: key_figures(lens, cases),
        drivers: drivers(lens, cases),
        deadlines: section(words, "deadlines", |section| deadlines::add(section, lens, cases)),
        trend: section(words, "trend", |section| trend::add(section, lens, cases)),
        open: open(lens, cases),
        communities: communities(lens, task, cases).into_iter().collect(),
        repairs: repairs(lens).into_iter().collect(),
        callbacks: callbacks::section(lens.input, lens.period, lens.scope).into_iter().collect(),
        notes: page_notes(lens, task, cases),
    };
    page.frame.contents = [&page.key_figures, &page.drivers, &page.deadlines, &page.trend, &page.open]
        .into_iter()
        .chain(&page.communities)
        .chain(&page.repairs)
        .chain(&page.callbacks)
        .map(Section::link)
        .collect();
    page
}

/// The deadline whose rate stands in the headline.
struct Headline {
    rate: String,
    title: String,
    deadline: String,
}

impl Headline {
    fn of(lens: &Lens<'_>, subject: Subject, case: &str) -> Self {
        let Some(deadline) = deadlines::headline(lens, subject, case) else {
            return Self { rate: String::new(), title: String::new(), deadline: String::new() };
        };
        let name = deadline.title.in_language(lens.words.language);
        Self {
            rate: format!("{case}.{}.on_time", deadline.id),
            title: lens.words.say("figure.on_time", &[("deadline", name)]),
            deadline: deadline.id.clone(),
        }
    }

    fn cases<'a>(&'a self, name: &'a str, subject: Subject) -> Cases<'a> {
        Cases { name, subject, rate: &self.rate, rate_title: &self.title }
    }
}

/// A section with the wording of `section.<id>`.
fn section(words: &Words, id: &str, fill: impl FnOnce(&mut Section)) -> Section {
    let mut section = Section::new(id, words.say(&format!("section.{id}"), &[]));
    fill(&mut section);
    section
}

/// What was received, how much of it is valid, how the headline rate stands, and what is overdue.
fn verdict(lens: &Lens<'_>, cases: Cases<'_>) -> String {
    let words = lens.words;
    let month = format::period(words, lens.period);
    let received = lens.value("complaint.received").unwrap_or(0.0);
    if received < 1.0 {
        return words.say("verdict.nothing", &[("period", &month)]);
    }
    let amount = words.number("amount.complaint", received, &[]);
    let change = against_previous(lens).unwrap_or_default();
    let fill = [("period", month.as_str()), ("amount", &amount), ("change", &change)];
    let mut clauses = vec![words.number("verdict.received", received, &fill)];
    if let (Some(valid), Some(share)) = (lens.value("complaint.valid"), lens.value("complaint.valid_share")) {
        clauses.push(words.number("verdict.valid", valid, &[("share", &format::share(share, None))]));
    }
    if let Some((fact, value)) = lens.fact(cases.rate).and_then(|fact| Some((fact, fact.value?))) {
        let key = match fact.verdict {
            Verdict::Met => "verdict.rate_met",
            Verdict::Missed => "verdict.rate_missed",
            _ => "verdict.rate",
        };
        let (share, target) = (format::share(value, bound(fact).as_ref()), format::target(words, &fact.target));
        let (name, of) = (words.inside(cases.rate_title), fraction(fact));
        clauses.push(words.say(key, &[("name", &name), ("share", &share), ("fraction", &of), ("target", &target)]));
    }
    let now = format::date_until(words, lens.input.as_of);
    match lens.on_resolution(cases.subject, "complaint.overdue").value("complaint.overdue") {
        Some(overdue) if overdue >= 1.0 => clauses.push(words.number("verdict.overdue", overdue, &[("date", &now)])),
        Some(_) => clauses.push(words.say("verdict.none_overdue", &[("date", &now)])),
        None => {}
    }
    words.opening(&words.sentence(&clauses))
}

/// How many more or fewer than in the month before; nothing where either month is not whole.
fn against_previous(lens: &Lens<'_>) -> Option<String> {
    let before = lens.input.facts.compared(lens.fact("complaint.received")?).before?;
    let (words, delta) = (lens.words, before.difference?);
    Some(match delta {
        _ if delta > 0.0 => words.number("verdict.more", delta, &[]),
        _ if delta < 0.0 => words.number("verdict.fewer", -delta, &[]),
        _ => words.say("verdict.as_many", &[]),
    })
}

/// From a community's page to the group's; from the group's the table of communities leads on.
fn related(lens: &Lens<'_>, task: &PageTask) -> Vec<Link> {
    let group = lens.scope(&Scope::Group);
    if *lens.scope == Scope::Group || group.fact("complaint.received").is_none() {
        return Vec::new();
    }
    let href = relative(&task.path, &path_of("", lens.period, &Scope::Group, FILE));
    vec![Link { text: lens.words.say("frame.group_page", &[]), href }]
}

fn key_figures(lens: &Lens<'_>, cases: Cases<'_>) -> Section {
    section(lens.words, "key-figures", |section| {
        section.blocks.push(Block::Figures { figures: figures(lens, cases, true) });
    })
}

/// The key figures of complaints or repairs; `valid` only where validity is asked of such cases.
fn figures(lens: &Lens<'_>, cases: Cases<'_>, valid: bool) -> Vec<Figure> {
    const RECEIVED: &[&str] = &["received", "valid", "valid_share", "resolved_share"];
    let words = lens.words;
    let make = |ending: &str, label: String, compared: bool| {
        let against: &[_] = if compared { &MONTHS_BEFORE } else { &[] };
        figure(lens, Wanted { label: &label, metric: ending, amount: "amount.case", against })
    };
    let mut figures: Vec<Figure> = RECEIVED
        .iter()
        .filter(|ending| valid || !ending.starts_with("valid"))
        .map(|ending| make(&cases.metric(ending), words.say(&format!("figure.{ending}"), &[]), true))
        .collect();
    if !cases.rate.is_empty() {
        figures.push(make(cases.rate, cases.rate_title.to_owned(), true));
    }
    let (median, label) = median(lens, cases);
    figures.push(make(&median, label, true));
    // What is open was counted at the as-of moment: an earlier month's count of it is of the same moment, not of its own.
    figures.push(make(&cases.metric("open"), words.say("figure.open", &[]), false));
    figures.push(overdue(lens, cases.subject, &cases.metric("overdue")));
    if lens.fact(&cases.metric("open_at_end")).is_some() {
        figures.push(make(&cases.metric("open_at_end"), words.say("figure.open_at_end", &[]), true));
    }
    figures
}

/// The median of the first response, else of the time to resolution.
fn median(lens: &Lens<'_>, cases: Cases<'_>) -> (String, String) {
    let response = cases.metric("response.median");
    if lens.value(&response).is_some() {
        return (response, lens.words.say("figure.median_response", &[]));
    }
    (cases.metric("resolution.median"), lens.words.say("figure.median_resolution", &[]))
}

fn drivers(lens: &Lens<'_>, cases: Cases<'_>) -> Section {
    section(lens.words, "drivers", |section| {
        breakdown::pareto(section, lens, cases);
        breakdown::tables(section, lens, cases);
        times::add(section, lens, cases);
    })
}

/// What is still open of the month's cases, as of the as-of moment, and the stock at the end of the month.
fn open_sentences(lens: &Lens<'_>, cases: Cases<'_>) -> Vec<String> {
    let words = lens.words;
    let now = format::date_until(words, lens.input.as_of);
    let end = format::date_until(words, lens.input.as_of.min(lens.period.end()));
    let value = |ending: &str| lens.value(&cases.metric(ending));
    let some = value("received").is_none_or(|n| n >= 1.0);
    let open = value("open").filter(|_| some).map(|n| match n {
        n if n < 1.0 => words.say("open.all_closed", &[("date", &now)]),
        n => words.number("open.open", n, &[("date", &now)]),
    });
    let ruling = lens.on_resolution(cases.subject, &cases.metric("overdue"));
    let title = ruling.profile_title();
    let overdue = ruling
        .value(&cases.metric("overdue"))
        .filter(|_| some && value("open").is_none_or(|n| n >= 1.0))
        .map(|n| match n {
            n if n < 1.0 => words.say("open.no_overdue", &[("profile", title)]),
            n => words.number("open.overdue", n, &[("profile", title)]),
        });
    let stock = value("open_at_end").map(|n| words.number("open.open_at_end", n, &[("date", &end)]));
    [open, overdue, stock].into_iter().flatten().collect()
}

/// What is open, what of it is overdue, what came back, what is major.
fn open(lens: &Lens<'_>, cases: Cases<'_>) -> Section {
    let words = lens.words;
    section(words, "open", |section| {
        let sentences = open_sentences(lens, cases);
        section.text(if sentences.is_empty() { words.say("open.none", &[]) } else { words.sentences(&sentences) });
        let further: Vec<Figure> = ["repeat_share", "major", "per_1000_households", "compensation"]
            .iter()
            .filter(|ending| lens.fact(&cases.metric(ending)).is_some())
            .map(|ending| {
                let label = words.say(&format!("figure.{ending}"), &[]);
                let metric = cases.metric(ending);
                figure(lens, Wanted { label: &label, metric: &metric, amount: "amount.case", against: &MONTHS_BEFORE })
            })
            .collect();
        if !further.is_empty() {
            section.blocks.push(Block::Figures { figures: further });
        }
        if has(lens, &cases.metric("open"), Dimension::Age) {
            let mut table = Table::new(words, &format!("{}-open-age", cases.name), words.say("open.by_age", &[]))
                .words(words.say("dimension.age", &[]))
                .numbers(words.say("table.cases", &[]));
            for (age, fact) in lens.by(&cases.metric("open"), Dimension::Age) {
                table.row(vec![Cell::text(words.code("age", age)), Cell::fact(words, Some(fact))]);
            }
            section.table(table);
        }
    })
}

fn communities(lens: &Lens<'_>, task: &PageTask, cases: Cases<'_>) -> Option<Section> {
    if *lens.scope != Scope::Group {
        return None;
    }
    let words = lens.words;
    let labels: Vec<(String, String)> =
        ["received", "valid_share", "resolved_share", "open", "overdue", "per_1000_households"]
            .iter()
            .map(|ending| (words.say(&format!("figure.{ending}"), &[]), cases.metric(ending)))
            .collect();
    let ruling = lens.on_resolution(cases.subject, &cases.metric("overdue")).profile;
    let of = |metric: &str| metric.ends_with(".overdue").then_some(ruling);
    let mut shown: Vec<Shown<'_>> =
        labels.iter().map(|(label, metric)| Shown { label, metric, profile: of(metric) }).collect();
    if !cases.rate.is_empty() {
        shown.insert(2, Shown { label: cases.rate_title, metric: cases.rate, profile: None });
    }
    let table = communities::table(lens, Pages { from: &task.path, file: FILE }, &shown, |of| {
        of.fact("complaint.received").is_some()
    })?;
    Some(section(words, "communities", |section| section.table(table)))
}

fn repairs(lens: &Lens<'_>) -> Option<Section> {
    let lens = Lens::on(lens.input, Subject::Repair, lens.period, lens.scope)?;
    lens.value("repair.received").filter(|n| *n >= 1.0)?;
    let headline = Headline::of(&lens, Subject::Repair, "repair");
    let cases = headline.cases("repair", Subject::Repair);
    Some(section(lens.words, "repairs", |section| {
        section.blocks.push(Block::Figures { figures: figures(&lens, cases, false) });
        if has(&lens, "repair.received", Dimension::Category) {
            breakdown::pareto(section, &lens, cases);
        }
        if !headline.deadline.is_empty() {
            let mut inner = Section::new("repair-deadlines", String::new());
            deadlines::add(&mut inner, &lens, cases);
            section.blocks.append(&mut inner.blocks);
        }
    }))
}

/// The common notes, and what the headline rate leaves out and why.
fn page_notes(lens: &Lens<'_>, task: &PageTask, cases: Cases<'_>) -> Notes {
    let words = lens.words;
    let (valid, resolved) = (words.say("figure.valid_share", &[]), words.say("figure.resolved_share", &[]));
    let rates = [
        (valid.as_str(), lens.fact("complaint.valid_share")),
        (resolved.as_str(), lens.fact("complaint.resolved_share")),
        (cases.rate_title, lens.fact(cases.rate)),
    ];
    let mut notes = notes(lens, task, "complaint.received", &rates);
    let excluded = lens.exclusions(cases.rate, "amount.case");
    if !excluded.is_empty() {
        notes.items.push(words.say("notes.excluded", &[("name", cases.rate_title), ("reasons", &excluded)]));
    }
    if !excluded.is_empty() {
        notes.items.push(words.say("notes.excluded_cases", &[]));
    }
    notes
}
