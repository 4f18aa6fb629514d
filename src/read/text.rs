//! .csv, .tsv and .txt: rows and fields of a text.

use std::borrow::Cow;

use super::budget::Left;
use super::sheet::{Sheet, Value};
use super::{ReadError, stream};
use crate::config::Budget;
use crate::origin::CellAt;

/// Reads a text as one sheet without a name. No row is lost: a quotation mark that nothing closes is a character like others.
pub(super) fn read(text: &str, budget: &Budget) -> Result<Sheet, ReadError> {
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    // What says the separator is no row of data, but it is a row of the file.
    let (mut row, separator, from) = match told_separator(text) {
        Some((separator, from)) => (1, separator, from),
        None => (0, likely_separator(text), 0),
    };
    let mut sheet = Sheet::default();
    let mut left = Left::of(budget);
    let mut fields = Fields { text, separator, at: from, is_over: from >= text.len() };
    let mut col = 0;
    while let Some((field, ends_row)) = fields.next() {
        stream::push(&mut sheet, &mut left, CellAt { row, col }, Value::Text(&field)).map_err(ReadError::TooLarge)?;
        (row, col) = if ends_row { (row + 1, 0) } else { (row, col + 1) };
    }
    Ok(sheet)
}

/// The line `sep=;` with which some programs begin a file: the separator, and where the data begin.
fn told_separator(text: &str) -> Option<(u8, usize)> {
    let end = text.find(['\r', '\n'])?;
    let line = text[..end].trim_matches('"');
    let told = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and(line.get(4..))?;
    let [separator] = *told.as_bytes() else { return None };
    let after = if text[end..].starts_with("\r\n") { end + 2 } else { end + 1 };
    (separator != b'"' && separator.is_ascii()).then_some((separator, after))
}

/// Bytes from the start of a text in which its separator is looked for.
const SAMPLE: usize = 1 << 16;

/// The separator that divides most lines into the same number of fields: comma, tab, semicolon or bar.
fn likely_separator(text: &str) -> u8 {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let agreement = |separator: u8| {
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        let mut fields = Fields { text: &text[..end], separator, at: 0, is_over: false };
        let mut count = 0;
        while let Some((_, ends_row)) = fields.next() {
            if !ends_row {
                count += 1;
            } else if count > 0 {
                *counts.entry(count).or_default() += 1;
                count = 0;
            }
        }
        counts.into_iter().map(|(count, lines)| (lines, count)).max().unwrap_or_default()
    };
    // The first of equals wins; a bar joins the answers of a question more often than it separates columns.
    let mut best = (b',', agreement(b','));
    for separator in [b'\t', b';'] {
        let found = agreement(separator);
        if found > best.1 {
            best = (separator, found);
        }
    }
    if agreement(b'|').0 > best.1.0 { b'|' } else { best.0 }
}

/// Longest quoted field that may span lines: eight times the longest cell of a spreadsheet.
const LONGEST: usize = 1 << 18;

/// The fields of a text, each with whether it ends its row.
struct Fields<'a> {
    text: &'a str,
    separator: u8,
    at: usize,
    is_over: bool,
}

impl<'a> Fields<'a> {
    fn next(&mut self) -> Option<(Cow<'a, str>, bool)> {
        if self.is_over {
            return None;
        }
        let (quoted, from) = match self.quoted() {
            Some((field, after)) => (Some(field), after),
            None => (None, self.at),
        };
        let bytes = &self.text.as_bytes()[from..];
        let length = bytes.iter().position(|byte| [self.separator, b'\r', b'\n'].contains(byte));
        let plain = &self.text[from..length.map_or(self.text.len(), |length| from + length)];
        let field = match quoted {
            Some(field) if plain.is_empty() => field,
            Some(field) => Cow::Owned(field.into_owned() + plain),
            None => Cow::Borrowed(plain),
        };
        let end = from + plain.len();
        let ends_row = match self.text.as_bytes().get(end) {
            Some(byte) if *byte == self.separator => {
                self.at = end + 1;
                false
            }
            Some(b'\r') if self.text.as_bytes().get(end + 1) == Some(&b'\n') => {
                self.at = end + 2;
                true
            }
            _ => {
                self.at = end + 1;
                true
            }
        };
        // After the last line end there is no further row.
        self.is_over = end >= self.text.len() || ends_row && self.at >= self.text.len();
        Some((field, ends_row))
    }

    /// A field in quotation marks and where it ends. One that spans lines must be closed before a separator or a line end.
    fn quoted(&self) -> Option<(Cow<'a, str>, usize)> {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) != Some(&b'"') {
            return None;
        }
        let from = self.at + 1;
        let (mut at, mut doubled) = (from, false);
        let end = loop {
            let mark = bytes[at..].iter().take(LONGEST).position(|byte| *byte == b'"')? + at;
            if bytes.get(mark + 1) != Some(&b'"') {
                break mark;
            }
            doubled = true;
            at = mark + 2;
            if at - from > LONGEST {
                return None;
            }
        };
        let field = &self.text[from..end];
        let closed = bytes.get(end + 1).is_none_or(|byte| [self.separator, b'\r', b'\n'].contains(byte));
        if !closed && field.contains(['\r', '\n']) {
            return None;
        }
        let field = if doubled { Cow::Owned(field.replace("\"\"", "\"")) } else { Cow::Borrowed(field) };
        Some((field, end + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        let sheet = read(text, &Budget::default()).unwrap_or_default();
        sheet.rows().map(|row| (row.number, row.cells().map(|(_, value)| value.written()).collect())).collect()
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        for text in ["a,b\n\n\"x\ny\",2\nlast,3\n", "a,b\r\n\r\n\"x\r\ny\",2\r\nlast,3", "a,b\r\r\"x\ry\",2\rlast,3\r"]
        {
            let numbers: Vec<u32> = cells(text).iter().map(|(row, _)| *row).collect();
            assert_eq!(numbers, [0, 2, 3], "{text:?}");
        }
    }

    #[test]
    fn tabs_semicolons_and_bars_separate_too() {
        assert_eq!(cells("a\tb,c\n1\t2\n")[0].1.len(), 2);
        assert_eq!(cells("a;b;c\n1,5;2,5;3,5\n")[1].1.len(), 3);
        assert_eq!(cells("a|b|c\n1|2,5|3\n")[1].1.len(), 3);
        assert_eq!(cells("号,选择\n1,甲|乙|丙\n2,甲|乙|丙\n")[1].1.len(), 2);
        assert_eq!(cells("投诉登记表\n号;内容\n1;水管漏水，请看，快\n")[2].1.len(), 2);
    }

    #[test]
    fn the_line_that_says_the_separator_is_no_data_but_keeps_its_number() {
        let found = cells("sep=;\r\na,b;c\r\n1;2\r\n");
        assert_eq!(found[0], (1, vec!["a,b".to_owned(), "c".to_owned()]));
        assert_eq!(found.len(), 2);
        assert_eq!(cells("\"sep=,\"\na,b\n")[0].1.len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_quotation_marks_no_letter_is_lost(text in "[a-c投诉,;\t\"\r\n ]{1,60}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let found: String = cells(&text).into_iter().flat_map(|(_, fields)| fields).collect();
            proptest::prop_assert_eq!(letters(&found), letters(&text));
        }

        #[test]
        fn fields_come_back_as_they_were_written(
            rows in proptest::collection::vec(proptest::collection::vec("[a-c投诉,;\"\n0-9]{1,8}", 2..5), 1..6)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).map_err(|error| proptest::test_runner::TestCaseError::fail(error.to_string()))?;
            }
            let text = String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default();
            let filled = |rows: Vec<Vec<String>>| -> Vec<Vec<String>> {
                let trimmed = rows.into_iter().map(|row| row.iter().map(|field| field.trim().to_owned()).filter(|field| !field.is_empty()).collect());
                trimmed.filter(|row: &Vec<String>| !row.is_empty()).collect()
            };
            let mut fields = Fields { text: &text, separator: b',', at: 0, is_over: text.is_empty() };
            let (mut found, mut row) = (Vec::new(), Vec::new());
            while let Some((field, ends_row)) = fields.next() {
                row.push(field.into_owned());
                if ends_row {
                    found.push(std::mem::take(&mut row));
                }
            }
            proptest::prop_assert_eq!(filled(found), filled(rows));
        }
    }

    #[test]
    fn a_quotation_mark_that_nothing_closes_swallows_no_row() {
        let found = cells("号,内容\n1,\"门坏了\n2,灯坏\n3,5\" 管漏\n4,\"完\"\n");
        assert_eq!(found.len(), 5, "{found:?}");
        assert_eq!(found[1].1[1], "\"门坏了");
        assert_eq!(found[4].1[1], "完");
        assert_eq!(cells("号,内容\n1,\"说\"\"好\"\"\"\n")[1].1[1], "说\"好\"");
    }
}
