//! The working week: which days, which duty hours, and what goes before what.
//!
//! Precedence: a company's own days > make-up day > holiday > week.

use chrono::NaiveDate;

use super::calendar::{Published, published};
use crate::config::{CalendarEntry, ConfigError};
use crate::moment::day_number;

/// Duty hours of a working day, in seconds after 00:00: start and end of each stretch, in order.
pub type DutyHours = Vec<(i64, i64)>;

/// A working week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingWeek {
    /// Whether each weekday is one of work, Monday first.
    weekdays: [bool; 7],
    /// Duty hours.
    pub hours: DutyHours,
    own_holidays: Vec<i64>,
    own_workdays: Vec<i64>,
}

impl WorkingWeek {
    /// Checks the week of a config.
    ///
    /// # Errors
    /// When a weekday or duty hours are not understood.
    pub fn new(entry: &CalendarEntry) -> Result<Self, ConfigError> {
        let mut weekdays = [false; 7];
        for weekday in &entry.weekdays {
            let slot =
                usize::from(*weekday).checked_sub(1).and_then(|place| weekdays.get_mut(place)).ok_or_else(|| {
                    ConfigError::Value(format!(
                        "[calendar] weekdays：{weekday} 应为 1（周一）到 7（周日） / must be 1 (Monday) to 7"
                    ))
                })?;
            *slot = true;
        }
        let mut hours = DutyHours::new();
        for text in &entry.hours {
            hours.push(stretch(text).ok_or_else(|| {
                ConfigError::Value(format!(
                    "[calendar] hours：「{text}」应写成 \"08:30-12:00\" / write it as \"08:30-12:00\""
                ))
            })?);
        }
        hours.sort_unstable();
        if hours.is_empty() || hours.windows(2).any(|pair| pair[0].1 > pair[1].0) || !weekdays.contains(&true) {
            return Err(ConfigError::Value(
                "[calendar]：工作时段为空或重叠 / duty hours are missing or overlap".to_owned(),
            ));
        }
        let numbers = |days: &[NaiveDate]| days.iter().copied().map(day_number).collect();
        Ok(Self { weekdays, hours, own_holidays: numbers(&entry.holidays), own_workdays: numbers(&entry.workdays) })
    }

    /// Whether a day number is one of work.
    #[must_use]
    pub fn is_working_day(&self, day: i64) -> bool {
        if self.own_workdays.contains(&day) {
            return true;
        }
        if self.own_holidays.contains(&day) {
            return false;
        }
        match published(day) {
            Some(Published::MakeUpDay) => true,
            Some(Published::Holiday) => false,
            // 1970-01-01 was a Thursday, the fourth day of the week.
            None => usize::try_from((day + 3).rem_euclid(7)).is_ok_and(|place| self.weekdays[place]),
        }
    }

    /// Seconds of duty in a working day.
    #[must_use]
    pub fn day_seconds(&self) -> i64 {
        self.hours.iter().map(|(start, end)| end - start).sum()
    }
}

/// Reads `08:30-12:00`; 24:00 ends a day.
fn stretch(text: &str) -> Option<(i64, i64)> {
    let (start, end) = text.split_once(['-', '–'])?;
    let seconds = |text: &str| {
        let (hour, minute) = text.trim().split_once(':')?;
        let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
        ((0..=24).contains(&hour) && (0..60).contains(&minute) && hour * 60 + minute <= 24 * 60)
            .then_some(hour * 3600 + minute * 60)
    };
    let (start, end) = (seconds(start)?, seconds(end)?);
    (start < end).then_some((start, end))
}
