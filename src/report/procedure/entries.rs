//! The entries of a procedure in words, as tables: what it rules, by which clause, and how.

use super::{bound, clock, limits, rule, step};
use crate::profile::given::{Kind, given};
use crate::profile::schema::{
    Assignment, CallbackRule, Deadline, Duty, Every, IssueBase, OwedBy, Profile, Rule, Scale, Subject, Target,
    VisitQuota, WarrantyTerm, Where,
};
use crate::report::view::{Cell, Table};
use crate::report::words::Words;
use crate::report::{ReportInput, format, naming};
use crate::step::RoundStep;

/// A row: what the entry is called, its clause, and what it says.
type Entry = (String, String, String);

/// The tables of a profile, those that have rows.
pub(crate) fn tables(input: &ReportInput<'_>, profile: &Profile) -> Vec<Table> {
    let teller = Teller { words: input.words, profile };
    let kinds: [(&str, Vec<Entry>); 10] = [
        ("classes", teller.classes()),
        ("majors", teller.majors()),
        ("deadlines", profile.deadlines.iter().map(|deadline| teller.deadline(deadline)).collect()),
        ("callbacks", profile.callback.iter().map(|rule| teller.callback(rule)).collect()),
        ("surveys", teller.survey()),
        ("duties", profile.duties.iter().map(|duty| teller.duty(duty)).collect()),
        ("targets", profile.targets.iter().map(|target| teller.target(input, target)).collect()),
        ("assignments", profile.assignments.iter().map(|one| teller.assignment(one)).collect()),
        ("customers", teller.customers()),
        ("further", teller.further(input)),
    ];
    let filled = kinds.into_iter().filter(|(_, entries)| !entries.is_empty());
    filled.map(|(kind, entries)| teller.table(kind, entries)).collect()
}

struct Teller<'a> {
    words: &'a Words,
    profile: &'a Profile,
}

impl Teller<'_> {
    fn table(&self, kind: &str, entries: Vec<Entry>) -> Table {
        let words = self.words;
        let id = format!("{}-{kind}", crate::report::pages::methods::anchor(&self.profile.name));
        let mut table = Table::new(words, &id, words.say(&format!("method_table.{kind}"), &[]))
            .words(words.say("method.entry", &[]))
            .words(words.say("method.clause", &[]))
            .words(words.say("method.says", &[]));
        for (name, clause, text) in entries {
            table.row(vec![Cell::text(name), Cell::text(clause), Cell::text(text)]);
        }
        table
    }

    fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }

    fn title(&self, title: &crate::profile::schema::Text) -> String {
        title.in_language(self.words.language).to_owned()
    }

    /// Parts of what an entry says, those that say something.
    fn joined(&self, parts: impl IntoIterator<Item = String>) -> String {
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(&self.say("join.semicolon"))
    }

    /// A condition; `otherwise` where it asks for nothing.
    fn when(&self, of: &Rule, otherwise: &str) -> String {
        let text = rule(self.words, self.profile, of);
        if text.is_empty() { self.say(otherwise) } else { text }
    }

    fn named(&self, key: &str, names: &[String]) -> String {
        if names.is_empty() { String::new() } else { self.words.say(key, &[("names", &self.words.list(names))]) }
    }

    fn subjects(&self, subjects: &[Subject]) -> String {
        let names: Vec<String> = subjects.iter().map(|subject| naming::subject(self.words, *subject)).collect();
        self.named("method.only_subjects", &names)
    }

    fn classes(&self) -> Vec<Entry> {
        let of = |class: &crate::profile::schema::Class| {
            let valid = if class.valid { String::new() } else { self.say("method.class_not_valid") };
            let text =
                self.joined([self.when(&class.when, "method.class_rest"), self.subjects(&class.subjects), valid]);
            (self.title(&class.title), class.clause.clone(), text)
        };
        self.profile.classes.iter().map(of).collect()
    }

    fn majors(&self) -> Vec<Entry> {
        let of = |major: &crate::profile::schema::Major| {
            let text = self.joined([
                self.when(&major.when, "method.always"),
                self.subjects(&major.subjects),
                self.named("method.reviewed_by", &major.to),
            ]);
            (self.title(&major.title), major.clause.clone(), text)
        };
        self.profile.majors.iter().map(of).collect()
    }

    fn deadline(&self, deadline: &Deadline) -> Entry {
        let words = self.words;
        let at = |key: &str, of: Option<crate::step::Step>| {
            of.map(|of| words.say(key, &[("step", &step(words, of))])).unwrap_or_default()
        };
        let unless = deadline.unless.as_ref().map(|unless| {
            let (to, within) = (step(words, unless.to), format::limit(words, unless.within));
            words.say("method.unless", &[("step", &to), ("limit", &within)])
        });
        let limit = match (deadline.has_limit(), deadline.by) {
            (true, None) => limits(words, self.profile, deadline),
            (true, Some(_)) | (false, _) if deadline.when.is_empty() => String::new(),
            _ => words.say("method.only_when", &[("when", &rule(words, self.profile, &deadline.when))]),
        };
        let text = self.joined([
            words.say("method.of_subject", &[("subject", &naming::subject(words, deadline.subject))]),
            clock(words, deadline),
            at("method.or_else", deadline.or_else),
            limit,
            at("method.by", deadline.by),
            at("method.replaced_by", deadline.replaced_by),
            at("method.shortened_by", deadline.shortened_by),
            if deadline.stopped_by_pause { self.say("method.stopped_by_pause") } else { String::new() },
            unless.unwrap_or_default(),
            if deadline.owed { self.say("method.owed") } else { String::new() },
        ]);
        (self.title(&deadline.title), deadline.clause.clone(), text)
    }

    fn callback(&self, of: &CallbackRule) -> Entry {
        let words = self.words;
        let from = step(words, of.from);
        let within = match of.within {
            Some(limit) => {
                words.say("method.callback_within", &[("step", &from), ("limit", &format::limit(words, limit))])
            }
            None => self.say("method.callback_no_limit"),
        };
        let again = if of.until_satisfied { self.say("method.until_satisfied") } else { String::new() };
        let text = self.joined([self.when(&of.when, "method.callback_all"), within, again]);
        (self.say("method.callback"), of.clause.clone(), text)
    }

    fn survey(&self) -> Vec<Entry> {
        let words = self.words;
        let mut entries = Vec::new();
        if let Some(of) = &self.profile.survey {
            let base = match of.issue_base {
                IssueBase::Occupied => self.say("method.issue_occupied"),
                IssueBase::Households => self.say("method.issue_households"),
            };
            let text = self.joined([self.every(of.every), base, self.named("method.apart", &of.apart)]);
            entries.push((self.say("method.survey"), of.clause.clone(), text));
            if let Some(clause) = &of.even_clause {
                entries.push((self.say("method.even"), clause.clone(), self.say("method.even_says")));
            }
        }
        entries.extend(self.profile.scale.iter().map(|scale| self.scale(words, scale)));
        entries
    }

    fn scale(&self, words: &Words, scale: &Scale) -> Entry {
        let levels = |levels: &[crate::normalise::rating::Level]| -> Vec<String> {
            levels.iter().map(|level| words.code("level", level.code())).collect()
        };
        let scores = scale.scores.iter().map(|score| {
            let (highest, from) = (score.highest.to_string(), format::count(score.satisfied_from));
            words.say("method.score", &[("highest", &highest), ("from", &from)])
        });
        let named = [
            self.named("method.satisfied", &levels(&scale.satisfied)),
            self.named("method.dissatisfied", &levels(&scale.dissatisfied)),
        ];
        (self.say("method.scale"), scale.clause.clone(), self.joined(named.into_iter().chain(scores)))
    }

    fn every(&self, every: Every) -> String {
        self.say(match every {
            Every::WorkingDay => "method_every.working_day",
            Every::Day => "method_every.day",
            Every::Week => "method_every.week",
            Every::HalfMonth => "method_every.half_month",
            Every::Month => "method_every.month",
            Every::Quarter => "method_every.quarter",
            Every::Half => "method_every.half",
            Every::Year => "method_every.year",
        })
    }

    fn duty(&self, duty: &Duty) -> Entry {
        let words = self.words;
        let of_round = duty.of_round().map(|(from, to, within)| {
            let (from, to) = (round_step(words, from), round_step(words, to));
            words.say("method.duty_round", &[("from", &from), ("to", &to), ("limit", &format::limit(words, within))])
        });
        let day = duty.by_day.map(|day| {
            let key = if duty.within_period { "method.by_day_within" } else { "method.by_day" };
            words.say(key, &[("day", &day.to_string())])
        });
        let time = duty.by_time.as_ref().map(|time| words.say("method.by_time", &[("time", time)]));
        let with =
            duty.only_with.map(|with| words.say("method.only_with", &[("subject", &naming::subject(words, with))]));
        let owner = self.say(match duty.owed_by {
            OwedBy::Community => "method.owed_by_community",
            OwedBy::Department => "method.owed_by_department",
            OwedBy::Group => "method.owed_by_group",
        });
        let text = self.joined(
            [of_round, duty.every.map(|every| self.every(every)), day, time, with, Some(owner)]
                .into_iter()
                .flatten()
                .chain([self.named("method.by_method", &duty.method)]),
        );
        (self.title(&duty.title), duty.clause.clone(), text)
    }

    fn target(&self, input: &ReportInput<'_>, target: &Target) -> Entry {
        let words = self.words;
        let is_share = given(self.profile).get(&target.metric).is_none_or(|kind| matches!(kind, Kind::Share));
        let at = if is_share { format::target(words, &target.at.to_string()) } else { bound(words, &target.at) };
        let name = naming::metric(input, &self.profile.name, &target.metric);
        (name, target.clause.clone(), self.joined([at, self.place(&target.when)]))
    }

    /// Where and when a target holds.
    fn place(&self, of: &Where) -> String {
        let words = self.words;
        let number = |key: &str, n: Option<f64>| n.map(|n| words.number(key, n, &[])).unwrap_or_default();
        self.joined([
            number("method.households_at_most", of.households_at_most.map(f64::from)),
            number("method.households_above", of.households_above.map(f64::from)),
            number("method.years_below", of.years_below.map(f64::from)),
            number("method.years_at_least", of.years_at_least.map(f64::from)),
            of.period.map(|every| self.every(every)).unwrap_or_default(),
            self.named("method.items_with", &of.item),
        ])
    }

    fn assignment(&self, one: &Assignment) -> Entry {
        let words = self.words;
        let kind = words.code("metric_of", one.kind.word());
        let title = self.title(&one.title);
        let name = words.say("metric_of.assigned", &[("kind", &kind), ("title", &title)]);
        let subject = words.say("method.of_subject", &[("subject", &naming::subject(words, one.subject))]);
        let text = self.joined([subject, self.when(&one.when, "method.rest"), self.named("method.to", &one.to)]);
        (name, one.clause.clone(), text)
    }

    fn customers(&self) -> Vec<Entry> {
        let words = self.words;
        let grades = self.profile.grades.iter().map(|grade| {
            let volume = grade.volume.map(|volume| words.say("method.volume", &[("bound", &bound(words, &volume))]));
            (self.title(&grade.title), grade.clause.clone(), volume.unwrap_or_else(|| self.say("method.as_written")))
        });
        grades.chain(self.profile.visits.iter().map(|quota| self.visit(quota))).collect()
    }

    fn visit(&self, quota: &VisitQuota) -> Entry {
        let words = self.words;
        let remote = quota.remote.map(|remote| self.say(if remote { "method.remote" } else { "method.near" }));
        let times = words.number("method.visits", f64::from(quota.at_least), &[("every", &self.every(quota.every))]);
        let text = self.joined([
            times,
            self.named("rule.grade", &quota.grade),
            remote.unwrap_or_default(),
            self.named("method.by_method", &quota.method),
            self.named("method.not_method", &quota.not_method),
            self.named("method.made_by", &quota.by),
        ]);
        (self.title(&quota.title), quota.clause.clone(), text)
    }

    /// What stands once in a profile.
    fn further(&self, input: &ReportInput<'_>) -> Vec<Entry> {
        let (words, profile) = (self.words, self.profile);
        let mut entries = Vec::new();
        let mut add = |key: &str, clause: &str, text: String| entries.push((self.say(key), clause.to_owned(), text));
        if let Some(repeat) = &profile.repeat {
            let text = words.number("method.repeat_says", f64::from(repeat.within_days), &[]);
            add("method.repeat", &repeat.clause, text);
        }
        if let Some(follow) = &profile.follow_up {
            let text = words.number("method.follow_up_says", f64::from(follow.again_within_days), &[]);
            add("method.follow_up", &follow.clause, text);
        }
        for window in &profile.windows {
            let fill = [("from", window.from_day.to_string()), ("to", window.to_day.to_string())];
            let fill = fill.each_ref().map(|(key, value)| (*key, value.as_str()));
            let text = words.say("method.window_says", &fill);
            add("method.window", &window.clause, self.joined([self.title(&window.title), text]));
        }
        if let Some(numbering) = &profile.numbering {
            let text = words.say("method.numbering_says", &[("pattern", &numbering.pattern)]);
            add("method.numbering", &numbering.clause, text);
        }
        if let Some(keep) = &profile.retention {
            let fill = [("step", step(words, keep.after)), ("limit", format::limit(words, keep.keep))];
            let fill = fill.each_ref().map(|(key, value)| (*key, value.as_str()));
            add("method.retention", &keep.clause, words.say("method.retention_says", &fill));
        }
        if let Some(warranty) = &profile.warranty {
            let not = rule(words, profile, &warranty.not);
            let not = if not.is_empty() { not } else { words.say("method.warranty_not", &[("when", &not)]) };
            add("method.warranty", &warranty.clause, self.joined([self.when(&warranty.when, "method.always"), not]));
            for term in &warranty.terms {
                entries.push((self.title(&term.title), term.clause.clone(), self.term(term)));
            }
        }
        for ratio in &profile.ratios {
            let name = |ids: &[String]| {
                let names: Vec<String> = ids.iter().map(|id| naming::metric(input, &profile.name, id)).collect();
                words.list(&names)
            };
            let (part, whole) = (name(&ratio.part), name(&ratio.whole));
            let text = if ratio.whole.is_empty() {
                words.say("method.pooled", &[("part", &part)])
            } else {
                words.say("method.quotient", &[("part", &part), ("whole", &whole)])
            };
            entries.push((self.title(&ratio.title), ratio.clause.clone(), text));
        }
        entries
    }

    fn term(&self, term: &WarrantyTerm) -> String {
        let words = self.words;
        let long = match (&term.within, &term.seasons) {
            (Some(within), _) => format::limit(words, *within),
            (None, Some(seasons)) => {
                let fill = [("from", seasons.from.as_str()), ("to", seasons.to.as_str())];
                words.number("method.seasons", f64::from(seasons.number), &fill)
            }
            (None, None) => self.say("method.design_life"),
        };
        let from = words.say("method.from", &[("step", &step(words, term.from))]);
        self.joined([self.named("rule.part", &term.words), from, long])
    }
}

fn round_step(words: &Words, of: RoundStep) -> String {
    words.say(
        match of {
            RoundStep::HandedOver => "method_round.handed_over",
            RoundStep::IssuedFrom => "method_round.issued_from",
            RoundStep::IssuedUntil => "method_round.issued_until",
            RoundStep::CollectedUntil => "method_round.collected_until",
            RoundStep::StatisticsDone => "method_round.statistics_done",
            RoundStep::OpenLetter => "method_round.open_letter",
            RoundStep::Submitted => "method_round.submitted",
            RoundStep::Published => "method_round.published",
        },
        &[],
    )
}
