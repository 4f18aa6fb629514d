//! Headers that are no known label but near one: what they most likely mean, with a score, and ties that only a person can tell.

use super::field::Field;
use super::kinds::Kind;

/// What a header is near to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Near {
    /// One field is nearest: the field, its label, and how near in percent.
    One(Field, &'static str, u8),
    /// Several fields are equally near: each with its label.
    Tie(Vec<(Field, &'static str)>),
    /// None is near.
    Nothing,
}

/// Shortest label that may be near to something, in characters.
const SHORTEST: usize = 4;

/// The same for words in Latin letters, of which one letter says less.
const SHORTEST_LATIN: usize = 6;

/// Shortest word in Latin letters that may be a part of a header.
const SHORTEST_LATIN_PART: usize = 8;

/// Share of a header that a label within it must make up, in percent.
const LEAST_SHARE: usize = 50;

/// The same for words in Latin letters: `community board` is no community.
const LEAST_SHARE_LATIN: usize = 70;

/// Last characters that make another thing of a label: a count, a rate, a duration, an amount; a department beside a part.
const MEASURES: &str = "数率量额费次比长差否价值门";

/// Fields whose header is the name of what is asked: a near name is another thing.
const OWN_NAMES: [Field; 3] = [Field::Item, Field::Choice, Field::Ignored];

/// The field that a folded header is nearest to among the labels of a kind.
#[must_use]
pub fn nearest_field(kind: &Kind, core: &str) -> Near {
    let length = core.chars().count();
    let mut best: u8 = 0;
    let mut found: Vec<(Field, &'static str)> = Vec::new();
    for (field, labels) in kind.labels.iter().filter(|(field, _)| !OWN_NAMES.contains(field)) {
        for label in *labels {
            let Some(score) = nearness(core, length, label) else { continue };
            if score > best {
                best = score;
                found.clear();
            }
            if score == best && !found.iter().any(|(known, _)| known == field) {
                found.push((*field, label));
            }
        }
    }
    match found.as_slice() {
        [] => Near::Nothing,
        [(field, label)] => Near::One(*field, label, best),
        _ => Near::Tie(found),
    }
}

/// How near a header is to a label, in percent: one character more, less or other, or the label as a part of the header.
fn nearness(core: &str, length: usize, label: &str) -> Option<u8> {
    let label_length = label.chars().count();
    let shortest = if label.is_ascii() { SHORTEST_LATIN } else { SHORTEST };
    if label_length < shortest || length < shortest || says_another_measure(core, label) {
        return None;
    }
    let percent = |part: usize, whole: usize| u8::try_from(part * 100 / whole).unwrap_or(100);
    let is_long_enough = !label.is_ascii() || label_length >= SHORTEST_LATIN_PART;
    let share = if label.is_ascii() { LEAST_SHARE_LATIN } else { LEAST_SHARE };
    if is_long_enough && core.contains(label) && label_length * 100 >= length * share {
        return Some(percent(label_length, length));
    }
    let longer = length.max(label_length);
    (length.abs_diff(label_length) <= 1 && strsim::levenshtein(core, label) == 1).then(|| percent(longer - 1, longer))
}

/// Whether only one of both ends in a character that makes a number of it (`回访人数` is not `回访人员`).
fn says_another_measure(core: &str, label: &str) -> bool {
    let last = |text: &str| text.chars().last().filter(|c| MEASURES.contains(*c));
    last(core) != last(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::kinds::KindId;

    fn complaint(core: &str) -> Near {
        nearest_field(KindId::named("complaint").unwrap(), core)
    }

    #[test]
    fn one_character_or_words_around_a_label_are_near() {
        assert_eq!(complaint("客户投诉时间记录"), Near::One(Field::Received, "客户投诉时间", 75));
        assert_eq!(complaint("投拆内容"), Near::One(Field::Text, "投诉内容", 75));
        assert!(matches!(complaint("处理完成时问"), Near::One(Field::Resolved, "处理完成时间", 83)));
        assert!(matches!(complaint("complainttyp"), Near::One(Field::Category, "complainttype", 92)));
    }

    #[test]
    fn counts_dues_and_short_words_are_near_to_nothing() {
        for core in ["回访人数", "投诉人数", "duedate", "communityboard", "车位", "时问", "物业费用", "面积"]
        {
            assert_eq!(complaint(core), Near::Nothing, "{core}");
        }
    }

    #[test]
    fn a_header_between_two_fields_is_a_tie() {
        let Near::Tie(fields) = complaint("投诉时间处理时间") else { panic!("no tie") };
        assert_eq!(fields.iter().map(|(field, _)| *field).collect::<Vec<_>>(), [Field::Received, Field::Resolved]);
    }
}
