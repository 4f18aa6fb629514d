//! Rows of another month, pasted into a register whose title names one.

use super::{Checked, at_moment};
use crate::moment::{DAY, date_of, month_number, written};
use crate::problem::{Code, Problem};
use crate::records::store::NO_MOMENT;
use crate::step::Step;

/// Rows that are told one by one; of more, the number.
const MOST_ROWS: usize = 20;
/// A register whose window runs from the 26th to the 25th holds the last days of the month before.
const WINDOW_STARTS: u32 = 26;

/// Rows received outside the period that the title, the sheet or the file names. Where more rows lie outside than within, the
/// title is wrong, and that is said once. `latest` is the last day of receipt that is no slip: what lies beyond is told elsewhere.
pub(super) fn other_months(checked: &Checked, latest: Option<i64>) -> Vec<Problem> {
    let (batch, kept) = checked;
    let rows = &batch.placed.rows;
    let Some(titled) = rows.titled else { return Vec::new() };
    let months = titled.first_month()..=titled.last_month();
    let beyond = latest.map_or(i64::MAX, |day| (day + 1) * DAY);
    let received = |row: usize| Some(rows.moment(Step::Received, row)).filter(|at| *at != NO_MOMENT && *at < beyond);
    let dated = || kept.iter().filter_map(|row| received(*row as usize).map(|at| (*row as usize, at)));
    let is_outside = |at: i64| !months.contains(&month_number(date_of(at)));
    let outside: Vec<(usize, i64)> = dated().filter(|(_, at)| is_outside(*at)).collect();
    let Some((first, first_at)) = outside.first().copied() else { return Vec::new() };
    let all = dated().count();
    if outside.len() * 2 > all {
        let found = format!("{titled}：{} / {all}，{}", outside.len(), &written(first_at)[..10]);
        return vec![Problem::about(batch.placed.source, Code::TitleDisagrees, &found)];
    }
    if is_window(&outside, dated().map(|(_, at)| at).filter(|at| !is_outside(*at)), titled.start()) {
        return Vec::new();
    }
    let mut problems: Vec<Problem> = outside
        .iter()
        .take(MOST_ROWS)
        .map(|(row, at)| {
            let found = format!("{} ≠ {titled}", &written(*at)[..10]);
            at_moment(checked, Step::Received, *row, Code::OtherMonth, &found)
        })
        .collect();
    if outside.len() > MOST_ROWS {
        let found = format!("{titled}：{} / {all}", outside.len());
        problems[0] = at_moment(checked, Step::Received, first, Code::OtherMonth, &found);
    }
    problems
}

/// Whether the rows outside are the first days of a window from the 26th to the 25th.
fn is_window(outside: &[(usize, i64)], mut within: impl Iterator<Item = i64>, start: i64) -> bool {
    use chrono::Datelike;
    let day = |at: i64| date_of(at).day();
    outside.iter().all(|(_, at)| *at < start && start - at <= 6 * DAY && day(*at) >= WINDOW_STARTS)
        && within.all(|at| day(at) < WINDOW_STARTS)
}
