//! Holidays and make-up working days (调休), 2007–2026, as the State Council's General Office published them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};

use crate::moment::day_number;

/// What the published calendar says of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// A day off.
    Holiday,
    /// A day of work on a weekend.
    MakeUpDay,
}

/// The published days by day number, and the years that have any.
struct Calendar {
    days: BTreeMap<i64, Published>,
    years: RangeInclusive<i32>,
    /// First and last day number of these years.
    span: RangeInclusive<i64>,
}

/// Facts with their source in the last column; one row a day that differs from the plain week.
const FACTS: &str = include_str!("calendar/cn-holidays.csv");

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let mut days = BTreeMap::new();
    for line in FACTS.lines().skip(1) {
        let mut fields = line.split(',');
        let date = fields.next().and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok());
        let kind = match fields.next() {
            Some("holiday") => Some(Published::Holiday),
            Some("workday") => Some(Published::MakeUpDay),
            _ => None,
        };
        if let (Some(date), Some(kind)) = (date, kind) {
            days.insert(day_number(date), kind);
        }
    }
    // The first rows belong to the year after: the notice of 2007 moves days of December 2006.
    let years = 2007..=days.keys().last().map_or(2007, |day| crate::moment::day_from_number(*day).year());
    let new_year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).map_or(0, day_number);
    let span = new_year(*years.start())..=new_year(years.end() + 1) - 1;
    Calendar { days, years, span }
});

/// What the published calendar says of a day number.
#[must_use]
pub fn published(day: i64) -> Option<Published> {
    CALENDAR.days.get(&day).copied()
}

/// The years whose calendar is published.
#[must_use]
pub fn published_years() -> RangeInclusive<i32> {
    CALENDAR.years.clone()
}

/// First and last day number of the years whose calendar is published.
#[must_use]
pub fn published_days() -> RangeInclusive<i64> {
    CALENDAR.span.clone()
}

/// Whether a year's calendar is published; other years fall back to the plain week.
#[must_use]
pub fn is_published(year: i32) -> bool {
    CALENDAR.years.contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i64 {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(day_number).unwrap_or_default()
    }

    #[test]
    fn the_spring_festival_of_2026_and_its_make_up_days_are_as_published() {
        assert_eq!(published(day("2026-02-16")), Some(Published::Holiday));
        assert_eq!(published(day("2026-02-14")), Some(Published::MakeUpDay));
        assert_eq!(published(day("2026-03-02")), None);
        assert!(is_published(2007) && is_published(2026) && !is_published(2027) && !is_published(2006));
    }

    #[test]
    fn every_row_of_the_facts_is_read() {
        assert_eq!(CALENDAR.days.len(), FACTS.lines().count() - 1);
    }
}
