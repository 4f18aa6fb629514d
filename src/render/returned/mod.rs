//! Workbooks that go back to who sent them: the sheets as they were read, what is to be mended marked and listed in front.
//!
//! A returned workbook can be mended and put in the place of the original: its first sheet bears a mark by which it is
//! passed over when it is read. A sheet of more than [`WHOLE`] rows is returned as an excerpt of its faulty rows, which bears
//! another mark and is refused when it is read: the original is to be mended.

mod copy;
mod list;
mod looks;
mod merges;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::RenderError;
use super::sheet_names::unique;
use crate::origin::{CellAt, SourceSheet};
use crate::problem::{Language, Problem, Severity};
use crate::read::sheet::Sheet;
pub(super) use looks::FONT;
use looks::Looks;
use merges::Merges;

/// Rows up to which a sheet is returned whole.
pub const WHOLE: usize = 20_000;

/// Cells up to which a sheet is returned whole, and most cells of an excerpt: what is written is held in memory.
pub const MOST_CELLS: usize = 500_000;

/// Cells that the workbooks of one run return whole, in the order of the files' paths: a hundred registers of a center's year.
/// Writing a cell costs five times what reading it does, and nobody mends more by hand. The bound counts cells, not time, so
/// that every machine returns the same.
pub const WHOLE_OF_A_RUN: usize = 1_000_000;

/// Faulty rows of an excerpt of a file that goes beyond [`WHOLE_OF_A_RUN`].
pub const FEW_ROWS: usize = 200;

/// Problems that one workbook lists, and cells of one sheet that bear a comment; the rest is only counted: nobody mends more
/// by hand, and spreadsheets become slow.
pub const MOST: usize = 5_000;

/// A sheet to return.
#[derive(Debug)]
pub struct ReturnedSheet<'a> {
    /// As it was read.
    pub sheet: &'a Sheet,
    /// What is to be mended in it.
    pub problems: Vec<&'a Problem>,
    /// Rows of its titles and headers, which stand in an excerpt too.
    pub headers: Vec<u32>,
}

/// Whether a sheet is too large to be returned whole, whatever else is returned.
#[must_use]
pub fn is_too_large(sheet: &Sheet) -> bool {
    sheet.filled_rows() > WHOLE || sheet.cell_count() > MOST_CELLS
}

/// A file to return.
#[derive(Debug)]
pub struct ReturnedFile<'a> {
    /// Its path below the input folder.
    pub path: &'a str,
    /// Its sheets, in their order.
    pub sheets: Vec<ReturnedSheet<'a>>,
    /// All that is to be mended in it, in the order of `problems.csv`.
    pub problems: Vec<&'a Problem>,
    /// Whether its sheets are returned whole, but for those that are too large for it; else all are excerpts of few rows.
    pub is_whole: bool,
    /// Paths of all files, by number.
    pub files: &'a [String],
    /// All sheets, by number.
    pub sources: &'a [SourceSheet],
    /// Language that comes first.
    pub language: Language,
    /// The date written into the workbook's properties: the as-of date, never that of the machine.
    pub dated: NaiveDate,
}

/// Whether a problem is one that the sender should mend.
#[must_use]
pub fn is_to_mend(problem: &Problem) -> bool {
    matches!(problem.code.wording().severity, Severity::Error | Severity::Warning)
}

/// Where a file's workbook lies below the output folder: a hash of its path, never text of its name.
#[must_use]
pub fn path_of(file: &str) -> String {
    format!("quality/returned/{}.xlsx", &blake3::hash(file.as_bytes()).to_hex()[..8])
}

/// The bytes of the workbook.
///
/// # Errors
/// When the workbook crate refuses something, which a slip in the program would cause.
pub fn workbook(file: &ReturnedFile<'_>) -> Result<Vec<u8>, RenderError> {
    made(file).map_err(|error| RenderError::Workbook(error.to_string()))
}

fn made(file: &ReturnedFile<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(file.dated)?);
    let looks = Looks::new();
    book.set_default_format(&looks.text, 18, 72)?;
    let names = unique(file.sheets.iter().map(|returned| returned.sheet.name.as_str()), &[list::NAME]);
    let placed: Vec<Placed<'_, '_>> =
        file.sheets.iter().zip(names).map(|(returned, name)| Placed::new(returned, name, file.is_whole)).collect();
    list::write(book.add_worksheet(), file, &placed, &looks)?;
    for placed in &placed {
        let page = book.add_worksheet();
        page.set_name(&placed.name)?;
        page.set_hidden(placed.returned.sheet.hidden && placed.returned.problems.is_empty());
        copy::write(page, placed, file.language, &looks)?;
    }
    book.save_to_buffer()
}

/// Properties that say nothing of when or where.
pub(super) fn properties(dated: NaiveDate) -> Result<DocProperties, XlsxError> {
    let year = u16::try_from(dated.year()).unwrap_or(2000).clamp(1900, 9999);
    let [month, day] = [dated.month(), dated.day()].map(|part| u8::try_from(part).unwrap_or(1));
    Ok(DocProperties::new().set_author("manyi").set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?))
}

/// A sheet with its place in the workbook.
struct Placed<'r, 'a> {
    returned: &'r ReturnedSheet<'a>,
    /// Its name in the workbook.
    name: String,
    merges: Merges,
    /// Problems by cell; one within merged cells is at the first of them.
    faults: BTreeMap<CellAt, Vec<&'a Problem>>,
    /// Row numbers that an excerpt shows, in their order; none where the sheet is returned whole.
    excerpt: Option<Vec<u32>>,
}

impl<'r, 'a> Placed<'r, 'a> {
    fn new(returned: &'r ReturnedSheet<'a>, name: String, is_whole: bool) -> Self {
        let is_excerpt = !is_whole || is_too_large(returned.sheet);
        // An excerpt parts what was merged.
        let merges = if is_excerpt { Merges::of(&Sheet::default()) } else { Merges::of(returned.sheet) };
        let mut faults: BTreeMap<CellAt, Vec<&Problem>> = BTreeMap::new();
        for problem in &returned.problems {
            if let Some(at) = problem.cell {
                faults.entry(merges.around(at).map_or(at, |range| range.first)).or_default().push(problem);
            }
        }
        let most = if is_whole { MOST } else { FEW_ROWS };
        let excerpt = is_excerpt.then(|| rows_of_excerpt(returned, most));
        if let Some(rows) = &excerpt {
            faults.retain(|at, _| rows.binary_search(&at.row).is_ok());
        }
        Self { returned, name, merges, faults, excerpt }
    }

    /// Where a cell of the sheet stands in the workbook; none where an excerpt leaves it out.
    fn place(&self, at: CellAt) -> Option<CellAt> {
        let Some(rows) = &self.excerpt else { return Some(at) };
        let row = u32::try_from(rows.binary_search(&at.row).ok()?).ok()?;
        Some(CellAt { row: row + ABOVE_EXCERPT, col: at.col + 1 })
    }
}

/// Both languages, the one asked for first.
fn both(language: Language, zh: &str, en: &str, between: &str) -> String {
    match language {
        Language::Zh => format!("{zh}{between}{en}"),
        Language::En => format!("{en}{between}{zh}"),
    }
}

/// Titles, headers and the first faulty rows, as far as the cells of an excerpt go.
fn rows_of_excerpt(returned: &ReturnedSheet<'_>, most: usize) -> Vec<u32> {
    let faulty: BTreeSet<u32> =
        returned.problems.iter().filter_map(|problem| problem.cell).map(|at| at.row).take(MOST).collect();
    let wanted: BTreeSet<u32> = returned.headers.iter().copied().chain(faulty.into_iter().take(most)).collect();
    let mut cells = 0;
    let rows = returned.sheet.rows().filter(|row| wanted.contains(&row.number)).take_while(|row| {
        cells += row.filled();
        cells <= MOST_CELLS
    });
    rows.map(|row| row.number).collect()
}

/// Rows above an excerpt's own: its mark.
const ABOVE_EXCERPT: u32 = 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_made_of_a_hash_only() {
        let path = path_of("../翠湖花园/=cmd|' /C calc'!A0.xlsx");
        assert_eq!(path.len(), "quality/returned/01234567.xlsx".len());
        assert!(path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.".contains(&byte)), "{path}");
    }
}
