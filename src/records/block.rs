//! One table → records, with every row's place in the ledger.

use std::collections::BTreeSet;
use std::ops::Range;

use super::callbacks::CallbackRows;
use super::cases::CaseRows;
use super::cell_map::TableCells;
use super::cells::CellReader;
use super::registers::Register;
use super::responses::ResponseRows;
use super::rounds::{ListedCommunity, Round, community_of, round_of};
use super::tallies::{AnswerTally, CaseTallies, answers_of};
use crate::ledger::{LedgerLine, RowCounts};
use crate::moment::Period;
use crate::origin::{CellAt, CellRange, SourceId, column_letters};
use crate::problem::{Code, Problem};
use crate::read::sheet::{Row, Sheet};
use crate::recognise::kinds::KindId;
use crate::recognise::mapping::Mapping;
use crate::recognise::meta::Meta;
use crate::recognise::rows::{RowKind, kind_of};
use crate::recognise::{Recognised, Table};

/// Records of one table.
#[derive(Debug)]
pub enum Batch {
    /// Complaints.
    Complaints(CaseRows),
    /// Repairs.
    Repairs(CaseRows),
    /// Callbacks.
    Callbacks(CallbackRows),
    /// Survey forms and answers.
    Responses(ResponseRows),
    /// Survey rounds.
    Rounds(Vec<Round>),
    /// Communities.
    Communities(Vec<ListedCommunity>),
    /// A smaller register.
    Register(Register),
    /// Complaints counted by month.
    ComplaintTallies(CaseTallies),
    /// Repairs counted by month.
    RepairTallies(CaseTallies),
    /// Answers counted by item and level.
    AnswerTallies(Vec<AnswerTally>),
}

impl Batch {
    /// Whether the table holds no record: nothing is to be said about where it belongs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Complaints(rows) | Self::Repairs(rows) => rows.is_empty(),
            Self::Callbacks(rows) => rows.is_empty(),
            Self::Responses(rows) => rows.row.is_empty(),
            Self::Rounds(rows) => rows.is_empty(),
            Self::Communities(rows) => rows.is_empty(),
            Self::Register(rows) => rows.is_empty(),
            Self::ComplaintTallies(tallies) | Self::RepairTallies(tallies) => tallies.rows.is_empty(),
            Self::AnswerTallies(rows) => rows.is_empty(),
        }
    }
}

/// Records of one table, with what they need to be put in their place.
#[derive(Debug)]
pub struct TableRecords {
    /// The sheet.
    pub source: SourceId,
    /// Place of the table's line in the ledger of its sheet.
    pub line: usize,
    /// What the surroundings say.
    pub meta: Meta,
    /// Community of all rows, where a mapping says it.
    pub community: Option<String>,
    /// In which cells their values stand.
    pub cells: TableCells,
    /// The records.
    pub batch: Batch,
}

/// All that one sheet gives.
#[derive(Debug, Default)]
pub struct SheetRecords {
    /// Lines of the ledger.
    pub lines: Vec<LedgerLine>,
    /// Problems.
    pub problems: Vec<Problem>,
    /// Records, one batch a table.
    pub tables: Vec<TableRecords>,
}

/// Makes the records of a sheet. `source` is the sheet's number; a later stage may renumber.
#[must_use]
pub fn records_of(sheet: &Sheet, recognised: &Recognised, source: SourceId, mapping: Option<&Mapping>) -> SheetRecords {
    let mut made = SheetRecords::default();
    if sheet.filled_rows() == 0 {
        return made;
    }
    let spans: Vec<(u32, u32)> = recognised.tables.iter().map(|table| table.rows).collect();
    let is_unknown = recognised.tables.is_empty() && !recognised.explains;
    made.lines.push(outside(sheet, source, &spans, is_unknown));
    if recognised.explains {
        return made;
    }
    if recognised.tables.is_empty() {
        let headers = recognised.nearest_headers.join(" · ");
        // What nobody sees who opens the file, such as the words of a drop-down, is said and no fault of the sender's.
        let code = if sheet.hidden { Code::HiddenSheetUnknown } else { Code::SheetUnknown };
        made.problems.push(Problem::about(source, code, &headers));
        return made;
    }
    made.problems.extend(hidden(sheet, source));
    for (number, (table, span)) in recognised.tables.iter().zip(spans).enumerate() {
        let from = recognised.read_from(table, sheet);
        for note in &table.notes {
            made.problems.push(Problem::at(source, note.at, note.code, &note.found).taking(&note.detail));
        }
        let header = from.at(table.header.1.saturating_sub(1));
        let noted: BTreeSet<u32> = table.notes.iter().map(|note| note.at.col).collect();
        for (col, label) in &table.unknown {
            let at = header.origin(*col);
            if mapping.is_none() && !noted.contains(&at.col) {
                made.problems.push(Problem::at(source, at, Code::ColumnUnknown, label));
            }
        }
        let block = u32::try_from(number + 1).unwrap_or(u32::MAX);
        table_records(&mut made, from, table, source, block, span, mapping);
    }
    made
}

/// What of a sheet nobody sees who opens it.
fn hidden(sheet: &Sheet, source: SourceId) -> impl Iterator<Item = Problem> {
    let listed = |ranges: &[Range<u32>], written: &dyn Fn(u32) -> String| {
        let of = |range: &Range<u32>| match range.end - range.start {
            1 => written(range.start),
            _ => format!("{}-{}", written(range.start), written(range.end - 1)),
        };
        ranges.iter().filter(|range| !range.is_empty()).map(of).collect::<Vec<_>>().join(", ")
    };
    let rows = listed(&sheet.hidden_rows, &|row| (u64::from(row) + 1).to_string());
    let cols = listed(&sheet.hidden_cols, &column_letters);
    let name = if sheet.hidden { sheet.name.clone() } else { String::new() };
    [(Code::HiddenSheet, name), (Code::HiddenRows, rows), (Code::HiddenColumns, cols)]
        .into_iter()
        .filter(|(_, found)| !found.is_empty())
        .map(move |(code, found)| Problem::about(source, code, &found))
}

/// Rows outside all blocks: titles above the first one, or all rows of a sheet that is not ours.
fn outside(sheet: &Sheet, source: SourceId, spans: &[(u32, u32)], unknown: bool) -> LedgerLine {
    let end = sheet.at(sheet.filled_rows() - 1).number + 1;
    let is_inside = |row: u32| spans.iter().any(|(first, end)| (*first..*end).contains(&row));
    let filled = sheet.rows().filter(|row| !is_inside(row.number)).count() as u64;
    let mut taken: Vec<(u32, u32)> = spans.to_vec();
    taken.sort_unstable();
    let (mut inside, mut reached) = (0, 0);
    for (first, end) in taken {
        inside += u64::from(end.saturating_sub(first.max(reached)));
        reached = reached.max(end);
    }
    let rows = u64::from(end) - inside.min(u64::from(end));
    let counts = RowCounts {
        rows,
        blanks: rows.saturating_sub(filled),
        notes: if unknown { 0 } else { filled },
        unrecognised: if unknown { filled } else { 0 },
        ..RowCounts::default()
    };
    LedgerLine { source, block: 0, range: None, kind: "", rows: counts, yielded: 0 }
}

fn table_records(
    made: &mut SheetRecords,
    sheet: &Sheet,
    table: &Table,
    source: SourceId,
    block: u32,
    span: (u32, u32),
    mapping: Option<&Mapping>,
) {
    let order = mapping.and_then(|mapping| mapping.date_order);
    let without_time = mapping.and_then(|mapping| mapping.date_without_time);
    let mut reader = CellReader::new(sheet, table, source, order, without_time);
    let mut writer = Writer::new(table, mapping);
    let mut cells = TableCells::of(table);
    let covered = |places: std::ops::Range<usize>| places.map(|at| u64::from(sheet.at(at).covers)).sum::<u64>();
    let mut counts = RowCounts { headings: covered(table.header.0..table.header.1), ..RowCounts::default() };
    let mut yielded = 0;
    let mut follows_record = false;
    for place in table.header.1..table.places.1 {
        let row = sheet.at(place);
        let kind = kind_of(&row, table, follows_record);
        let covers = u64::from(row.covers);
        let mut is_rejected = false;
        match kind {
            RowKind::Record => {
                if let Some(made) = writer.push(&row, table, &mut reader) {
                    counts.record_rows += covers;
                    yielded += made;
                    cells.note(&row);
                } else {
                    counts.rejected += covers;
                    is_rejected = true;
                    let col = table.columns.first().map_or(0, |column| column.col);
                    reader.note(row.origin(col), Code::RowRejected, &row_text(&row));
                }
            }
            RowKind::Continuation => {
                counts.continuation += covers;
                writer.continue_last(&row, table);
            }
            RowKind::Heading => counts.headings += covers,
            RowKind::Total => counts.totals += covers,
            RowKind::Note => counts.notes += covers,
            RowKind::Blank => counts.blanks += covers,
            RowKind::Unrecognised => {
                counts.unrecognised += covers;
                let col = row.cells().next().map_or(0, |(col, _)| col);
                reader.note(row.origin(col), Code::RowUnrecognised, &row_text(&row));
            }
        }
        follows_record = matches!(kind, RowKind::Record | RowKind::Continuation) && !is_rejected;
    }
    yielded -= writer.close(table, &mut reader);
    counts.rows = u64::from(span.1 - span.0);
    let filled = covered(table.places.0..table.places.1);
    counts.blanks += counts.rows - filled.min(counts.rows);
    let last_col = table.columns.iter().map(|column| column.col).max().unwrap_or(0);
    let first_col = table.columns.first().map_or(0, |column| column.col);
    let range = cells_of(sheet, table, span).unwrap_or(CellRange {
        first: CellAt { row: span.0, col: first_col },
        last: CellAt { row: span.1.saturating_sub(1), col: last_col },
    });
    let line = LedgerLine { source, block, range: Some(range), kind: table.kind.id.word(), rows: counts, yielded };
    made.problems.append(&mut reader.problems);
    made.tables.push(TableRecords {
        source,
        line: made.lines.len(),
        meta: table.meta.clone(),
        community: mapping.and_then(|mapping| mapping.community.clone()),
        cells,
        batch: writer.batch,
    });
    made.lines.push(line);
}

/// The columns of the sheet that a view takes; none where the table is read from the sheet itself.
fn cells_of(sheet: &Sheet, table: &Table, span: (u32, u32)) -> Option<CellRange> {
    table.view?;
    let places = table.places.0..table.places.1;
    let cols = places.flat_map(|at| {
        let row = sheet.at(at);
        row.cells().map(move |(col, _)| row.origin(col).col)
    });
    let (first, last) = cols.fold((u32::MAX, 0), |(first, last), col| (first.min(col), last.max(col)));
    Some(CellRange {
        first: CellAt { row: span.0, col: first.min(last) },
        last: CellAt { row: span.1.saturating_sub(1), col: last },
    })
}

fn row_text(row: &Row<'_>) -> String {
    row.cells().take(6).map(|(_, value)| value.written()).collect::<Vec<_>>().join(" | ")
}

/// Adds rows to the batch of a kind.
struct Writer {
    batch: Batch,
    named: Option<Period>,
    round: Option<Period>,
    numbers: Vec<String>,
}

impl Writer {
    fn new(table: &Table, mapping: Option<&Mapping>) -> Self {
        let mapped = mapping.and_then(|mapping| mapping.period);
        let batch = match table.kind.id {
            KindId::Complaint => Batch::Complaints(CaseRows::new(table, mapped)),
            KindId::Repair => Batch::Repairs(CaseRows::new(table, mapped)),
            KindId::Callback | KindId::CallbackMonth => Batch::Callbacks(CallbackRows::default()),
            KindId::SurveyResponse => {
                Batch::Responses(ResponseRows::new(table, mapping.and_then(|mapping| mapping.score_highest)))
            }
            KindId::SurveyRound => Batch::Rounds(Vec::new()),
            KindId::Community => Batch::Communities(Vec::new()),
            KindId::RoundUnit => Batch::Register(Register::RoundUnits(Vec::new())),
            KindId::DutyDone => Batch::Register(Register::DutiesDone(Vec::new())),
            KindId::Promise => Batch::Register(Register::Promises(Vec::new())),
            KindId::Measure => Batch::Register(Register::Measures(Vec::new())),
            KindId::Visit => Batch::Register(Register::Visits(Vec::new())),
            KindId::Customer => Batch::Register(Register::Customers(Vec::new())),
            KindId::ComplaintTally => Batch::ComplaintTallies(CaseTallies::default()),
            KindId::RepairTally => Batch::RepairTallies(CaseTallies::default()),
            KindId::SurveyTally => Batch::AnswerTallies(Vec::new()),
        };
        let named = mapped.or_else(|| table.meta.period.period());
        // A survey belongs to a half year or a year; a month or quarter in the title names the half year around it.
        let round = named.map(|period| match period {
            Period::Month(year, month) => Period::Half(year, if month <= 6 { 1 } else { 2 }),
            Period::Quarter(year, quarter) => Period::Half(year, if quarter <= 2 { 1 } else { 2 }),
            other => other,
        });
        Self { batch, named, round, numbers: Vec::new() }
    }

    /// How many records a row gives; none when it belongs to no period.
    fn push<'a>(&mut self, row: &Row<'a>, table: &Table, reader: &mut CellReader<'a>) -> Option<u64> {
        match &mut self.batch {
            Batch::Complaints(cases) | Batch::Repairs(cases) => {
                cases.push(row, table, reader, &mut self.numbers).then_some(1)
            }
            Batch::Callbacks(callbacks) if table.kind.id == KindId::CallbackMonth => {
                callbacks.push_matrix(row, table, reader)
            }
            Batch::Callbacks(callbacks) => callbacks.push(row, table, reader).then_some(1),
            Batch::Responses(responses) => responses.push(row, table, self.round, reader),
            Batch::Rounds(rounds) => round_of(row, table, self.round, reader).map(|round| {
                rounds.push(round);
                1
            }),
            Batch::Communities(communities) => community_of(row, table, reader).map(|listed| {
                communities.push(listed);
                1
            }),
            Batch::Register(rows) => rows.push(row, table, self.named, reader).then_some(1),
            Batch::ComplaintTallies(tallies) | Batch::RepairTallies(tallies) => tallies.push(row, table, reader),
            Batch::AnswerTallies(tallies) => answers_of(row, table, self.round, reader).map(|tally| {
                let count = u64::from(tally.count);
                tallies.push(tally);
                count
            }),
        }
    }

    /// Looks at all rows together, once they are in; how many records are taken back.
    fn close(&mut self, table: &Table, reader: &mut CellReader<'_>) -> u64 {
        match &mut self.batch {
            Batch::Responses(responses) => responses.drop_scores_beyond_scale(table, reader),
            _ => 0,
        }
    }

    /// Adds the text of a row to the record above; only the text itself is kept of a record's texts.
    fn continue_last(&mut self, row: &Row<'_>, table: &Table) {
        use crate::read::sheet::Value;
        use crate::recognise::field::Field;
        for (col, value) in row.cells() {
            let (Some(field), Value::Text(text)) = (table.field_at(col), value) else { continue };
            match (&mut self.batch, field) {
                (Batch::Complaints(cases) | Batch::Repairs(cases), Field::Text) => cases.text.continue_last(text),
                (Batch::Callbacks(callbacks), Field::Text) => callbacks.text.continue_last(text),
                (Batch::Callbacks(callbacks), Field::Suggestion) => callbacks.suggestion.continue_last(text),
                (Batch::Responses(forms), Field::Suggestion) => forms.suggestion.continue_last(text),
                (Batch::Register(rows), field) => rows.continue_last(field, text),
                _ => {}
            }
        }
    }
}
