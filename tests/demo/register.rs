//! A register of complaints or repairs as a sheet.

use chrono::Datelike;

use crate::case::{Case, Moment};
use crate::layout::{Field, Layout};
use crate::plants::{Copies, UNKNOWN_WORD};
use crate::sheet::{Cell, Sheet, TableKind};

/// What happens to a list that people keep.
#[derive(Clone, Copy, Default)]
pub(crate) struct Quirks {
    /// The header again after so many records, as a long list is printed.
    pub(crate) header_every: Option<usize>,
    /// An empty row after this record.
    pub(crate) blank_after: Option<usize>,
    /// 合计 at the end.
    pub(crate) total: bool,
    /// Signatures below.
    pub(crate) signed: bool,
}

/// The sheet; `title` stands above the header.
pub(crate) fn sheet(
    name: &str,
    title: Option<&str>,
    layout: &Layout,
    cases: &[&Case],
    copies: &Copies,
    quirks: Quirks,
) -> Sheet {
    let kind = if layout.kind == crate::case::Kind::Complaint { TableKind::Complaint } else { TableKind::Repair };
    let mut sheet = Sheet::new(name, kind);
    let headers = layout.headers();
    if let Some(title) = title {
        sheet.banner(title, headers.len());
    }
    sheet.heading(&headers);
    let rows = with_copies(cases, copies);
    for (index, case) in rows.iter().enumerate() {
        if quirks.header_every.is_some_and(|every| index > 0 && index % every == 0) {
            sheet.heading(&headers);
        }
        let row = sheet.record(layout.row(case));
        sheet.cases.push((row, case.key));
        note_errors(&mut sheet, row, layout, case);
        if quirks.blank_after == Some(index + 1) && index + 1 < rows.len() {
            sheet.blank();
        }
    }
    if quirks.total {
        sheet.total(total(layout, rows.len()));
    }
    if quirks.signed {
        sheet.note("填表人：        审核：        ");
    }
    sheet
}

/// The list with the rows that were entered twice, the second time some rows later.
fn with_copies<'a>(cases: &[&'a Case], copies: &Copies) -> Vec<&'a Case> {
    let mut rows = Vec::new();
    let mut waiting = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        rows.push(*case);
        if copies.twice.contains(&case.key) {
            waiting.push(*case);
        } else if index % 3 == 0 {
            rows.append(&mut waiting);
        }
    }
    rows.append(&mut waiting);
    rows
}

fn total(layout: &Layout, count: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::Empty; layout.columns.len()];
    cells[0] = Cell::from("合计");
    if let Some(position) = layout.position(Field::Content) {
        cells[position] = Cell::from(format!("共{count}件"));
    }
    cells
}

/// What is wrong with the row, by comparing what is written with what can be.
pub(crate) fn note_errors(sheet: &mut Sheet, row: usize, layout: &Layout, case: &Case) {
    for (column, (field, _)) in layout.columns.iter().enumerate() {
        let moment = match field {
            Field::Received => &case.received,
            Field::Responded => &case.responded,
            Field::Completed => &case.completed,
            Field::Told => &case.told,
            Field::CallbackResult => {
                if case.answer.as_ref().is_some_and(|answer| answer.word == UNKNOWN_WORD) {
                    sheet.plant(row, column, "rating_unknown");
                }
                continue;
            }
            _ => continue,
        };
        if matches!(moment, Moment::Bad(_)) {
            sheet.plant(row, column, "date_unreadable");
        } else if moment.date().is_some_and(|date| date.year() > 2050) {
            sheet.plant(row, column, "future");
        } else if is_before(moment, &case.received) {
            sheet.plant(row, column, "impossible_order");
        }
    }
}

/// Does the first lie wholly before the second?
pub(crate) fn is_before(first: &Moment, second: &Moment) -> bool {
    match (first, second) {
        (Moment::At(first), Moment::At(second)) => first < second,
        _ => first.date().zip(second.date()).is_some_and(|(first, second)| first < second),
    }
}
