//! Moments and states of the cases of a frame, as of the as-of moment.

use polars::prelude::{DataFrame, PolarsResult};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::clock::working_time::WorkingTime;
use crate::metrics::outcome::End;
use crate::metrics::runner::Setting;
use crate::moment::Moment;
use crate::profile::schema::Deadline;
use crate::records::columns as c;
use crate::records::store::{NO_MOMENT, NO_NAME};
use crate::step::Step;

/// Moments and states of the cases.
pub(super) struct Cases {
    pub rows: usize,
    /// By step; empty where no case has that moment.
    moments: Vec<Vec<i64>>,
    date_only: Vec<u32>,
    unreadable: Vec<u32>,
    present: Vec<u32>,
    state: Vec<u32>,
    pub community: Vec<u32>,
    as_of: i64,
}

const STATE_OPEN: u32 = 1;
const STATE_CLOSED: u32 = 2;

impl Cases {
    /// The cases of a frame. What few registers tell has a column only where some row says it.
    pub(super) fn of(frame: &DataFrame, as_of: i64) -> PolarsResult<Self> {
        let moments: PolarsResult<Vec<Vec<i64>>> = Step::ALL
            .par_iter()
            .map(|step| {
                let Ok(column) = frame.column(step.column()) else { return Ok(Vec::new()) };
                let column = column.i64()?;
                // A column without any moment costs nothing.
                let all_null = column.null_count() == frame.height();
                Ok(if all_null { Vec::new() } else { column.iter().map(|at| at.unwrap_or(NO_MOMENT)).collect() })
            })
            .collect();
        Ok(Self {
            rows: frame.height(),
            moments: moments?,
            date_only: codes(frame, c::DATE_ONLY)?,
            unreadable: codes(frame, c::UNREADABLE)?,
            present: codes(frame, c::PRESENT)?,
            state: codes(frame, c::STATE)?,
            community: codes(frame, c::COMMUNITY)?,
            as_of,
        })
    }

    /// The clock of a case's community.
    pub(super) fn clock<'a>(&self, setting: &Setting<'a>, row: usize) -> &'a WorkingTime {
        setting.clocks.of(self.community[row])
    }

    /// A moment, whether or not it had happened by the as-of moment.
    pub(super) fn written(&self, step: Step, row: usize) -> Option<Moment> {
        let seconds = *self.moments[step as usize].get(row)?;
        (seconds != NO_MOMENT).then(|| Moment { seconds, date_only: self.date_only[row] & step.bit() != 0 })
    }

    /// A moment that had happened; what was agreed or set lies ahead and counts as soon as it is written.
    pub(super) fn moment(&self, step: Step, row: usize) -> Option<Moment> {
        self.written(step, row).filter(|moment| moment.seconds < self.as_of || !step.is_event())
    }

    /// Whether any case has a moment.
    pub(super) fn has(&self, step: Step) -> bool {
        !self.moments[step as usize].is_empty()
    }

    /// Whether the case's table has a column for a moment.
    pub(super) fn is_present(&self, step: Step, row: usize) -> bool {
        self.present[row] & step.bit() != 0
    }

    /// Whether the case is resolved. One that was opened again is not, until it is resolved again or closed.
    pub(super) fn is_resolved(&self, row: usize) -> bool {
        if !self.was_resolved(row) {
            return false;
        }
        let Some(reopened) = self.moment(Step::Reopened, row) else { return true };
        let is_later = |step: Step| self.moment(step, row).is_some_and(|moment| !moment.is_surely_before(reopened));
        is_later(Step::ResolvedAgain) || is_later(Step::Closed)
    }

    /// Whether the case was resolved, perhaps to be opened again.
    pub(super) fn was_resolved(&self, row: usize) -> bool {
        match self.written(Step::Resolved, row) {
            Some(moment) => moment.seconds < self.as_of,
            None => self.state[row] == STATE_CLOSED,
        }
    }

    /// A case resolved after the as-of moment was open then.
    pub(super) fn is_open(&self, row: usize) -> bool {
        !self.is_resolved(row) && (self.state[row] == STATE_OPEN || self.written(Step::Resolved, row).is_some())
    }

    /// The ends of a deadline for a case, by what its table has columns for.
    pub(super) fn ends<'d>(&self, deadline: &'d Deadline, row: usize) -> &'d [Step] {
        match &deadline.or_else {
            Some(step) if !deadline.to.iter().any(|step| self.is_present(*step, row)) => std::slice::from_ref(step),
            _ => &deadline.to,
        }
    }

    /// How a case ended what a deadline measures.
    pub(super) fn ended(&self, deadline: &Deadline, row: usize) -> End {
        self.earliest_end(self.ends(deadline, row), row)
    }

    /// The earliest of several ends; none of them yet: open as long as one still can come.
    pub(super) fn earliest_end(&self, steps: &[Step], row: usize) -> End {
        let ends = steps.iter().map(|step| self.end(*step, row));
        ends.min_by_key(|end| match end {
            End::At(moment) => (0, moment.seconds),
            End::Open => (1, 0),
            End::Untold => (2, 0),
        })
        .unwrap_or(End::Untold)
    }

    /// How a moment ended a stretch.
    pub(super) fn end(&self, step: Step, row: usize) -> End {
        match self.written(step, row) {
            Some(moment) if moment.seconds < self.as_of => End::At(moment),
            None if self.unreadable[row] & step.bit() != 0 || !self.is_present(step, row) || self.is_resolved(row) => {
                End::Untold
            }
            _ => End::Open,
        }
    }

    /// Whether something stands in the place of a moment that is none.
    pub(super) fn is_unreadable(&self, step: Step, row: usize) -> bool {
        self.unreadable[row] & step.bit() != 0
    }

    /// Where a table has no column for the closing, a case is closed when it is resolved for good: of one that was opened again,
    /// when it is resolved again.
    pub(super) fn close_with_resolution(&mut self) {
        let (closed, resolved, again) = (Step::Closed, Step::Resolved, Step::ResolvedAgain);
        if self.moments[closed as usize].is_empty() {
            self.moments[closed as usize] = vec![NO_MOMENT; self.rows];
        }
        for row in 0..self.rows {
            if self.is_present(closed, row) {
                continue;
            }
            let was_again = self.has(Step::Reopened) && self.moment(Step::Reopened, row).is_some()
                || self.has(again) && self.written(again, row).is_some();
            let last = if was_again { again } else { resolved };
            if let Some(moment) = self.written(last, row) {
                self.moments[closed as usize][row] = moment.seconds;
            }
            for bits in [&mut self.date_only, &mut self.unreadable, &mut self.present] {
                if bits[row] & last.bit() != 0 {
                    bits[row] |= closed.bit();
                }
            }
        }
    }

    /// Gives cases a moment that other records tell, where their own table has none.
    pub(super) fn lay_under(&mut self, step: Step, told: impl Iterator<Item = (usize, Moment)>) {
        let mut column = std::mem::take(&mut self.moments[step as usize]);
        for (row, moment) in told {
            if column.is_empty() {
                column = vec![NO_MOMENT; self.rows];
            }
            if column[row] == NO_MOMENT {
                column[row] = moment.seconds;
                self.date_only[row] =
                    if moment.date_only { self.date_only[row] | step.bit() } else { self.date_only[row] & !step.bit() };
                self.unreadable[row] &= !step.bit();
                self.present[row] |= step.bit();
            }
        }
        self.moments[step as usize] = column;
    }
}

/// A column of codes; a column with nulls gives [`NO_NAME`] for them.
pub(super) fn codes(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u32>> {
    let column = frame.column(name)?.u32()?;
    if column.null_count() == 0 {
        return Ok(column.rechunk().cont_slice()?.to_vec());
    }
    Ok(column.iter().map(|code| code.unwrap_or(NO_NAME)).collect())
}

/// A column of marks.
pub(super) fn said(frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<bool>>> {
    Ok(frame.column(name)?.bool()?.iter().collect())
}
