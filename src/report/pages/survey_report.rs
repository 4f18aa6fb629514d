//! The report of a survey round, of the group or of one community.

use serde::Serialize;

use super::super::chart::ChartFigure;
use super::super::chart::pareto::{self, Part};
use super::super::chart::ranked::{self, Rank};
use super::super::lens::{Lens, bound, state};
use super::super::parts::answers::{self, rates};
use super::super::parts::communities::{self, Pages, Shown};
use super::super::parts::figures::{Earlier, Wanted, against_target, figure, rate_cell};
use super::super::parts::notes::{Notes, notes};
use super::super::parts::timeline;
use super::super::view::{Block, Cell, Composed, Frame, Link, Section, Table, card, frame, relative, scope_name};
use super::super::{PageTask, ReportInput, format, survey};
use super::{PageKind, Place, path_of, survey_rounds};
use crate::metrics::fact::{Dimension, Fact, Scope, Verdict};
use crate::moment::Period;
use crate::profile::schema::Subject;

/// Name of the page's file.
const FILE: &str = "survey-report.html";

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: FILE, public: false, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct SurveyReport {
    frame: Frame,
    verdict: String,
    verdict_state: &'static str,
    related: Vec<Link>,
    sections: Vec<Section>,
    notes: Notes,
}

fn plan(input: &ReportInput<'_>) -> Vec<Place> {
    survey_rounds(input)
        .into_iter()
        .map(|(period, scope)| Place { path: path_of("", period, &scope, FILE), period: Some(period), scope })
        .collect()
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let period = task.period.unwrap_or(Period::Year(0));
    Lens::on(input, Subject::Survey, period, &task.scope).map(|lens| with_book(&page(&lens, task))).unwrap_or_default()
}

fn with_book(page: &SurveyReport) -> Composed {
    Composed::with_book(page, &page.frame, &page.sections)
}

fn page(lens: &Lens<'_>, task: &PageTask) -> SurveyReport {
    let words = lens.words;
    let scope = scope_name(lens.input, lens.scope);
    let subtitle = words.say("frame.subtitle", &[("period", &format::period(words, lens.period)), ("scope", &scope)]);
    let overall = lens.fact("survey.overall_satisfied");
    let sections: Vec<Section> = [
        Some(key_figures(lens)),
        Some(items(lens)),
        Some(causes(lens)),
        communities(lens, task),
        Some(answers::section(lens)),
        survey::reach::section(lens),
        Some(survey::suggestions::section(lens, &task.path)),
        Some(survey::kept::section(lens)),
        Some(survey::todo::section(lens, &task.path)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut frame = frame(lens.input, task, words.say("survey.title", &[]), &subtitle);
    frame.contents = sections.iter().map(Section::link).collect();
    SurveyReport {
        frame,
        verdict: verdict(lens, overall),
        verdict_state: state(overall),
        related: related(lens, task),
        sections,
        notes: page_notes(lens, task),
    }
}

/// Qualified or not, by how much, on how many forms.
fn verdict(lens: &Lens<'_>, overall: Option<&Fact>) -> String {
    let words = lens.words;
    let Some((fact, value)) = overall.and_then(|fact| Some((fact, fact.value?))) else {
        return words.say("survey.verdict_absent", &[("period", &format::period(words, lens.period))]);
    };
    let key = match fact.verdict {
        Verdict::Met => "survey.verdict_met",
        Verdict::Missed => "survey.verdict_missed",
        _ => "survey.verdict",
    };
    let (period, share) = (format::period(words, lens.period), format::share(value, bound(fact).as_ref()));
    let target = format::target(words, &fact.target);
    let mut clauses = vec![words.say(key, &[("period", &period), ("share", &share), ("target", &target)])];
    if let Some(forms) = lens.value("survey.valid_forms").or_else(|| lens.value("survey.returned")) {
        clauses.push(words.number("survey.on_forms", forms, &[]));
    }
    clauses.extend(unsure(lens, fact));
    clauses.extend(
        [("survey.issue_rate", "survey.verdict_issue"), ("survey.return_rate", "survey.verdict_return")]
            .into_iter()
            .filter_map(|(metric, key)| missed(lens, metric, key)),
    );
    let said = clauses.join(&words.say("join.semicolon", &[])) + &words.say("join.stop", &[]);
    words.opening(&said)
}

/// That the interval holds the target: the answers alone do not settle how all households would have judged.
fn unsure(lens: &Lens<'_>, overall: &Fact) -> Option<String> {
    let (low, high) = overall.interval?;
    let target = bound(overall)?.number();
    let text = interval(Some(overall))?;
    (low < target && target <= high).then(|| lens.words.say("survey.verdict_unsure", &[("interval", &text)]))
}

/// A rate of the round that missed its target: the overall rate rests on fewer voices than the procedure asks for.
fn missed(lens: &Lens<'_>, metric: &str, key: &str) -> Option<String> {
    let fact = lens.fact(metric).filter(|fact| fact.verdict == Verdict::Missed)?;
    let share = format::share(fact.value?, bound(fact).as_ref());
    let target = format::target(lens.words, &fact.target);
    Some(lens.words.say(key, &[("share", &share), ("target", &target)]))
}

fn related(lens: &Lens<'_>, task: &PageTask) -> Vec<Link> {
    let words = lens.words;
    let mut links = Vec::new();
    if let Scope::Community(id) = lens.scope {
        if exists(&lens.scope(&Scope::Group)) {
            let href = relative(&task.path, &path_of("", lens.period, &Scope::Group, FILE));
            links.push(Link { text: words.say("frame.group_page", &[]), href });
        }
        if &**id != "none" {
            let notice = path_of("public/", lens.period, lens.scope, super::survey_notice::FILE);
            links.push(Link { text: words.say("survey.notice_link", &[]), href: relative(&task.path, &notice) });
        }
    }
    links
}

/// Whether there is a report of this scope.
fn exists(lens: &Lens<'_>) -> bool {
    lens.fact("survey.item_satisfied").is_some() || !lens.by("survey.item_satisfied", Dimension::Item).is_empty()
}

fn key_figures(lens: &Lens<'_>) -> Section {
    const FIGURES: [(&str, &str, &str); 8] = [
        ("survey.overall_satisfied", "survey.overall_satisfied_label", "amount.answer"),
        ("survey.issue_rate", "survey.issue_rate_label", "amount.household"),
        ("survey.return_rate", "survey.return_rate_label", "amount.form"),
        ("survey.issued", "survey.issued_label", "amount.form"),
        ("survey.returned", "survey.returned_label", "amount.form"),
        ("survey.valid_forms", "survey.valid_forms_label", "amount.form"),
        ("survey.coverage_year", "survey.coverage_year_label", "amount.household"),
        ("survey.mean_score", "survey.mean_score_label", "amount.answer"),
    ];
    const ALWAYS: usize = 3;
    let words = lens.words;
    let against: &[Earlier] =
        &[("change.previous_round", Period::previous), ("change.year_before", Period::year_before)];
    // A yearly round's previous one is that of a year before: one comparison says it.
    let against = if matches!(lens.period, Period::Year(_)) { &against[..1] } else { against };
    let figures = FIGURES
        .iter()
        .enumerate()
        .filter(|(place, (metric, ..))| *place < ALWAYS || lens.fact(metric).is_some())
        .map(|(_, (metric, key, amount))| {
            let label = words.say(key, &[]);
            let mut made = figure(lens, Wanted { label: &label, metric, amount, against });
            if *metric == "survey.overall_satisfied" {
                // The overall rate is a mean of item rates: its numerator and denominator are a sum and a number of items.
                made.detail = interval(lens.fact(metric))
                    .map_or(made.detail, |text| words.say("survey.interval", &[("interval", &text)]));
            }
            made
        })
        .collect();
    let mut section = Section::new("key-figures", words.say("section.since-last", &[]));
    section.text(words.sentences(&survey::changes::sentences(lens)));
    section.blocks.push(Block::Figures { figures });
    timeline::add(&mut section, lens);
    section
}

fn interval(fact: Option<&Fact>) -> Option<String> {
    let (low, high) = fact?.interval?;
    Some(format!("{}–{}", format::share(low, None), format::share(high, None)))
}

/// The table of items: satisfied, dissatisfied, n, rate, interval, change.
fn items(lens: &Lens<'_>) -> Section {
    let words = lens.words;
    let say = |key| words.say(key, &[]);
    let mut section = Section::new("items", say("section.items"));
    section.text(words.sentences(&survey::pulls::items(lens)));
    let mut table = Table::new(words, "items-table", say("survey.items_caption"))
        .words(say("survey.item"))
        .numbers(say("survey.satisfied"))
        .numbers(say("survey.dissatisfied"))
        .numbers(say("survey.n"))
        .numbers(say("survey.rate"))
        .numbers(say("survey.interval_title"));
    let before = lens.period(lens.period.previous());
    let earlier: std::collections::BTreeMap<&str, &Fact> =
        before.by("survey.item_satisfied", Dimension::Item).into_iter().collect();
    // Without an earlier round the column would hold nothing but dashes.
    if !earlier.is_empty() {
        table = table.numbers(say("change.previous_round"));
    }
    for (item, fact) in rates(lens) {
        let count = |number: Option<f64>| number.map_or_else(Cell::absent, Cell::count);
        let dissatisfied = fact.denominator.zip(fact.numerator).map(|(all, satisfied)| all - satisfied);
        let change = fact
            .value
            .zip(earlier.get(item).and_then(|fact| fact.value))
            .map(|(now, then)| format::difference(words, format::Difference::Points, now - then));
        let mut rate = rate_cell(words, Some(fact));
        rate.detail = String::new();
        let mut cells = vec![
            Cell::text(item),
            count(fact.numerator),
            count(dissatisfied),
            count(fact.denominator),
            rate,
            interval(Some(fact)).map_or_else(Cell::absent, Cell::text),
        ];
        if !earlier.is_empty() {
            cells.push(change.map_or_else(Cell::absent, Cell::text));
        }
        table.row(cells);
    }
    table.remark = say("survey.items_remark");
    section.table(table);
    section
}

/// 排列图法: which items the dissatisfied answers are about.
fn causes(lens: &Lens<'_>) -> Section {
    let words = lens.words;
    let mut section = Section::new("causes", words.say("section.causes", &[]));
    let parts: Vec<Part> = lens
        .by("survey.item_satisfied", Dimension::Item)
        .into_iter()
        .filter_map(|(item, fact)| {
            Some(Part { label: item.to_owned(), count: fact.denominator? - fact.numerator?, unnamed: false })
        })
        .collect();
    let parts = pareto::sorted(parts);
    let total: f64 = parts.iter().map(|part| part.count).sum();
    if parts.is_empty() {
        section.text(words.say("survey.no_dissatisfied", &[]));
        return section;
    }
    let few = pareto::few(&parts);
    let names: Vec<&str> = parts[..few.min(3)].iter().map(|part| part.label.as_str()).collect();
    let count: f64 = parts[..few.min(3)].iter().map(|part| part.count).sum();
    let (names, share) = (words.names(&names), format::share(count / total, None));
    let key = if parts.len() == 1 { "survey.causes_one" } else { "survey.causes_sentence" };
    let sentence = words.number(key, total, &[("names", &names), ("share", &share)]);
    section.text(sentence);
    let of = pareto::Of {
        id: "causes-pareto",
        name: &words.say("survey_charts.causes", &[]),
        head: &words.say("survey.item", &[]),
        count: &words.say("survey.dissatisfied", &[]),
        unit: &words.say("unit.answer", &[]),
    };
    section.chart(pareto::figure(words, of, &parts), String::new());
    section
}

fn communities(lens: &Lens<'_>, task: &PageTask) -> Option<Section> {
    if *lens.scope != Scope::Group {
        return None;
    }
    let words = lens.words;
    let labels = ["survey.overall_satisfied", "survey.issue_rate", "survey.return_rate", "survey.valid_forms"]
        .map(|metric| (words.say(&format!("{metric}_label"), &[]), metric));
    let shown: Vec<Shown<'_>> = labels.iter().map(|(label, metric)| Shown { label, metric, profile: None }).collect();
    let table = communities::table(lens, Pages { from: &task.path, file: FILE }, &shown, exists)?;
    let mut section = Section::new("communities", words.say("section.communities", &[]));
    section.chart(ranked(lens), String::new());
    section.text(words.sentences(&survey::pulls::communities(lens)));
    section.table(table);
    Some(section)
}

/// The communities by their overall rate.
fn ranked(lens: &Lens<'_>) -> Option<ChartFigure> {
    let (words, metric) = (lens.words, "survey.overall_satisfied");
    let communities = lens.input.facts.scopes().filter(|scope| matches!(scope, Scope::Community(_)));
    let ranks: Vec<Rank> = communities
        .filter_map(|scope| {
            let fact = lens.scope(scope).fact(metric)?;
            let label = scope_name(lens.input, scope);
            Some(Rank { label, share: fact.value, interval: fact.interval, card: card(fact), ..Rank::default() })
        })
        .collect();
    let of = ranked::Of {
        id: "communities-rank",
        name: &words.say("survey_charts.communities", &[]),
        head: &words.say("communities.community", &[]),
        rate: &words.say("survey.overall_satisfied_label", &[]),
        target: lens.fact(metric).map_or("", |fact| &fact.target),
    };
    // One community alone is ranked among nobody.
    ranked::figure(words, of, &ranks).filter(|_| ranks.len() > 1)
}

fn page_notes(lens: &Lens<'_>, task: &PageTask) -> Notes {
    let words = lens.words;
    let labels =
        ["survey.issue_rate", "survey.return_rate"].map(|metric| (words.say(&format!("{metric}_label"), &[]), metric));
    let item_rates = lens.by("survey.item_satisfied", Dimension::Item);
    let mut rates: Vec<(&str, Option<&Fact>)> =
        labels.iter().map(|(label, metric)| (label.as_str(), lens.fact(metric))).collect();
    rates.extend(item_rates.iter().map(|(item, fact)| (*item, Some(*fact))));
    let mut notes = notes(lens, task, "survey.overall_satisfied", &rates);
    notes.items.push(words.say("survey.note_rule", &[]));
    let excluded = lens.exclusions("survey.item_satisfied", "amount.answer");
    if !excluded.is_empty() {
        notes
            .items
            .push(words.say("notes.excluded", &[("name", &words.say("survey.rate", &[])), ("reasons", &excluded)]));
    }
    if let Some(text) =
        lens.fact("schedule.publish").map(|fact| against_target(words, fact)).filter(|text| !text.is_empty())
    {
        notes.items.push(words.say("survey.note_publish", &[("verdict", &text)]));
    }
    notes
}
