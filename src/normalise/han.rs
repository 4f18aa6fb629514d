//! Which characters are Chinese.

/// Whether a character is a Chinese one: of the unified ideographs, their extensions A to F, or the round zero.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2EBEF}' | '〇')
}
