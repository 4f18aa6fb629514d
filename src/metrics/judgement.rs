//! Which survey answers count as satisfied and which as dissatisfied.

use polars::prelude::{DataFrame, PolarsResult};

use crate::normalise::rating::Level;
use crate::profile::schema::Scale;
use crate::records::cases::NO_LEVEL;
use crate::records::columns as c;

/// The satisfied and the dissatisfied levels; without a scale those that say so in words.
pub(super) fn judged_levels(scale: Option<&Scale>) -> (&[Level], &[Level]) {
    match scale {
        Some(scale) => (&scale.satisfied, &scale.dissatisfied),
        None => (&Level::ALL[..5], &[Level::Dissatisfied, Level::VeryDissatisfied]),
    }
}

/// The answers of a frame beside the scale that judges them.
pub(super) struct Judgement<'a> {
    scale: Option<&'a Scale>,
    /// Level of each answer.
    pub(super) levels: Vec<u32>,
    /// Score of each answer, or not a number.
    pub(super) scores: Vec<f64>,
    highest: Vec<u32>,
}

impl<'a> Judgement<'a> {
    /// Of a frame of answers.
    pub(super) fn of(answers: &DataFrame, scale: Option<&'a Scale>) -> PolarsResult<Self> {
        let no_level = u32::from(NO_LEVEL);
        Ok(Self {
            scale,
            levels: answers.column(c::LEVEL)?.u32()?.iter().map(|level| level.unwrap_or(no_level)).collect(),
            scores: answers.column(c::SCORE)?.f64()?.iter().map(|score| score.unwrap_or(f64::NAN)).collect(),
            highest: answers.column(c::SCORE_HIGHEST)?.u32()?.iter().map(|highest| highest.unwrap_or(0)).collect(),
        })
    }

    /// Whether an answer is a score; one beyond the scale of its table is a slip of the pen and no answer.
    pub(super) fn is_scored(&self, row: usize) -> bool {
        !self.scores[row].is_nan() && self.scores[row] <= f64::from(self.highest[row])
    }

    /// Whether an answer counts as satisfied.
    pub(super) fn is_satisfied(&self, row: usize) -> bool {
        self.is(row, judged_levels(self.scale).0, true)
    }

    /// Whether an answer counts as dissatisfied.
    pub(super) fn is_dissatisfied(&self, row: usize) -> bool {
        self.is(row, judged_levels(self.scale).1, false)
    }

    fn is(&self, row: usize, words: &[Level], satisfied: bool) -> bool {
        if self.scores[row].is_nan() {
            return words.iter().any(|level| u32::from(level.number()) == self.levels[row]);
        }
        let scales = self.scale.map_or(&[][..], |scale| &scale.scores);
        let scale = scales.iter().find(|scale| u32::from(scale.highest) == self.highest[row]);
        self.is_scored(row) && scale.is_some_and(|scale| (self.scores[row] >= scale.satisfied_from) == satisfied)
    }
}
