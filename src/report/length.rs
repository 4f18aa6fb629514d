//! What a page may weigh. A long table, such as that of five hundred communities, is cut after so many rows and says so: all rows stand
//! in the workbook beside the page.

use serde_json::Value;

use super::format;
use super::words::Words;

/// Most bytes of a page: it is sent by phone and opened in a lift.
pub const MOST_BYTES: usize = 400_000;

/// Rows of each table of a page that is too heavy, from the first try to the last.
pub const TRIES: [usize; 5] = [200, 100, 50, 25, 10];

/// Cuts the tables and forms of a page's model after so many rows; false where none is longer.
pub fn cut(model: &mut Value, most: usize, words: &Words) -> bool {
    match model {
        Value::Array(items) => items.iter_mut().fold(false, |any, item| cut(item, most, words) | any),
        Value::Object(fields) => {
            let left = fields.get_mut("rows").and_then(Value::as_array_mut).map(|rows| shorten(rows, most));
            let of_bands =
                fields.get_mut("bands").and_then(Value::as_array_mut).map(|bands| shorten_bands(bands, most));
            let mut is_cut = false;
            if let (Some((shown, all)), Some(Value::String(remark))) = (left.flatten(), fields.get_mut("remark")) {
                is_cut = true;
                [cut_text(words, shown, all), std::mem::take(remark)].join(" ").trim().clone_into(remark);
            }
            if let (Some((shown, all)), Some(Value::Array(remarks))) = (of_bands.flatten(), fields.get_mut("remarks")) {
                is_cut = true;
                remarks.insert(0, Value::String(cut_text(words, shown, all)));
            }
            fields.values_mut().fold(is_cut, |any, field| cut(field, most, words) | any)
        }
        _ => false,
    }
}

/// Keeps the first rows of a table; how many are shown of how many, where some are not.
fn shorten(rows: &mut Vec<Value>, most: usize) -> Option<(usize, usize)> {
    let all = rows.len();
    let shown = if all > most { before_spans(rows, most) } else { all };
    rows.truncate(shown);
    (shown < all).then_some((shown, all))
}

/// Keeps the first rows of each part of a form.
fn shorten_bands(bands: &mut [Value], most: usize) -> Option<(usize, usize)> {
    let of_bands = bands.iter_mut().filter_map(|band| band.get_mut("rows").and_then(Value::as_array_mut));
    let counted = of_bands.map(|rows| {
        let all = rows.len();
        shorten(rows, most).unwrap_or((all, all))
    });
    let (shown, all) = counted.fold((0, 0), |sum, of_band| (sum.0 + of_band.0, sum.1 + of_band.1));
    (shown < all).then_some((shown, all))
}

/// The last row up to so many before which no cell reaches across: a cell that takes several rows is not cut.
fn before_spans(rows: &[Value], most: usize) -> usize {
    let reach = |(at, row): (usize, &Value)| {
        let cells = row.get("cells").and_then(Value::as_array).into_iter().flatten();
        let down = cells.filter_map(|cell| cell.get("down").and_then(Value::as_u64)).max().unwrap_or(1);
        at + usize::try_from(down).unwrap_or(1)
    };
    let mut end = most.min(rows.len());
    while end > 0 {
        let across = rows[..end].iter().enumerate().find(|(at, row)| reach((*at, row)) > end);
        match across {
            Some((at, _)) => end = at,
            None => return end,
        }
    }
    // One cell beside all rows: nothing can be left out.
    rows.len()
}

fn cut_text(words: &Words, shown: usize, all: usize) -> String {
    let count = |n: usize| format::count(f64::from(u32::try_from(n).unwrap_or(u32::MAX)));
    words.say("table.cut", &[("shown", &count(shown)), ("all", &count(all))])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::problem::Language;

    #[test]
    fn a_long_table_ends_after_so_many_rows_and_says_so() {
        let words = Words::of(Language::En);
        let mut model = json!({ "table": { "rows": [[1], [2], [3]], "remark": "By number." } });
        assert!(cut(&mut model, 2, words));
        assert_eq!(model["table"]["rows"], json!([[1], [2]]));
        let remark = model["table"]["remark"].as_str().unwrap_or_default();
        assert!(remark.contains('2') && remark.contains('3') && remark.ends_with("By number."), "{remark}");
        assert!(!cut(&mut model, 2, words), "nothing is left to cut");
    }

    #[test]
    fn a_form_is_cut_where_no_cell_reaches_across() {
        let words = Words::of(Language::Zh);
        let row = |down: u32| json!({ "cells": [{ "text": "", "down": down }] });
        let form = |rows: Vec<Value>| json!({ "bands": [{ "rows": rows }], "remarks": ["原有"] });
        let mut grouped = form(vec![row(2), row(1), row(3), row(1), row(1), row(1)]);
        assert!(cut(&mut grouped, 4, words));
        assert_eq!(grouped["bands"][0]["rows"].as_array().map(Vec::len), Some(2));
        assert_eq!(grouped["remarks"].as_array().map(Vec::len), Some(2));
        let mut whole = form(vec![row(3), row(1), row(1)]);
        assert!(!cut(&mut whole, 2, words), "one cell reaches beside all rows");
    }
}
