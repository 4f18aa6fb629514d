//! Every kind of chart on one page, in its common and its extreme cases. `MANYI_GALLERY=gallery.html cargo test --lib gallery` writes
//! the page, to be looked at.

use serde_json::json;

use super::Renderer;
use crate::problem::Language;
use crate::report::Page;
use crate::report::gallery_sections;
use crate::report::words::Words;

#[test]
fn every_chart_stands_on_one_well_formed_page() {
    for (language, ending) in [(Language::Zh, ""), (Language::En, ".en.html")] {
        let sections = gallery_sections(Words::of(language));
        let frame = json!({
            "lang": if language == Language::Zh { "zh-CN" } else { "en" }, "title": "图", "heading": "图", "organisation": "",
            "subtitle": "", "as_of": "", "crumbs": [], "contents": [], "contents_title": "", "crumbs_title": "", "footer": "",
        });
        let model = json!({ "frame": frame, "related": [], "sections": sections });
        let page = Page { path: "gallery.html".to_owned(), template: "duties.html", model, ..Page::default() };
        let html = Renderer::new(None).unwrap().render(&page).unwrap();
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let document = roxmltree::Document::parse_with_options(&html, options).unwrap();
        let drawings = document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "svg")));
        assert!(drawings.count() > 60);
        if let Ok(path) = std::env::var("MANYI_GALLERY") {
            std::fs::write(format!("{path}{ending}"), html).unwrap();
        }
    }
}
