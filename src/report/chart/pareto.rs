//! Pareto chart (排列图): bars by size, the running total as a line, the 80 % mark.
//!
//! Bars and line share one scale, 0 to the total, so that the line leaves from the top of the first bar.

use serde::Serialize;

use super::super::format;
use super::super::words::Words;
use super::text::{width, wrapped};
use super::{LINE, TEXT, TextLine, Tick, WIDTH, number, step, tenth};

/// Bars that stand by themselves; the rest is folded into one.
const MOST_BARS: usize = 10;

/// The share that parts the few from the many.
pub(crate) const MARK: f64 = 0.8;

/// The step of an axis is chosen for five ticks; a bound that is never reached.
const MOST_TICKS: i32 = 20;

const LEFT: f64 = 54.0;
const RIGHT: f64 = WIDTH - 54.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 274.0;

/// A category and its count.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) label: String,
    pub(crate) count: f64,
    /// What no category was written for: it stands last, and is never one of the few.
    pub(crate) unnamed: bool,
}

/// The chart as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct ParetoChart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) axis_left: String,
    pub(crate) axis_right: String,
    pub(crate) counts: Vec<Tick>,
    pub(crate) shares: Vec<Tick>,
    pub(crate) mark: Tick,
    pub(crate) bars: Vec<Bar>,
    pub(crate) line: String,
    pub(crate) points: Vec<Point>,
}

/// The running total after a bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) label: TextLine,
}

/// A bar with its label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Bar {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// One of the few that make up 80 %.
    pub(crate) main: bool,
    /// Full label and count, for the tooltip and screen readers.
    pub(crate) full: String,
    pub(crate) count: TextLine,
    pub(crate) label: Vec<TextLine>,
}

/// Sorts by count, and by label where counts are equal; categories without a case are left out, the unnamed stands last.
pub(crate) fn sorted(mut parts: Vec<Part>) -> Vec<Part> {
    parts.retain(|part| part.count > 0.0);
    let order = |part: &Part| part.unnamed;
    parts.sort_by(|a, b| order(a).cmp(&order(b)).then(b.count.total_cmp(&a.count)).then_with(|| a.label.cmp(&b.label)));
    parts
}

/// Folds what lies beyond the first `most` into "other"; one left over category keeps its own place. The unnamed stays last.
pub(crate) fn folded(words: &Words, parts: &[Part], most: usize) -> Vec<Part> {
    if parts.len() <= most + 1 {
        return parts.to_vec();
    }
    let (named, unnamed) = parts.split_at(parts.len() - parts.iter().filter(|part| part.unnamed).count());
    let (kept, rest) = named.split_at(most.saturating_sub(unnamed.len()));
    let label = words.number("chart.other", number(rest.len()), &[]);
    let mut bars = kept.to_vec();
    bars.push(Part { label, count: rest.iter().map(|part| part.count).sum(), unnamed: false });
    bars.extend_from_slice(unnamed);
    bars
}

/// How many of the sorted parts it takes to reach 80 %.
pub(crate) fn few(parts: &[Part]) -> usize {
    let total: f64 = parts.iter().map(|part| part.count).sum();
    let mut sum = 0.0;
    parts
        .iter()
        .filter(|part| !part.unnamed)
        .take_while(|part| {
            let before = sum;
            sum += part.count;
            before < MARK * total
        })
        .count()
}

/// Lays out the chart; none where there is nothing to show.
pub(crate) fn chart(
    words: &Words,
    id: &str,
    title: &str,
    unit: &str,
    description: &str,
    parts: &[Part],
) -> Option<ParetoChart> {
    let parts = sorted(parts.to_vec());
    let total: f64 = parts.iter().map(|part| part.count).sum();
    if parts.is_empty() || total <= 0.0 {
        return None;
    }
    let main = few(&parts);
    let bars = folded(words, &parts, MOST_BARS);
    // "Other" is many small ones, never one of the few.
    let unnamed = bars.iter().filter(|bar| bar.unnamed).count();
    let own = if bars.len() < parts.len() { bars.len() - unnamed - 1 } else { bars.len() };
    let slot = ((RIGHT - LEFT) / number(bars.len())).min(120.0);
    let y_of = |count: f64| tenth(BOTTOM - (BOTTOM - TOP) * count / total);
    let right = LEFT + slot * number(bars.len());

    let mut drawn = Vec::new();
    let mut points = Vec::new();
    let mut line = Vec::new();
    let mut sum = 0.0;
    let mut most_lines = 1;
    for (place, part) in bars.iter().enumerate() {
        sum += part.count;
        let centre = tenth(LEFT + slot * (number(place) + 0.5));
        let bar = bar(part, centre, slot, y_of(part.count), place < main && place < own);
        most_lines = most_lines.max(bar.label.len());
        let share = if place + 1 == bars.len() { 1.0 } else { sum / total };
        line.push(format!("{centre},{}", y_of(sum)));
        points.push(point(format::share(share, None), centre, y_of(sum), y_of(MARK * total)));
        drawn.push(bar);
    }
    let unit_of_counts = step(total, 5.0);
    let counts = (0..=MOST_TICKS)
        .map(|tick| f64::from(tick) * unit_of_counts)
        .take_while(|count| *count <= total + 1e-9)
        .map(|count| Tick { at: y_of(count), label: format::count(count) })
        .collect();
    let shares = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
        .map(|share| Tick { at: y_of(share * total), label: format::plain_share(share) })
        .to_vec();
    Some(ParetoChart {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        width: WIDTH,
        height: BOTTOM + 12.0 + LINE * (number(most_lines) + 1.0),
        left: LEFT,
        right: tenth(right),
        top: TOP,
        bottom: BOTTOM,
        axis_left: unit.to_owned(),
        axis_right: words.say("chart.cumulative", &[]),
        counts,
        shares,
        mark: Tick { at: y_of(MARK * total), label: format::plain_share(MARK) },
        bars: drawn,
        line: line.join(" "),
        points,
    })
}

/// A point with its label to the upper left, where the line never runs, or to the lower right, where it runs as little, if it
/// would lie on the mark; the first one keeps clear of the axis.
fn point(text: String, x: f64, y: f64, mark: f64) -> Point {
    let breadth = width(&text) * (TEXT - 1.0);
    if (y - 8.0 - TEXT / 3.0 - mark).abs() < TEXT * 0.75 && y > mark {
        return Point { x, y, label: TextLine { text, x: tenth(x + 8.0 + breadth), y: tenth(y + 13.0) } };
    }
    let clear = LEFT + 4.0 + breadth;
    Point { x, y, label: TextLine { text, x: tenth((x - 2.0).max(clear)), y: tenth(y - 8.0) } }
}

fn bar(part: &Part, centre: f64, slot: f64, top: f64, main: bool) -> Bar {
    let breadth = (slot * 0.64).min(72.0);
    let room = (slot - 6.0) / TEXT;
    let count = format::count(part.count);
    let label = wrapped(&part.label, room, 4)
        .into_iter()
        .enumerate()
        .map(|(line, text)| {
            // A long Latin word is narrower than the estimate of a break makes it; it is cut, never squeezed.
            let text = if width(&text) > room { super::text::shortened(&text, room) } else { text };
            TextLine { text, x: centre, y: BOTTOM + 18.0 + LINE * (number(line) + 1.0) }
        })
        .collect();
    Bar {
        x: tenth(centre - breadth / 2.0),
        y: top,
        width: tenth(breadth),
        height: tenth(BOTTOM - top),
        main,
        full: format!("{}: {count}", part.label),
        count: TextLine { text: count, x: centre, y: BOTTOM + 17.0 },
        label,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Language;

    fn parts(counts: &[f64]) -> Vec<Part> {
        let part = |(i, &count)| Part { label: format!("类别{i}"), count, unnamed: false };
        counts.iter().enumerate().map(part).collect()
    }

    fn chart_of(parts: &[Part]) -> Option<ParetoChart> {
        chart(Words::of(Language::Zh), "p", "标题", "件", "说明", parts)
    }

    #[test]
    fn beyond_ten_categories_the_rest_is_folded_and_nothing_is_lost() {
        let all = parts(&(1..=40).map(f64::from).collect::<Vec<_>>());
        let bars = folded(Words::of(Language::Zh), &sorted(all.clone()), MOST_BARS);
        assert_eq!(bars.len(), MOST_BARS + 1);
        assert_eq!(bars.iter().map(|part| part.count).sum::<f64>(), all.iter().map(|part| part.count).sum::<f64>());
        assert_eq!(bars[MOST_BARS].label, "其他（30类）");
        assert_eq!(folded(Words::of(Language::Zh), &parts(&[1.0; 11]), MOST_BARS).len(), 11);
    }

    #[test]
    fn what_names_no_category_stands_last_and_is_never_one_of_the_few() {
        let mut all = parts(&(1..=20).map(f64::from).collect::<Vec<_>>());
        all.push(Part { label: "未注明".to_owned(), count: 500.0, unnamed: true });
        let all = sorted(all);
        assert!(all[20].unnamed);
        assert_eq!(few(&all), 20);
        let bars = folded(Words::of(Language::Zh), &all, MOST_BARS);
        assert_eq!((bars.len(), bars[9].label.as_str(), bars[10].unnamed), (11, "其他（11类）", true));
        assert_eq!(bars.iter().map(|part| part.count).sum::<f64>(), 710.0);
        let drawn = chart_of(&all).unwrap();
        assert!(drawn.bars[8].main && !drawn.bars[9].main && !drawn.bars[10].main);
    }

    #[test]
    fn the_line_begins_on_the_first_bar_and_ends_at_all() {
        let chart = chart_of(&parts(&[5.0, 3.0, 2.0])).unwrap();
        assert_eq!(chart.points[0].y, chart.bars[0].y);
        assert_eq!(chart.points[2].y, TOP);
        assert_eq!(chart.points[2].label.text, "100%");
    }

    #[test]
    fn the_few_are_those_it_takes_to_reach_the_mark() {
        assert_eq!(few(&parts(&[8.0, 1.0, 1.0])), 1);
        assert_eq!(few(&parts(&[7.9, 1.1, 1.0])), 2);
        assert_eq!(few(&parts(&[5.0])), 1);
        assert_eq!(few(&[]), 0);
    }

    #[test]
    fn labels_stay_within_their_slots() {
        for (n, name) in [
            (1, "二字".to_owned()),
            (2, "长".repeat(60)),
            (40, "公共设施（电梯）".repeat(8)),
            (9, "Extraordinarily long".repeat(3)),
        ] {
            let all: Vec<Part> =
                (0..n).map(|i| Part { label: format!("{name}{i}"), count: f64::from(n - i), unnamed: false }).collect();
            let chart = chart_of(&all).unwrap();
            let slot = (chart.right - chart.left) / number(chart.bars.len());
            for bar in &chart.bars {
                assert!(bar.label.len() <= 4);
                assert!(bar.label.iter().all(|line| width(&line.text) * TEXT <= slot), "{:?}", bar.label);
            }
        }
        assert_eq!(chart_of(&[]), None);
        assert_eq!(chart_of(&parts(&[0.0])), None);
    }
}
