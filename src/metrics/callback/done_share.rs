//! What · Share of callbacks due that were made.
//! Formula · made ÷ due
//! Denominator · callbacks due
//! Unit · ratio
//! Missing values · as for due; one that is not made and whose limit is not over is excluded: not due
//! Clause · service-center 011
//! Example · 18 of 20: 0.9
//!
//! 口径 · 应做的回访中已做的比例
//! 公式 · 已回访 ÷ 应回访
//! 分母 · 应回访
//! 单位 · 比率
//! 缺失值 · 同应回访数；未做而期限未到的剔除
//! 条款 · service-center 011
//! 举例 · 20 次中做了 18 次：0.9

use super::standing::{excluded, is_due};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};
use crate::records::columns as c;

pub(super) fn metric() -> Metric {
    let measure = Measure::Share { part: flag(c::MADE).and(is_due()), whole: is_due(), excluded: excluded() };
    Metric::new("callback.done_share".to_owned(), Unit::Ratio, measure, include_str!("done_share.rs"))
}
