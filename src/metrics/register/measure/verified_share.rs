//! What · Share of measures that somebody verified.
//! Formula · with a date of verification, a verifier or a finding ÷ all measures, in the period in which they were taken
//! Denominator · measures
//! Unit · ratio
//! Missing values · what says nothing of a verification was not verified
//! Clause · community-opinion (1)B
//! Example · 9 of 12 verified: 0.75
//!
//! 口径 · 经过验证的措施的比例
//! 公式 · 有验证日期、验证人或验证结果的 ÷ 全部措施，时期同 measure.taken
//! 分母 · 措施
//! 单位 · 比率
//! 缺失值 · 没有写验证的，算没有验证
//! 条款 · community-opinion (1)B
//! 举例 · 12 项中验证了 9 项：0.75

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "measure.verified_share",
    unit: Unit::Ratio,
    how: How::Share,
    counted: Commitment::verified,
    kind: Kind::Measure,
    doc: include_str!("verified_share.rs"),
};
