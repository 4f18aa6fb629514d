//! What · Promises made in open letters.
//! Formula · number of promises, in the survey that they follow, else the month in which they fell due
//! Denominator · none
//! Unit · count
//! Missing values · one that names no period and no date is not counted
//! Clause · community-opinion (3)B–C
//! Example · 12 promises after the survey of 2025-H1: 12
//!
//! 口径 · 公开信中作出的承诺数
//! 公式 · 承诺数，计入所跟随的调查，没有的计入到期月
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 没有时期也没有日期的不计
//! 条款 · community-opinion (3)B–C
//! 举例 · 2025 上半年调查后承诺 12 件：12

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "promise.made",
    unit: Unit::Count,
    how: How::Count,
    counted: Commitment::counted,
    kind: Kind::Promise,
    doc: include_str!("made.rs"),
};
