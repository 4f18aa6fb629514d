//! Rows with a name each: beside the row on a page, above it on a phone.

use super::drawing::{Anchor, Drawing, LINE, Layout, MIDDLE, Role, lines_of};

/// Names longer than so many lines are cut; the table has them in full.
const MOST_LINES: usize = 2;

/// Between a name and its row.
const GAP: f64 = 10.0;

/// More room below a row under its name: the name belongs to what follows it.
const APART: f64 = 7.0;

/// Room above and below a row; of many rows less, so that forty stand on a printed page with their title.
const AIR: f64 = 5.0;
const LITTLE_AIR: f64 = 2.5;
const MANY: usize = 20;

/// Rows of one chart: where their names stand and how high they are.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    /// Where the rows begin.
    pub(crate) left: f64,
    /// Height of what is drawn in a row.
    thickness: f64,
    /// Names beside the rows.
    beside: bool,
    /// Room above and below each.
    air: f64,
    /// The names in lines.
    names: Vec<Vec<String>>,
}

/// A row's place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RowAt {
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    /// The line of writing for a text in the middle of the row.
    pub(crate) text: f64,
    /// The line of writing of a text beside the first line of the name.
    pub(crate) beside_name: f64,
}

impl Rows {
    /// Breaks the names; `most` is the widest column of names, nought where they stand above on a phone however short they are;
    /// `spare` is what stands beside a name on a phone.
    pub(crate) fn new<'n>(
        layout: Layout,
        names: impl Iterator<Item = &'n str> + Clone,
        (most, spare): (f64, f64),
        thickness: f64,
    ) -> Self {
        let widest = names.clone().map(|name| super::drawing::breadth(Role::Label, name)).fold(0.0, f64::max);
        let beside = layout == Layout::Wide || widest <= most.min(NARROWEST);
        let column = if beside { widest.min(most) } else { layout.width() - spare };
        let names: Vec<Vec<String>> = names.map(|name| lines_of(Role::Label, name, column, MOST_LINES)).collect();
        let air = if beside && names.len() > MANY { LITTLE_AIR } else { AIR };
        Self { left: if beside { column + GAP } else { 0.0 }, thickness, beside, air, names }
    }

    fn height_of(&self, place: usize) -> f64 {
        let lines = super::number(self.names.get(place).map_or(1, Vec::len)) * LINE;
        let row = if self.beside { lines.max(self.thickness) } else { lines + self.room() + APART };
        row + 2.0 * self.air
    }

    /// Height of a row under its name: a text in it keeps clear of the name.
    fn room(&self) -> f64 {
        self.thickness.max(LINE + 1.0)
    }

    /// Height of all rows.
    pub(crate) fn height(&self) -> f64 {
        (0..self.names.len()).map(|place| self.height_of(place)).sum()
    }

    /// Writes the names from `top` on and gives the rows' places.
    pub(crate) fn write(&self, drawing: &mut Drawing, top: f64) -> Vec<RowAt> {
        let mut places = Vec::new();
        let mut y = top;
        for (place, name) in self.names.iter().enumerate() {
            let (height, lines) = (self.height_of(place), super::number(name.len()) * LINE);
            let (row_top, anchor, x, first) = if self.beside {
                let first = y + height / 2.0 - lines / 2.0 + LINE / 2.0 + MIDDLE;
                (y + (height - self.thickness) / 2.0, Anchor::End, self.left - GAP, first)
            } else {
                let top = y + self.air + lines + 1.0 + (self.room() - 1.0 - self.thickness) / 2.0;
                (top, Anchor::Start, 0.0, y + self.air + LINE / 2.0 + MIDDLE)
            };
            drawing.lines(Role::Label, anchor, (x, first), name.clone());
            places.push(RowAt {
                top: row_top,
                bottom: row_top + self.thickness,
                text: row_top + self.thickness / 2.0 + MIDDLE,
                beside_name: first,
            });
            y += height;
        }
        places
    }

    /// The line at which bars begin: one for all rows, or a piece for each where names stand between them.
    pub(crate) fn axis(&self, drawing: &mut Drawing, class: &'static str, (x, top): (f64, f64), places: &[RowAt]) {
        if self.beside {
            drawing.down(class, x, top, top + self.height());
        } else {
            for at in places {
                drawing.down(class, x, at.top - 2.0, at.bottom + 2.0);
            }
        }
    }

    /// Whether the names stand beside the rows.
    pub(crate) fn is_beside(&self) -> bool {
        self.beside
    }
}

/// Names so short stand beside their rows on a phone too.
const NARROWEST: f64 = 76.0;
