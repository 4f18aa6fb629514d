//! What · Share of measures that were done.
//! Formula · done ÷ (done + open past the due date or without one), in the period in which they were taken
//! Denominator · measures that are done or ought to be
//! Unit · ratio
//! Missing values · excluded: those open and not due yet; one whose state says that it is done counts as done without a date
//! Clause · community-opinion (1)B
//! Example · 8 done, 1 open past its date, 3 not due: 8 ÷ 9
//!
//! 口径 · 措施完成的比例
//! 公式 · 已完成 ÷（已完成 + 到期未完成或没有期限的），时期同 measure.taken
//! 分母 · 已完成的与应已完成的措施
//! 单位 · 比率
//! 缺失值 · 未到期的剔除；状态写明已完成的算完成，不必有日期
//! 条款 · community-opinion (1)B
//! 举例 · 完成 8 项，到期未完成 1 项，未到期 3 项：8 ÷ 9

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "measure.done_share",
    unit: Unit::Ratio,
    how: How::Share,
    counted: Commitment::done,
    kind: Kind::Measure,
    doc: include_str!("done_share.rs"),
};
