//! Which columns a center keeps, under which words, and how it writes times and numbers.

use chrono::{Datelike, NaiveDate};

use crate::case::{Case, Kind, Moment};
use crate::sheet::Cell;

/// A column of a register of complaints or repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// Number given by the center.
    Number,
    /// Time of receipt.
    Received,
    /// Complainant.
    Person,
    /// Building and room.
    Place,
    /// Telephone.
    Phone,
    /// How it came in.
    Channel,
    /// What it is about.
    Category,
    /// The customer's words.
    Content,
    /// Who has to see to it.
    Department,
    /// Handed on.
    Dispatched,
    /// First response.
    Responded,
    /// Done.
    Completed,
    /// Customer told.
    Told,
    /// What was done.
    Result,
    /// State of it.
    Status,
    /// 是否重大
    Major,
    /// 是否二次投诉
    Repeat,
    /// Yuan.
    Compensation,
    /// Who took it in.
    Receiver,
    /// Who did the work.
    Handler,
    /// When called back.
    CallbackTime,
    /// The answer then.
    CallbackResult,
}

/// How moments are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dates {
    /// Date cells with time.
    Cells,
    /// Date cells shown in Chinese.
    HanCells,
    /// Text: 2025-03-05 14:30
    IsoText,
    /// Text: 2025年3月5日 14:30
    HanText,
    /// Date cells without time.
    Days,
}

/// How telephones are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phones {
    /// Text.
    Text,
    /// A number.
    Number,
    /// 199 0000 1234
    Spaced,
}

/// The register of one center.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// Complaints or repairs.
    pub(crate) kind: Kind,
    /// Columns in order.
    pub(crate) columns: Vec<(Field, &'static str)>,
    /// How moments are written.
    pub(crate) dates: Dates,
    /// Callback dates have no time.
    pub(crate) callback_days: bool,
    /// How telephones are written.
    pub(crate) phones: Phones,
    /// The word for done, and the words for not done.
    pub(crate) states: (&'static str, [&'static str; 2]),
}

impl Layout {
    /// Is this column kept?
    pub(crate) fn has(&self, field: Field) -> bool {
        self.position(field).is_some()
    }

    /// Where it stands.
    pub(crate) fn position(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|(column, _)| *column == field)
    }

    /// The words above the columns.
    pub(crate) fn headers(&self) -> Vec<&'static str> {
        self.columns.iter().map(|(_, header)| *header).collect()
    }

    /// One case as a row.
    pub(crate) fn row(&self, case: &Case) -> Vec<Cell> {
        self.columns.iter().map(|(field, _)| self.cell(case, *field)).collect()
    }

    fn cell(&self, case: &Case, field: Field) -> Cell {
        match field {
            Field::Number => Cell::from(case.number.as_str()),
            Field::Received => self.moment(&case.received),
            Field::Person => Cell::from(case.person.as_str()),
            Field::Place => Cell::from(case.place.as_str()),
            Field::Phone => self.phone(case.phone),
            Field::Channel => Cell::from(case.channel),
            Field::Category => Cell::from(case.category),
            Field::Content => Cell::from(case.content.as_str()),
            Field::Department => Cell::from(case.department),
            Field::Dispatched => self.moment(&case.dispatched),
            Field::Responded => self.moment(&case.responded),
            Field::Completed => self.moment(&case.completed),
            Field::Told => self.moment(&case.told),
            Field::Result => Cell::from(if case.closed { case.result } else { "" }),
            Field::Status => Cell::from(self.state(case)),
            Field::Major => Cell::from(if case.major { "是" } else { "否" }),
            Field::Repeat => Cell::from(if case.repeat { "是" } else { "否" }),
            Field::Compensation => case.compensation.map_or(Cell::Empty, Cell::from),
            Field::Receiver => Cell::from(case.receiver),
            Field::Handler => Cell::from(if case.responded.is_written() { case.handler } else { "" }),
            Field::CallbackTime => case.answer.as_ref().map_or(Cell::Empty, |answer| {
                let moment = Moment::At(answer.moment);
                self.moment(&if self.callback_days { moment.without_time() } else { moment })
            }),
            Field::CallbackResult => case.answer.as_ref().map_or(Cell::Empty, |answer| Cell::from(answer.word)),
        }
    }

    fn state(&self, case: &Case) -> &'static str {
        let (done, [begun, waiting]) = self.states;
        match (case.closed, case.responded.is_written()) {
            (true, _) => done,
            (false, true) => begun,
            (false, false) => waiting,
        }
    }

    fn phone(&self, phone: u64) -> Cell {
        let text = phone.to_string();
        match self.phones {
            Phones::Text => Cell::from(text),
            Phones::Spaced => Cell::from(format!("{} {} {}", &text[..3], &text[3..7], &text[7..])),
            #[allow(clippy::cast_precision_loss, reason = "eleven digits fit")]
            Phones::Number => Cell::Number(phone as f64),
        }
    }

    /// A moment in the manner of the center.
    pub(crate) fn moment(&self, moment: &Moment) -> Cell {
        match moment {
            Moment::Blank => Cell::Empty,
            Moment::Bad(text) => Cell::from(*text),
            Moment::Day(date) => match self.dates {
                Dates::IsoText => Cell::from(date.format("%Y-%m-%d").to_string()),
                Dates::HanText => Cell::from(han_date(*date)),
                _ => Cell::Date(*date),
            },
            Moment::At(moment) => match self.dates {
                Dates::Cells => Cell::Moment(*moment),
                Dates::HanCells => Cell::HanMoment(*moment),
                Dates::IsoText => Cell::from(moment.format("%Y-%m-%d %H:%M").to_string()),
                Dates::HanText => Cell::from(format!("{} {}", han_date(moment.date()), moment.format("%H:%M"))),
                Dates::Days => Cell::Date(moment.date()),
            },
        }
    }
}

/// 2025年3月5日
pub(crate) fn han_date(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
