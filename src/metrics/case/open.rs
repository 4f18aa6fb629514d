//! What · Cases received in the period that are open as of the as-of date.
//! Formula · number of records neither resolved nor of unknown state
//! Denominator · none
//! Unit · count
//! Missing values · tables that tell no state are not counted
//! Clause · service-center 015.10
//! Example · 12 received, 11 resolved: 1
//!
//! 口径 · 本期登记、到统计截止时尚未办结的案件数
//! 公式 · 既未办结、状态也不是不明的记录数
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 表里看不出状态的不计
//! 条款 · service-center 015.10
//! 举例 · 登记 12 件，办结 11 件：1

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Count { of: flag("is_open"), told: flag("is_state_known"), excluded: Vec::new() };
    Metric::new(format!("{case}.open"), Unit::Count, measure, include_str!("open.rs")).by(&[D::Class, D::Age])
}
