//! Values of a column, as an example: nobody's name or phone is among them.

use std::collections::BTreeSet;

use crate::normalise::label::tidy;
use crate::read::sheet::{Sheet, Value};
use crate::recognise::field::Field;

/// Most samples of one column.
const SAMPLES: usize = 3;

/// Longest sample, in characters.
const LONGEST: usize = 24;

/// Different values of a column in some rows, given by their places. Error words are none.
pub(super) fn of(from: &Sheet, places: &[usize], col: u32, field: Option<Field>, header: &str) -> Vec<String> {
    let named = field.is_some_and(names_persons) || field.is_none() && speaks_of_persons(header);
    let mut seen = BTreeSet::new();
    places
        .iter()
        .filter_map(|place| from.at(*place).get(col))
        .filter(|value| !matches!(value, Value::Error(_)))
        .map(|value| tidy(&without_seconds(value)))
        .filter(|text| seen.insert(text.clone()))
        .take(SAMPLES)
        .map(|text| shortened(&masked(&text, field, named)))
        .collect()
}

/// Most moments are of full minutes.
fn without_seconds(value: Value<'_>) -> String {
    let written = value.written();
    match value {
        Value::Moment(_) => written.strip_suffix(":00").map_or(written.clone(), str::to_owned),
        _ => written,
    }
}

/// Fields that hold names of persons, or their phones.
fn names_persons(field: Field) -> bool {
    matches!(
        field,
        Field::Person
            | Field::Phone
            | Field::Receiver
            | Field::Handler
            | Field::CallbackPerson
            | Field::Signature
            | Field::VerifiedBy
    )
}

/// Whether an unknown header speaks of a person or a phone.
fn speaks_of_persons(header: &str) -> bool {
    let header = header.to_lowercase();
    ["姓名", "人", "员", "签", "电话", "手机", "联系", "身份", "name", "phone", "mobile", "contact"]
        .iter()
        .any(|word| header.contains(word))
}

/// A value without what tells who somebody is: of a name the first character stays, of a phone three digits at either end.
fn masked(text: &str, field: Option<Field>, named: bool) -> String {
    // Numbers of cases are no phones, however long they are.
    if matches!(field, Some(Field::Number | Field::Serial | Field::Respondent)) {
        return text.to_owned();
    }
    let digits = without_long_numbers(text);
    if !named || digits != text {
        return digits;
    }
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| std::iter::once(first).chain(chars.map(|_| '*').take(2)).collect())
}

/// Fewest digits of a phone.
const PHONE: usize = 7;

/// A text whose long runs of digits are masked: phones and identity numbers. Dates have other marks between their digits,
/// amounts are shorter.
pub(super) fn without_long_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut made = String::new();
    let mut at = 0;
    while at < chars.len() {
        let digits = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if digits == 0 {
            made.push(chars[at]);
            at += 1;
            continue;
        }
        let run = &chars[at..at + digits];
        if digits >= PHONE && !is_date(run) {
            made.extend(&run[..3]);
            made.extend(run[3..digits - 2].iter().map(|_| '*').take(4));
            made.extend(&run[digits - 2..]);
        } else {
            made.extend(run);
        }
        at += digits;
    }
    made
}

/// `20250305` and `202503051430`.
fn is_date(digits: &[char]) -> bool {
    matches!(digits.len(), 8 | 12 | 14) && matches!(digits, ['1', '9', ..] | ['2', '0', ..])
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_phones_are_masked_and_dates_are_not() {
        for (text, field, shown) in [
            ("王小明", Some(Field::Person), "王**"),
            ("李静", Some(Field::Handler), "李*"),
            ("13800138000", Some(Field::Phone), "138****00"),
            ("0571-87654321", Some(Field::Phone), "0571-876***21"),
            ("请打 13800138000 找我", Some(Field::Text), "请打 138****00 找我"),
            ("20250305 1430", Some(Field::Received), "20250305 1430"),
            ("TS202503050001234", Some(Field::Number), "TS202503050001234"),
            ("3-2-1501", Some(Field::Place), "3-2-1501"),
        ] {
            assert_eq!(masked(text, field, field.is_some_and(names_persons)), shown);
        }
        assert!(speaks_of_persons("联系人") && !speaks_of_persons("车牌"));
    }
}
