//! The one runner: sums every metric's expressions by month × community × department, rolls the sums up to periods and scopes,
//! and makes facts of them.
//!
//! Queries are few and wide and run outside rayon: polars has a pool of its own, and nested in rayon it would overflow the
//! stack. The grouping is one integer key; every sum is an integer, so no order of adding changes a value.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, DataType, Expr, IntoColumn, IntoLazy, NamedFrom, PolarsResult, Series, col};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::fact::{Dimension, Fact, FactKey, Scope, Unit, Verdict};
use super::metric::{Interval, Measure, Metric};
use crate::clock::working_time::WorkingTime;
use crate::moment::{Period, Seconds, date_of, month_number};
use crate::profile::schema::{Profile, Where};
use crate::records::assemble::Names;
use crate::records::columns as c;
use crate::records::directory::Directory;
use crate::records::store::NO_NAME;
use crate::stats::interval::proportion;
use crate::stats::quantile::quantile;

/// What all metrics of a run share.
pub struct Setting<'a> {
    /// Working time.
    pub clock: &'a WorkingTime,
    /// The as-of moment.
    pub as_of: Seconds,
    /// Communities and departments.
    pub directory: &'a Directory,
    /// Names by code.
    pub names: &'a Names,
}

/// A scope by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScopeCode {
    /// The group.
    Group,
    /// A community.
    Community(u32),
    /// A department.
    Department(u32),
}

impl Setting<'_> {
    /// The month of the as-of moment.
    #[must_use]
    pub fn last_month(&self) -> i32 {
        month_number(date_of(self.as_of - 1))
    }

    /// A scope by its id.
    #[must_use]
    pub fn scope(&self, code: ScopeCode) -> Scope {
        let none: Arc<str> = "none".into();
        match code {
            ScopeCode::Group => Scope::Group,
            ScopeCode::Community(code) => Scope::Community(
                self.directory.communities.get(code as usize).map_or(none, |community| community.id.clone()),
            ),
            ScopeCode::Department(code) => Scope::Department(
                self.directory.departments.get(code as usize).map_or(none, |department| department.id.clone()),
            ),
        }
    }

    /// Households of a scope: of the community, or of all together where each is known.
    fn households(&self, scope: ScopeCode, occupied: bool) -> Option<u32> {
        let of =
            |place: &crate::records::community::Community| if occupied { place.occupied } else { place.households };
        match scope {
            ScopeCode::Group => self.directory.communities.iter().map(of).sum(),
            ScopeCode::Community(code) => self.directory.communities.get(code as usize).and_then(of),
            ScopeCode::Department(_) => None,
        }
    }

    /// Whether a target's condition holds for a scope; the group meets none.
    fn holds(&self, place: &Where, scope: ScopeCode, period: Period) -> bool {
        if *place == Where::default() {
            return true;
        }
        let ScopeCode::Community(code) = scope else { return false };
        let Some(community) = self.directory.communities.get(code as usize) else { return false };
        let years = community.moved_in.map(|moved_in| {
            let (moved_in, end) = (date_of(moved_in), date_of(period.end() - 1));
            end.years_since(moved_in).unwrap_or(0)
        });
        place.households_at_most.is_none_or(|most| community.households.is_some_and(|households| households <= most))
            && place.years_below.is_none_or(|below| years.is_some_and(|years| years < u32::from(below)))
            && place.years_at_least.is_none_or(|least| years.is_some_and(|years| years >= u32::from(least)))
    }
}

/// A breakdown: its column of codes and how a code is named.
pub struct DimensionColumn<'a> {
    dimension: Dimension,
    column: &'static str,
    name: Box<dyn Fn(u32) -> Option<Arc<str>> + 'a>,
}

impl<'a> DimensionColumn<'a> {
    /// A breakdown.
    pub fn new(dimension: Dimension, column: &'static str, name: impl Fn(u32) -> Option<Arc<str>> + 'a) -> Self {
        Self { dimension, column, name: Box::new(name) }
    }
}

/// One frame to be measured.
pub struct Run<'a> {
    /// The frame; has the columns `community`, `department` where departments are told, and all that the metrics use.
    pub frame: &'a DataFrame,
    /// Column of the time: `month` (months roll up to quarters, halves and years) or `period` (half years roll up to years).
    pub time: &'static str,
    /// The profile.
    pub profile: &'a Profile,
    /// What all metrics share.
    pub setting: &'a Setting<'a>,
    /// Breakdowns.
    pub dimensions: Vec<DimensionColumn<'a>>,
}

/// Sums by period, scope and (for a breakdown) code.
type Sums = BTreeMap<(Period, ScopeCode, u32), Vec<i64>>;

impl Run<'_> {
    /// The facts of all metrics.
    ///
    /// # Errors
    /// When a query fails.
    pub fn facts(&self, metrics: &[Metric]) -> PolarsResult<Vec<Fact>> {
        let mut facts = Vec::new();
        let sums = self.sums(metrics, None)?;
        for ((period, scope, _), sums) in &sums {
            self.make(&mut facts, metrics, (*period, *scope), None, sums);
        }
        for dimension in &self.dimensions {
            let having: Vec<Metric> = metrics
                .iter()
                .filter(|metric| {
                    metric.dimensions.contains(&dimension.dimension)
                        && !matches!(metric.measure, Measure::Quantile { .. })
                })
                .cloned()
                .collect();
            if having.is_empty() || !self.tells(dimension)? {
                continue;
            }
            for ((period, scope, code), sums) in &self.sums(&having, Some(dimension))? {
                // Buildings of different communities bear the same numbers: they add up to nothing.
                let in_group = dimension.dimension != Dimension::Building || *scope != ScopeCode::Group;
                if in_group {
                    let value = (dimension.name)(*code).unwrap_or_else(|| "none".into());
                    self.make(&mut facts, &having, (*period, *scope), Some((dimension.dimension, value)), sums);
                }
            }
        }
        for metric in metrics {
            if let Measure::Quantile { column, share, .. } = &metric.measure {
                self.quantiles(&mut facts, metric, column, *share)?;
            }
        }
        Ok(facts)
    }

    /// Whether any row names a value of a breakdown.
    fn tells(&self, dimension: &DimensionColumn<'_>) -> PolarsResult<bool> {
        let codes = self.frame.column(dimension.column)?.u32()?;
        let mut seen = BTreeSet::new();
        Ok(codes.iter().flatten().any(|code| seen.insert(code) && (dimension.name)(code).is_some()))
    }

    /// Sums of the metrics' expressions; quantiles have only their reasons of exclusion here.
    fn sums(&self, metrics: &[Metric], dimension: Option<&DimensionColumn<'_>>) -> PolarsResult<Sums> {
        let exprs: Vec<Expr> = metrics.iter().flat_map(|metric| parts(&metric.measure)).collect();
        let by_time = grouped(self, self.time, dimension.map(|dimension| dimension.column), exprs)?;
        let mut sums = Sums::new();
        for ((time, community, department, code), values) in by_time {
            let mut scopes = vec![ScopeCode::Group, ScopeCode::Community(community)];
            if dimension.is_none() && self.has_departments() {
                scopes.push(ScopeCode::Department(department));
            }
            for period in self.periods(time) {
                for scope in &scopes {
                    add(sums.entry((period, *scope, code)).or_default(), &values);
                }
            }
        }
        Ok(sums)
    }

    fn has_departments(&self) -> bool {
        self.frame.column(c::DEPARTMENT).is_ok()
    }

    /// The periods to which a time rolls up.
    fn periods(&self, time: i32) -> Vec<Period> {
        if self.time == c::MONTH {
            Period::of_month_number(time).with_containing()
        } else {
            crate::records::assemble::period_of_code(time).with_containing()
        }
    }

    /// Makes facts of one group's sums.
    fn make(
        &self,
        facts: &mut Vec<Fact>,
        metrics: &[Metric],
        (period, scope): (Period, ScopeCode),
        dimension: Option<(Dimension, Arc<str>)>,
        sums: &[i64],
    ) {
        let mut rest = sums;
        for metric in metrics {
            let (own, after) = rest.split_at(parts(&metric.measure).len());
            rest = after;
            if let Some(mut fact) = self.fact(metric, period, scope, own) {
                fact.key.dimension.clone_from(&dimension);
                if dimension.is_none() {
                    self.add_excluded(facts, &fact, metric, own);
                }
                facts.push(fact);
            }
        }
    }

    /// The fact of one metric, where the sums allow one; quantiles are made elsewhere.
    fn fact(&self, metric: &Metric, period: Period, scope: ScopeCode, sums: &[i64]) -> Option<Fact> {
        let whole = |sum: i64| as_number(sum);
        let mut fact = blank_fact(metric, self.profile, self.setting, period, self.setting.scope(scope));
        match &metric.measure {
            Measure::Count { .. } => {
                (sums[1] > 0).then_some(())?;
                fact.value = Some(whole(sums[0]));
            }
            Measure::Amount { divisor, .. } => {
                (sums[1] > 0).then_some(())?;
                fact.value = Some(whole(sums[0]) / divisor);
            }
            Measure::PerHouseholds(_) => {
                let households = self.setting.households(scope, false).filter(|households| *households > 0)?;
                fact.numerator = Some(whole(sums[0]));
                fact.denominator = Some(f64::from(households));
                fact.value = Some(whole(sums[0]) * 1_000.0 / f64::from(households));
            }
            Measure::Share { .. } => {
                fact.excluded = sums[2..].iter().sum();
                (sums[1] + fact.excluded > 0).then_some(())?;
                fact.numerator = Some(whole(sums[0]));
                fact.denominator = Some(whole(sums[1]));
                fact.value = (sums[1] > 0).then(|| whole(sums[0]) / whole(sums[1]));
                fact.interval = self.interval(metric, scope, sums[0], sums[1]);
            }
            Measure::Mean { divisor, .. } => {
                fact.excluded = sums[2..].iter().sum();
                (sums[1] + fact.excluded > 0).then_some(())?;
                fact.numerator = Some(whole(sums[0]) / divisor);
                fact.denominator = Some(whole(sums[1]));
                fact.value = (sums[1] > 0).then(|| whole(sums[0]) / divisor / whole(sums[1]));
            }
            Measure::Quantile { .. } => return None,
        }
        self.judge(&mut fact, metric, scope);
        Some(fact)
    }

    fn interval(&self, metric: &Metric, scope: ScopeCode, part: i64, whole: i64) -> Option<(f64, f64)> {
        let population = match metric.interval {
            Interval::None => return None,
            Interval::Endless => None,
            Interval::Households => self.setting.households(scope, true).map(f64::from),
        };
        proportion(as_number(part), as_number(whole), population)
    }

    /// Sets target and verdict: the first target whose conditions hold.
    fn judge(&self, fact: &mut Fact, metric: &Metric, scope: ScopeCode) {
        judge(fact, self.profile, self.setting, &metric.id, scope);
    }

    /// Facts of the reasons of exclusion, from the sums behind the metric's own.
    fn add_excluded(&self, facts: &mut Vec<Fact>, fact: &Fact, metric: &Metric, sums: &[i64]) {
        let reasons = excluded(&metric.measure);
        for ((reason, _), count) in reasons.iter().zip(&sums[sums.len() - reasons.len()..]) {
            if *count > 0 {
                facts.push(excluded_fact(fact, reason, *count));
            }
        }
    }

    /// Facts of a quantile, for each scope and class.
    fn quantiles(&self, facts: &mut Vec<Fact>, metric: &Metric, column: &str, share: f64) -> PolarsResult<()> {
        let class = self
            .dimensions
            .iter()
            .find(|d| d.dimension == Dimension::Class && metric.dimensions.contains(&Dimension::Class));
        let cells = durations(self, class.map(|class| class.column), column)?;
        let mut groups: BTreeMap<(Period, ScopeCode, Option<u32>), Vec<usize>> = BTreeMap::new();
        for (place, ((time, community, department, code), _)) in cells.iter().enumerate() {
            for period in self.periods(*time) {
                for scope in [ScopeCode::Group, ScopeCode::Community(*community)] {
                    groups.entry((period, scope, None)).or_default().push(place);
                    if class.is_some() {
                        groups.entry((period, scope, Some(*code))).or_default().push(place);
                    }
                }
                if self.has_departments() {
                    groups.entry((period, ScopeCode::Department(*department), None)).or_default().push(place);
                }
            }
        }
        let reasons = self.sums(std::slice::from_ref(metric), None)?;
        // Where nothing could be measured the reasons stand alone.
        for ((period, scope, _), sums) in &reasons {
            if sums.iter().any(|sum| *sum > 0) {
                groups.entry((*period, *scope, None)).or_default();
            }
        }
        let groups: Vec<_> = groups.into_iter().collect();
        let values: Vec<(usize, Option<f64>)> = groups
            .par_iter()
            .map(|(_, places)| {
                let mut numbers: Vec<i64> = places.iter().flat_map(|place| cells[*place].1.iter().copied()).collect();
                (numbers.len(), quantile(&mut numbers, share))
            })
            .collect();
        for (((period, scope, code), _), (n, value)) in groups.into_iter().zip(values) {
            let mut fact = blank_fact(metric, self.profile, self.setting, period, self.setting.scope(scope));
            fact.denominator = Some(as_number(i64::try_from(n).unwrap_or(i64::MAX)));
            fact.value = value.map(|seconds| seconds / 60.0);
            if let (Some(code), Some(class)) = (code, class) {
                let name = (class.name)(code).unwrap_or_else(|| "none".into());
                fact.key.dimension = Some((Dimension::Class, name));
            } else if let Some(sums) = reasons.get(&(period, scope, NO_NAME)) {
                fact.excluded = sums.iter().sum();
                self.add_excluded(facts, &fact, metric, sums);
            }
            self.judge(&mut fact, metric, scope);
            facts.push(fact);
        }
        Ok(())
    }
}

/// Sets target and verdict of a fact: the first target of its metric whose conditions hold for the scope.
pub fn judge(fact: &mut Fact, profile: &Profile, setting: &Setting<'_>, metric: &str, scope: ScopeCode) {
    let period = fact.key.period;
    let target =
        profile.targets.iter().find(|target| target.metric == metric && setting.holds(&target.when, scope, period));
    let Some(target) = target else { return };
    fact.target = target.at.to_string().into();
    fact.clause = target.clause.as_str().into();
    fact.verdict = match fact.value {
        Some(value) if target.at.is_met_by(value) => Verdict::Met,
        Some(_) => Verdict::Missed,
        None => Verdict::NoData,
    };
}

/// The expressions of a measure, in the order in which [`Run::fact`] takes their sums.
fn parts(measure: &Measure) -> Vec<Expr> {
    let mut parts = match measure {
        Measure::Count { of, told } | Measure::Amount { of, told, .. } => vec![of.clone(), told.clone()],
        Measure::PerHouseholds(of) => vec![of.clone()],
        Measure::Share { part, whole, .. } => vec![part.clone(), whole.clone()],
        Measure::Mean { sum, n, .. } => vec![sum.clone(), n.clone()],
        Measure::Quantile { .. } => Vec::new(),
    };
    parts.extend(excluded(measure).iter().map(|(_, rows)| rows.clone()));
    parts
}

fn excluded(measure: &Measure) -> &[(&'static str, Expr)] {
    match measure {
        Measure::Share { excluded, .. } | Measure::Mean { excluded, .. } | Measure::Quantile { excluded, .. } => {
            excluded
        }
        _ => &[],
    }
}

fn add(sums: &mut Vec<i64>, values: &[i64]) {
    sums.resize(values.len(), 0);
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts and sums of a company's cases stay far below 2^52")]
fn as_number(sum: i64) -> f64 {
    sum as f64
}

/// A fact without numbers.
#[must_use]
pub fn blank_fact(metric: &Metric, profile: &Profile, setting: &Setting<'_>, period: Period, scope: Scope) -> Fact {
    let clause =
        metric.clause.as_deref().filter(|clause| !clause.is_empty()).unwrap_or_else(|| profile.clause_of(&metric.id));
    let mut notes = Vec::new();
    if period.end() > setting.as_of {
        notes.push("unfinished");
    }
    Fact {
        key: FactKey {
            profile: profile.name.as_str().into(),
            metric: metric.id.as_str().into(),
            period,
            scope,
            dimension: None,
            dimension2: None,
        },
        clause: clause.into(),
        numerator: None,
        denominator: None,
        value: None,
        unit: metric.unit,
        target: "".into(),
        verdict: Verdict::None,
        interval: None,
        excluded: 0,
        note: notes.join(" ").into(),
    }
}

/// A count.
#[must_use]
pub fn count_fact(
    metric: &Metric,
    profile: &Profile,
    setting: &Setting<'_>,
    period: Period,
    scope: Scope,
    count: i64,
) -> Fact {
    Fact { value: Some(as_number(count)), ..blank_fact(metric, profile, setting, period, scope) }
}

/// The fact of one reason of exclusion.
fn excluded_fact(of: &Fact, reason: &str, count: i64) -> Fact {
    let mut key = of.key.clone();
    key.dimension = Some((Dimension::Excluded, reason.into()));
    Fact {
        key,
        numerator: None,
        denominator: None,
        value: Some(as_number(count)),
        unit: Unit::Count,
        target: "".into(),
        verdict: Verdict::None,
        interval: None,
        excluded: 0,
        ..of.clone()
    }
}

/// Time, community, department and code of a breakdown.
type GroupKey = (i32, u32, u32, u32);

/// Sums by time and scope without a breakdown.
///
/// # Errors
/// When a query fails.
pub fn sums_by_time(run: &Run<'_>, time: &str, exprs: Vec<Expr>) -> PolarsResult<BTreeMap<(i32, ScopeCode), Vec<i64>>> {
    let mut sums = BTreeMap::new();
    for ((time, community, department, _), values) in grouped(run, time, None, exprs)? {
        if time == i32::MAX {
            continue;
        }
        for scope in [ScopeCode::Group, ScopeCode::Community(community), ScopeCode::Department(department)] {
            add(sums.entry((time, scope)).or_default(), &values);
        }
    }
    Ok(sums)
}

/// Sums of expressions by time × community × department, or by time × community × code of a breakdown.
fn grouped(
    run: &Run<'_>,
    time: &str,
    dimension: Option<&str>,
    exprs: Vec<Expr>,
) -> PolarsResult<Vec<(GroupKey, Vec<i64>)>> {
    let (keys, decode) = keys(run, time, dimension.is_none(), dimension)?;
    let aggregates: Vec<Expr> = exprs
        .into_iter()
        .enumerate()
        .map(|(place, expr)| expr.cast(DataType::Int64).sum().alias(format!("sum{place}")))
        .collect();
    if aggregates.is_empty() {
        return Ok(Vec::new());
    }
    let mut frame = run.frame.clone();
    frame.with_column(keys)?;
    let grouped = frame
        .lazy()
        .group_by([col(KEY)])
        .agg(aggregates)
        .sort([KEY], polars::prelude::SortMultipleOptions::default())
        .collect()?;
    let key_column = grouped.column(KEY)?.u64()?;
    let mut columns = Vec::new();
    for column in grouped.columns().iter().skip(1) {
        columns.push(column.i64()?.iter().map(|sum| sum.unwrap_or(0)).collect::<Vec<i64>>());
    }
    Ok(key_column
        .iter()
        .flatten()
        .enumerate()
        .map(|(row, key)| (decode.group(key), columns.iter().map(|column| column[row]).collect()))
        .collect())
}

/// Durations by time × community × department × code of a breakdown, nulls left out.
fn durations(run: &Run<'_>, dimension: Option<&str>, column: &str) -> PolarsResult<Vec<(GroupKey, Vec<i64>)>> {
    let (keys, decode) = keys(run, run.time, true, dimension)?;
    let mut frame = run.frame.select([column])?;
    frame.with_column(keys)?;
    let lists = frame
        .lazy()
        .filter(col(column).is_not_null())
        .group_by([col(KEY)])
        .agg([col(column)])
        .sort([KEY], polars::prelude::SortMultipleOptions::default())
        .collect()?;
    let key_column = lists.column(KEY)?.u64()?;
    let list_column = lists.column(column)?.list()?;
    let mut cells = Vec::new();
    for (key, row) in key_column.iter().zip(0..) {
        let (Some(key), Some(list)) = (key, list_column.get_as_series(row)) else { continue };
        cells.push((decode.group(key), list.i64()?.iter().flatten().collect()));
    }
    Ok(cells)
}

const KEY: &str = "group_key";

/// How a group's key is taken apart again.
struct Decode {
    first_time: i64,
    communities: u64,
    departments: u64,
    codes: u64,
}

impl Decode {
    fn group(&self, key: u64) -> GroupKey {
        let name =
            |code: u64, count: u64| if code + 1 == count { NO_NAME } else { u32::try_from(code).unwrap_or(NO_NAME) };
        let (rest, code) = (key / self.codes, key % self.codes);
        let (rest, department) = (rest / self.departments, rest % self.departments);
        let (time, community) = (rest / self.communities, rest % self.communities);
        let time = self.first_time + i64::try_from(time).unwrap_or(0);
        (
            i32::try_from(time).unwrap_or(i32::MAX),
            name(community, self.communities),
            name(department, self.departments),
            name(code, self.codes),
        )
    }
}

/// One integer a row for its group; the last number of each part stands for none.
fn keys(run: &Run<'_>, time: &str, by_department: bool, dimension: Option<&str>) -> PolarsResult<(Column, Decode)> {
    let times = run.frame.column(time)?.i32()?;
    let first_time = i64::from(times.iter().flatten().min().unwrap_or(0));
    let read = |name: &str| -> PolarsResult<(Vec<u32>, u64)> {
        let codes: Vec<u32> = run.frame.column(name)?.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect();
        let most = codes.iter().filter(|code| **code != NO_NAME).max().map_or(0, |code| u64::from(*code) + 1);
        Ok((codes, most + 1))
    };
    let (communities, community_count) = read(c::COMMUNITY)?;
    let (departments, department_count) =
        if by_department && run.has_departments() { read(c::DEPARTMENT)? } else { (Vec::new(), 1) };
    let (codes, code_count) = match dimension {
        Some(column) => read(column)?,
        None => (Vec::new(), 1),
    };
    let part = |codes: &[u32], row: usize, count: u64| match codes.get(row) {
        Some(&code) if code != NO_NAME => u64::from(code),
        _ => count - 1,
    };
    let keys: Vec<u64> = times
        .iter()
        .enumerate()
        .map(|(row, time)| {
            let time = u64::try_from(i64::from(time.unwrap_or(0)) - first_time).unwrap_or(0);
            ((time * community_count + part(&communities, row, community_count)) * department_count
                + part(&departments, row, department_count))
                * code_count
                + part(&codes, row, code_count)
        })
        .collect();
    let decode = Decode { first_time, communities: community_count, departments: department_count, codes: code_count };
    Ok((Series::new(KEY.into(), keys).into_column(), decode))
}
