//! Columns that a profile adds to the frame of cases: each kind of column has a file of its own; here they are put together.

use std::sync::Arc;

use polars::prelude::{DataFrame, PolarsResult};

use super::cases::{Cases, said};
use super::classes::{Classes, majors};
use super::clock_columns::{OVERDUE_BY_PLAIN_WEEK, done_column, outcome_column, plain_week_column};
use super::deadlines::{Judge, Ready};
use super::repeat::repeat_columns;
use super::rules::Compiler;
use super::states::{happened, receipt_columns, state_columns};
use crate::metrics::metric::ONE;
use crate::metrics::outcome::{Outcome, elapsed};
use crate::metrics::runner::Setting;
use crate::problem::Problem;
use crate::profile::schema::{Profile, Subject};
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
pub(super) struct Derived {
    /// The frame.
    pub frame: DataFrame,
    /// Class ids by code.
    pub class_ids: Vec<Arc<str>>,
    /// Durations that pile up just below a limit.
    pub pile_ups: Vec<Problem>,
}

/// Adds the columns. Cases received after the as-of moment have not happened.
pub(super) fn derive(
    frame: &DataFrame,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
) -> PolarsResult<Derived> {
    if frame.height() == 0 {
        return Ok(Derived { frame: DataFrame::default(), class_ids: Vec::new(), pile_ups: Vec::new() });
    }
    let mut frame = happened(frame, setting)?;
    let cases = Cases::of(&frame, setting.as_of)?;
    let rows = cases.rows;
    let moments = |step: Step, row: usize| cases.moment(step, row);
    let mut compiler = Compiler::new(&frame, &moments, setting);
    // What a rule may ask for is told before: repeat ← marks and places; class ← names and texts; valid, major ← class.
    let months: Vec<i32> = frame.column(c::MONTH)?.i32()?.iter().map(|month| month.unwrap_or(0)).collect();
    let (of_repeat, (of_state, of_receipt)) = rayon::join(
        || repeat_columns(&frame, &cases, profile),
        || rayon::join(|| state_columns(&cases, &months), || receipt_columns(&cases)),
    );
    let (is_repeat, of_repeat) = of_repeat?;
    compiler.tell_flag(c::REPEAT, is_repeat);
    let classes = Classes::of(profile, subject, &compiler)?;
    let (class, of_valid_class): (Vec<u32>, Vec<bool>) = classes.assigned(rows).into_iter().unzip();
    let valid_written = said(&frame, c::VALID)?;
    let is_valid: Vec<bool> =
        of_valid_class.iter().zip(&valid_written).map(|(valid, mark)| *valid && *mark != Some(false)).collect();
    compiler.tell_classes(class.clone(), classes.ids.clone());
    compiler.tell_flag(c::VALID, is_valid.clone());
    let marked = said(&frame, c::MAJOR)?;
    let (of_majors, is_major) = majors(profile, subject, &compiler, &marked)?;
    compiler.tell_flag(c::MAJOR, is_major.clone());
    let has_reasons = profile.majors_of(subject).next().is_some();
    let mut columns = vec![
        column(ONE, vec![true; rows]),
        column("is_compensation_told", compensation_told(&frame)?),
        column(CLASS, class),
        column("is_valid", is_valid),
        column(SEVERITY, is_major.iter().map(|major| u32::from(*major)).collect::<Vec<_>>()),
        column("is_major", is_major),
        column("is_major_told", marked.iter().map(|mark| has_reasons || mark.is_some()).collect::<Vec<_>>()),
    ];
    columns.extend(of_majors);
    columns.extend(of_state);
    columns.extend(of_receipt);
    columns.extend(of_repeat);
    let (mut overdue, mut judged) = (vec![false; rows], vec![false; rows]);
    let judge = Judge::new(&cases, setting);
    let (mut pile_ups, mut plain_week) = (Vec::new(), Vec::new());
    for deadline in profile.deadlines_of(subject) {
        let ready = Ready::of(deadline, &compiler)?;
        if deadline.has_limit() {
            let outcomes = judge.outcomes(&ready);
            for (row, outcome) in outcomes.iter().enumerate() {
                overdue[row] |= *outcome == Outcome::LateOpen.number() && cases.is_open(row);
                judged[row] |= *outcome <= Outcome::NotDue.number();
            }
            columns.push(column(&outcome_column(&deadline.id), outcomes));
            if let Some(rests) = judge.plain_weeks(&ready) {
                plain_week.resize(rows, false);
                plain_week.iter_mut().zip(&rests).for_each(|(any, rests)| *any |= rests);
                columns.push(column(&plain_week_column(&deadline.id), rests));
            }
            pile_ups.extend(judge.pile_ups(&ready, &frame)?);
        }
        if deadline.owed {
            columns.push(column(&done_column(&deadline.id), judge.done(&ready)));
        }
        columns.extend(judge.durations(&ready));
    }
    if !profile.deadlines_of(subject).any(|deadline| deadline.id == "resolution") {
        let of =
            |row| elapsed(cases.clock(setting, row), cases.moment(Step::Received, row), cases.end(Step::Resolved, row));
        columns.extend(judge.measured("resolution", of));
    }
    let unjudged: Vec<bool> = (0..rows).map(|row| cases.is_open(row) && !judged[row]).collect();
    columns.push(column("is_unjudged", unjudged));
    columns.push(column("is_overdue", overdue));
    if !plain_week.is_empty() {
        columns.push(column(OVERDUE_BY_PLAIN_WEEK, plain_week));
    }
    drop(compiler);
    frame.hstack_mut(&columns)?;
    Ok(Derived { frame, class_ids: classes.ids, pile_ups })
}

fn compensation_told(frame: &DataFrame) -> PolarsResult<Vec<bool>> {
    Ok(frame.column(c::COMPENSATION)?.i64()?.iter().map(|amount| amount.is_some()).collect())
}
