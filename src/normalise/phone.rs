//! Phones: kept as written, compared by their digits.

use unicode_normalization::UnicodeNormalization;

/// The numbers that a cell names, as digits: mobile phones without `+86`, landlines with their area code, no extensions. Several
/// may stand in one cell. What is no phone gives none.
#[must_use]
pub fn numbers(text: &str) -> Vec<String> {
    // The common case costs little.
    if text.len() == 11 && text.starts_with('1') && !text.starts_with("10") && text.bytes().all(|b| b.is_ascii_digit())
    {
        return vec![text.to_owned()];
    }
    let normal: String = text.nfkc().collect();
    normal
        .split(['/', ',', ';', '、', '\n', '或', '|', '。'])
        .flat_map(|part| {
            let whole = number(part);
            // `138 0013 8000` is one number, `13800138000 02012345678` two.
            match whole {
                Some(one) => vec![one],
                None => part.split_whitespace().filter_map(number).collect(),
            }
        })
        .collect()
}

/// Whether two cells name a phone in common; none where one of them names no phone.
#[must_use]
pub fn agree(a: &str, b: &str) -> Option<bool> {
    if a == b && !a.trim().is_empty() {
        return Some(true);
    }
    let (a, b) = (numbers(a), numbers(b));
    (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|one| b.iter().any(|other| is_same(one, other))))
}

/// A number without its area code, as neighbours write it.
#[must_use]
pub fn local(number: &str) -> &str {
    let area = match number.as_bytes() {
        [b'0', b'1' | b'2', ..] => 3,
        [b'0', ..] => 4,
        _ => 0,
    };
    number.get(area..).filter(|local| local.len() >= 7).unwrap_or(number)
}

/// A landline may stand without its area code.
fn is_same(a: &str, b: &str) -> bool {
    a == b
        || (a.starts_with('0') != b.starts_with('0') && a.len().min(b.len()) >= 7 && (a.ends_with(b) || b.ends_with(a)))
}

fn number(text: &str) -> Option<String> {
    let text = text.trim();
    // What follows is an extension.
    let text =
        ["转", "轉", "分机", "ext", "x", "#"].iter().fold(text, |text, mark| text.split(mark).next().unwrap_or(text));
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+' && c != '(');
    let mut parts: Vec<&str> = text.split('-').collect();
    // `0571-87654321-801`: the last group is an extension.
    if parts.len() == 3 && parts[0].starts_with('0') && parts[1].trim().len() >= 7 {
        parts.truncate(2);
    }
    let joined = parts.concat();
    if !joined.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '(' | ')')) {
        return None;
    }
    let is_abroad = joined.trim_start().starts_with('+');
    let digits: String = joined.chars().filter(char::is_ascii_digit).collect();
    let digits = match digits.strip_prefix("86").or_else(|| digits.strip_prefix("0086")) {
        Some(rest) if is_abroad || rest.len() == 11 => rest.to_owned(),
        _ => digits,
    };
    let is_mobile = digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10");
    let is_landline = (10..=12).contains(&digits.len()) && digits.starts_with('0');
    let is_local = (7..=8).contains(&digits.len()) && !digits.starts_with('0');
    let is_service = digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    (is_mobile || is_landline || is_local || is_service).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_landline_is_known_without_its_area_code() {
        for (number, local_part) in [
            ("057187654321", "87654321"),
            ("01087654321", "87654321"),
            ("02087654321", "87654321"),
            ("87654321", "87654321"),
            ("13800138000", "13800138000"),
        ] {
            assert_eq!(local(number), local_part, "{number}");
        }
    }

    #[test]
    fn phones_are_compared_by_their_digits() {
        for (text, found) in [
            ("13800138000", &["13800138000"][..]),
            ("138 0013 8000", &["13800138000"]),
            ("138-0013-8000", &["13800138000"]),
            ("１３８００１３８０００", &["13800138000"]),
            ("+86 13800138000", &["13800138000"]),
            ("8613800138000", &["13800138000"]),
            ("0571-87654321", &["057187654321"]),
            ("(0571)87654321", &["057187654321"]),
            ("0571-87654321-801", &["057187654321"]),
            ("87654321转801", &["87654321"]),
            ("13800138000/13900139000", &["13800138000", "13900139000"]),
            ("13800138000 13900139000", &["13800138000", "13900139000"]),
            ("13800138000、0571-87654321", &["13800138000", "057187654321"]),
            ("王先生13800138000", &["13800138000"]),
            ("400-820-1234", &["4008201234"]),
            ("无", &[]),
            ("3-2-1501", &[]),
            ("12345", &[]),
        ] {
            assert_eq!(numbers(text), found, "{text}");
        }
        assert_eq!(agree("138 0013 8000", "13900139000、13800138000"), Some(true));
        assert_eq!(agree("0571-87654321", "87654321"), Some(true));
        assert_eq!(agree("13800138000", "13900139000"), Some(false));
        assert_eq!(agree("13800138000", ""), None);
    }
}
