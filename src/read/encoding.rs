//! Bytes → text: the encoding by content, unless the config, a byte order mark or the file itself says it.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ReadError;

/// Bytes that are looked at to decide; more would not change a verdict.
const SAMPLE: usize = 4 << 20;

/// A text and what there is to say about its encoding.
pub(super) struct Decoded {
    pub text: String,
    /// The encoding, where it had to be inferred, with what was lost.
    pub inferred: Option<String>,
}

/// Order: what the config says, byte order mark, what a page or document declares, strict UTF-8, the best reading by content.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, ReadError> {
    let certain = |text: String| Decoded { text, inferred: None };
    if let Some(label) = label {
        let encoding = Encoding::for_label(label.as_bytes())
            .ok_or_else(|| ReadError::Unsupported(format!("不认得的编码 / unknown encoding: {label}")))?;
        return Ok(certain(encoding.decode(bytes).0.into_owned()));
    }
    if let Some(text) = utf32(bytes) {
        return Ok(certain(text));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(certain(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()));
    }
    if let Some(text) = declared(bytes).and_then(|encoding| strict(encoding, bytes)) {
        return Ok(certain(text));
    }
    let has_zeros = bytes.contains(&0);
    if has_zeros && let Some(decoded) = utf16_without_mark(bytes) {
        return Ok(decoded);
    }
    let (encoding, (text, lossy)) = if let Some(text) = strict(UTF_8, bytes) {
        (UTF_8, (text.into(), false))
    } else {
        let encoding = best(bytes);
        (encoding, encoding.decode_without_bom_handling(bytes))
    };
    if is_binary(&text) {
        return Err(ReadError::Unsupported("二进制文件 / a binary file".to_owned()));
    }
    let inferred = (encoding != UTF_8 || lossy).then(|| told(encoding, &text, lossy));
    // A stray zero byte in a text is nothing that people wrote.
    let text = if has_zeros { text.replace('\0', "") } else { text.into_owned() };
    Ok(Decoded { text, inferred })
}

/// The encoding in words, with what cannot be read any more.
fn told(encoding: &'static Encoding, text: &str, lossy: bool) -> String {
    let name = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    if lossy {
        let lost = text.chars().filter(|c| *c == '\u{FFFD}').count();
        return format!("{name}；有 {lost} 处无法解码 / {lost} places cannot be decoded");
    }
    let head = text.lines().next().unwrap_or_default();
    let (marks, all) = (head.matches('?').count(), head.chars().filter(|c| c.is_alphanumeric() || *c == '?').count());
    if marks >= 4 && marks * 2 > all {
        return format!("{name}；文字在保存时已变成问号，无法恢复 / text was lost to question marks when it was saved");
    }
    name.to_owned()
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// UTF-32 with a byte order mark; the mark of its little-endian form begins like that of UTF-16.
fn utf32(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 4]) -> u32 = match bytes {
        [0xFF, 0xFE, 0, 0, ..] => u32::from_le_bytes,
        [0, 0, 0xFE, 0xFF, ..] => u32::from_be_bytes,
        _ => return None,
    };
    let units = bytes[4..].as_chunks::<4>().0;
    Some(units.iter().map(|chunk| char::from_u32(unit(*chunk)).unwrap_or('\u{FFFD}')).collect())
}

/// What the head of an HTML page or an XML document says of its encoding.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let after = head.split_once("charset=").or_else(|| head.split_once("encoding="))?.1;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// Text with zero bytes is UTF-16 most likely: the byte order under which it reads as text.
fn utf16_without_mark(bytes: &[u8]) -> Option<Decoded> {
    let readings = [UTF_16LE, UTF_16BE].into_iter().filter_map(|encoding| {
        let text = strict(encoding, bytes)?;
        let all = text.chars().take(SAMPLE).count().max(1);
        let plain = text.chars().take(SAMPLE).filter(|c| is_plain(*c)).count();
        // Of 20 characters 19 must be such as people write.
        (plain * 20 >= all * 19).then_some((plain, encoding, text))
    });
    let (_, encoding, text) = readings.max_by_key(|(plain, ..)| *plain)?;
    Some(Decoded { text, inferred: Some(encoding.name().to_owned()) })
}

fn is_plain(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{24F}' | '\u{2010}'..='\u{22FF}' | '\u{2500}'..='\u{26FF}'
        | '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FFEE}')
}

/// Control characters that no text holds: one in a hundred is too many.
fn is_binary(text: &str) -> bool {
    let sample = text.chars().take(1 << 16);
    let (mut all, mut control) = (0_usize, 0_usize);
    for c in sample {
        all += 1;
        control += usize::from(c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}'));
    }
    control * 100 > all
}

/// The encoding whose reading looks most like what people write.
///
/// GB 2312 and Big5 both begin with the characters in common use, so the share of those tells the two apart although most
/// text of one is valid in the other; Western letters stand beside other letters.
fn best(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let scores = [
        (GB18030, pairs(sample, gb18030_weight)),
        (BIG5, pairs(sample, big5_weight)),
        (UTF_8, utf8_score(sample)),
        (WINDOWS_1252, western_score(sample)),
    ];
    // The first of equals wins.
    let (mut encoding, mut score) = scores[0];
    for (other, its) in scores.into_iter().skip(1) {
        if its > score {
            (encoding, score) = (other, its);
        }
    }
    let close = (scores[0].1 - scores[1].1).abs() <= CLOSE;
    if close && [GB18030, BIG5].contains(&encoding) { by_words(sample).unwrap_or(encoding) } else { encoding }
}

/// Scores of two encodings that do not tell them apart, as in a file of a few words.
const CLOSE: f64 = 0.15;

/// What a byte sequence that the encoding does not have takes from the score.
const MALFORMED: f64 = 4.0;

/// Characters of headers that only one of the two scripts writes so.
const SIMPLIFIED: &str = "诉时间号户内类别处结复单电话满维门区楼业务员报项评价访层";
const TRADITIONAL: &str = "訴時間號戶內類別處結復單電話滿維門區樓業務員報項評價訪層";

fn by_words(sample: &[u8]) -> Option<&'static Encoding> {
    let count = |encoding: &'static Encoding, words: &str| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        text.chars().filter(|c| words.contains(*c)).count()
    };
    let (simplified, traditional) = (count(GB18030, SIMPLIFIED), count(BIG5, TRADITIONAL));
    match simplified.cmp(&traditional) {
        std::cmp::Ordering::Greater => Some(GB18030),
        std::cmp::Ordering::Less => Some(BIG5),
        std::cmp::Ordering::Equal => None,
    }
}

/// Mean weight of the sequences that begin with a high byte; `weight` gives a sequence's length and weight.
fn pairs(bytes: &[u8], weight: fn(&[u8]) -> Option<(usize, f64)>) -> f64 {
    let (mut at, mut all, mut sum) = (0, 0_u32, 0.0);
    while at < bytes.len() {
        if bytes[at] < 0x80 {
            at += 1;
            continue;
        }
        let (length, worth) = weight(&bytes[at..]).unwrap_or((1, -MALFORMED));
        at += length;
        all += 1;
        sum += worth;
    }
    if all == 0 { 0.0 } else { sum / f64::from(all) }
}

fn gb18030_weight(bytes: &[u8]) -> Option<(usize, f64)> {
    match bytes {
        [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', ..] => Some((4, 0.5)),
        // Marks and full-width letters, then the first level of GB 2312, then its second.
        [0xA1..=0xA3 | 0xB0..=0xD7, 0xA1..=0xFE, ..] => Some((2, 1.0)),
        [0xD8..=0xF7, 0xA1..=0xFE, ..] => Some((2, 0.6)),
        [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..] => Some((2, 0.1)),
        _ => None,
    }
}

fn big5_weight(bytes: &[u8]) -> Option<(usize, f64)> {
    match bytes {
        // Marks and the first level, then the second.
        [0xA1..=0xC6, 0x40..=0x7E | 0xA1..=0xFE, ..] => Some((2, 1.0)),
        [0xC9..=0xF9, 0x40..=0x7E | 0xA1..=0xFE, ..] => Some((2, 0.3)),
        [0x81..=0xFE, 0x40..=0x7E | 0xA1..=0xFE, ..] => Some((2, 0.1)),
        _ => None,
    }
}

/// UTF-8 with damage: valid sequences against bytes that fit nowhere.
fn utf8_score(bytes: &[u8]) -> f64 {
    let (mut all, mut sum) = (0_u32, 0.0);
    for chunk in bytes.utf8_chunks() {
        let whole = chunk.valid().chars().filter(|c| !c.is_ascii()).fold(0_u32, |count, _| count.saturating_add(1));
        all = all.saturating_add(whole);
        sum += f64::from(whole);
        if !chunk.invalid().is_empty() {
            all = all.saturating_add(1);
            sum -= MALFORMED;
        }
    }
    if all == 0 { 0.0 } else { sum / f64::from(all) }
}

/// Western text: single accented letters within words of plain ones.
fn western_score(bytes: &[u8]) -> f64 {
    let (mut all, mut sum) = (0_u32, 0.0);
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| **byte >= 0x80) {
        all += 1;
        let before = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let after = bytes.get(at + 1).copied().unwrap_or(b' ');
        let alone = before.is_ascii() && after.is_ascii();
        let in_word = before.is_ascii_lowercase() || after.is_ascii_lowercase();
        sum += match byte {
            0xC0..=0xFF if alone && in_word => 0.5,
            0xA0..=0xFF if alone => 0.3,
            _ => 0.0,
        };
    }
    if all == 0 { 0.0 } else { sum / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Option<String>) {
        let decoded = decode(bytes, None).unwrap_or(Decoded { text: String::new(), inferred: None });
        (decoded.text, decoded.inferred)
    }

    #[test]
    fn simplified_and_traditional_encodings_are_told_apart_by_content() {
        for text in
            ["投诉时间,房号\n2025-03-05,3-2-1501\n", "房号,姓名\n1-1-101,王\n", "投诉内容\n楼上装修噪音，影响休息𠮷\n"]
        {
            let (bytes, _, _) = GB18030.encode(text);
            assert_eq!(read(&bytes), (text.to_owned(), Some("GB18030".to_owned())));
        }
        for text in ["投訴時間,房號\n2025-03-05,3-2-1501\n", "房號\n", "報修內容\n水管漏水，請儘快處理\n"]
        {
            let (bytes, _, _) = BIG5.encode(text);
            assert_eq!(read(&bytes), (text.to_owned(), Some("Big5".to_owned())));
        }
    }

    #[test]
    fn a_traditional_text_in_gb18030_stays_gb18030() {
        let text = "投訴時間,房號,內容\n2025-03-05,3-2-1501,樓上裝修噪音，影響休息，請儘快處理\n";
        let (bytes, _, _) = GB18030.encode(text);
        assert_eq!(read(&bytes).0, text);
    }

    #[test]
    fn western_text_is_no_chinese() {
        let (bytes, _, _) = WINDOWS_1252.encode("première;café;naïve;Müller\n1;2;3;4\n");
        let (text, inferred) = read(&bytes);
        assert!(text.starts_with("première;café;naïve;Müller"), "{text}");
        assert_eq!(inferred.as_deref(), Some("windows-1252"));
    }

    #[test]
    fn wide_text_is_read_with_and_without_a_mark() {
        let text = "投诉编号,小区\r\nT-1,翠湖花园\r\n";
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
            assert_eq!(read(&bytes).0, text);
            let marked: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(order).collect();
            assert_eq!(read(&marked), (text.to_owned(), None));
        }
        for order in [u32::to_le_bytes, u32::to_be_bytes] {
            let marked: Vec<u8> = format!("\u{FEFF}{text}").chars().flat_map(|c| order(u32::from(c))).collect();
            assert_eq!(read(&marked), (text.to_owned(), None));
        }
    }

    #[test]
    fn a_character_cut_in_half_costs_that_character_and_is_told() {
        let (bytes, _, _) = GB18030.encode("投诉时间,房号\n2025-03-05,楼上装修噪音");
        let (text, inferred) = read(&bytes[..bytes.len() - 1]);
        assert!(text.starts_with("投诉时间,房号\n2025-03-05,楼上装修噪"), "{text}");
        assert!(inferred.is_some_and(|told| told.starts_with("GB18030") && told.contains("1 处")));
        let utf8 = "投诉时间,房号\n2025-03-05,楼上装修噪音".as_bytes();
        assert!(read(&utf8[..utf8.len() - 1]).0.starts_with("投诉时间,房号"));
    }

    #[test]
    fn a_stray_zero_byte_costs_no_file() {
        let text = "投诉编号,小区,投诉时间,房号,投诉类型,投诉内容,责任部门,处理完成时间\n".repeat(4);
        let bytes: Vec<u8> = [text.as_bytes(), b"T-1\0,x\n"].concat();
        assert_eq!(read(&bytes), (format!("{text}T-1,x\n"), None));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let noise: Vec<u8> = (0..4_000_u32).map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
        assert!(matches!(decode(&noise, None), Err(ReadError::Unsupported(_))));
        assert!(matches!(decode(b"\x01\x02\x03\x04\x05abc", None), Err(ReadError::Unsupported(_))));
    }
}
