//! No text overlaps another, leaves its chart or is cut, at three widths and in print.

use serde_json::json;

use crate::devtools::Tab;
use crate::site::{Page, assert_none, look, samples};

/// Pages of one kind.
const MOST: usize = 2;

/// Measures the boxes as they are rendered.
const LAYOUT: &str = include_str!("layout.js");

/// The width between the margins of the paper.
const PAPER: &str = include_str!("paper.js");

/// A phone, a tablet, a screen: width and height.
const SCREENS: [(u32, u32); 3] = [(390, 844), (768, 1024), (1200, 900)];

fn measure(tab: &Tab, name: &str, width: u64, is_paper: bool) -> Vec<String> {
    let found = tab.apply(LAYOUT, &json!({ "name": name, "width": width, "paper": is_paper }));
    let found = found.as_array().expect("a list of sentences").iter();
    found.map(|sentence| sentence.as_str().unwrap_or_default().to_owned()).collect()
}

/// What has not enough room on a page, at all widths and in print.
pub(crate) fn findings(tab: &Tab, page: Page) -> Vec<String> {
    // Folded parts are opened for the screens; paper shows them as the page has them.
    tab.look("print", "light");
    tab.open(&page.file());
    let width = tab.apply(PAPER, &json!(null))["width"].as_u64().expect("a paper has a width");
    tab.resize(u32::try_from(width).unwrap(), 1000);
    let mut found = measure(tab, "print", width, true);
    tab.look("screen", "light");
    for (width, height) in SCREENS {
        tab.resize(width, height);
        found.extend(measure(tab, &format!("{width} px"), width.into(), false));
    }
    found
}

#[test]
fn no_text_overlaps_leaves_its_chart_or_is_cut_on_a_phone_a_tablet_a_screen_and_in_print() {
    let Some(pages) = samples(MOST) else { return };
    assert_none(&look(&pages, findings), "room on pages");
}
