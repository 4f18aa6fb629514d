//! What cases, callbacks and survey forms tell that they are joined by.

use std::hash::{Hash, Hasher};

use polars::prelude::{DataFrame, PolarsResult, StringChunked};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use crate::moment::Moment;
use crate::normalise::phone;
use crate::normalise::place::{building_in_front, comparable, household_in, may_be_same};
use crate::origin::{NO_LINE, RecordAt};
use crate::records::columns as c;
use crate::records::frames::{NameList, Places};
use crate::records::store::NO_NAME;
use crate::step::Step;

/// Rows per task of the parallel loops.
const STRETCH: usize = 8_192;

/// Columns that records of one household are joined by; 0 stands for none in a column of hashes.
#[derive(Default)]
pub(super) struct Told {
    pub(super) rows: usize,
    pub(super) source: Vec<u32>,
    origin: Vec<u64>,
    pub(super) community: Vec<u32>,
    pub(super) number: Vec<u64>,
    pub(super) household: Vec<u64>,
    pub(super) received: Vec<Option<Moment>>,
    pub(super) resolved: Vec<Option<Moment>>,
    pub(super) called: Vec<Option<Moment>>,
    places: StringChunked,
    phones: StringChunked,
}

impl Told {
    /// Of a frame of cases or callbacks.
    pub(super) fn of(frame: &DataFrame, buildings: &NameList) -> PolarsResult<Self> {
        if frame.height() == 0 {
            return Ok(Self::default());
        }
        let community = codes(frame, c::COMMUNITY)?;
        let phones = match frame.column(c::PHONE) {
            Ok(phones) => phones.str()?.rechunk().into_owned(),
            Err(_) => StringChunked::default(),
        };
        Ok(Self {
            rows: frame.height(),
            source: codes(frame, c::SOURCE)?,
            origin: origins(frame)?,
            number: hashes(frame, c::NUMBER, |row, text| hash(community[row], text.trim()))?,
            household: households(frame, &community, buildings)?,
            received: moments(frame, Step::Received)?,
            resolved: moments(frame, Step::Resolved)?,
            called: moments(frame, Step::CalledBack)?,
            places: frame.column(c::PLACE)?.str()?.rechunk().into_owned(),
            phones,
            community,
        })
    }

    pub(super) fn origin(&self, row: usize) -> u64 {
        self.origin[row]
    }

    pub(super) fn numbered(&self, row: usize) -> Option<u64> {
        Some(self.number[row]).filter(|number| *number != 0)
    }

    /// Whether the places of two rows are the same as written.
    pub(super) fn writes_same(&self, row: usize, other: &Self, at: usize) -> bool {
        let places = self.places.get(row).zip(other.places.get(at));
        places.is_some_and(|(own, known)| comparable(own) == comparable(known))
    }

    /// Whether two rows may be of one room, however shortly one of them writes it.
    pub(super) fn may_be_same(&self, row: usize, other: &Self, at: usize) -> bool {
        let places = self.places.get(row).zip(other.places.get(at));
        places.is_some_and(|(own, known)| may_be_same(own, known))
    }

    /// Whether a row names a phone.
    pub(super) fn has_phone(&self, row: usize) -> bool {
        self.phones.get(row).is_some_and(|text| !phone::numbers(text).is_empty())
    }

    /// The phones that a row names, as hashes.
    pub(super) fn phones(&self, row: usize) -> Vec<u64> {
        let Some(text) = self.phones.get(row) else { return Vec::new() };
        phone::numbers(text).iter().map(|number| hash(self.community[row], phone::local(number))).collect()
    }

    /// Phones of all rows: phone, receipt and row, sorted.
    pub(super) fn by_phone(&self) -> Vec<(u64, i64, u32)> {
        let of = |row: usize| {
            let received = self.received[row].map(|received| received.seconds);
            let phones = received.map_or_else(Vec::new, |_| self.phones(row));
            phones.into_iter().map(move |phone| (phone, received.unwrap_or(i64::MAX), number(row)))
        };
        let mut timeline: Vec<_> = (0..self.rows).into_par_iter().with_min_len(STRETCH).flat_map_iter(of).collect();
        timeline.par_sort_unstable();
        timeline
    }

    /// Households of all rows: household, receipt and row, sorted.
    pub(super) fn by_household(&self) -> Vec<(u64, i64, u32)> {
        let of = |row: usize| {
            Some((Some(self.household[row]).filter(|own| *own != 0)?, self.received[row]?.seconds, number(row)))
        };
        let mut timeline: Vec<_> = (0..self.rows).filter_map(of).collect();
        timeline.par_sort_unstable();
        timeline
    }

    /// Rows by a key, sorted; rows without one left out.
    pub(super) fn sorted(&self, key: fn(&Self, usize) -> Option<u64>) -> Vec<(u64, u32)> {
        let of = |row: usize| key(self, row).map(|key| (key, number(row)));
        let mut keys: Vec<(u64, u32)> = (0..self.rows).filter_map(of).collect();
        keys.par_sort_unstable();
        keys
    }
}

fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// The household of each row, by community, building and place; 0 where a row names no place.
///
/// # Errors
/// When the frame lacks the places, which a test rules out.
pub fn households(frame: &DataFrame, community: &[u32], buildings: &NameList) -> PolarsResult<Vec<u64>> {
    let codes = frame.column(c::BUILDING).is_ok().then(|| codes(frame, c::BUILDING)).transpose()?;
    let named: Vec<Option<String>> = buildings.names().map(building_in_front).collect();
    let building = |row: usize| named.get(codes.as_ref()?[row] as usize)?.as_deref();
    hashes(frame, c::PLACE, |row, place| hash(community[row], &household_in(building(row), place)))
}

/// The texts of a column as hashes; 0 where a row has none.
fn hashes(frame: &DataFrame, name: &str, of: impl Fn(usize, &str) -> u64 + Sync) -> PolarsResult<Vec<u64>> {
    let texts = frame.column(name)?.str()?.rechunk();
    let of = |row: usize| texts.get(row).map_or(0, |text| of(row, text));
    Ok((0..frame.height()).into_par_iter().with_min_len(STRETCH).map(of).collect())
}

/// A moment of each row; none where the frame has no such column.
pub(super) fn moments(frame: &DataFrame, step: Step) -> PolarsResult<Vec<Option<Moment>>> {
    let Ok(column) = frame.column(step.column()) else { return Ok(vec![None; frame.height()]) };
    let of = |(seconds, bits): (Option<i64>, u32)| {
        seconds.map(|seconds| Moment { seconds, date_only: bits & step.bit() != 0 })
    };
    Ok(column.i64()?.iter().zip(codes(frame, c::DATE_ONLY)?).map(of).collect())
}

pub(super) fn codes(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u32>> {
    Ok(frame.column(name)?.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect())
}

/// Where a record stands, in one number: sheet and row, or sheet and line where several records may stand in one row.
pub(super) fn origin_of(at: RecordAt) -> u64 {
    if at.line == NO_LINE {
        return u64::from(at.source) << 32 | u64::from(at.row);
    }
    1 << 63 | u64::from(at.source) << 32 | u64::from(at.line)
}

fn origins(frame: &DataFrame) -> PolarsResult<Vec<u64>> {
    let places = Places::of(frame)?;
    Ok((0..frame.height()).map(|row| origin_of(places.at(row))).collect())
}

/// A hash that is never 0; fixed keys make it the same in every run.
fn hash(community: u32, text: &str) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    (community, text).hash(&mut hasher);
    hasher.finish().max(1)
}
