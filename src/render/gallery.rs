//! Every kind of chart on one page, in its common and its extreme cases. `MANYI_GALLERY=gallery.html cargo test --lib gallery` writes
//! the page, to be looked at.

use super::Renderer;
use crate::problem::Language;
use crate::report::sample::Sample;
use crate::report::words::Words;
use crate::report::{compose, gallery_sections, page_plan};

#[test]
fn every_chart_stands_on_one_well_formed_page() {
    for (language, ending) in [(Language::Zh, ""), (Language::En, ".en.html")] {
        let sections = gallery_sections(Words::of(language));
        // A page as it comes, with the charts in place of what it says.
        let world = Sample::default().world();
        let input = world.input(language);
        let task = page_plan(&input).into_iter().find(|task| task.template() == "complaint-analysis.html").unwrap();
        let mut page = compose(&input, &task);
        page.model["sections"] = serde_json::to_value(sections).unwrap();
        page.model["frame"]["contents"] = serde_json::json!([]);
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
