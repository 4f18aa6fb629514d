//! What · Mean number of callbacks of the cases that were called back: how many rounds it took until somebody was satisfied.
//! Formula · callbacks ÷ cases called back, in the period of a case's first callback
//! Denominator · cases with at least one callback
//! Unit · score: a mean number
//! Missing values · a callback that belongs to no case is excluded: unknown; one noted in the register and in the table of callbacks on the same day is one
//! Clause · that of the profile's callback rule, e.g. service-center 011
//! Example · 9 cases called back once, one three times: 12 ÷ 10 = 1.2
//!
//! 口径 · 回访过的案件平均回访几次：到顾客满意为止的轮数
//! 公式 · 回访次数 ÷ 回访过的案件数，计入案件首次回访的时期
//! 分母 · 至少回访过一次的案件
//! 单位 · 分值：平均次数
//! 缺失值 · 对不上案件的回访剔除：不明；同一天登记表和回访表都记的算一次
//! 条款 · 规程回访条款，如 service-center 011
//! 举例 · 9 件各回访 1 次，1 件回访 3 次：12 ÷ 10 = 1.2

use super::joined::{IS_FIRST, IS_UNJOINED, ROUNDS};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};
use crate::profile::schema::CallbackRule;

pub(super) fn metric(rule: &CallbackRule) -> Metric {
    let measure = Measure::Mean {
        sum: flag(ROUNDS),
        n: flag(IS_FIRST),
        divisor: 1.0,
        excluded: vec![("unknown", flag(IS_UNJOINED))],
    };
    Metric::new("callback.rounds".to_owned(), Unit::Score, measure, include_str!("rounds.rs")).under(&rule.clause)
}
