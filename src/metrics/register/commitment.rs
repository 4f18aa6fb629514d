//! Promises and measures as they stand at the as-of moment: what was to be done by when, and whether it was.

use std::sync::Arc;

use crate::metrics::behind::{CellValue, Decisive};
use crate::metrics::outcome::{End, Outcome, against};
use crate::metrics::runner::Setting;
use crate::metrics::tally::{Counted, Role};
use crate::moment::{Moment, Period, Seconds, date_of, month_number};
use crate::origin::{RecordAt, SourceId};
use crate::records::registers::{Entry, Measure, Promise, Registers};
use crate::records::store::State;

/// Which register it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Promises of open letters.
    Promise,
    /// Corrective and preventive measures.
    Measure,
}

impl Kind {
    /// The word in data files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Promise => "promise",
            Self::Measure => "measure",
        }
    }
}

/// A promise or a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Commitment {
    /// Which register.
    pub kind: Kind,
    /// The survey that it follows or the period that the register names, else the month in which it fell due or was done.
    pub period: Option<Period>,
    /// Community code.
    pub community: u32,
    /// Department code.
    pub department: u32,
    /// Category of the problem that a measure is for; empty where none is written, and of promises.
    pub category: Arc<str>,
    /// What was promised, or the measure.
    pub text: Arc<str>,
    /// By when.
    pub due: Option<Moment>,
    /// When it was done, as far as that was before the as-of moment.
    pub done: Option<Moment>,
    /// Whether it is done, with a date or without.
    pub is_done: bool,
    /// Whether somebody verified it.
    pub is_verified: bool,
    /// How it stands to its date.
    pub outcome: Outcome,
    /// The sheet.
    pub source: SourceId,
    /// Row of the sheet, from zero.
    pub row: u32,
    /// Line of the views of the sheet.
    pub line: u32,
}

/// What both registers say of one.
#[derive(Clone, Copy)]
struct Said<'a> {
    kind: Kind,
    period: Option<Period>,
    category: &'a str,
    text: &'a str,
    due: Option<Moment>,
    done: Option<Moment>,
    status: &'a str,
    verified_on: Option<Moment>,
    verified: [&'a str; 2],
}

/// All of both registers, in the order of the registers.
pub(in crate::metrics) fn all(registers: &Registers, setting: &Setting<'_>) -> Vec<Commitment> {
    let promises = registers.promises.iter().map(|entry| made(entry, promise(&entry.of), setting));
    let measures = registers.measures.iter().map(|entry| made(entry, measure(&entry.of), setting));
    promises.chain(measures).collect()
}

fn promise(of: &Promise) -> Said<'_> {
    Said {
        kind: Kind::Promise,
        period: of.period,
        category: "",
        text: &of.promise,
        due: of.due_on,
        done: of.done_on,
        status: &of.status,
        verified_on: of.verified_on,
        verified: [&of.verified_by, &of.verification],
    }
}

fn measure(of: &Measure) -> Said<'_> {
    Said {
        kind: Kind::Measure,
        period: of.period,
        category: of.category.trim(),
        text: &of.measure,
        due: of.due_on,
        done: of.done_on,
        status: &of.status,
        verified_on: of.verified_on,
        verified: [&of.verified_by, &of.verification],
    }
}

fn made<T>(entry: &Entry<T>, said: Said<'_>, setting: &Setting<'_>) -> Commitment {
    let as_of = setting.as_of;
    let happened = |moment: Moment| moment.seconds < as_of;
    let done = said.done.filter(|at| happened(*at));
    // What is dated after the as-of moment has not happened, whatever the state says.
    let is_done = done.is_some() || said.done.is_none() && is_done(said.status);
    let end = match done {
        Some(at) => End::At(at),
        None if is_done => End::Untold,
        None => End::Open,
    };
    let month = |moment: Moment| Period::of_month_number(month_number(date_of(moment.seconds)));
    Commitment {
        kind: said.kind,
        period: said.period.or_else(|| said.due.or(said.done).map(month)),
        community: entry.community,
        department: entry.department,
        category: said.category.into(),
        text: said.text.into(),
        due: said.due,
        done,
        is_done,
        is_verified: said.verified_on.is_some_and(happened) || said.verified_on.is_none() && is_verified(said.verified),
        outcome: match said.due {
            Some(due) => against(end, (due.latest(), due.latest()), as_of),
            None => Outcome::NoStart,
        },
        source: entry.source,
        row: entry.row,
        line: entry.line,
    }
}

/// Whether the state as written says that it is done.
fn is_done(status: &str) -> bool {
    State::parse(status) == State::Closed || matches!(status.trim(), "兑现" | "兌現" | "kept" | "Kept")
}

/// Whether what is written of the verification says that there was one: anything does that does not deny it.
fn is_verified(written: [&str; 2]) -> bool {
    let denies = |text: &str| {
        let text = text.trim().to_lowercase();
        let said =
            ["未验", "未核", "未检", "未复", "未确认", "待", "没验", "没有验", "尚未", "not ", "unverified", "pending"];
        matches!(text.as_str(), "未" | "否" | "无" | "没" | "没有" | "no" | "none")
            || said.iter().any(|word| text.contains(word))
    };
    let written = written.into_iter().filter(|text| !text.trim().is_empty());
    let mut texts = written.map(denies).peekable();
    texts.peek().is_some() && !texts.any(|denied| denied)
}

impl Commitment {
    /// The end of the day by which it is to be done.
    #[must_use]
    pub fn due_by(&self) -> Option<Seconds> {
        self.due.map(Moment::latest)
    }

    /// The row with the cells that decide: its dates, and the state where it was done without one.
    fn row(&self, period: Period, role: Role) -> Counted {
        let dates = [("due_on", self.due.into()), ("done_on", self.done.into())];
        let state = (self.is_done && self.done.is_none()).then_some(("status", CellValue::None));
        self.row_with(period, role, dates.into_iter().chain(state))
    }

    fn row_with(
        &self,
        period: Period,
        role: Role,
        cells: impl IntoIterator<Item = (&'static str, CellValue)>,
    ) -> Counted {
        let at = RecordAt { source: self.source, row: self.row, line: self.line };
        Counted::of(period, (self.community, self.department), role, Some(Decisive::of(at, cells)))
    }

    /// Every one that has a period.
    pub(super) fn counted(&self) -> Option<Counted> {
        Some(self.row(self.period?, Role::Part))
    }

    /// Done, or left open though due.
    pub(super) fn done(&self) -> Option<Counted> {
        let role = if self.is_done {
            Role::Part
        } else if self.outcome == Outcome::NotDue {
            Role::Excluded("not_due")
        } else {
            Role::Rest
        };
        Some(self.row(self.period?, role))
    }

    /// Done by its date, in the month of that date.
    pub(super) fn in_time(&self) -> Option<Counted> {
        let period = match self.due {
            Some(due) => Period::of_month_number(month_number(date_of(due.seconds))),
            None => self.period?,
        };
        Some(self.row(period, Role::in_time(self.outcome)?))
    }

    /// Verified or not.
    pub(super) fn verified(&self) -> Option<Counted> {
        let cells = ["verified_on", "verified_by", "verification"].map(|column| (column, CellValue::None));
        Some(self.row_with(self.period?, Role::part_if(self.is_verified), cells))
    }
}

#[cfg(test)]
mod tests {
    use super::is_verified;

    #[test]
    fn a_verification_that_is_denied_is_none() {
        let denied =
            [["", "未验证"], ["赵", "未验证"], ["", "否"], ["待定", ""], ["无", ""], ["", ""], ["", "Not verified"]];
        assert!(!denied.iter().any(|written| is_verified(*written)));
        let verified = [["赵", ""], ["赵", "合格"], ["", "不合格"], ["", "未发现异常"], ["", "Verified"]];
        assert!(verified.iter().all(|written| is_verified(*written)));
    }
}
