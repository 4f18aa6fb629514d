//! What · Corrective and preventive measures taken.
//! Formula · number of measures, in the period that the register names, else the month in which they fell due
//! Denominator · none
//! Unit · count
//! Missing values · one that names no period and no date is not counted
//! Clause · community-opinion (1)B
//! Example · 12 measures after the survey of 2025-H1: 12
//!
//! 口径 · 采取的纠正与预防措施数
//! 公式 · 措施数，计入登记所写的时期，没有的计入到期月
//! 分母 · 无
//! 单位 · 项
//! 缺失值 · 没有时期也没有日期的不计
//! 条款 · community-opinion (1)B
//! 举例 · 2025 上半年 12 项：12

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "measure.taken",
    unit: Unit::Count,
    how: How::Count,
    counted: Commitment::counted,
    kind: Kind::Measure,
    doc: include_str!("taken.rs"),
};
