//! Which fact is meant: its id, or what identifies it.

use crate::metrics::fact::{Dimension, Fact, FactTable};
use crate::moment::Period;

/// Digits of a fact's id.
const ID_DIGITS: usize = 12;

/// Which facts are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// The fact of an id.
    Id(String),
    /// The facts for which all of these hold.
    Where(Vec<Condition>),
}

/// What a fact must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The metric.
    Metric(String),
    /// The profile.
    Profile(String),
    /// The period.
    Period(Period),
    /// `group`, `community:ID`, `department:ID`, or an id or name alone.
    Scope(String),
    /// A breakdown and its value, `class:1`; a breakdown alone; `none` for no breakdown.
    Dimension(String),
    /// The second breakdown.
    Dimension2(String),
}

/// Why a query is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// It is neither an id nor a condition.
    #[error(
        "「{0}」不是 12 位的编号，也不是 键=值；键有 metric、period、scope、profile、dimension、dimension2 / neither an id of 12 hex \
         digits nor key=value; the keys are metric, period, scope, profile, dimension, dimension2"
    )]
    Word(String),
    /// The period is none.
    #[error("period={0}：应写成 2025-06、2025-Q2、2025-H1 或 2025 / write it as one of these")]
    Period(String),
    /// An id stands beside other words.
    #[error("编号之外不能再写条件：{0} / an id stands alone: {0}")]
    Beside(String),
}

impl Query {
    /// Reads the words of the command line.
    ///
    /// # Errors
    /// When a word is neither an id nor a condition.
    pub fn parse(words: &[String]) -> Result<Self, QueryError> {
        if let Some(id) = words.iter().find(|word| is_id(word)) {
            let beside = words.iter().find(|word| *word != id);
            return beside.map_or(Ok(Self::Id(id.to_ascii_lowercase())), |word| Err(QueryError::Beside(word.clone())));
        }
        words.iter().map(|word| condition(word)).collect::<Result<_, _>>().map(Self::Where)
    }

    /// The facts that are meant. Where no breakdown is asked for, those without one go before the others.
    #[must_use]
    pub fn facts<'f>(&self, facts: &'f FactTable) -> Vec<&'f Fact> {
        let conditions = match self {
            Self::Id(id) => return facts.all().iter().filter(|fact| fact.key.id() == *id).collect(),
            Self::Where(conditions) => conditions,
        };
        let all = facts.all().iter().filter(|fact| conditions.iter().all(|condition| condition.holds(fact, facts)));
        let all: Vec<&Fact> = all.collect();
        let asks = |condition: &Condition| matches!(condition, Condition::Dimension(_) | Condition::Dimension2(_));
        let plain: Vec<&Fact> = all.iter().copied().filter(|fact| fact.key.dimension.is_none()).collect();
        if plain.is_empty() || conditions.iter().any(asks) { all } else { plain }
    }

    /// The facts that meet the most conditions, where none meets all; those of the metric where one is named.
    #[must_use]
    pub fn nearest<'f>(&self, facts: &'f FactTable, most: usize) -> Vec<&'f Fact> {
        let Self::Where(conditions) = self else { return Vec::new() };
        let metric = self.metric().unwrap_or("");
        let met = |fact: &Fact| conditions.iter().filter(|condition| condition.holds(fact, facts)).count();
        let of_metric = facts.all().iter().filter(|fact| metric.is_empty() || &*fact.key.metric == metric);
        let mut counted: Vec<(usize, bool, &Fact)> =
            of_metric.map(|fact| (met(fact), fact.key.dimension.is_none(), fact)).collect();
        counted.sort_by_key(|(met, is_plain, _)| std::cmp::Reverse((*met, *is_plain)));
        counted.into_iter().take(most).map(|(_, _, fact)| fact).collect()
    }

    /// The metric that is named.
    #[must_use]
    pub fn metric(&self) -> Option<&str> {
        match self {
            Self::Id(_) => None,
            Self::Where(conditions) => conditions.iter().find_map(|condition| match condition {
                Condition::Metric(metric) => Some(metric.as_str()),
                _ => None,
            }),
        }
    }
}

fn is_id(word: &str) -> bool {
    word.len() == ID_DIGITS && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn condition(word: &str) -> Result<Condition, QueryError> {
    let (key, value) = word.split_once('=').ok_or_else(|| QueryError::Word(word.to_owned()))?;
    let text = value.to_owned();
    Ok(match key {
        "metric" => Condition::Metric(text),
        "profile" => Condition::Profile(text),
        "period" => Condition::Period(Period::parse(value).ok_or(QueryError::Period(text))?),
        "scope" => Condition::Scope(text),
        "dimension" => Condition::Dimension(text),
        "dimension2" => Condition::Dimension2(text),
        _ => return Err(QueryError::Word(word.to_owned())),
    })
}

impl Condition {
    fn holds(&self, fact: &Fact, facts: &FactTable) -> bool {
        let key = &fact.key;
        match self {
            Self::Metric(metric) => *key.metric == **metric,
            Self::Profile(profile) => *key.profile == **profile,
            Self::Period(period) => key.period == *period,
            Self::Scope(scope) => {
                let (word, id) = scope.split_once(':').unwrap_or((key.scope.word(), scope));
                let is_named = id == key.scope.id() || id == facts.scope_name(&key.scope);
                if scope == "group" { key.scope.word() == "group" } else { word == key.scope.word() && is_named }
            }
            Self::Dimension(dimension) => is_broken_down(key.dimension.as_ref(), dimension),
            Self::Dimension2(dimension) => is_broken_down(key.dimension2.as_ref(), dimension),
        }
    }
}

fn is_broken_down(found: Option<&(Dimension, std::sync::Arc<str>)>, asked: &str) -> bool {
    let Some((dimension, value)) = found else { return asked == "none" };
    match asked.split_once(':') {
        Some((name, wanted)) => name == dimension.word() && wanted == &**value,
        None => asked == dimension.word(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &[&str]) -> Result<Query, QueryError> {
        Query::parse(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn an_id_or_conditions_are_understood_and_nothing_else() {
        assert_eq!(parsed(&["00FFab001122"]), Ok(Query::Id("00ffab001122".to_owned())));
        let metric = Condition::Metric("complaint.received".to_owned());
        assert_eq!(parsed(&["metric=complaint.received"]), Ok(Query::Where(vec![metric])));
        assert_eq!(parsed(&["period=2025-13"]), Err(QueryError::Period("2025-13".to_owned())));
        assert_eq!(parsed(&["colour=red"]), Err(QueryError::Word("colour=red".to_owned())));
        assert_eq!(parsed(&["00ffab001122", "x=y"]), Err(QueryError::Beside("x=y".to_owned())));
    }
}
