//! What · Major cases.
//! Formula · number of records marked as major, or that the profile calls so
//! Denominator · none
//! Unit · count
//! Missing values · a record without a mark is not major; not given where no table has such a column and the profile names none
//! Clause · complaint-classes 4.3.8, service-center 012.2
//! Example · 2 of 40 marked: 2
//!
//! 口径 · 重大案件数
//! 公式 · 标为重大，或规程定为重大的记录数
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 没有标记的不算重大；表里没有这一栏、规程又没有规定的，不给这个数
//! 条款 · complaint-classes 4.3.8，service-center 012.2
//! 举例 · 40 件中标了 2 件：2

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Count { of: flag("is_major"), told: flag("is_major_told"), excluded: Vec::new() };
    Metric::new(format!("{case}.major"), Unit::Count, measure, include_str!("major.rs"))
}
