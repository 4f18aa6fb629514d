//! What · Stock of open cases at the end of the period.
//! Formula · cases received up to then − cases resolved up to then; up to the as-of moment in an unfinished period
//! Denominator · none
//! Unit · count
//! Missing values · cases of unknown state, and cases closed without a moment, are in no stock
//! Clause · service-center 015.10
//! Example · 10 received in March, 8 of them resolved in March and 2 in April: 2 at the end of March, 0 at the end of April
//!
//! 口径 · 期末未结的案件数（存量）
//! 公式 · 期末以前登记的 − 期末以前办结的；未完的时期算到统计截止
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 状态不明的、办结而没有时间的，不进存量
//! 条款 · service-center 015.10
//! 举例 · 3 月登记 10 件，3 月办结 8 件、4 月办结 2 件：3 月末 2，4 月末 0

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};

/// Column: 1 for a case that entered the stock in its month of receipt.
pub(super) const ENTERED: &str = "entered_stock";

/// Counted by month of receipt; the runner sums over all months before and takes off what [`left`] counts.
pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Count { of: flag(ENTERED), told: flag("is_state_known"), excluded: Vec::new() };
    Metric::new(format!("{case}.open_at_end"), Unit::Count, measure, include_str!("open_at_end.rs"))
}
