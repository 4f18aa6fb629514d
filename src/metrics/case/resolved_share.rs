//! What · Share of cases that are resolved.
//! Formula · resolved ÷ (resolved + open)
//! Denominator · cases whose state is told
//! Unit · ratio
//! Missing values · cases of tables that tell no state are excluded: unknown
//! Clause · property-targets, service-center 011
//! Example · 11 resolved, 1 open: 0.916667
//!
//! 口径 · 办结率
//! 公式 · 已办结 ÷（已办结 + 未结）
//! 分母 · 看得出状态的案件
//! 单位 · 比率
//! 缺失值 · 看不出状态的剔除：不明
//! 条款 · property-targets，service-center 011
//! 举例 · 办结 11 件，未结 1 件：0.916667

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Share {
        part: flag("is_resolved"),
        whole: flag("is_state_known"),
        excluded: vec![("unknown", flag("is_state_unknown"))],
    };
    Metric::new(format!("{case}.resolved_share"), Unit::Ratio, measure, include_str!("resolved_share.rs"))
        .by(&[D::Class])
}
