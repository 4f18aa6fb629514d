//! Cases: complaints and repairs. One record a row.

mod amount;
mod draft;
mod further;
mod moments;
mod numbered;

pub use amount::Amount;
pub use further::Further;
pub use moments::field_of;
pub(super) use moments::time_of_day;

use super::cells::{CellReader, MomentCell, is_blank_mark};
use super::store::{NO_MOMENT, NameColumn, Said, State, TextColumn, push_line};
use crate::moment::{Moment, Period, date_of, month_number};
use crate::normalise::label::fold;
use crate::normalise::place;
use crate::problem::Code;
use crate::read::sheet::Row;
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::recognise::kinds::is_answer;
use crate::step::Step;
use draft::{Draft, draft_of, numbers_of};
use moments::{DURATIONS, note_impossible};

/// Number of moments that a case can have.
pub const STEPS: usize = Step::ALL.len();

/// No rating.
pub const NO_LEVEL: u8 = u8::MAX;

/// Cases of one table, column by column.
#[derive(Debug, Default)]
pub struct CaseRows {
    /// Row of the sheet, from zero.
    pub row: Vec<u32>,
    /// Line of the views of the sheet; left empty where the table is read as it stands.
    pub line: Vec<u32>,
    /// Month number of the period to which the case belongs.
    pub month: Vec<i32>,
    /// Moments by [`Step`]: seconds, or [`NO_MOMENT`]; left empty while no row has one.
    pub moments: [Vec<i64>; STEPS],
    /// Bit by [`Step`]: the moment is a date without a time.
    pub date_only: Vec<u32>,
    /// Bit by [`Step`]: something stood there that is no date.
    pub unreadable: Vec<u32>,
    /// Bit by [`Step`]: the table has such a column.
    pub present: u32,
    /// Month to which a mapping counts all rows.
    pub mapped_month: Option<i32>,
    /// Column of the sheet that holds each moment, by [`Step`], where the table has one.
    pub cols: [Option<u32>; STEPS],
    /// Period that the surroundings of the table name; none where a mapping says to which month the rows belong.
    pub titled: Option<Period>,
    /// State as far as the row says it.
    pub state: Vec<State>,
    /// States by their wordings, as far as they were read.
    states_read: std::collections::BTreeMap<Box<str>, State>,
    /// Number of the case.
    pub number: TextColumn,
    /// Room or place.
    pub place: TextColumn,
    /// Customer.
    pub person: TextColumn,
    /// Phone.
    pub phone: TextColumn,
    /// What the customer said.
    pub text: TextColumn,
    /// Community as the row names it.
    pub community: NameColumn,
    /// Building.
    pub building: NameColumn,
    /// Department.
    pub department: NameColumn,
    /// Category.
    pub category: NameColumn,
    /// Class as written.
    pub class: NameColumn,
    /// Channel.
    pub channel: NameColumn,
    /// Who took the case.
    pub receiver: NameColumn,
    /// Who handled it.
    pub handler: NameColumn,
    /// Major.
    pub major: Vec<Said>,
    /// Urgent.
    pub urgent: Vec<Said>,
    /// Marked as repeated.
    pub repeat: Vec<Said>,
    /// Marked as valid.
    pub valid: Vec<Said>,
    /// Handed on by others; left empty while no row says so.
    pub forwarded: Vec<Said>,
    /// Amounts by [`Amount`], in their smallest unit; [`NO_MOMENT`] for none. Left empty while no row has one.
    amounts: [Vec<i64>; Amount::ALL.len()],
    /// Further names by [`Further`]; left empty while no row has one.
    further: [NameColumn; Further::ALL.len()],
    /// Satisfaction as said in the callback: number of the level, or [`NO_LEVEL`].
    pub opinion: Vec<u8>,
    /// The callback reached nobody.
    pub unreached: Vec<bool>,
    /// Bit by [`Step`]: the moment was derived from a duration, which was said once.
    derived: u32,
    /// Column whose cells hold the moment of receipt and the number of the case.
    numbered: Option<u32>,
    /// The column of the resolution is that of the answer: 答复日期, and no other end.
    answer_resolves: bool,
}

const NUMBER: usize = 0;
const PLACE: usize = 1;
const PERSON: usize = 2;
const PHONE: usize = 3;
const TEXT: usize = 4;

impl CaseRows {
    /// An empty batch for a table.
    #[must_use]
    pub fn new(table: &Table, mapped: Option<Period>) -> Self {
        let mut present = 0;
        for step in Step::ALL {
            if table.has(field_of(step)) {
                present |= step.bit();
            }
        }
        // A table that tells how long a case took tells when it ended.
        for (field, step) in DURATIONS {
            present |= u32::from(table.has(field)) << step as u32;
        }
        let column_of = |field: Field| table.columns.iter().find(|column| column.field == field);
        let answer_resolves = !table.has(Field::Answered)
            && column_of(Field::Resolved).is_some_and(|column| is_answer(&fold(&column.label)));
        let mut cols = Step::ALL.map(|step| column_of(field_of(step)).map(|column| column.col));
        if answer_resolves {
            present |= Step::Answered.bit();
            cols[Step::Answered as usize] = cols[Step::Resolved as usize];
        }
        Self {
            present,
            cols,
            answer_resolves,
            titled: table.meta.period.period().filter(|_| mapped.is_none()),
            numbered: numbered::column(table),
            mapped_month: mapped.map(Period::first_month),
            ..Self::default()
        }
    }

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

    /// Adds the record of a row; `false` when it belongs to no month.
    pub fn push<'a>(
        &mut self,
        row: &Row<'a>,
        table: &Table,
        reader: &mut CellReader<'a>,
        numbers: &mut Vec<String>,
    ) -> bool {
        numbers_of(row, table, reader, numbers);
        let mut draft = draft_of(row, table, reader, numbers, self.numbered);
        self.derive_moments(&mut draft, table, reader);
        let received = draft.moments[Step::Received as usize].map_or(MomentCell::Blank, |(_, cell)| cell);
        let Some(month) = self.month_of(received, table, row, reader) else { return false };
        note_impossible(&draft, reader);
        if self.answer_resolves {
            draft.moments[Step::Answered as usize] = draft.moments[Step::Resolved as usize];
        }
        self.row.push(row.number);
        push_line(&mut self.line, row.line);
        self.month.push(month);
        self.push_moments(&draft);
        let number = draft.texts[NUMBER];
        self.number.push(if is_blank_mark(number) { "" } else { number });
        self.place.push(draft.texts[PLACE]);
        self.person.push(draft.texts[PERSON]);
        self.phone.push(draft.texts[PHONE]);
        self.text.push(draft.texts[TEXT]);
        let [community, building, department, category, class, channel, taken_by, handled_by] = draft.names;
        self.community.push(community);
        self.building.push(if building.is_empty() {
            place::building(draft.texts[PLACE]).unwrap_or("")
        } else {
            building
        });
        self.department.push(department);
        self.category.push(category);
        self.class.push(class);
        self.channel.push(channel);
        self.receiver.push(taken_by);
        self.handler.push(handled_by);
        let [major, urgent, repeat, valid] = draft.said;
        self.major.push(major);
        self.urgent.push(urgent);
        self.repeat.push(repeat);
        self.valid.push(valid);
        let state = self.state_of(&draft, table);
        self.state.push(state);
        self.push_further(&draft);
        self.opinion.push(draft.opinion.unwrap_or(NO_LEVEL));
        self.unreached.push(draft.is_unreached);
        true
    }

    /// Adds a case of which only the month and a few names are known: community, category, department.
    pub fn push_counted(&mut self, (row, line): (u32, u32), month: i32, names: &[String; 3]) {
        let [community, category, department] = names;
        self.row.push(row);
        push_line(&mut self.line, line);
        self.month.push(month);
        self.push_moments(&Draft::default());
        for column in [&mut self.number, &mut self.place, &mut self.person, &mut self.phone, &mut self.text] {
            column.push("");
        }
        for column in [&mut self.building, &mut self.class, &mut self.channel, &mut self.receiver, &mut self.handler] {
            column.push("");
        }
        self.community.push(community);
        self.category.push(category);
        self.department.push(department);
        for column in [&mut self.major, &mut self.urgent, &mut self.repeat, &mut self.valid] {
            column.push(Said::default());
        }
        self.state.push(State::Unknown);
        self.opinion.push(NO_LEVEL);
        self.unreached.push(false);
    }

    /// What few registers tell: kept from the first row on that says it.
    fn push_further(&mut self, draft: &Draft<'_>) {
        let rows = self.row.len() - 1;
        for (column, amount) in self.amounts.iter_mut().zip(draft.amounts) {
            if let Some(amount) = amount {
                column.resize(rows, NO_MOMENT);
                column.push(amount);
            }
        }
        for (column, name) in self.further.iter_mut().zip(draft.further) {
            column.push_at(rows, name);
        }
        if draft.forwarded != Said::Nothing {
            self.forwarded.resize(rows, Said::Nothing);
            self.forwarded.push(draft.forwarded);
        }
    }

    /// An amount of a row, in its smallest unit; [`NO_MOMENT`] for none.
    #[must_use]
    pub fn amount(&self, amount: Amount, row: usize) -> i64 {
        self.amounts[amount as usize].get(row).copied().unwrap_or(NO_MOMENT)
    }

    /// Whether some row has the amount.
    #[must_use]
    pub fn has_amount(&self, amount: Amount) -> bool {
        !self.amounts[amount as usize].is_empty()
    }

    /// The names that few registers tell.
    #[must_use]
    pub fn further(&self, further: Further) -> &NameColumn {
        &self.further[further as usize]
    }

    /// Whether a moment is that of another step, read from the same column.
    #[must_use]
    pub fn is_copied(&self, step: Step) -> bool {
        self.answer_resolves && step == Step::Answered
    }

    /// Whether some row has the moment.
    #[must_use]
    pub fn has_moment(&self, step: Step) -> bool {
        !self.moments[step as usize].is_empty()
    }

    /// The month of the mapping; else that of receipt; else the month that the title names, else that of the record above.
    fn month_of(&self, received: MomentCell, table: &Table, row: &Row<'_>, reader: &mut CellReader<'_>) -> Option<i32> {
        if self.mapped_month.is_some() {
            return self.mapped_month;
        }
        if let MomentCell::At(moment) = received {
            return Some(month_number(date_of(moment.seconds)));
        }
        let said = table.columns.iter().find(|column| column.field == Field::Month);
        if let Some(month) = said.and_then(|column| row.get(column.col)).and_then(|value| reader.month(value)) {
            return Some(month);
        }
        let titled = match table.meta.period.period() {
            Some(period @ Period::Month(..)) => Some(period.first_month()),
            _ => None,
        };
        let month = titled.or_else(|| self.month.last().copied())?;
        if table.has(Field::Received) {
            let col =
                table.columns.iter().find(|column| column.field == Field::Received).map_or(0, |column| column.col);
            let at = row.origin(col);
            reader.note(at, Code::PeriodFromTitle, &Period::of_month_number(month).to_string());
        }
        Some(month)
    }

    /// Where a table tells how long a case took and not when it ended, the end is the receipt plus that time: to the second where
    /// the receipt has a time, to the day where both are whole days. A case that is said to be open has not ended.
    fn derive_moments(&mut self, draft: &mut Draft<'_>, table: &Table, reader: &mut CellReader<'_>) {
        if draft.durations.iter().all(Option::is_none) || self.state_named(draft.status) == State::Open {
            return;
        }
        let Some((_, MomentCell::At(received))) = draft.moments[Step::Received as usize] else { return };
        for ((field, step), duration) in DURATIONS.into_iter().zip(draft.durations) {
            let Some((at, seconds)) = duration else { continue };
            if table.has(field_of(step)) || received.date_only && seconds % 86_400.0 != 0.0 {
                continue;
            }
            let bit = step.bit();
            if self.derived & bit == 0 {
                self.derived |= bit;
                let label =
                    table.columns.iter().find(|column| column.field == field).map_or("", |column| &column.label);
                reader.note(at, Code::MomentDerived, label);
            }
            #[allow(clippy::cast_possible_truncation, reason = "durations are below a century")]
            let seconds = received.seconds + seconds.round() as i64;
            let end = Moment { seconds, date_only: received.date_only };
            draft.moments[step as usize] = Some((at, MomentCell::At(end)));
        }
    }

    fn push_moments(&mut self, draft: &Draft<'_>) {
        let (mut date_only, mut unreadable) = (0_u32, 0_u32);
        let rows = self.row.len() - 1;
        for (bit, cell) in draft.moments.iter().enumerate() {
            let cell = cell.map_or(MomentCell::Blank, |(_, cell)| cell);
            match cell {
                MomentCell::At(moment) if moment.date_only => date_only |= 1 << bit,
                MomentCell::Unreadable => unreadable |= 1 << bit,
                _ => {}
            }
            let column = &mut self.moments[bit];
            let seconds = cell.seconds();
            if seconds != NO_MOMENT || !column.is_empty() {
                column.resize(rows, NO_MOMENT);
                column.push(seconds);
            }
        }
        self.date_only.push(date_only);
        self.unreadable.push(unreadable);
    }

    /// The state a row says: a moment of resolution or closing (readable or not) closes a case unless it was opened again and not
    /// resolved since, then the state as written, then, in forms that have neither column, the result as written.
    fn state_of(&mut self, draft: &Draft<'_>, table: &Table) -> State {
        let is_told =
            |step: Step| matches!(draft.moments[step as usize], Some((_, MomentCell::At(_) | MomentCell::Unreadable)));
        let written = self.state_named(draft.status);
        let is_open_again = is_told(Step::Reopened)
            && !is_told(Step::ResolvedAgain)
            && !is_told(Step::Closed)
            && self.present & (Step::ResolvedAgain.bit() | Step::Closed.bit()) != 0;
        if is_open_again && written != State::Closed {
            return State::Open;
        }
        if [Step::Resolved, Step::ResolvedAgain, Step::Closed].into_iter().any(is_told) {
            return State::Closed;
        }
        if written != State::Unknown {
            return written;
        }
        let has_resolved = self.present & Step::Resolved.bit() != 0;
        if has_resolved || table.has(Field::Status) {
            return State::Open;
        }
        if table.has(Field::Resolution) && table.kind.id == crate::recognise::kinds::KindId::Repair {
            return match (draft.resolution.trim(), State::parse(draft.resolution)) {
                ("", _) | (_, State::Open) => State::Open,
                _ => State::Closed,
            };
        }
        State::Unknown
    }

    /// The state of a wording; few wordings occur, each is read once.
    fn state_named(&mut self, text: &str) -> State {
        if let Some(state) = self.states_read.get(text) {
            return *state;
        }
        let state = State::parse(text);
        self.states_read.insert(text.into(), state);
        state
    }

    /// A moment of a row.
    #[must_use]
    pub fn moment(&self, step: Step, row: usize) -> i64 {
        self.moments[step as usize].get(row).copied().unwrap_or(NO_MOMENT)
    }
}
