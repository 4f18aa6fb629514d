//! Metrics on surveys. One metric, one file, one line here.

mod answers;
mod coverage_year;
mod evenness;
mod item_dissatisfied;
mod item_satisfied;
mod mean_score;
mod overall_satisfied;
mod round_count;
mod rounds;
mod units;
mod valid_forms;

use polars::prelude::{DataFrame, IntoLazy, PolarsResult, col, lit};

use super::fact::{Dimension as D, FactKey};
use super::judgement::Judgement;
use super::metric::ONE;
use super::runner::{DimensionColumn, Run, ScopeCode, Setting, sums_by_time};
use super::taker::{Taker, part_in_two, two_in_one};
use crate::normalise::rating::Level;
use crate::profile::schema::{Profile, Scale};
use crate::records::assemble::{Records, period_of_code};
use crate::records::columns as c;
use crate::records::frames::column;

/// Column: item and level in one code.
const ITEM_LEVEL: &str = "item_level";

/// Codes of one item's levels: worded ones 0–8, scores from here in tenths.
const SCORES: u32 = 100;
/// Codes of one item.
const PER_ITEM: u32 = 10_000;

/// Measures surveys under a profile.
///
/// # Errors
/// When a query fails, which a test of every metric rules out.
pub(super) fn measure(
    records: &Records,
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let forms = forms_until(&records.forms, setting)?;
    let run = Run { frame: &forms, time: c::PERIOD, profile, setting, dimensions: Vec::new(), reads: Box::new(reads) };
    let mut form_counts = rounds::FormCounts::new();
    if forms.height() > 0 {
        taker.run(&run, vec![valid_forms::metric()], None)?;
        for ((code, scope), sums) in sums_by_time(&run, c::PERIOD, vec![col(ONE)])? {
            if matches!(scope, ScopeCode::Community(_)) {
                *form_counts.entry((period_of_code(code), scope)).or_default() += sums[0];
            }
        }
    }
    rounds::measure(&records.rounds, (&run, &form_counts), profile, setting, taker)?;
    if profile.survey.is_some() {
        let mut known = round_count::answered(&records.answers, setting)?;
        known.extend(form_counts.keys().copied());
        round_count::measure(&records.rounds, &known, profile, setting, taker)?;
    }
    let units = &records.registers.round_units;
    coverage_year::measure(units, profile, setting, taker)?;
    evenness::measure(units, profile, setting, taker)?;
    units::measure(units, profile, setting, taker)?;
    if let Some(scale) = &profile.scale {
        let answers = answers_until(&records.answers, scale, setting)?;
        if answers.height() > 0 {
            measure_answers(&answers, profile, setting, taker)?;
        }
    }
    Ok(())
}

fn measure_answers(
    answers: &DataFrame,
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    let names = setting.names;
    let item = DimensionColumn::new(D::Item, c::ITEM, |code| names.item.shared(code));
    let run = |dimension| Run {
        frame: answers,
        time: c::PERIOD,
        profile,
        setting,
        dimensions: vec![dimension],
        reads: Box::new(reads),
    };
    let by_item = run(item);
    taker.run(&by_item, vec![mean_score::metric()], None)?;
    // A rate over all items together has no meaning in the procedures: only the items' own rates are facts.
    let of_items = vec![item_satisfied::metric(), item_dissatisfied::metric()];
    taker.run(&by_item, of_items, Some(|key| matches!(key.dimension, Some((D::Item, _)))))?;
    overall_satisfied::measure(profile, setting, taker);
    let by_level = run(DimensionColumn::new(D::Level, ITEM_LEVEL, |code| {
        names.item.name(code / PER_ITEM).map(|item| two_in_one(item, &level_name(code % PER_ITEM)))
    }));
    taker.run(&by_level, vec![answers::metric()], Some(by_item_and_level))
}

/// Item and level of an answer stand in one code: the key names them apart.
fn by_item_and_level(key: &mut FactKey) -> bool {
    part_in_two(key, [D::Item, D::Level])
}

/// Columns of the records from which all that is counted is made: of forms their answers, of answers themselves.
fn reads(_: &str) -> Vec<&'static str> {
    vec![c::ANSWERS, c::LEVEL]
}

fn level_name(code: u32) -> String {
    if code < SCORES {
        return Level::ALL.get(code as usize).map_or("none", |level| level.code()).to_owned();
    }
    let tenths = code - SCORES;
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Forms of periods that had begun by the as-of moment.
fn forms_until(forms: &DataFrame, setting: &Setting<'_>) -> PolarsResult<DataFrame> {
    if forms.height() == 0 {
        return Ok(forms.clone());
    }
    let mut forms = forms.clone().lazy().filter(begun(setting)).collect()?;
    let ones = column(ONE, vec![true; forms.height()]);
    let valid: Vec<bool> = forms.column(c::ANSWERS)?.u32()?.iter().map(|answers| answers.unwrap_or(0) > 0).collect();
    forms.with_column(ones)?;
    forms.with_column(column("is_valid_form", valid))?;
    Ok(forms)
}

fn begun(setting: &Setting<'_>) -> polars::prelude::Expr {
    col(c::PERIOD).lt(lit((setting.last_month() + 1) * 16))
}

/// Answers with the columns that the metrics use.
fn answers_until(answers: &DataFrame, scale: &Scale, setting: &Setting<'_>) -> PolarsResult<DataFrame> {
    if answers.height() == 0 {
        return Ok(answers.clone());
    }
    let mut answers = answers.clone().lazy().filter(begun(setting)).collect()?;
    let judge = Judgement::of(&answers, Some(scale))?;
    let (levels, scores) = (&judge.levels, &judge.scores);
    let items: Vec<u32> = answers.column(c::ITEM)?.u32()?.iter().map(|item| item.unwrap_or(0)).collect();
    let rows = answers.height();
    let flags = |of: &dyn Fn(usize) -> bool| (0..rows).map(of).collect::<Vec<bool>>();
    let tenths = |score: f64| -> u32 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores lie between 0 and 100")]
        let tenths = (score.clamp(0.0, 900.0) * 10.0).round() as u32;
        tenths
    };
    let codes: Vec<u32> = (0..rows)
        .map(|row| {
            items[row] * PER_ITEM + if scores[row].is_nan() { levels[row] } else { SCORES + tenths(scores[row]) }
        })
        .collect();
    #[allow(clippy::cast_possible_truncation, reason = "scores lie between 0 and 100")]
    let thousandths: Vec<i64> =
        (0..rows).map(|row| if judge.is_scored(row) { (scores[row] * 1_000.0).round() as i64 } else { 0 }).collect();
    let columns = [
        column(ONE, vec![true; rows]),
        column("is_satisfied", flags(&|row| judge.is_satisfied(row))),
        column("is_dissatisfied", flags(&|row| judge.is_dissatisfied(row))),
        column("is_no_opinion", flags(&|row| levels[row] == u32::from(Level::NoOpinion.number()))),
        column("is_scored", flags(&|row| judge.is_scored(row))),
        column(mean_score::THOUSANDTHS, thousandths),
        column(ITEM_LEVEL, codes),
    ];
    for column in columns {
        answers.with_column(column)?;
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_documented_under_the_seven_headings() {
        let metrics = [
            valid_forms::metric(),
            item_satisfied::metric(),
            item_dissatisfied::metric(),
            mean_score::metric(),
            answers::metric(),
        ];
        super::super::metric::assert_documented(&metrics);
    }

    #[test]
    fn scores_and_wordings_have_names_of_their_own() {
        assert_eq!(level_name(u32::from(Level::Satisfied.number())), "satisfied");
        assert_eq!((level_name(SCORES + 70), level_name(SCORES + 75)), ("7".to_owned(), "7.5".to_owned()));
    }
}
