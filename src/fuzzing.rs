//! What the fuzz targets under `tests/fuzz/` need of private modules, and nothing else.

use crate::config::Budget;
use crate::read::sheet::Sheet;
use crate::read::{self, Book, ReadError, TextOptions};

/// Small enough that a file of repeated cells costs the fuzzer no time.
const BUDGET: Budget = Budget {
    file_bytes: 1 << 20,
    unpacked_bytes: 8 << 20,
    parts: 100,
    cells: 100_000,
    rows: 50_000,
    text_bytes: 8 << 20,
    records: 10_000,
    worker_bytes: 256 << 20,
    worker_seconds: 10,
};

/// Reads the bytes of a file, without the net that catches a panic.
pub fn book(bytes: &[u8]) -> Result<Book, ReadError> {
    read::read_bytes(bytes, &BUDGET, TextOptions::default(), None)
}

/// Follows the chains of an OLE container, without the spreadsheet crate.
#[must_use]
pub fn container(bytes: &[u8]) -> Option<Vec<Sheet>> {
    read::container(bytes)
}
