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
    /// Cells of a file that hold something.
    pub cells: usize,
    /// Rows of a file that hold something.
    pub rows: usize,
    /// Bytes of all texts of a file, each counted as often as it stands in a cell.
    pub text_bytes: usize,
    /// Records that all tallies of a run may stand for: one cell stands for thousands.
    pub records: u64,
    /// Memory of the process that reads a file of a format that must be loaded whole (.xls), in bytes.
    pub worker_bytes: u64,
    /// Longest that process may take for one file, in seconds: the last resort, for every other limit is independent of
    /// the machine's speed.
    pub worker_seconds: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            file_bytes: 256 << 20,
            unpacked_bytes: 1 << 30,
            parts: 10_000,
            cells: 20_000_000,
            rows: 2_000_000,
            text_bytes: 1 << 30,
            records: 1_000_000,
            worker_bytes: 2 << 30,
            worker_seconds: 60,
        }
    }
}
