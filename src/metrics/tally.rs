//! Counting what is few and stands in no frame: rounds, duties, the smaller registers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fact::{Dimension, Fact, Unit, Verdict};
use super::metric::Metric;
use super::outcome::{EXCLUDED, Outcome};
use super::runner::{ScopeCode, Setting, blank_fact, judge};
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
}

impl Counted {
    /// A row of a community and a department; a department that nobody names has no facts.
    pub(super) fn of(period: Period, community: u32, department: u32, role: Role) -> Self {
        let mut scopes = vec![ScopeCode::Group, ScopeCode::Community(community)];
        if department != NO_NAME {
            scopes.push(ScopeCode::Department(department));
        }
        Self { period, scopes, value: None, role, amount: 0 }
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

#[derive(Default)]
struct Sum {
    part: i64,
    whole: i64,
    amount: i64,
    excluded: BTreeMap<&'static str, i64>,
}

/// The facts of a metric on these rows.
pub(super) fn facts(
    metric: Metric,
    how: How,
    rows: impl IntoIterator<Item = Counted>,
    profile: &Profile,
    setting: &Setting<'_>,
) -> Vec<Fact> {
    let metric = metric.in_profile(profile);
    let mut sums: BTreeMap<(Period, ScopeCode, Option<(Dimension, Arc<str>)>), Sum> = BTreeMap::new();
    for row in rows {
        for period in row.period.with_containing() {
            for scope in &row.scopes {
                let sum = sums.entry((period, *scope, row.value.clone())).or_default();
                match row.role {
                    Role::Part => {
                        sum.part += 1;
                        sum.whole += 1;
                        sum.amount += row.amount;
                    }
                    Role::Rest => sum.whole += 1,
                    Role::Excluded(reason) => *sum.excluded.entry(reason).or_default() += 1,
                }
            }
        }
    }
    let mut facts = Vec::with_capacity(sums.len());
    for ((period, scope, value), sum) in sums {
        let mut fact = blank_fact(&metric, profile, setting, period, setting.scope(scope));
        fact.key.dimension = value;
        fact.excluded = sum.excluded.values().sum();
        let (part, whole, amount) = (number(sum.part), number(sum.whole), number(sum.amount));
        match how {
            How::Count => fact.value = Some(part),
            How::Share => {
                (fact.numerator, fact.denominator) = (Some(part), Some(whole));
                fact.value = (sum.whole > 0).then(|| part / whole);
            }
            How::Mean => {
                (fact.numerator, fact.denominator) = (Some(amount), Some(part));
                fact.value = (sum.part > 0).then(|| amount / part);
            }
        }
        judge(&mut fact, profile, setting, &metric.id, scope);
        if fact.key.dimension.is_none() {
            facts.extend(sum.excluded.iter().map(|(reason, count)| of_reason(&fact, reason, *count)));
        }
        facts.push(fact);
    }
    facts
}

/// The fact of one reason of exclusion.
fn of_reason(of: &Fact, reason: &str, count: i64) -> Fact {
    let mut key = of.key.clone();
    key.dimension = Some((Dimension::Excluded, reason.into()));
    Fact {
        key,
        numerator: None,
        denominator: None,
        value: Some(number(count)),
        unit: Unit::Count,
        target: "".into(),
        verdict: Verdict::None,
        excluded: 0,
        ..of.clone()
    }
}

#[allow(clippy::cast_precision_loss, reason = "what is counted here is few")]
fn number(count: i64) -> f64 {
    count as f64
}
