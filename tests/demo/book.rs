//! Sheets to files: workbooks with the same bytes each time, and two kinds of CSV.

use std::error::Error;
use std::fs;
use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as CellFormat, FormatAlign, FormatBorder, Workbook, Worksheet,
};

use crate::clock::{at, day};
use crate::sheet::{Cell, File, Format, Sheet};

/// Formats of one workbook.
struct Looks {
    plain: CellFormat,
    title: CellFormat,
    moment: CellFormat,
    han_moment: CellFormat,
    date: CellFormat,
}

impl Looks {
    fn new() -> Self {
        let plain = CellFormat::new().set_font_name("宋体").set_border(FormatBorder::Thin);
        let centred = plain.clone().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Self {
            moment: plain.clone().set_num_format("yyyy-mm-dd hh:mm"),
            han_moment: plain.clone().set_num_format("yyyy\"年\"m\"月\"d\"日\" hh:mm"),
            date: plain.clone().set_num_format("yyyy-mm-dd"),
            title: centred.set_bold().set_text_wrap(),
            plain,
        }
    }
}

/// Writes a file below `out`; what is to be converted goes to `source` instead, and nowhere without it.
pub(crate) fn write(file: &File, out: &Path, source: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let path = out.join(&file.path);
    let bytes = match file.format {
        Format::Xlsx => workbook(&file.sheets)?,
        Format::Gb18030 => {
            let text = csv_text(&file.sheets[0], "\r\n")?;
            let (bytes, _, lossy) = encoding_rs::GB18030.encode(&text);
            if lossy {
                return Err(format!("{}: not all of it fits GB18030", file.path).into());
            }
            bytes.into_owned()
        }
        Format::Utf8Bom => format!("\u{feff}{}", csv_text(&file.sheets[0], "\n")?).into_bytes(),
        Format::Converted => {
            if let Some(source) = source {
                let stem = path.file_stem().ok_or("a file without a name")?;
                fs::create_dir_all(source)?;
                fs::write(source.join(stem).with_extension("xlsx"), workbook(&file.sheets)?)?;
            }
            return Ok(());
        }
    };
    fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
    fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(())
}

/// A workbook, dated so that two runs give the same bytes.
fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, Box<dyn Error>> {
    let looks = Looks::new();
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 1, 5)?.and_hms(9, 0, 0)?;
    book.set_properties(&DocProperties::new().set_author("服务中心").set_creation_datetime(&created));
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        fill(page, sheet, &looks)?;
    }
    Ok(book.save_to_buffer()?)
}

/// Puts the cells of a sheet in place.
fn fill(page: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), Box<dyn Error>> {
    for &(top, left, bottom, right) in &sheet.merges {
        page.merge_range(row(top)?, column(left)?, row(bottom)?, column(right)?, "", &looks.title)?;
    }
    for (index, cells) in sheet.rows.iter().enumerate() {
        for (position, cell) in cells.iter().enumerate() {
            let (at_row, at_column) = (row(index)?, column(position)?);
            let merged = sheet.merges.iter().any(|&(top, left, ..)| (top, left) == (index, position));
            let plain = if merged { &looks.title } else { &looks.plain };
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => page.write_string_with_format(at_row, at_column, text, plain)?,
                Cell::Number(number) => page.write_number_with_format(at_row, at_column, *number, plain)?,
                Cell::Moment(moment) => {
                    page.write_number_with_format(at_row, at_column, serial(*moment), &looks.moment)?
                }
                Cell::HanMoment(moment) => {
                    page.write_number_with_format(at_row, at_column, serial(*moment), &looks.han_moment)?
                }
                Cell::Date(date) => page.write_number_with_format(at_row, at_column, day_serial(*date), &looks.date)?,
            };
        }
    }
    for position in 0..sheet.width() {
        page.set_column_width(column(position)?, column_width(sheet, position))?;
    }
    Ok(())
}

fn row(index: usize) -> Result<u32, Box<dyn Error>> {
    Ok(u32::try_from(index)?)
}

fn column(index: usize) -> Result<u16, Box<dyn Error>> {
    Ok(u16::try_from(index)?)
}

/// Days since 1899-12-30, as Excel counts after February 1900.
fn day_serial(date: NaiveDate) -> f64 {
    let days = (date - day(1899, 12, 30)).num_days();
    f64::from(i32::try_from(days).unwrap_or(0))
}

/// The same with the time of day as a fraction.
fn serial(moment: NaiveDateTime) -> f64 {
    let minutes = (moment - at(1899, 12, 30, 0, 0)).num_minutes();
    f64::from(i32::try_from(minutes).unwrap_or(0)) / 1440.0
}

/// A width that shows most of the column; banners do not count.
fn column_width(sheet: &Sheet, position: usize) -> f64 {
    let longest = sheet
        .rows
        .iter()
        .filter(|cells| cells.len() > 1)
        .filter_map(|cells| cells.get(position))
        .map(|cell| match cell {
            Cell::Text(text) => text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum(),
            Cell::Empty => 0,
            Cell::Number(_) | Cell::Date(_) => 11,
            Cell::Moment(_) => 16,
            Cell::HanMoment(_) => 20,
        })
        .max()
        .unwrap_or(0);
    f64::from(u32::try_from(longest).unwrap_or(0)).clamp(5.0, 42.0) + 1.5
}

/// The sheet as CSV; an empty row keeps its commas, as spreadsheets write it.
fn csv_text(sheet: &Sheet, line_end: &str) -> Result<String, Box<dyn Error>> {
    let terminator = if line_end == "\n" { csv::Terminator::Any(b'\n') } else { csv::Terminator::CRLF };
    let mut writer = csv::WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
    let width = sheet.width();
    for cells in &sheet.rows {
        let mut fields: Vec<String> = cells.iter().map(plain_text).collect();
        fields.resize(width, String::new());
        writer.write_record(&fields)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// A cell as text.
fn plain_text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Moment(moment) => moment.format("%Y/%-m/%-d %-H:%M").to_string(),
        Cell::HanMoment(moment) => moment.format("%Y年%-m月%-d日 %-H:%M").to_string(),
        Cell::Date(date) => date.format("%Y/%-m/%-d").to_string(),
    }
}
