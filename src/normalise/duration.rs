//! Durations as sources compute them: `36`, `2小时30分`, `1天4小时`, `90 min`, `02:30:00`.

use unicode_normalization::UnicodeNormalization;

/// Reads a duration in seconds; a bare number is taken in the unit of its column, and is none without one.
#[must_use]
pub fn parse(text: &str, unit_seconds: Option<f64>) -> Option<f64> {
    let normal: String = text.nfkc().filter(|c| !c.is_whitespace() && *c != ',').flat_map(char::to_lowercase).collect();
    if let Ok(number) = normal.parse::<f64>() {
        return unit_seconds.map(|seconds| number * seconds).filter(|seconds| seconds.is_finite());
    }
    if normal.contains(':') {
        return by_clock(&normal);
    }
    let mut rest = normal.as_str();
    let mut sum = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..end].parse().ok()?;
        let behind = &rest[end..];
        let (word, seconds) = WORDS.iter().find(|(word, _)| behind.starts_with(word))?;
        sum += number * seconds;
        rest = &behind[word.len()..];
    }
    (!normal.is_empty()).then_some(sum)
}

/// Words for units, the longer before those they begin with.
const WORDS: [(&str, f64); 22] = [
    ("个小时", 3_600.0),
    ("小时", 3_600.0),
    ("小時", 3_600.0),
    ("时", 3_600.0),
    ("時", 3_600.0),
    ("hours", 3_600.0),
    ("hour", 3_600.0),
    ("hrs", 3_600.0),
    ("hr", 3_600.0),
    ("h", 3_600.0),
    ("分钟", 60.0),
    ("分鐘", 60.0),
    ("分", 60.0),
    ("minutes", 60.0),
    ("mins", 60.0),
    ("min", 60.0),
    ("m", 60.0),
    ("天", 86_400.0),
    ("日", 86_400.0),
    ("days", 86_400.0),
    ("秒", 1.0),
    ("s", 1.0),
];

/// `02:30:00` and `26:15`: hours first.
fn by_clock(text: &str) -> Option<f64> {
    let parts: Vec<f64> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts.as_slice() {
        [hours, minutes] if *minutes < 60.0 => Some(hours * 3_600.0 + minutes * 60.0),
        [hours, minutes, seconds] if *minutes < 60.0 && *seconds < 60.0 => {
            Some(hours * 3_600.0 + minutes * 60.0 + seconds)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_the_unit_of_the_column_or_their_own() {
        for (text, unit, seconds) in [
            ("36", Some(3_600.0), Some(129_600.0)),
            ("36", None, None),
            ("2小时30分", None, Some(9_000.0)),
            ("1天4小时", Some(60.0), Some(100_800.0)),
            ("９０ 分钟", None, Some(5_400.0)),
            ("02:30:00", None, Some(9_000.0)),
            ("1.5", Some(86_400.0), Some(129_600.0)),
            ("未完成", Some(60.0), None),
            ("", Some(60.0), None),
        ] {
            assert_eq!(parse(text, unit), seconds, "{text}");
        }
    }
}
