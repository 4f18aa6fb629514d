//! Page models and page bodies compared with expected files. `MANYI_EXPECT=write cargo test --lib expected` writes them anew; what
//! changed is then read in the difference. The model comes first: where it is as expected and the body is not, a template changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Renderer;
use crate::problem::Language;
use crate::report::sample::Sample;
use crate::report::{Page, compose, page_plan};

/// One page of each kind, the first there is, of the made-up company.
fn pages(language: Language) -> BTreeMap<String, Page> {
    let world = Sample::default().world();
    let input = world.input(language);
    let mut pages = BTreeMap::new();
    for task in page_plan(&input) {
        // The half year and the group have most to say.
        let name = task.template().trim_end_matches(".html").to_owned();
        let page = compose(&input, &task);
        let length = |page: &Page| page.model.to_string().len();
        match pages.get(&name) {
            Some(known) if length(known) >= length(&page) => {}
            _ => {
                pages.insert(name, page);
            }
        }
    }
    pages
}

/// Compares with the file of a name, or writes it.
fn compare(path: &Path, found: &str, differing: &mut Vec<String>) {
    let name = path.display().to_string();
    if std::env::var("MANYI_EXPECT").is_ok_and(|value| value == "write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, found).unwrap();
        return;
    }
    let Ok(expected) = fs::read_to_string(path) else {
        differing.push(format!("{name}: there is no such file"));
        return;
    };
    let line = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
    let line = line.or((expected.lines().count() != found.lines().count()).then_some(0));
    if let Some(line) = line {
        let of = |text: &str| text.lines().nth(line).unwrap_or_default().chars().take(160).collect::<String>();
        differing.push(format!("{name}:{}\n  expected {}\n  found    {}", line + 1, of(&expected), of(found)));
    }
}

fn folder(language: Language) -> PathBuf {
    let name = if language == Language::Zh { "zh" } else { "en" };
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name)
}

/// What stands in the page's body.
fn body(html: &str) -> &str {
    let start = html.find("<body").unwrap();
    &html[start..html.find("</body>").unwrap()]
}

fn models_and_bodies(language: Language) {
    let renderer = Renderer::new(None).unwrap();
    let (mut models, mut bodies) = (Vec::new(), Vec::new());
    let pages = pages(language);
    assert!(pages.len() > 8, "{:?}", pages.keys());
    for (name, page) in &pages {
        let model = serde_json::to_string_pretty(&page.model).unwrap() + "\n";
        if language == Language::Zh {
            compare(&folder(language).join(format!("{name}.json")), &model, &mut models);
        }
        let html = renderer.render(page).unwrap();
        compare(&folder(language).join(format!("{name}.html")), &format!("{}\n", body(&html).trim()), &mut bodies);
    }
    for (what, differing) in [("model", models), ("body", bodies)] {
        let advice = "MANYI_EXPECT=write cargo test --lib expected writes them anew";
        assert!(differing.is_empty(), "a {what} is not as expected ({advice}):\n{}", differing.join("\n"));
    }
}

#[test]
fn models_and_bodies_of_every_kind_of_page_are_as_expected_in_chinese() {
    models_and_bodies(Language::Zh);
}

#[test]
fn models_and_bodies_of_every_kind_of_page_are_as_expected_in_english() {
    models_and_bodies(Language::En);
}
