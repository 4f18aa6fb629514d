//! What · Open cases that have passed a deadline of the profile.
//! Formula · number of open records with a deadline whose end has not happened and whose due moment lies before the as-of moment
//! Denominator · none
//! Unit · count
//! Missing values · an open case that no deadline can judge is excluded: unknown; where none is overdue and some are unknown there is no value
//! Clause · service-center 015.10
//! Example · an open case received 5 days ago under a limit of 3 d: 1
//!
//! 口径 · 已超过规程时限的未结案件数
//! 公式 · 未结、某个时限的终点没有发生、应完成时间早于统计截止的记录数
//! 分母 · 无
//! 单位 · 件
//! 缺失值 · 没有一个时限能判断的未结案件剔除：不明；没有超期的而有不明的，不给数
//! 条款 · service-center 015.10
//! 举例 · 5 天前登记、时限 3 天、仍未结：1

use super::clock_columns::OVERDUE_BY_PLAIN_WEEK;
use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, flag};
use crate::metrics::notes::PLAIN_WEEK;

pub(super) fn metric(case: &str) -> Metric {
    let measure = Measure::Count {
        of: flag("is_overdue"),
        told: flag("is_state_known"),
        excluded: vec![("unknown", flag("is_unjudged"))],
    };
    Metric::new(format!("{case}.overdue"), Unit::Count, measure, include_str!("overdue.rs"))
        .by(&[D::Class, D::Age])
        .noting(PLAIN_WEEK, OVERDUE_BY_PLAIN_WEEK.to_owned())
}
