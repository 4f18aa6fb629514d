//! Duties, customers' grades and visits.

use super::{Found, Way, way};
use crate::profile::schema::{Duty, Every, Evidence, Profile, Subject};

/// Checks duties, grades and visits.
pub(super) fn check(profile: &Profile, found: &mut Found) {
    let ids: Vec<_> = profile.duties.iter().map(|duty| (duty.id.as_str(), ())).collect();
    found.ids("duty", &ids);
    if !profile.duties.is_empty() && !profile.subjects.contains(&Subject::Schedule) {
        found.among(
            vec![way!["duty", 0usize, "id"], way!["subjects"]],
            "有 [[duty]]，但开头的 subjects 里没有 schedule",
            "there are duties, but `schedule` does not stand in `subjects` at the top",
        );
    }
    for (at, duty) in profile.duties.iter().enumerate() {
        of_duty(duty, &|key| way!["duty", at, key], found);
    }
    grades(profile, found);
    visits(profile, found);
}

fn of_duty(duty: &Duty, place: &dyn Fn(&str) -> Way, found: &mut Found) {
    let round = [("from", duty.from.is_some()), ("to", duty.to.is_some()), ("within", duty.within.is_some())];
    let given: Vec<&str> = round.iter().filter(|(_, given)| *given).map(|(key, _)| *key).collect();
    match (given.len(), duty.every) {
        (0, None) => found.at(
            place("id"),
            "既没有调查环节（from、to、within），也没有周期（every）：不知何时应做",
            "neither of a survey round (`from`, `to`, `within`) nor recurring (`every`): nobody can tell when it is owed",
        ),
        (0, Some(_)) | (3, None) => {}
        (_, Some(_)) => found.among(
            vec![place("every"), place(given[0])],
            format!("every 和 {} 不能并用：要么属于一轮调查，要么按周期", given[0]),
            format!("`every` and `{}` exclude each other: a duty is of a survey round, or it recurs", given[0]),
        ),
        (_, None) => {
            let missing: Vec<&str> = round.iter().filter(|(_, given)| !given).map(|(key, _)| *key).collect();
            found.at(
                place("id"),
                format!("一轮调查中的事项要写全 from、to、within，还缺 {}", missing.join("、")),
                format!("a duty of a survey round says `from`, `to` and `within`; missing: {}", missing.join(", ")),
            );
        }
    }
    if duty.from.is_some() && duty.from == duty.to {
        found.among(vec![place("to"), place("from")], "起点和终点相同", "the clock starts and stops at the same date");
    }
    recurring(duty, place, found);
    let is_case = matches!(duty.of, Some(Subject::Complaint | Subject::Repair));
    if duty.of.is_some() && !(is_case && duty.evidence == Evidence::Callback) {
        found.at(
            place("of"),
            "of 写 \"complaint\" 或 \"repair\"，只用于 evidence = \"callback\"",
            "`of` is \"complaint\" or \"repair\", for evidence = \"callback\" only",
        );
    }
    let by_method = [Evidence::Callback, Evidence::Visit].contains(&duty.evidence);
    if !duty.method.is_empty() && !by_method {
        found.at(
            place("method"),
            "method 只用于 evidence = \"callback\" 或 \"visit\"",
            "`method` is for evidence = \"callback\" or \"visit\" only",
        );
    }
}

fn recurring(duty: &Duty, place: &dyn Fn(&str) -> Way, found: &mut Found) {
    let keys = [
        ("by_day", duty.by_day.is_some()),
        ("within_period", duty.within_period),
        ("by_time", duty.by_time.is_some()),
        ("only_with", duty.only_with.is_some()),
    ];
    if duty.every.is_none() {
        for key in keys.into_iter().filter(|(_, given)| *given).map(|(key, _)| key) {
            found.at(place(key), format!("{key} 要与 every 并用"), format!("`{key}` needs `every`"));
        }
    }
    if let Some(day) = duty.by_day {
        let has_months = !matches!(duty.every, Some(Every::WorkingDay | Every::Day | Every::Week | Every::HalfMonth));
        if !(1..=31).contains(&day) {
            found.at(
                place("by_day"),
                format!("by_day = {day}：应为 1 到 31；短于此的月份以末日为准"),
                format!("by_day = {day}: write 1 to 31; shorter months take their last day"),
            );
        } else if !has_months {
            found.among(
                vec![place("by_day"), place("every")],
                "by_day 是一个月里的第几天，只用于每月、每季、每半年、每年",
                "`by_day` is a day of the month: for every month, quarter, half or year only",
            );
        }
    } else if duty.within_period {
        found.at(place("within_period"), "within_period 要与 by_day 并用", "`within_period` needs `by_day`");
    }
    if let Some(time) = &duty.by_time
        && !is_time(time)
    {
        found.at(
            place("by_time"),
            format!("「{time}」不是时刻；写成 17:00，24:00 是一天之末"),
            format!("\"{time}\" is no time of the day; write it as 17:00; 24:00 is the day's end"),
        );
    }
}

/// Two digits, a colon, two digits, up to 24:00.
fn is_time(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else { return false };
    let number = |text: &str| (text.len() == 2).then(|| text.parse::<u8>().ok()).flatten();
    match (number(hour), number(minute)) {
        (Some(24), Some(0)) => true,
        (Some(hour), Some(minute)) => hour < 24 && minute < 60,
        _ => false,
    }
}

fn grades(profile: &Profile, found: &mut Found) {
    let ids: Vec<_> = profile.grades.iter().map(|grade| (grade.id.as_str(), ())).collect();
    found.ids("grade", &ids);
    for (at, grade) in profile.grades.iter().enumerate() {
        if let Some(bound) = grade.volume.filter(|bound| bound.number() < 0.0) {
            found.at(
                way!["grade", at, "volume"],
                format!("volume = \"{bound}\"：业务量不会小于 0"),
                format!("volume = \"{bound}\": no volume is below 0"),
            );
        }
    }
}

fn visits(profile: &Profile, found: &mut Found) {
    let ids: Vec<_> = profile.visits.iter().map(|visit| (visit.id.as_str(), ())).collect();
    found.ids("visit", &ids);
    let known: Vec<&str> = profile.grades.iter().map(|grade| grade.id.as_str()).collect();
    for (at, visit) in profile.visits.iter().enumerate() {
        found.not_nought(way!["visit", at, "at_least"], visit.at_least.into());
        for (number, grade) in visit.grade.iter().enumerate() {
            // Without grades of its own a profile takes those that the customers' records name.
            if !known.is_empty() && !known.contains(&grade.as_str()) {
                found.unknown(way!["visit", at, "grade", number], ("客户等级", "grade"), grade, &known);
            }
        }
    }
}
