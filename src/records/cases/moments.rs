//! The moments of a case: which field holds which, times in columns of their own, ends without a year, impossible orders.

use super::STEPS;
use super::draft::Draft;
use crate::moment::Moment;
use crate::normalise::moment;
use crate::origin::CellAt;
use crate::problem::Code;
use crate::read::sheet::{Row, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::records::cells::{CellReader, MomentCell};
use crate::records::checks::order::disorders;
use crate::step::Step;

/// Durations that sources compute, with the moment at their end; they begin at the receipt.
pub(super) const DURATIONS: [(Field, Step); 2] =
    [(Field::ResponseTime, Step::Responded), (Field::HandlingTime, Step::Resolved)];

/// Longest duration that is believed: a century.
pub(super) const LONGEST: f64 = 36_525.0 * 86_400.0;

macro_rules! moments {
    ($( $step:ident )*) => {
        /// The field in which a table holds a moment.
        #[must_use]
        pub fn field_of(step: Step) -> Field {
            match step { $( Step::$step => Field::$step, )* }
        }

        /// The moment that a field holds.
        pub(super) fn step_of(field: Field) -> Option<Step> {
            match field { $( Field::$step => Some(Step::$step), )* _ => None }
        }
    };
}

moments! {
    Received Dispatched Responded Arrived Resolved Told CalledBack Agreed Informed Escalated CaseLimit Progress Proposed Contained Answered SlipBack VisitAgreed Visited Reopened ResolvedAgain Closed Surveyed Verified Paused Resumed WarrantyFrom WarrantyUntil Expires
}

/// The cells of a row that hold a time and no date, by step.
pub(super) type Times<'a> = [Option<(CellAt, i64, Value<'a>)>; STEPS];

/// Longest that a case of December goes on into the next year where its end is written without one, in seconds.
const OVER_NEW_YEAR: i64 = 180 * 86_400;

/// `12月25日` to `1月5日`: an end without a year that lies far before the receipt is of the next year.
pub(super) fn roll_over(draft: &mut Draft<'_>, row: &Row<'_>, table: &Table) {
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

/// Seconds after 00:00 of a cell that holds a time and no date.
pub(in crate::records) fn time_of_day(value: Value<'_>) -> Option<i64> {
    match value {
        Value::Text(text) => moment::parse_time(text),
        #[allow(clippy::cast_possible_truncation, reason = "a share of a day")]
        Value::Number(share) if (0.0..1.0).contains(&share) && share > 0.0 => Some((share * 86_400.0).round() as i64),
        _ => None,
    }
}

/// Completes a date by the time in a column of its own; a time without a date is none.
pub(super) fn add_time(
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

/// Moments in an impossible order: the interval is void, the row stays. Each names the earlier cell and what it says.
pub(super) fn note_impossible(draft: &Draft<'_>, reader: &mut CellReader<'_>) {
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
