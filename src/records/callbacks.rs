//! Callbacks: rows of callback tables, cells of the monthly matrix, and callbacks noted in a register of cases.

use super::cases::NO_LEVEL;
use super::cells::{CellReader, MomentCell, is_blank_mark, take_first};
use super::store::{NO_MOMENT, NameColumn, TextColumn, push_line};
use crate::moment::{Period, date_of, month_number};
use crate::normalise::label::tidy;
use crate::normalise::place;
use crate::normalise::rating::{Level, is_unreached};
use crate::problem::Code;
use crate::read::sheet::{Row, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;

/// Callbacks of one table, column by column.
#[derive(Debug, Default)]
pub struct CallbackRows {
    /// Row of the sheet, from zero.
    pub row: Vec<u32>,
    /// Line of the views of the sheet; left empty where the table is read as it stands.
    pub line: Vec<u32>,
    /// Month number of the period to which the callback belongs.
    pub month: Vec<i32>,
    /// When the customer was called back: seconds, or [`NO_MOMENT`].
    pub called_back: Vec<i64>,
    /// That moment is a date without a time.
    pub date_only: Vec<bool>,
    /// Something stood there that is no date.
    pub unreadable: Vec<bool>,
    /// Whether the customer was reached.
    pub reached: Vec<bool>,
    /// Satisfaction, punctuality, attitude, quality: number of the level, or [`NO_LEVEL`].
    pub levels: [Vec<u8>; 4],
    /// Community as the row names it.
    pub community: NameColumn,
    /// Building.
    pub building: NameColumn,
    /// Department.
    pub department: NameColumn,
    /// Topic, in the monthly matrix.
    pub topic: NameColumn,
    /// Method.
    pub method: NameColumn,
    /// Who called back.
    pub person_calling: NameColumn,
    /// Number of the case or callback.
    pub number: TextColumn,
    /// Room or place.
    pub place: TextColumn,
    /// Customer.
    pub person: TextColumn,
    /// Phone.
    pub phone: TextColumn,
    /// What was asked and done.
    pub text: TextColumn,
    /// What the customer suggested.
    pub suggestion: TextColumn,
}

/// The four ratings of a callback, in the order of [`CallbackRows::levels`].
pub const RATINGS: [Field; 4] = [Field::Opinion, Field::Punctuality, Field::Attitude, Field::Quality];

impl CallbackRows {
    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.row.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.row.is_empty()
    }

    /// Adds the callback of a row; `false` when it belongs to no month.
    pub fn push<'a>(&mut self, row: &Row<'a>, table: &Table, reader: &mut CellReader<'a>) -> bool {
        let (mut place, mut number, mut phone) = (String::new(), String::new(), String::new());
        let mut texts = Texts::default();
        let mut called = MomentCell::Blank;
        let mut levels: [Option<Level>; 4] = [None; 4];
        let mut conflict = [false; 4];
        let (mut nobody, mut said_month) = (false, None);
        for column in &table.columns {
            let Some(value) = row.get(column.col) else { continue };
            let at = row.origin(column.col);
            let value = if column.field == Field::CalledBack { Some(value) } else { reader.said(at, value) };
            let Some(value) = value else { continue };
            if let Some(which) = RATINGS.iter().position(|field| *field == column.field) {
                nobody |= matches!(value, Value::Text(text) if is_unreached(text));
                let answer = column.answer(value).map_or(value, Value::Text);
                if let Some(level) = reader.rating(at, answer, column.option) {
                    if levels[which].is_some_and(|before| before != level) {
                        reader.note(at, Code::RatingConflict, level.code());
                        conflict[which] = true;
                    }
                    levels[which] = Some(level);
                }
            } else if column.field == Field::CalledBack {
                if !matches!(called, MomentCell::At(_)) {
                    called = reader.moment(at, value);
                }
            } else if column.field == Field::Month {
                said_month = reader.month(value).or(said_month);
            } else if let Value::Text(text) = value {
                texts.take(column.field, text);
            } else if column.field == Field::Place {
                place = value.written();
            } else if column.field == Field::Number {
                number = value.written();
            } else if column.field == Field::Phone {
                phone = value.written();
            }
        }
        if texts.place.is_empty() {
            texts.place = &place;
        }
        if texts.number.is_empty() {
            texts.number = &number;
        }
        if texts.phone.is_empty() {
            texts.phone = &phone;
        }
        let month = match called {
            MomentCell::At(moment) => Some(month_number(date_of(moment.seconds))),
            _ => said_month.or_else(|| self.month_around(table)),
        };
        let Some(month) = month else { return false };
        let rated = levels.iter().any(Option::is_some);
        self.row.push(row.number);
        push_line(&mut self.line, row.line);
        self.month.push(month);
        self.called_back.push(called.seconds());
        self.date_only.push(matches!(called, MomentCell::At(moment) if moment.date_only));
        self.unreadable.push(called == MomentCell::Unreadable);
        self.reached.push(rated || !(nobody || texts.unreached()));
        for (place, column) in self.levels.iter_mut().enumerate() {
            column.push(if conflict[place] { NO_LEVEL } else { levels[place].map_or(NO_LEVEL, Level::number) });
        }
        self.push_texts(&texts, "");
        true
    }

    /// Adds a callback for each rated cell of a row of the monthly matrix; how many, or none when it belongs to no month.
    pub fn push_matrix<'a>(&mut self, row: &Row<'a>, table: &Table, reader: &mut CellReader<'a>) -> Option<u64> {
        let mut said_month = None;
        let (mut texts, mut topic) = (Texts::default(), String::new());
        for column in &table.columns {
            if matches!(column.field, Field::Item | Field::Opinion) {
                continue;
            }
            let said = row.get(column.col).and_then(|value| reader.said(row.origin(column.col), value));
            match (column.field, said) {
                (Field::Month, Some(value)) => said_month = reader.month(value),
                (Field::Topic, Some(value)) => topic = tidy(&value.written()),
                (field, Some(Value::Text(text))) => texts.take(field, text),
                _ => {}
            }
        }
        let month = said_month.or_else(|| self.month_around(table))?;
        let mut yielded = 0;
        // A topic a column, or months as columns and one rating in each of their cells.
        for column in table.columns.iter().filter(|column| matches!(column.field, Field::Item | Field::Opinion)) {
            let Some(value) = row.get(column.col) else { continue };
            let at = row.origin(column.col);
            // A stroke says that nobody was asked.
            let Some(value) = reader.said(at, value) else { continue };
            if matches!(value, Value::Text(text) if is_blank_mark(text)) {
                continue;
            }
            let level = reader.rating(at, value, None);
            self.row.push(row.number);
            push_line(&mut self.line, row.line);
            self.month.push(month);
            self.called_back.push(NO_MOMENT);
            self.date_only.push(false);
            self.unreadable.push(false);
            self.reached.push(level.is_some());
            for (place, levels) in self.levels.iter_mut().enumerate() {
                levels.push(if place == 0 { level.map_or(NO_LEVEL, Level::number) } else { NO_LEVEL });
            }
            let item = column.item_name();
            self.push_texts(&texts, if column.field == Field::Item { &item } else { &topic });
            yielded += 1;
        }
        Some(yielded)
    }

    fn push_texts(&mut self, texts: &Texts<'_>, topic: &str) {
        self.community.push(texts.community);
        self.building.push(if texts.building.is_empty() {
            place::building(texts.place).unwrap_or("")
        } else {
            texts.building
        });
        self.department.push(texts.department);
        self.topic.push(topic);
        self.method.push(texts.method);
        self.person_calling.push(texts.person_calling);
        self.number.push(texts.number);
        self.place.push(texts.place);
        self.person.push(texts.person);
        self.phone.push(texts.phone);
        self.text.push(texts.text);
        self.suggestion.push(if is_blank_mark(texts.suggestion) { "" } else { texts.suggestion });
    }

    /// The month that the title names, else that of the record above.
    fn month_around(&self, table: &Table) -> Option<i32> {
        match table.meta.period.period() {
            Some(period @ Period::Month(..)) => Some(period.first_month()),
            _ => self.month.last().copied(),
        }
    }
}

#[derive(Default)]
struct Texts<'a> {
    community: &'a str,
    building: &'a str,
    department: &'a str,
    method: &'a str,
    person_calling: &'a str,
    number: &'a str,
    place: &'a str,
    person: &'a str,
    phone: &'a str,
    text: &'a str,
    suggestion: &'a str,
    status: &'a str,
}

impl<'a> Texts<'a> {
    fn take(&mut self, field: Field, text: &'a str) {
        match field {
            Field::Community => take_first(&mut self.community, text),
            Field::Building => take_first(&mut self.building, text),
            Field::Department => take_first(&mut self.department, text),
            Field::Method => take_first(&mut self.method, text),
            Field::CallbackPerson => take_first(&mut self.person_calling, text),
            Field::Number => take_first(&mut self.number, text),
            Field::Place => take_first(&mut self.place, text),
            Field::Person => take_first(&mut self.person, text),
            Field::Phone => take_first(&mut self.phone, text),
            Field::Text => take_first(&mut self.text, text),
            Field::Suggestion => take_first(&mut self.suggestion, text),
            Field::Status => take_first(&mut self.status, text),
            _ => {}
        }
    }

    /// The state says that nobody answered.
    fn unreached(&self) -> bool {
        is_unreached(self.status) || ["否", "未回访"].contains(&self.status.trim())
    }
}
