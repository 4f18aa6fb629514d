//! The notice for the board: one community, or all together, and one round, on one sheet. No names, no free text, and only what
//! the round's disclosure control lets be printed.

use super::super::lens::{Lens, bound};
use super::super::parts::sheet::{self, Sheet, SheetRow};
use super::super::view::{Composed, frame, model, scope_name};
use super::super::wall::disclosure::Round;
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, path_of, survey_rounds};
use crate::metrics::fact::{Dimension, Fact, Scope, Verdict};
use crate::moment::Period;
use crate::profile::schema::Subject;

/// Name of the page's file.
pub(crate) const FILE: &str = "survey-notice.html";

/// Items named as the first to mend.
const NAMED: usize = 2;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: true, plan, compose };

fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    survey_rounds(input)
        .into_iter()
        .filter(|(_, scope)| scope.id() != "none")
        .map(|(period, scope)| Place { path: path_of("public/", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Year(0));
    let round = input.wall.round(input, period);
    let lens = Lens::on(input, Subject::Survey, period, &task.scope);
    lens.zip(round).map(|(lens, round)| model(&page(&lens, round, task))).unwrap_or_default()
}

fn page(lens: &Lens<'_>, round: &Round, task: &PageTask) -> Sheet {
    let words = lens.words;
    let say = |key| words.say(key, &[]);
    let scope = if *lens.scope == Scope::Group { say("notice.all") } else { scope_name(lens.input, lens.scope) };
    let period = format::period(words, lens.period);
    let printed = Printed::of(lens, round);
    let mut frame = frame(lens.input, task, say("notice.title"), &sheet::place(words, &scope, &period));
    // A sheet on a wall has no way back.
    frame.crumbs.clear();
    let shown = printed.overall;
    let sheet = Sheet {
        frame,
        organisation: lens.input.organisation.to_owned(),
        headline: say("notice.headline"),
        place: sheet::place(words, &scope, &period),
        figure: shown
            .and_then(|fact| fact.value.map(|value| format::share(value, bound(fact).as_ref())))
            .unwrap_or_default(),
        figure_label: say(if shown.is_some() { "survey.overall_satisfied_label" } else { "notice.overall_withheld" }),
        figure_sentence: shown.map(|fact| against_target(lens, fact)).unwrap_or_default(),
        said: vec![printed.said(lens)],
        rows_title: say("notice.items_title"),
        row_heading: say("notice.item"),
        value_heading: say("notice.rate"),
        rows: printed
            .items
            .iter()
            .filter_map(|(item, fact)| Some((item, fact, fact.value?)))
            .map(|(item, fact, value)| SheetRow::new(item, value, format::share(value, bound(fact).as_ref())))
            .collect(),
        label_width: String::new(),
        more: String::new(),
        notes: [printed.is_short.then(|| say("notice.withheld")), Some(printed.next(lens))]
            .into_iter()
            .flatten()
            .collect(),
        questions: sheet::questions(words),
        signature: sheet::signature(words),
    };
    sheet.fitted(words, "notice.more")
}

/// What of a round may be printed in one scope.
pub(crate) struct Printed<'a> {
    /// The items whose rows are printed, the lowest rate first.
    pub(crate) items: Vec<(&'a str, &'a Fact)>,
    /// The overall rate.
    pub(crate) overall: Option<&'a Fact>,
    /// Forms returned.
    pub(crate) returned: Option<f64>,
    /// Whether something is withheld.
    pub(crate) is_short: bool,
}

impl<'a> Printed<'a> {
    /// As the round's disclosure control decides.
    pub(crate) fn of(lens: &Lens<'a>, round: &Round) -> Self {
        let answered = |fact: &Fact| fact.denominator.is_some_and(|n| n > 0.0);
        let all = lens.by("survey.item_satisfied", Dimension::Item);
        let mut items: Vec<(&str, &Fact)> =
            all.into_iter().filter(|(item, fact)| answered(fact) && round.row(lens.scope, item)).collect();
        items.sort_by(|a, b| a.1.value.unwrap_or(2.0).total_cmp(&b.1.value.unwrap_or(2.0)));
        let returned = lens.value("survey.returned").or_else(|| lens.value("survey.valid_forms"));
        Self {
            items,
            overall: lens.fact("survey.overall_satisfied").filter(|_| round.overall(lens.scope)),
            returned: returned.filter(|_| round.returned(lens.scope)),
            is_short: !round.overall(lens.scope) || !round.returned(lens.scope),
        }
    }

    /// Items that do not reach the target of the overall rate, the lowest first.
    pub(crate) fn below(&self, lens: &Lens<'_>) -> Vec<(&'a str, &'a Fact)> {
        let goal = lens.fact("survey.overall_satisfied").and_then(bound);
        let is_below = |fact: &Fact| fact.value.zip(goal).is_some_and(|(value, goal)| !goal.is_met_by(value));
        self.items.iter().filter(|(_, fact)| is_below(fact)).copied().collect()
    }

    /// How many forms went out and came back, and how many answers an item has.
    fn said(&self, lens: &Lens<'_>) -> String {
        let words = lens.words;
        let answers = || self.items.iter().filter_map(|(_, fact)| fact.denominator);
        let (least, most) = (answers().fold(f64::INFINITY, f64::min), answers().fold(0.0, f64::max));
        let answers = (most > 0.0).then(|| {
            if least < most {
                words.number("notice.answers_range", most, &[("least", &format::count(least))])
            } else {
                words.number("notice.answers", most, &[])
            }
        });
        let as_of = lens.is_unfinished().then(|| sheet::as_of(words, lens.input.as_of));
        let clauses: Vec<String> = self.forms(lens).into_iter().chain(answers).chain(as_of).collect();
        if clauses.is_empty() { String::new() } else { words.sentence(&clauses) }
    }

    fn forms(&self, lens: &Lens<'_>) -> Option<String> {
        let words = lens.words;
        let issued = lens.value("survey.issued").map(|n| words.number("amount.form", n, &[]));
        let returned = self.returned.map(|n| words.number("amount.form", n, &[]));
        let rate = lens.fact("survey.return_rate").filter(|fact| fact.value.is_some());
        Some(match (issued, returned, rate) {
            (Some(issued), Some(returned), Some(fact)) => {
                let rate = format::share(fact.value?, bound(fact).as_ref());
                let verdict = if fact.verdict == Verdict::Missed {
                    words.say("notice.return_missed", &[("target", &format::target(words, &fact.target))])
                } else {
                    String::new()
                };
                let fill =
                    [("issued", issued.as_str()), ("returned", &returned), ("rate", &rate), ("verdict", &verdict)];
                words.say("notice.returned_rate", &fill)
            }
            (Some(issued), Some(returned), None) => {
                words.say("notice.returned", &[("issued", &issued), ("returned", &returned)])
            }
            (Some(issued), None, _) => words.say("notice.returned_issued", &[("issued", &issued)]),
            (None, Some(_), _) => words.number("notice.returned_only", self.returned?, &[]),
            (None, None, _) => return None,
        })
    }

    /// What happens next: the lowest items are named, the procedure's steps follow.
    fn next(&self, lens: &Lens<'_>) -> String {
        let words = lens.words;
        let below = self.below(lens);
        let names: Vec<&str> = below.iter().take(NAMED).map(|(item, _)| *item).collect();
        if names.is_empty() {
            words.say("notice.next", &[])
        } else {
            words.say("notice.next_items", &[("items", &words.names(&names))])
        }
    }
}

fn against_target(lens: &Lens<'_>, fact: &Fact) -> String {
    let target = format::target(lens.words, &fact.target);
    match fact.verdict {
        Verdict::Met => lens.words.say("notice.met", &[("target", &target)]),
        Verdict::Missed => lens.words.say("notice.missed", &[("target", &target)]),
        Verdict::None | Verdict::NoData => String::new(),
    }
}
