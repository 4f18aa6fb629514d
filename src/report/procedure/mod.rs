//! A procedure in words: conditions, limits and what a deadline runs between.

pub(crate) mod entries;

use super::format;
use super::words::Words;
use crate::profile::schema::{Deadline, Profile, Rule};
use crate::profile::target::Bound;
use crate::step::Step;

/// The limits of a deadline: conditional ones first, the general one for the rest.
pub(crate) fn limits(words: &Words, profile: &Profile, deadline: &Deadline) -> String {
    let mut parts: Vec<String> = deadline
        .limits
        .iter()
        .map(|limit| {
            let (when, within) = (rule(words, profile, &limit.when), format::limit(words, limit.within));
            words.say("deadlines.limit_when", &[("when", &when), ("limit", &within)])
        })
        .collect();
    if let Some(within) = deadline.within {
        let within = format::limit(words, within);
        parts.push(if parts.is_empty() { within } else { words.say("deadlines.limit_else", &[("limit", &within)]) });
    }
    if let Some(by) = deadline.by {
        parts.push(words.say("deadlines.limit_by", &[("step", &words.code("step", by.column()))]));
    }
    if parts.is_empty() {
        let key = if deadline.owed { "deadlines.owed" } else { "deadlines.no_limit" };
        parts.push(words.say(key, &[]));
    }
    let text = parts.join(&words.say("join.semicolon", &[]));
    let only = rule(words, profile, &deadline.when);
    if only.is_empty() { text } else { words.say("deadlines.only", &[("when", &only), ("limits", &text)]) }
}

/// From which moment to which.
pub(crate) fn clock(words: &Words, deadline: &Deadline) -> String {
    let ends: Vec<String> = deadline.to.iter().map(|to| step(words, *to)).collect();
    words.say("deadlines.clock", &[("from", &step(words, deadline.from)), ("to", &words.list(&ends))])
}

/// A moment of a case.
pub(crate) fn step(words: &Words, step: Step) -> String {
    words.code("step", step.column())
}

/// A condition on a case; empty where it asks for nothing.
pub(crate) fn rule(words: &Words, profile: &Profile, of: &Rule) -> String {
    let say = |key: &str| words.say(key, &[]);
    let mut parts: Vec<String> = Vec::new();
    for (asked, yes, no) in [
        (of.received_in_working_hours, "rule.in_working_hours", "rule.outside_working_hours"),
        (of.major, "rule.major", "rule.not_major"),
        (of.urgent, "rule.urgent", "rule.not_urgent"),
        (of.repeat, "rule.repeated", "rule.not_repeated"),
        (of.valid, "rule.valid", "rule.not_valid"),
        (of.forwarded, "rule.forwarded", "rule.not_forwarded"),
    ] {
        parts.extend(asked.map(|asked| say(if asked { yes } else { no })));
    }
    let classes: Vec<String> = of
        .of_class
        .iter()
        .map(|id| {
            let class = profile.classes.iter().find(|class| class.id == *id);
            class.map_or_else(|| id.clone(), |class| class.title.in_language(words.language).to_owned())
        })
        .collect();
    let steps: Vec<String> = of.has.iter().map(|of| step(words, *of)).collect();
    for (key, named) in [
        ("rule.class", &classes),
        ("rule.class", &of.class),
        ("rule.category", &of.category),
        ("rule.words", &of.words),
        ("rule.channel", &of.channel),
        ("rule.demand", &of.demand),
        ("rule.outcome", &of.outcome),
        ("rule.part", &of.part),
        ("rule.grade", &of.grade),
        ("rule.result", &of.result),
        ("rule.cause", &of.cause),
        ("rule.level", &of.level),
        ("rule.department", &of.department),
        ("rule.has", &steps),
    ] {
        if !named.is_empty() {
            parts.push(words.say(key, &[("names", &words.list(named))]));
        }
    }
    for (key, bound) in [
        ("rule.cost", of.cost),
        ("rule.claim", of.claim),
        ("rule.solution", of.solution),
        ("rule.compensation", of.compensation),
        ("rule.claim_to_solution", of.claim_to_solution),
        ("rule.distance", of.distance),
    ] {
        parts.extend(bound.map(|bound| words.say(key, &[("bound", &self::bound(words, &bound))])));
    }
    let each = |rules: &[Rule]| -> Vec<String> { rules.iter().map(|one| rule(words, profile, one)).collect() };
    if !of.any.is_empty() {
        parts.push(words.say("rule.any", &[("rules", &each(&of.any).join(&say("rule.or")))]));
    }
    parts.extend(each(&of.all));
    if let Some(not) = &of.not {
        parts.push(words.say("rule.not", &[("rule", &rule(words, profile, not))]));
    }
    parts.join(&say("rule.and"))
}

/// A bound on a number: `不低于500`.
pub(crate) fn bound(words: &Words, bound: &Bound) -> String {
    let text = bound.to_string();
    let sign: String = text.chars().take_while(|c| "<>=".contains(*c)).collect();
    let key = match sign.as_str() {
        ">=" => "target.at_least",
        ">" => "target.above",
        "<=" => "target.at_most",
        _ => "target.below",
    };
    words.say(key, &[("n", &format::count(bound.number()))])
}
