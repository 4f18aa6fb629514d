//! Masks: on pages for management a text from a cell shows no name, phone, room, plate or identity number.
//!
//! What is looked for is what the wall guard stops; here it is blotted out instead, and the rest of the text stays.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::wall::{is_phone, name, parts_digits, plate_end, room_at};
use crate::normalise::han::is_han;

/// What stands for what is blotted out.
const BLOT: &str = "***";

/// Longest name in Han characters.
const LONGEST_NAME: usize = 4;

/// Fewest digits that stand for a number of a person: shorter ones are counts, dates and amounts.
const LONG_NUMBER: usize = 9;

/// What becomes of rooms in a masked text.
#[derive(Clone, Copy, PartialEq)]
enum Rooms {
    Hidden,
    Kept,
}

/// A text without names, phones, rooms, plates and identity numbers; `names` are those of persons in the input.
#[must_use]
pub fn masked(text: &str, names: &BTreeSet<String>) -> String {
    mask(text, names, Rooms::Hidden)
}

/// The same for a cell that tells a place or a case's number: its room stays, and so do numbers that are no phone's.
#[must_use]
pub fn masked_beside_room(text: &str, names: &BTreeSet<String>) -> String {
    mask(text, names, Rooms::Kept)
}

fn mask(text: &str, names: &BTreeSet<String>, rooms: Rooms) -> String {
    let shown: Vec<char> = text.chars().collect();
    // Full-width digits and letters count as plain ones, character by character, so that places agree.
    let plain: Vec<char> =
        shown.iter().map(|c| one(std::iter::once(*c).nfkc()).unwrap_or(*c).to_ascii_uppercase()).collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < plain.len() {
        let starts_number = plain[at].is_ascii_digit() && (at == 0 || !plain[at - 1].is_ascii_digit());
        let room = || room_at(&plain, at);
        let numbered = || match rooms {
            Rooms::Hidden => room().or_else(|| number_end(&plain, at, |digits| digits.len() >= LONG_NUMBER)),
            Rooms::Kept => number_end(&plain, at, is_identity),
        };
        if let Some(end) = starts_number.then(numbered).flatten().or_else(|| plate_end(&plain, at)) {
            out.push_str(BLOT);
            at = end;
        } else if let Some(end) = (rooms == Rooms::Kept && starts_number).then(room).flatten() {
            // As a whole: what follows its first digits is neither a phone nor a room of its own.
            out.extend(&shown[at..end]);
            at = end;
        } else if let Some(length) = name_at(&shown[at..], names) {
            out.push(shown[at]);
            out.push_str(BLOT);
            at += length;
        } else {
            out.push(shown[at]);
            at += 1;
        }
    }
    // Names in other scripts stand between blanks and marks.
    while let Some(found) = name(&out, names).filter(|found| out.contains(found.as_str())) {
        out = out.replace(&found, BLOT);
    }
    out
}

/// The only character of a run.
fn one(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

/// Whether digits are those of an identity number: region, then a birthday of the last two centuries; the check digit may be an X,
/// which is no digit.
fn is_identity(digits: &str) -> bool {
    (17..=18).contains(&digits.len()) && ["19", "20"].contains(&&digits[6..8]) && !digits.starts_with("20")
}

/// Where a phone or another number of a person in one piece that begins at a digit ends; a phone's groups may be parted by hyphens,
/// blanks and brackets.
fn number_end(text: &[char], start: usize, is_of_person: impl Fn(&str) -> bool) -> Option<usize> {
    let (mut digits, mut end, mut found) = (String::new(), start, None);
    while end < text.len() && (text[end].is_ascii_digit() || parts_digits(text, end)) {
        if text[end].is_ascii_digit() {
            digits.push(text[end]);
        }
        end += 1;
        let group_ends = text.get(end).is_none_or(|c| !c.is_ascii_digit());
        let in_one_piece = digits.len() == end - start;
        if group_ends && (is_phone(&digits) || in_one_piece && is_of_person(&digits)) {
            found = Some(end + usize::from(digits.len() == 17 && text.get(end) == Some(&'X')));
        }
    }
    found
}

/// Length of the known name with which a text begins, the longest one; only names in Han characters.
fn name_at(text: &[char], names: &BTreeSet<String>) -> Option<usize> {
    let run = text.iter().take(LONGEST_NAME).take_while(|c| is_han(**c)).count();
    (2..=run).rev().find(|length| names.contains(&text[..*length].iter().collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_of_a_person_is_blotted_out_and_the_rest_stays() {
        let names: BTreeSet<String> = ["张三", "欧阳小明", "Mary Lee"].map(str::to_owned).into_iter().collect();
        for (text, shown) in [
            ("请联系张三，电话13812345678", "请联系张***，电话***"),
            ("138-1234-5678 打不通", "*** 打不通"),
            ("住３栋２单元1501的欧阳小明反映", "住***的欧***反映"),
            ("5号楼302漏水，6月30日前修好", "***漏水，6月30日前修好"),
            ("粤B12345占道", "***占道"),
            ("身份证11010119900307851X", "身份证***"),
            ("Mary Lee suggests more lamps", "*** suggests more lamps"),
            ("2025-06-30 前增加12个充电桩", "2025-06-30 前增加12个充电桩"),
            ("一切都好", "一切都好"),
        ] {
            assert_eq!(masked(text, &names), shown);
        }
    }

    #[test]
    fn a_place_keeps_its_room_and_a_case_its_number_and_neither_shows_a_person() {
        let names: BTreeSet<String> = ["张三", "欧阳小明", "Mary Lee"].map(str::to_owned).into_iter().collect();
        for (text, shown) in [
            ("1-103 张三 13812345678", "1-103 张*** ***"),
            ("3栋2单元1501欧阳小明", "3栋2单元1501欧***"),
            ("3-2-1501（138-1234-5678）", "3-2-1501（***）"),
            ("5号楼302 0755-26881234", "5号楼302 ***"),
            ("1-103 11010119900307851X", "1-103 ***"),
            ("1-103 Mary Lee", "1-103 ***"),
            ("TS20250301001", "TS20250301001"),
            ("2025030100112345", "2025030100112345"),
            ("地下车库粤B12345", "地下车库***"),
        ] {
            assert_eq!(masked_beside_room(text, &names), shown);
        }
    }
}
