//! The table of satisfaction rates (顾客满意率统计表) of a survey round: of a community items by levels with their rates, of the group
//! communities by items.

use super::super::lens::{Lens, verdict_text};
use super::super::parts::answers::{levels, rates};
use super::super::parts::form_page::{Named, named, page, to_group};
use super::super::printed::{Band, FormCell, FormRow, PrintedForm, spread};
use super::super::view::{Composed, scope_name};
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place, path_of, survey_rounds};
use crate::metrics::fact::{Dimension, Fact, Scope};
use crate::moment::Period;
use crate::profile::schema::{DocumentId, Paper, Subject};

/// Name of the page's file.
const FILE: &str = "satisfaction-table.html";

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: false, plan, compose };

/// Levels for which a sheet has columns: of a scale of a hundred points the table has none.
const MOST_LEVELS: usize = 12;

/// Levels that fit an upright sheet.
const UPRIGHT_LEVELS: usize = 5;

/// Items that stand side by side on the group's sheet; more go on further sheets.
const ITEMS_A_SHEET: usize = 8;

fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    survey_rounds(input)
        .into_iter()
        .map(|(period, scope)| Place { path: path_of("", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Year(0));
    let Some(lens) = Lens::on(input, Subject::Survey, period, &task.scope) else { return Composed::default() };
    let named = named(input, DocumentId::SatisfactionTable, Subject::Survey, &task.scope);
    let forms = if task.scope == Scope::Group { of_group(&lens, &named) } else { vec![of_community(&lens, &named)] };
    let group = input.facts.get(&lens.profile.name, "survey.overall_satisfied", period, &Scope::Group);
    page(input, task, to_group(input, task, FILE, group.is_some()), forms)
}

/// Forms issued and returned, as pairs of label and value; what nobody told is blank.
pub(super) fn forms_band(lens: &Lens<'_>, columns: usize) -> Band {
    const FACTS: [&str; 5] =
        ["survey.issued", "survey.returned", "survey.valid_forms", "survey.issue_rate", "survey.return_rate"];
    let words = lens.words;
    let pair = |metric: &str| {
        let label = FormCell::label(words.say(&format!("{metric}_label"), &[]));
        [label, FormCell::fact(words, lens.fact(metric))]
    };
    let mut band = Band::new(words.say("form.survey_forms", &[]));
    band.rows = spread(&FACTS.map(pair), columns);
    band
}

/// The remarks on how rates are reckoned, and on a round that is not over.
pub(super) fn remarks(lens: &Lens<'_>, keys: &[&str]) -> Vec<String> {
    let words = lens.words;
    let mut remarks: Vec<String> = keys.iter().map(|key| words.say(key, &[])).collect();
    if lens.is_unfinished() {
        let (period, date) = (format::period(words, lens.period), format::date_until(words, lens.input.as_of));
        remarks.push(words.say("notes.unfinished", &[("period", &period), ("date", &date)]));
    }
    remarks
}

fn of_community(lens: &Lens<'_>, named: &Named) -> PrintedForm {
    let words = lens.words;
    let say = |key| words.say(key, &[]);
    let answers = lens.by_two("survey.answers", Dimension::Item, Dimension::Level);
    let all = levels(lens, answers.iter().map(|(_, level, _)| *level));
    let too_many = all.len() > MOST_LEVELS;
    let levels = if too_many { &[][..] } else { &all[..] };
    let paper = if levels.len() > UPRIGHT_LEVELS { Paper::Landscape } else { named.paper };
    let mut form = named.form(lens.input, "satisfaction", (lens.scope, lens.period), paper);
    let level_widths = levels.iter().map(|_| 13.0);
    form.widths([11.0, 42.0].into_iter().chain(level_widths).chain([15.0, 15.0, 15.0, 18.0]));
    let columns = form.columns.len();
    form.band(forms_band(lens, columns));
    let mut band = Band::new(say("form.satisfaction_caption"));
    let deep = 1 + u32::from(!levels.is_empty());
    let head = |key| FormCell::head(say(key)).down(deep);
    let mut top = vec![head("form.serial"), head("survey.item")];
    if !levels.is_empty() {
        top.push(FormCell::head(say("form.by_level")).across(levels.len()));
    }
    top.extend(["survey.satisfied", "survey.dissatisfied", "survey.n", "survey.rate"].map(head));
    band.head.push(FormRow::of(top));
    if !levels.is_empty() {
        band.head.push(FormRow::of(levels.iter().map(|level| FormCell::head(level.label.as_str())).collect()));
    }
    for (at, (item, fact)) in rates(lens).into_iter().enumerate() {
        let mut cells = vec![FormCell::serial(at + 1), FormCell::label(item).start()];
        let given: Vec<&(&str, &str, &Fact)> = answers.iter().filter(|(of, ..)| *of == item).collect();
        cells.extend(levels.iter().map(|level| {
            let own = given.iter().find(|(_, code, _)| *code == level.code).map(|(.., fact)| *fact);
            match own {
                Some(own) => FormCell::fact(words, Some(own)),
                // Where single answers are told, a level that nobody gave was given by nobody.
                None => FormCell::count((!given.is_empty()).then_some(0.0)),
            }
        }));
        cells.extend(counted(fact).map(|n| FormCell::count(n).of(Some(fact))));
        cells.push(FormCell::fact(words, Some(fact)));
        band.rows.push(FormRow::of(cells));
    }
    form.band(band);
    form.band(overall_band(lens, columns));
    form.remarks = remarks(lens, &["form.rate_rule"]);
    if too_many {
        form.remarks.push(say("form.too_many_levels"));
    }
    form
}

/// Satisfied, dissatisfied and all answers behind an item's rate.
pub(super) fn counted(fact: &Fact) -> [Option<f64>; 3] {
    let (satisfied, all) = (fact.numerator, fact.denominator);
    [satisfied, all.zip(satisfied).map(|(all, satisfied)| all - satisfied), all]
}

/// The overall rate with its verdict.
fn overall_band(lens: &Lens<'_>, columns: usize) -> Band {
    let words = lens.words;
    let overall = lens.fact("survey.overall_satisfied");
    let target = overall.map(|fact| format::target(words, &fact.target)).unwrap_or_default();
    let mut band = Band::new(words.say("survey.overall_satisfied_label", &[]));
    band.rows = spread(
        &[
            [FormCell::label(words.say("survey.overall_satisfied_label", &[])), FormCell::fact(words, overall)],
            [FormCell::label(words.say("form.target", &[])), FormCell::text(target)],
            [
                FormCell::label(words.say("form.verdict", &[])),
                FormCell::text(
                    overall
                        .filter(|fact| fact.value.is_some())
                        .map(|fact| verdict_text(words, Some(fact)))
                        .unwrap_or_default(),
                ),
            ],
        ],
        columns,
    );
    band
}

/// The group's sheets: a row for each community, so many items a sheet.
fn of_group(lens: &Lens<'_>, named: &Named) -> Vec<PrintedForm> {
    let words = lens.words;
    let items: Vec<&str> = rates(lens).into_iter().map(|(item, _)| item).collect();
    let none = Scope::Community("none".into());
    let known = lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Community(_)) && **scope != none);
    let mut communities: Vec<&Scope> = known.chain([&none]).collect();
    communities.retain(|scope| !lens.scope(scope).by("survey.item_satisfied", Dimension::Item).is_empty());
    communities.sort_by_cached_key(|scope| (**scope == none, scope_name(lens.input, scope)));
    let sheets: Vec<&[&str]> = if items.is_empty() { vec![&[]] } else { items.chunks(ITEMS_A_SHEET).collect() };
    let of_several = sheets.len() > 1;
    let mut first = 1;
    let mut forms = Vec::new();
    for (at, sheet) in sheets.into_iter().enumerate() {
        let mut form = group_sheet(lens, named, (at, sheet), &communities);
        if of_several {
            let (from, until) = (first.to_string(), (first + sheet.len() - 1).to_string());
            let all = items.len().to_string();
            form.part = words.say("form.items_part", &[("from", &from), ("until", &until), ("all", &all)]);
        }
        first += sheet.len();
        forms.push(form);
    }
    forms
}

fn group_sheet(lens: &Lens<'_>, named: &Named, (at, items): (usize, &[&str]), communities: &[&Scope]) -> PrintedForm {
    const FORMS: [&str; 3] = ["survey.issued", "survey.returned", "survey.return_rate"];
    let words = lens.words;
    let say = |key| words.say(key, &[]);
    let mut form =
        named.form(lens.input, &format!("satisfaction-{}", at + 1), (lens.scope, lens.period), Paper::Landscape);
    let widths = [11.0, 36.0].into_iter().chain([16.0; 3]).chain(items.iter().map(|_| 20.0)).chain([20.0, 18.0]);
    form.widths(widths);
    let mut band = Band::new(say("form.satisfaction_group_caption"));
    let mut top =
        vec![FormCell::head(say("form.serial")).down(2), FormCell::head(say("communities.community")).down(2)];
    top.extend(FORMS.map(|metric| FormCell::head(words.say(&format!("{metric}_label"), &[])).down(2)));
    if !items.is_empty() {
        top.push(FormCell::head(say("form.item_rates")).across(items.len()));
    }
    top.extend(["survey.overall_satisfied_label", "form.verdict"].map(|key| FormCell::head(say(key)).down(2)));
    band.head.push(FormRow::of(top));
    band.head.push(FormRow::of(items.iter().map(|item| FormCell::head(*item)).collect()));
    let row = |mut cells: Vec<FormCell>, of: &Lens<'_>| {
        let own = of.by("survey.item_satisfied", Dimension::Item);
        cells.extend(FORMS.map(|metric| FormCell::fact(words, of.fact(metric))));
        cells.extend(
            items
                .iter()
                .map(|item| FormCell::fact(words, own.iter().find(|(known, _)| known == item).map(|(_, fact)| *fact))),
        );
        let overall = of.fact("survey.overall_satisfied");
        cells.push(FormCell::fact(words, overall));
        let verdict = overall.filter(|fact| fact.value.is_some()).map(|fact| verdict_text(words, Some(fact)));
        cells.push(FormCell::text(verdict.unwrap_or_default()));
        FormRow::of(cells)
    };
    for (place, scope) in communities.iter().enumerate() {
        let name = FormCell::label(scope_name(lens.input, scope)).start();
        band.rows.push(row(vec![FormCell::serial(place + 1), name], &lens.scope(scope)));
    }
    band.rows.push(row(vec![FormCell::label(say("form.whole_company")).across(2)], lens));
    form.band(band);
    form.remarks = remarks(lens, &["form.rate_rule", "form.group_rule"]);
    form
}
