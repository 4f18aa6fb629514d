//! Survey responses: one record for each answered item of a form.

use super::cases::NO_LEVEL;
use super::cells::{CellReader, is_blank_mark, take_first};
use super::store::{NameColumn, TextColumn, push_line};
use crate::moment::{Period, date_of, month_number};
use crate::normalise::answer;
use crate::normalise::period;
use crate::normalise::place;
use crate::normalise::rating::{Level, Ticked, option_list, score};
use crate::origin::CellAt;
use crate::problem::Code;
use crate::read::sheet::{Row, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::recognise::header::Column;
use crate::recognise::questions::Question;
use crate::records::cells::MomentCell;

/// Scales that surveys are scored on.
const SCALES: [u16; 3] = [5, 10, 100];

/// Forms of one table and their answers.
#[derive(Debug, Default)]
pub struct ResponseRows {
    /// Row of the sheet of each form, from zero.
    pub row: Vec<u32>,
    /// Line of the views of the sheet; left empty where the table is read as it stands.
    pub line: Vec<u32>,
    /// Half year or year of each form.
    pub period: Vec<Period>,
    /// Id of the respondent of each form.
    pub respondent: TextColumn,
    /// Community as the form names it.
    pub community: NameColumn,
    /// Building.
    pub building: NameColumn,
    /// Room of the respondent, where a form bears one.
    pub place: TextColumn,
    /// When each form was filled in or handed in, or [`NO_MOMENT`](super::store::NO_MOMENT).
    pub surveyed: Vec<i64>,
    /// Whether that is a date without a time.
    pub date_only: Vec<bool>,
    /// Whether something stood there that is no date.
    pub unreadable: Vec<bool>,
    /// Method.
    pub method: NameColumn,
    /// Respondent's name, where a form bears one.
    pub person: TextColumn,
    /// What the respondent suggested, one paragraph an open question.
    pub suggestion: TextColumn,
    /// Form of each answer: its place among the forms.
    pub form: Vec<u32>,
    /// Item of each answer: its place in [`ResponseRows::items`].
    pub item: Vec<u32>,
    /// Worded answer, or [`NO_LEVEL`].
    pub level: Vec<u8>,
    /// Scored answer, or not a number.
    pub score: Vec<f64>,
    /// Items, as their headers name them.
    pub items: Vec<String>,
    /// Item of each column of answers: its place in [`ResponseRows::items`].
    item_of: Vec<u32>,
    /// Form of each choice: its place among the forms.
    pub choice_form: Vec<u32>,
    /// Question of each choice.
    pub question: NameColumn,
    /// Option that was chosen, or what was written instead of a rating.
    pub choice: NameColumn,
    /// Highest score of the scale, where the mapping or a header says it.
    pub score_highest: Option<u16>,
}

impl ResponseRows {
    /// An empty batch for a table.
    #[must_use]
    pub fn new(table: &Table, score_highest: Option<u16>) -> Self {
        let columns = || table.columns.iter().filter(|column| column.field == Field::Item);
        let told = columns().filter_map(|column| column.scale).max();
        let (mut items, mut item_of) = (Vec::new(), Vec::new());
        for name in columns().map(Column::item_name) {
            // The options of one item are columns side by side.
            let place = items.iter().position(|known| *known == name).unwrap_or_else(|| {
                items.push(name);
                items.len() - 1
            });
            item_of.push(u32::try_from(place).unwrap_or(0));
        }
        Self { items, item_of, score_highest: score_highest.or(told), ..Self::default() }
    }

    /// Adds the form of a row; how many answers it gives, or none when it belongs to no survey round.
    pub fn push<'a>(
        &mut self,
        row: &Row<'a>,
        table: &Table,
        round: Option<Period>,
        reader: &mut CellReader<'a>,
    ) -> Option<u64> {
        let mut texts: [&str; 5] = [""; 5];
        let (mut respondent, mut building) = (String::new(), String::new());
        let (mut place, mut suggestion) = (String::new(), String::new());
        let (mut period, mut surveyed) = (round, MomentCell::Blank);
        for column in &table.columns {
            let Some(value) = row.get(column.col) else { continue };
            let at = row.origin(column.col);
            let is_text = !matches!(column.field, Field::Received | Field::Item | Field::Choice);
            let Some(value) = (if is_text { reader.said(at, value) } else { Some(value) }) else { continue };
            match (column.field, value) {
                (Field::Round, Value::Text(text)) => {
                    period = period::find(text).or(table.meta.period).period().or(period);
                }
                (Field::Received, value) if !matches!(surveyed, MomentCell::At(_)) => {
                    surveyed = reader.moment(at, value);
                }
                (Field::Respondent, value) if respondent.is_empty() => {
                    respondent = value.written();
                    if is_blank_mark(&respondent) {
                        respondent.clear();
                    }
                }
                (Field::Building, Value::Number(_)) => building = value.written(),
                (Field::Community, Value::Text(text)) => take_first(&mut texts[0], text),
                (Field::Building, value) => take_first(&mut texts[1], building_text(value)),
                (Field::Method, Value::Text(text)) => take_first(&mut texts[2], text),
                (Field::Person, Value::Text(text)) => take_first(&mut texts[3], text),
                (Field::Place, Value::Text(text)) => take_first(&mut texts[4], text),
                (Field::Place, Value::Number(_)) => place = value.written(),
                (Field::Suggestion, Value::Text(text)) if !is_blank_mark(text) => {
                    suggestion.push_str(text.trim());
                    suggestion.push('\n');
                }
                _ => {}
            }
        }
        let answered = match surveyed {
            MomentCell::At(moment) => Some(half_of_month(month_number(date_of(moment.seconds)))),
            _ => None,
        };
        let period = period.or(answered).or_else(|| self.period.last().copied())?;
        let form = u32::try_from(self.row.len()).ok()?;
        self.row.push(row.number);
        push_line(&mut self.line, row.line);
        self.period.push(period);
        self.respondent.push(&respondent);
        self.community.push(texts[0]);
        self.building.push(match texts[1] {
            "" if building.is_empty() => place::building(texts[4]).unwrap_or(""),
            "" => &building,
            text => text,
        });
        self.place.push(if is_blank_mark(texts[4]) { &place } else { texts[4] });
        self.surveyed.push(surveyed.seconds());
        self.date_only.push(matches!(surveyed, MomentCell::At(moment) if moment.date_only));
        self.unreadable.push(surveyed == MomentCell::Unreadable);
        self.method.push(texts[2]);
        self.person.push(texts[3]);
        self.suggestion.push(&suggestion);
        self.push_choices(row, table, form);
        Some(self.push_answers(row, table, form, reader))
    }

    /// The highest score of the scale: what the mapping says, else the shortest usual scale that holds all but a hundredth of
    /// the scores; 0 without scores.
    #[must_use]
    pub fn scale(&self) -> u16 {
        if let Some(highest) = self.score_highest {
            return highest;
        }
        let mut scores: Vec<f64> = self.score.iter().copied().filter(|score| !score.is_nan()).collect();
        scores.sort_unstable_by(f64::total_cmp);
        let Some(top) = scores.len().checked_sub(1).map(|last| scores[last - last / 100]) else { return 0 };
        SCALES.into_iter().find(|highest| top <= f64::from(*highest)).unwrap_or(100)
    }

    /// Keeps what was chosen in the questions that are no rating.
    fn push_choices(&mut self, row: &Row<'_>, table: &Table, form: u32) {
        for column in table.columns.iter().filter(|column| column.field == Field::Choice) {
            let Some(value) = row.get(column.col).filter(|value| !matches!(value, Value::Error(_))) else { continue };
            let written = value.written();
            let question = column.question.as_ref();
            if let Some(Question { stem, part: Some(option), is_option: true }) = question {
                if answer::mark(&written) == Some(true) {
                    self.push_choice(form, stem, option);
                }
                continue;
            }
            let name = question.map_or_else(|| column.label.clone(), Question::full);
            for chosen in answer::choices(&written) {
                self.push_choice(form, &name, chosen);
            }
        }
    }

    fn push_choice(&mut self, form: u32, question: &str, choice: &str) {
        self.choice_form.push(form);
        self.question.push(question);
        self.choice.push(choice);
    }

    /// Takes out the scores beyond the scale that all rows together tell, each with its cell; how many.
    pub fn drop_scores_beyond_scale(&mut self, table: &Table, reader: &mut CellReader<'_>) -> u64 {
        let highest = f64::from(self.scale());
        if !self.score.iter().any(|score| *score > highest) {
            return 0;
        }
        let cols: Vec<u32> =
            table.columns.iter().filter(|column| column.field == Field::Item).map(|column| column.col).collect();
        let mut kept = Vec::with_capacity(self.score.len());
        for (place, score) in self.score.iter().enumerate() {
            if *score > highest {
                let row = self.row[self.form[place] as usize];
                let at = CellAt { row, col: cols.get(self.item[place] as usize).copied().unwrap_or(0) };
                reader.note(at, Code::ScoreOutOfRange, &Value::Number(*score).written());
            } else {
                kept.push(place);
            }
        }
        let dropped = (self.score.len() - kept.len()) as u64;
        self.form = kept.iter().map(|place| self.form[*place]).collect();
        self.item = kept.iter().map(|place| self.item[*place]).collect();
        self.level = kept.iter().map(|place| self.level[*place]).collect();
        self.score = kept.iter().map(|place| self.score[*place]).collect();
        dropped
    }

    fn push_answers(&mut self, row: &Row<'_>, table: &Table, form: u32, reader: &mut CellReader<'_>) -> u64 {
        let before = self.form.len();
        let mut ticked: Vec<(u32, CellAt, Level)> = Vec::new();
        for (place, column) in table.columns.iter().filter(|column| column.field == Field::Item).enumerate() {
            let Some(value) = row.get(column.col) else { continue };
            let (at, item) = (row.origin(column.col), self.item_of.get(place).copied().unwrap_or(0));
            if column.option.is_some() {
                ticked.extend(reader.rating(at, value, column.option).map(|level| (item, at, level)));
            } else if let Some((level, score)) = self.answer(at, value, reader) {
                self.push_answer(form, item, level, score);
            }
        }
        for options in ticked.chunk_by(|(item, _, _), (next, _, _)| item == next) {
            match options {
                [(item, _, level)] => self.push_answer(form, *item, level.number(), f64::NAN),
                [.., (_, at, level)] => reader.note(*at, Code::RatingConflict, level.code()),
                [] => {}
            }
        }
        (self.form.len() - before) as u64
    }

    fn push_answer(&mut self, form: u32, item: u32, level: u8, score: f64) {
        self.form.push(form);
        self.item.push(item);
        self.level.push(level);
        self.score.push(score);
    }

    /// A worded answer or a score on the scale; anything else is a problem and no answer.
    fn answer(&self, at: CellAt, value: Value<'_>, reader: &mut CellReader<'_>) -> Option<(u8, f64)> {
        let score = match value {
            Value::Text(text) => {
                if is_blank_mark(text) || answer::is_unasked(text) {
                    return None;
                }
                if let Some(level) = Level::parse(text) {
                    return Some((level.number(), f64::NAN));
                }
                match option_list(text) {
                    Some(Ticked::One(level)) => return Some((level.number(), f64::NAN)),
                    Some(Ticked::Nothing) => return None,
                    Some(Ticked::Several) => {
                        reader.note(at, Code::RatingConflict, text);
                        return None;
                    }
                    None => score(text),
                }
            }
            Value::Number(number) => Some(number),
            _ => None,
        };
        let Some(score) = score else {
            reader.note(at, Code::RatingUnknown, &value.written());
            return None;
        };
        let highest = f64::from(self.score_highest.unwrap_or(100));
        if !(0.0..=highest).contains(&score) {
            reader.note(at, Code::ScoreOutOfRange, &value.written());
            return None;
        }
        Some((NO_LEVEL, score))
    }
}

fn building_text(value: Value<'_>) -> &str {
    match value {
        Value::Text(text) => place::building(text).unwrap_or(text),
        _ => "",
    }
}

/// The half year of a month.
fn half_of_month(month: i32) -> Period {
    Period::Half(month.div_euclid(12), if month.rem_euclid(12) < 6 { 1 } else { 2 })
}
