//! The rows of a frame behind a number: a filter on the columns by which facts are grouped and counted.

use std::collections::BTreeSet;
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, DataType, Expr, PolarsResult, UInt32Chunked};

use super::behind::{Cell, CellValue, Part, Row, Rows};
use super::groups::{Part as Evaluated, evaluate};
use super::runner::{Run, ScopeCode};
use crate::moment::Moment;
use crate::origin::RecordAt;
use crate::records::cases::NO_LEVEL;
use crate::records::columns as c;
use crate::records::frames::{NameList, Places, column};
use crate::records::store::NO_NAME;
use crate::step::Step;

/// Places of the rows whose time, scope and code are asked for; `scopes` gets the codes of community and department.
pub(super) fn places(
    run: &Run<'_>,
    time: &str,
    is_in_time: &dyn Fn(i32) -> bool,
    is_in_scope: &dyn Fn(u32, u32) -> bool,
    codes: Option<(&str, &BTreeSet<u32>)>,
) -> PolarsResult<Vec<usize>> {
    let frame = run.frame;
    let times = frame.column(time)?.i32()?;
    let communities = frame.column(c::COMMUNITY)?.u32()?;
    let departments = if run.has_departments() { Some(frame.column(c::DEPARTMENT)?.u32()?) } else { None };
    let breakdown = match codes {
        Some((column, wanted)) => Some((frame.column(column)?.u32()?, wanted)),
        None => None,
    };
    let is_meant = |place: usize| {
        let department = departments.and_then(|codes| codes.get(place)).unwrap_or(NO_NAME);
        times.get(place).is_some_and(is_in_time)
            && is_in_scope(communities.get(place).unwrap_or(NO_NAME), department)
            && breakdown.is_none_or(|(codes, wanted)| wanted.contains(&codes.get(place).unwrap_or(NO_NAME)))
    };
    Ok((0..frame.height()).filter(|place| is_meant(*place)).collect())
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

/// The rows at some places with what an evaluated expression gives each: those where it says yes or gives a number.
pub(super) fn rows_at(
    run: &Run<'_>,
    part: Part,
    places: &[usize],
    amount: &dyn Fn(usize) -> Option<i64>,
    columns: &[&'static str],
) -> PolarsResult<Rows> {
    let records_at = Places::of(run.frame)?;
    let headings = Headings::of(run)?;
    let cells: Vec<Cells> = columns.iter().map(|column| Cells::of(run.frame, column)).collect::<PolarsResult<_>>()?;
    let others: Vec<Elsewhere<'_>> = columns.iter().map(|column| Elsewhere::of(run.frame, column)).collect();
    let mut list = Vec::new();
    for &place in places {
        let Some(amount) = amount(place) else { continue };
        let (at, heading) = (records_at.at(place), headings.at(place));
        let cells = cells.iter().zip(&others).zip(columns).map(|((cells, other), column)| {
            let (column, value) = cells.at(column, place);
            let at = other.at(place).filter(|_| value == CellValue::None).unwrap_or(at);
            Cell { at, column, heading: heading.clone(), value }
        });
        list.push(Row { at, amount, cells: cells.collect() });
    }
    Ok(Rows { part, amounts: None, list })
}

/// What an evaluated expression gives a row: 1 for yes, nothing for no.
pub(super) fn amount_of(evaluated: &Evaluated, place: usize) -> Option<i64> {
    match evaluated {
        Evaluated::Bits(bits) => bits.get(place).filter(|is| *is).map(i64::from),
        Evaluated::Numbers(numbers) => numbers.get(place).filter(|number| *number != 0),
    }
}

/// The rows of a scope for which an expression says yes.
pub(super) fn rows_where(
    run: &Run<'_>,
    part: Part,
    time: &str,
    is_in_time: &dyn Fn(i32) -> bool,
    scope: ScopeCode,
    expr: Expr,
) -> PolarsResult<Rows> {
    let is_in_scope = |community: u32, department: u32| match scope {
        ScopeCode::Group => true,
        ScopeCode::Community(code) => code == community,
        ScopeCode::Department(code) => code == department,
    };
    let places = places(run, time, is_in_time, &is_in_scope, None)?;
    let columns = columns_of(run, [&expr]);
    let evaluated = evaluate(run.frame, vec![expr])?;
    rows_at(run, part, &places, &|place| evaluated.first().and_then(|part| amount_of(part, place)), &columns)
}

/// Names of the items or topics that the records of a frame are about.
struct Headings<'a>(Option<(&'a UInt32Chunked, &'a NameList)>);

impl<'a> Headings<'a> {
    fn of(run: &Run<'a>) -> PolarsResult<Self> {
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
    Answers(Vec<Option<u32>>, Vec<Option<f64>>),
    /// The cell is named and what stands there is not.
    Untold,
    Moments(Vec<Option<i64>>, Vec<u32>, u32),
    Numbers(Vec<Option<i64>>),
    Said(Vec<Option<bool>>),
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
            return Ok(Self::Answers(column.u32()?.iter().collect(), scores.iter().collect()));
        }
        if let Some(step) = Step::ALL.into_iter().find(|step| step.column() == name) {
            let moments = column.i64()?.iter().collect();
            let bits = frame.column(c::DATE_ONLY)?.u32()?.iter().map(|bits| bits.unwrap_or(0)).collect();
            return Ok(Self::Moments(moments, bits, 1 << step as u32));
        }
        match column.dtype() {
            DataType::Boolean => Ok(Self::Said(column.bool()?.iter().collect())),
            _ => Ok(Self::Numbers(column.cast(&DataType::Int64)?.i64()?.iter().collect())),
        }
    }

    /// The column whose cell it is, and what the records hold of it.
    fn at(&self, column: &'static str, place: usize) -> (&'static str, CellValue) {
        let value = match self {
            Self::Answers(levels, scores) => {
                return match (levels[place].filter(|level| *level != u32::from(NO_LEVEL)), scores[place]) {
                    (Some(level), _) => (c::LEVEL, CellValue::Number(i64::from(level))),
                    (None, score) => (c::SCORE, score.map_or(CellValue::None, CellValue::Real)),
                };
            }
            Self::Untold => CellValue::None,
            Self::Moments(moments, bits, bit) => moments[place].map_or(CellValue::None, |seconds| {
                CellValue::Moment(Moment { seconds, date_only: bits[place] & bit != 0 })
            }),
            Self::Numbers(numbers) => numbers[place].map_or(CellValue::None, CellValue::Number),
            Self::Said(said) => said[place].map_or(CellValue::None, CellValue::Said),
        };
        (column, value)
    }
}
