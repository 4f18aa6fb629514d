//! Columns: a count for each weekday, hour or the like, every one of them in its order, the largest emphasised.

use super::super::format;
use super::super::view::{Cell, Table};
use super::super::words::Words;
use super::drawing::{Anchor, Area, Drawing, LINE, Label, Layout, Role, breadth, lines_of};
use super::{ChartFigure, Kind, Said, axis::Scale, data_table, number, ranked};

const TOP: f64 = 22.0;
const BOTTOM: f64 = 112.0;

/// Widest column with its gaps: seven weekdays need not fill the page.
const WIDEST_SLOT: f64 = 64.0;

/// Names wider than this do not stand under columns that are narrower: the columns lie then.
const WIDEST_NAME: f64 = 48.0;

/// Every so many columns have a name where not all fit.
const STEPS: [usize; 6] = [1, 2, 3, 4, 6, 12];

/// A column: its name and its count.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) label: String,
    pub(crate) count: f64,
}

/// What the chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: &'a str,
    /// Such as `按接到的星期`.
    pub(crate) name: &'a str,
    /// Heading of the names.
    pub(crate) head: &'a str,
    /// Heading of the counts.
    pub(crate) count: &'a str,
    /// What is left out, in a sentence.
    pub(crate) note: &'a str,
}

/// The chart; none where nothing was counted.
pub(crate) fn figure(words: &Words, of: Of<'_>, columns: &[Column]) -> Option<ChartFigure> {
    let total: f64 = columns.iter().map(|column| column.count).sum();
    let most = columns.iter().map(|column| column.count).fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let leading: Vec<&str> =
        columns.iter().filter(|column| column.count >= most).map(|column| column.label.as_str()).collect();
    let (count, share, all) = (format::count(most), format::share(most / total, None), format::count(total));
    let names = words.names(&leading[..leading.len().min(3)]);
    let fill = [("name", of.name), ("names", &names), ("count", &count), ("share", &share), ("total", &all)];
    let key = match leading.len() {
        1 => "columns.title",
        2..=3 => "columns.title_each",
        _ => "columns.title_even",
    };
    let title = words.say(key, &fill);
    let description = words.number("columns.description", number(columns.len()), &fill);
    let said = Said { id: of.id.to_owned(), title, description, note: of.note.to_owned() };
    let mut table: Table = data_table(words, of.id, of.name)
        .words(of.head.to_owned())
        .numbers(of.count.to_owned())
        .numbers(words.say("table.share", &[]));
    for column in columns {
        table.row(vec![Cell::text(column.label.clone()), Cell::count(column.count), Cell::share(column.count / total)]);
    }
    Some(ChartFigure::new(words, Kind::Columns, said, table, |layout| drawn(layout, columns, most)))
}

fn drawn(layout: Layout, columns: &[Column], most: f64) -> Drawing {
    let slot = (layout.width() / number(columns.len())).min(WIDEST_SLOT);
    let widest = columns.iter().map(|column| breadth(Role::Tick, &column.label)).fold(0.0, f64::max);
    if widest > WIDEST_NAME && (slot < WIDEST_NAME || widest > slot * 1.8) {
        return ranked::lying(layout, columns, most);
    }
    let fitting = STEPS.into_iter().find(|step| widest + 4.0 <= slot * number(*step));
    let every = if slot >= WIDEST_NAME { 1 } else { fitting.unwrap_or(1) };
    let names: Vec<Vec<String>> = columns
        .iter()
        .map(|column| lines_of(Role::Tick, &column.label, (slot - 4.0).max(widest.min(WIDEST_NAME)), 2))
        .collect();
    let lines = names.iter().map(Vec::len).max().unwrap_or(1);
    let mut drawing = Drawing::new(layout, BOTTOM + 6.0 + LINE * number(lines));
    let scale = Scale { low: 0.0, high: most, from: BOTTOM, to: TOP };
    for (place, (column, name)) in columns.iter().zip(names).enumerate() {
        let (x, half) = (slot * (number(place) + 0.5), (slot * 0.66).min(36.0) / 2.0);
        let class = if column.count >= most { "bar" } else { "bar past" };
        drawing.bar(class, Area { left: x - half, right: x + half, top: scale.at(column.count), bottom: BOTTOM });
        if every == 1 && name.iter().all(|line| breadth(Role::Tick, line) <= slot) {
            drawing.lines(Role::Tick, Anchor::Middle, (x, BOTTOM + 17.0), name);
        } else if place % every == 0 {
            let at = |anchor, x: f64| Label::new(Role::Tick, anchor, x, BOTTOM + 17.0, name.concat());
            drawing.place(&[at(Anchor::Middle, x), at(Anchor::Start, 0.0), at(Anchor::End, drawing.width)]);
        }
    }
    // The largest first: where not every number has room, it is the one that has.
    let mut order: Vec<usize> = (0..columns.len()).filter(|place| columns[*place].count > 0.0).collect();
    order.sort_by(|a, b| columns[*b].count.total_cmp(&columns[*a].count).then(a.cmp(b)));
    for place in order {
        let column = &columns[place];
        let (x, y) = (slot * (number(place) + 0.5), scale.at(column.count) - 6.0);
        let role = if column.count >= most { Role::StrongValue } else { Role::Value };
        let at = |anchor, x| Label::new(role, anchor, x, y, format::count(column.count));
        let mut places = vec![at(Anchor::Middle, x)];
        if column.count < most && breadth(role, &format::count(column.count)) > slot {
            continue;
        }
        if column.count >= most {
            places.extend([at(Anchor::Start, 0.0), at(Anchor::End, drawing.width)]);
        }
        drawing.place(&places);
    }
    drawing.along("axis", 0.0, slot * number(columns.len()), BOTTOM);
    drawing
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::problem::Language;

    const OF: Of<'static> = Of { id: "c", name: "按接到的钟点", head: "钟点", count: "件数", note: "" };

    fn of(columns: &[(&str, f64)]) -> Option<ChartFigure> {
        let columns: Vec<Column> =
            columns.iter().map(|(label, count)| Column { label: (*label).to_owned(), count: *count }).collect();
        figure(Words::of(Language::Zh), OF, &columns)
    }

    #[test]
    fn the_largest_fills_the_height_and_is_named() {
        let figure = of(&[("周一", 4.0), ("周二", 10.0), ("周三", 0.0)]).unwrap();
        assert_eq!(figure.title, "按接到的钟点：周二最多，10件，占71.4%");
        assert_eq!((figure.wide.reach.top, figure.wide.reach.bottom), (TOP, BOTTOM));
        assert_eq!(of(&[("周一", 4.0), ("周二", 4.0)]).unwrap().title, "按接到的钟点：周一、周二最多，各4件");
    }

    #[test]
    fn without_a_count_there_is_no_chart() {
        assert_eq!(of(&[("1", 0.0)]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn numbers_and_names_keep_apart_in_both_layouts() {
        let hours: Vec<String> = (0..24).map(|hour| hour.to_string()).collect();
        let long = "很长的名字（含括号）".repeat(6);
        for factor in [0.5, 1.0, 1_000_000.0] {
            let by_hour: Vec<(&str, f64)> =
                hours.iter().zip(0..).map(|(hour, n)| (hour.as_str(), f64::from(n % 7) * factor)).collect();
            let long = long.as_str();
            for columns in [by_hour.as_slice(), &[(long, factor)], &[(long, factor); 40], &[("一", factor); 7]] {
                let figure = of(columns).unwrap();
                assert_sound(&figure.wide);
                assert_sound(&figure.narrow);
            }
        }
    }
}
