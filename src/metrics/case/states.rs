//! State of each case as of the as-of moment, its stock, and when it came in.

use chrono::{Datelike, Timelike};
use polars::prelude::{Column, DataFrame, IntoLazy, PolarsResult, col, lit};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::cases::Cases;
use super::derive::{HOUR, LEFT_MONTH, WEEKDAY};
use super::open_at_end::ENTERED;
use super::rules::STRETCH;
use super::times;
use crate::metrics::runner::Setting;
use crate::moment::{DAY, date_of, month_number};
use crate::records::columns as c;
use crate::records::frames::column;
use crate::records::store::NO_NAME;
use crate::step::Step;

/// The cases that had been received by the as-of moment; the frame itself where that is all of them.
pub(super) fn happened(frame: &DataFrame, setting: &Setting<'_>) -> PolarsResult<DataFrame> {
    let latest = frame.column(Step::Received.column())?.i64()?.iter().flatten().max();
    let last_month = frame.column(c::MONTH)?.i32()?.iter().flatten().max();
    if latest.is_none_or(|at| at < setting.as_of) && last_month.is_none_or(|month| month <= setting.last_month()) {
        return Ok(frame.clone());
    }
    let received = col(Step::Received.column());
    let by_moment = received.clone().lt(lit(setting.as_of));
    let by_month = received.is_null().and(col(c::MONTH).lt_eq(lit(setting.last_month())));
    frame.clone().lazy().filter(by_moment.or(by_month)).collect()
}

/// State and stock.
pub(super) fn state_columns(cases: &Cases, months: &[i32]) -> Vec<Column> {
    let of = |state: &(dyn Fn(usize) -> bool + Sync)| -> Vec<bool> {
        (0..cases.rows).into_par_iter().with_min_len(STRETCH).map(state).collect()
    };
    let known = |row: usize| cases.is_resolved(row) || cases.is_open(row);
    // A case closed without a moment was in no stock at a known time.
    let in_stock = |row: usize| cases.is_open(row) || cases.moment(Step::Resolved, row).is_some();
    // One that was opened again leaves for good when it is resolved again.
    let left = |row: usize| {
        let last = cases.moment(Step::ResolvedAgain, row).or_else(|| cases.moment(Step::Resolved, row));
        last.filter(|_| cases.is_resolved(row))
    };
    // A case cannot leave the stock before it came in: an impossible order voids the interval, not the stock.
    let left_month: Vec<i32> = (0..cases.rows)
        .map(|row| {
            let left = left(row).map(|moment| month_number(date_of(moment.seconds)));
            left.map_or(i32::MAX, |month| month.max(months[row]))
        })
        .collect();
    vec![
        column("is_resolved", of(&|row| cases.is_resolved(row))),
        column("is_open", of(&|row| cases.is_open(row))),
        column("is_state_known", of(&known)),
        column("is_state_unknown", of(&|row| !known(row))),
        column(ENTERED, of(&in_stock)),
        column("left_stock", of(&|row| in_stock(row) && left(row).is_some())),
        column(LEFT_MONTH, left_month),
    ]
}

/// Hour and weekday of receipt, where the moment tells them, and both in one code.
pub(super) fn receipt_columns(cases: &Cases) -> Vec<Column> {
    let (mut hour, mut weekday) = (Vec::with_capacity(cases.rows), Vec::with_capacity(cases.rows));
    for row in 0..cases.rows {
        let received = cases.moment(Step::Received, row);
        let exact = received.filter(|moment| !moment.date_only);
        hour.push(exact.map_or(NO_NAME, |moment| {
            let second = u32::try_from(moment.seconds.rem_euclid(DAY)).unwrap_or(0);
            chrono::NaiveTime::from_num_seconds_from_midnight_opt(second, 0).map_or(NO_NAME, |time| time.hour())
        }));
        weekday.push(received.map_or(NO_NAME, |moment| date_of(moment.seconds).weekday().number_from_monday()));
    }
    let both = weekday.iter().zip(&hour).map(|(day, hour)| if *hour == NO_NAME { NO_NAME } else { day * 24 + hour });
    let both: Vec<u32> = both.collect();
    vec![column(times::BOTH, both), column(HOUR, hour), column(WEEKDAY, weekday)]
}
