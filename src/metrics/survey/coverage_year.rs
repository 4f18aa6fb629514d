//! What · Units that a form was issued to over a year.
//! Formula · distinct units in the lists of both half years ÷ occupied households
//! Denominator · occupied households of the communities that keep both lists
//! Unit · ratio
//! Missing values · a community without a list of either half year is left out, as nobody can tell whom it left out; so is one whose number of occupied households nobody tells
//! Clause · survey-procedure 4.3.2
//! Example · 300 of 500 occupied units in the first half, 250 in the second, 60 of them in both: 490 ÷ 500 = 0.98
//!
//! 口径 · 一年内发到过表的户
//! 公式 · 上下半年发放清单中不同的户 ÷ 入住户数
//! 分母 · 两份清单都有的小区的入住户数
//! 单位 · 比率
//! 缺失值 · 缺半年清单的小区不计，因为看不出漏了谁；入住户数不明的也不计
//! 条款 · survey-procedure 4.3.2
//! 举例 · 入住 500 户，上半年发 300 户，下半年发 250 户，其中 60 户两次都有：490 ÷ 500 = 0.98

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use crate::metrics::behind::{CellValue, Decisive, Part, Rows};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::{ScopeCode, Setting, blank_fact, judge};
use crate::metrics::taker::Taker;
use crate::moment::Period;
use crate::normalise::label::fold;
use crate::origin::RecordAt;
use crate::profile::schema::Profile;
use crate::records::registers::{Entry, RoundUnit};

const ID: &str = "survey.coverage_year";

fn metric() -> Metric {
    // The expression is never run: the lists are few and not in a frame.
    Metric::new(ID.to_owned(), Unit::Ratio, count(every_row()), include_str!("coverage_year.rs"))
}

/// Units issued to in each half of a year, with the first row that names each.
type Halves = [BTreeMap<String, RecordAt>; 2];

/// Rows of the distinct units that were issued to, and occupied households.
type Covered = (Vec<RecordAt>, u32);

/// Measures by year and community.
pub(super) fn measure(
    units: &[Entry<RoundUnit>],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let mut lists: BTreeMap<(i32, u32), Halves> = BTreeMap::new();
    for entry in units {
        let Some(Period::Half(year, half)) = entry.of.period.filter(|period| period.start() < setting.as_of) else {
            continue;
        };
        let half = &mut lists.entry((year, entry.community)).or_default()[usize::from(half == 2)];
        half.entry(name_of(&entry.of)).or_insert(entry.at());
    }
    let mut sums: BTreeMap<(i32, ScopeCode), Covered> = BTreeMap::new();
    for ((year, community), [first, second]) in &lists {
        let occupied = setting.directory.communities.get(*community as usize).and_then(|known| known.occupied);
        let Some(occupied) = occupied.filter(|occupied| *occupied > 0 && !first.is_empty() && !second.is_empty())
        else {
            continue;
        };
        let in_second_only = second.iter().filter(|(unit, _)| !first.contains_key(*unit));
        let covered: Vec<RecordAt> = first.iter().chain(in_second_only).map(|(_, at)| *at).collect();
        for scope in [ScopeCode::Group, ScopeCode::Community(*community)] {
            let sum = sums.entry((*year, scope)).or_default();
            sum.0.extend(&covered);
            sum.1 += occupied;
        }
    }
    let metric = metric().in_profile(profile);
    for ((year, scope), (units, occupied)) in sums {
        let mut fact = blank_fact(&metric, profile, setting, Period::Year(year), setting.scope(scope));
        let (covered, occupied) = (f64::from(u32::try_from(units.len()).unwrap_or(u32::MAX)), f64::from(occupied));
        fact.numerator = Some(covered);
        fact.denominator = Some(occupied);
        fact.value = Some(covered / occupied);
        judge(&mut fact, profile, setting, ID, scope);
        let unit = |at: &RecordAt| (Decisive::of(*at, [("building", CellValue::None), ("place", CellValue::None)]), 1);
        let rows = || Ok(vec![Rows::of(Part::Numerator, units.iter().map(unit))]);
        taker.counted(&metric, fact, &rows)?;
    }
    Ok(())
}

/// A unit as it is compared: building and room, whichever columns they stand in.
fn name_of(unit: &RoundUnit) -> String {
    let place = fold(&unit.place);
    if unit.building.is_empty() { place } else { format!("{} {place}", fold(&unit.building)) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_metric_is_documented_under_the_seven_headings() {
        crate::metrics::metric::assert_documented(&[super::metric()]);
    }
}
