//! One sheet as it was understood.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::super::gather::SheetInHand;
use super::{ProblemSeen, sample};
use crate::normalise::label::tidy;
use crate::normalise::period;
use crate::origin::column_letters;
use crate::problem::Code;
use crate::read::sheet::{Sheet, Value};
use crate::recognise::confidence::Confidence;
use crate::recognise::field::Field;
use crate::recognise::header::Column;
use crate::recognise::kinds::{Kind, KindId};
use crate::recognise::layout::Layout;
use crate::recognise::meta::Meta;
use crate::recognise::rows::{RowKind, kind_of};
use crate::recognise::unit::Unit;
use crate::recognise::{Recognised, Table};
use crate::records::block::SheetRecords;

/// A sheet.
#[derive(Debug, Serialize)]
pub struct SheetSeen {
    /// Name; empty for formats without sheets.
    pub name: String,
    /// What became of it.
    pub state: State,
    /// Rows that hold something.
    pub filled_rows: usize,
    /// The sheet is hidden.
    pub hidden: bool,
    /// Rows outside all tables, from 1, with what stands in them.
    pub outside: Vec<(u64, String)>,
    /// The row that looks most like a header where no table was found: its number from 1 and its texts.
    pub nearest: Option<(u64, Vec<String>)>,
    /// The kind that knows most of these texts, with the field it gives each.
    #[serde(skip)]
    pub(super) guess: Option<(KindId, Vec<Option<Field>>)>,
    /// Its tables.
    pub tables: Vec<TableSeen>,
    /// Problems by code.
    pub problems: Vec<ProblemSeen>,
}

/// What became of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Tables were found.
    Tables,
    /// It is of no known kind.
    Unknown,
    /// It explains, and says so: nothing is to be counted.
    Explains,
    /// It could not be read.
    Failed,
    /// It holds nothing.
    Empty,
}

/// A table.
#[derive(Debug, Serialize)]
pub struct TableSeen {
    /// Kind.
    #[serde(serialize_with = "kind_word")]
    pub kind: KindId,
    /// A `[[source]]` entry says how it is to be read.
    pub mapped: bool,
    /// How it is laid out.
    #[serde(serialize_with = "layout_word")]
    pub layout: Layout,
    /// The cells that it takes.
    pub range: String,
    /// Rows of its header from 1, first and last; none where there is none.
    pub header: Option<(u64, u64)>,
    /// How sure it is, in percent; see [`Confidence`].
    pub confidence: u8,
    /// Mean of the columns, in percent.
    pub understood: u8,
    /// Another kind that fits nearly as well, and its score in percent of that of the kind taken.
    #[serde(serialize_with = "near_word")]
    pub near: Option<(KindId, u8)>,
    /// Community that the surroundings name.
    pub community: Option<Named>,
    /// Period that the surroundings name.
    pub period: Option<Named>,
    /// A column names the community of each row.
    pub has_communities: bool,
    /// The columns that mean something.
    pub columns: Vec<ColumnSeen>,
    /// Columns that were not understood.
    pub unknown: Vec<ColumnSeen>,
    /// Rows that became records.
    pub record_rows: u64,
    /// Records made.
    pub records: u64,
    /// Rows that became none.
    pub aside: Aside,
    /// What its surroundings say.
    #[serde(skip)]
    pub(super) meta: Meta,
}

/// Rows of a table that became no record, from 1.
#[derive(Debug, Default, Serialize)]
pub struct Aside {
    /// Rows that continue the text of the row above.
    pub continuations: Vec<u64>,
    /// Header rows printed again.
    pub headings: Vec<u64>,
    /// Totals and subtotals.
    pub totals: Vec<u64>,
    /// Notes and signatures.
    pub notes: Vec<u64>,
    /// Rows that could not be counted.
    pub rejected: Vec<u64>,
    /// Rows that nothing describes.
    pub unrecognised: Vec<u64>,
    /// Blank rows.
    pub blanks: u64,
}

/// A column.
#[derive(Debug, Serialize)]
pub struct ColumnSeen {
    /// Its letters; in a form the cell of the label.
    pub at: String,
    /// The header as written, parts joined by `/`.
    pub header: String,
    /// What it means; none where it was not understood.
    #[serde(serialize_with = "field_name")]
    pub field: Option<Field>,
    /// How sure that is, in percent.
    pub score: u8,
    /// What it could be, where it is equally near to several.
    pub could_be: Vec<&'static str>,
    /// What the header says besides: unit, scale, answer, question.
    pub says: Vec<Said>,
    /// Some values, persons and phones masked.
    pub samples: Vec<String>,
}

/// What a header says besides its field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Unit of bare numbers.
    Unit(&'static str),
    /// Highest score.
    Scale(u16),
    /// A tick stands for this answer.
    Tick(String),
    /// The item or question.
    Question(String),
}

/// What surroundings say.
#[derive(Debug, Clone, Serialize)]
pub struct Named {
    /// What.
    pub value: String,
    /// Where it stands.
    pub origin: Origin,
}

/// Where something about a whole table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A title row.
    Title,
    /// The sheet's name.
    Sheet,
    /// The path: file or folder.
    Path,
    /// The config.
    Config,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field as it is")]
fn kind_word<S: Serializer>(kind: &KindId, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(kind.word())
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field as it is")]
fn layout_word<S: Serializer>(layout: &Layout, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(layout.word())
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes the field as it is")]
fn near_word<S: Serializer>(near: &Option<(KindId, u8)>, to: S) -> Result<S::Ok, S::Error> {
    near.map(|(kind, nearness)| (kind.word(), nearness)).serialize(to)
}

#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes the field as it is")]
fn field_name<S: Serializer>(field: &Option<Field>, to: S) -> Result<S::Ok, S::Error> {
    field.map(Field::name).serialize(to)
}

impl SheetSeen {
    /// A sheet that could not be read.
    pub(super) fn failed(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            state: State::Failed,
            filled_rows: 0,
            hidden: false,
            outside: Vec::new(),
            nearest: None,
            guess: None,
            tables: Vec::new(),
            problems: Vec::new(),
        }
    }
}

/// Looks at a sheet.
pub(super) fn sheet(hand: &SheetInHand<'_>) -> SheetSeen {
    let SheetInHand { path, sheet, recognised, made, mapping } = hand;
    let state = match (sheet.filled_rows(), recognised) {
        (0, _) => State::Empty,
        (_, found) if found.explains => State::Explains,
        (_, found) if found.tables.is_empty() => State::Unknown,
        _ => State::Tables,
    };
    let nearest = if state == State::Unknown { nearest(sheet, recognised) } else { None };
    let guess = nearest.as_ref().and_then(|(_, headers)| guess(headers));
    let lines = made.lines.iter().filter(|line| line.block > 0);
    let tables = recognised.tables.iter().zip(lines).map(|(table, line)| {
        let range = line.range.map_or_else(String::new, |range| range.to_string());
        let mut seen = table_seen(recognised.read_from(table, sheet), table, made);
        seen.range = range;
        seen.mapped = mapping.is_some();
        (seen.record_rows, seen.records) = (line.rows.record_rows, line.yielded);
        seen.aside.blanks = line.rows.blanks;
        seen
    });
    let name = sheet.name.clone();
    let tables: Vec<TableSeen> = tables.map(|table| with_period(table, &name, path)).collect();
    let outside = if state == State::Tables { outside(sheet, recognised) } else { Vec::new() };
    SheetSeen {
        name,
        state,
        filled_rows: sheet.filled_rows(),
        hidden: sheet.hidden,
        outside,
        nearest,
        guess,
        tables,
        problems: Vec::new(),
    }
}

fn one_based(row: u32) -> u64 {
    u64::from(row) + 1
}

/// Rows that no table takes, with their texts.
fn outside(sheet: &Sheet, recognised: &Recognised) -> Vec<(u64, String)> {
    let is_inside = |row: u32| recognised.tables.iter().any(|table| (table.rows.0..table.rows.1).contains(&row));
    sheet
        .rows()
        .filter(|row| !is_inside(row.number))
        .map(|row| {
            let texts: Vec<String> = row.cells().map(|(_, value)| tidy(&value.written())).collect();
            (one_based(row.number), sample::without_long_numbers(&texts.join(" ")))
        })
        .collect()
}

fn nearest(sheet: &Sheet, recognised: &Recognised) -> Option<(u64, Vec<String>)> {
    let headers = &recognised.nearest_headers;
    let texts = |row: &crate::read::sheet::Row<'_>| -> Vec<String> {
        let text = |(_, value): (u32, Value<'_>)| match value {
            Value::Text(text) => Some(tidy(text)),
            _ => None,
        };
        row.cells().filter_map(text).collect()
    };
    let row = sheet.rows().find(|row| !headers.is_empty() && texts(row) == *headers)?;
    Some((one_based(row.number), headers.clone()))
}

/// The kind that knows most of some headers; none where no kind knows any.
fn guess(headers: &[String]) -> Option<(KindId, Vec<Option<Field>>)> {
    let fields = |kind: &Kind| -> Vec<Option<Field>> {
        headers.iter().map(|header| kind.field_of(&crate::normalise::label::fold(header))).collect()
    };
    let known = |kind: &Kind| fields(kind).iter().flatten().collect::<BTreeSet<_>>().len();
    // Of kinds that know as many the first is taken.
    let best = crate::recognise::kinds::KINDS.iter().rev().max_by_key(|kind| known(kind))?;
    (known(best) > 0).then(|| (best.id, fields(best)))
}

fn table_seen(from: &Sheet, table: &Table, made: &SheetRecords) -> TableSeen {
    let sure = Confidence::of(table);
    let (records, aside) = rows_seen(from, table, made);
    let of_known = |column: &Column| {
        let (at, header) = (place_of(from, table, &records, column.col), column.label.clone());
        let samples = sample::of(from, &records, column.col, Some(column.field), &header);
        let says = said(column);
        ColumnSeen { at, header, field: Some(column.field), score: column.score, could_be: Vec::new(), says, samples }
    };
    let of_unknown = |(col, label): &(u32, String)| {
        let could_be = made
            .problems
            .iter()
            .filter(|problem| problem.code == Code::ColumnTie && *problem.found == **label)
            .filter_map(|problem| problem.detail.as_deref())
            .flat_map(fields_named)
            .collect();
        let samples = sample::of(from, &records, *col, None, label);
        let at = place_of(from, table, &records, *col);
        ColumnSeen { at, header: label.clone(), field: None, score: 0, could_be, says: Vec::new(), samples }
    };
    let header_rows = table.header.0..table.header.1;
    let header = header_rows.clone().next().map(|first| {
        let last = header_rows.end - 1;
        (one_based(from.at(first).number), one_based(from.at(last).number))
    });
    TableSeen {
        kind: table.kind.id,
        mapped: false,
        layout: table.layout,
        range: String::new(),
        header,
        confidence: sure.confidence,
        understood: sure.understood,
        near: sure.near,
        community: None,
        period: None,
        has_communities: table.has(Field::Community),
        columns: table.columns.iter().map(of_known).collect(),
        unknown: table.unknown.iter().map(of_unknown).collect(),
        record_rows: 0,
        records: 0,
        aside,
        meta: table.meta.clone(),
    }
}

/// Fields whose names stand in brackets, as the words about a tie have them.
fn fields_named(detail: &str) -> Vec<&'static str> {
    let either = detail.split(';').next().unwrap_or("");
    let inside = either.split('（').skip(1).filter_map(|rest| rest.split('）').next());
    inside.filter_map(Field::named).map(Field::name).collect()
}

/// The letters of a column; in a form the cell of the label; where several columns were made one, the first and last of them.
fn place_of(from: &Sheet, table: &Table, records: &[usize], col: u32) -> String {
    let Some(head) = table.header.1.checked_sub(1).filter(|at| *at < from.filled_rows()) else {
        return column_letters(col);
    };
    let at = from.at(head).origin(col);
    match table.layout {
        Layout::KeyValue => at.to_string(),
        Layout::Across => {
            let origins = records.iter().map(|place| from.at(*place)).filter(|row| row.get(col).is_some());
            let last = origins.map(|row| row.origin(col).col).max().unwrap_or(at.col);
            if last > at.col {
                format!("{}–{}", column_letters(at.col), column_letters(last))
            } else {
                column_letters(at.col)
            }
        }
        _ => column_letters(at.col),
    }
}

fn said(column: &Column) -> Vec<Said> {
    let mut says = Vec::new();
    says.extend(column.unit.map(|unit| Said::Unit(unit_word(unit))));
    says.extend(column.scale.map(Said::Scale));
    let answer = column.label.rsplit('/').next().unwrap_or("");
    says.extend(column.option.map(|_| Said::Tick(answer.to_owned())));
    let question = column.question.as_ref().filter(|_| matches!(column.field, Field::Item | Field::Choice));
    says.extend(question.map(|question| Said::Question(question.full())));
    says
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Days => "天",
        Unit::Hours => "小时",
        Unit::Minutes => "分钟",
        Unit::Seconds => "秒",
        Unit::Yuan => "元",
        Unit::ThousandYuan => "千元",
        Unit::TenThousandYuan => "万元",
        Unit::Percent => "%",
        Unit::Metres => "米",
        Unit::Kilometres => "公里",
        Unit::Li => "里",
    }
}

/// Records that samples are taken from.
const SAMPLED: usize = 200;

/// Places of the first records, and the rows that became none; told as by the records themselves.
fn rows_seen(from: &Sheet, table: &Table, made: &SheetRecords) -> (Vec<usize>, Aside) {
    let rejected: BTreeSet<u32> = made
        .problems
        .iter()
        .filter(|problem| problem.code == Code::RowRejected)
        .filter_map(|problem| problem.cell.map(|cell| cell.row))
        .collect();
    let (mut records, mut aside) = (Vec::new(), Aside::default());
    let mut follows_record = false;
    for place in table.header.1..table.places.1 {
        let row = from.at(place);
        let kind = kind_of(&row, table, follows_record);
        let is_rejected = kind == RowKind::Record && rejected.contains(&row.number);
        if kind == RowKind::Record && records.len() < SAMPLED {
            records.push(place);
        }
        let numbers = match kind {
            RowKind::Record if is_rejected => Some(&mut aside.rejected),
            RowKind::Record | RowKind::Blank => None,
            RowKind::Continuation => Some(&mut aside.continuations),
            RowKind::Heading => Some(&mut aside.headings),
            RowKind::Total => Some(&mut aside.totals),
            RowKind::Note => Some(&mut aside.notes),
            RowKind::Unrecognised => Some(&mut aside.unrecognised),
        };
        // A row of the sheet may stand in several rows of what the table is read from.
        if let Some(numbers) = numbers.filter(|numbers| numbers.last() != Some(&one_based(row.number))) {
            numbers.push(one_based(row.number));
        }
        follows_record = matches!(kind, RowKind::Record | RowKind::Continuation) && !is_rejected;
    }
    (records, aside)
}

/// The period of the surroundings, with the nearest of them that speaks of one.
fn with_period(table: TableSeen, sheet: &str, path: &str) -> TableSeen {
    let period = table.meta.period.period().map(|period| {
        let speaks = |text: &String| period::find(text) != period::NamedPeriod::default();
        let place = table.meta.places.iter().position(speaks);
        Named { value: period.to_string(), origin: origin(place, &table.meta, sheet, path) }
    });
    TableSeen { period, ..table }
}

/// Where the name of a community stands.
pub(super) fn origin_of(name: &str, meta: &Meta, sheet: &str, path: &str) -> Origin {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    // A name may stand without its ending (翠湖): its first two characters are always there.
    let start: String = name.chars().take(2).collect();
    let holding = |part: &str| meta.places.iter().position(|place| squeezed(place).contains(part));
    origin(holding(name).or_else(|| holding(&start)), meta, sheet, path)
}

/// Titles come first among the surroundings, then the sheet's name, then the parts of the path.
fn origin(place: Option<usize>, meta: &Meta, sheet: &str, path: &str) -> Origin {
    let parts = path.split('/').filter(|part| !tidy(part).is_empty()).count();
    let after_titles = parts + usize::from(!tidy(sheet).is_empty());
    let left = place.map_or(0, |place| meta.places.len() - place);
    match left {
        left if left <= parts => Origin::Path,
        left if left <= after_titles => Origin::Sheet,
        _ => Origin::Title,
    }
}

impl TableSeen {
    /// Whether rows of the sheet are its header: the labels of a form stand beside its values.
    #[must_use]
    pub fn layout_has_header(&self) -> bool {
        self.layout != Layout::KeyValue
    }
}
