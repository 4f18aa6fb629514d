//! Labels: header texts and names, folded so that what a person reads as the same is the same.

use std::sync::LazyLock;

use hanconv::RawDictionary;
use unicode_normalization::UnicodeNormalization;

/// Folds a label: full width to half width, traditional characters to simplified ones, capitals to small letters, without
/// blanks, line breaks and marks.
#[must_use]
pub fn fold(text: &str) -> String {
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace() && !c.is_control() && !MARKS.contains(*c))
        .map(simplified_char)
        .collect();
    respelt(folded)
}

/// Marks that say nothing in a label. Brackets, `/`, `%` and `=` do say something and stay.
const MARKS: &str = ":*_-—–·.、\"'“”‘’,;!?。~#|《》「」『』<>•●▪\u{feff}\u{200b}\u{200c}\u{200d}";

/// First and last of the characters that both scripts share most of.
const HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// Simplified character by place after the first of [`HAN`].
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut table: Vec<char> = HAN.collect();
    for (traditional, simplified) in RawDictionary::TSCharacters.iter() {
        if let (Some(from), Some(to)) = (traditional.chars().next(), simplified.chars().next())
            && HAN.contains(&from)
        {
            table[from as usize - *HAN.start() as usize] = to;
        }
    }
    table
});

fn simplified_char(c: char) -> char {
    if HAN.contains(&c) { SIMPLIFIED[c as usize - *HAN.start() as usize] } else { c }
}

/// A text in simplified characters. Ratings, titles and labels are compared in this form; names are shown as written.
#[must_use]
pub fn simplified(text: &str) -> String {
    respelt(text.chars().map(simplified_char).collect())
}

/// Whether a text is the same in simplified characters.
#[must_use]
pub fn is_simplified(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|c| simplified_char(c) == c && c != '覆')
}

/// Words that are spelt with another character where the traditional script is in use.
fn respelt(text: String) -> String {
    if text.contains('覆') { text.replace("回覆", "回复").replace("答覆", "答复") } else { text }
}

/// The label without what stands in brackets: a unit, a hint, a list of answers.
#[must_use]
pub fn without_brackets(folded: &str) -> String {
    let mut depth = 0_u32;
    folded
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' | '【' | '〔' | '{' => {
                    depth += 1;
                    return false;
                }
                ')' | ']' | '】' | '〕' | '}' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// The number of a question or clause in front of a label, and the label behind it: `3、`, `(2)`, `Q5.`, `第4题`, `一、`.
///
/// The text is tidy (see [`tidy`]). A number that is all there is, or that is part of a word (`4S店`), is no such number.
#[must_use]
pub fn numbered(text: &str) -> (Option<&str>, &str) {
    let open = text.trim_start_matches(['*', ' ']);
    let (bracketed, body) = match open.strip_prefix(['(', '第', '【']) {
        Some(body) => (true, body),
        None => (false, open.strip_prefix(['Q', 'q']).unwrap_or(open)),
    };
    let lettered = body.len() < open.len() && !bracketed;
    let end = body.find(|c: char| !c.is_ascii_digit() && !"一二三四五六七八九十".contains(c)).unwrap_or(body.len());
    let (number, rest) = body.split_at(end);
    if number.is_empty() || number.len() > 9 {
        return (None, text);
    }
    let behind = if bracketed {
        rest.strip_prefix([')', '】', '题', '项'])
    } else {
        // A dot between digits is a decimal or a clause of a clause.
        match rest.strip_prefix(['、', '.', '．', ':', ')']) {
            Some(behind) if rest.starts_with(['.', ':']) && behind.starts_with(|c: char| c.is_ascii_digit()) => None,
            found => found.or_else(|| if lettered { rest.strip_prefix(' ') } else { None }),
        }
    };
    match behind.map(|behind| behind.trim_start_matches(['、', '.', ':', ' '])) {
        Some(behind) if !behind.is_empty() => (Some(number), behind),
        _ => (None, text),
    }
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

    #[test]
    fn traditional_characters_are_folded_into_simplified_ones() {
        for (traditional, simplified) in [
            ("投訴編號", "投诉编号"),
            ("聯絡電話", "联络电话"),
            ("處理完成時間", "处理完成时间"),
            ("報修內容", "报修内容"),
            ("業主／住戶簽名", "业主/住户签名"),
            ("回覆時間", "回复时间"),
            ("滿意度調查", "满意度调查"),
            ("備註", "备注"),
        ] {
            assert_eq!(fold(traditional), simplified);
        }
        assert_eq!(simplified("非常滿意"), "非常满意");
        assert_eq!(simplified("满意 ok"), "满意 ok");
    }

    #[test]
    fn numbers_of_questions_are_told_from_numbers_within_words() {
        for (text, number, label) in [
            ("3、整体满意度", Some("3"), "整体满意度"),
            ("12. 您的性别:", Some("12"), "您的性别:"),
            ("(2)保洁", Some("2"), "保洁"),
            ("Q5.安保", Some("5"), "安保"),
            ("Q5 安保", Some("5"), "安保"),
            ("第4题 绿化", Some("4"), "绿化"),
            ("一、基本情况", Some("一"), "基本情况"),
            ("4S店", None, "4S店"),
            ("30分钟投诉首响", None, "30分钟投诉首响"),
            ("3.5万以上", None, "3.5万以上"),
            ("3、", None, "3、"),
            ("X1", None, "X1"),
            ("Quality", None, "Quality"),
        ] {
            assert_eq!(numbered(text), (number, label), "{text}");
        }
    }
}
