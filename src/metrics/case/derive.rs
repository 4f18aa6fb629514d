//! Columns that a profile adds to the frame of cases: each kind of column has a file of its own; here they are put together.

use std::sync::Arc;

use polars::prelude::{Column, DataFrame, PolarsResult};

use super::cases::{Cases, said};
use super::classes::{Classes, majors};
use super::clock_columns::{OVERDUE_BY_PLAIN_WEEK, done_column, outcome_column, plain_week_column};
use super::deadlines::{Judge, Ready};
use super::followed::{Rounds, until_satisfied};
use super::repeat::repeat_columns;
use super::rules::Compiler;
use super::states::{happened, receipt_columns, state_columns};
use super::{
    age, assigned, first_asked_share, numbered_share, numbering_of, reopened, retention_of, to_keep, warranty,
    warranty_of, window,
};
use crate::metrics::lists::owed::Owed;
use crate::metrics::metric::ONE;
use crate::metrics::outcome::{Outcome, elapsed};
use crate::metrics::runner::Setting;
use crate::problem::Problem;
use crate::profile::schema::{Profile, Rule, Subject, Window};
use crate::records::columns as c;
use crate::records::frames::column;
use crate::step::Step;

/// Column: code of the class.
pub(super) const CLASS: &str = "class";
/// Column: hour of receipt, or a number beyond 23.
pub(super) const HOUR: &str = "hour";
/// Column: weekday of receipt, 1–7, or 0.
pub(super) const WEEKDAY: &str = "weekday";
/// Column: 1 major, 0 general.
pub(super) const SEVERITY: &str = "severity";
/// Column: month in which a case left the stock.
pub(super) const LEFT_MONTH: &str = "left_month";

/// A frame with the profile's columns.
pub(super) struct Derived<'a> {
    /// The frame.
    pub frame: DataFrame,
    /// Class ids by code.
    pub class_ids: Vec<Arc<str>>,
    /// Durations that pile up just below a limit, and agreements before a start.
    pub problems: Vec<Problem>,
    /// Cases that are overdue or fall due soon, by deadline.
    pub owed: Vec<Owed>,
    /// Whether anything tells that cases were opened again.
    pub is_reopened: bool,
    /// Windows of the month, with the month to which each gives every case.
    pub windows: Vec<(&'a Window, Vec<i32>)>,
}

/// Adds the columns. Cases received after the as-of moment have not happened.
pub(super) fn derive<'a>(
    frame: &DataFrame,
    profile: &'a Profile,
    subject: Subject,
    setting: &Setting<'_>,
) -> PolarsResult<Derived<'a>> {
    if frame.height() == 0 {
        return Ok(Derived {
            frame: DataFrame::default(),
            class_ids: Vec::new(),
            problems: Vec::new(),
            owed: Vec::new(),
            is_reopened: false,
            windows: Vec::new(),
        });
    }
    let mut frame = happened(frame, setting)?;
    let mut cases = Cases::of(&frame, setting.as_of)?;
    let rounds = Rounds::of(&frame, profile, subject, setting)?;
    if let Some(rounds) = &rounds {
        rounds.lay_under(&mut cases);
    }
    // Last: what laid a moment under it may have told when a case was resolved.
    if profile
        .deadlines_of(subject)
        .any(|deadline| deadline.from == Step::Closed || deadline.to.contains(&Step::Closed))
    {
        cases.close_with_resolution();
    }
    let cases = cases;
    let rows = cases.rows;
    let moments = |step: Step, row: usize| cases.moment(step, row);
    let mut compiler = Compiler::new(&frame, &moments, setting);
    let months: Vec<i32> = frame.column(c::MONTH)?.i32()?.iter().map(|month| month.unwrap_or(0)).collect();
    let Facets { class, class_ids, is_valid, is_major, mut columns } =
        facets(&frame, &cases, (profile, subject), (&mut compiler, setting))?;
    let (of_state, of_receipt) = rayon::join(|| state_columns(&cases, &months), || receipt_columns(&cases));
    columns.extend([
        column(ONE, vec![true; rows]),
        column("is_compensation_told", compensation_told(&frame)?),
        column(CLASS, class),
        column("is_valid", is_valid),
        column(SEVERITY, is_major.iter().map(|major| u32::from(*major)).collect::<Vec<_>>()),
        column("is_major", is_major),
    ]);
    columns.extend(of_state);
    columns.extend(of_receipt);
    columns.push(age::column(&cases, setting.as_of));
    let judge = Judge::new(&cases, setting);
    let (problems, owed) = deadline_columns(&frame, (profile, subject), (&cases, &judge), &compiler, &mut columns)?;
    columns.extend(assigned::columns(profile, subject, &compiler, rows)?);
    if let Some(warranty) = warranty_of(profile, subject) {
        columns.extend(warranty::columns(warranty, &cases, &compiler, setting)?);
    }
    if let Some(numbering) = numbering_of(profile, subject) {
        columns.extend(numbered_share::columns(numbering, &frame, &cases)?);
    }
    if let Some(retention) = retention_of(profile, subject) {
        columns.extend(to_keep::columns(retention, &cases, setting));
    }
    if let (Some(follow_up), Some(rounds)) = (&profile.follow_up, &rounds) {
        columns.extend(rounds.columns(follow_up, profile, &cases, &compiler, setting)?);
    }
    if let (Some(first_asked), Some(rounds)) = (&profile.first_asked, &rounds) {
        columns.extend(first_asked_share::columns(first_asked, &frame, (rounds, &cases), setting)?);
    }
    let is_reopened = until_satisfied(profile) || cases.has(Step::Reopened) || cases.has(Step::ResolvedAgain);
    if is_reopened {
        let rounds = rounds.as_ref().filter(|_| until_satisfied(profile));
        columns.extend(reopened::columns(&cases, rounds, &judge, setting));
    }
    let windows = profile.windows.iter().filter(|window| window.subject == subject);
    let windows = windows.map(|window| (window, window::months(window, &cases, &months))).collect();
    drop(compiler);
    frame.hstack_mut(&columns)?;
    Ok(Derived { frame, class_ids, problems, owed, is_reopened, windows })
}

/// What rules may ask for beside the columns of the records.
struct Facets {
    class: Vec<u32>,
    class_ids: Vec<Arc<str>>,
    is_valid: Vec<bool>,
    is_major: Vec<bool>,
    columns: Vec<Column>,
}

/// Tells the compiler what later rules may ask for: repeat ← marks and places; class ← names and texts; valid, major ← class.
fn facets(
    frame: &DataFrame,
    cases: &Cases,
    (profile, subject): (&Profile, Subject),
    (compiler, setting): (&mut Compiler<'_>, &Setting<'_>),
) -> PolarsResult<Facets> {
    let mut columns = tell_repeats(frame, cases, profile, (compiler, setting))?;
    let (class, class_ids, is_valid) = tell_classes(frame, cases.rows, (profile, subject), compiler)?;
    let (of_majors, is_major) = tell_majors(frame, (profile, subject), compiler)?;
    columns.extend(of_majors);
    Ok(Facets { class, class_ids, is_valid, is_major, columns })
}

/// Which cases repeat earlier ones.
fn tell_repeats(
    frame: &DataFrame,
    cases: &Cases,
    profile: &Profile,
    (compiler, setting): (&Compiler<'_>, &Setting<'_>),
) -> PolarsResult<Vec<Column>> {
    let (is_repeat, columns) = repeat_columns(frame, cases, profile, &setting.names.building)?;
    compiler.tell_flag(c::REPEAT, is_repeat);
    Ok(columns)
}

/// Class of each case, ids of the classes, and which cases are valid.
type Classified = (Vec<u32>, Vec<Arc<str>>, Vec<bool>);

/// Classes, and what is valid by them.
fn tell_classes(
    frame: &DataFrame,
    rows: usize,
    (profile, subject): (&Profile, Subject),
    compiler: &mut Compiler<'_>,
) -> PolarsResult<Classified> {
    let classes = Classes::of(profile, subject, compiler)?;
    let (class, of_valid_class): (Vec<u32>, Vec<bool>) = classes.assigned(rows).into_iter().unzip();
    let valid_written = said(frame, c::VALID)?;
    let is_valid: Vec<bool> =
        of_valid_class.iter().zip(&valid_written).map(|(valid, mark)| *valid && *mark != Some(false)).collect();
    compiler.tell_classes(class.clone(), classes.ids.clone());
    compiler.tell_flag(c::VALID, is_valid.clone());
    Ok((class, classes.ids, is_valid))
}

/// Which cases are major, and why.
fn tell_majors(
    frame: &DataFrame,
    (profile, subject): (&Profile, Subject),
    compiler: &Compiler<'_>,
) -> PolarsResult<(Vec<Column>, Vec<bool>)> {
    let marked = said(frame, c::MAJOR)?;
    let (of_majors, is_major) = majors(profile, subject, compiler, &marked)?;
    compiler.tell_flag(c::MAJOR, is_major.clone());
    let has_reasons = profile.majors_of(subject).next().is_some();
    let is_told: Vec<bool> = marked.iter().map(|mark| has_reasons || mark.is_some()).collect();
    let mut columns = vec![column("is_major_told", is_told)];
    columns.extend(of_majors);
    Ok((columns, is_major))
}

/// Whether a rule of the profile holds for each case of a frame. Only what the rule rests on is worked out.
pub(in crate::metrics) fn holds(
    rule: &Rule,
    frame: &DataFrame,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
) -> PolarsResult<Vec<bool>> {
    if frame.height() == 0 {
        return Ok(Vec::new());
    }
    let cases = Cases::of(frame, setting.as_of)?;
    let moments = |step: Step, row: usize| cases.moment(step, row);
    let mut compiler = Compiler::new(frame, &moments, setting);
    let rests_on = RestsOn::of(rule, profile, subject);
    if rests_on.repeats {
        tell_repeats(frame, &cases, profile, (&compiler, setting))?;
    }
    if rests_on.classes {
        tell_classes(frame, cases.rows, (profile, subject), &mut compiler)?;
    }
    if rests_on.majors {
        tell_majors(frame, (profile, subject), &compiler)?;
    }
    Ok(compiler.compile(rule)?.holds(cases.rows))
}

/// On what a rule rests beside the columns of the records, itself or by what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct RestsOn {
    repeats: bool,
    classes: bool,
    majors: bool,
}

impl RestsOn {
    fn of(rule: &Rule, profile: &Profile, subject: Subject) -> Self {
        let any = |rule: &Rule, asks: fn(&Rule) -> bool| rule.parts().into_iter().any(asks);
        let majors = any(rule, |part| part.major.is_some());
        let any_major =
            |asks: fn(&Rule) -> bool| majors && profile.majors_of(subject).any(|reason| any(&reason.when, asks));
        let by_class: fn(&Rule) -> bool = |part| !part.of_class.is_empty() || part.valid.is_some();
        let classes = any(rule, by_class) || any_major(by_class);
        let by_repeat: fn(&Rule) -> bool = |part| part.repeat.is_some();
        let any_class = || classes && profile.classes_of(subject).any(|class| any(&class.when, by_repeat));
        Self { repeats: any(rule, by_repeat) || any_major(by_repeat) || any_class(), classes, majors }
    }
}

/// Adds the columns of all deadlines; gives what there is to say of single cases and of durations.
fn deadline_columns(
    frame: &DataFrame,
    (profile, subject): (&Profile, Subject),
    (cases, judge): (&Cases, &Judge<'_>),
    compiler: &Compiler<'_>,
    columns: &mut Vec<Column>,
) -> PolarsResult<(Vec<Problem>, Vec<Owed>)> {
    let rows = cases.rows;
    let (mut overdue, mut judged) = (vec![false; rows], vec![false; rows]);
    let (mut problems, mut plain_week, mut owed) = (Vec::new(), Vec::new(), Vec::new());
    for deadline in profile.deadlines_of(subject) {
        let ready = Ready::of(deadline, compiler)?;
        if deadline.has_limit() {
            let outcomes = judge.outcomes(&ready);
            for (row, outcome) in outcomes.iter().enumerate() {
                overdue[row] |= *outcome == Outcome::LateOpen.number() && cases.is_open(row);
                judged[row] |= *outcome <= Outcome::NotDue.number();
            }
            owed.extend(judge.owed(&ready, &outcomes, profile, frame)?);
            columns.push(column(&outcome_column(&deadline.id), outcomes));
            if let Some(rests) = judge.plain_weeks(&ready) {
                plain_week.resize(rows, false);
                plain_week.iter_mut().zip(&rests).for_each(|(any, rests)| *any |= rests);
                columns.push(column(&plain_week_column(&deadline.id), rests));
            }
            problems.extend(judge.pile_ups(&ready, frame)?);
            problems.extend(judge.void_agreements(&ready, frame)?);
        }
        if deadline.owed {
            columns.push(column(&done_column(&deadline.id), judge.done(&ready)));
        }
        columns.extend(judge.durations(&ready));
    }
    if !profile.deadlines_of(subject).any(|deadline| deadline.id == "resolution") {
        let of = |row| elapsed(judge.clock(row), cases.moment(Step::Received, row), cases.end(Step::Resolved, row));
        columns.extend(judge.measured("resolution", of));
    }
    let unjudged: Vec<bool> = (0..rows).map(|row| cases.is_open(row) && !judged[row]).collect();
    columns.push(column("is_unjudged", unjudged));
    columns.push(column("is_overdue", overdue));
    if !plain_week.is_empty() {
        columns.push(column(OVERDUE_BY_PLAIN_WEEK, plain_week));
    }
    Ok((problems, owed))
}

fn compensation_told(frame: &DataFrame) -> PolarsResult<Vec<bool>> {
    Ok(frame.column(c::COMPENSATION)?.i64()?.iter().map(|amount| amount.is_some()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_rests_on_all_that_its_reasons_and_their_classes_ask_for() -> Result<(), toml::de::Error> {
        let profile = |reasons: &str| -> Result<Profile, toml::de::Error> {
            toml::from_str(&format!(
                r#"
                name = "p"
                title = {{ zh = "甲", en = "p" }}
                subjects = ["complaint"]
                {reasons}
                [[class]]
                id = "again"
                title = {{ zh = "重复", en = "again" }}
                clause = "1"
                subjects = ["complaint"]
                when = {{ repeat = true }}
                "#
            ))
        };
        let by_class = r#"
            [[major]]
            id = "m"
            title = { zh = "重大", en = "major" }
            clause = "1"
            subjects = ["complaint"]
            when = { of_class = ["again"] }
        "#;
        let major: Rule = toml::from_str("major = true")?;
        let urgent: Rule = toml::from_str("any = [{ urgent = true }]")?;
        let valid: Rule = toml::from_str("not = { valid = true }")?;
        let of = |rule: &Rule, profile: &Profile| {
            let RestsOn { repeats, classes, majors } = RestsOn::of(rule, profile, Subject::Complaint);
            (repeats, classes, majors)
        };
        let (plain, reasoned) = (profile("")?, profile(by_class)?);
        assert_eq!(of(&major, &plain), (false, false, true), "the mark alone");
        assert_eq!(of(&major, &reasoned), (true, true, true), "major by its class, the class by its repeating");
        assert_eq!(of(&urgent, &reasoned), (false, false, false), "a mark of the record");
        assert_eq!(of(&valid, &plain), (true, true, false), "valid by its class");
        Ok(())
    }
}
