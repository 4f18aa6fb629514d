//! Text in charts: width by estimate, lines by the rules of Chinese typesetting.
//!
//! A text is taken apart by grapheme clusters, so that a letter with its marks, a surrogate pair or an emoji of several code points
//! is never torn. Widths are upper estimates over the faces that the style sheet names: boxes that do not overlap by them do not
//! overlap on the page.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Marks that may not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》〉」』】〕〗”’…—·～％‰℃°,.;:?!)]}%-/_";

/// Marks that may not end a line.
const NOT_LAST: &str = "（《〈「『【〔〖“‘([{￥¥$#№";

/// Marks that close what a mark of [`NOT_LAST`] opened.
const CLOSING: &str = "）》〉」』】〕〗”’)]}";

/// Signs within Latin words after which a line may end.
const JOINTS: &str = "-/_";

/// Spaces and joiners beside which no line ends.
const GLUE: [char; 3] = ['\u{A0}', '\u{202F}', '\u{2060}'];

/// Width of a grapheme cluster in em.
fn cluster_width(cluster: &str) -> f64 {
    let mut characters = cluster.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) if c.is_ascii() => ascii_width(c),
        _ if cluster.contains(['\u{200D}', '\u{FE0F}', '\u{20E3}']) => EMOJI,
        (Some('\u{1F000}'..='\u{1FAFF}'), _) => EMOJI,
        // Of ambiguous width, such as … and →, are square in Chinese faces.
        _ if cluster.width_cjk() >= 2 => 1.0,
        _ => OTHER,
    }
}

/// Emoji are a little wider than they are high.
const EMOJI: f64 = 1.4;

/// Letters of other scripts.
const OTHER: f64 = 0.72;

fn ascii_width(c: char) -> f64 {
    match c {
        '0'..='9' => 0.56,
        ' ' => 0.3,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.32,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | '-' | '/' | '\\' | '"' | '`' => 0.42,
        'm' | 'M' | 'W' | '%' | '@' => 0.95,
        'w' => 0.82,
        'A'..='Z' | '&' => 0.7,
        _ => 0.6,
    }
}

/// Estimated width of a text in em.
pub(crate) fn width(text: &str) -> f64 {
    text.graphemes(true).map(cluster_width).sum()
}

fn is_any(cluster: &str, of: &str) -> bool {
    let mut characters = cluster.chars();
    matches!((characters.next(), characters.next()), (Some(c), None) if of.contains(c))
}

fn is_space(cluster: &str) -> bool {
    cluster.chars().all(|c| c.is_whitespace() && !GLUE.contains(&c))
}

/// Part of a Latin word or of a number.
fn is_in_word(cluster: &str) -> bool {
    cluster_width(cluster) < 1.0 && !is_space(cluster) && !is_any(cluster, JOINTS)
}

fn is_digit(cluster: &str) -> bool {
    cluster.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line may end between two clusters: not within a word or number, not beside the wrong mark.
fn may_break(before: &str, after: &str) -> bool {
    let glued = [before, after].iter().any(|cluster| cluster.contains(GLUE));
    let forbidden = is_any(after, NOT_FIRST) || is_any(before, NOT_LAST);
    let in_word = is_in_word(before) && is_in_word(after);
    let in_number = is_any(before, JOINTS) && is_digit(after);
    !(glued || forbidden || in_word || in_number)
}

/// Cuts a text to a width, with … where something is missing.
pub(crate) fn shortened(text: &str, most: f64) -> String {
    if width(text) <= most + SLACK {
        return text.to_owned();
    }
    let mut out = String::new();
    // The … itself.
    let mut used = 1.0;
    for cluster in text.graphemes(true) {
        used += cluster_width(cluster);
        if used > most + SLACK {
            break;
        }
        out.push_str(cluster);
    }
    while out.ends_with(|c: char| NOT_LAST.contains(c) || c.is_whitespace()) {
        out.pop();
    }
    out.push('…');
    out
}

/// What rounding of sums may add.
const SLACK: f64 = 1e-9;

/// Breaks a text into at most `lines` lines of at most `most` em; the last one is cut where that is not enough.
pub(crate) fn wrapped(text: &str, most: f64, lines: usize) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let clusters: Vec<&str> = text.graphemes(true).collect();
    let mut rest = clusters.as_slice();
    let mut out = Vec::new();
    while !rest.is_empty() {
        if out.len() + 1 == lines {
            out.push(shortened(&rest.concat(), most));
            break;
        }
        let taken = line_length(rest, most);
        // A single cluster that is wider than the line, such as an emoji in a narrow slot, is cut like any other.
        out.push(shortened(rest[..taken].concat().trim_end(), most));
        rest = &rest[taken..];
        while rest.first().is_some_and(|cluster| is_space(cluster)) {
            rest = &rest[1..];
        }
    }
    if out.is_empty() {
        out.push(String::new());
    }
    out
}

/// The same with lines of about the same length: no single character is left on the last.
pub(crate) fn balanced(text: &str, most: f64, lines: usize) -> Vec<String> {
    const STEP: f64 = 0.5;
    let greedy = wrapped(text, most, lines);
    if greedy.len() < 2 || greedy.last().is_some_and(|line| line.ends_with('…')) {
        return greedy;
    }
    let count = u32::try_from(greedy.len()).unwrap_or(u32::MAX);
    let mut least = width(text) / f64::from(count);
    while least < most {
        let tried = wrapped(text, least, lines);
        if tried.len() == greedy.len() && tried.iter().all(|line| !line.ends_with('…')) {
            return tried;
        }
        least += STEP;
    }
    greedy
}

/// How many clusters go on the first line.
fn line_length(text: &[&str], most: f64) -> usize {
    let mut used = 0.0;
    let fitting = text
        .iter()
        .take_while(|cluster| {
            used += cluster_width(cluster);
            used <= most + SLACK
        })
        .count()
        .max(1);
    if fitting == text.len() {
        return fitting;
    }
    let may_end = |at: &usize| may_break(text[at - 1], text[*at]);
    let last = (1..=fitting).rev().find(may_end).unwrap_or(fitting);
    bracket(&text[..last]).filter(may_end).unwrap_or(last)
}

/// Where a bracket opens that the line does not close: what is in brackets stays together where it can.
fn bracket(line: &[&str]) -> Option<usize> {
    let open = line.iter().rposition(|cluster| is_any(cluster, NOT_LAST)).filter(|&at| at > 0)?;
    let closed = line[open..].iter().any(|cluster| is_any(cluster, CLOSING));
    (!closed).then_some(open)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn closing_marks_never_begin_a_line_nor_opening_ones_end_it() {
        for most in [3.0, 4.0, 5.0, 6.0] {
            let lines = wrapped("公共设施（电梯、门禁）维修，及时率", most, 9);
            for line in &lines {
                assert!(!line.starts_with(|c| NOT_FIRST.contains(c)), "{lines:?}");
                assert!(!line.ends_with(|c| NOT_LAST.contains(c)), "{lines:?}");
                assert!(width(line) <= most, "{lines:?}");
            }
        }
    }

    #[test]
    fn words_and_numbers_stay_whole_where_they_fit() {
        assert_eq!(wrapped("Public facilities and lifts", 6.0, 4), ["Public", "facilities", "and lifts"]);
        assert_eq!(wrapped("门禁系统2025年", 5.0, 4), ["门禁系统", "2025年"]);
        assert_eq!(wrapped("其他（2类）", 4.6, 4), ["其他", "（2类）"]);
        assert_eq!(wrapped("响应3-5天内", 2.9, 4), ["响应", "3-5天", "内"]);
        assert_eq!(wrapped("满意率95.5%以上", 3.5, 4), ["满意率", "95.5%", "以上"]);
    }

    #[test]
    fn what_is_too_long_is_cut_with_a_mark() {
        let lines = wrapped(&"长".repeat(60), 4.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…') && width(&lines[2]) <= 4.0);
        assert_eq!(shortened("短名", 4.0), "短名");
        assert_eq!(wrapped("", 4.0, 3), [""]);
    }

    #[test]
    fn an_emoji_of_several_code_points_and_a_letter_with_its_marks_are_never_torn() {
        let family = "👩\u{200D}👩\u{200D}👧";
        for line in wrapped(&family.repeat(5), 3.0, 9) {
            assert_eq!(line, family.repeat(line.len() / family.len()));
        }
        let lines = wrapped(&"e\u{301}".repeat(9), 3.0, 9);
        assert!(lines.iter().all(|line| line.starts_with('e') && line.ends_with('\u{301}')), "{lines:?}");
        assert_eq!(wrapped("楼道🇨🇳旗", 3.5, 9), ["楼道🇨🇳", "旗"]);
    }

    #[test]
    fn lines_of_a_label_are_about_as_long_as_each_other() {
        assert_eq!(wrapped("公共设施维修保养", 7.0, 3), ["公共设施维修保", "养"]);
        assert_eq!(balanced("公共设施维修保养", 7.0, 3), ["公共设施", "维修保养"]);
        assert_eq!(balanced("短名", 7.0, 3), ["短名"]);
    }

    proptest! {
        #[test]
        fn lines_fit_and_hold_the_text_in_its_order(text in "[\\PC\u{200D}\u{FE0F}]{0,80}", most in 2.0..20.0f64, lines in 1..6usize) {
            let made = wrapped(&text, most, lines);
            prop_assert!(made.len() <= lines);
            for line in &made {
                prop_assert!(width(line) <= most + 1e-6, "{line:?} of {text:?}");
            }
            // Without what was left out, the lines are the text.
            let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '…').collect::<String>();
            let whole = plain(&text);
            let mut rest = whole.as_str();
            for line in &made {
                let line = plain(line);
                let Some(at) = rest.find(&line) else { return Err(TestCaseError::fail(format!("{made:?} of {text:?}"))) };
                rest = &rest[at + line.len()..];
            }
            let same = balanced(&text, most, lines);
            prop_assert!(same.len() <= lines && same.iter().all(|line| width(line) <= most + 1e-6));
        }
    }
}
