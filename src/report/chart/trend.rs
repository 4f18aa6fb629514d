//! Trend: counts as bars above, a share as a line below, one column per month.

use serde::Serialize;

use super::super::format;
use super::super::words::Words;
use super::{TEXT, TextLine, Tick, WIDTH, number, step, tenth};
use crate::moment::Period;
use crate::profile::target::Bound;

const LEFT: f64 = 54.0;
const RIGHT: f64 = WIDTH - 14.0;
const COUNT_TOP: f64 = 40.0;
const COUNT_BOTTOM: f64 = 160.0;
const SHARE_TOP: f64 = 208.0;
const SHARE_BOTTOM: f64 = 308.0;

/// A month: what was received, and the share where there is one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Month {
    pub(crate) period: Period,
    pub(crate) count: Option<f64>,
    pub(crate) share: Option<f64>,
    /// The month is not over.
    pub(crate) unfinished: bool,
}

/// The chart as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct TrendChart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) count_title: TextLine,
    pub(crate) share_title: TextLine,
    pub(crate) counts: Vec<Tick>,
    pub(crate) shares: Vec<Tick>,
    pub(crate) bars: Vec<Bar>,
    /// Unbroken stretches of the line; a month without a share parts them.
    pub(crate) lines: Vec<String>,
    pub(crate) points: Vec<Point>,
    /// The target, where there is one on the scale.
    pub(crate) target: Vec<Tick>,
    pub(crate) labels: Vec<TextLine>,
}

/// A month's count.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Bar {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) unfinished: bool,
    pub(crate) current: bool,
    pub(crate) label: TextLine,
}

/// A month's share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) unfinished: bool,
    pub(crate) label: TextLine,
}

/// What the chart is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Titles<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) count: &'a str,
    pub(crate) share: &'a str,
}

/// Lays out the chart; none where fewer than two months have a count: a single column is no trend.
pub(crate) fn chart(words: &Words, titles: Titles<'_>, months: &[Month], target: &str) -> Option<TrendChart> {
    if months.iter().filter(|month| month.count.is_some()).count() < 2 {
        return None;
    }
    let slot = (RIGHT - LEFT) / number(months.len());
    let centre = |place: usize| tenth(LEFT + slot * (number(place) + 0.5));
    let bound = target.parse::<Bound>().ok();
    let has_share = months.iter().any(|month| month.share.is_some());
    let most = months.iter().filter_map(|month| month.count).fold(1.0, f64::max);
    let least = months.iter().filter_map(|month| month.share).chain(bound.map(|b| b.number())).fold(1.0, f64::min);
    let scale = Scale { most, floor: ((least - 0.02) * 10.0).floor().clamp(0.0, 9.0) / 10.0 };
    let mut chart = TrendChart {
        id: titles.id.to_owned(),
        title: titles.title.to_owned(),
        description: titles.description.to_owned(),
        width: WIDTH,
        height: if has_share { SHARE_BOTTOM + 42.0 } else { COUNT_BOTTOM + 42.0 },
        left: LEFT,
        right: RIGHT,
        count_title: TextLine { text: titles.count.to_owned(), x: 4.0, y: COUNT_TOP - 22.0 },
        share_title: TextLine {
            text: if has_share { titles.share.to_owned() } else { String::new() },
            x: 4.0,
            y: SHARE_TOP - 18.0,
        },
        counts: scale.count_ticks(),
        shares: if has_share { scale.share_ticks() } else { Vec::new() },
        bars: Vec::new(),
        lines: Vec::new(),
        points: Vec::new(),
        target: bound
            .filter(|_| has_share)
            .map(|b| Tick {
                at: scale.share(b.number()),
                label: words.say("deadlines.target", &[("target", &format::target(words, target))]),
            })
            .into_iter()
            .collect(),
        labels: labels(words, months, &centre, if has_share { SHARE_BOTTOM } else { COUNT_BOTTOM }),
    };
    for (place, month) in months.iter().enumerate() {
        let x = centre(place);
        if let Some(count) = month.count {
            let (y, breadth) = (scale.count(count), (slot * 0.56).min(48.0));
            chart.bars.push(Bar {
                x: tenth(x - breadth / 2.0),
                y,
                width: tenth(breadth),
                height: tenth(COUNT_BOTTOM - y),
                unfinished: month.unfinished,
                current: place + 1 == months.len(),
                label: TextLine { text: format::count(count), x, y: y - 5.0 },
            });
        }
        if let Some(share) = month.share {
            let y = scale.share(share);
            let above = y - 9.0;
            // On the dashed line a number cannot be read: it goes below its point.
            let collides = chart.target.iter().any(|target| (above - TEXT / 3.0 - target.at).abs() < TEXT);
            let label_y = tenth(if collides && y + 24.0 < SHARE_BOTTOM { y + 17.0 } else { above });
            let label = TextLine { text: format::share(share, bound.as_ref()), x, y: label_y };
            chart.points.push(Point { x, y, unfinished: month.unfinished, label });
        }
    }
    chart.lines = lines(months, |place, share| (centre(place), scale.share(share)));
    Some(chart)
}

/// The two scales, each with its own panel: two scales in one panel would suggest what is not there.
struct Scale {
    most: f64,
    floor: f64,
}

impl Scale {
    fn count(&self, count: f64) -> f64 {
        tenth(COUNT_BOTTOM - (COUNT_BOTTOM - COUNT_TOP) * count / self.most)
    }

    fn share(&self, share: f64) -> f64 {
        tenth(SHARE_BOTTOM - (SHARE_BOTTOM - SHARE_TOP) * (share - self.floor) / (1.0 - self.floor))
    }

    fn count_ticks(&self) -> Vec<Tick> {
        let step = step(self.most, 4.0);
        // The step is chosen for four ticks; twenty are never reached.
        (0..20)
            .map(|tick| f64::from(tick) * step)
            .take_while(|count| *count <= self.most)
            .map(|count| Tick { at: self.count(count), label: format::count(count) })
            .collect()
    }

    fn share_ticks(&self) -> Vec<Tick> {
        [self.floor, f64::midpoint(self.floor, 1.0), 1.0]
            .map(|share| Tick { at: self.share(share), label: format::plain_share(share) })
            .to_vec()
    }
}

/// Month below each column; the year below the first and below each January.
fn labels(words: &Words, months: &[Month], centre: &impl Fn(usize) -> f64, bottom: f64) -> Vec<TextLine> {
    let mut labels = Vec::new();
    for (place, month) in months.iter().enumerate() {
        let of_year = month.period.first_month().rem_euclid(12) + 1;
        let text = words.say(&format!("month_short.m{of_year}"), &[]);
        labels.push(TextLine { text, x: centre(place), y: bottom + 18.0 });
        if place == 0 || of_year == 1 {
            let text = words.say("period.year", &[("year", &month.period.year().to_string())]);
            labels.push(TextLine { text, x: centre(place), y: bottom + 34.0 });
        }
    }
    labels
}

/// Points of each unbroken stretch of two months or more.
fn lines(months: &[Month], at: impl Fn(usize, f64) -> (f64, f64)) -> Vec<String> {
    let places: Vec<(usize, Option<f64>)> = months.iter().map(|month| month.share).enumerate().collect();
    places
        .split(|(_, share)| share.is_none())
        .filter(|stretch| stretch.len() > 1)
        .map(|stretch| {
            let points = stretch.iter().filter_map(|(place, share)| Some(at(*place, (*share)?)));
            points.map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Language;

    const TITLES: Titles<'static> =
        Titles { id: "t", title: "走势", description: "", count: "接到", share: "及时率" };

    fn months(shares: &[Option<f64>]) -> Vec<Month> {
        (1..)
            .zip(shares)
            .map(|(m, &share)| Month { period: Period::Month(2025, m), count: Some(10.0), share, unfinished: false })
            .collect()
    }

    #[test]
    fn a_month_without_a_share_parts_the_line() {
        let months = months(&[Some(0.9), Some(0.8), None, Some(0.7), Some(0.9)]);
        let chart = chart(Words::of(Language::Zh), TITLES, &months, ">=0.95").unwrap();
        assert_eq!(chart.lines.len(), 2);
        assert_eq!((chart.bars.len(), chart.points.len(), chart.target.len()), (5, 4, 1));
        assert!(chart.points.iter().all(|point| (SHARE_TOP..=SHARE_BOTTOM).contains(&point.y)));
    }

    #[test]
    fn one_month_is_no_trend() {
        assert_eq!(chart(Words::of(Language::Zh), TITLES, &months(&[Some(0.9)]), ""), None);
    }
}
