//! The text of a date and time, read from left to right.

use chrono::{NaiveDate, NaiveTime};

use super::moment::DateContext;
use crate::moment::{DAY, DateOrder, Moment};

/// Names of months by their first three letters.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Names of weekdays by their first three letters.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Years of registers written with two digits: 2013 to 2099. A first number below is a month or a day.
const SHORT_YEARS: std::ops::RangeInclusive<u32> = 13..=99;

/// Reads a text, folded to half width, from left to right.
pub(super) struct Scanner<'a> {
    pub(super) rest: &'a str,
}

/// A date as far as the text decides it.
#[derive(Clone, Copy)]
pub(super) struct ReadDate {
    date: NaiveDate,
    /// Day and month could be the other way round.
    pub(super) is_ambiguous: bool,
}

impl ReadDate {
    fn certain(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(|date| Self { date, is_ambiguous: false })
    }
}

/// The half of the day that a text names.
#[derive(Clone, Copy)]
pub(super) enum HalfDay {
    Morning,
    /// 中午: from eleven to one.
    Noon,
    Afternoon,
    /// 晚上: twelve is midnight.
    Evening,
}

fn year(number: u32) -> Option<i32> {
    i32::try_from(number).ok()
}

impl Scanner<'_> {
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn accept(&mut self, choices: &[&str]) -> bool {
        self.skip_blanks();
        for choice in choices {
            if let Some(rest) = self.rest.strip_prefix(choice) {
                self.rest = rest;
                return true;
            }
        }
        false
    }

    /// A number of at most `most` digits and how many it has.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        self.skip_blanks();
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let length = if length > most && most == 8 && matches!(length, 12 | 14) { 8 } else { length };
        if length == 0 || length > most {
            return None;
        }
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some((digits.parse().ok()?, length))
    }

    /// A word of letters that begins like one of the names: its place among them, from 1.
    fn name(&mut self, names: &[&str]) -> Option<u32> {
        self.skip_blanks();
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let word = self.rest.get(..length)?;
        let place =
            names.iter().position(|name| word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(name)))?;
        self.rest = self.rest[length..].trim_start_matches(['.', ',']);
        u32::try_from(place + 1).ok()
    }

    /// The moment that the whole text says.
    pub(super) fn moment(&mut self, context: DateContext) -> Option<(Moment, bool)> {
        let read = self.date(context)?;
        let moment = self.after_date(read.date)?;
        Some((moment, read.is_ambiguous))
    }

    /// A date, and whether its day and month could be the other way round.
    pub(super) fn date(&mut self, context: DateContext) -> Option<ReadDate> {
        let _ = self.name(&WEEKDAYS);
        if let Some(month) = self.name(&MONTHS) {
            // `Mar 5, 2025`
            let (day, _) = self.number(2)?;
            self.accept(&["st", "nd", "rd", "th"]);
            self.accept(&[","]);
            return ReadDate::certain(self.full_year()?, month, day);
        }
        let (first, length) = self.number(8)?;
        if length == 8 {
            return ReadDate::certain(year(first / 10_000)?, first / 100 % 100, first % 100);
        }
        if self.accept(&["月"]) {
            let (day, _) = self.number(2)?;
            self.accept(&["日", "号", "號"]);
            return ReadDate::certain(context.year?, first, day);
        }
        if length <= 2 && self.accept(&["日", "号", "號"]) {
            return ReadDate::certain(context.year?, context.month?, first);
        }
        let by_mark = self.accept(&["年", "-", "/", ".", "\\", "、"]);
        if let Some(month) = self.name(&MONTHS) {
            // `05-Mar-25`
            self.accept(&["-", "/"]);
            return ReadDate::certain(self.full_year()?, month, first);
        }
        if !by_mark {
            return None;
        }
        let (second, _) = self.number(2)?;
        if length == 4 {
            if !self.accept(&["月", "-", "/", ".", "\\", "、"]) {
                return None;
            }
            let (third, _) = self.number(2)?;
            self.accept(&["日", "号", "號"]);
            return ReadDate::certain(year(first)?, second, third);
        }
        if self.accept(&["月"]) {
            let (third, _) = self.number(2)?;
            self.accept(&["日", "号", "號"]);
            return ReadDate::certain(2000 + year(first)?, second, third);
        }
        if !self.accept(&["-", "/", ".", "\\"]) {
            // `3/5`: the year is in the title.
            return ReadDate::certain(context.year?, first, second);
        }
        let (third, third_length) = self.number(4)?;
        if third_length == 4 {
            return day_and_month(first, second, year(third)?, context.order);
        }
        short_year(first, second, third, context)
    }

    /// A year of four digits, or of two.
    fn full_year(&mut self) -> Option<i32> {
        match self.number(4)? {
            (number, 4) => year(number),
            (number, 2) => year(2000 + number),
            _ => None,
        }
    }

    /// What follows the date: nothing, or a time. Anything else makes the text no moment.
    fn after_date(&mut self, date: NaiveDate) -> Option<Moment> {
        self.accept(&["T", ","]);
        self.weekday();
        self.skip_blanks();
        if self.rest.is_empty() {
            return Some(Moment::date(date));
        }
        let before = self.half_day();
        // `1月7日上午` says the day and no hour.
        if before.is_some() && self.rest.trim().is_empty() {
            return Some(Moment::date(date));
        }
        let seconds = self.time(before)?;
        Some(Moment { seconds: Moment::date(date).seconds + seconds, date_only: false })
    }

    /// A time to the end of the text, as seconds after 00:00; `before` is the half of the day that stood in front of it.
    pub(super) fn time(&mut self, before: Option<HalfDay>) -> Option<i64> {
        let (mut hour, length) = self.number(6)?;
        let (mut minute, mut second) = (0, 0);
        if length == 6 {
            (hour, minute, second) = (hour / 10_000, hour / 100 % 100, hour % 100);
        } else if length == 4 && !self.accept(&[":"]) {
            (hour, minute) = (hour / 100, hour % 100);
        } else if self.accept(&["点半", "时半", "點半", "時半"]) {
            minute = 30;
        } else if (self.accept(&[":", "点", "时", "點", "時", "."]) || length != 4)
            && let Some((number, _)) = self.number(2)
        {
            minute = number;
            self.accept(&["分"]);
            if self.accept(&[":"]) || self.rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
                second = self.number(2)?.0;
                self.accept(&["秒"]);
            }
        }
        if self.accept(&["."]) {
            self.number(9);
        }
        let after = self.half_day();
        hour = match before.or(after) {
            Some(HalfDay::Afternoon) if hour < 12 => hour + 12,
            Some(HalfDay::Noon) if hour < 11 => hour + 12,
            // After midnight in the evening: nobody can say which day.
            Some(HalfDay::Evening) if hour < 5 || hour == 12 && (minute, second) != (0, 0) => return None,
            Some(HalfDay::Evening) if hour <= 12 => hour + 12,
            Some(HalfDay::Morning) if hour == 12 => 0,
            _ => hour,
        };
        self.offset();
        self.accept(&["左右", "许", "許", "前后"]);
        self.skip_blanks();
        if !self.rest.is_empty() {
            return None;
        }
        if (hour, minute, second) == (24, 0, 0) {
            return Some(DAY - 1);
        }
        let time = NaiveTime::from_hms_opt(hour, minute, second)?;
        Some(i64::from(chrono::Timelike::num_seconds_from_midnight(&time)))
    }

    pub(super) fn half_day(&mut self) -> Option<HalfDay> {
        if self.accept(&["上午", "早上", "早晨", "清晨", "凌晨", "早", "AM", "am", "a.m.", "A.M."]) {
            Some(HalfDay::Morning)
        } else if self.accept(&["中午"]) {
            Some(HalfDay::Noon)
        } else if self.accept(&["下午", "傍晚", "PM", "pm", "p.m.", "P.M."]) {
            Some(HalfDay::Afternoon)
        } else if self.accept(&["晚上", "夜间", "夜里", "深夜", "晚"]) {
            Some(HalfDay::Evening)
        } else {
            None
        }
    }

    fn weekday(&mut self) {
        let is_bracketed = self.accept(&["("]);
        let is_named = self.accept(&["星期", "周", "週", "礼拜"]);
        if (is_named || is_bracketed) && self.accept(&["一", "二", "三", "四", "五", "六", "日", "天"]) {
            self.accept(&[")"]);
        }
    }

    fn offset(&mut self) {
        if self.accept(&["Z"]) {
            return;
        }
        if self.accept(&["+", "-"]) {
            self.number(4);
            self.accept(&[":"]);
            self.number(2);
        }
    }
}

/// `25.3.5` has the year in front, as it is said; `3/5/25`, as Excel shows it in English, has it behind. The year of the title
/// decides where both could be; without one a first number that is no year of a register is a month or a day.
fn short_year(first: u32, second: u32, third: u32, context: DateContext) -> Option<ReadDate> {
    let titled = context.year.and_then(|year| u32::try_from(year.checked_sub(2000)?).ok());
    let year_first = ReadDate::certain(2000 + year(first)?, second, third);
    let year_last = || day_and_month(first, second, 2000 + year(third)?, context.order);
    if year_first.is_some() && (titled == Some(first) || titled != Some(third) && SHORT_YEARS.contains(&first)) {
        return year_first;
    }
    if SHORT_YEARS.contains(&third) { year_last() } else { year_first }
}

fn day_and_month(first: u32, second: u32, year: i32, order: Option<DateOrder>) -> Option<ReadDate> {
    let month_first = NaiveDate::from_ymd_opt(year, first, second);
    let day_first = NaiveDate::from_ymd_opt(year, second, first);
    match (order, month_first, day_first) {
        (None, Some(date), Some(other)) => Some(ReadDate { date, is_ambiguous: date != other }),
        (Some(DateOrder::Mdy), Some(date), _)
        | (Some(DateOrder::Dmy), _, Some(date))
        | (_, Some(date), None)
        | (_, None, Some(date)) => Some(ReadDate { date, is_ambiguous: false }),
        _ => None,
    }
}
