//! What · Share of callbacks made within the limit of the profile, counted from the resolution.
//! Formula · on time ÷ (on time + late)
//! Denominator · callbacks whose outcome is on time or late
//! Unit · ratio
//! Missing values · excluded by reason, as for the deadlines of cases; one made without a readable date has no end; as for due, where the profile asks for callbacks of some cases only
//! Clause · that of the profile's callback rule
//! Example · 9 within 7 d, 1 later: 0.9
//!
//! 口径 · 在规程期限内完成的回访比例，从办结起算
//! 公式 · 按时 ÷（按时 + 超时）
//! 分母 · 判为按时或超时的回访
//! 单位 · 比率
//! 缺失值 · 按原因剔除，同案件的时限；已回访而日期认不出的为无终点；规程只要求部分案件回访的，同应回访数
//! 条款 · 规程中回访规定的条款
//! 举例 · 7 天内 9 次，迟 1 次：0.9

use super::standing::unknown;
use super::{OUTCOME, RESTS_ON_PLAIN_WEEK};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Measure, Metric, excluded_outcomes, is_outcome};
use crate::metrics::notes::PLAIN_WEEK;
use crate::metrics::outcome::Outcome;

pub(super) fn metric() -> Metric {
    let on_time = is_outcome(OUTCOME, Outcome::OnTime);
    let late = is_outcome(OUTCOME, Outcome::Late).or(is_outcome(OUTCOME, Outcome::LateOpen));
    let mut excluded = excluded_outcomes(OUTCOME);
    excluded.push(unknown());
    let measure = Measure::Share { part: on_time.clone(), whole: on_time.or(late), excluded };
    Metric::new("callback.on_time".to_owned(), Unit::Ratio, measure, include_str!("on_time.rs"))
        .noting(PLAIN_WEEK, RESTS_ON_PLAIN_WEEK.to_owned())
}
