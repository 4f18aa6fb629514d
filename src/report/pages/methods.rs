//! The methods page: every formula, clause, limit, calendar, exclusion and rule that this run used, as a document.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::explained::{doc_under, interval};
use super::super::procedure::entries;
use super::super::view::{Cell, Composed, Frame, Link, Section, Table, frame, model, relative};
use super::super::{PageTask, ReportInput, format, naming};
use super::{PageKind, Place};
use crate::clock::calendar::{Published, is_published, published};
use crate::clock::words::{described, precedence};
use crate::clock::working_time::WorkingTime;
use crate::metrics::fact::{Dimension, Scope};
use crate::metrics::metric::{DOC_HEADINGS, Interval};
use crate::moment::{Period, day_from_number, day_number};
use crate::profile::schema::{Profile, Subject};
use crate::records::directory::id_of_name;

/// The page's place.
pub(crate) const PATH: &str = "methods.html";

/// Profiles whose entries stand on the page itself; more have a page each.
const ON_THE_PAGE: usize = 6;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "methods.html", public: false, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Methods {
    frame: Frame,
    general_title: String,
    general: Vec<Term>,
    /// Which procedure rules what.
    heads: Vec<Section>,
    formulas_title: String,
    formulas: Vec<SubjectFormulas>,
    interval_title: String,
    intervals: Vec<String>,
    /// Exclusions and notes.
    left_out: Vec<Section>,
    calendar_title: String,
    calendar_intro: String,
    calendars: Vec<Calendar>,
    published: Vec<Term>,
    precedence: String,
    /// What each procedure says.
    profiles: Vec<Section>,
    profile_pages: Vec<Link>,
}

/// A heading and what there is to say under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Term {
    label: String,
    text: String,
}

/// The metrics of a subject, those of one formula together.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct SubjectFormulas {
    title: String,
    formulas: Vec<Formula>,
}

/// A formula and the metrics that follow it.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Formula {
    title: String,
    terms: Vec<Term>,
    used_by: String,
    metrics: Vec<Named>,
}

/// A metric with its procedure and clause, and its id.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Named {
    name: String,
    id: String,
}

/// A calendar in sentences.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Calendar {
    name: String,
    lines: Vec<String>,
}

fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let place = |path: String| Place { path, period: None, scope: Scope::Group };
    let own = used(input).into_iter().map(|profile| profile_path(&profile.name));
    let own = own.filter(|_| has_pages_of_profiles(input));
    std::iter::once(PATH.to_owned()).chain(own).map(place).collect()
}

/// The profiles of which there are facts, in the order in which they were named.
fn used<'a>(input: &ReportInput<'a>) -> Vec<&'a Profile> {
    let given: BTreeSet<&str> = input.facts.metrics().map(|(profile, _)| &**profile).collect();
    input.profiles.all.iter().filter(|profile| given.contains(profile.name.as_str())).collect()
}

fn has_pages_of_profiles(input: &ReportInput<'_>) -> bool {
    used(input).len() > ON_THE_PAGE
}

/// Name of a profile as an anchor and a file: its own where that is plain letters, else a hash of it.
pub(crate) fn anchor(name: &str) -> String {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_plain && !name.is_empty() { name.to_owned() } else { id_of_name(name).to_string() }
}

fn profile_path(name: &str) -> String {
    format!("methods/{}.html", anchor(name))
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let words = input.words;
    let say = |key: &str| words.say(key, &[]);
    if let Some(profile) = used(input).into_iter().find(|profile| task.path == profile_path(&profile.name)) {
        let section = of_profile(input, profile);
        let mut frame = frame(input, task, say("method.heading"), &section.title);
        frame.crumbs.push(Link { text: say("method.heading"), href: relative(&task.path, PATH) });
        return model(&Methods { profiles: vec![section], ..empty(frame) });
    }
    let split = has_pages_of_profiles(input);
    let profiles = used(input).into_iter().filter(|_| !split).map(|profile| of_profile(input, profile)).collect();
    let pages = used(input).into_iter().filter(|_| split).map(|profile| Link {
        text: words.say("method.profile_file", &[("profile", profile.title.in_language(words.language))]),
        href: relative(&task.path, &profile_path(&profile.name)),
    });
    let intervals = intervals(input);
    let (first, last) = years(input);
    let mut page = Methods {
        general_title: say("method.general_title"),
        general: general(input),
        heads: vec![heads(input)],
        formulas_title: say("method.formulas_title"),
        formulas: formulas(input),
        interval_title: if intervals.is_empty() { String::new() } else { say("method.interval_title") },
        intervals,
        left_out: left_out(input).into_iter().collect(),
        calendar_title: say("method.calendar_title"),
        calendar_intro: say("method.calendar_intro"),
        calendars: calendars(input),
        published: (first..=last).flat_map(|year| published_in(input, year)).collect(),
        precedence: precedence(input.language).to_owned(),
        profiles,
        profile_pages: pages.collect(),
        ..empty(frame(input, task, say("method.heading"), &say("method.subtitle")))
    };
    let link = |id: &str, text: &str| Link { text: text.to_owned(), href: format!("#{id}") };
    let mut contents = vec![link("general", &page.general_title)];
    contents.extend(page.heads.iter().map(Section::link));
    if !page.formulas.is_empty() {
        contents.push(link("formulas", &page.formulas_title));
    }
    if !page.intervals.is_empty() {
        contents.push(link("intervals", &page.interval_title));
    }
    contents.extend(page.left_out.iter().map(Section::link));
    contents.push(link("calendars", &page.calendar_title));
    contents.extend(page.profiles.iter().map(Section::link));
    page.frame.contents = contents;
    model(&page)
}

/// A page that says nothing yet.
fn empty(frame: Frame) -> Methods {
    Methods {
        frame,
        general_title: String::new(),
        general: Vec::new(),
        heads: Vec::new(),
        formulas_title: String::new(),
        formulas: Vec::new(),
        interval_title: String::new(),
        intervals: Vec::new(),
        left_out: Vec::new(),
        calendar_title: String::new(),
        calendar_intro: String::new(),
        calendars: Vec::new(),
        published: Vec::new(),
        precedence: String::new(),
        profiles: Vec::new(),
        profile_pages: Vec::new(),
    }
}

/// What holds whatever the procedure.
fn general(input: &ReportInput<'_>) -> Vec<Term> {
    const RULES: [&str; 9] =
        ["as_of", "period", "compared", "chance", "spread", "missing", "rounding", "small", "duplicates"];
    let words = input.words;
    let date = format::date_until(words, input.as_of);
    let term = |rule: &str| Term {
        label: words.say(&format!("method.rule_{rule}"), &[]),
        text: words.say(&format!("method.rule_{rule}_says"), &[("date", &date)]),
    };
    RULES.iter().map(|rule| term(rule)).collect()
}

/// Which procedure heads which subject, in single communities too.
fn heads(input: &ReportInput<'_>) -> Section {
    let words = input.words;
    let title = |profile: &Profile| profile.title.in_language(words.language).to_owned();
    let mut section = Section::new("procedures", words.say("method.heads_title", &[]));
    let mut table = Table::new(words, "heads", words.say("method.heads_caption", &[]))
        .words(words.say("method.subject", &[]))
        .words(words.say("method.head", &[]));
    for subject in [Subject::Complaint, Subject::Repair, Subject::Callback, Subject::Survey, Subject::Schedule] {
        let head = input.profiles.head(subject).map_or_else(
            || words.say("method.head_none", &[]),
            |head| words.say("method.profile_title", &[("profile", &title(head))]),
        );
        let own = input.profiles.communities.iter().filter_map(|(id, heads)| {
            let profile = input.profiles.named(heads.get(&subject)?)?;
            let name = input.communities.iter().find(|community| *community.id == **id);
            let name = name.map_or(id.as_str(), |community| &community.name);
            Some(words.say("method.head_community", &[("community", name), ("profile", &title(profile))]))
        });
        let own: Vec<String> = own.collect();
        let cell = Cell::text(head).detail(own.join(&words.say("join.semicolon", &[])));
        table.row(vec![Cell::text(naming::subject(words, subject)), cell]);
    }
    section.table(table);
    for profile in input.profiles.further.iter().filter_map(|name| input.profiles.named(name)) {
        section.text(words.say("method.head_further", &[("profile", &title(profile))]));
    }
    section
}

/// Formulas by subject; metrics of one documentation follow one formula.
fn formulas(input: &ReportInput<'_>) -> Vec<SubjectFormulas> {
    let words = input.words;
    let mut by_subject: BTreeMap<Subject, BTreeMap<&str, Vec<Named>>> = BTreeMap::new();
    for (profile, metric) in input.facts.metrics() {
        let Some(said) = input.metrics.get(metric) else { continue };
        // Repairs follow the formulas of complaints.
        let subject = match Subject::of_metric(metric) {
            Subject::Repair => Subject::Complaint,
            other => other,
        };
        let named = Named { name: metric_line(input, profile, metric), id: metric.to_string() };
        by_subject.entry(subject).or_default().entry(said.doc).or_default().push(named);
    }
    let join = words.say("join.list", &[]);
    by_subject
        .into_iter()
        .map(|(subject, by_doc)| {
            let names = match subject {
                Subject::Complaint => vec![Subject::Complaint, Subject::Repair],
                other => vec![other],
            };
            let names: Vec<String> = names.into_iter().map(|one| naming::subject(words, one)).collect();
            let mut formulas: Vec<Formula> =
                by_doc.into_iter().map(|(doc, metrics)| formula(input, doc, metrics)).collect();
            let rank = |of: &Formula| of.metrics.iter().map(|metric| naming::rank(&metric.id)).min();
            formulas.sort_by(|a, b| (rank(a), &a.title).cmp(&(rank(b), &b.title)));
            SubjectFormulas { title: names.join(&join), formulas }
        })
        .collect()
}

/// A metric with its procedure and clause: `首次响应：及时率（《顾客投诉处理程序》4.3.2）`.
fn metric_line(input: &ReportInput<'_>, profile: &str, metric: &str) -> String {
    let words = input.words;
    let subject = Subject::of_metric(metric);
    let named = input.profiles.named(profile);
    let deadline = named.and_then(|profile| {
        let id = metric.split('.').nth(1).filter(|_| subject.is_case())?;
        profile.deadlines_of(subject).find(|deadline| deadline.id == id)
    });
    let clause = deadline
        .map_or_else(|| named.map_or("", |profile| profile.clause_of(metric)), |deadline| deadline.clause.as_str());
    let title = named.map_or(profile, |profile| profile.title.in_language(words.language));
    let of = words.say("card.clause_of", &[("profile", title), ("clause", clause)]);
    let name = naming::metric(input, profile, metric);
    words.say("method.metric", &[("name", &name), ("of", of.trim_end_matches([' ', ',']))])
}

fn formula(input: &ReportInput<'_>, doc: &str, metrics: Vec<Named>) -> Formula {
    let words = input.words;
    let [what, formula, denominator, unit, missing, _, example] = &DOC_HEADINGS;
    let terms = [
        ("method.formula", formula),
        ("method.denominator", denominator),
        ("method.unit", unit),
        ("method.missing", missing),
        ("method.example", example),
    ];
    let terms = terms
        .into_iter()
        .map(|(key, heading)| Term { label: words.say(key, &[]), text: doc_under(doc, heading, words.language) });
    Formula {
        title: doc_under(doc, what, words.language),
        terms: terms.filter(|term| !term.text.is_empty()).collect(),
        used_by: words.say("method.used_by", &[]),
        metrics,
    }
}

/// How the intervals of this run are computed.
fn intervals(input: &ReportInput<'_>) -> Vec<String> {
    let kinds = [Interval::Endless, Interval::Households];
    let used = |kind: &Interval| input.metrics.values().any(|metric| metric.interval == *kind);
    kinds.iter().filter(|kind| used(kind)).map(|kind| interval(*kind).in_language(input.language).to_owned()).collect()
}

/// The reasons of exclusion and the notes that facts of this run bear, with their meaning.
fn left_out(input: &ReportInput<'_>) -> Option<Section> {
    let words = input.words;
    let mut reasons: BTreeSet<&str> = BTreeSet::new();
    let mut notes: BTreeSet<&str> = BTreeSet::new();
    for fact in input.facts.all() {
        if let Some((Dimension::Excluded, reason)) = &fact.key.dimension {
            reasons.insert(reason);
        }
        if !fact.note.is_empty() {
            notes.extend(fact.note.split_whitespace());
        }
    }
    if reasons.is_empty() && notes.is_empty() {
        return None;
    }
    let mut section = Section::new("left-out", words.say("method.excluded_title", &[]));
    let kinds = [
        ("reasons", "method.excluded", "method.excluded_caption", ["excluded", "excluded_meaning"], reasons),
        ("marks", "method.mark", "method.marks_caption", ["note_code", "note_meaning"], notes),
    ];
    for (id, head, caption, [name, meaning], codes) in kinds {
        let mut table = Table::new(words, id, words.say(caption, &[]))
            .words(words.say(head, &[]))
            .words(words.say("method.excluded_meaning", &[]));
        for code in codes {
            table.row(vec![Cell::text(words.code(name, code)), Cell::text(words.code(meaning, code))]);
        }
        if !table.rows.is_empty() {
            section.table(table);
        }
    }
    Some(section)
}

/// Each calendar with the communities that go by it.
fn calendars(input: &ReportInput<'_>) -> Vec<Calendar> {
    let words = input.words;
    let all = input.clocks.all();
    let name = |place: usize, clock: &WorkingTime| {
        if all.len() == 1 {
            return words.say("method.calendar_all", &[]);
        }
        if place == 0 {
            return words.say("method.calendar_others", &[]);
        }
        let own = input.communities.iter().zip(0..).filter(|(_, code)| std::ptr::eq(input.clocks.of(*code), clock));
        words.list(&own.map(|(community, _)| community.name.to_string()).collect::<Vec<_>>())
    };
    let calendar = |(place, clock): (usize, &WorkingTime)| Calendar {
        name: words.say("method.calendar_for", &[("names", &name(place, clock))]),
        lines: described(clock.week(), input.language),
    };
    all.iter().enumerate().map(calendar).collect()
}

/// First and last year of the facts.
fn years(input: &ReportInput<'_>) -> (i32, i32) {
    let mut years: Vec<i32> = Vec::new();
    for (profile, metric) in input.facts.metrics() {
        let facts = input.facts.of_metric(profile, metric);
        years.extend(
            facts.iter().filter(|fact| matches!(fact.key.period, Period::Year(_))).map(|fact| fact.key.period.year()),
        );
        years.dedup();
    }
    let last = Period::of_month_number(crate::moment::month_number(crate::moment::date_of(input.as_of - 1))).year();
    let first = years.iter().copied().min().unwrap_or(last);
    // A date that somebody mistyped must not make a page of empty years.
    (first.max(last - 9).min(last), last)
}

/// Days off and make-up days of a year, as published.
fn published_in(input: &ReportInput<'_>, year: i32) -> Vec<Term> {
    let words = input.words;
    let year_text = year.to_string();
    let fill = [("year", year_text.as_str())];
    if !is_published(year) {
        return vec![Term { label: year_text.clone(), text: words.say("method.calendar_none", &fill) }];
    }
    let day = |month: u32, day: u32| chrono::NaiveDate::from_ymd_opt(year, month, day).map_or(0, day_number);
    let days = |kind: Published| -> String {
        let days: Vec<i64> = (day(1, 1)..=day(12, 31)).filter(|day| published(*day) == Some(kind)).collect();
        let stretches = days.chunk_by(|a, b| a + 1 == *b).map(|days| {
            let date = |day: i64| day_from_number(day).format("%m-%d").to_string();
            match days {
                [first, .., last] => {
                    words.say("method.calendar_range", &[("first", &date(*first)), ("last", &date(*last))])
                }
                _ => days.first().map(|day| date(*day)).unwrap_or_default(),
            }
        });
        words.list(&stretches.collect::<Vec<_>>())
    };
    [("method.calendar_holidays", Published::Holiday), ("method.calendar_make_up", Published::MakeUpDay)]
        .into_iter()
        .map(|(key, kind)| Term { label: words.say(key, &fill), text: days(kind) })
        .filter(|term| !term.text.is_empty())
        .collect()
}

/// What a procedure says, entry by entry.
fn of_profile(input: &ReportInput<'_>, profile: &Profile) -> Section {
    let words = input.words;
    let title = words.say("method.profile_title", &[("profile", profile.title.in_language(words.language))]);
    let mut section = Section::new(&anchor(&profile.name), title);
    for table in entries::tables(input, profile) {
        section.table(table);
    }
    section
}
