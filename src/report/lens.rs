//! A lens on the facts: one profile, one period, one scope.

use super::ReportInput;
use super::format;
use super::words::Words;
use crate::metrics::fact::{Dimension, Fact, Scope, Unit, Verdict};
use crate::moment::Period;
use crate::profile::schema::{Deadline, Profile, Subject};
use crate::profile::target::Bound;
use crate::step::Step;

/// Below so many cases a rate moves by leaps; pages say so.
pub(crate) const SMALL: f64 = 30.0;

/// What a page looks at.
#[derive(Clone, Copy)]
pub(crate) struct Lens<'a> {
    pub(crate) input: &'a ReportInput<'a>,
    pub(crate) words: &'a Words,
    pub(crate) profile: &'a Profile,
    pub(crate) period: Period,
    pub(crate) scope: &'a Scope,
}

impl<'a> Lens<'a> {
    /// A lens on the profile that heads the subject in the scope; none where nothing rules the subject.
    pub(crate) fn on(input: &'a ReportInput<'a>, subject: Subject, period: Period, scope: &'a Scope) -> Option<Self> {
        let profile = head(input, subject, scope)?;
        Some(Self { input, words: input.words, profile, period, scope })
    }

    /// The same lens on another profile.
    pub(crate) fn profile(self, profile: &'a Profile) -> Self {
        Self { profile, ..self }
    }

    /// The same lens on another scope.
    pub(crate) fn scope(self, scope: &'a Scope) -> Self {
        Self { scope, ..self }
    }

    /// The same lens on another period.
    pub(crate) fn period(self, period: Period) -> Self {
        Self { period, ..self }
    }

    /// The fact of a metric without a breakdown.
    pub(crate) fn fact(&self, metric: &str) -> Option<&'a Fact> {
        self.input.facts.get(&self.profile.name, metric, self.period, self.scope)
    }

    /// Its value.
    pub(crate) fn value(&self, metric: &str) -> Option<f64> {
        self.fact(metric).and_then(|fact| fact.value)
    }

    /// The facts of a metric by one dimension, with its values.
    pub(crate) fn by(&self, metric: &str, dimension: Dimension) -> Vec<(&'a str, &'a Fact)> {
        self.input
            .facts
            .by(&self.profile.name, metric, self.period, self.scope, dimension)
            .into_iter()
            .filter(|fact| fact.key.dimension2.is_none())
            .filter_map(|fact| fact.key.dimension.as_ref().map(|(_, value)| (&**value, fact)))
            .collect()
    }

    /// The facts of a metric by two dimensions, with the values of both.
    pub(crate) fn by_two(
        &self,
        metric: &str,
        first: Dimension,
        second: Dimension,
    ) -> Vec<(&'a str, &'a str, &'a Fact)> {
        self.input
            .facts
            .by(&self.profile.name, metric, self.period, self.scope, first)
            .into_iter()
            .filter_map(|fact| match (&fact.key.dimension, &fact.key.dimension2) {
                (Some((_, one)), Some((dimension, two))) if *dimension == second => Some((&**one, &**two, fact)),
                _ => None,
            })
            .collect()
    }

    /// What was left out of a rate, by reason: `缺开始时间3件、尚未到期5件`; empty for nothing.
    pub(crate) fn exclusions(&self, metric: &str, amount_key: &str) -> String {
        let parts: Vec<String> = self
            .by(metric, Dimension::Excluded)
            .into_iter()
            .filter_map(|(reason, fact)| Some((reason, fact.value.filter(|n| *n > 0.0)?)))
            .map(|(reason, n)| {
                let reason = self.reason(metric, reason);
                let amount = self.words.number(amount_key, n, &[]);
                self.words.say("excluded_entry", &[("reason", &reason), ("amount", &amount)])
            })
            .collect();
        self.words.list(&parts)
    }

    /// Why something was left out; of a deadline, which moment is missing.
    fn reason(&self, metric: &str, reason: &str) -> String {
        let step = self.deadline_of(metric).and_then(|deadline| match reason {
            // Where the limit is set for the case alone, it is that which is missing: what has no beginning is no case.
            "no_start" => Some(deadline.by.unwrap_or(deadline.from)),
            "no_end" => deadline.to.first().copied(),
            _ => None,
        });
        match step {
            Some(step) => {
                let step = self.words.code("step", step.column());
                self.words.say("excluded_moment", &[("step", &step)])
            }
            None => self.words.reason(metric, reason),
        }
    }

    /// The deadline that a metric such as `complaint.response.on_time` is of.
    fn deadline_of(&self, metric: &str) -> Option<&'a Deadline> {
        let mut parts = metric.split('.');
        let subject = match parts.next()? {
            "complaint" => Subject::Complaint,
            "repair" => Subject::Repair,
            _ => return None,
        };
        let id = parts.next()?;
        self.profile.deadlines_of(subject).find(|deadline| deadline.id == id)
    }

    /// The lens under which cases can be overdue in being resolved: on the profile itself where it limits that time, else on
    /// the first further profile that does. A profile that limits the first answer only calls no case overdue that was
    /// answered and never resolved.
    pub(crate) fn on_resolution(self, subject: Subject, metric: &str) -> Self {
        let limits = |profile: &&Profile| {
            profile.deadlines_of(subject).any(|deadline| deadline.to.contains(&Step::Resolved))
                && self.profile(profile).fact(metric).is_some()
        };
        std::iter::once(self.profile)
            .chain(&self.input.profiles.all)
            .find(limits)
            .map_or(self, |profile| self.profile(profile))
    }

    /// Title of the profile.
    pub(crate) fn profile_title(&self) -> &'a str {
        self.profile.title.in_language(self.words.language)
    }

    /// Whether the period was not over at the as-of moment.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.input.as_of < self.period.end()
    }
}

/// The profile that heads a subject in a scope: in a community its own, where `[use.community]` gives it one.
pub(crate) fn head<'a>(input: &'a ReportInput<'_>, subject: Subject, scope: &Scope) -> Option<&'a Profile> {
    let community = if let Scope::Community(id) = scope { Some(&**id) } else { None };
    input.profiles.head_in(subject, community)
}

/// A fact's value as it stands on the page.
pub(crate) fn value_text(words: &Words, fact: Option<&Fact>) -> String {
    let Some((fact, value)) = fact.and_then(|fact| Some((fact, fact.value?))) else {
        return format::ABSENT.to_owned();
    };
    match fact.unit {
        Unit::Ratio => format::share(value, bound(fact).as_ref()),
        unit => amount_text(words, unit, value),
    }
}

/// An amount in a unit.
pub(crate) fn amount_text(words: &Words, unit: Unit, value: f64) -> String {
    match unit {
        Unit::Ratio => format::share(value, None),
        Unit::Minutes => format::duration(words, value),
        Unit::Days => words.number("limit.days", value, &[]),
        Unit::Yuan => words.number("amount.yuan", value, &[]),
        Unit::Score | Unit::Per1000 => format::score(value),
        Unit::Count => format::count(value),
    }
}

/// A fact's bound.
pub(crate) fn bound(fact: &Fact) -> Option<Bound> {
    fact.target.parse().ok()
}

/// `96/100`, where a fact has both.
pub(crate) fn fraction(fact: &Fact) -> String {
    match (fact.numerator, fact.denominator) {
        (Some(numerator), Some(denominator)) if fact.unit == Unit::Ratio && !is_mean_of_rates(fact) => {
            format!("{}/{}", format::count(numerator), format::count(denominator))
        }
        _ => String::new(),
    }
}

/// Name of a verdict's style.
pub(crate) fn state(fact: Option<&Fact>) -> &'static str {
    match fact.map(|fact| fact.verdict) {
        Some(Verdict::Met) => "met",
        Some(Verdict::Missed) => "missed",
        _ => "",
    }
}

/// A verdict in words; empty without a target.
pub(crate) fn verdict_text(words: &Words, fact: Option<&Fact>) -> String {
    match fact.map(|fact| fact.verdict) {
        Some(Verdict::Met) => words.say("verdict.met", &[]),
        Some(Verdict::Missed) => words.say("verdict.missed", &[]),
        Some(Verdict::NoData) => words.say("verdict.no_data", &[]),
        _ => String::new(),
    }
}

/// The overall rate of a survey is the mean of its item rates: numerator and denominator are their sum and number.
pub(crate) fn is_mean_of_rates(fact: &Fact) -> bool {
    &*fact.key.metric == "survey.overall_satisfied"
}

/// A rate on so few that it moves by leaps.
pub(crate) fn is_small(fact: &Fact) -> bool {
    fact.unit == Unit::Ratio && !is_mean_of_rates(fact) && fact.denominator.is_some_and(|n| n > 0.0 && n < SMALL)
}
