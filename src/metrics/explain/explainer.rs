//! Finds what stands behind facts: the same frames and expressions as the facts, looked up by the keys asked for.
//!
//! Tens of thousands of facts are asked for at once, so nothing is done once a fact that can be done once a frame: expressions are
//! evaluated in one query, rows are looked up by time and scope, and what a fact keeps of its rows is limited.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::{Expr, PolarsResult, UInt32Chunked};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::metrics::behind::{Limits, Part, Rows, shares};
use crate::metrics::fact::{Dimension, Fact, FactKey, FactTable, Scope, Unit};
use crate::metrics::groups::{Part as Evaluated, evaluate};
use crate::metrics::metric::{Measure, Metric};
use crate::metrics::rows::{Evidence, Lookup, Seen, amount_of, columns_of, part_of};
use crate::metrics::runner::{Run, ScopeCode, excluded, parts};
use crate::metrics::taker::{Keep, Taker};
use crate::moment::Period;
use crate::records::store::NO_NAME;

/// What stands behind a fact.
#[derive(Debug, Clone)]
pub struct Found {
    /// The metric, with its documentation.
    pub metric: Arc<Metric>,
    /// The rows, by what they do in it.
    pub rows: Vec<Rows>,
    /// The facts of which it is made, where it is.
    pub made_of: Vec<FactKey>,
}

/// A taker that looks for the facts asked for.
pub(in crate::metrics) struct Explainer<'a> {
    wanted: &'a BTreeSet<FactKey>,
    by_metric: BTreeMap<(&'a str, &'a str), Vec<&'a FactKey>>,
    facts: &'a FactTable,
    limits: Limits,
    pub(in crate::metrics) found: BTreeMap<FactKey, Found>,
}

impl<'a> Explainer<'a> {
    /// Looks for these facts among all.
    pub(in crate::metrics) fn of(wanted: &'a BTreeSet<FactKey>, facts: &'a FactTable, limits: Limits) -> Self {
        let mut by_metric: BTreeMap<(&str, &str), Vec<&FactKey>> = BTreeMap::new();
        for key in wanted {
            by_metric.entry((&key.profile, &key.metric)).or_default().push(key);
        }
        Self { wanted, by_metric, facts, limits, found: BTreeMap::new() }
    }

    /// The facts of a metric that are asked for and not found yet.
    fn sought(&self, profile: &str, metric: &str) -> Vec<&'a FactKey> {
        let wanted = self.by_metric.get(&(profile, metric)).into_iter().flatten().copied();
        wanted.filter(|key| !self.found.contains_key(*key)).collect()
    }

    /// Whether any fact of a profile is asked for whose metric begins so, and not found yet.
    pub(in crate::metrics) fn seeks(&self, profile: &str, is_meant: impl Fn(&str) -> bool) -> bool {
        let mut metrics = self.by_metric.keys().filter(|(name, metric)| *name == profile && is_meant(metric));
        metrics.any(|(name, metric)| !self.sought(name, metric).is_empty())
    }
}

impl Taker for Explainer<'_> {
    fn run(&mut self, run: &Run<'_>, metrics: Vec<Metric>, keep: Option<Keep>) -> PolarsResult<()> {
        let mut sought = Vec::new();
        for metric in metrics {
            let keys = self.sought(&run.profile.name, &metric.id);
            if !keys.is_empty() {
                sought.push((metric.in_profile(run.profile), keys));
            }
        }
        if !sought.is_empty() {
            let search = Search::of(run, sought.iter().map(|(metric, _)| metric), keep, self.limits)?;
            let keys: Vec<Vec<&FactKey>> = sought.into_iter().map(|(_, keys)| keys).collect();
            self.found.extend(search.find(&keys));
        }
        Ok(())
    }

    fn counted(&mut self, metric: &Metric, fact: Fact, rows: &dyn Fn() -> PolarsResult<Vec<Rows>>) -> PolarsResult<()> {
        if self.wanted.contains(&fact.key) {
            let rows = rows()?;
            let counts: Vec<usize> = rows.iter().map(Rows::count).collect();
            let shares = shares(&counts, self.limits.listed);
            let rows = rows.into_iter().zip(shares).map(|(rows, most)| rows.cut(most, self.limits)).collect();
            self.found.insert(fact.key, Found { metric: Arc::new(metric.clone()), rows, made_of: Vec::new() });
        }
        Ok(())
    }

    fn composed(&mut self, metric: &Metric, fact: Fact, of: &dyn Fn() -> Vec<FactKey>) {
        if self.wanted.contains(&fact.key) {
            let found = Found { metric: Arc::new(metric.clone()), rows: Vec::new(), made_of: of() };
            self.found.insert(fact.key, found);
        }
    }

    fn taken(&self, profile: &str, metric: &str) -> Vec<Fact> {
        self.facts.of_metric(profile, metric).to_vec()
    }
}

/// A search for facts of a run.
struct Search<'r> {
    run: &'r Run<'r>,
    keep: Option<Keep>,
    limits: Limits,
    lookup: Lookup<'r>,
    metrics: Vec<Sought>,
    breakdowns: Vec<Breakdown>,
    /// Times by the periods to which they roll up.
    times: BTreeMap<Period, Vec<i32>>,
    evidence: Evidence<'r>,
}

/// A metric of which facts are asked for, evaluated on the run's frame.
struct Sought {
    metric: Arc<Metric>,
    evaluated: Vec<Evaluated>,
    columns: Vec<&'static str>,
}

/// A breakdown of a run: the column of its codes, and which codes a fact's breakdown stands for.
struct Breakdown {
    dimension: Dimension,
    codes: UInt32Chunked,
    by_name: BTreeMap<Named, Vec<u32>>,
}

/// Both breakdowns of a fact.
type Named = (Option<(Dimension, Arc<str>)>, Option<(Dimension, Arc<str>)>);

/// A fact that is looked for: the place of its metric, and which rows of its period and scope it asks for.
struct Asked<'k> {
    metric: usize,
    key: &'k FactKey,
    /// Place of the breakdown, and the codes.
    codes: Option<(usize, &'k [u32])>,
    /// Reason of exclusion.
    reason: Option<&'k Arc<str>>,
}

impl<'r> Search<'r> {
    fn of<'m>(
        run: &'r Run<'r>,
        metrics: impl Iterator<Item = &'m Metric>,
        keep: Option<Keep>,
        limits: Limits,
    ) -> PolarsResult<Self> {
        let (mut exprs, mut found) = (Vec::new(), Vec::new());
        for metric in metrics {
            let own = parts(&metric.measure);
            let columns = columns(run, metric, &own);
            found.push((metric, columns, own.len()));
            exprs.extend(own);
        }
        let evidence = Evidence::of(run, found.iter().flat_map(|(_, columns, _): &(_, Vec<_>, _)| columns).copied())?;
        let mut evaluated = evaluate(run.frame, exprs)?.into_iter();
        let metrics: Vec<Sought> = found
            .into_iter()
            .map(|(metric, columns, count)| Sought {
                metric: Arc::new(metric.clone()),
                evaluated: evaluated.by_ref().take(count).collect(),
                columns,
            })
            .collect();
        let lookup = Lookup::of(run, run.time)?;
        let mut times: BTreeMap<Period, Vec<i32>> = BTreeMap::new();
        for time in lookup.times() {
            for period in run.periods(time) {
                times.entry(period).or_default().push(time);
            }
        }
        let mut breakdowns = Vec::new();
        for column in &run.dimensions {
            if metrics.iter().any(|sought| sought.metric.dimensions.contains(&column.dimension)) {
                let codes = run.frame.column(column.column)?.u32()?.rechunk().into_owned();
                breakdowns.push(Breakdown::of(run, column.dimension, &column.name, codes, keep));
            }
        }
        Ok(Self { run, keep, limits, lookup, metrics, breakdowns, times, evidence })
    }

    /// The facts that are of this run, with their rows; `keys` by metric.
    fn find(&self, keys: &[Vec<&FactKey>]) -> Vec<(FactKey, Found)> {
        // What is of one period and scope is of the same rows.
        let mut asked: BTreeMap<(Period, &Scope), Vec<Asked<'_>>> = BTreeMap::new();
        for (metric, keys) in keys.iter().enumerate() {
            for key in keys {
                if let Some(one) = self.asked(metric, key) {
                    asked.entry((key.period, &key.scope)).or_default().push(one);
                }
            }
        }
        let codes = self.scope_codes();
        let asked: Vec<((Period, &Scope), Vec<Asked<'_>>)> = asked.into_iter().collect();
        // Nothing here asks polars for a query, so periods and scopes are searched side by side.
        let found: Vec<Vec<(FactKey, Found)>> =
            asked.par_iter().map(|((period, scope), asked)| self.of_scope(*period, &codes(scope), asked)).collect();
        found.into_iter().flatten().collect()
    }

    /// Which rows a key asks for; none where the run makes no such fact.
    fn asked<'k>(&'k self, metric: usize, key: &'k FactKey) -> Option<Asked<'k>> {
        let made = |dimension: Option<(Dimension, Arc<str>)>| {
            let mut made = FactKey { dimension, dimension2: None, ..key.clone() };
            self.keep.is_none_or(|keep| keep(&mut made)) && made == *key
        };
        let plain = Asked { metric, key, codes: None, reason: None };
        if made(None) {
            return Some(plain);
        }
        if let Some((Dimension::Excluded, reason)) = &key.dimension
            && made(key.dimension.clone())
        {
            return Some(Asked { reason: Some(reason), ..plain });
        }
        let named = (key.dimension.clone(), key.dimension2.clone());
        let has = |dimension: Dimension| self.metrics[metric].metric.dimensions.contains(&dimension);
        let mut breakdowns = self.breakdowns.iter().enumerate().filter(|(_, breakdown)| has(breakdown.dimension));
        breakdowns.find_map(|(place, breakdown)| {
            let codes = breakdown.by_name.get(&named)?;
            Some(Asked { codes: Some((place, codes.as_slice())), ..Asked { metric, key, codes: None, reason: None } })
        })
    }

    /// The codes of a scope: several where nobody named it.
    fn scope_codes(&self) -> impl Fn(&Scope) -> Vec<ScopeCode> + Sync {
        let directory = self.run.setting.directory;
        let mut communities: BTreeMap<Arc<str>, Vec<ScopeCode>> = BTreeMap::new();
        let mut departments = communities.clone();
        for (community, code) in directory.communities.iter().zip(0..) {
            communities.entry(community.id.clone()).or_default().push(ScopeCode::Community(code));
        }
        for (department, code) in directory.departments.iter().zip(0..) {
            departments.entry(department.id.clone()).or_default().push(ScopeCode::Department(code));
        }
        let none = self.run.setting.labels.none.clone();
        communities.entry(none.clone()).or_default().push(ScopeCode::Community(NO_NAME));
        departments.entry(none).or_default().push(ScopeCode::Department(NO_NAME));
        move |scope| match scope {
            Scope::Group => vec![ScopeCode::Group],
            Scope::Community(id) => communities.get(id).cloned().unwrap_or_default(),
            Scope::Department(id) => departments.get(id).cloned().unwrap_or_default(),
        }
    }

    /// The facts of one period and scope.
    fn of_scope(&self, period: Period, scope: &[ScopeCode], asked: &[Asked<'_>]) -> Vec<(FactKey, Found)> {
        let times = self.times.get(&period).map_or(&[][..], Vec::as_slice);
        let mut places: Vec<u32> =
            scope.iter().flat_map(|code| self.lookup.places(times.iter().copied(), *code)).collect();
        if scope.len() > 1 {
            places.sort_unstable();
        }
        // The rows of each code of a breakdown, where anybody asks for it.
        let mut by_code: BTreeMap<usize, BTreeMap<u32, Vec<u32>>> = BTreeMap::new();
        for (breakdown, _) in asked.iter().filter_map(|one| one.codes) {
            by_code.entry(breakdown).or_insert_with(|| self.breakdowns[breakdown].by_code(&places));
        }
        let mut found = Vec::with_capacity(asked.len());
        for one in asked {
            let rows = match one.codes {
                None => self.rows(one, &places),
                Some((breakdown, codes)) => {
                    let of = |code: &u32| by_code.get(&breakdown)?.get(code);
                    let mut places: Vec<u32> = codes.iter().filter_map(of).flatten().copied().collect();
                    if codes.len() > 1 {
                        places.sort_unstable();
                    }
                    self.rows(one, &places)
                }
            };
            let metric = self.metrics[one.metric].metric.clone();
            found.push((one.key.clone(), Found { metric, rows, made_of: Vec::new() }));
        }
        found
    }

    /// The rows behind a fact at some places, by part.
    fn rows(&self, asked: &Asked<'_>, places: &[u32]) -> Vec<Rows> {
        let sought = &self.metrics[asked.metric];
        let mut found = self.parts(sought, places);
        if let Some(reason) = asked.reason {
            found.retain(|chosen| matches!(&chosen.part, Part::Excluded(found) if found == reason));
        }
        let counts: Vec<usize> = found.iter().map(|chosen| chosen.rows.len()).collect();
        let shares = shares(&counts, self.limits.listed);
        let parts = found.into_iter().zip(shares).map(|(chosen, most)| {
            part_of(chosen.part, &chosen.rows, most, self.limits, (&self.evidence, &sought.columns))
                .in_unit(chosen.amounts)
        });
        parts.collect()
    }

    fn parts(&self, sought: &Sought, places: &[u32]) -> Vec<Chosen> {
        let amount = |expr: usize, place: usize| sought.evaluated.get(expr).and_then(|part| amount_of(part, place));
        let chosen = |part: Part, of: &dyn Fn(usize) -> Option<i64>| Chosen {
            part,
            amounts: None,
            rows: self.lookup.rows(places, of),
        };
        let mut parts = match &sought.metric.measure {
            Measure::Count { .. } => vec![chosen(Part::Counted, &|place| amount(0, place))],
            Measure::PerHouseholds(_) => vec![chosen(Part::Numerator, &|place| amount(0, place))],
            // Rows that tell an amount (the second expression), each with its amount (the first).
            Measure::Amount { divisor, .. } | Measure::Mean { divisor, .. } => {
                let told = |place: usize| amount(1, place).map(|_| amount(0, place).unwrap_or(0));
                vec![Chosen { amounts: Some((sought.metric.unit, *divisor)), ..chosen(Part::Measured, &told) }]
            }
            Measure::Share { .. } => {
                let (part, whole) = (|place: usize| amount(0, place), |place: usize| amount(1, place));
                let is_part_of_it = places
                    .iter()
                    .map(|place| *place as usize)
                    .all(|place| part(place).is_none_or(|number| whole(place) == Some(number)));
                let numerator = chosen(Part::Numerator, &part);
                // Numerator and the rest of the denominator, or all of it where the numerator is no part of it.
                let other = if is_part_of_it {
                    chosen(Part::Rest, &|place| whole(place).filter(|_| part(place).is_none()))
                } else {
                    chosen(Part::Denominator, &whole)
                };
                vec![numerator, other]
            }
            Measure::Quantile { column, .. } => {
                let Some(seconds) = self.run.frame.column(column).ok().and_then(|column| column.i64().ok()) else {
                    return Vec::new();
                };
                let measured = chosen(Part::Measured, &|place| seconds.get(place));
                vec![Chosen { amounts: Some((Unit::Minutes, 60.0)), ..measured }]
            }
        };
        let reasons = excluded(&sought.metric.measure);
        let first = sought.evaluated.len() - reasons.len();
        for (expr, (reason, _)) in (first..).zip(reasons) {
            parts.push(chosen(Part::Excluded((*reason).into()), &|place| amount(expr, place)));
        }
        parts
    }
}

/// The rows of a part with their places.
struct Chosen {
    part: Part,
    amounts: Option<(Unit, f64)>,
    rows: Vec<Seen>,
}

impl Breakdown {
    fn of(
        run: &Run<'_>,
        dimension: Dimension,
        name: &dyn Fn(u32) -> Option<Arc<str>>,
        codes: UInt32Chunked,
        keep: Option<Keep>,
    ) -> Self {
        let mut by_name: BTreeMap<Named, Vec<u32>> = BTreeMap::new();
        let distinct: BTreeSet<u32> = codes.iter().flatten().collect();
        for code in distinct {
            let name = name(code).unwrap_or_else(|| run.setting.labels.none.clone());
            // Only the breakdown matters to what is kept, and how it is named.
            let mut key = FactKey {
                profile: run.setting.labels.empty.clone(),
                metric: run.setting.labels.empty.clone(),
                period: Period::Year(0),
                scope: Scope::Group,
                dimension: Some((dimension, name)),
                dimension2: None,
            };
            if keep.is_none_or(|keep| keep(&mut key)) {
                by_name.entry((key.dimension, key.dimension2)).or_default().push(code);
            }
        }
        Self { dimension, codes, by_name }
    }

    /// The places of each code.
    fn by_code(&self, places: &[u32]) -> BTreeMap<u32, Vec<u32>> {
        let mut by_code: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for place in places {
            let code = self.codes.get(*place as usize).unwrap_or(NO_NAME);
            by_code.entry(code).or_default().push(*place);
        }
        by_code
    }
}

/// Columns of the records whose cells count.
fn columns(run: &Run<'_>, metric: &Metric, exprs: &[Expr]) -> Vec<&'static str> {
    let quantile = match &metric.measure {
        Measure::Quantile { column, .. } => Some(polars::prelude::col(column)),
        _ => None,
    };
    columns_of(run, exprs.iter().chain(&quantile))
}
