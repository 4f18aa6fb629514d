//! Car plates, those of new-energy cars among them.

use super::numbers::behind;

/// Marks of the provinces, and of consulates.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";

/// What ends a plate of five places in the place of a digit.
const ENDINGS: &str = "港澳学警挂领使";

/// The first plate of a text.
pub(super) fn find(text: &[char]) -> Option<String> {
    let of_province = || (0..text.len()).find_map(|at| plate_end(text, at).map(|end| text[at..end].iter().collect()));
    of_province().or_else(|| without_province(text))
}

/// Where a plate that begins at a character ends: province mark, letter, and five or six letters or digits of which one at least
/// is a digit. Dots, blanks and hyphens may stand before, between and behind the two.
pub(in crate::report) fn plate_end(text: &[char], at: usize) -> Option<usize> {
    text.get(at).filter(|mark| PROVINCES.contains(**mark))?;
    let letter = past_mark(text, at + 1);
    text.get(letter).filter(|letter| letter.is_ascii_uppercase())?;
    tail(text, past_mark(text, letter + 1))
}

fn past_mark(text: &[char], at: usize) -> usize {
    at + usize::from(matches!(text.get(at), Some('·' | '.' | ' ' | '-' | '•')))
}

/// Where five or six places end, parted once more at most.
fn tail(text: &[char], start: usize) -> Option<usize> {
    let whole = |from: usize| text[from.min(text.len())..].iter().take_while(|c| c.is_ascii_alphanumeric()).count();
    let first = whole(start);
    let has_digit = |end: usize| text[start..end].iter().any(char::is_ascii_digit);
    let special = text.get(start + first).is_some_and(|c| ENDINGS.contains(*c));
    if (5..=6).contains(&first) && has_digit(start + first) {
        return Some(start + first);
    }
    if first == 4 && special && has_digit(start + first) {
        return Some(start + first + 1);
    }
    let again = past_mark(text, start + first);
    let second = whole(again);
    let end = again + second;
    let all_digits = |from: usize, to: usize| text[from..to].iter().all(char::is_ascii_digit);
    // Counts stand behind blanks too: a parted plate ends in digits, and nothing is counted by them.
    let is_parted = first > 0
        && second > 0
        && again > start + first
        && (5..=6).contains(&(first + second))
        && all_digits(again, end)
        && !text.get(end).is_some_and(|c| "份件户元人次个%年月日.,".contains(*c));
    is_parted.then_some(end)
}

/// A plate without its province, where a word says that it is one.
fn without_province(text: &[char]) -> Option<String> {
    ["车牌", "车号", "牌照", "牌号"].iter().flat_map(|word| behind(text, word)).find_map(|start| {
        let from = start + text[start..].iter().take(4).take_while(|c| "号码:是为 ".contains(**c)).count();
        let found: String = text[from..].iter().take_while(|c| c.is_ascii_alphanumeric()).collect();
        let is_plate = (5..=7).contains(&found.len()) && found.contains(|c: char| c.is_ascii_digit());
        is_plate.then_some(found)
    })
}
