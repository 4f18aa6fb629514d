//! What became of a case on a deadline.

use chrono::{Days, NaiveDateTime};

use crate::case::Moment;
use crate::clock::{as_of, on};

/// One of seven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// In time.
    OnTime,
    /// Too late, or still not done when it should have been.
    Late,
    /// Not done, and not yet due.
    NotDue,
    /// The beginning cannot be read.
    NoStart,
    /// The end cannot be read, or the table has no column for it.
    NoEnd,
    /// Ends before it begins.
    Impossible,
    /// A date without a time leaves both answers open.
    Uncertain,
}

impl Outcome {
    /// The reason for which it is left out of a rate.
    pub(crate) fn excluded(self) -> Option<&'static str> {
        match self {
            Self::OnTime | Self::Late => None,
            Self::NotDue => Some("not_due"),
            Self::NoStart => Some("no_start"),
            Self::NoEnd => Some("no_end"),
            Self::Impossible => Some("impossible"),
            Self::Uncertain => Some("uncertain"),
        }
    }
}

/// The outcome from start to end; `end` is `None` where the table has no such column.
pub(crate) fn outcome(
    start: &Moment,
    end: Option<&Moment>,
    closed: bool,
    due: impl Fn(&Moment) -> NaiveDateTime,
) -> Outcome {
    let Some(end) = end else { return Outcome::NoEnd };
    if matches!(start, Moment::Bad(_) | Moment::Blank) {
        return Outcome::NoStart;
    }
    match end {
        Moment::Bad(_) => Outcome::NoEnd,
        Moment::Blank => {
            assert!(!closed, "a closed case has all its moments, or the truth would depend on how one reads it");
            if as_of() > due(start) { Outcome::Late } else { Outcome::NotDue }
        }
        Moment::At(end) => {
            let begun = start.at().expect("a table gives times for both or for none");
            if *end < begun {
                Outcome::Impossible
            } else if *end <= due(start) {
                Outcome::OnTime
            } else {
                Outcome::Late
            }
        }
        Moment::Day(date) => {
            let begun = start.date().expect("a start that was found readable");
            let (earliest, latest) = (on(*date, 0, 0), on(*date + Days::new(1), 0, 0));
            if *date < begun {
                Outcome::Impossible
            } else if latest <= due(start) {
                Outcome::OnTime
            } else if earliest >= due(start) {
                Outcome::Late
            } else {
                Outcome::Uncertain
            }
        }
    }
}
