//! Columns: a count for each weekday, hour or the like, every one of them in its order, with its number above it.

use serde::Serialize;

use super::super::format;
use super::text::width;
use super::{TEXT, TextLine, WIDTH, number, tenth};

const TOP: f64 = 18.0;
const BOTTOM: f64 = 92.0;

/// Widest column with its gaps: seven weekdays need not fill the page.
const WIDEST_SLOT: f64 = 60.0;

/// A column: its name and its count.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) label: String,
    pub(crate) count: f64,
}

/// The chart as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ColumnsChart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
    pub(crate) bars: Vec<Bar>,
}

/// A column as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Bar {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// Name and count, for the tooltip and screen readers.
    pub(crate) full: String,
    pub(crate) count: TextLine,
    pub(crate) label: TextLine,
}

/// Lays out the chart; none where nothing was counted.
pub(crate) fn chart(id: &str, title: &str, description: &str, columns: &[Column]) -> Option<ColumnsChart> {
    let most = columns.iter().map(|column| column.count).fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let slot = (WIDTH / number(columns.len())).min(WIDEST_SLOT);
    let breadth = (slot * 0.66).min(36.0);
    let bars = columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let centre = tenth(slot * (number(place) + 0.5));
            let y = tenth(BOTTOM - (BOTTOM - TOP) * column.count / most);
            let count = format::count(column.count);
            // A number wider than its slot would run into the next one; the tooltip has it.
            let fits = width(&count) * TEXT <= slot;
            Bar {
                x: tenth(centre - breadth / 2.0),
                y,
                width: tenth(breadth),
                height: tenth(BOTTOM - y),
                full: format!("{}: {count}", column.label),
                count: TextLine { text: if fits { count } else { String::new() }, x: centre, y: tenth(y - 5.0) },
                label: TextLine { text: column.label.clone(), x: centre, y: BOTTOM + 16.0 },
            }
        })
        .collect();
    Some(ColumnsChart {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        width: WIDTH,
        height: BOTTOM + 22.0,
        right: tenth(slot * number(columns.len())),
        bottom: BOTTOM,
        bars,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_fills_the_height_and_nothing_leaves_the_chart() {
        let columns: Vec<Column> =
            (0..24).map(|hour| Column { label: hour.to_string(), count: f64::from(hour * 100) }).collect();
        let chart = chart("c", "t", "d", &columns).unwrap();
        assert_eq!(chart.bars.len(), 24);
        assert_eq!(chart.bars[23].y, TOP);
        assert_eq!(chart.bars[0].height, 0.0);
        assert!(chart.bars.iter().all(|bar| bar.x >= 0.0 && bar.x + bar.width <= WIDTH));
    }

    #[test]
    fn without_a_count_there_is_no_chart() {
        assert_eq!(chart("c", "t", "d", &[Column { label: "1".to_owned(), count: 0.0 }]), None);
    }
}
