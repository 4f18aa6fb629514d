//! The as-of moment: up to when events count. Never the wall clock.

use chrono::NaiveDate;
use polars::prelude::{DataFrame, PolarsResult};

use crate::moment::{DAY, Moment, Seconds, day_number, written};
use crate::origin::{CellAt, SourceId};
use crate::problem::{Code, Problem};
use crate::records::assemble::{Records, period_of_code};
use crate::records::checks::last_day;
use crate::records::columns as c;
use crate::records::frames::Places;
use crate::step::Step;

/// The as-of moment and the row that set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// 24:00 of the as-of date.
    pub moment: Seconds,
    /// Sheet and row of the record that set it; none where the user did.
    pub set_by: Option<(SourceId, u32)>,
}

impl AsOf {
    /// 24:00 of the date asked for, else of the latest date of receipt that is no tail.
    #[must_use]
    pub fn of(asked: Option<NaiveDate>, records: &Records) -> Self {
        if let Some(date) = asked {
            return Self { moment: (day_number(date) + 1) * DAY, set_by: None };
        }
        let days: Vec<(i64, u64)> =
            records.received_days.iter().map(|(day, received)| (*day, received.records)).collect();
        match last_day(&days) {
            Some(day) => {
                let received = records.received_days.get(&day);
                Self { moment: (day + 1) * DAY, set_by: received.map(|received| (received.source, received.row)) }
            }
            None => Self { moment: last_other_day(records), set_by: None },
        }
    }

    /// Problems of the rows that lie beyond: they have not happened.
    ///
    /// # Errors
    /// When the records lack a column, which a slip in the program would cause.
    pub fn future_rows(&self, records: &Records, asked: bool) -> PolarsResult<Vec<Problem>> {
        let mut problems = Vec::new();
        // A user who asks for an earlier date knows that the rest lies beyond.
        if asked {
            return Ok(problems);
        }
        for frame in [&records.complaints, &records.repairs] {
            if frame.height() == 0 {
                continue;
            }
            let received = frame.column(Step::Received.column())?.i64()?;
            let records_at = Places::of(frame)?;
            for (place, at) in received.iter().enumerate() {
                if let Some(at) = at.filter(|at| *at >= self.moment) {
                    let record = records_at.at(place);
                    let cell = records.cells.cell(record, Step::Received.column());
                    let cell = cell.unwrap_or(CellAt { row: record.row, col: 0 });
                    problems.push(Problem::at(record.source, cell, Code::Future, &written(at)));
                }
            }
        }
        Ok(problems)
    }
}

/// Without a date of receipt: the latest callback or date of a round, else the end of the latest month or survey period named.
fn last_other_day(records: &Records) -> Seconds {
    let called = records.callbacks.column(Step::CalledBack.column()).ok().and_then(|column| column.i64().ok());
    let callbacks = called.into_iter().flat_map(|column| column.iter().flatten()).max();
    let rounds =
        records.rounds.iter().flat_map(|round| round.dates.iter().map(|(_, Moment { seconds, .. })| *seconds)).max();
    if let Some(latest) = callbacks.max(rounds) {
        return (latest.div_euclid(DAY) + 1) * DAY;
    }
    let month = [&records.complaints, &records.repairs, &records.callbacks]
        .into_iter()
        .filter_map(|frame| frame.column(c::MONTH).ok()?.i32().ok()?.iter().flatten().max())
        .max();
    let codes = |frame: &DataFrame| frame.column(c::PERIOD).ok()?.i32().ok()?.iter().flatten().max();
    let survey = codes(&records.forms).max(codes(&records.answers)).map(|code| period_of_code(code).end());
    let rounds = records.rounds.iter().map(|round| round.period.end()).max();
    let month = month.map(|month| crate::moment::month_start(month + 1));
    month.max(survey).max(rounds).unwrap_or(0)
}
