//! What · Cases received for each 1,000 households.
//! Formula · received × 1,000 ÷ households
//! Denominator · households of the community, or of all communities where each is known
//! Unit · `per_1000`
//! Missing values · no value where the number of households is unknown
//! Clause · procedures, What all of them share
//! Example · 12 cases, 742 households: 16.172507
//!
//! 口径 · 每千户案件数
//! 公式 · 登记件数 × 1000 ÷ 户数
//! 分母 · 小区的户数；全公司为各小区户数之和，须每个小区都有户数
//! 单位 · 件/千户
//! 缺失值 · 户数不明的不给数
//! 条款 · 各规程的共同约定
//! 举例 · 12 件，742 户：16.172507

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, every_row};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::PerHouseholds(every_row());
    Metric::new(format!("{case}.per_1000_households"), Unit::Per1000, measure, include_str!("per_1000_households.rs"))
}
