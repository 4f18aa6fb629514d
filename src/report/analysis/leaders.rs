//! Who has most: the one that leads, those that lead together, or nobody.

use super::super::format;
use super::super::lens::FEWEST_NAMED;
use super::super::words::Words;

/// So many may lead together; more say that nobody leads.
const TOGETHER: usize = 3;

/// Who has most of some counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Leaders {
    /// One, or a few with as many.
    Named(Vec<String>, f64),
    /// More than a few have as many as the largest, or the largest are a handful.
    Nobody,
}

/// The leaders of named counts; none where there is nothing to compare.
pub(super) fn of(counts: &[(String, f64)]) -> Option<Leaders> {
    let most = counts.iter().map(|(_, n)| *n).fold(0.0, f64::max);
    if counts.len() < 2 || most <= 0.0 {
        return None;
    }
    if most < FEWEST_NAMED {
        return Some(Leaders::Nobody);
    }
    let names: Vec<String> = counts.iter().filter(|(_, n)| *n >= most).map(|(name, _)| name.clone()).collect();
    Some(if names.len() > TOGETHER { Leaders::Nobody } else { Leaders::Named(names, most) })
}

/// `翠湖花园最多，20件，占29.0%`; of those that lead together `各3件`.
pub(super) fn clause(words: &Words, leaders: &Leaders, all: f64) -> String {
    let Leaders::Named(names, most) = leaders else { return words.say("leaders.nobody", &[]) };
    let names_text = words.names(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let share = format::share(most / all, None);
    let key = if names.len() == 1 { "leaders.one" } else { "leaders.several" };
    words.number(key, *most, &[("names", &names_text), ("share", &share)])
}
