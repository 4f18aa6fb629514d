//! What · Share of duties that were done in time, of survey rounds and of those that recur.
//! Formula · on time ÷ (on time + late)
//! Denominator · duties whose outcome is on time or late, in the period in which they fell due
//! Unit · ratio
//! Missing values · excluded by reason: no start, not due, no end (nobody keeps a record of such duties), impossible, uncertain
//! Clause · that of the duty, e.g. survey-procedure 4.9.1
//! Example · collection closed 2025-06-20, results published 2025-07-15, limit 1 month: on time, counted in 2025-07
//!
//! 口径 · 各项事务按时完成的比例，一次调查的事务与定期的事务都算
//! 公式 · 按时 ÷（按时 + 超时）
//! 分母 · 判为按时或超时的事务，计入到期的时期
//! 单位 · 比率
//! 缺失值 · 按原因剔除：无起点、未到期、没有此类记录（无从判断）、时间倒置、只有日期不能断定
//! 条款 · 该项事务的条款，如 survey-procedure 4.9.1
//! 举例 · 2025-06-20 收齐，2025-07-15 公布，期限 1 个月：按时，计入 2025-07

use super::DutyInstance;
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::ScopeCode;
use crate::metrics::tally::{Counted, Role};
use crate::profile::schema::Duty;

pub(super) fn metric(duty: &Duty) -> Metric {
    // The expression is never run: duties are few and not in a frame.
    Metric::new(format!("schedule.{}", duty.id), Unit::Ratio, count(every_row()), include_str!("on_time.rs"))
        .under(&duty.clause)
}

/// The duty as it is counted; nothing for a recurring one that falls due in a month that has not begun.
pub(super) fn counted(instance: &DutyInstance, last_month: i32) -> Option<Counted> {
    let period = instance.due_month();
    if !instance.of_round && period.first_month() > last_month {
        return None;
    }
    let role = Role::in_time(instance.outcome)?;
    Some(Counted {
        period,
        scopes: scopes(instance),
        value: None,
        role,
        amount: 0,
        source: instance.evidence.clone(),
        plain_week: instance.plain_week,
    })
}

/// The group, and who owed it. Where nobody keeps a record the group says so, once.
pub(super) fn scopes(instance: &DutyInstance) -> Vec<ScopeCode> {
    match instance.owner {
        ScopeCode::Group => vec![ScopeCode::Group],
        _ if instance.untold => vec![ScopeCode::Group],
        owner => vec![ScopeCode::Group, owner],
    }
}
