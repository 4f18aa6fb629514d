//! Every outcome code at the exact limit, a second before and a second after, for each kind of limit. The due moments were
//! worked out by hand on the State Council's calendars of 2025 and 2026 and duty hours of 08:30–12:00 and 13:30–18:00.

use super::tests::{at, clock};
use super::*;
use crate::moment::{DAY, written};

const H: Span = Span::Elapsed(24 * 3_600);
const WH: Span = Span::Working(8 * 3_600);
const HALF: Span = Span::HalfWorkingDay;
const D: Span = Span::Days(3);
const WD: Span = Span::WorkingDays(2);
const MONTH: Span = Span::Months(1);

/// Start, limit, due moment; beside it how it was worked out.
const LIMITS: [(&str, Span, &str); 36] = [
    // Over midnight: 5 March 2025 is a Wednesday.
    ("2025-03-05 14:30:00", H, "2025-03-06 14:30:00"),
    ("2025-03-05 08:30:00", WH, "2025-03-05 18:00:00"), // 3 h 30 and 4 h 30 of the same day
    ("2025-03-05 14:00:00", WH, "2025-03-06 14:00:00"), // 4 h; Thursday 3 h 30 and 30 min
    ("2025-03-05 12:30:00", WH, "2025-03-06 12:00:00"), // at lunch: 4 h 30; Thursday 3 h 30
    ("2025-03-05 08:30:00", HALF, "2025-03-05 14:00:00"), // 4 h: 3 h 30 and 30 min
    ("2025-03-05 16:00:00", HALF, "2025-03-06 10:30:00"), // 2 h; Thursday 2 h
    ("2025-03-05 14:30:00", D, "2025-03-09 00:00:00"),  // 6, 7, 8 March
    ("2025-03-05 23:59:59", D, "2025-03-09 00:00:00"),
    ("2025-03-06 00:00:00", D, "2025-03-10 00:00:00"),
    ("2025-03-05 14:30:00", WD, "2025-03-08 00:00:00"), // Thursday, Friday
    ("2025-03-05 14:30:00", MONTH, "2025-04-06 00:00:00"),
    ("2025-03-05 14:30:00", Span::SameDay, "2025-03-06 00:00:00"),
    // Over a weekend: 7 March is a Friday.
    ("2025-03-07 17:00:00", H, "2025-03-08 17:00:00"),
    ("2025-03-07 17:00:00", WH, "2025-03-10 17:00:00"), // 1 h; Monday 3 h 30 and 3 h 30
    ("2025-03-08 11:00:00", WH, "2025-03-10 18:00:00"), // Saturday is off; all of Monday
    ("2025-03-07 16:00:00", HALF, "2025-03-10 10:30:00"), // 2 h; Monday 2 h
    ("2025-03-07 17:00:00", D, "2025-03-11 00:00:00"),  // Saturday, Sunday, Monday
    ("2025-03-06 10:00:00", WD, "2025-03-11 00:00:00"), // Friday, Monday
    // Over Labour Day: 1–5 May are off, 6 May is a Tuesday.
    ("2025-04-30 17:00:00", H, "2025-05-01 17:00:00"),
    ("2025-04-30 17:00:00", WH, "2025-05-06 17:00:00"), // 1 h; 6 May 7 h
    ("2025-04-30 16:00:00", HALF, "2025-05-06 10:30:00"),
    ("2025-04-30 17:00:00", D, "2025-05-04 00:00:00"), // 1, 2, 3 May: holidays do not extend it
    ("2025-04-30 17:00:00", WD, "2025-05-08 00:00:00"), // 6, 7 May
    ("2025-04-01 09:00:00", MONTH, "2025-05-02 00:00:00"), // ends on a holiday all the same
    // Over a make-up day: Sunday 27 April is worked, Saturday 26 April is off.
    ("2025-04-26 10:00:00", WH, "2025-04-27 18:00:00"),
    ("2025-04-26 10:00:00", HALF, "2025-04-27 14:00:00"),
    ("2025-04-26 10:00:00", D, "2025-04-30 00:00:00"),
    ("2025-04-25 10:00:00", WD, "2025-04-29 00:00:00"), // Sunday 27, Monday 28
    // Over the year's end: 1–3 January 2026 are off, Sunday 4 January is worked.
    ("2025-12-31 10:00:00", H, "2026-01-01 10:00:00"),
    ("2025-12-31 17:00:00", WH, "2026-01-04 17:00:00"),
    ("2025-12-31 16:00:00", HALF, "2026-01-04 10:30:00"),
    ("2025-12-31 10:00:00", D, "2026-01-04 00:00:00"),
    ("2025-12-31 10:00:00", WD, "2026-01-06 00:00:00"), // 4, 5 January
    ("2025-12-31 10:00:00", MONTH, "2026-02-01 00:00:00"),
    ("2025-01-31 10:00:00", MONTH, "2025-03-01 00:00:00"), // February has no 31st: its last day
    ("2024-02-29 10:00:00", Span::Years(2), "2026-03-01 00:00:00"), // nor 2026 a 29th
];

#[test]
fn every_outcome_code_at_the_limit_a_second_before_and_a_second_after() {
    let clock = clock();
    let much_later = at("2026-06-01 00:00:00").seconds;
    for (start, span, due) in LIMITS {
        let (start, due) = (at(start), at(due).seconds);
        let told = format!("{} + {span:?}", written(start.seconds));
        let judged = |end: End, as_of: Seconds| outcome(&clock, Some(start), end, [Some(span), None], as_of);
        let ended = |seconds: Seconds| judged(End::At(Moment { seconds, date_only: false }), much_later);
        assert_eq!(
            [ended(due - 1), ended(due), ended(due + 1)],
            [Outcome::OnTime, Outcome::OnTime, Outcome::Late],
            "{told}"
        );
        assert_eq!(
            [judged(End::Open, due - 1), judged(End::Open, due), judged(End::Open, due + 1)],
            [Outcome::NotDue, Outcome::NotDue, Outcome::LateOpen],
            "{told}"
        );
        assert_eq!(
            [ended(start.seconds - 1), ended(start.seconds), ended(start.seconds + 1)],
            [Outcome::Impossible, Outcome::OnTime, Outcome::OnTime],
            "{told}"
        );
        assert_eq!(judged(End::Untold, due), Outcome::NoEnd, "{told}");
        assert_eq!(outcome(&clock, None, End::Open, [Some(span), None], due), Outcome::NoStart, "{told}");
        // An end of which only the date is known: sure on the days around the due moment, uncertain on its own day.
        let day = due.div_euclid(DAY) * DAY;
        let on_day = |seconds: Seconds| judged(End::At(Moment { seconds, date_only: true }), much_later);
        let expected = if due == day { Outcome::Late } else { Outcome::Uncertain };
        assert_eq!([on_day(day), on_day(day + DAY)], [expected, Outcome::Late], "{told}");
        if day > start.seconds {
            assert_eq!(on_day(day - DAY), Outcome::OnTime, "{told}");
        }
    }
}

#[test]
fn a_start_of_which_only_the_date_is_known_is_judged_by_its_first_and_its_last_second() {
    let (clock, as_of) = (clock(), at("2026-06-01 00:00:00").seconds);
    let judged = |end: &str, span| outcome(&clock, Some(at("2025-03-07")), End::At(at(end)), [Some(span), None], as_of);
    for (span, earliest, latest) in [
        // Friday 00:00:00 and Friday 23:59:59.
        (H, "2025-03-08 00:00:00", "2025-03-08 23:59:59"),
        (WH, "2025-03-07 18:00:00", "2025-03-10 18:00:00"),
        (HALF, "2025-03-07 14:00:00", "2025-03-10 14:00:00"),
        (D, "2025-03-11 00:00:00", "2025-03-11 00:00:00"),
        (WD, "2025-03-12 00:00:00", "2025-03-12 00:00:00"),
        (MONTH, "2025-04-08 00:00:00", "2025-04-08 00:00:00"),
    ] {
        assert_eq!(judged(earliest, span), Outcome::OnTime, "{span:?}");
        let after = |text: &str| written(at(text).seconds + 1);
        let expected = if earliest == latest { Outcome::Late } else { Outcome::Uncertain };
        assert_eq!(judged(&after(earliest), span), expected, "{span:?}");
        assert_eq!(judged(&after(latest), span), Outcome::Late, "{span:?}");
    }
}

#[test]
fn an_outcome_rests_on_the_plain_week_only_where_its_clock_of_working_time_ran_in_such_a_year() {
    let clock = clock();
    let as_of = at("2027-02-01 00:00:00").seconds;
    for (start, end, span, rests) in [
        ("2026-12-31 17:00:00", Some("2026-12-31 17:30:00"), WH, false),
        ("2026-12-31 17:00:00", Some("2027-01-04 09:00:00"), WH, true),
        ("2026-12-31 17:00:00", Some("2027-01-04 09:00:00"), H, false),
        ("2026-12-31 17:00:00", Some("2027-01-04 09:00:00"), D, false),
        ("2026-12-30 09:00:00", None, HALF, false),
        ("2026-12-31 09:00:00", None, WD, true),
        ("2027-01-04 09:00:00", Some("2027-01-04 09:10:00"), WD, true),
        ("2025-03-05 09:00:00", None, WD, false),
    ] {
        let end = end.map_or(End::Open, |end| End::At(at(end)));
        let found = rests_on_plain_week(&clock, Some(at(start)), end, || [Some(span), None], as_of);
        assert_eq!(found, rests, "{start} {end:?} {span:?}");
    }
}
