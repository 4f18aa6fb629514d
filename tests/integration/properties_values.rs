//! What was read from a cell and is printed reads as the same value again, in each way in which people write it.

use chrono::{NaiveDate, NaiveTime};
use manyi::moment::{DateOrder, Moment, Period};
use manyi::normalise::moment::{DateContext, Reading, parse, parse_number};
use manyi::normalise::rating::Level;
use manyi::normalise::{number, period, place};
use manyi::read::sheet::Value;
use proptest::prelude::{Strategy, any, prop};

use crate::properties::for_all;

fn days() -> impl Strategy<Value = NaiveDate> {
    (1950..=2100_i32, 1..=366_u32).prop_map(|(year, day)| NaiveDate::from_yo_opt(year, day.min(365)).unwrap())
}

fn times() -> impl Strategy<Value = NaiveTime> {
    (0..86_400_u32).prop_map(|seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap())
}

/// Ways to write a day, with its year.
const DAYS: [&str; 8] =
    ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y年%-m月%-d日", "%Y/%-m/%-d", "%Y%m%d", "%Y-%-m-%-d"];

/// Ways to write a time to the minute, and to the second.
const MINUTES: [&str; 5] = ["%H:%M", "%-H:%M", "%H点%M分", "%H时%M分", "%H：%M"];
const SECONDS: [&str; 3] = ["%H:%M:%S", "%H时%M分%S秒", "%H：%M：%S"];

fn printed_again(moment: Moment) -> Reading {
    parse(&Value::Moment(moment).written(), DateContext::default())
}

/// 1970-01-01 is what software writes where it has no date.
fn is_placeholder(day: NaiveDate) -> bool {
    day == NaiveDate::default()
}

#[test]
fn a_day_in_any_writing_is_that_day_and_stays_it_when_printed() {
    for_all(400, &(days(), prop::sample::select(&DAYS[..])), |(day, writing)| {
        let text = day.format(writing).to_string();
        let read = parse(&text, DateContext::default());
        let expected = if is_placeholder(day) { Reading::Sentinel } else { Reading::Moment(Moment::date(day)) };
        assert_eq!(read, expected, "{text}");
        if let Reading::Moment(moment) = read {
            assert_eq!(printed_again(moment), read, "{text}");
        }
    });
}

#[test]
fn a_moment_in_any_writing_is_that_moment_and_stays_it_when_printed() {
    let writings = (prop::sample::select(&DAYS[..]), prop::sample::select([&MINUTES[..], &SECONDS[..]].concat()));
    for_all(600, &(days(), times(), writings), |(day, time, (of_day, of_time))| {
        if is_placeholder(day) {
            return;
        }
        let text = format!("{} {}", day.format(of_day), time.format(of_time));
        let time = if SECONDS.contains(&of_time) { time } else { chrono::Timelike::with_second(&time, 0).unwrap() };
        let read = parse(&text, DateContext::default());
        assert_eq!(read, Reading::Moment(Moment::exact(day.and_time(time))), "{text}");
        if let Reading::Moment(moment) = read {
            assert_eq!(printed_again(moment), read, "{text}");
        }
    });
}

#[test]
fn day_and_month_in_front_of_the_year_follow_the_order_or_are_reported() {
    for_all(300, &days(), |day| {
        if is_placeholder(day) {
            return;
        }
        for (writing, order) in [("%d/%m/%Y", DateOrder::Dmy), ("%m/%d/%Y", DateOrder::Mdy)] {
            let text = day.format(writing).to_string();
            let told = parse(&text, DateContext { order: Some(order), ..DateContext::default() });
            assert_eq!(told, Reading::Moment(Moment::date(day)), "{text}");
            let untold = parse(&text, DateContext::default());
            let both =
                chrono::Datelike::day(&day) <= 12 && chrono::Datelike::day(&day) != chrono::Datelike::month(&day);
            assert_eq!(matches!(untold, Reading::Ambiguous(_)), both, "{text}: {untold:?}");
        }
    });
}

#[test]
fn a_serial_of_a_spreadsheet_is_the_moment_that_it_shows() {
    for_all(300, &(days(), times()), |(day, time)| {
        if is_placeholder(day) {
            return;
        }
        let at = day.and_time(time).and_utc().timestamp();
        #[allow(clippy::cast_precision_loss, reason = "seconds of two centuries")]
        let serial = at as f64 / 86_400.0 + 25_569.0;
        let Reading::Moment(moment) = parse_number(serial, DateContext::default()) else {
            panic!("{serial} is {day} {time}")
        };
        assert_eq!(moment.seconds, at, "{serial}");
        assert_eq!(printed_again(moment), Reading::Moment(moment));
    });
}

#[test]
fn a_number_in_any_writing_stays_the_same_when_printed() {
    let writings = prop::sample::select(&["", "¥", "约", "元", "万", "%", "户", "份", " "][..]);
    for_all(400, &(any::<i32>(), 0..4_u32, writings), |(digits, decimals, mark)| {
        let plain = f64::from(digits) / 10_f64.powi(decimals.try_into().unwrap());
        let text = if ["¥", "约"].contains(&mark) { format!("{mark}{plain}") } else { format!("{plain}{mark}") };
        let wide: String = text
            .chars()
            .map(|c| char::from_u32(c as u32 + 0xFEE0).filter(|_| c.is_ascii_digit()).unwrap_or(c))
            .collect();
        let read = number::parse(&text).unwrap_or_else(|| panic!("{text} is no number"));
        assert_eq!(number::parse(&wide), Some(read), "{wide}");
        assert_eq!(number::parse(&format!("{read}")), Some(read), "{text}");
    });
}

#[test]
fn a_period_in_any_writing_stays_the_same_when_printed() {
    for_all(300, &(1990..=2100_i32, 1..=12_u8, 0..7_usize), |(year, month, writing)| {
        let quarter = (month - 1) / 3 + 1;
        let (text, expected) = match writing {
            0 => (format!("{year}年{month}月"), Period::Month(year, month)),
            1 => (format!("{year}-{month:02}"), Period::Month(year, month)),
            2 => (format!("{year}{month:02}"), Period::Month(year, month)),
            3 => (format!("翠湖花园{year}年第{quarter}季度投诉"), Period::Quarter(year, quarter)),
            4 => (format!("{year}上半年满意度"), Period::Half(year, 1)),
            5 => (format!("{year}年下半年"), Period::Half(year, 2)),
            _ => (format!("{year}年度"), Period::Year(year)),
        };
        let read = period::find(&text).period();
        assert_eq!(read, Some(expected), "{text}");
        assert_eq!(period::find(&expected.to_string()).period(), read, "{text}");
        assert_eq!(Period::parse(&expected.to_string()), read, "{text}");
    });
}

/// One wording of each level, as pages print it.
const LEVELS: [&str; 9] =
    ["特别满意", "非常满意", "满意", "较满意", "基本满意", "一般", "不满意", "很不满意", "未表态"];

#[test]
fn a_rating_in_any_dress_stays_the_same_when_printed() {
    for (word, level) in LEVELS.iter().zip(Level::ALL) {
        for dress in ["{}", " {} ", "{}。", "√{}", "☑ {}", "　{}　", "{}！"] {
            let text = dress.replace("{}", word);
            assert_eq!(Level::parse(&text), Some(level), "{text}");
        }
        let code = level.code();
        assert_eq!(Level::ALL.iter().filter(|other| other.code() == code).count(), 1, "{code}");
    }
}

#[test]
fn a_room_in_any_writing_is_in_the_same_building() {
    for_all(300, &(1..=40_u8, 1..=6_u8, 101..=3204_u16), |(building, unit, room)| {
        let expected = building.to_string();
        for text in [
            format!("{building}-{unit}-{room}"),
            format!("{building}栋{unit}单元{room}"),
            format!("{building}幢{room}"),
            format!("翠湖花园{building}号楼{room}"),
            format!("{building}#{room}"),
            format!("{building}座{room}室"),
            format!(" {building} - {room} "),
        ] {
            assert_eq!(place::building(&text), Some(expected.as_str()), "{text}");
        }
        assert_eq!(place::building(&format!("{expected}-{unit}")), Some(expected.as_str()));
    });
}
