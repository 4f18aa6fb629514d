//! The frame of callbacks: rows of callback tables, and callbacks noted in registers of cases.

use polars::prelude::Column;

use super::assemble::Placed;
use super::callbacks::CallbackRows;
use super::case_frame::CaseBatch;
use super::cases::{CaseRows, Further};
use super::columns as c;
use super::frames::{Gather, Kept, code_at, column};
use super::store::{NO_MOMENT, NO_NAME, TextColumn, line_of};
use crate::step::Step;

/// Callbacks of one table with the codes of their names.
pub(super) struct CallbackBatch {
    pub(super) placed: Placed<CallbackRows>,
    pub(super) community: Vec<u32>,
    pub(super) department: Vec<u32>,
    pub(super) building: Vec<u32>,
    pub(super) topic: Vec<u32>,
    pub(super) method: Vec<u32>,
    pub(super) person_calling: Vec<u32>,
}

/// Community, number or nothing, moment, place, text.
pub(super) type CallbackIdentity = (u32, String, i64, String, String);

impl CallbackBatch {
    /// What tells the callback from others.
    pub(super) fn identity(&self, row: usize) -> Option<CallbackIdentity> {
        let rows = &self.placed.rows;
        let at = rows.called_back[row];
        let text = |text: Option<&str>| text.unwrap_or("").to_owned();
        let has_identity = at != NO_MOMENT
            && (rows.number.get(row).is_some() || rows.place.get(row).is_some() && rows.text.get(row).is_some());
        has_identity.then(|| {
            (self.community[row], text(rows.number.get(row)), at, text(rows.place.get(row)), text(rows.text.get(row)))
        })
    }
}

/// Columns of the callback frame, from callback tables.
pub(super) fn callback_columns(batches: &[(CallbackBatch, Kept)]) -> Vec<Column> {
    let gather = Gather::over(batches);
    let level = |which: usize| gather.plain(move |b: &CallbackBatch, row| u32::from(b.placed.rows.levels[which][row]));
    vec![
        column(c::SOURCE, gather.plain(|b, _| b.placed.source)),
        column(c::ROW, gather.plain(|b, row| b.placed.rows.row[row])),
        column(c::LINE, gather.plain(|b, row| line_of(&b.placed.rows.line, row))),
        column(c::MONTH, gather.plain(|b, row| b.placed.rows.month[row])),
        column(c::COMMUNITY, gather.plain(|b, row| b.community[row])),
        column(c::DEPARTMENT, gather.plain(|b, row| b.department[row])),
        column(c::BUILDING, gather.plain(|b, row| code_at(&b.building, &b.placed.rows.building, row))),
        column(c::TOPIC, gather.plain(|b, row| code_at(&b.topic, &b.placed.rows.topic, row))),
        column(c::METHOD, gather.plain(|b, row| code_at(&b.method, &b.placed.rows.method, row))),
        column(
            c::CALLBACK_PERSON,
            gather.plain(|b, row| code_at(&b.person_calling, &b.placed.rows.person_calling, row)),
        ),
        gather.moments(Step::CalledBack.column(), |b, row| b.placed.rows.called_back[row]),
        gather.moments(Step::Resolved.column(), |_, _| NO_MOMENT),
        column(c::DATE_ONLY, gather.plain(|b, row| u32::from(b.placed.rows.date_only[row]) << Step::CalledBack as u32)),
        column(
            c::UNREADABLE,
            gather.plain(|b, row| u32::from(b.placed.rows.unreadable[row]) << Step::CalledBack as u32),
        ),
        column(c::MADE, vec![true; gather.rows()]),
        column(c::REACHED, gather.plain(|b, row| b.placed.rows.reached[row])),
        column(c::OPINION, level(0)),
        column(c::PUNCTUALITY, level(1)),
        column(c::ATTITUDE, level(2)),
        column(c::QUALITY, level(3)),
        column(c::CATEGORY, gather.plain(|_, _| NO_NAME)),
        column(c::CHANNEL, gather.plain(|_, _| NO_NAME)),
        column(c::CLASS, gather.plain(|_, _| NO_NAME)),
        column(c::MAJOR, vec![None::<bool>; gather.rows()]),
        gather.texts(c::NUMBER, |b| &b.placed.rows.number),
        gather.texts(c::PLACE, |b| &b.placed.rows.place),
        gather.texts(c::PERSON, |b| &b.placed.rows.person),
        gather.texts(c::PHONE, |b| &b.placed.rows.phone),
        gather.texts(c::SUGGESTION, |b| &b.placed.rows.suggestion),
    ]
}

/// The same columns, from registers of cases: callbacks made, and, where there is a column for their date, those owed because
/// the case is closed. One without a date fell due when the case was resolved.
pub(super) fn callbacks_in_cases(batches: &[(CaseBatch, Kept)]) -> Vec<Column> {
    // A callback was made where the register says when, however illegibly, or what the customer said.
    let made = |b: &CaseBatch, row: usize| {
        let rows = &b.placed.rows;
        rows.moment(Step::CalledBack, row) != NO_MOMENT
            || rows.unreadable[row] & Step::CalledBack.bit() != 0
            || rows.opinion[row] != super::cases::NO_LEVEL
            || rows.unreached[row]
    };
    let owed = |b: &CaseBatch, row: usize| {
        let told = b.placed.rows.present & Step::CalledBack.bit() != 0;
        told && b.placed.rows.state[row] == super::store::State::Closed
    };
    let called: Vec<(&CaseBatch, usize)> = batches
        .iter()
        .flat_map(|(batch, kept)| kept.iter().map(move |row| (batch, *row as usize)))
        .filter(|(batch, row)| made(batch, *row) || owed(batch, *row))
        .collect();
    let plain =
        |value: &dyn Fn(&CaseBatch, usize) -> u32| called.iter().map(|(b, row)| value(b, *row)).collect::<Vec<u32>>();
    let month: Vec<i32> = called
        .iter()
        .map(|(b, row)| {
            let rows = &b.placed.rows;
            let at = [Step::CalledBack, Step::Resolved].map(|step| rows.moment(step, *row));
            let at = at.into_iter().find(|at| *at != NO_MOMENT);
            at.map_or(rows.month[*row], |at| crate::moment::month_number(crate::moment::date_of(at)))
        })
        .collect();
    let moments = |step: Step| -> Vec<Option<i64>> {
        called.iter().map(|(b, row)| Some(b.placed.rows.moment(step, *row)).filter(|at| *at != NO_MOMENT)).collect()
    };
    let none = vec![NO_NAME; called.len()];
    let no_level = vec![u32::from(super::cases::NO_LEVEL); called.len()];
    vec![
        column(c::SOURCE, plain(&|b, _| b.placed.source)),
        column(c::ROW, plain(&|b, row| b.placed.rows.row[row])),
        column(c::LINE, plain(&|b, row| line_of(&b.placed.rows.line, row))),
        column(c::MONTH, month),
        column(c::COMMUNITY, plain(&|b, row| b.community[row])),
        column(c::DEPARTMENT, plain(&|b, row| b.department[row])),
        column(c::BUILDING, plain(&|b, row| code_at(&b.building, &b.placed.rows.building, row))),
        column(c::TOPIC, none.clone()),
        column(c::METHOD, none),
        column(
            c::CALLBACK_PERSON,
            plain(&|b, row| {
                let further = Further::CallbackPerson;
                code_at(&b.further[further as usize], b.placed.rows.further(further), row)
            }),
        ),
        column(Step::CalledBack.column(), moments(Step::CalledBack)),
        column(Step::Resolved.column(), moments(Step::Resolved)),
        column(c::DATE_ONLY, plain(&|b, row| b.placed.rows.date_only[row])),
        column(c::UNREADABLE, plain(&|b, row| b.placed.rows.unreadable[row])),
        column(c::MADE, called.iter().map(|(b, row)| made(b, *row)).collect::<Vec<bool>>()),
        column(
            c::REACHED,
            called.iter().map(|(b, row)| made(b, *row) && !b.placed.rows.unreached[*row]).collect::<Vec<bool>>(),
        ),
        column(c::OPINION, plain(&|b, row| u32::from(b.placed.rows.opinion[row]))),
        column(c::PUNCTUALITY, no_level.clone()),
        column(c::ATTITUDE, no_level.clone()),
        column(c::QUALITY, no_level),
        column(c::CATEGORY, plain(&|b, row| code_at(&b.category, &b.placed.rows.category, row))),
        column(c::CHANNEL, plain(&|b, row| code_at(&b.channel, &b.placed.rows.channel, row))),
        column(c::CLASS, plain(&|b, row| code_at(&b.class, &b.placed.rows.class, row))),
        column(
            c::MAJOR,
            called.iter().map(|(b, row)| b.placed.rows.major[*row].value()).collect::<Vec<Option<bool>>>(),
        ),
        texts(c::NUMBER, &called, |rows| &rows.number),
        texts(c::PLACE, &called, |rows| &rows.place),
        texts(c::PERSON, &called, |rows| &rows.person),
        // The case itself, of the same sheet and row, holds the phone.
        column(c::PHONE, vec![None::<&str>; called.len()]),
        // What a customer suggested stands in tables of callbacks.
        column(c::SUGGESTION, vec![None::<&str>; called.len()]),
    ]
}

/// A column of texts of the cases that were called back.
fn texts(name: &str, called: &[(&CaseBatch, usize)], of: fn(&CaseRows) -> &TextColumn) -> Column {
    let values: Vec<Option<&str>> = called.iter().map(|(batch, row)| of(&batch.placed.rows).get(*row)).collect();
    column(name, values)
}
