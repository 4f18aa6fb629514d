//! `[calendar]` and `[community.calendar]`: when people are on duty.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use crate::moment::{Moment, Seconds};

/// A calendar. Precedence: pause > own roster > make-up day > holiday > week; see `clock::week`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarEntry {
    /// Working days of the week, 1 Monday – 7 Sunday.
    pub weekdays: Vec<u8>,
    /// Duty hours of a working day, such as `08:30-12:00`; `22:00-06:00` runs on into the next day.
    pub hours: Vec<String>,
    /// Further days off.
    #[serde(deserialize_with = "dates")]
    pub holidays: Vec<NaiveDate>,
    /// Further days of work, with `hours`.
    #[serde(deserialize_with = "dates")]
    pub workdays: Vec<NaiveDate>,
    /// Weekdays with hours of their own.
    pub day: Vec<DayEntry>,
    /// Stretches of days with hours of their own, or off.
    pub roster: Vec<RosterEntry>,
    /// Stretches of time in which every clock stands still.
    pub pause: Vec<PauseEntry>,
}

impl Default for CalendarEntry {
    fn default() -> Self {
        Self {
            weekdays: vec![1, 2, 3, 4, 5],
            hours: vec!["08:30-12:00".to_owned(), "13:30-18:00".to_owned()],
            holidays: Vec::new(),
            workdays: Vec::new(),
            day: Vec::new(),
            roster: Vec::new(),
            pause: Vec::new(),
        }
    }
}

/// Weekdays with hours of their own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayEntry {
    /// Which, 1 Monday – 7 Sunday.
    pub weekdays: Vec<u8>,
    /// Their duty hours; none: off.
    pub hours: Vec<String>,
}

/// A stretch of days with hours of their own, whatever week and holidays say.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterEntry {
    /// First day.
    #[serde(deserialize_with = "date")]
    pub from: NaiveDate,
    /// Last day.
    #[serde(deserialize_with = "date")]
    pub to: NaiveDate,
    /// Duty hours of each of the days; none: off.
    pub hours: Vec<String>,
}

/// A stretch of time in which every clock stands still.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseEntry {
    /// Its first moment; a date stands for 00:00.
    #[serde(deserialize_with = "first_moment")]
    pub from: Seconds,
    /// The moment at which it ends; a date stands for 24:00.
    #[serde(deserialize_with = "last_moment")]
    pub to: Seconds,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// The calendar of a community. What it leaves out is taken from `[calendar]`; its pauses come on top of those of `[calendar]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CommunityCalendar {
    /// As in [`CalendarEntry`].
    pub weekdays: Option<Vec<u8>>,
    /// As in [`CalendarEntry`].
    pub hours: Option<Vec<String>>,
    /// As in [`CalendarEntry`].
    #[serde(deserialize_with = "given_dates")]
    pub holidays: Option<Vec<NaiveDate>>,
    /// As in [`CalendarEntry`].
    #[serde(deserialize_with = "given_dates")]
    pub workdays: Option<Vec<NaiveDate>>,
    /// As in [`CalendarEntry`].
    pub day: Option<Vec<DayEntry>>,
    /// As in [`CalendarEntry`].
    pub roster: Option<Vec<RosterEntry>>,
    /// Further pauses.
    pub pause: Vec<PauseEntry>,
}

impl CommunityCalendar {
    /// The whole calendar, on top of the company's.
    #[must_use]
    pub fn on_top_of(&self, company: &CalendarEntry) -> CalendarEntry {
        let own = self.clone();
        let company = company.clone();
        CalendarEntry {
            weekdays: own.weekdays.unwrap_or(company.weekdays),
            hours: own.hours.unwrap_or(company.hours),
            holidays: own.holidays.unwrap_or(company.holidays),
            workdays: own.workdays.unwrap_or(company.workdays),
            day: own.day.unwrap_or(company.day),
            roster: own.roster.unwrap_or(company.roster),
            pause: [company.pause, own.pause].concat(),
        }
    }
}

/// A date as people write it into a config, quoted or as TOML's own date.
struct Written(String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl Visitor<'_> for Texts {
            type Value = Written;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"2025-01-28\"（日期，加引号 / a date in quotes）")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
                Ok(Written(text.trim().to_owned()))
            }
        }
        deserializer.deserialize_str(Texts)
    }
}

fn as_date<E: Error>(written: &Written) -> Result<NaiveDate, E> {
    NaiveDate::parse_from_str(&written.0, "%Y-%m-%d").map_err(|_| {
        E::custom(format!("「{}」应为日期，如 \"2025-01-28\" / is no date; write it as \"2025-01-28\"", written.0))
    })
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    as_date(&Written::deserialize(deserializer)?)
}

fn dates<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<NaiveDate>, D::Error> {
    Vec::<Written>::deserialize(deserializer)?.iter().map(as_date).collect()
}

fn given_dates<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<NaiveDate>>, D::Error> {
    dates(deserializer).map(Some)
}

/// A moment, or the date of one without a time.
fn moment<E: Error>(written: &Written) -> Result<Moment, E> {
    let text = &written.0;
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Ok(Moment::date(day));
    }
    let exact = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(Moment::exact);
    // 24:00 is the end of a day, which the calendar of the library does not know.
    let midnight = || {
        let day = NaiveDate::parse_from_str(text.strip_suffix("24:00")?.trim_end(), "%Y-%m-%d").ok()?;
        Some(Moment::exact(day.succ_opt()?.and_time(NaiveTime::MIN)))
    };
    exact.or_else(midnight).ok_or_else(|| {
        E::custom(format!(
            "「{text}」应为时刻，如 \"2025-07-01 08:00\" / is no moment; write it as \"2025-07-01 08:00\" or as a date"
        ))
    })
}

fn first_moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Seconds, D::Error> {
    Ok(moment(&Written::deserialize(deserializer)?)?.seconds)
}

fn last_moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Seconds, D::Error> {
    Ok(moment(&Written::deserialize(deserializer)?)?.latest())
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::moment::written;

    #[test]
    fn a_community_takes_from_the_company_what_its_calendar_leaves_out() {
        let config = Config::parse(
            "[calendar]\nhours = [\"08:00-12:00\"]\nholidays = [\"2025-03-03\"]\n\
             [[calendar.day]]\nweekdays = [6]\nhours = [\"09:00-12:00\"]\n\
             [[calendar.pause]]\nfrom = \"2025-07-01 08:00\"\nto = \"2025-07-02 24:00\"\nreason = \"台风\"\n\
             [[community]]\nid = \"a\"\nname = \"甲\"\n[community.calendar]\nweekdays = [1, 2]\n\
             [[community.calendar.pause]]\nfrom = \"2025-08-01\"\nto = \"2025-08-01\"\n",
        )
        .unwrap();
        let own = config.community[0].calendar.as_ref().unwrap().on_top_of(&config.calendar);
        assert_eq!(own.weekdays, [1, 2]);
        assert_eq!(own.hours, ["08:00-12:00"]);
        assert_eq!((own.holidays.len(), own.day.len()), (1, 1));
        let pauses: Vec<[String; 2]> = own.pause.iter().map(|pause| [written(pause.from), written(pause.to)]).collect();
        assert_eq!(
            pauses,
            [["2025-07-01 08:00:00", "2025-07-03 00:00:00"], ["2025-08-01 00:00:00", "2025-08-02 00:00:00"]]
        );
    }

    #[test]
    fn a_wrong_date_is_told_with_its_line_and_what_was_expected() {
        for (text, found) in [
            ("[[calendar.roster]]\nfrom = \"2025-13-01\"\nto = \"2025-02-04\"\nhours = []\n", "2025-13-01"),
            ("[calendar]\nholidays = [\"1 May\"]\n", "1 May"),
            ("[[calendar.pause]]\nfrom = \"1/7 8:00\"\nto = \"2025-07-02\"\n", "1/7 8:00"),
        ] {
            let message = Config::parse(text).unwrap_err();
            assert!(message.contains(found) && message.contains("line 2") && message.contains("2025-"), "{message}");
        }
    }
}
