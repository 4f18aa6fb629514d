//! What · Satisfaction rate of an item.
//! Formula · satisfied ÷ (satisfied + dissatisfied), pooled over all forms
//! Denominator · answers that the scale calls satisfied or dissatisfied
//! Unit · ratio
//! Missing values · unanswered items are not counted; excluded by reason: no opinion
//! Clause · survey-procedure 4.6.2
//! Example · 590 satisfied, 10 dissatisfied: 0.983333
//!
//! 口径 · 单项满意率
//! 公式 · 满意 ÷（满意 + 不满意），全部问卷合在一起
//! 分母 · 规程算作满意或不满意的回答
//! 单位 · 比率
//! 缺失值 · 没有回答的项目不计；按原因剔除：未表态
//! 条款 · survey-procedure 4.6.2
//! 举例 · 满意 590，不满意 10：0.983333

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Interval, Measure, Metric, flag};

/// Id of the metric.
pub(super) const ID: &str = "survey.item_satisfied";

pub(super) fn metric() -> Metric {
    let measure = Measure::Share {
        part: flag("is_satisfied"),
        whole: flag("is_satisfied").or(flag("is_dissatisfied")),
        excluded: vec![("no_opinion", flag("is_no_opinion"))],
    };
    Metric::new(ID.to_owned(), Unit::Ratio, measure, include_str!("item_satisfied.rs"))
        .by(&[D::Item])
        .with_interval(Interval::Households)
}
