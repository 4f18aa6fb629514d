//! What · Valid cases: of a class that the profile calls valid, and not marked invalid.
//! Formula · number of valid records
//! Denominator · none
//! Unit · count
//! Missing values · a case that no rule classifies is valid
//! Clause · complaint-classes 4.2.4
//! Example · 10 cases of class 1, 2 of class 2: 10
//!
//! 口径 · 有效投诉数：属于规程认为有效的类别，且没有标为无效
//! 公式 · 有效的记录数
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 没有归入任何类别的算有效
//! 条款 · complaint-classes 4.2.4
//! 举例 · 一类 10 件、二类 2 件：10

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, flag};

pub(super) fn metric(case: &str) -> Metric {
    Metric::new(format!("{case}.valid"), Unit::Count, count(flag("is_valid")), include_str!("valid.rs"))
}
