//! What · Cases received in the period.
//! Formula · number of records
//! Denominator · none
//! Unit · count
//! Missing values · a record without a readable date of receipt counts in the month of its title, else of the record above
//! Clause · complaint-classes 4.3.10, service-center 012.4
//! Example · 12 complaints dated in March, one of them unreadable in a March file: 12
//!
//! 口径 · 本期登记的案件数
//! 公式 · 记录数
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 登记时间认不出的，计入标题所写的月份，否则计入上一行的月份
//! 条款 · complaint-classes 4.3.10，service-center 012.4
//! 举例 · 写明 3 月的 12 件，其中一件在 3 月的表里而日期认不出：12

use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Metric, count, every_row};

pub(super) fn metric(case: &str) -> Metric {
    Metric::new(format!("{case}.received"), Unit::Count, count(every_row()), include_str!("received.rs")).by(&[
        D::Class,
        D::Category,
        D::Channel,
        D::Hour,
        D::Weekday,
        D::Building,
        D::Severity,
    ])
}
