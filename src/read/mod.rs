//! Bytes → sheets. The only place that touches the spreadsheet crate.
//!
//! The kind of a file is decided by its content, never by its name. The zip formats are measured within a budget before they
//! are opened, and streamed, so memory follows the cells that hold something; what the crate refuses as a whole is put together
//! anew and tried once more. The formats that must be loaded whole are read by processes of their own. A panic inside the
//! spreadsheet crate is caught and becomes the file's error.

mod biff;
mod binary;
mod budget;
mod compound;
mod contained;
mod encoding;
mod facts;
mod html;
mod markup;
mod ods;
mod package;
mod range;
mod repair;
pub mod sheet;
mod sniff;
mod spreadsheetml;
mod stream;
mod text;
pub mod worker;

use std::path::Path;

pub use contained::{contained, word_panics};

use crate::config::Budget;
use budget::Left;
use facts::Facts;
use sheet::Sheet;
use sniff::{Document, Format};
use worker::Workers;

/// A sheet, or its name and why it could not be read.
pub type SheetResult = Result<Sheet, (String, String)>;

/// What is said of a file that makes the spreadsheet crate panic.
const INNER: &str = "内部结构 / inner structure";

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
    /// The last resort: reading it took longer than the limit, in seconds.
    #[error("读取超过 {0} 秒 / reading it took more than {0} seconds")]
    TooSlow(u64),
    /// Nothing in it.
    #[error("文件是空的 / the file is empty")]
    Empty,
}

/// A file as read.
#[derive(Debug, Default)]
pub struct Book {
    /// Its sheets.
    pub sheets: Vec<SheetResult>,
    /// Encoding of a text file, where it had to be inferred, with what was lost.
    pub encoding: Option<String>,
    /// What had to be mended before it could be read.
    pub repaired: Option<String>,
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

/// Reads a file. Without workers the formats that must be loaded whole are read in this process.
#[must_use]
pub fn read_file(path: &Path, budget: &Budget, options: TextOptions<'_>, workers: Option<&Workers>) -> Opened {
    let bytes = match within(path, budget) {
        Ok(bytes) => bytes,
        Err(error) => {
            let bytes = path.metadata().map_or(0, |data| data.len());
            return Opened { bytes, hash: String::new(), book: Err(error) };
        }
    };
    let hash = blake3::hash(&bytes).to_hex().to_string();
    // The crate panics on some malformed files: that costs the file, never the run.
    let mut book = contained(|| read_bytes(&bytes, budget, options, workers))
        .unwrap_or_else(|| Err(ReadError::Corrupt(INNER.to_owned())));
    for sheet in book.iter_mut().flat_map(|book| &mut book.sheets).flatten() {
        cut_merges(sheet);
    }
    Opened { bytes: bytes.len() as u64, hash, book }
}

/// Merged ranges of a sheet that are kept: each costs a look wherever a header may begin.
const MERGES: usize = 100_000;

fn cut_merges(sheet: &mut Sheet) {
    let merges = sheet.merges.len();
    if merges > MERGES {
        sheet.merges.truncate(MERGES);
        sheet.merges.shrink_to_fit();
        sheet.cut.get_or_insert(format!(
            "{merges} 处合并单元格，只用前 {MERGES} 处 / {merges} merged ranges, of which the first {MERGES} were used"
        ));
    }
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
pub(crate) fn read_bytes(
    bytes: &[u8],
    budget: &Budget,
    options: TextOptions<'_>,
    workers: Option<&Workers>,
) -> Result<Book, ReadError> {
    let sheets = match sniff::format_of(bytes)? {
        Format::Xlsx => return archive(bytes, budget, stream::xlsx, repair::xlsx),
        Format::Xlsb => return archive(bytes, budget, stream::xlsb, repair::xlsb),
        Format::Ods => ods::read(bytes, budget)?,
        Format::Xls => match workers {
            Some(workers) => workers.xls(bytes, budget)?,
            None => range::xls(bytes, budget)?,
        },
        Format::Text => return document(bytes, budget, options),
    };
    Ok(Book { sheets, ..Book::default() })
}

/// What reads an archive, and what puts one together anew.
type Reading = fn(&[u8], &Facts, &mut Left) -> Result<Vec<SheetResult>, ReadError>;
type Mending = fn(&[u8]) -> Result<repair::Repaired, ReadError>;

/// Reads an Excel archive; where the crate refuses it, once more after repair.
fn archive(bytes: &[u8], budget: &Budget, read: Reading, mend: Mending) -> Result<Book, ReadError> {
    let (first, damaged) = once(bytes, budget, read)?;
    let why = match first {
        // The crate takes one part for another whose name differs in the case of a letter.
        Ok(_) if package::Archive::open(bytes)?.is_ambiguous() => {
            "两个部件同名，只差大小写 / two parts whose names differ in case alone".to_owned()
        }
        Ok(sheets) if damaged.is_none() || sheets.iter().all(Result::is_ok) => {
            let repaired = damaged.map(|part| format!("{part}：校验和不符 / wrong checksum"));
            return Ok(Book { sheets, repaired, ..Book::default() });
        }
        Ok(_) => damaged.map_or_else(String::new, |part| format!("{part}：校验和不符 / wrong checksum")),
        Err(ReadError::Corrupt(why)) => why,
        Err(other) => return Err(other),
    };
    // What the crate said of the file as it came is what people are told where the repair fails too.
    let Ok(mended) = mend(bytes) else { return Err(ReadError::Corrupt(why)) };
    let (second, _) = once(&mended.bytes, budget, read).map_err(|_| ReadError::Corrupt(why.clone()))?;
    let mut sheets = second.map_err(|_| ReadError::Corrupt(why.clone()))?;
    // Where a sheet that is no table was all that the crate minded, what is said of the sheet is enough.
    let repaired = mended.dropped.is_empty().then_some(why);
    sheets.extend(mended.dropped.into_iter().map(Err));
    Ok(Book { sheets, repaired, ..Book::default() })
}

/// What reading gives.
type Read = Result<Vec<SheetResult>, ReadError>;

/// Measures an archive and reads it. Gives the sheets, or why there are none, and a part whose checksum is wrong.
fn once(bytes: &[u8], budget: &Budget, read: Reading) -> Result<(Read, Option<String>), ReadError> {
    let mut facts = Facts::default();
    let damaged = budget::measure_zip(bytes, budget, &mut facts)?;
    facts.settle(bytes);
    let read = contained(|| read(bytes, &facts, &mut Left::of(budget)));
    Ok((read.unwrap_or_else(|| Err(ReadError::Corrupt(INNER.to_owned()))), damaged))
}

/// Reads a text: a table, or a document that holds tables.
fn document(bytes: &[u8], budget: &Budget, options: TextOptions<'_>) -> Result<Book, ReadError> {
    let decoded = encoding::decode(bytes, options.encoding)?;
    let sheets = match sniff::document_of(&decoded.text)? {
        Document::Table => vec![Ok(text::read(&decoded.text, budget)?)],
        Document::Html => html::read(&decoded.text, budget)?,
        Document::SpreadsheetMl => spreadsheetml::read(&decoded.text, budget)?,
        Document::FlatOds => ods::document(decoded.text.as_bytes(), bytes.len(), budget)?,
    };
    Ok(Book { sheets, encoding: decoded.inferred, ..Book::default() })
}

/// Follows the chains of a container and reads what its workbook says of its sheets; what holds no workbook tells of none.
pub(crate) fn container(bytes: &[u8]) -> Option<Vec<Sheet>> {
    let records = compound::Compound::open(bytes).and_then(|compound| compound.workbook()).ok()??;
    let told = biff::sheets(&records).into_iter().map(|from| {
        let mut sheet = Sheet::default();
        biff::tell(&records, from, &mut sheet);
        sheet
    });
    Some(told.collect())
}
