//! Periods named in titles, sheet names, file names and folders.

use unicode_normalization::UnicodeNormalization;

use crate::moment::Period;

/// What a text says about a period: a year, a part of a year, or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NamedPeriod {
    /// The year.
    pub year: Option<i32>,
    /// The part of the year.
    pub part: Option<Part>,
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Month 1–12.
    Month(u8),
    /// Quarter 1–4.
    Quarter(u8),
    /// Half 1–2.
    Half(u8),
}

impl NamedPeriod {
    /// What this text says, completed by what another says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { year: self.year.or(other.year), part: self.part.or(other.part) }
    }

    /// The period, where the year is known.
    #[must_use]
    pub fn period(self) -> Option<Period> {
        let year = self.year?;
        Some(match self.part {
            Some(Part::Month(month)) => Period::Month(year, month),
            Some(Part::Quarter(quarter)) => Period::Quarter(year, quarter),
            Some(Part::Half(half)) => Period::Half(year, half),
            None => Period::Year(year),
        })
    }
}

/// Finds the first period that a text names: `2025年3月`, `2025-03`, `202503`, `3月`, `2025年一季度`, `2025上半年`, `2025-H1`.
#[must_use]
pub fn find(text: &str) -> NamedPeriod {
    let chars: Vec<char> = text.nfkc().collect();
    let mut found = NamedPeriod::default();
    let mut at = 0;
    while at < chars.len() {
        if let Some((number, length)) = digits(&chars[at..]) {
            let after = at + length;
            let next = chars[after..].iter().copied().find(|c| !c.is_whitespace());
            take_number(&mut found, number, length, next);
            at = after;
        } else {
            take_word(&mut found, &chars[at..]);
            at += 1;
        }
    }
    found
}

fn take_number(found: &mut NamedPeriod, number: u32, length: usize, next: Option<char>) {
    let small = u8::try_from(number).ok();
    match (length, next) {
        (4, _) if (1990..=2100).contains(&number) && found.year.is_none() => found.year = i32::try_from(number).ok(),
        (6, _)
            if (199_001..=210_012).contains(&number) && (1..=12).contains(&(number % 100)) && found.year.is_none() =>
        {
            found.year = i32::try_from(number / 100).ok();
            found.part = found.part.or(u8::try_from(number % 100).ok().map(Part::Month));
        }
        (1 | 2, Some('月')) if (1..=12).contains(&number) && found.part.is_none() => {
            found.part = small.map(Part::Month);
        }
        (1, Some('季')) if (1..=4).contains(&number) && found.part.is_none() => found.part = small.map(Part::Quarter),
        // `2025-03`, `2025.3`: a number right after the year, with nothing that makes it something else.
        (2, next)
            if found.year.is_some()
                && found.part.is_none()
                && (1..=12).contains(&number)
                && !matches!(next, Some('日' | '年' | '份')) =>
        {
            found.part = small.map(Part::Month);
        }
        _ => {}
    }
}

fn take_word(found: &mut NamedPeriod, rest: &[char]) {
    if found.part.is_some() {
        return;
    }
    let starts = |word: &str| word.chars().enumerate().all(|(place, c)| rest.get(place) == Some(&c));
    const QUARTERS: [[&str; 3]; 4] =
        [["一季", "Q1", "q1"], ["二季", "Q2", "q2"], ["三季", "Q3", "q3"], ["四季", "Q4", "q4"]];
    for (place, words) in QUARTERS.iter().enumerate() {
        if words.iter().any(|word| starts(word)) {
            found.part = u8::try_from(place + 1).ok().map(Part::Quarter);
        }
    }
    for (half, words) in [(1, ["上半年", "H1", "h1"]), (2, ["下半年", "H2", "h2"])] {
        if words.iter().any(|word| starts(word)) {
            found.part = Some(Part::Half(half));
        }
    }
    const MONTHS: [&str; 12] =
        ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"];
    for (place, word) in MONTHS.iter().enumerate().rev() {
        if found.part.is_none() && starts(word) {
            found.part = u8::try_from(place + 1).ok().map(Part::Month);
        }
    }
}

fn digits(chars: &[char]) -> Option<(u32, usize)> {
    let length = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    if length == 0 || length > 9 {
        return (length > 9).then_some((0, length));
    }
    let number: String = chars[..length].iter().collect();
    number.parse().ok().map(|number| (number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_sheet_names_and_file_names_name_periods() {
        for (text, period) in [
            ("翠湖花园2025年3月投诉记录.xlsx", "2025-03"),
            ("单位: 翠湖花园服务中心   2025 年 3 月", "2025-03"),
            ("2025年一季度报修登记", "2025-Q1"),
            ("2025年第3季度", "2025-Q3"),
            ("2025上半年满意度调查", "2025-H1"),
            ("2025年度", "2025"),
            ("投诉202512", "2025-12"),
            ("2025-07 报修", "2025-07"),
            ("2025-H2", "2025-H2"),
        ] {
            assert_eq!(find(text).period().map(|p| p.to_string()).as_deref(), Some(period), "{text}");
        }
        assert_eq!(find("十二月"), NamedPeriod { year: None, part: Some(Part::Month(12)) });
        assert_eq!(find("3月").or(find("2025年")).period(), Some(Period::Month(2025, 3)));
        assert_eq!(find("QR-001FW"), NamedPeriod::default());
    }
}
