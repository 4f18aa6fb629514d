//! Survey responses: one record for each answered item of a form.

use super::cases::NO_LEVEL;
use super::cells::{CellReader, is_blank_mark};
use super::store::{NameColumn, TextColumn};
use crate::moment::{Period, date_of, month_number};
use crate::normalise::number;
use crate::normalise::period;
use crate::normalise::place;
use crate::normalise::rating::Level;
use crate::origin::CellAt;
use crate::problem::Code;
use crate::read::sheet::{Row, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::records::cells::MomentCell;

/// Scales that surveys are scored on.
const SCALES: [u16; 3] = [5, 10, 100];

/// Forms of one table and their answers.
#[derive(Debug, Default)]
pub struct ResponseRows {
    /// Row of the sheet of each form, from zero.
    pub row: Vec<u32>,
    /// Half year or year of each form.
    pub period: Vec<Period>,
    /// Id of the respondent of each form.
    pub respondent: TextColumn,
    /// Community as the form names it.
    pub community: NameColumn,
    /// Building.
    pub building: NameColumn,
    /// Method.
    pub method: NameColumn,
    /// Respondent's name, where a form bears one.
    pub person: TextColumn,
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
    /// Highest score of the scale, where the mapping says it.
    pub score_highest: Option<u16>,
}

impl ResponseRows {
    /// An empty batch for a table.
    #[must_use]
    pub fn new(table: &Table, score_highest: Option<u16>) -> Self {
        let items =
            table.columns.iter().filter(|column| column.field == Field::Item).map(|column| column.label.clone());
        Self { items: items.collect(), score_highest, ..Self::default() }
    }

    /// Adds the form of a row; how many answers it gives, or none when it belongs to no survey round.
    pub fn push(
        &mut self,
        row: &Row<'_>,
        table: &Table,
        round: Option<Period>,
        reader: &mut CellReader<'_>,
    ) -> Option<u64> {
        let mut texts: [&str; 5] = [""; 5];
        let (mut respondent, mut building) = (String::new(), String::new());
        let mut period = round;
        for column in &table.columns {
            let Some(value) = row.get(column.col) else { continue };
            let at = row.origin(column.col);
            match (column.field, value) {
                (Field::Round, Value::Text(text)) => {
                    period = period::find(text).or(table.meta.period).period().or(period);
                }
                (Field::Received, value) if period.is_none() => {
                    if let MomentCell::At(moment) = reader.moment(at, value) {
                        period = Some(half_of_month(month_number(date_of(moment.seconds))));
                    }
                }
                (Field::Respondent, value) => {
                    respondent = value.written();
                    if is_blank_mark(&respondent) {
                        respondent.clear();
                    }
                }
                (Field::Building, Value::Number(_)) => building = value.written(),
                (Field::Community, Value::Text(text)) => texts[0] = text,
                (Field::Building, value) => texts[1] = building_text(value),
                (Field::Method, Value::Text(text)) => texts[2] = text,
                (Field::Person, Value::Text(text)) => texts[3] = text,
                (Field::Place, Value::Text(text)) => texts[4] = text,
                _ => {}
            }
        }
        let period = period.or_else(|| self.period.last().copied())?;
        let form = u32::try_from(self.row.len()).ok()?;
        self.row.push(row.number);
        self.period.push(period);
        self.respondent.push(&respondent);
        self.community.push(texts[0]);
        self.building.push(match texts[1] {
            "" if building.is_empty() => place::building(texts[4]).unwrap_or(""),
            "" => &building,
            text => text,
        });
        self.method.push(texts[2]);
        self.person.push(texts[3]);
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

    fn push_answers(&mut self, row: &Row<'_>, table: &Table, form: u32, reader: &mut CellReader<'_>) -> u64 {
        let mut yielded = 0;
        for (item, column) in table.columns.iter().filter(|column| column.field == Field::Item).enumerate() {
            let Some(value) = row.get(column.col) else { continue };
            let at = row.origin(column.col);
            let Some((level, score)) = self.answer(at, value, reader) else { continue };
            self.form.push(form);
            self.item.push(u32::try_from(item).unwrap_or(0));
            self.level.push(level);
            self.score.push(score);
            yielded += 1;
        }
        yielded
    }

    /// A worded answer or a score on the scale; anything else is a problem and no answer.
    fn answer(&self, at: CellAt, value: Value<'_>, reader: &mut CellReader<'_>) -> Option<(u8, f64)> {
        let score = match value {
            Value::Text(text) => {
                if is_blank_mark(text) {
                    return None;
                }
                if let Some(level) = Level::parse(text) {
                    return Some((level.number(), f64::NAN));
                }
                number::parse(text)
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
