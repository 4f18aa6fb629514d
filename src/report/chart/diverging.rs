//! Diverging bars: satisfied answers to the right of a line, dissatisfied ones to its left, one row per item.

use serde::Serialize;

use super::super::format;
use super::super::words::Words;
use super::text::{width, wrapped};
use super::{LINE, TEXT, TextLine, WIDTH, number, tenth};

const LEFT: f64 = 176.0;
const RIGHT: f64 = WIDTH - 64.0;
const ROW: f64 = 38.0;
const BAR: f64 = 22.0;

/// Rows of one chart: as many as stand on one printed page with their title and legend.
const MOST_ROWS: usize = 18;

/// Where an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    /// Dissatisfied: left.
    Left,
    /// Neither: half left, half right.
    Middle,
    /// Satisfied: right.
    Right,
}

/// A level of answers, in the order from best to worst.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LevelOf {
    pub(crate) label: String,
    pub(crate) side: Side,
}

/// The answers to one item, a count for each level.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) label: String,
    pub(crate) counts: Vec<f64>,
}

/// The chart as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct DivergingChart {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// The line between the two sides.
    pub(crate) zero: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) n_title: TextLine,
    pub(crate) sides: Vec<TextLine>,
    pub(crate) legend: Vec<Key>,
    pub(crate) rows: Vec<Row>,
}

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Key {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) class: String,
    pub(crate) side: Side,
    pub(crate) label: TextLine,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Row {
    pub(crate) full: String,
    pub(crate) label: Vec<TextLine>,
    pub(crate) n: TextLine,
    pub(crate) segments: Vec<Segment>,
}

/// The answers of one level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Segment {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) class: String,
    pub(crate) side: Side,
    pub(crate) full: String,
    /// Empty where it would not fit.
    pub(crate) label: TextLine,
}

/// Titles of a chart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Titles<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
}

/// Lays out the charts: one, or several where there are more items than a page holds.
pub(crate) fn charts(words: &Words, titles: Titles<'_>, levels: &[LevelOf], items: &[Item]) -> Vec<DivergingChart> {
    let items: Vec<&Item> = items.iter().filter(|item| item.counts.iter().sum::<f64>() > 0.0).collect();
    let pieces = items.len().div_ceil(MOST_ROWS).max(1);
    let each = items.len().div_ceil(pieces).max(1);
    // One scale for all pieces, else their bars could not be compared.
    let reach = |side| items.iter().map(|item| shares(levels, item).reach(side)).fold(0.0, f64::max);
    let (left, right) = (reach(Side::Left), reach(Side::Right));
    let scale = (RIGHT - LEFT) / (left + right).max(0.01);
    let zero = LEFT + left * scale;
    items
        .chunks(each)
        .enumerate()
        .map(|(piece, rows)| {
            let id = if piece == 0 { titles.id.to_owned() } else { format!("{}-{}", titles.id, piece + 1) };
            let title = if pieces == 1 {
                titles.title.to_owned()
            } else {
                let (part, all) = ((piece + 1).to_string(), pieces.to_string());
                words.say("chart.part", &[("title", titles.title), ("part", &part), ("all", &all)])
            };
            one(words, Titles { id: &id, title: &title, ..titles }, levels, rows, zero, scale)
        })
        .collect()
}

/// Shares of one item's answers, in the order of the levels.
struct Shares {
    shares: Vec<(Side, f64)>,
}

impl Shares {
    /// How far the bar reaches to one side.
    fn reach(&self, side: Side) -> f64 {
        let sum = |of: Side| self.shares.iter().filter(|(s, _)| *s == of).map(|(_, share)| share).sum::<f64>();
        sum(side) + sum(Side::Middle) / 2.0
    }
}

fn shares(levels: &[LevelOf], item: &Item) -> Shares {
    let total: f64 = item.counts.iter().sum();
    let shares = levels.iter().zip(&item.counts).map(|(level, count)| (level.side, count / total.max(1.0))).collect();
    Shares { shares }
}

fn one(
    words: &Words,
    titles: Titles<'_>,
    levels: &[LevelOf],
    items: &[&Item],
    zero: f64,
    scale: f64,
) -> DivergingChart {
    let (legend, legend_bottom) = legend(levels);
    let top = legend_bottom + 26.0;
    let rows: Vec<Row> = items
        .iter()
        .enumerate()
        .map(|(place, item)| row(words, levels, item, top + ROW * number(place), zero, scale))
        .collect();
    let bottom = top + ROW * number(rows.len());
    let side = |key, x| TextLine { text: words.say(key, &[]), x, y: top - 8.0 };
    DivergingChart {
        id: titles.id.to_owned(),
        title: titles.title.to_owned(),
        description: titles.description.to_owned(),
        width: WIDTH,
        height: bottom + 8.0,
        zero: tenth(zero),
        top: top - 2.0,
        bottom,
        n_title: TextLine { text: words.say("chart.n", &[]), x: WIDTH - 4.0, y: top - 8.0 },
        sides: vec![side("chart.dissatisfied", LEFT), side("chart.satisfied", RIGHT)],
        legend,
        rows,
    }
}

/// Places the legend's entries in lines from left to right.
fn legend(levels: &[LevelOf]) -> (Vec<Key>, f64) {
    let (mut x, mut y) = (4.0, 8.0);
    let mut keys = Vec::new();
    for (place, level) in levels.iter().enumerate() {
        let needed = 18.0 + width(&level.label) * TEXT + 16.0;
        if x + needed > WIDTH && x > 4.0 {
            (x, y) = (4.0, y + LINE + 5.0);
        }
        let label = TextLine { text: level.label.clone(), x: tenth(x + 18.0), y: y + 10.0 };
        keys.push(Key { x: tenth(x), y, class: class(levels, place), side: level.side, label });
        x += needed;
    }
    (keys, y + LINE)
}

/// Name of a level's style: its side, and how far it is from the middle, 1–4.
fn class(levels: &[LevelOf], place: usize) -> String {
    let same: Vec<usize> = (0..levels.len()).filter(|&other| levels[other].side == levels[place].side).collect();
    let rank = same.iter().position(|&other| other == place).unwrap_or(0);
    match levels[place].side {
        Side::Left => format!("left-{}", (rank + 1).min(4)),
        Side::Middle => "middle-1".to_owned(),
        Side::Right => format!("right-{}", (same.len() - rank).min(4)),
    }
}

fn row(words: &Words, levels: &[LevelOf], item: &Item, top: f64, zero: f64, scale: f64) -> Row {
    let total: f64 = item.counts.iter().sum();
    let reach = shares(levels, item).reach(Side::Left);
    let bar_top = top + (ROW - BAR) / 2.0;
    // From the worst answer at the far left to the best at the far right: the levels backwards.
    let mut x = zero - reach * scale;
    let mut segments = Vec::new();
    for (place, level) in levels.iter().enumerate().rev() {
        let count = item.counts.get(place).copied().unwrap_or(0.0);
        if count <= 0.0 {
            continue;
        }
        let share = count / total;
        let breadth = share * scale;
        let text = format::share(share, None);
        let fits = width(&text) * (TEXT - 1.0) + 4.0 <= breadth;
        segments.push(Segment {
            x: tenth(x),
            y: bar_top,
            width: tenth(breadth),
            height: BAR,
            class: class(levels, place),
            side: level.side,
            full: words
                .say("chart.segment", &[("level", &level.label), ("n", &format::count(count)), ("share", &text)]),
            label: TextLine {
                text: if fits { text } else { String::new() },
                x: tenth(x + breadth / 2.0),
                y: bar_top + BAR / 2.0 + 4.0,
            },
        });
        x += breadth;
    }
    let lines = wrapped(&item.label, (LEFT - 12.0) / TEXT, 2);
    let first = top + ROW / 2.0 + 4.0 - LINE * (number(lines.len()) - 1.0) / 2.0;
    Row {
        full: item.label.clone(),
        label: lines
            .into_iter()
            .enumerate()
            .map(|(line, text)| TextLine { text, x: LEFT - 8.0, y: first + LINE * number(line) })
            .collect(),
        n: TextLine { text: format::count(total), x: WIDTH - 4.0, y: top + ROW / 2.0 + 4.0 },
        segments,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Language;

    fn levels() -> Vec<LevelOf> {
        [("很满意", Side::Right), ("满意", Side::Right), ("一般", Side::Middle), ("不满意", Side::Left)]
            .map(|(label, side)| LevelOf { label: label.to_owned(), side })
            .to_vec()
    }

    fn item(counts: [f64; 4]) -> Item {
        Item { label: "保洁服务".to_owned(), counts: counts.to_vec() }
    }

    const TITLES: Titles<'static> = Titles { id: "d", title: "各项评价", description: "说明" };

    #[test]
    fn the_segments_of_each_row_sum_to_a_hundred_per_cent_and_meet() {
        let items = [item([50.0, 30.0, 10.0, 10.0]), item([1.0, 1.0, 1.0, 0.0]), item([0.0, 0.0, 0.0, 7.0])];
        let chart = &charts(Words::of(Language::Zh), TITLES, &levels(), &items)[0];
        let breadths: Vec<f64> =
            chart.rows.iter().map(|row| row.segments.iter().map(|segment| segment.width).sum()).collect();
        for breadth in &breadths {
            assert!((breadth - breadths[0]).abs() < 0.5, "{breadths:?}");
        }
        for pair in chart.rows.iter().flat_map(|row| row.segments.windows(2)) {
            assert!((pair[0].x + pair[0].width - pair[1].x).abs() < 0.2);
        }
        let all = chart.rows.iter().flat_map(|row| &row.segments);
        assert!(all.clone().all(|s| s.x >= LEFT - 0.2 && s.x + s.width <= RIGHT + 0.2));
        assert!(all.clone().filter(|s| s.side == Side::Left).all(|s| s.x + s.width <= chart.zero + 0.2));
        assert!(all.filter(|s| s.side == Side::Right).all(|s| s.x >= chart.zero - 0.2));
    }

    #[test]
    fn forty_items_stand_in_pieces_of_a_page_each() {
        let items = vec![item([5.0, 3.0, 1.0, 1.0]); 40];
        let pieces = charts(Words::of(Language::Zh), TITLES, &levels(), &items);
        assert_eq!(pieces.iter().map(|piece| piece.rows.len()).sum::<usize>(), 40);
        assert!(pieces.len() == 3 && pieces.iter().all(|piece| piece.rows.len() <= MOST_ROWS));
        assert!(charts(Words::of(Language::Zh), TITLES, &levels(), &[]).is_empty());
    }
}
