//! What · Mean score, where answers are scores.
//! Formula · sum of scores ÷ number of scores
//! Denominator · scored answers
//! Unit · score
//! Missing values · worded answers and blanks are not scores
//! Clause · procedures, Conventions
//! Example · scores 10, 9 and 5: 8
//!
//! 口径 · 平均分（回答为分数的）
//! 公式 · 分数之和 ÷ 分数的个数
//! 分母 · 打了分的回答
//! 单位 · 分
//! 缺失值 · 文字回答和空白不是分数
//! 条款 · 各规程的共同约定
//! 举例 · 10、9、5 分：8

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, flag};

/// Scores are summed as whole thousandths, so that no order of adding changes the sum.
pub(super) const THOUSANDTHS: &str = "score_thousandths";

pub(super) fn metric() -> Metric {
    let measure =
        Measure::Mean { sum: flag(THOUSANDTHS), n: flag("is_scored"), divisor: 1_000.0, excluded: Vec::new() };
    Metric::new("survey.mean_score".to_owned(), Unit::Score, measure, include_str!("mean_score.rs")).by(&[D::Item])
}
