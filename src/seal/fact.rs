//! A fact as a seal keeps it: the words of `facts.csv`, so that what was printed is what is compared.

use crate::metrics::fact::{Dimension, Fact};
use crate::metrics::written::{decimal, guarded};

/// A fact in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SealedFact {
    /// Profile.
    pub profile: String,
    /// Metric.
    pub metric: String,
    /// `group`, `community` or `department`.
    pub scope: String,
    /// Id of the scope; empty for the group.
    pub scope_id: String,
    /// First and second breakdown, with their values; empty without one.
    pub dimensions: [(String, String); 2],
    /// Id, as in `facts.csv`.
    pub id: String,
    /// Its numbers.
    pub numbers: Numbers,
}

/// The numbers of a fact, as they are written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Numbers {
    /// Numerator.
    pub numerator: String,
    /// Denominator.
    pub denominator: String,
    /// Value.
    pub value: String,
    /// Unit.
    pub unit: String,
    /// Target.
    pub target: String,
    /// How the value stands to the target.
    pub verdict: String,
    /// Rows left out of the denominator.
    pub excluded: String,
}

impl From<&Fact> for SealedFact {
    fn from(fact: &Fact) -> Self {
        let key = &fact.key;
        let dimension = |dimension: &Option<(Dimension, std::sync::Arc<str>)>| match dimension {
            Some((dimension, value)) => (dimension.word().to_owned(), guarded(value)),
            None => (String::new(), String::new()),
        };
        let number = |number: Option<f64>| number.map_or_else(String::new, decimal);
        Self {
            profile: key.profile.to_string(),
            metric: key.metric.to_string(),
            scope: key.scope.word().to_owned(),
            scope_id: key.scope.id().to_owned(),
            dimensions: [dimension(&key.dimension), dimension(&key.dimension2)],
            id: key.id(),
            numbers: Numbers {
                numerator: number(fact.numerator),
                denominator: number(fact.denominator),
                value: number(fact.value),
                unit: fact.unit.word().to_owned(),
                target: fact.target.to_string(),
                verdict: fact.verdict.word().to_owned(),
                excluded: fact.excluded.to_string(),
            },
        }
    }
}
