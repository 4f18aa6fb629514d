//! What · How evenly forms were issued over the buildings of a community.
//! Formula · smallest ÷ largest number of forms issued to a building; 0 to one that got none
//! Denominator · the building with most forms of the list
//! Unit · ratio
//! Missing values · given for a community with a list of units and at least two buildings, those that its lists or several of its cases had named by the end of the period; a unit without a building is left out, one that was issued after the as-of moment too
//! Clause · that of the profile for an even issue, e.g. community-opinion (2)A
//! Example · 20, 25 and 16 forms: 16 ÷ 25 = 0.64
//!
//! 口径 · 一个小区各楼栋发放是否均匀
//! 公式 · 发放最少的楼栋 ÷ 发放最多的楼栋，一份也没有发的楼栋为 0
//! 分母 · 清单上发放最多的楼栋
//! 单位 · 比率
//! 缺失值 · 小区有清单、且至少有两栋（到该时期末为止，各次清单中有过、或不止一件案件写到的楼栋）才给出；没有楼栋的户不计，截止日以后发放的不计
//! 条款 · 规程要求均匀发放的条款，如 community-opinion (2)A
//! 举例 · 20、25、16 份：16 ÷ 25 = 0.64

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use crate::metrics::behind::{CellValue, Decisive, Part, Rows};
use crate::metrics::fact::Unit;
use crate::metrics::metric::{Metric, count, every_row};
use crate::metrics::runner::{ScopeCode, Setting, blank_fact, judge};
use crate::metrics::taker::Taker;
use crate::moment::{Period, Seconds};
use crate::normalise::label::fold;
use crate::normalise::place;
use crate::origin::RecordAt;
use crate::profile::schema::Profile;
use crate::records::columns as c;
use crate::records::registers::{Entry, RoundUnit};
use crate::step::Step;

const ID: &str = "survey.evenness";

fn metric(clause: &str) -> Metric {
    // The expression is never run: the lists are few and not in a frame.
    Metric::new(ID.to_owned(), Unit::Ratio, count(every_row()), include_str!("evenness.rs")).under(clause)
}

/// Rows of the units by building.
type Buildings = BTreeMap<String, Vec<(RecordAt, &'static str)>>;

/// Measures each community with a list.
pub(super) fn measure(
    units: &[Entry<RoundUnit>],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let Some(clause) = profile.survey.as_ref().and_then(|rules| rules.even_clause.as_deref()) else { return Ok(()) };
    let mut lists: BTreeMap<(Period, u32), Buildings> = BTreeMap::new();
    let mut known = buildings_of_cases(setting)?;
    for entry in units {
        let is_issued = entry.of.issued_on.is_none_or(|at| at.seconds < setting.as_of);
        let Some(period) = entry.of.period.filter(|period| is_issued && period.start() < setting.as_of) else {
            continue;
        };
        let (own, column) = if entry.of.building.is_empty() {
            (place::building(&entry.of.place), "place")
        } else {
            (Some(&*entry.of.building), "building")
        };
        let Some(building) = own else { continue };
        known_since(&mut known, entry.community, building, period.start());
        for period in period.with_containing() {
            let buildings = lists.entry((period, entry.community)).or_default();
            buildings.entry(fold(building)).or_default().push((entry.at(), column));
        }
    }
    for ((period, community), buildings) in &mut lists {
        let known = known.get(community).into_iter().flatten();
        for (building, _) in known.filter(|(_, since)| **since < period.end()) {
            buildings.entry(building.clone()).or_default();
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
        let number = |rows: &[(RecordAt, &'static str)]| f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX));
        (fact.numerator, fact.denominator) = (Some(number(fewest)), Some(number(most)));
        fact.value = Some(number(fewest) / number(most));
        judge(&mut fact, profile, setting, ID, scope);
        taker.counted(&metric, fact, &|| {
            let unit = |(at, column): &(RecordAt, &'static str)| (Decisive::of(*at, [(*column, CellValue::None)]), 1);
            let rows = |part: Part, rows: &[(RecordAt, &'static str)]| Rows::of(part, rows.iter().map(unit));
            Ok(vec![rows(Part::Numerator, fewest), rows(Part::Denominator, most)])
        })?;
    }
    Ok(())
}

/// Buildings of each community, and since when a record names them: before, they may not have stood.
type Known = BTreeMap<u32, BTreeMap<String, Seconds>>;

fn known_since(known: &mut Known, community: u32, building: &str, at: Seconds) {
    let since = known.entry(community).or_default().entry(fold(building)).or_insert(at);
    *since = at.min(*since);
}

/// Buildings that more than one case of a community names: one alone may be a slip of the pen.
fn buildings_of_cases(setting: &Setting<'_>) -> PolarsResult<Known> {
    let mut counts: BTreeMap<(u32, u32), (u32, Seconds)> = BTreeMap::new();
    for frame in [&setting.records.complaints, &setting.records.repairs] {
        if frame.height() == 0 || frame.column(c::BUILDING).is_err() {
            continue;
        }
        let (communities, buildings) = (frame.column(c::COMMUNITY)?.u32()?, frame.column(c::BUILDING)?.u32()?);
        let received = frame.column(Step::Received.column())?.i64()?;
        for ((community, building), received) in communities.iter().zip(buildings.iter()).zip(received.iter()) {
            if let (Some(community), Some(building), Some(at)) =
                (community, building, received.filter(|at| *at < setting.as_of))
            {
                let (count, since) = counts.entry((community, building)).or_insert((0, at));
                (*count, *since) = (*count + 1, at.min(*since));
            }
        }
    }
    let mut known = Known::new();
    for ((community, building), (_, since)) in counts.into_iter().filter(|(_, (count, _))| *count > 1) {
        if let Some(name) = setting.names.building.name(building) {
            known_since(&mut known, community, name, since);
        }
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::schedule::tests::{at, records, with_setting};
    use crate::metrics::taker::Maker;
    use crate::origin::NO_LINE;

    fn unit(period: Period, building: &str, issued: &str) -> Entry<RoundUnit> {
        let of = RoundUnit {
            period: Some(period),
            building: building.to_owned(),
            issued_on: at(issued),
            ..RoundUnit::default()
        };
        Entry { source: 0, row: 0, line: NO_LINE, community: 0, department: 0, of }
    }

    #[test]
    fn a_building_without_a_form_counts_where_a_list_before_named_it_and_later_issues_do_not() -> PolarsResult<()> {
        let (first, second) = (Period::Half(2024, 2), Period::Half(2025, 1));
        let mut units = vec![unit(first, "3", "2024-11-01"), unit(second, "1", "2025-05-09")];
        units.extend([unit(second, "1", "2025-05-09"), unit(second, "2", "2025-05-09")]);
        units.extend([unit(second, "2", "2025-07-01"), unit(second, "4", "2025-07-01")]);
        let text = crate::profile::load::BUILT_IN.iter().find(|(name, _)| name.starts_with("community-opinion"));
        let profile: Profile =
            toml::from_str(text.map_or("", |(_, text)| text)).unwrap_or_else(|error| unreachable!("{error}"));
        let share = |units: &[Entry<RoundUnit>]| -> PolarsResult<Option<(Option<f64>, Option<f64>)>> {
            let mut maker = Maker::default();
            with_setting(&records(&[]), "2025-06-30 00:00:00", |setting| {
                measure(units, &profile, setting, &mut maker)
            })?;
            let fact = maker.facts.iter().find(|fact| fact.key.period == second);
            Ok(fact.map(|fact| (fact.numerator, fact.denominator)))
        };
        assert_eq!(share(&units[1..])?, Some((Some(1.0), Some(2.0))), "of buildings 1 and 2");
        let first_of = |units: &[Entry<RoundUnit>]| -> PolarsResult<usize> {
            let mut maker = Maker::default();
            with_setting(&records(&[]), "2025-06-30 00:00:00", |setting| {
                measure(units, &profile, setting, &mut maker)
            })?;
            Ok(maker.facts.iter().filter(|fact| fact.key.period == first).count())
        };
        assert_eq!(first_of(&units)?, 0, "buildings 1 and 2 were not yet known then");
        assert_eq!(share(&units)?, Some((Some(0.0), Some(2.0))), "building 3 got none this time");
        Ok(())
    }

    #[test]
    fn the_metric_is_documented_under_the_seven_headings() {
        crate::metrics::metric::assert_documented(&[super::metric("1")]);
    }
}
