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
    /// Half of a working day's duty seconds.
    HalfWorkingDay,
    /// Calendar days, to 24:00 of the last.
    Days(i64),
    /// Working days, to 24:00 of the last.
    WorkingDays(u32),
    /// Months, to 24:00 of the same day of the month or of its last day.
    Months(u32),
}

/// The last moment that is still in time.
#[must_use]
pub fn due(clock: &WorkingTime, from: Seconds, span: Span) -> Seconds {
    match span {
        Span::Elapsed(seconds) => from + seconds,
        Span::Working(seconds) => clock.after(from, seconds),
        Span::HalfWorkingDay => clock.after(from, clock.week().day_seconds() / 2),
        Span::Days(days) => (from.div_euclid(DAY) + days + 1) * DAY,
        Span::WorkingDays(days) => clock.end_of_nth_working_day(from, days),
        Span::Months(months) => (day_number(months_later(date_of(from), months)) + 1) * DAY,
    }
}

fn months_later(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or_else(|| date.with_year(9999).unwrap_or(date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::week::WorkingWeek;
    use crate::config::CalendarEntry;
    use crate::moment::written;

    #[test]
    fn days_end_at_midnight_and_hours_to_the_second() {
        let clock = WorkingTime::new(
            WorkingWeek::new(&CalendarEntry::default()).unwrap_or_else(|_| unreachable!("the default is right")),
        );
        // 2025-01-31 15:20:10
        let from = 1_738_336_810;
        assert_eq!(written(due(&clock, from, Span::Days(3))), "2025-02-04 00:00:00");
        assert_eq!(written(due(&clock, from, Span::Elapsed(24 * 3600))), "2025-02-01 15:20:10");
        assert_eq!(written(due(&clock, from, Span::Months(1))), "2025-03-01 00:00:00");
    }
}
