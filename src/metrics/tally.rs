//! Counting what is few and stands in no frame: rounds, duties, the smaller registers.

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::PolarsResult;

use super::behind::{Decisive, Part, Rows};
use super::fact::Dimension;
use super::metric::Metric;
use super::notes::{PLAIN_WEEK, add_code};
use super::outcome::{EXCLUDED, Outcome};
use super::runner::{ScopeCode, Setting, blank_fact, excluded_fact, judge};
use super::taker::Taker;
use crate::moment::Period;
use crate::profile::schema::Profile;
use crate::records::store::NO_NAME;

/// What a row does in a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It counts; of a share it is in numerator and denominator.
    Part,
    /// Of a share it is in the denominator alone.
    Rest,
    /// It is left out, for a reason.
    Excluded(&'static str),
}

impl Role {
    /// The role in a rate of what is in time.
    pub(super) fn in_time(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::OnTime => Some(Self::Part),
            Outcome::Late | Outcome::LateOpen => Some(Self::Rest),
            Outcome::NotRuled => None,
            left_out => EXCLUDED.iter().find(|(code, _)| *code == left_out).map(|(_, reason)| Self::Excluded(reason)),
        }
    }

    /// Part or rest.
    pub(super) fn part_if(is_part: bool) -> Self {
        if is_part { Self::Part } else { Self::Rest }
    }
}

/// A row as it is counted.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    /// Period to which it belongs; it counts in the longer ones around it too.
    pub period: Period,
    /// Whom it is of.
    pub scopes: Vec<ScopeCode>,
    /// Breakdown, where the metric is given by one only.
    pub value: Option<(Dimension, Arc<str>)>,
    /// What it does.
    pub role: Role,
    /// What it adds to a mean.
    pub amount: i64,
    /// The record that says so; none where it is counted because no row does.
    pub source: Option<Decisive>,
    /// It rests on the plain week of a year without a published calendar.
    pub plain_week: bool,
}

impl Counted {
    /// A row of a community and a department; a department that nobody names has no facts.
    pub(super) fn of(
        period: Period,
        (community, department): (u32, u32),
        role: Role,
        source: Option<Decisive>,
    ) -> Self {
        let mut scopes = vec![ScopeCode::Group, ScopeCode::Community(community)];
        if department != NO_NAME {
            scopes.push(ScopeCode::Department(department));
        }
        Self { period, scopes, value: None, role, amount: 0, source, plain_week: false }
    }

    /// The same in a breakdown.
    pub(super) fn by(self, dimension: Dimension, value: &str) -> Self {
        Self { value: Some((dimension, value.into())), ..self }
    }
}

/// How rows come to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Number of rows that count.
    Count,
    /// Rows that count ÷ these and the rest.
    Share,
    /// Sum of the amounts of the rows that count ÷ their number.
    Mean,
}

/// Rows of one period, scope and breakdown, by what they do.
#[derive(Default)]
struct Sum {
    amount: i64,
    plain_week: bool,
    part: Stack,
    rest: Stack,
    excluded: BTreeMap<&'static str, Stack>,
}

/// Rows that do the same: how many, and where they stand.
#[derive(Default)]
struct Stack {
    count: i64,
    rows: Vec<(Arc<Decisive>, i64)>,
}

impl Stack {
    fn push(&mut self, source: Option<&Arc<Decisive>>, amount: i64) {
        self.count += 1;
        self.rows.extend(source.map(|source| (Arc::clone(source), amount)));
    }

    fn behind(&self, part: Part) -> Rows {
        Rows::of(part, self.rows.iter().map(|(source, amount)| (Decisive::clone(source), *amount)))
    }
}

/// Period, scope and breakdown.
type Key = (Period, ScopeCode, Option<(Dimension, Arc<str>)>);

/// Measures a metric on these rows.
pub(super) fn measure(
    metric: Metric,
    how: How,
    rows: impl IntoIterator<Item = Counted>,
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let metric = metric.in_profile(profile);
    for ((period, scope, value), sum) in sums(how, rows) {
        let mut fact = blank_fact(&metric, profile, setting, period, setting.scope(scope));
        fact.key.dimension = value;
        if sum.plain_week {
            add_code(&mut fact, PLAIN_WEEK);
        }
        fact.excluded = sum.excluded.values().map(|rows| rows.count).sum();
        let (part, whole, amount) =
            (number(sum.part.count), number(sum.part.count + sum.rest.count), number(sum.amount));
        match how {
            How::Count => fact.value = Some(part),
            How::Share => {
                (fact.numerator, fact.denominator) = (Some(part), Some(whole));
                fact.value = (whole > 0.0).then(|| part / whole);
            }
            How::Mean => {
                (fact.numerator, fact.denominator) = (Some(amount), Some(part));
                fact.value = (part > 0.0).then(|| amount / part);
            }
        }
        judge(&mut fact, profile, setting, &metric.id, scope);
        if fact.key.dimension.is_none() {
            for (reason, rows) in &sum.excluded {
                let left_out = || Ok(vec![rows.behind(Part::Excluded((*reason).into()))]);
                taker.counted(&metric, excluded_fact(&fact, reason, rows.count), &left_out)?;
            }
        }
        taker.counted(&metric, fact, &|| Ok(behind(how, &metric, &sum)))?;
    }
    Ok(())
}

fn sums(how: How, rows: impl IntoIterator<Item = Counted>) -> BTreeMap<Key, Sum> {
    let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
    for mut row in rows {
        let source = row.source.take().map(Arc::new);
        for period in row.period.with_containing() {
            for scope in &row.scopes {
                let sum = sums.entry((period, *scope, row.value.clone())).or_default();
                sum.plain_week |= row.plain_week;
                match row.role {
                    Role::Part => {
                        sum.part.push(source.as_ref(), if how == How::Mean { row.amount } else { 1 });
                        sum.amount += row.amount;
                    }
                    Role::Rest => sum.rest.push(source.as_ref(), 1),
                    Role::Excluded(reason) => sum.excluded.entry(reason).or_default().push(source.as_ref(), 1),
                }
            }
        }
    }
    sums
}

/// The rows behind a fact.
fn behind(how: How, metric: &Metric, sum: &Sum) -> Vec<Rows> {
    let mut parts = match how {
        How::Count => vec![sum.part.behind(Part::Counted)],
        How::Share => vec![sum.part.behind(Part::Numerator), sum.rest.behind(Part::Rest)],
        How::Mean => vec![sum.part.behind(Part::Measured).in_unit(Some((metric.unit, 1.0)))],
    };
    parts.extend(sum.excluded.iter().map(|(reason, rows)| rows.behind(Part::Excluded((*reason).into()))));
    parts
}

#[allow(clippy::cast_precision_loss, reason = "what is counted here is few")]
fn number(count: i64) -> f64 {
    count as f64
}
