//! Outcome codes: how one case stands to one deadline. Computed once, kept as a column; rates are counts of codes.

use crate::clock::due::{Span, due, due_with_pause, dues_within};
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

/// What the due moment of a case depends on.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The clock.
    pub clock: &'a WorkingTime,
    /// Where it starts.
    pub start: Option<Moment>,
    /// What sets the due moment.
    pub limit: Limited<'a>,
    /// What was agreed with the customer: the due moment instead. A date without a time ends with the day. An agreement that
    /// surely lies before the start is void: nobody can promise what lies behind.
    pub agreed: Option<Moment>,
    /// Due no later than this.
    pub shortened: Option<Moment>,
    /// From when on the clock stood still, and until when; up to the as-of moment where nobody says.
    pub pause: Option<(Moment, Option<Moment>)>,
}

/// What sets the due moment.
#[derive(Debug, Clone, Copy)]
pub enum Limited<'a> {
    /// One of these limits; several where what the record tells leaves it open which. None: the case is not ruled.
    Within(&'a [Span]),
    /// A moment that somebody set for the case alone.
    By(Option<Moment>),
}

/// The outcome of one case on one deadline.
#[must_use]
pub fn outcome(clock: &WorkingTime, start: Option<Moment>, end: End, spans: Spans, as_of: Seconds) -> Outcome {
    let within: &[Span] = match &spans {
        [Some(one), Some(other)] => &[*one, *other],
        [Some(one), None] | [None, Some(one)] => &[*one],
        [None, None] => &[],
    };
    let limit = Limited::Within(within);
    judged(&Terms { clock, start, limit, agreed: None, shortened: None, pause: None }, end, as_of)
}

/// The outcome of one case on one deadline, whatever sets its due moment.
#[must_use]
pub fn judged(terms: &Terms<'_>, end: End, as_of: Seconds) -> Outcome {
    if matches!(terms.limit, Limited::Within([])) {
        return Outcome::NotRuled;
    }
    let Some((earliest, latest)) = terms.dues(as_of) else { return Outcome::NoStart };
    if let Some(start) = terms.start {
        // Neither can a case end before it starts, nor can a limit that was set for it lie behind.
        let is_before = |moment: Moment| moment.is_surely_before(start);
        let ends_before = matches!(end, End::At(end) if is_before(end));
        if ends_before || [terms.set(), terms.shortened].into_iter().flatten().any(is_before) {
            return Outcome::Impossible;
        }
    }
    against(end, (earliest, latest), as_of)
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

impl Terms<'_> {
    /// An agreement that lies before the start, with the start.
    #[must_use]
    pub fn void_agreement(&self) -> Option<(Moment, Moment)> {
        self.agreed.zip(self.start).filter(|(agreed, start)| agreed.is_surely_before(*start))
    }

    /// The moment that was set for the case, where there is one: a date without a time ends with the day.
    fn set(&self) -> Option<Moment> {
        self.agreed.filter(|_| self.void_agreement().is_none()).or(match self.limit {
            Limited::By(moment) => moment,
            Limited::Within(_) => None,
        })
    }

    /// The earliest and the latest due moment that the record allows; none without a moment to count from.
    #[must_use]
    pub fn dues(&self, as_of: Seconds) -> Option<(Seconds, Seconds)> {
        let (earliest, latest) = match (self.set(), self.limit) {
            (Some(set), _) => (set.latest(), set.latest()),
            (None, Limited::By(_)) => return None,
            (None, Limited::Within(spans)) => self.dues_within(spans, self.start?, as_of)?,
        };
        let at_most = self.shortened.map_or(Seconds::MAX, Moment::latest);
        Some((earliest.min(at_most), latest.min(at_most)))
    }

    fn dues_within(&self, spans: &[Span], start: Moment, as_of: Seconds) -> Option<(Seconds, Seconds)> {
        let (clock, first) = (self.clock, start.seconds);
        let last = if start.date_only { start.latest() - 1 } else { first };
        let dues = |span: Span| match self.pause {
            None if last == first => {
                let due = due(clock, first, span);
                (due, due)
            }
            None => dues_within(clock, first, last, span),
            Some((from, until)) => {
                // A date without a time leaves a shortest and a longest pause.
                let (until, until_latest) = until.map_or((as_of, as_of), |until| (until.seconds, until.latest()));
                let paused = |start, pause| due_with_pause(clock, start, span, &[pause]);
                (paused(first, (from.latest(), until)), paused(last, (from.seconds, until_latest)))
            }
        };
        spans.iter().map(|span| dues(*span)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}

/// Whether the outcome of one case rests on the plain week of a year without a published calendar: whether its clock of working
/// time ran in such a year before it ended or fell due.
#[must_use]
pub fn rests_on_plain_week<I: IntoIterator<Item = Option<Span>>>(
    clock: &WorkingTime,
    start: Option<Moment>,
    end: End,
    spans: impl FnOnce() -> I,
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
    fn a_limit_of_the_case_that_lies_before_the_start_is_impossible_whether_it_sets_or_shortens_the_due_moment() {
        let clock = clock();
        let judged = |limit, shortened: &str, end| {
            let (start, shortened) = (Some(at("2025-01-03 10:00")), Some(at(shortened)));
            let terms = Terms { clock: &clock, start, limit, agreed: None, shortened, pause: None };
            super::judged(&terms, end, at("2026-01-01 00:00").seconds)
        };
        let day = Limited::Within(&[Span::Elapsed(86_400)]);
        let end = End::At(at("2025-01-03 11:00"));
        assert_eq!(judged(day, "2025-01-02 10:00", end), Outcome::Impossible);
        assert_eq!(judged(day, "2025-01-02 10:00", End::Open), Outcome::Impossible);
        assert_eq!(judged(day, "2025-01-03", end), Outcome::OnTime, "some time of the day of the start");
        assert_eq!(judged(day, "2025-01-03 10:59:59", end), Outcome::Late);
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
