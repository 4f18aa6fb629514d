//! What a run of metrics over a frame is, and what all metrics share.

pub(super) mod facts;

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{DataFrame, Expr, PolarsResult};

use super::fact::{Dimension, Fact, FactKey, Scope, UNFINISHED, Unit, Verdict};
use super::groups::{evaluate, grouped};
use super::metric::{Measure, Metric};
use crate::clock::clocks::Clocks;
use crate::moment::{Period, Seconds, date_of, month_number};
use crate::normalise::label::fold;
use crate::profile::schema::{Every, Profile, Where};
use crate::records::assemble::{Names, Records};
use crate::records::columns as c;
use crate::records::directory::Directory;

/// What all metrics of a run share.
pub struct Setting<'a> {
    /// The clock of each community.
    pub clocks: &'a Clocks,
    /// The as-of moment.
    pub as_of: Seconds,
    /// Communities and departments.
    pub directory: &'a Directory,
    /// Names by code.
    pub names: &'a Names,
    /// All records, by which cases and callbacks are joined whichever of them are measured.
    pub records: &'a Records,
    /// Codes of the communities that the profile rules, where it does not rule all: the group is then these.
    pub ruled: Option<std::collections::BTreeSet<u32>>,
    /// Texts that stand in most facts, made once.
    pub labels: Labels,
}

/// Texts that stand in most facts.
#[derive(Debug, Clone)]
pub struct Labels {
    /// Nothing.
    pub empty: Arc<str>,
    /// `none`.
    pub none: Arc<str>,
    /// The note of an unfinished period.
    pub unfinished: Arc<str>,
    /// The note of a group or department of which the profile rules some communities only.
    pub partial: Arc<str>,
    /// Both notes.
    pub unfinished_partial: Arc<str>,
    /// Name of each profile in use.
    pub profiles: BTreeMap<String, Arc<str>>,
}

impl Labels {
    /// The labels for these profiles.
    #[must_use]
    pub fn of(profiles: &[Profile]) -> Self {
        Self {
            empty: "".into(),
            none: "none".into(),
            unfinished: UNFINISHED.into(),
            partial: "partial".into(),
            unfinished_partial: "unfinished partial".into(),
            profiles: profiles.iter().map(|profile| (profile.name.clone(), profile.name.as_str().into())).collect(),
        }
    }
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

    /// The notes of a fact, as codes separated by blanks.
    fn note(&self, period: Period, scope: &Scope) -> Arc<str> {
        let is_partial = self.ruled.is_some() && !matches!(scope, Scope::Community(_));
        let note = match (period.end() > self.as_of, is_partial) {
            (false, false) => &self.labels.empty,
            (true, false) => &self.labels.unfinished,
            (false, true) => &self.labels.partial,
            (true, true) => &self.labels.unfinished_partial,
        };
        note.clone()
    }

    /// A scope by its id.
    #[must_use]
    pub fn scope(&self, code: ScopeCode) -> Scope {
        let none = self.labels.none.clone();
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
            ScopeCode::Group => {
                let ruled = |code: u32| self.ruled.as_ref().is_none_or(|ruled| ruled.contains(&code));
                let communities = self.directory.communities.iter().zip(0..).filter(|(_, code)| ruled(*code));
                communities.map(|(place, _)| of(place)).sum()
            }
            ScopeCode::Community(code) => self.directory.communities.get(code as usize).and_then(of),
            ScopeCode::Department(_) => None,
        }
    }

    /// Whether a target's conditions hold for a fact. Only a community meets a condition on households or on the age of the
    /// community, only a fact about an item one on items; what nobody tells meets none.
    fn holds(&self, place: &Where, scope: ScopeCode, key: &FactKey) -> bool {
        if *place == Where::default() {
            return true;
        }
        let community = match scope {
            ScopeCode::Community(code) => self.directory.communities.get(code as usize),
            _ => None,
        };
        let households = community.and_then(|community| community.households);
        let years = community.and_then(|community| community.moved_in).map(|moved_in| {
            let (moved_in, end) = (date_of(moved_in), date_of(key.period.end() - 1));
            end.years_since(moved_in).unwrap_or(0)
        });
        place.households_at_most.is_none_or(|most| households.is_some_and(|households| households <= most))
            && place.households_above.is_none_or(|least| households.is_some_and(|households| households > least))
            && place.years_below.is_none_or(|below| years.is_some_and(|years| years < u32::from(below)))
            && place.years_at_least.is_none_or(|least| years.is_some_and(|years| years >= u32::from(least)))
            && place.period.is_none_or(|length| is_of_length(key.period, length))
            && (place.item.is_empty() || item_of(key).is_some_and(|item| said(&place.item, item)))
    }
}

/// Whether a period is a month, quarter, half year or year, as asked for.
fn is_of_length(period: Period, length: Every) -> bool {
    match length {
        Every::Month => matches!(period, Period::Month(..)),
        Every::Quarter => matches!(period, Period::Quarter(..)),
        Every::Half => matches!(period, Period::Half(..)),
        Every::Year => matches!(period, Period::Year(_)),
        Every::WorkingDay | Every::Day | Every::Week | Every::HalfMonth => false,
    }
}

/// The item of a survey that a fact is about.
fn item_of(key: &FactKey) -> Option<&str> {
    let mut dimensions = [&key.dimension, &key.dimension2].into_iter().flatten();
    dimensions.find(|(dimension, _)| *dimension == Dimension::Item).map(|(_, item)| &**item)
}

/// Whether a text contains one of the words; no words ask for nothing.
pub(super) fn said(words: &[String], text: &str) -> bool {
    words.is_empty() || {
        let text = fold(text);
        words.iter().any(|word| text.contains(&fold(word)))
    }
}

/// A breakdown: its column of codes and how a code is named.
pub struct DimensionColumn<'a> {
    pub(super) dimension: Dimension,
    pub(super) column: &'static str,
    pub(super) name: Box<dyn Fn(u32) -> Option<Arc<str>> + Sync + 'a>,
    pub(super) only: Only,
    pub(super) is_of_group: bool,
}

/// Of which periods, scopes and codes a breakdown is given.
pub type Only = fn(Period, ScopeCode, u32) -> bool;

impl<'a> DimensionColumn<'a> {
    /// A breakdown.
    pub fn new(dimension: Dimension, column: &'static str, name: impl Fn(u32) -> Option<Arc<str>> + Sync + 'a) -> Self {
        Self { dimension, column, name: Box::new(name), only: |_, _, _| true, is_of_group: false }
    }

    /// The same for some periods, scopes or codes only.
    #[must_use]
    pub fn only(self, only: Only) -> Self {
        Self { only, ..self }
    }

    /// The same for the group alone, and of it for some codes only.
    #[must_use]
    pub fn of_group(self, only: Only) -> Self {
        Self { only, is_of_group: true, ..self }
    }
}

/// Buildings of different communities bear the same numbers: they add up to nothing.
pub(super) fn of_communities(_: Period, scope: ScopeCode, _: u32) -> bool {
    scope != ScopeCode::Group
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
    /// Columns of the records from which a derived column is made.
    pub reads: Reads<'a>,
}

/// Columns of the records from which a derived column is made: what stands in cells.
pub type Reads<'a> = Box<dyn Fn(&str) -> Vec<&'static str> + Sync + 'a>;

impl Run<'_> {
    /// Whether rows tell a department.
    pub(super) fn has_departments(&self) -> bool {
        self.frame.column(c::DEPARTMENT).is_ok()
    }

    /// The periods to which a time rolls up, the longer ones as far as they had begun by the as-of moment: the month of a window
    /// that runs may lie ahead of it, the quarter around that month is nobody's yet.
    pub(super) fn periods(&self, time: i32) -> Vec<Period> {
        let own = if self.time == c::MONTH {
            Period::of_month_number(time)
        } else {
            crate::records::assemble::period_of_code(time)
        };
        let mut periods = own.with_containing();
        periods.retain(|period| *period == own || period.start() < self.setting.as_of);
        periods
    }
}

/// Sets target and verdict of a fact: the first target of its metric whose conditions hold for the scope.
pub fn judge(fact: &mut Fact, profile: &Profile, setting: &Setting<'_>, metric: &str, scope: ScopeCode) {
    let holds = |when: &Where| setting.holds(when, scope, &fact.key);
    let target = profile.targets.iter().find(|target| target.metric == metric && holds(&target.when));
    let Some(target) = target else { return };
    fact.target = target.at.to_string().into();
    fact.clause = target.clause.as_str().into();
    fact.verdict = match fact.value {
        Some(value) if target.at.is_met_by(value) => Verdict::Met,
        Some(_) => Verdict::Missed,
        None => Verdict::NoData,
    };
}

/// The expressions of a measure, in the order in which facts and explanations take them.
pub(super) fn parts(measure: &Measure) -> Vec<Expr> {
    let mut parts = match measure {
        Measure::Count { of, told, .. } | Measure::Amount { of, told, .. } => vec![of.clone(), told.clone()],
        Measure::PerHouseholds(of) => vec![of.clone()],
        Measure::Share { part, whole, .. } => vec![part.clone(), whole.clone()],
        Measure::Mean { sum, n, .. } => vec![sum.clone(), n.clone()],
        Measure::Quantile { .. } => Vec::new(),
    };
    parts.extend(excluded(measure).iter().map(|(_, rows)| rows.clone()));
    parts
}

/// How many expressions a measure has: asked of every group, for which they are not copied.
fn part_count(measure: &Measure) -> usize {
    let own = match measure {
        Measure::Count { .. } | Measure::Amount { .. } | Measure::Share { .. } | Measure::Mean { .. } => 2,
        Measure::PerHouseholds(_) => 1,
        Measure::Quantile { .. } => 0,
    };
    own + excluded(measure).len()
}

/// The reasons of exclusion of a measure, the last of its expressions.
pub(super) fn excluded(measure: &Measure) -> &[(&'static str, Expr)] {
    match measure {
        Measure::Count { excluded, .. }
        | Measure::Share { excluded, .. }
        | Measure::Mean { excluded, .. }
        | Measure::Quantile { excluded, .. } => excluded,
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
    let labels = &setting.labels;
    let note = setting.note(period, &scope);
    let name = labels.profiles.get(&profile.name).cloned().unwrap_or_else(|| profile.name.as_str().into());
    Fact {
        key: FactKey { profile: name, metric: metric.id.clone(), period, scope, dimension: None, dimension2: None },
        clause: metric.clause.clone().unwrap_or_else(|| labels.empty.clone()),
        numerator: None,
        denominator: None,
        value: None,
        unit: metric.unit,
        target: labels.empty.clone(),
        verdict: Verdict::None,
        interval: None,
        excluded: 0,
        note,
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
#[must_use]
pub fn excluded_fact(of: &Fact, reason: &str, count: i64) -> Fact {
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

/// Sums by time and scope without a breakdown.
///
/// # Errors
/// When a query fails.
pub fn sums_by_time(run: &Run<'_>, time: &str, exprs: Vec<Expr>) -> PolarsResult<BTreeMap<(i32, ScopeCode), Vec<i64>>> {
    let mut sums = BTreeMap::new();
    let evaluated = evaluate(run.frame, exprs)?;
    for ((time, community, department, _), values) in grouped(run, time, None, &evaluated.iter().collect::<Vec<_>>())? {
        if time == i32::MAX {
            continue;
        }
        for scope in [ScopeCode::Group, ScopeCode::Community(community), ScopeCode::Department(department)] {
            add(sums.entry((time, scope)).or_default(), &values);
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::metrics::schedule::tests::directory;

    #[test]
    fn a_target_holds_by_size_length_of_the_period_and_item() -> Result<(), String> {
        let clocks = Clocks::new(&Config::default()).map_err(|error| error.to_string())?;
        let records = Records::default();
        let (directory, names) = (directory(&Config::default(), &["翠湖花园"], &[Some(301)]), Names::default());
        let setting = Setting {
            clocks: &clocks,
            as_of: 0,
            directory: &directory,
            names: &names,
            records: &records,
            ruled: None,
            labels: Labels::of(&[]),
        };
        let key = |period: Period, item: Option<&str>| FactKey {
            profile: "p".into(),
            metric: "m".into(),
            period,
            scope: Scope::Group,
            dimension: item.map(|item| (Dimension::Item, item.into())),
            dimension2: None,
        };
        let half = key(Period::Half(2025, 1), None);
        let above = |most: u32| Where { households_above: Some(most), ..Where::default() };
        assert!(setting.holds(&above(300), ScopeCode::Community(0), &half));
        assert!(!setting.holds(&above(301), ScopeCode::Community(0), &half), "the number itself is not above it");
        assert!(!setting.holds(&above(300), ScopeCode::Group, &half), "the group is no community");
        let halves = Where { period: Some(Every::Half), ..Where::default() };
        assert!(setting.holds(&halves, ScopeCode::Group, &half));
        assert!(!setting.holds(&halves, ScopeCode::Group, &key(Period::Year(2025), None)));
        let items = Where { item: vec!["服务态度".to_owned()], ..Where::default() };
        assert!(setting.holds(&items, ScopeCode::Group, &key(Period::Year(2025), Some("物业服务態度"))));
        assert!(!setting.holds(&items, ScopeCode::Group, &key(Period::Year(2025), Some("绿化"))));
        assert!(!setting.holds(&items, ScopeCode::Group, &half));
        Ok(())
    }
}
