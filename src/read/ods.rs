//! .ods and .fods: the tables of an `OpenDocument`, row by row.
//!
//! The spreadsheet crate loads an `OpenDocument` whole and tells neither merged nor hidden cells; the format itself is plain.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::budget::Left;
use super::sheet::{Sheet, Value};
use super::{ReadError, SheetResult, budget, facts, markup, stream};
use crate::config::Budget;
use crate::origin::{CellAt, CellRange};

/// Reads an .ods file.
pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Vec<SheetResult>, ReadError> {
    budget::measure_zip(bytes, budget, &mut budget::Blind)?;
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::Corrupt(error.to_string()))?;
    let mut manifest = String::new();
    if let Ok(part) = archive.by_name("META-INF/manifest.xml") {
        // A manifest that is no text says nothing of a password.
        let _ = part.take(1 << 20).read_to_string(&mut manifest);
    }
    if manifest.contains("encryption-data") {
        return Err(ReadError::Encrypted);
    }
    let content = archive.by_name("content.xml").map_err(|error| ReadError::Corrupt(error.to_string()))?;
    document(BufReader::with_capacity(1 << 16, content), bytes.len(), budget)
}

/// Reads the XML of a document, as in `content.xml` or a flat .fods file of so many bytes.
pub(super) fn document(input: impl BufRead, bytes: usize, budget: &Budget) -> Result<Vec<SheetResult>, ReadError> {
    let mut document = Document { left: Left::of_repeating(budget, bytes), ..Document::default() };
    let mut reader = markup::reader(input);
    let ended = document.read(&mut reader);
    // Damage costs the sheet in which it lies, and those behind it.
    match (ended, document.table.take()) {
        (Err(why), Some(table)) => document.sheets.push(Err((table.sheet.name, why))),
        (Err(why), None) => return Err(ReadError::Corrupt(why)),
        (Ok(()), Some(table)) => document.sheets.push(Ok(table.sheet)),
        (Ok(()), None) if document.sheets.is_empty() && !document.is_spreadsheet => {
            return Err(ReadError::Unsupported("OpenDocument，不是表格 / no spreadsheet".to_owned()));
        }
        (Ok(()), None) => {}
    }
    Ok(document.sheets)
}

#[derive(Default)]
struct Document {
    sheets: Vec<SheetResult>,
    is_spreadsheet: bool,
    /// The style whose properties are being read.
    style: String,
    /// Styles of hidden tables.
    hiding: BTreeSet<String>,
    /// Styles of columns, with their widths in characters.
    widths: BTreeMap<String, f64>,
    table: Option<Table>,
    left: Left,
}

#[derive(Default)]
struct Table {
    sheet: Sheet,
    row: u32,
    col: u32,
    /// Rows that the row stands for.
    repeat: u32,
    columns: u32,
    cells: Vec<Cell>,
    cell: Option<Cell>,
    /// Bytes of text that the rows may still take, and that the open row has taken.
    room: usize,
    held: usize,
    /// A text of the open row had no room.
    is_overfull: bool,
    /// Open paragraphs, and tables within the cell.
    paragraphs: u32,
    gap: bool,
}

#[derive(Default, Clone)]
struct Cell {
    col: u32,
    repeat: u32,
    kind: String,
    value: String,
    text: String,
    has_text: bool,
}

impl Document {
    fn read<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<(), String> {
        let (mut buffer, mut skipped) = (Vec::new(), Vec::new());
        loop {
            match markup::next(reader, &mut buffer)? {
                Event::Start(element) => {
                    let name = element.name();
                    // A table within a cell is read as nobody writes it any more: its rows would not be those of the sheet.
                    let is_inner = self.table.is_some() && element.local_name().as_ref() == "table";
                    if is_inner || is_beside(name.as_ref()) {
                        reader.read_to_end_into(name, &mut skipped).map_err(|error| error.to_string())?;
                        skipped.clear();
                    } else {
                        self.start(&element)?;
                    }
                }
                Event::End(element) => self.end(element.local_name().as_ref()),
                Event::Text(text) => self.text(&text.xml10_content()),
                Event::CData(text) => self.text(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    if let Some(character) = markup::referred(&reference) {
                        self.text(character.encode_utf8(&mut [0; 4]));
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        match element.local_name().as_ref() {
            "spreadsheet" => self.is_spreadsheet = true,
            "style" => self.style = markup::attribute(element, "name").unwrap_or_default(),
            "table-properties" if markup::attribute(element, "display").as_deref() == Some("false") => {
                self.hiding.insert(self.style.clone());
            }
            "table-column-properties" => {
                if let Some(width) = markup::attribute(element, "column-width").and_then(|text| characters(&text)) {
                    self.widths.insert(self.style.clone(), width);
                }
            }
            "table" if self.table.is_none() => {
                let mut sheet = Sheet::named(&markup::attribute(element, "name").unwrap_or_default());
                let style = markup::attribute(element, "style-name").unwrap_or_default();
                sheet.hidden = self.hiding.contains(&style);
                self.table = Some(Table { sheet, room: self.left.text_bytes(), ..Table::default() });
            }
            name => {
                if let Some(table) = &mut self.table {
                    table.start(name, element, &self.widths)?;
                }
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match (&mut self.table, name) {
            (Some(table), "table") if table.cell.is_none() => {
                if let Some(Table { mut sheet, .. }) = self.table.take() {
                    sheet.hidden_rows = facts::joined(sheet.hidden_rows);
                    sheet.hidden_cols = facts::joined(sheet.hidden_cols);
                    self.sheets.push(Ok(sheet));
                }
            }
            (Some(table), "table-row") if table.cell.is_none() => {
                if let Err(why) = table.end_row(&mut self.left) {
                    // The rest of the sheet is passed over; the next one begins anew.
                    let name = std::mem::take(&mut table.sheet.name);
                    self.sheets.push(Err((name, why)));
                    self.table = None;
                }
            }
            (Some(table), "table-cell" | "covered-table-cell") => table.cells.extend(table.cell.take()),
            (Some(table), "p" | "h") => table.paragraphs = table.paragraphs.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(table) = self.table.as_mut().filter(|table| table.paragraphs > 0) {
            table.text(text);
        }
    }
}

/// Elements whose text is none of the cell's: notes, drawings, changes that were undone, readings above characters.
fn is_beside(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    matches!(local, "annotation" | "shapes" | "tracked-changes" | "forms" | "ruby-text" | "content-validations")
        || name.starts_with("draw:")
}

impl Table {
    fn start(&mut self, name: &str, element: &BytesStart<'_>, widths: &BTreeMap<String, f64>) -> Result<(), String> {
        match name {
            "table-column" => {
                let repeat = markup::number(element, "number-columns-repeated").unwrap_or(1).max(1);
                let columns = self.columns..self.columns.saturating_add(repeat).min(stream::LAST.col + 1);
                if is_hidden(element) {
                    self.sheet.hidden_cols.push(columns.clone());
                }
                let style = markup::attribute(element, "style-name").unwrap_or_default();
                self.sheet.widths.extend(widths.get(&style).map(|width| (columns.clone(), *width)));
                self.columns = columns.end;
            }
            "table-row" => {
                self.repeat = markup::number(element, "number-rows-repeated").unwrap_or(1).max(1);
                self.col = 0;
                if is_hidden(element) {
                    let until = self.row.saturating_add(self.repeat).min(stream::LAST.row + 1);
                    self.sheet.hidden_rows.push(self.row..until);
                }
            }
            "table-cell" | "covered-table-cell" if self.cell.is_none() => self.start_cell(element)?,
            "p" | "h" => {
                if let Some(cell) = &mut self.cell {
                    if cell.has_text {
                        cell.text.push('\n');
                    }
                    cell.has_text = true;
                    self.paragraphs += 1;
                    self.gap = false;
                }
            }
            "s" if !self.is_overfull => {
                let count = markup::number(element, "c").unwrap_or(1).min(1000);
                self.exactly(&" ".repeat(count as usize));
            }
            "tab" => self.exactly("\t"),
            "line-break" => self.exactly("\n"),
            _ => {}
        }
        Ok(())
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        let mut cell = Cell { col: self.col, repeat: 1, ..Cell::default() };
        let (mut cols, mut rows) = (1, 1);
        for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
            let value = || attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default();
            let count = || value().trim().parse().unwrap_or(1_u32).max(1);
            match attribute.key.local_name().as_ref() {
                "number-columns-repeated" => cell.repeat = count(),
                "number-columns-spanned" => cols = count(),
                "number-rows-spanned" => rows = count(),
                "value-type" if cell.kind != "error" => cell.kind = value().into_owned(),
                "value" | "date-value" | "time-value" | "boolean-value" | "string-value" => {
                    cell.value = value().into_owned();
                }
                _ => {}
            }
        }
        if cols > 1 || rows > 1 {
            let first = CellAt { row: self.row, col: self.col };
            let last = CellAt {
                row: self.row.saturating_add(rows - 1).min(stream::LAST.row),
                col: self.col.saturating_add(cols - 1).min(stream::LAST.col),
            };
            if first.row > last.row || first.col > last.col {
                return Err(format!("单元格地址越界 / cell address out of range: {first}"));
            }
            self.sheet.merges.push(CellRange { first, last });
        }
        self.col = self.col.saturating_add(cell.repeat);
        self.cell = Some(cell);
        Ok(())
    }

    /// Blanks of the document's source are one blank; those that count are written as elements.
    fn text(&mut self, text: &str) {
        if !self.has_room(text.len()) {
            return;
        }
        let Some(cell) = &mut self.cell else { return };
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\r' | '\n') {
                self.gap = true;
            } else {
                if std::mem::take(&mut self.gap) && !cell.text.is_empty() && !cell.text.ends_with('\n') {
                    cell.text.push(' ');
                }
                cell.text.push(c);
            }
        }
    }

    /// Whether the open cell can take so much text more. Blanks are written as numbers, so that a small document could claim more
    /// text than any memory holds.
    fn has_room(&mut self, bytes: usize) -> bool {
        let cell = self.cell.as_ref().map_or(0, |cell| cell.text.len());
        self.held = self.held.saturating_add(bytes);
        self.is_overfull |= self.held > self.room || cell.saturating_add(bytes) > LONGEST;
        !self.is_overfull
    }

    fn exactly(&mut self, text: &str) {
        if !self.has_room(text.len()) {
            return;
        }
        if let Some(cell) = &mut self.cell {
            if std::mem::take(&mut self.gap) && !cell.text.is_empty() {
                cell.text.push(' ');
            }
            cell.text.push_str(text);
        }
    }

    fn end_row(&mut self, left: &mut Left) -> Result<(), String> {
        let cells = std::mem::take(&mut self.cells);
        if self.is_overfull {
            return Err("文字总量超过限额 / more text than the limit".to_owned());
        }
        if cells.iter().any(|cell| cell.shown().is_some()) {
            let mut repeat = self.repeat;
            if repeat > FILLED_DOWN {
                let row = u64::from(self.row) + 1;
                self.sheet.cut.get_or_insert(format!(
                    "第 {row} 行重复 {repeat} 次，只读一次 / row {row} is repeated {repeat} times and was read once"
                ));
                repeat = 1;
            }
            for row in self.row..self.row.saturating_add(repeat) {
                for cell in &cells {
                    let Some(value) = cell.shown() else { continue };
                    for col in cell.col..cell.col.saturating_add(cell.repeat) {
                        stream::push(&mut self.sheet, left, CellAt { row, col }, value)?;
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.repeat);
        (self.room, self.held) = (left.text_bytes(), 0);
        Ok(())
    }
}

/// Longest text of a cell, in bytes; spreadsheets allow 32,767 characters.
const LONGEST: usize = 1 << 20;

/// Rows alike that somebody may have meant; more are a column that was filled down to the end of the sheet.
const FILLED_DOWN: u32 = 10_000;

impl Cell {
    fn shown(&self) -> Option<Value<'_>> {
        let text = || (!self.text.trim().is_empty()).then_some(Value::Text(&self.text));
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => self.value.trim().parse().ok().map(Value::Number).or_else(text),
            "date" => stream::iso_value(&self.value).or_else(text),
            "time" => stream::iso_duration(&self.value).map(Value::Number).or_else(text),
            "boolean" => Some(Value::Bool(self.value == "true")),
            "error" => Some(Value::Error(stream::error_of_word(&self.text))),
            _ if !self.has_text && !self.value.is_empty() => Some(Value::Text(&self.value)),
            _ => text(),
        }
    }
}

/// A row or column that is hidden by hand, by an outline or by a filter.
fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(markup::attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

/// A length such as `2.26cm` in characters of the standard font, which are 7 pixels wide at 96 to the inch.
fn characters(length: &str) -> Option<f64> {
    let letters = length.find(|c: char| c.is_ascii_alphabetic())?;
    let number: f64 = length[..letters].trim().parse().ok()?;
    let inches = match &length[letters..] {
        "cm" => number / 2.54,
        "mm" => number / 25.4,
        "in" => number,
        "pt" => number / 72.0,
        _ => return None,
    };
    Some(stream::characters_of_pixels(inches * 96.0))
}
