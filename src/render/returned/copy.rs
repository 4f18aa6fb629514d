//! A sheet as it was read, with what is to be mended filled and commented.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Note, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::looks::{Looks, height, lines, serial};
use super::{ABOVE_EXCERPT, MOST, ReturnedSheet, both, by_cell, rows_of_excerpt};
use crate::origin::{CellAt, CellRange};
use crate::problem::{Language, Problem};
use crate::read::sheet::{Row, Sheet, Value};
use crate::recognise::marks;

/// Last column of the format.
const LAST_COL: u32 = 16_383;
/// Longest text of a cell, in UTF-16 units.
const LONGEST: usize = 32_767;
/// Cells of merged ranges that are written for one sheet: a range over whole columns is cut to what the sheet holds first.
const MOST_MERGED: u64 = 200_000;
/// Rows from which widths are taken where the file tells none.
const SAMPLE: usize = 200;

pub(super) fn write(
    page: &mut Worksheet,
    returned: &ReturnedSheet<'_>,
    language: Language,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let faults = by_cell(returned);
    if returned.is_excerpt() {
        return excerpt(page, returned, &faults, language, looks);
    }
    let merged = merges(page, returned.sheet, &faults, looks)?;
    let widths = widths(returned.sheet);
    for row in returned.sheet.rows() {
        cells(page, &row, row.number, 0, &faults, &merged, looks)?;
        set_height(page, &row, row.number, &widths, &merged)?;
    }
    let blank = faults.keys().filter(|at| at.col <= LAST_COL && !merged.contains(at) && !holds(returned.sheet, **at));
    for at in blank {
        page.write_blank(at.row, column(at.col), looks.empty(true))?;
    }
    comments(page, &faults, language, |at| Some(at))?;
    let mut total = 0.0;
    for (col, width) in widths {
        page.set_column_width(column(col), width)?;
        total += width;
    }
    page.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if total > PORTRAIT {
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
    merged: &BTreeSet<CellAt>,
) -> Result<(), XlsxError> {
    let lines = row.cells().filter_map(|(col, value)| match value {
        Value::Text(text) if !merged.contains(&CellAt { row: row.number, col }) => {
            Some(lines(text, widths.get(&col).copied()?))
        }
        _ => None,
    });
    match lines.max() {
        Some(lines) if lines > 1 => page.set_row_height(to, height(lines)).map(|_| ()),
        _ => Ok(()),
    }
}

/// Header rows and faulty rows, each with its row number in front.
fn excerpt(
    page: &mut Worksheet,
    returned: &ReturnedSheet<'_>,
    faults: &BTreeMap<CellAt, Vec<&Problem>>,
    language: Language,
    looks: &Looks,
) -> Result<(), XlsxError> {
    page.write_string_with_format(0, 0, marks::EXCERPT, &looks.mark)?;
    let shown = rows_of_excerpt(returned);
    let place = |row: u32| Some(u32::try_from(shown.binary_search(&row).ok()?).ok()? + ABOVE_EXCERPT);
    let none = BTreeSet::new();
    let widths = widths(returned.sheet);
    for row in returned.sheet.rows() {
        let Some(at) = place(row.number) else { continue };
        set_height(page, &row, at, &widths, &none)?;
        page.write_number_with_format(at, 0, row.number + 1, looks.of(Value::Number(0.0), false, false))?;
        cells(page, &row, at, 1, faults, &none, looks)?;
    }
    for at in faults.keys().filter(|at| !holds(returned.sheet, **at) && at.col < LAST_COL) {
        if let Some(row) = place(at.row) {
            page.write_blank(row, column(at.col + 1), looks.empty(true))?;
        }
    }
    comments(page, faults, language, |at| Some(CellAt { row: place(at.row)?, col: at.col + 1 }))?;
    for (col, width) in widths {
        if col < LAST_COL {
            page.set_column_width(column(col + 1), width)?;
        }
    }
    Ok(())
}

fn column(col: u32) -> u16 {
    u16::try_from(col.min(LAST_COL)).unwrap_or(u16::MAX)
}

fn holds(sheet: &Sheet, at: CellAt) -> bool {
    row_of(sheet, at.row).is_some_and(|row| row.get(at.col).is_some())
}

fn row_of(sheet: &Sheet, number: u32) -> Option<Row<'_>> {
    let (mut low, mut high) = (0, sheet.filled_rows());
    while low < high {
        let middle = usize::midpoint(low, high);
        let row = sheet.at(middle);
        match row.number.cmp(&number) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Some(row),
        }
    }
    None
}

/// Merges what was merged, as far as the sheet reaches; the first cells of the ranges.
fn merges(
    page: &mut Worksheet,
    sheet: &Sheet,
    faults: &BTreeMap<CellAt, Vec<&Problem>>,
    looks: &Looks,
) -> Result<BTreeSet<CellAt>, XlsxError> {
    let mut firsts = BTreeSet::new();
    let Some(last_row) = sheet.filled_rows().checked_sub(1).map(|place| sheet.at(place).number) else {
        return Ok(firsts);
    };
    let last_col = sheet.rows().filter_map(|row| row.cells().last()).map(|(col, _)| col).max().unwrap_or(0);
    let mut left = MOST_MERGED;
    let mut taken: Vec<CellRange> = Vec::new();
    for range in &sheet.merges {
        let (first, last) =
            (range.first, CellAt { row: range.last.row.min(last_row), col: range.last.col.min(last_col) });
        if first.row > last.row || first.col > last.col || first == last || last.col > LAST_COL {
            continue;
        }
        let area = u64::from(last.row - first.row + 1) * u64::from(last.col - first.col + 1);
        let overlaps = |other: &CellRange| {
            first.row <= other.last.row
                && other.first.row <= last.row
                && first.col <= other.last.col
                && other.first.col <= last.col
        };
        if area > left || taken.iter().any(overlaps) {
            continue;
        }
        left -= area;
        let format = looks.empty(faults.contains_key(&first));
        page.merge_range(first.row, column(first.col), last.row, column(last.col), "", format)?;
        taken.push(CellRange { first, last });
        firsts.insert(first);
    }
    Ok(firsts)
}

/// Writes the cells of a row at a row of the workbook, shifted by columns.
fn cells(
    page: &mut Worksheet,
    row: &Row<'_>,
    to: u32,
    shift: u32,
    faults: &BTreeMap<CellAt, Vec<&Problem>>,
    merged: &BTreeSet<CellAt>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    for (col, value) in row.cells() {
        // Text files can be wider than a workbook.
        if col + shift > LAST_COL {
            break;
        }
        let at = CellAt { row: row.number, col };
        let format = looks.of(value, faults.contains_key(&at), merged.contains(&at));
        let col = column(col + shift);
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
fn comments(
    page: &mut Worksheet,
    faults: &BTreeMap<CellAt, Vec<&Problem>>,
    language: Language,
    place: impl Fn(CellAt) -> Option<CellAt>,
) -> Result<(), XlsxError> {
    for (at, problems) in faults.iter().take(MOST) {
        let Some(at) = place(*at).filter(|at| at.col <= LAST_COL) else { continue };
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

/// Widths of the columns, in characters, from what they hold.
fn widths(sheet: &Sheet) -> BTreeMap<u32, f64> {
    let mut widest: BTreeMap<u32, usize> = BTreeMap::new();
    for row in sheet.rows().take(SAMPLE).filter(|row| row.filled() > 1) {
        for (col, value) in row.cells() {
            let spread = sheet
                .merges
                .iter()
                .any(|range| range.first.col < range.last.col && range.contains(CellAt { row: row.number, col }));
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
    widest
        .into_iter()
        .map(|(col, width)| (col, (f64::from(u32::try_from(width.min(99)).unwrap_or(99)) * 1.1 + 2.0).clamp(6.0, 42.0)))
        .collect()
}
