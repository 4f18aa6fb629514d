//! The Nu checker of the W3C finds no error in the markup, the styles and the drawings of any page.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::site::{Page, assert_none, pages};
use crate::tools;

/// Properties of CSS that browsers have and the checker's list has not yet.
const NEWER_THAN_THE_CHECKER: [&str; 1] = ["paint-order"];

/// Messages that are no errors: the checker only remarks that `<br/>` needs no slash in HTML. The templates are well-formed XML
/// on purpose.
fn is_error(message: &Value) -> bool {
    let text = message["message"].as_str().unwrap_or_default();
    let newer = |name: &str| text.starts_with(&format!("CSS: “{name}”: Property “{name}” doesn't exist"));
    message["type"] != "info" && !NEWER_THAN_THE_CHECKER.iter().any(|name| newer(name))
}

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
fn the_markup_of_every_page_is_valid() {
    let Some(pages) = pages() else { return };
    let Some(checker) = tools::markup_checker() else { return };
    assert_none(&findings(&pages, checker), "markup of pages");
}
