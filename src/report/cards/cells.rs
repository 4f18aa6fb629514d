//! What a card says of a cell. The same rows stand behind many figures of a page: each cell is worded once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::super::ReportInput;
use super::super::explained::{Teller, written};
use super::super::lens::amount_text;
use super::Deck;
use crate::metrics::behind::{Cell, CellValue};
use crate::metrics::fact::Unit;
use crate::normalise::rating::Level;
use crate::origin::{RecordAt, SourceId};
use crate::records::columns as c;
use crate::step::Step;

/// The cells of the rows of a page.
pub(super) struct SheetCells<'a> {
    pub(super) input: &'a ReportInput<'a>,
    deck: &'a Deck<'a>,
    teller: Teller<'a>,
    /// Never walked: looked up by cell alone.
    told: RefCell<HashMap<Key, Rc<Told>>>,
}

/// What is said of a cell.
pub(super) struct Told {
    /// Its column, place and value; empty where there is nothing to say.
    pub(super) text: String,
    /// Columns of the sheet in which it stands.
    pub(super) columns: Vec<u32>,
}

/// A cell, and whether it stands in the sheet whose rows are told.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    at: RecordAt,
    is_own_sheet: bool,
    column: &'static str,
    heading: Option<Arc<str>>,
    value: (u8, u64),
}

impl Key {
    fn of(around: SourceId, cell: &Cell) -> Self {
        let value = match cell.value {
            CellValue::None => (0, 0),
            CellValue::Moment(moment) => (1 + u8::from(moment.date_only), moment.seconds.cast_unsigned()),
            CellValue::Number(number) => (3, number.cast_unsigned()),
            CellValue::Real(number) => (4, number.to_bits()),
            CellValue::Said(said) => (5, u64::from(said)),
        };
        let is_own_sheet = cell.at.source == around;
        Self { at: cell.at, is_own_sheet, column: cell.column, heading: cell.heading.clone(), value }
    }
}

impl<'a> SheetCells<'a> {
    /// Of a page of cards.
    pub(super) fn new(deck: &'a Deck<'a>, input: &'a ReportInput<'a>) -> Self {
        Self { input, deck, teller: Teller::of(input), told: RefCell::default() }
    }

    /// Name of a sheet with its file.
    pub(super) fn sheet_name(&self, source: SourceId) -> &str {
        self.deck.sheets.get(source as usize).map_or("", |name| name)
    }

    /// What is said of a cell among rows of a sheet.
    pub(super) fn told(&self, around: SourceId, cell: &Cell) -> Rc<Told> {
        let key = Key::of(around, cell);
        if let Some(known) = self.told.borrow().get(&key) {
            return Rc::clone(known);
        }
        let told = Rc::new(self.word(around, cell));
        self.told.borrow_mut().insert(key, Rc::clone(&told));
        told
    }

    /// A cell with what stands in it; one of another sheet names that sheet.
    fn word(&self, around: SourceId, cell: &Cell) -> Told {
        let (input, words) = (self.input, self.input.words);
        let found = self.teller.cells_of(cell);
        let is_own = found.as_ref().is_none_or(|found| found.field == cell.column);
        let column = found.as_ref().map_or(cell.column, |found| found.field);
        let value = if is_own { value_text(input, cell.column, cell.value) } else { String::new() };
        let ranges = found.map_or_else(Vec::new, |found| found.at);
        let columns = ranges.iter().map(|range| range.first.col).collect();
        let mut at: Vec<String> = ranges.iter().map(ToString::to_string).collect();
        if cell.at.source != around && !at.is_empty() {
            at.insert(0, self.sheet_name(cell.at.source).to_owned());
        }
        let (name, at) = (column_name(input, column), at.join(" "));
        let text = match (at.is_empty(), value.is_empty()) {
            (true, true) => String::new(),
            (true, false) => words.say("card.value_bare", &[("column", &name), ("value", &value)]),
            (false, true) => words.say("card.value_bare", &[("column", &name), ("value", &at)]),
            (false, false) => words.say("card.value_of", &[("column", &name), ("cell", &at), ("value", &value)]),
        };
        Told { text, columns }
    }
}

/// Name of a column of the records.
fn column_name(input: &ReportInput<'_>, column: &str) -> String {
    let is_step = Step::ALL.iter().any(|step| step.column() == column);
    input.words.code(if is_step { "step" } else { "card_column" }, column)
}

/// What the records hold of a cell: moments, numbers and marks, never a text that could name a person.
fn value_text(input: &ReportInput<'_>, column: &str, value: CellValue) -> String {
    let words = input.words;
    match value {
        CellValue::None => String::new(),
        CellValue::Said(said) => words.code("card_said", if said { "true" } else { "false" }),
        CellValue::Number(fen) if [c::COMPENSATION, c::COST, c::CLAIM, c::SOLUTION].contains(&column) => {
            amount_text(words, Unit::Yuan, amount(fen) / 100.0)
        }
        CellValue::Number(level)
            if [c::LEVEL, c::OPINION, c::PUNCTUALITY, c::ATTITUDE, c::QUALITY].contains(&column) =>
        {
            let level = usize::try_from(level).ok().and_then(|level| Level::ALL.get(level));
            level.map_or_else(String::new, |level| words.code("level", level.code()))
        }
        CellValue::Moment(_) => {
            let text = written(column, value);
            // Nobody writes the seconds of a register.
            text.strip_suffix(":00").filter(|text| text.contains(':')).map(str::to_owned).unwrap_or(text)
        }
        CellValue::Number(_) | CellValue::Real(_) => written(column, value),
    }
}

#[allow(clippy::cast_precision_loss, reason = "sums of a company's records stay far below 2^52")]
fn amount(sum: i64) -> f64 {
    sum as f64
}
