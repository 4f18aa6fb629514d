//! What an input file may cost, so that a verdict does not depend on the machine.

use serde::{Deserialize, Serialize};

/// Limits on one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Budget {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes of a zip file's parts when unpacked: a year of a large company's register takes about 100 MB.
    pub unpacked_bytes: u64,
    /// Parts of a zip file.
    pub parts: usize,
    /// Cells of a file.
    pub cells: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { file_bytes: 256 << 20, unpacked_bytes: 1 << 30, parts: 10_000, cells: 20_000_000 }
    }
}
