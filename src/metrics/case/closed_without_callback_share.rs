//! What · Share of closed cases that nobody called back.
//! Formula · closed without a callback ÷ closed cases that are owed one; a callback in the register or in a table of callbacks counts, joined by number, else by place, else by phone
//! Denominator · closed cases of the callback rule (all, where it sets no condition) of which it can be told
//! Unit · ratio
//! Missing values · excluded by reason: not due (may still be called back in time), unknown (no register or table of callbacks would tell)
//! Clause · that of the profile's follow-up
//! Example · 10 closed, 7 in the table of callbacks: 0.3
//!
//! 口径 · 办结后没有回访的案件占比
//! 公式 · 没有回访的 ÷ 应回访的已办结案件；登记表或回访表里的回访都算；回访表按编号、其次按房号、再次按电话对到案件
//! 分母 · 归回访条款管（没有条件的为全部）且能判断的已办结案件
//! 单位 · 比率
//! 缺失值 · 按原因剔除：仍在回访期限内、没有登记表或回访表可查
//! 条款 · 规程跟踪条款
//! 举例 · 办结 10 件，回访表里有 7 件：0.3

use super::followed::{CALLED, Called};
use crate::metrics::fact::{Dimension as D, Unit};
use crate::metrics::metric::{Measure, Metric, is_code};
use crate::profile::schema::FollowUp;

pub(super) fn metric(case: &str, follow_up: &FollowUp) -> Metric {
    let is = |called: Called| is_code(CALLED, called as u32);
    let measure = Measure::Share {
        part: is(Called::No),
        whole: is(Called::No).or(is(Called::Yes)),
        excluded: vec![("not_due", is(Called::NotDue)), ("unknown", is(Called::Unknown))],
    };
    let id = format!("{case}.closed_without_callback_share");
    Metric::new(id, Unit::Ratio, measure, include_str!("closed_without_callback_share.rs"))
        .by(&[D::Class])
        .under(&follow_up.clause)
}
