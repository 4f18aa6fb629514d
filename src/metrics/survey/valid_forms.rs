//! What · Returned forms with at least one answer.
//! Formula · number of forms with an answer
//! Denominator · none
//! Unit · count
//! Missing values · a form without any answer is no valid form
//! Clause · survey-procedure 4.6.2
//! Example · 600 forms, 3 of them empty: 597
//!
//! 口径 · 至少回答了一项的回收问卷
//! 公式 · 有回答的问卷数
//! 分母 · 无
//! 单位 · 份
//! 缺失值 · 一项也没有回答的不是有效问卷
//! 条款 · survey-procedure 4.6.2
//! 举例 · 600 份，3 份空白：597

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, flag};

pub(super) fn metric() -> Metric {
    Metric::new(
        "survey.valid_forms".to_owned(),
        Unit::Count,
        count(flag("is_valid_form")),
        include_str!("valid_forms.rs"),
    )
}
