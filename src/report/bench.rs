//! A company of a few facts, for tests of sentences.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::PageTask;
use super::lens::Lens;
use super::pages::KINDS;
use super::sample::{Sample, World};
use crate::metrics::fact::{Dimension, Fact, FactKey, Scope, UNFINISHED, Unit, Verdict};
use crate::metrics::lists::Lists;
use crate::moment::{Period, Seconds};
use crate::problem::Language;
use crate::profile::schema::Subject;
use crate::profile::target::Bound;

/// June 2025, of which most sentences are.
pub(crate) const JUNE: Period = Period::Month(2025, 6);
/// The month before.
pub(crate) const MAY: Period = Period::Month(2025, 5);
/// The same month a year ago.
pub(crate) const LAST_JUNE: Period = Period::Month(2024, 6);

/// The procedure whose facts are made up.
const PROFILES: [(&str, &str); 3] =
    [("complaint", "complaint-classes"), ("repair", "service-center"), ("survey", "survey-procedure")];

/// Facts, and what a page of them is about.
pub(crate) struct Bench {
    facts: Vec<Fact>,
    names: BTreeMap<Scope, Arc<str>>,
    pub(crate) lists: Lists,
    pub(crate) period: Period,
    pub(crate) scope: Scope,
    pub(crate) as_of: Seconds,
    communities: Vec<(&'static str, &'static str)>,
    departments: Vec<(&'static str, &'static str)>,
}

impl Bench {
    /// A page of the whole company, as of the end of its period.
    pub(crate) fn of(period: Period) -> Self {
        Self {
            facts: Vec::new(),
            names: BTreeMap::new(),
            lists: Lists::default(),
            period,
            scope: Scope::Group,
            as_of: period.end(),
            communities: Vec::new(),
            departments: Vec::new(),
        }
    }

    /// A page of June 2025.
    pub(crate) fn june() -> Self {
        Self::of(JUNE)
    }

    pub(crate) fn up_to(self, as_of: Seconds) -> Self {
        Self { as_of, ..self }
    }

    /// The page of a community.
    pub(crate) fn in_community(self, id: &str) -> Self {
        Self { scope: Scope::Community(id.into()), ..self }
    }

    /// Names a community; the first has the code 0.
    pub(crate) fn community(mut self, id: &'static str, name: &'static str) -> Self {
        self.names.insert(Scope::Community(id.into()), name.into());
        self.communities.push((id, name));
        self
    }

    /// Names a department; the first has the code 0.
    pub(crate) fn department(mut self, id: &'static str, name: &'static str) -> Self {
        self.names.insert(Scope::Department(id.into()), name.into());
        self.departments.push((id, name));
        self
    }

    /// A count of the page's scope.
    pub(crate) fn count(self, period: Period, metric: &str, value: f64) -> Self {
        let scope = self.scope.clone();
        self.put(period, scope, metric, None, Unit::Count, (None, None, Some(value)), "")
    }

    /// Counts by the values of a dimension.
    pub(crate) fn by(mut self, period: Period, metric: &str, dimension: Dimension, counts: &[(&str, f64)]) -> Self {
        for (value, n) in counts {
            let scope = self.scope.clone();
            let numbers = (None, None, Some(*n));
            self = self.put(period, scope, metric, Some((dimension, value)), Unit::Count, numbers, "");
        }
        self
    }

    /// Counts by weekday and hour together.
    pub(crate) fn by_day_and_hour(mut self, period: Period, metric: &str, counts: &[(&str, &str, f64)]) -> Self {
        for (day, hour, n) in counts {
            self = self.by(period, metric, Dimension::Weekday, &[(*day, *n)]);
            if let Some(fact) = self.facts.last_mut() {
                fact.key.dimension2 = Some((Dimension::Hour, (*hour).into()));
            }
        }
        self
    }

    /// A count of another scope.
    pub(crate) fn count_of(self, scope: Scope, metric: &str, value: f64) -> Self {
        let period = self.period;
        self.put(period, scope, metric, None, Unit::Count, (None, None, Some(value)), "")
    }

    /// A share of the page's scope.
    pub(crate) fn share(self, period: Period, metric: &str, of: (f64, f64), target: &str) -> Self {
        let scope = self.scope.clone();
        self.share_of(period, scope, metric, of, target)
    }

    /// A share of another scope.
    pub(crate) fn share_of(self, period: Period, scope: Scope, metric: &str, of: (f64, f64), target: &str) -> Self {
        let value = (of.1 > 0.0).then(|| of.0 / of.1);
        self.put(period, scope, metric, None, Unit::Ratio, (Some(of.0), Some(of.1), value), target)
    }

    /// A share by an item of a survey.
    pub(crate) fn item(self, period: Period, item: &str, of: (f64, f64)) -> Self {
        let scope = self.scope.clone();
        let numbers = (Some(of.0), Some(of.1), Some(of.0 / of.1));
        self.put(period, scope, "survey.item_satisfied", Some((Dimension::Item, item)), Unit::Ratio, numbers, "")
    }

    /// The overall rate of a survey with its interval, of a scope.
    pub(crate) fn overall(mut self, period: Period, scope: Scope, (low, value, high): (f64, f64, f64)) -> Self {
        let numbers = (Some(value * 8.0), Some(8.0), Some(value));
        self = self.put(period, scope, "survey.overall_satisfied", None, Unit::Ratio, numbers, ">=0.96");
        if let Some(fact) = self.facts.last_mut() {
            fact.interval = Some((low, high));
        }
        self
    }

    /// Cases per 1,000 households of a community.
    pub(crate) fn density(self, scope: Scope, metric: &str, (cases, households): (f64, f64)) -> Self {
        let period = self.period;
        let numbers = (Some(cases), Some(households), Some(cases / households * 1_000.0));
        self.put(period, scope, metric, None, Unit::Per1000, numbers, "")
    }

    #[allow(clippy::too_many_arguments, reason = "what a fact is made of")]
    fn put(
        mut self,
        period: Period,
        scope: Scope,
        metric: &str,
        dimension: Option<(Dimension, &str)>,
        unit: Unit,
        (numerator, denominator, value): (Option<f64>, Option<f64>, Option<f64>),
        target: &str,
    ) -> Self {
        let head = metric.split('.').next().unwrap_or_default();
        let profile =
            PROFILES.iter().find(|(subject, _)| *subject == head).map_or("survey-procedure", |(_, name)| name);
        let verdict = match (target.parse::<Bound>(), value) {
            (Ok(bound), Some(value)) if bound.is_met_by(value) => Verdict::Met,
            (Ok(_), Some(_)) => Verdict::Missed,
            (Ok(_), None) => Verdict::NoData,
            (Err(_), _) => Verdict::None,
        };
        self.facts.push(Fact {
            key: FactKey {
                profile: profile.into(),
                metric: metric.into(),
                period,
                scope,
                dimension: dimension.map(|(dimension, value)| (dimension, value.into())),
                dimension2: None,
            },
            clause: "4.3.2".into(),
            numerator,
            denominator,
            value,
            unit,
            target: target.into(),
            verdict,
            interval: None,
            excluded: 0,
            note: if period.end() > self.as_of { UNFINISHED.into() } else { "".into() },
        });
        self
    }

    /// A fact of another profile than the one that heads the subject.
    pub(crate) fn under(mut self, profile: &str) -> Self {
        if let Some(fact) = self.facts.last_mut() {
            fact.key.profile = profile.into();
        }
        self
    }

    /// The company; the lists go with it.
    fn world(&self) -> World {
        let world = Sample::default().world();
        world
            .with_facts(self.facts.clone(), self.names.clone(), self.as_of)
            .with_names(&self.communities, &self.departments)
    }

    /// What something says about the company in a language.
    pub(crate) fn with<R>(
        &mut self,
        language: Language,
        ask: impl FnOnce(&super::ReportInput<'_>, &PageTask) -> R,
    ) -> R {
        let mut world = self.world();
        world.lists = std::mem::take(&mut self.lists);
        let task = PageTask {
            path: format!("{}/page.html", self.period),
            period: Some(self.period),
            scope: self.scope.clone(),
            kind: KINDS[0],
        };
        let said = ask(&world.input(language), &task);
        self.lists = world.lists;
        said
    }

    /// The same with a lens on the survey.
    pub(crate) fn with_round<R>(&mut self, language: Language, ask: impl FnOnce(&Lens<'_>) -> R) -> Option<R> {
        self.with(language, |input, task| {
            Lens::on(input, Subject::Survey, task.period?, &task.scope).map(|lens| ask(&lens))
        })
    }
}
