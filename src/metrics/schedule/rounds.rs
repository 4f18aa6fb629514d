//! Duties of survey rounds: from one date of the round to another within a limit.

use super::DutyInstance;
use super::recurring::Labels;
use crate::clock::due::Span;
use crate::clock::working_time::WorkingTime;
use crate::metrics::behind::Decisive;
use crate::metrics::outcome::{End, Limited, Terms, outcome, rests_on_plain_week};
use crate::metrics::runner::{ScopeCode, Setting};
use crate::moment::{Moment, Seconds};
use crate::profile::limit::Limit;
use crate::records::assemble::RoundRecord;
use crate::step::RoundStep;

/// A duty's instances, one a round that had begun.
pub(super) fn instances(
    (from, to, within): (RoundStep, RoundStep, Limit),
    rounds: &[RoundRecord],
    labels: &Labels,
    setting: &Setting<'_>,
) -> Vec<DutyInstance> {
    let begun = rounds.iter().filter(|round| round.period.start() < setting.as_of);
    begun
        .filter_map(|round| {
            let at = |step: RoundStep| round.dates.iter().find(|(found, _)| *found == step).map(|(_, moment)| *moment);
            let (start, end) = (at(from), at(to).filter(|moment| moment.seconds < setting.as_of));
            if start.is_some_and(|start| start.seconds >= setting.as_of) {
                return None;
            }
            let (clock, spans) = (setting.clocks.of(round.community), [Some(within.span()), None]);
            let told = end_of(round, to, end);
            let outcome = outcome(clock, start, told, spans, setting.as_of);
            Some(DutyInstance {
                profile: labels.profile.clone(),
                duty: labels.duty.clone(),
                clause: labels.clause.clone(),
                owner: ScopeCode::Community(round.community),
                from: round.period.start(),
                until: round.period.end(),
                begins: start.map(|start| start.seconds),
                due: dues(clock, start, within.span(), setting.as_of),
                done: end,
                outcome,
                evidence: Some(Decisive::of(round.at(), [(from.column(), start.into()), (to.column(), end.into())])),
                of_round: true,
                untold: false,
                plain_week: rests_on_plain_week(clock, start, told, || spans, setting.as_of),
            })
        })
        .collect()
}

/// The last moment that can still be in time.
fn dues(clock: &WorkingTime, start: Option<Moment>, span: Span, as_of: Seconds) -> Option<Seconds> {
    let limit = Limited::Within(&[span]);
    let terms = Terms { clock, start, limit, agreed: None, shortened: None, pause: None };
    terms.dues(as_of).map(|(_, latest)| latest)
}

/// The end of a duty: what no column tells, or what is no date, nobody can judge.
fn end_of(round: &RoundRecord, to: RoundStep, end: Option<Moment>) -> End {
    match end {
        Some(moment) => End::At(moment),
        None if round.untold.contains(&to) => End::Untold,
        None => End::Open,
    }
}
