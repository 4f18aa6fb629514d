//! A sheet as it was read, with what is to be mended filled and commented.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Note, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::looks::{Looks, height, lines, serial};
use super::merges::Merges;
use super::{MOST, Placed, both};
use crate::origin::CellAt;
use crate::problem::{Language, Problem};
use crate::read::sheet::{Row, Sheet, Value};
use crate::recognise::marks;

/// Last column of the format.
const LAST_COL: u32 = 16_383;
/// Longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;
/// Rows from which widths are taken where the file tells none.
const SAMPLE: usize = 200;

pub(super) fn write(
    page: &mut Worksheet,
    placed: &Placed<'_, '_>,
    language: Language,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let sheet = placed.returned.sheet;
    let widths = widths(sheet, &placed.merges);
    if placed.excerpt.is_some() {
        page.write_string_with_format(0, 0, marks::EXCERPT, &looks.mark)?;
    }
    for range in placed.merges.ranges.iter().filter(|range| range.last.col <= LAST_COL) {
        let format = looks.empty(placed.faults.contains_key(&range.first));
        let (first, last) = (range.first, range.last);
        page.merge_range(first.row, column(first.col), last.row, column(last.col), "", format)?;
    }
    for row in sheet.rows() {
        let Some(to) = placed.place(CellAt { row: row.number, col: 0 }) else { continue };
        if placed.excerpt.is_some() {
            page.write_number_with_format(to.row, 0, row.number + 1, looks.of(Value::Number(0.0), false, false))?;
        }
        cells(page, &row, to, placed, looks)?;
        set_height(page, &row, to.row, &widths, &placed.merges)?;
    }
    for at in placed.faults.keys().filter(|at| !placed.merges.begins_at(**at) && !holds(sheet, **at)) {
        if let Some(to) = placed.place(*at).filter(|to| to.col <= LAST_COL) {
            page.write_blank(to.row, column(to.col), looks.empty(true))?;
        }
    }
    comments(page, placed, language)?;
    let shift = u32::from(placed.excerpt.is_some());
    for (col, width) in widths.iter().filter(|(col, _)| **col + shift <= LAST_COL) {
        page.set_column_width(column(col + shift), *width)?;
    }
    page.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if widths.values().sum::<f64>() > PORTRAIT {
        page.set_landscape();
    }
    Ok(())
}

/// Characters that an upright page of A4 holds.
const PORTRAIT: f64 = 90.0;

/// A row is as high as its longest text needs; merged texts have room of their own.
fn set_height(
    page: &mut Worksheet,
    row: &Row<'_>,
    to: u32,
    widths: &BTreeMap<u32, f64>,
    merges: &Merges,
) -> Result<(), XlsxError> {
    let lines = row.cells().filter_map(|(col, value)| match value {
        Value::Text(text) if merges.around(CellAt { row: row.number, col }).is_none() => {
            Some(lines(text, widths.get(&col).copied()?))
        }
        _ => None,
    });
    match lines.max() {
        Some(lines) if lines > 1 => page.set_row_height(to, height(lines)).map(|_| ()),
        _ => Ok(()),
    }
}

fn column(col: u32) -> u16 {
    u16::try_from(col.min(LAST_COL)).unwrap_or(u16::MAX)
}

fn holds(sheet: &Sheet, at: CellAt) -> bool {
    sheet.numbered(at.row).is_some_and(|row| row.get(at.col).is_some())
}

/// Writes the cells of a row from a cell of the workbook on.
fn cells(
    page: &mut Worksheet,
    row: &Row<'_>,
    to: CellAt,
    placed: &Placed<'_, '_>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    for (col, value) in row.cells() {
        // Text files can be wider than a workbook.
        if col + to.col > LAST_COL {
            break;
        }
        let at = CellAt { row: row.number, col };
        let format = looks.of(value, placed.faults.contains_key(&at), placed.merges.begins_at(at));
        let (to, col) = (to.row, column(to.col + col));
        match value {
            Value::Text(text) => page.write_string_with_format(to, col, cut(text), format)?,
            Value::Number(number) if number.is_finite() => page.write_number_with_format(to, col, number, format)?,
            Value::Bool(yes) => page.write_boolean_with_format(to, col, yes, format)?,
            Value::Moment(moment) => match serial(moment) {
                Some(serial) => page.write_number_with_format(to, col, serial, format)?,
                None => page.write_string_with_format(to, col, value.written(), format)?,
            },
            Value::Error(error) => page.write_string_with_format(to, col, error, format)?,
            Value::Number(_) => page.write_string_with_format(to, col, value.written(), format)?,
        };
    }
    Ok(())
}

/// A text as long as a cell can hold.
fn cut(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let mut units = 0;
    text.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= LONGEST
        })
        .collect()
}

/// A comment at each faulty cell.
fn comments(page: &mut Worksheet, placed: &Placed<'_, '_>, language: Language) -> Result<(), XlsxError> {
    for (at, problems) in placed.faults.iter().take(MOST) {
        let Some(at) = placed.place(*at).filter(|at| at.col <= LAST_COL) else { continue };
        let text = comment(problems, language);
        let lines: usize = text.lines().map(|line| 1 + line.width() / 34).sum();
        let height = u32::try_from(lines.min(20)).unwrap_or(20) * 17 + 8;
        let note = Note::new(text).add_author_prefix(false).set_author("manyi").set_width(260).set_height(height);
        page.insert_note(at.row, column(at.col), &note)?;
    }
    Ok(())
}

/// Problems of one cell that a comment spells out; several are rare.
const SPELT_OUT: usize = 5;

fn comment(problems: &[&Problem], language: Language) -> String {
    let mut codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    codes.dedup();
    let texts = codes.iter().take(SPELT_OUT).map(|code| {
        let wording = code.wording();
        let zh = format!("{}。应为：{}", wording.title.zh, wording.expected.zh);
        let en = format!("{}. Expected: {}", wording.title.en, wording.expected.en);
        both(language, &zh, &en, "\n")
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// Widths of the columns, in characters: as the file tells them, else from what they hold.
fn widths(sheet: &Sheet, merges: &Merges) -> BTreeMap<u32, f64> {
    let mut widest: BTreeMap<u32, usize> = BTreeMap::new();
    for row in sheet.rows().take(SAMPLE).filter(|row| row.filled() > 1) {
        for (col, value) in row.cells() {
            let around = merges.around(CellAt { row: row.number, col });
            let spread = around.is_some_and(|range| range.first.col < range.last.col);
            if !spread && col <= LAST_COL {
                let width = match value {
                    Value::Text(text) => text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0),
                    other => other.written().width(),
                };
                let known = widest.entry(col).or_default();
                *known = width.max(*known);
            }
        }
    }
    let told = |col: u32| {
        let width = sheet.widths.iter().find(|(cols, _)| cols.contains(&col)).map(|(_, width)| *width);
        width.filter(|width| (1.0..=255.0).contains(width))
    };
    let held = |width: usize| (f64::from(u32::try_from(width.min(99)).unwrap_or(99)) * 1.1 + 2.0).clamp(6.0, 42.0);
    widest.into_iter().map(|(col, width)| (col, told(col).unwrap_or_else(|| held(width)))).collect()
}
