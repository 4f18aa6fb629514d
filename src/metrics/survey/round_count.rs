//! What · Survey rounds held.
//! Formula · number of rounds of a community: those written down, and those of which only forms or counted answers are known
//! Denominator · none
//! Unit · count
//! Missing values · a round of which neither a list nor a form nor an answer is known is none
//! Clause · that of `[survey]` in the profile
//! Example · two communities with a round each half year: 4 in the year
//!
//! 口径 · 做了几次调查
//! 公式 · 小区的调查次数：登记了的，以及只有问卷或汇总份数的
//! 分母 · 无
//! 单位 · 次
//! 缺失值 · 既没有登记、也没有问卷或份数的，不算一次
//! 条款 · 规程中 [survey] 的条款
//! 举例 · 两个小区每半年各一次：全年 4 次

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataFrame, PolarsResult};

use crate::metrics::behind::{CellValue, Decisive};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::{ScopeCode, Setting};
use crate::metrics::taker::Taker;
use crate::metrics::tally::{self, Counted, How, Role};
use crate::moment::Period;
use crate::profile::schema::{Profile, SurveyRules};
use crate::records::assemble::{RoundRecord, period_of_code};
use crate::records::columns as c;

fn metric(rules: &SurveyRules) -> Metric {
    // The expression is never run: rounds are few and not in a frame.
    Metric::new("survey.rounds".to_owned(), Unit::Count, count(every_row()), include_str!("round_count.rs"))
        .under(&rules.clause)
}

/// A round of a community.
pub(super) type Place = (Period, ScopeCode);

/// The rounds of which answers are known: from forms, or counted by item and level.
pub(super) fn answered(answers: &DataFrame, setting: &Setting<'_>) -> PolarsResult<BTreeSet<Place>> {
    let mut codes: Vec<(i32, u32)> = Vec::new();
    if answers.height() > 0 {
        let periods = answers.column(c::PERIOD)?.i32()?;
        for told in periods.iter().zip(answers.column(c::COMMUNITY)?.u32()?.iter()) {
            // Answers of a round stand together.
            if let (Some(period), Some(community)) = told
                && codes.last() != Some(&(period, community))
            {
                codes.push((period, community));
            }
        }
    }
    let places = codes.into_iter().map(|(period, community)| (period_of_code(period), ScopeCode::Community(community)));
    Ok(places.filter(|(period, _)| period.start() < setting.as_of).collect())
}

/// Measures the rounds; `known` are those of which forms or answers are known.
pub(super) fn measure(
    rounds: &[RoundRecord],
    known: &BTreeSet<Place>,
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let Some(rules) = &profile.survey else { return Ok(()) };
    let mut held: BTreeMap<Place, Option<Decisive>> = BTreeMap::new();
    for round in rounds.iter().filter(|round| round.period.start() < setting.as_of) {
        let place = (round.period, ScopeCode::Community(round.community));
        held.entry(place).or_insert_with(|| Some(Decisive::of(round.at(), [("round", CellValue::None)])));
    }
    for place in known {
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
