//! What the generator knows about one complaint or repair. The sheets and the truth are both made from it, the one
//! without looking at the other.

use chrono::{NaiveDate, NaiveDateTime};

/// What a sheet says, or does not say, about when something happened.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Moment {
    /// Nothing is written: it has not happened.
    Blank,
    /// A date and a time.
    At(NaiveDateTime),
    /// A date without a time.
    Day(NaiveDate),
    /// A text that is no date.
    Bad(&'static str),
}

impl Moment {
    /// The date of a moment that can be read.
    pub(crate) fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::At(moment) => Some(moment.date()),
            Self::Day(date) => Some(*date),
            Self::Blank | Self::Bad(_) => None,
        }
    }

    /// The moment, where date and time are known.
    pub(crate) fn at(&self) -> Option<NaiveDateTime> {
        match self {
            Self::At(moment) => Some(*moment),
            _ => None,
        }
    }

    /// Is anything written?
    pub(crate) fn is_written(&self) -> bool {
        *self != Self::Blank
    }

    /// The same without its time of day.
    pub(crate) fn without_time(&self) -> Self {
        match self {
            Self::At(moment) => Self::Day(moment.date()),
            other => other.clone(),
        }
    }
}

/// Complaint or repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// 投诉
    Complaint,
    /// 报修
    Repair,
}

/// The answer given when called back about a case, as it stands in a register.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// When the call was made.
    pub(crate) moment: NaiveDateTime,
    /// The word that was written down.
    pub(crate) word: &'static str,
}

/// One case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Unique over all cases of the demonstration.
    pub(crate) key: usize,
    /// Complaint or repair.
    pub(crate) kind: Kind,
    /// Index of the community.
    pub(crate) community: usize,
    /// The number the center gave it.
    pub(crate) number: String,
    /// When it truly came in: decides in which file and sheet it is written.
    pub(crate) nominal: NaiveDateTime,
    /// What is written as the time of receipt.
    pub(crate) received: Moment,
    /// Who brought it.
    pub(crate) person: String,
    /// An invented number.
    pub(crate) phone: u64,
    /// Building and room.
    pub(crate) place: String,
    /// How it came in.
    pub(crate) channel: &'static str,
    /// What it is about.
    pub(crate) category: &'static str,
    /// In the customer's words.
    pub(crate) content: String,
    /// Who has to see to it; empty where the center's table gives neither a department nor a category.
    pub(crate) department: &'static str,
    /// Who took it in.
    pub(crate) receiver: &'static str,
    /// Who did the work.
    pub(crate) handler: &'static str,
    /// When it was handed on.
    pub(crate) dispatched: Moment,
    /// When the customer first heard from the center.
    pub(crate) responded: Moment,
    /// When it was done.
    pub(crate) completed: Moment,
    /// When the customer was told.
    pub(crate) told: Moment,
    /// What was done.
    pub(crate) result: &'static str,
    /// Done, as far as the center is concerned.
    pub(crate) closed: bool,
    /// 是否重大
    pub(crate) major: bool,
    /// 是否二次投诉
    pub(crate) repeat: bool,
    /// In yuan.
    pub(crate) compensation: Option<u32>,
    /// The callback written in the register itself.
    pub(crate) answer: Option<Answer>,
}
