//! Pictures of each kind of page under `tests/pictures/`: on a screen, on a phone and the first sheet on paper. They are for
//! readers of the repository; nothing compares them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::devtools::Tab;
use crate::pdf::Pdf;
use crate::site::{Page, assert_none, look, sites};
use crate::tools;

/// Width and height that are shown, and by how much they are made smaller.
const VIEWS: [(u32, u32, f64); 2] = [(1200, 1200, 0.5), (390, 900, 0.6)];

/// Dots per inch of a sheet of paper.
const DOTS: &str = "52";

/// Largest picture, in bytes.
const LARGEST: usize = 150_000;

/// What a picture is called: the page's file, and its folder where that is no period.
fn name(page: Page) -> String {
    let stem = page.path.rsplit('/').next().and_then(|file| file.strip_suffix(".html")).unwrap_or_default();
    if page.path.starts_with("quality/") { format!("quality-{stem}") } else { stem.to_owned() }
}

fn pictures_of(tab: &Tab, page: Page, folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    tab.look("screen", "light");
    for (width, height, scale) in VIEWS {
        tab.resize(width, height);
        tab.open(&page.file());
        let needed = tab.evaluate("document.documentElement.scrollHeight").as_f64().unwrap_or_default();
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": needed.min(height.into()), "scale": scale });
        let taken = tab.call("Page.captureScreenshot", &json!({ "clip": clip, "captureBeyondViewport": true }));
        let png = BASE64_STANDARD.decode(taken["data"].as_str().unwrap_or_default()).unwrap();
        if png.len() > LARGEST {
            found.push(format!("the picture at {width} px has {} bytes", png.len()));
        }
        fs::write(folder.join(format!("{}-{width}.png", name(page))), png).unwrap();
    }
    tab.look("print", "light");
    tab.open(&page.file());
    let (_, work) = tools::browser().expect("a tab has a browser");
    let pdf = work.join(format!("{}.pdf", name(page)));
    fs::write(&pdf, Pdf::of(tab).bytes).unwrap();
    let mut painter = Command::new("pdftoppm");
    painter.args(["-png", "-singlefile", "-r", DOTS]).arg(&pdf).arg(folder.join(format!("{}-print", name(page))));
    assert!(painter.status().is_ok_and(|status| status.success()), "pdftoppm (poppler-utils) draws the sheet");
    found
}

#[test]
fn pictures_are_taken_where_they_are_asked_for() {
    if std::env::var_os("MANYI_PICTURES").is_none() {
        return;
    }
    let Some(sites) = sites() else { return };
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "pictures"].iter().collect();
    fs::create_dir_all(&folder).unwrap();
    // Of each kind the page with the most to show.
    let mut kinds: BTreeMap<String, Page> = BTreeMap::new();
    for page in sites[0].pages() {
        let most = kinds.entry(name(page)).or_insert(page);
        if page.bytes > most.bytes {
            *most = page;
        }
    }
    let pages: Vec<Page> = kinds.into_values().collect();
    assert_none(&look(&pages, |tab, page| pictures_of(tab, page, &folder)), "pictures of pages");
}
