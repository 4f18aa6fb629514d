//! What · Share of callbacks made that reached the customer.
//! Formula · reached ÷ made
//! Denominator · callbacks made
//! Unit · ratio
//! Missing values · a callback whose state does not say otherwise reached the customer
//! Clause · service-center 017.1
//! Example · 16 of 18: 0.888889
//!
//! 口径 · 已做的回访中联系上的比例
//! 公式 · 联系上 ÷ 已回访
//! 分母 · 已做的回访
//! 单位 · 比率
//! 缺失值 · 没有另外说明的算联系上
//! 条款 · service-center 017.1
//! 举例 · 18 次中 16 次：0.888889

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};
use crate::records::columns as c;

pub(super) fn metric() -> Metric {
    let measure = Measure::Share { part: flag("is_reached"), whole: flag(c::MADE), excluded: Vec::new() };
    Metric::new("callback.reached_share".to_owned(), Unit::Ratio, measure, include_str!("reached_share.rs"))
}
