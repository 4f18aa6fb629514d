//! Trend: counts as columns above, a share as a line below with its target, one column per month.

use super::super::format;
use super::super::view::{Cell, Drawn, Rate, Table};
use super::super::words::Words;
use super::axis::{self, Scale};
use super::drawing::{Anchor, Area, Drawing, Hatch, LINE, Label, Layout, Role, TEXT, breadth};
use super::{ChartFigure, Kind, Said, data_table, number};
use crate::moment::Period;
use crate::profile::target::Bound;

const COUNT_TOP: f64 = 46.0;
const COUNT_BOTTOM: f64 = 150.0;
const SHARE_TOP: f64 = 204.0;
const SHARE_BOTTOM: f64 = 306.0;

/// A month: what was received, and the share where there is one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Month {
    pub(crate) period: Period,
    pub(crate) count: Option<f64>,
    pub(crate) share: Option<f64>,
    /// The month is not over.
    pub(crate) unfinished: bool,
    /// Count and share as the table shows them.
    pub(crate) cells: [Cell; 2],
}

/// What the chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: &'a str,
    /// Such as `投诉走势`.
    pub(crate) name: &'a str,
    /// Title of the counts.
    pub(crate) count: &'a str,
    /// Title of the share.
    pub(crate) share: &'a str,
    /// The target of the share, such as `>=0.95`; empty for none.
    pub(crate) target: &'a str,
}

/// The chart; none where fewer than two months have a count: a single column is no trend.
pub(crate) fn figure(words: &Words, of: Of<'_>, months: &[Month]) -> Option<ChartFigure> {
    if months.iter().filter(|month| month.count.is_some()).count() < 2 {
        return None;
    }
    let bound = of.target.parse::<Bound>().ok();
    let said = Said {
        id: of.id.to_owned(),
        title: title(words, of, months, bound.as_ref())?,
        description: description(words, of, months, bound.as_ref()),
        note: String::new(),
    };
    let table = table(words, of, months);
    Some(ChartFigure::new(words, Kind::Trend, said, table, |layout| drawn(words, layout, of, months, bound.as_ref())))
}

/// How the last month stands among the others: its share against the target, else its count against the largest.
fn title(words: &Words, of: Of<'_>, months: &[Month], bound: Option<&Bound>) -> Option<String> {
    let with_share: Vec<(&Month, f64)> = months.iter().filter_map(|month| Some((month, month.share?))).collect();
    let target = format::target(words, of.target);
    if let Some((month, share)) = with_share.last().filter(|_| with_share.len() > 1) {
        let period = format::period(words, month.period);
        let values = || with_share.iter().map(|(_, share)| *share);
        let text = |value: f64| format::share(value, bound);
        let (share, low, high) = (text(*share), text(values().fold(1.0, f64::min)), text(values().fold(0.0, f64::max)));
        let met = bound.map_or(0, |bound| values().filter(|value| bound.is_met_by(*value)).count());
        let met_text = format::count(number(met));
        let fill = [
            ("rate", of.share),
            ("period", period.as_str()),
            ("share", &share),
            ("low", &low),
            ("high", &high),
            ("met", &met_text),
            ("target", &target),
        ];
        let key = match bound {
            None => "trend_chart.title_rate",
            Some(_) if met == with_share.len() => "trend_chart.title_all_met",
            Some(_) if met == 0 => "trend_chart.title_none_met",
            Some(_) => "trend_chart.title_met",
        };
        return Some(words.number(key, number(with_share.len()), &fill));
    }
    let counted: Vec<(&Month, f64)> = months.iter().filter_map(|month| Some((month, month.count?))).collect();
    let (last, most) = (counted.last()?, counted.iter().max_by(|a, b| a.1.total_cmp(&b.1))?);
    let (period, peak) = (format::period(words, last.0.period), format::period(words, most.0.period));
    let (count, most) = (format::count(last.1), format::count(most.1));
    let fill = [("name", of.name), ("period", period.as_str()), ("count", &count), ("peak", &peak), ("most", &most)];
    Some(words.number("trend_chart.title_count", number(counted.len()), &fill))
}

/// First and last month, least and most.
fn description(words: &Words, of: Of<'_>, months: &[Month], bound: Option<&Bound>) -> String {
    let said: Vec<String> = months
        .iter()
        .map(|month| {
            let count = month.count.map_or_else(|| format::ABSENT.to_owned(), format::count);
            let period = format::period(words, month.period);
            match month.share {
                Some(share) => {
                    let share = format::share(share, bound);
                    words.say("trend_chart.month_rate", &[("period", &period), ("n", &count), ("share", &share)])
                }
                None => words.say("trend_chart.month", &[("period", &period), ("n", &count)]),
            }
        })
        .collect();
    words.number("trend_chart.description", number(months.len()), &[("name", of.name), ("months", &words.list(&said))])
}

fn table(words: &Words, of: Of<'_>, months: &[Month]) -> Table {
    let has_share = months.iter().any(|month| month.share.is_some());
    let mut table = data_table(words, of.id, of.name).words(words.say("table.month", &[])).numbers(of.count.to_owned());
    if has_share {
        table = table.numbers(if of.share.is_empty() { words.say("table.rate", &[]) } else { of.share.to_owned() });
    }
    for month in months {
        let name = Cell::text(format::period(words, month.period));
        let mut cells = vec![if month.unfinished { name.detail(words.say("trend.unfinished", &[])) } else { name }];
        cells.extend(month.cells.iter().take(if has_share { 2 } else { 1 }).cloned());
        table.row(cells);
    }
    let target = of.target.parse::<Bound>().ok().map(|bound| (words.say("workbook.target", &[]), bound.number()));
    table.drawn = Some(Drawn::Trend { label: 0, count: 1, rate: has_share.then_some(Rate { column: 2, target }) });
    table
}

/// Where the months stand.
struct Slots {
    left: f64,
    right: f64,
    slot: f64,
}

impl Slots {
    fn centre(&self, place: usize) -> f64 {
        self.left + self.slot * (number(place) + 0.5)
    }

    /// How many places a number may choose from: the last may stand at the end of the chart, a number that is wider than its slot
    /// nowhere, unless it is the least or the most.
    fn places(&self, place: usize, role: Role, text: &str, values: &[Option<f64>]) -> usize {
        if place + 1 == values.len() {
            return 2;
        }
        let told = by_weight(values).iter().take(3).any(|told| *told == place);
        usize::from(told || breadth(role, text) <= self.slot)
    }
}

fn drawn(words: &Words, layout: Layout, of: Of<'_>, months: &[Month], bound: Option<&Bound>) -> Drawing {
    let has_share = months.iter().any(|month| month.share.is_some());
    let counts = Scale::counts(months.iter().filter_map(|month| month.count), COUNT_BOTTOM, COUNT_TOP);
    let known = months.iter().filter_map(|month| month.share).chain(bound.map(Bound::number));
    let shares = Scale::shares(known, SHARE_BOTTOM, SHARE_TOP);
    let (count_ticks, share_ticks) = (counts.count_ticks(4.0), shares.share_ticks());
    let target = bound.filter(|_| has_share).map(|bound| {
        let text = words.say("deadlines.target", &[("target", &format::target(words, of.target))]);
        (shares.at(bound.number()), text)
    });
    let bottom = if has_share { SHARE_BOTTOM } else { COUNT_BOTTOM };
    let mut drawing = Drawing::new(layout, bottom + 6.0 + 2.0 * LINE + 2.0);
    // On a page the target is named at the end of its line; a phone has no room beside the line.
    let beside = target.as_ref().map_or(0.0, |(_, text)| breadth(Role::Target, text) + 8.0);
    let left = axis::room(&count_ticks).max(if has_share { axis::room(&share_ticks) } else { 0.0 });
    let right = drawing.width - layout.pick(beside.min(160.0), 0.0).max(4.0);
    let slots = Slots { left, right, slot: (right - left) / number(months.len()) };
    drawing.text(Label::new(Role::Tick, Anchor::Start, 0.0, COUNT_TOP - 26.0, fitted(of.count, drawing.width)));
    axis::grid(&mut drawing, &count_ticks, left, right);
    draw_counts(&mut drawing, &slots, &counts, months);
    if has_share {
        let spare = if layout == Layout::Narrow && target.is_some() { beside + 16.0 } else { 0.0 };
        let title = fitted(of.share, drawing.width - spare);
        drawing.text(Label::new(Role::Tick, Anchor::Start, 0.0, SHARE_TOP - 22.0, title));
        axis::grid(&mut drawing, &share_ticks, left, right);
        if let Some((y, text)) = &target {
            drawing.along("mark", left, right, *y);
            drawing.keep_clear(Area { left, right, top: y - 1.0, bottom: y + 1.0 });
            let at = |anchor, x: f64, y: f64| Label::new(Role::Target, anchor, x, y, text.clone());
            let place = layout.pick(
                at(Anchor::Start, right + 8.0, y + super::drawing::MIDDLE),
                at(Anchor::End, drawing.width, SHARE_TOP - 22.0),
            );
            // The line itself is named on a phone too, above the panel, with a piece of it.
            if layout == Layout::Narrow {
                let end = place.area().left - 5.0;
                drawing.along("mark", end - 18.0, end, SHARE_TOP - 26.0);
            }
            drawing.text(place);
        }
        draw_shares(&mut drawing, &slots, &shares, months, bound);
    }
    draw_months(words, &mut drawing, &slots, months, bottom);
    drawing
}

/// A title on one line.
fn fitted(title: &str, room: f64) -> String {
    super::text::shortened(title, room / TEXT)
}

fn draw_counts(drawing: &mut Drawing, slots: &Slots, scale: &Scale, months: &[Month]) {
    let half = (slots.slot * 0.58).min(44.0) / 2.0;
    for (place, month) in months.iter().enumerate() {
        let Some(count) = month.count else { continue };
        let x = slots.centre(place);
        let area = Area { left: x - half, right: x + half, top: scale.at(count), bottom: COUNT_BOTTOM };
        match (month.unfinished, place + 1 == months.len()) {
            (true, _) => drawing.hatched(Hatch::Pale, area),
            (false, true) => drawing.bar("bar", area),
            (false, false) => drawing.bar("bar past", area),
        }
    }
    drawing.along("axis", slots.left, slots.right, COUNT_BOTTOM);
    let values: Vec<Option<f64>> = months.iter().map(|month| month.count).collect();
    for place in by_weight(&values) {
        let Some(count) = values[place] else { continue };
        let role = if place + 1 == months.len() { Role::StrongValue } else { Role::Value };
        let (x, y) = (slots.centre(place), scale.at(count) - 6.0);
        let text = format::count(count);
        let at = |anchor, x: f64| Label::new(role, anchor, x, y, text.clone());
        drawing.place(
            &[at(Anchor::Middle, x), at(Anchor::End, slots.right.max(x + half))]
                [..slots.places(place, role, &text, &values)],
        );
    }
}

fn draw_shares(drawing: &mut Drawing, slots: &Slots, scale: &Scale, months: &[Month], bound: Option<&Bound>) {
    let values: Vec<Option<f64>> = months.iter().map(|month| month.share).collect();
    let at = |place: usize, share: f64| (slots.centre(place), scale.at(share));
    let points: Vec<(usize, Option<f64>)> = values.iter().copied().enumerate().collect();
    // A month without a share parts the line.
    for stretch in points.split(|(_, share)| share.is_none()).filter(|stretch| stretch.len() > 1) {
        let line: Vec<(f64, f64)> = stretch.iter().filter_map(|(place, share)| Some(at(*place, (*share)?))).collect();
        drawing.line("line", &line);
    }
    for (place, month) in months.iter().enumerate() {
        if let Some(share) = month.share {
            let (x, y) = at(place, share);
            drawing.dot(if month.unfinished { "hollow" } else { "point" }, x, y, 3.5);
        }
    }
    for place in by_weight(&values) {
        let Some(share) = values[place] else { continue };
        let (x, y) = at(place, share);
        let missed = bound.is_some_and(|bound| !bound.is_met_by(share));
        let role = if place + 1 == months.len() { Role::StrongValue } else { Role::Value };
        let text = format::share(share, bound);
        let label = |anchor, x: f64, y: f64| Label::new(role, anchor, x, y, text.clone());
        let (above, below) = (y - 9.0, y + TEXT + 8.0);
        // Away from the target: a missed share lies below it, and so does its number.
        let (first, second) = if missed { (below, above) } else { (above, below) };
        let places = [
            label(Anchor::Middle, x, first),
            label(Anchor::Middle, x, second),
            label(Anchor::End, slots.right.max(x), first),
            label(Anchor::End, slots.right.max(x), second),
        ];
        drawing.place(&places[..2 * slots.places(place, role, &text, &values)]);
    }
}

/// Places of values: the last first, then the least and the most, then the others from the end. Where not every number has room,
/// these have.
fn by_weight(values: &[Option<f64>]) -> Vec<usize> {
    let known = || values.iter().enumerate().filter_map(|(place, value)| Some((place, (*value)?)));
    let last = known().next_back().map(|(place, _)| place);
    let lowest = known().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(place, _)| place);
    let highest = known().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(place, _)| place);
    let mut order: Vec<usize> = Vec::new();
    let rest = (0..values.len()).rev();
    for place in [last, lowest, highest].into_iter().flatten().chain(rest) {
        if !order.contains(&place) {
            order.push(place);
        }
    }
    order
}

/// Month below each column, or each second or third; the year below each January and the first.
fn draw_months(words: &Words, drawing: &mut Drawing, slots: &Slots, months: &[Month], bottom: f64) {
    let of_year = |month: &Month| month.period.first_month().rem_euclid(12) + 1;
    let text = |month: &Month| words.say(&format!("month_short.m{}", of_year(month)), &[]);
    let widest = months.iter().map(|month| breadth(Role::Tick, &text(month))).fold(0.0, f64::max);
    let every = (1..=months.len()).find(|step| widest + 3.0 <= slots.slot * number(*step)).unwrap_or(1);
    let last = months.len() - 1;
    for (place, month) in months.iter().enumerate() {
        // Counted from the end: the last month is always named.
        if (last - place).is_multiple_of(every) {
            let x = slots.centre(place);
            let at = |anchor, x: f64| Label::new(Role::Tick, anchor, x, bottom + LINE, text(month));
            drawing.place(&[at(Anchor::Middle, x), at(Anchor::End, drawing.width)]);
        }
    }
    let januaries = months.iter().enumerate().filter(|(_, month)| of_year(month) == 1);
    let first = months.iter().enumerate().take(1).filter(|(_, month)| of_year(month) != 1);
    for (place, month) in januaries.chain(first) {
        let year = words.say("period.year", &[("year", &month.period.year().to_string())]);
        let at = |anchor, x: f64| Label::new(Role::Tick, anchor, x, bottom + 2.0 * LINE, year.clone());
        let x = slots.centre(place);
        drawing.place(&[at(Anchor::Middle, x), at(Anchor::End, drawing.width), at(Anchor::Start, slots.left)]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::problem::Language;

    const OF: Of<'static> =
        Of { id: "t", name: "投诉走势", count: "接到的投诉（件）", share: "及时率", target: ">=0.95" };

    fn months(values: &[(f64, Option<f64>)]) -> Vec<Month> {
        (0..)
            .zip(values)
            .map(|(m, &(count, share))| Month {
                period: Period::of_month_number(Period::Month(2024, 11).first_month() + m),
                count: Some(count),
                share,
                unfinished: false,
                cells: [Cell::count(count), share.map_or_else(Cell::absent, Cell::share)],
            })
            .collect()
    }

    fn of(values: &[(f64, Option<f64>)]) -> Option<ChartFigure> {
        figure(Words::of(Language::Zh), OF, &months(values))
    }

    #[test]
    fn a_month_without_a_share_parts_the_line() {
        let made = of(&[(9.0, Some(0.9)), (8.0, Some(0.8)), (7.0, None), (6.0, Some(0.7)), (5.0, Some(0.96))]).unwrap();
        let line = made.wide.marks.iter().find(|mark| mark.class == "line").unwrap();
        assert_eq!(line.path.matches('M').count(), 2);
        assert_eq!(made.title, "及时率：2025年3月为96.0%，4个月中有1个月达到不低于95%的目标");
        assert_eq!(made.table.rows[2][2].text, "—");
    }

    #[test]
    fn one_month_is_no_trend_and_counts_alone_are_one() {
        assert_eq!(of(&[(9.0, Some(0.9))]), None);
        let made = of(&[(9.0, None), (4.0, None)]).unwrap();
        assert_eq!(made.title, "投诉走势：2024年12月4件，2个月中最多的是2024年11月，9件");
        assert_eq!(made.table.columns.len(), 2);
    }

    #[test]
    fn an_unfinished_month_is_hatched_and_hollow() {
        let mut months = months(&[(9.0, Some(0.9)), (8.0, Some(0.8))]);
        months[1].unfinished = true;
        let made = figure(Words::of(Language::Zh), OF, &months).unwrap();
        assert_eq!(made.wide.hatches, ["pale"]);
        assert!(made.wide.marks.iter().any(|mark| mark.class == "hollow"));
    }

    #[test]
    fn numbers_and_names_keep_apart_in_both_layouts_and_the_last_always_has_its_number() {
        for n in [2, 7, 13, 40] {
            for (factor, target) in [(1.0, ">=0.95"), (1_000_000.0, "<0.03"), (0.0, "")] {
                let values: Vec<(f64, Option<f64>)> =
                    (0..n).map(|i| (f64::from(i % 5) * factor, Some(f64::from(i % 7) / 7.0))).collect();
                let of = Of { share: &"很长的时限名称".repeat(8), target, ..OF };
                let made = figure(Words::of(Language::Zh), of, &months(&values)).unwrap();
                for drawing in [&made.wide, &made.narrow] {
                    assert_sound(drawing);
                    let last = format::count(values.last().unwrap().0);
                    assert!(drawing.texts.iter().any(|label| label.class.contains("strong") && label.text == last));
                }
            }
        }
    }
}
