//! Numbers as a page writes them and as a spreadsheet shows them.

/// The format of a difference of counts.
const SIGNED: &str = "+#,##0;-#,##0;0";

/// Whether a text is a number and nothing else: `1,204`, `−3.5`, `96.0%`.
pub(crate) fn is_number(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['+', '-', '−']);
    let text = text.strip_suffix('%').unwrap_or(text);
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.')
}

/// How a spreadsheet shows a number; none for a format that no workbook of the program uses.
pub(crate) fn shown(number: f64, format: &str) -> Option<String> {
    if format == "[h]:mm" {
        let minutes = (number * 1_440.0).round();
        return Some(format!("{}:{:02}", (minutes / 60.0).floor(), minutes % 60.0));
    }
    if let Some(form) = format.strip_suffix('%') {
        return Some(format!("{:.*}%", decimals(form), number * 100.0));
    }
    let text = format!("{:.*}", decimals(format), number);
    if format == SIGNED {
        return Some(if number > 0.0 { format!("+{text}") } else { text });
    }
    match format {
        "0" | "0.00" => Some(text),
        "#,##0" | "#,##0.00" => {
            let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
            let digits: Vec<char> = whole.chars().collect();
            let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
            Some(format!("{}{rest}", groups.join(",")))
        }
        _ => None,
    }
}

/// Digits after the point.
pub(crate) fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count())
}

/// How a number with its format differs from what the page says; none where it does not.
pub(crate) fn disagrees(number: f64, format: &str, page: &str) -> Option<String> {
    let told = || Some(format!("{number} as {format}, the page says 「{page}」"));
    if format == "[h]:mm" {
        let Some((minutes, to)) = duration(page) else { return told() };
        return if (number * 1_440.0 - minutes).abs() <= to / 2.0 + 1e-6 { None } else { told() };
    }
    let (mark, scale) = if format.ends_with('%') { ("%", 100.0) } else { ("", 1.0) };
    let text = page.trim().replace(',', "").replace('−', "-");
    // Nothing is a difference too, which pages put in a word.
    if format == SIGNED && number == 0.0 && ["持平", "unchanged"].contains(&text.as_str()) {
        return None;
    }
    let text = ["元", " yuan"].into_iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
    let Some(digits) = text.strip_suffix(mark) else { return told() };
    let Ok(value) = digits.parse::<f64>() else { return told() };
    let places = decimals(digits);
    let unit = 10_f64.powi(-i32::try_from(places).unwrap());
    // A whole share is written without decimals on the page.
    let is_whole = !mark.is_empty() && (value == 0.0 || value == 100.0);
    let is_near = if is_whole { number * scale == value } else { (number * scale - value).abs() <= unit / 2.0 + 1e-9 };
    // Money keeps its cents, which pages leave out where there are none.
    let is_as_exact = is_whole || places == decimals(format) || (format == "#,##0.00" && places == 0);
    if is_near && is_as_exact { None } else { told() }
}

/// Minutes of a duration in words, and to how many minutes it is exact.
fn duration(text: &str) -> Option<(f64, f64)> {
    const UNITS: [(&str, f64); 6] =
        [("天", 1_440.0), ("小时", 60.0), ("分", 1.0), ("d", 1_440.0), ("h", 60.0), ("min", 1.0)];
    if text.contains("不到") || text.contains("under") {
        return Some((0.5, 1.0));
    }
    let mut sum = 0.0;
    let mut to = 1.0;
    let parts: Vec<&str> = text.split_whitespace().collect();
    for pair in parts.chunks(2) {
        let [number, unit] = pair else { return None };
        let number: f64 = number.replace(',', "").parse().ok()?;
        let minutes = UNITS.iter().find(|(name, _)| name == unit)?.1;
        sum += number * minutes;
        if minutes == 1_440.0 {
            to = 60.0;
        }
    }
    Some((sum, to))
}
