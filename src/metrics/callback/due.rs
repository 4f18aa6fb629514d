//! What · Callbacks that fell due in the period: those made, and those owed for closed cases.
//! Formula · number of callbacks made + closed cases without one, where the register has a column for it
//! Denominator · none
//! Unit · count
//! Missing values · registers without a callback column owe none that could be told; where the profile asks for callbacks of some cases only, those of others are not counted, and those of no known case are excluded: unknown; with a limit, one that is not made is due once its limit is over; where that cannot be told it is excluded: uncertain
//! Clause · service-center 011, complaint-classes 4.3.8
//! Example · 20 closed cases, 18 called back: 20
//!
//! 口径 · 本期应做的回访数：已做的，加上已办结而没有回访的
//! 公式 · 已做的回访数 + 已办结而没有回访的案件数（登记表设有回访时间一栏的才看得出）
//! 分母 · 无
//! 单位 · 次
//! 缺失值 · 没有回访一栏的表看不出欠访；规程只要求部分案件回访的，其余的不计，对不上案件的剔除：不明；有期限而未做的，期限过后才算应做，看不出是否已过的剔除：uncertain
//! 条款 · service-center 011，complaint-classes 4.3.8
//! 举例 · 办结 20 件，回访 18 件：20

use super::standing::{is_due, untold};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, every_row};

pub(super) fn metric() -> Metric {
    let measure = Measure::Count { of: is_due(), told: every_row(), excluded: untold() };
    Metric::new("callback.due".to_owned(), Unit::Count, measure, include_str!("due.rs"))
}
