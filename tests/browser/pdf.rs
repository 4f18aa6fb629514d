//! As much of a PDF as the browser writes it as a test needs: its sheets, and on which of them labelled elements stand.
//!
//! The browser writes objects as plain text, packs streams, and gives a tagged PDF: elements of the structure name the marked
//! content that they print (`/K`) and its sheet (`/Pg`).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::read::ZlibDecoder;
use serde_json::json;

use crate::devtools::Tab;

/// A printed page.
pub(crate) struct Pdf {
    pub(crate) bytes: Vec<u8>,
    /// Width and height of each sheet, in points.
    pub(crate) sheets: Vec<(f64, f64)>,
    /// Sheets of each labelled element that prints, counted from 1.
    pub(crate) labelled: BTreeMap<String, BTreeSet<usize>>,
}

impl Pdf {
    /// Prints the page of a tab as its own `@page` rules have it.
    pub(crate) fn of(tab: &Tab) -> Self {
        let params = json!({ "preferCSSPageSize": true, "printBackground": true, "generateTaggedPDF": true });
        let printed = tab.call("Page.printToPDF", &params);
        let bytes = BASE64_STANDARD.decode(printed["data"].as_str().expect("a PDF")).expect("base64");
        let objects = Objects::of(&bytes);
        let sheets = objects.pages.iter().map(|page| media_box(&objects.bodies[page])).collect();
        let marks = objects.marks();
        let mut labelled = BTreeMap::new();
        for (id, body) in objects.bodies.iter().filter(|(_, body)| body.contains("/Type /StructElem")) {
            if let Some((label, _)) = after(body, "/Alt (").and_then(|rest| rest.split_once(')')) {
                let mut on = BTreeSet::new();
                objects.sheets_of(*id, &marks, &mut on);
                labelled.insert(label.to_owned(), on);
            }
        }
        Self { bytes, sheets, labelled }
    }
}

/// The objects of a PDF by their numbers, each byte a character, and which are pages, in their order.
struct Objects {
    bodies: BTreeMap<usize, String>,
    pages: Vec<usize>,
}

/// Marked content that shows something: its page and its number there.
type Marks = BTreeSet<(usize, usize)>;

impl Objects {
    fn of(bytes: &[u8]) -> Self {
        let text: String = bytes.iter().copied().map(char::from).collect();
        let object = |text: &str| {
            let (head, body) = text.split_once(" 0 obj")?;
            let number = head.rsplit(|c: char| !c.is_ascii_digit()).next()?;
            Some((number.parse().ok()?, body.to_owned()))
        };
        let bodies: BTreeMap<usize, String> = text.split("endobj").filter_map(object).collect();
        let pages = bodies.iter().filter(|(_, body)| body.contains("/Type /Page\n")).map(|(id, _)| *id).collect();
        Self { bodies, pages }
    }

    /// What stands on the sheets. The browser opens the mark of an element that begins behind the edge of a sheet, too, and
    /// draws nothing there.
    fn marks(&self) -> Marks {
        let mut marks = Marks::new();
        for page in &self.pages {
            let content = after(&self.bodies[page], "/Contents ").and_then(first_number).expect("a page has content");
            let content = unpacked(&self.bodies[&content]);
            for marked in content.split("/MCID ").skip(1) {
                let drawing = marked.split("EMC").next().unwrap_or_default();
                let draws =
                    drawing.split_whitespace().any(|word| ["Tj", "TJ", "f", "f*", "S", "B", "Do"].contains(&word));
                marks.extend(first_number(marked).filter(|_| draws).map(|number| (*page, number)));
            }
        }
        marks
    }

    /// The sheets on which an element of the structure, and all below it, shows something.
    fn sheets_of(&self, id: usize, marks: &Marks, on: &mut BTreeSet<usize>) {
        let Some(body) = self.bodies.get(&id) else { return };
        let own = after(body, "/Pg ").and_then(first_number);
        let Some(content) = after(body, "/K ") else { return };
        // A number is marked content of the element's own page; `12 0 R` an element; a dictionary content of another page.
        let words = content.split(|c: char| c.is_whitespace() || "[]<>".contains(c)).filter(|word| !word.is_empty());
        let mut words = words.take_while(|word| !["/A", "/ID"].contains(word)).peekable();
        let mut page = own;
        while let Some(word) = words.next() {
            let Ok(number) = word.parse::<usize>() else {
                if word == "/Pg" {
                    page = words.next().and_then(first_number);
                    words.by_ref().take(2).for_each(drop);
                }
                continue;
            };
            let mut rest = words.clone();
            if rest.next() == Some("0") && rest.next() == Some("R") {
                words = rest;
                self.sheets_of(number, marks, on);
            } else {
                let place =
                    self.pages.iter().position(|known| page == Some(*known) && marks.contains(&(*known, number)));
                on.extend(place.map(|place| place + 1));
                page = own;
            }
        }
    }
}

fn after<'a>(body: &'a str, key: &str) -> Option<&'a str> {
    body.split_once(key).map(|(_, rest)| rest)
}

fn first_number(text: &str) -> Option<usize> {
    text.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The content of a stream; the browser packs it where that makes it shorter.
fn unpacked(body: &str) -> String {
    let (head, packed) = body.split_once("stream\n").expect("a stream");
    if !head.contains("/FlateDecode") {
        return packed.to_owned();
    }
    let packed: Vec<u8> = packed.chars().map(|c| u8::try_from(c).expect("each byte is a character")).collect();
    let mut content = Vec::new();
    ZlibDecoder::new(packed.as_slice()).read_to_end(&mut content).expect("the browser packs with zlib");
    content.into_iter().map(char::from).collect()
}

fn media_box(page: &str) -> (f64, f64) {
    let numbers = after(page, "/MediaBox [").and_then(|rest| rest.split_once(']')).expect("a page has a media box").0;
    let numbers: Vec<f64> = numbers.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    (numbers[2] - numbers[0], numbers[3] - numbers[1])
}
