//! What · Share of promises that were kept by the date set.
//! Formula · on time ÷ (on time + late), in the month of the date set
//! Denominator · promises whose outcome is on time or late
//! Unit · ratio
//! Missing values · excluded by reason: no start (no date was set), no end (kept without a date), not due, uncertain
//! Clause · community-opinion (3)B–C
//! Example · due 2025-08-31, kept on 2025-09-01: late, in 2025-08
//!
//! 口径 · 承诺按期兑现的比例
//! 公式 · 按时 ÷（按时 + 超时），计入到期月
//! 分母 · 判为按时或超时的承诺
//! 单位 · 比率
//! 缺失值 · 按原因剔除：没有期限、兑现而无日期、未到期、不能断定
//! 条款 · community-opinion (3)B–C
//! 举例 · 期限 2025-08-31，兑现于 2025-09-01：超时，计入 2025-08

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "promise.on_time",
    unit: Unit::Ratio,
    how: How::Share,
    counted: Commitment::in_time,
    kind: Kind::Promise,
    doc: include_str!("on_time.rs"),
};
