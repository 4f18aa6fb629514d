//! What one row says, before it is stored.

use super::amount::{self, Amount};
use super::further::Further;
use super::moments::{LONGEST, Times, add_time, roll_over, step_of, time_of_day};
use super::{NUMBER, PERSON, PHONE, PLACE, STEPS, TEXT, numbered};
use crate::normalise::rating::{Level, is_unreached};
use crate::normalise::{duration, moment};
use crate::origin::CellAt;
use crate::read::sheet::{Row, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::recognise::unit::Unit;
use crate::records::cells::{CellReader, MomentCell, is_blank_mark, take_first};
use crate::records::store::Said;

/// What one row says.
#[derive(Default)]
pub(super) struct Draft<'a> {
    pub(super) moments: [Option<(CellAt, MomentCell)>; STEPS],
    pub(super) texts: [&'a str; 5],
    pub(super) names: [&'a str; 8],
    pub(super) further: [&'a str; Further::ALL.len()],
    pub(super) said: [Said; 4],
    pub(super) forwarded: Said,
    pub(super) status: &'a str,
    pub(super) resolution: &'a str,
    pub(super) subject: &'a str,
    pub(super) durations: [Option<(CellAt, f64)>; 2],
    pub(super) amounts: [Option<i64>; Amount::ALL.len()],
    pub(super) opinion: Option<u8>,
    pub(super) is_unreached: bool,
}

/// Reads a row. `numbered` is the column whose cells hold the moment of receipt and the number of the case.
pub(super) fn draft_of<'d, 'a: 'd>(
    row: &Row<'a>,
    table: &Table,
    reader: &mut CellReader<'a>,
    numbers: &'d [String],
    numbered: Option<u32>,
) -> Draft<'d> {
    let mut draft = Draft::default();
    let mut times: Times<'_> = [None; STEPS];
    for (col, value) in row.cells() {
        let Some(field) = table.field_at(col) else { continue };
        let at = row.origin(col);
        if let Some(step) = step_of(field) {
            let slot = step as usize;
            let value = match value {
                Value::Text(text) if numbered == Some(col) => {
                    let (received, number) = numbered::parted(text);
                    take_first(&mut draft.texts[NUMBER], number);
                    Value::Text(received)
                }
                _ => value,
            };
            match (time_of_day(value), draft.moments[slot]) {
                (Some(seconds), _) => times[slot] = Some((at, seconds, value)),
                // Of two columns that mean the same the one further left counts.
                (None, Some((_, MomentCell::At(_)))) => {}
                (None, _) => draft.moments[slot] = Some((at, reader.moment(at, value))),
            }
            continue;
        }
        let Some(value) = reader.said(at, value) else { continue };
        let column = || table.columns.iter().find(|column| column.col == col);
        if let Some(amount) = Amount::of(field) {
            let unit = column().and_then(|column| column.unit);
            let slot = &mut draft.amounts[amount as usize];
            *slot = slot.or_else(|| amount::read(amount, at, value, unit, reader));
            continue;
        }
        match field {
            Field::ResponseTime | Field::HandlingTime => {
                let unit = column().and_then(|column| column.unit).and_then(Unit::seconds);
                let seconds =
                    duration::parse(&value.written(), unit).filter(|seconds| (0.0..LONGEST).contains(seconds));
                let slot = &mut draft.durations[usize::from(field == Field::HandlingTime)];
                *slot = slot.or(seconds.map(|seconds| (at, seconds)));
            }
            Field::Opinion => {
                let column = column();
                let option = column.and_then(|column| column.option);
                draft.is_unreached |= matches!(value, Value::Text(text) if is_unreached(text));
                let level = match column.and_then(|column| column.answer(value)) {
                    Some(answer) => reader.rating(at, Value::Text(answer), option),
                    None => reader.rating(at, value, option),
                };
                draft.opinion = draft.opinion.or(level.map(Level::number));
            }
            Field::Urgent => match column().and_then(|column| column.answer(value)) {
                Some(answer) => draft.said[1] = Said::parse(answer),
                None => take_text(&mut draft, field, value, numbers),
            },
            _ => take_text(&mut draft, field, value, numbers),
        }
    }
    draft.further[Further::Result as usize] = draft.resolution;
    if is_blank_mark(draft.texts[TEXT]) {
        draft.texts[TEXT] = draft.subject;
    }
    for (slot, time) in times.into_iter().enumerate() {
        if let Some(time) = time {
            add_time(&mut draft.moments[slot], time, reader);
        }
    }
    roll_over(&mut draft, row, table);
    draft
}

/// Writes out the numbers of a row that stand where a text is expected.
pub(super) fn numbers_of<'a>(row: &Row<'a>, table: &Table, reader: &mut CellReader<'a>, numbers: &mut Vec<String>) {
    numbers.clear();
    for (col, value) in row.cells() {
        let is_text = table
            .field_at(col)
            .is_some_and(|field| step_of(field).is_none() && Amount::of(field).is_none() && field != Field::Serial);
        let number = match value {
            Value::Number(_) if is_text => Some(value),
            Value::Text(text) if is_text && moment::is_ditto(text) => reader.said(row.origin(col), value),
            _ => None,
        };
        if let Some(value @ Value::Number(_)) = number {
            numbers.push(value.written());
        }
    }
}

fn take_text<'a>(draft: &mut Draft<'a>, field: Field, value: Value<'a>, numbers: &'a [String]) {
    let text = match value {
        Value::Text(text) => text,
        Value::Bool(yes) => {
            if yes {
                "是"
            } else {
                "否"
            }
        }
        // Document numbers, rooms, phones and marks are often typed as numbers.
        Value::Number(number) => {
            let written = numbers.iter().find(|text| text.parse() == Ok(number));
            written.map_or("", String::as_str)
        }
        Value::Moment(_) | Value::Error(_) => return,
    };
    match field {
        Field::Number => take_first(&mut draft.texts[NUMBER], text),
        Field::Place => take_first(&mut draft.texts[PLACE], text),
        Field::Person => take_first(&mut draft.texts[PERSON], text),
        Field::Phone => take_first(&mut draft.texts[PHONE], text),
        Field::Text => take_first(&mut draft.texts[TEXT], text),
        Field::Subject => take_first(&mut draft.subject, text),
        Field::Community => take_first(&mut draft.names[0], text),
        Field::Building => take_first(&mut draft.names[1], text),
        Field::Department => take_first(&mut draft.names[2], text),
        Field::Category => take_first(&mut draft.names[3], text),
        Field::Class => take_first(&mut draft.names[4], text),
        Field::Channel => take_first(&mut draft.names[5], text),
        Field::Receiver => take_first(&mut draft.names[6], text),
        Field::Handler => take_first(&mut draft.names[7], text),
        Field::Major => take_said(&mut draft.said[0], text),
        Field::Urgent => take_said(&mut draft.said[1], text),
        Field::Repeat => take_said(&mut draft.said[2], text),
        Field::Valid => take_said(&mut draft.said[3], text),
        Field::Status => take_first(&mut draft.status, text),
        Field::Resolution => take_first(&mut draft.resolution, text),
        // Who writes down from whom it came says that it did.
        Field::Forwarded => match Said::parse(text) {
            Said::Nothing if !is_blank_mark(text) => draft.forwarded = Said::Yes,
            said => draft.forwarded = said,
        },
        _ => {
            if let Some(further) = Further::of(field) {
                take_first(&mut draft.further[further as usize], text);
            }
        }
    }
}

fn take_said(slot: &mut Said, text: &str) {
    if *slot == Said::Nothing {
        *slot = Said::parse(text);
    }
}
