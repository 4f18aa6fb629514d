//! Cases, the callbacks to their households and the survey forms that these filled in: which belong to which case.
//!
//! A callback noted in a register is of the case in its row. One in a table of callbacks is of the case whose number it bears,
//! else of its household's last case: received before the callback, resolved by then, and no other case in between; else of the
//! last such case of its phone, unless the rooms tell the two apart. Sorted once and looked up by halving: the cost grows with the
//! number of records, however many a household has. Of survey forms see [`forms`].

mod forms;
mod told;

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataFrame, PolarsResult};
use rayon::slice::ParallelSliceMut;

use self::forms::Forms;
pub use self::told::households;
use self::told::{Told, codes, origin_of};
use super::assemble::Records;
use super::columns as c;
use super::store::NO_NAME;
use crate::moment::{DAY, Moment, Seconds, month_start};
use crate::origin::RecordAt;

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
    /// Survey forms of the cases.
    forms: Forms,
}

/// What cases tell, when each was received and its row, sorted.
type Timeline = Vec<(u64, i64, u32)>;

#[derive(Debug, Default)]
struct Register {
    /// Where the callbacks of each case begin in the list, and where the last end.
    starts: Vec<u32>,
    /// Rows of the callbacks, those of a case by time.
    callbacks: Vec<u32>,
    /// Household, receipt and row of the cases that tell them, sorted.
    timeline: Timeline,
    /// Household of each case; 0 where it tells none.
    households: Vec<u64>,
    /// Communities in which a table of callbacks tells of the cases, and since when: its first callback.
    told: BTreeMap<u32, Seconds>,
    /// Communities in which a row of these tables bears no phone, and the first such callback.
    told_without_phone: BTreeMap<u32, Seconds>,
    /// Rows of the cases that tell a phone and no household, where a table of callbacks tells phones; sorted.
    phone_alone: Vec<u32>,
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
        let joined = Followed::of(self)?;
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
    /// Joins callbacks and survey forms to the cases.
    fn of(records: &Records) -> PolarsResult<Self> {
        let buildings = &records.names.building;
        let cases = [Told::of(&records.complaints, buildings)?, Told::of(&records.repairs, buildings)?];
        let mut followed = Self { registers: [Register::of(&cases[0]), Register::of(&cases[1])], ..Self::default() };
        followed.forms = Forms::of(records, &followed)?;
        let callbacks = &records.callbacks;
        if callbacks.height() > 0 {
            followed.join_callbacks(&cases, (callbacks, Told::of(callbacks, buildings)?))?;
        }
        Ok(followed)
    }

    fn join_callbacks(&mut self, cases: &[Told; 2], (callbacks, told): (&DataFrame, Told)) -> PolarsResult<()> {
        let made = callbacks.column(c::MADE)?.bool()?;
        let topics = codes(callbacks, c::TOPIC)?;
        let months = callbacks.column(c::MONTH)?.i32()?;
        let by_number: [Vec<(u64, u32)>; 2] = [cases[0].sorted(Told::numbered), cases[1].sorted(Told::numbered)];
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
                case_of[row] = self.case_at(told.origin(row));
                continue;
            }
            is_table[row] = true;
            let since = told.called[row].map_or_else(|| month_start(months.get(row).unwrap_or(0)), |at| at.seconds);
            for register in &mut self.registers {
                note_first(&mut register.told, told.community[row], since);
                if !told.has_phone(row) {
                    note_first(&mut register.told_without_phone, told.community[row], since);
                }
            }
            let numbered = found(&by_number, told.numbered(row));
            let agrees = |(register, at): &CaseRow| {
                let (own, known) = (told.household[row], cases[*register].household[*at as usize]);
                // A table without a column of buildings may write the same room shorter.
                own == 0 || known == 0 || own == known || told.writes_same(row, &cases[*register], *at as usize)
            };
            let by_number = numbered.into_iter().filter(agrees).max_by_key(|(register, at)| {
                let received = cases[*register].received[*at as usize];
                let called = told.called[row].map_or(i64::MAX, last_second);
                // The last that was received before the callback.
                (received.is_some_and(|received| received.seconds <= called), received.map(|received| received.seconds))
            });
            case_of[row] = by_number.or_else(|| self.by_household(told.household[row], told.called[row]?));
        }
        self.join_by_phone(cases, &told, &is_table, &mut case_of);
        let made: Vec<bool> = made.iter().map(|made| made == Some(true)).collect();
        self.by_origin = told.sorted(|told, row| Some(told.origin(row)));
        self.by_origin.retain(|(_, row)| topics[*row as usize] == NO_NAME);
        self.opinion = codes(callbacks, c::OPINION)?;
        self.called.clone_from(&told.called);
        self.group(case_of, &is_table, &told.called, &made);
        Ok(())
    }

    /// Callbacks of which neither number nor place decides the case are of the last case of their phone.
    fn join_by_phone(&mut self, cases: &[Told; 2], told: &Told, is_table: &[bool], case_of: &mut [Option<CaseRow>]) {
        let rows = || (0..told.rows).filter(|row| is_table[*row]);
        let with: Vec<usize> = rows().filter(|row| told.has_phone(*row)).collect();
        if with.is_empty() {
            return;
        }
        let by_phone = [cases[0].by_phone(), cases[1].by_phone()];
        for ((register, cases), timeline) in self.registers.iter_mut().zip(cases).zip(&by_phone) {
            let alone = timeline.iter().map(|(_, _, at)| *at).filter(|at| cases.household[*at as usize] == 0);
            let alone: BTreeSet<u32> = alone.collect();
            register.phone_alone = alone.into_iter().collect();
        }
        for row in with {
            let Some(called) = told.called[row].filter(|_| case_of[row].is_none()) else { continue };
            let is_same = |(register, at): CaseRow| {
                let (own, known) = (told.household[row], cases[register].household[at as usize]);
                own == 0 || known == 0 || own == known || told.may_be_same(row, &cases[register], at as usize)
            };
            let of_phone = |phone: u64| self.last_resolved(&by_phone, phone, called).filter(|case| is_same(*case));
            case_of[row] = told.phones(row).into_iter().filter_map(of_phone).max_by_key(|case| {
                let (register, at) = *case;
                (cases[register].received[at as usize].map(|received| received.seconds), *case)
            });
        }
    }

    /// The last case of a household that was received before a moment, where it was resolved by then.
    fn by_household(&self, household: u64, called: Moment) -> Option<CaseRow> {
        let [complaints, repairs] = &self.registers;
        if household == 0 {
            return None;
        }
        self.last_resolved(&[&complaints.timeline, &repairs.timeline], household, called)
    }

    /// The last case with a key that was received before a moment, where it was resolved by then.
    fn last_resolved(
        &self,
        timelines: &[impl AsRef<[(u64, i64, u32)]>; 2],
        key: u64,
        called: Moment,
    ) -> Option<CaseRow> {
        let mut before = last_second(called);
        // A date without a time leaves it open whether a case of that day came before the callback: one day is tried again.
        for _ in 0..2 {
            let last = |register: usize| {
                let timeline = timelines[register].as_ref();
                let end = timeline.partition_point(|(known, received, _)| (*known, *received) <= (key, before));
                let (known, received, at) = *timeline.get(end.checked_sub(1)?)?;
                (known == key).then_some((received, (register, at)))
            };
            let (received, case) = last(0).max(last(1))?;
            if self.resolved(case).is_some_and(|resolved| resolved.seconds <= last_second(called)) {
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

    /// The case at a place of a sheet.
    fn case_at(&self, origin: u64) -> Option<CaseRow> {
        (0..2).find_map(|register| found(&self.registers[register].by_origin, origin).map(|at| (register, at)))
    }

    /// The row, among the cases of a register, of the case that stands somewhere.
    #[must_use]
    pub fn row_of(&self, register: usize, at: RecordAt) -> Option<u32> {
        found(&self.registers[register].by_origin, origin_of(at))
    }

    /// The row, among all callbacks, of the callback that stands somewhere.
    #[must_use]
    pub fn callback_at(&self, at: RecordAt) -> Option<u32> {
        found(&self.by_origin, origin_of(at))
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

    /// Whether a table of callbacks, as it was at a moment, would tell of a case: by its place, or by its phone where it tells no
    /// place and each row of the table bears a phone.
    #[must_use]
    pub fn is_told(&self, (register, row): CaseRow, community: u32, as_of: Seconds) -> bool {
        let register = &self.registers[register];
        let had_begun = |since: &BTreeMap<u32, Seconds>| since.get(&community).is_some_and(|since| *since < as_of);
        let by_place = || register.households.get(row as usize).is_some_and(|known| *known != 0);
        let by_phone = || !had_begun(&register.told_without_phone) && register.phone_alone.binary_search(&row).is_ok();
        had_begun(&register.told) && (by_place() || by_phone())
    }
}

/// Keeps the earliest moment of a community.
fn note_first(since: &mut BTreeMap<u32, Seconds>, community: u32, at: Seconds) {
    let first = since.entry(community).or_insert(at);
    *first = at.min(*first);
}

/// Cases of one number that are looked at for a callback.
const MOST_OF_A_NUMBER: usize = 64;

impl Register {
    fn of(cases: &Told) -> Self {
        Self {
            timeline: cases.by_household(),
            households: cases.household.clone(),
            by_origin: cases.sorted(|cases, row| Some(cases.origin(row))),
            resolved: cases.resolved.clone(),
            ..Self::default()
        }
    }
}

/// The row at a place of a sheet.
fn found(by_origin: &[(u64, u32)], key: u64) -> Option<u32> {
    let at = by_origin.partition_point(|(known, _)| *known < key);
    by_origin.get(at).filter(|(known, _)| *known == key).map(|(_, row)| *row)
}

/// The last second for which a moment can stand.
fn last_second(moment: Moment) -> i64 {
    if moment.date_only { moment.latest() - 1 } else { moment.seconds }
}
