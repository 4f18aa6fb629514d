//! A sheet as a grid of cells, with what is known about it: which rows are records, and where errors were planted.

use chrono::{NaiveDate, NaiveDateTime};

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A date with time, shown as `2025-03-05 14:30`.
    Moment(NaiveDateTime),
    /// A date with time, shown as `2025年3月5日 14:30`.
    HanMoment(NaiveDateTime),
    /// A date, shown as `2025-03-05`.
    Date(NaiveDate),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

/// What a table holds; the names are those of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// 投诉记录
    Complaint,
    /// 报修记录
    Repair,
    /// QR-003FW
    Callback,
    /// QR-004FW
    CallbackMonth,
    /// Answers, a row per form.
    SurveyResponse,
    /// 调查统计表
    SurveyRound,
    /// 小区台账
    Community,
}

impl TableKind {
    /// As written in the ledger.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Repair => "repair",
            Self::Callback => "callback",
            Self::CallbackMonth => "callback-month",
            Self::SurveyResponse => "survey-response",
            Self::SurveyRound => "survey-round",
            Self::Community => "community",
        }
    }
}

/// How the rows of the table divide; duplicates are found later, over all files.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Rows that are records, duplicates among them.
    pub(crate) records: u32,
    /// Lines that only carry on the text of the row above.
    pub(crate) continuation: u32,
    /// Header rows.
    pub(crate) headings: u32,
    /// 合计
    pub(crate) totals: u32,
    /// Empty rows inside.
    pub(crate) blanks: u32,
}

/// An error made on purpose.
#[derive(Clone, Debug)]
pub(crate) struct Plant {
    /// Row, from 0.
    pub(crate) row: usize,
    /// Column, from 0.
    pub(crate) column: usize,
    /// As in `planted.csv`.
    pub(crate) code: &'static str,
}

/// A sheet.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Name on the tab.
    pub(crate) name: String,
    /// What the table is.
    pub(crate) kind: TableKind,
    /// Rows of cells.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Merged ranges: first row, first column, last row, last column.
    pub(crate) merges: Vec<(usize, usize, usize, usize)>,
    /// How the rows divide.
    pub(crate) tally: Tally,
    /// Errors made on purpose.
    pub(crate) plants: Vec<Plant>,
    /// Rows that hold a case: row and key of the case.
    pub(crate) cases: Vec<(usize, usize)>,
}

impl Sheet {
    /// An empty sheet.
    pub(crate) fn new(name: impl Into<String>, kind: TableKind) -> Self {
        Self {
            name: name.into(),
            kind,
            rows: Vec::new(),
            merges: Vec::new(),
            tally: Tally::default(),
            plants: Vec::new(),
            cases: Vec::new(),
        }
    }

    /// A line over the whole width, as titles are.
    pub(crate) fn banner(&mut self, text: &str, width: usize) {
        let row = self.rows.len();
        self.rows.push(vec![Cell::from(text)]);
        if width > 1 {
            self.merges.push((row, 0, row, width - 1));
        }
    }

    /// A row of headers.
    pub(crate) fn heading<T: AsRef<str>>(&mut self, headers: &[T]) {
        self.rows.push(headers.iter().map(|header| Cell::from(header.as_ref())).collect());
        self.tally.headings += 1;
    }

    /// A record.
    pub(crate) fn record(&mut self, cells: Vec<Cell>) -> usize {
        self.rows.push(cells);
        self.tally.records += 1;
        self.rows.len() - 1
    }

    /// An empty row inside the table.
    pub(crate) fn blank(&mut self) {
        self.rows.push(Vec::new());
        self.tally.blanks += 1;
    }

    /// A line with the sum.
    pub(crate) fn total(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
        self.tally.totals += 1;
    }

    /// A line below the table that belongs to no kind of row counted in the ledger.
    pub(crate) fn note(&mut self, text: &str) {
        self.rows.push(vec![Cell::from(text)]);
    }

    /// Remembers an error made on purpose.
    pub(crate) fn plant(&mut self, row: usize, column: usize, code: &'static str) {
        self.plants.push(Plant { row, column, code });
    }

    /// The widest row.
    pub(crate) fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A workbook.
    Xlsx,
    /// Text as Excel on a Chinese Windows saves it.
    Gb18030,
    /// Text with a byte order mark.
    Utf8Bom,
    /// Kept as .xls or .ods in the input, converted from a workbook by hand.
    Converted,
}

/// A file.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// Below the input folder, with `/`.
    pub(crate) path: String,
    /// How it is written.
    pub(crate) format: Format,
    /// Sheets, in their order.
    pub(crate) sheets: Vec<Sheet>,
}

/// A1 style.
pub(crate) fn address(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
