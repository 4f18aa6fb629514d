//! What a file may cost, so that a verdict does not depend on the machine.

use std::io::{Cursor, Read};

use super::ReadError;
use super::markup::DOCTYPE;
use super::sheet::{Sheet, Value};
use crate::config::Budget;
use crate::origin::CellAt;

/// What is left of a file's budget of cells, rows and text.
#[derive(Debug, Default)]
pub(super) struct Left {
    cells: usize,
    rows: usize,
    text_bytes: usize,
}

impl Left {
    pub(super) fn of(budget: &Budget) -> Self {
        Self { cells: budget.cells, rows: budget.rows, text_bytes: budget.text_bytes }
    }

    /// The same for a format in which one cell can stand for millions: what a file of so many bytes may hold. Sheets that people
    /// fill in take a byte a cell at least, however well they are packed.
    pub(super) fn of_repeating(budget: &Budget, bytes: usize) -> Self {
        let cells = bytes.saturating_mul(CELLS_PER_BYTE).max(FEW_CELLS);
        Self { cells: budget.cells.min(cells), ..Self::of(budget) }
    }

    /// Bytes of text that are left.
    pub(super) fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// Counts a cell that is about to be added.
    pub(super) fn spend(&mut self, sheet: &Sheet, at: CellAt, value: &Value<'_>) -> Result<(), String> {
        self.cells = self.cells.checked_sub(1).ok_or("单元格数超过限额 / more cells than the limit")?;
        if sheet.last_row() != Some(at.row) {
            self.rows = self.rows.checked_sub(1).ok_or("行数超过限额 / more rows than the limit")?;
        }
        if let Value::Text(text) = value {
            self.text_bytes =
                self.text_bytes.checked_sub(text.len()).ok_or("文字总量超过限额 / more text than the limit")?;
        }
        Ok(())
    }
}

/// Cells for each byte of a file of a format that repeats cells, and what any such file may hold.
const CELLS_PER_BYTE: usize = 64;
const FEW_CELLS: usize = 200_000;

/// Watches the parts of an archive while they are unpacked.
pub(super) trait Watch {
    /// The next stretch of a part, and whether the part begins with it.
    fn see(&mut self, part: &str, stretch: &[u8], begins: bool);
}

/// Looks at nothing.
pub(super) struct Blind;

impl Watch for Blind {
    fn see(&mut self, _: &str, _: &[u8], _: bool) {}
}

/// Unpacks every part into nothing, counting: declared sizes are not trusted. Gives the first part whose checksum is wrong.
///
/// # Errors
/// When the archive is damaged, over the budget, or has a part that declares a document type.
pub(super) fn measure_zip(bytes: &[u8], budget: &Budget, watch: &mut impl Watch) -> Result<Option<String>, ReadError> {
    let corrupt = |error: zip::result::ZipError| ReadError::Corrupt(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(corrupt)?;
    if archive.len() > budget.parts {
        return Err(ReadError::TooLarge(format!("{} > {} parts", archive.len(), budget.parts)));
    }
    let (mut left, mut damaged) = (budget.unpacked_bytes, None);
    let mut buffer = vec![0; 1 << 16];
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).map_err(corrupt)?;
        // A part whose name is no text is unpacked like the others; it is just nothing that is looked at.
        let name = part.name().map(|name| name.replace('\\', "/")).unwrap_or_default();
        let mut begins = true;
        loop {
            let read = match part.read(&mut buffer) {
                Ok(read) => read,
                Err(error) if error.to_string().contains("checksum") => {
                    // All bytes were given before the sum was compared.
                    damaged.get_or_insert(name.clone());
                    0
                }
                Err(error) => return Err(ReadError::Corrupt(error.to_string())),
            };
            if read == 0 {
                break;
            }
            left = left
                .checked_sub(read as u64)
                .ok_or_else(|| ReadError::TooLarge(format!("> {} bytes unpacked", budget.unpacked_bytes)))?;
            if begins && declares_type(&buffer[..read.min(4096)]) {
                return Err(ReadError::Corrupt(format!("{name}：{DOCTYPE}")));
            }
            watch.see(&name, &buffer[..read], begins);
            begins = false;
        }
    }
    Ok(damaged)
}

/// Whether a part that is XML declares a document type before its root element, also in UTF-16.
fn declares_type(start: &[u8]) -> bool {
    let narrow: Vec<u8> = start.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&narrow).to_ascii_uppercase();
    let xml = text.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace());
    // One that only names a document type, as old OpenDocuments have it, declares nothing.
    let declared = xml.split_once("<!DOCTYPE").map(|(_, rest)| rest.split('>').next().unwrap_or(rest));
    xml.starts_with('<') && declared.is_some_and(|declared| declared.contains('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_archive_is_damaged() {
        assert!(matches!(measure_zip(b"PK\x03\x04junk", &Budget::default(), &mut Blind), Err(ReadError::Corrupt(_))));
    }

    #[test]
    fn a_document_type_is_seen_whatever_the_width_of_its_letters() {
        assert!(declares_type(b"<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"b\">]>"));
        let wide: Vec<u8> = "<!doctype x [<!entity a 'b'>]>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(declares_type(&wide));
        assert!(!declares_type(b"<?xml version=\"1.0\"?><worksheet/>"));
        assert!(!declares_type(b"<!DOCTYPE manifest:manifest PUBLIC \"Manifest.dtd\"><manifest/>"));
    }
}
