//! The rows of a frame behind numbers: looked up by the columns by which facts are grouped and counted, for many numbers at once.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Expr, Float64Chunked, Int64Chunked, PolarsResult, UInt32Chunked,
};

use super::behind::{Cell, CellValue, Further, Limits, Part, Row, Rows, listed};
use super::groups::{GroupKey, Part as Evaluated, evaluate, places};
use super::runner::{Run, ScopeCode};
use crate::moment::Moment;
use crate::origin::RecordAt;
use crate::records::cases::NO_LEVEL;
use crate::records::columns as c;
use crate::records::frames::{NameList, Places, column};
use crate::step::Step;

/// A row that adds something, with its place in the frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    at: RecordAt,
    amount: i64,
    place: usize,
}

/// The rows of a frame by time and scope.
pub(super) struct Lookup<'r> {
    /// Places of each time × community × department, by these.
    groups: Vec<(GroupKey, Vec<u32>)>,
    records: Places<'r>,
}

impl<'r> Lookup<'r> {
    /// Of a run's frame, by a column of times.
    pub(super) fn of(run: &'r Run<'_>, time: &str) -> PolarsResult<Self> {
        Ok(Self { groups: places(run, time)?, records: Places::of(run.frame)? })
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

    /// The rows at some places that add something, by sheet and row.
    pub(super) fn rows(&self, places: &[u32], amount: impl Fn(usize) -> Option<i64>) -> Vec<Seen> {
        let of = |place: &u32| {
            let place = *place as usize;
            Some(Seen { at: self.records.at(place), amount: amount(place)?, place })
        };
        let mut rows: Vec<Seen> = places.iter().filter_map(of).collect();
        if !rows.is_sorted_by_key(|row| row.at) {
            rows.sort_by_key(|row| row.at);
        }
        rows
    }
}

/// Rows as a part: at most so many listed, with the cells of some columns.
pub(super) fn part_of(
    part: Part,
    rows: &[Seen],
    most: usize,
    limits: Limits,
    (evidence, columns): (&Evidence<'_>, &[&'static str]),
) -> Rows {
    let (first, further) = rows.split_at(listed(rows, |row| row.at, most));
    Rows {
        part,
        amounts: None,
        list: first.iter().map(|row| evidence.row(row, columns)).collect(),
        further: Further::of(further.iter().map(|row| (row.at, row.amount)), limits),
    }
}

/// Ends of the names of the columns that say in which record the cell of another column stands: a callback's limit runs from a moment
/// of its case, which may stand in another sheet.
const ELSEWHERE: [&str; 3] = [":source", ":row", ":line"];

/// Columns that say in which record the cells of a column stand, where it is not that of the row.
pub(super) fn elsewhere(column: &str, at: &[Option<RecordAt>]) -> [Column; 3] {
    let of = |end: &str, code: fn(&RecordAt) -> u32| {
        let codes: Vec<Option<u32>> = at.iter().map(|at| at.as_ref().map(code)).collect();
        self::column(&format!("{column}{end}"), codes)
    };
    let [source, row, line] = ELSEWHERE;
    [of(source, |at| at.source), of(row, |at| at.row), of(line, |at| at.line)]
}

/// In which record the cell of a column stands, by its place in the frame; none where it is that of the row.
struct Elsewhere<'a>(Option<[&'a UInt32Chunked; 3]>);

impl<'a> Elsewhere<'a> {
    fn of(frame: &'a DataFrame, column: &str) -> Self {
        let codes = |end: &str| frame.column(&format!("{column}{end}")).ok()?.u32().ok();
        let [source, row, line] = ELSEWHERE.map(codes);
        Self(source.zip(row).zip(line).map(|((source, row), line)| [source, row, line]))
    }

    fn at(&self, place: usize) -> Option<RecordAt> {
        let [source, row, line] = self.0?.map(|codes| codes.get(place));
        Some(RecordAt { source: source?, row: row?, line: line? })
    }
}

/// Columns of the records from which expressions are computed, each once.
pub(super) fn columns_of<'e>(run: &Run<'_>, exprs: impl IntoIterator<Item = &'e Expr>) -> Vec<&'static str> {
    let mut columns = Vec::new();
    for expr in exprs {
        for part in expr {
            if let Expr::Column(name) = part {
                for column in (run.reads)(name) {
                    let is_told = run.frame.column(column).is_ok() || Elsewhere::of(run.frame, column).0.is_some();
                    if !columns.contains(&column) && is_told {
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

/// What the records of a frame hold in the cells that count.
pub(super) struct Evidence<'r> {
    headings: Headings<'r>,
    columns: BTreeMap<&'static str, (Cells, Elsewhere<'r>)>,
}

impl<'r> Evidence<'r> {
    /// Of a run's frame, in some columns.
    pub(super) fn of(run: &'r Run<'_>, columns: impl IntoIterator<Item = &'static str>) -> PolarsResult<Self> {
        let mut known = BTreeMap::new();
        for column in columns {
            if !known.contains_key(column) {
                known.insert(column, (Cells::of(run.frame, column)?, Elsewhere::of(run.frame, column)));
            }
        }
        Ok(Self { headings: Headings::of(run)?, columns: known })
    }

    fn row(&self, seen: &Seen, columns: &[&'static str]) -> Row {
        let heading = self.headings.at(seen.place);
        let cell = |column: &&'static str| {
            let (cells, elsewhere) = self.columns.get(column)?;
            let (column, value) = cells.at(column, seen.place);
            let at = elsewhere.at(seen.place).filter(|_| value == CellValue::None).unwrap_or(seen.at);
            Some(Cell { at, column, heading: heading.clone(), value })
        };
        Row { at: seen.at, amount: seen.amount, cells: columns.iter().filter_map(cell).collect() }
    }
}

/// The rows for which an expression says yes, by times and scope; looked for when they are first asked for.
pub(super) struct Chosen<'r> {
    run: &'r Run<'r>,
    time: &'static str,
    expr: Expr,
    found: OnceCell<Told<'r>>,
}

/// What [`Chosen`] looked for.
struct Told<'r> {
    lookup: Lookup<'r>,
    evaluated: Vec<Evaluated>,
    evidence: Evidence<'r>,
    columns: Vec<&'static str>,
}

impl<'r> Chosen<'r> {
    /// Of a run, by a column of times.
    pub(super) fn new(run: &'r Run<'r>, time: &'static str, expr: Expr) -> Self {
        Self { run, time, expr, found: OnceCell::new() }
    }

    /// The rows of the times and places that are meant and of a scope.
    pub(super) fn rows(
        &self,
        part: Part,
        (is_meant, is_kept): (impl Fn(i32) -> bool, &dyn Fn(usize) -> bool),
        scope: ScopeCode,
    ) -> PolarsResult<Rows> {
        if self.found.get().is_none() {
            let columns = columns_of(self.run, [&self.expr]);
            let told = Told {
                lookup: Lookup::of(self.run, self.time)?,
                evaluated: evaluate(self.run.frame, vec![self.expr.clone()])?,
                evidence: Evidence::of(self.run, columns.iter().copied())?,
                columns,
            };
            // Nobody else can have set it in between.
            let _ = self.found.set(told);
        }
        let Some(Told { lookup, evaluated, evidence, columns }) = self.found.get() else {
            return Ok(Rows::of(part, []));
        };
        let places = lookup.places(lookup.times().into_iter().filter(|time| is_meant(*time)), scope);
        let rows = lookup.rows(&places, |place| {
            evaluated.first().filter(|_| is_kept(place)).and_then(|part| amount_of(part, place))
        });
        Ok(part_of(part, &rows, usize::MAX, Limits::ALL, (evidence, columns)))
    }
}

/// Names of the items or topics that the records of a frame are about.
struct Headings<'a>(Option<(&'a UInt32Chunked, &'a NameList)>);

impl<'a> Headings<'a> {
    fn of(run: &'a Run<'_>) -> PolarsResult<Self> {
        let names = run.setting.names;
        let lists = [(c::ITEM, &names.item), (c::TOPIC, &names.topic)];
        let found = lists.into_iter().find_map(|(column, list)| Some((run.frame.column(column).ok()?, list)));
        Ok(Self(match found {
            Some((codes, list)) => Some((codes.u32()?, list)),
            None => None,
        }))
    }

    fn at(&self, place: usize) -> Option<Arc<str>> {
        let (codes, list) = self.0?;
        list.shared(codes.get(place)?)
    }
}

/// A column of the records as cells.
enum Cells {
    /// Worded answers, and the scores of those that are none.
    Answers(UInt32Chunked, Float64Chunked),
    /// The cell is named and what stands there is not.
    Untold,
    Moments(Int64Chunked, UInt32Chunked, u32),
    Numbers(Int64Chunked),
    Said(BooleanChunked),
}

impl Cells {
    fn of(frame: &DataFrame, name: &str) -> PolarsResult<Self> {
        // What stands elsewhere may have no column of its own, and names are never shown.
        let Ok(column) = frame.column(name) else { return Ok(Self::Untold) };
        if [c::RECEIVER, c::HANDLER, c::CALLBACK_PERSON].contains(&name) {
            return Ok(Self::Untold);
        }
        if name == c::LEVEL {
            let scores = frame.column(c::SCORE)?.f64()?;
            return Ok(Self::Answers(column.u32()?.rechunk().into_owned(), scores.rechunk().into_owned()));
        }
        if let Some(step) = Step::ALL.into_iter().find(|step| step.column() == name) {
            let bits = frame.column(c::DATE_ONLY)?.u32()?.rechunk().into_owned();
            return Ok(Self::Moments(column.i64()?.rechunk().into_owned(), bits, 1 << step as u32));
        }
        match column.dtype() {
            DataType::Boolean => Ok(Self::Said(column.bool()?.rechunk().into_owned())),
            _ => Ok(Self::Numbers(column.cast(&DataType::Int64)?.i64()?.rechunk().into_owned())),
        }
    }

    /// The column whose cell it is, and what the records hold of it.
    fn at(&self, column: &'static str, place: usize) -> (&'static str, CellValue) {
        let value = match self {
            Self::Answers(levels, scores) => {
                return match (levels.get(place).filter(|level| *level != u32::from(NO_LEVEL)), scores.get(place)) {
                    (Some(level), _) => (c::LEVEL, CellValue::Number(i64::from(level))),
                    (None, score) => (c::SCORE, score.map_or(CellValue::None, CellValue::Real)),
                };
            }
            Self::Untold => CellValue::None,
            Self::Moments(moments, bits, bit) => moments.get(place).map_or(CellValue::None, |seconds| {
                CellValue::Moment(Moment { seconds, date_only: bits.get(place).unwrap_or(0) & bit != 0 })
            }),
            Self::Numbers(numbers) => numbers.get(place).map_or(CellValue::None, CellValue::Number),
            Self::Said(said) => said.get(place).map_or(CellValue::None, CellValue::Said),
        };
        (column, value)
    }
}
