//! When people are on duty: what each day is, and what goes before what.
//!
//! Precedence: pause > own roster > make-up day > holiday > week ([`PRECEDENCE`]).
//!
//! - A **pause** (`[[calendar.pause]]`) stops every clock, elapsed time too. A day counts towards a limit in days where its end
//!   lies outside every pause: the end of a calendar day is 24:00, that of a working day the end of its duty (24:00 at the
//!   latest). So a pause of whole days moves such a limit by these days, and one from Monday noon to Wednesday noon by two.
//! - The company's **own** days: `[[calendar.roster]]` gives stretches of days their own hours, or none; of its single days
//!   `workdays` go before `holidays`.
//! - A **make-up day** or own work day has the `hours` of the calendar, whatever its weekday has.
//! - The **week**: `weekdays` with `hours`; `[[calendar.day]]` gives a weekday hours of its own, or none.
//!
//! Duty that runs over midnight belongs to the day on which it begins; its rest counts even where the next day is off.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::calendar::{Published, published};
use super::stops::Stops;
use crate::config::{CalendarEntry, ConfigError, DayEntry, PauseEntry, RosterEntry};
use crate::moment::{DAY, Seconds, date_of, day_number};

/// Duty hours of a day, in seconds after its 00:00: start and end of each stretch, in order; the last may end after 24:00.
pub type DutyHours = Vec<(i64, i64)>;

/// Years for which a company can set days of its own.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2109;

/// A calendar: a week, what differs from it, and pauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingWeek {
    /// Hours of make-up days and own work days.
    hours: DutyHours,
    /// Hours of each weekday, Monday first; none: off.
    weekdays: [DutyHours; 7],
    /// First day, last day and hours of each own roster, in order and apart.
    rosters: Vec<(i64, i64, DutyHours)>,
    holidays: BTreeSet<i64>,
    workdays: BTreeSet<i64>,
    /// Pauses as they were given: start, end and reason.
    pauses: Vec<(Seconds, Seconds, String)>,
    stops: Stops,
}

impl WorkingWeek {
    /// Checks a calendar of a config.
    ///
    /// # Errors
    /// When a weekday, duty hours, a roster or a pause is not understood, or two of them contradict each other.
    pub fn new(entry: &CalendarEntry) -> Result<Self, ConfigError> {
        let hours = duty_hours("[calendar] hours", &entry.hours)?;
        if hours.is_empty() {
            return Err(wrong(
                "[calendar] hours",
                "工作时段为空 / duty hours are missing; expected e.g. \"08:30-12:00\"",
            ));
        }
        let weekdays = weekdays(&entry.weekdays, &hours, &entry.day)?;
        if weekdays.iter().all(Vec::is_empty) {
            return Err(wrong("[calendar] weekdays", "一周没有工作日 / no day of the week is one of work"));
        }
        let pauses = entry.pause.iter().map(checked_pause).collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            hours,
            weekdays,
            rosters: rosters(&entry.roster)?,
            holidays: days("[calendar] holidays", &entry.holidays)?,
            workdays: days("[calendar] workdays", &entry.workdays)?,
            stops: Stops::new(pauses.iter().map(|(start, end, _)| (*start, *end)).collect()),
            pauses,
        })
    }

    /// Duty hours of a day number before pauses; none: off.
    #[must_use]
    pub fn duty_of(&self, day: i64) -> &[(i64, i64)] {
        if let Some(hours) = self.roster_of(day) {
            return hours;
        }
        if self.workdays.contains(&day) {
            return &self.hours;
        }
        if self.holidays.contains(&day) {
            return &[];
        }
        match published(day) {
            Some(Published::MakeUpDay) => &self.hours,
            Some(Published::Holiday) => &[],
            // 1970-01-01 was a Thursday, the fourth day of the week.
            None => usize::try_from((day + 3).rem_euclid(7)).map_or(&[], |place| &self.weekdays[place]),
        }
    }

    fn roster_of(&self, day: i64) -> Option<&[(i64, i64)]> {
        let after = self.rosters.partition_point(|(first, _, _)| *first <= day);
        let (_, last, hours) = self.rosters.get(after.checked_sub(1)?)?;
        (day <= *last).then_some(hours)
    }

    /// Hours of a working day of no weekday's own: of make-up days and own work days.
    #[must_use]
    pub fn hours(&self) -> &[(i64, i64)] {
        &self.hours
    }

    /// Hours of each weekday, Monday first; none: off.
    #[must_use]
    pub fn weekdays(&self) -> &[DutyHours; 7] {
        &self.weekdays
    }

    /// Own rosters: first day, last day and hours.
    #[must_use]
    pub fn rosters(&self) -> &[(i64, i64, DutyHours)] {
        &self.rosters
    }

    /// Own days off.
    #[must_use]
    pub fn holidays(&self) -> &BTreeSet<i64> {
        &self.holidays
    }

    /// Own days of work.
    #[must_use]
    pub fn workdays(&self) -> &BTreeSet<i64> {
        &self.workdays
    }

    /// Pauses: start, end and reason.
    #[must_use]
    pub fn pauses(&self) -> &[(Seconds, Seconds, String)] {
        &self.pauses
    }

    /// The pauses in order and apart.
    pub(super) fn stops(&self) -> &Stops {
        &self.stops
    }

    /// First and last day number that the company's own days, rosters and pauses touch.
    pub(super) fn own_days(&self) -> Option<(i64, i64)> {
        let of_rosters = self.rosters.iter().flat_map(|(first, last, _)| [*first, *last]);
        let of_pauses = self.pauses.iter().flat_map(|(start, end, _)| [start.div_euclid(DAY), end.div_euclid(DAY)]);
        let all = || of_rosters.clone().chain(of_pauses.clone()).chain(self.holidays.union(&self.workdays).copied());
        Some((all().min()?, all().max()?))
    }
}

fn wrong(place: &str, what: &str) -> ConfigError {
    ConfigError::Value(format!("{place}：{what}"))
}

/// The day numbers of days in years that a calendar can hold.
fn days(place: &str, days: &[NaiveDate]) -> Result<BTreeSet<i64>, ConfigError> {
    days.iter().map(|day| checked_day(place, *day)).collect()
}

fn checked_day(place: &str, day: NaiveDate) -> Result<i64, ConfigError> {
    if YEARS.contains(&day.year()) {
        return Ok(day_number(day));
    }
    Err(wrong(place, &format!("「{day}」的年份应在 1990 到 2109 之间 / the year must lie in 1990–2109")))
}

fn checked_pause(pause: &PauseEntry) -> Result<(Seconds, Seconds, String), ConfigError> {
    let place = "[[calendar.pause]]";
    let (from, to) = (crate::moment::written(pause.from), crate::moment::written(pause.to));
    checked_day(place, date_of(pause.from))?;
    checked_day(place, date_of(pause.to - 1))?;
    if pause.from >= pause.to {
        let what = format!("from「{from}」应早于 to「{to}」 / \"from\" must lie before \"to\"");
        return Err(wrong(place, &what));
    }
    Ok((pause.from, pause.to, pause.reason.clone()))
}

/// The hours of each weekday: those of its own entry, else the common ones where it is a working day.
fn weekdays(common: &[u8], hours: &DutyHours, own: &[DayEntry]) -> Result<[DutyHours; 7], ConfigError> {
    let mut weekdays: [DutyHours; 7] = Default::default();
    for weekday in common {
        weekdays[weekday_place("[calendar] weekdays", *weekday)?].clone_from(hours);
    }
    let mut given = BTreeSet::new();
    let place = "[[calendar.day]] weekdays";
    for entry in own {
        let hours = duty_hours("[[calendar.day]] hours", &entry.hours)?;
        if entry.weekdays.is_empty() {
            return Err(wrong(place, "没有写星期几 / names no weekday; expected 1 (Monday) to 7"));
        }
        for weekday in &entry.weekdays {
            if !given.insert(*weekday) {
                return Err(wrong(place, &format!("{weekday} 出现了两次 / stands twice")));
            }
            weekdays[weekday_place(place, *weekday)?].clone_from(&hours);
        }
    }
    Ok(weekdays)
}

fn weekday_place(place: &str, weekday: u8) -> Result<usize, ConfigError> {
    let found = usize::from(weekday).checked_sub(1).filter(|place| *place < 7);
    found.ok_or_else(|| wrong(place, &format!("{weekday} 应为 1（周一）到 7（周日） / must be 1 (Monday) to 7")))
}

/// Rosters in order; two for one day contradict each other.
fn rosters(entries: &[RosterEntry]) -> Result<Vec<(i64, i64, DutyHours)>, ConfigError> {
    let place = "[[calendar.roster]]";
    let mut rosters = Vec::with_capacity(entries.len());
    for entry in entries {
        let (first, last) = (checked_day(place, entry.from)?, checked_day(place, entry.to)?);
        if first > last {
            let what = format!("from「{}」晚于 to「{}」 / \"from\" lies after \"to\"", entry.from, entry.to);
            return Err(wrong(place, &what));
        }
        rosters.push((first, last, duty_hours("[[calendar.roster]] hours", &entry.hours)?));
    }
    rosters.sort_unstable();
    if let Some(pair) = rosters.windows(2).find(|pair| pair[0].1 >= pair[1].0) {
        let day = crate::moment::day_from_number(pair[1].0);
        return Err(wrong(place, &format!("{day} 有两个排班 / has two rosters; keep one of them")));
    }
    Ok(rosters)
}

/// Reads the stretches of a day and sets them in order.
fn duty_hours(place: &str, texts: &[String]) -> Result<DutyHours, ConfigError> {
    let mut hours = DutyHours::with_capacity(texts.len());
    for text in texts {
        let stretch = stretch(text)
            .ok_or_else(|| wrong(place, &format!("「{text}」应写成 \"08:30-12:00\" / write it as \"08:30-12:00\"")))?;
        hours.push(stretch);
    }
    hours.sort_unstable();
    // The rest of a night must end before the duty of a next day of the same hours begins.
    let next_day = hours.first().map(|(start, end)| (start + DAY, end + DAY));
    let overlap = hours.iter().copied().zip(hours.iter().copied().skip(1).chain(next_day));
    for ((_, end), (start, _)) in overlap {
        if end > start {
            return Err(wrong(
                place,
                &format!(
                    "「{}」有重叠的时段 / stretches overlap; the end of one lies after the start of the next",
                    texts.join("、")
                ),
            ));
        }
    }
    Ok(hours)
}

/// Reads `08:30-12:00`; 24:00 ends a day, and an end before the start lies on the next day.
fn stretch(text: &str) -> Option<(i64, i64)> {
    let (start, end) = text.split_once(['-', '–'])?;
    let seconds = |text: &str| {
        let (hour, minute) = text.trim().split_once(':')?;
        let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60 || (hour, minute) == (24, 0))
            .then_some(i64::from(hour) * 3600 + i64::from(minute) * 60)
    };
    let (start, end) = (seconds(start)?, seconds(end)?);
    match start.cmp(&end) {
        _ if start == DAY => None,
        std::cmp::Ordering::Less => Some((start, end)),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some((start, end + DAY)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn week(calendar: &str) -> Result<WorkingWeek, String> {
        let config = Config::parse(calendar)?;
        WorkingWeek::new(&config.calendar).map_err(|error| error.to_string())
    }

    fn day(text: &str) -> i64 {
        day_number(text.parse().unwrap())
    }

    #[test]
    fn an_own_roster_goes_before_a_make_up_day_that_before_a_holiday_and_that_before_the_week() {
        let week = week(
            "[calendar]\nhours = [\"09:00-17:00\"]\nholidays = [\"2025-03-05\", \"2025-01-29\"]\nworkdays = [\"2025-01-30\"]\n\
             [[calendar.day]]\nweekdays = [6]\nhours = [\"09:00-12:00\"]\n\
             [[calendar.roster]]\nfrom = \"2025-01-25\"\nto = \"2025-01-26\"\nhours = []\n\
             [[calendar.roster]]\nfrom = \"2025-01-28\"\nto = \"2025-01-29\"\nhours = [\"10:00-11:00\"]\n",
        )
        .unwrap();
        let whole_day: &[(i64, i64)] = &[(9 * 3600, 17 * 3600)];
        for (text, duty) in [
            // A Sunday on which work is made up, and a roster that says it is off.
            ("2025-01-26", &[][..]),
            // Spring Festival with a roster, also where the company lists the day as a holiday.
            ("2025-01-28", &[(10 * 3600, 11 * 3600)]),
            ("2025-01-29", &[(10 * 3600, 11 * 3600)]),
            // Spring Festival, made a work day by the company.
            ("2025-01-30", whole_day),
            ("2025-01-31", &[]),
            // A Saturday on which work is made up: the common hours, not those of Saturdays.
            ("2025-02-08", whole_day),
            ("2025-02-15", &[(9 * 3600, 12 * 3600)]),
            ("2025-03-05", &[]),
            ("2025-03-06", whole_day),
            ("2025-03-09", &[]),
        ] {
            assert_eq!(week.duty_of(day(text)), duty, "{text}");
        }
    }

    #[test]
    fn what_contradicts_itself_is_refused_by_what_was_found_and_expected() {
        for (calendar, told) in [
            ("[calendar]\nweekdays = [8]\n", "8"),
            ("[calendar]\nweekdays = []\n", "weekdays"),
            ("[calendar]\nhours = []\n", "08:30-12:00"),
            ("[calendar]\nhours = [\"8-12\"]\n", "8-12"),
            ("[calendar]\nhours = [\"08:00-08:00\"]\n", "08:00-08:00"),
            ("[calendar]\nhours = [\"08:00-25:00\"]\n", "08:00-25:00"),
            ("[calendar]\nhours = [\"08:00-12:00\", \"11:00-13:00\"]\n", "重叠"),
            // A night that runs into the morning of the same hours.
            ("[calendar]\nhours = [\"05:00-08:00\", \"22:00-06:00\"]\n", "重叠"),
            ("[[calendar.day]]\nweekdays = [6]\nhours = []\n[[calendar.day]]\nweekdays = [6]\nhours = []\n", "twice"),
            ("[[calendar.day]]\nweekdays = []\nhours = []\n", "1 (Monday)"),
            ("[[calendar.roster]]\nfrom = \"2025-01-02\"\nto = \"2025-01-01\"\nhours = []\n", "2025-01-02"),
            (
                "[[calendar.roster]]\nfrom = \"2025-01-02\"\nto = \"2025-01-05\"\nhours = []\n\
                 [[calendar.roster]]\nfrom = \"2025-01-05\"\nto = \"2025-01-06\"\nhours = []\n",
                "2025-01-05",
            ),
            ("[[calendar.pause]]\nfrom = \"2025-01-02 09:00\"\nto = \"2025-01-02 09:00\"\n", "2025-01-02 09:00:00"),
            ("[calendar]\nholidays = [\"0025-01-02\"]\n", "0025-01-02"),
        ] {
            let error = week(calendar).unwrap_err();
            assert!(error.contains(told), "{calendar}: {error}");
        }
    }
}
