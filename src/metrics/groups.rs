//! Counting by group: one integer key a row for time × community × department, or × code of a breakdown.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use polars::prelude::{BooleanChunked, DataFrame, DataType, Expr, Int64Chunked, IntoLazy, PolarsResult, UInt32Chunked};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::runner::{DimensionColumn, Run};
use crate::records::columns as c;
use crate::records::store::NO_NAME;

/// Time, community, department and code of a breakdown.
pub(super) type GroupKey = (i32, u32, u32, u32);

/// An expression as evaluated: one yes or no, or one integer, a row.
pub(super) enum Part {
    /// Yes and no.
    Bits(BooleanChunked),
    /// Integers; nulls add nothing.
    Numbers(Int64Chunked),
}

/// Evaluates all expressions in one query.
pub(super) fn evaluate(frame: &DataFrame, exprs: Vec<Expr>) -> PolarsResult<Vec<Part>> {
    if exprs.is_empty() {
        return Ok(Vec::new());
    }
    let named: Vec<Expr> =
        exprs.into_iter().enumerate().map(|(place, expr)| expr.alias(format!("part{place}"))).collect();
    let evaluated = frame.clone().lazy().select(named).collect()?;
    evaluated
        .columns()
        .iter()
        .map(|column| match column.dtype() {
            DataType::Boolean => Ok(Part::Bits(column.bool()?.clone())),
            _ => Ok(Part::Numbers(column.cast(&DataType::Int64)?.i64()?.clone())),
        })
        .collect()
}

impl Part {
    /// Adds the rows of each group: `groups` gives the group of each row.
    fn by_group(&self, groups: &[u32], count: usize) -> Vec<i64> {
        let mut sums = vec![0; count];
        match self {
            Self::Bits(bits) => {
                for (group, bit) in groups.iter().zip(bits.iter()) {
                    sums[*group as usize] += i64::from(bit == Some(true));
                }
            }
            Self::Numbers(numbers) => {
                for (group, number) in groups.iter().zip(numbers.iter()) {
                    sums[*group as usize] += number.unwrap_or(0);
                }
            }
        }
        sums
    }
}

/// Sums of parts by time × community × department, or by time × community × code of a breakdown, in the order of the groups. A
/// breakdown that is the group's alone is not counted by community.
pub(super) fn grouped(
    run: &Run<'_>,
    time: &str,
    dimension: Option<&DimensionColumn<'_>>,
    parts: &[&Part],
) -> PolarsResult<Vec<(GroupKey, Vec<i64>)>> {
    let by = By {
        community: dimension.is_none_or(|dimension| !dimension.is_of_group),
        department: dimension.is_none(),
        code: dimension.map(|dimension| dimension.column),
    };
    let (keys, decode) = keys(run, time, by)?;
    let (groups, keys) = numbered(&keys);
    // Counting into as many slots as there are groups takes a fraction of what a hash table of sums takes.
    let columns: Vec<Vec<i64>> = parts.par_iter().map(|part| part.by_group(&groups, keys.len())).collect();
    let mut rows: Vec<(u64, Vec<i64>)> = keys
        .iter()
        .enumerate()
        .map(|(group, key)| (*key, columns.iter().map(|column| column[group]).collect()))
        .collect();
    rows.sort_unstable_by_key(|(key, _)| *key);
    Ok(rows.into_iter().map(|(key, sums)| (decode.group(key), sums)).collect())
}

/// Hashes a key by one multiplication (Knuth's multiplicative method): keys are small and differ in their low bits.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, key: u64) {
        let product = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = product ^ (product >> 32);
    }
}

/// The group of each row, numbered in the order in which the keys first occur, and the key of each group.
fn numbered(keys: &[u64]) -> (Vec<u32>, Vec<u64>) {
    // Never walked: groups are numbered as they occur, so the table's order reaches nothing.
    let mut numbers: HashMap<u64, u32, BuildHasherDefault<KeyHasher>> = HashMap::default();
    let mut of_groups = Vec::new();
    let mut recent: Option<(u64, u32)> = None;
    let groups = keys
        .iter()
        .map(|key| match recent {
            // Rows of a register come together: most are of the group of the row before.
            Some((same, group)) if same == *key => group,
            _ => {
                let group = *numbers.entry(*key).or_insert_with(|| {
                    of_groups.push(*key);
                    u32::try_from(of_groups.len() - 1).unwrap_or(u32::MAX)
                });
                recent = Some((*key, group));
                group
            }
        })
        .collect();
    (groups, of_groups)
}

/// Durations by time × community × department × code of a breakdown, nulls left out.
pub(super) fn durations(
    run: &Run<'_>,
    dimension: Option<&str>,
    column: &str,
) -> PolarsResult<Vec<(GroupKey, Vec<i64>)>> {
    let (keys, decode) = keys(run, run.time, By { code: dimension, ..By::default() })?;
    let (groups, keys) = numbered(&keys);
    let mut cells: Vec<(u64, Vec<i64>)> = keys.into_iter().map(|key| (key, Vec::new())).collect();
    for (group, duration) in groups.iter().zip(run.frame.column(column)?.i64()?.iter()) {
        cells[*group as usize].1.extend(duration);
    }
    cells.sort_unstable_by_key(|(key, _)| *key);
    Ok(cells.into_iter().filter(|(_, list)| !list.is_empty()).map(|(key, list)| (decode.group(key), list)).collect())
}

/// Places of the rows of each time × community × department, in order.
pub(super) fn places(run: &Run<'_>, time: &str) -> PolarsResult<Vec<(GroupKey, Vec<u32>)>> {
    let (keys, decode) = keys(run, time, By::default())?;
    let (groups, keys) = numbered(&keys);
    let mut cells: Vec<(u64, Vec<u32>)> = keys.into_iter().map(|key| (key, Vec::new())).collect();
    for (group, place) in groups.iter().zip(0..) {
        cells[*group as usize].1.push(place);
    }
    cells.sort_unstable_by_key(|(key, _)| *key);
    Ok(cells.into_iter().map(|(key, places)| (decode.group(key), places)).collect())
}

/// How a group's key is taken apart again.
struct Decode {
    first_time: i64,
    communities: u64,
    departments: u64,
    codes: u64,
}

impl Decode {
    fn group(&self, key: u64) -> GroupKey {
        let name =
            |code: u64, count: u64| if code + 1 == count { NO_NAME } else { u32::try_from(code).unwrap_or(NO_NAME) };
        let (rest, code) = (key / self.codes, key % self.codes);
        let (rest, department) = (rest / self.departments, rest % self.departments);
        let (time, community) = (rest / self.communities, rest % self.communities);
        let time = self.first_time + i64::try_from(time).unwrap_or(0);
        (
            i32::try_from(time).unwrap_or(i32::MAX),
            name(community, self.communities),
            name(department, self.departments),
            name(code, self.codes),
        )
    }
}

/// By what rows are counted, beside the time.
#[derive(Clone, Copy)]
struct By<'a> {
    community: bool,
    department: bool,
    /// Column of a breakdown.
    code: Option<&'a str>,
}

impl Default for By<'_> {
    fn default() -> Self {
        Self { community: true, department: true, code: None }
    }
}

/// One integer a row for its group; the last number of each part stands for none.
fn keys(run: &Run<'_>, time: &str, by: By<'_>) -> PolarsResult<(Vec<u64>, Decode)> {
    let times = run.frame.column(time)?.i32()?.rechunk();
    let times = times.cont_slice()?;
    let first_time = i64::from(times.iter().copied().min().unwrap_or(0));
    let (communities, community_count) = codes(run.frame, by.community.then_some(c::COMMUNITY))?;
    let by_department = by.department && run.has_departments();
    let (departments, department_count) = codes(run.frame, by_department.then_some(c::DEPARTMENT))?;
    let (codes, code_count) = codes(run.frame, by.code)?;
    let slice = |codes: &'_ Option<UInt32Chunked>| -> PolarsResult<Vec<u32>> {
        codes.as_ref().map_or_else(|| Ok(Vec::new()), |codes| Ok(codes.cont_slice()?.to_vec()))
    };
    let (communities, departments, codes) = (slice(&communities)?, slice(&departments)?, slice(&codes)?);
    let part = |codes: &[u32], row: usize, count: u64| match codes.get(row) {
        Some(&code) if code != NO_NAME => u64::from(code),
        _ => count - 1,
    };
    let keys = (0..times.len())
        .into_par_iter()
        .with_min_len(STRETCH)
        .map(|row| {
            let time = u64::try_from(i64::from(times[row]) - first_time).unwrap_or(0);
            ((time * community_count + part(&communities, row, community_count)) * department_count
                + part(&departments, row, department_count))
                * code_count
                + part(&codes, row, code_count)
        })
        .collect();
    let decode = Decode { first_time, communities: community_count, departments: department_count, codes: code_count };
    Ok((keys, decode))
}

/// Rows per task of the parallel loops.
pub(super) const STRETCH: usize = 16_384;

/// A column of codes in one piece, and one more than its largest code; without a column every row has none.
fn codes(frame: &DataFrame, column: Option<&str>) -> PolarsResult<(Option<UInt32Chunked>, u64)> {
    let Some(column) = column else { return Ok((None, 1)) };
    let codes = frame.column(column)?.u32()?.rechunk().into_owned();
    let most = codes.cont_slice()?.iter().filter(|code| **code != NO_NAME).max().map_or(0, |code| u64::from(*code) + 1);
    Ok((Some(codes), most + 1))
}
