//! Every page is well formed, its links resolve, and nothing private hangs on the wall.

use std::collections::{BTreeMap, BTreeSet};

use manyi::recognise::field::Field;
use roxmltree::{Document, ParsingOptions};

use crate::case::{Case, rows_of};
use crate::demo_run::{demo, input};
use crate::input_cells::cells_of;

type Tree = BTreeMap<String, Vec<u8>>;

fn pages(files: &Tree) -> impl Iterator<Item = (&str, &str)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
}

#[track_caller]
fn parsed<'a>(path: &str, page: &'a str) -> Document<'a> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every attribute of a page.
fn attributes<'a>(document: &'a Document<'_>) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    document.descendants().flat_map(|node| {
        let tag = if node.is_element() { node.tag_name().name() } else { "" };
        node.attributes().map(move |attribute| (tag, attribute.name(), attribute.value()))
    })
}

/// What a reader sees, and what a title or label says.
fn texts(document: &Document<'_>) -> Vec<String> {
    let read = document.descendants().filter(|node| node.is_text() && !in_style(node));
    let mut texts: Vec<String> = read.filter_map(|node| node.text()).map(str::to_owned).collect();
    texts.extend(attributes(document).map(|(_, _, value)| value.to_owned()));
    texts
}

fn in_style(node: &roxmltree::Node<'_, '_>) -> bool {
    node.ancestors().any(|above| above.has_tag_name("style"))
}

/// The file and the fragment to which a link leads.
fn target(page: &str, link: &str) -> (String, Option<String>) {
    let (path, fragment) = link.split_once('#').map_or((link, None), |(path, id)| (path, Some(id.to_owned())));
    if path.is_empty() {
        return (page.to_owned(), fragment);
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop().unwrap_or_else(|| panic!("{page}: {link} leads out of the output"))),
            part => parts.push(part),
        }
    }
    (parts.join("/"), fragment)
}

/// Well formed, ids once each, links and references that resolve, nothing from outside.
#[track_caller]
fn check(files: &Tree) {
    let documents: BTreeMap<&str, Document<'_>> = pages(files).map(|(path, page)| (path, parsed(path, page))).collect();
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, document) in &documents {
        for (_, _, id) in attributes(document).filter(|(_, name, _)| *name == "id") {
            assert!(ids.entry(path).or_default().insert(id), "{path}: the id {id} stands twice");
        }
    }
    for (path, document) in &documents {
        let own = |id: &str| ids.get(path).is_some_and(|ids| ids.contains(id));
        for (tag, name, value) in attributes(document) {
            for reference in value.split("url(").skip(1) {
                let id = reference.strip_prefix('#').and_then(|rest| rest.split_once(')')).map(|(id, _)| id);
                assert!(id.is_some_and(own), "{path}: {value} leads nowhere");
            }
            if ["aria-labelledby", "aria-describedby", "for", "headers"].contains(&name) {
                assert!(value.split_whitespace().all(own), "{path}: {name}=\"{value}\" leads nowhere");
            }
            if !["href", "src", "srcset", "poster", "data", "action", "formaction", "background"].contains(&name) {
                continue;
            }
            assert!(!value.contains(':') && !value.starts_with("//"), "{path}: <{tag} {name}=\"{value}\"> is outside");
            let (file, fragment) = target(path, value);
            assert!(files.contains_key(&file), "{path}: {value} leads to no file");
            if let Some(fragment) = fragment {
                let there = ids.get(file.as_str()).is_some_and(|ids| ids.contains(fragment.as_str()));
                assert!(there, "{path}: {value} leads to no id");
            }
        }
        for tag in ["script", "iframe", "object", "embed", "link", "base", "form"] {
            // The search of the first page is the only form and the only script.
            let own = usize::from(*path == "index.html" && ["script", "form"].contains(&tag));
            let found = document.descendants().filter(|node| node.has_tag_name(tag)).count();
            assert_eq!(found, own, "{path}: <{tag}>");
        }
        for style in document.descendants().filter(in_style).filter_map(|node| node.text()) {
            assert!(!style.contains("@import") && !style.contains("url("), "{path}: a style loads something");
        }
    }
}

#[test]
fn every_page_is_well_formed_its_links_resolve_and_nothing_is_loaded_from_outside() {
    assert!(pages(&demo().files).count() > 80);
    check(&demo().files);
}

#[test]
fn every_page_can_be_reached_from_the_index() {
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut next = vec!["index.html".to_owned()];
    while let Some(path) = next.pop() {
        let Some(page) = demo().files.get(&path).filter(|_| path.ends_with(".html") && !reached.contains(&path)) else {
            continue;
        };
        let document = parsed(&path, std::str::from_utf8(page).unwrap());
        let links = attributes(&document).filter(|(_, name, _)| *name == "href");
        next.extend(links.map(|(_, _, link)| target(&path, link).0));
        reached.insert(path);
    }
    let all: BTreeSet<String> = pages(&demo().files).map(|(path, _)| path.to_owned()).collect();
    let lost: Vec<&String> = all.difference(&reached).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn every_page_says_its_language_and_has_a_title_and_one_heading_of_the_first_rank() {
    for (path, page) in pages(&demo().files) {
        let document = parsed(path, page);
        let root = document.root_element();
        assert!(root.has_tag_name("html") && root.attribute("lang") == Some("zh-CN"), "{path}");
        let title = document.descendants().find(|node| node.has_tag_name("title")).and_then(|node| node.text());
        assert!(title.is_some_and(|title| title.contains("和悦物业服务有限公司")), "{path}: {title:?}");
        assert_eq!(document.descendants().filter(|node| node.has_tag_name("h1")).count(), 1, "{path}");
    }
}

#[test]
fn no_page_shows_what_only_a_program_would_write() {
    for (path, page) in pages(&demo().files) {
        for text in texts(&parsed(path, page)) {
            for slip in ["NaN", "None", "Some(", "null", "undefined", "{{", "}}", "{%", "inf%", "-0%"] {
                let exempt = slip == "None" && text.contains("none");
                assert!(!text.contains(slip) || exempt, "{path}: {slip} in 「{text}」");
            }
        }
    }
}

#[test]
fn nothing_on_the_wall_names_a_customer_a_phone_or_a_room_of_the_input() {
    let private = |field: Field, is_one: fn(&str) -> bool| -> BTreeSet<String> {
        let cells = cells_of(&input()).into_iter().filter(|cell| cell.field == field);
        cells.map(|cell| cell.text).filter(|text| is_one(text)).collect()
    };
    let names = private(Field::Person, |text| text.chars().count() >= 2);
    let phones = private(Field::Phone, |text| text.len() >= 7);
    // A place without a number, such as the garden, is nobody's room.
    let rooms = private(Field::Place, |text| text.bytes().filter(u8::is_ascii_digit).count() >= 4);
    assert!(names.len() > 300 && phones.len() > 300 && rooms.len() > 300, "the input hardly names anybody");
    let walls: Vec<(&str, &str)> = pages(&demo().files).filter(|(path, _)| path.starts_with("public/")).collect();
    // Of six communities and of all together: notices of two half years and publications of twelve months; letters of the six.
    assert_eq!(walls.len(), 7 * 2 + 7 * 12 + 6 * 2);
    for (path, page) in walls {
        let text = texts(&parsed(path, page)).join("\n");
        for private in names.iter().chain(&phones).chain(&rooms) {
            assert!(!text.contains(private.as_str()), "{path} names {private}");
        }
        assert!(!text.contains("1990000"), "{path} gives a phone");
    }
}

#[test]
fn only_pages_lie_under_public() {
    let others: Vec<&String> =
        demo().files.keys().filter(|path| path.starts_with("public/") && !path.ends_with(".html")).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// Texts that would be markup, a template, a formula or a path if anybody took them for it.
const HOSTILE: &[&[&str]] = &[
    &["投诉编号", "小区", "投诉时间", "房号", "投诉类型", "投诉内容", "责任部门", "处理完成时间"],
    &[
        "T-1",
        "<b>花园&\"",
        "2025-03-05 14:30",
        "1-1-101",
        "<script>alert(1)</script>",
        "甲",
        "=1+1",
        "2025-03-06 09:00",
    ],
    &["T-2", "../../etc", "2025-03-07 08:00", "1-1-102", "{{ frame.title }}", "乙", "@sum(a1)", "2025-03-07 18:00"],
    &["T-3", "=cmd|' /c calc'!A1", "2025-03-08 08:00", "1-1-103", "-2+3", "丙", "+1", "2025-03-09 18:00"],
];

#[test]
fn text_from_a_cell_is_never_markup_nor_a_formula_nor_a_path() {
    for language in ["zh", "en"] {
        let case = Case::new().with_book("登记.xlsx", &rows_of(HOSTILE));
        case.run(&["--quiet", "--lang", language]).expect(0);
        let files = case.output();
        check(&files);
        for (path, page) in pages(&files) {
            let scripts =
                page.matches("<script").count() - page.matches("<script>\n(function () {\n  \"use strict\"").count();
            assert!(scripts == 0 && !page.contains("<b>花园"), "{path}");
        }
        let analysis = parsed("", std::str::from_utf8(&files["2025-03/complaint-analysis.html"]).unwrap());
        assert!(texts(&analysis).iter().any(|text| text.contains("<script>alert(1)</script>")), "{language}");
        assert!(texts(&analysis).iter().any(|text| text.contains("{{ frame.title }}")), "{language}");
        for path in files.keys() {
            assert!(path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-/.".contains(&b)), "{path}");
            assert!(!path.contains("etc") && !path.contains(".."), "{path}");
        }
        for name in ["facts.csv", "ledger.csv", "problems.csv"] {
            let mut reader = csv::Reader::from_reader(files[&format!("data/{name}")].as_slice());
            let fields: Vec<String> = reader
                .records()
                .flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                .collect();
            let formula =
                fields.iter().find(|field| field.starts_with(['=', '+', '@', '-']) && field.parse::<f64>().is_err());
            assert_eq!(formula, None, "{name}");
        }
        let names: BTreeSet<String> =
            case.data("facts.csv").rows().map(|fact| fact.get("scope_name").to_owned()).collect();
        assert!(
            names.contains("'=cmd|' /c calc'!A1") && names.contains("'=1+1") && names.contains("../../etc"),
            "{names:?}"
        );
    }
}

#[test]
fn a_community_without_an_id_is_eight_hex_digits_in_paths() {
    let case = Case::good();
    case.run(&["--quiet"]).expect(0);
    let folders: BTreeSet<String> = case
        .output()
        .keys()
        .filter_map(|path| path.strip_prefix("2025-03/")?.split_once('/').map(|(folder, _)| folder.to_owned()))
        .collect();
    assert_eq!(folders.len(), 2, "{folders:?}");
    let is_hash = |folder: &String| folder.len() == 8 && folder.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    assert!(folders.iter().all(is_hash), "{folders:?}");
}

#[test]
fn a_repair_is_named_by_the_limit_on_repairs_where_complaints_have_one_of_the_same_id() {
    let files = &demo().files;
    let (_, page) = pages(files).find(|(path, _)| *path == "2025-12/overdue.html").unwrap();
    assert!(page.contains("报修：报修办结") && page.contains("投诉：投诉办结"));
    assert!(!page.contains("报修：投诉办结"));
}
