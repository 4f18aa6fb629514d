//! Clocks against slow counts that share nothing with them but the published days: a minute at a time and a day at a time.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::calendar::{Published, published};
use super::due::{Span, due, due_with_pause, dues_within};
use super::week::WorkingWeek;
use super::working_time::WorkingTime;
use crate::config::{CalendarEntry, Config};
use crate::moment::{DAY, Seconds, day_number, written};

/// Random pairs for each property, over all calendars together.
const PAIRS: usize = 100_000;

/// Calendars that differ in all that a calendar can say.
const CALENDARS: [&str; 5] = [
    "",
    // Saturday mornings, own days, rosters over a holiday and a make-up day, pauses of a night, of days and of minutes.
    "[calendar]\nholidays = [\"2024-03-08\"]\nworkdays = [\"2024-03-10\", \"2025-10-01\"]\n\
     [[calendar.day]]\nweekdays = [6]\nhours = [\"09:00-12:00\"]\n[[calendar.day]]\nweekdays = [3]\nhours = [\"08:00-12:00\"]\n\
     [[calendar.roster]]\nfrom = \"2025-01-26\"\nto = \"2025-02-04\"\nhours = []\n\
     [[calendar.roster]]\nfrom = \"2019-05-01\"\nto = \"2019-06-30\"\nhours = [\"07:00-11:00\", \"16:00-20:30\"]\n\
     [[calendar.pause]]\nfrom = \"2025-07-01 17:13\"\nto = \"2025-07-04 09:07\"\n\
     [[calendar.pause]]\nfrom = \"2022-04-01\"\nto = \"2022-05-31\"\n[[calendar.pause]]\nfrom = \"2025-07-10 10:00\"\nto = \"2025-07-10 10:05\"\n",
    // Nights that run into mornings of other hours and into days off.
    "[calendar]\nweekdays = [1, 2, 3, 5, 7]\nhours = [\"12:00-13:00\", \"22:00-06:00\"]\n\
     [[calendar.day]]\nweekdays = [4]\nhours = [\"05:00-09:30\", \"10:00-24:00\"]\n\
     [[calendar.roster]]\nfrom = \"2012-02-01\"\nto = \"2012-02-29\"\nhours = [\"20:00-08:00\"]\n\
     [[calendar.pause]]\nfrom = \"2012-02-10 23:00\"\nto = \"2012-02-11 02:30\"\n",
    // Always on duty.
    "[calendar]\nweekdays = [1, 2, 3, 4, 5, 6, 7]\nhours = [\"00:00-24:00\"]\n\
     [[calendar.roster]]\nfrom = \"1990-01-01\"\nto = \"1990-01-02\"\nhours = []\n[[calendar.pause]]\nfrom = \"2109-12-30 10:00\"\nto = \"2109-12-31\"\n",
    // One minute a week.
    "[calendar]\nweekdays = [7]\nhours = [\"23:59-24:00\"]\n",
];

fn entry(calendar: &str) -> CalendarEntry {
    Config::parse(calendar).unwrap_or_else(|error| unreachable!("{error}")).calendar
}

fn clock(calendar: &str) -> WorkingTime {
    WorkingTime::new(WorkingWeek::new(&entry(calendar)).unwrap_or_else(|error| unreachable!("{error}")))
}

/// A moment of any year; a date stands for its 00:00.
fn at(text: &str) -> Seconds {
    let (day, time) = text.split_at(10);
    let number = |text: &str| text.parse::<i64>().unwrap_or_else(|_| unreachable!("{text}"));
    let second = if time.is_empty() { 0 } else { number(&time[1..3]) * 3_600 + number(&time[4..6]) * 60 };
    day_number(day.parse().unwrap_or_else(|_| unreachable!("{text}"))) * DAY + second
}

/// A calendar by its own rules, a minute at a time.
struct Slow {
    entry: CalendarEntry,
    first_day: i64,
    /// The minutes of each day on which somebody is on duty.
    minutes: Vec<[bool; 1440]>,
    /// How many.
    counts: Vec<i64>,
}

impl Slow {
    fn of(calendar: &str, first_day: i64, days: usize) -> Self {
        let mut slow = Self { entry: entry(calendar), first_day, minutes: Vec::new(), counts: Vec::new() };
        slow.minutes = vec![[false; 1440]; days];
        let count = i64::try_from(days).unwrap_or(0);
        for place in -1..count {
            let midnight = place * 1440;
            for (start, end) in slow.duty(first_day + place) {
                for minute in midnight + start..midnight + end {
                    let (day, minute) = (minute.div_euclid(1440), minute.rem_euclid(1440));
                    if let (Ok(day), Ok(minute)) = (usize::try_from(day), usize::try_from(minute))
                        && day < days
                    {
                        slow.minutes[day][minute] = true;
                    }
                }
            }
        }
        for pause in slow.entry.pause.clone() {
            for minute in pause.from / 60..pause.to / 60 {
                let Ok(day) = usize::try_from(minute.div_euclid(1440) - first_day) else { continue };
                if let (Some(day), Ok(minute)) = (slow.minutes.get_mut(day), usize::try_from(minute.rem_euclid(1440))) {
                    day[minute] = false;
                }
            }
        }
        let of_day = |day: &[bool; 1440]| day.iter().map(|on_duty| i64::from(*on_duty)).sum();
        slow.counts = slow.minutes.iter().map(of_day).collect();
        slow
    }

    /// Duty of a day before pauses, in minutes after its 00:00.
    fn duty(&self, day: i64) -> Vec<(i64, i64)> {
        let (entry, weekday) = (&self.entry, u8::try_from((day + 3).rem_euclid(7) + 1).unwrap_or(0));
        let of_roster = entry.roster.iter().find(|r| day_number(r.from) <= day && day <= day_number(r.to));
        let of_week = || match entry.day.iter().find(|own| own.weekdays.contains(&weekday)) {
            Some(own) => own.hours.clone(),
            None if entry.weekdays.contains(&weekday) => entry.hours.clone(),
            None => Vec::new(),
        };
        let hours = if let Some(roster) = of_roster {
            roster.hours.clone()
        } else if entry.workdays.iter().any(|own| day_number(*own) == day) {
            entry.hours.clone()
        } else if entry.holidays.iter().any(|own| day_number(*own) == day) {
            Vec::new()
        } else {
            match published(day) {
                Some(Published::MakeUpDay) => entry.hours.clone(),
                Some(Published::Holiday) => Vec::new(),
                None => of_week(),
            }
        };
        let minutes = |text: &str| text[..2].parse::<i64>().unwrap_or(0) * 60 + text[3..].parse::<i64>().unwrap_or(0);
        let stretch = |text: &String| {
            let (start, end) = (minutes(&text[..5]), minutes(&text[6..]));
            (start, if end < start { end + 1440 } else { end })
        };
        hours.iter().map(stretch).collect()
    }

    fn is_on_duty(&self, minute: i64) -> bool {
        let (day, minute) = (minute.div_euclid(1440) - self.first_day, minute.rem_euclid(1440));
        usize::try_from(day).is_ok_and(|day| usize::try_from(minute).is_ok_and(|minute| self.minutes[day][minute]))
    }

    /// Minutes on duty between two moments in minutes; whole days between them by their counts.
    fn counted(&self, from: i64, to: i64) -> i64 {
        let whole = (from.div_euclid(1440) + 1)..to.div_euclid(1440);
        if whole.is_empty() {
            return (from..to).filter(|minute| self.is_on_duty(*minute)).map(|_| 1).sum();
        }
        let days: i64 =
            whole.clone().filter_map(|day| self.counts.get(usize::try_from(day - self.first_day).ok()?)).sum();
        days + self.counted(from, whole.start * 1440) + self.counted(whole.end * 1440, to)
    }

    /// Whether a second of a day, as an end of it, lies in no pause: the start of a pause is still outside, its end inside.
    fn ends_outside_pauses(&self, day: i64, second: i64) -> bool {
        let end = day * DAY + second;
        !self.entry.pause.iter().any(|pause| pause.from < end && end <= pause.to)
    }
}

/// The windows from which pairs are drawn, in days: all published years and those around them, and both ends of own days.
fn windows() -> [(i64, usize); 3] {
    [(at("2005-06-01") / DAY, 8_700), (at("1988-01-01") / DAY, 1_200), (at("2108-06-01") / DAY, 1_200)]
}

/// Random pairs of moments in minutes within a window, most of them near each other.
fn pairs(rng: &mut ChaCha8Rng, (first, days): (i64, usize), count: usize) -> Vec<(i64, i64)> {
    let (start, end) = (first * 1440, (first + i64::try_from(days).unwrap_or(0)) * 1440);
    (0..count)
        .map(|_| {
            let from = rng.random_range(start..end);
            let longest = [90, 3_000, 60_000, 600_000][rng.random_range(0..4)];
            (from, (from + rng.random_range(0..longest)).min(end - 1))
        })
        .collect()
}

#[test]
fn working_time_of_100_000_random_pairs_equals_a_count_minute_by_minute() {
    let mut rng = ChaCha8Rng::seed_from_u64(2_007);
    let mut compared = 0;
    for calendar in CALENDARS {
        let clock = clock(calendar);
        for (window, share) in windows().into_iter().zip([8, 1, 1]) {
            let slow = Slow::of(calendar, window.0, window.1);
            for (from, to) in pairs(&mut rng, window, PAIRS / CALENDARS.len() * share / 10) {
                let told = || format!("{} – {} of {calendar}", written(from * 60), written(to * 60));
                let counted = slow.counted(from, to) * 60;
                assert_eq!(clock.between(from * 60, to * 60), counted, "{}", told());
                assert_eq!(clock.between(to * 60, from * 60), -counted, "{}", told());
                assert_eq!(clock.is_on_duty(from * 60 + 59), slow.is_on_duty(from), "{}", told());
                compared += 1;
            }
        }
    }
    assert_eq!(compared, PAIRS);
}

#[test]
fn the_due_moment_is_the_earliest_by_which_the_time_has_passed() {
    let mut rng = ChaCha8Rng::seed_from_u64(2_026);
    for calendar in CALENDARS {
        let clock = clock(calendar);
        for _ in 0..4_000 {
            // 1970 to 2150, to the second.
            let from = rng.random_range(0..5_680_281_600_i64);
            let seconds = rng.random_range(1..400_000);
            let due = clock.after(from, seconds);
            let told = || format!("{} + {seconds} of {calendar}: {}", written(from), written(due));
            assert_eq!(clock.between(from, due), seconds, "{}", told());
            assert_eq!(clock.between(from, due - 1), seconds - 1, "{}", told());
            let due = clock.elapsed_after(from, seconds);
            assert_eq!(clock.elapsed_between(from, due), seconds, "{}", told());
            assert_eq!(clock.elapsed_between(from, due - 1), seconds - 1, "{}", told());
        }
    }
}

#[test]
fn limits_in_days_end_with_the_nth_day_that_a_count_day_by_day_finds() {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    for calendar in CALENDARS {
        let clock = clock(calendar);
        for (first, days) in windows() {
            let slow = Slow::of(calendar, first, 1);
            for _ in 0..300 {
                let day = first + rng.random_range(0..i64::try_from(days).unwrap_or(1));
                let (from, n) = (day * DAY + rng.random_range(0..DAY), rng.random_range(1..9));
                let counts = |day: i64| slow.ends_outside_pauses(day, DAY);
                let counted = |counts: &dyn Fn(i64) -> bool| (day + 1..).filter(|day| counts(*day)).nth(n - 1);
                let due_day = counted(&counts).map_or(0, |day| (day + 1) * DAY);
                assert_eq!(
                    written(due(&clock, from, Span::Days(i64::try_from(n).unwrap_or(0)))),
                    written(due_day),
                    "{} + {n} d",
                    written(from)
                );
                let works = |day: i64| {
                    let end = slow.duty(day).iter().map(|(_, end)| (end * 60).min(DAY)).max();
                    end.is_some_and(|end| slow.ends_outside_pauses(day, end))
                };
                let due_day = counted(&works).map_or(0, |day| (day + 1) * DAY);
                let found = due(&clock, from, Span::WorkingDays(u32::try_from(n).unwrap_or(0)));
                assert_eq!(written(found), written(due_day), "{} + {n} wd of {calendar}", written(from));
            }
        }
    }
}

#[test]
fn a_later_start_is_never_due_earlier() {
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let spans = [
        Span::Elapsed(86_400),
        Span::Working(8 * 3_600),
        Span::SameDay,
        Span::Days(3),
        Span::WorkingDays(2),
        Span::Months(1),
        Span::Years(2),
    ];
    for calendar in CALENDARS {
        let clock = clock(calendar);
        for _ in 0..500 {
            let from = rng.random_range(0..5_680_281_600_i64);
            let later = from + rng.random_range(0..400_000);
            for span in spans {
                let (first, second) = (due(&clock, from, span), due(&clock, later, span));
                assert!(from < first && first <= second, "{span:?} {} {}", written(from), written(later));
            }
            // Half a working day is half of that day's duty: a short day may set an earlier limit, known within each day.
            let day = from.div_euclid(DAY) * DAY;
            let (earliest, latest) = dues_within(&clock, day, day + DAY - 1, Span::HalfWorkingDay);
            let due = due(&clock, from, Span::HalfWorkingDay);
            assert!((earliest..=latest).contains(&due), "{calendar}: {}", written(from));
        }
    }
}

#[test]
fn a_pause_of_the_company_stops_every_clock() {
    let clock = clock("[[calendar.pause]]\nfrom = \"2025-07-01\"\nto = \"2025-07-03\"\nreason = \"台风\"\n");
    // Monday 30 June 2025 17:00; Tuesday to Thursday are paused; Friday 4 July is the next day that runs.
    let from = at("2025-06-30 17:00");
    for (span, end) in [
        (Span::Elapsed(24 * 3_600), "2025-07-04 17:00:00"),
        // 1 h on Monday, 3 h 30 on Friday morning, 3 h 30 from 13:30.
        (Span::Working(8 * 3_600), "2025-07-04 17:00:00"),
        (Span::HalfWorkingDay, "2025-07-04 11:30:00"),
        (Span::SameDay, "2025-07-01 00:00:00"),
        // Friday, Saturday, Sunday.
        (Span::Days(3), "2025-07-07 00:00:00"),
        // Friday, Monday.
        (Span::WorkingDays(2), "2025-07-08 00:00:00"),
        // 30 July, and the three days.
        (Span::Months(1), "2025-08-03 00:00:00"),
    ] {
        assert_eq!(written(due(&clock, from, span)), end, "{span:?}");
    }
    assert!(!clock.is_on_duty(at("2025-07-02 10:00")) && clock.is_on_duty(at("2025-07-04 10:00")));
    assert_eq!(written(due(&clock, at("2025-07-02 10:00"), Span::SameDay)), "2025-07-05 00:00:00");
    assert_eq!(written(due(&clock, at("2025-07-02 10:00"), Span::Elapsed(60))), "2025-07-04 00:01:00");
}

#[test]
fn the_pause_of_a_case_moves_its_due_moment() {
    let clock = clock("");
    // Monday 3 March 2025; paused from Tuesday 10:00 to Thursday 15:00.
    let (from, pause) = (at("2025-03-03 09:00"), (at("2025-03-04 10:00"), at("2025-03-06 15:00")));
    for (span, end) in [
        // 25 h had run; of 48 h 23 are left.
        (Span::Elapsed(48 * 3_600), "2025-03-07 14:00:00"),
        // It had ended before the pause.
        (Span::Elapsed(24 * 3_600), "2025-03-04 09:00:00"),
        (Span::Elapsed(25 * 3_600), "2025-03-04 10:00:00"),
        // Monday 09:00–12:00 and 13:30–18:00 are 7 h 30; Tuesday 08:30–10:00 1 h 30; 3 h of 12 h are left: to 18:00 on Thursday.
        (Span::Working(12 * 3_600), "2025-03-06 18:00:00"),
        (Span::Working(12 * 3_600 + 1), "2025-03-07 08:30:01"),
        (Span::HalfWorkingDay, "2025-03-03 14:30:00"),
        (Span::SameDay, "2025-03-04 00:00:00"),
        // The ends of Tuesday and Wednesday lie in the pause: Thursday is the first day, Saturday the third.
        (Span::Days(3), "2025-03-09 00:00:00"),
        // Thursday, Friday, Monday.
        (Span::WorkingDays(3), "2025-03-11 00:00:00"),
        // 3 April, and two days.
        (Span::Months(1), "2025-04-06 00:00:00"),
    ] {
        assert_eq!(written(due_with_pause(&clock, from, span, &[pause])), end, "{span:?}");
        assert_eq!(due_with_pause(&clock, from, span, &[]), due(&clock, from, span));
        // The order of pauses, one within another and one that ends before it begins change nothing.
        let more = [pause, (pause.0 + 60, pause.1 - 60), (pause.1, pause.0), (0, from)];
        assert_eq!(written(due_with_pause(&clock, from, span, &more)), end, "{span:?}");
    }
    // A pause within a day moves no limit in days, and one that holds at the start begins the clock at its end.
    let noon = (at("2025-03-04 10:00"), at("2025-03-04 16:00"));
    assert_eq!(due_with_pause(&clock, from, Span::Days(3), &[noon]), due(&clock, from, Span::Days(3)));
    let early = (at("2025-03-03 08:00"), at("2025-03-03 10:00"));
    assert_eq!(written(due_with_pause(&clock, from, Span::Elapsed(3_600), &[early])), "2025-03-03 11:00:00");
    assert_eq!(written(due_with_pause(&clock, from, Span::HalfWorkingDay, &[early])), "2025-03-03 15:30:00");
}

#[test]
fn half_a_working_day_is_half_the_duty_of_the_day_on_which_the_clock_first_runs() {
    let clock = clock(
        "[[calendar.day]]\nweekdays = [6]\nhours = [\"09:00-12:00\"]\n[[calendar.day]]\nweekdays = [7]\nhours = [\"22:00-02:00\"]\n",
    );
    for (from, end) in [
        // Friday 7 March 2025 17:00: 4 h, of which 3 on Saturday.
        ("2025-03-07 17:00", "2025-03-08 12:00:00"),
        // Friday after duty: Saturday's hour and a half.
        ("2025-03-07 18:00", "2025-03-08 10:30:00"),
        // Saturday 11:00: one hour, and half an hour of Sunday night.
        ("2025-03-08 11:00", "2025-03-09 22:30:00"),
        // In the rest of Sunday's night: two hours, an hour of them on Monday morning.
        ("2025-03-10 01:00", "2025-03-10 09:30:00"),
        ("2025-03-10 02:00", "2025-03-10 14:00:00"),
    ] {
        assert_eq!(written(due(&clock, at(from), Span::HalfWorkingDay)), end, "{from}");
    }
}

#[test]
fn a_year_without_a_published_calendar_is_told_from_those_with_one() {
    let clock = clock("");
    for (from, to, used) in [
        ("2007-01-01 00:00", "2026-12-31 24:00", false),
        ("2026-12-31 10:00", "2027-01-01 00:01", true),
        ("2026-12-31 23:59", "2027-01-01 00:00", false),
        ("2027-01-01 00:00", "2027-01-01 00:00", true),
        ("2006-12-31 23:59", "2007-01-02 00:00", true),
        ("2030-05-01 00:00", "2030-05-02 00:00", true),
    ] {
        assert_eq!(clock.used_plain_week(at(from), at(to)), used, "{from} – {to}");
    }
}

#[test]
fn moments_far_from_all_calendars_are_counted_by_the_plain_week() {
    let clock = clock("");
    for (from, due_at) in [
        // A Friday in 1901 and one in 2345: the plain week, to the second.
        ("1901-03-01 17:00", "1901-03-04 17:00:00"),
        ("2345-03-02 17:00", "2345-03-05 17:00:00"),
    ] {
        let from = at(from);
        assert_eq!(written(clock.after(from, 8 * 3_600)), due_at);
        assert_eq!(written(due(&clock, from, Span::WorkingDays(1))), format!("{} 00:00:00", next_day(&due_at[..10])));
    }
    // No moment makes it fail.
    for from in [i64::MIN / 4, -1, 0, i64::MAX / 4] {
        for span in [Span::Elapsed(60), Span::Working(60), Span::Days(1), Span::WorkingDays(1), Span::HalfWorkingDay] {
            assert!(due(&clock, from, span) > from, "{from} {span:?}");
        }
    }
}

fn next_day(day: &str) -> String {
    day.parse::<chrono::NaiveDate>().unwrap().succ_opt().unwrap().to_string()
}
