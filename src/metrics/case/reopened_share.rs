//! What · Share of resolved cases that were opened again.
//! Formula · opened again ÷ resolved cases of which that can be told: a moment of reopening or of a second resolution, or, where the procedure calls back until the customer is satisfied, a dissatisfied callback
//! Denominator · resolved cases whose table has a column for it, or whose customer said in a callback whether they were satisfied
//! Unit · ratio
//! Missing values · excluded by reason: unknown
//! Clause · that of the callback rule, e.g. service-center 011
//! Example · 10 called back, 2 of them dissatisfied, 3 never called back: 2 ÷ 10 = 0.2
//!
//! 口径 · 办结后又重新处理的案件占比
//! 公式 · 重新处理的 ÷ 能判断的已办结案件：有重新受理或再次完成时间；规程要求回访到满意为止的，回访不满意也算
//! 分母 · 表里有该栏，或回访时顾客表示过是否满意的已办结案件
//! 单位 · 比率
//! 缺失值 · 按原因剔除：不明
//! 条款 · 回访条款，如 service-center 011
//! 举例 · 回访 10 件，其中不满意 2 件，另有 3 件没有回访：2 ÷ 10 = 0.2

use super::reopened::{Again, COLUMN};
use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, is_code};

pub(super) fn metric(case: &str) -> Metric {
    let is = |again: Again| is_code(COLUMN, again as u32);
    let measure = Measure::Share {
        part: is(Again::Yes),
        whole: is(Again::Yes).or(is(Again::No)),
        excluded: vec![("unknown", is(Again::Unknown))],
    };
    Metric::new(format!("{case}.reopened_share"), Unit::Ratio, measure, include_str!("reopened_share.rs"))
        .by(&[D::Class])
}
