//! The open letter after a survey round: what most opinions were about, and what is answered.
//!
//! An answer is printed only where it stands in the register of promises; else there are lines to fill in. A promise whose text
//! names somebody is not printed and the run says so. The letter for the wall has no line for the approval; where a procedure asks
//! for one, a copy for management has it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::chart::text::shortened;
use super::super::lens::{Lens, bound};
use super::super::parts::sheet::{self, Signature};
use super::super::view::{Composed, Frame, frame, model, scope_name};
use super::super::wall::WallBreach;
use super::super::wall::disclosure::Round;
use super::super::{PageTask, ReportInput, format};
use super::survey_notice::Printed;
use super::{PageKind, Place, path_of, survey_rounds};
use crate::metrics::fact::Scope;
use crate::metrics::lists::suggestions::Made;
use crate::metrics::register::{Commitment, Kind};
use crate::moment::Period;
use crate::profile::schema::{Duty, Profile, Subject};
use crate::records::store::NO_NAME;

/// Name of the files.
const FILE: &str = "open-letter.html";
const COPY_FILE: &str = "open-letter-copy.html";

/// Id of the duty to write one.
const DUTY: &str = "open_letter";

/// Items and topics that a letter answers, and promises that it prints: they fill two pages.
const MOST_ITEMS: usize = 4;
const MOST_TOPICS: usize = 3;
const MOST_PROMISES: usize = 9;

/// Longest promise, in em: two lines and a half.
const LONGEST: f64 = 76.0;

/// Fewest suggestions on one department's work that are told.
const FEWEST: usize = 5;

/// Lines to fill in where no promise is recorded.
const BLANKS: usize = 2;

/// The letter for the wall.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: true, plan, compose };

/// The copy for approval.
pub(crate) const COPY: PageKind = PageKind { template: COPY_FILE, public: false, plan: plan_copy, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct OpenLetter {
    frame: Frame,
    organisation: String,
    heading: String,
    place: String,
    salutation: String,
    paragraphs: Vec<String>,
    answers_title: String,
    answers: Vec<Answer>,
    closing: String,
    signature: Signature,
    approval: Option<Approval>,
}

/// What is answered, and how; without promises there are lines to fill in.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Answer {
    title: String,
    promises: Vec<Promised>,
    blank: String,
    blanks: Vec<()>,
}

/// A recorded promise.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Promised {
    text: String,
    detail: String,
}

/// Lines of approval, on the copy only.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Approval {
    title: String,
    clause: String,
    label: String,
    date: String,
    note: String,
}

fn places<'a>(input: &'a ReportInput<'_>, folder: &'a str, file: &'a str) -> impl Iterator<Item = Place> + 'a {
    survey_rounds(input)
        .into_iter()
        .filter(|(_, scope)| matches!(scope, Scope::Community(id) if &**id != "none"))
        .map(move |(period, scope)| Place { path: path_of(folder, period, &scope, file), period: Some(period), scope })
}

fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    places(input, "public/", FILE).collect()
}

fn plan_copy(input: &ReportInput<'_>) -> Vec<Place> {
    if duty(input).is_some() { places(input, "", COPY_FILE).collect() } else { Vec::new() }
}

/// The duty to write an open letter, where a procedure in force has it.
fn duty<'a>(input: &'a ReportInput<'_>) -> Option<(&'a Profile, &'a Duty)> {
    let mut all = input.profiles.all.iter().flat_map(|profile| profile.duties.iter().map(move |duty| (profile, duty)));
    all.find(|(_, duty)| duty.id == DUTY)
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Year(0));
    let round = input.wall.round(input, period);
    let Some((lens, round)) = Lens::on(input, Subject::Survey, period, &task.scope).zip(round) else {
        return Composed::default();
    };
    let (letter, left_out) = page(&lens, round, task);
    // The copy repeats the letter: what was left out is told once.
    Composed { left_out: if task.is_public() { left_out } else { Vec::new() }, ..model(&letter) }
}

fn page(lens: &Lens<'_>, round: &Round, task: &PageTask) -> (OpenLetter, Vec<WallBreach>) {
    let words = lens.words;
    let say = |key| words.say(key, &[]);
    let period = format::period(words, lens.period);
    let place = sheet::place(words, &scope_name(lens.input, lens.scope), &period);
    let mut frame = frame(lens.input, task, say("letter.heading"), &place);
    if task.is_public() {
        frame.crumbs.clear();
    }
    let printed = Printed::of(lens, round);
    let (answers, left_out) = answers(lens, &printed, task);
    let letter = OpenLetter {
        frame,
        organisation: shortened(lens.input.organisation, 60.0),
        heading: say("letter.heading"),
        place,
        salutation: say("letter.salutation"),
        paragraphs: paragraphs(lens, &printed, &period),
        answers_title: say("letter.answer"),
        answers,
        closing: say("letter.closing"),
        signature: sheet::signature(words),
        approval: (!task.is_public()).then(|| approval(lens)).flatten(),
    };
    (letter, left_out)
}

fn approval(lens: &Lens<'_>) -> Option<Approval> {
    let words = lens.words;
    let (profile, duty) = duty(lens.input)?;
    let title = profile.title.in_language(words.language);
    Some(Approval {
        title: words.say("letter.approval_title", &[]),
        clause: words.say("letter.approval_clause", &[("profile", title), ("clause", &duty.clause)]),
        label: words.say("letter.approval", &[]),
        date: words.say("sheet.date", &[]),
        note: words.say("letter.copy_note", &[]),
    })
}

/// What was asked, how many answered, and what most opinions were about.
fn paragraphs(lens: &Lens<'_>, printed: &Printed<'_>, period: &str) -> Vec<String> {
    let words = lens.words;
    let mut opening = vec![words.say("letter.opening", &[("period", period)])];
    opening.extend(printed.returned.map(|n| words.number("letter.returned", n, &[])));
    opening.extend(printed.overall.and_then(|fact| {
        let share = format::share(fact.value?, bound(fact).as_ref());
        Some(words.say("letter.overall", &[("share", &share)]))
    }));
    let below = printed.below(lens);
    let names: Vec<&str> = below.iter().take(MOST_ITEMS).map(|(item, _)| *item).collect();
    let mut main = Vec::new();
    if !names.is_empty() {
        main.push(words.say("letter.items", &[("items", &words.names(&names))]));
    } else if let Some(fact) = printed.overall.filter(|fact| !fact.target.is_empty() && !printed.items.is_empty()) {
        main.push(words.say("letter.items_none", &[("target", &format::target(words, &fact.target))]));
    }
    let topics: Vec<String> = topics(lens)
        .iter()
        .map(|(department, n)| {
            let name = department_name(lens.input, *department);
            words.number("letter.topic", super::super::chart::number(*n), &[("department", &name)])
        })
        .collect();
    if !topics.is_empty() {
        main.push(words.say("letter.topics", &[("topics", &words.list(&topics))]));
    }
    if printed.is_short {
        main.push(words.say("letter.withheld", &[]));
    }
    [words.sentences(&opening), words.sentences(&main)].into_iter().filter(|text| !text.is_empty()).collect()
}

/// Departments on whose work many suggestions were written on the forms, the most first.
fn topics(lens: &Lens<'_>) -> Vec<(u32, usize)> {
    let community = community_code(lens);
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for one in &lens.input.lists.suggestions {
        let is_own = one.made == Made::Survey && one.period == lens.period && Some(one.community) == community;
        if is_own && one.department != NO_NAME {
            *counts.entry(one.department).or_default() += 1;
        }
    }
    let mut topics: Vec<(u32, usize)> = counts.into_iter().filter(|(_, n)| *n >= FEWEST).collect();
    topics.sort_by_key(|(department, n)| (std::cmp::Reverse(*n), *department));
    topics.truncate(MOST_TOPICS);
    topics
}

fn community_code(lens: &Lens<'_>) -> Option<u32> {
    let at = lens.input.communities.iter().position(|community| &*community.id == lens.scope.id())?;
    u32::try_from(at).ok()
}

fn department_name(input: &ReportInput<'_>, code: u32) -> String {
    input.departments.get(code as usize).map(|department| shortened(&department.name, 20.0)).unwrap_or_default()
}

/// An answer to each of the lowest items and to each topic, then the promises that belong to none of them.
fn answers(lens: &Lens<'_>, printed: &Printed<'_>, task: &PageTask) -> (Vec<Answer>, Vec<WallBreach>) {
    let words = lens.words;
    let (mut promises, left_out) = promises(lens, task);
    promises.truncate(MOST_PROMISES);
    let mut take = |belongs: &dyn Fn(&Commitment) -> bool| -> Vec<Promised> {
        let (own, others): (Vec<_>, Vec<_>) = promises.drain(..).partition(|one| belongs(one));
        promises = others;
        own.into_iter().map(|one| promised(lens, one)).collect()
    };
    let mut answers = Vec::new();
    for (item, fact) in printed.below(lens).into_iter().take(MOST_ITEMS) {
        let department = lens.input.lists.item_departments.get(item).copied().unwrap_or(NO_NAME);
        let own = take(&|one| one.text.contains(item) || department != NO_NAME && one.department == department);
        let share = fact.value.map(|value| format::share(value, bound(fact).as_ref())).unwrap_or_default();
        let item = shortened(item, 30.0);
        answers.push(answer(lens, words.say("letter.item_rate", &[("item", &item), ("share", &share)]), own));
    }
    for (department, _) in topics(lens) {
        let own = take(&|one| one.department == department);
        answers.push(answer(lens, department_name(lens.input, department), own));
    }
    let others = take(&|_| true);
    if !others.is_empty() || answers.is_empty() {
        let key = if answers.is_empty() { "letter.topics_title" } else { "letter.other" };
        answers.push(answer(lens, words.say(key, &[]), others));
    }
    (answers, left_out)
}

fn answer(lens: &Lens<'_>, title: String, promises: Vec<Promised>) -> Answer {
    let blanks = if promises.is_empty() { BLANKS } else { 0 };
    Answer { title, promises, blank: lens.words.say("letter.blank", &[]), blanks: vec![(); blanks] }
}

/// The promises of the round to this community or to all, and those that may not be printed.
fn promises<'a>(lens: &Lens<'a>, task: &PageTask) -> (Vec<&'a Commitment>, Vec<WallBreach>) {
    let input = lens.input;
    let community = community_code(lens);
    let is_own = |one: &&Commitment| {
        one.kind == Kind::Promise
            && one.period == Some(lens.period)
            && (one.community == NO_NAME || Some(one.community) == community)
    };
    let mut printable = Vec::new();
    let mut left_out = Vec::new();
    for one in input.lists.commitments.iter().filter(is_own) {
        match input.wall.guard.breach(&one.text) {
            None => printable.push(one),
            Some((rule, found)) => {
                let sheet = input.sources.get(one.source as usize);
                let file = sheet.and_then(|sheet| input.files.get(sheet.file as usize)).map_or("", String::as_str);
                let name = sheet.map_or("", |sheet| sheet.sheet.as_str());
                let place = format!("{file} {name} #{}", u64::from(one.row) + 1);
                left_out.push(WallBreach { path: task.path.clone(), rule, place, found });
            }
        }
    }
    (printable, left_out)
}

fn promised(lens: &Lens<'_>, one: &Commitment) -> Promised {
    let words = lens.words;
    let department = department_name(lens.input, one.department);
    let mut details = Vec::new();
    if !department.is_empty() {
        details.push(words.say("letter.department", &[("department", &department)]));
    }
    if let Some(due) = one.due {
        // A date reads as the day before whose 24:00 it is.
        let day = due.seconds.div_euclid(crate::moment::DAY) + 1;
        details.push(words.say("letter.due", &[("date", &format::date_until(words, day * crate::moment::DAY))]));
    }
    details.push(words.say(if one.is_done { "letter.state_done" } else { "letter.state_open" }, &[]));
    Promised { text: shortened(&one.text, LONGEST), detail: details.join(&words.say("join.semicolon", &[])) }
}
