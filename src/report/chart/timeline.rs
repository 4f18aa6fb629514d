//! Timeline of a survey round: for each step the span that the procedure allows, and when it was done.
//!
//! The span is a frame; a full mark stands where the step was done, a hollow one at the as-of date where it is not done yet; what
//! lies behind the due date is hatched.

use chrono::Datelike;

use super::super::format;
use super::super::view::{Cell, Table};
use super::super::words::Words;
use super::axis::{self, Scale};
use super::drawing::{Anchor, Area, Drawing, Hatch, LINE, Layout, Role, breadth, lines_of};
use super::rows::Rows;
use super::text::shortened;
use super::{ChartFigure, Kind, Said, data_table, number};
use crate::moment::{DAY, Seconds, date_of, day_from_number};

const NAMES: f64 = 180.0;

/// On a phone a name is no longer, so that what became of the step stands behind it.
const NAME: f64 = 24.0;
const THICKNESS: f64 = 16.0;

/// A step of the round.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) label: String,
    /// The moment from which its time runs.
    pub(crate) start: Option<Seconds>,
    /// 24:00 of the last day in time.
    pub(crate) due: Option<Seconds>,
    pub(crate) done: Option<Seconds>,
    /// Whole days late, of what was done late or is open past its due date.
    pub(crate) late: Option<f64>,
    /// How it stands, as the table says it.
    pub(crate) state: Cell,
}

impl Step {
    /// Done after its due date, or open past it.
    fn is_late(&self) -> bool {
        self.late.is_some_and(|days| days > 0.0)
    }

    /// Whether there is a date to draw.
    fn is_dated(&self) -> bool {
        self.due.is_some() || self.done.is_some()
    }
}

/// What the chart is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Of<'a> {
    pub(crate) id: &'a str,
    /// Such as `调查各步骤与时限`.
    pub(crate) name: &'a str,
    /// The moment up to which events are counted.
    pub(crate) until: Seconds,
}

/// The chart; none where no step has a date.
pub(crate) fn figure(words: &Words, of: Of<'_>, steps: &[Step]) -> Option<ChartFigure> {
    if !steps.iter().any(Step::is_dated) {
        return None;
    }
    let late: Vec<&Step> = steps.iter().filter(|step| step.is_late()).collect();
    let open = steps.iter().filter(|step| step.done.is_none() && step.due.is_some()).count();
    let worst = late.iter().max_by(|a, b| a.late.unwrap_or(0.0).total_cmp(&b.late.unwrap_or(0.0)));
    let (late_text, open_text) = (format::count(number(late.len())), format::count(number(open)));
    let days =
        worst.and_then(|step| step.late).map_or_else(String::new, |days| words.number("timeline.days", days, &[]));
    let label = worst.map_or_else(String::new, |step| words.inside(&Words::short(&step.label)));
    let fill = [("late", late_text.as_str()), ("open", &open_text), ("step", &label), ("days", &days)];
    let all = number(steps.len());
    let title = match (late.len(), open) {
        (0, 0) => words.number("timeline.title_on_time", all, &fill),
        (0, _) => words.number("timeline.title_open", all, &fill),
        _ => words.number("timeline.title_late", all, &fill),
    };
    let parts: Vec<String> = steps
        .iter()
        .map(|step| words.say("timeline.part", &[("step", &step.label), ("state", &result(words, step))]))
        .collect();
    let said = Said {
        id: of.id.to_owned(),
        title,
        description: words.say("timeline.description", &[("parts", &parts.join(&words.say("join.semicolon", &[])))]),
        note: words.say("timeline.note", &[]),
    };
    let table = table(words, of, steps);
    Some(ChartFigure::new(words, Kind::Timeline, said, table, |layout| drawn(words, layout, of, steps)))
}

/// How a step stands: when it was done, and by how much late.
fn result(words: &Words, step: &Step) -> String {
    let days = step.late.filter(|days| *days > 0.0).map(|days| words.number("timeline.days", days, &[]));
    let done = step.done.map(|done| day(words, done)).unwrap_or_default();
    let due = step.due.map(|due| day(words, due - 1)).unwrap_or_default();
    let fill = [("done", done.as_str()), ("due", &due), ("days", days.as_deref().unwrap_or_default())];
    let key = match (step.done, days.is_some(), step.due) {
        (Some(_), true, _) => "timeline.done_late",
        (Some(_), false, Some(_)) => "timeline.done_on_time",
        (Some(_), false, None) => "timeline.done",
        (None, true, _) => "timeline.open_late",
        (None, false, Some(_)) => "timeline.open",
        (None, false, None) => return step.state.text.clone(),
    };
    words.say(key, &fill)
}

/// A day without its year.
fn day(words: &Words, moment: Seconds) -> String {
    let date = date_of(moment);
    let month = words.say(&format!("month_short.m{}", date.month()), &[]);
    words.say("timeline.day", &[("month", &month), ("day", &date.day().to_string())])
}

fn table(words: &Words, of: Of<'_>, steps: &[Step]) -> Table {
    let say = |key| words.say(key, &[]);
    let mut table = data_table(words, of.id, of.name)
        .words(say("timeline.step"))
        .words(say("timeline.start"))
        .words(say("duty.due"))
        .words(say("duty.done"))
        .words(say("duty.state"));
    let known = || steps.iter().flat_map(|step| [step.start, step.due.map(|due| due - 1), step.done]).flatten();
    let years: std::collections::BTreeSet<i32> = known().map(|moment| date_of(moment).year()).collect();
    for step in steps {
        // Within one year, which the page names, the day is enough. A due moment is the 24:00 of its day.
        let within = |moment: Option<Seconds>| match moment {
            None => Cell::absent(),
            Some(moment) if years.len() < 2 => Cell::text(day(words, moment)),
            Some(moment) => Cell::text(format::date_until(words, moment + 1)),
        };
        table.row(vec![
            Cell::text(step.label.clone()),
            within(step.start),
            within(step.due.map(|due| due - 1)),
            within(step.done),
            step.state.clone(),
        ]);
    }
    table
}

fn drawn(words: &Words, layout: Layout, of: Of<'_>, steps: &[Step]) -> Drawing {
    let results: Vec<String> = steps.iter().map(|step| result(words, step)).collect();
    let column = results.iter().map(|text| breadth(Role::Bad, text)).fold(0.0, f64::max).min(220.0) + 14.0;
    let names: Vec<String> = match layout {
        Layout::Wide => steps.iter().map(|step| step.label.clone()).collect(),
        // On a phone the result stands above the span, behind the name.
        Layout::Narrow => steps
            .iter()
            .zip(&results)
            .map(|(step, result)| {
                words.say("timeline.part", &[("step", &shortened(&step.label, NAME)), ("state", result)])
            })
            .collect(),
    };
    let rows = Rows::new(layout, names.iter().map(String::as_str), (NAMES, 0.0), THICKNESS);
    let bottom = rows.height() + 4.0;
    let mut drawing = Drawing::new(layout, bottom + LINE + 6.0);
    let right = if rows.is_beside() { drawing.width - column } else { drawing.width };
    let (first, last) = range(of, steps);
    let scale = Scale { low: first, high: last, from: rows.left + 6.0, to: right - 8.0 };
    axis::grid_down(&mut drawing, &ticks(words, &scale, layout), 0.0, bottom);
    let places = rows.write(&mut drawing, 0.0);
    for ((step, at), text) in steps.iter().zip(&places).zip(results) {
        draw_step(
            &mut drawing,
            &scale,
            of,
            step,
            Area { left: scale.from, right: scale.to, top: at.top, bottom: at.bottom },
        );
        if layout == Layout::Wide && rows.is_beside() {
            let role = if step.is_late() { Role::Bad } else { Role::Label };
            let text = lines_of(role, &text, column - 14.0, 1);
            drawing.lines(role, Anchor::Start, (right + 14.0, at.text), text);
        }
    }
    drawing
}

/// A date as a coordinate can be reckoned of.
fn days(moment: Seconds) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 stay far below 2^52")]
    let (moment, day) = (moment as f64, DAY as f64);
    moment / day
}

/// The first and the last day that is drawn, with some air.
fn range(of: Of<'_>, steps: &[Step]) -> (f64, f64) {
    let open = steps.iter().filter(|step| step.done.is_none() && step.due.is_some()).map(|_| of.until);
    let known = || steps.iter().flat_map(|step| [step.start, step.due, step.done]).flatten().chain(open.clone());
    let (first, last) =
        (known().map(days).fold(f64::INFINITY, f64::min), known().map(days).fold(f64::NEG_INFINITY, f64::max));
    let air = ((last - first) * 0.03).max(1.0);
    (first - air, last + air)
}

/// The first of each month; of a short round every Monday, of a long one every third month or year.
fn ticks(words: &Words, scale: &Scale, layout: Layout) -> Vec<(f64, String)> {
    const LONG: f64 = 64.0;
    let span = scale.high - scale.low;
    let room = (scale.to - scale.from) / LONG;
    let weeks = span / 7.0;
    let months = span / 30.0;
    let step = [1_u32, 2, 3, 6, 12].into_iter().find(|step| months / f64::from(*step) <= room);
    let mut ticks = Vec::new();
    // A round of more than twelve years is a slip of the pen; its ends are told.
    let mut at = scale.low.ceil();
    while at <= scale.high && span < 4_400.0 {
        #[allow(clippy::cast_possible_truncation, reason = "days of a few years")]
        let date = day_from_number(at as i64);
        let is_tick = if months <= 3.0 {
            date.weekday() == chrono::Weekday::Mon
                && (weeks <= room
                    || (date.iso_week().week().is_multiple_of(2) && weeks / 2.0 <= room * layout.pick(1.0, 1.4)))
        } else {
            date.day() == 1 && step.is_some_and(|step| date.month0().is_multiple_of(step))
        };
        if is_tick {
            #[allow(clippy::cast_possible_truncation, reason = "days of a few years")]
            let moment = at as i64 * DAY;
            let label = if months > 3.0 {
                let month = words.say(&format!("month_short.m{}", date.month()), &[]);
                if date.month() == 1 { words.say("period.year", &[("year", &date.year().to_string())]) } else { month }
            } else {
                day(words, moment)
            };
            ticks.push((scale.at(at), label));
        }
        at += 1.0;
    }
    ticks
}

fn draw_step(drawing: &mut Drawing, scale: &Scale, of: Of<'_>, step: &Step, field: Area) {
    let at = |moment: Seconds| scale.at(days(moment));
    let y = f64::midpoint(field.top, field.bottom);
    let part = |left: f64, right: f64| Area { left, right, ..field };
    if let Some(due) = step.due {
        let from = step.start.map_or(at(due) - 1.0, at);
        drawing.bar("span", part(from.min(at(due)), at(due)));
        drawing.down("due", at(due), field.top - 3.0, field.bottom + 3.0);
        let end = step.done.unwrap_or(of.until);
        if step.is_late() && end > due {
            let late = Area { top: y - 4.0, bottom: y + 4.0, ..part(at(due), at(end)) };
            drawing.hatched(Hatch::Late, late);
        }
    }
    match (step.done, step.due) {
        (Some(done), _) => drawing.dot(if step.is_late() { "done missed" } else { "done" }, at(done), y, 5.0),
        (None, Some(_)) => drawing.dot("hollow", at(of.until), y, 5.0),
        (None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::assert_sound;
    use super::*;
    use crate::moment::Period;
    use crate::problem::Language;

    fn day_of(month: u8, day: i64) -> Seconds {
        Period::Month(2025, month).start() + (day - 1) * DAY
    }

    fn step(label: &str, start: Seconds, due: Seconds, done: Option<Seconds>, late: Option<f64>) -> Step {
        Step { label: label.to_owned(), start: Some(start), due: Some(due), done, late, state: Cell::text("按时") }
    }

    fn of(steps: &[Step]) -> Option<ChartFigure> {
        let of = Of { id: "t", name: "调查各步骤与时限", until: day_of(7, 31) };
        figure(Words::of(Language::Zh), of, steps)
    }

    #[test]
    fn late_and_open_steps_are_told_in_the_title_and_beside_their_rows() {
        let made = of(&[
            step("发放调查表", day_of(6, 1), day_of(6, 5), Some(day_of(6, 3)), None),
            step("公开信", day_of(6, 10), day_of(6, 25), Some(day_of(6, 28)), Some(4.0)),
            step("公布结果", day_of(6, 10), day_of(7, 11), None, Some(20.0)),
        ])
        .unwrap();
        assert_eq!(made.title, "调查的3个步骤中有2个超时，公布结果迟得最多，迟20天");
        let has = |text: &str| made.wide.texts.iter().any(|label| label.text == text);
        assert!(has("6月3日完成") && has("6月28日完成，迟4天") && has("未完成，已迟20天"), "{:?}", made.wide.texts);
        assert!(made.wide.marks.iter().any(|mark| mark.class == "hollow"));
        let on_time = of(&[step("发放", day_of(6, 1), day_of(6, 5), Some(day_of(6, 3)), None)]).unwrap();
        assert_eq!(on_time.title, "调查有时限的步骤按时完成");
        let blank = Step { start: None, due: None, ..step("无", 0, 0, None, None) };
        assert_eq!(of(&[blank]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn names_and_results_keep_apart_in_both_layouts() {
        let name = "很长的名字（含括号）".repeat(6);
        for n in [1, 6, 40] {
            for days in [1, 40, 400, 40_000] {
                let (start, due) = (day_of(6, 1), day_of(6, 1) + days * DAY);
                let steps = vec![step(&name, start, due, Some(due + days * DAY), Some(f64::from(u16::MAX))); n];
                let made = of(&steps).unwrap();
                assert_sound(&made.wide);
                assert_sound(&made.narrow);
            }
        }
    }
}
