//! Places: rooms as residents write them, and the building they are in.

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

#[cfg(test)]
mod tests {
    use super::*;

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
