//! Geometry of the charts: counts and shares → coordinates. The templates draw, they do not reckon.

pub(crate) mod columns;
pub(crate) mod diverging;
pub(crate) mod pareto;
pub(crate) mod text;
pub(crate) mod trend;

use serde::Serialize;

/// Width of every chart in its own units; 12 units of text print as 8½ points across an A4 page.
pub(crate) const WIDTH: f64 = 720.0;

/// Size of the text in charts.
pub(crate) const TEXT: f64 = 12.0;

/// Height of a line of text.
pub(crate) const LINE: f64 = 15.0;

/// A line of text at a place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct TextLine {
    pub(crate) text: String,
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// A tick of an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Tick {
    pub(crate) at: f64,
    pub(crate) label: String,
}

/// One decimal is a tenth of a point on paper.
pub(crate) fn tenth(coordinate: f64) -> f64 {
    (coordinate * 10.0).round() / 10.0
}

/// A step of 1, 2 or 5 times a power of ten that parts a length in at most `parts` pieces, and never below 1.
pub(crate) fn step(length: f64, parts: f64) -> f64 {
    let rough = (length / parts).max(1.0);
    let magnitude = 10f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| *step >= rough - 1e-9)
        .unwrap_or(rough)
}

/// A small number as a coordinate.
pub(crate) fn number(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_whole() {
        assert_eq!([3.0, 10.0, 47.0, 1_234.0].map(|length| step(length, 5.0)), [1.0, 2.0, 10.0, 500.0]);
    }
}
