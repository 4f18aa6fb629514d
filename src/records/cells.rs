//! One cell of a record → one typed value, with a problem where it cannot be taken as it stands.

use std::collections::BTreeMap;

use super::store::NO_MOMENT;
use crate::moment::{DateOrder, Moment};
use crate::normalise::moment::{self, DateContext, Reading};
use crate::normalise::number;
use crate::normalise::rating::{Level, is_tick, is_unreached};
use crate::origin::{CellAt, SourceId};
use crate::problem::{Code, Problem};
use crate::read::sheet::{Sheet, Value};
use crate::recognise::Table;

/// What cells are read with: the table's dates, and where problems go.
pub struct CellReader<'a> {
    sheet: &'a Sheet,
    table: &'a Table,
    source: SourceId,
    context: DateContext,
    date_without_time: Option<i64>,
    /// Order of day and month by column, as far as it was asked for; none where the column does not prove one.
    orders: BTreeMap<u32, Option<DateOrder>>,
    /// The moment last read in each column, for ditto marks.
    above: BTreeMap<u32, MomentCell>,
    /// Problems found.
    pub problems: Vec<Problem>,
}

/// A moment as read from a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentCell {
    /// Nothing in it.
    Blank,
    /// Something that is no date; a problem was noted.
    Unreadable,
    /// A moment.
    At(Moment),
}

impl MomentCell {
    /// Seconds, or [`NO_MOMENT`].
    #[must_use]
    pub fn seconds(self) -> i64 {
        match self {
            Self::At(moment) => moment.seconds,
            Self::Blank | Self::Unreadable => NO_MOMENT,
        }
    }
}

impl<'a> CellReader<'a> {
    /// A reader for one table.
    #[must_use]
    pub fn new(
        sheet: &'a Sheet,
        table: &'a Table,
        source: SourceId,
        order: Option<DateOrder>,
        date_without_time: Option<i64>,
    ) -> Self {
        let context = DateContext { year: table.meta.period.year, order };
        Self {
            sheet,
            table,
            source,
            context,
            date_without_time,
            orders: BTreeMap::new(),
            above: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    /// Notes a problem about a cell.
    pub fn note(&mut self, at: CellAt, code: Code, found: &str) {
        self.problems.push(Problem::at(self.source, at, code, found));
    }

    /// Reads a moment; a ditto mark stands for the one above.
    pub fn moment(&mut self, at: CellAt, value: Value<'_>) -> MomentCell {
        if let Value::Text(text) = value
            && moment::is_ditto(text)
            && let Some(above) = self.above.get(&at.col)
        {
            return *above;
        }
        let cell = self.moment_of(at, value);
        if cell != MomentCell::Blank {
            self.above.insert(at.col, cell);
        }
        cell
    }

    fn moment_of(&mut self, at: CellAt, value: Value<'_>) -> MomentCell {
        let reading = match value {
            Value::Text(text) if is_blank_mark(text) => return MomentCell::Blank,
            Value::Text(text) => moment::parse(text, self.context),
            Value::Number(number) => moment::parse_number(number),
            Value::Moment(moment) => moment::checked(moment),
            Value::Bool(_) | Value::Error(_) => Reading::Unreadable,
        };
        match reading {
            Reading::Moment(moment) => MomentCell::At(self.with_time(moment)),
            Reading::Ambiguous(moment) => self.ambiguous(at, value, moment),
            Reading::Sentinel => {
                self.note(at, Code::DateSentinel, &value.written());
                MomentCell::Unreadable
            }
            Reading::Unreadable => {
                self.note(at, Code::DateUnreadable, &value.written());
                MomentCell::Unreadable
            }
        }
    }

    fn with_time(&self, moment: Moment) -> Moment {
        match self.date_without_time {
            Some(seconds) if moment.date_only => Moment { seconds: moment.seconds + seconds, date_only: false },
            _ => moment,
        }
    }

    /// Day and month are told apart by the other cells of the column, else the month is taken first and a problem noted.
    fn ambiguous(&mut self, at: CellAt, value: Value<'_>, moment: Moment) -> MomentCell {
        let known = self.orders.get(&at.col).copied();
        let order = known.unwrap_or_else(|| self.order_of_column(at.col));
        self.orders.insert(at.col, order);
        let (Some(order), Value::Text(text)) = (order, value) else {
            self.note(at, Code::DateAmbiguous, &value.written());
            return MomentCell::At(self.with_time(moment));
        };
        match moment::parse(text, DateContext { order: Some(order), ..self.context }) {
            Reading::Moment(decided) => MomentCell::At(self.with_time(decided)),
            _ => MomentCell::At(self.with_time(moment)),
        }
    }

    /// The order that some cell of the column proves and none disproves.
    fn order_of_column(&self, col: u32) -> Option<DateOrder> {
        let (mut month_first, mut day_first) = (false, false);
        for place in self.table.header.1..self.table.places.1 {
            let Some(Value::Text(text)) = self.sheet.at(place).get(col) else { continue };
            let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
            if let (Some(first), Some(second)) = (numbers.next(), numbers.next()) {
                day_first |= (13..=31).contains(&first);
                month_first |= (13..=31).contains(&second) && first <= 12;
            }
        }
        match (month_first, day_first) {
            (true, false) => Some(DateOrder::Mdy),
            (false, true) => Some(DateOrder::Dmy),
            _ => None,
        }
    }

    /// Reads a number; blank gives none.
    pub fn number(&mut self, at: CellAt, value: Value<'_>) -> Option<f64> {
        match value {
            Value::Number(number) => Some(number),
            Value::Text(text) if is_blank_mark(text) => None,
            Value::Text(text) => {
                let number = number::parse(text);
                if number.is_none() {
                    self.note(at, Code::NumberUnreadable, text);
                }
                number
            }
            other => {
                self.note(at, Code::NumberUnreadable, &other.written());
                None
            }
        }
    }

    /// Reads a rating: a wording, or a tick that stands for satisfied (or for the answer printed above it).
    pub fn rating(&mut self, at: CellAt, value: Value<'_>, option: Option<Level>) -> Option<Level> {
        let written;
        let text = match value {
            Value::Text(text) => text.trim(),
            other => {
                written = other.written();
                written.as_str()
            }
        };
        if is_blank_mark(text) || is_unreached(text) {
            return None;
        }
        if is_tick(text) {
            return Some(option.unwrap_or(Level::Satisfied));
        }
        let level = Level::parse(text);
        if level.is_none() {
            self.note(at, Code::RatingUnknown, text);
        }
        level
    }
}

/// Of two columns that mean the same the one further left counts, where it is not blank.
pub fn take_first<'a>(slot: &mut &'a str, text: &'a str) {
    if is_blank_mark(slot) {
        *slot = text;
    }
}

/// Marks that people put into a cell to say that there is nothing.
#[must_use]
pub fn is_blank_mark(text: &str) -> bool {
    matches!(text.trim(), "" | "/" | "-" | "—" | "--" | "无" | "N/A" | "n/a" | "NULL" | "null")
}
