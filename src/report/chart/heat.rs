//! Heat map: counts by weekday and hour. Each cell is the darker the more there was, and bears its number where all numbers fit.
//!
//! On a page the hours run along and the weekdays down; on a phone the other way round. An hour without a case is blank.

use super::super::format;
use super::super::view::{Cell, Table};
use super::super::words::Words;
use super::drawing::{Anchor, Area, Drawing, Label, Layout, MIDDLE, Role, TEXT, breadth};
use super::{ChartFigure, Kind, Said, data_table, number};

/// Styles of the cells, from light to dark.
const STEPS: [&str; 5] = ["heat-1", "heat-2", "heat-3", "heat-4", "heat-5"];

/// From this step on, letters are light.
const DARK_FROM: usize = 3;

/// Names of weekdays wider than this are cut.
const WIDEST_DAY: f64 = 80.0;

/// Room between cells.
const SEAM: f64 = 1.5;

/// What the chart is of: `counts[weekday][hour]`.
#[derive(Debug, Clone)]
pub(crate) struct Of<'a> {
    pub(crate) id: &'a str,
    /// Such as `接到的时间`.
    pub(crate) name: &'a str,
    /// Names of the seven weekdays.
    pub(crate) weekdays: &'a [String],
    pub(crate) counts: &'a [[f64; 24]],
    /// What is left out, in a sentence.
    pub(crate) note: &'a str,
}

/// The chart; none where nothing was counted.
pub(crate) fn figure(words: &Words, of: &Of<'_>) -> Option<ChartFigure> {
    let most = of.counts.iter().flatten().copied().fold(0.0, f64::max);
    let total: f64 = of.counts.iter().flatten().sum();
    if most <= 0.0 {
        return None;
    }
    let legend = Legend::of(most);
    let said = Said {
        id: of.id.to_owned(),
        title: title(words, of, most, total),
        description: description(words, of, most, total),
        note: of.note.to_owned(),
    };
    let table = table(words, of, total);
    Some(ChartFigure::new(words, Kind::Heat, said, table, |layout| drawn(words, layout, of, &legend)))
}

/// Hours that lie together in [`busiest`].
pub(crate) const SPAN: usize = 3;

/// The hours in a row that hold the most: the first of them, and how many they hold. Of stretches with as many the one that begins
/// with the most, of those the earliest.
pub(crate) fn busiest(hours: &[f64]) -> (usize, f64) {
    let (mut from, mut held, mut first) = (0, -1.0, -1.0);
    for (hour, window) in hours.windows(SPAN).enumerate() {
        let sum: f64 = window.iter().sum();
        if sum > held || (sum == held && window[0] > first) {
            (from, held, first) = (hour, sum, window[0]);
        }
    }
    (from, held.max(0.0))
}

/// The three hours in a row that hold the most.
fn title(words: &Words, of: &Of<'_>, most: f64, total: f64) -> String {
    let hours: Vec<f64> = (0..24).map(|hour| of.counts.iter().map(|day| day[hour]).sum()).collect();
    let (from, held) = busiest(&hours);
    let (from, to) = (from.to_string(), (from + SPAN).to_string());
    let (share, most) = (format::share(held / total, None), format::count(most));
    let fill = [("name", of.name), ("from", from.as_str()), ("to", &to), ("share", &share), ("most", &most)];
    words.number(if total < FEW { "heat.title_few" } else { "heat.title" }, total, &fill)
}

/// Fewer than this tell nothing of when cases come in.
const FEW: f64 = 30.0;

fn description(words: &Words, of: &Of<'_>, most: f64, total: f64) -> String {
    let (mut at, mut parts) = (String::new(), Vec::new());
    for (day, counts) in of.weekdays.iter().zip(of.counts) {
        parts.push(words.say("heat.part", &[("day", day), ("n", &format::count(counts.iter().sum()))]));
        for (hour, count) in counts.iter().enumerate() {
            if *count >= most && at.is_empty() {
                at = words.say("heat.at", &[("day", day), ("hour", &hour.to_string())]);
            }
        }
    }
    let fill = [("at", at.as_str()), ("most", &format::count(most)), ("parts", &words.list(&parts))];
    words.number("heat.description", total, &fill)
}

/// Every hour with a case, by weekday, and the sums.
fn table(words: &Words, of: &Of<'_>, total: f64) -> Table {
    let mut table = data_table(words, of.id, of.name).words(words.say("heat.hour", &[]));
    for day in of.weekdays {
        table = table.numbers(day.clone());
    }
    table = table.numbers(words.say("table.total", &[]));
    for hour in 0..24 {
        let sum: f64 = of.counts.iter().map(|day| day[hour]).sum();
        if sum > 0.0 {
            let name = words.say("heat.from_to", &[("from", &hour.to_string()), ("to", &(hour + 1).to_string())]);
            let mut cells = vec![Cell::text(name)];
            cells.extend(of.counts.iter().map(|day| Cell::count(day[hour])));
            cells.push(Cell::count(sum));
            table.row(cells);
        }
    }
    let mut foot = vec![Cell::text(words.say("table.total", &[]))];
    foot.extend(of.counts.iter().map(|day| Cell::count(day.iter().sum())));
    foot.push(Cell::count(total));
    table.foot(foot);
    table
}

/// From which count on each step begins.
struct Legend {
    /// The first count of each step, and its last.
    ranges: Vec<(f64, f64)>,
}

impl Legend {
    /// As many steps as there are, each of about the same number of counts; fewer where the largest count is smaller.
    fn of(most: f64) -> Self {
        let steps = number(STEPS.len()).min(most.ceil());
        let ends = (1..=STEPS.len()).map(number).take_while(|step| *step <= steps);
        let (mut ranges, mut from) = (Vec::new(), 1.0);
        for end in ends {
            let to = (most.ceil() * end / steps).floor().max(from);
            ranges.push((from, to));
            from = to + 1.0;
        }
        Self { ranges }
    }

    /// The step of a count above nought; the last steps are always the darkest.
    fn step(&self, count: f64) -> usize {
        let step = self.ranges.iter().position(|(_, to)| count <= *to).unwrap_or(self.ranges.len() - 1);
        self.class_of(step)
    }

    /// The largest count.
    fn most(&self) -> f64 {
        self.ranges.last().map_or(0.0, |(_, most)| *most)
    }

    fn class_of(&self, step: usize) -> usize {
        if self.ranges.len() == 1 { 1 } else { step * (STEPS.len() - 1) / (self.ranges.len() - 1) }
    }
}

fn drawn(words: &Words, layout: Layout, of: &Of<'_>, legend: &Legend) -> Drawing {
    const HEAD: f64 = 24.0;
    let height = layout.pick(27.0, 22.0);
    let days = of.weekdays.iter().map(|day| breadth(Role::Tick, day)).fold(0.0, f64::max).min(WIDEST_DAY);
    let left = layout.pick(days + 10.0, 2.0 * TEXT + 14.0);
    let (columns, rows) = layout.pick((24, of.counts.len()), (of.counts.len(), 24));
    let width = (layout.width() - left) / number(columns);
    let bottom = HEAD + height * number(rows);
    let mut drawing = Drawing::new(layout, bottom + 44.0);
    for (place, day) in of.weekdays.iter().enumerate() {
        let at = number(place) + 0.5;
        let (anchor, x, y) = layout.pick(
            (Anchor::End, left - 8.0, HEAD + height * at + MIDDLE),
            (Anchor::Middle, left + width * at, HEAD - 8.0),
        );
        let lines = super::drawing::lines_of(Role::Tick, day, layout.pick(WIDEST_DAY, width - 2.0), 1);
        drawing.lines(Role::Tick, anchor, (x, y), lines);
    }
    for hour in 0..24 {
        let at = number(hour) + 0.5;
        let (anchor, x, y) = layout.pick(
            (Anchor::Middle, left + width * at, HEAD - 8.0),
            (Anchor::End, left - 8.0, HEAD + height * at + MIDDLE),
        );
        drawing.text(Label::new(Role::Tick, anchor, x, y, hour.to_string()));
    }
    // Numbers in some cells only would be those of the fewest.
    let numbers_fit = breadth(Role::OnDark, &format::count(legend.most())) <= width - SEAM;
    let ground = Area { left, right: drawing.width, top: HEAD, bottom };
    drawing.bar("heat-0", ground);
    for (day, counts) in of.counts.iter().enumerate() {
        for (hour, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
            let (column, row) = layout.pick((hour, day), (day, hour));
            let (x, y) = (left + width * number(column), HEAD + height * number(row));
            let area = Area { left: x, right: x + width - SEAM, top: y, bottom: y + height - SEAM };
            let step = legend.step(*count);
            drawing.bar(STEPS[step], area);
            if numbers_fit {
                let text = format::count(*count);
                let role = if step >= DARK_FROM { Role::OnDark } else { Role::Inside };
                let (x, y) = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom) + MIDDLE);
                drawing.text(Label::new(role, Anchor::Middle, x, y, text));
            }
        }
    }
    draw_legend(words, &mut drawing, legend, bottom + 34.0);
    drawing
}

/// What each darkness stands for; where not all fit, the first and the last.
fn draw_legend(words: &Words, drawing: &mut Drawing, legend: &Legend, y: f64) {
    const BOX: f64 = 14.0;
    let label = |(from, to): (f64, f64)| {
        if from >= to { format::count(to) } else { format!("{}–{}", format::count(from), format::count(to)) }
    };
    let unit = words.say("heat.unit", &[]);
    let mut all: Vec<(usize, String)> =
        legend.ranges.iter().enumerate().map(|(step, range)| (legend.class_of(step), label(*range))).collect();
    let needed = |all: &[(usize, String)]| -> f64 {
        all.iter().map(|(_, text)| BOX + 6.0 + breadth(Role::Tick, text) + 14.0).sum::<f64>()
            + breadth(Role::Tick, &unit)
            + 12.0
    };
    while needed(&all) > drawing.width && all.len() > 2 {
        all.remove(all.len() / 2);
    }
    let mut x = 0.0;
    drawing.text(Label::new(Role::Tick, Anchor::Start, x, y, unit.clone()));
    x += breadth(Role::Tick, &unit) + 12.0;
    for (class, text) in all {
        let top = y - MIDDLE - BOX / 2.0;
        drawing.bar(STEPS[class], Area { left: x, right: x + BOX, top, bottom: top + BOX });
        x += BOX + 6.0;
        drawing.text(Label::new(Role::Tick, Anchor::Start, x, y, text.clone()));
        x += breadth(Role::Tick, &text) + 14.0;
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::problem::Language;

    fn of(counts: &[[f64; 24]]) -> Option<ChartFigure> {
        let weekdays: Vec<String> = ["一", "二", "三", "四", "五", "六", "日"].map(|day| format!("周{day}")).to_vec();
        figure(Words::of(Language::Zh), &Of { id: "h", name: "接到的时间", weekdays: &weekdays, counts, note: "" })
    }

    #[test]
    fn a_busy_hour_is_dark_bears_its_number_and_is_told_in_the_title() {
        let mut counts = [[0.0; 24]; 7];
        counts[0][9] = 40.0;
        counts[0][10] = 10.0;
        counts[4][15] = 50.0;
        let made = of(&counts).unwrap();
        assert_eq!(made.title, "接到的时间：15时至18时最多，占50.0%");
        let number = made.wide.texts.iter().find(|label| label.text == "50" && label.class.contains("on-dark"));
        assert!(number.is_some());
        assert_eq!(made.table.rows.len(), 3);
        assert_eq!(made.table.foot[0].last().unwrap().text, "100");
        assert_eq!(of(&[[0.0; 24]; 7]), None);
    }

    #[test]
    fn of_stretches_with_as_many_the_one_that_begins_with_the_most_is_named_then_the_earliest() {
        let mut hours = [0.0; 24];
        (hours[13], hours[15], hours[17]) = (20.0, 23.0, 20.0);
        assert_eq!(busiest(&hours), (15, 43.0));
        (hours[13], hours[15], hours[17]) = (20.0, 0.0, 20.0);
        assert_eq!(busiest(&hours), (13, 20.0));
        assert_eq!(busiest(&[0.0; 24]), (0, 0.0));
    }

    #[test]
    fn few_cases_claim_no_busy_hour() {
        let mut counts = [[0.0; 24]; 7];
        counts[2][9] = 2.0;
        assert_eq!(of(&counts).unwrap().title, "接到的时间：共2件，太少，看不出规律");
    }

    #[test]
    fn steps_of_the_legend_follow_each_other_up_to_the_largest() {
        for most in [1.0, 2.0, 4.0, 5.0, 7.0, 23.0, 1_000_000.0] {
            let legend = Legend::of(most);
            assert_eq!((legend.ranges[0].0, legend.ranges.last().unwrap().1), (1.0, most));
            assert!(
                legend.ranges.windows(2).all(|pair| pair[0].1 + 1.0 == pair[1].0 && pair[1].0 <= pair[1].1),
                "{most}"
            );
            assert_eq!(legend.step(most), if most < 2.0 { 1 } else { STEPS.len() - 1 });
        }
    }

    #[test]
    fn numbers_and_names_keep_apart_in_both_layouts() {
        for factor in [1.0, 1_000.0, 1_000_000.0] {
            let mut counts = [[0.0; 24]; 7];
            for (day, of_day) in counts.iter_mut().enumerate() {
                for (hour, count) in of_day.iter_mut().enumerate() {
                    *count = number((day * 24 + hour) % 11) * factor;
                }
            }
            let made = of(&counts).unwrap();
            assert_sound(&made.wide);
            assert_sound(&made.narrow);
        }
    }
}
