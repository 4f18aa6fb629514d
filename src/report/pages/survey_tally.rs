//! The check sheet of a survey round (调查统计表): for each item how many answered, how many were dissatisfied, and what share of all
//! dissatisfied answers that is, the largest first: the table under a 排列图.

use super::super::lens::Lens;
use super::super::parts::control::{asked, is_made_for};
use super::super::parts::form_page::{named, page, to_group};
use super::super::printed::{Band, FormCell, FormRow, PrintedForm};
use super::super::view::Composed;
use super::super::{PageTask, ReportInput};
use super::satisfaction_table::{counted, forms_band, remarks};
use super::{PageKind, Place, path_of, survey_rounds};
use crate::metrics::fact::{Dimension, Fact};
use crate::moment::Period;
use crate::profile::schema::{DocumentId, Subject};

/// Name of the page's file.
const FILE: &str = "survey-tally.html";

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: false, plan, compose };

/// Rounds for which a procedure in force asks for the sheet.
fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    let is_asked = |(period, scope): &(Period, _)| {
        let asked = asked(input, DocumentId::SurveyTally, Subject::Survey, scope);
        asked.is_some_and(|(_, document)| is_made_for(document, *period))
    };
    survey_rounds(input)
        .into_iter()
        .filter(is_asked)
        .map(|(period, scope)| Place { path: path_of("", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Year(0));
    let Some(lens) = Lens::on(input, Subject::Survey, period, &task.scope) else { return Composed::default() };
    let group = crate::metrics::fact::Scope::Group;
    let of_group = !lens.scope(&group).by("survey.item_satisfied", Dimension::Item).is_empty();
    page(input, task, to_group(input, task, FILE, of_group), vec![sheet(&lens)])
}

fn sheet(lens: &Lens<'_>) -> PrintedForm {
    let words = lens.words;
    let say = |key| words.say(key, &[]);
    let named = named(lens.input, DocumentId::SurveyTally, Subject::Survey, lens.scope);
    let mut form = named.form(lens.input, "tally", (lens.scope, lens.period), named.paper);
    form.widths([10.0, 54.0, 18.0, 18.0, 18.0, 22.0, 20.0, 20.0]);
    form.band(forms_band(lens, 8));
    let mut items: Vec<(&str, &Fact)> = lens.by("survey.item_satisfied", Dimension::Item);
    let dissatisfied = |fact: &Fact| counted(fact)[1].unwrap_or(0.0);
    items.sort_by(|a, b| dissatisfied(b.1).total_cmp(&dissatisfied(a.1)).then(a.0.cmp(b.0)));
    let all: f64 = items.iter().map(|(_, fact)| dissatisfied(fact)).sum();
    let unsaid = no_opinion(lens);
    let mut band = Band::new(say("form.tally_caption"));
    let heads = [
        "form.serial",
        "survey.item",
        "survey.n",
        "survey.satisfied",
        "survey.dissatisfied",
        "form.no_opinion",
        "form.frequency",
        "form.cumulative",
    ];
    band.head.push(FormRow::of(heads.map(|key| FormCell::head(say(key))).into()));
    let mut so_far = 0.0;
    for (at, (item, fact)) in items.iter().enumerate() {
        let [satisfied, unhappy, n] = counted(fact);
        so_far += unhappy.unwrap_or(0.0);
        let share = |part: Option<f64>| match part.filter(|_| all > 0.0) {
            Some(part) => FormCell::share(part / all),
            None => FormCell::blank(),
        };
        let mut cells = vec![FormCell::serial(at + 1), FormCell::label(*item).start()];
        cells.extend([n, satisfied, unhappy].map(|n| FormCell::count(n).of(Some(fact))));
        cells.push(FormCell::fact(words, unsaid.iter().find(|(of, _)| of == item).map(|(_, fact)| *fact)));
        cells.extend([share(unhappy), share(unhappy.map(|_| so_far))]);
        band.rows.push(FormRow::of(cells));
    }
    form.band(band);
    let mut analysis = Band::new(say("form.analysis"));
    analysis.rows =
        vec![FormRow::high(vec![FormCell::label(say("form.main_causes")).across(2), FormCell::blank().across(6)], 24)];
    form.band(analysis);
    form.remarks = remarks(lens, &["form.tally_rule"]);
    form
}

/// Answers that are no opinion, by item, where they were counted.
fn no_opinion<'a>(lens: &Lens<'a>) -> Vec<(&'a str, &'a Fact)> {
    let answers = lens.by_two("survey.answers", Dimension::Item, Dimension::Level);
    answers.into_iter().filter(|(_, level, _)| *level == "no_opinion").map(|(item, _, fact)| (item, fact)).collect()
}
