//! What · Dissatisfied answers to an item, what the department responsible has to act on.
//! Formula · number of answers among the dissatisfied ones of the profile
//! Denominator · none
//! Unit · count
//! Missing values · as for the satisfaction rate of an item: what is no answer is neither
//! Clause · that of the profile's scale, e.g. survey-procedure 4.7.1
//! Example · 12 of 300 answers to the item cleaning are dissatisfied: 12
//!
//! 口径 · 某一项目的不满意回答数，责任部门据此整改
//! 公式 · 规程列为不满意的回答数
//! 分母 · 无
//! 单位 · 个
//! 缺失值 · 同单项满意率：不算回答的两边都不计
//! 条款 · 规程评价尺度的条款，如 survey-procedure 4.7.1
//! 举例 · 保洁一项 300 个回答中不满意 12 个：12

use crate::metrics::fact::{Dimension, Unit};
use crate::metrics::metric::{Metric, count, flag};

pub(super) fn metric() -> Metric {
    Metric::new(
        "survey.item_dissatisfied".to_owned(),
        Unit::Count,
        count(flag("is_dissatisfied")),
        include_str!("item_dissatisfied.rs"),
    )
    .by(&[Dimension::Item])
}
