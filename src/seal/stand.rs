//! The records as they stood when a period was sealed, as far as its facts look at them.
//!
//! Later events have not happened: what a record says of a moment after the sealed as-of moment, and did not say when it was
//! sealed, is taken back, together with what was filled in on that occasion. And only the months that the facts of the period
//! look at are measured again, so that twelve seals do not cost twelve runs.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Int64Chunked, IntoColumn, NewChunkedArray, PolarsResult,
};

use super::file::Seal;
use super::print::Print;
use super::records::{CALLBACK, COMPLAINT, Held, REPAIR};
use super::values::{Columns, state_word};
use crate::moment::{Period, Seconds};
use crate::profile::Profiles;
use crate::records::cases::Further;
use crate::records::columns as c;
use crate::records::frames::column;
use crate::records::store::NO_NAME;
use crate::step::Step;

/// Months around a period that its facts may look at: repeats, follow-ups, windows that begin in the month before.
const MONTHS_AROUND: i32 = 3;

/// Level of who said nothing.
const NO_LEVEL: u32 = 255;

/// The frames as they stood.
#[derive(Debug)]
pub struct Stood {
    /// Complaints, repairs, callbacks; none: as they are.
    pub frames: [Option<DataFrame>; 3],
}

/// Takes back what was filled in after the as-of moment of some seals, all of the same moment. None: nothing was.
///
/// # Errors
/// When a query fails.
pub fn stood(held: &Held<'_>, seals: &[&Seal], as_of: Seconds) -> PolarsResult<Stood> {
    let mut frames = [None, None, None];
    for (place, kind) in [COMPLAINT, REPAIR, CALLBACK].into_iter().enumerate() {
        frames[place] = taken_back(held, kind, seals, as_of)?;
    }
    Ok(Stood { frames })
}

/// A frame with later events taken back; none where there are none.
fn taken_back(held: &Held<'_>, kind: &'static str, seals: &[&Seal], as_of: Seconds) -> PolarsResult<Option<DataFrame>> {
    let frame = held.frame(kind);
    let mut late: BTreeSet<usize> = BTreeSet::new();
    for step in events() {
        let Ok(moments) = frame.column(step.column()) else { continue };
        late.extend(
            moments.i64()?.iter().enumerate().filter(|(_, at)| at.is_some_and(|at| at >= as_of)).map(|(row, _)| row),
        );
    }
    if late.is_empty() {
        return Ok(None);
    }
    let mut sealed: BTreeMap<u64, &Print> = BTreeMap::new();
    for print in seals.iter().flat_map(|seal| &seal.prints).filter(|print| print.kind == kind) {
        sealed.entry(print.identity).or_insert(print);
    }
    let columns = Columns::of(frame, held.records)?;
    let is_new = |row: usize, print: &Print| {
        events().any(|step| {
            let at = columns.number(step.column(), row);
            at.is_some_and(|at| at >= as_of) && !print.tells(step.column())
        })
    };
    let rows: BTreeMap<usize, &Print> = late
        .into_iter()
        .filter_map(|row| {
            let print = *sealed.get(&held.identity_at(kind, &columns, row)?)?;
            is_new(row, print).then_some((row, print))
        })
        .collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let mut stood = frame.clone();
    for column in frame.columns() {
        if let Some(column) = as_it_was(column, &rows, as_of)? {
            stood.with_column(column)?;
        }
    }
    Ok(Some(stood))
}

/// The moments of what happens to a case; of its receipt there is no later.
fn events() -> impl Iterator<Item = Step> {
    Step::ALL.into_iter().filter(|step| step.is_event() && *step != Step::Received)
}

/// A column in which some rows say what they said; none where it is left as it is.
fn as_it_was(of: &Column, rows: &BTreeMap<usize, &Print>, as_of: Seconds) -> PolarsResult<Option<Column>> {
    let name = of.name().as_str();
    let step = Step::ALL.into_iter().find(|step| step.column() == name);
    Ok(match of.dtype() {
        DataType::Int64 if step.is_none_or(|step| step.is_event() && step != Step::Received) => {
            let mut values: Vec<Option<i64>> = of.i64()?.iter().collect();
            for (row, print) in rows.iter().filter(|(_, print)| !print.tells(name)) {
                let _ = print;
                let is_late = values[*row].is_some_and(|at| at >= as_of);
                if step.is_none() || is_late {
                    values[*row] = None;
                }
            }
            Some(Int64Chunked::from_iter_options(name.into(), values.into_iter()).into_column())
        }
        DataType::Boolean => {
            let mut values: Vec<Option<bool>> = of.bool()?.iter().collect();
            for (row, print) in rows {
                let said = [(true, "yes"), (false, "no")].into_iter().find(|(_, word)| print.says(name, word));
                values[*row] = said.map(|(said, _)| said);
            }
            Some(BooleanChunked::from_iter_options(name.into(), values.into_iter()).into_column())
        }
        DataType::Int32 if name == c::MONTH => {
            let mut values: Vec<i32> = of.i32()?.iter().map(|month| month.unwrap_or(0)).collect();
            for (row, print) in rows {
                values[*row] = Period::parse(&print.period).map_or(values[*row], Period::first_month);
            }
            Some(column(name, values))
        }
        DataType::UInt32 => {
            let Some(was) = code_that_was(name) else { return Ok(None) };
            let mut values: Vec<u32> = of.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect();
            for (row, print) in rows {
                values[*row] = was(print, name, values[*row]);
            }
            Some(column(name, values))
        }
        _ => None,
    })
}

type CodeThatWas = fn(&Print, &str, u32) -> u32;

/// How a code is taken back: a state and a level are found again by their hashes; a name that was not there goes.
fn code_that_was(name: &str) -> Option<CodeThatWas> {
    match name {
        c::STATE => Some(|print, name, _| (1..=2).find(|code| print.says(name, state_word(*code))).unwrap_or(0)),
        c::OPINION | c::PUNCTUALITY | c::ATTITUDE | c::QUALITY => {
            Some(|print, name, _| (0..=20).find(|level| print.says(name, &level.to_string())).unwrap_or(NO_LEVEL))
        }
        _ => Further::of_column(name)
            .map(|_| -> CodeThatWas { |print, name, code| if print.tells(name) { code } else { NO_NAME } }),
    }
}

/// The rows of a frame of cases or callbacks that the facts of some periods look at; none: all.
///
/// # Errors
/// When the frame lacks a column, which a slip in the program would cause.
pub fn window(frame: &DataFrame, periods: &[Period], profiles: &Profiles) -> PolarsResult<Option<DataFrame>> {
    if frame.height() == 0 {
        return Ok(None);
    }
    let around = months_around(profiles);
    let months: Vec<i32> = frame.column(c::MONTH)?.i32()?.iter().map(|month| month.unwrap_or(0)).collect();
    let is_near =
        |month: i32| periods.iter().any(|of| (of.first_month() - around..=of.last_month() + around).contains(&month));
    let mut kept: Vec<bool> = months.iter().map(|month| is_near(*month)).collect();
    keep_stock(frame, &months, periods, around, &mut kept)?;
    for name in [c::COMMUNITY, c::DEPARTMENT, c::CATEGORY, c::CHANNEL, c::BUILDING, c::CLASS] {
        keep_first(frame, name, &months, &mut kept)?;
    }
    if kept.iter().all(|kept| *kept) {
        return Ok(None);
    }
    Ok(Some(frame.filter(&BooleanChunked::from_slice("kept".into(), &kept))?))
}

fn months_around(profiles: &Profiles) -> i32 {
    let days = profiles.all.iter().flat_map(|profile| {
        let repeat = profile.repeat.as_ref().map(|repeat| repeat.within_days);
        repeat.into_iter().chain(profile.follow_up.as_ref().map(|follow_up| follow_up.again_within_days))
    });
    MONTHS_AROUND.max(days.max().map_or(0, |days| i32::from(days) / 28 + 2))
}

/// Cases of earlier months that were open when a window begins: they are in the stock.
fn keep_stock(
    frame: &DataFrame,
    months: &[i32],
    periods: &[Period],
    around: i32,
    kept: &mut [bool],
) -> PolarsResult<()> {
    let first = periods.iter().map(|period| period.first_month()).min().unwrap_or(i32::MAX) - around;
    let begin = crate::moment::month_start(first);
    let mut latest: Vec<Option<i64>> = frame.column(Step::Resolved.column())?.i64()?.iter().collect();
    for step in events() {
        let Ok(moments) = frame.column(step.column()) else { continue };
        for (latest, at) in latest.iter_mut().zip(moments.i64()?.iter()) {
            *latest = latest.and_then(|latest| at.map(|at| at.max(latest)).or(Some(latest)));
        }
    }
    for ((kept, month), latest) in kept.iter_mut().zip(months).zip(latest) {
        *kept |= *month < first && latest.is_none_or(|at| at >= begin);
    }
    Ok(())
}

/// The first row of each name: with it begins what is counted for that name, and by it a breakdown is told at all.
fn keep_first(frame: &DataFrame, name: &str, months: &[i32], kept: &mut [bool]) -> PolarsResult<()> {
    let Ok(codes) = frame.column(name) else { return Ok(()) };
    let resolved = frame.column(Step::Resolved.column())?.i64()?;
    let states = frame.column(c::STATE).ok().and_then(|column| column.u32().ok());
    let mut first: BTreeMap<(u32, bool), (i32, usize)> = BTreeMap::new();
    for (row, code) in codes.u32()?.iter().enumerate() {
        let tells =
            resolved.get(row).is_some() || states.and_then(|states| states.get(row)).is_some_and(|state| state != 0);
        let entry = first.entry((code.unwrap_or(NO_NAME), tells)).or_insert((months[row], row));
        *entry = (*entry).min((months[row], row));
    }
    for (_, row) in first.into_values() {
        kept[row] = true;
    }
    Ok(())
}
