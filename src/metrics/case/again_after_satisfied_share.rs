//! What · Share of cases whose customer said they were satisfied and whose household complained again within the days of the profile.
//! Formula · complained again ÷ cases whose customer said that they were satisfied, in a callback or in a survey form; the days are counted from the last time they said so, the day itself not counted. A form is of its household's last case received before it was filled in and resolved by then, within the period that the survey asks about; it says satisfied where at least one of its judged answers is satisfied and none dissatisfied; without a date it was filled in by the end of its round's collection
//! Denominator · such cases of which it can be told
//! Unit · ratio
//! Missing values · excluded by reason: not due (the days are not over), unknown (no place, or no date of the callback); a form without a place, or without either date, is of no case
//! Clause · that of the profile's follow-up
//! Example · satisfied on 5 March, the next complaint of the same household on 4 April, 30 days: complained again
//!
//! 口径 · 表示满意之后，同一住户在规定天数内又来投诉的案件占比
//! 公式 · 又来投诉的 ÷ 顾客在回访或调查表里表示满意的案件；天数自最后一次表示满意的次日起算。一份调查表算在该户填表前登记、填表时已办结、且办结不早于该调查期开始的最后一件上；所评各项中至少一项满意、没有一项不满意的，为表示满意；没有填写日期的，按该次调查的回收截止日期
//! 分母 · 能判断的此类案件
//! 单位 · 比率
//! 缺失值 · 按原因剔除：天数未满、没有地址，或回访没有日期；没有房号或两个日期都没有的调查表不归到任何案件
//! 条款 · 规程跟踪条款
//! 举例 · 3 月 5 日表示满意，同一住户 4 月 4 日又投诉，30 天：算又来投诉

use super::followed::{COMPLAINED, Complained};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, is_code};
use crate::profile::schema::FollowUp;

pub(super) fn metric(case: &str, follow_up: &FollowUp) -> Metric {
    let is = |complained: Complained| is_code(COMPLAINED, complained as u32);
    let measure = Measure::Share {
        part: is(Complained::Yes),
        whole: is(Complained::Yes).or(is(Complained::No)),
        excluded: vec![("not_due", is(Complained::NotDue)), ("unknown", is(Complained::Unknown))],
    };
    let id = format!("{case}.again_after_satisfied_share");
    Metric::new(id, Unit::Ratio, measure, include_str!("again_after_satisfied_share.rs")).under(&follow_up.clause)
}
