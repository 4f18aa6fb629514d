//! Phones, identity numbers, and the ids by which a person is reached: mail, WeChat, QQ.

use super::WallRule;

/// Most characters between two groups of one number, as in `(021) - 1234`.
const WIDEST_GAP: usize = 3;

/// The first phone, identity number or id of a text.
pub(super) fn find(text: &[char]) -> Option<(WallRule, String)> {
    grouped(text).or_else(|| dotted(text)).or_else(|| local_phone(text)).or_else(|| id_of_person(text))
}

/// Groups of digits that blanks, hyphens and brackets may part, each run of neighbours tried, so that a number is found beside a
/// date.
fn grouped(text: &[char]) -> Option<(WallRule, String)> {
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
        if let Some(found) = in_groups(&groups, ends_in_x) {
            return Some(found);
        }
    }
    None
}

fn in_groups(groups: &[String], ends_in_x: bool) -> Option<(WallRule, String)> {
    for first in 0..groups.len() {
        for last in first..groups.len() {
            let digits = groups[first..=last].concat();
            if digits.len() > 24 {
                break;
            }
            let with_x = ends_in_x && last + 1 == groups.len();
            if is_identity(&digits, with_x) {
                return Some((WallRule::Identity, digits));
            }
            // A date between two other numbers is no part of a phone.
            let holds_date = groups[first..=last].windows(3).any(is_date) && !is_phone(&groups[first]);
            let is_mobile = is_mobile(&digits) || two_phones(&digits);
            // The area of a landline is a group of its own, or all is one group.
            let is_landline = is_phone(&digits)
                && (first == last || matches!(groups[first].len(), 3..=4) || groups[first].ends_with("86"));
            if (is_mobile || is_landline) && !holds_date {
                return Some((WallRule::Phone, digits));
            }
        }
    }
    None
}

/// `2025`, `06`, `30`: of this century, as a phone may begin like a year of the last one.
fn is_date(groups: &[String]) -> bool {
    let number = |at: usize, length: usize, range: std::ops::RangeInclusive<u32>| {
        groups[at].len() == length && groups[at].parse::<u32>().is_ok_and(|value| range.contains(&value))
    };
    number(0, 4, 2000..=2100) && number(1, 2, 1..=12) && number(2, 2, 1..=31)
}

/// Whether a character stands between two digits of one number.
pub(in crate::report) fn parts_digits(text: &[char], at: usize) -> bool {
    let is_gap = |c: &char| matches!(c, '-' | ' ' | '(' | ')' | '‐' | '–' | '−' | '—');
    let gap = text[at..].iter().take_while(|c| is_gap(c)).count();
    (1..=WIDEST_GAP).contains(&gap) && text.get(at + gap).is_some_and(char::is_ascii_digit)
}

/// A number whose digits another mark parts throughout: `138.1234.5678`, `138/1234/5678`. An amount with its thousands marked is
/// none, nor is a clause.
fn dotted(text: &[char]) -> Option<(WallRule, String)> {
    const MARKS: [char; 9] = ['.', ',', '/', '_', '*', '、', '~', '·', '+'];
    MARKS.into_iter().filter(|mark| text.contains(mark)).find_map(|mark| {
        let runs = text.split(|c| !(c.is_ascii_digit() || *c == mark));
        runs.filter(|run| !is_amount(run, mark)).find_map(|run| {
            let digits: String = run.iter().filter(|c| c.is_ascii_digit()).collect();
            (run.contains(&mark) && is_mobile(&digits)).then_some((WallRule::Phone, digits))
        })
    })
}

/// `13,812,345,678`: groups of three behind the first.
fn is_amount(run: &[char], mark: char) -> bool {
    let mut groups = run.split(|c| *c == mark);
    let first = groups.next().map_or(0, <[char]>::len);
    mark == ',' && (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
}

/// Whether digits are a phone's: a mobile one, or a landline with its area.
pub(in crate::report) fn is_phone(digits: &str) -> bool {
    is_mobile(digits) || is_landline(local(digits))
}

fn local(digits: &str) -> &str {
    digits.strip_prefix("0086").or_else(|| (digits.len() >= 12).then(|| digits.strip_prefix("86"))?).unwrap_or(digits)
}

fn is_mobile(digits: &str) -> bool {
    let digits = local(digits);
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// Two phones without anything between them.
fn two_phones(digits: &str) -> bool {
    digits.len() == 22 && is_mobile(&digits[..11]) && is_mobile(&digits[11..])
}

fn is_landline(digits: &str) -> bool {
    let area = match digits.as_bytes() {
        [b'0', b'1' | b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return false,
    };
    let number = digits.get(area..).unwrap_or_default();
    (7..=8).contains(&number.len()) && number.starts_with(|c: char| ('1'..='9').contains(&c))
}

/// Region, birthday and serial of 18 places, the last of which may be an X, or of 15 places.
fn is_identity(digits: &str, with_x: bool) -> bool {
    let number =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let is_day = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
    let region = matches!(number(0..2), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91);
    match digits.len() + usize::from(with_x) {
        18 => (1850..=2100).contains(&number(6..10)) && is_day(number(10..12), number(12..14)),
        15 => !with_x && region && is_day(number(8..10), number(10..12)),
        _ => false,
    }
}

/// A number without an area, where a word in front says that it is a phone: `电话：26881234`.
fn local_phone(text: &[char]) -> Option<(WallRule, String)> {
    const WORDS: [&str; 13] =
        ["电话", "手机", "座机", "致电", "来电", "拨打", "号码", "热线", "联系方式", "TEL", "PHONE", "MOBILE", "CALL"];
    WORDS.iter().flat_map(|word| behind(text, word)).find_map(|start| {
        let from = start + text[start..].iter().take(6).take_while(|c| ":号码是为. (#-".contains(**c)).count();
        let mut groups: Vec<String> = vec![String::new()];
        let mut at = from;
        while at < text.len() && (text[at].is_ascii_digit() || at > from && parts_digits(text, at)) {
            match groups.last_mut() {
                Some(group) if text[at].is_ascii_digit() => group.push(text[at]),
                _ => groups.push(String::new()),
            }
            at += 1;
        }
        groups.retain(|group| !group.is_empty());
        let digits = groups.concat();
        let is_day = groups.windows(3).any(is_date)
            || (digits.len() == 8
                && is_date(&[digits[..4].to_owned(), digits[4..6].to_owned(), digits[6..].to_owned()]));
        let is_local = (7..=8).contains(&digits.len()) && digits.starts_with(|c: char| ('2'..='9').contains(&c));
        (is_local && !is_day && !digits.starts_with("400")).then_some((WallRule::Phone, digits))
    })
}

/// Where a text goes on behind each occurrence of a word.
pub(super) fn behind(text: &[char], word: &str) -> Vec<usize> {
    let word: Vec<char> = word.chars().collect();
    (0..text.len()).filter(|at| text[*at..].starts_with(&word)).map(|at| at + word.len()).collect()
}

/// Mail addresses, and ids of WeChat and QQ where a word says so.
fn id_of_person(text: &[char]) -> Option<(WallRule, String)> {
    mail(text).or_else(|| chat(text)).map(|found| (WallRule::Contact, found))
}

fn mail(text: &[char]) -> Option<String> {
    let is_part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    text.iter().enumerate().filter(|(_, c)| **c == '@').find_map(|(at, _)| {
        let name = text[..at].iter().rev().take_while(|c| is_part(c)).count();
        let host: String = text[at + 1..].iter().take_while(|c| is_part(c)).collect();
        let ends = host.trim_end_matches('.').rsplit_once('.').is_some_and(|(_, end)| end.len() >= 2);
        (name > 0 && ends).then(|| text[at - name..at].iter().collect::<String>() + "@" + &host)
    })
}

fn chat(text: &[char]) -> Option<String> {
    const WORDS: [(&str, bool); 8] = [
        ("微信", false),
        ("薇信", false),
        ("V信", false),
        ("VX", false),
        ("WECHAT", false),
        ("WEIXIN", false),
        ("QQ", true),
        ("扣扣", true),
    ];
    WORDS.iter().flat_map(|(word, digits)| behind(text, word).into_iter().map(move |at| (at, *digits))).find_map(
        |(start, digits)| {
            // The company's own account is open to all.
            if text[start..].starts_with(&['公', '众']) {
                return None;
            }
            let between = text[start..].iter().take(6).take_while(|c| ":号码是为群 ID".contains(**c)).count();
            // `ID` stands between only where a mark follows it: an id may begin with these letters.
            let named = text[start..start + between].iter().any(|c| ":号群".contains(*c));
            let between = if named { between } else { text[start..].iter().take_while(|c| **c == ' ').count() };
            let id: String = text[start + between..]
                .iter()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect();
            let has_digit = id.contains(|c: char| c.is_ascii_digit() || c == '_');
            let is_id = if digits {
                (5..=11).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())
            } else {
                (5..=20).contains(&id.len()) && (named || has_digit && !id.starts_with(|c: char| c.is_ascii_digit()))
            };
            is_id.then_some(id)
        },
    )
}
