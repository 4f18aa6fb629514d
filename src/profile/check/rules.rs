//! Conditions: what they may ask where, and those that always or never hold.

use super::{Found, Way, way};
use crate::profile::schema::{Profile, Rule};
use crate::profile::target::Bound;

/// What decides a case may not be asked before it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// In the rule of a class.
    ByClass,
    /// In the rule of a reason to be major.
    ByMajor,
    /// Anywhere else.
    Later,
}

/// Checks a rule and all that stand within it.
pub(super) fn check(rule: &Rule, place: &Way, asked: Asked, profile: &Profile, found: &mut Found) {
    let below = |parts: Way| -> Way { place.iter().cloned().chain(parts).collect() };
    let known: Vec<&str> = profile.classes.iter().map(|class| class.id.as_str()).collect();
    for (at, class) in rule.of_class.iter().enumerate() {
        if asked != Asked::ByClass && !known.contains(&class.as_str()) {
            let mut known = known.clone();
            known.sort_unstable();
            known.dedup();
            found.unknown(below(way!["of_class", at]), ("分类", "class"), class, &known);
        }
    }
    // `valid` and `major` are there the marks of the record.
    if asked == Asked::ByClass && !rule.of_class.is_empty() {
        found.at(
            below(way!["of_class"]),
            "分类的条件不能用 of_class：分类正由这些条件决定",
            "the rule of a class cannot ask for `of_class`, which these rules decide",
        );
    }
    if asked == Asked::ByMajor && rule.major.is_some() {
        found.at(
            below(way!["major"]),
            "[[major]] 的条件不能用 major：它本身由这些条件决定",
            "a [[major]] rule cannot ask for `major`, which these rules decide",
        );
    }
    amounts(rule, &below, found);
    for (key, rules) in [("any", &rule.any), ("all", &rule.all)] {
        for (at, inner) in rules.iter().enumerate() {
            within(inner, &below(way![key, at]), asked, profile, found);
        }
    }
    if let Some(inner) = &rule.not {
        within(inner, &below(way!["not"]), asked, profile, found);
    }
}

/// A rule within another must ask for something.
fn within(rule: &Rule, place: &Way, asked: Asked, profile: &Profile, found: &mut Found) {
    if rule.is_empty() {
        found.at(
            place.clone(),
            "里面的条件是空的，永远成立；请写明条件或删去",
            "an empty condition within another always holds; say what it asks for, or take it out",
        );
    }
    check(rule, place, asked, profile, found);
}

/// Amounts, distances and their quotients are never negative.
fn amounts(rule: &Rule, below: &dyn Fn(Way) -> Way, found: &mut Found) {
    let bounds: [(&str, &Option<Bound>); 6] = [
        ("cost", &rule.cost),
        ("claim", &rule.claim),
        ("solution", &rule.solution),
        ("compensation", &rule.compensation),
        ("claim_to_solution", &rule.claim_to_solution),
        ("distance", &rule.distance),
    ];
    for (key, bound) in bounds {
        let Some(bound) = bound else { continue };
        if bound.number() < 0.0 || bound.is_met_by(0.0) == bound.is_met_by(f64::MAX) {
            found.at(
                below(way![key]),
                format!("{key} = \"{bound}\" 对不小于 0 的数要么都成立、要么都不成立"),
                format!("{key} = \"{bound}\" holds for all numbers of 0 or more, or for none"),
            );
        }
    }
}

/// What cannot be reached: rules of which the first that holds is taken, after one that always holds.
pub(super) fn hidden(rules: &[(&Rule, Way)], what: (&str, &str), found: &mut Found) {
    for (at, (rule, place)) in rules.iter().enumerate() {
        let before = rules[..at].iter().position(|(earlier, _)| earlier.is_empty() || earlier == rule);
        if let Some(first) = before {
            found.among(
                vec![place.clone(), rules[first].1.clone()],
                format!(
                    "永远轮不到这一条{}：前面第 {} 条已经包括了它的情形；请把无条件的一条放在最后（改写时用 before）",
                    what.0,
                    first + 1
                ),
                format!(
                    "this {} is never reached: number {} before it takes all of its cases; put what always holds last (by `before` in an override)",
                    what.1,
                    first + 1
                ),
            );
        }
    }
}
