//! One cell for the moment of receipt and the number of the case: `受理时间和编号`.

use crate::normalise::label::fold;
use crate::normalise::moment::{DateContext, Reading, parse};
use crate::recognise::Table;
use crate::recognise::field::Field;

/// The column whose header asks for both, where the number has no column of its own.
pub(super) fn column(table: &Table) -> Option<u32> {
    let mut received = table.columns.iter().filter(|column| column.field == Field::Received);
    let both = received.find(|column| fold(&column.label).contains("编号"))?;
    (!table.has(Field::Number)).then_some(both.col)
}

/// The moment and the number of such a cell, whichever stands first; all of it as the moment where it is not to be told apart.
pub(super) fn parted(text: &str) -> (&str, &str) {
    let is_moment =
        |text: &str| matches!(parse(text, DateContext::default()), Reading::Moment(_) | Reading::Ambiguous(_));
    let text = text.trim();
    if is_moment(text) {
        return (text, "");
    }
    let cuts: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| c.is_whitespace() || MARKS.contains(c)).collect();
    // The longest moment in front or behind.
    for (at, mark) in cuts.iter().rev() {
        let (moment, number) = (text[..*at].trim(), bare(&text[at + mark.len_utf8()..]));
        if is_moment(moment) && !number.is_empty() {
            return (moment, number);
        }
    }
    for (at, mark) in &cuts {
        let (number, moment) = (bare(&text[..*at]), text[at + mark.len_utf8()..].trim());
        if is_moment(moment) && !number.is_empty() {
            return (moment, number);
        }
    }
    (text, "")
}

/// What may stand between both.
const MARKS: [char; 8] = ['、', '，', ',', '；', ';', '(', '（', '/'];

/// A number without the word and brackets around it.
fn bare(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "()（）、，,；;/".contains(c));
    let text = ["受理编号", "投诉编号", "编号", "No.", "NO.", "№"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    text.trim_start_matches([':', '：', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moment_and_number_of_one_cell_are_told_apart_whichever_comes_first() {
        for (cell, moment, number) in [
            ("2025-03-05 14:30 KS-2025-001", "2025-03-05 14:30", "KS-2025-001"),
            ("2025-03-05\n编号：KS001", "2025-03-05", "KS001"),
            ("KS001 2025年3月5日", "2025年3月5日", "KS001"),
            ("2025/3/5 9:05（KS001）", "2025/3/5 9:05", "KS001"),
            ("2025-03-05 14:30", "2025-03-05 14:30", ""),
            ("KS001", "KS001", ""),
        ] {
            assert_eq!(parted(cell), (moment, number), "{cell}");
        }
    }
}
