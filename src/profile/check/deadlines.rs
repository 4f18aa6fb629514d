//! Deadlines: moments that can follow each other, and one way of saying when it is due.

use super::rules::{Asked, check as rule, hidden};
use super::{Found, Way, way};
use crate::profile::schema::{Deadline, Profile};
use crate::records::checks::must_precede;

/// Checks the deadlines.
pub(super) fn check(profile: &Profile, found: &mut Found) {
    let ids: Vec<_> = profile.deadlines.iter().map(|deadline| (deadline.id.as_str(), deadline.subject)).collect();
    found.ids("deadline", &ids);
    for (at, deadline) in profile.deadlines.iter().enumerate() {
        let place = |key: &str| -> Way { way!["deadline", at, key] };
        found.of_cases(place("subject"), deadline.subject, profile);
        rule(&deadline.when, &place("when"), Asked::Later, profile, found);
        moments(deadline, &place, found);
        due(deadline, &place, found);
        limits(deadline, at, profile, found);
    }
}

fn moments(deadline: &Deadline, place: &dyn Fn(&str) -> Way, found: &mut Found) {
    let from = deadline.from;
    if deadline.to.is_empty() {
        found.at(place("to"), "to 是空的：没有终点", "`to` is empty: the deadline has no end");
    }
    for (at, to) in deadline.to.iter().enumerate() {
        if deadline.to[..at].contains(to) {
            let word = to.column();
            found.at(place("to"), format!("to 里 {word} 写了两次"), format!("`to` names {word} twice"));
        }
    }
    if deadline.to.contains(&from) {
        let word = from.column();
        found.among(
            vec![place("to"), place("from")],
            format!("起点和终点都是 {word}，永远不花时间"),
            format!("the clock starts and stops at {word}: it would never take any time"),
        );
    } else if !deadline.to.is_empty() && deadline.to.iter().all(|to| must_precede(*to, from)) {
        let (from, to) = (from.column(), deadline.to.iter().map(|to| to.column()).collect::<Vec<_>>().join("、"));
        found.among(
            vec![place("to"), place("from")],
            format!("终点 {to} 必在起点 {from} 之前，没有一件能按时"),
            format!("{to} always comes before {from}: nothing could ever be on time"),
        );
    }
}

/// When it is due is said once.
fn due(deadline: &Deadline, place: &dyn Fn(&str) -> Way, found: &mut Found) {
    let mut both = |keys: [&str; 2], zh: &str, en: &str| {
        found.among(
            keys.iter().map(|key| place(key)).collect(),
            format!("{} 和 {} 不能并用：{zh}", keys[0], keys[1]),
            format!("`{}` and `{}` exclude each other: {en}", keys[0], keys[1]),
        );
    };
    let limit = if deadline.within.is_some() { "within" } else { "limit" };
    let has_span = deadline.within.is_some() || !deadline.limits.is_empty();
    if has_span && deadline.by.is_some() {
        both(["by", limit], "by 已经写明到期时刻", "`by` says already when it is due");
    }
    if deadline.owed && has_span {
        both(["owed", limit], "owed 用于没有时限而必须做的事", "`owed` is for what must be done without a limit");
    }
    if deadline.owed && deadline.by.is_some() {
        both(["owed", "by"], "owed 用于没有时限而必须做的事", "`owed` is for what must be done without a limit");
    }
    let changes = [
        ("replaced_by", deadline.replaced_by.is_some()),
        ("shortened_by", deadline.shortened_by.is_some()),
        ("stopped_by_pause", deadline.stopped_by_pause),
    ];
    for key in changes.into_iter().filter(|(_, given)| *given && !deadline.has_limit()).map(|(key, _)| key) {
        found.at(
            place(key),
            format!("没有时限（within、limit 或 by），{key} 无从谈起"),
            format!("there is no limit (`within`, `limit` or `by`) that `{key}` could change"),
        );
    }
    let dues = [("by", deadline.by), ("replaced_by", deadline.replaced_by), ("shortened_by", deadline.shortened_by)];
    for (at, (key, step)) in dues.into_iter().enumerate() {
        let Some(step) = step else { continue };
        if step == deadline.from || deadline.to.contains(&step) {
            let word = step.column();
            found.at(
                place(key),
                format!("{key} = {word} 是这一条自己的起点或终点，不能又是到期时刻"),
                format!("{key} = {word} is where this deadline starts or stops; it cannot be when it is due"),
            );
        }
        if let Some((other, _)) = dues[..at].iter().find(|(_, known)| *known == Some(step)) {
            found.among(
                vec![place(key), place(other)],
                format!("{key} 和 {other} 是同一个时刻"),
                format!("`{key}` and `{other}` are the same moment"),
            );
        }
    }
    if let Some(step) = deadline.or_else
        && (step == deadline.from || deadline.to.contains(&step))
    {
        found.at(
            place("or_else"),
            format!("or_else = {} 已经是这一条的起点或终点", step.column()),
            format!("or_else = {} is where this deadline starts or stops already", step.column()),
        );
    }
    if let Some(unless) = &deadline.unless
        && (unless.to == deadline.from || must_precede(unless.to, deadline.from))
    {
        found.at(
            place("unless"),
            format!("unless：{} 不在起点 {} 之后", unless.to.column(), deadline.from.column()),
            format!("unless: {} does not come after {}", unless.to.column(), deadline.from.column()),
        );
    }
}

fn limits(deadline: &Deadline, at: usize, profile: &Profile, found: &mut Found) {
    let mut rules = Vec::new();
    for (number, limit) in deadline.limits.iter().enumerate() {
        rule(&limit.when, &way!["deadline", at, "limit", number, "when"], Asked::Later, profile, found);
        rules.push((&limit.when, way!["deadline", at, "limit", number, "within"]));
    }
    hidden(&rules, ("时限", "limit"), found);
    let always = deadline.limits.iter().position(|limit| limit.when.is_empty());
    if let (Some(number), Some(_)) = (always, deadline.within) {
        found.among(
            vec![way!["deadline", at, "limit", number, "when"], way!["deadline", at, "within"]],
            "永远轮不到 within：前面有一条无条件的时限",
            "`within` is never reached: a limit before it holds for all cases",
        );
    }
}
