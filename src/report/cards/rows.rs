//! The rows behind a figure, put together by sheet: as ranges, and one by one.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::rc::Rc;

use serde::Serialize;

use super::super::ReportInput;
use super::super::format;
use super::super::lens::amount_text;
use super::cells::{SheetCells, Told};
use super::{RANGES, SHEETS};
use crate::metrics::behind::{Part, Row, RowRange, Rows};
use crate::origin::{SourceId, column_letters};

/// The rows that do the same in a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct PartView {
    /// What they do, how many there are and what they add together.
    title: String,
    /// Each sheet with its rows and columns.
    sheets: Vec<SheetRows>,
    /// What is told of sheets by number alone.
    more: String,
    /// Heading of the rows that are told one by one; empty where none is.
    listed: String,
    /// These rows by sheet.
    lists: Vec<SheetRows>,
}

/// Rows of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct SheetRows {
    sheet: String,
    /// Ranges, or a line for each row.
    rows: String,
}

impl PartView {
    /// How much of a page it takes, roughly.
    pub(super) fn weight(&self) -> usize {
        let of = |sheet: &SheetRows| sheet.sheet.len() + sheet.rows.len() + 60;
        let sheets: usize = self.sheets.iter().chain(&self.lists).map(of).sum();
        self.title.len() + self.more.len() + self.listed.len() + sheets + 120
    }
}

/// A part; none where nothing was left out for its reason.
pub(super) fn part(cells: &SheetCells<'_>, (id, metric): (&str, &str), rows: &Rows) -> Option<PartView> {
    if rows.count() == 0 && matches!(rows.part, Part::Excluded(_)) {
        return None;
    }
    let words = cells.input.words;
    let name = match &rows.part {
        Part::Excluded(reason) => words.say("card_part.excluded", &[("reason", &words.reason(metric, reason))]),
        part => words.code("card_part", &part.code()),
    };
    let count = number(rows.count());
    let sum = rows.amounts.map(|(unit, divisor)| amount_text(words, unit, amount(rows.sum()) / divisor));
    let title = match sum {
        Some(sum) => words.number("card.rows_sum", count, &[("part", &name), ("sum", &sum)]),
        None => words.number("card.rows", count, &[("part", &name)]),
    };
    let (sheets, untold) = sheets(cells, rows);
    let more = if untold.1 > 0 {
        let (n, sheets) = (format::count(number(untold.1)), format::count(number(untold.0)));
        words.say("card.further", &[("n", &n), ("sheets", &sheets), ("id", id)])
    } else {
        String::new()
    };
    let shown = number(rows.list.len());
    let listed = match rows.list.len() {
        0 => String::new(),
        all if all == rows.count() => words.number("card.listed", shown, &[]),
        _ => words.number("card.listed_some", shown, &[]),
    };
    Some(PartView { title, sheets, more, listed, lists: lists(cells, rows) })
}

/// Each sheet with the ranges of its rows and the columns that count; and sheets, and rows in them, that are told by number alone.
fn sheets(cells: &SheetCells<'_>, rows: &Rows) -> (Vec<SheetRows>, (usize, usize)) {
    let words = cells.input.words;
    let mut told: Vec<SheetRows> = Vec::new();
    let mut untold = rows.further.untold;
    let ranges = ranges(rows);
    for of_sheet in ranges.chunk_by(|a, b| a.source == b.source) {
        let Some(first) = of_sheet.first() else { continue };
        if told.len() == SHEETS {
            untold.0 += 1;
            untold.1 += of_sheet.iter().map(|range| range.count).sum::<usize>();
            continue;
        }
        let texts: Vec<String> = of_sheet.iter().map(|range| range_text(cells.input, range)).collect();
        let rows_text = words.list(&texts);
        let columns: BTreeSet<u32> = columns(cells, rows, first.source);
        let letters: Vec<String> = columns.into_iter().map(column_letters).collect();
        let text = if letters.is_empty() {
            rows_text
        } else {
            let columns = letters.join(&words.say("card.comma", &[]));
            words.number("card.cells", number(letters.len()), &[("rows", &rows_text), ("columns", &columns)])
        };
        told.push(SheetRows { sheet: cells.sheet_name(first.source).to_owned(), rows: text });
    }
    (told, untold)
}

/// Columns of a sheet in which cells of the rows listed stand.
fn columns(cells: &SheetCells<'_>, rows: &Rows, source: SourceId) -> BTreeSet<u32> {
    let of_sheet = rows.list.iter().filter(|row| row.at.source == source);
    let found = of_sheet.flat_map(|row| row.cells.iter().filter(|cell| cell.at.source == source));
    found.flat_map(|cell| cells.told(source, cell).columns.clone()).collect()
}

/// All rows as ranges, at most so many of a sheet; the last of them then takes in the rest.
fn ranges(rows: &Rows) -> Vec<RowRange> {
    let single = |source, row| RowRange { source, rows: (row, row), count: 1, is_loose: false };
    let all = rows.list.iter().map(|row| single(row.at.source, row.at.row)).chain(rows.further.ranges.iter().copied());
    let mut ranges: Vec<RowRange> = Vec::new();
    let mut of_sheet = 0;
    for next in all {
        match ranges.last_mut() {
            Some(last) if last.source == next.source => {
                let is_next = next.rows.0 <= last.rows.1.saturating_add(1);
                if is_next || of_sheet == RANGES {
                    last.is_loose |= next.is_loose || !is_next;
                    last.rows.1 = next.rows.1.max(last.rows.1);
                    last.count += next.count;
                    continue;
                }
                of_sheet += 1;
            }
            _ => of_sheet = 1,
        }
        ranges.push(next);
    }
    ranges
}

/// `第3–22行`; `第30–90行之间共12行` where rows in between are not meant.
fn range_text(input: &ReportInput<'_>, range: &RowRange) -> String {
    let words = input.words;
    let at = |row: u32| (u64::from(row) + 1).to_string();
    let (first, last) = (at(range.rows.0), at(range.rows.1));
    let text = if range.rows.0 == range.rows.1 {
        words.say("card.row", &[("n", &first)])
    } else {
        words.say("card.range", &[("first", &first), ("last", &last)])
    };
    let height = (range.rows.1 - range.rows.0) as usize + 1;
    match () {
        () if range.is_loose => {
            words.say("card.cells_loose", &[("rows", &text), ("n", &format::count(number(range.count)))])
        }
        // A tally stands for many.
        () if range.count > height => {
            format!("{text} {}", words.say("card.times", &[("n", &format::count(number(range.count)))]))
        }
        () => text,
    }
}

/// The rows that are told one by one, a line each, by sheet.
fn lists(cells: &SheetCells<'_>, rows: &Rows) -> Vec<SheetRows> {
    let mut lists: Vec<SheetRows> = Vec::new();
    let mut of_sheet: Option<SourceId> = None;
    let place = |row: &Row| (row.at.source, row.at.row);
    for same in rows.list.chunk_by(|a, b| place(a) == place(b)) {
        let Some(row) = same.first() else { continue };
        if of_sheet != Some(row.at.source) {
            of_sheet = Some(row.at.source);
            lists.push(SheetRows { sheet: cells.sheet_name(row.at.source).to_owned(), rows: String::new() });
        }
        let line = line(cells, rows, same);
        if let Some(list) = lists.last_mut() {
            if !list.rows.is_empty() {
                list.rows.push('\n');
            }
            list.rows.push_str(&line);
        }
    }
    lists
}

/// One row of a sheet: its number, what it adds, and its cells, each once.
fn line(cells: &SheetCells<'_>, rows: &Rows, same: &[Row]) -> String {
    let words = cells.input.words;
    let Some(first) = same.first() else { return String::new() };
    let mut line = words.say("card.row", &[("n", &(u64::from(first.at.row) + 1).to_string())]);
    if same.len() > 1 {
        let _ = write!(line, " {}", words.say("card.times", &[("n", &format::count(number(same.len())))]));
    }
    if let Some((unit, divisor)) = rows.amounts {
        let seen: i64 = same.iter().map(|row| row.amount).sum();
        let _ = write!(line, "  {}", amount_text(words, unit, amount(seen) / divisor));
    }
    let mut said: Vec<Rc<Told>> = Vec::new();
    for cell in same.iter().flat_map(|row| &row.cells) {
        let told = cells.told(first.at.source, cell);
        if !told.text.is_empty() && !said.iter().any(|said| said.text == told.text) {
            let _ = write!(line, "  {}", told.text);
            said.push(told);
        }
    }
    line
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[allow(clippy::cast_precision_loss, reason = "sums of a company's records stay far below 2^52")]
fn amount(sum: i64) -> f64 {
    sum as f64
}
