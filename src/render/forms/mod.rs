//! Blank workbooks, one for each kind of record and each printed form: what a service center fills in and the program reads
//! back without a problem. A form is data: its columns name the field that the program recognises in them.

mod column;
mod draw;
mod notes;
mod printed;
mod procedures;
mod registers;
mod small;
mod surveys;

pub use column::{Column, Entry};

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::RenderError;
use super::returned::{FONT, properties};
use crate::recognise::kinds::KindId;

/// A form.
#[derive(Debug)]
pub struct Form {
    /// Name of its file, without the ending.
    pub name: &'static str,
    /// What its table is recognised as.
    pub kind: KindId,
    /// Name of the sheet.
    pub sheet: &'static str,
    /// Title rows above the header.
    pub titles: &'static [&'static str],
    /// Its columns, from the left.
    pub columns: &'static [Column],
    /// Rows that are ruled, and numbered where the form is printed.
    pub rows: u32,
    /// What is to be known to fill it in, Chinese and English.
    pub hint: (&'static str, &'static str),
}

/// All forms: first the printed ones, then one for each kind of record, and where procedures ask for other columns, those.
pub const ALL: &[&Form] = &[
    &printed::QR_001,
    &printed::QR_002,
    &printed::QR_003,
    &printed::QR_003_LEVELS,
    &printed::QR_004,
    &registers::COMPLAINTS,
    &registers::REPAIRS,
    &registers::CALLBACKS,
    &procedures::FOLLOWED,
    &procedures::BUILDING_QUALITY,
    &procedures::PRODUCTS,
    &procedures::DRUGS,
    &procedures::CARD,
    &procedures::DEMANDS,
    &procedures::SERVICE,
    &surveys::RESPONSES,
    &surveys::ROUNDS,
    &surveys::ROUND_UNITS,
    &small::COMMUNITIES,
    &small::DUTIES_DONE,
    &small::PROMISES,
    &small::MEASURES,
    &small::VISITS,
    &small::CUSTOMERS,
];

impl Form {
    /// Name of its file.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.xlsx", self.name)
    }

    /// Whether it is filled in by hand too, with a form number above its header.
    #[must_use]
    pub fn is_printed(&self) -> bool {
        self.titles.len() > 1
    }

    /// Rows of its header.
    #[must_use]
    pub fn header_rows(&self) -> u32 {
        let tallest = self.columns.iter().map(|column| column.path.len()).max().unwrap_or(1);
        u32::try_from(tallest).unwrap_or(1)
    }

    /// The first row to fill in, from zero.
    #[must_use]
    pub fn first_row(&self) -> u32 {
        u32::try_from(self.titles.len()).unwrap_or(0) + self.header_rows()
    }
}

/// The bytes of a form.
///
/// # Errors
/// When the workbook crate refuses something, which a slip in the program would cause.
pub fn workbook(form: &Form) -> Result<Vec<u8>, RenderError> {
    made(form).map_err(|error| RenderError::Workbook(error.to_string()))
}

fn made(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Forms are the same for everybody, whenever they were made.
    book.set_properties(&properties(NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or_default())?);
    book.set_default_format(&Format::new().set_font_name(FONT).set_font_size(11), 18, 72)?;
    draw::form(book.add_worksheet(), form)?;
    notes::write(book.add_worksheet(), form)?;
    book.save_to_buffer()
}
