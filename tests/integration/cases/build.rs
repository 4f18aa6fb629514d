//! Described file → bytes in a format.

use std::fmt::Write;

use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook, Worksheet};
use toml::Value;
use toml::value::Datetime;

use super::described::{File, Format, Sheet};

/// The file in a format.
pub(super) fn bytes(file: &File, format: Format) -> Vec<u8> {
    match format {
        Format::Xlsx => workbook(file),
        Format::Csv => separated(only(file), b','),
        Format::Tsv => separated(only(file), b'\t'),
        Format::Gb18030 => {
            let text = String::from_utf8(separated(only(file), b',')).unwrap();
            let (bytes, _, has_lost) = encoding_rs::GB18030.encode(&text);
            assert!(!has_lost);
            bytes.into_owned()
        }
        Format::Html => html(only(file)).into_bytes(),
    }
}

fn only(file: &File) -> &Sheet {
    let [sheet] = file.sheets.as_slice() else { panic!("{} has several sheets: a workbook only", file.name) };
    sheet
}

fn workbook(file: &File) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let shown = file.sheets.iter().position(|sheet| !sheet.hidden);
    for (place, described) in file.sheets.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&described.name).unwrap().set_hidden(described.hidden);
        // The sheet on top cannot be hidden.
        sheet.set_active(shown == Some(place));
        for merge in &described.merges {
            let (first, last) = merge.split_once(':').unwrap();
            let ((row, col), (last_row, last_col)) = (at(first), at(last));
            sheet.merge_range(row, col, last_row, last_col, "", &CellFormat::new()).unwrap();
        }
        for row in &described.hidden_rows {
            sheet.set_row_hidden(row - 1).unwrap();
        }
        for letters in &described.hidden_columns {
            sheet.set_column_hidden(at(&format!("{letters}1")).1).unwrap();
        }
        for (row, cells) in (0..).zip(&described.rows) {
            for (col, cell) in (0..).zip(cells) {
                write_cell(sheet, row, col, cell);
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn write_cell(sheet: &mut Worksheet, row: u32, col: u16, cell: &Value) {
    match cell {
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => _ = sheet.write_string(row, col, text).unwrap(),
        #[allow(clippy::cast_precision_loss, reason = "numbers of a sheet are small")]
        Value::Integer(number) => _ = sheet.write_number(row, col, *number as f64).unwrap(),
        Value::Float(number) => _ = sheet.write_number(row, col, *number).unwrap(),
        Value::Boolean(yes) => _ = sheet.write_boolean(row, col, *yes).unwrap(),
        Value::Datetime(moment) => {
            let shown = CellFormat::new().set_num_format(match (moment.date, moment.time) {
                (Some(_), Some(_)) => "yyyy-mm-dd hh:mm",
                (Some(_), None) => "yyyy-mm-dd",
                _ => "hh:mm",
            });
            sheet.write_datetime_with_format(row, col, excel_moment(moment), &shown).unwrap();
        }
        other => panic!("{other} is no cell"),
    }
}

fn excel_moment(moment: &Datetime) -> ExcelDateTime {
    let (hour, minute) = moment.time.map_or((0, 0), |time| (time.hour, time.minute));
    match moment.date {
        Some(date) => ExcelDateTime::from_ymd(date.year, date.month, date.day)
            .unwrap()
            .and_hms(u16::from(hour), minute, 0)
            .unwrap(),
        None => ExcelDateTime::from_hms(u16::from(hour), minute, 0).unwrap(),
    }
}

/// Row and column of `B3`.
fn at(cell: &str) -> (u32, u16) {
    let digits = cell.find(|c: char| c.is_ascii_digit()).unwrap();
    let col = cell[..digits].bytes().fold(0, |sum, byte| sum * 26 + u16::from(byte - b'A') + 1);
    (cell[digits..].parse::<u32>().unwrap() - 1, col - 1)
}

/// A cell as people print it.
fn printed(cell: &Value) -> String {
    match cell {
        Value::String(text) => text.clone(),
        Value::Boolean(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Datetime(moment) => {
            let date = moment.date.map(|date| date.to_string());
            let time = moment.time.map(|time| format!("{:02}:{:02}", time.hour, time.minute));
            date.into_iter().chain(time).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

fn separated(sheet: &Sheet, separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(separator).from_writer(Vec::new());
    for cells in &sheet.rows {
        writer.write_record(cells.iter().map(printed)).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A table with spans where cells are merged, as systems export it.
fn html(sheet: &Sheet) -> String {
    let merges: Vec<_> = sheet.merges.iter().map(|merge| merge.split_once(':').unwrap()).collect();
    let merges: Vec<_> = merges.into_iter().map(|(first, last)| (at(first), at(last))).collect();
    let mut text = "<html><head><meta charset=\"utf-8\"></head><body><table border=\"1\">\n".to_owned();
    for (row, cells) in (0..).zip(&sheet.rows) {
        text.push_str("<tr>");
        for (col, cell) in (0..).zip(cells) {
            let around = merges.iter().find(|((top, left), (bottom, right))| {
                (*top..=*bottom).contains(&row) && (*left..=*right).contains(&col)
            });
            let spans = match around {
                Some(((top, left), (bottom, right))) if (*top, *left) == (row, col) => {
                    format!(" rowspan=\"{}\" colspan=\"{}\"", bottom - top + 1, right - left + 1)
                }
                Some(_) => continue,
                None => String::new(),
            };
            let shown = printed(cell).replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
            write!(text, "<td{spans}>{shown}</td>").unwrap();
        }
        text.push_str("</tr>\n");
    }
    text + "</table></body></html>\n"
}
