//! HTML tables, which many business systems write under the name .xls: one sheet for each table.

use std::collections::BTreeMap;

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

use super::budget::Left;
use super::sheet::{Sheet, Value};
use super::{ReadError, SheetResult, stream};
use crate::config::Budget;
use crate::origin::{CellAt, CellRange};

/// Reads the tables of a page. Tables within a cell are text of that cell.
pub(super) fn read(text: &str, budget: &Budget) -> Result<Vec<SheetResult>, ReadError> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page { left: Left::of(budget), ..Page::default() };
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) => page.start(&tag),
            Token::EndTag(tag) => page.end(&tag.name),
            Token::String(text) => page.text(&String::from_utf8_lossy(&text)),
            Token::Comment(comment) => page.comment(&String::from_utf8_lossy(&comment)),
            _ => {}
        }
    }
    page.finish()
}

/// What is open while a page is read.
#[derive(Default)]
struct Page {
    sheets: Vec<SheetResult>,
    /// Names of the sheets, as Excel writes them into its pages.
    names: Vec<String>,
    table: Option<Table>,
    /// Tables open within one another.
    depth: u32,
    /// The element whose text is none of the page's.
    silent: Option<Vec<u8>>,
    has_frames: bool,
    left: Left,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    sheet: Sheet,
    row: u32,
    col: u32,
    is_in_row: bool,
    cell: Option<Cell>,
    /// Cells that reach down from rows above: first column → column after the last, row after the last.
    reaching: BTreeMap<u32, (u32, u32)>,
    failed: Option<String>,
}

struct Cell {
    text: String,
    cols: u32,
    rows: u32,
    /// A blank is owed before the next letter.
    gap: bool,
}

/// Most columns and rows that a cell spans, by the HTML standard.
const MOST_COLS: u32 = 1000;
const MOST_ROWS: u32 = 65_534;

impl Page {
    fn start(&mut self, tag: &StartTag<()>) {
        match tag.name.as_slice() {
            b"script" | b"style" | b"title" => self.silent = Some(tag.name.to_vec()),
            b"frameset" | b"frame" => self.has_frames = true,
            b"table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.table = Some(Table::default());
                } else {
                    self.break_line();
                }
            }
            b"tr" if self.depth > 1 => self.break_line(),
            b"td" | b"th" if self.depth > 1 => self.gap(),
            b"tr" => {
                if let Some(table) = &mut self.table {
                    table.end_row(&mut self.left);
                    table.is_in_row = true;
                    if attribute(tag, b"style").is_some_and(|style| style.replace(' ', "").contains("display:none")) {
                        table.sheet.hidden_rows.push(table.row..table.row + 1);
                    }
                }
            }
            b"td" | b"th" => {
                if let Some(table) = &mut self.table {
                    table.end_cell(&mut self.left);
                    table.is_in_row = true;
                    let span = |name: &[u8], most: u32| {
                        let told = attribute(tag, name).and_then(|text| text.trim().parse::<f64>().ok());
                        // A span of nothing, or of anything that is no number, is a span of one.
                        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
                        told.map_or(1, |told| told.clamp(1.0, f64::from(most)) as u32)
                    };
                    let (cols, rows) = (span(b"colspan", MOST_COLS), span(b"rowspan", MOST_ROWS));
                    table.cell = Some(Cell { text: String::new(), cols, rows, gap: false });
                }
            }
            b"br" => {
                if let Some(cell) = self.cell() {
                    cell.text.push('\n');
                    cell.gap = false;
                }
            }
            b"p" | b"div" | b"li" => self.break_line(),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
        }
        match name {
            b"table" if self.depth == 1 => {
                self.depth = 0;
                self.end_table();
            }
            b"table" => {
                self.depth = self.depth.saturating_sub(1);
                self.break_line();
            }
            _ if self.depth > 1 => {}
            b"tr" => {
                if let Some(table) = &mut self.table {
                    table.end_row(&mut self.left);
                }
            }
            b"td" | b"th" => {
                if let Some(table) = &mut self.table {
                    table.end_cell(&mut self.left);
                }
            }
            _ => {}
        }
    }

    fn end_table(&mut self) {
        if let Some(mut table) = self.table.take() {
            table.end_row(&mut self.left);
            self.sheets.push(match table.failed {
                Some(why) => Err((String::new(), why)),
                None => Ok(table.sheet),
            });
        }
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.table.as_mut()?.cell.as_mut()
    }

    /// A block begins on a line of its own.
    fn break_line(&mut self) {
        if let Some(cell) = self.cell().filter(|cell| !cell.text.is_empty() && !cell.text.ends_with('\n')) {
            cell.text.push('\n');
            cell.gap = false;
        }
    }

    fn gap(&mut self) {
        if let Some(cell) = self.cell() {
            cell.gap = true;
        }
    }

    /// Blanks and line ends of the page's source are one blank.
    fn text(&mut self, text: &str) {
        if self.silent.is_some() {
            return;
        }
        if let Some(cell) = self.cell() {
            for c in text.chars() {
                if matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{C}') {
                    cell.gap = true;
                } else {
                    if cell.gap && !cell.text.is_empty() && !cell.text.ends_with('\n') {
                        cell.text.push(' ');
                    }
                    cell.gap = false;
                    cell.text.push(c);
                }
            }
        }
    }

    /// Excel names the sheets of a page in a comment.
    fn comment(&mut self, text: &str) {
        for part in text.split("<x:Name>").skip(1) {
            if let Some((name, _)) = part.split_once("</x:Name>") {
                self.names.push(name.to_owned());
            }
        }
    }

    fn finish(mut self) -> Result<Vec<SheetResult>, ReadError> {
        self.end_table();
        if self.sheets.is_empty() {
            let why = if self.has_frames {
                "网页的数据在另外的文件夹里；请用 Excel 打开后另存为 .xlsx / a page whose data lie in a folder of its own"
            } else {
                "网页里没有表格 / a page without a table"
            };
            return Err(ReadError::Unsupported(format!("HTML：{why}")));
        }
        let many = self.sheets.len();
        for (place, sheet) in self.sheets.iter_mut().enumerate() {
            let name = match self.names.get(place).filter(|_| self.names.len() == many) {
                Some(name) => name.clone(),
                None if many > 1 => format!("表{}", place + 1),
                None => String::new(),
            };
            match sheet {
                Ok(sheet) => sheet.name = name,
                Err((own, _)) => *own = name,
            }
        }
        Ok(self.sheets)
    }
}

impl Table {
    fn end_cell(&mut self, left: &mut Left) {
        let Some(cell) = self.cell.take() else { return };
        let col = self.free_column();
        if self.failed.is_some() {
            return;
        }
        let (at, last) = (
            CellAt { row: self.row, col },
            CellAt {
                row: (self.row + cell.rows - 1).min(stream::LAST.row),
                col: (col + cell.cols - 1).min(stream::LAST.col),
            },
        );
        if cell.rows > 1 {
            self.reaching.insert(col, (last.col + 1, last.row + 1));
        }
        if !cell.text.trim().is_empty()
            && let Err(why) = stream::push(&mut self.sheet, left, at, Value::Text(cell.text.trim()))
        {
            self.failed = Some(why);
        }
        if last != at {
            self.sheet.merges.push(CellRange { first: at, last });
        }
        self.col = last.col + 1;
    }

    /// The next column that no cell of a row above reaches into.
    fn free_column(&mut self) -> u32 {
        while let Some((&first, &(after, until))) = self.reaching.range(..=self.col).next_back() {
            if until <= self.row {
                self.reaching.remove(&first);
            } else if after > self.col {
                self.col = after;
            } else {
                break;
            }
        }
        self.col
    }

    fn end_row(&mut self, left: &mut Left) {
        self.end_cell(left);
        if std::mem::take(&mut self.is_in_row) {
            self.row += 1;
            self.col = 0;
        }
    }
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let value = tag.attributes.iter().find(|(key, _)| key.as_slice() == name)?.1;
    Some(String::from_utf8_lossy(value).to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(text: &str) -> Vec<Sheet> {
        read(text, &Budget::default()).unwrap_or_default().into_iter().filter_map(Result::ok).collect()
    }

    fn row(sheet: &Sheet, place: usize) -> Vec<(u32, String)> {
        sheet.at(place).cells().map(|(col, value)| (col, value.written())).collect()
    }

    #[test]
    fn spans_become_merged_ranges_and_push_later_cells_aside() {
        let page = "<table><tr><td rowspan=2>号<td colspan=2>时间&nbsp;&amp;地点</tr><tr><th>接报<th>完成</table>";
        let sheets = sheets(page);
        assert_eq!(row(&sheets[0], 0), [(0, "号".to_owned()), (1, "时间\u{A0}&地点".to_owned())]);
        assert_eq!(row(&sheets[0], 1), [(1, "接报".to_owned()), (2, "完成".to_owned())]);
        let merges: Vec<String> = sheets[0].merges.iter().map(ToString::to_string).collect();
        assert_eq!(merges, ["A1:A2", "B1:C1"]);
    }

    #[test]
    fn tables_within_a_cell_are_its_text_and_other_tables_are_sheets() {
        let page =
            "<html><style>td{x:y}</style><table><tr><td>甲<br>乙<table><tr><td>丙<td>丁</table></td><td>戊</table>
            <table><tr style='display: none'><td>己</table>";
        let sheets = sheets(page);
        assert_eq!(row(&sheets[0], 0), [(0, "甲\n乙\n丙 丁".to_owned()), (1, "戊".to_owned())]);
        assert_eq!(sheets[1].name, "表2");
        assert_eq!(sheets[1].hidden_rows.first(), Some(&(0..1)));
    }

    #[test]
    fn a_span_of_a_billion_columns_costs_no_memory() {
        let row = "<tr><td colspan=1000000000 rowspan=4000000000>x</td></tr>";
        let page = format!("<table>{}</table>", row.repeat(50));
        let read = read(&page, &Budget::default()).unwrap_or_default();
        // Every row begins right of the one above: the columns run out, which costs the table.
        assert!(matches!(&read[0], Err((_, why)) if why.contains("越界")), "{read:?}");
    }

    #[test]
    fn a_page_without_a_table_is_refused_with_the_reason() {
        let refused = read("<html><frameset><frame src=sheet001.htm></html>", &Budget::default());
        assert!(matches!(refused, Err(ReadError::Unsupported(why)) if why.contains("另外的文件夹")));
    }
}
