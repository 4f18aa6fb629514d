//! What · How evenly forms were issued over the buildings of a community: `survey.evenness`.
//! Formula · smallest ÷ largest number of forms issued to a building
//! Denominator · the building with most forms of the list
//! Unit · ratio
//! Missing values · given for a community with a list of units of at least two buildings; a unit without a building is left out
//! Clause · that of the profile for an even issue, e.g. community-opinion (2)A
//! Example · 20, 25 and 16 forms: 16 ÷ 25 = 0.64
//!
//! 口径 · 一个小区各楼栋发放是否均匀
//! 公式 · 发放最少的楼栋 ÷ 发放最多的楼栋
//! 分母 · 清单上发放最多的楼栋
//! 单位 · 比率
//! 缺失值 · 小区清单至少有两栋才给出；没有楼栋的户不计
//! 条款 · 规程要求均匀发放的条款，如 community-opinion (2)A
//! 举例 · 20、25、16 份：16 ÷ 25 = 0.64

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use crate::metrics::behind::{Part, Rows};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::{ScopeCode, Setting, blank_fact, judge};
use crate::metrics::taker::Taker;
use crate::moment::Period;
use crate::normalise::label::fold;
use crate::normalise::place;
use crate::origin::SourceId;
use crate::profile::schema::Profile;
use crate::records::registers::{Entry, RoundUnit};

const ID: &str = "survey.evenness";

fn metric(clause: &str) -> Metric {
    // The expression is never run: the lists are few and not in a frame.
    Metric::new(ID.to_owned(), Unit::Ratio, count(every_row()), include_str!("evenness.rs")).under(clause)
}

/// Rows of the units by building.
type Buildings = BTreeMap<String, Vec<(SourceId, u32, i64)>>;

/// Measures each community with a list.
pub(super) fn measure(
    units: &[Entry<RoundUnit>],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let Some(clause) = profile.survey.as_ref().and_then(|rules| rules.even_clause.as_deref()) else { return Ok(()) };
    let mut lists: BTreeMap<(Period, u32), Buildings> = BTreeMap::new();
    for entry in units {
        let Some(period) = entry.of.period.filter(|period| period.start() < setting.as_of) else { continue };
        let own =
            if entry.of.building.is_empty() { place::building(&entry.of.place) } else { Some(&*entry.of.building) };
        let Some(building) = own else { continue };
        for period in period.with_containing() {
            let buildings = lists.entry((period, entry.community)).or_default();
            buildings.entry(fold(building)).or_default().push((entry.source, entry.row, 1));
        }
    }
    let metric = metric(clause).in_profile(profile);
    for ((period, community), buildings) in &lists {
        let fewest = buildings.values().min_by_key(|rows| rows.len());
        let most = buildings.values().max_by_key(|rows| rows.len());
        let (Some(fewest), Some(most)) = (fewest, most) else { continue };
        if buildings.len() < 2 {
            continue;
        }
        let scope = ScopeCode::Community(*community);
        let mut fact = blank_fact(&metric, profile, setting, *period, setting.scope(scope));
        let number = |rows: &[(SourceId, u32, i64)]| f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        (fact.numerator, fact.denominator) = (Some(number(fewest)), Some(number(most)));
        fact.value = Some(number(fewest) / number(most));
        judge(&mut fact, profile, setting, ID, scope);
        taker.counted(&metric, fact, &|| {
            let rows = |part: Part, rows: &Vec<_>| Rows::of(part, rows.iter().copied());
            Ok(vec![rows(Part::Numerator, fewest), rows(Part::Denominator, most)])
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_metric_is_documented_under_the_seven_headings() {
        crate::metrics::metric::assert_documented(&[super::metric("1")]);
    }
}
