//! Sheets that this program wrote: told by a sentence near their top, whatever became of their names.

use crate::read::sheet::{Sheet, Value};

/// Stands on sheets that explain: they hold nothing to count.
pub const PASSED_OVER: &str = "本页由满意生成，读取时略过 / made by manyi, passed over when it is read";

/// Stands on excerpts of large sheets: counting them instead of the original would lose rows.
pub const EXCERPT: &str =
    "本页由满意节选，只含要修改的行：请修改原表 / an excerpt made by manyi: mend the original sheet instead";

/// Filled rows among which a mark is looked for.
const TOP: usize = 3;

/// Whether a sheet bears a mark.
#[must_use]
pub fn bears(sheet: &Sheet, mark: &str) -> bool {
    sheet
        .rows()
        .take(TOP)
        .any(|row| row.cells().any(|(_, value)| matches!(value, Value::Text(text) if text.trim() == mark)))
}
