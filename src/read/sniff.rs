//! What a file is, by its content.

use std::io::Cursor;

use super::ReadError;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// .xlsx, .xlsm.
    Xlsx,
    /// .xlsb.
    Xlsb,
    /// .ods.
    Ods,
    /// .xls, WPS .et.
    Xls,
    /// .csv, .tsv, .txt.
    Text,
}

/// Decides by the first bytes, and for archives by the names of their parts.
pub(super) fn format_of(bytes: &[u8]) -> Result<Format, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive_format(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return compound_format(bytes);
    }
    // BIFF 2–5 files without a container begin with a BOF record.
    if bytes.len() > 4 && bytes[0] == 0x09 && bytes[1] <= 0x08 && (bytes[2] == 4 || bytes[2] == 6 || bytes[2] == 8) {
        return Err(ReadError::Unsupported("Excel 4 及更早 / Excel 4 or earlier; 请另存为 .xlsx".to_owned()));
    }
    for (magic, name) in [
        (&b"%PDF"[..], "PDF"),
        (b"\x89PNG", "PNG"),
        (b"\xFF\xD8\xFF", "JPEG"),
        (b"GIF8", "GIF"),
        (b"Rar!", "RAR"),
        (b"7z\xBC\xAF", "7z"),
        (b"ID;P", "SYLK"),
        (b"TABLE\r\n", "DIF"),
    ] {
        if bytes.starts_with(magic) {
            return Err(ReadError::Unsupported(name.to_owned()));
        }
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<table") {
        return Err(ReadError::Unsupported("HTML；请另存为 .xlsx / save it as .xlsx".to_owned()));
    }
    if start.starts_with("<?xml") {
        return Err(ReadError::Unsupported("XML；请另存为 .xlsx / save it as .xlsx".to_owned()));
    }
    Ok(Format::Text)
}

fn archive_format(bytes: &[u8]) -> Result<Format, ReadError> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::Corrupt(error.to_string()))?;
    let mut found = None;
    for name in archive.file_names().filter_map(Result::ok) {
        let name = name.replace('\\', "/").to_ascii_lowercase();
        match name.as_str() {
            "xl/workbook.bin" => return Ok(Format::Xlsb),
            "xl/workbook.xml" | "[content_types].xml" => found = found.or(Some(Format::Xlsx)),
            "content.xml" => return Ok(Format::Ods),
            "word/document.xml" => return Err(ReadError::Unsupported("Word".to_owned())),
            "ppt/presentation.xml" => return Err(ReadError::Unsupported("PowerPoint".to_owned())),
            _ => {}
        }
    }
    found.ok_or_else(|| ReadError::Unsupported("zip".to_owned()))
}

/// An OLE container: a workbook, or an encrypted .xlsx. Stream names are stored as UTF-16 in its directory.
fn compound_format(bytes: &[u8]) -> Result<Format, ReadError> {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window.eq_ignore_ascii_case(&wide))
    };
    if holds("EncryptedPackage") {
        Err(ReadError::Encrypted)
    } else if holds("WordDocument") {
        Err(ReadError::Unsupported("Word".to_owned()))
    } else {
        Ok(Format::Xls)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_does_not_decide_the_content_does() {
        assert_eq!(format_of("投诉时间,房号\n".as_bytes()).ok(), Some(Format::Text));
        assert!(matches!(format_of(b"%PDF-1.7"), Err(ReadError::Unsupported(name)) if name == "PDF"));
        assert!(matches!(format_of(b""), Err(ReadError::Empty)));
        assert!(matches!(format_of(b"PK\x03\x04"), Err(ReadError::Corrupt(_))));
    }
}
