//! What a user pastes into `manyi.toml` where a sheet was understood wrongly: the present understanding, so that only words are
//! to be changed. Pasted as it is, it gives the same records.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::FileSeen;
use super::seen::{ColumnSeen, SheetSeen, State, TableSeen};
use crate::normalise::label::fold;
use crate::problem::Language;
use crate::recognise::field::Field;
use crate::recognise::kinds::KindId;
use crate::recognise::layout::Layout;

/// The entries for a file; empty where it is read by an entry already, or not at all.
pub(super) fn toml(file: &FileSeen, language: Language) -> String {
    let mut blocks: Vec<(&SheetSeen, String)> = Vec::new();
    let mut aliases = Vec::new();
    let mut all_stated = true;
    for sheet in file.sheets.iter().filter(|sheet| !matches!(sheet.state, State::Empty | State::Explains)) {
        match block(sheet, language) {
            Some(block) => blocks.push((sheet, block)),
            None => all_stated = false,
        }
        if !sheet.tables.iter().any(|table| table.mapped) {
            aliases.extend(sheet.tables.iter().flat_map(|table| alias_lines(table, language)));
        }
    }
    let path = quoted(&glob::Pattern::escape(&file.path));
    let mut text = String::new();
    let is_one = all_stated && blocks.windows(2).all(|pair| pair[0].1 == pair[1].1);
    for (sheet, block) in blocks.iter().take(if is_one { 1 } else { usize::MAX }) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "[[source]]\npath = {path}");
        if !is_one {
            let _ = writeln!(text, "sheet = {}", quoted(&sheet.name));
        }
        if let Some(encoding) = file.problems.iter().find(|problem| problem.code == "encoding_guessed") {
            let label = encoding.found.split_whitespace().next().unwrap_or("").to_lowercase();
            let _ = writeln!(text, "# encoding = {}", quoted(&label));
        }
        text.push_str(block);
        text.push('\n');
    }
    aliases.dedup();
    if !aliases.is_empty() {
        let says = match language {
            Language::Zh => "列名含义写在 [alias] 下：一种字段只写一行，选好后去掉行首的 #",
            Language::En => "what headers mean goes under [alias]: one line a field; choose and remove the #",
        };
        let _ = writeln!(text, "# {says}\n# [alias]");
        for line in aliases {
            let _ = writeln!(text, "# {line}");
        }
    }
    text
}

/// The entry of a sheet without its path; none where an entry cannot state its layout, or states it already.
fn block(sheet: &SheetSeen, language: Language) -> Option<String> {
    if let (State::Unknown, Some((row, headers))) = (sheet.state, &sheet.nearest) {
        return Some(guessed(sheet, *row, headers, language));
    }
    let [table] = sheet.tables.as_slice() else { return None };
    if table.mapped || !matches!(table.layout, Layout::Plain | Layout::MergedDown) {
        return None;
    }
    let (first, last) = table.header?;
    let mut text = String::new();
    let _ = writeln!(text, "kind = \"{}\"\nheader_row = {first}", table.kind.word());
    if last > first {
        let _ = writeln!(text, "header_rows = {}", last - first + 1);
    }
    text.push_str("[source.columns]\n");
    let mut keys = BTreeSet::new();
    let mut columns: Vec<&ColumnSeen> = table.columns.iter().chain(&table.unknown).collect();
    columns.sort_by_key(|column| (column.at.len(), column.at.as_str()));
    for column in columns {
        let Some(key) = key(column, &mut keys) else { continue };
        let word = column.field.unwrap_or(Field::Ignored).name();
        let could_be = match column.could_be.as_slice() {
            [] => String::new(),
            fields => format!("  # {}?", fields.join(" / ")),
        };
        let _ = writeln!(text, "{} = \"{word}\"{could_be}", quoted(&key));
    }
    Some(text)
}

/// The header, or the letters where it is blank or stands twice.
fn key(column: &ColumnSeen, keys: &mut BTreeSet<String>) -> Option<String> {
    let folded = fold(&column.header);
    if !folded.is_empty() && !column.header.starts_with("(无表头)") && keys.insert(folded) {
        return Some(column.header.clone());
    }
    keys.insert(fold(&column.at)).then(|| column.at.clone())
}

/// The entry of a sheet that is not known, by the kind that knows most of its headers.
fn guessed(sheet: &SheetSeen, row: u64, headers: &[String], language: Language) -> String {
    let says = match language {
        Language::Zh => "改成这张表的种类，再把认得的列改成字段名",
        Language::En => "change it to the kind of this table, then name the fields of its columns",
    };
    let (kind, fields) = sheet.guess.clone().unwrap_or((KindId::Complaint, Vec::new()));
    let mut text = format!("kind = \"{}\"  # {says}\nheader_row = {row}\n[source.columns]\n", kind.word());
    let mut keys = BTreeSet::new();
    for (place, header) in headers.iter().enumerate() {
        let field = fields.get(place).copied().flatten().unwrap_or(Field::Ignored);
        if keys.insert(fold(header)) {
            let _ = writeln!(text, "{} = \"{}\"", quoted(header), field.name());
        }
    }
    text
}

/// Lines for the columns that could be several fields, and for those of tables whose layout no entry can state.
fn alias_lines(table: &TableSeen, language: Language) -> Vec<String> {
    let is_stated = matches!(table.layout, Layout::Plain | Layout::MergedDown);
    let mut lines = Vec::new();
    for column in &table.unknown {
        let label = quoted(&column.header);
        lines.extend(column.could_be.iter().map(|field| format!("{field} = [{label}]")));
        if column.could_be.is_empty() && !is_stated && !column.header.starts_with("(无表头)") {
            let field = if language == Language::Zh { "字段名" } else { "field" };
            lines.push(format!("{field} = [{label}]"));
        }
    }
    lines
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut made = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => made.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(made, "\\u{:04X}", u32::from(c));
            }
            c => made.push(c),
        }
    }
    made.push('"');
    made
}
