//! How each callback stands to what the profile asks for: whether it was due, and if not, why.

use polars::prelude::Expr;

use crate::metrics::metric::{Excluded, is_code};
use crate::metrics::outcome::Outcome;

/// Column: how the callback stands, as a number of [`Standing`].
pub(super) const STANDING: &str = "standing:callback";

/// How a callback stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Standing {
    /// It was due, made or not.
    Due,
    /// Its limit is not over, and it was not made.
    NotDue,
    /// Whether its limit is over cannot be told, and it was not made.
    Uncertain,
    /// Only some cases are asked for, and nobody knows of which case it is.
    Unknown,
    /// Nobody asked for it: the rule does not rule its case, or what it is counted from has not happened.
    NotOwed,
}

impl Standing {
    /// By what the rule says of the callback's case; none where nobody knows the case.
    pub(super) fn of_rule(asked: Option<bool>) -> Self {
        match asked {
            Some(true) => Self::Due,
            Some(false) => Self::NotOwed,
            None => Self::Unknown,
        }
    }

    /// Of a callback that is asked for, by its outcome on the limit.
    pub(super) fn of_outcome(is_made: bool, outcome: Outcome) -> Self {
        match outcome {
            Outcome::NotDue if !is_made => Self::NotDue,
            Outcome::Uncertain if !is_made => Self::Uncertain,
            _ => Self::Due,
        }
    }

    /// The code as a number of a column.
    pub(super) fn number(self) -> u32 {
        self as u32
    }
}

/// Yes for callbacks that were due.
pub(super) fn is_due() -> Expr {
    is_code(STANDING, Standing::Due.number())
}

/// Why a callback is left out of a share of what was due.
pub(super) fn excluded() -> Excluded {
    let mut excluded = untold();
    excluded.push(("not_due", is_code(STANDING, Standing::NotDue.number())));
    excluded
}

/// Why nobody can tell whether a callback was due.
pub(super) fn untold() -> Excluded {
    vec![("uncertain", is_code(STANDING, Standing::Uncertain.number())), unknown()]
}

/// Callbacks of which nobody knows whether they were asked for.
pub(super) fn unknown() -> (&'static str, Expr) {
    ("unknown", is_code(STANDING, Standing::Unknown.number()))
}
