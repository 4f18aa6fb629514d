//! What · Share of measures that were done by the date set.
//! Formula · on time ÷ (on time + late), in the month of the date set
//! Denominator · measures whose outcome is on time or late
//! Unit · ratio
//! Missing values · excluded by reason: no start (no date was set), no end (done without a date), not due, uncertain
//! Clause · community-opinion (1)B
//! Example · due 2025-08-31, done on 2025-09-01: late, in 2025-08
//!
//! 口径 · 措施按期完成的比例
//! 公式 · 按时 ÷（按时 + 超时），计入到期月
//! 分母 · 判为按时或超时的措施
//! 单位 · 比率
//! 缺失值 · 按原因剔除：没有期限、完成而无日期、未到期、不能断定
//! 条款 · community-opinion (1)B
//! 举例 · 期限 2025-08-31，完成于 2025-09-01：超时，计入 2025-08

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "measure.on_time",
    unit: Unit::Ratio,
    how: How::Share,
    counted: Commitment::in_time,
    kind: Kind::Measure,
    doc: include_str!("on_time.rs"),
};
