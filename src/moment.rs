//! Moments and periods: when something happened, as the wall clock of the service center showed it.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// Seconds since 1970-01-01 00:00 on the local wall clock (time zone +08:00 unless the config says otherwise).
pub type Seconds = i64;

/// A moment as written: to the second, or a date without a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The moment, or 00:00 of the date.
    pub seconds: Seconds,
    /// No time was given: the moment lies anywhere from 00:00 to 24:00.
    pub date_only: bool,
}

impl Moment {
    /// A moment to the second.
    #[must_use]
    pub fn exact(at: NaiveDateTime) -> Self {
        Self { seconds: at.and_utc().timestamp(), date_only: false }
    }

    /// A date without a time.
    #[must_use]
    pub fn date(day: NaiveDate) -> Self {
        Self { seconds: day_number(day) * DAY, date_only: true }
    }

    /// The same day of the next year, 28 February for a 29th.
    #[must_use]
    pub fn a_year_later(self) -> Self {
        let day = date_of(self.seconds);
        let later = day.checked_add_months(chrono::Months::new(12)).unwrap_or(day);
        Self { seconds: self.seconds + (day_number(later) - day_number(day)) * DAY, ..self }
    }

    /// Whether the moment lies before another one whatever their missing times were.
    #[must_use]
    pub fn is_surely_before(self, other: Self) -> bool {
        if self.date_only { self.latest() <= other.seconds } else { self.seconds < other.seconds }
    }

    /// The latest second the moment can stand for: itself, or 24:00 of the date.
    #[must_use]
    pub fn latest(self) -> Seconds {
        if self.date_only { self.seconds + DAY } else { self.seconds }
    }
}

/// 24:00 of the last of some days after a moment; the day of the moment itself does not count.
#[must_use]
pub fn end_of_days_after(from: Seconds, days: i64) -> Seconds {
    (from.div_euclid(DAY) + days + 1) * DAY
}

/// Days since 1970-01-01.
#[must_use]
pub fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()) - 719_163
}

/// The date a number of days after 1970-01-01; dates outside the calendar give 1970-01-01.
#[must_use]
pub fn day_from_number(day: i64) -> NaiveDate {
    i32::try_from(day + 719_163).ok().and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or_default()
}

/// The date on which a moment falls.
#[must_use]
pub fn date_of(at: Seconds) -> NaiveDate {
    day_from_number(at.div_euclid(DAY))
}

/// Writes a moment as `2025-03-05 14:30:00`.
#[must_use]
pub fn written(at: Seconds) -> String {
    let (day, second) = (date_of(at), at.rem_euclid(DAY));
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    // By hand: it is written for every cell that is told of, and a format string is read anew each time.
    format!("{:04}-{:02}-{:02} {hour:02}:{minute:02}:{second:02}", day.year(), day.month(), day.day())
}

/// Order of day and month in dates such as `03/05/2025`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Month first.
    #[default]
    Mdy,
    /// Day first.
    Dmy,
}

/// A calendar period of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// A month: year and month 1–12.
    Month(i32, u8),
    /// A quarter: year and quarter 1–4.
    Quarter(i32, u8),
    /// A half year: year and half 1–2.
    Half(i32, u8),
    /// A year.
    Year(i32),
}

impl Period {
    /// The month of a month number (see [`month_number`]).
    #[must_use]
    pub fn of_month_number(number: i32) -> Self {
        let month = u8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
        Self::Month(number.div_euclid(12), month)
    }

    /// The period and every longer one that contains it: a month gives month, quarter, half and year.
    #[must_use]
    pub fn with_containing(self) -> Vec<Self> {
        let year = self.year();
        match self {
            Self::Month(_, month) => {
                vec![
                    self,
                    Self::Quarter(year, (month - 1) / 3 + 1),
                    Self::Half(year, (month - 1) / 6 + 1),
                    Self::Year(year),
                ]
            }
            Self::Quarter(_, quarter) => vec![self, Self::Half(year, (quarter - 1) / 2 + 1), Self::Year(year)],
            Self::Half(..) => vec![self, Self::Year(year)],
            Self::Year(_) => vec![self],
        }
    }

    /// The year in which the period lies.
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Self::Month(year, _) | Self::Quarter(year, _) | Self::Half(year, _) | Self::Year(year) => year,
        }
    }

    /// Months in the period.
    #[must_use]
    pub fn months(self) -> i32 {
        match self {
            Self::Month(..) => 1,
            Self::Quarter(..) => 3,
            Self::Half(..) => 6,
            Self::Year(_) => 12,
        }
    }

    /// Number of the period's first month.
    #[must_use]
    pub fn first_month(self) -> i32 {
        let offset = match self {
            Self::Month(_, month) => i32::from(month) - 1,
            Self::Quarter(_, quarter) => (i32::from(quarter) - 1) * 3,
            Self::Half(_, half) => (i32::from(half) - 1) * 6,
            Self::Year(_) => 0,
        };
        self.year() * 12 + offset
    }

    /// Where the period stands among all: by its first month, then the longer period first. Asked in every comparison.
    #[inline]
    fn place(self) -> i32 {
        let (year, months, nth) = match self {
            Self::Month(year, nth) => (year, 1, nth),
            Self::Quarter(year, nth) => (year, 3, nth),
            Self::Half(year, nth) => (year, 6, nth),
            Self::Year(year) => (year, 12, 1),
        };
        (year * 12 + (i32::from(nth) - 1) * months) * 16 - months
    }

    /// Number of the period's last month.
    #[must_use]
    pub fn last_month(self) -> i32 {
        self.first_month() + self.months() - 1
    }

    /// The moment at which the period begins.
    #[must_use]
    pub fn start(self) -> Seconds {
        month_start(self.first_month())
    }

    /// 24:00 of the period's last day.
    #[must_use]
    pub fn end(self) -> Seconds {
        month_start(self.last_month() + 1)
    }

    /// The period of the same length just before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.shifted(-self.months())
    }

    /// The same period a year earlier.
    #[must_use]
    pub fn year_before(self) -> Self {
        self.shifted(-12)
    }

    fn shifted(self, months: i32) -> Self {
        let first = self.first_month() + months;
        let (year, month) = (first.div_euclid(12), u8::try_from(first.rem_euclid(12)).unwrap_or(0));
        match self {
            Self::Month(..) => Self::Month(year, month + 1),
            Self::Quarter(..) => Self::Quarter(year, month / 3 + 1),
            Self::Half(..) => Self::Half(year, month / 6 + 1),
            Self::Year(_) => Self::Year(year),
        }
    }

    /// Reads `2025-06`, `2025-Q2`, `2025-H1` or `2025`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        if year.len() != 4 {
            return None;
        }
        let year: i32 = year.parse().ok()?;
        let within = |digits: &str, most: u8| digits.parse::<u8>().ok().filter(|n| (1..=most).contains(n));
        match rest {
            None => Some(Self::Year(year)),
            Some(rest) => match rest.strip_prefix(['Q', 'q']) {
                Some(quarter) => within(quarter, 4).map(|q| Self::Quarter(year, q)),
                None => match rest.strip_prefix(['H', 'h']) {
                    Some(half) => within(half, 2).map(|h| Self::Half(year, h)),
                    None if rest.len() == 2 => within(rest, 12).map(|m| Self::Month(year, m)),
                    None => None,
                },
            },
        }
    }
}

impl PartialOrd for Period {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By first month, the longer period first: `2025`, `2025-H1`, `2025-Q1`, `2025-01`, `2025-02`, …
impl Ord for Period {
    #[inline]
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// Months since year 0: year × 12 + month − 1.
#[must_use]
pub fn month_number(day: NaiveDate) -> i32 {
    day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0)
}

/// 00:00 of the first day of a month number.
#[must_use]
pub fn month_start(number: i32) -> Seconds {
    let month = u32::try_from(number.rem_euclid(12)).unwrap_or(0) + 1;
    NaiveDate::from_ymd_opt(number.div_euclid(12), month, 1).map_or(0, day_number) * DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_they_are_written() {
        for text in ["2025-06", "2025-Q2", "2025-H1", "2025"] {
            assert_eq!(Period::parse(text).map(|p| p.to_string()).as_deref(), Some(text));
        }
        for text in ["2025-13", "2025-Q5", "2025-H0", "25", "2025-6", ""] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_lies_in_its_quarter_half_and_year() {
        let containing: Vec<String> =
            Period::Month(2025, 7).with_containing().iter().map(ToString::to_string).collect();
        assert_eq!(containing, ["2025-07", "2025-Q3", "2025-H2", "2025"]);
        assert_eq!(Period::Quarter(2025, 1).previous(), Period::Quarter(2024, 4));
        assert_eq!(Period::Half(2025, 2).year_before(), Period::Half(2024, 2));
        assert_eq!(written(Period::Month(2024, 2).end()), "2024-03-01 00:00:00");
    }
}
