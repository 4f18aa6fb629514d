//! The monthly publication: how many complaints came in, what they were about, how many are settled and how fast, how many are
//! open. One sheet for the wall of each community, and one of all communities.
//!
//! Made where a procedure in force asks for it, of months that are over.

use std::collections::BTreeSet;

use super::super::chart::number;
use super::super::chart::text::width;
use super::super::lens::{Lens, bound};
use super::super::parts::deadlines;
use super::super::parts::sheet::{self, Sheet, SheetRow};
use super::super::view::{Composed, frame, model, scope_name};
use super::super::wall::disclosure::complaints::{Matters, matters};
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, occurring, path_of};
use crate::metrics::fact::{Dimension, Scope};
use crate::metrics::lists::suggestions::Made;
use crate::moment::Period;
use crate::profile::schema::Subject;

/// Name of the page's file.
const FILE: &str = "complaint-publication.html";

/// Id of the duty to publish.
const DUTY: &str = "monthly_publication";

/// Below so many cases a rate or a median tells of single ones.
const FEWEST: f64 = 5.0;

/// Matters taken together that are named; width of a name in a sentence and of all of them, in em.
const NAMED: usize = 8;
const LONGEST_NAME: f64 = 16.0;
const LONGEST_LIST: f64 = 52.0;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: true, plan, compose };

fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let is_asked = input.profiles.all.iter().flat_map(|profile| &profile.duties).any(|duty| duty.id == DUTY);
    if !is_asked {
        return Vec::new();
    }
    occurring(input, Subject::Complaint, "complaint.received")
        .into_iter()
        .filter(|(period, scope)| {
            matches!(period, Period::Month(..)) && period.end() <= input.as_of && scope.id() != "none"
        })
        .map(|(period, scope)| Place { path: path_of("public/", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Month(1970, 1));
    Lens::on(input, Subject::Complaint, period, &task.scope).map(|lens| model(&page(&lens, task))).unwrap_or_default()
}

fn page(lens: &Lens<'_>, task: &PageTask) -> Sheet {
    let words = lens.words;
    let say = |key| words.say(key, &[]);
    let is_group = *lens.scope == Scope::Group;
    let scope = if is_group { say("notice.all") } else { scope_name(lens.input, lens.scope) };
    let place = sheet::place(words, &scope, &format::period(words, lens.period));
    let mut frame = frame(lens.input, task, say("publication.title"), &place);
    frame.crumbs.clear();
    let received = lens.value("complaint.received").unwrap_or(0.0);
    let (counts, withheld) = if is_group { (by_community(lens), None) } else { by_matter(lens) };
    let open = lens.value("complaint.open").unwrap_or(0.0);
    let mut sheet = Sheet {
        frame,
        organisation: lens.input.organisation.to_owned(),
        headline: say("publication.headline"),
        place,
        figure: words.number("publication.figure", received, &[]),
        figure_label: say("publication.figure_label"),
        figure_sentence: settled(lens, received),
        said: [Some(handled(lens, received)), suggestions(lens)].into_iter().flatten().collect(),
        rows_title: say(if is_group { "publication.by_community" } else { "publication.by_category" }),
        row_heading: say(if is_group { "publication.community" } else { "publication.category" }),
        value_heading: say("publication.case"),
        rows: rows(lens, &counts),
        label_width: String::new(),
        more: String::new(),
        notes: withheld.into_iter().chain((open > 0.0).then(|| say("publication.next"))).collect(),
        questions: sheet::questions(words),
        signature: sheet::signature(words),
    };
    let whole = sheet.rows.clone();
    sheet = sheet.fitted(words, "sheet.more");
    // What has no room has a row in common: the rows sum up to the number above.
    if sheet.rows.len() < whole.len() {
        sheet.rows = rows(lens, &with_rest(lens, counts, sheet.rows.len()));
        sheet.more.clear();
    }
    sheet
}

/// The first rows, and all others in one.
fn with_rest(lens: &Lens<'_>, mut counts: Vec<(String, f64)>, taken: usize) -> Vec<(String, f64)> {
    let rest = counts.split_off(taken.min(counts.len()));
    let label = if *lens.scope == Scope::Group {
        lens.words.number("publication.other_communities", number(rest.len()), &[])
    } else {
        lens.words.say("publication.other", &[])
    };
    counts.push((label, rest.iter().map(|(_, n)| n).sum()));
    counts
}

/// Settled and open; that the register tells of neither where it does not.
fn settled(lens: &Lens<'_>, received: f64) -> String {
    let words = lens.words;
    let clauses: Vec<String> = [("complaint.resolved", "publication.resolved"), ("complaint.open", "publication.open")]
        .into_iter()
        .filter_map(|(metric, key)| Some(words.number(key, lens.value(metric)?, &[])))
        .collect();
    if received >= 1.0 && clauses.is_empty() {
        return words.say("publication.untold_all", &[]);
    }
    clauses.join(&words.say("join.clause", &[]))
}

/// In what time, how many are overdue, and up to when this was counted.
fn handled(lens: &Lens<'_>, received: f64) -> String {
    let words = lens.words;
    if received < 1.0 {
        return words.say("publication.nothing", &[]);
    }
    let open = lens.value("complaint.open").unwrap_or(0.0);
    // Where some of the open ones cannot be judged, nobody says that none is overdue.
    let judged = lens.on_resolution(Subject::Complaint, "complaint.overdue").fact("complaint.overdue");
    let overdue = judged.filter(|_| open > 0.0).and_then(|fact| match fact.value? {
        n if n > 0.0 => Some(words.number("publication.overdue", n, &[])),
        _ => (fact.excluded == 0).then(|| words.say("publication.none_overdue", &[])),
    });
    let on_time = deadlines::headline(lens, Subject::Complaint, "complaint").and_then(|deadline| {
        let fact = lens.fact(&format!("complaint.{}.on_time", deadline.id))?;
        let share = format::share(fact.value?, bound(fact).as_ref());
        let title = deadline.title.in_language(words.language);
        (fact.denominator? >= FEWEST)
            .then(|| words.say("publication.on_time", &[("deadline", title), ("share", &share)]))
    });
    let median = lens.fact("complaint.resolution.median").and_then(|fact| {
        let time = format::duration(words, fact.value?);
        (fact.denominator? >= FEWEST).then(|| words.say("publication.median", &[("time", &time)]))
    });
    let as_of = sheet::as_of(words, lens.input.as_of);
    // A register without a column for it does not tell what became of a complaint.
    let told =
        lens.value("complaint.resolved").zip(lens.value("complaint.open")).map(|(resolved, open)| resolved + open);
    let untold = told.map(|told| received - told).filter(|n| *n > 0.0);
    let untold = untold.map(|n| words.number("publication.untold", n, &[]));
    let clauses = untold.into_iter().chain(on_time).chain(median).chain(overdue).chain([as_of]);
    words.opening(&words.sentence(&clauses.collect::<Vec<_>>()))
}

/// What they were about, as far as that tells of no household, and a sentence on what is taken together.
fn by_matter(lens: &Lens<'_>) -> (Vec<(String, f64)>, Option<String>) {
    let words = lens.words;
    let all = lens.by("complaint.received", Dimension::Category).into_iter();
    let (nameless, by_name): (Vec<_>, Vec<_>) = all
        .map(|(name, fact)| (name.to_owned(), fact.value.unwrap_or(0.0)))
        .partition(|(name, _)| name.is_empty() || name == "none");
    let nameless: f64 = nameless.iter().map(|(_, n)| n).sum();
    if by_name.iter().all(|(_, n)| *n < 1.0) && lens.value("complaint.received").is_some_and(|n| n >= 1.0) {
        return (Vec::new(), Some(words.say("publication.no_matters", &[])));
    }
    let names: BTreeSet<String> = by_name.iter().filter(|(_, n)| *n > 0.0).map(|(name, _)| name.clone()).collect();
    let Matters { shown, rest } = matters(by_name, nameless);
    // By name, not by number: the order tells nothing.
    let folded: Vec<&str> =
        names.iter().map(String::as_str).filter(|name| shown.iter().all(|(shown, _)| shown != name)).collect();
    let withheld = (!folded.is_empty()).then(|| {
        let key = if shown.is_empty() { "publication.withheld_all" } else { "publication.withheld" };
        let room = named(&folded);
        let mut listed = words.names(&folded[..room]);
        if folded.len() > room {
            listed = words.number("publication.matters", number(folded.len()), &[("matters", &listed)]);
        }
        words.say(key, &[("matters", &listed)])
    });
    if shown.is_empty() {
        return (Vec::new(), withheld);
    }
    let other = (rest > 0.0).then(|| (words.say("publication.other", &[]), rest));
    (shown.into_iter().chain(other).collect(), withheld)
}

/// How many of the matters taken together are named: as many as two or three lines take.
fn named(matters: &[&str]) -> usize {
    let mut taken = 0.0;
    let fitting = matters.iter().take(NAMED).take_while(|name| {
        taken += width(name).min(LONGEST_NAME) + 1.0;
        taken <= LONGEST_LIST
    });
    fitting.count().max(1)
}

/// How many each community had; those without a community last.
fn by_community(lens: &Lens<'_>) -> Vec<(String, f64)> {
    let scopes = lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Community(id) if &**id != "none"));
    let mut all: Vec<(String, f64)> = scopes
        .filter_map(|scope| Some((scope_name(lens.input, scope), lens.scope(scope).value("complaint.received")?)))
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let none = Scope::Community("none".into());
    let unnamed = lens.scope(&none).value("complaint.received").filter(|n| *n > 0.0);
    all.extend(unnamed.map(|n| (scope_name(lens.input, &none), n)));
    all
}

fn rows(lens: &Lens<'_>, all: &[(String, f64)]) -> Vec<SheetRow> {
    let most = all.iter().map(|(_, n)| *n).fold(1.0, f64::max);
    all.iter().map(|(name, n)| SheetRow::new(name, n / most, lens.words.number("amount.case", *n, &[]))).collect()
}

/// How many suggestions callbacks and visits of the month brought.
fn suggestions(lens: &Lens<'_>) -> Option<String> {
    let community = lens.input.communities.iter().position(|community| &*community.id == lens.scope.id());
    let community = community.and_then(|at| u32::try_from(at).ok());
    let is_own = |code: u32| *lens.scope == Scope::Group || Some(code) == community;
    let all = &lens.input.lists.suggestions;
    let n =
        all.iter().filter(|one| one.made != Made::Survey && one.period == lens.period && is_own(one.community)).count();
    let words = lens.words;
    (n > 0).then(|| words.sentence(&[words.number("publication.suggestions", number(n), &[])]))
}
