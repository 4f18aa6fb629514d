//! What the fuzz targets under `tests/fuzz/` need of private modules, and nothing else.

use crate::config::Budget;
use crate::read::{Book, ReadError, TextOptions, read_bytes};

/// Reads the bytes of a file, without the net that catches a panic.
pub fn book(bytes: &[u8]) -> Result<Book, ReadError> {
    read_bytes(bytes, &Budget::default(), TextOptions::default(), None)
}
