//! Facts: every number on every page is one row of this table.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::slice::ParallelSliceMut;

use crate::moment::Period;

/// Whom a fact is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All communities together.
    Group,
    /// One community, by its id; `none` for rows without a community.
    Community(Arc<str>),
    /// One department, by its id; `none` for rows without a department.
    Department(Arc<str>),
}

impl Scope {
    /// The word in `facts.csv`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Community(_) => "community",
            Self::Department(_) => "department",
        }
    }

    /// The id in `facts.csv`: empty for the group.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Group => "",
            Self::Community(id) | Self::Department(id) => id,
        }
    }
}

/// What a fact is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Class of the case under the profile.
    Class,
    /// Category as the service center wrote it.
    Category,
    /// Channel by which the case came in.
    Channel,
    /// Item of a survey.
    Item,
    /// Building.
    Building,
    /// Method by which a form was issued or a callback made.
    Method,
    /// Outcome of a case.
    Outcome,
    /// Major or general.
    Severity,
    /// Level of an answer.
    Level,
    /// Hour of receipt, 00–23.
    Hour,
    /// Weekday of receipt, 1 Monday – 7 Sunday.
    Weekday,
    /// Age of an open case.
    Age,
    /// Deadline.
    Deadline,
    /// Topic of a monthly callback table.
    Topic,
    /// Reason of an exclusion.
    Excluded,
}

impl Dimension {
    /// The word in `facts.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Category => "category",
            Self::Channel => "channel",
            Self::Item => "item",
            Self::Building => "building",
            Self::Method => "method",
            Self::Outcome => "outcome",
            Self::Severity => "severity",
            Self::Level => "level",
            Self::Hour => "hour",
            Self::Weekday => "weekday",
            Self::Age => "age",
            Self::Deadline => "deadline",
            Self::Topic => "topic",
            Self::Excluded => "excluded",
        }
    }
}

/// Unit of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A number of things.
    Count,
    /// A share, 0–1.
    Ratio,
    /// Minutes.
    Minutes,
    /// Days.
    Days,
    /// Yuan.
    Yuan,
    /// A score on the survey's own scale.
    Score,
    /// Per 1,000 households.
    Per1000,
}

impl Unit {
    /// The word in `facts.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Ratio => "ratio",
            Self::Minutes => "minutes",
            Self::Days => "days",
            Self::Yuan => "yuan",
            Self::Score => "score",
            Self::Per1000 => "per_1000",
        }
    }
}

/// How a value stands to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The target is met.
    Met,
    /// The target is missed.
    Missed,
    /// There is no target.
    None,
    /// There is a target and no value.
    NoData,
}

impl Verdict {
    /// The word in `facts.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::None => "none",
            Self::NoData => "no_data",
        }
    }
}

/// What identifies a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactKey {
    /// Profile.
    pub profile: Arc<str>,
    /// Metric id, such as `complaint.response.on_time`.
    pub metric: Arc<str>,
    /// Period.
    pub period: Period,
    /// Whom it is about.
    pub scope: Scope,
    /// First breakdown, with its value.
    pub dimension: Option<(Dimension, Arc<str>)>,
    /// Second breakdown, with its value.
    pub dimension2: Option<(Dimension, Arc<str>)>,
}

impl FactKey {
    /// 12 hex digits of a hash of the identifying columns; `explain` takes it.
    #[must_use]
    pub fn id(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut column = |text: &str| {
            hasher.update(text.as_bytes());
            hasher.update(&[0x1f]);
        };
        column(&self.profile);
        column(&self.metric);
        column(&self.period.to_string());
        column(self.scope.word());
        column(self.scope.id());
        for dimension in [&self.dimension, &self.dimension2] {
            column(dimension.as_ref().map_or("", |(dimension, _)| dimension.word()));
            column(dimension.as_ref().map_or("", |(_, value)| value));
        }
        hasher.finalize().to_hex()[..12].to_string()
    }
}

/// One number, with all that is needed to defend it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What identifies it.
    pub key: FactKey,
    /// Clause of the procedure.
    pub clause: Arc<str>,
    /// Numerator, or the sum of a mean; none for a count.
    pub numerator: Option<f64>,
    /// Denominator, or the n of a mean or median; none for a count.
    pub denominator: Option<f64>,
    /// The value, unrounded; none where the denominator is 0.
    pub value: Option<f64>,
    /// Unit of the value.
    pub unit: Unit,
    /// Target such as `>=0.96`; empty without one.
    pub target: Arc<str>,
    /// How the value stands to it.
    pub verdict: Verdict,
    /// 95 % interval, where one is defined.
    pub interval: Option<(f64, f64)>,
    /// Rows left out of the denominator, all reasons together.
    pub excluded: i64,
    /// Codes, separated by blanks.
    pub note: Arc<str>,
}

/// All facts of a run, sorted by their keys.
#[derive(Debug, Default)]
pub struct FactTable {
    facts: Vec<Fact>,
    names: BTreeMap<Scope, Arc<str>>,
}

impl FactTable {
    /// Sorts the facts; `names` gives the name of each community and department.
    #[must_use]
    pub fn new(mut facts: Vec<Fact>, names: BTreeMap<Scope, Arc<str>>) -> Self {
        facts.par_sort_unstable_by(|a, b| a.key.cmp(&b.key));
        Self { facts, names }
    }

    /// Adds a code to the notes of some facts of a period, given by their ids.
    pub fn note(&mut self, period: Period, ids: &std::collections::BTreeSet<&str>, code: &str) {
        let of_period = self.facts.iter_mut().filter(|fact| !ids.is_empty() && fact.key.period == period);
        for fact in of_period.filter(|fact| ids.contains(fact.key.id().as_str())) {
            let codes = [&*fact.note, code].into_iter().filter(|code| !code.is_empty());
            fact.note = codes.collect::<Vec<_>>().join(" ").into();
        }
    }

    /// All facts, in order.
    #[must_use]
    pub fn all(&self) -> &[Fact] {
        &self.facts
    }

    /// Name of a scope; empty for the group.
    #[must_use]
    pub fn scope_name(&self, scope: &Scope) -> &str {
        self.names.get(scope).map_or("", |name| name)
    }

    /// Scopes that bear a name, communities before departments.
    pub fn scopes(&self) -> impl Iterator<Item = &Scope> {
        self.names.keys()
    }

    /// The fact without a breakdown, if there is one.
    #[must_use]
    pub fn get(&self, profile: &str, metric: &str, period: Period, scope: &Scope) -> Option<&Fact> {
        self.of(profile, metric, period, scope).iter().find(|fact| fact.key.dimension.is_none())
    }

    /// The facts of one metric broken down by one dimension, in the order of its values.
    #[must_use]
    pub fn by(&self, profile: &str, metric: &str, period: Period, scope: &Scope, dimension: Dimension) -> Vec<&Fact> {
        self.of(profile, metric, period, scope)
            .iter()
            .filter(|fact| fact.key.dimension.as_ref().is_some_and(|(found, _)| *found == dimension))
            .collect()
    }

    /// The profiles that give a metric anywhere.
    #[must_use]
    pub fn profiles_with(&self, metric: &str) -> Vec<Arc<str>> {
        let mut profiles: Vec<Arc<str>> =
            self.facts.iter().filter(|f| &*f.key.metric == metric).map(|f| f.key.profile.clone()).collect();
        profiles.dedup();
        profiles
    }

    /// Periods for which a metric has facts, in order.
    #[must_use]
    pub fn periods_with(&self, profile: &str, metric: &str) -> Vec<Period> {
        let mut periods: Vec<Period> = self.facts
            [self.range(|key| (&*key.profile, &*key.metric).cmp(&(profile, metric)))]
        .iter()
        .map(|fact| fact.key.period)
        .collect();
        periods.dedup();
        periods
    }

    /// All facts of one metric.
    #[must_use]
    pub fn of_metric(&self, profile: &str, metric: &str) -> &[Fact] {
        &self.facts[self.range(|key| (&*key.profile, &*key.metric).cmp(&(profile, metric)))]
    }

    /// The fact of a key.
    #[must_use]
    pub fn fact(&self, key: &FactKey) -> Option<&Fact> {
        self.facts[self.range(|found| found.cmp(key))].first()
    }

    /// The facts of one metric, period and scope, with all their breakdowns.
    fn of(&self, profile: &str, metric: &str, period: Period, scope: &Scope) -> &[Fact] {
        let range = self
            .range(|key| (&*key.profile, &*key.metric, key.period, &key.scope).cmp(&(profile, metric, period, scope)));
        &self.facts[range]
    }

    /// The run of facts that compare equal, by binary search.
    fn range(&self, compare: impl Fn(&FactKey) -> std::cmp::Ordering) -> Range<usize> {
        let start = self.facts.partition_point(|fact| compare(&fact.key).is_lt());
        let length = self.facts[start..].partition_point(|fact| compare(&fact.key).is_eq());
        start..start + length
    }
}
