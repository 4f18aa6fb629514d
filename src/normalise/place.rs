//! Places: rooms as residents write them, the building they are in, and the form by which they are compared.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::numeral;

/// The building of a room: `3-2-1501`, `3栋2单元1501`, `3号楼`, `A座1203`; none where the text names none.
#[must_use]
pub fn building(place: &str) -> Option<&str> {
    let place = place.trim();
    for mark in ["号楼", "栋", "幢", "座", "#"] {
        if let Some((before, _)) = place.split_once(mark) {
            let name = last_word(before);
            return (!name.is_empty() && name.chars().count() <= 4).then_some(name);
        }
    }
    let mut parts = place.split(['-', '－', '—', '–']);
    let first = parts.next()?.trim();
    let plain =
        |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let rest: Vec<&str> = parts.collect();
    (plain(first) && !rest.is_empty() && rest.len() <= 3 && rest.iter().all(|part| plain(part.trim()))).then_some(first)
}

/// The letters and digits at the end: `翠湖花园3` names building 3.
fn last_word(text: &str) -> &str {
    let text = text.trim();
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_alphanumeric())
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// A place in the one form by which places are compared: `3-2-1501` for `3栋2单元1501`, `3#2-1501`, `三栋二单元1501室` and
/// `３－２－１５０１`; `3-1501` for `3号楼1501`; `A-1203` for `A座1203`. What is no room is folded in width, case and blanks only.
#[must_use]
pub fn comparable(place: &str) -> Cow<'_, str> {
    let is_plain =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-');
    // The common case costs nothing.
    if is_plain(place) {
        let is_bare = !place.starts_with(['0', '-']) && !place.contains("-0");
        return if is_bare { Cow::Borrowed(place) } else { Cow::Owned(without_zeros(place)) };
    }
    let normal: String = place.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    let is_no_room = normal.is_ascii() && !normal.contains(['#', '-']);
    let folded = if is_no_room { normal } else { room(&normal).unwrap_or(normal) };
    Cow::Owned(if is_plain(&folded) { without_zeros(&folded) } else { folded })
}

/// The form by which households are compared: that of the place, with the building in front where the place is a room that does
/// not begin with it (`3` and `2-1501`: `3-2-1501`).
#[must_use]
pub fn household<'a>(of_building: &str, place: &'a str) -> Cow<'a, str> {
    household_in(building_in_front(of_building).as_deref(), place)
}

/// A building as it stands in front of a room; none where what is written is no number or letter of a building. Few buildings
/// stand in many rows: each is looked at once.
#[must_use]
pub fn building_in_front(of_building: &str) -> Option<String> {
    let named = comparable(building(of_building).unwrap_or(of_building));
    let is_building = (1..=4).contains(&named.len()) && named.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_building.then(|| named.into_owned())
}

/// The same with a building from [`building_in_front`].
#[must_use]
pub fn household_in<'a>(named: Option<&str>, place: &'a str) -> Cow<'a, str> {
    let own = comparable(place);
    let Some(named) = named else { return own };
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_room = own.starts_with(|c: char| c.is_ascii_digit()) && is_plain(&own) && own.matches('-').count() < 3;
    let begins = own.strip_prefix(named).is_some_and(|rest| rest.starts_with('-'));
    if is_room && !begins { Cow::Owned(format!("{named}-{own}")) } else { own }
}

/// Whether two places may be one: the same, or the same room with and without what stands between building and room
/// (`3-1501`, `3-2-1501`).
#[must_use]
pub fn may_be_same(a: &str, b: &str) -> bool {
    let (a, b) = (comparable(a), comparable(b));
    let ends = |place: &str| {
        let (first, rest) = place.split_once('-')?;
        Some((first.to_owned(), rest.rsplit('-').next()?.to_owned(), place.matches('-').count()))
    };
    match (ends(&a), ends(&b)) {
        _ if a == b => true,
        (Some(a), Some(b)) => (&a.0, &a.1) == (&b.0, &b.1) && a.2 != b.2,
        _ => false,
    }
}

/// Each part without the zeros in front of it.
fn without_zeros(place: &str) -> String {
    let mut parts = String::with_capacity(place.len());
    for part in place.split('-') {
        if !parts.is_empty() {
            parts.push('-');
        }
        let bare = part.trim_start_matches('0');
        parts.push_str(if bare.is_empty() && !part.is_empty() { "0" } else { bare });
    }
    parts
}

/// Words between the parts of a room, longest first.
const BETWEEN: [&str; 17] =
    ["号楼", "號樓", "单元", "單元", "栋", "幢", "棟", "座", "楼", "樓", "门", "門", "#", "-", "–", "—", "_"];
/// Words behind a room.
const BEHIND: [&str; 5] = ["室", "房", "户", "戶", "号"];

/// A folded room as its parts joined by `-`; what stands before its first number (a garden, a phase) stays in front of them.
fn room(folded: &str) -> Option<String> {
    let written =
        numeral::with_digits(folded, &['栋', '幢', '棟', '座', '号', '號', '单', '單', '楼', '樓', '门', '門']);
    let body = BEHIND.iter().find_map(|word| written.strip_suffix(word)).unwrap_or(&written);
    let start = body.find(|c: char| c.is_ascii_alphanumeric())?;
    let (front, mut rest) = body.split_at(start);
    let mut parts: Vec<&str> = Vec::new();
    while !rest.is_empty() {
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (part, after) = rest.split_at(length);
        if part.is_empty() || part.len() > 5 || parts.len() == 4 {
            return None;
        }
        parts.push(part);
        rest = match BETWEEN.iter().find_map(|word| after.strip_prefix(word)) {
            // `3栋-2单元`: two words between the same parts.
            Some(after) => after.strip_prefix('-').unwrap_or(after),
            None if after.is_empty() => after,
            None => return None,
        };
    }
    if parts.len() < 2 {
        return None;
    }
    let bare = |part: &str| match part.trim_start_matches('0') {
        "" => "0".to_owned(),
        part => part.to_owned(),
    };
    let parts: Vec<String> = parts.into_iter().map(bare).collect();
    Some(format!("{front}{}", parts.join("-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_has_one_form_however_it_is_written() {
        for (place, form) in [
            ("3-2-1501", "3-2-1501"),
            ("3栋2单元1501", "3-2-1501"),
            ("3#2-1501", "3-2-1501"),
            ("三栋二单元1501室", "3-2-1501"),
            ("3号楼2单元1501", "3-2-1501"),
            ("３－２－１５０１", "3-2-1501"),
            ("3 - 2 - 1501", "3-2-1501"),
            ("03-02-1501", "3-2-1501"),
            ("3栋-2单元-1501", "3-2-1501"),
            ("3棟2單元1501室", "3-2-1501"),
            ("3号楼1501", "3-1501"),
            ("A座1203", "A-1203"),
            ("a座1203", "A-1203"),
            ("十二栋601", "12-601"),
            ("1201", "1201"),
            ("东门 岗亭", "东门岗亭"),
            ("222 Main St", "222MAINST"),
            ("3号楼大堂", "3号楼大堂"),
            ("", ""),
        ] {
            assert_eq!(comparable(place), form, "{place}");
        }
        assert_ne!(comparable("一期3-2-1501"), comparable("二期3-2-1501"), "what stands in front tells places apart");
    }

    #[test]
    fn a_room_is_of_the_building_beside_it() {
        for (building, place, form) in [
            ("3", "1501", "3-1501"),
            ("3栋", "2单元1501室", "3-2-1501"),
            ("三号楼", "1501", "1501"),
            ("3", "3-2-1501", "3-2-1501"),
            ("03", "3-1501", "3-1501"),
            ("A座", "1203", "A-1203"),
            ("", "1501", "1501"),
            ("3", "东门岗亭", "东门岗亭"),
            ("3", "", ""),
        ] {
            assert_eq!(household(building, place), form, "{building} {place}");
        }
    }

    #[test]
    fn a_room_may_be_written_without_its_entrance() {
        assert!(may_be_same("3栋1501", "3-2-1501"));
        assert!(may_be_same("3-2-1501", "3栋2单元1501室"));
        for (a, b) in [("3-1-1501", "3-2-1501"), ("3-1501", "4-2-1501"), ("3-1502", "3-2-1501"), ("1501", "3-1501")] {
            assert!(!may_be_same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn the_building_of_a_room_is_found() {
        for (place, found) in [
            ("3-2-1501", Some("3")),
            ("3栋2单元1501", Some("3")),
            ("翠湖花园12号楼601", Some("12")),
            ("A座1203", Some("A")),
            ("B2-301", Some("B2")),
            ("东门岗亭", None),
            ("222 MAIN ST", None),
            ("", None),
        ] {
            assert_eq!(building(place), found, "{place}");
        }
    }
}
