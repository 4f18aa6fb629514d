//! The frame of cases, from the batches of all tables.

use polars::prelude::{Column, DataFrame, PolarsResult};

use super::assemble::{Placed, identity_hash};
use super::cases::{Amount, CaseRows, Further, NO_LEVEL};
use super::checks::cell_of;
use super::columns as c;
use super::frames::{Gather, Kept, code_at, column, frame, line_column, origin_columns};
use super::store::{NO_MOMENT, State, line_of};
use crate::moment::written;
use crate::normalise::place::comparable;
use crate::normalise::rating::Level;
use crate::origin::CellAt;
use crate::step::Step;

/// Cases of one table with the codes of their names.
pub(super) struct CaseBatch {
    pub(super) placed: Placed<CaseRows>,
    pub(super) community: Vec<u32>,
    pub(super) department: Vec<u32>,
    pub(super) category: Vec<u32>,
    pub(super) class: Vec<u32>,
    pub(super) channel: Vec<u32>,
    pub(super) building: Vec<u32>,
    pub(super) receiver: Vec<u32>,
    pub(super) handler: Vec<u32>,
    /// Codes by [`Further`].
    pub(super) further: [Vec<u32>; Further::ALL.len()],
}

impl CaseBatch {
    /// What tells the case from others: its number, or moment + place + text.
    pub(super) fn identity(&self, row: usize) -> Option<u64> {
        let rows = &self.placed.rows;
        let community = self.community[row].to_le_bytes();
        if let Some(number) = rows.number.get(row) {
            return Some(identity_hash(&[b"n", &community, number.as_bytes()]));
        }
        let received = rows.moment(Step::Received, row);
        match (received, rows.place.get(row), rows.text.get(row)) {
            (NO_MOMENT, _, _) => None,
            (_, Some(place), Some(text)) => {
                let place = comparable(place);
                Some(identity_hash(&[b"m", &community, &received.to_le_bytes(), place.as_bytes(), text.as_bytes()]))
            }
            _ => None,
        }
    }

    /// All that identifies the case: number, moment, place and text.
    pub(super) fn full_identity(&self, row: usize) -> u64 {
        let rows = &self.placed.rows;
        identity_hash(&[
            b"f",
            &self.community[row].to_le_bytes(),
            rows.number.get(row).unwrap_or("").as_bytes(),
            &rows.moment(Step::Received, row).to_le_bytes(),
            comparable(rows.place.get(row).unwrap_or("")).as_bytes(),
            rows.text.get(row).unwrap_or("").as_bytes(),
        ])
    }

    /// Whether two rows with the same identity are the same case: same moment of receipt, and the same place and text where
    /// both say one.
    pub(super) fn is_same(&self, row: usize, other: &Self, at: usize) -> bool {
        let (a, b) = (&self.placed.rows, &other.placed.rows);
        let agree = |x: Option<&str>, y: Option<&str>| x.is_none() || y.is_none() || x == y;
        self.community[row] == other.community[at]
            && a.moment(Step::Received, row) == b.moment(Step::Received, at)
            && a.number.get(row) == b.number.get(at)
            && agree_on_place(a.place.get(row), b.place.get(at))
            && agree(a.text.get(row), b.text.get(at))
    }

    /// Whether two rows name the same place and the same text; both must say at least one of them.
    pub(super) fn says_the_same(&self, row: usize, other: &Self, at: usize) -> bool {
        let (a, b) = (&self.placed.rows, &other.placed.rows);
        let text = a.text.get(row).filter(|text| Some(*text) == b.text.get(at));
        text.is_some() && agree_on_place(a.place.get(row), b.place.get(at))
    }

    /// What a row says otherwise than the row that it repeats: its cell, and what stands there now.
    pub(super) fn change(&self, row: usize, first: &Self, at: usize) -> Option<(CellAt, String)> {
        let (a, b) = (&self.placed.rows, &first.placed.rows);
        for step in Step::ALL {
            let (now, before) = (a.moment(step, row), b.moment(step, at));
            // What one of the tables has no column for it cannot say otherwise.
            let both = a.present & b.present & (step.bit()) != 0;
            if both && now != before && now != NO_MOMENT {
                return Some((cell_of(a, step, row), written(now)));
            }
        }
        let is_closed_now = a.state[row] == State::Closed && b.state[at] == State::Open;
        let opinion = a.opinion[row];
        let is_rated_now = opinion != NO_LEVEL && b.opinion[at] != NO_LEVEL && opinion != b.opinion[at];
        let found = if is_closed_now {
            "closed".to_owned()
        } else if is_rated_now {
            Level::ALL.get(opinion as usize).map_or("", |level| level.code()).to_owned()
        } else {
            return None;
        };
        Some((CellAt { row: a.row[row], col: 0 }, found))
    }
}

/// Whether two places are the same, where both are said.
fn agree_on_place(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b || comparable(a) == comparable(b),
        _ => true,
    }
}

/// The frame of all cases kept.
pub(super) fn case_frame(batches: &[(CaseBatch, Kept)]) -> PolarsResult<DataFrame> {
    let gather = Gather::over(batches);
    // Columns are copied together side by side; none of this asks polars' own pool for anything.
    let ((mut columns, said), (moments, texts)) = rayon::join(
        || rayon::join(|| name_columns(&gather), || said_columns(&gather)),
        || rayon::join(|| moment_columns(&gather), || text_columns(&gather)),
    );
    columns.extend(moments);
    columns.extend(said);
    columns.extend(texts);
    columns.extend(further_columns(&gather, batches));
    if batches.iter().any(|(batch, _)| !batch.placed.rows.line.is_empty()) {
        columns.extend(line_column(gather.plain(|batch, row| line_of(&batch.placed.rows.line, row))));
    }
    frame(gather.rows(), columns)
}

type CaseGather<'a> = Gather<'a, CaseBatch>;

fn name_columns(gather: &CaseGather<'_>) -> Vec<Column> {
    let mut columns = origin_columns(
        gather.plain(|batch, _| batch.placed.source),
        gather.plain(|batch, row| batch.placed.rows.row[row]),
    );
    columns.push(column(c::MONTH, gather.plain(|batch, row| batch.placed.rows.month[row])));
    columns.push(column(c::COMMUNITY, gather.plain(|batch, row| batch.community[row])));
    columns.push(column(c::DEPARTMENT, gather.plain(|batch, row| batch.department[row])));
    columns.push(column(c::CATEGORY, gather.plain(|b, row| code_at(&b.category, &b.placed.rows.category, row))));
    columns.push(column(c::CLASS, gather.plain(|b, row| code_at(&b.class, &b.placed.rows.class, row))));
    columns.push(column(c::CHANNEL, gather.plain(|b, row| code_at(&b.channel, &b.placed.rows.channel, row))));
    columns.push(column(c::BUILDING, gather.plain(|b, row| code_at(&b.building, &b.placed.rows.building, row))));
    columns.push(column(c::RECEIVER, gather.plain(|b, row| code_at(&b.receiver, &b.placed.rows.receiver, row))));
    columns.push(column(c::HANDLER, gather.plain(|b, row| code_at(&b.handler, &b.placed.rows.handler, row))));
    columns
}

fn moment_columns(gather: &CaseGather<'_>) -> Vec<Column> {
    Step::ALL
        .into_iter()
        .filter(|step| step.is_common())
        .map(|step| gather.moments(step.column(), |batch, row| batch.placed.rows.moment(step, row)))
        .collect()
}

fn said_columns(gather: &CaseGather<'_>) -> Vec<Column> {
    vec![
        column(c::DATE_ONLY, gather.plain(|b, row| b.placed.rows.date_only[row])),
        column(c::UNREADABLE, gather.plain(|b, row| b.placed.rows.unreadable[row])),
        column(c::PRESENT, gather.plain(|b, _| b.placed.rows.present)),
        column(c::STATE, gather.plain(|b, row| b.placed.rows.state[row] as u32)),
        gather.said(c::MAJOR, |b, row| b.placed.rows.major[row]),
        gather.said(c::URGENT, |b, row| b.placed.rows.urgent[row]),
        gather.said(c::REPEAT, |b, row| b.placed.rows.repeat[row]),
        gather.said(c::VALID, |b, row| b.placed.rows.valid[row]),
        gather.moments(c::COMPENSATION, |b, row| b.placed.rows.amount(Amount::Compensation, row)),
    ]
}

/// Columns of what few registers tell, where some row tells it.
fn further_columns(gather: &CaseGather<'_>, batches: &[(CaseBatch, Kept)]) -> Vec<Column> {
    let any = |has: &dyn Fn(&CaseRows) -> bool| batches.iter().any(|(batch, _)| has(&batch.placed.rows));
    let mut columns = Vec::new();
    for step in Step::ALL.into_iter().filter(|step| !step.is_common()) {
        if any(&|rows| rows.has_moment(step)) {
            columns.push(gather.moments(step.column(), |b, row| b.placed.rows.moment(step, row)));
        }
    }
    for amount in Amount::ALL.into_iter().filter(|amount| *amount != Amount::Compensation) {
        if any(&|rows| rows.has_amount(amount)) {
            columns.push(gather.moments(amount.column(), |b, row| b.placed.rows.amount(amount, row)));
        }
    }
    if any(&|rows| !rows.forwarded.is_empty()) {
        let said = |b: &CaseBatch, row: usize| b.placed.rows.forwarded.get(row).copied().unwrap_or_default();
        columns.push(gather.said(c::FORWARDED, said));
    }
    for further in Further::ALL {
        if any(&|rows| !rows.further(further).codes().is_empty()) {
            let code = |b: &CaseBatch, row| code_at(&b.further[further as usize], b.placed.rows.further(further), row);
            columns.push(column(further.column(), gather.plain(code)));
        }
    }
    columns
}

fn text_columns(gather: &CaseGather<'_>) -> Vec<Column> {
    vec![
        gather.texts(c::NUMBER, |b| &b.placed.rows.number),
        gather.texts(c::PLACE, |b| &b.placed.rows.place),
        gather.texts(c::PERSON, |b| &b.placed.rows.person),
        gather.texts(c::PHONE, |b| &b.placed.rows.phone),
        gather.texts(c::TEXT, |b| &b.placed.rows.text),
    ]
}
