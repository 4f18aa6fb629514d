//! The notice for the board: one community, one round, on one sheet. No names, no free text.

use serde::Serialize;

use super::super::lens::{Lens, bound};
use super::super::view::{Composed, Frame, frame, model, scope_name};
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, path_of, survey_rounds};
use crate::metrics::fact::{Dimension, Fact, Scope};
use crate::moment::Period;
use crate::profile::schema::Subject;

/// Name of the page's file.
pub(crate) const FILE: &str = "survey-notice.html";

/// Below so many answers a neighbour could guess whose they are.
const FEWEST: f64 = 5.0;

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: true, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct SurveyNotice {
    frame: Frame,
    community: String,
    period: String,
    headline: String,
    /// The overall rate in large type; empty where there are too few answers.
    overall: String,
    overall_label: String,
    /// Met or missed, in a sentence.
    overall_sentence: String,
    asked: String,
    answered: String,
    items_title: String,
    item_heading: String,
    answers_heading: String,
    rate_heading: String,
    items: Vec<NoticeItem>,
    next_title: String,
    next: Vec<String>,
    signature: String,
}

/// An item: its figures, or why they are not shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct NoticeItem {
    item: String,
    answers: String,
    rate: String,
    /// Empty where the figures are shown.
    withheld: String,
}

fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    survey_rounds(input)
        .into_iter()
        .filter(|(_, scope)| matches!(scope, Scope::Community(id) if &**id != "none"))
        .map(|(period, scope)| Place { path: path_of("public/", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Year(0));
    Lens::on(input, Subject::Survey, period, &task.scope).map(|lens| model(&page(&lens, task))).unwrap_or_default()
}

fn page(lens: &Lens<'_>, task: &PageTask) -> SurveyNotice {
    let words = lens.words;
    let say = |key| words.say(key, &[]);
    let community = scope_name(lens.input, lens.scope);
    let period = format::period(words, lens.period);
    let facts = lens.by("survey.item_satisfied", Dimension::Item);
    let forms = lens.value("survey.valid_forms").or_else(|| lens.value("survey.returned"));
    let overall = lens.fact("survey.overall_satisfied");
    let shown = overall.filter(|_| forms.is_none_or(|forms| forms >= FEWEST) && enough(&facts));
    let mut frame = frame(lens.input, task, say("notice.title"), &period);
    // A sheet on a wall has no way back.
    frame.crumbs.clear();
    SurveyNotice {
        frame,
        headline: say("notice.headline"),
        period: words.opening(&period),
        overall: shown
            .and_then(|fact| fact.value.map(|value| format::share(value, bound(fact).as_ref())))
            .unwrap_or_default(),
        overall_label: say("survey.overall_satisfied_label"),
        overall_sentence: overall_sentence(lens, shown),
        asked: asked(lens, &period, &facts),
        answered: answered(lens, forms),
        items_title: say("notice.items_title"),
        item_heading: say("survey.item"),
        answers_heading: say("notice.answers"),
        rate_heading: say("survey.rate"),
        items: items(lens, &facts),
        next_title: say("notice.next_title"),
        next: next(lens, shown, &facts),
        signature: words.say(
            "notice.signature",
            &[("organisation", lens.input.organisation), ("date", &format::date_until(words, lens.input.as_of))],
        ),
        community,
    }
}

/// Whether at least one item was answered often enough to be shown.
fn enough(facts: &[(&str, &Fact)]) -> bool {
    facts.iter().any(|(_, fact)| fact.denominator.unwrap_or(0.0) >= FEWEST)
}

fn overall_sentence(lens: &Lens<'_>, overall: Option<&Fact>) -> String {
    use crate::metrics::fact::Verdict;
    let words = lens.words;
    let Some(fact) = overall else { return words.say("notice.too_few", &[]) };
    let target = format::target(words, &fact.target);
    match fact.verdict {
        Verdict::Met => words.say("notice.met", &[("target", &target)]),
        Verdict::Missed => words.say("notice.missed", &[("target", &target)]),
        Verdict::None | Verdict::NoData => String::new(),
    }
}

fn asked(lens: &Lens<'_>, period: &str, facts: &[(&str, &Fact)]) -> String {
    let number = super::super::chart::number(facts.len());
    let asked = lens.words.number("notice.asked", number, &[("period", period)]);
    // The number of answers follows in the same paragraph.
    asked + &lens.words.say("join.sentence", &[])
}

fn answered(lens: &Lens<'_>, forms: Option<f64>) -> String {
    let words = lens.words;
    let issued = lens.value("survey.issued");
    let returned = lens.value("survey.returned").or(forms);
    match (issued, returned) {
        (Some(issued), Some(returned)) => {
            let issued = words.number("amount.form", issued, &[]);
            let returned = words.number("amount.form", returned, &[]);
            let rate =
                lens.fact("survey.return_rate").and_then(|fact| Some(format::share(fact.value?, bound(fact).as_ref())));
            match rate {
                Some(rate) => {
                    let verdict = return_verdict(lens);
                    let fill =
                        [("issued", issued.as_str()), ("returned", &returned), ("rate", &rate), ("verdict", &verdict)];
                    words.say("notice.returned_rate", &fill)
                }
                None => words.say("notice.returned", &[("issued", &issued), ("returned", &returned)]),
            }
        }
        (None, Some(returned)) => words.number("notice.returned_only", returned, &[]),
        _ => words.say("notice.returned_unknown", &[]),
    }
}

/// That fewer forms came back than the procedure asks for; empty where enough did.
fn return_verdict(lens: &Lens<'_>) -> String {
    use crate::metrics::fact::Verdict;
    let missed = lens.fact("survey.return_rate").filter(|fact| fact.verdict == Verdict::Missed);
    missed.map_or_else(String::new, |fact| {
        lens.words.say("notice.return_missed", &[("target", &format::target(lens.words, &fact.target))])
    })
}

/// The items, the highest rate first; those withheld stand last, in the order of the facts, so that their place tells nothing.
fn items(lens: &Lens<'_>, facts: &[(&str, &Fact)]) -> Vec<NoticeItem> {
    let words = lens.words;
    let companion = companion(facts);
    let (mut shown, mut withheld) = (Vec::new(), Vec::new());
    for (item, fact) in facts {
        let reason = if answers(fact) < FEWEST {
            Some("notice.withheld")
        } else if companion == Some(*item) {
            Some("notice.withheld_with")
        } else {
            None
        };
        match reason {
            Some(reason) => withheld.push((*item, words.say(reason, &[]))),
            None => shown.push((*item, *fact)),
        }
    }
    shown.sort_by(|a, b| b.1.value.unwrap_or(-1.0).total_cmp(&a.1.value.unwrap_or(-1.0)));
    let shown = shown.into_iter().map(|(item, fact)| NoticeItem {
        item: item.to_owned(),
        answers: words.number("amount.answer", answers(fact), &[]),
        rate: fact.value.map(|value| format::share(value, bound(fact).as_ref())).unwrap_or_default(),
        withheld: String::new(),
    });
    let withheld = withheld.into_iter().map(|(item, withheld)| NoticeItem {
        item: item.to_owned(),
        answers: String::new(),
        rate: String::new(),
        withheld,
    });
    shown.chain(withheld).collect()
}

fn answers(fact: &Fact) -> f64 {
    fact.denominator.unwrap_or(0.0)
}

/// The overall rate is the mean of the item rates: were only one withheld, its rate could be worked out from the others. The
/// one with the fewest answers among the rest is then withheld with it.
fn companion<'a>(facts: &[(&'a str, &Fact)]) -> Option<&'a str> {
    let few = facts.iter().filter(|(_, fact)| answers(fact) < FEWEST && answers(fact) > 0.0).count();
    let rest = facts.iter().filter(|(_, fact)| answers(fact) >= FEWEST);
    rest.min_by(|a, b| answers(a.1).total_cmp(&answers(b.1))).map(|(item, _)| *item).filter(|_| few == 1)
}

/// What happens next: the lowest items are named, the procedure's steps follow.
fn next(lens: &Lens<'_>, overall: Option<&Fact>, facts: &[(&str, &Fact)]) -> Vec<String> {
    const NAMED: usize = 3;
    let words = lens.words;
    let hidden: Vec<String> =
        items(lens, facts).into_iter().filter(|item| !item.withheld.is_empty()).map(|item| item.item).collect();
    let goal = overall.and_then(bound);
    let mut below: Vec<(&str, f64)> = facts
        .iter()
        .filter(|(item, _)| !hidden.iter().any(|name| name == item))
        .filter_map(|(item, fact)| Some((*item, fact.value?)))
        .filter(|(_, value)| goal.is_some_and(|goal| !goal.is_met_by(*value)))
        .collect();
    below.sort_by(|a, b| a.1.total_cmp(&b.1));
    let names: Vec<&str> = below.iter().take(NAMED).map(|(item, _)| *item).collect();
    let mut lines = Vec::new();
    if !names.is_empty() {
        lines.push(words.say("notice.next_items", &[("items", &words.names(&names))]));
    }
    lines.push(words.say("notice.next_departments", &[]));
    lines.push(words.say("notice.next_callback", &[]));
    lines
}
