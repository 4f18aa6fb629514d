//! Ranked dots: a rate of each community or item, in their order, against the line of a target; with intervals where there are some.
//!
//! Dots and not bars, because the scale of rates begins where the least of them lies.

use super::super::format;
use super::super::view::{Cell, Table};
use super::super::words::Words;
use super::axis::{self, Scale};
use super::columns::Column;
use super::drawing::{Anchor, Area, Drawing, LINE, Label, Layout, Role, breadth};
use super::rows::Rows;
use super::{ChartFigure, Kind, Said, data_table, number};
use crate::profile::target::Bound;

/// Rows that are drawn; the rest is counted.
pub(crate) const MOST_ROWS: usize = 40;

const NAMES: f64 = 220.0;
const THICKNESS: f64 = 16.0;

/// One of those that are ranked.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Rank {
    pub(crate) label: String,
    /// None: nothing to reckon with; such stand in the table alone.
    pub(crate) share: Option<f64>,
    /// Numerator and denominator in words; may be empty.
    pub(crate) detail: String,
    pub(crate) interval: Option<(f64, f64)>,
    /// Number card of the fact.
    pub(crate) card: String,
}

/// What the chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: &'a str,
    /// Such as `各小区总体满意率`.
    pub(crate) name: &'a str,
    /// Heading of the names.
    pub(crate) head: &'a str,
    /// Heading of the rates.
    pub(crate) rate: &'a str,
    /// The target, such as `>=0.96`; empty for none.
    pub(crate) target: &'a str,
}

/// The chart, from the rate farthest from its target to the best; none where nothing has a rate.
pub(crate) fn figure(words: &Words, of: Of<'_>, ranks: &[Rank]) -> Option<ChartFigure> {
    let bound = of.target.parse::<Bound>().ok();
    let rising = bound.is_none_or(|bound| bound.is_met_by(1.0));
    let mut ranks: Vec<&Rank> = ranks.iter().collect();
    ranks.sort_by(|a, b| {
        let key = |rank: &Rank| rank.share.map_or(f64::INFINITY, |share| if rising { share } else { -share });
        key(a).total_cmp(&key(b)).then_with(|| a.label.cmp(&b.label))
    });
    let drawn: Vec<(&Rank, f64)> = ranks.iter().filter_map(|rank| Some((*rank, rank.share?))).take(MOST_ROWS).collect();
    let (worst, best) = (drawn.first()?, ranks.iter().rev().find_map(|rank| Some((*rank, rank.share?)))?);
    let told = ranks.iter().filter(|rank| rank.share.is_some()).count();
    let missed = |share: f64| bound.is_some_and(|bound| !bound.is_met_by(share));
    let below = ranks.iter().filter(|rank| rank.share.is_some_and(missed)).count();
    let share = |share: f64| format::share(share, bound.as_ref());
    let (all, low, high) = (number(told), share(worst.1), share(best.1));
    let target = format::target(words, of.target);
    let (low_name, high_name, missing) =
        (Words::short(&worst.0.label), Words::short(&best.0.label), format::count(number(below)));
    let fill = [
        ("name", of.name),
        ("low_name", low_name.as_str()),
        ("low", &low),
        ("high_name", &high_name),
        ("high", &high),
        ("target", &target),
        ("missed", &missing),
    ];
    let key = match (bound, told, below) {
        (_, 1, _) => "ranked.title_one",
        (None, ..) => "ranked.title",
        (_, _, 0) => "ranked.title_met",
        (_, all, missed) if all == missed => "ranked.title_none_met",
        _ => "ranked.title_missed",
    };
    let rest = told - drawn.len();
    let mut notes = Vec::new();
    if drawn.iter().any(|(rank, _)| rank.interval.is_some()) {
        notes.push(words.say("ranked.note_interval", &[]));
    }
    if below > 0 {
        notes.push(words.say("ranked.note_missed", &[]));
    }
    if rest > 0 {
        let shown = format::count(number(MOST_ROWS));
        notes.push(words.number("ranked.rest", number(rest), &[("shown", &shown)]));
    }
    let said = Said {
        id: of.id.to_owned(),
        title: words.number(key, all, &fill),
        description: words.number("ranked.description", all, &fill),
        note: words.sentences(&notes),
    };
    let lines: Vec<Line> = drawn
        .into_iter()
        .map(|(rank, value)| Line {
            label: &rank.label,
            value,
            text: share(value),
            interval: rank.interval,
            missed: missed(value),
        })
        .collect();
    let label = if bound.is_some() { words.say("deadlines.target", &[("target", &target)]) } else { String::new() };
    let target = bound.map(|bound| (bound.number(), label));
    ranks.truncate(MOST_ROWS);
    let table = table(words, of, &ranks, bound.as_ref());
    Some(ChartFigure::new(words, Kind::Ranked, said, table, |layout| draw(layout, &lines, target.as_ref())))
}

fn table(words: &Words, of: Of<'_>, ranks: &[&Rank], bound: Option<&Bound>) -> Table {
    let with_interval = ranks.iter().any(|rank| rank.interval.is_some());
    let mut table = data_table(words, of.id, of.name).words(of.head.to_owned()).numbers(of.rate.to_owned());
    if with_interval {
        table = table.numbers(words.say("survey.interval_title", &[]));
    }
    for rank in ranks {
        let rate = rank.share.map_or_else(Cell::absent, |share| {
            let state = match bound.map(|bound| bound.is_met_by(share)) {
                Some(true) => "met",
                Some(false) => "missed",
                None => "",
            };
            let cell = Cell { text: format::share(share, bound), ..Cell::share(share) };
            Cell { card: rank.card.clone(), ..cell.detail(rank.detail.clone()).state(state) }
        });
        let mut cells = vec![Cell::text(rank.label.clone()), rate];
        if with_interval {
            let interval =
                |(low, high)| Cell::text(format!("{}–{}", format::share(low, None), format::share(high, None)));
            cells.push(rank.interval.map_or_else(Cell::absent, interval));
        }
        table.row(cells);
    }
    table
}

/// A row as it is drawn.
struct Line<'a> {
    label: &'a str,
    value: f64,
    text: String,
    interval: Option<(f64, f64)>,
    missed: bool,
}

fn draw(layout: Layout, lines: &[Line<'_>], target: Option<&(f64, String)>) -> Drawing {
    let top = if target.is_some() { LINE + 8.0 } else { 4.0 };
    let values = lines.iter().map(|line| breadth(Role::Strong, &line.text)).fold(0.0, f64::max);
    let rows = Rows::new(layout, lines.iter().map(|line| line.label), (NAMES, values + 12.0), THICKNESS);
    let bottom = top + rows.height();
    let mut drawing = Drawing::new(layout, bottom + LINE + 6.0);
    let right = if rows.is_beside() { drawing.width - values - 14.0 } else { drawing.width - 8.0 };
    let ends = lines
        .iter()
        .flat_map(|line| [Some(line.value), line.interval.map(|(low, _)| low), line.interval.map(|(_, high)| high)]);
    let known = ends.flatten().chain(target.map(|(value, _)| *value));
    let scale = Scale::shares(known, rows.left + 6.0, right);
    axis::grid_down(&mut drawing, &scale.share_ticks(), top, bottom);
    let places = rows.write(&mut drawing, top);
    if let Some((value, label)) = target {
        axis::target_down(&mut drawing, scale.at(*value), (top, bottom), label);
    }
    for (line, at) in lines.iter().zip(places) {
        let (x, y) = (scale.at(line.value), f64::midpoint(at.top, at.bottom));
        if let Some((low, high)) = line.interval {
            drawing.along("whisker", scale.at(low), scale.at(high), y);
        } else {
            drawing.along("stem", rows.left, x, y);
        }
        // A ring tells a missed target from a met one without colour.
        drawing.dot(if line.missed { "dot missed" } else { "dot" }, x, y, 4.5);
        let role = if line.missed { Role::Bad } else { Role::Strong };
        let text_y = if rows.is_beside() { at.text } else { at.beside_name };
        drawing.text(Label::new(role, Anchor::End, drawing.width, text_y, line.text.clone()));
    }
    drawing
}

/// Bars of counts in the order given, for columns whose names are too long to stand below them.
pub(super) fn lying(layout: Layout, columns: &[Column], most: f64) -> Drawing {
    let values = columns.iter().map(|column| breadth(Role::Strong, &format::count(column.count))).fold(0.0, f64::max);
    let rows = Rows::new(layout, columns.iter().map(|column| column.label.as_str()), (NAMES, 0.0), THICKNESS);
    let mut drawing = Drawing::new(layout, rows.height() + 4.0);
    let scale = Scale { low: 0.0, high: most, from: rows.left, to: drawing.width - values - 10.0 };
    let places = rows.write(&mut drawing, 0.0);
    for (column, at) in columns.iter().zip(&places) {
        let area = Area { left: rows.left, right: scale.at(column.count), top: at.top, bottom: at.bottom };
        drawing.bar(if column.count >= most { "bar" } else { "bar past" }, area);
        drawing.text(Label::new(Role::Strong, Anchor::Start, area.right + 6.0, at.text, format::count(column.count)));
    }
    rows.axis(&mut drawing, "axis", (rows.left, 0.0), &places);
    drawing
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::problem::Language;

    const OF: Of<'static> =
        Of { id: "r", name: "各小区总体满意率", head: "小区", rate: "满意率", target: ">=0.95" };

    fn rank(label: &str, share: f64) -> Rank {
        Rank { label: label.to_owned(), share: Some(share), ..Rank::default() }
    }

    #[test]
    fn those_farthest_from_the_target_come_first_and_the_title_counts_them() {
        let words = Words::of(Language::Zh);
        let ranks = [
            rank("甲", 0.97),
            rank("乙", 0.9),
            rank("丙", 0.949_6),
            Rank { label: "丁".to_owned(), ..Rank::default() },
        ];
        let made = figure(words, OF, &ranks).unwrap();
        let rows: Vec<&str> = made.table.rows.iter().map(|row| row[0].text.as_str()).collect();
        assert_eq!(rows, ["乙", "丙", "甲", "丁"]);
        assert_eq!(made.title, "各小区总体满意率：3个中有2个没有达到不低于95%的目标，最低的乙为90.0%");
        assert!(made.wide.texts.iter().any(|label| label.text == "94.96%" && label.class.starts_with("missed")));
        assert_eq!(figure(words, OF, &[]), None);
        let made = figure(words, Of { target: "<0.03", ..OF }, &[rank("甲", 0.02), rank("乙", 0.04)]).unwrap();
        assert_eq!(made.table.rows[0][0].text, "乙");
    }

    #[test]
    fn forty_stand_and_the_rest_is_counted() {
        let ranks: Vec<Rank> = (0..45).map(|n| rank(&"长".repeat(60), f64::from(n) / 45.0)).collect();
        let made = figure(Words::of(Language::Zh), OF, &ranks).unwrap();
        assert_eq!(made.table.rows.len(), MOST_ROWS);
        assert!(made.note.contains('5'), "{}", made.note);
        assert_sound(&made.wide);
        assert_sound(&made.narrow);
    }
}
