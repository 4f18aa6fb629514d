//! Moments: the ways in which people write dates and times.

use chrono::{NaiveDate, NaiveTime};
use unicode_normalization::UnicodeNormalization;

use super::numeral;
use super::scanner::Scanner;
use crate::moment::{DAY, DateOrder, Moment, day_number};

/// What the table says about its dates.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateContext {
    /// Year for dates without one, from the title.
    pub year: Option<i32>,
    /// Month for `3日`, from the title.
    pub month: Option<u32>,
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
        normal = numeral::with_digits(&text.nfkc().collect::<String>(), &UNITS);
        normal.as_str()
    };
    let text = text.trim_end_matches(['.', '。', ';', ',']);
    let Some((moment, is_ambiguous)) = (Scanner { rest: text }).moment(context) else {
        return if is_null_date(text) { Reading::Sentinel } else { Reading::Unreadable };
    };
    match checked(moment) {
        Reading::Moment(moment) if is_ambiguous => Reading::Ambiguous(moment),
        reading => reading,
    }
}

/// Words that numerals stand before in dates and times.
const UNITS: [char; 10] = ['年', '月', '日', '号', '號', '时', '時', '点', '點', '分'];

/// `0000-00-00`, and `1900/1/0`, which is how Excel shows the number 0.
fn is_null_date(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(year), Some(_), Some(day)) => {
            year == "0000" || (year == "1900" || year == "1899") && day.trim_start_matches('0').is_empty()
        }
        _ => text == "00000000",
    }
}

/// Reads a number in a column of dates: a serial of the 1900 epoch, digits such as `20250305` or `202503051430`, or `3.5` for the 5th
/// of March of the title's year.
#[must_use]
pub fn parse_number(number: f64, context: DateContext) -> Reading {
    let is_dated = (10_000_101.0..=99_991_231.0).contains(&number) || (1e11..=99_991_231_235_959.0).contains(&number);
    if is_dated && number.fract() == 0.0 {
        return parse(&format!("{number}"), context);
    }
    if number == 0.0 {
        return Reading::Sentinel;
    }
    if (1.0..13.0).contains(&number) && number.fract() != 0.0 && context.year.is_some() {
        // `3.1` may have been `3.10`: nobody can say.
        let written = format!("{number}");
        let is_cut = [".1", ".2", ".3"].iter().any(|end| written.ends_with(end)) && written.len() <= 4;
        return if is_cut { Reading::Unreadable } else { parse(&written, context) };
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
    // Dates, the common case, are told at once.
    if text.len() > 40 || text.contains(['-', '/', '月', '年']) {
        return None;
    }
    let normal = numeral::with_digits(&text.nfkc().collect::<String>(), &UNITS);
    if !normal.contains([':', '点', '时', '點', '時']) || normal.contains(['-', '/', '月', '年']) {
        return None;
    }
    let mut scanner = Scanner { rest: normal.trim() };
    let before = scanner.half_day();
    scanner.time(before)
}

/// Whether a date is written without its year: `1月5日`, `1/5 14:30`.
#[must_use]
pub fn is_without_year(text: &str) -> bool {
    let date = text.trim().split([' ', 'T']).next().unwrap_or("");
    let digits = date.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    !date.contains('年') && digits.clone().all(|part| part.len() <= 2) && digits.take(3).count() == 2
}

/// Whether a cell says that the one above holds for it too.
#[must_use]
pub fn is_ditto(text: &str) -> bool {
    // Most texts are told by their length.
    if text.len() > 24 {
        return false;
    }
    let text = text.trim();
    // And the rest by their first character: this is asked of every cell.
    if !text.starts_with(['同', '〃', '″', '"', '“', '”', '\'', '’', '，', ',', '々', '＂', 'd', '(', '（'])
    {
        return false;
    }
    match text {
        "同上" | "同前" | "同上行" | "〃" | "″" | "\"" | "“" | "”" | "''" | "’’" | "，，" | ",," | "々" | "＂"
        | "ditto" => true,
        // `同 上`, `(同上)`
        _ => {
            text.contains('同') && text.contains(['上', '前']) && {
                let bare: String = text.chars().filter(|c| !c.is_whitespace() && !"()（）。".contains(*c)).collect();
                matches!(bare.as_str(), "同上" | "同前" | "同上行")
            }
        }
    }
}

/// Sets placeholders and impossible years apart.
#[must_use]
pub fn checked(moment: Moment) -> Reading {
    let year = chrono::Datelike::year(&crate::moment::date_of(moment.seconds));
    let unix_epoch = moment.seconds.div_euclid(DAY) == 0;
    // 2099-12-31 stands for "never" in some systems.
    let never = moment.seconds.div_euclid(DAY) == 47_481;
    if unix_epoch || never || matches!(year, 1899 | 1900 | 1904 | 9999) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::moment::written;

    fn read(text: &str) -> String {
        match parse(text, DateContext { year: Some(2025), ..DateContext::default() }) {
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
            "2025.03.05 周三 14:30",
            "2025-03-05（周三）14:30",
            "2025-03-05(三)14:30",
            "2025-03-05T14:30:00+08:00",
            "2025/3/5 14：30",
            "2025/3/5 14.30",
            "2025\\3\\5 14:30",
            "25-3-5 14:30",
            "3.5 14:30",
            "202503051430",
            "20250305143000",
            "20250305 143000",
            "三月五日下午两点半",
            "二〇二五年三月五日 14:30",
            "二零二五年三月五日十四时三十分",
            "05-Mar-25 14:30",
            "5 March 2025 2:30 pm",
            "Mar 5, 2025 2:30 PM",
            "Wed, Mar 5 2025 14:30",
            "2025年3月5日下午2时30分左右",
            "2025年3月5號 14點30分",
        ] {
            assert_eq!(read(text), "2025-03-05 14:30:00", "{text}");
        }
        assert_eq!(read("06/26/2018 10:58:54 AM"), "2018-06-26 10:58:54");
        assert_eq!(read("12/31/2018 12:05:00 AM"), "2018-12-31 00:05:00");
        assert_eq!(read("2018/4/24"), "2018-04-24");
        for text in [
            "3月5日上午",
            "2025.03.05 周三",
            "三月五日",
            "二〇二五年三月五日",
            "25.3.5",
            "25-3-5",
            "3/5",
            "3.5",
            "05-Mar-25",
            "2025.3.5.",
        ] {
            assert_eq!(read(text), "2025-03-05", "{text}");
        }
        for (text, time) in [
            ("3月5日中午11:30", "11:30"),
            ("3月5日中午12:30", "12:30"),
            ("3月5日中午1点", "13:00"),
            ("3月5日晚上8点", "20:00"),
            ("3月5日晚12点", "23:59"),
            ("3月5日凌晨12:30", "00:30"),
        ] {
            assert_eq!(read(text)[11..16], *time, "{text}");
        }
    }

    #[test]
    fn two_digits_of_a_year_stand_in_front_or_behind() {
        // The year of the title is 2025.
        for (text, date) in [
            ("25/3/13", "2025-03-13"),
            ("3/13/25", "2025-03-13"),
            ("13/3/25", "2025-03-13"),
            ("24.12.30", "2024-12-30"),
            ("25.3.25", "2025-03-25"),
        ] {
            assert_eq!(read(text), date, "{text}");
        }
        assert!(read("3/5/25").starts_with("Ambiguous"), "Excel shows the 5th of March so, and the 3rd of May");
    }

    #[test]
    fn a_day_alone_is_of_the_month_of_the_title() {
        let march = DateContext { year: Some(2025), month: Some(3), order: None };
        for (text, expected) in
            [("5日", "2025-03-05 00:00:00"), ("５号", "2025-03-05 00:00:00"), ("11日 14:30", "2025-03-11 14:30:00")]
        {
            let Reading::Moment(moment) = parse(text, march) else { panic!("{text}") };
            assert_eq!(written(moment.seconds), expected, "{text}");
        }
        for text in ["32日", "3号楼", "3"] {
            assert_eq!(parse(text, march), Reading::Unreadable, "{text}");
        }
        assert_eq!(parse("5日", DateContext { month: None, ..march }), Reading::Unreadable);
    }

    #[test]
    fn ditto_marks_are_known_with_blanks_and_brackets() {
        for text in ["同上", "同 上", "（同上）", "(同上)", " 同　上 ", "〃"] {
            assert!(is_ditto(text), "{text}");
        }
        for text in ["同上周", "上同", "不同", ""] {
            assert!(!is_ditto(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_said_to_be_none() {
        for text in [
            "2025-02-30",
            "3月中旬",
            "",
            "已完成",
            "2025",
            "14:30",
            "2025-03-05 修好",
            "1234567890",
            "昨天",
            "昨天下午",
            "上周三",
            "月底",
            "3月5日-3月7日",
            "3月5日晚上1点",
            "2025年3月",
            "第3批",
        ] {
            assert_eq!(read(text), "Unreadable", "{text}");
        }
        for text in [
            "1900-01-01",
            "1970-01-01",
            "1970-01-01 08:00:00",
            "9999-12-31",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "1900/1/0",
            "1899-12-30",
            "2099-12-31",
        ] {
            assert_eq!(read(text), "Sentinel", "{text}");
        }
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
    fn a_number_in_a_column_of_dates_is_a_serial_or_digits_of_a_date() {
        for (number, expected) in [
            (45_721.5, "2025-03-05 12:00:00"),
            (45_721.0, "2025-03-05 whole day"),
            (20_250_305.0, "2025-03-05 whole day"),
            (202_503_051_430.0, "2025-03-05 14:30:00"),
            (20_250_305_143_000.0, "2025-03-05 14:30:00"),
            (3.5, "2025-03-05 whole day"),
            (12.31, "2025-12-31 whole day"),
            (3.1, "Unreadable"),
            (0.0, "Sentinel"),
            (1.0, "Sentinel"),
            (-5.0, "Unreadable"),
            (1.38e10, "Unreadable"),
        ] {
            let read = match parse_number(number, DateContext { year: Some(2025), ..DateContext::default() }) {
                Reading::Moment(moment) if moment.date_only => format!("{} whole day", &written(moment.seconds)[..10]),
                Reading::Moment(moment) => written(moment.seconds),
                other => format!("{other:?}"),
            };
            assert_eq!(read, expected, "{number}");
        }
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
