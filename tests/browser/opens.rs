//! Every page opens with no message, asks for nothing but itself, and its links and ids resolve.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::devtools::{Tab, url_of};
use crate::site::{Page, assert_none, look, pages, samples};

/// Links, ids and references of an opened document.
const PAGE: &str = include_str!("page.js");

/// Largest page, but for lists of the whole company, in bytes.
const LARGEST: u64 = 400_000;

/// What the browser complained of while a page was opened.
fn complaints(page: Page, events: &[Value]) -> Vec<String> {
    let own = url_of(&page.file());
    let complaint = |event: &Value| {
        let params = &event["params"];
        match event["method"].as_str()? {
            "Runtime.consoleAPICalled" => Some(format!("console: {}", params["args"])),
            "Runtime.exceptionThrown" => Some(format!("exception: {}", params["exceptionDetails"])),
            "Log.entryAdded" => Some(format!("message: {}", params["entry"]["text"])),
            "Audits.issueAdded" => Some(format!("issue: {}", params["issue"])),
            "Page.javascriptDialogOpening" => Some(format!("dialog: {}", params["message"])),
            "Page.windowOpen" => Some(format!("opens a window: {}", params["url"])),
            "Network.webSocketCreated" | "Network.webTransportCreated" => {
                Some(format!("connects to {}", params["url"]))
            }
            "Network.requestWillBeSent" => {
                let url = params["request"]["url"].as_str()?;
                (url != own && !url.starts_with("data:")).then(|| format!("asks for {url}"))
            }
            _ => None,
        }
    };
    events.iter().filter_map(complaint).collect()
}

/// What an opened document holds.
struct Held {
    ids: BTreeSet<String>,
    links: Vec<String>,
}

fn texts(list: &Value) -> impl Iterator<Item = String> {
    list.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned))
}

/// The file and the id to which a link leads from a page; none where it leads out of the output.
fn target(page: Page, link: &str) -> Option<(String, Option<String>)> {
    let (path, id) = link.split_once('#').map_or((link, None), |(path, id)| (path, Some(id.to_owned())));
    if path.is_empty() {
        return Some((page.path.to_owned(), id));
    }
    if path.contains(':') || path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = page.path.split('/').collect();
    parts.pop();
    for part in path.split('/').filter(|part| *part != ".") {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some((parts.join("/"), id))
}

/// Pages of a kind that are opened; that all links of all pages resolve is asked of their files, without a browser.
const MOST: usize = 4;

/// Opens every page and follows its links; an id only on a page that was opened too.
pub(crate) fn findings(pages: &[Page]) -> Vec<String> {
    let held: Mutex<BTreeMap<String, Held>> = Mutex::default();
    let open = |tab: &Tab, page: Page| {
        tab.look("screen", "light");
        tab.resize(1200, 900);
        let mut events = tab.open(&page.file());
        let mut seen = tab.apply(PAGE, &json!(null));
        events.extend(tab.told());
        let mut found = complaints(page, &events);
        found.extend(texts(&seen["wrong"]));
        let ids = texts(&seen["ids"].take()).collect();
        held.lock().unwrap().insert(page.name(), Held { ids, links: texts(&seen["links"].take()).collect() });
        found
    };
    let mut found = look(pages, open);
    let held = held.into_inner().unwrap();
    for page in pages {
        let wrong = held[&page.name()].links.iter().filter_map(|link| broken(*page, link, &held));
        found.extend(wrong.map(|what| format!("{}: {what}", page.name())));
    }
    found
}

/// What is wrong with a link of a page.
fn broken(page: Page, link: &str, held: &BTreeMap<String, Held>) -> Option<String> {
    let Some((file, id)) = target(page, link) else {
        return Some(format!("the link {link} leads out of the output"));
    };
    if !page.site.has(&file) {
        return Some(format!("the link {link} leads to no file"));
    }
    let there = held.get(&format!("{}/{file}", page.site.name));
    let is_there = there.zip(id).is_none_or(|(there, id)| there.ids.contains(&id));
    (!is_there).then(|| format!("the link {link} leads to no id of {file}"))
}

#[test]
fn pages_of_every_kind_open_without_a_message_ask_for_nothing_and_their_links_and_ids_resolve() {
    let Some(pages) = samples(MOST) else { return };
    assert_none(&findings(&pages), "opening pages");
}

#[test]
fn every_page_but_the_index_and_those_of_data_quality_is_under_400_kilobytes() {
    let Some(pages) = pages() else { return };
    let large = pages.iter().filter(|page| page.path != "index.html" && !page.path.starts_with("quality/"));
    let large = large.filter(|page| page.bytes >= LARGEST);
    let found: Vec<String> = large.map(|page| format!("{}: {} bytes", page.name(), page.bytes)).collect();
    assert_none(&found, "weight of pages");
}
