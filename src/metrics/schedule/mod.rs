//! What · Share of a survey round's duties that were done in time: `schedule.{duty of the profile}`.
//! Formula · `on_time` ÷ (`on_time` + late)
//! Denominator · rounds whose outcome is `on_time` or late, in the period in which the duty fell due
//! Unit · ratio
//! Missing values · excluded by reason: `no_start`, `not_due`, impossible, uncertain
//! Clause · that of the duty, e.g. survey-procedure 4.9.1
//! Example · collection closed 2025-06-20, results published 2025-07-15, limit 1 month: on time, counted in 2025-07
//!
//! 口径 · 一次调查的各项事务按时完成的比例
//! 公式 · 按时 ÷（按时 + 超时）
//! 分母 · 判为按时或超时的调查，计入该项事务到期的时期
//! 单位 · 比率
//! 缺失值 · 按原因剔除：无起点、未到期、时间倒置、只有日期不能断定
//! 条款 · 该项事务的条款，如 survey-procedure 4.9.1
//! 举例 · 2025-06-20 收齐，2025-07-15 公布，期限 1 个月：按时，计入 2025-07

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsResult;

use super::behind::{Part, Rows};
use super::fact::Unit;
use super::metric::{Metric, count, every_row};
use super::notes::{PLAIN_WEEK, add_code};
use super::outcome::{EXCLUDED, End, Outcome, outcome, rests_on_plain_week};
use super::runner::{ScopeCode, Setting, blank_fact, excluded_fact, judge};
use super::taker::Taker;
use crate::clock::due::due;
use crate::clock::working_time::WorkingTime;
use crate::moment::{Moment, Period, date_of, month_number};
use crate::origin::SourceId;
use crate::profile::limit::Limit;
use crate::profile::schema::{Duty, Profile};
use crate::records::assemble::RoundRecord;
use crate::step::RoundStep;

fn metric(duty: &Duty) -> Metric {
    // The expression is never run: rounds are few and not in a frame.
    Metric::new(format!("schedule.{}", duty.id), Unit::Ratio, count(every_row()), include_str!("mod.rs"))
        .under(&duty.clause)
}

/// Sheets and rows of rounds, by what became of them.
type Judged = BTreeMap<Outcome, Vec<(SourceId, u32)>>;

/// Measures all duties of a profile.
pub(super) fn measure(
    rounds: &[RoundRecord],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    profile.duties.iter().try_for_each(|duty| of_duty(duty, rounds, profile, setting, taker))
}

fn of_duty(
    duty: &Duty,
    rounds: &[RoundRecord],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let Some((from, to, within)) = duty.of_round() else { return Ok(()) };
    let mut judged: BTreeMap<(Period, ScopeCode), Judged> = BTreeMap::new();
    let mut plain_week: BTreeSet<(Period, ScopeCode)> = BTreeSet::new();
    for round in rounds {
        let at = |step: RoundStep| round.dates.iter().find(|(found, _)| *found == step).map(|(_, moment)| *moment);
        let (start, end) = (at(from), at(to).filter(|moment| moment.seconds < setting.as_of));
        if start.is_some_and(|start| start.seconds >= setting.as_of) || round.period.start() >= setting.as_of {
            continue;
        }
        let clock = setting.clocks.of(round.community);
        let (end, spans) = (end_of(round, to, end), [Some(within.span()), None]);
        let code = outcome(clock, start, end, spans, setting.as_of);
        let rests = rests_on_plain_week(clock, start, end, || spans, setting.as_of);
        for period in fell_due(within, start, round.period, clock).with_containing() {
            for scope in [ScopeCode::Group, ScopeCode::Community(round.community)] {
                let judged = judged.entry((period, scope)).or_default();
                judged.entry(code).or_default().push((round.source, round.row));
                if rests {
                    plain_week.insert((period, scope));
                }
            }
        }
    }
    let metric = metric(duty).in_profile(profile);
    for ((period, scope), judged) in judged {
        let of = |outcome: Outcome| judged.get(&outcome).map_or(0, |rows| i64::try_from(rows.len()).unwrap_or(0));
        let rows = |part: Part, outcomes: &[Outcome]| {
            let rows = outcomes.iter().filter_map(|outcome| judged.get(outcome)).flatten();
            Rows::of(part, rows.map(|(source, row)| (*source, *row, 1)))
        };
        let left_out = |reason: &str, outcome| rows(Part::Excluded(reason.into()), &[outcome]);
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
        fact.excluded = EXCLUDED.iter().map(|(outcome, _)| of(*outcome)).sum();
        for (outcome, reason) in EXCLUDED {
            if of(outcome) > 0 {
                let fact = excluded_fact(&fact, reason, of(outcome));
                taker.counted(&metric, fact, &|| Ok(vec![left_out(reason, outcome)]))?;
            }
        }
        taker.counted(&metric, fact, &|| {
            let mut parts =
                vec![rows(Part::Numerator, &[Outcome::OnTime]), rows(Part::Rest, &[Outcome::Late, Outcome::LateOpen])];
            parts.extend(EXCLUDED.iter().map(|(outcome, reason)| left_out(reason, *outcome)));
            Ok(parts)
        })?;
    }
    Ok(())
}

/// The end of a duty: what no column tells, or what is no date, nobody can judge.
fn end_of(round: &RoundRecord, to: RoundStep, end: Option<Moment>) -> End {
    match end {
        Some(moment) => End::At(moment),
        None if round.untold.contains(&to) => End::Untold,
        None => End::Open,
    }
}

/// The month in which a duty fell due; without a start, the last of the round's period.
fn fell_due(within: Limit, start: Option<Moment>, round: Period, clock: &WorkingTime) -> Period {
    let month =
        start.map_or(round.last_month(), |start| month_number(date_of(due(clock, start.seconds, within.span()) - 1)));
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
