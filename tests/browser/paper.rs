//! A notice is one A4 page in large letters; on other pages nothing is cut between two sheets.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::devtools::Tab;
use crate::pdf::Pdf;
use crate::site::{Page, assert_none, look, pages, samples};

/// Pages of one kind.
const MOST: usize = 1;

/// Sizes of letters.
const LETTERS: &str = include_str!("letters.js");

/// Labels what must not be cut.
const KEEP: &str = include_str!("keep.js");

/// Of A4, in points; and how far a renderer rounds.
const A4: (f64, f64) = (595.28, 841.89);
const SLACK: f64 = 1.0;

/// Smallest letters of a notice that is read from two metres, in points.
const BODY: f64 = 22.0;
const HEADLINE: f64 = 40.0;

/// Sizes are computed in binary parts of a pixel.
const ROUNDING: f64 = 0.01;

/// What is no A4: lying sheets only where they are allowed.
fn not_a4(pdf: &Pdf, may_lie: bool) -> Option<String> {
    let is_of = |size: (f64, f64)| (size.0 - A4.0).abs() <= SLACK && (size.1 - A4.1).abs() <= SLACK;
    let off = |(width, height): &&(f64, f64)| !(is_of((*width, *height)) || may_lie && is_of((*height, *width)));
    pdf.sheets.iter().find(off).map(|(width, height)| format!("a sheet is {width} × {height} pt, not A4"))
}

/// Of a page for a board: its letters, and that it is one sheet.
pub(crate) fn notice(tab: &Tab, page: Page) -> Option<Vec<String>> {
    tab.look("print", "light");
    tab.open(&page.file());
    let letters = tab.apply(LETTERS, &json!(null));
    if letters["board"] != true {
        return None;
    }
    let mut found = Vec::new();
    let (smallest, headline) = (letters["smallest"]["size"].as_f64(), letters["headline"].as_f64());
    if smallest.is_none_or(|size| size < BODY - ROUNDING) {
        found.push(format!("text is smaller than {BODY} pt: {}", letters["smallest"]));
    }
    if headline.is_none_or(|size| size < HEADLINE - ROUNDING) {
        found.push(format!("the headline is smaller than {HEADLINE} pt: {}", letters["headline"]));
    }
    let pdf = Pdf::of(tab);
    if pdf.sheets.len() != 1 {
        found.push(format!("prints to {} sheets, not one", pdf.sheets.len()));
    }
    found.extend(not_a4(&pdf, false));
    Some(found)
}

#[test]
fn each_notice_for_a_board_is_one_a4_page_that_is_read_from_two_metres() {
    let Some(pages) = pages() else { return };
    let public: Vec<Page> = pages.into_iter().filter(|page| page.is_public()).collect();
    let found = look(&public, |tab, page| {
        notice(tab, page).unwrap_or_else(|| {
            let is_notice = page.path.ends_with("survey-notice.html");
            is_notice.then(|| "a notice that is no body of class notice".to_owned()).into_iter().collect()
        })
    });
    assert_none(&found, "notices on paper");
}

/// What of a page is cut, or a heading that stands alone at the foot of a sheet.
pub(crate) fn cut(tab: &Tab, page: Page) -> Vec<String> {
    tab.look("print", "light");
    tab.open(&page.file());
    let kept = tab.apply(KEEP, &json!(null));
    let pdf = Pdf::of(tab);
    let sheets = |place: usize| pdf.labelled.get(&format!("keep-{place}."));
    let name = |place: usize| kept["names"][place].as_str().unwrap_or_default();
    let mut found: Vec<String> = not_a4(&pdf, true).into_iter().collect();
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number of an element")).unwrap();
    let whole = kept["whole"].as_array().expect("a list");
    if pdf.labelled.is_empty() && !whole.is_empty() {
        found.push("nothing of the page is found in the structure of its PDF".to_owned());
    }
    for place in whole.iter().map(number) {
        if let Some(on) = sheets(place).filter(|on| on.len() > 1) {
            found.push(format!("{} is cut: it stands on the sheets {on:?} of {}", name(place), pdf.sheets.len()));
        }
    }
    for pair in kept["pairs"].as_array().into_iter().flatten() {
        let place = |end: usize| number(&pair[end]);
        let first = |place: usize| sheets(place).and_then(BTreeSet::first);
        if let (Some(heading), Some(next)) = (first(place(0)), first(place(1)))
            && heading != next
        {
            found.push(format!("{} stands on sheet {heading}, what it heads on sheet {next}", name(place(0))));
        }
    }
    found
}

#[test]
fn no_chart_row_or_signature_is_cut_between_two_sheets_and_no_heading_stands_alone() {
    let Some(mut pages) = samples(MOST) else { return };
    // Number cards are opened on screen, one by one; nobody signs them.
    pages.retain(|page| !page.path.contains("numbers"));
    assert_none(&look(&pages, cut), "cuts on paper");
}
