//! An expected table and a found one, compared in the columns that the expected one names.

use std::path::Path;

use manyi::records::directory::id_of_name;
use unicode_width::UnicodeWidthStr;

use super::described::Format;

/// A table of texts.
#[derive(Default)]
pub(super) struct Grid {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Grid {
    pub(super) fn read(path: &Path) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut rows = reader.records().map(|record| {
            let record = record.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            record.iter().map(str::to_owned).collect::<Vec<_>>()
        });
        Self { columns: rows.next().unwrap_or_default(), rows: rows.collect() }
    }

    /// Adds the records of a kind; a column that other kinds lack is blank for them.
    pub(super) fn append(&mut self, kind: &str, more: &Self) {
        for column in ["kind"].into_iter().chain(more.columns.iter().map(String::as_str)) {
            if !self.columns.iter().any(|known| known == column) {
                self.columns.push(column.to_owned());
            }
        }
        let places: Vec<_> = self.columns.iter().map(|column| more.columns.iter().position(|c| c == column)).collect();
        for row in &more.rows {
            let cells = places.iter().enumerate().map(|(at, place)| match place {
                Some(place) => row[*place].clone(),
                None if self.columns[at] == "kind" => kind.to_owned(),
                None => String::new(),
            });
            self.rows.push(cells.collect());
        }
        for row in &mut self.rows {
            row.resize(self.columns.len(), String::new());
        }
    }

    /// The rows in some columns; `?` stands in a column that is not there.
    fn rows_in(&self, columns: &[String]) -> Vec<Vec<String>> {
        let places: Vec<_> =
            columns.iter().map(|column| self.columns.iter().position(|known| known == column)).collect();
        let cell = |row: &[String], place: &Option<usize>| place.map_or_else(|| "?".to_owned(), |at| minute(&row[at]));
        self.rows.iter().map(|row| places.iter().map(|place| cell(row, place)).collect()).collect()
    }
}

/// A moment without its seconds where they are nought: `2025-03-05 14:30`.
fn minute(text: &str) -> String {
    match text.strip_suffix(":00") {
        Some(rest) if rest.len() == 16 && rest.as_bytes()[10] == b' ' => rest.to_owned(),
        _ => text.to_owned(),
    }
}

/// What differs, in words; `None` where nothing does. The order of problems does not matter.
pub(super) fn difference(path: &Path, found: &Grid, format: Format, sorted: bool) -> Option<String> {
    let expected = Grid::read(path);
    let columns = expected.columns.clone();
    let mut expected: Vec<Vec<String>> = expected.rows.into_iter().map(|row| as_sent(&columns, row, format)).collect();
    let mut found = found.rows_in(&columns);
    if sorted {
        expected.sort();
        found.sort();
    }
    let names: std::collections::BTreeMap<String, String> = expected
        .iter()
        .flat_map(|row| columns.iter().zip(row))
        .filter(|(column, _)| ["community", "department"].contains(&column.as_str()))
        .map(|(_, name)| (id_of_name(name).to_string(), name.clone()))
        .collect();
    // Who stands on no list has the hash of the name for an id.
    for cell in found.iter_mut().flatten() {
        if let Some(name) = names.get(cell) {
            cell.clone_from(name);
        }
    }
    (expected != found)
        .then(|| format!("{} (as {})\n{}", path.display(), format.word(), aligned(&columns, &expected, &found)))
}

/// The expected row as the format would have it: other endings of files, no names of sheets.
fn as_sent(columns: &[String], row: Vec<String>, format: Format) -> Vec<String> {
    let cells = columns.iter().zip(row).map(|(column, cell)| match column.as_str() {
        "file" => format.name_of(&cell),
        "sheet" if !format.names_sheets() => String::new(),
        _ => cell,
    });
    cells.collect()
}

/// Both tables line by line: `-` was expected and is missing, `+` was found and not expected.
fn aligned(columns: &[String], expected: &[Vec<String>], found: &[Vec<String>]) -> String {
    let rows = || std::iter::once(columns).chain(expected.iter().chain(found).map(Vec::as_slice));
    let widths: Vec<usize> =
        (0..columns.len()).map(|at| rows().map(|row| row[at].width()).max().unwrap_or(0)).collect();
    let line = |mark: char, row: &[String]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
        format!("{mark} {}", cells.collect::<Vec<_>>().join(" | ").trim_end()).replace('\n', "⏎")
    };
    let mut lines = vec![line(' ', columns)];
    let common = common_rows(expected, found);
    let (mut left, mut right) = (0, 0);
    for (at, with) in common.into_iter().chain([(expected.len(), found.len())]) {
        lines.extend(expected[left..at].iter().map(|row| line('-', row)));
        lines.extend(found[right..with].iter().map(|row| line('+', row)));
        lines.extend(expected.get(at).map(|row| line(' ', row)));
        (left, right) = (at + 1, with + 1);
    }
    lines.join("\n")
}

/// The longest run of rows that both have, in order.
fn common_rows(left: &[Vec<String>], right: &[Vec<String>]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_usize; right.len() + 1]; left.len() + 1];
    for at in (0..left.len()).rev() {
        for with in (0..right.len()).rev() {
            longest[at][with] = if left[at] == right[with] {
                longest[at + 1][with + 1] + 1
            } else {
                longest[at + 1][with].max(longest[at][with + 1])
            };
        }
    }
    let (mut at, mut with, mut common) = (0, 0, Vec::new());
    while at < left.len() && with < right.len() {
        if left[at] == right[with] {
            common.push((at, with));
            (at, with) = (at + 1, with + 1);
        } else if longest[at + 1][with] >= longest[at][with + 1] {
            at += 1;
        } else {
            with += 1;
        }
    }
    common
}
