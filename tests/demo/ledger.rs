//! `ledger.csv` and `planted.csv`: how the rows of every table divide, and where the errors are.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use crate::sheet::{File, address};

/// Finds the rows that were sent before: the first by path, sheet and row is kept. Returns the later ones by file and
/// sheet index.
fn duplicates(files: &[File]) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut seen = BTreeSet::new();
    let mut later: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (file, content) in files.iter().enumerate() {
        for (index, sheet) in content.sheets.iter().enumerate() {
            for (row, case) in &sheet.cases {
                if !seen.insert(*case) {
                    later.entry((file, index)).or_default().push(*row);
                }
            }
        }
    }
    later
}

/// Writes both; the files must be sorted by path.
pub(crate) fn write(files: &[File], folder: &Path) -> Result<(), Box<dyn Error>> {
    let duplicates = duplicates(files);
    let mut ledger = csv::Writer::from_path(folder.join("ledger.csv"))?;
    ledger.write_record([
        "file",
        "sheet",
        "kind",
        "record_rows",
        "continuation",
        "duplicates",
        "headings",
        "totals",
        "blanks",
    ])?;
    let mut planted = csv::Writer::from_path(folder.join("planted.csv"))?;
    planted.write_record(["file", "sheet", "cell", "code"])?;
    for (index, file) in files.iter().enumerate() {
        for (position, sheet) in file.sheets.iter().enumerate() {
            let repeated = duplicates.get(&(index, position)).map_or(&[][..], Vec::as_slice);
            let again = u32::try_from(repeated.len())?;
            let tally = sheet.tally;
            let counts = [tally.records - again, tally.continuation, again, tally.headings, tally.totals, tally.blanks];
            let mut line = vec![file.path.clone(), sheet.name.clone(), sheet.kind.name().to_owned()];
            line.extend(counts.map(|count| count.to_string()));
            ledger.write_record(&line)?;
            let mut errors: Vec<_> = sheet.plants.iter().map(|plant| (plant.row, plant.column, plant.code)).collect();
            errors.extend(repeated.iter().map(|row| (*row, 0, "duplicate_row")));
            errors.sort_unstable();
            for (row, column, code) in errors {
                planted.write_record([file.path.as_str(), &sheet.name, &address(row, column), code])?;
            }
        }
    }
    ledger.flush()?;
    planted.flush()?;
    Ok(())
}
