//! One cell of a record → one typed value, with a problem where it cannot be taken as it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::store::NO_MOMENT;
use crate::moment::{DAY, DateOrder, Moment, Period, date_of, month_number};
pub use crate::normalise::blank::is_blank_mark;
use crate::normalise::moment::{self, DateContext, Reading};
use crate::normalise::number;
use crate::normalise::period::{self, NamedPeriod, Part};
use crate::normalise::rating::{self, Level, Mark, Ticked, is_unreached};
use crate::origin::{CellAt, SourceId};
use crate::problem::{Code, Problem};
use crate::read::sheet::{Sheet, Value};
use crate::recognise::Table;
use crate::recognise::rows::{RowKind, kind_of};

/// What cells are read with: the table's dates, and where problems go.
pub struct CellReader<'a> {
    sheet: &'a Sheet,
    table: &'a Table,
    source: SourceId,
    context: DateContext,
    date_without_time: Option<i64>,
    /// Order of day and month by column, as far as it was asked for; none where the column does not prove one.
    orders: BTreeMap<u32, Option<DateOrder>>,
    /// Whether a column holds times, as far as it was asked for.
    timed: BTreeMap<u32, bool>,
    /// The moment last read in each column, for ditto marks.
    above: BTreeMap<u32, MomentCell>,
    /// What the last ditto mark of each column stood for, and the place of its row.
    dittos: BTreeMap<u32, (usize, Option<Value<'a>>)>,
    /// Marks that occur in the columns of a rating, by column, as far as they were asked for.
    marks: BTreeMap<u32, Marks>,
    /// Columns of ratings that hold scores of five, as far as they were asked for.
    fives: BTreeMap<u32, bool>,
    /// Columns in which crosses were taken for ticks, and a problem says so.
    crossed: BTreeSet<u32>,
    /// Problems found.
    pub problems: Vec<Problem>,
}

/// Marks that occur in a column, or in all columns of the answers to one question.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    ticks: bool,
    circles: bool,
    /// Numbers beyond 0 and 1: the column holds scores, and a 1 is no tick.
    scores: bool,
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
        let month = match table.meta.period.part {
            Some(Part::Month(month)) => Some(u32::from(month)),
            _ => None,
        };
        let context = DateContext { year: table.meta.period.year, month, order };
        Self {
            sheet,
            table,
            source,
            context,
            date_without_time,
            orders: BTreeMap::new(),
            timed: BTreeMap::new(),
            above: BTreeMap::new(),
            dittos: BTreeMap::new(),
            marks: BTreeMap::new(),
            fives: BTreeMap::new(),
            crossed: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    /// Notes a problem about a cell.
    pub fn note(&mut self, at: CellAt, code: Code, found: &str) {
        self.problems.push(Problem::at(self.source, at, code, found));
    }

    /// What a cell says: itself, or, where it holds a ditto mark, what stands above it; nothing where nothing does, which is a
    /// problem. It is as written: the mark itself is none.
    pub fn said(&mut self, at: CellAt, value: Value<'a>) -> Option<Value<'a>> {
        match value {
            Value::Text(text) if moment::is_ditto(text) => {
                let (_, above) =
                    self.dittos.get(&at.col).copied().filter(|(row, _)| *row == at.row as usize).unwrap_or_else(|| {
                        let above = self.value_above(at);
                        if above.is_none() {
                            self.note(at, Code::DittoAlone, text);
                        }
                        self.dittos.insert(at.col, (at.row as usize, above));
                        (at.row as usize, above)
                    });
                above
            }
            _ => Some(value),
        }
    }

    /// The nearest value above in the records of the table. A run of ditto marks is walked once: each starts from what the one
    /// before it stood for.
    fn value_above(&self, at: CellAt) -> Option<Value<'a>> {
        let before = self.dittos.get(&at.col);
        for place in (self.table.header.1..self.place_of(at.row)).rev() {
            let row = self.sheet.at(place);
            if let Some((number, value)) = before
                && row.number as usize == *number
            {
                return *value;
            }
            let Some(value) = row.get(at.col) else { continue };
            let is_ditto = matches!(value, Value::Text(text) if moment::is_ditto(text));
            if !is_ditto && matches!(kind_of(&row, self.table, false), RowKind::Record | RowKind::Continuation) {
                return Some(value);
            }
        }
        None
    }

    /// Place of a row among the rows of the table.
    fn place_of(&self, number: u32) -> usize {
        let (mut low, mut high) = (self.table.header.1, self.table.places.1);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.sheet.at(middle).number < number {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Reads a moment; a ditto mark stands for the one above.
    pub fn moment(&mut self, at: CellAt, value: Value<'_>) -> MomentCell {
        if let Value::Text(text) = value
            && moment::is_ditto(text)
        {
            if let Some(above) = self.above.get(&at.col) {
                return *above;
            }
            self.note(at, Code::DittoAlone, text);
            return MomentCell::Unreadable;
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
            Value::Number(number) => moment::parse_number(number, self.context),
            Value::Moment(moment) => moment::checked(moment),
            Value::Bool(_) | Value::Error(_) => Reading::Unreadable,
        };
        match reading {
            Reading::Moment(moment) => {
                let is_midnight = !moment.date_only && moment.seconds % DAY == 0 && matches!(value, Value::Text(_));
                let date_only = moment.date_only || is_midnight && !self.is_timed(at.col);
                MomentCell::At(self.with_time(Moment { date_only, ..moment }))
            }
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

    /// Whether some cell of a column has a time other than 00:00. Where none has, `2025-03-05 00:00:00` is how an export writes a date,
    /// and counts as the whole day, as it does in a workbook. Asked at the first 00:00 of a column only.
    fn is_timed(&mut self, col: u32) -> bool {
        if let Some(timed) = self.timed.get(&col) {
            return *timed;
        }
        let timed = (self.table.header.1..self.table.places.1).any(|place| match self.sheet.at(place).get(col) {
            Some(Value::Moment(moment)) => !moment.date_only,
            Some(Value::Number(number)) => number.fract() != 0.0,
            Some(Value::Text(text)) => matches!(
                moment::parse(text, self.context),
                Reading::Moment(moment) | Reading::Ambiguous(moment) if moment.seconds % DAY != 0
            ),
            _ => false,
        });
        self.timed.insert(col, timed);
        timed
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

    /// Reads a month, completed by the year of the surroundings; its number as in the records.
    #[must_use]
    pub fn month(&self, value: Value<'_>) -> Option<i32> {
        let around = NamedPeriod { part: None, ..self.table.meta.period };
        let said = match value {
            Value::Moment(moment) => return Some(month_number(date_of(moment.seconds))),
            Value::Number(number) => format!("{number}月"),
            other => other.written(),
        };
        match period::find(&said).or(around).period()? {
            period @ Period::Month(..) => Some(period.first_month()),
            _ => None,
        }
    }

    /// Reads a rating: a wording, a list of answers with one ticked, or a mark, which stands for satisfied or for the answer printed
    /// above it.
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
        if let Some(mark) = rating::mark(text) {
            return self.marked(at, text, mark, option);
        }
        let level = Level::parse(text);
        if level.is_none() {
            match rating::option_list(text) {
                Some(Ticked::One(level)) => return Some(level),
                Some(Ticked::Nothing) => return None,
                Some(Ticked::Several) => self.note(at, Code::RatingConflict, text),
                None => return self.scored(at, text),
            }
        }
        level
    }

    /// A score of five as the answer it stands for; any other score is told and no answer, for only a procedure could say from
    /// how many points on somebody is satisfied.
    fn scored(&mut self, at: CellAt, text: &str) -> Option<Level> {
        let level = rating::score(text).and_then(Level::of_five);
        if level.is_none() || !(rating::is_of_five(text) || self.holds_fives(at.col)) {
            self.note(at, Code::RatingUnknown, text);
            return None;
        }
        level
    }

    /// Whether the header of a column says that its scores go up to five, or all of them are whole and one of them is five: where
    /// none is they may be codes.
    fn holds_fives(&mut self, col: u32) -> bool {
        if let Some(known) = self.fives.get(&col) {
            return *known;
        }
        let told = self.table.columns.iter().find(|column| column.col == col).and_then(|column| column.scale);
        let of_five = told.map_or_else(|| self.are_of_five(col), |highest| highest == 5);
        if of_five {
            let header = self.table.header.1.saturating_sub(1).min(self.sheet.filled_rows().saturating_sub(1));
            self.note(self.sheet.at(header).origin(col), Code::RatingScored, "1–5");
        }
        self.fives.insert(col, of_five);
        of_five
    }

    fn are_of_five(&self, col: u32) -> bool {
        let mut seen = BTreeSet::new();
        for place in self.table.header.1..self.table.places.1 {
            let score = match self.sheet.at(place).get(col) {
                Some(Value::Number(number)) => Some(number),
                Some(Value::Text(text)) => rating::score(text),
                _ => None,
            };
            let Some(score) = score else { continue };
            let Some(level) = Level::of_five(score) else { return false };
            seen.insert(level);
        }
        seen.len() >= 2 && seen.contains(&Level::VerySatisfied)
    }

    /// What a mark means beside the other marks of its column: a cross is "no" beside ticks, and a tick where nobody ticked
    /// otherwise.
    fn marked(&mut self, at: CellAt, text: &str, mark: Mark, option: Option<Level>) -> Option<Level> {
        let yes = Some(option.unwrap_or(Level::Satisfied));
        if mark == Mark::Tick && text != "1" {
            return yes;
        }
        let marks = self.marks_beside(at.col, option);
        match mark {
            _ if marks.scores && matches!(text, "0" | "1") => self.scored(at, text),
            Mark::Tick => yes,
            Mark::Circle if !marks.ticks => yes,
            Mark::Circle | Mark::Box => None,
            // A 0 says that an answer was not given, whatever the others write.
            Mark::Cross
                if option.is_some() && (marks.ticks || marks.circles || matches!(text, "0" | "否" | "N" | "n")) =>
            {
                None
            }
            Mark::Cross if option.is_some() => {
                if self.crossed.insert(at.col) {
                    self.note(at, Code::RatingCross, text);
                }
                yes
            }
            Mark::Cross if marks.ticks || marks.circles || text == "否" => Some(Level::Dissatisfied),
            Mark::Cross => {
                self.note(at, Code::RatingUnknown, text);
                None
            }
        }
    }

    /// The marks of a column, or of all columns of the answers to one question. Asked for a mark that is not plain only, and looked
    /// up once a column.
    fn marks_beside(&mut self, col: u32, option: Option<Level>) -> Marks {
        if let Some(marks) = self.marks.get(&col) {
            return *marks;
        }
        let field = self.table.field_at(col);
        let answers = self.table.columns.iter().filter(|column| column.option.is_some() && Some(column.field) == field);
        let cols: Vec<u32> = if option.is_some() { answers.map(|column| column.col).collect() } else { vec![col] };
        let mut marks = Marks::default();
        for place in self.table.header.1..self.table.places.1 {
            let row = self.sheet.at(place);
            for value in cols.iter().filter_map(|col| row.get(*col)) {
                match value {
                    #[allow(clippy::float_cmp, reason = "0 and 1 are exact")]
                    Value::Number(number) => {
                        marks.ticks |= number == 1.0;
                        marks.scores |= number != 0.0 && number != 1.0;
                    }
                    Value::Text(text) => {
                        let mark = rating::mark(text);
                        marks.ticks |= mark == Some(Mark::Tick);
                        marks.circles |= mark == Some(Mark::Circle);
                        marks.scores |= mark.is_none() && number::parse(text).is_some();
                    }
                    _ => {}
                }
            }
        }
        self.marks.insert(col, marks);
        marks
    }
}

/// Of two columns that mean the same the one further left counts, where it is not blank.
pub fn take_first<'a>(slot: &mut &'a str, text: &'a str) {
    if is_blank_mark(slot) {
        *slot = text;
    }
}
