//! The report of a survey round in words: what changed since the last round, what pulls the rate down, how far the round reached, what
//! was suggested, what was kept since, what to do. The figures, tables and charts stand in [`super::pages`].

pub(crate) mod changes;
pub(crate) mod kept;
pub(crate) mod pulls;
pub(crate) mod reach;
pub(crate) mod suggestions;
#[cfg(test)]
mod tests;
pub(crate) mod todo;

use super::format;
use super::lens::Lens;
use crate::metrics::fact::Scope;
use crate::metrics::runner::ScopeCode;

/// The overall rate.
pub(crate) const OVERALL: &str = "survey.overall_satisfied";

/// The rate of an item.
pub(crate) const ITEM: &str = "survey.item_satisfied";

/// What the round before is called: `上次（2025年上半年）`.
fn last_round(lens: &Lens<'_>) -> String {
    let period = format::period(lens.words, lens.period.previous());
    lens.words.say("round.last", &[("period", &period)])
}

/// Whether something of a community is of the lens's scope.
fn is_own(lens: &Lens<'_>, community: u32) -> bool {
    *lens.scope == Scope::Group
        || super::parts::owed::scope_of(lens.input, ScopeCode::Community(community)) == *lens.scope
}
