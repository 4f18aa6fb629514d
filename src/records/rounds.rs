//! Survey rounds and community lists: few rows, kept as structs.

use super::cells::{CellReader, MomentCell};
use crate::moment::Period;
use crate::normalise::label::tidy;
use crate::normalise::period;
use crate::origin::{CellAt, RecordAt};
use crate::read::sheet::{Row, Value};
use crate::recognise::Table;
use crate::recognise::field::Field;
use crate::step::RoundStep;

/// A survey round of one community.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Round {
    /// Row of the sheet, from zero.
    pub row: u32,
    /// Line of the views of the sheet.
    pub line: u32,
    /// Half year or year.
    pub period: Option<Period>,
    /// Community as the row names it.
    pub community: String,
    /// All households.
    pub households: Option<u32>,
    /// Occupied households.
    pub occupied: Option<u32>,
    /// Forms issued.
    pub issued: Option<u32>,
    /// Forms returned.
    pub returned: Option<u32>,
    /// Dates of the round.
    pub dates: Vec<(RoundStep, crate::moment::Moment)>,
    /// Dates that nobody can tell: no such column, or something that is no date.
    pub untold: Vec<RoundStep>,
}

/// A row of a community list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListedCommunity {
    /// Name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// All households.
    pub households: Option<u32>,
    /// Occupied households.
    pub occupied: Option<u32>,
    /// When people moved in.
    pub moved_in: Option<i64>,
    /// Where it stands; the sheet is known once all are put together.
    pub at: Option<RecordAt>,
}

fn round_step(field: Field) -> Option<RoundStep> {
    Some(match field {
        Field::HandedOver => RoundStep::HandedOver,
        Field::IssuedFrom => RoundStep::IssuedFrom,
        Field::IssuedUntil => RoundStep::IssuedUntil,
        Field::CollectedUntil => RoundStep::CollectedUntil,
        Field::StatisticsDone => RoundStep::StatisticsDone,
        Field::OpenLetter => RoundStep::OpenLetter,
        Field::Submitted => RoundStep::Submitted,
        Field::Published => RoundStep::Published,
        _ => return None,
    })
}

fn whole(number: Option<f64>) -> Option<u32> {
    let number = number?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
    (number.fract() == 0.0 && (0.0..=1e9).contains(&number)).then_some(number as u32)
}

/// Reads a row of a table of rounds; none when it names no period.
#[must_use]
pub fn round_of<'a>(row: &Row<'a>, table: &Table, named: Option<Period>, reader: &mut CellReader<'a>) -> Option<Round> {
    let mut round =
        Round { row: row.number, line: row.line, period: named.or(table.meta.period.period()), ..Round::default() };
    for column in &table.columns {
        let Some(value) = row.get(column.col) else { continue };
        let at = row.origin(column.col);
        if let Some(step) = round_step(column.field) {
            match reader.moment(at, value) {
                MomentCell::At(moment) => round.dates.push((step, moment)),
                MomentCell::Unreadable => round.untold.push(step),
                MomentCell::Blank => {}
            }
            continue;
        }
        let Some(value) = reader.said(at, value) else { continue };
        match column.field {
            Field::Community => round.community = tidy(&value.written()),
            Field::Round => {
                round.period = period::find(&value.written()).or(table.meta.period).period().or(round.period);
            }
            Field::Households => round.households = whole(reader.number(at, value)),
            Field::Occupied => round.occupied = whole(reader.number(at, value)),
            Field::Issued => round.issued = whole(reader.number(at, value)),
            Field::Returned => round.returned = whole(reader.number(at, value)),
            _ => {}
        }
    }
    let told: Vec<RoundStep> = table.columns.iter().filter_map(|column| round_step(column.field)).collect();
    round.untold.extend(RoundStep::ALL.into_iter().filter(|step| !told.contains(step)));
    round.period.is_some().then_some(round)
}

/// Reads a row of a community list; none when it names no community.
#[must_use]
pub fn community_of(row: &Row<'_>, table: &Table, reader: &mut CellReader<'_>) -> Option<ListedCommunity> {
    let at = RecordAt { source: 0, row: row.number, line: row.line };
    let mut listed = ListedCommunity { at: Some(at), ..ListedCommunity::default() };
    for column in &table.columns {
        let Some(value) = row.get(column.col) else { continue };
        let at = row.origin(column.col);
        match column.field {
            Field::Community => listed.name = tidy(&value.written()),
            Field::Aliases => {
                let text = value.written();
                listed.aliases =
                    text.split(['、', ',', '，', ';', '；', '/']).map(tidy).filter(|name| !name.is_empty()).collect();
            }
            Field::Households => listed.households = whole(reader.number(at, value)),
            Field::Occupied => listed.occupied = whole(reader.number(at, value)),
            Field::MovedIn => listed.moved_in = moved_in(at, value, reader),
            _ => {}
        }
    }
    (!listed.name.is_empty()).then_some(listed)
}

/// A moving-in date is often given as a month or year only.
fn moved_in(at: CellAt, value: Value<'_>, reader: &mut CellReader<'_>) -> Option<i64> {
    if let Value::Text(text) = value
        && let Some(period) = period::find(text).period()
        && !text.contains('日')
        && text.matches(['-', '/', '.']).count() < 2
    {
        return Some(period.start());
    }
    if let Value::Number(number) = value
        && (1950.0..=2100.0).contains(&number)
        && number.fract() == 0.0
    {
        return period::find(&format!("{number}")).period().map(Period::start);
    }
    match reader.moment(at, value) {
        MomentCell::At(moment) => Some(moment.seconds),
        _ => None,
    }
}
