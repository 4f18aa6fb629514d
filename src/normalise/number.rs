//! Numbers as people write them.

use unicode_normalization::UnicodeNormalization;

/// Reads a number: full-width digits, thousands separators, a currency sign or unit around it.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let normal: String = text.nfkc().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let body = normal.trim_start_matches(['¥', '￥', '$', '约']);
    let body = body.strip_suffix("元").unwrap_or(body);
    let (body, factor, divisor) = match (body.strip_suffix('万'), body.strip_suffix('%')) {
        (Some(rest), _) => (rest, 10_000.0, 1.0),
        (None, Some(rest)) => (rest, 1.0, 100.0),
        (None, None) => (body.trim_end_matches(['户', '份', '分', '天', '日']), 1.0, 1.0),
    };
    if !body.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E')) {
        return None;
    }
    body.parse::<f64>().ok().map(|number| number * factor / divisor).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in
            [("1,200", 1200.0), ("３５０元", 350.0), ("3.5万", 35_000.0), ("约200", 200.0), ("95%", 0.95), ("10", 10.0)]
        {
            assert_eq!(parse(text), Some(number), "{text}");
        }
        for text in ["", "无", "十", "3-2-1501", "nan", "1e308万"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
