//! Labels: header texts and names, folded so that what a person reads as the same is the same.

use unicode_normalization::UnicodeNormalization;

/// Folds a label: full width to half width, capitals to small letters, without blanks, line breaks and marks.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, ':' | '*' | '_' | '-' | '—' | '·' | '.' | '、' | '"' | '\'' | '“' | '”')
        })
        .collect()
}

/// The label without what stands in brackets: a unit, a hint, a list of answers.
#[must_use]
pub fn without_brackets(folded: &str) -> String {
    let mut depth = 0_u32;
    folded
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' | '【' | '〔' => {
                    depth += 1;
                    return false;
                }
                ')' | ']' | '】' | '〕' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// A name as it is compared: folded, with brackets kept (`翠湖花园(一期)` is not `翠湖花园`).
#[must_use]
pub fn tidy(text: &str) -> String {
    if text.is_ascii() {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // Control characters go first: what they parted may join, and a name that is tidied twice is the same name.
    let normal: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).nfkc().collect();
    normal.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_width_and_brackets_do_not_matter() {
        assert_eq!(fold("报修\n时 间："), "报修时间");
        assert_eq!(fold("Created Date"), fold("created_date"));
        assert_eq!(without_brackets(&fold("回复时长（天）")), "回复时长");
        assert_eq!(tidy("　翠湖　花园 "), "翠湖 花园");
        assert_eq!(tidy("e\u{1}\u{301}"), "é");
    }
}
