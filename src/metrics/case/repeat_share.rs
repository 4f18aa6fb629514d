//! What · Share of repeated cases.
//! Formula · repeated ÷ cases that could be told: marked as repeated, or same household and category again within the days of the profile after the first was resolved
//! Denominator · cases with a mark or a place
//! Unit · ratio
//! Missing values · cases with neither mark nor place are excluded: unknown
//! Clause · procedures, Decisions: Repeat; service-center 012.5
//! Example · 2 of 40: 0.05
//!
//! 口径 · 重复案件（二次投诉）的比例
//! 公式 · 重复的 ÷ 能判断的；标为重复，或同一户同一类别在办结后规程所定天数内再次登记的，算重复
//! 分母 · 有标记或有房号的案件
//! 单位 · 比率
//! 缺失值 · 既无标记又无房号的剔除：不明
//! 条款 · 各规程的共同约定：重复；service-center 012.5
//! 举例 · 40 件中 2 件：0.05

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, flag};

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Share {
        part: flag("is_repeat"),
        whole: flag("is_repeat_known"),
        excluded: vec![("unknown", flag("is_repeat_unknown"))],
    };
    Metric::new(format!("{case}.repeat_share"), Unit::Ratio, measure, include_str!("repeat_share.rs"))
}
