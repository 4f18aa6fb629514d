//! The cases of the year: what happened, before anybody wrote it down.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Duration, NaiveDate, NaiveDateTime, Timelike};

use crate::case::{Answer, Case, Kind, Moment};
use crate::clock::{as_of, day, is_on_duty, on, response_due, three_days_due};
use crate::company::{Community, JINXIU, categories, communities, pace};
use crate::dice::Dice;
use crate::words;

/// How complaints come in, the commonest first.
const CHANNELS: [&str; 6] = ["电话", "来访", "微信", "业主群", "意见箱", "上级转办"];
/// Words written in registers after a callback.
const ANSWERS: [&str; 8] = ["非常满意", "满意", "较满意", "基本满意", "一般", "不满意", "很不满意", "满意"];

/// All cases, by community, kind and time of receipt.
pub(crate) fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for (index, community) in communities().iter().enumerate() {
        for kind in [Kind::Complaint, Kind::Repair] {
            let stream = 10 + 2 * index as u64 + u64::from(kind == Kind::Repair);
            let made = of_one(&mut Dice::stream(stream), index, community, kind);
            cases.extend(made);
        }
    }
    for (key, case) in cases.iter_mut().enumerate() {
        case.key = key;
    }
    cases
}

/// The cases of one kind in one community.
fn of_one(dice: &mut Dice, index: usize, community: &Community, kind: Kind) -> Vec<Case> {
    let wanted = if kind == Kind::Complaint { community.complaints } else { community.repairs };
    let weight = |category: &crate::company::Category, month: usize| {
        if community.without.contains(&category.name) { 0 } else { category.season[month] }
    };
    let monthly: Vec<u32> = (0..12).map(|month| categories(kind).iter().map(|c| weight(c, month)).sum()).collect();
    let yearly: u32 = monthly.iter().sum();
    let mut cases = Vec::new();
    let mut taken = BTreeSet::new();
    for (month, here) in monthly.iter().enumerate() {
        let weights: Vec<u32> = categories(kind).iter().map(|category| weight(category, month)).collect();
        let count = (wanted * here + yearly / 2) / yearly;
        for _ in 0..count {
            let category = dice.weighted(&weights);
            let received = received(dice, u32::try_from(month + 1).unwrap_or(1), &mut taken);
            cases.push(one(dice, index, community, kind, category, received));
        }
    }
    cases.sort_by_key(|case| case.nominal);
    for (serial, case) in cases.iter_mut().enumerate() {
        case.number = number(community, kind, case.nominal.date(), serial + 1);
    }
    cases
}

/// A number in the manner of the center; empty where its forms have none.
fn number(community: &Community, kind: Kind, date: NaiveDate, serial: usize) -> String {
    let (complaint, repair) = community.prefixes;
    let prefix = if kind == Kind::Complaint { complaint } else { repair };
    match community.id {
        "baiyang" => String::new(),
        "cuihu" | "lanting" => format!("{prefix}{}-{serial:03}", date.format("%Y%m")),
        _ => format!("{prefix}{serial:04}"),
    }
}

/// A moment of receipt, at any hour, on no boundary of the working day, and never twice the same in one center.
fn received(dice: &mut Dice, month: u32, taken: &mut BTreeSet<NaiveDateTime>) -> NaiveDateTime {
    let first = day(2025, month, 1);
    let days = if month == 12 { 31 } else { (day(2025, month + 1, 1) - first).num_days() };
    loop {
        let date = first + Days::new(u64::try_from(dice.between(0, days - 1)).unwrap_or(0));
        let hour = match dice.weighted(&[52, 12, 24, 12]) {
            0 => *dice.pick(&[8, 9, 9, 10, 10, 11, 14, 14, 15, 15, 16, 17]),
            1 => *dice.pick(&[12, 13]),
            2 => *dice.pick(&[18, 19, 19, 20, 21]),
            _ => *dice.pick(&[6, 7, 7, 22, 23, 1]),
        };
        let moment = on(date, hour, u32::try_from(dice.between(1, 59)).unwrap_or(1));
        let boundary = matches!((moment.hour(), moment.minute()), (8 | 13, 30));
        if !boundary && taken.insert(moment) {
            return moment;
        }
    }
}

/// What became of one case.
fn one(
    dice: &mut Dice,
    index: usize,
    community: &Community,
    kind: Kind,
    category: usize,
    received: NaiveDateTime,
) -> Case {
    let category = &categories(kind)[category];
    let pace = pace(index, received.month(), kind);
    let hard = match category.name {
        "房屋渗漏" | "墙面渗漏" => 420,
        "周边环境" => 250,
        _ => 0,
    };
    let in_time = dice.per_mille(pace.responded);
    let responded = response(dice, received, in_time);
    let quick = dice.per_mille(pace.completed.saturating_sub(hard));
    let completed = completion(dice, received, responded, quick);
    let never = dice.per_mille(if hard > 0 { 75 } else { 20 });
    let closed = !never && completed < as_of();
    let told = outcome_told(dice, completed);
    let silent = !closed && (responded >= as_of() || dice.per_mille(220));
    let address = words::place(dice, community);
    let answer = closed.then(|| answer(dice, told)).flatten();
    let written = |happened: bool, moment| if happened { Moment::At(moment) } else { Moment::Blank };
    let elsewhere = dice.per_mille(50);
    Case {
        key: 0,
        kind,
        community: index,
        number: String::new(),
        nominal: received,
        received: Moment::At(received),
        person: words::person(dice),
        phone: words::phone(dice),
        place: address,
        channel: CHANNELS[dice.weighted(&[48, 16, 18, 10, 4, 4])],
        category: category.name,
        content: words::content(dice, category.name),
        department: if elsewhere { "客户服务部" } else { category.department },
        receiver: dice.word(&words::RECEIVERS),
        handler: dice.word(&words::HANDLERS),
        dispatched: written(!silent, received + (responded - received) / 3),
        responded: written(!silent, responded),
        completed: written(closed, completed),
        told: written(closed, told),
        result: words::result(dice, category.name),
        closed,
        major: dice.per_mille(25),
        repeat: dice.per_mille(30),
        compensation: dice.per_mille(22).then(|| u32::try_from(dice.between(2, 30) * 50).unwrap_or(0)),
        answer,
    }
}

/// First word to the customer: within minutes or the next morning when it is in time, hours or days after it was due
/// when it is not.
fn response(dice: &mut Dice, received: NaiveDateTime, in_time: bool) -> NaiveDateTime {
    let due = response_due(received);
    if !in_time {
        let behind = skewed(dice, 20, 1800);
        return waking(dice, due + Duration::minutes(behind));
    }
    let at_once = is_on_duty(received) || ((9..22).contains(&received.hour()) && dice.per_mille(500));
    let moment = if at_once {
        let longest = dice.between(12, 160);
        received + Duration::minutes(dice.between(4, longest))
    } else {
        by_day(dice, received)
    };
    moment.min(due - Duration::minutes(dice.between(1, 9)))
}

/// An answer in daytime to what came in outside working hours: the same morning, within hours, or the next morning.
fn by_day(dice: &mut Dice, received: NaiveDateTime) -> NaiveDateTime {
    let after_opening = Duration::minutes(dice.between(0, 110));
    match received.hour() {
        0..=8 => on(received.date(), 9, 2) + after_opening,
        9..=17 => received + Duration::minutes(dice.between(35, 200)),
        _ => on(received.date() + Days::new(1), 8, 32) + after_opening,
    }
}

/// Small numbers more often than large ones.
fn skewed(dice: &mut Dice, low: i64, high: i64) -> i64 {
    let longest = dice.between(low, high);
    dice.between(low, longest)
}

/// The same moment, or the next morning where it falls into the night.
fn waking(dice: &mut Dice, moment: NaiveDateTime) -> NaiveDateTime {
    let morning = Duration::minutes(dice.between(0, 110));
    match moment.hour() {
        0..=7 => on(moment.date(), 8, 20) + morning,
        20.. => on(moment.date() + Days::new(1), 8, 20) + morning,
        _ => moment,
    }
}

/// Done within three days, or after four and more.
fn completion(dice: &mut Dice, received: NaiveDateTime, responded: NaiveDateTime, quick: bool) -> NaiveDateTime {
    let days = if quick {
        [0, 1, 2, 3][dice.weighted(&[34, 36, 20, 10])]
    } else {
        u64::try_from(skewed(dice, 4, 16)).unwrap_or(4)
    };
    let hour = u32::try_from(dice.between(9, 17)).unwrap_or(9);
    let minute = u32::try_from(dice.between(1, 59)).unwrap_or(1);
    let moment = on(received.date() + Days::new(days), hour, minute);
    let soonest = responded + Duration::minutes(dice.between(15, 90));
    let latest = three_days_due(received.date()) - Duration::minutes(240);
    if quick { moment.max(soonest).min(latest.max(soonest)) } else { moment.max(soonest) }
}

/// The customer hears of it soon after, or the day after; what is done in the year is told in the year.
fn outcome_told(dice: &mut Dice, completed: NaiveDateTime) -> NaiveDateTime {
    let next_day = dice.per_mille(140);
    let minutes = dice.between(5, 95);
    let told = if next_day {
        on(completed.date() + Days::new(1), 9, 10) + Duration::minutes(minutes)
    } else {
        completed + Duration::minutes(minutes)
    };
    told.min((as_of() - Duration::minutes(2)).max(completed))
}

/// The callback in the register, some days later.
fn answer(dice: &mut Dice, told: NaiveDateTime) -> Option<Answer> {
    let days = u64::try_from(dice.between(1, 6)).unwrap_or(1);
    let moment = on(told.date() + Days::new(days), 10, 5) + Duration::minutes(dice.between(0, 400));
    let word = ANSWERS[dice.weighted(&[10, 52, 12, 10, 6, 4, 1, 5])];
    let asked = dice.per_mille(840);
    (asked && moment < as_of()).then_some(Answer { moment, word })
}

/// Is there a case on the last day of the year? As-of depends on it.
pub(crate) fn reach_the_last_day(cases: &[Case]) -> bool {
    let last = day(2025, 12, 31);
    cases.iter().any(|case| case.community == JINXIU && case.received.date() == Some(last))
}
