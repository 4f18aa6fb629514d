//! Moments: the ways in which people write dates and times.

use chrono::{NaiveDate, NaiveTime};
use unicode_normalization::UnicodeNormalization;

use crate::moment::{DAY, DateOrder, Moment, day_number};

/// What the table says about its dates.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateContext {
    /// Year for dates without one, from the title.
    pub year: Option<i32>,
    /// Order of day and month where both come before the year.
    pub order: Option<DateOrder>,
}

/// A date as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A moment.
    Moment(Moment),
    /// A moment whose day and month could be the other way round.
    Ambiguous(Moment),
    /// A placeholder such as 1900-01-01.
    Sentinel,
    /// Not a date.
    Unreadable,
}

/// Years that a register can be about; anything else is a slip of the pen or another number.
const YEARS: std::ops::RangeInclusive<i32> = 1950..=2100;

/// Reads a text. Offsets such as `+03:00` are passed over: the clock on the wall is what was written down.
#[must_use]
pub fn parse(text: &str, context: DateContext) -> Reading {
    let text = text.trim();
    if let Some(moment) = parse_iso(text.as_bytes()) {
        return checked(moment);
    }
    let normal;
    let text = if text.is_ascii() {
        text
    } else {
        normal = text.nfkc().collect::<String>();
        normal.as_str()
    };
    let mut scanner = Scanner { rest: text };
    let Some((date, ambiguous)) = scanner.date(context) else { return Reading::Unreadable };
    let moment = match scanner.after_date() {
        AfterDate::Time(time) => Moment::exact(date.and_time(time)),
        AfterDate::Nothing => Moment::date(date),
        AfterDate::Else => return Reading::Unreadable,
    };
    match checked(moment) {
        Reading::Moment(moment) if ambiguous => Reading::Ambiguous(moment),
        reading => reading,
    }
}

/// Reads a number in a column of dates: a serial of the 1900 epoch, or digits such as `20250305`.
#[must_use]
pub fn parse_number(number: f64) -> Reading {
    if (10_000_101.0..=99_991_231.0).contains(&number) && number.fract() == 0.0 {
        return parse(&format!("{number}"), DateContext::default());
    }
    // 1950-01-01 is serial 18,264; 2100-12-31 is 73,415.
    if !(1.0..73_416.0).contains(&number) {
        return Reading::Unreadable;
    }
    #[allow(clippy::cast_possible_truncation, reason = "the range was checked just above")]
    let seconds = ((number - 25_569.0) * 86_400.0).round() as i64;
    checked(Moment { seconds, date_only: number.fract() == 0.0 })
}

/// Reads a time of day without a date: `10:30`, `下午2点半`. Seconds after 00:00.
#[must_use]
pub fn parse_time(text: &str) -> Option<i64> {
    let normal: String = text.nfkc().collect();
    if !normal.contains([':', '点', '时']) || normal.contains(['-', '/', '月', '年']) {
        return None;
    }
    let mut scanner = Scanner { rest: normal.trim() };
    let before = scanner.half_day();
    scanner.time(before).map(|time| i64::from(chrono::Timelike::num_seconds_from_midnight(&time)))
}

/// Whether a cell says that the one above holds for it too.
#[must_use]
pub fn is_ditto(text: &str) -> bool {
    matches!(text.trim(), "同上" | "〃" | "″" | "\"" | "“" | "”" | "''" | "，，")
}

/// Sets placeholders and impossible years apart.
#[must_use]
pub fn checked(moment: Moment) -> Reading {
    let year = chrono::Datelike::year(&crate::moment::date_of(moment.seconds));
    let unix_epoch = moment.seconds.div_euclid(DAY) == 0;
    if unix_epoch || year == 1900 || year == 1899 || year == 1904 || year == 9999 {
        Reading::Sentinel
    } else if YEARS.contains(&year) {
        Reading::Moment(moment)
    } else {
        Reading::Unreadable
    }
}

/// The quick way for `2025-03-05`, `2025-03-05 14:30` and `2025-03-05T14:30:00…`.
fn parse_iso(bytes: &[u8]) -> Option<Moment> {
    let digits = |from: usize, count: usize| -> Option<u32> {
        bytes
            .get(from..from + count)?
            .iter()
            .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    if !(bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-')) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(digits(0, 4)?).ok()?, digits(5, 2)?, digits(8, 2)?)?;
    if bytes.len() == 10 {
        return Some(Moment::date(date));
    }
    if !matches!(bytes[10], b' ' | b'T') || bytes.get(13) != Some(&b':') {
        return None;
    }
    let (hour, minute) = (digits(11, 2)?, digits(14, 2)?);
    let second = match bytes.get(16) {
        Some(b':') => digits(17, 2)?,
        None => 0,
        Some(_) => return None,
    };
    // What may follow the seconds: a fraction, an offset, nothing.
    if bytes.get(19).is_some_and(|byte| !matches!(byte, b'.' | b'+' | b'-' | b'Z')) {
        return None;
    }
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    Some(Moment {
        seconds: day_number(date) * DAY + i64::from(chrono::Timelike::num_seconds_from_midnight(&time)),
        date_only: false,
    })
}

/// Reads a text from left to right.
struct Scanner<'a> {
    rest: &'a str,
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

    /// A number and how many digits it has.
    fn number(&mut self) -> Option<(u32, usize)> {
        self.skip_blanks();
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 || length > 8 {
            return None;
        }
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some((digits.parse().ok()?, length))
    }

    /// A date, and whether its day and month could be the other way round.
    fn date(&mut self, context: DateContext) -> Option<(NaiveDate, bool)> {
        let (first, length) = self.number()?;
        let year = |number: u32| i32::try_from(number).ok();
        let certain =
            |year: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(year, month, day).map(|date| (date, false));
        if length == 8 {
            return certain(year(first / 10_000)?, first / 100 % 100, first % 100);
        }
        if self.accept(&["月"]) {
            let (day, _) = self.number()?;
            self.accept(&["日", "号"]);
            return certain(context.year?, first, day);
        }
        if !self.accept(&["年", "-", "/", "."]) {
            return None;
        }
        let (second, _) = self.number()?;
        if length == 4 {
            if !self.accept(&["月", "-", "/", "."]) {
                return None;
            }
            let (third, _) = self.number()?;
            self.accept(&["日", "号"]);
            return certain(year(first)?, second, third);
        }
        if self.accept(&["月"]) {
            let (third, _) = self.number()?;
            self.accept(&["日", "号"]);
            return certain(2000 + year(first)?, second, third);
        }
        if !self.accept(&["-", "/", "."]) {
            // `3/5`: the year is in the title.
            return certain(context.year?, first, second);
        }
        let (third, third_length) = self.number()?;
        if third_length == 4 {
            return day_and_month(first, second, year(third)?, context.order);
        }
        // `25.3.5`: two digits of the year in front.
        certain(2000 + year(first)?, second, third)
    }

    /// What follows the date.
    fn after_date(&mut self) -> AfterDate {
        self.accept(&["T", ","]);
        self.weekday();
        self.skip_blanks();
        if self.rest.is_empty() {
            return AfterDate::Nothing;
        }
        let before = self.half_day();
        // `1月7日上午` says the day and no hour.
        if before.is_some() && self.rest.trim().is_empty() {
            return AfterDate::Nothing;
        }
        self.time(before).map_or(AfterDate::Else, AfterDate::Time)
    }

    /// A time to the end of the text; `before` is the half of the day that stood in front of it.
    fn time(&mut self, before: Option<HalfDay>) -> Option<NaiveTime> {
        let (mut hour, length) = self.number()?;
        let (mut minute, mut second) = (0, 0);
        if length == 4 && !self.accept(&[":"]) {
            (hour, minute) = (hour / 100, hour % 100);
        } else if self.accept(&["点半", "时半"]) {
            minute = 30;
        } else if (self.accept(&[":", "点", "时"]) || length != 4)
            && let Some((number, _)) = self.number()
        {
            minute = number;
            self.accept(&["分"]);
            if self.accept(&[":"]) || self.rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
                second = self.number()?.0;
                self.accept(&["秒"]);
            }
        }
        if self.accept(&["."]) {
            self.number();
        }
        let after = self.half_day();
        match before.or(after) {
            Some(HalfDay::Afternoon) if hour < 12 => hour += 12,
            Some(HalfDay::Morning) if hour == 12 => hour = 0,
            _ => {}
        }
        self.offset();
        self.accept(&["左右", "许"]);
        self.skip_blanks();
        if !self.rest.is_empty() {
            return None;
        }
        if (hour, minute, second) == (24, 0, 0) {
            return NaiveTime::from_hms_opt(23, 59, 59);
        }
        NaiveTime::from_hms_opt(hour, minute, second)
    }

    fn half_day(&mut self) -> Option<HalfDay> {
        if self.accept(&["上午", "早上", "凌晨", "早", "AM", "am", "a.m."]) {
            Some(HalfDay::Morning)
        } else if self.accept(&["下午", "晚上", "中午", "傍晚", "晚", "PM", "pm", "p.m."]) {
            Some(HalfDay::Afternoon)
        } else {
            None
        }
    }

    fn weekday(&mut self) {
        if self.accept(&["(星期", "星期", "(周", "周"]) {
            self.accept(&["一", "二", "三", "四", "五", "六", "日", "天"]);
            self.accept(&[")"]);
        }
    }

    fn offset(&mut self) {
        if self.accept(&["Z"]) {
            return;
        }
        if self.accept(&["+", "-"]) {
            self.number();
            self.accept(&[":"]);
            self.number();
        }
    }
}

/// What follows a date.
enum AfterDate {
    /// Nothing.
    Nothing,
    /// A time.
    Time(NaiveTime),
    /// Something else.
    Else,
}

#[derive(Clone, Copy)]
enum HalfDay {
    Morning,
    Afternoon,
}

fn day_and_month(first: u32, second: u32, year: i32, order: Option<DateOrder>) -> Option<(NaiveDate, bool)> {
    let month_first = NaiveDate::from_ymd_opt(year, first, second);
    let day_first = NaiveDate::from_ymd_opt(year, second, first);
    match (order, month_first, day_first) {
        (None, Some(date), Some(other)) => Some((date, date != other)),
        (Some(DateOrder::Mdy), Some(date), _)
        | (Some(DateOrder::Dmy), _, Some(date))
        | (_, Some(date), None)
        | (_, None, Some(date)) => Some((date, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::moment::written;

    fn read(text: &str) -> String {
        match parse(text, DateContext { year: Some(2025), order: None }) {
            Reading::Moment(moment) if moment.date_only => written(moment.seconds)[..10].to_owned(),
            Reading::Moment(moment) => written(moment.seconds),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_ways_in_which_people_write_a_moment_are_read() {
        for text in [
            "2025-03-05 14:30",
            "2025-03-05T14:30:00.000",
            "2025-03-05T14:30:00+03:00",
            "2025/3/5 14:30:00",
            "2025.3.5 14:30",
            "2025年3月5日 14:30",
            "2025年3月5日14时30分",
            "2025年3月5日 下午2:30",
            "2025年3月5日下午2点半",
            "20250305 1430",
            "25.3.5 14:30",
            "3月5日 14:30",
            "3/5 14:30",
            "２０２５－０３－０５　１４：３０",
            "2025年3月5日 星期三 14:30",
        ] {
            assert_eq!(read(text), "2025-03-05 14:30:00", "{text}");
        }
        assert_eq!(read("06/26/2018 10:58:54 AM"), "2018-06-26 10:58:54");
        assert_eq!(read("12/31/2018 12:05:00 AM"), "2018-12-31 00:05:00");
        assert_eq!(read("2018/4/24"), "2018-04-24");
        assert_eq!(read("3月5日上午"), "2025-03-05");
    }

    #[test]
    fn what_is_no_date_is_said_to_be_none() {
        for text in ["2025-02-30", "3月中旬", "", "已完成", "2025", "14:30", "2025-03-05 修好", "1234567890"] {
            assert_eq!(read(text), "Unreadable", "{text}");
        }
        assert_eq!(read("1900-01-01"), "Sentinel");
        assert!(read("03/05/2025").starts_with("Ambiguous"));
    }

    #[test]
    fn a_time_of_day_is_read_without_a_date() {
        for (text, minutes) in [("10:30", 630), ("下午2点半", 870), ("９：０５", 545)] {
            assert_eq!(parse_time(text), Some(minutes * 60), "{text}");
        }
        for text in ["2025-03-05 10:30", "3月5日10时", "", "10", "完成"] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_in_a_column_of_dates_is_a_serial() {
        let noon = parse_number(45_721.5);
        assert!(
            matches!(noon, Reading::Moment(moment) if written(moment.seconds) == "2025-03-05 12:00:00" && !moment.date_only)
        );
        assert!(matches!(parse_number(20_250_305.0), Reading::Moment(moment) if moment.date_only));
        assert_eq!(parse_number(-5.0), Reading::Unreadable);
    }

    proptest! {
        #[test]
        fn reading_a_written_moment_changes_nothing(seconds in -600_000_000_i64..4_000_000_000) {
            let moment = Moment { seconds, date_only: false };
            if let Reading::Moment(expected) = checked(moment) {
                prop_assert_eq!(parse(&written(seconds), DateContext::default()), Reading::Moment(expected));
            }
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in ".*") {
            let _ = parse(&text, DateContext::default());
        }
    }
}
