//! How numbers and texts are written in data files.

/// A number with 6 decimals at most.
#[must_use]
pub fn decimal(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A text that a spreadsheet would take for a formula gets a leading quote.
#[must_use]
pub fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_six_decimals_at_most() {
        let texts: Vec<String> =
            [0.0, -0.0, 1.0, 0.96, 1.0 / 3.0, 13_274.910_1, 1e-9].into_iter().map(decimal).collect();
        assert_eq!(texts, ["0", "0", "1", "0.96", "0.333333", "13274.9101", "0"]);
    }

    #[test]
    fn a_text_never_becomes_a_formula() {
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("翠湖花园"), "翠湖花园");
    }
}
