//! Cases: complaints and repairs. One record a row.

use super::cells::{CellReader, MomentCell, is_blank_mark, take_first};
use super::checks::order::disorders;
use super::store::{NO_MOMENT, NameColumn, Said, State, TextColumn};
use crate::moment::{Moment, Period, date_of, month_number};
use crate::normalise::rating::is_unreached;
use crate::normalise::{duration, moment, place};
use crate::origin::CellAt;
use crate::problem::Code;
use crate::read::sheet::{Row, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::recognise::unit::Unit;
use crate::step::Step;

/// Number of moments that a case can have.
pub const STEPS: usize = Step::ALL.len();

/// No rating.
pub const NO_LEVEL: u8 = u8::MAX;

/// Cases of one table, column by column.
#[derive(Debug, Default)]
pub struct CaseRows {
    /// Row of the sheet, from zero.
    pub row: Vec<u32>,
    /// Month number of the period to which the case belongs.
    pub month: Vec<i32>,
    /// Moments by [`Step`]: seconds, or [`NO_MOMENT`]; left empty while no row has one.
    pub moments: [Vec<i64>; STEPS],
    /// Bit by [`Step`]: the moment is a date without a time.
    pub date_only: Vec<u8>,
    /// Bit by [`Step`]: something stood there that is no date.
    pub unreadable: Vec<u8>,
    /// Bit by [`Step`]: the table has such a column.
    pub present: u8,
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
    /// Compensation in fen; [`NO_MOMENT`] for none.
    pub compensation: Vec<i64>,
    /// Satisfaction as said in the callback: number of the level, or [`NO_LEVEL`].
    pub opinion: Vec<u8>,
    /// The callback reached nobody.
    pub unreached: Vec<bool>,
    /// Bit by [`Step`]: the moment was derived from a duration, which was said once.
    derived: u8,
}

/// What one row says, before it is stored.
#[derive(Default)]
struct Draft<'a> {
    moments: [Option<(CellAt, MomentCell)>; STEPS],
    texts: [&'a str; 5],
    names: [&'a str; 8],
    said: [Said; 4],
    status: &'a str,
    resolution: &'a str,
    subject: &'a str,
    durations: [Option<(CellAt, f64)>; 2],
    compensation: Option<f64>,
    opinion: Option<u8>,
    is_unreached: bool,
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
        for (bit, step) in Step::ALL.into_iter().enumerate() {
            if table.has(field_of(step)) {
                present |= 1 << bit;
            }
        }
        // A table that tells how long a case took tells when it ended.
        for (field, step) in DURATIONS {
            present |= u8::from(table.has(field)) << step as u8;
        }
        let col_of = |field: Field| table.columns.iter().find(|column| column.field == field).map(|column| column.col);
        Self {
            present,
            cols: Step::ALL.map(|step| col_of(field_of(step))),
            titled: table.meta.period.period().filter(|_| mapped.is_none()),
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
        let mut draft = draft_of(row, table, reader, numbers);
        self.derive_moments(&mut draft, table, reader);
        let received = draft.moments[Step::Received as usize].map_or(MomentCell::Blank, |(_, cell)| cell);
        let Some(month) = self.month_of(received, table, row, reader) else { return false };
        note_impossible(&draft, reader);
        self.row.push(row.number);
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
        #[allow(clippy::cast_possible_truncation, reason = "amounts beyond 10^13 yuan are not compensation")]
        let fen = draft.compensation.map_or(NO_MOMENT, |yuan| (yuan.clamp(-1e13, 1e13) * 100.0).round() as i64);
        self.compensation.push(fen);
        self.opinion.push(draft.opinion.unwrap_or(NO_LEVEL));
        self.unreached.push(draft.is_unreached);
        true
    }

    /// Adds a case of which only the month and a few names are known: community, category, department.
    pub fn push_counted(&mut self, row: u32, month: i32, [community, category, department]: &[String; 3]) {
        self.row.push(row);
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
        self.compensation.push(NO_MOMENT);
        self.opinion.push(NO_LEVEL);
        self.unreached.push(false);
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
            let bit = 1 << step as u8;
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
        let (mut date_only, mut unreadable) = (0, 0);
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

    /// The state a row says: a moment of resolution (readable or not) closes a case, then the state as written, then, in forms
    /// that have neither column, the result as written.
    fn state_of(&mut self, draft: &Draft<'_>, table: &Table) -> State {
        if let Some((_, MomentCell::At(_) | MomentCell::Unreadable)) = draft.moments[Step::Resolved as usize] {
            return State::Closed;
        }
        let written = self.state_named(draft.status);
        if written != State::Unknown {
            return written;
        }
        let has_resolved = self.present & (1 << Step::Resolved as u8) != 0;
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

/// Durations that sources compute, with the moment at their end; they begin at the receipt.
const DURATIONS: [(Field, Step); 2] = [(Field::ResponseTime, Step::Responded), (Field::HandlingTime, Step::Resolved)];

/// Longest duration that is believed: a century.
const LONGEST: f64 = 36_525.0 * 86_400.0;

/// The field in which a table holds a moment.
#[must_use]
pub fn field_of(step: Step) -> Field {
    match step {
        Step::Received => Field::Received,
        Step::Dispatched => Field::Dispatched,
        Step::Responded => Field::Responded,
        Step::Arrived => Field::Arrived,
        Step::Resolved => Field::Resolved,
        Step::Told => Field::Told,
        Step::CalledBack => Field::CalledBack,
        Step::Agreed => Field::Agreed,
    }
}

fn step_of(field: Field) -> Option<Step> {
    Some(match field {
        Field::Received => Step::Received,
        Field::Dispatched => Step::Dispatched,
        Field::Responded => Step::Responded,
        Field::Arrived => Step::Arrived,
        Field::Resolved => Step::Resolved,
        Field::Told => Step::Told,
        Field::CalledBack => Step::CalledBack,
        Field::Agreed => Step::Agreed,
        _ => return None,
    })
}

fn draft_of<'d, 'a: 'd>(row: &Row<'a>, table: &Table, reader: &mut CellReader<'a>, numbers: &'d [String]) -> Draft<'d> {
    let mut draft = Draft::default();
    let mut times: [Option<(CellAt, i64, Value<'_>)>; STEPS] = [None; STEPS];
    for (col, value) in row.cells() {
        let Some(field) = table.field_at(col) else { continue };
        let at = row.origin(col);
        if let Some(step) = step_of(field) {
            let slot = step as usize;
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
        match field {
            Field::Compensation => {
                let unit = column().and_then(|column| column.unit).and_then(Unit::yuan);
                draft.compensation = draft.compensation.or_else(|| Some(yuan(reader.number(at, value)?, value, unit)));
            }
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
                draft.opinion = draft.opinion.or(level.map(crate::normalise::rating::Level::number));
            }
            Field::Urgent => match column().and_then(|column| column.answer(value)) {
                Some(answer) => draft.said[1] = Said::parse(answer),
                None => take_text(&mut draft, field, value, numbers),
            },
            _ => take_text(&mut draft, field, value, numbers),
        }
    }
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

/// Longest that a case of December goes on into the next year where its end is written without one, in seconds.
const OVER_NEW_YEAR: i64 = 180 * 86_400;

/// `12月25日` to `1月5日`: an end without a year that lies far before the receipt is of the next year.
fn roll_over(draft: &mut Draft<'_>, row: &Row<'_>, table: &Table) {
    let Some((_, MomentCell::At(received))) = draft.moments[Step::Received as usize] else { return };
    for (slot, cell) in draft.moments.iter_mut().enumerate().skip(1) {
        let Some((_, MomentCell::At(moment))) = cell else { continue };
        if received.seconds - moment.seconds < OVER_NEW_YEAR {
            continue;
        }
        let field = field_of(Step::ALL[slot]);
        let written =
            table.columns.iter().filter(|column| column.field == field).find_map(|column| row.get(column.col));
        let later = moment.a_year_later();
        if matches!(written, Some(Value::Text(text)) if moment::is_without_year(text))
            && (0..OVER_NEW_YEAR).contains(&(later.seconds - received.seconds))
        {
            *moment = later;
        }
    }
}

/// Writes out the numbers of a row that stand where a text is expected.
fn numbers_of<'a>(row: &Row<'a>, table: &Table, reader: &mut CellReader<'a>, numbers: &mut Vec<String>) {
    numbers.clear();
    for (col, value) in row.cells() {
        let is_text = table
            .field_at(col)
            .is_some_and(|field| step_of(field).is_none() && field != Field::Compensation && field != Field::Serial);
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

/// Seconds after 00:00 of a cell that holds a time and no date.
fn time_of_day(value: Value<'_>) -> Option<i64> {
    match value {
        Value::Text(text) => moment::parse_time(text),
        #[allow(clippy::cast_possible_truncation, reason = "a share of a day")]
        Value::Number(share) if (0.0..1.0).contains(&share) && share > 0.0 => Some((share * 86_400.0).round() as i64),
        _ => None,
    }
}

/// Completes a date by the time in a column of its own; a time without a date is none.
fn add_time(
    slot: &mut Option<(CellAt, MomentCell)>,
    (at, seconds, value): (CellAt, i64, Value<'_>),
    reader: &mut CellReader<'_>,
) {
    match slot {
        Some((_, MomentCell::At(moment))) if moment.date_only => {
            *moment = Moment { seconds: moment.seconds + seconds, date_only: false };
        }
        Some((_, MomentCell::At(_) | MomentCell::Unreadable)) => {}
        _ => {
            reader.note(at, Code::DateUnreadable, &value.written());
            *slot = Some((at, MomentCell::Unreadable));
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
        _ => {}
    }
}

fn take_said(slot: &mut Said, text: &str) {
    if *slot == Said::Nothing {
        *slot = Said::parse(text);
    }
}

/// An amount in yuan: a bare number is in the unit of its column, one that names its own unit was read with it.
fn yuan(amount: f64, value: Value<'_>, unit: Option<f64>) -> f64 {
    let names_unit = matches!(value, Value::Text(text) if text.contains(['万', '萬', '千', '元', '¥', '￥']));
    if names_unit { amount } else { amount * unit.unwrap_or(1.0) }
}

/// Moments in an impossible order: the interval is void, the row stays. Each names the earlier cell and what it says.
fn note_impossible(draft: &Draft<'_>, reader: &mut CellReader<'_>) {
    let cell = |step: Step| match draft.moments[step as usize] {
        Some((at, MomentCell::At(moment))) => Some((at, moment)),
        _ => None,
    };
    if cell(Step::Received).is_none() && cell(Step::Resolved).is_none() {
        return;
    }
    for disorder in disorders(|step| cell(step).map(|(_, moment)| moment)) {
        if let (Some((at, later)), Some((before, earlier))) = (cell(disorder.later), cell(disorder.earlier)) {
            let found = format!("{} < {} ({before})", Value::Moment(later).written(), Value::Moment(earlier).written());
            reader.note(at, disorder.code, &found);
        }
    }
}
