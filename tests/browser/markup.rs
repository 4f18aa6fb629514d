//! The Nu checker of the W3C finds no error in the markup and the drawings of any page.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::site::{Page, assert_none, samples};
use crate::tools;

/// What is no error. Remarks that `<br/>` needs no slash in HTML: the templates are well-formed XML on purpose. And styles: the
/// checker knows neither container queries nor the margin boxes of paged media; where pages are opened, the browser itself is
/// asked whether it knows each property, value and selector. And columns of a printed form in which no cell of one of its bands begins:
/// all bands stand on one grid.
fn is_error(message: &Value) -> bool {
    let is_style = message["message"].as_str().is_some_and(|text| text.starts_with("CSS: "));
    let is_grid = message["message"].as_str().is_some_and(|text| text.ends_with("has no cells beginning in it."));
    message["type"] != "info" && !is_style && !is_grid
}

/// Pages of a kind that are checked; their markup comes from the same template.
const MOST: usize = 4;

/// What the checker finds on the pages.
pub(crate) fn findings(pages: &[Page], mut checker: Command) -> Vec<String> {
    let files: BTreeMap<PathBuf, String> = pages.iter().map(|page| (page.file(), page.name())).collect();
    checker.args(["--format", "json", "--exit-zero-always"]).args(files.keys());
    let ended = checker.output().expect("java starts");
    let report: Value = serde_json::from_slice(&ended.stderr).unwrap_or_else(|error| {
        panic!("the checker said no JSON ({error}): {}", String::from_utf8_lossy(&ended.stderr))
    });
    let messages = report["messages"].as_array().expect("a list of messages").iter().filter(|told| is_error(told));
    let sentence = |told: &Value| {
        let file = told["url"].as_str().and_then(|url| url.strip_prefix("file:")).unwrap_or_default();
        let page = files.get(Path::new(file)).map_or(file, String::as_str);
        format!("{page}: line {}: {}: {}", told["lastLine"], told["message"], told["extract"])
    };
    messages.map(sentence).collect()
}

#[test]
fn the_markup_of_every_kind_of_page_is_valid() {
    let Some(pages) = samples(MOST) else { return };
    let Some(checker) = tools::markup_checker() else { return };
    assert_none(&findings(&pages, checker), "markup of pages");
}
