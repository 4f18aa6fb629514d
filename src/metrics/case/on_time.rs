//! What · Share of cases that met a deadline; open cases past it count as late.
//! Formula · on time ÷ (on time + late)
//! Denominator · cases whose outcome is on time or late
//! Unit · ratio
//! Missing values · excluded by reason: not due, no start, no end, impossible, uncertain
//! Clause · that of the deadline
//! Example · 8 in time, 1 answered late, 1 open past its due moment, 1 not yet due: 8 ÷ 10 = 0.8
//!
//! 口径 · 在时限内完成的案件比例；过期未办的算超时
//! 公式 · 按时 ÷（按时 + 超时）
//! 分母 · 判为按时或超时的案件
//! 单位 · 比率
//! 缺失值 · 按原因剔除：未到期、无起点、无终点、时间倒置、只有日期不能断定
//! 条款 · 该时限的条款
//! 举例 · 按时 8 件，迟答 1 件，过期未答 1 件，未到期 1 件：8 ÷ 10 = 0.8

use super::clock_columns::{is_of_chain, outcome_column, plain_week_column};
use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, excluded_outcomes, is_outcome};
use crate::metrics::notes::PLAIN_WEEK;
use crate::metrics::outcome::Outcome;
use crate::profile::schema::Deadline;

pub(super) fn metric(case: &str, deadline: &Deadline) -> Metric {
    let column = outcome_column(&deadline.id);
    let on_time = is_outcome(&column, Outcome::OnTime);
    let late = is_outcome(&column, Outcome::Late).or(is_outcome(&column, Outcome::LateOpen));
    let measure =
        Measure::Share { part: on_time.clone(), whole: on_time.or(late), excluded: excluded_outcomes(&column) };
    Metric::new(format!("{case}.{}.on_time", deadline.id), Unit::Ratio, measure, include_str!("on_time.rs"))
        .by(breakdowns(&deadline.id))
        .under(&deadline.clause)
        .noting(PLAIN_WEEK, plain_week_column(&deadline.id))
}

/// The moments of every case's chain are broken down by category too; what rules single cases by class alone.
fn breakdowns(deadline: &str) -> &'static [D] {
    if is_of_chain(deadline) { &[D::Class, D::Category] } else { &[D::Class] }
}
