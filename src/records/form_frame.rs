//! The frames of survey forms, their answers and their choices.

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::assemble::Records;
use super::columns as c;
use super::frames::{NameList, column, frame, line_column, origin_columns};
use super::responses::ResponseRows;
use super::store::{NO_MOMENT, NO_NAME};
use super::tallies::{AnswerTally, Counted};
use crate::step::Step;

/// Form of an answer that was counted in a tally and stands on none.
pub(super) const NO_FORM: u32 = u32::MAX;

/// Columns of forms and answers while they grow.
#[derive(Default)]
pub(super) struct FormColumns {
    pub(super) source: Vec<u32>,
    pub(super) row: Vec<u32>,
    pub(super) line: Vec<u32>,
    pub(super) community: Vec<u32>,
    pub(super) period: Vec<i32>,
    pub(super) building: Vec<u32>,
    pub(super) method: Vec<u32>,
    pub(super) answers: Vec<u32>,
    pub(super) suggestion: Vec<Option<String>>,
    pub(super) place: Vec<Option<String>>,
    pub(super) surveyed: Vec<Option<i64>>,
    pub(super) date_only: Vec<u32>,
    pub(super) unreadable: Vec<u32>,
    pub(super) answer_form: Vec<u32>,
    pub(super) item: Vec<u32>,
    pub(super) level: Vec<u8>,
    pub(super) score: Vec<f64>,
    pub(super) score_highest: Vec<u32>,
    pub(super) choice_form: Vec<u32>,
    pub(super) question: Vec<u32>,
    pub(super) option: Vec<u32>,
    /// From this place on what stands among the forms is none: tallies, which come last.
    pub(super) tallied_from: Option<usize>,
}

impl FormColumns {
    /// How many answers each community gave in each period, by item.
    pub(super) fn answered(&self, items: &NameList) -> Counted {
        let mut sums: BTreeMap<(u32, i32, u32), u64> = BTreeMap::new();
        for (form, item) in self.answer_form.iter().zip(&self.item) {
            *sums.entry((self.community[*form as usize], self.period[*form as usize], *item)).or_default() += 1;
        }
        let mut answered = Counted::default();
        for ((community, period, item), answers) in sums {
            answered.add(community, period, items.name(item).unwrap_or(""), answers);
        }
        answered
    }

    /// Adds the room and the date of a form.
    pub(super) fn push_household(&mut self, rows: &ResponseRows, row: usize) {
        let bit = |is: bool| if is { Step::Surveyed.bit() } else { 0 };
        self.place.push(rows.place.get(row).map(str::to_owned));
        self.surveyed.push(Some(rows.surveyed[row]).filter(|at| *at != NO_MOMENT));
        self.date_only.push(bit(rows.date_only[row]));
        self.unreadable.push(bit(rows.unreadable[row]));
    }

    /// Adds the answers of a tally: they stand on no form.
    pub(super) fn push_tally(&mut self, source: u32, community: u32, period: i32, item: u32, tally: &AnswerTally) {
        self.source.push(source);
        self.row.push(tally.at.row);
        self.line.push(tally.line);
        self.community.push(community);
        self.period.push(period);
        self.building.push(NO_NAME);
        self.method.push(NO_NAME);
        self.answers.push(0);
        self.suggestion.push(None);
        self.place.push(None);
        self.surveyed.push(None);
        self.date_only.push(0);
        self.unreadable.push(0);
        self.tallied_from = self.tallied_from.or(Some(self.row.len() - 1));
        for _ in 0..tally.count {
            self.answer_form.push(u32::try_from(self.row.len() - 1).unwrap_or(u32::MAX));
            self.item.push(item);
            self.level.push(tally.level.number());
            self.score.push(f64::NAN);
            self.score_highest.push(0);
        }
    }

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
        let tallied_from = self.tallied_from.unwrap_or(self.row.len());
        let real = |form: &u32| if (*form as usize) < tallied_from { *form } else { NO_FORM };
        let form: Vec<u32> = self.answer_form.iter().map(real).collect();
        let level: Vec<u32> = self.level.iter().map(|level| u32::from(*level)).collect();
        let mut answers = vec![
            column(c::SOURCE, of_form(&self.source)),
            column(c::ROW, of_form(&self.row)),
            column(c::COMMUNITY, of_form(&self.community)),
            column(c::PERIOD, period),
            column(c::BUILDING, of_form(&self.building)),
            column(c::METHOD, of_form(&self.method)),
            column(c::ITEM, self.item),
            column(c::LEVEL, level),
            column(c::SCORE, self.score),
            column(c::SCORE_HIGHEST, self.score_highest),
            column(c::FORM, form),
        ];
        answers.extend(line_column(of_form(&self.line)));
        records.answers = frame(answers[0].len(), answers)?;
        let mut columns = origin_columns(self.source, self.row);
        columns.extend(line_column(self.line));
        columns.extend([
            column(c::COMMUNITY, self.community),
            column(c::PERIOD, self.period),
            column(c::BUILDING, self.building),
            column(c::METHOD, self.method),
            column(c::ANSWERS, self.answers),
        ]);
        if self.suggestion.iter().any(Option::is_some) {
            columns.push(column(c::SUGGESTION, self.suggestion));
        }
        if self.place.iter().any(Option::is_some) {
            columns.push(column(c::PLACE, self.place));
        }
        if self.surveyed.iter().any(Option::is_some) || self.unreadable.iter().any(|bits| *bits != 0) {
            columns.extend([
                column(Step::Surveyed.column(), self.surveyed),
                column(c::DATE_ONLY, self.date_only),
                column(c::UNREADABLE, self.unreadable),
            ]);
        }
        let forms = frame(columns[0].len(), columns)?;
        records.forms = forms.head(Some(tallied_from));
        Ok(())
    }
}
