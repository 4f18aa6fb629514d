//! What · Share of customers who said in a callback that they were satisfied.
//! Formula · satisfied ÷ (satisfied + dissatisfied), by the scale of the profile
//! Denominator · answers that the scale calls satisfied or dissatisfied
//! Unit · ratio
//! Missing values · excluded by reason: no opinion, unknown (blank or a wording nobody knows)
//! Clause · service-center 017.7
//! Example · 40 满意, 5 较满意, 5 不满意: 0.9
//!
//! 口径 · 回访中表示满意的比例
//! 公式 · 满意 ÷（满意 + 不满意），按规程的评价等级划分
//! 分母 · 规程算作满意或不满意的回答
//! 单位 · 比率
//! 缺失值 · 按原因剔除：未表态、不明（空白或认不出的说法）
//! 条款 · service-center 017.7
//! 举例 · 满意 40、较满意 5、不满意 5：0.9

use super::rating;
use crate::metrics::fact::Dimension as D;
use crate::metrics::metric::Metric;
use crate::profile::schema::Scale;
use crate::records::columns as c;

pub(super) fn metric(scale: &Scale) -> Metric {
    rating("callback.satisfied_share", c::OPINION, scale, include_str!("satisfied_share.rs"))
        .by(&[D::Building, D::Topic])
}
