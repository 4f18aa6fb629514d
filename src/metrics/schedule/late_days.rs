//! What · Days by which duties were late.
//! Formula · sum of the days from the due date to the date on which it was done ÷ duties done late
//! Denominator · duties done after their due moment, in the period in which they fell due
//! Unit · days
//! Missing values · what is still open is not in it; it is late in the share on time
//! Clause · that of the duty
//! Example · due 2025-07-05, done 2025-07-08; due 2025-08-05, done 2025-08-06: 2
//!
//! 口径 · 超时完成的事务平均迟了几天
//! 公式 · 各项从到期日到完成日的天数之和 ÷ 超时完成的项数
//! 分母 · 到期之后才完成的事务，计入到期的时期
//! 单位 · 天
//! 缺失值 · 至今没有完成的不计，它在按时率中算超时
//! 条款 · 该项事务的条款
//! 举例 · 应于 2025-07-05，完成于 07-08；应于 2025-08-05，完成于 08-06：2

use super::DutyInstance;
use super::on_time::scopes;
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::outcome::Outcome;
use crate::metrics::tally::{Counted, Role};
use crate::moment::Seconds;
use crate::profile::schema::Duty;

pub(super) fn metric(duty: &Duty) -> Metric {
    // The expression is never run: duties are few and not in a frame.
    let id = format!("schedule.{}.late_days", duty.id);
    Metric::new(id, Unit::Days, count(every_row()), include_str!("late_days.rs")).under(&duty.clause)
}

/// The duty as it is counted, where it was done late.
pub(super) fn counted(instance: &DutyInstance, as_of: Seconds) -> Option<Counted> {
    let amount = instance.days_late(as_of).filter(|_| instance.outcome == Outcome::Late)?;
    let scopes = scopes(instance);
    Some(Counted {
        period: instance.due_month(),
        scopes,
        value: None,
        role: Role::Part,
        amount,
        source: instance.evidence.clone(),
        plain_week: instance.plain_week,
    })
}
