//! What · Compensation paid.
//! Formula · sum of the amounts
//! Denominator · none
//! Unit · yuan
//! Missing values · a blank or unreadable amount adds nothing
//! Clause · complaint-classes 4.4
//! Example · 200 and 350 yuan: 550
//!
//! 口径 · 赔偿金额
//! 公式 · 各件金额之和
//! 分母 · 无
//! 单位 · 元
//! 缺失值 · 空白或认不出的金额不计
//! 条款 · complaint-classes 4.4
//! 举例 · 200 元与 350 元：550

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let of = flag(crate::records::columns::COMPENSATION);
    let measure = Measure::Amount { of, told: flag("is_compensation_told"), divisor: 100.0 };
    Metric::new(format!("{case}.compensation"), Unit::Yuan, measure, include_str!("compensation.rs"))
}
