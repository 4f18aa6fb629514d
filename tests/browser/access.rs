//! axe-core finds nothing, in light and dark, on a phone and on a screen.

use serde_json::{Value, json};

use crate::devtools::Tab;
use crate::site::{Page, assert_none, look, samples};
use crate::tools;

/// Pages of one kind.
const MOST: usize = 1;

/// Runs axe in the page: every rule of WCAG up to 2.2 AA and its best practices, or the named rules only.
const RUN: &str = r#"async (rules) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: tags };
  // Folded parts are read as well.
  document.querySelectorAll("details").forEach((folded) => (folded.open = true));
  const { violations, passes } = await axe.run(document, { runOnly, resultTypes: ["violations"], iframes: false, preload: false });
  if (violations.length + passes.length === 0) return [{ id: "none", help: "no rule of axe applied", node: "", why: "" }];
  return violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => (
    { id, help: `${help} (${nodes.length} elements)`, node: node.target.join(" "), why: node.failureSummary }
  )));
}"#;

/// What another colour scheme can change.
const OF_COLOUR: [&str; 2] = ["color-contrast", "link-in-text-block"];

fn sentences(found: &Value, view: &str) -> Vec<String> {
    let sentence = |found: &Value| {
        let text = |key: &str| found[key].as_str().unwrap_or_default().replace('\n', " ");
        format!("{view}: {}: {}: {}: {}", text("id"), text("help"), text("node"), text("why"))
    };
    found.as_array().into_iter().flatten().map(sentence).collect()
}

/// What axe finds on a page.
pub(crate) fn findings(tab: &Tab, page: Page, axe: &str) -> Vec<String> {
    tab.look("screen", "light");
    tab.resize(390, 844);
    tab.open(&page.file());
    tab.evaluate(&format!("{axe};0"));
    let mut found = sentences(&tab.apply(RUN, &json!(null)), "390 px, light");
    tab.resize(1200, 900);
    tab.look("screen", "dark");
    found.extend(sentences(&tab.apply(RUN, &json!(OF_COLOUR)), "1200 px, dark"));
    tab.look("screen", "light");
    found.extend(sentences(&tab.apply(RUN, &json!(null)), "1200 px, light"));
    found
}

#[test]
fn axe_finds_nothing_in_light_and_dark_on_a_phone_and_on_a_screen() {
    let Some(pages) = samples(MOST) else { return };
    let Some(axe) = tools::axe() else { return };
    assert_none(&look(&pages, |tab, page| findings(tab, page, &axe)), "axe on pages");
}
