//! The runner: sums every metric's expressions by month × community × department, rolls the sums up to periods and scopes,
//! and makes facts of them.
//!
//! One wide query a frame evaluates every expression, outside rayon: polars has a pool of its own, and nested in rayon it would
//! overflow the stack. Its columns are then counted by one integer key for each grouping; every sum is an integer, so no order
//! of adding changes a value.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use polars::prelude::{Expr, PolarsResult};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use super::{
    DimensionColumn, Run, ScopeCode, add, as_number, blank_fact, excluded, excluded_fact, judge, part_count, parts,
};
use crate::metrics::fact::{Dimension, Fact};
use crate::metrics::groups::{GroupKey, Part, durations, evaluate, grouped};
use crate::metrics::metric::{Interval, Measure, Metric};
use crate::metrics::notes::note;
use crate::moment::Period;
use crate::records::store::NO_NAME;
use crate::stats::interval::proportion;
use crate::stats::quantile::quantile;

/// Period, scope and (for a breakdown) code.
pub(in crate::metrics) type SumKey = (Period, ScopeCode, u32);

/// Sums by period, scope and code, in the order of these, each with the number of times (months, rounds) that it pools.
pub(in crate::metrics) struct Sums(Vec<(SumKey, u32, Vec<i64>)>);

impl Sums {
    fn get(&self, key: &SumKey) -> Option<&[i64]> {
        let at = self.0.binary_search_by(|(found, ..)| found.cmp(key)).ok()?;
        self.0.get(at).map(|(.., sums)| sums.as_slice())
    }
}

impl IntoIterator for Sums {
    type Item = (SumKey, Vec<i64>);
    type IntoIter =
        std::iter::Map<std::vec::IntoIter<(SumKey, u32, Vec<i64>)>, fn((SumKey, u32, Vec<i64>)) -> Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(key, _, sums)| (key, sums))
    }
}

/// The periods of each time, worked out once: millions of groups are of a few dozen months.
struct PeriodsOf<'a> {
    run: &'a Run<'a>,
    known: BTreeMap<i32, Vec<Period>>,
}

impl<'a> PeriodsOf<'a> {
    fn new(run: &'a Run<'a>) -> Self {
        Self { run, known: BTreeMap::new() }
    }

    fn of(&mut self, time: i32) -> &[Period] {
        self.known.entry(time).or_insert_with(|| self.run.periods(time))
    }
}

impl Run<'_> {
    /// The facts of all metrics.
    ///
    /// # Errors
    /// When a query fails.
    pub(in crate::metrics) fn facts(&self, metrics: Vec<Metric>) -> PolarsResult<Vec<Fact>> {
        let metrics: Vec<Metric> = metrics.into_iter().map(|metric| metric.in_profile(self.profile)).collect();
        let metrics = metrics.as_slice();
        let exprs: Vec<Expr> = metrics.iter().flat_map(|metric| parts(&metric.measure)).collect();
        let evaluated = evaluate(self.frame, exprs)?;
        let all: Vec<&Part> = evaluated.iter().collect();
        let sums = self.sums(&all, None)?;
        // Joined at the end: a table of millions of facts is not moved once for each of its parts.
        let mut made: Vec<Vec<Fact>> = sums
            .0
            .par_iter()
            .map(|((period, scope, _), times, sums)| self.make(metrics, (*period, *scope, *times), None, sums))
            .collect();
        // Nothing here asks polars for a query, so the breakdowns are made side by side.
        let by_dimension: PolarsResult<Vec<Vec<Vec<Fact>>>> =
            self.dimensions.par_iter().map(|dimension| self.broken_down(metrics, &evaluated, dimension)).collect();
        made.extend(by_dimension?.into_iter().flatten());
        let mut by_column: BTreeMap<&str, Vec<QuantileOf<'_>>> = BTreeMap::new();
        let mut first = 0;
        for metric in metrics {
            let count = part_count(&metric.measure);
            if let Measure::Quantile { column, share, .. } = &metric.measure {
                by_column.entry(column).or_default().push(QuantileOf {
                    metric,
                    share: *share,
                    reasons: first..first + count,
                });
            }
            first += count;
        }
        let quantiles: PolarsResult<Vec<Vec<Vec<Fact>>>> =
            by_column.par_iter().map(|(column, metrics)| self.quantiles(metrics, column, &sums)).collect();
        made.extend(quantiles?.into_iter().flatten());
        let mut facts = Vec::with_capacity(made.iter().map(Vec::len).sum());
        for mut part in made {
            facts.append(&mut part);
        }
        note(self, metrics, &mut facts)?;
        Ok(facts)
    }

    /// The facts of all metrics that have a breakdown.
    fn broken_down(
        &self,
        metrics: &[Metric],
        evaluated: &[Part],
        dimension: &DimensionColumn<'_>,
    ) -> PolarsResult<Vec<Vec<Fact>>> {
        let (mut having, mut of_having, mut first) = (Vec::new(), Vec::new(), 0);
        for metric in metrics {
            let count = part_count(&metric.measure);
            let is_quantile = matches!(metric.measure, Measure::Quantile { .. });
            if metric.dimensions.contains(&dimension.dimension) && !is_quantile {
                having.push(metric.clone());
                of_having.extend(&evaluated[first..first + count]);
            }
            first += count;
        }
        if having.is_empty() || !self.tells(dimension)? {
            return Ok(Vec::new());
        }
        let sums = self.sums(&of_having, Some(dimension))?;
        let by_value = sums.0.par_iter().map(|((period, scope, code), times, sums)| {
            let value = (dimension.name)(*code).unwrap_or_else(|| self.setting.labels.none.clone());
            self.make(&having, (*period, *scope, *times), Some(&(dimension.dimension, value)), sums)
        });
        Ok(by_value.collect())
    }

    /// Whether any row names a value of a breakdown.
    fn tells(&self, dimension: &DimensionColumn<'_>) -> PolarsResult<bool> {
        let codes = self.frame.column(dimension.column)?.u32()?;
        let mut seen = BTreeSet::new();
        Ok(codes.iter().flatten().any(|code| seen.insert(code) && (dimension.name)(code).is_some()))
    }

    /// Sums of evaluated expressions by period and scope.
    pub(in crate::metrics) fn sums(
        &self,
        parts: &[&Part],
        dimension: Option<&DimensionColumn<'_>>,
    ) -> PolarsResult<Sums> {
        let by_time = grouped(self, self.time, dimension, parts)?;
        let mut periods = PeriodsOf::new(self);
        let is_of_group = dimension.is_some_and(|dimension| dimension.is_of_group);
        let mut shares: Vec<(SumKey, usize)> = Vec::new();
        for (at, ((time, community, department, code), _)) in by_time.iter().enumerate() {
            let community = (!is_of_group).then_some(ScopeCode::Community(*community));
            let department =
                (dimension.is_none() && self.has_departments()).then_some(ScopeCode::Department(*department));
            for scope in [Some(ScopeCode::Group), community, department].into_iter().flatten() {
                let given = periods
                    .of(*time)
                    .iter()
                    .filter(|period| dimension.is_none_or(|of| (of.only)(**period, scope, *code)));
                shares.extend(given.map(|period| ((*period, scope, *code), at)));
            }
        }
        shares.par_sort_unstable();
        let same = |a: &(SumKey, usize), b: &(SumKey, usize)| a.0 == b.0;
        let summed = shares.par_chunk_by(same).map(|shares| {
            let mut sums = Vec::new();
            // Groups come in the order of their times: each time that is another is counted.
            let (mut times, mut last) = (0_u32, None);
            for (_, at) in shares {
                let ((time, ..), values) = &by_time[*at];
                times += u32::from(last != Some(*time));
                last = Some(*time);
                add(&mut sums, values);
            }
            (shares[0].0, times, sums)
        });
        Ok(Sums(summed.collect()))
    }

    /// Makes facts of the sums of one period and scope, which pool so many times.
    fn make(
        &self,
        metrics: &[Metric],
        of: (Period, ScopeCode, u32),
        dimension: Option<&(Dimension, Arc<str>)>,
        sums: &[i64],
    ) -> Vec<Fact> {
        let mut facts = Vec::with_capacity(metrics.len());
        let mut rest = sums;
        for metric in metrics {
            let (own, after) = rest.split_at(part_count(&metric.measure));
            rest = after;
            if let Some(fact) = self.fact(metric, of, dimension, own) {
                if dimension.is_none() {
                    Self::add_excluded(&mut facts, &fact, metric, own);
                }
                facts.push(fact);
            }
        }
        facts
    }

    /// The fact of one metric, where the sums allow one; quantiles are made elsewhere.
    fn fact(
        &self,
        metric: &Metric,
        (period, scope, times): (Period, ScopeCode, u32),
        dimension: Option<&(Dimension, Arc<str>)>,
        sums: &[i64],
    ) -> Option<Fact> {
        let whole = |sum: i64| as_number(sum);
        let mut fact = blank_fact(metric, self.profile, self.setting, period, self.setting.scope(scope));
        // A target may hold for some items only: the breakdown is known before the fact is judged.
        fact.key.dimension = dimension.cloned();
        match &metric.measure {
            Measure::Count { .. } => {
                (sums[1] > 0).then_some(())?;
                fact.excluded = sums[2..].iter().sum();
                fact.value = (sums[0] != 0 || fact.excluded == 0).then(|| whole(sums[0]));
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
                fact.interval = self.interval(metric, (scope, times), sums[0], sums[1]);
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

    /// The interval of a share. Each round asks every household anew: where a fact pools rounds, its population is the households
    /// times the rounds.
    fn interval(
        &self,
        metric: &Metric,
        (scope, rounds): (ScopeCode, u32),
        part: i64,
        whole: i64,
    ) -> Option<(f64, f64)> {
        let population = match metric.interval {
            Interval::None | Interval::OfParts => return None,
            Interval::Endless => None,
            Interval::Households => {
                self.setting.households(scope, true).map(|each| f64::from(each) * f64::from(rounds))
            }
        };
        proportion(as_number(part), as_number(whole), population)
    }

    /// Sets target and verdict: the first target whose conditions hold.
    fn judge(&self, fact: &mut Fact, metric: &Metric, scope: ScopeCode) {
        judge(fact, self.profile, self.setting, &metric.id, scope);
    }

    /// Facts of the reasons of exclusion, from the sums behind the metric's own.
    fn add_excluded(facts: &mut Vec<Fact>, fact: &Fact, metric: &Metric, sums: &[i64]) {
        let reasons = excluded(&metric.measure);
        for ((reason, _), count) in reasons.iter().zip(&sums[sums.len() - reasons.len()..]) {
            if *count > 0 {
                facts.push(excluded_fact(fact, reason, *count));
            }
        }
    }

    /// Facts of the quantiles of one column, for each scope and class; `sums` are those of all metrics.
    fn quantiles(&self, metrics: &[QuantileOf<'_>], column: &str, sums: &Sums) -> PolarsResult<Vec<Vec<Fact>>> {
        let Some(first) = metrics.first() else { return Ok(Vec::new()) };
        let class = self
            .dimensions
            .iter()
            .find(|d| d.dimension == Dimension::Class && first.metric.dimensions.contains(&Dimension::Class));
        let cells = durations(self, class.map(|class| class.column), column)?;
        let mut groups = self.quantile_groups(&cells, class.is_some());
        // Where nothing could be measured the reasons stand alone.
        for ((period, scope, _), _, sums) in &sums.0 {
            if sums[first.reasons.clone()].iter().any(|sum| *sum > 0) {
                groups.entry((*period, *scope, None)).or_default();
            }
        }
        let groups: Vec<(QuantileKey, Vec<usize>)> = groups.into_iter().collect();
        let made = groups
            .par_iter()
            .map(|((period, scope, code), places)| {
                let count = places.iter().map(|place| cells[*place].1.len()).sum();
                let mut numbers = Vec::with_capacity(count);
                for place in places {
                    numbers.extend_from_slice(&cells[*place].1);
                }
                let mut facts = Vec::with_capacity(metrics.len());
                for QuantileOf { metric, reasons, share } in metrics {
                    let mut fact = blank_fact(metric, self.profile, self.setting, *period, self.setting.scope(*scope));
                    fact.denominator = Some(as_number(i64::try_from(count).unwrap_or(i64::MAX)));
                    fact.value = quantile(&mut numbers, *share).map(|seconds| seconds / 60.0);
                    if let (Some(code), Some(class)) = (code, class) {
                        let name = (class.name)(*code).unwrap_or_else(|| self.setting.labels.none.clone());
                        fact.key.dimension = Some((Dimension::Class, name));
                    } else if let Some(sums) = sums.get(&(*period, *scope, NO_NAME)) {
                        let sums = &sums[reasons.clone()];
                        fact.excluded = sums.iter().sum();
                        Self::add_excluded(&mut facts, &fact, metric, sums);
                    }
                    self.judge(&mut fact, metric, *scope);
                    facts.push(fact);
                }
                facts
            })
            .collect();
        Ok(made)
    }

    /// Which cells of durations belong to which period, scope and class.
    fn quantile_groups(&self, cells: &[(GroupKey, Vec<i64>)], by_class: bool) -> BTreeMap<QuantileKey, Vec<usize>> {
        let mut groups: BTreeMap<QuantileKey, Vec<usize>> = BTreeMap::new();
        for (place, ((time, community, department, code), _)) in cells.iter().enumerate() {
            for period in self.periods(*time) {
                for scope in [ScopeCode::Group, ScopeCode::Community(*community)] {
                    groups.entry((period, scope, None)).or_default().push(place);
                    if by_class {
                        groups.entry((period, scope, Some(*code))).or_default().push(place);
                    }
                }
                if self.has_departments() {
                    groups.entry((period, ScopeCode::Department(*department), None)).or_default().push(place);
                }
            }
        }
        groups
    }
}

/// A quantile of a column, and where the sums of its reasons of exclusion stand among those of all metrics.
struct QuantileOf<'a> {
    metric: &'a Metric,
    share: f64,
    reasons: Range<usize>,
}

/// Period, scope and class of a quantile.
type QuantileKey = (Period, ScopeCode, Option<u32>);
