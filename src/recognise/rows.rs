//! Rows of a table: record, heading, total, note, continuation, blank, or none of these.

use unicode_normalization::UnicodeNormalization;

use super::Table;
use super::field::Field;
use super::kinds::KindId;
use crate::normalise::blank::{is_blank_mark, says_none};
use crate::normalise::label::simplified;
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

/// Words that a total begins with, folded as by [`folded`].
const TOTALS: [&str; 10] =
    ["共计", "本月共计", "本年合计", "合计", "小计", "总计", "累计", "本月合计", "本页小计", "本年累计"];

/// Words that make a total where they are all that a cell says.
const TOTALS_ALONE: [&str; 21] = [
    "总数",
    "总和",
    "合计数",
    "小计数",
    "总计数",
    "平均",
    "平均值",
    "平均数",
    "月平均",
    "月均",
    "均值",
    "占比",
    "百分比",
    "total",
    "totals",
    "subtotal",
    "sub-total",
    "grandtotal",
    "sum",
    "average",
    "平均分",
];

/// Words that make a total where nothing but numbers stands beside them; an item can be called so, too.
const RATES: [&str; 5] = ["满意率", "总满意率", "平均满意率", "综合满意率", "得分率"];

/// Endings of totals that name what they sum up: `翠湖花园小计`.
const ENDINGS: [&str; 4] = ["小计", "合计", "总计", "共计"];

/// Words that a note or signature begins with, folded as by [`folded`].
const NOTES: [&str; 29] = [
    "备注",
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
    "日期:",
    "主管",
    "经理",
    "qr-",
    "版号",
    "编制",
    "(以下",
    "以下空白",
    "以下为空",
    "第1页",
    "第2页",
    "第3页",
    "第4页",
    "第5页",
    "第6页",
    "(此页",
];

/// First characters of all these words, in either script and width: most texts are told by them.
const FIRST_OF_TOTALS: &str = "共本合小总總累平月均占佔百满滿综綜得tTsSgGaAＴＳＧＡ";
const FIRST_OF_NOTES: &str = "备備注註说說填制製审審签簽负負单單复復覆统統日主经經qQＱ版编編（(以第";

/// A text as it is compared with these words: half width, small letters, simplified, without blanks.
fn folded(text: &str) -> String {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    simplified(&plain)
}

/// Tells what a row is; `follows_record` says whether the row above was a record or continued one.
#[must_use]
pub fn kind_of(row: &Row<'_>, table: &Table, follows_record: bool) -> RowKind {
    let (mut filled, mut keys, mut texts, mut dated) = (0, 0, 0, false);
    let (mut carried, mut carried_identity, mut has_own_identity) = (false, false, false);
    for (col, value) in row.cells() {
        if matches!(value, Value::Error(_)) {
            continue;
        }
        let Some(role) = table.role_at(col) else { continue };
        if role.field == Field::Serial {
            carried_identity |= row.is_carried(col);
            continue;
        }
        // What a merged cell further up says of the row makes it no record.
        if row.is_carried(col) {
            carried = true;
            carried_identity |= role.field == Field::Number;
            continue;
        }
        filled += 1;
        has_own_identity |= matches!(role.field, Field::Number | Field::Place | Field::Received);
        keys += usize::from(role.is_key);
        texts += usize::from(role.is_text);
        dated |= role.is_key && (matches!(value, Value::Moment(_)) || is_dated(value));
    }
    // The common case first: a record has two filled columns, one of them a key, and its first text is no known word.
    let (first, second) = first_texts(row);
    if !(dated && filled >= 5) && is_total(first, second, row) {
        return RowKind::Total;
    }
    // A row with a date in a key column is a record even where the complaint begins with 经理 or 累计.
    if first.len() <= 60 && !(dated && filled >= 2) {
        if begins_total(first) || filled <= 3 && ends_total(first) {
            return RowKind::Total;
        }
        if is_heading(row, table) {
            return RowKind::Heading;
        }
        if filled <= 3 && begins_note(first) {
            return RowKind::Note;
        }
        if says_nothing_happened(row, table) {
            return RowKind::Note;
        }
    }
    // Several rows under one number are one record, unless each has a place or a date of its own.
    if follows_record && carried_identity && filled > 0 && !has_own_identity {
        return RowKind::Continuation;
    }
    if !carried && follows_record && filled > 0 && filled == texts && filled <= 2 && !has_serial(row, table) {
        return RowKind::Continuation;
    }
    if keys >= 1 && (filled >= 2 || carried || has_serial(row, table) || table.columns.len() <= 2) {
        return RowKind::Record;
    }
    if speaks_in_serial(row, table) && (filled == 0 || filled <= 3 && !dated && signs(first)) {
        return RowKind::Note;
    }
    if filled == 0 {
        return if row.cells().all(|(col, _)| table.field_at(col).is_some()) { RowKind::Blank } else { RowKind::Note };
    }
    if row.filled() == 1 && matches!(row.cells().next(), Some((_, Value::Text(_)))) {
        return RowKind::Note;
    }
    RowKind::Unrecognised
}

/// The first two texts of a row that were written in it, and not in a merged cell further up.
fn first_texts<'a>(row: &Row<'a>) -> (&'a str, &'a str) {
    let mut texts = row.cells().filter_map(|(col, value)| match value {
        Value::Text(text) if !row.is_carried(col) => Some(text.trim()),
        _ => None,
    });
    let first = texts.next().unwrap_or("");
    (first, texts.next().unwrap_or(""))
}

/// Whether a cell says nothing but that the row is a total: `合　计`, `平均`; `翠湖花园 | 小计`; `合 | 计` in two cells.
fn is_total(first: &str, second: &str, row: &Row<'_>) -> bool {
    let says_so = |text: &str| {
        if text.is_empty() || text.len() > 30 || !text.starts_with(|c| FIRST_OF_TOTALS.contains(c)) {
            return false;
        }
        let folded = folded(text);
        let word = folded.split(['(', ':']).next().unwrap_or("");
        let is_rate = || RATES.contains(&word) && row.cells().filter(|(_, value)| is_words(*value)).count() == 1;
        TOTALS.contains(&word) || TOTALS_ALONE.contains(&word) || is_rate()
    };
    says_so(first) || says_so(second) || second == "计" && matches!(first, "合" | "小" | "总" | "共" | "累")
}

/// Whether a cell holds words and no number.
fn is_words(value: Value<'_>) -> bool {
    matches!(value, Value::Text(text) if !text.trim().starts_with(|c: char| c.is_ascii_digit()) && !is_blank_mark(text))
}

fn begins_total(text: &str) -> bool {
    text.starts_with(|c| FIRST_OF_TOTALS.contains(c)) && {
        let folded = folded(text);
        TOTALS.iter().any(|word| folded.starts_with(word)) || folded.starts_with("total")
    }
}

fn ends_total(text: &str) -> bool {
    text.ends_with(['计', '計']) && {
        let folded = folded(text);
        ENDINGS.iter().any(|word| folded.ends_with(word))
    }
}

fn begins_note(text: &str) -> bool {
    if text.starts_with("共 ") || text.starts_with("第 ") {
        return true;
    }
    text.starts_with(|c| FIRST_OF_NOTES.contains(c)) && {
        let folded = folded(text);
        NOTES.iter().any(|word| folded.starts_with(word))
    }
}

/// Whether a row reports that there was nothing to report: `/ / / /`, `1 | 本月无`, `翠湖花园 | 本月无投诉`.
fn says_nothing_happened(row: &Row<'_>, table: &Table) -> bool {
    // A returned form without an answer is a form all the same, and a list of names can leave the rest blank.
    let is_register = matches!(
        table.kind.id,
        KindId::Complaint
            | KindId::Repair
            | KindId::Callback
            | KindId::Visit
            | KindId::DutyDone
            | KindId::Promise
            | KindId::Measure
    );
    let mut said = false;
    is_register
        && row.cells().all(|(col, value)| match (value, table.field_at(col)) {
            _ if row.is_carried(col) => true,
            (Value::Text(text), _) if is_blank_mark(text) || says_none(text) => {
                said = true;
                true
            }
            (_, Some(Field::Serial)) => !matches!(value, Value::Text(text) if text.chars().any(char::is_alphabetic)),
            (Value::Text(text), Some(Field::Community)) => text.len() <= 60,
            _ => false,
        })
        && said
}

/// Whether a text begins like a date: quick, and only used to tell records from totals and notes.
fn is_dated(value: Value<'_>) -> bool {
    let Value::Text(text) = value else { return false };
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.len() <= 40
        && text.contains(['-', '/', '.', '月'])
        && !text.ends_with(['%', '％'])
}

/// Whether a text is a label and what belongs to it: `回访人：小李`.
fn signs(text: &str) -> bool {
    text.char_indices().take(10).any(|(at, c)| at > 0 && matches!(c, ':' | '：'))
}

/// Whether words stand where the running number belongs: a section heading or a remark.
fn speaks_in_serial(row: &Row<'_>, table: &Table) -> bool {
    row.cells().any(|(col, value)| {
        table.field_at(col) == Some(Field::Serial)
            && matches!(value, Value::Text(text) if text.chars().any(char::is_alphabetic))
    })
}

fn has_serial(row: &Row<'_>, table: &Table) -> bool {
    table
        .columns
        .iter()
        .any(|column| column.field == Field::Serial && row.get(column.col).is_some() && !row.is_carried(column.col))
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

#[cfg(test)]
mod tests {
    use super::RowKind as K;
    use super::*;
    use crate::moment::Moment;
    use crate::origin::CellAt;
    use crate::read::sheet::Sheet;
    use crate::recognise::{Vocabulary, recognise};

    #[test]
    fn a_complaint_that_begins_like_a_note_or_a_total_is_a_record() {
        let mut sheet = Sheet::named("3月");
        let at = |row: u32, col: u32| CellAt { row, col };
        for (col, label) in (0..).zip(["序号", "投诉日期", "投诉内容", "处理结果"]) {
            sheet.push(at(0, col), Value::Text(label));
        }
        let day = Value::Moment(Moment { seconds: 1_741_132_800, date_only: true });
        for (row, text) in (1..).zip(["经理态度恶劣", "累计停水三天", "单位门口积水"]) {
            sheet.push(at(row, 0), Value::Number(f64::from(row)));
            sheet.push(at(row, 1), day);
            sheet.push(at(row, 2), Value::Text(text));
        }
        sheet.push(at(4, 0), Value::Text("本月共计3件"));
        sheet.push(at(5, 0), Value::Text("二、报修"));
        sheet.push(at(6, 0), Value::Text("填表人：王"));
        let table = &recognise(&sheet, "投诉.xlsx", &Vocabulary::default()).tables[0];
        let kinds: Vec<RowKind> = (1..7).map(|place| kind_of(&sheet.at(place), table, false)).collect();
        assert_eq!(kinds, [K::Record, K::Record, K::Record, K::Total, K::Note, K::Note]);
    }
}
