//! For which periods a recurring duty is owed, and when each falls due.

use chrono::Datelike;

use crate::moment::{DAY, Period, Seconds, date_of, day_number, month_number, month_start};
use crate::profile::schema::{Duty, Every, Evidence};

/// A period for which a duty is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OwedPeriod {
    /// 00:00 of its first day.
    pub from: Seconds,
    /// 24:00 of its last day.
    pub until: Seconds,
    /// The last moment that is still in time.
    pub due: Seconds,
}

impl OwedPeriod {
    /// Number of its first day.
    pub(super) fn first_day(self) -> i64 {
        self.from / DAY
    }

    /// Number of its last day.
    pub(super) fn last_day(self) -> i64 {
        self.until / DAY - 1
    }
}

/// The periods that had begun by the as-of moment, from the first month with records on: those that begin in it or later, and the
/// longer ones that contain it.
pub(super) fn owed_periods(
    duty: &Duty,
    every: Every,
    first_month: i32,
    as_of: Seconds,
    is_working: impl Fn(i64) -> bool,
) -> Vec<OwedPeriod> {
    stretches(every, first_month, as_of, is_working)
        .into_iter()
        .map(|(from, until)| OwedPeriod { from, until, due: due(duty, every, from, until) })
        .collect()
}

/// Begin and end of each period.
fn stretches(
    every: Every,
    first_month: i32,
    as_of: Seconds,
    is_working: impl Fn(i64) -> bool,
) -> Vec<(Seconds, Seconds)> {
    let start = month_start(first_month);
    let days = |first: i64, step: i64| {
        let begins = std::iter::successors(Some(first), move |day| Some(day + step));
        begins.take_while(move |day| day * DAY < as_of).map(move |day| (day * DAY, (day + step) * DAY))
    };
    let months = |step: i32| {
        let first = first_month.div_euclid(step) * step;
        let begins = std::iter::successors(Some(first), move |month| Some(month + step));
        begins
            .map(move |month| (month_start(month), month_start(month + step)))
            .take_while(move |(from, _)| *from < as_of)
    };
    match every {
        Every::Day => days(start / DAY, 1).collect(),
        Every::WorkingDay => days(start / DAY, 1).filter(|(from, _)| is_working(from / DAY)).collect(),
        Every::Week => {
            // 1970-01-01 was a Thursday: day 4 was a Monday.
            let first = start / DAY;
            days(first + (4 - first).rem_euclid(7), 7).collect()
        }
        Every::HalfMonth => months(1)
            .flat_map(|(from, until)| {
                let middle = from + 15 * DAY;
                [(from, middle), (middle, until)]
            })
            .filter(|(from, _)| *from < as_of)
            .collect(),
        Every::Month => months(1).collect(),
        Every::Quarter => months(3).collect(),
        Every::Half => months(6).collect(),
        Every::Year => months(12).collect(),
    }
}

/// When the duty of a period falls due.
///
/// A day of its own: on that day. With `by_day`: on that day of the following month (`within_period`: of the period's last month),
/// of its last day where it is shorter; of weeks the weekday, of half months the next such day. Without: at the end of the following
/// period, or of the period itself where it must be done within it (`within_period`, and all evidence that only counts within it).
pub(super) fn due(duty: &Duty, every: Every, from: Seconds, until: Seconds) -> Seconds {
    let last = until / DAY - 1;
    let within = duty.within_period || duty.evidence != Evidence::Duty;
    let day = match (every, duty.by_day.map(i64::from)) {
        (Every::Day | Every::WorkingDay, _) => last,
        (Every::Week, Some(weekday)) => (if duty.within_period { from } else { until }) / DAY + weekday.clamp(1, 7) - 1,
        (Every::HalfMonth, Some(day)) => {
            let month = month_number(date_of(from));
            if duty.within_period {
                day_of_month(month, day).clamp(from / DAY, last)
            } else {
                let next = day_of_month(month, day);
                if next > last { next } else { day_of_month(month + 1, day) }
            }
        }
        (_, Some(day)) => {
            let last_month = month_number(date_of(until - 1));
            day_of_month(if duty.within_period { last_month } else { last_month + 1 }, day)
        }
        (_, None) if within => last,
        (Every::Week, None) => last + 7,
        (Every::HalfMonth, None) if date_of(from).day() == 1 => month_start(month_number(date_of(from)) + 1) / DAY - 1,
        (Every::HalfMonth, None) => last + 15,
        (_, None) => {
            let (first, next) = (month_number(date_of(from)), month_number(date_of(until)));
            month_start(next + (next - first)) / DAY - 1
        }
    };
    day * DAY + duty.by_time.as_deref().and_then(time_of_day).unwrap_or(DAY)
}

/// A day of a month; of a month that is shorter, its last.
fn day_of_month(month: i32, day: i64) -> i64 {
    let (first, next) = (month_start(month) / DAY, month_start(month + 1) / DAY);
    (first + day.max(1) - 1).min(next - 1)
}

/// Seconds after 00:00 of `17:00`.
pub(super) fn time_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..=24).contains(&hour) && (0..60).contains(&minute) && hour * 60 + minute <= 24 * 60)
        .then_some(hour * 3_600 + minute * 60)
}

/// The calendar period with these bounds, if there is one.
pub(super) fn calendar_period(from: Seconds, until: Seconds) -> Option<Period> {
    let (first, last) = (month_number(date_of(from)), month_number(date_of(until - 1)));
    let month = Period::of_month_number(first);
    month.with_containing().into_iter().find(|period| {
        period.start() == from && period.end() == until && period.first_month() == first && period.last_month() == last
    })
}

/// The period as data files write it: `2025-06`, `2025-06-03`, or first and last day as `2025-06-02/2025-06-08`.
pub(super) fn label(from: Seconds, until: Seconds) -> String {
    if let Some(period) = calendar_period(from, until) {
        return period.to_string();
    }
    let (first, last) = (date_of(from), date_of(until - 1));
    if day_number(first) == day_number(last) { first.to_string() } else { format!("{first}/{last}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::written;
    use crate::profile::schema::Text;

    fn duty(by_day: Option<u8>, within_period: bool) -> Duty {
        Duty {
            id: "d".to_owned(),
            title: Text::default(),
            clause: "1".to_owned(),
            owed_by: crate::profile::schema::OwedBy::Community,
            from: None,
            to: None,
            within: None,
            every: None,
            by_day,
            within_period,
            by_time: None,
            only_with: None,
            evidence: Evidence::Duty,
            of: None,
            words: Vec::new(),
            method: Vec::new(),
        }
    }

    /// Labels and due moments of the periods from a month to an as-of month's end.
    fn owed(duty: &Duty, every: Every, first: Period, as_of: Seconds) -> Vec<(String, String)> {
        let is_working = |day: i64| (day + 3).rem_euclid(7) < 5;
        owed_periods(duty, every, first.first_month(), as_of, is_working)
            .into_iter()
            .map(|period| (label(period.from, period.until), written(period.due)))
            .collect()
    }

    fn pairs(list: &[(String, String)]) -> Vec<(&str, &str)> {
        list.iter().map(|(label, due)| (label.as_str(), due.as_str())).collect()
    }

    #[test]
    fn the_day_of_a_shorter_month_is_its_last_and_the_year_turns() {
        let found = owed(&duty(Some(30), false), Every::Month, Period::Month(2025, 1), Period::Month(2025, 2).end());
        assert_eq!(pairs(&found), [("2025-01", "2025-03-01 00:00:00"), ("2025-02", "2025-03-31 00:00:00")]);
        let found = owed(&duty(Some(5), false), Every::Month, Period::Month(2025, 12), Period::Month(2025, 12).end());
        assert_eq!(pairs(&found), [("2025-12", "2026-01-06 00:00:00")]);
        let found = owed(&duty(Some(25), true), Every::Month, Period::Month(2025, 12), Period::Month(2025, 12).end());
        assert_eq!(pairs(&found), [("2025-12", "2025-12-26 00:00:00")]);
    }

    #[test]
    fn half_months_end_on_the_fifteenth_and_on_the_last_day() {
        let end = Period::Month(2025, 2).end();
        let found = owed(&duty(None, true), Every::HalfMonth, Period::Month(2025, 2), end);
        assert_eq!(
            pairs(&found),
            [("2025-02-01/2025-02-15", "2025-02-16 00:00:00"), ("2025-02-16/2025-02-28", "2025-03-01 00:00:00")]
        );
        let found = owed(&duty(Some(3), false), Every::HalfMonth, Period::Month(2025, 2), end);
        assert_eq!(
            found.iter().map(|(_, due)| due.as_str()).collect::<Vec<_>>(),
            ["2025-03-04 00:00:00", "2025-03-04 00:00:00"]
        );
        let found = owed(&duty(None, false), Every::HalfMonth, Period::Month(2025, 2), end);
        assert_eq!(
            found.iter().map(|(_, due)| due.as_str()).collect::<Vec<_>>(),
            ["2025-03-01 00:00:00", "2025-03-16 00:00:00"]
        );
    }

    #[test]
    fn without_a_day_it_is_due_when_the_following_period_ends() {
        let found = owed(&duty(None, false), Every::Quarter, Period::Month(2025, 5), Period::Month(2025, 8).end());
        assert_eq!(pairs(&found), [("2025-Q2", "2025-10-01 00:00:00"), ("2025-Q3", "2026-01-01 00:00:00")]);
        let found = owed(&duty(None, true), Every::Year, Period::Month(2025, 5), Period::Month(2025, 8).end());
        assert_eq!(pairs(&found), [("2025", "2026-01-01 00:00:00")]);
    }

    #[test]
    fn weeks_run_from_monday_and_days_of_work_leave_the_weekend_out() {
        // 2025-06-01 was a Sunday: its week began in May and is not owed.
        let as_of = Period::Month(2025, 6).start() + 10 * DAY;
        let found = owed(&duty(Some(2), false), Every::Week, Period::Month(2025, 6), as_of);
        assert_eq!(
            pairs(&found),
            [("2025-06-02/2025-06-08", "2025-06-11 00:00:00"), ("2025-06-09/2025-06-15", "2025-06-18 00:00:00")]
        );
        let daily = Duty { by_time: Some("17:00".to_owned()), ..duty(None, false) };
        let found = owed(&daily, Every::WorkingDay, Period::Month(2025, 6), as_of);
        assert_eq!(found.len(), 7);
        assert_eq!(pairs(&found)[0], ("2025-06-02", "2025-06-02 17:00:00"));
    }
}
