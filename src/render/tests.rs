//! Every kind of page, rendered from made-up facts, is well-formed, and all of its links resolve.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, ParsingOptions};

use super::Renderer;
use crate::moment::Period;
use crate::problem::Language;
use crate::report::sample::Sample;
use crate::report::{compose, drop_links, page_plan};

/// Files that stand beside the pages.
const DATA: [&str; 3] = ["data/facts.csv", "data/ledger.csv", "data/problems.csv"];

fn rendered(sample: &Sample, language: Language) -> BTreeMap<String, String> {
    let world = sample.world();
    let input = world.input(language);
    let renderer = Renderer::new(None).unwrap();
    input
        .pages()
        .iter()
        .map(|task| {
            let page = compose(&input, task);
            let html = renderer.render(&page).unwrap_or_else(|error| panic!("{}: {error}", page.path));
            if let Some(book) = &page.book {
                let bytes = super::book::workbook(book, chrono::NaiveDate::default());
                assert!(bytes.is_ok_and(|bytes| bytes.starts_with(b"PK")), "{}", page.path);
            }
            (page.path, html)
        })
        .collect()
}

/// Parses every page, and follows every link and fragment.
fn check(pages: &BTreeMap<String, String>) {
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut links: Vec<(&str, String)> = Vec::new();
    for (path, html) in pages {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(html, options).unwrap_or_else(|error| panic!("{path}: {error}"));
        for node in document.descendants() {
            if let Some(id) = node.attribute("id") {
                assert!(ids.entry(path).or_default().insert(id.to_owned()), "{path}: two elements have the id {id}");
            }
            links.extend(node.attribute("href").map(|href| (path.as_str(), href.to_owned())));
            for word in node.attribute("aria-labelledby").unwrap_or_default().split_whitespace() {
                links.push((path, format!("#{word}")));
            }
            let is_loaded =
                matches!(node.tag_name().name(), "link" | "img" | "iframe") || node.attribute("src").is_some();
            assert!(!is_loaded, "{path}");
            assert!(node.tag_name().name() != "script" || path == "index.html", "{path}");
        }
        assert!(!html.contains("undefined") && !html.contains("NaN") && !html.contains("inf\""), "{path}");
    }
    for (from, href) in links {
        let (file, fragment) = href.split_once('#').unwrap_or((&href, ""));
        let target = if file.is_empty() { from.to_owned() } else { resolved(from, file) };
        let is_book = target.strip_suffix(".xlsx").is_some_and(|stem| format!("{stem}.html") == from);
        let is_there = pages.contains_key(&target) || DATA.contains(&target.as_str()) || is_book;
        assert!(is_there, "{from}: {href} leads nowhere");
        if !fragment.is_empty() {
            assert!(
                ids.get(target.as_str()).is_some_and(|ids| ids.contains(fragment)),
                "{from}: {href} has no such id"
            );
        }
    }
}

fn resolved(from: &str, href: &str) -> String {
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in href.split('/') {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.join("/")
}

#[test]
fn every_page_of_a_common_company_stands() {
    let pages = rendered(&Sample::default(), Language::Zh);
    check(&pages);
    for path in [
        "index.html",
        "quality/index.html",
        "2025-06/complaint-analysis.html",
        "2025-06/c1/complaint-analysis.html",
        "2025-06/none/complaint-analysis.html",
        "2025-H1/survey-report.html",
        "2025-H1/c1/survey-report.html",
        "public/2025-H1/c1/survey-notice.html",
    ] {
        assert!(pages.contains_key(path), "{path}");
    }
    let page = &pages["2025-06/complaint-analysis.html"];
    assert!(page.contains(
        "2025年6月接到120件投诉，比上月少120件（−50.0%），超出偶然波动；其中有效84件（70.0%）；首次响应及时率95.0%（114/120），没有达到100%的目标；到2025年6月30日有4件逾期未办结。"
    ));
    assert!(pages["quality/index.html"].contains("该文件另有30条"));
}

#[test]
fn every_page_stands_in_english() {
    let pages = rendered(&Sample::default(), Language::En);
    check(&pages);
    assert!(pages["index.html"].contains("<html lang=\"en\">"));
    assert!(pages["2025-06/complaint-analysis.html"].contains("120 complaints were received in June 2025"));
}

#[test]
fn a_month_without_complaints_says_so() {
    let pages = rendered(&Sample { empty_month: true, ..Sample::default() }, Language::Zh);
    check(&pages);
    assert!(pages["2025-06/complaint-analysis.html"].contains("2025年6月没有接到投诉。"));
}

#[test]
fn an_unfinished_month_is_not_compared_by_counts() {
    let as_of = Period::Month(2025, 6).end() - 10 * crate::moment::DAY;
    let pages = rendered(&Sample { as_of, ..Sample::default() }, Language::Zh);
    check(&pages);
    assert!(pages["2025-06/complaint-analysis.html"].contains("尚未结束"));
    assert!(!pages["2025-05/complaint-analysis.html"].contains("尚未结束"));
}

#[test]
fn one_category_and_one_item_make_whole_pages() {
    let one = |text: &str| vec![text.to_owned()];
    let pages = rendered(&Sample { categories: one("噪音"), items: one("服务"), ..Sample::default() }, Language::Zh);
    check(&pages);
    assert!(pages["2025-06/complaint-analysis.html"].contains("120件投诉都属于“噪音”。"));
}

#[test]
fn forty_long_categories_and_items_make_whole_pages() {
    let long: Vec<String> =
        (0..40).map(|n| format!("{}第{n}项", "公共设施（含电梯、门禁与照明）维修".repeat(4))).collect();
    let sample = Sample { categories: long.clone(), items: long, ..Sample::default() };
    check(&rendered(&sample, Language::Zh));
    check(&rendered(&sample, Language::En));
}

#[test]
fn markup_in_names_stays_text() {
    let evil = "<script>alert(\"1\")</script>&amp;'\u{202E}\u{0}{{ x }}";
    let sample = Sample {
        community: evil.to_owned(),
        categories: vec![evil.to_owned(), "噪音".to_owned()],
        items: vec![evil.to_owned(), "服务".to_owned()],
        ..Sample::default()
    };
    let pages = rendered(&sample, Language::Zh);
    check(&pages);
    for (path, html) in &pages {
        assert!(!html.contains("<script>alert") && !html.contains('\u{202E}'), "{path}");
    }
    assert!(pages["2025-06/c1/complaint-analysis.html"].contains("&lt;script&gt;"));
}

#[test]
fn a_company_without_data_has_its_two_pages() {
    let world = Sample::default().world();
    let mut input = world.input(Language::Zh);
    let facts = crate::metrics::fact::FactTable::default();
    input.facts = &facts;
    let paths: Vec<String> = input.pages().iter().map(|task| task.path.clone()).collect();
    assert_eq!(paths, ["index.html", "quality/index.html"]);
    let renderer = Renderer::new(None).unwrap();
    for task in input.pages() {
        assert!(renderer.render(&compose(&input, task)).is_ok());
    }
}

#[test]
fn only_the_periods_asked_for_get_pages() {
    let world = Sample::default().world();
    let mut input = world.input(Language::Zh);
    let periods = [Period::Month(2025, 6)];
    input.periods = Some(&periods);
    assert!(page_plan(&input).iter().all(|task| task.period.is_none_or(|period| period == periods[0])));
    let pages: BTreeMap<String, String> = page_plan(&input)
        .iter()
        .map(|task| (task.path.clone(), Renderer::new(None).unwrap().render(&compose(&input, task)).unwrap()))
        .collect();
    check(&pages);
}

#[test]
fn a_notice_hides_an_item_with_few_answers_and_the_overall_rate_that_would_tell_it() {
    let few = rendered(&Sample { fewest_answers: 4.0, ..Sample::default() }, Language::Zh);
    let all = rendered(&Sample::default(), Language::Zh);
    let (few, all) = (&few["public/2025-H1/c1/survey-notice.html"], &all["public/2025-H1/c1/survey-notice.html"]);
    assert!(all.contains("<p class=\"overall\"") && all.contains("工程维修</span>") && !all.contains("不单独公布"));
    assert!(!few.contains("<p class=\"overall\"") && few.contains("总体满意率不单独公布"));
    assert!(!few.contains("工程维修</span>") && few.contains("保洁服务</span>"));
    assert_eq!(few.matches("为保护答卷人").count(), 1, "one sentence, whatever the reason");
}

#[test]
fn the_wall_lets_notices_pass_and_stops_a_room_in_an_item() {
    for (item, passes) in [("服务", true), ("3栋2单元1501的意见", false), ("请联系13812345678", false)] {
        let sample = Sample { items: vec![item.to_owned(), "保洁".to_owned()], ..Sample::default() };
        let world = sample.world();
        let input = world.input(Language::Zh);
        let task =
            page_plan(&input).into_iter().find(|task| task.path == "public/2025-H1/c1/survey-notice.html").unwrap();
        assert!(task.is_public());
        assert_eq!(input.wall.guard.page(&compose(&input, &task)).is_ok(), passes, "{item}");
    }
}

#[test]
fn no_page_links_to_one_that_was_withheld() {
    let world = Sample::default().world();
    let input = world.input(Language::Zh);
    let withheld: BTreeSet<String> =
        ["public/2025-H1/c1/survey-notice.html", "2025-06/c1/complaint-analysis.html"].map(str::to_owned).into();
    let renderer = Renderer::new(None).unwrap();
    let pages: BTreeMap<String, String> = page_plan(&input)
        .iter()
        .filter(|task| !withheld.contains(&task.path))
        .map(|task| {
            let mut page = compose(&input, task);
            drop_links(&mut page, &withheld);
            (task.path.clone(), renderer.render(&page).unwrap())
        })
        .collect();
    check(&pages);
    assert!(pages["2025-06/complaint-analysis.html"].contains("翠园一期"));
}

#[test]
fn a_template_with_a_fault_is_named_with_line_and_caret() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<p>\n{{ frame.nothing }}</p>").unwrap();
    let renderer = Renderer::new(Some(folder.path())).unwrap();
    let world = Sample::default().world();
    let input = world.input(Language::Zh);
    let task = page_plan(&input).into_iter().find(|task| task.path == "index.html").unwrap();
    let message = renderer.render(&compose(&input, &task)).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(message.contains("index.html:2") && message.contains('^') && message.contains("模板"), "{message}");
    std::fs::write(folder.path().join("indx.html"), "").unwrap();
    let message = Renderer::new(Some(folder.path())).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(message.contains("indx.html") && message.contains("survey-notice.html"), "{message}");
}
