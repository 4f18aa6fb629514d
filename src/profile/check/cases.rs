//! Classes, reasons to be major, assignments, warranty, windows and what else is about cases.

use super::rules::{Asked, check as rule, hidden};
use super::{Found, Way, way};
use crate::config::nearest;
use crate::profile::schema::{Assignment, Profile, Seasons, Subject, Window};

/// Checks all that is about cases, save deadlines.
pub(super) fn check(profile: &Profile, found: &mut Found) {
    classes(profile, found);
    majors(profile, found);
    assignments(profile, found);
    warranty(profile, found);
    windows(profile, found);
    kept(profile, found);
    if let Some(callback) = &profile.callback {
        rule(&callback.when, &way!["callback", "when"], Asked::Later, profile, found);
    }
    if let Some(repeat) = &profile.repeat {
        found.not_nought(way!["repeat", "within_days"], repeat.within_days.into());
    }
    if profile.first_asked.as_ref().is_some_and(|first_asked| first_asked.by.is_empty()) {
        found.at(
            way!["first_asked", "by"],
            "没有写由谁看出跟到底",
            "it says of nobody that they show the follow-through",
        );
    }
    if let Some(follow_up) = &profile.follow_up {
        found.not_nought(way!["follow_up", "again_within_days"], follow_up.again_within_days.into());
    }
}

/// Several entries may assign one class; they must agree on what the class is.
fn classes(profile: &Profile, found: &mut Found) {
    for (at, class) in profile.classes.iter().enumerate() {
        found.plain_id(way!["class", at, "id"], &class.id);
        rule(&class.when, &way!["class", at, "when"], Asked::ByClass, profile, found);
        subjects("class", at, &class.subjects, profile, found);
        let first = profile.classes[..at].iter().position(|known| known.id == class.id);
        let differs = first.filter(|first| profile.classes[*first].valid != class.valid);
        if let Some(first) = differs {
            found.among(
                vec![way!["class", at, "valid"], way!["class", first, "valid"]],
                format!("分类「{}」的几条对是否有效（valid）说法不一", class.id),
                format!("the entries of class \"{}\" disagree on whether it is valid", class.id),
            );
        }
    }
    for subject in [Subject::Complaint, Subject::Repair] {
        let of_subject: Vec<_> = profile
            .classes
            .iter()
            .enumerate()
            .filter(|(_, class)| class.subjects.is_empty() || class.subjects.contains(&subject))
            .map(|(at, class)| (&class.when, way!["class", at, "id"]))
            .collect();
        let before = found.mistakes.len();
        hidden(&of_subject, ("分类", "class"), found);
        // Classes of all subjects are told once.
        let told: Vec<_> = found.mistakes.drain(before..).collect();
        found.mistakes.extend(
            told.into_iter()
                .filter(|new| !found.mistakes.iter().any(|old| old.places == new.places))
                .collect::<Vec<_>>(),
        );
    }
}

/// The subjects of a class or of a reason to be major.
fn subjects(list: &str, at: usize, subjects: &[Subject], profile: &Profile, found: &mut Found) {
    for (number, subject) in subjects.iter().enumerate() {
        found.of_cases(way![list, at, "subjects", number], *subject, profile);
    }
}

fn majors(profile: &Profile, found: &mut Found) {
    let ids: Vec<_> = profile.majors.iter().map(|major| (major.id.as_str(), ())).collect();
    found.ids("major", &ids);
    for (at, major) in profile.majors.iter().enumerate() {
        subjects("major", at, &major.subjects, profile, found);
        if major.when.is_empty() {
            found.at(
                way!["major", at, "when"],
                "条件是空的：每一件都成了重大",
                "an empty condition makes every case major",
            );
        }
        rule(&major.when, &way!["major", at, "when"], Asked::ByMajor, profile, found);
    }
}

fn assignments(profile: &Profile, found: &mut Found) {
    let all = &profile.assignments;
    let ids: Vec<_> = all.iter().map(|entry| (entry.id.as_str(), (entry.kind, entry.subject))).collect();
    found.ids("assign", &ids);
    let mut kinds: Vec<_> = ids.iter().map(|(_, kind)| *kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for (at, entry) in all.iter().enumerate() {
        found.of_cases(way!["assign", at, "subject"], entry.subject, profile);
        rule(&entry.when, &way!["assign", at, "when"], Asked::Later, profile, found);
    }
    for kind in kinds {
        let of_kind: Vec<_> = all
            .iter()
            .enumerate()
            .filter(|(_, entry)| (entry.kind, entry.subject) == kind)
            .map(|(at, entry)| (&entry.when, way!["assign", at, "id"]))
            .collect();
        hidden(&of_kind, ("归属", "assignment"), found);
    }
}

fn warranty(profile: &Profile, found: &mut Found) {
    let Some(warranty) = &profile.warranty else { return };
    found.of_cases(way!["warranty", "subject"], warranty.subject, profile);
    rule(&warranty.when, &way!["warranty", "when"], Asked::Later, profile, found);
    rule(&warranty.not, &way!["warranty", "not"], Asked::Later, profile, found);
    if warranty.terms.is_empty() {
        found.at(way!["warranty", "term"], "没有任何保修期限 [[warranty.term]]", "there is no [[warranty.term]]");
    }
    for (at, term) in warranty.terms.iter().enumerate() {
        let place = |key: &str| -> Way { way!["warranty", "term", at, key] };
        found.plain_id(place("id"), &term.id);
        if let Some(first) = warranty.terms[..at].iter().position(|known| known.id == term.id) {
            found.among(
                vec![place("id"), way!["warranty", "term", first, "id"]],
                format!("[[warranty.term]] 的 id「{}」出现了两次，请改名", term.id),
                format!("[[warranty.term]]: the id \"{}\" stands twice; rename one", term.id),
            );
        }
        if term.words.is_empty() {
            found.at(place("words"), "没有词可认出这个部位", "there is no word by which the part is known");
        }
        let ways = [term.within.is_some(), term.seasons.is_some(), term.design_life];
        if ways.into_iter().filter(|given| *given).count() != 1 {
            found.among(
                vec![place("within"), place("seasons"), place("design_life")],
                "within、seasons、design_life 三者要有且只有一个",
                "exactly one of `within`, `seasons` and `design_life` says how long the warranty lasts",
            );
        }
        if let Some(seasons) = &term.seasons {
            season(seasons, &place("seasons"), found);
        }
    }
}

fn season(seasons: &Seasons, place: &Way, found: &mut Found) {
    let below = |key: &str| -> Way { place.iter().cloned().chain(way![key]).collect() };
    found.not_nought(below("number"), seasons.number.into());
    for (key, day) in [("from", &seasons.from), ("to", &seasons.to)] {
        // Of a leap year, in which every day there is can stand.
        if chrono::NaiveDate::parse_from_str(&format!("2024-{day}"), "%Y-%m-%d").is_err() || day.len() != 5 {
            found.at(
                below(key),
                format!("「{day}」不是日子；写月-日，如 11-15"),
                format!("\"{day}\" is no day of the year; write month and day, such as 11-15"),
            );
        }
    }
    if seasons.from == seasons.to {
        found.at(below("to"), "一季的首日和末日相同", "the season ends on the day on which it begins");
    }
}

fn windows(profile: &Profile, found: &mut Found) {
    let ids: Vec<_> = profile.windows.iter().map(|window| (window.id.as_str(), window.subject)).collect();
    found.ids("window", &ids);
    for (at, window) in profile.windows.iter().enumerate() {
        found.of_cases(way!["window", at, "subject"], window.subject, profile);
        let (from, to) = (window.from_day, window.to_day);
        // From the second of a month on there is a day before; `to` may be any number that was typed.
        if !(2..=31).contains(&from) || from - 1 != to {
            found.among(
                vec![way!["window", at, "to_day"], way!["window", at, "from_day"]],
                format!("上月 {from} 日至本月 {to} 日不相接：to_day 应是 from_day 的前一天，如 26 和 25"),
                format!("from day {from} to day {to} leaves days out or counts them twice: `to_day` is the day before `from_day`, such as 26 and 25"),
            );
        }
        counts(at, window, profile, found);
    }
}

/// The assignments that a window counts, each once.
fn counts(at: usize, window: &Window, profile: &Profile, found: &mut Found) {
    let own = profile.assignments.iter().filter(|entry| entry.subject == window.subject);
    let known: Vec<String> = own.map(Assignment::path).collect();
    for (nth, path) in window.counts.iter().enumerate() {
        let place = way!["window", at, "counts", nth];
        if !known.contains(path) {
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            let near = nearest(path, &names);
            let (zh, en) = near.map_or_else(Default::default, |near| {
                (format!("，最接近的是「{near}」"), format!("; the nearest is \"{near}\""))
            });
            found.at(
                place,
                format!("没有归属「{path}」：写成 种类.id，如 type.important_owner{zh}"),
                format!("there is no [[assign]] \"{path}\": write kind.id, such as type.important_owner{en}"),
            );
        } else if window.counts[..nth].contains(path) {
            found.at(place, format!("「{path}」写了两次"), format!("\"{path}\" stands twice"));
        }
    }
}

/// Numbers of cases, and how long records are kept.
fn kept(profile: &Profile, found: &mut Found) {
    if let Some(numbering) = &profile.numbering {
        found.of_cases(way!["numbering", "subject"], numbering.subject, profile);
        let mut rest = numbering.pattern.as_str();
        let mut has_serial = false;
        while let Some((_, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            has_serial |= name == "serial";
            if !["date", "serial"].contains(&name) {
                found.unknown(
                    way!["numbering", "pattern"],
                    ("编号成分", "part of a number"),
                    name,
                    &["date", "serial"],
                );
            }
            rest = after;
        }
        if !has_serial {
            found.at(
                way!["numbering", "pattern"],
                "编号里没有 {serial}，每件都成了同一个号",
                "without {serial} every case would bear the same number",
            );
        }
    }
    if let Some(retention) = &profile.retention {
        found.of_cases(way!["retention", "subject"], retention.subject, profile);
    }
}
