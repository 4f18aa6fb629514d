//! Limits: a number on a clock, written as `8 wh`, `24 h`, `5 min`, `3 d`, `2 wd`, `1 month`, `2 years`,
//! `half wd` or `same day`.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::due::Span;

/// A time limit. Hours and minutes run from moment to moment; days end at 24:00 of the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// Elapsed minutes.
    Minutes(u32),
    /// Elapsed hours.
    Hours(u32),
    /// Working hours.
    WorkingHours(u32),
    /// Half a working day: half of that day's duty time.
    HalfWorkingDay,
    /// Due at 24:00 of the starting day.
    SameDay,
    /// Calendar days; due at 24:00 of the last one.
    Days(u32),
    /// Working days; due at 24:00 of the last one.
    WorkingDays(u32),
    /// Calendar months; due at 24:00 of the same day of the month, or of the month's last day.
    Months(u32),
    /// Years; due at 24:00 of the same day of the year, or of 28 February for a 29th.
    Years(u32),
}

impl Limit {
    /// The limit as a span on its clock.
    #[must_use]
    pub fn span(self) -> Span {
        match self {
            Self::Minutes(n) => Span::Elapsed(i64::from(n) * 60),
            Self::Hours(n) => Span::Elapsed(i64::from(n) * 3600),
            Self::WorkingHours(n) => Span::Working(i64::from(n) * 3600),
            Self::HalfWorkingDay => Span::HalfWorkingDay,
            Self::SameDay => Span::SameDay,
            Self::Days(n) => Span::Days(i64::from(n)),
            Self::WorkingDays(n) => Span::WorkingDays(n),
            Self::Months(n) => Span::Months(n),
            Self::Years(n) => Span::Years(n),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes(n) => write!(f, "{n} min"),
            Self::Hours(n) => write!(f, "{n} h"),
            Self::WorkingHours(n) => write!(f, "{n} wh"),
            Self::HalfWorkingDay => write!(f, "half wd"),
            Self::SameDay => write!(f, "same day"),
            Self::Days(n) => write!(f, "{n} d"),
            Self::WorkingDays(n) => write!(f, "{n} wd"),
            Self::Months(n) => write!(f, "{n} month"),
            Self::Years(1) => write!(f, "1 year"),
            Self::Years(n) => write!(f, "{n} years"),
        }
    }
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || {
            format!(
                "「{text}」不是时限 / not a limit; write a number and a unit: min, h, wh (working hours), d, wd (working days), \
                 month, years, e.g. \"8 wh\", or \"half wd\" or \"same day\""
            )
        };
        let (number, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
        match (number, unit.trim()) {
            ("half", "wd") => return Ok(Self::HalfWorkingDay),
            ("same", "day") => return Ok(Self::SameDay),
            _ => {}
        }
        let number: u32 = number.parse().ok().filter(|n| (1..=10_000).contains(n)).ok_or_else(wrong)?;
        match unit.trim() {
            "min" => Ok(Self::Minutes(number)),
            "h" => Ok(Self::Hours(number)),
            "wh" => Ok(Self::WorkingHours(number)),
            "d" => Ok(Self::Days(number)),
            "wd" => Ok(Self::WorkingDays(number)),
            "month" | "months" => Ok(Self::Months(number)),
            "year" | "years" => Ok(Self::Years(number)),
            _ => Err(wrong()),
        }
    }
}

impl Serialize for Limit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_they_are_written() {
        for text in ["5 min", "24 h", "8 wh", "half wd", "3 d", "2 wd", "1 month", "same day", "1 year", "2 years"] {
            assert_eq!(text.parse::<Limit>().map(|limit| limit.to_string()).as_deref(), Ok(text));
        }
        for text in ["8", "8wh", "-1 h", "0 d", "8 hours of work", "half d", "same wd", "0 years"] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }
}
