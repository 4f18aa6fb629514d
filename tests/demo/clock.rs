//! The deadlines, worked out the slow way: a minute at a time. It shares no code with the program and is meant to be
//! too simple to be wrong.

use chrono::{Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

/// Public holidays (月, 日) of 2025 as the State Council gave them.
const HOLIDAYS_2025: [(u32, u32); 28] = [
    (1, 1),
    (1, 28),
    (1, 29),
    (1, 30),
    (1, 31),
    (2, 1),
    (2, 2),
    (2, 3),
    (2, 4),
    (4, 4),
    (4, 5),
    (4, 6),
    (5, 1),
    (5, 2),
    (5, 3),
    (5, 4),
    (5, 5),
    (5, 31),
    (6, 1),
    (6, 2),
    (10, 1),
    (10, 2),
    (10, 3),
    (10, 4),
    (10, 5),
    (10, 6),
    (10, 7),
    (10, 8),
];
/// Weekend days of 2025 on which work is made up for.
const MADE_UP_2025: [(u32, u32); 5] = [(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)];
/// The first days of 2026, which the deadlines of late December reach.
const HOLIDAYS_2026: [(u32, u32); 3] = [(1, 1), (1, 2), (1, 3)];
/// Made up for at the beginning of 2026.
const MADE_UP_2026: [(u32, u32); 1] = [(1, 4)];

/// 24:00 of the last day of the demonstration: nothing later has happened.
pub(crate) fn as_of() -> NaiveDateTime {
    at(2026, 1, 1, 0, 0)
}

/// A date that is known to exist.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("dates in the generator are written by hand and exist")
}

/// A moment that is known to exist.
pub(crate) fn at(year: i32, month: u32, day_of_month: u32, hour: u32, minute: u32) -> NaiveDateTime {
    on(day(year, month, day_of_month), hour, minute)
}

/// This time of that day.
pub(crate) fn on(date: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
    date.and_time(NaiveTime::from_hms_opt(hour, minute, 0).expect("times in the generator lie within a day"))
}

/// Is it a day of work?
pub(crate) fn is_working_day(date: NaiveDate) -> bool {
    let key = (date.month(), date.day());
    let (holidays, made_up): (&[_], &[_]) = match date.year() {
        2025 => (&HOLIDAYS_2025, &MADE_UP_2025),
        2026 => (&HOLIDAYS_2026, &MADE_UP_2026),
        year => panic!("the calendar of {year} is not known here"),
    };
    if made_up.contains(&key) {
        return true;
    }
    !holidays.contains(&key) && !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Is the minute that begins now one of 08:30–12:00 or 13:30–18:00 of a working day?
pub(crate) fn is_on_duty(moment: NaiveDateTime) -> bool {
    let minute = moment.hour() * 60 + moment.minute();
    let on_duty = (510..720).contains(&minute) || (810..1080).contains(&minute);
    on_duty && is_working_day(moment.date())
}

/// Clause 4.3.2 of complaint-classes: 8 working hours where received in working time, else 24 hours.
pub(crate) fn response_due(received: NaiveDateTime) -> NaiveDateTime {
    if !is_on_duty(received) {
        return received + Duration::hours(24);
    }
    let mut now = received;
    let mut worked = 0;
    while worked < 480 {
        if is_on_duty(now) {
            worked += 1;
        }
        now += Duration::minutes(1);
    }
    now
}

/// Three calendar days, not counting the day of receipt: 24:00 of the third.
pub(crate) fn three_days_due(received: NaiveDate) -> NaiveDateTime {
    on(received + Days::new(4), 0, 0)
}
