//! Pareto chart (排列图): bars by size, the running total as a line, the 80 % mark.
//!
//! On a page bars and line share one scale, 0 to the total, so that the line leaves from the top of the first bar. On a phone the bars
//! lie, and the running total stands as a number at the end of each.

use super::super::format;
use super::super::lens::FEWEST_NAMED;
use super::super::view::{Cell, Drawn, Table};
use super::super::words::Words;
use super::axis::{self, Scale};
use super::drawing::{Anchor, Area, Drawing, Hatch, LINE, Label, Layout, MIDDLE, Role, breadth, lines_of};
use super::rows::Rows;
use super::{ChartFigure, Kind, Said, data_table, number};

/// Bars that stand by themselves; the rest is folded into one.
const MOST_BARS: usize = 10;

/// The share that parts the few from the many.
pub(crate) const MARK: f64 = 0.8;

/// Which of the ticks of shares is the mark.
const MARK_AT: usize = 4;

/// Of the few, so many are named in the title.
const NAMED: usize = 3;

const TOP: f64 = 40.0;
const BOTTOM: f64 = 280.0;
const MOST_LINES: usize = 4;
const WIDEST_SLOT: f64 = 120.0;

/// A category and its count.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    pub(crate) label: String,
    pub(crate) count: f64,
    /// What no category was written for: it stands last, and is never one of the few.
    pub(crate) unnamed: bool,
}

/// What the chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: &'a str,
    /// Such as `投诉来源`.
    pub(crate) name: &'a str,
    /// Heading of the categories.
    pub(crate) head: &'a str,
    /// Heading of the counts.
    pub(crate) count: &'a str,
    /// Unit of the counts.
    pub(crate) unit: &'a str,
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

/// How many of the first `shown` parts may be named as those with most: those with enough cases, and with more than the first that would
/// not be named, so that there is no choice among equals.
pub(crate) fn named(parts: &[Part], shown: usize) -> usize {
    let next = parts.get(shown).filter(|part| !part.unnamed).map_or(0.0, |part| part.count);
    parts.iter().take(shown).take_while(|part| part.count >= FEWEST_NAMED && part.count > next).count()
}

/// The chart; none where nothing was counted.
pub(crate) fn figure(words: &Words, of: Of<'_>, parts: &[Part]) -> Option<ChartFigure> {
    let parts = sorted(parts.to_vec());
    let total: f64 = parts.iter().map(|part| part.count).sum();
    if parts.is_empty() || total <= 0.0 {
        return None;
    }
    let title = title(words, of, &parts, total);
    let description = description(words, of, &parts, total);
    let said = Said { id: of.id.to_owned(), title, description, note: String::new() };
    let bars = Bars::of(words, &parts, total);
    let table = table(words, of, &parts, total);
    Some(ChartFigure::new(words, Kind::Pareto, said, table, |layout| match layout {
        Layout::Wide => bars.standing(words, of),
        Layout::Narrow => bars.lying(words),
    }))
}

/// Which few make up most.
fn title(words: &Words, of: Of<'_>, parts: &[Part], total: f64) -> String {
    let named = parts.iter().filter(|part| !part.unnamed).count();
    let few = few(parts);
    let sum = |n: usize| parts[..n].iter().map(|part| part.count).sum::<f64>();
    let share = |n: usize| format::share(sum(n) / total, None);
    let (key, shown) = match (named, few) {
        (0, _) => ("pareto.title_unnamed", 0),
        (1, _) => ("pareto.title_one", 1),
        (all, few) if few == all => ("pareto.title_spread", 1),
        (_, few) if few > NAMED => ("pareto.title_many", few),
        (_, few) => ("pareto.title_few", few),
    };
    let key = match (key, self::named(parts, shown)) {
        ("pareto.title_spread" | "pareto.title_few", 0) => "pareto.title_level",
        ("pareto.title_few", told) if told < shown => "pareto.title_many",
        _ => key,
    };
    let is_of_all = matches!(key, "pareto.title_spread" | "pareto.title_level");
    let leading: Vec<&str> = parts[..shown.min(NAMED)].iter().map(|part| part.label.as_str()).collect();
    let fill = [("name", of.name), ("names", &words.names(&leading)), ("share", &share(shown))];
    words.number(key, number(if is_of_all { named } else { shown }), &fill)
}

/// The first few with their counts and shares.
fn description(words: &Words, of: Of<'_>, parts: &[Part], total: f64) -> String {
    let parts_said: Vec<String> = parts
        .iter()
        .take(5)
        .map(|part| {
            let (count, share) = (format::count(part.count), format::share(part.count / total, None));
            words.say("pareto.part", &[("name", &Words::short(&part.label)), ("n", &count), ("share", &share)])
        })
        .collect();
    let (all, parts_said) = (format::count(total), words.list(&parts_said));
    words.number(
        "pareto.description",
        number(parts.len()),
        &[("name", of.name), ("total", &all), ("parts", &parts_said)],
    )
}

/// The chart's data: count, share, running share of every category.
fn table(words: &Words, of: Of<'_>, parts: &[Part], total: f64) -> Table {
    let mut table = data_table(words, of.id, of.name)
        .words(of.head.to_owned())
        .numbers(of.count.to_owned())
        .numbers(words.say("table.share", &[]))
        .numbers(words.say("chart.cumulative", &[]));
    let mut sum = 0.0;
    for part in parts {
        sum += part.count;
        table.row(vec![
            Cell::text(part.label.clone()),
            Cell::count(part.count),
            Cell::share(part.count / total),
            Cell::share(if sum >= total { 1.0 } else { sum / total }),
        ]);
    }
    table.foot(vec![Cell::text(words.say("table.total", &[])), Cell::count(total), Cell::share(1.0), Cell::text("")]);
    table.drawn = Some(Drawn::Pareto { label: 0, count: 1, cumulative: 3 });
    table
}

/// The bars that are drawn.
struct Bars {
    bars: Vec<Bar>,
    total: f64,
}

/// A bar.
struct Bar {
    label: String,
    count: f64,
    /// The running share after it.
    share: f64,
    /// One of the few that make up 80 %.
    main: bool,
}

impl Bars {
    fn of(words: &Words, parts: &[Part], total: f64) -> Self {
        let main = few(parts);
        let bars = folded(words, parts, MOST_BARS);
        // "Other" is many small ones, never one of the few.
        let unnamed = bars.iter().filter(|bar| bar.unnamed).count();
        let own = if bars.len() < parts.len() { bars.len() - unnamed - 1 } else { bars.len() };
        let (mut sum, last) = (0.0, bars.len() - 1);
        let bars = bars
            .into_iter()
            .enumerate()
            .map(|(place, part)| {
                sum += part.count;
                let share = if place == last { 1.0 } else { sum / total };
                Bar { label: part.label, count: part.count, share, main: place < main && place < own }
            })
            .collect();
        Self { bars, total }
    }

    /// For a page: bars stand, the line of the running total above them.
    fn standing(&self, words: &Words, of: Of<'_>) -> Drawing {
        let scale = Scale { low: 0.0, high: self.total, from: BOTTOM, to: TOP };
        let counts = scale.count_ticks(5.0);
        let shares =
            [0.0, 0.2, 0.4, 0.6, 0.8, 1.0].map(|share| (scale.at(share * self.total), format::plain_share(share)));
        let (left, right_room) = (axis::room(&counts), axis::room(&shares));
        let slot = ((Layout::Wide.width() - left - right_room) / number(self.bars.len())).min(WIDEST_SLOT);
        let right = left + slot * number(self.bars.len());
        let counts_fit = self.bars.iter().all(|bar| breadth(Role::Strong, &format::count(bar.count)) <= slot - 2.0);
        let names: Vec<Vec<String>> =
            self.bars.iter().map(|bar| lines_of(Role::Label, &bar.label, slot - 6.0, MOST_LINES)).collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(1);
        let mut drawing = Drawing::new(Layout::Wide, BOTTOM + 26.0 + LINE * number(lines));
        axis::grid(&mut drawing, &counts, left, right);
        axis::right_labels(&mut drawing, &shares, right, MARK_AT);
        drawing.text(Label::new(Role::Tick, Anchor::Start, 0.0, TOP - 22.0, of.unit));
        let cumulative = words.say("chart.cumulative", &[]);
        let end = (right + right_room).max(breadth(Role::Tick, &cumulative) + breadth(Role::Tick, of.unit) + 12.0);
        drawing.text(Label::new(Role::Tick, Anchor::End, end.min(drawing.width), TOP - 22.0, cumulative));
        let centre = |place: usize| left + slot * (number(place) + 0.5);
        for (place, (bar, name)) in self.bars.iter().zip(names).enumerate() {
            let (x, half) = (centre(place), (slot * 0.62).min(72.0) / 2.0);
            let area = Area { left: x - half, right: x + half, top: scale.at(bar.count), bottom: BOTTOM };
            if bar.main {
                drawing.bar("bar", area);
            } else {
                drawing.hatched(Hatch::Pale, area);
            }
            let count = format::count(bar.count);
            let mut first = BOTTOM + 19.0;
            // Either every bar bears its number or none does; the table has them.
            if counts_fit {
                drawing.text(Label::new(Role::Strong, Anchor::Middle, x, first, count));
                first += LINE;
            }
            drawing.lines(Role::Label, Anchor::Middle, (x, first), name);
        }
        drawing.along("axis", left, right, BOTTOM);
        drawing.along("mark", left, right, scale.at(MARK * self.total));
        let points: Vec<(f64, f64)> = self
            .bars
            .iter()
            .enumerate()
            .map(|(place, bar)| (centre(place), scale.at(bar.share * self.total)))
            .collect();
        drawing.line("line", &points);
        let mark = scale.at(MARK * self.total);
        drawing.keep_clear(Area { left, right, top: mark - 1.0, bottom: mark + 1.0 });
        for (x, y) in &points {
            drawing.dot("point", *x, *y, 3.0);
        }
        for (place, (bar, (x, y))) in self.bars.iter().zip(points).enumerate() {
            // The line never runs to the upper left of its points.
            let at = |anchor, x: f64, y: f64| Label::new(Role::Value, anchor, x, y, format::share(bar.share, None));
            let mut places = vec![
                at(Anchor::End, x - 3.0, y - 7.0),
                at(Anchor::Middle, x, y - 9.0),
                at(Anchor::Start, x + 7.0, y + 15.0),
            ];
            // Left of the first bar stand the numbers of the axis.
            if place == 0 {
                places.insert(1, at(Anchor::Start, left + 3.0, y - 18.0));
            }
            drawing.place(&places);
        }
        drawing
    }

    /// For a phone: bars lie under their names; a line after the bar that reaches 80 %.
    fn lying(&self, words: &Words) -> Drawing {
        const THICKNESS: f64 = 16.0;
        const TITLE: f64 = 22.0;
        const APART: f64 = 9.0;
        let layout = Layout::Narrow;
        let share = |bar: &Bar| format::share(bar.share, None);
        let shares = self.bars.iter().map(|bar| breadth(Role::Label, &share(bar))).fold(0.0, f64::max);
        let counts = self.bars.iter().map(|bar| breadth(Role::Strong, &format::count(bar.count))).fold(0.0, f64::max);
        let rows = Rows::new(layout, self.bars.iter().map(|bar| bar.label.as_str()), (76.0, shares + 12.0), THICKNESS);
        let mut drawing = Drawing::new(layout, TITLE + rows.height() + 4.0);
        let right = drawing.width;
        let title = words.say("chart.cumulative", &[]);
        drawing.text(Label::new(Role::Tick, Anchor::End, right, TITLE - 8.0, title));
        let places = rows.write(&mut drawing, TITLE);
        let scale =
            Scale::counts(self.bars.iter().map(|bar| bar.count), rows.left, right - shares - 14.0 - counts - 6.0);
        let mut marked = None;
        let reached = self.bars.iter().position(|bar| bar.share >= MARK - 1e-9);
        for (place, (bar, at)) in self.bars.iter().zip(&places).enumerate() {
            let area = Area {
                left: rows.left,
                right: scale.at(bar.count).max(rows.left + 1.0),
                top: at.top,
                bottom: at.bottom,
            };
            if bar.main {
                drawing.bar("bar", area);
            } else {
                drawing.hatched(Hatch::Pale, area);
            }
            drawing.text(Label::new(Role::Strong, Anchor::Start, area.right + 6.0, at.text, format::count(bar.count)));
            drawing.text(Label::new(Role::Label, Anchor::End, right, at.text, share(bar)));
            if Some(place) == reached && place + 1 < places.len() {
                let y = at.bottom + APART;
                drawing.along("mark", 0.0, right, y);
                marked = Some(y);
            }
        }
        rows.axis(&mut drawing, "axis", (rows.left, TITLE), &places);
        if let Some(y) = marked {
            let at = |x: f64| Label::new(Role::Target, Anchor::End, x, y + MIDDLE, format::plain_share(MARK));
            drawing.place(&[at(right - shares - 12.0), at(right / 2.0)]);
        }
        drawing
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::problem::Language;

    const OF: Of<'static> = Of { id: "p", name: "投诉来源", head: "事由", count: "件数", unit: "件" };

    fn parts(counts: &[f64]) -> Vec<Part> {
        let part = |(i, &count)| Part { label: format!("类别{i}"), count, unnamed: false };
        counts.iter().enumerate().map(part).collect()
    }

    fn of(parts: &[Part]) -> Option<ChartFigure> {
        figure(Words::of(Language::Zh), OF, parts)
    }

    fn bars_of(parts: &[Part]) -> Bars {
        let parts = sorted(parts.to_vec());
        let total = parts.iter().map(|part| part.count).sum();
        Bars::of(Words::of(Language::Zh), &parts, total)
    }

    #[test]
    fn forty_categories_fold_into_ten_and_other_and_the_table_lists_all() {
        let mut all = parts(&(1..=40).rev().map(f64::from).collect::<Vec<_>>());
        all[0].unnamed = true;
        let bars = bars_of(&all);
        assert_eq!(bars.bars.len(), 11);
        assert_eq!((bars.bars[9].label.as_str(), bars.bars[10].label.as_str()), ("其他（30类）", "类别0"));
        assert!(bars.bars[8].main && !bars.bars[9].main && !bars.bars[10].main);
        assert_eq!(bars.bars.iter().map(|bar| bar.count).sum::<f64>(), 820.0);
        let figure = of(&all).unwrap();
        assert_eq!((figure.table.rows.len(), figure.folded.as_str()), (40, "数据（40行）"));
    }

    #[test]
    fn the_line_begins_on_the_first_bar_and_ends_at_all() {
        let figure = of(&parts(&[5.0, 3.0, 2.0])).unwrap();
        let path = |class: &str| figure.wide.marks.iter().find(|mark| mark.class == class).unwrap().path.clone();
        let bar_top = path("bar").split([',', 'h']).nth(1).unwrap().to_owned();
        let line = path("line");
        assert_eq!(line.split([',', 'L']).nth(1), Some(bar_top.as_str()));
        assert!(line.ends_with(&format!(",{TOP}")), "{line}");
        assert!(figure.wide.texts.iter().any(|label| label.text == "100%" && label.class.starts_with("value")));
    }

    #[test]
    fn the_few_are_those_it_takes_to_reach_the_mark() {
        assert_eq!(few(&parts(&[8.0, 1.0, 1.0])), 1);
        assert_eq!(few(&parts(&[7.9, 1.1, 1.0])), 2);
        assert_eq!(few(&parts(&[5.0])), 1);
        assert_eq!(few(&[]), 0);
    }

    #[test]
    fn the_title_says_which_few_make_up_most() {
        let title = |counts: &[f64]| of(&parts(counts)).unwrap().title;
        assert_eq!(title(&[5.0]), "投诉来源：全部属于类别0");
        assert_eq!(title(&[60.0, 25.0, 10.0, 5.0]), "投诉来源：类别0、类别1占85.0%");
        assert_eq!(title(&[3.0, 3.0, 2.0]), "投诉来源：3类，没有哪一类突出");
        assert_eq!(title(&[25.0, 20.0, 15.0]), "投诉来源：3类较为分散，最多的类别0占41.7%");
        // Three alike, of which two would reach the mark: no choice among equals; nor one that leads with a handful.
        assert_eq!(title(&[40.0, 10.0, 10.0]), "投诉来源：前2类占83.3%");
        assert_eq!(title(&[4.0, 1.0]), "投诉来源：2类，没有哪一类突出");
        let flat: Vec<f64> = (0..10).map(|n| 20.0 - f64::from(n)).collect();
        assert_eq!(title(&flat), "投诉来源：前8类占85.2%");
        assert_eq!(of(&[]), None);
        assert_eq!(of(&parts(&[0.0])), None);
    }

    #[test]
    fn labels_keep_apart_in_both_layouts() {
        for (n, name) in [
            (1, "二字".to_owned()),
            (2, "长".repeat(60)),
            (40, "公共设施（电梯）".repeat(8)),
            (9, "Extraordinarily long".repeat(3)),
        ] {
            for factor in [1.0, 1_000_000.0] {
                let part =
                    |i: i32| Part { label: format!("{name}{i}"), count: f64::from(n - i) * factor, unnamed: false };
                let figure = of(&(0..n).map(part).collect::<Vec<_>>()).unwrap();
                assert_sound(&figure.wide);
                assert_sound(&figure.narrow);
            }
        }
    }
}
