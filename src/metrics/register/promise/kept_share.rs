//! What · Share of promises that were kept.
//! Formula · kept ÷ (kept + open past the due date or without one), in the period in which they were made
//! Denominator · promises that are kept or ought to be
//! Unit · ratio
//! Missing values · excluded: those open and not due yet; one whose state says that it is kept counts as kept without a date
//! Clause · community-opinion (3)B–C
//! Example · 8 kept, 1 open past its date, 3 not due: 8 ÷ 9
//!
//! 口径 · 承诺兑现的比例
//! 公式 · 已兑现 ÷（已兑现 + 到期未兑现或没有期限的），时期同 promise.made
//! 分母 · 已兑现的与应已兑现的承诺
//! 单位 · 比率
//! 缺失值 · 未到期的剔除；状态写明已兑现的算兑现，不必有日期
//! 条款 · community-opinion (3)B–C
//! 举例 · 兑现 8 件，到期未兑现 1 件，未到期 3 件：8 ÷ 9

use crate::metrics::fact::Unit;
use crate::metrics::register::{Commitment, Kind, Register};
use crate::metrics::tally::How;

pub(super) const METRIC: Register = Register {
    id: "promise.kept_share",
    unit: Unit::Ratio,
    how: How::Share,
    counted: Commitment::done,
    kind: Kind::Promise,
    doc: include_str!("kept_share.rs"),
};
