//! Facts: every number on every page is one row of this table.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::slice::ParallelSliceMut;

use super::compare::{Chance, chance, is_standing};
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

impl Ord for FactKey {
    fn cmp(&self, other: &Self) -> Ordering {
        shared(&self.profile, &other.profile)
            .then_with(|| shared(&self.metric, &other.metric))
            .then_with(|| self.period.cmp(&other.period))
            .then_with(|| self.scope.cmp(&other.scope))
            .then_with(|| self.dimension.cmp(&other.dimension))
            .then_with(|| self.dimension2.cmp(&other.dimension2))
    }
}

impl PartialOrd for FactKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares texts of which most are one and the same: millions of facts share a few dozen ids.
fn shared(a: &Arc<str>, b: &Arc<str>) -> Ordering {
    if Arc::ptr_eq(a, b) { Ordering::Equal } else { a.cmp(b) }
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

/// Note of a fact whose period was not over at the as-of moment.
pub const UNFINISHED: &str = "unfinished";

/// Why two periods are not compared: the cases of the earlier one had longer to come to what is told.
pub const LONGER: &str = "longer";

impl Fact {
    /// Whether its period was not over at the as-of moment.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.note.split(' ').any(|code| code == UNFINISHED)
    }
}

/// A fact beside earlier ones of the same metric, scope and breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared<'a> {
    /// The period of the same length just before.
    pub before: Option<Earlier<'a>>,
    /// The same period a year ago.
    pub year_ago: Option<Earlier<'a>>,
}

/// An earlier fact and how far the value has moved since.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier<'a> {
    /// The earlier fact.
    pub fact: &'a Fact,
    /// The value less the earlier one, unrounded; none for a count of an unfinished period, nor for what becomes of cases in time.
    pub difference: Option<f64>,
    /// `longer` where the earlier cases had longer to come to what is told, so that there is no difference; `unfinished` where one of
    /// the two periods was not over: a difference must not be shown without it.
    pub note: &'static str,
    /// Whether the difference is more than chance; none where there is none or that is no question.
    pub chance: Option<Chance>,
}

/// All facts of a run, sorted by their keys.
#[derive(Debug, Default)]
pub struct FactTable {
    facts: Vec<Fact>,
    /// The facts of each profile and metric, in order: pages ask by these for a few facts among millions.
    metrics: Vec<MetricFacts>,
    names: BTreeMap<Scope, Arc<str>>,
}

/// Where the facts of a metric stand.
#[derive(Debug)]
struct MetricFacts {
    profile: Arc<str>,
    metric: Arc<str>,
    facts: Range<usize>,
}

impl FactTable {
    /// Sorts the facts; `names` gives the name of each community and department.
    #[must_use]
    pub fn new(mut facts: Vec<Fact>, names: BTreeMap<Scope, Arc<str>>) -> Self {
        facts.par_sort_unstable_by(|a, b| a.key.cmp(&b.key));
        let mut metrics: Vec<MetricFacts> = Vec::new();
        while let Some(first) = facts.get(metrics.last().map_or(0, |last| last.facts.end)) {
            let begin = metrics.last().map_or(0, |last| last.facts.end);
            let is_same = |fact: &Fact| {
                shared(&fact.key.profile, &first.key.profile).is_eq()
                    && shared(&fact.key.metric, &first.key.metric).is_eq()
            };
            let end = begin + facts[begin..].partition_point(is_same);
            let (profile, metric) = (first.key.profile.clone(), first.key.metric.clone());
            metrics.push(MetricFacts { profile, metric, facts: begin..end });
        }
        Self { facts, metrics, names }
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
        self.metrics.iter().filter(|of| &*of.metric == metric).map(|of| of.profile.clone()).collect()
    }

    /// Each profile and metric of which there are facts, in order.
    pub fn metrics(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.metrics.iter().map(|of| (&of.profile, &of.metric))
    }

    /// Periods for which a metric has facts, in order.
    #[must_use]
    pub fn periods_with(&self, profile: &str, metric: &str) -> Vec<Period> {
        let mut periods: Vec<Period> = self.of_metric(profile, metric).iter().map(|fact| fact.key.period).collect();
        periods.dedup();
        periods
    }

    /// A fact beside that of the period before and that of the same period a year ago.
    #[must_use]
    pub fn compared(&self, fact: &Fact) -> Compared<'_> {
        let period = fact.key.period;
        Compared { before: self.beside(fact, period.previous()), year_ago: self.beside(fact, period.year_before()) }
    }

    /// A fact beside the same one of another period, where that has a value.
    #[must_use]
    pub fn beside(&self, fact: &Fact, period: Period) -> Option<Earlier<'_>> {
        let key = FactKey { period, ..fact.key.clone() };
        let earlier = self.fact(&key)?;
        let (now, then) = (fact.value?, earlier.value?);
        let unfinished = fact.is_unfinished() || earlier.is_unfinished();
        // What an unfinished period has gathered so far is not compared with what a whole one gathered.
        let gathers = matches!(fact.unit, Unit::Count | Unit::Yuan | Unit::Per1000);
        let longer = is_standing(&fact.key.metric);
        let difference = (!(longer || gathers && unfinished)).then_some(now - then);
        Some(Earlier {
            fact: earlier,
            difference,
            note: match (longer, unfinished) {
                (true, _) => LONGER,
                (false, true) => UNFINISHED,
                (false, false) => "",
            },
            chance: difference.and_then(|_| chance(fact, earlier)),
        })
    }

    /// All facts of one metric.
    #[must_use]
    pub fn of_metric(&self, profile: &str, metric: &str) -> &[Fact] {
        let at = self.metrics.binary_search_by(|of| (&*of.profile, &*of.metric).cmp(&(profile, metric)));
        at.ok().and_then(|at| self.facts.get(self.metrics[at].facts.clone())).unwrap_or_default()
    }

    /// The fact of a key.
    #[must_use]
    pub fn fact(&self, key: &FactKey) -> Option<&Fact> {
        equal(self.of_metric(&key.profile, &key.metric), |found| found.cmp(key)).first()
    }

    /// The facts of one metric, period and scope, with all their breakdowns.
    fn of(&self, profile: &str, metric: &str, period: Period, scope: &Scope) -> &[Fact] {
        let is_of = |key: &FactKey| (key.period, &key.scope).cmp(&(period, scope));
        equal(self.of_metric(profile, metric), is_of)
    }
}

/// The run of facts that compare equal, by binary search.
fn equal(facts: &[Fact], compare: impl Fn(&FactKey) -> Ordering) -> &[Fact] {
    let start = facts.partition_point(|fact| compare(&fact.key).is_lt());
    let length = facts[start..].partition_point(|fact| compare(&fact.key).is_eq());
    &facts[start..start + length]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(period: Period, unit: Unit, value: Option<f64>, note: &str) -> Fact {
        Fact {
            key: FactKey {
                profile: "p".into(),
                metric: "m".into(),
                period,
                scope: Scope::Group,
                dimension: None,
                dimension2: None,
            },
            clause: "".into(),
            numerator: None,
            denominator: None,
            value,
            unit,
            target: "".into(),
            verdict: Verdict::None,
            interval: None,
            excluded: 0,
            note: note.into(),
        }
    }

    /// The difference and its note against the period before, and against a year ago.
    fn moved(
        unit: Unit,
        facts: &[(Period, Option<f64>, &str)],
        period: Period,
    ) -> [Option<(Option<f64>, &'static str)>; 2] {
        let facts = facts.iter().map(|(period, value, note)| fact(*period, unit, *value, note)).collect();
        let table = FactTable::new(facts, BTreeMap::new());
        let Some(now) = table.get("p", "m", period, &Scope::Group) else { return [None, None] };
        let compared = table.compared(now);
        [compared.before, compared.year_ago].map(|earlier| earlier.map(|earlier| (earlier.difference, earlier.note)))
    }

    #[test]
    fn each_length_of_period_is_compared_with_the_one_before_and_a_year_ago() {
        for (now, before, year_ago) in [
            (Period::Month(2025, 1), Period::Month(2024, 12), Period::Month(2024, 1)),
            (Period::Quarter(2025, 1), Period::Quarter(2024, 4), Period::Quarter(2024, 1)),
            (Period::Half(2025, 2), Period::Half(2025, 1), Period::Half(2024, 2)),
        ] {
            let facts = [(now, Some(9.0), ""), (before, Some(4.0), ""), (year_ago, Some(10.0), "")];
            assert_eq!(moved(Unit::Count, &facts, now), [Some((Some(5.0), "")), Some((Some(-1.0), ""))], "{now}");
        }
        let (now, before) = (Period::Year(2025), Period::Year(2024));
        let facts = [(now, Some(9.0), ""), (before, Some(4.0), "")];
        assert_eq!(moved(Unit::Count, &facts, now), [Some((Some(5.0), "")); 2]);
    }

    #[test]
    fn what_an_unfinished_period_gathered_is_not_compared_and_a_rate_bears_the_mark() {
        let (now, before) = (Period::Month(2025, 2), Period::Month(2025, 1));
        let facts = [(now, Some(0.5), "plain_week unfinished"), (before, Some(0.25), "")];
        assert_eq!(moved(Unit::Count, &facts, now), [Some((None, UNFINISHED)), None]);
        assert_eq!(moved(Unit::Ratio, &facts, now), [Some((Some(0.25), UNFINISHED)), None]);
        let facts = [(now, Some(0.5), ""), (before, None, "")];
        assert_eq!(moved(Unit::Ratio, &facts, now), [None, None], "an earlier period without a value");
    }
}
