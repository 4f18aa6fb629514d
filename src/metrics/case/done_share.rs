//! What · Share of cases for which what a deadline without a limit asks for was done.
//! Formula · cases with the moment asked for ÷ cases that the deadline rules and of which it can be told
//! Denominator · cases with that moment, and closed cases without it
//! Unit · ratio
//! Missing values · excluded by reason: not due (the case is open), no end (no such column, or nothing readable), uncertain (whether the deadline rules it), unknown (whether it is open)
//! Clause · that of the deadline, e.g. complaint-classes 4.3.3
//! Example · 8 closed cases told, 2 closed without, 3 open: 8 ÷ 10 = 0.8
//!
//! 口径 · 规程要求做而没有定时限的事，做到的案件占比
//! 公式 · 有该时间的案件数 ÷ 归该条管且能判断的案件数
//! 分母 · 有该时间的案件，加上已办结却没有该时间的案件
//! 单位 · 比率
//! 缺失值 · 按原因剔除：尚未办结、表里没有这一栏，或填的不是时间、说不清是否归该条管、状态不明
//! 条款 · 该时限的条款，如 complaint-classes 4.3.3
//! 举例 · 办结的 8 件已告知、2 件未告知，另有 3 件未办结：8 ÷ 10 = 0.8

use super::clock_columns::{Done, done_column};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, is_code};
use crate::profile::schema::Deadline;

pub(super) fn metric(case: &str, deadline: &Deadline) -> Metric {
    let column = done_column(&deadline.id);
    let is = |done: Done| is_code(&column, done.number());
    let measure = Measure::Share {
        part: is(Done::Yes),
        whole: is(Done::Yes).or(is(Done::No)),
        excluded: vec![
            ("not_due", is(Done::NotDue)),
            ("no_end", is(Done::NoEnd)),
            ("uncertain", is(Done::Uncertain)),
            ("unknown", is(Done::Unknown)),
        ],
    };
    Metric::new(format!("{case}.{}.done_share", deadline.id), Unit::Ratio, measure, include_str!("done_share.rs"))
        .under(&deadline.clause)
}
