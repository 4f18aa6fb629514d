//! Outcome codes: how one case stands to one deadline. Computed once, kept as a column; rates are counts of codes.

use crate::clock::due::{Span, due, dues_within};
use crate::clock::working_time::WorkingTime;
use crate::moment::{Moment, Seconds};

/// How a case stands to a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Outcome {
    /// End ≤ due.
    OnTime = 0,
    /// End > due.
    Late = 1,
    /// Still open and as-of > due; `late` to the outside.
    LateOpen = 2,
    /// Still open and as-of ≤ due.
    NotDue = 3,
    /// The starting moment is missing.
    NoStart = 4,
    /// The table has no such column, or the case is closed without that moment.
    NoEnd = 5,
    /// End < start.
    Impossible = 6,
    /// A date without a time: both answers are possible.
    Uncertain = 7,
    /// The deadline does not rule the case.
    NotRuled = 8,
}

impl Outcome {
    /// The code as a number of a column.
    #[must_use]
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The word in data files: what is open past its due moment is late to the outside.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late | Self::LateOpen => "late",
            Self::NotDue => "not_due",
            Self::NoStart => "no_start",
            Self::NoEnd => "no_end",
            Self::Impossible => "impossible",
            Self::Uncertain => "uncertain",
            Self::NotRuled => "not_ruled",
        }
    }
}

/// Outcomes that are left out of a rate, with the reason as it stands in facts.
pub const EXCLUDED: [(Outcome, &str); 5] = [
    (Outcome::NotDue, "not_due"),
    (Outcome::NoStart, "no_start"),
    (Outcome::NoEnd, "no_end"),
    (Outcome::Impossible, "impossible"),
    (Outcome::Uncertain, "uncertain"),
];

/// An end as the record has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It happened.
    At(Moment),
    /// It has not happened yet.
    Open,
    /// Nobody can tell: no such column, unreadable, or closed without it.
    Untold,
}

/// Limits that a case may be under: one, or several where a missing time leaves it open which.
pub type Spans = [Option<Span>; 2];

/// The outcome of one case on one deadline.
#[must_use]
pub fn outcome(clock: &WorkingTime, start: Option<Moment>, end: End, spans: Spans, as_of: Seconds) -> Outcome {
    let Some(start) = start else { return Outcome::NoStart };
    if let End::At(end) = end
        && end.is_surely_before(start)
    {
        return Outcome::Impossible;
    }
    if end == End::Untold {
        return Outcome::NoEnd;
    }
    against(end, dues(clock, start, spans), as_of)
}

/// How an end stands to a due moment: to its earliest and its latest, where a missing time leaves it open.
#[must_use]
pub fn against(end: End, (earliest, latest): (Seconds, Seconds), as_of: Seconds) -> Outcome {
    match end {
        End::Untold => Outcome::NoEnd,
        End::At(end) => {
            // 00:00 of a date is 24:00 of the day before: a date stands for the seconds after it.
            let (first, last) =
                if end.date_only { (end.seconds + 1, end.latest()) } else { (end.seconds, end.seconds) };
            if last <= earliest {
                Outcome::OnTime
            } else if first > latest {
                Outcome::Late
            } else {
                Outcome::Uncertain
            }
        }
        End::Open if as_of > latest => Outcome::LateOpen,
        End::Open if as_of <= earliest => Outcome::NotDue,
        End::Open => Outcome::Uncertain,
    }
}

/// The earliest and the latest due moment that the starting moment allows.
#[must_use]
pub fn dues(clock: &WorkingTime, start: Moment, spans: Spans) -> (Seconds, Seconds) {
    let never = (Seconds::MAX, Seconds::MAX);
    if !start.date_only {
        // Without a missing time there is one span and one due moment.
        let [span, _] = spans;
        return span.map_or(never, |span| {
            let due = due(clock, start.seconds, span);
            (due, due)
        });
    }
    let dues = spans.into_iter().flatten().map(|span| dues_within(clock, start.seconds, start.latest() - 1, span));
    dues.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or(never)
}

/// Whether the outcome of one case rests on the plain week of a year without a published calendar: whether its clock of working
/// time ran in such a year before it ended or fell due.
#[must_use]
pub fn rests_on_plain_week(
    clock: &WorkingTime,
    start: Option<Moment>,
    end: End,
    spans: impl FnOnce() -> Spans,
    as_of: Seconds,
) -> bool {
    let Some(start) = start else { return false };
    let last = match end {
        End::At(end) => end.latest(),
        End::Open => as_of,
        End::Untold => return false,
    };
    // Most clocks stop within the published years: neither limit nor due moment is asked for.
    last >= start.seconds
        && clock.used_plain_week(start.seconds, last)
        && spans().into_iter().flatten().any(|span| {
            let (_, due) = dues_within(clock, start.seconds, start.latest().max(start.seconds + 1) - 1, span);
            span.is_of_working_time() && clock.used_plain_week(start.seconds, last.min(due))
        })
}

/// What became of a measurement: seconds, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// Elapsed seconds.
    Seconds(i64),
    /// None, for a reason of [`Outcome`] (`NotDue` stands for still open).
    Not(Outcome),
}

/// Elapsed time of one case from one moment to another outside the company's pauses; a date without a time gives none.
#[must_use]
pub fn elapsed(clock: &WorkingTime, start: Option<Moment>, end: End) -> Measured {
    let Some(start) = start else { return Measured::Not(Outcome::NoStart) };
    match end {
        End::Open => Measured::Not(Outcome::NotDue),
        End::Untold => Measured::Not(Outcome::NoEnd),
        End::At(end) if end.is_surely_before(start) => Measured::Not(Outcome::Impossible),
        End::At(end) if end.date_only || start.date_only => Measured::Not(Outcome::Uncertain),
        End::At(end) => Measured::Seconds(clock.elapsed_between(start.seconds, end.seconds)),
    }
}

#[cfg(test)]
mod limits;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::week::WorkingWeek;
    use crate::config::CalendarEntry;
    use crate::normalise::moment::{DateContext, Reading, parse};

    pub(super) fn clock() -> WorkingTime {
        WorkingTime::new(
            WorkingWeek::new(&CalendarEntry::default()).unwrap_or_else(|_| unreachable!("the default is right")),
        )
    }

    pub(super) fn at(text: &str) -> Moment {
        match parse(text, DateContext::default()) {
            Reading::Moment(moment) => moment,
            other => unreachable!("{text}: {other:?}"),
        }
    }

    fn judged(start: &str, end: &str, span: Span) -> Outcome {
        outcome(&clock(), Some(at(start)), End::At(at(end)), [Some(span), None], at("2026-01-01 00:00:00").seconds)
    }

    #[test]
    fn the_limit_itself_is_in_time_and_a_second_later_is_late() {
        let day = Span::Elapsed(86_400);
        assert_eq!(judged("2025-03-05 14:30:00", "2025-03-06 14:29:59", day), Outcome::OnTime);
        assert_eq!(judged("2025-03-05 14:30:00", "2025-03-06 14:30:00", day), Outcome::OnTime);
        assert_eq!(judged("2025-03-05 14:30:00", "2025-03-06 14:30:01", day), Outcome::Late);
        let eight = Span::Working(8 * 3600);
        assert_eq!(judged("2025-04-30 17:00:00", "2025-05-06 17:00:00", eight), Outcome::OnTime);
        assert_eq!(judged("2025-04-30 17:00:00", "2025-05-06 17:00:01", eight), Outcome::Late);
        assert_eq!(judged("2025-12-31 10:00:00", "2026-01-03 23:59:59", Span::Days(3)), Outcome::OnTime);
        assert_eq!(judged("2025-12-31 10:00:00", "2026-01-04 00:00:01", Span::Days(3)), Outcome::Late);
    }

    #[test]
    fn an_open_case_is_late_only_after_its_due_moment() {
        let due = at("2025-03-06 14:30:00").seconds;
        let open = |as_of| {
            outcome(&clock(), Some(at("2025-03-05 14:30:00")), End::Open, [Some(Span::Elapsed(86_400)), None], as_of)
        };
        assert_eq!((open(due - 1), open(due), open(due + 1)), (Outcome::NotDue, Outcome::NotDue, Outcome::LateOpen));
    }

    #[test]
    fn a_date_without_a_time_is_uncertain_only_where_both_answers_are_possible() {
        let day = Span::Elapsed(86_400);
        assert_eq!(judged("2025-03-05 14:30:00", "2025-03-06", day), Outcome::Uncertain);
        assert_eq!(judged("2025-03-05 14:30:00", "2025-03-05", day), Outcome::OnTime);
        assert_eq!(judged("2025-03-05 14:30:00", "2025-03-07", day), Outcome::Late);
        assert_eq!(judged("2025-03-05", "2025-03-08", Span::Days(3)), Outcome::OnTime);
        assert_eq!(judged("2025-03-05", "2025-03-09", Span::Days(3)), Outcome::Late);
        assert_eq!(judged("2025-03-05 14:30:00", "2025-03-04", day), Outcome::Impossible);
    }

    #[test]
    fn what_is_missing_is_said_and_never_on_time() {
        let spans = [Some(Span::Days(3)), None];
        assert_eq!(outcome(&clock(), None, End::Open, spans, 0), Outcome::NoStart);
        assert_eq!(outcome(&clock(), Some(at("2025-03-05")), End::Untold, spans, 0), Outcome::NoEnd);
        assert_eq!(
            elapsed(&clock(), Some(at("2025-03-05 10:00")), End::At(at("2025-03-06"))),
            Measured::Not(Outcome::Uncertain)
        );
        assert_eq!(
            elapsed(&clock(), Some(at("2025-03-05 10:00")), End::At(at("2025-03-05 10:01"))),
            Measured::Seconds(60)
        );
    }
}
