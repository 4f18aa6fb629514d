//! Due moments: where a limit on a clock ends.

use chrono::{Datelike, Months, NaiveDate};

use super::working_time::WorkingTime;
use crate::moment::{DAY, Seconds, date_of, day_number};

/// A clock that a limit runs on, with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Elapsed seconds.
    Elapsed(i64),
    /// Duty seconds.
    Working(i64),
    /// Half of the duty seconds of the day on whose duty the clock first runs.
    HalfWorkingDay,
    /// To 24:00 of the starting day.
    SameDay,
    /// Calendar days, to 24:00 of the last.
    Days(i64),
    /// Working days, to 24:00 of the last.
    WorkingDays(u32),
    /// Months, to 24:00 of the same day of the month or of its last day.
    Months(u32),
    /// Years, to 24:00 of the same day of the year; of 28 February for a 29th that the year lacks.
    Years(u32),
}

impl Span {
    /// Whether the limit's clock asks the calendar which days and hours are of work.
    #[must_use]
    pub fn is_of_working_time(self) -> bool {
        matches!(self, Self::Working(_) | Self::HalfWorkingDay | Self::WorkingDays(_))
    }
}

/// The last moment that is still in time.
#[must_use]
pub fn due(clock: &WorkingTime, from: Seconds, span: Span) -> Seconds {
    Count::of(clock, from, span).end(clock, from)
}

/// The earliest and the latest due moment of all starts from a first to a last moment of one day.
#[must_use]
pub fn dues_within(clock: &WorkingTime, first: Seconds, last: Seconds, span: Span) -> (Seconds, Seconds) {
    let ends = (due(clock, first, span), due(clock, last, span));
    if span != Span::HalfWorkingDay {
        return ends;
    }
    // After the last duty of a day the next day's hours set the limit: where they are fewer, a later start is due earlier.
    let changes = clock.ends_of_duty(first.div_euclid(DAY)).flat_map(|end| [end - 1, end]);
    let dues = changes.filter(|at| (first..=last).contains(at)).map(|at| due(clock, at, span));
    dues.fold((ends.0.min(ends.1), ends.0.max(ends.1)), |(least, most), due| (least.min(due), most.max(due)))
}

/// The last moment that is still in time where the case's own clock stood still from each start to each end.
///
/// Limits in hours and working hours run on to the second. A limit in days counts the days whose end (24:00; of a working day
/// the end of its duty) does not lie in a pause: a pause from Monday 10:00 to Wednesday 15:00 moves it by two days, one within a
/// day by none.
#[must_use]
pub fn due_with_pause(clock: &WorkingTime, from: Seconds, span: Span, pauses: &[(Seconds, Seconds)]) -> Seconds {
    let mut pauses: Vec<(Seconds, Seconds)> =
        pauses.iter().copied().filter(|(start, end)| start < end && *end > from).collect();
    pauses.sort_unstable();
    // A clock that is stopped at its start begins where it first runs; days are counted from the starting day all the same.
    let begun = pauses.iter().filter(|(start, _)| *start <= from).map(|(_, end)| *end).max().unwrap_or(from);
    let mut count = Count::of(clock, if span == Span::HalfWorkingDay { begun } else { from }, span);
    let mut from = from;
    for (start, end) in pauses {
        let start = start.max(from);
        if end <= start {
            continue;
        }
        let Some(left) = count.left_after(clock, from, start) else { break };
        (count, from) = (left, end);
    }
    count.end(clock, from)
}

/// What a limit counts, and how much of it is left.
#[derive(Debug, Clone, Copy)]
enum Count {
    Elapsed(i64),
    Working(i64),
    /// Ends of calendar days after a moment.
    Days {
        after: Seconds,
        left: i64,
    },
    /// Ends of working days after a moment.
    WorkingDays {
        after: Seconds,
        left: i64,
    },
}

impl Count {
    fn of(clock: &WorkingTime, from: Seconds, span: Span) -> Self {
        let day = from.div_euclid(DAY);
        // The end of the starting day is not counted.
        let tomorrow = day.saturating_add(1).saturating_mul(DAY);
        let days = |left: i64| Self::Days { after: tomorrow, left };
        match span {
            Span::Elapsed(seconds) => Self::Elapsed(seconds),
            Span::Working(seconds) => Self::Working(seconds),
            Span::HalfWorkingDay => Self::Working(clock.duty_of_first_day(from) / 2),
            Span::SameDay => Self::Days { after: day * DAY, left: 1 },
            Span::Days(n) => days(n),
            Span::WorkingDays(n) => Self::WorkingDays { after: tomorrow, left: i64::from(n) },
            Span::Months(n) => days(day_number(months_later(date_of(from), n)) - day),
            Span::Years(n) => days(day_number(months_later(date_of(from), n.saturating_mul(12))) - day),
        }
    }

    /// What is left at a moment at which the clock stops; none where the limit has ended by then.
    fn left_after(self, clock: &WorkingTime, from: Seconds, stop: Seconds) -> Option<Self> {
        let still = |left: i64| (left > 0).then_some(left);
        Some(match self {
            Self::Elapsed(all) => Self::Elapsed(still(all - clock.elapsed_between(from, stop))?),
            Self::Working(all) => Self::Working(still(all - clock.between(from, stop))?),
            Self::Days { after, left } => {
                let from = after.max(from);
                let left = still(left - clock.days_between(from, stop.max(from)))?;
                Self::Days { after, left }
            }
            Self::WorkingDays { after, left } => {
                let from = after.max(from);
                let left = still(left - clock.working_days_between(from, stop.max(from)))?;
                Self::WorkingDays { after, left }
            }
        })
    }

    /// The moment at which the limit ends.
    fn end(self, clock: &WorkingTime, from: Seconds) -> Seconds {
        match self {
            Self::Elapsed(seconds) => clock.elapsed_after(from, seconds),
            Self::Working(seconds) => clock.after(from, seconds),
            Self::Days { after, left } => clock.end_of_day_after(after.max(from), left),
            Self::WorkingDays { after, left } => clock.end_of_working_day_after(after.max(from), left),
        }
    }
}

fn months_later(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or_else(|| date.with_year(9999).unwrap_or(date))
}
