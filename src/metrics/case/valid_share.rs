//! What · Share of valid cases.
//! Formula · valid ÷ received
//! Denominator · cases received
//! Unit · ratio
//! Missing values · as for valid
//! Clause · complaint-classes 4.2.4
//! Example · 10 of 12: 0.833333
//!
//! 口径 · 有效投诉的比例
//! 公式 · 有效 ÷ 登记
//! 分母 · 登记的案件
//! 单位 · 比率
//! 缺失值 · 同有效投诉数
//! 条款 · complaint-classes 4.2.4
//! 举例 · 12 件中 10 件：0.833333

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, every_row, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Share { part: flag("is_valid"), whole: every_row(), excluded: Vec::new() };
    Metric::new(format!("{case}.valid_share"), Unit::Ratio, measure, include_str!("valid_share.rs"))
}
