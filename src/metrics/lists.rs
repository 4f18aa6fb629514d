//! What is kept besides facts, for lists and pages: single duties, promises and measures.

use super::register::Commitment;
use super::schedule::DutyInstance;

/// Lists, each in an order of its own that depends on nothing but the input.
#[derive(Debug, Default)]
pub struct Lists {
    /// Duties as they were owed, by what they are about, profile, duty and who owed them.
    pub duties: Vec<DutyInstance>,
    /// Promises and measures, in the order of their registers.
    pub commitments: Vec<Commitment>,
}

impl Lists {
    /// Puts the duties in order.
    pub(super) fn sort(&mut self) {
        self.duties.sort_by(|a, b| {
            (a.from, a.until, &a.profile, &a.duty, a.owner).cmp(&(b.from, b.until, &b.profile, &b.duty, b.owner))
        });
    }
}
