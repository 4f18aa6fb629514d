//! Ageing bars: how long open cases have been open, and how many of each age are overdue.

use super::super::format;
use super::super::view::{Cell, Table};
use super::super::words::Words;
use super::axis::Scale;
use super::drawing::{Anchor, Area, Drawing, Hatch, Label, Layout, Role, breadth};
use super::rows::Rows;
use super::{ChartFigure, Kind, Said, data_table};

const NAMES: f64 = 200.0;
const THICKNESS: f64 = 20.0;

/// The open cases of an age.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Age {
    pub(crate) label: String,
    pub(crate) open: f64,
    /// Of them overdue; none where no deadline tells.
    pub(crate) overdue: Option<f64>,
}

/// What the chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: &'a str,
    /// Such as `未办结的已开天数`.
    pub(crate) name: &'a str,
    /// Heading of the ages.
    pub(crate) head: &'a str,
    /// By which procedure a case is overdue, in a sentence; it stands where one is.
    pub(crate) note: &'a str,
}

/// The chart, the ages in the order given; none where nothing is open.
pub(crate) fn figure(words: &Words, of: Of<'_>, ages: &[Age]) -> Option<ChartFigure> {
    let open: f64 = ages.iter().map(|age| age.open).sum();
    let oldest = ages.iter().rev().find(|age| age.open > 0.0)?;
    // One class of open cases that nobody can judge leaves the number open.
    let told = ages.iter().all(|age| age.open <= 0.0 || age.overdue.is_some());
    let overdue: f64 = ages.iter().filter_map(|age| age.overdue).sum();
    let (count, late, share) =
        (format::count(oldest.open), format::count(overdue), format::share(overdue / open, None));
    let fill = [("age", oldest.label.as_str()), ("count", &count), ("overdue", &late), ("share", &share)];
    let key = match told {
        false => "ageing.title_untold",
        true if overdue < 1.0 => "ageing.title_none",
        true => "ageing.title",
    };
    let parts: Vec<String> =
        ages.iter().map(|age| words.say("ageing.part", &[("age", &age.label), ("text", &text(words, age))])).collect();
    let said = Said {
        id: of.id.to_owned(),
        title: words.number(key, open, &fill),
        description: words.say("ageing.description", &[("name", of.name), ("parts", &words.list(&parts))]),
        note: if overdue > 0.0 { of.note.to_owned() } else { String::new() },
    };
    let table = table(words, of, ages, told);
    Some(ChartFigure::new(words, Kind::Ageing, said, table, |layout| drawn(words, layout, ages)))
}

/// The number at the end of a bar.
fn text(words: &Words, age: &Age) -> String {
    let open = words.number("amount.case", age.open, &[]);
    match age.overdue {
        Some(overdue) if overdue > 0.0 => words.number("ageing.with_overdue", overdue, &[("open", &open)]),
        _ => open,
    }
}

fn table(words: &Words, of: Of<'_>, ages: &[Age], told: bool) -> Table {
    let mut table = data_table(words, of.id, of.name).words(of.head.to_owned()).numbers(words.say("ageing.open", &[]));
    if told {
        table = table.numbers(words.say("ageing.overdue", &[]));
    }
    let row = |name: String, open: f64, overdue: Option<f64>| {
        let mut cells = vec![Cell::text(name), Cell::count(open)];
        if told {
            cells.push(overdue.map_or_else(Cell::absent, Cell::count));
        }
        cells
    };
    for age in ages {
        table.row(row(age.label.clone(), age.open, age.overdue));
    }
    let (open, overdue) = (ages.iter().map(|age| age.open).sum(), ages.iter().filter_map(|age| age.overdue).sum());
    table.foot(row(words.say("table.total", &[]), open, Some(overdue)));
    table
}

fn drawn(words: &Words, layout: Layout, ages: &[Age]) -> Drawing {
    let texts: Vec<String> = ages.iter().map(|age| text(words, age)).collect();
    let widest = texts.iter().map(|text| breadth(Role::Strong, text)).fold(0.0, f64::max);
    let rows = Rows::new(layout, ages.iter().map(|age| age.label.as_str()), (NAMES, 0.0), THICKNESS);
    let mut drawing = Drawing::new(layout, rows.height() + 4.0);
    let scale = Scale::counts(ages.iter().map(|age| age.open), rows.left, drawing.width - widest - 12.0);
    let places = rows.write(&mut drawing, 0.0);
    for ((age, at), text) in ages.iter().zip(&places).zip(texts) {
        // The overdue part stands at the axis: it is what the bars are compared by.
        let overdue = age.overdue.unwrap_or(0.0).min(age.open);
        let (parted, right) = (scale.at(overdue), scale.at(age.open));
        let part = |left: f64, right: f64| Area { left, right, top: at.top, bottom: at.bottom };
        drawing.bar("late", part(rows.left, parted));
        drawing.hatched(Hatch::Over, part(rows.left, parted));
        drawing.bar("bar past", part(parted, right));
        let role = if overdue > 0.0 { Role::Strong } else { Role::Label };
        drawing.text(Label::new(role, Anchor::Start, right + 8.0, at.text, text));
    }
    rows.axis(&mut drawing, "axis", (rows.left, 0.0), &places);
    drawing
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::problem::Language;

    const OF: Of<'static> = Of { id: "a", name: "未办结的已开天数", head: "已开天数", note: "" };

    fn age(label: &str, open: f64, overdue: Option<f64>) -> Age {
        Age { label: label.to_owned(), open, overdue }
    }

    #[test]
    fn the_title_tells_how_many_are_overdue_and_how_old_the_oldest_are() {
        let of = |ages: &[Age]| figure(Words::of(Language::Zh), OF, ages);
        let made =
            of(&[age("3天以内", 4.0, Some(0.0)), age("3至7天", 2.0, Some(1.0)), age("30天以上", 0.0, None)]).unwrap();
        assert_eq!(made.title, "未办结6件，其中1件（16.7%）已经逾期；最久的2件已开3至7天");
        assert_eq!(made.table.foot[0][2].text, "1");
        assert_eq!(of(&[age("3天以内", 4.0, None)]).unwrap().title, "未办结4件，最久的4件已开3天以内");
        assert_eq!(of(&[age("3天以内", 4.0, Some(0.0))]).unwrap().title, "未办结4件，都没有逾期；最久的4件已开3天以内");
        assert_eq!(of(&[age("3天以内", 0.0, Some(0.0))]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn names_and_numbers_keep_apart_in_both_layouts() {
        let long = "很长的名字（含括号）".repeat(6);
        for open in [1.0, 1_000_000.0] {
            for n in [1, 40] {
                let ages = vec![age(&long, open, Some(open)); n];
                let made = figure(Words::of(Language::Zh), OF, &ages).unwrap();
                assert_sound(&made.wide);
                assert_sound(&made.narrow);
            }
        }
    }
}
