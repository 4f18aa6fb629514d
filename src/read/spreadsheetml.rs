//! Workbooks as Excel 2003 writes them as XML, often under the name .xls.

use quick_xml::events::{BytesStart, Event};

use super::budget::Left;
use super::sheet::{Sheet, Value};
use super::{ReadError, SheetResult, facts, markup, stream};
use crate::config::Budget;
use crate::origin::{CellAt, CellRange};

/// Reads the XML of a workbook.
pub(super) fn read(text: &str, budget: &Budget) -> Result<Vec<SheetResult>, ReadError> {
    let mut book = Book { left: Left::of(budget), ..Book::default() };
    let (mut reader, mut buffer) = (markup::reader(text.as_bytes()), Vec::new());
    let ended = loop {
        match markup::next(&mut reader, &mut buffer) {
            Ok(Event::Start(element)) => book.start(&element),
            Ok(Event::End(element)) => book.end(element.local_name().as_ref()),
            Ok(Event::Text(text)) => book.text(&text.xml10_content()),
            Ok(Event::CData(text)) => book.text(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                if let Some(character) = markup::referred(&reference) {
                    book.text(character.encode_utf8(&mut [0; 4]));
                }
            }
            Ok(Event::Eof) => break Ok(()),
            Ok(_) => {}
            Err(why) => break Err(why),
        }
    };
    match (ended, book.sheet.take()) {
        (Err(why), Some(sheet)) => book.sheets.push(Err((sheet.name, why))),
        (Err(why), None) => return Err(ReadError::Corrupt(why)),
        (Ok(()), sheet) => book.sheets.extend(sheet.map(Ok)),
    }
    Ok(book.sheets)
}

#[derive(Default)]
struct Book {
    sheets: Vec<SheetResult>,
    sheet: Option<Sheet>,
    failed: Option<String>,
    /// The next row and column.
    row: u32,
    col: u32,
    columns: u32,
    /// How far the cell reaches right.
    across: u32,
    /// Type and text of the data that is open.
    data: Option<(String, String)>,
    in_comment: bool,
    in_visible: bool,
    left: Left,
}

impl Book {
    fn start(&mut self, element: &BytesStart<'_>) {
        let number = |name| markup::number(element, name);
        // Places count from 1; a place that is not told is the next one.
        let place = |next: u32| number("Index").map_or(next, |told| told.saturating_sub(1));
        let is_hidden = || markup::attribute(element, "Hidden").as_deref() == Some("1");
        let Some(sheet) = &mut self.sheet else {
            if element.local_name().as_ref() == "Worksheet" {
                self.sheet = Some(Sheet::named(&markup::attribute(element, "Name").unwrap_or_default()));
                (self.row, self.col, self.columns) = (0, 0, 0);
            }
            return;
        };
        match element.local_name().as_ref() {
            "Column" => {
                let first = place(self.columns);
                let after = first.saturating_add(number("Span").unwrap_or(0)).saturating_add(1);
                let columns = first..after.min(stream::LAST.col + 1);
                if is_hidden() {
                    sheet.hidden_cols.push(columns.clone());
                }
                let width = markup::attribute(element, "Width").and_then(|width| width.trim().parse::<f64>().ok());
                // Widths are points; 96 pixels are 72 of them.
                sheet.widths.extend(width.map(|points| (columns, stream::characters_of_pixels(points * 96.0 / 72.0))));
                self.columns = after;
            }
            "Row" => {
                self.row = place(self.row);
                self.col = 0;
                if is_hidden() {
                    let span = number("Span").unwrap_or(0);
                    let after = self.row.saturating_add(span).saturating_add(1).min(stream::LAST.row + 1);
                    sheet.hidden_rows.push(self.row..after);
                }
            }
            "Cell" => {
                self.col = place(self.col);
                let (across, down) = (number("MergeAcross").unwrap_or(0), number("MergeDown").unwrap_or(0));
                let first = CellAt { row: self.row, col: self.col };
                let last = CellAt {
                    row: self.row.saturating_add(down).min(stream::LAST.row),
                    col: self.col.saturating_add(across).min(stream::LAST.col),
                };
                if last != first && last.row >= first.row && last.col >= first.col {
                    sheet.merges.push(CellRange { first, last });
                }
                self.across = across;
            }
            "Comment" => self.in_comment = true,
            "Visible" => self.in_visible = true,
            "Data" if !self.in_comment => {
                self.data = Some((markup::attribute(element, "Type").unwrap_or_default(), String::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Worksheet" => {
                if let Some(mut sheet) = self.sheet.take() {
                    sheet.hidden_rows = facts::joined(std::mem::take(&mut sheet.hidden_rows));
                    sheet.hidden_cols = facts::joined(std::mem::take(&mut sheet.hidden_cols));
                    self.sheets.push(match self.failed.take() {
                        Some(why) => Err((sheet.name, why)),
                        None => Ok(sheet),
                    });
                }
            }
            "Row" => self.row = self.row.saturating_add(1),
            "Cell" => self.col = self.col.saturating_add(self.across).saturating_add(1),
            "Comment" => self.in_comment = false,
            "Visible" => self.in_visible = false,
            "Data" => {
                let at = CellAt { row: self.row, col: self.col };
                if let (Some((kind, text)), Some(sheet)) = (self.data.take(), &mut self.sheet)
                    && self.failed.is_none()
                {
                    self.failed = stream::push(sheet, &mut self.left, at, value(&kind, &text)).err();
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, data)) = &mut self.data {
            data.push_str(text);
        } else if self.in_visible
            && let Some(sheet) = &mut self.sheet
        {
            sheet.hidden |= text.trim() != "SheetVisible";
        }
    }
}

fn value<'t>(kind: &str, text: &'t str) -> Value<'t> {
    match kind {
        "Number" => text.trim().parse().map_or(Value::Text(text), Value::Number),
        "DateTime" => stream::iso_value(text).unwrap_or(Value::Text(text)),
        "Boolean" => Value::Bool(text.trim() == "1"),
        "Error" => Value::Error(stream::error_of_word(text)),
        _ => Value::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_spans_and_kinds_are_those_of_the_document() {
        let text = r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
            xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="投诉"><Table>
            <Column ss:Index="2" ss:Hidden="1" ss:Width="54"/>
            <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">甲&amp;乙</Data></Cell><Cell><Data ss:Type="Number">3</Data></Cell></Row>
            <Row ss:Index="5" ss:Hidden="1"><Cell ss:Index="3"><Data ss:Type="DateTime">2025-03-05T14:30:00.000</Data>
            <Comment><Data>不是数据</Data></Comment></Cell></Row></Table>
            <WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"#;
        let sheets = read(text, &Budget::default()).unwrap_or_default();
        let sheet = sheets[0].as_ref().unwrap_or_else(|(_, why)| panic!("{why}"));
        let cells: Vec<String> = sheet
            .rows()
            .flat_map(|row| {
                let written = row.cells().map(|(col, value)| format!("{}/{col} {}", row.number, value.written()));
                written.collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(cells, ["0/0 甲&乙", "0/2 3", "4/2 2025-03-05 14:30:00"]);
        assert_eq!((sheet.hidden_rows.first(), sheet.hidden_cols.first()), (Some(&(4..5)), Some(&(1..2))));
        assert_eq!((sheet.merges.len(), sheet.hidden, sheet.widths[0].1), (1, true, 9.57));
    }
}
