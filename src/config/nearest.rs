//! The nearest known word to an unknown one.

/// The known word with the fewest edits, where it takes at most half of the word's letters.
#[must_use]
pub fn nearest<'a>(unknown: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|word| (edits(unknown, word), *word))
        .filter(|(edits, word)| *edits * 2 <= unknown.chars().count().max(word.chars().count()))
        .min()
        .map(|(_, word)| word)
}

/// Levenshtein distance: insertions, deletions and substitutions of characters.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a_char) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b_char) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(a_char != *b_char);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_a_far_one_is_not() {
        assert_eq!(nearest("comunity", &["community", "department"]), Some("community"));
        assert_eq!(nearest("xyz", &["community", "department"]), None);
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
