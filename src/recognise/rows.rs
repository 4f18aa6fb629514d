//! Rows of a table: record, heading, total, note, continuation, blank, or none of these.

use super::Table;
use super::field::Field;
use crate::read::sheet::{Row, Value};

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A record.
    Record,
    /// A header row, printed again.
    Heading,
    /// A total or subtotal.
    Total,
    /// A note or signature.
    Note,
    /// The text of the row above, running on.
    Continuation,
    /// Nothing but perhaps a printed number.
    Blank,
    /// None of these.
    Unrecognised,
}

const TOTALS: [&str; 9] = ["合计", "小计", "总计", "累计", "本月合计", "本页小计", "合 计", "total", "Total"];

const NOTES: [&str; 22] = [
    "备注",
    "注：",
    "注:",
    "说明",
    "填表",
    "制表",
    "审核",
    "审批",
    "签名",
    "负责人",
    "单位",
    "填报",
    "复核",
    "统计人",
    "日期：",
    "主管",
    "经理",
    "QR-",
    "版号",
    "第 ",
    "共 ",
    "编制",
];

/// Tells what a row is; `follows_record` says whether the row above was a record or continued one.
#[must_use]
pub fn kind_of(row: &Row<'_>, table: &Table, follows_record: bool) -> RowKind {
    let (mut filled, mut keys, mut texts) = (0, 0, 0);
    for (col, value) in row.cells() {
        if matches!(value, Value::Error(_)) {
            continue;
        }
        let Some(role) = table.role_at(col) else { continue };
        if role.field == Field::Serial {
            continue;
        }
        filled += 1;
        keys += usize::from(role.is_key);
        texts += usize::from(role.is_text);
    }
    // The common case first: a record has two filled columns, one of them a key, and its first text is no known word.
    let first = row.first_text().unwrap_or("");
    if first.len() <= 60 {
        if first.starts_with(['合', '小', '总', '累', '本', 't', 'T'])
            && TOTALS.iter().any(|word| first.starts_with(word))
        {
            return RowKind::Total;
        }
        if is_heading(row, table) {
            return RowKind::Heading;
        }
        if filled <= 3 && NOTES.iter().any(|word| first.starts_with(word)) {
            return RowKind::Note;
        }
    }
    if follows_record && filled > 0 && filled == texts && filled <= 2 && !has_serial(row, table) {
        return RowKind::Continuation;
    }
    if keys >= 1 && (filled >= 2 || has_serial(row, table) || table.columns.len() <= 2) {
        return RowKind::Record;
    }
    if filled == 0 {
        return if row.cells().all(|(col, _)| table.field_at(col).is_some()) { RowKind::Blank } else { RowKind::Note };
    }
    if row.filled() == 1 && matches!(row.cells().next(), Some((_, Value::Text(_)))) {
        return RowKind::Note;
    }
    RowKind::Unrecognised
}

fn has_serial(row: &Row<'_>, table: &Table) -> bool {
    table.columns.iter().any(|column| column.field == Field::Serial && row.get(column.col).is_some())
}

/// Whether most texts of a row stand under themselves in one of the header rows.
fn is_heading(row: &Row<'_>, table: &Table) -> bool {
    let Some((first_col, Value::Text(first))) = row.cells().next() else { return false };
    table.header_texts.iter().any(|header| {
        // Most rows are told apart by their first cell alone.
        if !header.iter().any(|(col, label)| *col == first_col && label == first.trim()) {
            return false;
        }
        let same = row
            .cells()
            .filter(|(col, value)| {
                matches!(value, Value::Text(text) if header.iter().any(|(at, label)| at == col && label == text.trim()))
            })
            .count();
        same >= 2 && same * 10 >= row.filled() * 6
    })
}
