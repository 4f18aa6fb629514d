//! What a sheet of an Excel archive tells beside its cells: hidden rows and columns, widths, merged cells.
//!
//! The parts pass by while they are measured; nothing is unpacked twice, and of a part only its head and a few tags are looked at.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;
use quick_xml::events::Event;

use super::budget::Watch;
use super::package::{Archive, Package, folded, has_ending};
use super::sheet::Sheet;
use super::{binary, markup, stream};
use crate::origin::CellRange;

/// What the sheets of an archive tell beside their cells.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Some sheet has merged cells that the spreadsheet crate must be asked for.
    pub merged: bool,
    parts: BTreeMap<String, Part>,
    /// Parts by name of the sheet.
    of_sheet: BTreeMap<String, String>,
}

/// What one sheet tells.
#[derive(Debug, Default)]
pub(super) struct Part {
    head: Vec<u8>,
    has_head: bool,
    /// The end of what has passed, in which a tag may have begun.
    carry: Vec<u8>,
    pub hidden_rows: Vec<Range<u32>>,
    pub hidden_cols: Vec<Range<u32>>,
    pub widths: Vec<(Range<u32>, f64)>,
    pub merges: Vec<CellRange>,
}

/// Longest tag of a row.
const TAG: usize = 2048;

/// Longest head of a sheet: views, and a tag for each column.
const HEAD: usize = 1 << 21;

impl Watch for Facts {
    fn see(&mut self, part: &str, stretch: &[u8], begins: bool) {
        let part = folded(part);
        if !part.contains("worksheets") || !has_ending(&part, ".xml") {
            return;
        }
        self.merged |= memmem::find(stretch, b"mergeCell").is_some();
        let part = self.parts.entry(part).or_default();
        if begins {
            *part = Part::default();
        }
        part.see(stretch);
    }
}

impl Facts {
    /// Finds out which part is which sheet, and reads what a binary workbook tells.
    pub(super) fn settle(&mut self, bytes: &[u8]) {
        let Ok(mut archive) = Archive::open(bytes) else { return };
        let package: Package = archive.package();
        for sheet in &package.sheets {
            let Some(relation) = package.relation(sheet) else { continue };
            let part = folded(&relation.part);
            // Many sheets over one part are one part.
            if has_ending(&part, ".bin")
                && !self.parts.contains_key(&part)
                && let Some(bytes) = archive.bytes(&part, u64::MAX)
            {
                self.parts.insert(part.clone(), binary::facts(&bytes));
            }
            self.of_sheet.insert(sheet.name.clone(), part);
        }
        for part in self.parts.values_mut() {
            part.read_head();
        }
    }

    /// The part of a sheet, where it is known.
    pub(super) fn part_of(&self, sheet: &str) -> Option<&str> {
        self.of_sheet.get(sheet).map(String::as_str)
    }

    /// Tells a sheet what is known of it.
    pub(super) fn tell(&self, sheet: &mut Sheet) {
        let Some(part) = self.of_sheet.get(&sheet.name).and_then(|part| self.parts.get(part)) else { return };
        sheet.hidden_rows = joined(part.hidden_rows.clone());
        sheet.hidden_cols = joined(part.hidden_cols.clone());
        sheet.widths.clone_from(&part.widths);
        sheet.merges.clone_from(&part.merges);
    }
}

impl Part {
    fn see(&mut self, stretch: &[u8]) {
        if !self.has_head {
            self.head.extend_from_slice(&stretch[..stretch.len().min(HEAD.saturating_sub(self.head.len()))]);
            let end = memmem::find(&self.head, b"sheetData");
            self.has_head = end.is_some() || self.head.len() >= HEAD;
            self.head.truncate(end.unwrap_or(HEAD));
        }
        self.carry.extend_from_slice(stretch);
        // Where the last tag that was looked at ended, and the first end of a tag behind the place that is looked at: whatever
        // the part holds, no byte is looked at twice.
        let (mut from, mut floor, mut closing) = (0, 0, Some(0));
        while let Some(found) = memmem::find(&self.carry[from..], b"hidden=") {
            let at = from + found;
            match self.carry.get(at + b"hidden=.".len()) {
                Some(b'1' | b't') => {}
                // Programs that say of every row that it is not hidden are passed over quickly.
                Some(_) => {
                    from = at + 1;
                    continue;
                }
                None => break,
            }
            if closing.is_some_and(|closing| closing < at) {
                closing = memchr::memchr(b'>', &self.carry[at..]).map(|end| at + end);
            }
            let Some(end) = closing.map(|closing| closing - at).filter(|end| *end < TAG) else {
                if self.carry.len() - at >= TAG {
                    from = at + 1;
                    continue;
                }
                // The tag ends in the next stretch.
                break;
            };
            let start = memchr::memrchr(b'<', &self.carry[floor.max(at.saturating_sub(TAG))..at]);
            if let Some(start) = start {
                let start = floor.max(at.saturating_sub(TAG)) + start;
                self.hidden_rows.extend(hidden_row(&self.carry[start + 1..at + end]));
            }
            from = at + end;
            floor = from;
        }
        // What was looked at must not be found again.
        let kept = from.max(self.carry.len().saturating_sub(2 * TAG));
        self.carry.drain(..kept);
    }

    fn read_head(&mut self) {
        let head = std::mem::take(&mut self.head);
        let (mut reader, mut buffer) = (markup::reader(head.as_slice()), Vec::new());
        while let Ok(event) = markup::next(&mut reader, &mut buffer) {
            match event {
                Event::Start(element) if element.local_name().as_ref() == "col" => {
                    let number = |name| markup::number(&element, name);
                    let (Some(first), Some(last)) = (number("min"), number("max")) else { continue };
                    let columns = first.saturating_sub(1)..last.min(stream::LAST.col + 1);
                    if columns.is_empty() {
                        continue;
                    }
                    let told = |name| markup::attribute(&element, name);
                    if told("hidden").is_some_and(|told| told == "1" || told == "true") {
                        self.hidden_cols.push(columns.clone());
                    }
                    if let Some(width) = told("width").and_then(|width| width.trim().parse().ok()) {
                        self.widths.push((columns, width));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
}

/// The row of a tag such as `row r="5" hidden="1"`, where it is one and hidden.
fn hidden_row(tag: &[u8]) -> Option<Range<u32>> {
    let tag = std::str::from_utf8(tag).ok()?;
    let (name, attributes) = tag.split_once(char::is_whitespace)?;
    let value = |key: &str| {
        let (_, after) = attributes
            .split_once(&format!(" {key}="))
            .or_else(|| Some(("", attributes.strip_prefix(&format!("{key}="))?)))?;
        let mut quoted = after.split(['"', '\'']);
        quoted.nth(1)
    };
    let is_row = name.rsplit(':').next() == Some("row");
    let is_hidden = matches!(value("hidden"), Some("1" | "true"));
    let number: u32 = value("r").and_then(|number| number.parse().ok())?;
    (is_row && is_hidden && (1..=stream::LAST.row + 1).contains(&number)).then(|| number - 1..number)
}

/// Ranges that touch, as one.
pub(super) fn joined(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.dedup_by(|next, range| {
        let touches = range.end == next.start;
        if touches {
            range.end = next.end;
        }
        touches
    });
    ranges
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn hidden_rows_are_seen_wherever_the_part_is_cut() {
        let mut rows = String::new();
        for row in 1..=400 {
            let hidden = if row % 7 == 0 { " hidden=\"1\"" } else { " hidden=\"false\"" };
            let _ = write!(rows, "<row r=\"{row}\" spans=\"1:9\"{hidden} ht=\"15\"><c r=\"A{row}\"><v>1</v></c></row>");
        }
        let sheet =
            format!("<worksheet><cols><col min=\"2\" max=\"3\" width=\"9.5\" hidden=\"1\"/></cols><sheetData>{rows}");
        for step in [1, 7, 100, 65_536] {
            let mut part = Part::default();
            for stretch in sheet.as_bytes().chunks(step) {
                part.see(stretch);
            }
            part.read_head();
            let numbers: Vec<u32> = part.hidden_rows.iter().map(|rows| rows.end).collect();
            assert_eq!(numbers, (1..=57).map(|place| place * 7).collect::<Vec<u32>>(), "stretches of {step}");
            assert_eq!(part.hidden_cols.first(), Some(&(1..3)));
            assert_eq!(part.widths, [(1..3, 9.5)]);
        }
    }

    #[test]
    fn tags_that_never_begin_or_never_end_cost_no_second_look() {
        for junk in ["hidden=\"1\">", "hidden=\"1\" "] {
            let sheet = format!("<sheetData>{}><row r=\"7\" hidden=\"1\">", junk.repeat(200_000));
            let mut part = Part::default();
            for stretch in sheet.as_bytes().chunks(65_536) {
                part.see(stretch);
            }
            assert_eq!((part.hidden_rows.len(), part.hidden_rows.first()), (1, Some(&(6..7))), "{junk}");
        }
    }

    #[test]
    fn ranges_that_touch_are_one() {
        assert_eq!(joined(vec![1..2, 2..5, 6..7]), [1..5, 6..7]);
    }
}
