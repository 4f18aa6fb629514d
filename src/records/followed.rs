//! Cases and the callbacks to their households: which callback belongs to which case.
//!
//! A callback noted in a register is of the case in its row. One in a table of callbacks is of the case whose number it bears,
//! else of its household's last case: received before the callback, resolved by then, and no other case in between. Sorted once
//! and looked up by halving: the cost grows with the number of records, however many a household has.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use polars::prelude::{DataFrame, PolarsResult};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::assemble::Records;
use super::columns as c;
use super::store::NO_NAME;
use crate::moment::{DAY, Moment};
use crate::normalise::place::comparable;
use crate::step::Step;

/// A case by its register (0 complaints, 1 repairs) and row.
pub type CaseRow = (usize, u32);

/// Which callback belongs to which case.
#[derive(Debug, Default)]
pub struct Followed {
    /// The case of each row of the callbacks.
    pub case_of: Vec<Option<CaseRow>>,
    /// Rows of the callbacks that say again what a table of callbacks says of the same case, or that it was not made.
    pub is_again: Vec<bool>,
    /// When each callback was made, and what the customer said (number of the level).
    pub called: Vec<Option<Moment>>,
    /// Level of satisfaction of each callback.
    pub opinion: Vec<u32>,
    /// Callbacks by their place in the sheet.
    by_origin: Vec<(u64, u32)>,
    /// Callbacks of each case, by register; those that are said again left out.
    registers: [Register; 2],
}

#[derive(Debug, Default)]
struct Register {
    /// Where the callbacks of each case begin in the list, and where the last end.
    starts: Vec<u32>,
    /// Rows of the callbacks, those of a case by time.
    callbacks: Vec<u32>,
    /// Household, receipt and row of the cases that tell them, sorted.
    timeline: Vec<(u64, i64, u32)>,
    /// Household of each case; 0 where it tells none.
    households: Vec<u64>,
    /// Communities in which a table of callbacks tells of the cases.
    told: BTreeSet<u32>,
    /// Cases by their place in the sheet.
    by_origin: Vec<(u64, u32)>,
    /// When each was resolved.
    resolved: Vec<Option<Moment>>,
}

impl Records {
    /// Which callback belongs to which case; worked out once, where somebody asks.
    ///
    /// # Errors
    /// When a frame lacks a column, which a test rules out.
    pub fn followed(&self) -> PolarsResult<&Followed> {
        if let Some(known) = self.joined.get() {
            return Ok(known);
        }
        let joined = Followed::of(&self.complaints, &self.repairs, &self.callbacks)?;
        Ok(self.joined.get_or_init(|| joined))
    }

    /// Whether there are callbacks that no register of cases notes.
    ///
    /// # Errors
    /// When a frame lacks a column, which a test rules out.
    pub fn has_callback_tables(&self) -> PolarsResult<bool> {
        if self.callbacks.height() == 0 {
            return Ok(false);
        }
        let sources = |frame: &DataFrame| -> PolarsResult<BTreeSet<u32>> {
            if frame.height() == 0 {
                return Ok(BTreeSet::new());
            }
            let (mut sources, mut last) = (BTreeSet::new(), None);
            for source in frame.column(c::SOURCE)?.u32()?.iter().flatten() {
                if last != Some(source) {
                    sources.insert(source);
                    last = Some(source);
                }
            }
            Ok(sources)
        };
        let (complaints, repairs) = (sources(&self.complaints)?, sources(&self.repairs)?);
        Ok(sources(&self.callbacks)?.iter().any(|source| !complaints.contains(source) && !repairs.contains(source)))
    }
}

impl Followed {
    /// Joins the callbacks to the cases.
    pub(super) fn of(complaints: &DataFrame, repairs: &DataFrame, callbacks: &DataFrame) -> PolarsResult<Self> {
        let cases = [Told::of(complaints)?, Told::of(repairs)?];
        let mut followed = Self { registers: [Register::of(&cases[0]), Register::of(&cases[1])], ..Self::default() };
        if callbacks.height() == 0 {
            return Ok(followed);
        }
        let (told, made) = (Told::of(callbacks)?, callbacks.column(c::MADE)?.bool()?);
        let topics = codes(callbacks, c::TOPIC)?;
        let by_number: [Vec<(u64, u32)>; 2] = [sorted(&cases[0], Told::numbered), sorted(&cases[1], Told::numbered)];
        let registers: BTreeSet<u32> = cases.iter().flat_map(|cases| cases.source.iter().copied()).collect();
        let (mut case_of, mut is_table) = (vec![None; told.rows], vec![false; told.rows]);
        for row in 0..told.rows {
            let found = |lists: &[Vec<(u64, u32)>; 2], key: Option<u64>| -> Vec<CaseRow> {
                let Some(key) = key else { return Vec::new() };
                let of = |register: usize| {
                    let list = &lists[register];
                    let first = list.partition_point(|(known, _)| *known < key);
                    list[first..].iter().take_while(move |(known, _)| *known == key).map(move |(_, at)| (register, *at))
                };
                // A number that stands for hundreds of cases tells none of them.
                (0..2).flat_map(|register| of(register).take(MOST_OF_A_NUMBER)).collect()
            };
            if topics[row] != NO_NAME {
                continue;
            }
            if registers.contains(&told.source[row]) {
                case_of[row] = followed.case_at(told.source[row], told.row[row]);
                continue;
            }
            is_table[row] = true;
            for register in &mut followed.registers {
                register.told.insert(told.community[row]);
            }
            let numbered = found(&by_number, told.numbered(row));
            let agrees = |(register, at): &CaseRow| {
                let (own, known) = (told.household[row], cases[*register].household[*at as usize]);
                own == 0 || known == 0 || own == known
            };
            let by_number = numbered.into_iter().filter(agrees).max_by_key(|(register, at)| {
                let received = cases[*register].received[*at as usize];
                let called = told.called[row].map_or(i64::MAX, last_second);
                // The last that was received before the callback.
                (received.is_some_and(|received| received.seconds <= called), received.map(|received| received.seconds))
            });
            case_of[row] = by_number.or_else(|| followed.by_household(&cases, told.household[row], told.called[row]?));
        }
        let made: Vec<bool> = made.iter().map(|made| made == Some(true)).collect();
        followed.by_origin = sorted(&told, |told, row| Some(told.origin(row)));
        followed.by_origin.retain(|(_, row)| topics[*row as usize] == NO_NAME);
        followed.opinion = codes(callbacks, c::OPINION)?;
        followed.called.clone_from(&told.called);
        followed.group(case_of, &is_table, &told.called, &made);
        Ok(followed)
    }

    /// The last case of a household that was received before a callback, where it was resolved by then.
    fn by_household(&self, cases: &[Told; 2], household: u64, called: Moment) -> Option<CaseRow> {
        if household == 0 {
            return None;
        }
        let mut before = last_second(called);
        // A date without a time leaves it open whether a case of that day came before the callback: one day is tried again.
        for _ in 0..2 {
            let last = |register: usize| {
                let timeline = &self.registers[register].timeline;
                let end = timeline.partition_point(|(known, received, _)| (*known, *received) <= (household, before));
                let (known, received, at) = *timeline.get(end.checked_sub(1)?)?;
                (known == household).then_some((received, (register, at)))
            };
            let (received, case) = last(0).max(last(1))?;
            let resolved = cases[case.0].resolved[case.1 as usize];
            if resolved.is_some_and(|resolved| resolved.seconds <= last_second(called)) {
                return Some(case);
            }
            if !called.date_only || received < called.seconds {
                return None;
            }
            before = called.seconds - 1;
        }
        None
    }

    fn group(&mut self, case_of: Vec<Option<CaseRow>>, is_table: &[bool], called: &[Option<Moment>], made: &[bool]) {
        let mut pairs: Vec<(CaseRow, i64, u32)> = case_of
            .iter()
            .zip(0_u32..)
            .filter_map(|(case, row)| {
                let at = called[row as usize].map_or(i64::MAX, |moment| moment.seconds);
                case.map(|case| (case, at, row))
            })
            .collect();
        pairs.par_sort_unstable();
        let mut is_again = vec![false; case_of.len()];
        for of_case in pairs.chunk_by(|a, b| a.0 == b.0) {
            let table = |&&(_, _, row): &&(CaseRow, i64, u32)| is_table[row as usize];
            let days: Vec<i64> = of_case.iter().filter(table).map(|(_, at, _)| at.div_euclid(DAY)).collect();
            for (_, at, row) in of_case.iter().filter(|(_, _, row)| !is_table[*row as usize]) {
                // One that is owed was made; one without a date is the one that the table dates.
                let is_dated = *at != i64::MAX && made[*row as usize];
                is_again[*row as usize] = if is_dated { days.contains(&at.div_euclid(DAY)) } else { !days.is_empty() };
            }
        }
        for (number, register) in self.registers.iter_mut().enumerate() {
            let own = pairs
                .iter()
                .filter(|((of, _), _, row)| *of == number && made[*row as usize] && !is_again[*row as usize]);
            let mut starts = vec![0_u32; register.households.len() + 1];
            for ((_, case), _, row) in own {
                register.callbacks.push(*row);
                starts[*case as usize + 1] += 1;
            }
            for at in 1..starts.len() {
                starts[at] += starts[at - 1];
            }
            register.starts = starts;
        }
        (self.case_of, self.is_again) = (case_of, is_again);
    }

    /// The case in a row of a sheet.
    fn case_at(&self, source: u32, row: u32) -> Option<CaseRow> {
        (0..2).find_map(|register| self.row_of(register, source, row).map(|at| (register, at)))
    }

    /// The row, among the cases of a register, of the case in a row of a sheet.
    #[must_use]
    pub fn row_of(&self, register: usize, source: u32, row: u32) -> Option<u32> {
        found(&self.registers[register].by_origin, source, row)
    }

    /// The row, among all callbacks, of the callback in a row of a sheet.
    #[must_use]
    pub fn callback_at(&self, source: u32, row: u32) -> Option<u32> {
        found(&self.by_origin, source, row)
    }

    /// When a case was resolved.
    #[must_use]
    pub fn resolved(&self, (register, row): CaseRow) -> Option<Moment> {
        self.registers[register].resolved.get(row as usize).copied().flatten()
    }

    /// Rows of the callbacks made for a case, by time.
    #[must_use]
    pub fn callbacks_of(&self, (register, row): CaseRow) -> &[u32] {
        let register = &self.registers[register];
        match register.starts.get(row as usize..row as usize + 2) {
            Some([start, end]) => &register.callbacks[*start as usize..*end as usize],
            _ => &[],
        }
    }

    /// Whether a case of the same register and household was received after a moment, and when the first was; none where the case
    /// tells no household.
    #[must_use]
    pub fn next_after(&self, (register, row): CaseRow, after: i64) -> Option<Option<i64>> {
        let register = &self.registers[register];
        let household = *register.households.get(row as usize).filter(|household| **household != 0)?;
        let next = register.timeline.partition_point(|(known, received, _)| (*known, *received) <= (household, after));
        let next = register.timeline.get(next).filter(|(known, _, _)| *known == household);
        Some(next.map(|(_, received, _)| *received))
    }

    /// Whether a table of callbacks would tell of a case.
    #[must_use]
    pub fn is_told(&self, (register, row): CaseRow, community: u32) -> bool {
        let register = &self.registers[register];
        register.told.contains(&community) && register.households.get(row as usize).is_some_and(|known| *known != 0)
    }
}

/// Rows per task of the parallel loops.
const STRETCH: usize = 8_192;

/// Cases of one number that are looked at for a callback.
const MOST_OF_A_NUMBER: usize = 64;

impl Register {
    fn of(cases: &Told) -> Self {
        let of = |row: usize| Some((Some(cases.household[row]).filter(|own| *own != 0)?, cases.received[row]?, row));
        let mut timeline: Vec<(u64, i64, u32)> = (0..cases.rows)
            .filter_map(of)
            .map(|(household, received, row)| (household, received.seconds, u32::try_from(row).unwrap_or(u32::MAX)))
            .collect();
        timeline.par_sort_unstable();
        Self {
            timeline,
            households: cases.household.clone(),
            by_origin: sorted(cases, |cases, row| Some(cases.origin(row))),
            resolved: cases.resolved.clone(),
            ..Self::default()
        }
    }
}

/// What cases and callbacks tell that they are joined by.
struct Told {
    rows: usize,
    source: Vec<u32>,
    row: Vec<u32>,
    community: Vec<u32>,
    number: Vec<u64>,
    household: Vec<u64>,
    received: Vec<Option<Moment>>,
    resolved: Vec<Option<Moment>>,
    called: Vec<Option<Moment>>,
}

impl Told {
    fn of(frame: &DataFrame) -> PolarsResult<Self> {
        if frame.height() == 0 {
            return Ok(Self {
                rows: 0,
                source: Vec::new(),
                row: Vec::new(),
                community: Vec::new(),
                number: Vec::new(),
                household: Vec::new(),
                received: Vec::new(),
                resolved: Vec::new(),
                called: Vec::new(),
            });
        }
        let (community, date_only) = (codes(frame, c::COMMUNITY)?, codes(frame, c::DATE_ONLY)?);
        let hashes = |name: &str, fold: fn(&str) -> std::borrow::Cow<'_, str>| -> PolarsResult<Vec<u64>> {
            let texts = frame.column(name)?.str()?.rechunk();
            let of = |row: usize| texts.get(row).map_or(0, |text| hash(community[row], &fold(text)));
            Ok((0..frame.height()).into_par_iter().with_min_len(STRETCH).map(of).collect())
        };
        let moments = |step: Step| -> PolarsResult<Vec<Option<Moment>>> {
            let Ok(column) = frame.column(step.column()) else { return Ok(vec![None; frame.height()]) };
            let of = |(seconds, bits): (Option<i64>, &u32)| {
                seconds.map(|seconds| Moment { seconds, date_only: bits & step.bit() != 0 })
            };
            Ok(column.i64()?.iter().zip(&date_only).map(of).collect())
        };
        Ok(Self {
            rows: frame.height(),
            source: codes(frame, c::SOURCE)?,
            row: codes(frame, c::ROW)?,
            number: hashes(c::NUMBER, |text| text.trim().into())?,
            household: hashes(c::PLACE, comparable)?,
            received: moments(Step::Received)?,
            resolved: moments(Step::Resolved)?,
            called: moments(Step::CalledBack)?,
            community,
        })
    }

    fn origin(&self, row: usize) -> u64 {
        origin_of(self.source[row], self.row[row])
    }

    fn numbered(&self, row: usize) -> Option<u64> {
        Some(self.number[row]).filter(|number| *number != 0)
    }
}

/// Rows by a key, sorted; rows without one left out.
fn sorted(cases: &Told, key: fn(&Told, usize) -> Option<u64>) -> Vec<(u64, u32)> {
    let of = |row: usize| key(cases, row).map(|key| (key, u32::try_from(row).unwrap_or(u32::MAX)));
    let mut keys: Vec<(u64, u32)> = (0..cases.rows).filter_map(of).collect();
    keys.par_sort_unstable();
    keys
}

/// The row at a place of a sheet.
fn found(by_origin: &[(u64, u32)], source: u32, row: u32) -> Option<u32> {
    let key = origin_of(source, row);
    let at = by_origin.partition_point(|(known, _)| *known < key);
    by_origin.get(at).filter(|(known, _)| *known == key).map(|(_, row)| *row)
}

fn origin_of(source: u32, row: u32) -> u64 {
    u64::from(source) << 32 | u64::from(row)
}

/// The last second for which a moment can stand.
fn last_second(moment: Moment) -> i64 {
    if moment.date_only { moment.latest() - 1 } else { moment.seconds }
}

/// A hash that is never 0; fixed keys make it the same in every run.
fn hash(community: u32, text: &str) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    (community, text).hash(&mut hasher);
    hasher.finish().max(1)
}

fn codes(frame: &DataFrame, name: &str) -> PolarsResult<Vec<u32>> {
    Ok(frame.column(name)?.u32()?.iter().map(|code| code.unwrap_or(NO_NAME)).collect())
}
