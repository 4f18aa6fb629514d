//! Small multiples: one small line per community, all on the same scale, with the same target; the weakest first.

use super::super::format;
use super::super::view::{Cell, Table};
use super::super::words::Words;
use super::axis::{self, Scale};
use super::drawing::{Anchor, Area, Drawing, LINE, Label, Layout, MIDDLE, Role, breadth, lines_of};
use super::{ChartFigure, Kind, Said, data_table, number};
use crate::moment::Period;
use crate::profile::target::Bound;

/// Panels that are drawn; the rest is counted.
pub(crate) const MOST_PANELS: usize = 40;

/// Height of the line's field in a panel.
const FIELD: f64 = 52.0;

/// Room between panels.
const ACROSS: f64 = 22.0;
const DOWN: f64 = 16.0;

/// A community.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Panel {
    pub(crate) label: String,
    /// Where its page is; may be empty.
    pub(crate) href: String,
    /// The share of the page's whole period: by it communities are ranked and judged.
    pub(crate) share: Option<f64>,
    /// The same as the table shows it.
    pub(crate) cell: Cell,
    /// A share for each month, where there is one.
    pub(crate) shares: Vec<Option<f64>>,
}

/// What the chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: &'a str,
    /// Such as `首次响应及时率`.
    pub(crate) name: &'a str,
    /// Heading of the names.
    pub(crate) head: &'a str,
    pub(crate) periods: &'a [Period],
    /// The target, such as `>=0.95`; empty for none.
    pub(crate) target: &'a str,
}

impl Panel {
    fn ends(&self) -> (f64, f64) {
        let known = self.shares.iter().flatten().copied();
        known.fold((1.0, 0.0), |(least, most), share| (share.min(least), share.max(most)))
    }
}

/// The chart; none where fewer than two communities have a share.
pub(crate) fn figure(words: &Words, of: Of<'_>, panels: &[Panel]) -> Option<ChartFigure> {
    let bound = of.target.parse::<Bound>().ok();
    let rising = bound.is_none_or(|bound| bound.is_met_by(1.0));
    let mut panels: Vec<(&Panel, f64)> = panels.iter().filter_map(|panel| Some((panel, panel.share?))).collect();
    if panels.len() < 2 {
        return None;
    }
    panels.sort_by(|a, b| {
        let order = if rising { a.1.total_cmp(&b.1) } else { b.1.total_cmp(&a.1) };
        order.then_with(|| a.0.label.cmp(&b.0.label))
    });
    let (worst, best) = (panels.first()?, panels.last()?);
    let missed = bound.map_or(0, |bound| panels.iter().filter(|(_, share)| !bound.is_met_by(*share)).count());
    let share = |share: f64| format::share(share, bound.as_ref());
    let (low, high, below) = (share(worst.1), share(best.1), format::count(number(missed)));
    let (low_name, high_name) = (Words::short(&worst.0.label), Words::short(&best.0.label));
    let target = format::target(words, of.target);
    let fill = [
        ("name", of.name),
        ("low_name", low_name.as_str()),
        ("low", &low),
        ("high_name", &high_name),
        ("high", &high),
        ("missed", &below),
        ("target", &target),
    ];
    let all = number(panels.len());
    let key = match (bound, missed) {
        (None, _) => "multiples.title",
        (Some(_), 0) => "multiples.title_met",
        (Some(_), _) => "multiples.title_missed",
    };
    let mut notes = vec![words.say(if bound.is_some() { "multiples.note_target" } else { "multiples.note" }, &fill)];
    if panels.len() > MOST_PANELS {
        let shown = format::count(number(MOST_PANELS));
        notes.push(words.number("multiples.rest", number(panels.len() - MOST_PANELS), &[("shown", &shown)]));
    }
    let said = Said {
        id: of.id.to_owned(),
        title: words.number(key, all, &fill),
        description: words.number("multiples.description", all, &fill),
        note: words.sentences(&notes),
    };
    // Of 500 communities the table would fill the page; the page's own table of communities has them all.
    panels.truncate(MOST_PANELS);
    let table = table(words, of, &panels, bound.as_ref());
    Some(ChartFigure::new(words, Kind::Multiples, said, table, |layout| {
        drawn(words, layout, of, &panels, bound.as_ref())
    }))
}

/// Of each community the share of the period, the least and the most of a month, and how many months met the target.
fn table(words: &Words, of: Of<'_>, panels: &[(&Panel, f64)], bound: Option<&Bound>) -> Table {
    let say = |key| words.say(key, &[]);
    let mut table = data_table(words, of.id, of.name)
        .words(of.head.to_owned())
        .numbers(say("multiples.period"))
        .numbers(say("multiples.least"))
        .numbers(say("multiples.most"));
    if bound.is_some() {
        table = table.numbers(say("multiples.met"));
    }
    for (panel, _) in panels {
        let (least, most) = panel.ends();
        let share = |share: f64| Cell { text: format::share(share, bound), ..Cell::share(share) };
        let name = Cell::text(panel.label.clone()).href(panel.href.clone());
        let mut cells = vec![name, panel.cell.clone(), share(least), share(most)];
        if let Some(bound) = bound {
            let known = || panel.shares.iter().flatten();
            let met = known().filter(|share| bound.is_met_by(**share)).count();
            cells.push(Cell::text(format!(
                "{}/{}",
                format::count(number(met)),
                format::count(number(known().count()))
            )));
        }
        table.row(cells);
    }
    table
}

/// First and last period with their years, as the ends of the axis.
fn ends(words: &Words, periods: &[Period]) -> (String, String) {
    let name = |period: Option<&Period>| period.map_or_else(String::new, |period| format::period(words, *period));
    (name(periods.first()), name(periods.last()))
}

fn drawn(words: &Words, layout: Layout, of: Of<'_>, panels: &[(&Panel, f64)], bound: Option<&Bound>) -> Drawing {
    let columns: usize = match (layout, panels.len()) {
        (Layout::Narrow, _) => 2,
        (Layout::Wide, ..=8) => 4,
        (Layout::Wide, _) => 5,
    };
    let count = panels.len().div_ceil(columns);
    let known =
        panels.iter().flat_map(|(panel, _)| panel.shares.iter().flatten().copied()).chain(bound.map(Bound::number));
    let scale = Scale::shares(known, 0.0, 1.0);
    let ticks = scale.share_ticks();
    let left = axis::room(&ticks);
    let width = (layout.width() - left - ACROSS * number(columns - 1)) / number(columns);
    let height = LINE + 8.0 + FIELD + DOWN;
    let mut drawing = Drawing::new(layout, height * number(count) + LINE);
    for (place, (panel, share)) in panels.iter().enumerate() {
        let (column, row) = (number(place % columns), number(place / columns));
        let (x, top) = (left + (width + ACROSS) * column, height * row);
        let field = Area { left: x, right: x + width, top: top + LINE + 8.0, bottom: top + LINE + 8.0 + FIELD };
        if place % columns == 0 {
            for end in [&ticks[0], &ticks[2]] {
                let y = if end.0 < 0.5 { field.bottom } else { field.top };
                drawing.text(Label::new(Role::Tick, Anchor::End, left - 7.0, y + MIDDLE, end.1.clone()));
            }
        }
        draw_panel(&mut drawing, panel, *share, field, &Scale { from: field.bottom, to: field.top, ..scale }, bound);
        if place == (count - 1) * columns {
            let (first, latest) = ends(words, of.periods);
            let y = field.bottom + LINE;
            drawing.place(&[Label::new(Role::Tick, Anchor::Start, field.left, y, first)]);
            if of.periods.len() > 1 {
                drawing.place(&[Label::new(Role::Tick, Anchor::End, field.right, y, latest)]);
            }
        }
    }
    drawing
}

fn draw_panel(drawing: &mut Drawing, panel: &Panel, share: f64, field: Area, scale: &Scale, bound: Option<&Bound>) {
    let misses = |share: f64| bound.is_some_and(|bound| !bound.is_met_by(share));
    let (role, value) = (if misses(share) { Role::Bad } else { Role::Strong }, format::share(share, bound));
    let y = field.top - 12.0;
    let room = field.right - field.left - breadth(role, &value) - 8.0;
    drawing.lines(Role::Label, Anchor::Start, (field.left, y), lines_of(Role::Label, &panel.label, room, 1));
    drawing.text(Label::new(role, Anchor::End, field.right, y, value));
    drawing.along("grid", field.left, field.right, field.top);
    drawing.along("axis", field.left, field.right, field.bottom);
    if let Some(bound) = bound {
        drawing.along("mark", field.left, field.right, scale.at(bound.number()));
    }
    let step = (field.right - field.left - 10.0) / number(panel.shares.len().saturating_sub(1).max(1));
    let points: Vec<Option<(f64, f64)>> = panel
        .shares
        .iter()
        .enumerate()
        .map(|(place, share)| Some((field.left + 4.0 + step * number(place), scale.at((*share)?))))
        .collect();
    let latest = points.iter().rev().find_map(|point| *point);
    for stretch in points.split(Option::is_none) {
        let line: Vec<(f64, f64)> = stretch.iter().flatten().copied().collect();
        match line.as_slice() {
            [] => {}
            // A period alone between two without a share; the last has a dot of its own.
            [point] if Some(*point) == latest => {}
            [(x, y)] => drawing.dot("point", *x, *y, 1.6),
            line => drawing.line("line", line),
        }
    }
    let missed = panel.shares.iter().rev().find_map(|share| *share).is_some_and(misses);
    if let Some((x, y)) = latest {
        drawing.dot(if missed { "dot missed" } else { "dot" }, x, y, 3.5);
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::problem::Language;

    const PERIODS: [Period; 3] = [Period::Month(2025, 4), Period::Month(2025, 5), Period::Month(2025, 6)];

    const OF: Of<'static> =
        Of { id: "m", name: "首次响应及时率", head: "小区", periods: &PERIODS, target: ">=0.95" };

    fn panel(label: &str, shares: &[Option<f64>]) -> Panel {
        let known: Vec<f64> = shares.iter().flatten().copied().collect();
        let share = (!known.is_empty()).then(|| known.iter().sum::<f64>() / number(known.len()));
        let cell = share.map_or_else(Cell::absent, Cell::share);
        Panel { label: label.to_owned(), href: String::new(), share, cell, shares: shares.to_vec() }
    }

    #[test]
    fn the_weakest_stands_first_and_the_title_counts_those_below_the_target() {
        let words = Words::of(Language::Zh);
        let panels = [
            panel("甲", &[Some(0.94), None, Some(0.98)]),
            panel("乙", &[None, Some(0.8), None]),
            panel("丙", &[None, None, None]),
        ];
        let made = figure(words, OF, &panels).unwrap();
        assert_eq!(made.title, "首次响应及时率：2个小区中有1个没有达到不低于95%的目标，最低的乙为80.0%");
        let rows: Vec<&str> = made.table.rows.iter().map(|row| row[0].text.as_str()).collect();
        assert_eq!(rows, ["乙", "甲"]);
        assert_eq!(made.table.rows[1][4].text, "1/2");
        assert_eq!(figure(words, OF, &panels[..1]), None);
    }

    #[test]
    fn forty_stand_and_the_rest_is_counted() {
        let name = "很长的名字（含括号）".repeat(6);
        for n in [2, 5, 9, 45] {
            let shares = |i: usize| [Some(0.5), None, Some(1.0 - number(i) / 50.0)];
            let panels: Vec<Panel> = (0..n).map(|i| panel(&name, &shares(i))).collect();
            let made = figure(Words::of(Language::Zh), OF, &panels).unwrap();
            assert_eq!(made.table.rows.len(), n.min(MOST_PANELS));
            assert_eq!(made.note.contains("另有5个"), n == 45, "{}", made.note);
            assert_sound(&made.wide);
            assert_sound(&made.narrow);
        }
    }
}
