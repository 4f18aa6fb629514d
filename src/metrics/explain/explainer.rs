//! Finds what stands behind facts: the same frames and expressions as the facts, filtered by the keys asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::{Expr, PolarsResult};

use crate::metrics::behind::{Part, Rows};
use crate::metrics::fact::{Dimension, Fact, FactKey, FactTable, Scope, Unit};
use crate::metrics::groups::{Part as Evaluated, evaluate};
use crate::metrics::metric::{Measure, Metric};
use crate::metrics::rows::{amount_of, columns_of, places, rows_at};
use crate::metrics::runner::{Run, excluded, parts};
use crate::metrics::taker::{Keep, Taker};

/// What stands behind a fact.
#[derive(Debug, Clone)]
pub struct Found {
    /// The metric, with its documentation.
    pub metric: Metric,
    /// The rows, by what they do in it.
    pub rows: Vec<Rows>,
    /// The facts of which it is made, where it is.
    pub made_of: Vec<FactKey>,
}

/// A taker that looks for the facts asked for.
pub(in crate::metrics) struct Explainer<'a> {
    wanted: &'a BTreeSet<FactKey>,
    facts: &'a FactTable,
    pub(in crate::metrics) found: BTreeMap<FactKey, Found>,
}

impl<'a> Explainer<'a> {
    /// Looks for these facts among all.
    pub(in crate::metrics) fn of(wanted: &'a BTreeSet<FactKey>, facts: &'a FactTable) -> Self {
        Self { wanted, facts, found: BTreeMap::new() }
    }
}

/// The rows behind one key of a run, where the run makes such a fact.
fn rows_of(of: &MetricOf<'_, '_>, key: &FactKey, keep: Option<Keep>) -> PolarsResult<Option<Vec<Rows>>> {
    let Some(asked) = asked(of, key, keep)? else { return Ok(None) };
    let run = of.run;
    let setting = run.setting;
    let times: BTreeSet<i32> = run.frame.column(run.time)?.i32()?.iter().flatten().collect();
    let times: BTreeSet<i32> = times.into_iter().filter(|time| run.periods(*time).contains(&key.period)).collect();
    let is_in_time = |time: i32| times.contains(&time);
    let is_named = |found: Option<&Arc<str>>, id: &Arc<str>| found.unwrap_or(&setting.labels.none) == id;
    let directory = setting.directory;
    let is_in_scope = |community: u32, department: u32| match &key.scope {
        Scope::Group => true,
        Scope::Community(id) => is_named(directory.communities.get(community as usize).map(|found| &found.id), id),
        Scope::Department(id) => is_named(directory.departments.get(department as usize).map(|found| &found.id), id),
    };
    let codes = asked.codes.as_ref().map(|(column, codes)| (*column, codes));
    let places = places(run, run.time, &is_in_time, &is_in_scope, codes)?;
    let rows = of.rows(&places)?;
    Ok(Some(match asked.reason {
        Some(reason) => rows.into_iter().filter(|rows| rows.part == Part::Excluded(reason.clone())).collect(),
        None => rows,
    }))
}

impl Taker for Explainer<'_> {
    fn run(&mut self, run: &Run<'_>, metrics: Vec<Metric>, keep: Option<Keep>) -> PolarsResult<()> {
        for metric in metrics {
            let name = run.profile.name.as_str();
            let wanted = self.wanted.iter().filter(|key| *key.metric == *metric.id && &*key.profile == name);
            let wanted: Vec<&FactKey> = wanted.filter(|key| !self.found.contains_key(*key)).collect();
            if wanted.is_empty() {
                continue;
            }
            let metric = metric.in_profile(run.profile);
            let exprs = parts(&metric.measure);
            let of = MetricOf {
                columns: columns(run, &metric, &exprs),
                evaluated: evaluate(run.frame, exprs)?,
                metric: &metric,
                run,
            };
            for key in wanted {
                if let Some(rows) = rows_of(&of, key, keep)? {
                    self.found.insert(key.clone(), Found { metric: metric.clone(), rows, made_of: Vec::new() });
                }
            }
        }
        Ok(())
    }

    fn counted(&mut self, metric: &Metric, fact: Fact, rows: &dyn Fn() -> PolarsResult<Vec<Rows>>) -> PolarsResult<()> {
        if self.wanted.contains(&fact.key) {
            let found = Found { metric: metric.clone(), rows: rows()?, made_of: Vec::new() };
            self.found.insert(fact.key, found);
        }
        Ok(())
    }

    fn composed(&mut self, metric: &Metric, fact: Fact, of: &dyn Fn() -> Vec<FactKey>) {
        if self.wanted.contains(&fact.key) {
            self.found.insert(fact.key, Found { metric: metric.clone(), rows: Vec::new(), made_of: of() });
        }
    }

    fn taken(&self, profile: &str, metric: &str) -> Vec<Fact> {
        self.facts.of_metric(profile, metric).to_vec()
    }
}

/// Which rows of a run a key asks for.
#[derive(Default)]
struct Asked {
    /// Column and codes of the breakdown.
    codes: Option<(&'static str, BTreeSet<u32>)>,
    /// Reason of exclusion.
    reason: Option<Arc<str>>,
}

/// Which rows of a run a key asks for; none where the run makes no such fact.
fn asked(of: &MetricOf<'_, '_>, key: &FactKey, keep: Option<Keep>) -> PolarsResult<Option<Asked>> {
    let made = |dimension: Option<(Dimension, Arc<str>)>| {
        let mut made = FactKey { dimension, dimension2: None, ..key.clone() };
        keep.is_none_or(|keep| keep(&mut made)) && made == *key
    };
    if made(None) {
        return Ok(Some(Asked::default()));
    }
    if let Some((Dimension::Excluded, reason)) = &key.dimension
        && made(key.dimension.clone())
    {
        return Ok(Some(Asked { reason: Some(reason.clone()), ..Asked::default() }));
    }
    let has = |dimension: &Dimension| of.metric.dimensions.contains(dimension);
    for dimension in of.run.dimensions.iter().filter(|column| has(&column.dimension)) {
        let none = || of.run.setting.labels.none.clone();
        let all: BTreeSet<u32> = of.run.frame.column(dimension.column)?.u32()?.iter().flatten().collect();
        let is_meant = |code: &u32| made(Some((dimension.dimension, (dimension.name)(*code).unwrap_or_else(none))));
        let codes: BTreeSet<u32> = all.into_iter().filter(is_meant).collect();
        if !codes.is_empty() {
            return Ok(Some(Asked { codes: Some((dimension.column, codes)), reason: None }));
        }
    }
    Ok(None)
}

/// Columns of the records whose cells count.
fn columns(run: &Run<'_>, metric: &Metric, exprs: &[Expr]) -> Vec<&'static str> {
    let quantile = match &metric.measure {
        Measure::Quantile { column, .. } => Some(polars::prelude::col(column)),
        _ => None,
    };
    columns_of(run, exprs.iter().chain(&quantile))
}

/// A metric evaluated on a run.
struct MetricOf<'a, 'r> {
    run: &'a Run<'r>,
    metric: &'a Metric,
    evaluated: Vec<Evaluated>,
    columns: Vec<&'static str>,
}

impl MetricOf<'_, '_> {
    fn amount(&self, expr: usize, place: usize) -> Option<i64> {
        self.evaluated.get(expr).and_then(|evaluated| amount_of(evaluated, place))
    }

    /// The rows at some places that an expression chooses.
    fn chosen(&self, part: Part, places: &[usize], amount: &dyn Fn(usize) -> Option<i64>) -> PolarsResult<Rows> {
        rows_at(self.run, part, places, amount, &self.columns)
    }

    /// The rows behind the metric at some places, by part.
    fn rows(&self, places: &[usize]) -> PolarsResult<Vec<Rows>> {
        let of = |expr: usize| move |place: usize| self.amount(expr, place);
        let mut rows = match &self.metric.measure {
            Measure::Count { .. } => vec![self.chosen(Part::Counted, places, &of(0))?],
            Measure::PerHouseholds(_) => vec![self.chosen(Part::Numerator, places, &of(0))?],
            Measure::Amount { divisor, .. } | Measure::Mean { divisor, .. } => vec![self.summed(places, *divisor)?],
            Measure::Share { .. } => self.share(places)?,
            Measure::Quantile { column, .. } => {
                let seconds = self.run.frame.column(column)?.i64()?;
                let measured = self.chosen(Part::Measured, places, &|place| seconds.get(place))?;
                vec![Rows { amounts: Some((Unit::Minutes, 60.0)), ..measured }]
            }
        };
        let reasons = excluded(&self.metric.measure);
        let first = self.evaluated.len() - reasons.len();
        for (expr, (reason, _)) in (first..).zip(reasons) {
            rows.push(self.chosen(Part::Excluded((*reason).into()), places, &of(expr))?);
        }
        Ok(rows)
    }

    /// Rows that tell an amount (the second expression), each with its amount (the first).
    fn summed(&self, places: &[usize], divisor: f64) -> PolarsResult<Rows> {
        let told = |place: usize| self.amount(1, place).map(|_| self.amount(0, place).unwrap_or(0));
        Ok(Rows { amounts: Some((self.metric.unit, divisor)), ..self.chosen(Part::Measured, places, &told)? })
    }

    /// Numerator and the rest of the denominator, or all of it where the numerator is no part of it.
    fn share(&self, places: &[usize]) -> PolarsResult<Vec<Rows>> {
        let (part, whole) = (|place: usize| self.amount(0, place), |place: usize| self.amount(1, place));
        let is_part_of_it = places.iter().all(|place| part(*place).is_none_or(|number| whole(*place) == Some(number)));
        let numerator = self.chosen(Part::Numerator, places, &part)?;
        let other = if is_part_of_it {
            self.chosen(Part::Rest, places, &|place| whole(place).filter(|_| part(place).is_none()))?
        } else {
            self.chosen(Part::Denominator, places, &whole)?
        };
        Ok(vec![numerator, other])
    }
}
