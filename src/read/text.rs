//! .csv, .tsv and .txt: encoding and separator by content.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::sheet::{Sheet, Value};
use super::{Book, ReadError, TextOptions};
use crate::origin::CellAt;

/// Reads a text file as one sheet without a name.
pub(super) fn read(bytes: &[u8], options: TextOptions<'_>) -> Result<Book, ReadError> {
    if bytes.iter().take(4096).filter(|byte| **byte == 0).count() > 0
        && !bytes.starts_with(&[0xFF, 0xFE])
        && !bytes.starts_with(&[0xFE, 0xFF])
    {
        return Err(ReadError::Unsupported("二进制文件 / a binary file".to_owned()));
    }
    let (text, encoding) = decode(bytes, options)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let mut sheet = Sheet::default();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut row = 0;
    // Rows are numbered as a spreadsheet shows the file: a quoted line break does not begin a row, an empty line does.
    loop {
        let before = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => return Err(ReadError::Corrupt(error.to_string())),
        }
        let inner = record.iter().map(|field| field.matches('\n').count() as u64).sum::<u64>();
        let empty = (reader.position().line() - before).saturating_sub(inner + 1);
        row += u32::try_from(empty).unwrap_or(0);
        for (col, field) in record.iter().enumerate() {
            let Ok(col) = u32::try_from(col) else { break };
            sheet.push(CellAt { row, col }, Value::Text(field));
        }
        row += 1;
    }
    Ok(Book { sheets: vec![Ok(sheet)], encoding })
}

/// Order: what the config says, byte order mark, strict UTF-8, strict GB18030. Returns the name where it was inferred.
fn decode(bytes: &[u8], options: TextOptions<'_>) -> Result<(String, Option<&'static str>), ReadError> {
    if let Some(label) = options.encoding {
        let encoding = Encoding::for_label(label.as_bytes())
            .ok_or_else(|| ReadError::Unsupported(format!("不认得的编码 / unknown encoding: {label}")))?;
        return Ok((encoding.decode(bytes).0.into_owned(), None));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok((encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), None));
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok((text.into_owned(), None));
    }
    if let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok((text.into_owned(), Some("GB18030")));
    }
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok((text.into_owned(), Some("windows-1252")))
}

/// The separator that the first lines use most evenly: comma, tab or semicolon.
fn separator(text: &str) -> u8 {
    let sample: Vec<&str> = text.lines().take(20).collect();
    [b',', b'\t', b';']
        .into_iter()
        .max_by_key(|separator| {
            let counts = sample.iter().map(|line| line.bytes().filter(|byte| byte == separator).count());
            // Lines that have it at all count most; the comma wins a tie because it comes last in reverse order.
            (counts.clone().filter(|count| *count > 0).count(), counts.sum::<usize>(), u8::from(*separator == b','))
        })
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let book = read(bytes, TextOptions::default()).unwrap_or_default();
        let sheet = book.sheets.into_iter().next().and_then(Result::ok).unwrap_or_default();
        sheet.rows().map(|row| (row.number, row.cells().map(|(_, value)| value.written()).collect())).collect()
    }

    #[test]
    fn gb18030_is_recognised_by_content() {
        let (bytes, _, _) = GB18030.encode("投诉时间,房号\n2025-03-05,3-2-1501\n");
        assert_eq!(cells(&bytes)[0].1, ["投诉时间", "房号"]);
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let found = cells("a,b\n\n\"x\ny\",2\nlast,3\n".as_bytes());
        let numbers: Vec<u32> = found.iter().map(|(row, _)| *row).collect();
        assert_eq!(numbers, [0, 2, 3]);
    }

    #[test]
    fn tabs_and_semicolons_separate_too() {
        assert_eq!(cells("a\tb,c\n1\t2\n".as_bytes())[0].1.len(), 2);
        assert_eq!(cells("a;b;c\n1;2;3\n".as_bytes())[0].1.len(), 3);
    }
}
