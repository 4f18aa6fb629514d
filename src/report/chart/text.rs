//! Text in charts: width by estimate, lines by the rules of Chinese typesetting.

/// Width of a character in em: Chinese ones are square, others a little over half as wide.
fn character_width(c: char) -> f64 {
    if c >= '\u{2E80}' { 1.0 } else { 0.56 }
}

/// Estimated width of a text in em.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().map(character_width).sum()
}

/// Marks that may not begin a line.
const NOT_FIRST: &str = "，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}%‰";

/// Marks that may not end a line.
const NOT_LAST: &str = "（《〈「『【〔“‘([{";

/// Cuts a text to a width, with … where something is missing.
pub(crate) fn shortened(text: &str, most: f64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0.56;
    for c in text.chars() {
        used += character_width(c);
        if used > most {
            break;
        }
        out.push(c);
    }
    while out.ends_with(|c: char| NOT_LAST.contains(c) || c.is_whitespace()) {
        out.pop();
    }
    out.push('…');
    out
}

/// Breaks a text into at most `lines` lines of at most `most` em; the last one is cut where that is not enough.
pub(crate) fn wrapped(text: &str, most: f64, lines: usize) -> Vec<String> {
    let mut rest: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let mut out = Vec::new();
    while !rest.is_empty() {
        if out.len() + 1 == lines {
            out.push(shortened(&rest.iter().collect::<String>(), most));
            break;
        }
        let taken = line_length(&rest, most);
        out.push(rest[..taken].iter().collect::<String>().trim_end().to_owned());
        rest.drain(..taken);
        while rest.first() == Some(&' ') {
            rest.remove(0);
        }
    }
    if out.is_empty() {
        out.push(String::new());
    }
    out
}

/// How many characters go on the first line.
fn line_length(text: &[char], most: f64) -> usize {
    let mut used = 0.0;
    let fitting = text
        .iter()
        .take_while(|c| {
            used += character_width(**c);
            used <= most + 1e-9
        })
        .count()
        .max(1);
    if fitting == text.len() {
        return fitting;
    }
    let last = (1..=fitting).rev().find(|&at| may_break(text, at)).unwrap_or(fitting);
    bracket(&text[..last]).filter(|&at| may_break(text, at)).unwrap_or(last)
}

/// Where a bracket opens that the line does not close: what is in brackets stays together where it can.
fn bracket(line: &[char]) -> Option<usize> {
    let open = line.iter().rposition(|c| NOT_LAST.contains(*c)).filter(|&at| at > 0)?;
    let closed = line[open..].iter().any(|c| "）》〉」』】〕”’)]}".contains(*c));
    (!closed).then_some(open)
}

/// Whether a line may end before the character at a place: not within a word or number, not beside the wrong mark.
fn may_break(text: &[char], at: usize) -> bool {
    let (before, after) = (text[at - 1], text[at]);
    let in_word = |c: char| c < '\u{2E80}' && !c.is_whitespace() && !matches!(c, '-' | '/' | '_');
    !(NOT_FIRST.contains(after) || NOT_LAST.contains(before) || (in_word(before) && in_word(after)))
}

#[cfg(test)]
mod tests {
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
    }

    #[test]
    fn what_is_too_long_is_cut_with_a_mark() {
        let lines = wrapped(&"长".repeat(60), 4.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…') && width(&lines[2]) <= 4.0);
        assert_eq!(shortened("短名", 4.0), "短名");
        assert_eq!(wrapped("", 4.0, 3), [""]);
    }
}
