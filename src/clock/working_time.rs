//! Working time between two moments in constant time: duty seconds before each day are summed once.

use super::week::WorkingWeek;
use crate::moment::{DAY, Seconds};

/// First and last day of the sums: 1990-01-01 to 2110-01-01. Outside, a moment counts as the nearest day within.
const FIRST_DAY: i64 = 7_305;
const DAYS: usize = 43_830;

/// A working week with its sums.
#[derive(Debug, Clone)]
pub struct WorkingTime {
    week: WorkingWeek,
    /// Duty seconds before each day.
    before: Vec<i64>,
    /// Working days before each day.
    days_before: Vec<u32>,
}

impl WorkingTime {
    /// Sums a week up.
    #[must_use]
    pub fn new(week: WorkingWeek) -> Self {
        let (mut before, mut days_before) = (Vec::with_capacity(DAYS + 1), Vec::with_capacity(DAYS + 1));
        let (mut seconds, mut days) = (0, 0);
        let duty = week.day_seconds();
        for day in FIRST_DAY.. {
            before.push(seconds);
            days_before.push(days);
            if before.len() > DAYS {
                break;
            }
            if week.is_working_day(day) {
                seconds += duty;
                days += 1;
            }
        }
        Self { week, before, days_before }
    }

    /// The week.
    #[must_use]
    pub fn week(&self) -> &WorkingWeek {
        &self.week
    }

    fn place(day: i64) -> usize {
        usize::try_from(day - FIRST_DAY).unwrap_or(0).min(DAYS - 1)
    }

    /// Duty seconds since the first day of the sums.
    fn position(&self, at: Seconds) -> i64 {
        let (day, second) = (at.div_euclid(DAY), at.rem_euclid(DAY));
        let place = Self::place(day);
        let mut position = self.before[place];
        if self.week.is_working_day(day) {
            for (start, end) in &self.week.hours {
                position += (second.min(*end) - start).max(0);
            }
        }
        position
    }

    /// Whether a moment lies within duty hours; the end of a stretch no longer does.
    #[must_use]
    pub fn is_on_duty(&self, at: Seconds) -> bool {
        let second = at.rem_euclid(DAY);
        self.week.hours.iter().any(|(start, end)| (*start..*end).contains(&second))
            && self.week.is_working_day(at.div_euclid(DAY))
    }

    /// Duty seconds from one moment to a later one; negative the other way round.
    #[must_use]
    pub fn between(&self, from: Seconds, to: Seconds) -> i64 {
        self.position(to) - self.position(from)
    }

    /// The earliest moment by which a number of duty seconds has passed.
    #[must_use]
    pub fn after(&self, from: Seconds, seconds: i64) -> Seconds {
        let target = self.position(from) + seconds;
        // The day on which the target is reached: the last one that begins before it.
        let place = self.before.partition_point(|before| *before < target).saturating_sub(1).min(DAYS - 1);
        let mut left = target - self.before[place];
        let day = FIRST_DAY + i64::try_from(place).unwrap_or(0);
        for (start, end) in &self.week.hours {
            if left <= end - start {
                return day * DAY + start + left;
            }
            left -= end - start;
        }
        (day + 1) * DAY
    }

    /// 24:00 of the nth working day after the day of a moment.
    #[must_use]
    pub fn end_of_nth_working_day(&self, from: Seconds, n: u32) -> Seconds {
        let day = from.div_euclid(DAY);
        let place = Self::place(day + 1);
        let target = self.days_before[place] + n;
        let found = self.days_before.partition_point(|before| *before < target).min(DAYS);
        (FIRST_DAY + i64::try_from(found).unwrap_or(0)) * DAY
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::CalendarEntry;
    use crate::moment::{Moment, written};
    use crate::normalise::moment::{DateContext, Reading, parse};

    fn clock() -> WorkingTime {
        WorkingTime::new(
            WorkingWeek::new(&CalendarEntry::default()).unwrap_or_else(|_| unreachable!("the default is right")),
        )
    }

    fn at(text: &str) -> Seconds {
        match parse(text, DateContext::default()) {
            Reading::Moment(Moment { seconds, .. }) => seconds,
            _ => 0,
        }
    }

    /// The same, minute by minute.
    fn counted(clock: &WorkingTime, from: Seconds, to: Seconds) -> i64 {
        (from..to).step_by(60).filter(|minute| clock.is_on_duty(*minute)).map(|_| 60).sum()
    }

    #[test]
    fn eight_working_hours_run_over_lunch_night_weekend_holiday_and_make_up_day() {
        let clock = clock();
        for (from, due) in [
            ("2025-03-05 08:30", "2025-03-05 18:00"),
            ("2025-03-05 14:00", "2025-03-06 14:00"),
            ("2025-03-07 17:00", "2025-03-10 17:00"),
            // Labour Day 1–5 May 2025 off; Sunday 27 April is worked.
            ("2025-04-30 17:00", "2025-05-06 17:00"),
            ("2025-04-26 10:00", "2025-04-27 18:00"),
            ("2025-03-08 12:00", "2025-03-10 18:00"),
        ] {
            // A duty day has exactly 8 hours, so the due moment is a full day's duty later.
            assert_eq!(written(clock.after(at(from), 8 * 3600)), written(at(due)), "{from}");
        }
    }

    #[test]
    fn the_nth_working_day_ends_at_midnight() {
        let clock = clock();
        assert_eq!(written(clock.end_of_nth_working_day(at("2025-03-06 10:00"), 2)), "2025-03-11 00:00:00");
        assert_eq!(written(clock.end_of_nth_working_day(at("2025-03-08 10:00"), 1)), "2025-03-11 00:00:00");
        assert_eq!(written(clock.end_of_nth_working_day(at("2025-04-30 23:59"), 1)), "2025-05-07 00:00:00");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn working_time_equals_a_count_minute_by_minute(from in 28_000_000_i64..29_500_000, length in 0_i64..40_000) {
            let clock = clock();
            let (from, to) = (from * 60, (from + length) * 60);
            prop_assert_eq!(clock.between(from, to), counted(&clock, from, to));
        }

        #[test]
        fn the_due_moment_is_the_first_by_which_the_time_has_passed(from in 1_600_000_000_i64..1_800_000_000, seconds in 1_i64..400_000) {
            let clock = clock();
            let due = clock.after(from, seconds);
            prop_assert_eq!(clock.between(from, due), seconds);
            prop_assert_eq!(clock.between(from, due - 1), seconds - 1);
        }
    }
}
