//! The frames of survey forms, their answers and their choices.

use polars::prelude::PolarsResult;

use super::assemble::Records;
use super::columns as c;
use super::frames::{column, frame, origin_columns};

/// Columns of forms and answers while they grow.
#[derive(Default)]
pub(super) struct FormColumns {
    pub(super) source: Vec<u32>,
    pub(super) row: Vec<u32>,
    pub(super) community: Vec<u32>,
    pub(super) period: Vec<i32>,
    pub(super) building: Vec<u32>,
    pub(super) method: Vec<u32>,
    pub(super) answers: Vec<u32>,
    pub(super) answer_form: Vec<u32>,
    pub(super) item: Vec<u32>,
    pub(super) level: Vec<u8>,
    pub(super) score: Vec<f64>,
    pub(super) score_highest: Vec<u32>,
    pub(super) choice_form: Vec<u32>,
    pub(super) question: Vec<u32>,
    pub(super) option: Vec<u32>,
}

impl FormColumns {
    /// Builds the frames.
    pub(super) fn build(self, records: &mut Records) -> PolarsResult<()> {
        let of_choice =
            |values: &[u32]| self.choice_form.iter().map(|form| values[*form as usize]).collect::<Vec<u32>>();
        let choice_period: Vec<i32> = self.choice_form.iter().map(|form| self.period[*form as usize]).collect();
        records.choices = frame(
            self.choice_form.len(),
            vec![
                column(c::COMMUNITY, of_choice(&self.community)),
                column(c::PERIOD, choice_period),
                column(c::BUILDING, of_choice(&self.building)),
                column(c::METHOD, of_choice(&self.method)),
                column(c::QUESTION, self.question),
                column(c::OPTION, self.option),
                column(c::FORM, self.choice_form.clone()),
            ],
        )?;
        let of_form = |values: &[u32]| self.answer_form.iter().map(|form| values[*form as usize]).collect::<Vec<u32>>();
        let period: Vec<i32> = self.answer_form.iter().map(|form| self.period[*form as usize]).collect();
        let level: Vec<u32> = self.level.iter().map(|level| u32::from(*level)).collect();
        records.answers = frame(
            self.item.len(),
            vec![
                column(c::COMMUNITY, of_form(&self.community)),
                column(c::PERIOD, period),
                column(c::BUILDING, of_form(&self.building)),
                column(c::METHOD, of_form(&self.method)),
                column(c::ITEM, self.item),
                column(c::LEVEL, level),
                column(c::SCORE, self.score),
                column(c::SCORE_HIGHEST, self.score_highest),
                column(c::FORM, self.answer_form),
            ],
        )?;
        let mut columns = origin_columns(self.source, self.row);
        columns.extend([
            column(c::COMMUNITY, self.community),
            column(c::PERIOD, self.period),
            column(c::BUILDING, self.building),
            column(c::METHOD, self.method),
            column(c::ANSWERS, self.answers),
        ]);
        records.forms = frame(columns[0].len(), columns)?;
        Ok(())
    }
}
