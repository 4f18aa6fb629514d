//! What · Cases received in the period that are resolved as of the as-of date.
//! Formula · number of records with a moment of resolution, readable or not, or a closed state
//! Denominator · none
//! Unit · count
//! Missing values · tables that tell neither moment nor state are not counted
//! Clause · complaint-classes 4.3.3, service-center 011
//! Example · 12 received, 11 with a completion date, one open: 11
//!
//! 口径 · 本期登记、到统计截止时已办结的案件数
//! 公式 · 有办结时间（不论认得出与否）或状态为已结的记录数
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 既看不出时间又看不出状态的表不计
//! 条款 · complaint-classes 4.3.3，service-center 011
//! 举例 · 登记 12 件，11 件有完成日期，1 件未结：11

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};

/// Without a breakdown: by class it is the numerator of `resolved_share`.
pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Count { of: flag("is_resolved"), told: flag("is_state_known"), excluded: Vec::new() };
    Metric::new(format!("{case}.resolved"), Unit::Count, measure, include_str!("resolved.rs"))
}
