//! Whether the part that a case is about was under warranty when the case came in.

use chrono::{Datelike, NaiveDate};
use polars::prelude::{Column, PolarsResult};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::cases::Cases;
use super::rules::{Compiled, Compiler, STRETCH, Truth};
use crate::clock::due::due;
use crate::metrics::runner::Setting;
use crate::moment::{DAY, Moment, Seconds, date_of, day_number};
use crate::profile::schema::{Rule, Seasons, Warranty, WarrantyTerm};
use crate::records::frames::column;
use crate::step::Step;

/// Column: a number of [`Cover`].
pub(super) const COLUMN: &str = "warranty";

/// How a case stands to the warranty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// Within it.
    In,
    /// Past it, or never covered.
    Out,
    /// Nobody tells where the term starts.
    NoStart,
    /// The part is in no term.
    NoPart,
    /// Nobody can tell whether the warranty rules the case, or when it came in.
    Unknown,
    /// A date without a time: both answers are possible.
    Uncertain,
    /// Received before the term started.
    Impossible,
    /// The warranty does not rule the case.
    NotRuled,
}

/// When a term ends.
enum End {
    At(Seconds),
    Never,
    Untold,
}

/// The column of a subject's cases under a warranty.
pub(super) fn columns(
    warranty: &Warranty,
    cases: &Cases,
    compiler: &Compiler<'_>,
    setting: &Setting<'_>,
) -> PolarsResult<Vec<Column>> {
    let rules = compiler.compile(&warranty.when)?.column(cases.rows);
    let excepted = if warranty.not.is_empty() {
        vec![Truth::No; cases.rows]
    } else {
        compiler.compile(&warranty.not)?.column(cases.rows)
    };
    let terms = terms_of(warranty, cases.rows, compiler)?;
    let cover = |row: usize| match (rules[row], excepted[row]) {
        (Truth::No, _) => Cover::NotRuled,
        (Truth::Yes, Truth::Yes) => Cover::Out,
        (Truth::Yes, Truth::No) => covered(warranty, terms[row], cases, setting, row),
        _ => Cover::Unknown,
    };
    let covers: Vec<u32> =
        (0..cases.rows).into_par_iter().with_min_len(STRETCH).map(|row| cover(row) as u32).collect();
    Ok(vec![column(COLUMN, covers)])
}

/// The place of each case's term: the first whose words stand in the part, else in category or text.
fn terms_of(warranty: &Warranty, rows: usize, compiler: &Compiler<'_>) -> PolarsResult<Vec<Option<usize>>> {
    let rule_of_part = |term: &WarrantyTerm| Rule { part: term.words.clone(), ..Rule::default() };
    let rule_of_text = |term: &WarrantyTerm| Rule { words: term.words.clone(), ..Rule::default() };
    let mut terms = vec![None; rows];
    for rule_of in [&rule_of_part as &dyn Fn(&WarrantyTerm) -> Rule, &rule_of_text] {
        for (place, term) in warranty.terms.iter().enumerate() {
            let rule: Compiled = compiler.compile(&rule_of(term))?;
            // Rows that have their term already are not looked at.
            let open: Vec<Truth> =
                terms.iter().map(|term: &Option<usize>| if term.is_none() { Truth::Yes } else { Truth::No }).collect();
            for (term, truth) in terms.iter_mut().zip(rule.narrowed(open)) {
                if truth == Truth::Yes {
                    *term = Some(place);
                }
            }
        }
    }
    Ok(terms)
}

fn covered(
    warranty: &Warranty,
    term: Option<usize>,
    cases: &Cases,
    setting: &Setting<'_>,
    row: usize,
) -> Cover {
    let contract = warranty.replaced_by.and_then(|step| cases.written(step, row));
    let term = term.and_then(|place| warranty.terms.get(place));
    let start = term.and_then(|term| cases.written(term.from, row));
    let end = match (contract, term) {
        (Some(until), _) => End::At(until.latest()),
        (None, None) => return Cover::NoPart,
        (None, Some(term)) if term.design_life => End::Never,
        (None, Some(term)) => match start {
            None => return Cover::NoStart,
            Some(start) => end_of(term, start, cases, setting, row),
        },
    };
    let Some(received) = cases.moment(Step::Received, row) else { return Cover::Unknown };
    if start.is_some_and(|start| received.is_surely_before(start)) {
        return Cover::Impossible;
    }
    match end {
        End::Never => Cover::In,
        End::Untold => Cover::Unknown,
        End::At(end) if received.latest() <= end => Cover::In,
        End::At(end) if received.seconds >= end && (received.date_only || received.seconds > end) => Cover::Out,
        End::At(_) => Cover::Uncertain,
    }
}

fn end_of(term: &WarrantyTerm, start: Moment, cases: &Cases, setting: &Setting<'_>, row: usize) -> End {
    match (term.within, &term.seasons) {
        (Some(within), _) => End::At(due(cases.clock(setting, row), start.seconds, within.span())),
        (None, Some(seasons)) => end_of_seasons(seasons, start).map_or(End::Untold, End::At),
        (None, None) => End::Untold,
    }
}

/// 24:00 of the last day of the nth season that begins after the start.
fn end_of_seasons(seasons: &Seasons, start: Moment) -> Option<Seconds> {
    let day = |text: &str| -> Option<(u32, u32)> {
        let (month, day) = text.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    let ((from_month, from_day), (to_month, to_day)) = (day(&seasons.from)?, day(&seasons.to)?);
    let started = date_of(start.seconds);
    let this_year = NaiveDate::from_ymd_opt(started.year(), from_month, from_day)?;
    let first = started.year() + i32::from(this_year <= started);
    let last = first + i32::from(seasons.number) - 1 + i32::from((to_month, to_day) < (from_month, from_day));
    // A season to 29 February ends on the 28th of most years.
    let end = NaiveDate::from_ymd_opt(last, to_month, to_day)
        .or_else(|| NaiveDate::from_ymd_opt(last, to_month, to_day.checked_sub(1)?))?;
    Some((day_number(end) + 1) * DAY)
}
