//! Human errors, made on purpose. Each is made in the model of the case, so that the truth knows it as well.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Duration, NaiveDate};

use crate::case::{Case, Kind, Moment};
use crate::clock::{at, response_due};
use crate::company::{BAIYANG, CUIHU, JINXIU, LANTING, XINGLAN, YUNQI};

/// A rating that is on no scale.
pub(crate) const UNKNOWN_WORD: &str = "还行吧";

/// Rows that are sent more than once.
#[derive(Default)]
pub(crate) struct Copies {
    /// Twice in the same sheet.
    pub(crate) twice: BTreeSet<usize>,
    /// Once more at the head of the next file.
    pub(crate) resent: BTreeSet<usize>,
}

/// Chooses a case that no other error has touched.
struct Chooser<'a> {
    cases: &'a mut [Case],
    used: BTreeSet<usize>,
}

impl Chooser<'_> {
    /// The nth case of a community and month that is done and otherwise as wanted.
    fn choose(
        &mut self,
        (community, kind): (usize, Kind),
        month: u32,
        nth: usize,
        wanted: impl Fn(&Case) -> bool,
    ) -> &mut Case {
        let found = self.cases.iter().enumerate().filter(|(_, case)| {
            (case.community, case.kind, case.nominal.month()) == (community, kind, month)
                && case.closed
                && !self.used.contains(&case.key)
                && wanted(case)
        });
        let position = found.map(|(position, _)| position).nth(nth).expect("the year has such a case");
        self.used.insert(self.cases[position].key);
        &mut self.cases[position]
    }
}

/// Makes them all.
pub(crate) fn plant(cases: &mut [Case]) -> Copies {
    habits(cases);
    let mut chooser = Chooser { cases, used: BTreeSet::new() };
    unreadable(&mut chooser);
    impossible(&mut chooser);
    without_time(&mut chooser);
    unknown_words(&mut chooser);
    future(&mut chooser);
    copies(&mut chooser)
}

/// Not errors, but the way two centers keep their books: 兰亭小筑 writes dates only, and on the forms of 柏杨新村 every
/// repair is signed off.
fn habits(cases: &mut [Case]) {
    for case in cases {
        if case.community == LANTING {
            case.received = case.received.without_time();
            case.completed = case.completed.without_time();
        }
        if case.community == BAIYANG && case.kind == Kind::Repair {
            case.closed = true;
        }
    }
}

fn unreadable(chooser: &mut Chooser) {
    let complaint = Kind::Complaint;
    let repair = Kind::Repair;
    let any = |_: &Case| true;
    chooser.choose((CUIHU, complaint), 2, 3, any).received = Moment::Bad("2025-02-30");
    chooser.choose((JINXIU, complaint), 3, 9, any).received = Moment::Bad("3月中旬");
    chooser.choose((CUIHU, repair), 4, 11, any).received = Moment::Bad("2025-04-31 09:10");
    chooser.choose((CUIHU, complaint), 5, 6, any).completed = Moment::Bad("5月中旬");
    chooser.choose((YUNQI, complaint), 6, 4, any).responded = Moment::Bad("2025-06-31 09:20");
    chooser.choose((JINXIU, complaint), 9, 12, any).told = Moment::Bad("月底");
    chooser.choose((CUIHU, repair), 8, 17, any).completed = Moment::Bad("8月中旬");
    chooser.choose((XINGLAN, repair), 11, 8, any).completed = Moment::Bad("2025-11-31 16:00");
    chooser.choose((JINXIU, repair), 10, 21, any).completed = Moment::Bad("昨天下午");
}

/// An end before its beginning: a wrong day was picked.
fn impossible(chooser: &mut Chooser) {
    let any = |_: &Case| true;
    let before =
        |case: &Case, days, minutes| Moment::At(case.nominal - Duration::days(days) - Duration::minutes(minutes));
    for (key, month, nth) in [
        ((CUIHU, Kind::Complaint), 3, 5),
        ((CUIHU, Kind::Complaint), 10, 7),
        ((XINGLAN, Kind::Complaint), 9, 4),
        ((CUIHU, Kind::Repair), 6, 13),
        ((CUIHU, Kind::Repair), 11, 2),
        ((YUNQI, Kind::Repair), 5, 6),
        ((JINXIU, Kind::Repair), 2, 15),
        ((JINXIU, Kind::Repair), 8, 30),
        ((XINGLAN, Kind::Repair), 4, 9),
    ] {
        let case = chooser.choose(key, month, nth, any);
        case.completed = before(case, 2, 35);
    }
    for (key, month, nth) in [
        ((JINXIU, Kind::Complaint), 4, 8),
        ((JINXIU, Kind::Complaint), 7, 20),
        ((JINXIU, Kind::Complaint), 11, 3),
        ((XINGLAN, Kind::Complaint), 3, 6),
    ] {
        let case = chooser.choose(key, month, nth, any);
        case.responded = before(case, 0, 47);
    }
    let case = chooser.choose((JINXIU, Kind::Complaint), 5, 11, any);
    case.told = before(case, 1, 10);
}

/// Ten responses dated without a time, on the very day on which they were due: on time or late, nobody can say.
fn without_time(chooser: &mut Chooser) {
    let due_day = |case: &Case| response_due(case.nominal).date();
    let open_to_doubt = |case: &Case| {
        let completed_later = case.completed.date().is_some_and(|date| date > due_day(case));
        due_day(case) > case.nominal.date() && completed_later
    };
    for (community, months) in [(CUIHU, [3, 4, 6, 8, 11]), (YUNQI, [1, 4, 7, 8, 12])] {
        for month in months {
            let case = chooser.choose((community, Kind::Complaint), month, 0, open_to_doubt);
            case.responded = Moment::Day(due_day(case));
        }
    }
}

fn unknown_words(chooser: &mut Chooser) {
    for (kind, month, nth) in [(Kind::Complaint, 2, 4), (Kind::Complaint, 8, 9), (Kind::Repair, 3, 7)] {
        let case = chooser.choose((JINXIU, kind), month, nth, |case| case.answer.is_some());
        if let Some(answer) = &mut case.answer {
            answer.word = UNKNOWN_WORD;
        }
    }
}

/// 2052 for 2025. Nothing else is written in that row: nothing else has happened.
fn future(chooser: &mut Chooser) {
    let case = chooser.choose((JINXIU, Kind::Complaint), 6, 0, |case| case.nominal.day() > 15);
    case.received = Moment::At(at(2052, 6, case.nominal.day(), 10, 26));
    case.dispatched = Moment::Blank;
    case.responded = Moment::Blank;
    case.completed = Moment::Blank;
    case.told = Moment::Blank;
    case.closed = false;
    case.answer = None;
}

fn copies(chooser: &mut Chooser) -> Copies {
    let mut copies = Copies::default();
    let any = |_: &Case| true;
    for (key, month, nth) in [
        ((CUIHU, Kind::Complaint), 4, 2),
        ((JINXIU, Kind::Complaint), 7, 6),
        ((YUNQI, Kind::Repair), 8, 10),
        ((JINXIU, Kind::Repair), 1, 12),
        ((JINXIU, Kind::Repair), 5, 24),
        ((XINGLAN, Kind::Repair), 10, 5),
    ] {
        copies.twice.insert(chooser.choose(key, month, nth, any).key);
    }
    let late_in = |last: NaiveDate| move |case: &Case| case.nominal.date() > last - Days::new(6);
    for (key, last) in [
        ((CUIHU, Kind::Complaint), at(2025, 3, 31, 0, 0)),
        ((YUNQI, Kind::Complaint), at(2025, 6, 30, 0, 0)),
        ((JINXIU, Kind::Repair), at(2025, 6, 30, 0, 0)),
    ] {
        let rows = if key.0 == CUIHU { 2 } else { 1 };
        for _ in 0..rows {
            copies.resent.insert(chooser.choose(key, last.month(), 0, late_in(last.date())).key);
        }
    }
    copies
}
