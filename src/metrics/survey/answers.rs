//! What · Answers of an item by level.
//! Formula · number of answers
//! Denominator · none
//! Unit · count
//! Missing values · a blank is no answer
//! Clause · survey-procedure 4.6.1
//! Example · 治安工作: 满意 482, 不满意 95
//!
//! 口径 · 某一项目各档回答的份数
//! 公式 · 回答的份数
//! 分母 · 无
//! 单位 · 份
//! 缺失值 · 空白不是回答
//! 条款 · survey-procedure 4.6.1
//! 举例 · 治安工作：满意 482，不满意 95

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Metric, count, every_row};

pub(super) fn metric() -> Metric {
    Metric::new("survey.answers".to_owned(), Unit::Count, count(every_row()), include_str!("answers.rs"))
        .by(&[D::Level])
}
