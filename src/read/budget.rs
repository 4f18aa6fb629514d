//! What a file may cost, so that a verdict does not depend on the machine.

use std::io::{Cursor, Read};

use super::ReadError;
use crate::config::Budget;

/// Unpacks every part into nothing, counting: declared sizes are not trusted. Says whether a worksheet part has merged cells.
///
/// # Errors
/// When the archive is damaged or over the budget.
pub(super) fn measure_zip(bytes: &[u8], budget: &Budget) -> Result<bool, ReadError> {
    let corrupt = |error: zip::result::ZipError| ReadError::Corrupt(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(corrupt)?;
    if archive.len() > budget.parts {
        return Err(ReadError::TooLarge(format!("{} > {} parts", archive.len(), budget.parts)));
    }
    let (mut left, mut merged) = (budget.unpacked_bytes, false);
    let mut buffer = vec![0; 1 << 16];
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).map_err(corrupt)?;
        // A part whose name is no text is unpacked like the others; it is just no worksheet.
        let is_sheet = part.name().is_ok_and(|name| name.contains("worksheets") && name.ends_with(".xml"));
        // The size as declared only says where the end may begin: a wrong one costs the merged cells, nothing else.
        let tail_from = part.size().saturating_sub(TAIL as u64);
        let (mut tail, mut seen): (Vec<u8>, u64) = (Vec::new(), 0);
        loop {
            let read = part.read(&mut buffer).map_err(|error| ReadError::Corrupt(error.to_string()))?;
            if read == 0 {
                break;
            }
            left = left
                .checked_sub(read as u64)
                .ok_or_else(|| ReadError::TooLarge(format!("> {} bytes unpacked", budget.unpacked_bytes)))?;
            seen += read as u64;
            if is_sheet && seen > tail_from {
                // The element comes after all rows: it is within the last stretch that is kept.
                keep_tail(&mut tail, &buffer[..read]);
            }
        }
        merged |= tail.windows(MERGES.len()).any(|window| window == MERGES);
    }
    Ok(merged)
}

const MERGES: &[u8] = b"<mergeCell";

/// Bytes of a sheet's end in which `<mergeCells>` is looked for: page set-up, validations and the merges themselves stand there.
const TAIL: usize = 1 << 17;

fn keep_tail(tail: &mut Vec<u8>, read: &[u8]) {
    if tail.len() + read.len() > TAIL {
        let surplus = (tail.len() + read.len() - TAIL).min(tail.len());
        tail.drain(..surplus);
    }
    tail.extend_from_slice(read);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_archive_is_damaged() {
        assert!(matches!(measure_zip(b"PK\x03\x04junk", &Budget::default()), Err(ReadError::Corrupt(_))));
    }
}
