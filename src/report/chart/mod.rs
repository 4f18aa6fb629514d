//! Charts: counts and shares → coordinates. The templates draw, they do not reckon.
//!
//! Each kind has a file: it takes what is to be shown and gives a [`ChartFigure`], the drawing in two widths with its title, its text
//! alternative and its data as a table. What all kinds share stands in [`drawing`], [`axis`] and [`text`].

pub(crate) mod ageing;
pub(crate) mod axis;
pub(crate) mod columns;
pub(crate) mod diverging;
pub(crate) mod drawing;
#[cfg(test)]
pub(crate) mod gallery;
pub(crate) mod heat;
pub(crate) mod multiples;
pub(crate) mod pareto;
pub(crate) mod ranked;
mod rows;
pub(crate) mod text;
pub(crate) mod timeline;
pub(crate) mod trend;

use serde::Serialize;

use super::view::Table;
use super::words::Words;
use drawing::{Drawing, Layout};

/// Rows of a table that stands open under its chart; a longer one is folded on screen, never on paper.
const OPEN_ROWS: usize = 12;

/// Which kind of chart it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Ageing,
    Columns,
    Diverging,
    Heat,
    Multiples,
    Pareto,
    Ranked,
    Timeline,
    Trend,
}

/// A chart with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ChartFigure {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    /// What to see, in a sentence.
    pub(crate) title: String,
    /// The main numbers, for those who do not see the drawing.
    pub(crate) description: String,
    /// How to read it, or what is left out; may be empty.
    pub(crate) note: String,
    pub(crate) wide: Drawing,
    pub(crate) narrow: Drawing,
    /// The chart's data.
    pub(crate) table: Table,
    /// What the folded table is called; empty where it stands open.
    pub(crate) folded: String,
}

/// What a chart says besides its drawing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) note: String,
}

impl ChartFigure {
    /// Lays the chart out for both widths.
    pub(crate) fn new(words: &Words, kind: Kind, said: Said, table: Table, draw: impl Fn(Layout) -> Drawing) -> Self {
        let rows = table.rows.len();
        let folded =
            if rows > OPEN_ROWS { words.number("chart_table.folded", number(rows), &[]) } else { String::new() };
        Self {
            kind,
            id: said.id,
            title: said.title,
            description: said.description,
            note: said.note,
            wide: draw(Layout::Wide),
            narrow: draw(Layout::Narrow),
            table,
            folded,
        }
    }
}

/// The table under a chart: `<id>-data`, its columns to be added.
pub(crate) fn data_table(words: &Words, id: &str, name: &str) -> Table {
    Table::new(words, &format!("{id}-data"), words.say("chart.data_of", &[("title", name)]))
}

/// A small number as a coordinate.
pub(crate) fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}
