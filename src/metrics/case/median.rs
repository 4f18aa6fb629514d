//! What · Median elapsed time from the start of a deadline to its end.
//! Formula · type 7 quantile 0.5 of the minutes
//! Denominator · cases with both moments to the minute, in a possible order
//! Unit · minutes
//! Missing values · excluded by reason: open, no start, no end, impossible, uncertain (a date without a time)
//! Clause · that of the deadline
//! Example · 30, 60 and 90 minutes: 60
//!
//! 口径 · 从时限的起点到终点所用时间的中位数
//! 公式 · 分钟数的 0.5 分位数（第 7 型）
//! 分母 · 两个时间都写到分钟、先后不颠倒的案件
//! 单位 · 分钟
//! 缺失值 · 按原因剔除：未结、无起点、无终点、时间倒置、只有日期不能断定
//! 条款 · 该时限的条款
//! 举例 · 30、60、90 分钟：60

use super::clock_columns::{elapsed_column, is_of_chain, not_measured};
use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric};

pub(super) fn metric(case: &str, deadline: &str, clause: &str) -> Metric {
    let measure = Measure::Quantile { column: elapsed_column(deadline), share: 0.5, excluded: not_measured(deadline) };
    Metric::new(format!("{case}.{deadline}.median"), Unit::Minutes, measure, include_str!("median.rs"))
        .by(if is_of_chain(deadline) { &[D::Class] } else { &[] })
        .under(clause)
}
