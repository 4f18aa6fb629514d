//! Numbers as people write them.

use unicode_normalization::UnicodeNormalization;

use super::numeral;

/// What people write around an amount without changing it.
const BEFORE: [&str; 10] = ["人民币", "RMB", "rmb", "¥", "$", "大约", "约", "近", "共", "+"];
const AFTER: [&str; 22] = [
    "元整", "圆整", "元", "圆", "左右", "上下", "余", "多", "整", "户", "份", "分", "天", "日", "件", "次", "人", "条",
    "个", "小时", "分钟", "h",
];

/// Reads a number: full-width digits, thousands separators, a currency sign or unit around it, `3.5万`, `约200`, `95%`, an amount in
/// brackets (which is negative, as accountants write it), and numerals such as `两千三`.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let normal: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    if let Some(inside) = normal.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return amount(inside).filter(|number| *number >= 0.0).map(|number| -number);
    }
    amount(&normal)
}

fn amount(normal: &str) -> Option<f64> {
    let mut body = normal;
    while let Some(rest) = BEFORE.iter().find_map(|word| body.strip_prefix(word)) {
        body = rest;
    }
    while let Some(rest) = AFTER.iter().find_map(|word| body.strip_suffix(word)) {
        body = rest;
    }
    let body = body.strip_prefix(['¥', '$']).unwrap_or(body);
    for (unit, factor) in [('亿', 1e8), ('万', 1e4), ('千', 1e3), ('百', 1e2)] {
        if let Some(number) = body.strip_suffix(unit).and_then(plain) {
            return Some(number * factor).filter(|number| number.is_finite());
        }
    }
    if let Some(number) = body.strip_suffix('%') {
        return plain(number).map(|number| number / 100.0);
    }
    if let Some(number) = body.strip_prefix("百分之") {
        return plain(number).or_else(|| spoken(number)).map(|number| number / 100.0);
    }
    plain(body).or_else(|| spoken(body))
}

#[allow(clippy::cast_precision_loss, reason = "numerals of 16 characters stay below 2^53 in all that people write")]
fn spoken(text: &str) -> Option<f64> {
    numeral::parse(text).map(|number| number as f64)
}

/// Digits with a point, separators of thousands in their places, a sign, an exponent.
fn plain(text: &str) -> Option<f64> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'+' | b'e' | b'E')) {
        return None;
    }
    if !text.contains(',') {
        return text.parse::<f64>().ok().filter(|number| number.is_finite());
    }
    let whole = text.split('.').next().unwrap_or("").trim_start_matches(['-', '+']);
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    if !(first && groups.all(|group| group.len() == 3)) {
        return None;
    }
    text.replace(',', "").parse::<f64>().ok().filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("1,200", 1200.0),
            ("３５０元", 350.0),
            ("3.5万", 35_000.0),
            ("约200", 200.0),
            ("200左右", 200.0),
            ("95%", 0.95),
            ("９５％", 0.95),
            ("百分之九十五", 0.95),
            ("10", 10.0),
            ("1,200.50元", 1200.5),
            ("￥1，200.50", 1200.5),
            ("（200）", -200.0),
            ("-200", -200.0),
            ("－200元", -200.0),
            ("三百", 300.0),
            ("两千三", 2300.0),
            ("十二", 12.0),
            ("三百元整", 300.0),
            ("2千", 2000.0),
            ("1.5e3", 1500.0),
            (" 12 ", 12.0),
        ] {
            assert_eq!(parse(text), Some(number), "{text}");
        }
        for text in
            ["", "无", "3-2-1501", "nan", "N/A", "inf", "1,2", "12,34", "（无）", "约", "一些", "200-300", "1e308万"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
