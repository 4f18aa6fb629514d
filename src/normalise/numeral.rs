//! Chinese numerals: `三百`, `两千三`, `十二`, `二〇二五`.

/// The value of a digit.
fn digit(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '兩' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The value of a unit below ten thousand.
fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        _ => return None,
    })
}

/// Whether a character can be part of a numeral.
#[must_use]
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some() || matches!(c, '万' | '亿' | '廿' | '卅')
}

/// Reads a whole text as a numeral. Digits alone are read one by one (`二〇二五`); a digit after a unit counts tenths of that unit,
/// as people say it (`两千三` is 2,300), unless a `零` stands before it.
#[must_use]
pub fn parse(text: &str) -> Option<u64> {
    let text = text.replace('廿', "二十").replace('卅', "三十");
    if text.is_empty() || text.chars().count() > 16 {
        return None;
    }
    if text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0_u64, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut section, mut pending) = (0_u64, 0_u64, None::<u64>);
    // What a last digit counts: tenths of the unit before it, ones after a zero.
    let mut last_unit = 1;
    for c in text.chars() {
        if let Some(value) = digit(c) {
            if pending.is_some_and(|pending| pending != 0) {
                return None;
            }
            if value == 0 {
                last_unit = 10;
            }
            pending = Some(value);
        } else if let Some(unit) = unit(c) {
            section += pending.take().filter(|value| *value != 0).unwrap_or(1) * unit;
            last_unit = unit;
        } else {
            let factor = match c {
                '万' => 10_000,
                '亿' => 100_000_000,
                _ => return None,
            };
            let below = section + pending.take().unwrap_or(0);
            total = total.checked_add(below.checked_mul(factor)?)?;
            section = 0;
            last_unit = factor;
        }
    }
    total.checked_add(section)?.checked_add(pending.unwrap_or(0) * (last_unit / 10).max(1))
}

/// Writes the numerals that stand before one of `units` as digits: `三月五日` becomes `3月5日`; others stay (`周三`).
#[must_use]
pub fn with_digits(text: &str, units: &[char]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut written = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let length = chars[at..].iter().take_while(|c| is_numeral(**c)).count();
        if length == 0 {
            written.push(chars[at]);
            at += 1;
            continue;
        }
        let run: String = chars[at..at + length].iter().collect();
        let is_followed = chars.get(at + length).is_some_and(|next| units.contains(next));
        match parse(&run).filter(|_| is_followed) {
            Some(number) => written.push_str(&number.to_string()),
            None => written.push_str(&run),
        }
        at += length;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read_as_people_say_them() {
        for (text, number) in [
            ("三百", 300),
            ("两千三", 2_300),
            ("两千零三", 2_003),
            ("十二", 12),
            ("二十", 20),
            ("一百零五", 105),
            ("一百一十", 110),
            ("一百一", 110),
            ("一万二", 12_000),
            ("三万五千", 35_000),
            ("二〇二五", 2_025),
            ("廿五", 25),
            ("零", 0),
            ("壹仟贰佰", 1_200),
        ] {
            assert_eq!(parse(text), Some(number), "{text}");
        }
        for text in ["", "三个", "三四百", "百分"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(with_digits("二〇二五年三月五日 周三", &['年', '月', '日']), "2025年3月5日 周三");
    }
}
