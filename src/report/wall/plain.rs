//! Texts as the rules read them: one way of writing for digits, marks, blanks and scripts.

use unicode_normalization::UnicodeNormalization;

use crate::normalise::han::is_han;
use crate::normalise::label::simplified;
use crate::normalise::numeral;

/// First digits of scripts whose digits NFKC leaves as they are.
const ZEROS: [char; 12] = [
    '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}', '\u{BE6}', '\u{E50}',
    '\u{ED0}', '\u{F20}',
];

/// A text with full width and other digits as ASCII ones, capitals, simplified characters, plain blanks, and nothing that is not
/// seen.
pub(super) fn plain(text: &str) -> Vec<char> {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).nfkc().filter(|c| !is_unseen(*c)).collect();
    simplified(&seen).chars().flat_map(char::to_uppercase).map(one_way).collect()
}

/// Joiners, soft hyphens, direction marks and marks that stand over another character, such as the frame of a keycap.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20F0}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn one_way(c: char) -> char {
    if c.is_whitespace() {
        return ' ';
    }
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | 'ー' => '-',
        '•' | '‧' | '・' | '∙' | '⋅' => '·',
        '\u{660}'..='\u{F29}' => {
            let digit = ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|value| *value < 10));
            digit.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
        }
        _ => c,
    }
}

/// The same text with its Chinese numerals as digits: `三栋二单元五零一` as `3栋2单元501`. None where there is none.
pub(super) fn with_digits(plain: &[char]) -> Option<Vec<char>> {
    let is_numeral = |c: char| numeral::is_numeral(c) || c == '幺';
    if !plain.iter().any(|c| is_numeral(*c)) {
        return None;
    }
    let mut out = Vec::with_capacity(plain.len());
    let mut at = 0;
    while at < plain.len() {
        let run: String =
            plain[at..].iter().take_while(|c| is_numeral(**c)).map(|c| if *c == '幺' { '一' } else { *c }).collect();
        let length = run.chars().count();
        if length == 0 {
            out.push(plain[at]);
            at += 1;
            continue;
        }
        let digits: Option<String> =
            run.chars().map(|c| numeral::parse(&c.to_string())).try_fold(String::new(), |mut digits, value| {
                digits.push(char::from_digit(u32::try_from(value?).ok()?, 10)?);
                Some(digits)
            });
        match digits.or_else(|| numeral::parse(&run).map(|value| value.to_string())) {
            Some(digits) => out.extend(digits.chars()),
            None => out.extend(&plain[at..at + length]),
        }
        at += length;
    }
    Some(out)
}

/// The text without what may stand between two Chinese characters of a name: blanks and middle dots.
pub(super) fn close(plain: &[char]) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(plain.len());
    for (at, c) in plain.iter().enumerate() {
        let parts = matches!(c, ' ' | '·')
            && out.last().is_some_and(|before| is_han(*before))
            && plain[at..].iter().find(|next| !matches!(next, ' ' | '·')).is_some_and(|next| is_han(*next));
        if !parts {
            out.push(*c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        plain(text).into_iter().collect()
    }

    #[test]
    fn digits_marks_and_scripts_have_one_way_of_writing() {
        assert_eq!(said("１３８　１２３４—５６７８"), "138 1234-5678");
        assert_eq!(said("1\u{FE0F}\u{20E3}3\u{200B}8"), "138");
        assert_eq!(said("١٣٨"), "138");
        assert_eq!(said("三棟五樓張先生 粵b"), "三栋五楼张先生 粤B");
    }

    #[test]
    fn chinese_numerals_become_digits() {
        let digits = |text: &str| with_digits(&plain(text)).map(String::from_iter);
        assert_eq!(digits("三栋二单元五零一").as_deref(), Some("3栋2单元501"));
        assert_eq!(digits("十二栋一百零三室").as_deref(), Some("12栋103室"));
        assert_eq!(digits("幺三八幺二三四五六七八").as_deref(), Some("13812345678"));
        assert_eq!(digits("138"), None);
    }

    #[test]
    fn a_name_is_closed_up_and_words_in_other_letters_are_not() {
        assert_eq!(String::from_iter(close(&plain("张　三 Mary Lee 12 3"))), "张三 MARY LEE 12 3");
    }
}
