//! The rows of a frame behind numbers: looked up by the columns by which facts are grouped and counted, for many numbers at once.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use polars::prelude::{BooleanChunked, DataFrame, DataType, Expr, Int64Chunked, PolarsResult, UInt32Chunked};

use super::behind::{CellValue, Further, Limits, Part, Row, Rows, listed};
use super::groups::{GroupKey, Part as Evaluated, evaluate, places};
use super::runner::{Run, ScopeCode};
use crate::moment::Moment;
use crate::records::columns as c;
use crate::step::Step;

/// The rows of a frame by time and scope.
pub(super) struct Lookup {
    /// Places of each time × community × department, by these.
    groups: Vec<(GroupKey, Vec<u32>)>,
    source: UInt32Chunked,
    row: UInt32Chunked,
}

impl Lookup {
    /// Of a run's frame, by a column of times.
    pub(super) fn of(run: &Run<'_>, time: &str) -> PolarsResult<Self> {
        let column =
            |name: &str| -> PolarsResult<UInt32Chunked> { Ok(run.frame.column(name)?.u32()?.rechunk().into_owned()) };
        Ok(Self { groups: places(run, time)?, source: column(c::SOURCE)?, row: column(c::ROW)? })
    }

    /// The times there are, in order.
    pub(super) fn times(&self) -> Vec<i32> {
        let mut times: Vec<i32> = self.groups.iter().map(|((time, ..), _)| *time).collect();
        times.dedup();
        times
    }

    /// Places of the rows of some times and a scope, in order.
    pub(super) fn places(&self, times: impl IntoIterator<Item = i32>, scope: ScopeCode) -> Vec<u32> {
        let mut found = Vec::new();
        for time in times {
            let of_scope = match scope {
                ScopeCode::Community(code) => self.groups_between((time, code, 0), (time, code, u32::MAX)),
                _ => self.groups_between((time, 0, 0), (time, u32::MAX, u32::MAX)),
            };
            for ((_, _, department, _), places) in of_scope {
                if !matches!(scope, ScopeCode::Department(code) if code != *department) {
                    found.extend_from_slice(places);
                }
            }
        }
        if !found.is_sorted() {
            found.sort_unstable();
        }
        found
    }

    fn groups_between(&self, first: (i32, u32, u32), last: (i32, u32, u32)) -> &[(GroupKey, Vec<u32>)] {
        let key = |((time, community, department, _), _): &(GroupKey, Vec<u32>)| (*time, *community, *department);
        let start = self.groups.partition_point(|group| key(group) < first);
        let end = self.groups.partition_point(|group| key(group) <= last);
        &self.groups[start..end]
    }

    /// The rows at some places that add something, each with its place, by sheet and row.
    pub(super) fn rows(&self, places: &[u32], amount: impl Fn(usize) -> Option<i64>) -> Vec<(Row, u32)> {
        let of = |place: &u32| {
            let at = *place as usize;
            let (source, row) = (self.source.get(at).unwrap_or(0), self.row.get(at).unwrap_or(0));
            Some((Row { source, row, amount: amount(at)? }, *place))
        };
        let mut rows: Vec<(Row, u32)> = places.iter().filter_map(of).collect();
        if !rows.is_sorted_by_key(|(row, _)| row.at()) {
            rows.sort_by_key(|(row, _)| row.at());
        }
        rows
    }
}

/// Rows with their places as a part: at most so many listed, with their cells.
pub(super) fn part_of(
    part: Part,
    rows: &[(Row, u32)],
    most: usize,
    limits: Limits,
    cells: &[(&'static str, &Cells)],
) -> Rows {
    let all: Vec<Row> = rows.iter().map(|(row, _)| *row).collect();
    let (first, further) = rows.split_at(listed(&all, most));
    let further = Further::of(further.iter().map(|(row, _)| *row), limits);
    let values = first.iter().flat_map(|(_, place)| cells.iter().map(|(_, cells)| cells.at(*place as usize))).collect();
    Rows::of(part, first.iter().map(|(row, _)| (row.source, row.row, row.amount)))
        .with_cells(cells.iter().map(|(column, _)| *column).collect(), values)
        .with_further(further)
}

/// Columns of the records from which expressions are computed, each once.
pub(super) fn columns_of<'e>(run: &Run<'_>, exprs: impl IntoIterator<Item = &'e Expr>) -> Vec<&'static str> {
    let mut columns = Vec::new();
    for expr in exprs {
        for part in expr {
            if let Expr::Column(name) = part {
                for column in (run.reads)(name) {
                    if !columns.contains(&column) && run.frame.column(column).is_ok() {
                        columns.push(column);
                    }
                }
            }
        }
    }
    columns
}

/// What an evaluated expression gives a row: 1 for yes, nothing for no.
pub(super) fn amount_of(evaluated: &Evaluated, place: usize) -> Option<i64> {
    match evaluated {
        Evaluated::Bits(bits) => bits.get(place).filter(|is| *is).map(i64::from),
        Evaluated::Numbers(numbers) => numbers.get(place).filter(|number| *number != 0),
    }
}

/// The rows for which an expression says yes, by times and scope; looked for when they are first asked for.
pub(super) struct Chosen<'r> {
    run: &'r Run<'r>,
    time: &'static str,
    expr: Expr,
    found: OnceCell<(Lookup, Vec<Evaluated>, BTreeMap<&'static str, Cells>)>,
}

impl<'r> Chosen<'r> {
    /// Of a run, by a column of times.
    pub(super) fn new(run: &'r Run<'r>, time: &'static str, expr: Expr) -> Self {
        Self { run, time, expr, found: OnceCell::new() }
    }

    /// The rows of the times that are meant and of a scope.
    pub(super) fn rows(&self, part: Part, is_meant: impl Fn(i32) -> bool, scope: ScopeCode) -> PolarsResult<Rows> {
        if self.found.get().is_none() {
            let columns = columns_of(self.run, [&self.expr]);
            let cells = columns.into_iter().map(|name| Ok((name, Cells::of(self.run.frame, name)?)));
            let cells: PolarsResult<_> = cells.collect();
            let lookup = Lookup::of(self.run, self.time)?;
            // Nobody else can have set it in between.
            let _ = self.found.set((lookup, evaluate(self.run.frame, vec![self.expr.clone()])?, cells?));
        }
        let Some((lookup, evaluated, cells)) = self.found.get() else { return Ok(Rows::of(part, [])) };
        let places = lookup.places(lookup.times().into_iter().filter(|time| is_meant(*time)), scope);
        let rows = lookup.rows(&places, |place| evaluated.first().and_then(|part| amount_of(part, place)));
        let cells: Vec<(&'static str, &Cells)> = cells.iter().map(|(name, cells)| (*name, cells)).collect();
        Ok(part_of(part, &rows, usize::MAX, Limits::ALL, &cells))
    }
}

/// A column of the records as cells.
pub(super) enum Cells {
    Moments(Int64Chunked, UInt32Chunked, u32),
    Numbers(Int64Chunked),
    Said(BooleanChunked),
}

impl Cells {
    pub(super) fn of(frame: &DataFrame, name: &str) -> PolarsResult<Self> {
        let column = frame.column(name)?;
        if let Some(step) = Step::ALL.into_iter().find(|step| step.column() == name) {
            let bits = frame.column(c::DATE_ONLY)?.u32()?.rechunk().into_owned();
            return Ok(Self::Moments(column.i64()?.rechunk().into_owned(), bits, 1 << step as u32));
        }
        match column.dtype() {
            DataType::Boolean => Ok(Self::Said(column.bool()?.rechunk().into_owned())),
            _ => Ok(Self::Numbers(column.cast(&DataType::Int64)?.i64()?.rechunk().into_owned())),
        }
    }

    fn at(&self, place: usize) -> CellValue {
        match self {
            Self::Moments(moments, bits, bit) => moments.get(place).map_or(CellValue::None, |seconds| {
                CellValue::Moment(Moment { seconds, date_only: bits.get(place).unwrap_or(0) & bit != 0 })
            }),
            Self::Numbers(numbers) => numbers.get(place).map_or(CellValue::None, CellValue::Number),
            Self::Said(said) => said.get(place).map_or(CellValue::None, CellValue::Said),
        }
    }
}
