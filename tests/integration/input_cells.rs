//! The cells of an input folder by what they mean, read with the program's own first two stages.

use std::path::Path;

use manyi::config::Budget;
use manyi::read::{self, TextOptions};
use manyi::recognise::field::Field;
use manyi::recognise::kinds::KindId;
use manyi::recognise::{Vocabulary, recognise};

use crate::tree;

/// A cell below a header that was understood.
pub(crate) struct InputCell {
    pub(crate) kind: KindId,
    pub(crate) field: Field,
    pub(crate) text: String,
}

/// Every cell of every table of a folder.
pub(crate) fn cells_of(folder: &Path) -> Vec<InputCell> {
    let mut cells = Vec::new();
    let vocabulary = Vocabulary::default();
    for path in tree::files_of(folder).into_keys().filter(|path| !path.ends_with(".toml")) {
        let book = read::read_file(&folder.join(&path), &Budget::default(), TextOptions::default(), None)
            .book
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        for sheet in book.sheets {
            let sheet = sheet.unwrap_or_else(|(name, why)| panic!("{path}!{name}: {why}"));
            for table in recognise(&sheet, &path, &vocabulary).tables {
                for row in (table.header.1..table.places.1).map(|place| sheet.at(place)) {
                    cells.extend(row.cells().filter_map(|(col, value)| {
                        let field = table.field_at(col)?;
                        Some(InputCell { kind: table.kind.id, field, text: value.written() })
                    }));
                }
            }
        }
    }
    cells
}
