//! Metrics on callbacks. One metric, one file, one line of [`metrics`].

mod attitude;
mod done_share;
mod due;
mod joined;
mod on_time;
mod punctuality;
mod quality;
mod reached_share;
mod rounds;
mod satisfied_share;
mod standing;

use polars::prelude::{BooleanChunked, Column, DataFrame, Expr, IntoLazy, NewChunkedArray, PolarsResult, col, lit};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use self::joined::Start;
use self::standing::{STANDING, Standing};
use super::fact::{Dimension as D, Unit};
use super::groups::STRETCH;
use super::lists::owed::{Owed, What};
use super::metric::{Interval, Measure, Metric, ONE, is_code};
use super::outcome::{End, Outcome, outcome, rests_on_plain_week};
use super::runner::{DimensionColumn, Run, Setting, of_communities};
use super::taker::Taker;
use crate::clock::due::Span;
use crate::moment::{Moment, date_of, month_number};
use crate::normalise::rating::Level;
use crate::profile::schema::{CallbackRule, Profile, Scale};
use crate::records::cases::NO_LEVEL;
use crate::records::columns as c;
use crate::records::frames::column;
use crate::records::store::NO_NAME;
use crate::step::Step;

/// Column: outcome of the callback on the profile's limit.
const OUTCOME: &str = "outcome:callback";
/// Column: the last moment that is still in time, in seconds.
const DUE: &str = "due:callback";
/// Column: whether it rests on the plain week of a year without a published calendar; only where it does in some row.
const RESTS_ON_PLAIN_WEEK: &str = "plain_week:callback";

fn metrics(profile: &Profile) -> Vec<Metric> {
    let mut metrics = vec![due::metric(), done_share::metric(), reached_share::metric()];
    if profile.callback.as_ref().is_some_and(|rule| rule.within.is_some()) {
        metrics.push(on_time::metric());
    }
    metrics.extend(profile.callback.as_ref().filter(|rule| rule.until_satisfied).map(rounds::metric));
    if let Some(scale) = &profile.scale {
        metrics.extend([
            satisfied_share::metric(scale),
            punctuality::metric(scale),
            attitude::metric(scale),
            quality::metric(scale),
        ]);
    }
    metrics
}

/// A share of satisfied answers in a column of levels.
fn rating(id: &str, levels: &str, scale: &Scale, doc: &'static str) -> Metric {
    let any = |wanted: &[Level]| {
        wanted
            .iter()
            .map(|level| is_code(levels, u32::from(level.number())))
            .reduce(polars::prelude::Expr::or)
            .unwrap_or_else(|| lit(false))
    };
    let satisfied = any(&scale.satisfied);
    let measure = Measure::Share {
        part: satisfied.clone(),
        whole: satisfied.or(any(&scale.dissatisfied)),
        excluded: vec![
            ("no_opinion", any(&[Level::NoOpinion])),
            ("unknown", is_code(levels, u32::from(NO_LEVEL)).and(super::metric::flag("is_rated_form"))),
        ],
    };
    Metric::new(id.to_owned(), Unit::Ratio, measure, doc).by(&[D::Topic]).with_interval(Interval::Endless)
}

/// Measures callbacks under a profile.
///
/// # Errors
/// When a query fails, which a test of every metric rules out.
pub(super) fn measure(
    frame: &DataFrame,
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<Vec<Owed>> {
    let names = setting.names;
    let frame = derive(frame, profile, setting)?;
    let own = only(&frame, col(c::TOPIC).eq(lit(NO_NAME)))?;
    let metrics = metrics(profile);
    // What falls due in a month that has not begun is listed, and counts when that month has begun.
    let begun = only(&own, col(c::MONTH).lt_eq(lit(setting.last_month())))?;
    if begun.height() > 0 {
        let building = DimensionColumn::new(D::Building, c::BUILDING, |code| names.building.shared(code));
        let dimensions = vec![building.only(of_communities)];
        let reads = Box::new(move |column: &str| reads(column, profile));
        let run = Run { frame: &begun, time: c::MONTH, profile, setting, dimensions, reads };
        taker.run(&run, metrics.clone(), None)?;
    }
    // The monthly matrix repeats what single callbacks say: it gives the breakdown by topic and nothing else.
    let matrix = only(&frame, col(c::TOPIC).neq(lit(NO_NAME)))?;
    if matrix.height() > 0 {
        let dimensions = vec![DimensionColumn::new(D::Topic, c::TOPIC, |code| names.topic.shared(code))];
        // Its ratings stand under the topics, and no date.
        let reads = Box::new(|_: &str| vec![c::OPINION]);
        let run = Run { frame: &matrix, time: c::MONTH, profile, setting, dimensions, reads };
        taker.run(&run, metrics, Some(|key| matches!(key.dimension, Some((D::Topic, _)))))?;
    }
    owed(&own, profile, setting)
}

/// The rows for which a condition holds: the frame itself where that is all of them, which it mostly is, for texts cost to copy.
fn only(frame: &DataFrame, condition: Expr) -> PolarsResult<DataFrame> {
    let told = frame.clone().lazy().select([condition.alias("kept")]).collect()?;
    let kept = told.column("kept")?.bool()?;
    if kept.sum().is_some_and(|kept| kept as usize == frame.height()) { Ok(frame.clone()) } else { frame.filter(kept) }
}

/// Callbacks that are overdue or fall due soon.
fn owed(frame: &DataFrame, profile: &Profile, setting: &Setting<'_>) -> PolarsResult<Vec<Owed>> {
    let (Some(rule), Ok(dues)) = (&profile.callback, frame.column(DUE)) else { return Ok(Vec::new()) };
    let code =
        |name: &str, row: usize| -> PolarsResult<u32> { Ok(frame.column(name)?.u32()?.get(row).unwrap_or(NO_NAME)) };
    let text = |name: &str, row: usize| -> PolarsResult<Option<std::sync::Arc<str>>> {
        Ok(frame.column(name)?.str()?.get(row).map(Into::into))
    };
    let mut list = Vec::new();
    for (row, (due, outcome)) in dues.i64()?.iter().zip(frame.column(OUTCOME)?.u32()?.iter()).enumerate() {
        // Most callbacks were made: only of the others the rest of the row is looked up.
        let standing = [Outcome::LateOpen, Outcome::NotDue].into_iter().find(|open| Some(open.number()) == outcome);
        let (Some(due), Some(open)) = (due, standing) else { continue };
        let community = code(c::COMMUNITY, row)?;
        let Some(is_overdue) = Owed::standing(open, due, community, setting) else { continue };
        list.push(Owed {
            what: What::Callback,
            is_overdue,
            due,
            profile: profile.name.as_str().into(),
            id: "".into(),
            clause: rule.clause.as_str().into(),
            community,
            department: code(c::DEPARTMENT, row)?,
            number: text(c::NUMBER, row)?,
            place: text(c::PLACE, row)?,
            about: "".into(),
            source: Some((code(c::SOURCE, row)?, code(c::ROW, row)?)),
        });
    }
    Ok(list)
}

/// Columns of the records from which a column of the callbacks is made; the limit runs from a moment of the case.
fn reads(column: &str, profile: &Profile) -> Vec<&'static str> {
    match column {
        OUTCOME | STANDING => {
            let from = profile.callback.as_ref().map_or(Step::Resolved, |rule| rule.from);
            vec![from.column(), Step::ResolvedAgain.column(), Step::CalledBack.column()]
        }
        c::OPINION => vec![c::OPINION],
        c::PUNCTUALITY => vec![c::PUNCTUALITY],
        c::ATTITUDE => vec![c::ATTITUDE],
        c::QUALITY => vec![c::QUALITY],
        _ => vec![Step::CalledBack.column()],
    }
}

/// Adds the columns that metrics use; callbacks after the as-of moment have not happened.
fn derive(frame: &DataFrame, profile: &Profile, setting: &Setting<'_>) -> PolarsResult<DataFrame> {
    let (called, resolved) = (col(Step::CalledBack.column()), col(Step::Resolved.column()));
    let fell_due = resolved.clone().is_null().or(resolved.lt(lit(setting.as_of)));
    let by_month = called.clone().is_null().and(col(c::MONTH).lt_eq(lit(setting.last_month()))).and(fell_due);
    let resolved = col(Step::Resolved.column());
    let later = called.clone().gt_eq(lit(setting.as_of)).and(resolved.lt(lit(setting.as_of)));
    let happened = called.lt(lit(setting.as_of)).or(by_month).or(later);
    let mut frame = owed_by_then(only(frame, happened)?, setting)?;
    let is_joined = joined::is_asked(profile, setting)?;
    if is_joined {
        frame = joined::each_once(&frame, setting)?;
    }
    let rows = frame.height();
    let made: Vec<bool> = frame.column(c::MADE)?.bool()?.iter().map(|made| made == Some(true)).collect();
    let reached: Vec<bool> = frame.column(c::REACHED)?.bool()?.iter().map(|reached| reached == Some(true)).collect();
    let mut columns = vec![
        column(ONE, vec![true; rows]),
        column("is_reached", (0..rows).map(|row| made[row] && reached[row]).collect::<Vec<bool>>()),
        column("is_rated_form", made.clone()),
    ];
    if profile.callback.as_ref().is_some_and(|rule| rule.until_satisfied) {
        columns.extend(joined::rounds(&frame, setting)?);
    }
    let asked = match &profile.callback {
        Some(rule) => joined::asked(&frame, profile, rule, setting)?,
        None => vec![Some(true); rows],
    };
    let mut standings: Vec<Standing> = asked.iter().map(|asked| Standing::of_rule(*asked)).collect();
    if let Some((rule, within)) = profile.callback.as_ref().and_then(|rule| Some((rule, rule.within?))) {
        columns.extend(limit_columns(&frame, (rule, within.span()), setting, is_joined, &mut standings)?);
    }
    if is_joined {
        columns.extend(joined::cells(&frame, profile, setting)?);
    }
    columns.push(column(STANDING, standings.iter().map(|standing| standing.number()).collect::<Vec<u32>>()));
    for column in columns {
        frame.with_column(column)?;
    }
    // Of a callback that was neither made nor asked for there is nothing to count.
    let counts = |row: usize| made[row] || standings[row] != Standing::NotOwed;
    let kept: Vec<bool> = (0..rows).map(counts).collect();
    frame.filter(&BooleanChunked::from_slice("counts".into(), &kept))
}

/// The callbacks as they stood at the as-of moment: one that a register dates after it was not made, and owed where its case was
/// resolved by then.
fn owed_by_then(mut frame: DataFrame, setting: &Setting<'_>) -> PolarsResult<DataFrame> {
    let called: Vec<Option<i64>> = frame.column(Step::CalledBack.column())?.i64()?.iter().collect();
    let is_later: Vec<bool> = called.iter().map(|called| called.is_some_and(|at| at >= setting.as_of)).collect();
    if !is_later.contains(&true) {
        return Ok(frame);
    }
    let resolved: Vec<Option<i64>> = frame.column(Step::Resolved.column())?.i64()?.iter().collect();
    let months: Vec<Option<i32>> = frame.column(c::MONTH)?.i32()?.iter().collect();
    let month = |row: usize| match resolved[row] {
        Some(at) if is_later[row] => Some(month_number(date_of(at))),
        _ => months[row],
    };
    let codes = |name: &str, otherwise: u32| -> PolarsResult<Column> {
        let codes: Vec<Option<u32>> = frame.column(name)?.u32()?.iter().collect();
        let of = |(row, code): (usize, Option<u32>)| if is_later[row] { Some(otherwise) } else { code };
        Ok(column(name, codes.into_iter().enumerate().map(of).collect::<Vec<Option<u32>>>()))
    };
    let said = |name: &str| -> PolarsResult<Column> {
        let said: Vec<Option<bool>> = frame.column(name)?.bool()?.iter().collect();
        let of = |(row, said): (usize, Option<bool>)| said.map(|said| said && !is_later[row]);
        Ok(column(name, said.into_iter().enumerate().map(of).collect::<Vec<Option<bool>>>()))
    };
    let made = called.iter().zip(&is_later).map(|(called, later)| called.filter(|_| !later));
    let columns = [
        column(Step::CalledBack.column(), made.collect::<Vec<Option<i64>>>()),
        column(c::MONTH, (0..frame.height()).map(month).collect::<Vec<Option<i32>>>()),
        said(c::MADE)?,
        said(c::REACHED)?,
        codes(c::OPINION, u32::from(NO_LEVEL))?,
    ];
    for column in columns {
        frame.with_column(column)?;
    }
    Ok(frame)
}

/// The columns of a limit: how each callback that is asked for stands to it. Tells in `standings` which were not due.
fn limit_columns(
    frame: &DataFrame,
    (rule, span): (&CallbackRule, Span),
    setting: &Setting<'_>,
    is_joined: bool,
    standings: &mut [Standing],
) -> PolarsResult<Vec<Column>> {
    let rows = frame.height();
    let moments = |name: &str| -> PolarsResult<Vec<Option<i64>>> { Ok(frame.column(name)?.i64()?.iter().collect()) };
    let (called, resolved) = (moments(Step::CalledBack.column())?, moments(Step::Resolved.column())?);
    let made: Vec<bool> = frame.column(c::MADE)?.bool()?.iter().map(|made| made == Some(true)).collect();
    let mut columns = Vec::new();
    let date_only: Vec<u32> = frame.column(c::DATE_ONLY)?.u32()?.iter().map(|bits| bits.unwrap_or(0)).collect();
    let community: Vec<u32> = frame.column(c::COMMUNITY)?.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect();
    let at = |row: usize, step: Step, seconds: Option<i64>| {
        seconds.map(|seconds| Moment { seconds, date_only: date_only[row] & (1 << step as u32) != 0 })
    };
    let end = |row: usize| match at(row, Step::CalledBack, called[row]) {
        Some(moment) => End::At(moment),
        // It was made, and nobody can tell when.
        None if made[row] => End::Untold,
        None => End::Open,
    };
    let own = |row: usize| at(row, Step::Resolved, resolved[row]).filter(|resolved| resolved.seconds < setting.as_of);
    let starts = if is_joined {
        joined::starts(frame, rule, own, setting)?
    } else {
        (0..rows).map(|row| own(row).into()).collect()
    };
    for row in 0..rows {
        if starts[row] == Start::NotYet && !made[row] && standings[row] == Standing::Due {
            standings[row] = Standing::NotOwed;
        }
    }
    let starts: Vec<Option<Moment>> = starts.into_iter().map(Start::moment).collect();
    let clock = |row: usize| setting.clocks.of(community[row]);
    let of_due = |row: usize| {
        let is_due = standings[row] == Standing::Due;
        is_due.then(|| outcome(clock(row), starts[row], end(row), [Some(span), None], setting.as_of))
    };
    let outcomes: Vec<Option<Outcome>> = by_row(rows, of_due);
    for (row, outcome) in outcomes.iter().enumerate() {
        if let Some(outcome) = outcome {
            standings[row] = Standing::of_outcome(made[row], *outcome);
        }
    }
    let outcome_code = |outcome: &Option<Outcome>| outcome.unwrap_or(Outcome::NotRuled).number();
    columns.push(column(OUTCOME, outcomes.iter().map(outcome_code).collect::<Vec<u32>>()));
    let rests = by_row(rows, |row| {
        rests_on_plain_week(clock(row), starts[row], end(row), || [Some(span), None], setting.as_of)
    });
    if rests.contains(&true) {
        columns.push(column(RESTS_ON_PLAIN_WEEK, rests));
    }
    let due = by_row(rows, |row| {
        let last = starts[row].map(|from| if from.date_only { from.latest() - 1 } else { from.seconds });
        last.map(|from| crate::clock::due::due(clock(row), from, span))
    });
    columns.push(column(DUE, due));
    // With a limit a callback belongs to the month in which it fell due.
    let month: Vec<i32> = frame.column(c::MONTH)?.i32()?.iter().map(|month| month.unwrap_or(0)).collect();
    let fell_due = by_row(rows, |row| {
        let due = |from: Moment| crate::clock::due::due(clock(row), from.seconds, span) - 1;
        starts[row].map_or(month[row], |from| month_number(date_of(due(from))))
    });
    columns.push(column(c::MONTH, fell_due));
    Ok(columns)
}

/// What is made of each row, in order.
fn by_row<T: Send>(rows: usize, of: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    (0..rows).into_par_iter().with_min_len(STRETCH).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_documented_under_the_seven_headings() {
        for (_, text) in crate::profile::load::BUILT_IN {
            let profile: Profile = toml::from_str(text).unwrap_or_else(|error| unreachable!("{error}"));
            super::super::metric::assert_documented(&metrics(&profile));
        }
        super::super::metric::assert_documented(&[on_time::metric()]);
    }
}
