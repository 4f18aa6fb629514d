//! What · Survey rounds held: `survey.rounds`.
//! Formula · number of rounds of a community: those written down, and those of which only forms are known
//! Denominator · none
//! Unit · count
//! Missing values · a round of which neither a list nor a form is known is none
//! Clause · that of `[survey]` in the profile
//! Example · two communities with a round each half year: 4 in the year
//!
//! 口径 · 做了几次调查
//! 公式 · 小区的调查次数：登记了的，以及只有问卷的
//! 分母 · 无
//! 单位 · 次
//! 缺失值 · 既没有登记也没有问卷的，不算一次
//! 条款 · 规程中 [survey] 的条款
//! 举例 · 两个小区每半年各一次：全年 4 次

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::{ScopeCode, Setting};
use crate::metrics::taker::Taker;
use crate::metrics::tally::{self, Counted, How, Role};
use crate::moment::Period;
use crate::origin::SourceId;
use crate::profile::schema::{Profile, SurveyRules};
use crate::records::assemble::RoundRecord;

fn metric(rules: &SurveyRules) -> Metric {
    // The expression is never run: rounds are few and not in a frame.
    Metric::new("survey.rounds".to_owned(), Unit::Count, count(every_row()), include_str!("round_count.rs"))
        .under(&rules.clause)
}

/// Measures the rounds; `forms` has the periods and communities of all forms.
pub(super) fn measure(
    rounds: &[RoundRecord],
    forms: &BTreeMap<(Period, ScopeCode), i64>,
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let Some(rules) = &profile.survey else { return Ok(()) };
    let mut held: BTreeMap<(Period, ScopeCode), Option<(SourceId, u32)>> = BTreeMap::new();
    for round in rounds.iter().filter(|round| round.period.start() < setting.as_of) {
        let place = (round.period, ScopeCode::Community(round.community));
        held.entry(place).or_insert(Some((round.source, round.row)));
    }
    for place in forms.keys() {
        held.entry(*place).or_insert(None);
    }
    let rows = held.into_iter().map(|((period, community), source)| {
        let scopes = vec![ScopeCode::Group, community];
        Counted { period, scopes, value: None, role: Role::Part, amount: 0, source, plain_week: false }
    });
    tally::measure(metric(rules), How::Count, rows, profile, setting, taker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metric_is_documented_under_the_seven_headings() {
        use crate::profile::schema::{Every, IssueBase};
        let rules = SurveyRules {
            clause: "1".to_owned(),
            every: Every::Half,
            issue_base: IssueBase::Occupied,
            even_clause: None,
            apart: Vec::new(),
        };
        crate::metrics::metric::assert_documented(&[metric(&rules)]);
    }
}
