//! What · Share of finished cases that met a deadline: the other common reading.
//! Formula · on time ÷ (on time + late), finished cases only
//! Denominator · finished cases whose outcome is on time or late
//! Unit · ratio
//! Missing values · as for on time; open cases are left out
//! Clause · that of the deadline
//! Example · 8 in time, 1 answered late, 1 open past its due moment: 8 ÷ 9 = 0.888889
//!
//! 口径 · 已办完的案件中在时限内完成的比例：另一种常见算法
//! 公式 · 按时 ÷（按时 + 超时），只算已办完的
//! 分母 · 已办完、判为按时或超时的案件
//! 单位 · 比率
//! 缺失值 · 同及时率；未办完的另行剔除：未结
//! 条款 · 该时限的条款
//! 举例 · 按时 8 件，迟答 1 件，过期未答 1 件：8 ÷ 9 = 0.888889

use super::clock_columns::{outcome_column, plain_week_column};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, excluded_outcomes, is_outcome};
use crate::metrics::notes::PLAIN_WEEK;
use crate::metrics::outcome::Outcome;
use crate::profile::schema::Deadline;

pub(super) fn metric(case: &str, deadline: &Deadline) -> Metric {
    let column = outcome_column(&deadline.id);
    let on_time = is_outcome(&column, Outcome::OnTime);
    let mut excluded = excluded_outcomes(&column);
    excluded.push(("open", is_outcome(&column, Outcome::LateOpen)));
    let whole = on_time.clone().or(is_outcome(&column, Outcome::Late));
    let measure = Measure::Share { part: on_time, whole, excluded };
    let id = format!("{case}.{}.on_time_finished", deadline.id);
    Metric::new(id, Unit::Ratio, measure, include_str!("on_time_finished.rs"))
        .under(&deadline.clause)
        .noting(PLAIN_WEEK, plain_week_column(&deadline.id))
}
