//! Scales, ticks, gridlines and the line of a target: set up here for all kinds of chart.

use super::super::format;
use super::drawing::{Anchor, Drawing, Label, MIDDLE, Role, TEXT, breadth, tenth};

/// A range of values on a stretch of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Where the low end lies, and where the high one.
    pub(crate) from: f64,
    pub(crate) to: f64,
}

impl Scale {
    /// From nought to the largest of some values, and never to less than one.
    pub(crate) fn counts(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        Self { low: 0.0, high: values.fold(1.0, f64::max), from, to }
    }

    /// For lines and dots of shares: from a round share below the least to the whole, so that small changes are seen. Bars begin at
    /// nought and use [`Scale::counts`].
    pub(crate) fn shares(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (least, most) = values.fold((1.0_f64, 0.0_f64), |(least, most), value| (least.min(value), most.max(value)));
        let floor = ((least - 0.02) * 10.0).floor().clamp(0.0, 9.0) / 10.0;
        // Shares that are to stay small, such as those of repeats, would lie at the bottom of a scale up to the whole.
        let ceiling = if most < 0.5 { ((most + 0.02) * 10.0).ceil().clamp(1.0, 10.0) / 10.0 } else { 1.0 };
        Self { low: floor.min(ceiling - 0.1), high: ceiling, from, to }
    }

    /// Where a value lies; one beyond the scale at its end.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        tenth(self.from + (self.to - self.from) * part)
    }

    /// Round ticks of counts, about `parts` of them.
    pub(crate) fn count_ticks(&self, parts: f64) -> Vec<(f64, String)> {
        let step = step(self.high, parts);
        // The step is chosen for few ticks; twenty are never reached.
        (0..20)
            .map(|tick| f64::from(tick) * step)
            .take_while(|count| *count <= self.high + 1e-9)
            .map(|count| (self.at(count), format::count(count)))
            .collect()
    }

    /// Both ends and the middle of a scale of shares.
    pub(crate) fn share_ticks(&self) -> Vec<(f64, String)> {
        [self.low, f64::midpoint(self.low, self.high), self.high]
            .map(|share| (self.at(share), format::plain_share(share)))
            .to_vec()
    }
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

/// Room that the labels of ticks take, with their distance from what they label.
pub(crate) fn room(ticks: &[(f64, String)]) -> f64 {
    ticks.iter().map(|(_, label)| breadth(Role::Tick, label)).fold(0.0, f64::max) + GAP
}

const GAP: f64 = 7.0;

/// Gridlines along the page, with their labels left of them.
pub(crate) fn grid(drawing: &mut Drawing, ticks: &[(f64, String)], left: f64, right: f64) {
    for (y, label) in ticks {
        drawing.along("grid", left, right, *y);
        drawing.text(Label::new(Role::Tick, Anchor::End, left - GAP, y + MIDDLE, label.clone()));
    }
}

/// Labels right of the chart, one of them that of a mark; gridlines are drawn by whoever labels the left.
pub(crate) fn right_labels(drawing: &mut Drawing, ticks: &[(f64, String)], right: f64, mark: usize) {
    for (place, (y, label)) in ticks.iter().enumerate() {
        let role = if place == mark { Role::Target } else { Role::Tick };
        drawing.text(Label::new(role, Anchor::Start, right + GAP, y + MIDDLE, label.clone()));
    }
}

/// Gridlines down the page, with their labels below; a label that would meet another is left out.
pub(crate) fn grid_down(drawing: &mut Drawing, ticks: &[(f64, String)], top: f64, bottom: f64) {
    for (x, label) in ticks {
        drawing.down("grid", *x, top, bottom);
        let y = bottom + TEXT + GAP;
        let at = |anchor, x: f64| Label::new(Role::Tick, anchor, x, y, label.clone());
        drawing.place(&[at(Anchor::Middle, *x), at(Anchor::Start, x - 4.0), at(Anchor::End, x + 4.0)]);
    }
}

/// The dashed line of a target down the page, with its label above.
pub(crate) fn target_down(drawing: &mut Drawing, x: f64, (top, bottom): (f64, f64), label: &str) {
    drawing.down("mark", x, top, bottom);
    let at = |anchor, x: f64| Label::new(Role::Target, anchor, x, top - 6.0, label);
    drawing.place(&[
        at(Anchor::Middle, x),
        at(Anchor::End, x + 4.0),
        at(Anchor::End, drawing.width),
        at(Anchor::Start, 0.0),
    ]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_whole() {
        assert_eq!([3.0, 10.0, 47.0, 1_234.0].map(|length| step(length, 5.0)), [1.0, 2.0, 10.0, 500.0]);
    }

    #[test]
    fn a_scale_of_shares_has_room_for_the_least_and_small_shares_fill_it() {
        let ends = |values: &[f64]| {
            let scale = Scale::shares(values.iter().copied(), 0.0, 1.0);
            (scale.low, scale.high)
        };
        assert_eq!(ends(&[0.93, 0.99]), (0.9, 1.0));
        assert_eq!(ends(&[0.91, 1.0]), (0.8, 1.0));
        assert_eq!(ends(&[0.02, 0.031]), (0.0, 0.1));
        assert_eq!(ends(&[0.0]), (0.0, 0.1));
        assert_eq!(ends(&[1.0]), (0.9, 1.0));
    }
}
