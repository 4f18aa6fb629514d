//! Printed forms: a document as the procedure prints it, a grid of cells under its name and number, with lines to sign.
//!
//! Finished strings and measures in millimetres: the template draws it as a table with black rules, a workbook by merging cells.

use serde::Serialize;

use super::format;
use super::lens::{state, value_text};
use super::view::{Cell, Form as NumberForm, Number, card};
use super::words::Words;
use crate::metrics::fact::Fact;
use crate::profile::schema::Paper;

/// Millimetres between the margins of a sheet of A4.
const UPRIGHT: f64 = 180.0;
const ON_ITS_SIDE: f64 = 267.0;

/// How a document is controlled, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Control {
    /// `编号：QR-004FW`; empty for none.
    pub(crate) number: String,
    /// `版号/状态：A/0`; empty where there is no number.
    pub(crate) version: String,
    /// Who signs: a line each.
    pub(crate) approvals: Vec<String>,
    /// What stands beside each signature for the date.
    pub(crate) date: String,
    /// What stands where the seal goes; empty for no seal.
    pub(crate) seal: String,
}

/// A printed form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PrintedForm {
    /// Id on its page.
    pub(crate) id: String,
    /// Name as printed.
    pub(crate) title: String,
    /// Which part of several it is; empty for a whole.
    pub(crate) part: String,
    /// Level of its heading.
    pub(crate) level: u8,
    /// Number, version, signatures.
    pub(crate) control: Control,
    /// Whose it is and of when, on the line above the grid, left and right.
    pub(crate) unit: [String; 2],
    /// `portrait` or `landscape`.
    pub(crate) paper: &'static str,
    /// Columns of the grid, from the left; every row fills them all.
    pub(crate) columns: Vec<FormColumn>,
    /// Parts of the grid, from the top; each repeats its own head on every sheet.
    pub(crate) bands: Vec<Band>,
    /// Remarks under the grid.
    pub(crate) remarks: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FormColumn {
    /// Width in millimetres.
    pub(crate) width: f64,
    /// The same as a share of the grid, `12.5%`.
    pub(crate) share: String,
    /// Its cells are filled in by hand: a narrow screen leaves them to the paper.
    pub(crate) fill: bool,
}

/// A part of the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Band {
    /// What it shows, for those who do not see it.
    pub(crate) caption: String,
    /// Rows of headings.
    pub(crate) head: Vec<FormRow>,
    /// Rows of values.
    pub(crate) rows: Vec<FormRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(crate) struct FormRow {
    /// Its cells, without those that cells above reach down into.
    pub(crate) cells: Vec<FormCell>,
    /// Least height in millimetres, for what is filled in by hand; 0: as the text needs.
    pub(crate) height: u32,
}

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    /// A value, or room to write one.
    #[default]
    Value,
    /// Heading of the columns under it.
    Column,
    /// Heading of the row beside it.
    Row,
}

/// Where a cell's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Align {
    /// In the middle, as most cells of a printed form.
    #[default]
    Middle,
    /// From the left, for sentences.
    Start,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct FormCell {
    /// What it says; lines are parted by line breaks. Empty: nobody knows, or it is filled in by hand.
    pub(crate) text: String,
    /// Second, smaller line.
    pub(crate) detail: String,
    pub(crate) role: Role,
    pub(crate) align: Align,
    /// Columns and rows that it takes.
    pub(crate) across: u32,
    pub(crate) down: u32,
    /// `met`, `missed` or empty.
    pub(crate) state: &'static str,
    /// Number card of the fact that it shows.
    pub(crate) card: String,
    /// Filled in by hand, as the whole column.
    pub(crate) fill: bool,
    /// The number, for a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<Number>,
}

impl From<Cell> for FormCell {
    fn from(cell: Cell) -> Self {
        let align = if cell.numeric { Align::Middle } else { Align::Start };
        let Cell { text, detail, state, card, number, .. } = cell;
        Self { detail, align, state, card, number, ..Self::text(text) }
    }
}

impl FormCell {
    /// A value in words.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            detail: String::new(),
            role: Role::Value,
            align: Align::Middle,
            across: 1,
            down: 1,
            state: "",
            card: String::new(),
            fill: false,
            number: None,
        }
    }

    /// Nobody knows, or it is filled in by hand.
    pub(crate) fn blank() -> Self {
        Self::text("")
    }

    /// Heading of a column.
    pub(crate) fn head(text: impl Into<String>) -> Self {
        Self { role: Role::Column, ..Self::text(text) }
    }

    /// Heading of a row.
    pub(crate) fn label(text: impl Into<String>) -> Self {
        Self { role: Role::Row, ..Self::text(text) }
    }

    /// What a fact says, with its number card; blank without a value.
    pub(crate) fn fact(words: &Words, fact: Option<&Fact>) -> Self {
        match fact.filter(|fact| fact.value.is_some()) {
            Some(fact) => Self {
                card: card(fact),
                number: Number::of(fact),
                state: state(Some(fact)),
                ..Self::text(value_text(words, Some(fact)))
            },
            None => Self::blank(),
        }
    }

    /// A count; blank where nobody knows it.
    pub(crate) fn count(n: Option<f64>) -> Self {
        let made = |value| Self {
            number: Some(Number { value, form: NumberForm::Count }),
            ..Self::text(format::count(value))
        };
        n.map_or_else(Self::blank, made)
    }

    /// A difference of counts, with its sign; blank where nobody knows it.
    pub(crate) fn change(words: &Words, difference: Option<f64>) -> Self {
        let change = difference.map(|difference| Cell { numeric: true, ..Cell::change(words, difference) });
        change.map_or_else(Self::blank, Self::from)
    }

    /// The place in a numbered list, from 1.
    pub(crate) fn serial(place: usize) -> Self {
        Self::count(Some(super::chart::number(place)))
    }

    /// A share of one.
    pub(crate) fn share(share: f64) -> Self {
        Self {
            number: Some(Number { value: share, form: NumberForm::Share }),
            ..Self::text(format::share(share, None))
        }
    }

    /// The same with the number card of the fact that the number was taken from.
    pub(crate) fn of(mut self, fact: Option<&Fact>) -> Self {
        self.card = fact.map(card).unwrap_or_default();
        self
    }

    /// The same over several columns.
    pub(crate) fn across(mut self, columns: usize) -> Self {
        self.across = u32::try_from(columns.max(1)).unwrap_or(1);
        self
    }

    /// The same over several rows.
    pub(crate) fn down(mut self, rows: u32) -> Self {
        self.down = rows.max(1);
        self
    }

    /// The same from the left.
    pub(crate) fn start(mut self) -> Self {
        self.align = Align::Start;
        self
    }

    /// The same as part of a column that is filled in by hand.
    pub(crate) fn fill(mut self) -> Self {
        self.fill = true;
        self
    }

    /// The same with a second line.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

impl FormRow {
    /// A row as high as its text.
    pub(crate) fn of(cells: Vec<FormCell>) -> Self {
        Self { cells, height: 0 }
    }

    /// A row with room to write.
    pub(crate) fn high(cells: Vec<FormCell>, height: u32) -> Self {
        Self { cells, height }
    }
}

impl Band {
    /// A part without rows.
    pub(crate) fn new(caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), head: Vec::new(), rows: Vec::new() }
    }
}

impl PrintedForm {
    /// A form without a grid.
    pub(crate) fn new(id: &str, title: String, control: Control, paper: Paper) -> Self {
        Self {
            id: id.to_owned(),
            title,
            part: String::new(),
            level: 1,
            control,
            unit: [String::new(), String::new()],
            paper: if paper == Paper::Landscape { "landscape" } else { "portrait" },
            columns: Vec::new(),
            bands: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Sets the columns: widths in proportion, which come to fill the paper.
    pub(crate) fn widths(&mut self, widths: impl IntoIterator<Item = f64>) {
        let widths: Vec<f64> = widths.into_iter().collect();
        let sum: f64 = widths.iter().sum();
        let sheet = if self.paper == "landscape" { ON_ITS_SIDE } else { UPRIGHT };
        let column = |width: f64| {
            let part = width / sum;
            FormColumn {
                width: (part * sheet * 10.0).round() / 10.0,
                share: format!("{:.2}%", part * 100.0),
                fill: false,
            }
        };
        self.columns = widths.into_iter().map(column).collect();
    }

    /// Adds a part of the grid; every row of it must fill the columns.
    pub(crate) fn band(&mut self, band: Band) {
        debug_assert!(fills(&band.head, self.columns.len()) && fills(&band.rows, self.columns.len()), "{}", self.id);
        self.bands.push(band);
    }
}

/// Whether the cells of rows, with those that reach down into them, fill so many columns.
fn fills(rows: &[FormRow], columns: usize) -> bool {
    // Columns taken in each row by cells that began above it.
    let mut reaching: Vec<u32> = vec![0; rows.len()];
    rows.iter().enumerate().all(|(at, row)| {
        for cell in &row.cells {
            for below in 1..cell.down as usize {
                match reaching.get_mut(at + below) {
                    Some(taken) => *taken += cell.across,
                    None => return false,
                }
            }
        }
        let own: u32 = row.cells.iter().map(|cell| cell.across).sum();
        (own + reaching[at]) as usize == columns
    })
}

/// Cells side by side over so many columns, in as many rows as it takes: each row's cells share its columns evenly, the first ones
/// take what is left over. Pairs of label and value stay together.
pub(crate) fn spread(pairs: &[[FormCell; 2]], columns: usize) -> Vec<FormRow> {
    let a_row = (columns / 2).clamp(1, pairs.len().max(1));
    let rows = pairs.len().div_ceil(a_row);
    let a_row = pairs.len().div_ceil(rows.max(1)).max(1);
    pairs
        .chunks(a_row)
        .map(|pairs| {
            let cells: Vec<FormCell> = pairs.iter().flatten().cloned().collect();
            let (each, more) = (columns / cells.len(), columns % cells.len());
            let cells = cells.into_iter().enumerate();
            FormRow::of(cells.map(|(at, cell)| cell.across(each + usize::from(at < more))).collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_fill_the_paper_whatever_was_asked_for() {
        let mut form = PrintedForm::new("f", "表".to_owned(), Control::default(), Paper::Portrait);
        form.widths([10.0, 30.0, 20.0]);
        assert_eq!(form.columns.iter().map(|column| column.width).collect::<Vec<_>>(), [30.0, 90.0, 60.0]);
        assert_eq!(form.columns[0].share, "16.67%");
    }

    #[test]
    fn a_row_counts_the_cells_that_reach_down_into_it() {
        let (one, two) = (|| FormCell::text("1"), || FormCell::text("2").across(2));
        assert!(fills(&[FormRow::of(vec![one().down(2), two()]), FormRow::of(vec![one(), one()])], 3));
        assert!(!fills(&[FormRow::of(vec![one().down(2), two()]), FormRow::of(vec![two(), one()])], 3));
        assert!(!fills(&[FormRow::of(vec![one().down(2), two()])], 3), "a cell reaches out of the grid");
    }

    #[test]
    fn pairs_share_the_columns_of_as_few_rows_as_will_do() {
        let pair = || [FormCell::label("n"), FormCell::count(Some(1.0))];
        let rows = spread(&[pair(), pair(), pair(), pair(), pair()], 8);
        assert_eq!(rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>(), [6, 4]);
        assert!(fills(&rows, 8));
        assert!(fills(&spread(&[pair()], 7), 7));
        assert!(spread(&[], 7).is_empty());
    }
}
