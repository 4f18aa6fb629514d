//! What a file is, by its content.

use super::compound::Compound;
use super::package::{Archive, folded};
use super::{ReadError, biff};

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
    /// .csv, .tsv, .txt, and documents that are text: HTML, XML.
    Text,
}

/// A document that is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Document {
    /// Rows and fields.
    Table,
    /// A page with tables.
    Html,
    /// A workbook as Excel 2003 writes it as XML.
    SpreadsheetMl,
    /// An `OpenDocument` in one file.
    FlatOds,
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
    Ok(Format::Text)
}

fn archive_format(bytes: &[u8]) -> Result<Format, ReadError> {
    let archive = Archive::open(bytes)?;
    let mut found = None;
    for name in archive.names() {
        match folded(name).as_str() {
            "xl/workbook.bin" => return Ok(Format::Xlsb),
            "word/document.xml" => return Err(ReadError::Unsupported("Word".to_owned())),
            "ppt/presentation.xml" => return Err(ReadError::Unsupported("PowerPoint".to_owned())),
            "content.xml" => return Ok(Format::Ods),
            // A main part under another name is that of a binary workbook where it says so.
            name if name.ends_with("/workbook.bin") => found = Some(Format::Xlsb),
            "xl/workbook.xml" | "[content_types].xml" => found = found.or(Some(Format::Xlsx)),
            _ => {}
        }
    }
    found.ok_or_else(|| ReadError::Unsupported("压缩包；请解压后放入 / zip; unpack it first".to_owned()))
}

/// An OLE container: a workbook, or an encrypted .xlsx.
fn compound_format(bytes: &[u8]) -> Result<Format, ReadError> {
    let compound = Compound::open(bytes).map_err(ReadError::Corrupt)?;
    if compound.holds("EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    if !compound.holds("Workbook") && !compound.holds("Book") {
        let what = if compound.holds("WordDocument") {
            "Word"
        } else if compound.holds("PowerPoint Document") {
            "PowerPoint"
        } else {
            "OLE 文件，里面没有工作簿 / an OLE file without a workbook"
        };
        return Err(ReadError::Unsupported(what.to_owned()));
    }
    // A chain that runs in a circle is told before the spreadsheet crate follows it.
    let records = compound.workbook().map_err(ReadError::Corrupt)?;
    if records.is_some_and(|records| biff::has_password(&records)) {
        return Err(ReadError::Encrypted);
    }
    Ok(Format::Xls)
}

/// What a text is.
pub(super) fn document_of(text: &str) -> Result<Document, ReadError> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if start.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok() {
        return Err(ReadError::Unsupported("JSON".to_owned()));
    }
    let head: String = start.chars().take(4096).collect::<String>().to_ascii_lowercase();
    if head.starts_with("mime-version:") {
        return Err(ReadError::Unsupported(
            "MHTML（单个文件网页）；请用 Excel 打开后另存为 .xlsx / a web archive; save it as .xlsx".to_owned(),
        ));
    }
    if !head.starts_with('<') {
        return Ok(Document::Table);
    }
    let declares = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if declares(&["urn:schemas-microsoft-com:office:spreadsheet", "progid=\"excel.sheet\""])
        && head.contains("<workbook")
        || head.contains(":workbook")
    {
        Ok(Document::SpreadsheetMl)
    } else if declares(&["office:document"]) && declares(&["urn:oasis:names:tc:opendocument"]) {
        Ok(Document::FlatOds)
    } else if declares(&["<!doctype html", "<html", "<table", "<meta", "<head", "<body", "<style", "<div"]) {
        Ok(Document::Html)
    } else if head.starts_with("<?xml") {
        Err(ReadError::Unsupported("XML，不是表格；请另存为 .xlsx / no spreadsheet; save it as .xlsx".to_owned()))
    } else {
        Ok(Document::Table)
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

    #[test]
    fn documents_are_told_by_what_they_declare() {
        assert_eq!(document_of("  <HTML><table>").ok(), Some(Document::Html));
        assert_eq!(document_of("<30,>30\n1,2\n").ok(), Some(Document::Table));
        assert_eq!(document_of("[甲],[乙]\n1,2\n").ok(), Some(Document::Table));
        assert!(document_of("<?xml version=\"1.0\"?><a/>").is_err());
        assert!(document_of("{\"a\": [1]}").is_err());
        assert!(document_of("MIME-Version: 1.0\r\nX-Document-Type: Workbook").is_err());
        let excel = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
                     <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
        assert_eq!(document_of(excel).ok(), Some(Document::SpreadsheetMl));
    }
}
