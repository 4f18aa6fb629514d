//! One table → records, with every row's place in the ledger.

use std::collections::BTreeSet;

use super::callbacks::CallbackRows;
use super::cases::CaseRows;
use super::cells::CellReader;
use super::responses::ResponseRows;
use super::rounds::{ListedCommunity, Round, community_of, round_of};
use crate::ledger::{LedgerLine, RowCounts};
use crate::moment::Period;
use crate::origin::{CellAt, CellRange, SourceId};
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
    let last_row = sheet.at(sheet.filled_rows() - 1).number;
    let first_header = recognised
        .tables
        .first()
        .map_or(last_row + 1, |table| sheet.at(table.header.0.min(sheet.filled_rows() - 1)).number);
    let no_header = recognised.tables.first().is_some_and(|table| table.header.0 == table.header.1);
    made.lines.push(outside(sheet, source, if no_header { 0 } else { first_header }, recognised.tables.is_empty()));
    if recognised.tables.is_empty() {
        let headers = recognised.nearest_headers.join(" · ");
        made.problems.push(Problem::about(source, Code::SheetUnknown, &headers));
        return made;
    }
    for (number, table) in recognised.tables.iter().enumerate() {
        let row = sheet.at(table.header.1.saturating_sub(1)).number;
        for note in &table.notes {
            let at = CellAt { row, col: note.col };
            made.problems.push(Problem::at(source, at, note.code, &note.found).taking(&note.detail));
        }
        let noted: BTreeSet<u32> = table.notes.iter().map(|note| note.col).collect();
        for (col, label) in &table.unknown {
            if mapping.is_none() && !noted.contains(col) {
                made.problems.push(Problem::at(source, CellAt { row, col: *col }, Code::ColumnUnknown, label));
            }
        }
        let end = recognised.tables.get(number + 1).map_or(last_row + 1, |next| sheet.at(next.header.0).number);
        let block = u32::try_from(number + 1).unwrap_or(u32::MAX);
        table_records(&mut made, sheet, table, source, block, end, mapping);
    }
    made
}

/// Rows outside all blocks: titles above the first one, or all rows of a sheet that is not ours.
fn outside(sheet: &Sheet, source: SourceId, end: u32, unknown: bool) -> LedgerLine {
    let filled = sheet.rows().take_while(|row| row.number < end).count() as u64;
    let rows = u64::from(end);
    let counts = RowCounts {
        rows,
        blanks: rows - filled,
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
    end: u32,
    mapping: Option<&Mapping>,
) {
    let order = mapping.and_then(|mapping| mapping.date_order);
    let without_time = mapping.and_then(|mapping| mapping.date_without_time);
    let mut reader = CellReader::new(sheet, table, source, order, without_time);
    let mut writer = Writer::new(table, mapping);
    let mut counts = RowCounts { headings: (table.header.1 - table.header.0) as u64, ..RowCounts::default() };
    let mut yielded = 0;
    let mut follows_record = false;
    for place in table.header.1..table.places.1 {
        let row = sheet.at(place);
        let kind = kind_of(&row, table, follows_record);
        let rejected = counts.rejected;
        match kind {
            RowKind::Record => {
                if let Some(made) = writer.push(&row, table, &mut reader) {
                    counts.record_rows += 1;
                    yielded += made;
                } else {
                    counts.rejected += 1;
                    let at = CellAt { row: row.number, col: table.columns.first().map_or(0, |column| column.col) };
                    reader.note(at, Code::RowRejected, &row_text(&row));
                }
            }
            RowKind::Continuation => {
                counts.continuation += 1;
                writer.continue_last(&row, table);
            }
            RowKind::Heading => counts.headings += 1,
            RowKind::Total => counts.totals += 1,
            RowKind::Note => counts.notes += 1,
            RowKind::Blank => counts.blanks += 1,
            RowKind::Unrecognised => {
                counts.unrecognised += 1;
                let at = row
                    .cells()
                    .next()
                    .map_or(CellAt { row: row.number, col: 0 }, |(col, _)| CellAt { row: row.number, col });
                reader.note(at, Code::RowUnrecognised, &row_text(&row));
            }
        }
        let is_rejected = counts.rejected > rejected;
        follows_record = matches!(kind, RowKind::Record | RowKind::Continuation) && !is_rejected;
    }
    yielded -= writer.close(table, &mut reader);
    let first_row = if table.header.0 == table.header.1 { 0 } else { sheet.at(table.header.0).number };
    counts.rows = u64::from(end - first_row);
    let filled = (table.places.1 - table.places.0) as u64;
    counts.blanks += counts.rows - filled.min(counts.rows);
    let last_col = table.columns.iter().map(|column| column.col).max().unwrap_or(0);
    let range = CellRange {
        first: CellAt { row: first_row, col: table.columns.first().map_or(0, |column| column.col) },
        last: CellAt { row: end.saturating_sub(1), col: last_col },
    };
    let line = LedgerLine { source, block, range: Some(range), kind: table.kind.id.word(), rows: counts, yielded };
    made.problems.append(&mut reader.problems);
    made.tables.push(TableRecords {
        source,
        line: made.lines.len(),
        meta: table.meta.clone(),
        community: mapping.and_then(|mapping| mapping.community.clone()),
        batch: writer.batch,
    });
    made.lines.push(line);
}

fn row_text(row: &Row<'_>) -> String {
    row.cells().take(6).map(|(_, value)| value.written()).collect::<Vec<_>>().join(" | ")
}

/// Adds rows to the batch of a kind.
struct Writer {
    batch: Batch,
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
        };
        let named = mapped.or_else(|| table.meta.period.period());
        // A survey belongs to a half year or a year; a month or quarter in the title names the half year around it.
        let round = named.map(|period| match period {
            Period::Month(year, month) => Period::Half(year, if month <= 6 { 1 } else { 2 }),
            Period::Quarter(year, quarter) => Period::Half(year, if quarter <= 2 { 1 } else { 2 }),
            other => other,
        });
        Self { batch, round, numbers: Vec::new() }
    }

    /// How many records a row gives; none when it belongs to no period.
    fn push(&mut self, row: &Row<'_>, table: &Table, reader: &mut CellReader<'_>) -> Option<u64> {
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
            if table.field_at(col) == Some(Field::Text)
                && let Value::Text(text) = value
            {
                match &mut self.batch {
                    Batch::Complaints(cases) | Batch::Repairs(cases) => cases.text.continue_last(text),
                    Batch::Callbacks(callbacks) => callbacks.text.continue_last(text),
                    _ => {}
                }
            }
        }
    }
}
