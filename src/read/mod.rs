//! Bytes → sheets. The only place that touches the spreadsheet crate.
//!
//! The kind of a file is decided by its content, never by its name. The zip formats are measured within a budget before they
//! are opened; .xlsx and .xlsb are streamed, so memory follows the cells that hold something. A panic inside the spreadsheet
//! crate is caught and becomes the file's error.

mod budget;
mod contained;
mod range;
pub mod sheet;
mod sniff;
mod stream;
mod text;

use std::path::Path;

pub use contained::{contained, word_panics};

use crate::config::Budget;
use sheet::Sheet;
use sniff::Format;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened.
    #[error("打不开文件 / cannot open the file: {0}")]
    Io(#[from] std::io::Error),
    /// A password is needed.
    #[error("文件有打开密码 / the file is protected by a password")]
    Encrypted,
    /// Not a spreadsheet, or one of a format that is not read.
    #[error("不是可读的表格格式 / not a spreadsheet format that is read: {0}")]
    Unsupported(String),
    /// Over the budget.
    #[error("展开后超过限额 / over the limit when unpacked: {0}")]
    TooLarge(String),
    /// Damaged.
    #[error("文件损坏 / the file is damaged: {0}")]
    Corrupt(String),
    /// Nothing in it.
    #[error("文件是空的 / the file is empty")]
    Empty,
}

/// A file as read.
#[derive(Debug, Default)]
pub struct Book {
    /// Its sheets.
    pub sheets: Vec<Result<Sheet, (String, String)>>,
    /// Encoding of a text file, where it had to be inferred.
    pub encoding: Option<&'static str>,
}

/// How a text file is to be read, where the config says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct TextOptions<'a> {
    /// Label of the encoding, such as `gb18030`.
    pub encoding: Option<&'a str>,
}

/// A file that was opened, whatever became of its contents.
#[derive(Debug)]
pub struct Opened {
    /// Bytes of the file.
    pub bytes: u64,
    /// BLAKE3 hash of the bytes; empty where the file could not be read at all.
    pub hash: String,
    /// Its sheets, or why there are none: encrypted, damaged, over the budget, empty, no spreadsheet.
    pub book: Result<Book, ReadError>,
}

/// Reads a file.
#[must_use]
pub fn read_file(path: &Path, budget: &Budget, options: TextOptions<'_>) -> Opened {
    let bytes = match within(path, budget) {
        Ok(bytes) => bytes,
        Err(error) => {
            let bytes = path.metadata().map_or(0, |data| data.len());
            return Opened { bytes, hash: String::new(), book: Err(error) };
        }
    };
    let hash = blake3::hash(&bytes).to_hex().to_string();
    // The crate panics on some malformed files: that costs the file, never the run.
    let book = contained(|| read_bytes(&bytes, budget, options))
        .unwrap_or_else(|| Err(ReadError::Corrupt("内部结构 / inner structure".to_owned())));
    Opened { bytes: bytes.len() as u64, hash, book }
}

/// The bytes of a file that is not larger than the budget.
fn within(path: &Path, budget: &Budget) -> Result<Vec<u8>, ReadError> {
    let size = path.metadata()?.len();
    if size > budget.file_bytes {
        return Err(ReadError::TooLarge(format!("{size} > {} bytes", budget.file_bytes)));
    }
    Ok(std::fs::read(path)?)
}

/// Reads the bytes of a file.
pub(crate) fn read_bytes(bytes: &[u8], budget: &Budget, options: TextOptions<'_>) -> Result<Book, ReadError> {
    let sheets = match sniff::format_of(bytes)? {
        Format::Xlsx => stream::xlsx(bytes, budget)?,
        Format::Xlsb => stream::xlsb(bytes, budget)?,
        Format::Ods => range::ods(bytes, budget)?,
        Format::Xls => range::xls(bytes)?,
        Format::Text => return text::read(bytes, options),
    };
    Ok(Book { sheets, ..Book::default() })
}
