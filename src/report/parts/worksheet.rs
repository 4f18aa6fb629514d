//! Tables that people work through: what is known, and ruled columns beside it to be filled in by hand.

use super::super::printed::{Band, Control, FormCell, FormRow, PrintedForm, Role};
use super::super::view::{Block, Table};
use super::super::words::Words;
use crate::profile::schema::Paper;

/// Height of a row with columns to fill in, in millimetres.
const ROOM: u32 = 11;

/// A column to fill in: key of its heading and its width.
pub(crate) type Fill = (&'static str, f64);

/// What is found out, decided, done and verified about something that is to be mended.
pub(crate) const MENDING: &[Fill] = &[
    ("sheet.cause", 34.0),
    ("sheet.measure", 38.0),
    ("sheet.person", 17.0),
    ("sheet.done_on", 19.0),
    ("sheet.verification", 19.0),
];

/// What is answered to a suggestion.
pub(crate) const ANSWERING: &[Fill] =
    &[("sheet.answer", 50.0), ("sheet.person", 17.0), ("sheet.done_on", 19.0), ("sheet.verification", 19.0)];

/// What came of a reminder.
pub(crate) const REMINDING: &[Fill] = &[("sheet.reminded", 42.0), ("sheet.person", 17.0), ("sheet.done_on", 19.0)];

/// The table with its columns to fill in; one without rows says so instead. `widths` are those of its own columns, in millimetres.
pub(crate) fn worksheet(words: &Words, table: Table, widths: &[f64], fills: &[Fill]) -> Block {
    debug_assert_eq!(table.columns.len(), widths.len(), "{}", table.id);
    if table.rows.is_empty() {
        return Block::Table { table };
    }
    let mut form = PrintedForm::new(&table.id, String::new(), Control::default(), Paper::Landscape);
    form.widths(widths.iter().copied().chain(fills.iter().map(|(_, width)| *width)));
    for column in &mut form.columns[widths.len()..] {
        column.fill = true;
    }
    let mut band = Band::new(table.caption);
    let heads = table.columns.iter().map(|column| FormCell::head(column.label.as_str()));
    let fill_heads = fills.iter().map(|(key, _)| FormCell::head(words.say(key, &[])).fill());
    band.head.push(FormRow::of(heads.chain(fill_heads).collect()));
    band.rows.extend(table.rows.into_iter().map(|row| {
        let mut cells: Vec<FormCell> = row.into_iter().map(FormCell::from).collect();
        if let Some(first) = cells.first_mut() {
            *first = FormCell { role: Role::Row, ..first.clone().start() };
        }
        cells.extend(fills.iter().map(|_| FormCell::blank().fill()));
        FormRow::high(cells, ROOM)
    }));
    form.band(band);
    form.remarks.extend(Some(table.remark).filter(|remark| !remark.is_empty()));
    Block::Printed { form: Box::new(form) }
}
