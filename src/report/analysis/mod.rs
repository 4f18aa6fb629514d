//! The analysis of cases: what a page of complaints or of repairs says, and in what order.
//!
//! Verdict, what changed, what drives it (causes, places, times), what is late or open, what was promised and kept, what to do; then
//! the tables of detail. The two kinds of case differ in data only ([`CaseKind`]). Sentences are built from facts; where a number is
//! small, a period is not over or a change is no more than chance, they say so.

mod causes;
mod changes;
mod detail;
mod kept;
mod leaders;
mod places;
mod standing;
#[cfg(test)]
mod tests;
mod times;
mod todo;
mod verdict;
pub(crate) mod versus;

use super::lens::Lens;
use super::parts::breakdown::Cases;
use super::parts::deadlines;
use super::parts::notes::{Notes, notes};
use super::view::Section;
use super::{PageTask, ReportInput};
use crate::metrics::fact::{Fact, Scope};
use crate::moment::Period;
use crate::profile::schema::{Duty, Every, Subject};

/// A kind of case: all that its pages differ in.
#[derive(Debug)]
pub(crate) struct CaseKind {
    /// Subject of the profiles.
    pub(crate) subject: Subject,
    /// First part of its metrics: `complaint` or `repair`.
    pub(crate) name: &'static str,
    /// Name of its pages' file.
    pub(crate) file: &'static str,
    /// Endings of the metrics that stand among the key figures before the headline rate.
    figures: &'static [&'static str],
    /// Endings of the metrics that stand with what is open, where there are such facts.
    further: &'static [&'static str],
    /// Endings of the shares that are compared with earlier periods, besides the headline rate.
    shares: &'static [&'static str],
}

/// Complaints.
pub(crate) const COMPLAINTS: CaseKind = CaseKind {
    subject: Subject::Complaint,
    name: "complaint",
    file: "complaint-analysis.html",
    figures: &["received", "valid", "valid_share", "resolved_share"],
    further: &["repeat_share", "major", "per_1000_households", "compensation"],
    shares: &["valid_share", "resolved_share", "repeat_share"],
};

/// Repairs.
pub(crate) const REPAIRS: CaseKind = CaseKind {
    subject: Subject::Repair,
    name: "repair",
    file: "repair-analysis.html",
    figures: &["received", "resolved_share"],
    further: &["repeat_share", "in_warranty_share", "per_1000_households"],
    shares: &["resolved_share", "repeat_share"],
};

/// One analysis: what it looks at, and the deadline whose rate stands in its headline.
pub(crate) struct Analysis<'a> {
    lens: Lens<'a>,
    kind: &'static CaseKind,
    /// Metric of the headline rate; empty where the profile has no deadline.
    rate: String,
    rate_title: String,
    /// Path of the page below the output folder.
    path: &'a str,
}

impl<'a> Analysis<'a> {
    /// The analysis of a page; none where no profile rules such cases.
    pub(crate) fn of(input: &'a ReportInput<'a>, task: &'a PageTask, kind: &'static CaseKind) -> Option<Self> {
        let lens = Lens::on(input, kind.subject, task.period?, &task.scope)?;
        let deadline = deadlines::headline(&lens, kind.subject, kind.name);
        let title = |name: &str| lens.words.say("figure.on_time", &[("deadline", name)]);
        Some(Self {
            lens,
            kind,
            rate: deadline.map(|of| format!("{}.{}.on_time", kind.name, of.id)).unwrap_or_default(),
            rate_title: deadline.map(|of| title(of.title.in_language(lens.words.language))).unwrap_or_default(),
            path: &task.path,
        })
    }

    /// The sections, in their order; those with nothing to say are left out.
    pub(crate) fn sections(&self) -> Vec<Section> {
        let sections = [
            Some(changes::section(self)),
            Some(causes::section(self)),
            places::section(self),
            times::section(self),
            Some(standing::section(self)),
            kept::section(self),
            Some(todo::section(self)),
            Some(detail::deadlines(self)),
            detail::breakdowns(self),
            detail::callbacks(self),
        ];
        sections.into_iter().flatten().collect()
    }

    /// What the period comes to, in one sentence, and how it stands to the target.
    pub(crate) fn verdict(&self) -> (String, &'static str) {
        (verdict::sentence(self), super::lens::state(self.lens.fact(&self.rate)))
    }

    /// The common notes, what the headline rate leaves out and why, and the clause that asks for the page.
    pub(crate) fn notes(&self, task: &PageTask) -> Notes {
        let words = self.lens.words;
        let labels: Vec<(String, Option<&Fact>)> = self
            .kind
            .shares
            .iter()
            .map(|ending| (words.say(&format!("figure.{ending}"), &[]), self.fact(ending)))
            .chain([(self.rate_title.clone(), self.lens.fact(&self.rate))])
            .collect();
        let rates: Vec<(&str, Option<&Fact>)> = labels.iter().map(|(label, fact)| (label.as_str(), *fact)).collect();
        let mut notes = notes(&self.lens, task, &self.metric("received"), &rates);
        let excluded = self.lens.exclusions(&self.rate, "amount.case");
        if !excluded.is_empty() {
            let fill = [("name", self.rate_title.as_str()), ("reasons", &excluded)];
            notes.items.push(words.say("notes.excluded", &fill));
            notes.items.push(words.say("notes.excluded_cases", &[]));
        }
        notes.items.push(words.say("notes.chance", &[]));
        if let Some((profile, duty)) = self.asked_for() {
            let fill = [
                ("profile", profile.title.in_language(words.language)),
                ("clause", &duty.clause),
                ("duty", duty.title.in_language(words.language)),
            ];
            notes.items.push(words.say("notes.asked_for", &fill));
        }
        notes
    }

    /// The duty that this page fulfils: by convention one whose id ends in `analysis`, owed for periods of this length, in a procedure
    /// that rules such cases.
    fn asked_for(&self) -> Option<(&'a crate::profile::schema::Profile, &'a Duty)> {
        let every = match self.lens.period {
            Period::Month(..) => Every::Month,
            Period::Quarter(..) => Every::Quarter,
            Period::Half(..) => Every::Half,
            Period::Year(_) => Every::Year,
        };
        let profiles = std::iter::once(self.lens.profile).chain(&self.lens.input.profiles.all);
        profiles
            .filter(|profile| profile.subjects.contains(&self.kind.subject))
            .flat_map(|profile| profile.duties.iter().map(move |duty| (profile, duty)))
            .find(|(_, duty)| duty.every == Some(every) && duty.id.ends_with("analysis") && self.rules(duty))
    }

    /// Whether a duty is about such cases; one that names no kind of case is about complaints.
    fn rules(&self, duty: &Duty) -> bool {
        let named = duty.of.or(duty.only_with);
        named.map_or(self.bears_all(), |subject| subject == self.kind.subject)
    }

    /// Whether the page bears what is of no kind of case, such as promises: that of complaints does, or the one that stands alone.
    fn bears_all(&self) -> bool {
        self.kind.subject == Subject::Complaint || {
            let complaints = Lens::on(self.lens.input, Subject::Complaint, self.lens.period, self.lens.scope);
            complaints.is_none_or(|lens| lens.fact("complaint.received").is_none())
        }
    }

    fn cases(&self) -> Cases<'_> {
        Cases { name: self.kind.name, subject: self.kind.subject, rate: &self.rate, rate_title: &self.rate_title }
    }

    fn metric(&self, ending: &str) -> String {
        format!("{}.{ending}", self.kind.name)
    }

    fn fact(&self, ending: &str) -> Option<&'a Fact> {
        self.lens.fact(&self.metric(ending))
    }

    fn value(&self, ending: &str) -> Option<f64> {
        self.fact(ending).and_then(|fact| fact.value)
    }

    /// `12件投诉`.
    fn amount(&self, n: f64) -> String {
        self.lens.words.number(&self.cases().amount(), n, &[])
    }

    /// `投诉`.
    fn case(&self) -> String {
        self.lens.words.say(&format!("case.{}", self.kind.name), &[])
    }

    /// A section with the wording of `section.<id>`.
    fn titled(&self, id: &str) -> Section {
        Section::new(id, self.lens.words.say(&format!("section.{id}"), &[]))
    }

    /// Whether there is anything to analyse.
    fn has_cases(&self) -> bool {
        self.value("received").is_some_and(|n| n >= 1.0)
    }

    fn is_group(&self) -> bool {
        *self.lens.scope == Scope::Group
    }
}
