//! The wall guard: nothing that hangs on a wall names a person, a phone, a room, a plate or an identity number.
//!
//! The guard reads the finished strings of a page, so it does not matter by which way a text came in. It would rather stop a
//! harmless page than let a name pass.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::Page;

/// What a page for the wall must not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WallRule {
    /// A phone number.
    Phone,
    /// An identity card number.
    Identity,
    /// A car plate.
    Plate,
    /// A room.
    Room,
    /// The name of a person.
    Name,
}

impl WallRule {
    /// The rule's name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Identity => "identity",
            Self::Plate => "plate",
            Self::Room => "room",
            Self::Name => "name",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Phone => "电话号码 / a phone number",
            Self::Identity => "身份证号 / an identity number",
            Self::Plate => "车牌号 / a car plate",
            Self::Room => "房号 / a room",
            Self::Name => "人名 / the name of a person",
        }
    }
}

/// A page that may not hang on the wall, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}：{} · {place}", rule.title())]
pub struct WallBreach {
    /// The page.
    pub path: String,
    /// The rule that stopped it.
    pub rule: WallRule,
    /// Where in the page's model, as `/items/3/label`.
    pub place: String,
    /// What was found.
    pub found: String,
}

/// Reads every string of a page under `public/`; other pages pass.
///
/// `known_names` are the names of persons in the input, without those that are also a community, department or category.
///
/// # Errors
/// The first string that a rule forbids.
pub fn guard(page: &Page, known_names: &BTreeSet<String>) -> Result<(), WallBreach> {
    if page.public || page.path.starts_with("public/") { walk(&page.model, "", page, known_names) } else { Ok(()) }
}

fn walk(value: &Value, place: &str, page: &Page, names: &BTreeSet<String>) -> Result<(), WallBreach> {
    match value {
        Value::String(text) => match breach(text, names) {
            Some((rule, found)) => Err(WallBreach { path: page.path.clone(), rule, place: place.to_owned(), found }),
            None => Ok(()),
        },
        Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(i, item)| walk(item, &format!("{place}/{i}"), page, names))
        }
        Value::Object(fields) => {
            fields.iter().try_for_each(|(key, field)| walk(field, &format!("{place}/{key}"), page, names))
        }
        _ => Ok(()),
    }
}

/// The first rule that a text breaks. Full-width digits and letters count as plain ones.
fn breach(text: &str, names: &BTreeSet<String>) -> Option<(WallRule, String)> {
    let plain: Vec<char> = text.nfkc().flat_map(char::to_uppercase).collect();
    numbers(&plain)
        .or_else(|| plate(&plain).map(|found| (WallRule::Plate, found)))
        .or_else(|| room(&plain).map(|found| (WallRule::Room, found)))
        .or_else(|| name(text, names).map(|found| (WallRule::Name, found)))
}

/// Phones and identity numbers: groups of digits that blanks, hyphens and brackets may part, each run of neighbours tried,
/// so that a number is found beside a date.
fn numbers(text: &[char]) -> Option<(WallRule, String)> {
    let mut at = 0;
    while at < text.len() {
        if !text[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut groups: Vec<String> = vec![String::new()];
        while at < text.len() && (text[at].is_ascii_digit() || parts_digits(text, at)) {
            match groups.last_mut() {
                Some(group) if text[at].is_ascii_digit() => group.push(text[at]),
                _ => groups.push(String::new()),
            }
            at += 1;
        }
        let ends_in_x = text.get(at) == Some(&'X');
        groups.retain(|group| !group.is_empty());
        for first in 0..groups.len() {
            for last in first..groups.len() {
                let digits = groups[first..=last].concat();
                let with_x = ends_in_x && last + 1 == groups.len();
                if (digits.len() == 18 && !with_x) || (digits.len() == 17 && with_x) {
                    return Some((WallRule::Identity, digits));
                }
                if is_phone(&digits) {
                    return Some((WallRule::Phone, digits));
                }
            }
        }
    }
    None
}

/// Whether a character stands between two digits of one number.
pub(super) fn parts_digits(text: &[char], at: usize) -> bool {
    let follows = |from: usize| text.get(from).is_some_and(char::is_ascii_digit);
    matches!(text[at], '-' | ' ' | '(' | ')' | '‐' | '–' | '−')
        && (follows(at + 1) || (matches!(text[at], ')' | '(') && follows(at + 2)))
}

pub(super) fn is_phone(digits: &str) -> bool {
    let local = digits.strip_prefix("0086").or_else(|| (digits.len() == 13).then(|| digits.strip_prefix("86"))?);
    let digits = local.unwrap_or(digits);
    let mobile = digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9');
    let landline = digits.starts_with('0') && !digits.starts_with("00") && (10..=12).contains(&digits.len());
    mobile || landline
}

/// The first plate of a text.
fn plate(text: &[char]) -> Option<String> {
    (0..text.len()).find_map(|at| plate_end(text, at).map(|end| text[at..end].iter().collect()))
}

/// Where a plate that begins at a character ends: province mark, letter, and five or six letters or digits of which one at least
/// is a digit.
pub(super) fn plate_end(text: &[char], at: usize) -> Option<usize> {
    const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";
    text.get(at).filter(|mark| PROVINCES.contains(**mark))?;
    text.get(at + 1).filter(|letter| letter.is_ascii_uppercase())?;
    let dot = usize::from(matches!(text.get(at + 2), Some('·' | '.' | ' ' | '-' | '•')));
    let tail: String = text.get(at + 2 + dot..)?.iter().take_while(|c| c.is_ascii_alphanumeric()).collect();
    let is_plate = (5..=6).contains(&tail.len()) && tail.contains(|c: char| c.is_ascii_digit());
    is_plate.then(|| at + 2 + dot + tail.len())
}

/// Rooms: `3-2-1501`, `3栋1501`, `3栋2单元1501`, `1501室`.
fn room(text: &[char]) -> Option<String> {
    let mut at = 0;
    while at < text.len() {
        if text[at].is_ascii_digit()
            && (at == 0 || !text[at - 1].is_ascii_digit())
            && let Some(end) = room_at(text, at)
        {
            return Some(text[at..end].iter().collect());
        }
        at += 1;
    }
    None
}

/// Where a room that begins at a digit ends.
pub(super) fn room_at(text: &[char], start: usize) -> Option<usize> {
    let digits = |from: usize| text[from.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let word = |from: usize, word: &str| {
        let length = word.chars().count();
        text.get(from..from + length).is_some_and(|found| found.iter().copied().eq(word.chars())).then_some(length)
    };
    let first = digits(start);
    let after = start + first;
    if (3..=4).contains(&first) && word(after, "室").or_else(|| word(after, "房")).is_some() {
        return Some(after + 1);
    }
    if first > 3 {
        return None;
    }
    // Building-unit-room. A date such as 2025-06-30 begins with four digits and ends with two.
    if let Some(dash) = text.get(after).filter(|c| matches!(c, '-' | '‐' | '–' | '−' | '/')) {
        let second = digits(after + 1);
        let last_at = after + 1 + second + 1;
        let last = digits(last_at);
        if (1..=2).contains(&second) && text.get(after + 1 + second) == Some(dash) && (3..=4).contains(&last) {
            return Some(last_at + last);
        }
        return None;
    }
    let building = ["号楼", "栋", "幢", "座", "#", "号"].iter().find_map(|mark| word(after, mark))?;
    let mut next = after + building;
    let unit = digits(next);
    if (1..=2).contains(&unit) {
        next += unit + word(next + unit, "单元").or_else(|| word(next + unit, "门"))?;
    }
    let last = digits(next);
    (3..=4).contains(&last).then_some(next + last)
}

/// A name of two characters or more that stands by itself, with or without a title behind it.
pub(super) fn name(text: &str, names: &BTreeSet<String>) -> Option<String> {
    const TITLES: [&str; 6] = ["先生", "女士", "小姐", "太太", "师傅", "业主"];
    let known = |token: &str| token.chars().count() >= 2 && names.contains(token);
    if known(text.trim()) {
        return Some(text.trim().to_owned());
    }
    let tokens: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).collect();
    for (at, token) in tokens.iter().enumerate() {
        let bare = TITLES.iter().find_map(|title| token.strip_suffix(title)).unwrap_or(token);
        if known(token) || known(bare) {
            return Some((*token).to_owned());
        }
        // Names of two or three words, such as `Mary Ann Lee`.
        for length in 2..=3 {
            if let Some(joined) = tokens.get(at..at + length).map(|words| words.join(" ")).filter(|words| known(words))
            {
                return Some(joined);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rule_of(text: &str) -> Option<WallRule> {
        let names = ["张三", "欧阳小明", "Mary Lee", "李"].map(str::to_owned).into_iter().collect();
        let page = Page {
            path: "public/x.html".into(),
            template: "x",
            public: true,
            model: json!({"a": [{"b": text}]}),
            ..Page::default()
        };
        guard(&page, &names).err().map(|breach| breach.rule)
    }

    #[test]
    fn phones_are_stopped_in_every_way_of_writing() {
        for text in [
            "13812345678",
            "电话１３８１２３４５６７８。",
            "138-1234-5678",
            "+86 138 1234 5678",
            "2025-06-30 13812345678",
            "0755-12345678",
            "(021)12345678",
        ] {
            assert_eq!(rule_of(text), Some(WallRule::Phone), "{text}");
        }
        for text in ["12345678", "1,381,234", "2025-06-30", "共 12 345 份", "12.5%"] {
            assert_eq!(rule_of(text), None, "{text}");
        }
    }

    #[test]
    fn identity_numbers_and_plates_are_stopped() {
        assert_eq!(rule_of("110101199003078515"), Some(WallRule::Identity));
        assert_eq!(rule_of("11010119900307851x"), Some(WallRule::Identity));
        assert_eq!(rule_of("车辆粤B·12345乱停"), Some(WallRule::Plate));
        assert_eq!(rule_of("京ad12345"), Some(WallRule::Plate));
        assert_eq!(rule_of("新A区"), None);
    }

    #[test]
    fn rooms_are_stopped_and_dates_and_counts_pass() {
        for text in ["3-2-1501", "3栋2单元1501", "住1501室", "5号楼302", "12幢1单元201室"] {
            assert_eq!(rule_of(text), Some(WallRule::Room), "{text}");
        }
        for text in ["2025-06-30", "3栋", "共1501户", "1501份", "96.5%", "12-3", "4.6.2"] {
            assert_eq!(rule_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_known_name_is_stopped_where_it_stands_by_itself() {
        for text in ["张三", "（张三）", "感谢 张三先生", "欧阳小明、其他", "by Mary Lee."] {
            assert_eq!(rule_of(text), Some(WallRule::Name), "{text}");
        }
        for text in ["张三丰路口", "李", "Mary and Lee"] {
            assert_eq!(rule_of(text), None, "{text}");
        }
    }

    #[test]
    fn pages_for_management_pass() {
        let page = Page {
            path: "2025-06/x.html".into(),
            template: "x",
            public: false,
            model: json!("13812345678"),
            ..Page::default()
        };
        assert_eq!(guard(&page, &BTreeSet::new()), Ok(()));
    }
}
