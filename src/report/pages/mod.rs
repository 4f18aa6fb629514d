//! The kinds of page. A new one is a file, a template and a line here.

mod actions;
mod callback_table;
mod case_analysis;
pub(crate) mod community;
mod complaint_publication;
mod complaint_table;
mod duties;
mod escalated_cases;
mod index;
mod open_letter;
mod overdue;
mod quality;
mod restated;
mod satisfaction_table;
mod survey_notice;
mod survey_report;
mod survey_tally;

use super::lens::head;
use super::parts;
use super::view::Composed;
use super::{PageTask, ReportInput};
use crate::metrics::fact::{FactTable, Scope};
use crate::moment::{Period, Seconds, date_of, month_number};
use crate::profile::schema::Subject;

/// Path of the page of what moved in sealed periods.
pub(crate) const RESTATED: &str = restated::PATH;

/// Every kind of page, in the order in which lists of documents name them.
pub(crate) const KINDS: [&PageKind; 19] = [
    &index::KIND,
    &community::KIND,
    &case_analysis::OF_COMPLAINTS,
    &case_analysis::OF_REPAIRS,
    &duties::KIND,
    &actions::KIND,
    &overdue::KIND,
    &complaint_table::KIND,
    &escalated_cases::KIND,
    &callback_table::KIND,
    &survey_report::KIND,
    &survey_notice::KIND,
    &complaint_publication::KIND,
    &open_letter::KIND,
    &open_letter::COPY,
    &satisfaction_table::KIND,
    &survey_tally::KIND,
    &quality::KIND,
    &restated::KIND,
];

/// A kind of page: where its pages go and what each says.
pub(crate) struct PageKind {
    /// Name of the template.
    pub(crate) template: &'static str,
    /// Whether its pages hang on the wall.
    pub(crate) public: bool,
    /// The pages there are to make.
    pub(crate) plan: fn(&ReportInput<'_>) -> Vec<Place>,
    /// The model of one of them.
    pub(crate) compose: fn(&ReportInput<'_>, &PageTask) -> Composed,
}

/// A page to make.
pub(crate) struct Place {
    /// Path below the output folder.
    pub(crate) path: String,
    /// Period, where the page is about one.
    pub(crate) period: Option<Period>,
    /// Whom it is about.
    pub(crate) scope: Scope,
}

/// Path of a page about a period and a scope: never made of cell text.
pub(crate) fn path_of(folder: &str, period: Period, scope: &Scope, file: &str) -> String {
    match scope {
        Scope::Group => format!("{folder}{period}/{file}"),
        Scope::Community(id) | Scope::Department(id) => format!("{folder}{period}/{id}/{file}"),
    }
}

/// Whether pages about a period are asked for.
pub(crate) fn wanted(input: &ReportInput<'_>, period: Period) -> bool {
    input.periods.is_none_or(|periods| periods.contains(&period))
}

/// The month and the half year in which the as-of moment lies: what stands as of that moment stands with them.
pub(crate) fn as_of_periods(as_of: Seconds) -> [Period; 2] {
    let month = Period::of_month_number(month_number(date_of(as_of - 1)));
    let half = month.with_containing().into_iter().find(|period| matches!(period, Period::Half(..)));
    [month, half.unwrap_or(month)]
}

/// The path of the list of what is overdue that goes with a period: its own, else that of the month in which the as-of moment lies.
pub(crate) fn overdue_page(input: &ReportInput<'_>, period: Period) -> Option<String> {
    let found = [period, as_of_periods(input.as_of)[0]].into_iter().find(|of| overdue::is_planned(input, *of))?;
    Some(path_of("", found, &Scope::Group, overdue::FILE))
}

/// The path of the action sheet of a department that owes something now, that goes with a period.
pub(crate) fn sheet_of(input: &ReportInput<'_>, period: Period, department: u32) -> Option<String> {
    let known = input.departments.get(department as usize)?;
    let now = as_of_periods(input.as_of);
    let found = [period, now[0]].into_iter().find(|of| now.contains(of) && wanted(input, *of))?;
    Some(path_of("", found, &Scope::Department(known.id.clone()), actions::FILE))
}

/// The path of the action sheet of a department in a period of a survey, where there is one; that of no department has one too.
pub(crate) fn sheet_path(input: &ReportInput<'_>, period: Period, department: u32) -> Option<String> {
    let scope = Scope::Department(parts::owed::department_id(input, department));
    actions::is_planned(input, period, department).then(|| path_of("", period, &scope, actions::FILE))
}

/// Periods and scopes, the group or a community, for which a metric has facts; only periods that are asked for.
pub(crate) fn occurring(input: &ReportInput<'_>, subject: Subject, metric: &str) -> Vec<(Period, Scope)> {
    let mut found: Vec<(Period, Scope)> = Vec::new();
    for profile in input.profiles.heads_of(subject) {
        let heads = |scope: &Scope| head(input, subject, scope).is_some_and(|head| head.name == profile.name);
        for fact in run_of(input.facts, &profile.name, metric) {
            let wanted = input.periods.is_none_or(|periods| periods.contains(&fact.key.period));
            let (period, scope) = (&fact.key.period, &fact.key.scope);
            let same = found.last().is_some_and(|(last, of)| (last, of) == (period, scope));
            if wanted && !same && !matches!(scope, Scope::Department(_)) && heads(scope) {
                found.push((*period, scope.clone()));
            }
        }
    }
    found
}

/// Periods of the survey's reports: half years, and years in which there was no half-yearly round.
pub(crate) fn survey_rounds(input: &ReportInput<'_>) -> Vec<(Period, Scope)> {
    let all = occurring(input, Subject::Survey, "survey.item_satisfied");
    let with_half: std::collections::BTreeSet<i32> = survey_years(input, |period| matches!(period, Period::Half(..)));
    all.into_iter()
        .filter(|(period, _)| match period {
            Period::Half(..) => true,
            Period::Year(year) => !with_half.contains(year),
            _ => false,
        })
        .collect()
}

/// Years with a round of a kind, whatever periods were asked for.
fn survey_years(input: &ReportInput<'_>, kind: fn(Period) -> bool) -> std::collections::BTreeSet<i32> {
    let heads = input.profiles.heads_of(Subject::Survey).into_iter();
    heads
        .flat_map(|profile| input.facts.periods_with(&profile.name, "survey.item_satisfied"))
        .filter(|period| kind(*period))
        .map(Period::year)
        .collect()
}

/// The facts of one metric, whatever their period, scope and breakdown.
fn run_of<'a>(facts: &'a FactTable, profile: &str, metric: &str) -> &'a [crate::metrics::fact::Fact] {
    let all = facts.all();
    let key = |fact: &crate::metrics::fact::Fact| (&*fact.key.profile, &*fact.key.metric).cmp(&(profile, metric));
    let start = all.partition_point(|fact| key(fact).is_lt());
    let length = all[start..].partition_point(|fact| key(fact).is_eq());
    &all[start..start + length]
}
