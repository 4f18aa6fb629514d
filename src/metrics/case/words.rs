//! Words of a rule, and whether one of them stands in a name or a text.

use aho_corasick::AhoCorasick;
use polars::prelude::{PolarsError, PolarsResult};

use crate::normalise::label::simplified;

/// Words that are found whatever the script, simplified or traditional, and whatever the case of the letters.
#[derive(Debug, Clone)]
pub(super) struct Words {
    finder: AhoCorasick,
    /// Whether each is one letter or digit: such a one says nothing within a number or a foreign word (`2` in `12345热线`).
    must_stand_alone: Vec<bool>,
}

impl Words {
    /// The words of a rule.
    ///
    /// # Errors
    /// When there are more words than an automaton can hold.
    pub(super) fn of(words: &[String]) -> PolarsResult<Self> {
        let words: Vec<String> = words.iter().map(|word| simplified(word)).collect();
        let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(&words);
        let finder = finder.map_err(|error| PolarsError::ComputeError(error.to_string().into()))?;
        let is_sign = |word: &String| matches!(word.as_bytes(), [sign] if sign.is_ascii_alphanumeric());
        Ok(Self { finder, must_stand_alone: words.iter().map(is_sign).collect() })
    }

    /// Whether one of the words stands in a text in simplified characters.
    pub(super) fn are_in(&self, text: &str) -> bool {
        if !self.must_stand_alone.contains(&true) {
            return self.finder.is_match(text);
        }
        let is_sign =
            |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_alphanumeric);
        self.finder.find_overlapping_iter(text).any(|found| {
            let stands_alone = !is_sign(found.start().checked_sub(1)) && !is_sign(Some(found.end()));
            stands_alone || !self.must_stand_alone[found.pattern().as_usize()]
        })
    }
}
