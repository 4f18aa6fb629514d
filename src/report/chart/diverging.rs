//! Diverging bars: satisfied answers to the right of a line, dissatisfied ones to its left, one row per item.
//!
//! Neutral answers stand apart, in a column of their own on a line of their own: halved over the line they would move both sides, and
//! neither could be compared from row to row.

use super::super::format;
use super::super::view::{Cell, Table};
use super::super::words::Words;
use super::drawing::{Anchor, Area, Drawing, Hatch, LINE, Label, Layout, MIDDLE, Role, breadth};
use super::rows::Rows;
use super::{ChartFigure, Kind, Said, data_table};

const NAMES: f64 = 168.0;
const THICKNESS: f64 = 22.0;

/// Rows of one chart: as many as stand on one printed page with their title and legend.
const MOST_ROWS: usize = 18;

/// Between the bars and the column of neutral answers.
const APART: f64 = 26.0;

/// Where an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// Dissatisfied: left.
    Left,
    /// Neither: apart.
    Middle,
    /// Satisfied: right.
    Right,
}

/// A level of answers, in the order from best to worst.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LevelOf {
    pub(crate) label: String,
    /// None: not an answer; it stands in the table alone.
    pub(crate) side: Option<Side>,
}

/// The answers to one item, a count for each level.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) label: String,
    pub(crate) counts: Vec<f64>,
}

/// What the chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: &'a str,
    /// Such as `各项评价的分布`.
    pub(crate) name: &'a str,
    /// Heading of the items.
    pub(crate) head: &'a str,
    pub(crate) levels: &'a [LevelOf],
}

impl Of<'_> {
    /// Answers of an item on one side.
    fn on(&self, side: Side, item: &Item) -> f64 {
        let counts = self.levels.iter().zip(&item.counts);
        counts.filter(|(level, _)| level.side == Some(side)).map(|(_, count)| count).sum()
    }

    /// Answers of an item that count.
    fn n(&self, item: &Item) -> f64 {
        [Side::Left, Side::Middle, Side::Right].into_iter().map(|side| self.on(side, item)).sum()
    }

    /// Share of the answers on one side.
    fn share(&self, side: Side, item: &Item) -> f64 {
        self.on(side, item) / self.n(item).max(1.0)
    }

    fn has(&self, side: Side) -> bool {
        self.levels.iter().any(|level| level.side == Some(side))
    }

    /// Name of a level's style: its side, and how far it is from the middle, 1–4; a side of few levels has the stronger ones.
    fn class(&self, place: usize) -> &'static str {
        const LEFT: [&str; 4] = ["left-1", "left-2", "left-3", "left-4"];
        const RIGHT: [&str; 4] = ["right-1", "right-2", "right-3", "right-4"];
        const STRONG: usize = 3;
        let side = self.levels[place].side;
        let same: Vec<usize> = (0..self.levels.len()).filter(|&other| self.levels[other].side == side).collect();
        let rank = same.iter().position(|&other| other == place).unwrap_or(0);
        let up = STRONG.saturating_sub(same.len());
        match side {
            Some(Side::Left) => LEFT[(rank + up).min(3)],
            Some(Side::Right) => RIGHT[(same.len() - 1 - rank + up).min(3)],
            _ => "neutral",
        }
    }
}

/// The charts, each with the table of its rows: none where there is no answer, several where there are more items than a page holds.
pub(crate) fn figures(words: &Words, of: Of<'_>, items: &[Item]) -> Vec<ChartFigure> {
    let items: Vec<&Item> = items.iter().filter(|item| of.n(item) > 0.0).collect();
    let pieces = items.len().div_ceil(MOST_ROWS).max(1);
    let each = items.len().div_ceil(pieces).max(1);
    // One scale for all pieces, else their bars could not be compared.
    let reach = |side| items.iter().map(|item| of.share(side, item)).fold(0.0, f64::max);
    let reach = Reach { left: reach(Side::Left), right: reach(Side::Right), middle: reach(Side::Middle) };
    let said = title(words, of, &items);
    items
        .chunks(each)
        .enumerate()
        .map(|(piece, rows)| {
            let id = if piece == 0 { of.id.to_owned() } else { format!("{}-{}", of.id, piece + 1) };
            let part = |text: &str| {
                let (part, all) = ((piece + 1).to_string(), pieces.to_string());
                words.say("chart.part", &[("title", text), ("part", &part), ("all", &all)])
            };
            let (title, name) =
                if pieces == 1 { (said.clone(), of.name.to_owned()) } else { (part(&said), part(of.name)) };
            let said = Said { id, title, description: description(words, of, rows), note: String::new() };
            let table = table(words, of, &said.id, &name, rows);
            ChartFigure::new(words, Kind::Diverging, said, table, |layout| drawn(words, layout, of, rows, &reach))
        })
        .collect()
}

/// About which item there is most dissatisfaction.
fn title(words: &Words, of: Of<'_>, items: &[&Item]) -> String {
    let share = |item: &Item| of.share(Side::Left, item);
    let Some(worst) = items.iter().max_by(|a, b| share(a).total_cmp(&share(b)).then_with(|| b.label.cmp(&a.label)))
    else {
        return of.name.to_owned();
    };
    let (worst_share, name) = (format::share(share(worst), None), Words::short(&worst.label));
    let fill = [("name", of.name), ("item", name.as_str()), ("share", &worst_share)];
    words.say(if share(worst) > 0.0 { "diverging.title" } else { "diverging.title_none" }, &fill)
}

fn description(words: &Words, of: Of<'_>, items: &[&Item]) -> String {
    let parts: Vec<String> = items
        .iter()
        .map(|item| {
            let (good, bad) = (of.share(Side::Right, item), of.share(Side::Left, item));
            let (good, bad) = (format::share(good, None), format::share(bad, None));
            words.number(
                "diverging.part",
                of.n(item),
                &[("item", &Words::short(&item.label)), ("satisfied", &good), ("dissatisfied", &bad)],
            )
        })
        .collect();
    words.say("diverging.description", &[("parts", &parts.join(&words.say("join.semicolon", &[])))])
}

/// Every level of every item.
fn table(words: &Words, of: Of<'_>, id: &str, name: &str, items: &[&Item]) -> Table {
    let mut table = data_table(words, id, name).words(of.head.to_owned());
    for level in of.levels {
        table = table.numbers(level.label.clone());
    }
    table = table.numbers(words.say("chart.n", &[]));
    for item in items {
        let counts = (0..of.levels.len()).map(|level| Cell::count(item.counts.get(level).copied().unwrap_or(0.0)));
        let n = Cell::count(of.n(item));
        table.row(std::iter::once(Cell::text(item.label.clone())).chain(counts).chain([n]).collect());
    }
    table
}

/// The largest shares of the sides.
struct Reach {
    left: f64,
    right: f64,
    middle: f64,
}

/// Where the columns stand.
struct Columns {
    zero: f64,
    /// The line from which neutral answers are drawn.
    neutral: f64,
    /// Units for the whole of the answers.
    scale: f64,
}

fn drawn(words: &Words, layout: Layout, of: Of<'_>, items: &[&Item], reach: &Reach) -> Drawing {
    let numbers: Vec<String> = items.iter().map(|item| format::count(of.n(item))).collect();
    let n_title = words.say("chart.n", &[]);
    let numbers_room =
        numbers.iter().chain([&n_title]).map(|text| breadth(Role::Label, text)).fold(0.0, f64::max) + 8.0;
    // A phone has no room for names beside the bars.
    let names = layout.pick(NAMES, 0.0);
    let rows = Rows::new(layout, items.iter().map(|item| item.label.as_str()), (names, numbers_room), THICKNESS);
    let right = layout.width() - if rows.is_beside() { numbers_room } else { 0.0 };
    let columns = columns(&rows, right, of, items, reach);
    let keys = legend(of, layout);
    let legend_bottom = keys.last().map_or(0.0, |key| key.y + 6.0);
    let top = legend_bottom + LINE + 12.0;
    let mut drawing = Drawing::new(layout, top + rows.height() + 4.0);
    for key in &keys {
        let area = Area {
            left: key.x,
            right: key.x + BOX,
            top: key.y - MIDDLE - BOX / 2.0,
            bottom: key.y - MIDDLE + BOX / 2.0,
        };
        segment(&mut drawing, of, key.level, area);
        drawing.text(Label::new(Role::Label, Anchor::Start, key.x + BOX + 6.0, key.y, key.text.clone()));
    }
    let head = top - 8.0;
    drawing.text(Label::new(Role::Tick, Anchor::End, drawing.width, head, n_title));
    let title = |key| words.say(key, &[]);
    drawing.place(&[
        Label::new(Role::Tick, Anchor::End, columns.zero - 8.0, head, title("chart.dissatisfied")),
        Label::new(Role::Tick, Anchor::Start, 0.0, head, title("chart.dissatisfied")),
    ]);
    drawing.place(&[Label::new(Role::Tick, Anchor::Start, columns.zero + 8.0, head, title("chart.satisfied"))]);
    if of.has(Side::Middle) {
        drawing.place(&[Label::new(Role::Tick, Anchor::Start, columns.neutral, head, title("diverging.neutral"))]);
    }
    let places = rows.write(&mut drawing, top);
    for ((item, at), n) in items.iter().zip(&places).zip(numbers) {
        let field = Area { left: 0.0, right: 0.0, top: at.top, bottom: at.bottom };
        draw_item(&mut drawing, of, item, &columns, field);
        let y = if rows.is_beside() { at.text } else { at.beside_name };
        drawing.text(Label::new(Role::Label, Anchor::End, drawing.width, y, n));
    }
    rows.axis(&mut drawing, "zero", (columns.zero, top), &places);
    if of.has(Side::Middle) {
        rows.axis(&mut drawing, "axis", (columns.neutral, top), &places);
    }
    drawing
}

fn columns(rows: &Rows, right: f64, of: Of<'_>, items: &[&Item], reach: &Reach) -> Columns {
    // Beside each bar stands the share of its side.
    let total = |side| {
        let texts = items.iter().map(|item| format::share(of.share(side, item), None));
        texts.map(|text| breadth(Role::Strong, &text)).fold(0.0, f64::max) + 10.0
    };
    let middle = if of.has(Side::Middle) { total(Side::Middle) + APART } else { 0.0 };
    let (left, beyond) = (total(Side::Left), total(Side::Right));
    let scale = (right - rows.left - left - beyond - middle) / (reach.left + reach.right + reach.middle).max(0.01);
    let zero = rows.left + left + reach.left * scale;
    Columns { zero, neutral: zero + reach.right * scale + beyond + APART, scale }
}

fn segment(drawing: &mut Drawing, of: Of<'_>, level: usize, area: Area) {
    drawing.bar(of.class(level), area);
    if of.levels[level].side == Some(Side::Left) {
        let is_dark = matches!(of.class(level), "left-3" | "left-4");
        drawing.hatched(if is_dark { Hatch::Over } else { Hatch::Grain }, area);
    }
}

fn draw_item(drawing: &mut Drawing, of: Of<'_>, item: &Item, columns: &Columns, field: Area) {
    let n = of.n(item);
    let y = f64::midpoint(field.top, field.bottom) + MIDDLE;
    let length = |count: f64| count / n * columns.scale;
    // From the middle outwards on each side: the mildest answer of a side is next to the line.
    let (mut left, mut right, mut apart) = (columns.zero, columns.zero, columns.neutral);
    let levels: Vec<usize> = (0..of.levels.len()).collect();
    for level in levels.iter().copied() {
        let count = item.counts.get(level).copied().unwrap_or(0.0);
        if count <= 0.0 || of.levels[level].side != Some(Side::Left) {
            continue;
        }
        let area = Area { left: left - length(count), right: left, ..field };
        draw_segment(drawing, of, level, (count / n, y), area);
        left = area.left;
    }
    for level in levels.into_iter().rev() {
        let count = item.counts.get(level).copied().unwrap_or(0.0);
        let edge = match of.levels[level].side {
            Some(Side::Right) => &mut right,
            Some(Side::Middle) => &mut apart,
            _ => continue,
        };
        if count > 0.0 {
            let area = Area { left: *edge, right: *edge + length(count), ..field };
            draw_segment(drawing, of, level, (count / n, y), area);
            *edge = area.right;
        }
    }
    for (side, anchor, x) in [
        (Side::Left, Anchor::End, left - 5.0),
        (Side::Right, Anchor::Start, right + 5.0),
        (Side::Middle, Anchor::Start, apart + 5.0),
    ] {
        if of.has(side) {
            drawing.text(Label::new(Role::Strong, anchor, x, y, format::share(of.share(side, item), None)));
        }
    }
}

/// A segment with its share inside, where the side has more than one level and the text fits.
fn draw_segment(drawing: &mut Drawing, of: Of<'_>, level: usize, (share, y): (f64, f64), area: Area) {
    segment(drawing, of, level, area);
    let alone = of.levels.iter().filter(|other| other.side == of.levels[level].side).count() < 2;
    let text = format::share(share, None);
    if !alone && breadth(Role::OnDark, &text) + 6.0 <= area.right - area.left {
        let role = match of.class(level) {
            "right-3" | "right-4" => Role::OnDark,
            "left-3" | "left-4" => Role::OnHatching,
            "left-1" | "left-2" => Role::OnGrain,
            _ => Role::Inside,
        };
        drawing.text(Label::new(role, Anchor::Middle, f64::midpoint(area.left, area.right), y, text));
    }
}

const BOX: f64 = 13.0;

/// An entry of the legend; `y` is its line of writing.
struct Key {
    x: f64,
    y: f64,
    level: usize,
    text: String,
}

/// Places the legend's entries in lines from left to right, as the answers stand in the bars: from the worst to the best, the neutral
/// ones last.
fn legend(of: Of<'_>, layout: Layout) -> Vec<Key> {
    let (mut x, mut y) = (0.0, LINE);
    let mut keys = Vec::new();
    let mut order: Vec<usize> = (0..of.levels.len()).rev().filter(|level| of.levels[*level].side.is_some()).collect();
    order.sort_by_key(|level| of.levels[*level].side == Some(Side::Middle));
    for level in order {
        let room = layout.width() - BOX - 6.0;
        let text = super::text::shortened(&of.levels[level].label, room / super::drawing::TEXT);
        let needed = BOX + 6.0 + breadth(Role::Label, &text);
        if x + needed > layout.width() && x > 0.0 {
            (x, y) = (0.0, y + LINE + 3.0);
        }
        keys.push(Key { x, y, level, text });
        x += needed + 18.0;
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::problem::Language;

    fn levels() -> Vec<LevelOf> {
        [
            ("很满意", Some(Side::Right)),
            ("满意", Some(Side::Right)),
            ("一般", Some(Side::Middle)),
            ("不满意", Some(Side::Left)),
            ("未表态", None),
        ]
        .map(|(label, side)| LevelOf { label: label.to_owned(), side })
        .to_vec()
    }

    fn item(label: &str, counts: [f64; 5]) -> Item {
        Item { label: label.to_owned(), counts: counts.to_vec() }
    }

    fn of(levels: &[LevelOf], items: &[Item]) -> Vec<ChartFigure> {
        figures(Words::of(Language::Zh), Of { id: "d", name: "各项评价的分布", head: "项目", levels }, items)
    }

    #[test]
    fn both_sides_begin_at_the_line_and_neutral_answers_stand_apart() {
        let items = [item("保洁", [50.0, 30.0, 10.0, 10.0, 3.0]), item("绿化", [1.0, 1.0, 1.0, 0.0, 0.0])];
        let made = of(&levels(), &items);
        assert_eq!(made[0].title, "各项评价的分布：对保洁不满意的最多，占10.0%");
        assert_eq!(made[0].table.columns.len(), 7);
        assert_eq!(made[0].table.rows[0][6].text, "100");
        let path = |class: &str| made[0].wide.marks.iter().find(|mark| mark.class == class).unwrap().path.clone();
        // The first piece of each path is that of the legend.
        let left =
            |class: &str, piece| path(class).split('M').nth(piece).unwrap().split(',').next().unwrap().to_owned();
        let at = |class: &str, piece| left(class, piece).parse::<f64>().unwrap();
        let zero = at("zero", 1);
        assert_eq!(at("right-2", 2), zero);
        assert!(at("left-3", 2) < zero && at("neutral", 2) > at("right-3", 2));
    }

    #[test]
    fn forty_items_stand_in_pieces_of_a_page_each() {
        let items = vec![item("项目", [5.0, 3.0, 1.0, 1.0, 0.0]); 40];
        let pieces = of(&levels(), &items);
        assert_eq!(pieces.iter().map(|piece| piece.table.rows.len()).sum::<usize>(), 40);
        assert!(pieces.len() == 3 && pieces.iter().all(|piece| piece.table.rows.len() <= MOST_ROWS));
        assert!(of(&levels(), &[]).is_empty() && of(&levels(), &[item("无", [0.0, 0.0, 0.0, 0.0, 9.0])]).is_empty());
    }

    #[test]
    fn numbers_and_names_keep_apart_in_both_layouts() {
        let long = "很长的名字（含括号）".repeat(6);
        let many: Vec<LevelOf> = (0..10)
            .map(|n| LevelOf { label: format!("{n}{long}"), side: Some(if n < 6 { Side::Right } else { Side::Left }) })
            .collect();
        for counts in
            [[1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0, 0.0], [1e6, 1e6, 1e6, 1e6, 1e6], [0.0, 0.0, 0.0, 1.0, 0.0]]
        {
            for levels in [&levels()[..], &many] {
                let made = of(levels, &[item(&long, counts), item("二字", [996.0, 1.0, 1.0, 1.0, 1.0])]);
                for figure in &made {
                    assert_sound(&figure.wide);
                    assert_sound(&figure.narrow);
                }
            }
        }
    }
}
