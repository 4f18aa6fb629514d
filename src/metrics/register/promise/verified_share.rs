//! What · Share of promises that somebody verified.
//! Formula · with a date of verification, a verifier or a finding ÷ all promises, in the period in which they were made
//! Denominator · promises
//! Unit · ratio
//! Missing values · what says nothing of a verification was not verified
//! Clause · community-opinion (3)B–C
//! Example · 9 of 12 verified: 0.75
//!
//! 口径 · 经过验证的承诺的比例
//! 公式 · 有验证日期、验证人或验证结果的 ÷ 全部承诺，时期同 promise.made
//! 分母 · 承诺
//! 单位 · 比率
//! 缺失值 · 没有写验证的，算没有验证
//! 条款 · community-opinion (3)B–C
//! 举例 · 12 件中验证了 9 件：0.75

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "promise.verified_share",
    unit: Unit::Ratio,
    how: How::Share,
    counted: Commitment::verified,
    kind: Kind::Promise,
    doc: include_str!("verified_share.rs"),
};
