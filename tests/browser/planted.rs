//! Each check finds the faults of a page that is made to have them, so that silence means that there are none.

use std::fs;

use crate::site::{Page, Site, look};
use crate::{access, markup, opens, paper, room, tools};

/// One fault of each kind.
const FAULTS: &str = include_str!("planted.html");

/// A page without a fault that another one links to.
const GOOD: &str = "<!DOCTYPE html>
<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Good</title><style>@page { size: A4 }</style></head>
<body><main><h1 id=\"there\">Good</h1><p>Nothing is wrong here.</p></main></body></html>
";

/// A notice in small letters on two sheets that are not A4.
const NOTICE: &str = "<!DOCTYPE html>
<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Notice</title><style>@page { size: A5 }
@media print { h1 { font-size: 39pt } p { font-size: 21pt; height: 240mm } }</style></head>
<body class=\"notice\"><main><h1>Notice</h1><p>One sheet.</p></main></body></html>
";

/// The planted pages, by the name of their test so that tests do not share a folder; none where there is no browser.
fn planted(name: &'static str) -> Option<Site> {
    let (_, work) = tools::browser()?;
    let folder = work.join(name);
    fs::create_dir(&folder).unwrap();
    for (file, page) in [("faults.html", FAULTS), ("good.html", GOOD), ("notice.html", NOTICE)] {
        fs::write(folder.join(file), page).unwrap();
    }
    Some(Site::of(name, folder))
}

fn page<'a>(site: &'a Site, file: &str) -> Page<'a> {
    site.pages().find(|page| page.path == file).unwrap()
}

/// Each of these was found, and nothing on the good page.
#[track_caller]
fn assert_found(found: &[String], faults: &[&str]) {
    for fault in faults {
        assert!(found.iter().any(|finding| finding.contains(fault)), "「{fault}」 was not found among {found:#?}");
    }
    assert!(found.iter().all(|finding| !finding.contains("good.html:")), "{found:#?}");
}

#[test]
fn a_page_that_speaks_asks_or_leads_nowhere_is_found() {
    let Some(site) = planted("planted-opens") else { return };
    let found = opens::findings(&site.pages().collect::<Vec<_>>());
    let faults = [
        "console: ",
        "said aloud",
        "exception: ",
        "picture.png",
        "the id twice stands twice",
        "aria-describedby=\"nothing\"",
        "the link missing.html leads to no file",
        "the link #missing leads to no id",
        "the link https://example.invalid/ leads out of the output",
    ];
    assert_found(&found, &faults);
    assert!(found.iter().all(|finding| !finding.contains("#there")), "{found:#?}");
}

#[test]
fn a_text_without_room_is_found() {
    let Some(site) = planted("planted-room") else { return };
    let found = look(&[page(&site, "faults.html"), page(&site, "good.html")], room::findings);
    let faults = [
        "print: main > section.gap > svg > text: 「left label」",
        "390 px: main > section.gap > svg > text: 「left label」",
        "overlaps 「right label」",
        "「beyond the edge」",
        "leaves its chart",
        "「tiny」 is 8.0 px",
        "「sideways without a label」 scrolls sideways",
        "is cut on paper",
        "「hidden behind the edge of its own box」 is cut",
        "「sticking out of the cell」 sticks out of its box",
        "1200 px: the page scrolls sideways",
    ];
    assert_found(&found, &faults);
    // Lines of a label at the pitch of their size do not overlap, and what is declared may scroll.
    let innocent = ["second line", "390 px: main > section.gap > div.fits"];
    for text in innocent {
        assert!(found.iter().all(|finding| !finding.contains(text)), "{text} is no fault: {found:#?}");
    }
}

#[test]
fn a_chart_between_two_sheets_and_a_heading_alone_are_found() {
    let Some(site) = planted("planted-paper") else { return };
    let found = look(&[page(&site, "faults.html"), page(&site, "good.html")], paper::cut);
    assert_found(&found, &["<figure> 「The top of a figure", "「A heading alone」 stands on sheet"]);
}

#[test]
fn a_notice_in_small_letters_on_two_sheets_is_found() {
    let Some(site) = planted("planted-notice") else { return };
    let found = look(&[page(&site, "notice.html")], |tab, page| paper::notice(tab, page).unwrap());
    assert_found(&found, &["smaller than 22 pt", "smaller than 40 pt", "prints to 2 sheets", "not A4"]);
}

#[test]
fn a_barrier_is_found() {
    let Some(site) = planted("planted-access") else { return };
    let Some(axe) = tools::axe() else { return };
    let pages = [page(&site, "faults.html"), page(&site, "good.html")];
    let found = look(&pages, |tab, page| access::findings(tab, page, &axe));
    assert_found(&found, &["390 px, light: color-contrast", ".faint", "1200 px, dark: color-contrast", ".dim"]);
}

#[test]
fn a_tag_that_is_none_is_found() {
    let Some(site) = planted("planted-markup") else { return };
    let Some(checker) = tools::markup_checker() else { return };
    let found = markup::findings(&site.pages().collect::<Vec<_>>(), checker);
    assert_found(&found, &["faults.html: line", "blink", "Duplicate ID"]);
}
