//! What · Share of a survey round's duties that were done in time: `schedule.{duty of the profile}`.
//! Formula · `on_time` ÷ (`on_time` + late)
//! Denominator · rounds whose outcome is `on_time` or late, in the period in which the duty fell due
//! Unit · ratio
//! Missing values · excluded by reason: `no_start`, `not_due`, impossible, uncertain
//! Clause · that of the duty, e.g. survey-procedure 4.9.1
//! Example · collection closed 2025-06-20, results published 2025-07-15, limit 1 month: on time, counted in 2025-07

use std::collections::{BTreeMap, BTreeSet};

use super::fact::{Dimension, Fact, Unit, Verdict};
use super::metric::{Metric, count, every_row};
use super::notes::{PLAIN_WEEK, add_code};
use super::outcome::{EXCLUDED, End, Outcome, outcome, rests_on_plain_week};
use super::runner::{ScopeCode, Setting, blank_fact, judge};
use crate::clock::due::due;
use crate::clock::working_time::WorkingTime;
use crate::moment::{Moment, Period, date_of, month_number};
use crate::profile::schema::{Duty, Profile};
use crate::records::assemble::RoundRecord;
use crate::step::RoundStep;

fn metric(duty: &Duty) -> Metric {
    // The expression is never run: rounds are few and not in a frame.
    Metric::new(format!("schedule.{}", duty.id), Unit::Ratio, count(every_row()), include_str!("mod.rs"))
        .under(&duty.clause)
}

/// The facts of all duties of a profile.
pub(super) fn facts(rounds: &[RoundRecord], profile: &Profile, setting: &Setting<'_>) -> Vec<Fact> {
    profile.duties.iter().flat_map(|duty| of_duty(duty, rounds, profile, setting)).collect()
}

fn of_duty(duty: &Duty, rounds: &[RoundRecord], profile: &Profile, setting: &Setting<'_>) -> Vec<Fact> {
    let mut counts: BTreeMap<(Period, ScopeCode), BTreeMap<Outcome, i64>> = BTreeMap::new();
    let mut plain_week: BTreeSet<(Period, ScopeCode)> = BTreeSet::new();
    for round in rounds {
        let at = |step: RoundStep| round.dates.iter().find(|(found, _)| *found == step).map(|(_, moment)| *moment);
        let (start, end) = (at(duty.from), at(duty.to).filter(|moment| moment.seconds < setting.as_of));
        if start.is_some_and(|start| start.seconds >= setting.as_of) || round.period.start() >= setting.as_of {
            continue;
        }
        let clock = setting.clocks.of(round.community);
        let (end, spans) = (end_of(round, duty, end), [Some(duty.within.span()), None]);
        let code = outcome(clock, start, end, spans, setting.as_of);
        let rests = rests_on_plain_week(clock, start, end, || spans, setting.as_of);
        for period in fell_due(duty, start, round.period, clock).with_containing() {
            for scope in [ScopeCode::Group, ScopeCode::Community(round.community)] {
                *counts.entry((period, scope)).or_default().entry(code).or_default() += 1;
                if rests {
                    plain_week.insert((period, scope));
                }
            }
        }
    }
    let metric = metric(duty).in_profile(profile);
    let mut facts = Vec::new();
    for ((period, scope), counts) in counts {
        let of = |outcome: Outcome| counts.get(&outcome).copied().unwrap_or(0);
        let (on_time, late) = (of(Outcome::OnTime), of(Outcome::Late) + of(Outcome::LateOpen));
        let mut fact = blank_fact(&metric, profile, setting, period, setting.scope(scope));
        if plain_week.contains(&(period, scope)) {
            add_code(&mut fact, PLAIN_WEEK);
        }
        #[allow(clippy::cast_precision_loss, reason = "rounds are few")]
        let (part, whole) = (on_time as f64, (on_time + late) as f64);
        (fact.numerator, fact.denominator) = (Some(part), Some(whole));
        fact.value = (whole > 0.0).then(|| part / whole);
        judge(&mut fact, profile, setting, &metric.id, scope);
        for (outcome, reason) in EXCLUDED {
            let left_out = of(outcome);
            fact.excluded += left_out;
            if left_out > 0 {
                let mut of_reason = fact.clone();
                of_reason.key.dimension = Some((Dimension::Excluded, reason.into()));
                #[allow(clippy::cast_precision_loss, reason = "rounds are few")]
                let value = left_out as f64;
                (of_reason.value, of_reason.numerator, of_reason.denominator) = (Some(value), None, None);
                (of_reason.unit, of_reason.verdict, of_reason.excluded) = (Unit::Count, Verdict::None, 0);
                of_reason.target = "".into();
                facts.push(of_reason);
            }
        }
        facts.push(fact);
    }
    facts
}

/// The end of a duty: what no column tells, or what is no date, nobody can judge.
fn end_of(round: &RoundRecord, duty: &Duty, end: Option<Moment>) -> End {
    match end {
        Some(moment) => End::At(moment),
        None if round.untold.contains(&duty.to) => End::Untold,
        None => End::Open,
    }
}

/// The month in which a duty fell due; without a start, the last of the round's period.
fn fell_due(duty: &Duty, start: Option<Moment>, round: Period, clock: &WorkingTime) -> Period {
    let month = start
        .map_or(round.last_month(), |start| month_number(date_of(due(clock, start.seconds, duty.within.span()) - 1)));
    Period::of_month_number(month)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_metric_is_documented_under_the_seven_headings() {
        let text = crate::profile::load::BUILT_IN[0].1;
        let profile: super::Profile = toml::from_str(text).unwrap_or_else(|error| unreachable!("{error}"));
        let metrics: Vec<_> = profile.duties.iter().map(super::metric).collect();
        assert_eq!(metrics.len(), 1);
        crate::metrics::metric::assert_documented(&metrics);
    }
}
