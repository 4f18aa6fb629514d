//! Forms: one sheet for one case or respondent, labels with their values beside them.

use std::collections::{BTreeMap, BTreeSet};

use crate::normalise::label::{fold, tidy};
use crate::normalise::rating::Level;
use crate::origin::CellAt;
use crate::read::sheet::{Row, Sheet, Value};
use crate::recognise::kinds;

/// A label with its value.
struct Pair<'a> {
    /// Place of the row among the filled rows.
    place: usize,
    label: String,
    /// Whether some kind of table knows the label; else its value is an answer.
    is_known: bool,
    at: CellAt,
    value: Option<(Value<'a>, CellAt)>,
}

/// Most labels of one form.
const MOST_LABELS: usize = 200;

/// Fewest labels with a value that make a form.
const FEWEST: usize = 3;

/// The forms of a sheet as a table: a column a label, a row a form; none where the sheet holds no labels with values.
#[must_use]
pub(in super::super) fn unfold(sheet: &Sheet) -> Option<Sheet> {
    if let Some(view) = case_a_column(sheet) {
        return Some(view);
    }
    let mut pairs: Vec<Pair<'_>> =
        (0..sheet.filled_rows()).flat_map(|place| pairs_of(&sheet.at(place), place)).collect();
    // Names beside wordings are marks given to people as well as answers: only what else stands on the form tells.
    let known: BTreeSet<String> = pairs.iter().filter(|pair| pair.is_known).map(|pair| fold(&pair.label)).collect();
    if known.len() < 2 {
        pairs.retain(|pair| pair.is_known);
    }
    if pairs.iter().filter(|pair| pair.value.is_some()).count() < FEWEST {
        return None;
    }
    let mut labels: Vec<(String, String, CellAt)> = Vec::new();
    let mut col_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut forms: Vec<Form<'_>> = Vec::new();
    let mut seen: Vec<bool> = Vec::new();
    for pair in pairs {
        let folded = fold(&pair.label);
        let col = *col_of.entry(folded.clone()).or_insert_with(|| {
            labels.push((folded, pair.label.clone(), pair.at));
            labels.len() - 1
        });
        if labels.len() > MOST_LABELS {
            return None;
        }
        seen.resize(labels.len(), false);
        // The first label again begins the next form.
        if forms.is_empty() || (col == 0 && seen[0]) {
            forms.push((pair.place, BTreeMap::new()));
            seen.fill(false);
        }
        if let (Some((_, values)), false) = (forms.last_mut(), seen[col]) {
            values.extend(pair.value.map(|value| (col, value)));
        }
        seen[col] = true;
    }
    let filled = (0..labels.len()).filter(|col| forms.iter().any(|(_, values)| values.contains_key(col))).count();
    // Labels without values side by side are the header of a table.
    (filled >= FEWEST && filled * 2 >= labels.len()).then(|| view_of(sheet, &labels, &forms))
}

/// A register that was turned: labels down the first column, a case a column. As a table, with a row a case.
fn case_a_column(sheet: &Sheet) -> Option<Sheet> {
    let first = (0..sheet.filled_rows()).find(|place| sheet.at(*place).filled() > 1)?;
    let rows: Vec<Row<'_>> = (first..sheet.filled_rows()).map(|place| sheet.at(place)).collect();
    if rows.len() > MOST_LABELS {
        return None;
    }
    let (label_col, _) = rows.first()?.cells().next()?;
    let is_text_label = |value: Value<'_>| matches!(value, Value::Text(text) if is_label(text));
    let mut known = 0;
    let mut cols: BTreeSet<u32> = BTreeSet::new();
    for row in &rows {
        let mut cells = row.cells();
        let (col, label) = cells.next()?;
        if col != label_col || !matches!(label, Value::Text(_)) {
            return None;
        }
        let before = cols.len();
        for (col, value) in cells {
            if is_text_label(value) {
                return None;
            }
            cols.insert(col);
        }
        known += usize::from(is_text_label(label) && row.filled() > 2);
        // Every case has what the first row has; a row that reaches further is about something else.
        if before > 0 && cols.len() > before + 1 {
            return None;
        }
    }
    if known < FEWEST || known * 10 < rows.len() * 6 || cols.len() < 2 {
        return None;
    }
    let column = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    let number = rows.first()?.number;
    let mut view = Sheet::view_of(sheet);
    view.begin_row(number, 0);
    for (place, row) in rows.iter().enumerate() {
        if let Some(Value::Text(label)) = row.get(label_col) {
            view.place(column(place), Value::Text(&tidy(label)), row.origin(label_col));
        }
    }
    for (case, col) in cols.iter().enumerate() {
        // All rows of the sheet make all cases; the ledger counts them once.
        view.begin_row(number, if case == 0 { column(rows.len()) } else { 0 });
        for (place, row) in rows.iter().enumerate() {
            if let Some(value) = row.get(*col) {
                view.place(column(place), value, row.origin(*col));
            }
        }
    }
    Some(view.ended())
}

/// Place of the row in which a form begins, and its values by column.
type Form<'a> = (usize, BTreeMap<usize, (Value<'a>, CellAt)>);

fn view_of(sheet: &Sheet, labels: &[(String, String, CellAt)], forms: &[Form<'_>]) -> Sheet {
    let mut view = Sheet::view_of(sheet);
    let column = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    let first = forms.first().map_or(0, |(place, _)| *place);
    view.begin_row(sheet.at(first).number, 0);
    for (place, (_, label, at)) in labels.iter().enumerate() {
        view.place(column(place), Value::Text(label), *at);
    }
    for (number, (place, values)) in forms.iter().enumerate() {
        let end = forms.get(number + 1).map_or(sheet.filled_rows(), |(next, _)| *next);
        view.begin_row(sheet.at(*place).number, column(end - place));
        for (col, (value, at)) in values {
            view.place(column(*col), *value, *at);
        }
    }
    view.ended()
}

/// The labels of a row, each with what stands right of it.
fn pairs_of<'a>(row: &Row<'a>, place: usize) -> Vec<Pair<'a>> {
    let cells: Vec<(u32, Value<'a>)> = row.cells().collect();
    let mut pairs = Vec::new();
    let mut next = 0;
    while let Some((col, value)) = cells.get(next) {
        next += 1;
        let Value::Text(text) = value else { continue };
        let at = row.origin(*col);
        if let Some((label, value)) = in_one_cell(text) {
            pairs.push(Pair { place, label, is_known: true, at, value: Some((Value::Text(value), at)) });
            continue;
        }
        let follower = cells.get(next).copied();
        if is_label(text) {
            let value = follower.filter(
                |(_, value)| !matches!(value, Value::Text(text) if is_label(text) || in_one_cell(text).is_some()),
            );
            next += usize::from(value.is_some());
            pairs.push(Pair {
                place,
                label: tidy(text),
                is_known: true,
                at,
                value: value.map(|(col, value)| (value, row.origin(col))),
            });
        } else if let Some((col, Value::Text(answer))) = follower
            && Level::parse(answer).is_some()
            // Answers side by side are the options of an item.
            && Level::parse(text).is_none()
            && text.chars().count() <= LONGEST_ITEM
        {
            // An item of a survey: no label knows it, its answer does.
            next += 1;
            let value = Some((Value::Text(answer), row.origin(col)));
            pairs.push(Pair { place, label: tidy(text), is_known: false, at, value });
        }
    }
    pairs
}

/// Longest text of an item, in characters.
const LONGEST_ITEM: usize = 60;

fn is_label(text: &str) -> bool {
    let folded = fold(text);
    !folded.is_empty() && folded.chars().count() <= 16 && kinds::is_label(&folded)
}

/// `小区：翠湖花园` in one cell.
fn in_one_cell(text: &str) -> Option<(String, &str)> {
    let (at, mark) = text.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let (label, value) = (&text[..at], text[at + mark.len_utf8()..].trim());
    (!value.is_empty() && is_label(label)).then(|| (tidy(label), value))
}
