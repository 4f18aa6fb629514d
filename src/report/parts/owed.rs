//! Tables of what is owed: duties, promises and measures, and what is overdue or falls due soon.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ReportInput;
use super::super::format;
use super::super::mask::masked;
use super::super::view::{Cell, Form, Number, Table, scope_name};
use super::super::words::Words;
use super::todo;
use crate::metrics::fact::Scope;
use crate::metrics::lists::owed::{Owed, What};
use crate::metrics::outcome::Outcome;
use crate::metrics::register::{Commitment, Kind};
use crate::metrics::runner::ScopeCode;
use crate::metrics::schedule::DutyInstance;
use crate::moment::{Moment, Seconds};
use crate::origin::SourceId;
use crate::profile::schema::{Duty, Subject};
use crate::records::store::NO_NAME;

/// Rows of a list on a page; the rest stands in the data files. A page of so many rows stays under 400 kB.
pub(crate) const MOST: usize = 500;

/// Instances of one duty and owner that stand one by one; more are summed up in one row.
const ONE_BY_ONE: usize = 6;

/// The scope of whom a duty is owed by.
pub(crate) fn scope_of(input: &ReportInput<'_>, code: ScopeCode) -> Scope {
    match code {
        ScopeCode::Group => Scope::Group,
        ScopeCode::Community(code) => Scope::Community(community_id(input, code)),
        ScopeCode::Department(code) => Scope::Department(department_id(input, code)),
    }
}

fn community_id(input: &ReportInput<'_>, code: u32) -> std::sync::Arc<str> {
    input.communities.get(code as usize).map_or_else(|| "none".into(), |known| known.id.clone())
}

/// Id of a department's pages.
pub(crate) fn department_id(input: &ReportInput<'_>, code: u32) -> std::sync::Arc<str> {
    input.departments.get(code as usize).map_or_else(|| "none".into(), |known| known.id.clone())
}

/// Name of a community; a dash for none.
pub(crate) fn community(input: &ReportInput<'_>, code: u32) -> Cell {
    let known = input.communities.get(code as usize);
    known.map_or_else(Cell::absent, |known| Cell::text(&*known.name))
}

/// Name of a department, or that none is named.
pub(crate) fn department_name(input: &ReportInput<'_>, code: u32) -> String {
    let known = input.departments.get(code as usize);
    known.map_or_else(|| input.words.say("scope.no_department", &[]), |known| known.name.to_string())
}

fn department(input: &ReportInput<'_>, code: u32) -> Cell {
    let known = input.departments.get(code as usize);
    known.map_or_else(Cell::absent, |known| Cell::text(&*known.name))
}

/// Style of a cell with a date: it stays on one line.
const DAY: &str = "day";

/// Profile, duty and who owes it.
type Owner<'a> = (&'a str, &'a str, ScopeCode);

/// The duties, those first that are due and not done; each by who owes it where `with_owner`.
pub(crate) fn duties(
    input: &ReportInput<'_>,
    (id, caption): (&str, String),
    list: &[&DutyInstance],
    with_owner: bool,
) -> Table {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut table = Table::new(words, id, caption).words(say("duty.what"));
    if with_owner {
        table = table.words(say("duty.owner"));
    }
    table = table.words(say("duty.period")).words(say("duty.due")).words(say("duty.done")).words(say("duty.state"));
    let mut groups: Vec<(Owner<'_>, Vec<&DutyInstance>)> = Vec::new();
    for duty in list {
        let key = (&*duty.profile, &*duty.duty, duty.owner);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, own)) => own.push(duty),
            None => groups.push((key, vec![duty])),
        }
    }
    groups.sort_by_key(|(_, own)| own.iter().map(|one| urgency(one.outcome)).min());
    for ((profile, duty, owner), own) in groups {
        let title = duty_title(input, profile, duty);
        let mut name = vec![Cell::text(title).detail(todo::clause(input, profile, &own[0].clause))];
        if with_owner {
            name.push(Cell::text(scope_name(input, &scope_of(input, owner))));
        }
        if own.len() > ONE_BY_ONE {
            let rest =
                [Cell::text(words.number("duty.times", count(own.len()), &[])), Cell::default(), Cell::default()];
            table.row(name.into_iter().chain(rest).chain([summed(words, &own)]).collect());
            continue;
        }
        for one in own {
            let rest = [
                Cell::text(duty_period(words, one)),
                one.due.map_or_else(Cell::absent, |due| Cell::text(due_text(words, due)).state(DAY)),
                one.done.map_or_else(Cell::absent, |done| Cell::text(moment(words, done)).state(DAY)),
                duty_state(words, one, input.as_of),
            ];
            table.row(name.iter().cloned().chain(rest).collect());
        }
    }
    table.empty = say("duty.none");
    table
}

/// What is due and not done comes first, what was done in time last.
fn urgency(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::LateOpen => 0,
        Outcome::NotDue => 1,
        Outcome::Late => 2,
        Outcome::OnTime => 4,
        _ => 3,
    }
}

/// Title of a profile's duty.
pub(crate) fn duty_title(input: &ReportInput<'_>, profile: &str, duty: &str) -> String {
    let found = |known: &Duty| known.id == duty;
    let title = input.profiles.named(profile).and_then(|profile| profile.duties.iter().find(|known| found(known)));
    title.map_or_else(|| duty.to_owned(), |known| known.title.in_language(input.language).to_owned())
}

fn duty_period(words: &Words, of: &DutyInstance) -> String {
    crate::moment::Period::parse(&of.label())
        .map_or_else(|| of.label().replace('/', " – "), |period| format::period(words, period))
}

/// A due moment in words: of 24:00 the date alone.
pub(crate) fn due_text(words: &Words, due: Seconds) -> String {
    if due.rem_euclid(crate::moment::DAY) == 0 {
        format::date_until(words, due)
    } else {
        moment(words, Moment { seconds: due, date_only: false })
    }
}

/// A moment, to the minute; a date alone where that is all that was written.
pub(crate) fn moment(words: &Words, at: Moment) -> String {
    let date = format::date_until(words, at.seconds + 1);
    if at.date_only {
        return date;
    }
    words.say("date_time", &[("date", &date), ("time", &crate::moment::written(at.seconds)[11..16])])
}

fn count(n: usize) -> f64 {
    super::super::chart::number(n)
}

/// Whether an outcome is of a kind.
type Is = fn(Outcome) -> bool;

/// How many were in time, late, and so on.
fn summed(words: &Words, own: &[&DutyInstance]) -> Cell {
    let keys: [(&str, Is); 4] = [
        ("duty.sum_on_time", |outcome| outcome == Outcome::OnTime),
        ("duty.sum_late", |outcome| outcome == Outcome::Late),
        ("duty.sum_missing", |outcome| outcome == Outcome::LateOpen),
        ("duty.sum_other", |outcome| !matches!(outcome, Outcome::OnTime | Outcome::Late | Outcome::LateOpen)),
    ];
    let parts: Vec<String> = keys
        .iter()
        .map(|(key, is)| (key, own.iter().filter(|one| is(one.outcome)).count()))
        .filter(|(_, number)| *number > 0)
        .map(|(key, number)| words.number(key, count(number), &[]))
        .collect();
    let missed = own.iter().any(|one| matches!(one.outcome, Outcome::Late | Outcome::LateOpen));
    let met = own.iter().all(|one| one.outcome == Outcome::OnTime);
    let state = if missed {
        "missed"
    } else if met {
        "met"
    } else {
        ""
    };
    Cell::text(words.list(&parts)).state(state)
}

/// How a duty stands: in time, late by so many days, not done, not due, or why nobody can tell.
pub(crate) fn duty_state(words: &Words, of: &DutyInstance, as_of: Seconds) -> Cell {
    let days = of.days_late(as_of).filter(|days| *days > 0);
    #[allow(clippy::cast_precision_loss, reason = "days of a few years")]
    let days = days.map(|days| words.number("duty.days", days as f64, &[])).unwrap_or_default();
    outcome_cell(words, of.outcome, days, of.untold)
}

fn outcome_cell(words: &Words, outcome: Outcome, detail: String, untold: bool) -> Cell {
    let say = |key| words.say(key, &[]);
    match outcome {
        Outcome::OnTime => Cell::text(say("duty.on_time")).state("met"),
        Outcome::Late => Cell::text(say("duty.late")).detail(detail).state("missed"),
        Outcome::LateOpen => Cell::text(say("duty.missing")).detail(detail).state("missed"),
        Outcome::NotDue => Cell::text(say("duty.not_due")),
        Outcome::NoEnd if untold => Cell::text(say("duty.no_records")),
        other => Cell::text(words.code("excluded", other.word())),
    }
}

/// Promises and measures with their state, masked: those first that are due and not done.
pub(crate) fn commitments(
    input: &ReportInput<'_>,
    (id, caption): (&str, String),
    list: &[&Commitment],
    with_department: bool,
) -> Table {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut table = Table::new(words, id, caption)
        .words(say("commitment.what"))
        .words(say("commitment.kind"))
        .words(say("communities.community"));
    if with_department {
        table = table.words(say("commitment.department"));
    }
    table = table.words(say("duty.due")).words(say("duty.done")).words(say("duty.state"));
    let mut list = list.to_vec();
    list.sort_by_key(|one| (one.is_done, urgency(one.outcome), one.due_by()));
    for one in list.into_iter().take(MOST) {
        let kind = match one.kind {
            Kind::Promise => "commitment.promise",
            Kind::Measure => "commitment.measure",
        };
        let mut cells =
            vec![Cell::text(masked(&one.text, input.persons)), Cell::text(say(kind)), community(input, one.community)];
        if with_department {
            cells.push(department(input, one.department));
        }
        cells.push(one.due.map_or_else(Cell::absent, |due| Cell::text(moment(words, due)).state(DAY)));
        cells.push(one.done.map_or_else(Cell::absent, |done| Cell::text(moment(words, done)).state(DAY)));
        let state = match one.outcome {
            _ if one.is_done && !matches!(one.outcome, Outcome::OnTime | Outcome::Late) => {
                Cell::text(say("commitment.done"))
            }
            Outcome::NoStart => Cell::text(say("commitment.open")),
            outcome => outcome_cell(words, outcome, String::new(), false),
        };
        let verified = if one.is_verified { say("commitment.verified") } else { String::new() };
        cells.push(if verified.is_empty() { state } else { state.detail(verified) });
        table.row(cells);
    }
    table.empty = say("commitment.none");
    table
}

/// What is overdue, or falls due soon, a row a matter; places are masked.
pub(crate) fn owed(
    input: &ReportInput<'_>,
    (id, caption): (&str, String),
    list: &[&Owed],
    with_department: bool,
) -> Table {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut table = Table::new(words, id, caption)
        .words(say("owed.what"))
        .words(say("owed.which"))
        .words(say("communities.community"));
    if with_department {
        table = table.words(say("commitment.department"));
    }
    table = table.words(say("duty.due")).numbers(say("owed.by"));
    let matters = matters(list);
    for steps in matters.iter().take(MOST) {
        let one = steps[0];
        let which = one.number.as_deref().unwrap_or(&one.about);
        let mut cells = vec![
            Cell::text(title_of_steps(input, steps)).detail(clauses_of_steps(input, steps)),
            with_source(input, Cell::text(masked(which, input.persons)), one.source),
            community(input, one.community),
        ];
        if with_department {
            cells.push(department(input, one.department));
        }
        #[allow(clippy::cast_precision_loss, reason = "minutes of a few years")]
        let minutes = (one.seconds(input.as_of) / 60) as f64;
        // What is due with the as-of moment says so in words.
        let number = (minutes > 0.0).then_some(Number { value: minutes, form: Form::Minutes });
        let by = Cell { number, ..Cell::text(past(input, one)) };
        let by = by.state(if one.is_overdue { "missed" } else { "" });
        cells.extend([Cell::text(due_text(words, one.due)).state(DAY), by]);
        table.row(cells);
    }
    if matters.len() > MOST {
        table.remark = words.number("owed.more", count(matters.len() - MOST), &[]);
    }
    table.empty = say("owed.none");
    table
}

/// How long something is past its due moment, or how long is left, in days and hours from one day on; that it is due with the
/// as-of moment where nothing is left.
pub(crate) fn past(input: &ReportInput<'_>, one: &Owed) -> String {
    if one.seconds(input.as_of) < 60 {
        return input.words.say("owed.today", &[]);
    }
    #[allow(clippy::cast_precision_loss, reason = "minutes of a few years")]
    let minutes = (one.seconds(input.as_of) / 60) as f64;
    format::time_past(input.words, minutes)
}

/// What a thing that is owed is called: the kind of case with the deadline, or the duty.
pub(crate) fn title(input: &ReportInput<'_>, one: &Owed) -> String {
    let words = input.words;
    let kind = words.say(&format!("owed.kind_{}", one.what.word()), &[]);
    let named = named(input, one);
    named.map_or_else(|| kind.clone(), |name| words.say("owed.title", &[("kind", &kind), ("name", &name)]))
}

/// What is owed, matter by matter: the steps of one case stand together, the first due first.
pub(crate) fn matters<'a>(list: &[&'a Owed]) -> Vec<Vec<&'a Owed>> {
    let mut places: BTreeMap<(What, SourceId, u32), usize> = BTreeMap::new();
    let mut matters: Vec<Vec<&Owed>> = Vec::new();
    for &one in list {
        let key = match (one.what, one.source) {
            (What::Complaint | What::Repair, Some((source, row))) => Some((one.what, source, row)),
            _ => None,
        };
        if let Some(place) = key.and_then(|key| places.get(&key)) {
            matters[*place].push(one);
        } else {
            places.extend(key.map(|key| (key, matters.len())));
            matters.push(vec![one]);
        }
    }
    matters
}

/// The steps of a matter by name: the kind of case with its deadlines, or the duty.
fn title_of_steps(input: &ReportInput<'_>, steps: &[&Owed]) -> String {
    let words = input.words;
    let mut names: Vec<String> = Vec::new();
    for name in steps.iter().filter_map(|step| named(input, step)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let kind = words.say(&format!("owed.kind_{}", steps[0].what.word()), &[]);
    if names.is_empty() {
        return kind;
    }
    words.say("owed.title", &[("kind", &kind), ("name", &words.list(&names))])
}

/// The clauses of the steps in their order, behind the procedure that they are of.
fn clauses_of_steps(input: &ReportInput<'_>, steps: &[&Owed]) -> String {
    let words = input.words;
    let mut seen = BTreeSet::new();
    let mut runs: Vec<(&str, Vec<String>)> = Vec::new();
    for step in steps.iter().filter(|step| !step.clause.is_empty() && seen.insert((&step.profile, &step.clause))) {
        match runs.last_mut() {
            Some((profile, clauses)) if **profile == *step.profile => clauses.push(step.clause.to_string()),
            _ => runs.push((&step.profile, vec![step.clause.to_string()])),
        }
    }
    let named = runs.iter().map(|(profile, clauses)| todo::clause(input, profile, &words.list(clauses)));
    named.collect::<Vec<_>>().join(&words.say("join.clause", &[]))
}

/// A cell with file, sheet and row under it.
pub(crate) fn with_source(input: &ReportInput<'_>, cell: Cell, at: Option<(SourceId, u32)>) -> Cell {
    if at.is_none() {
        return cell;
    }
    let place = source(input, at);
    let parts: Vec<String> = [place.text, place.detail].into_iter().filter(|part| !part.is_empty()).collect();
    cell.detail(parts.join(" "))
}

/// The deadline or duty alone; the kind of thing where it has no name.
pub(crate) fn step(input: &ReportInput<'_>, one: &Owed) -> String {
    named(input, one).unwrap_or_else(|| input.words.say(&format!("owed.kind_{}", one.what.word()), &[]))
}

/// Title of the deadline or duty.
fn named(input: &ReportInput<'_>, one: &Owed) -> Option<String> {
    // Deadlines on complaints and on repairs may bear the same id.
    let subject = match one.what {
        What::Duty => return Some(duty_title(input, &one.profile, &one.id)),
        What::Complaint => Subject::Complaint,
        What::Repair => Subject::Repair,
        _ => return None,
    };
    let profile = input.profiles.named(&one.profile)?;
    let deadline = profile.deadlines_of(subject).find(|deadline| *deadline.id == *one.id)?;
    Some(deadline.title.in_language(input.language).to_owned())
}

/// File, sheet and row: where the thing stands. The cell is that of the row's first column.
pub(crate) fn source(input: &ReportInput<'_>, source: Option<(SourceId, u32)>) -> Cell {
    let Some((source, row)) = source else { return Cell::absent() };
    let Some(sheet) = input.sources.get(source as usize) else { return Cell::absent() };
    let file = input.files.get(sheet.file as usize).map_or("", String::as_str);
    let name = masked(file.rsplit('/').next().unwrap_or(file), input.persons);
    let cell = crate::origin::CellAt { row, col: 0 }.to_string();
    let place = if sheet.sheet.is_empty() { cell } else { format!("{} {cell}", masked(&sheet.sheet, input.persons)) };
    Cell::text(name).detail(place)
}

/// Whether something is of a department's page: of the department, or, on the page of none, of no department.
pub(crate) fn is_of(department: u32, page: Option<u32>) -> bool {
    page.map_or(department == NO_NAME, |code| code == department)
}
