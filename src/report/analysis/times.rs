//! When the cases came in: what the charts by weekday and hour show, in words.

use super::super::format;
use super::super::lens::SMALL;
use super::super::parts::times;
use super::super::view::Section;
use super::{Analysis, leaders};
use crate::metrics::compare::spread;
use crate::metrics::fact::Dimension;
use crate::moment::{DAY, date_of};
use chrono::Datelike;

/// Hours that lie together in the sentence.
const HOURS: usize = 3;

/// The section; none where the facts tell no time.
pub(super) fn section(of: &Analysis<'_>) -> Option<Section> {
    let mut section = of.titled("times");
    section.text(of.lens.words.sentences(&sentences(of)));
    times::add(&mut section, &of.lens, of.cases());
    (!section.blocks.is_empty()).then_some(section)
}

/// The busiest weekday, the weekend, the busiest hours.
pub(super) fn sentences(of: &Analysis<'_>) -> Vec<String> {
    let mut said = weekdays(of);
    said.extend(hours(of));
    said
}

fn weekdays(of: &Analysis<'_>) -> Vec<String> {
    let words = of.lens.words;
    let by = of.lens.by(&of.metric("received"), Dimension::Weekday);
    let count = |day: &str| by.iter().find(|(value, _)| *value == day).and_then(|(_, fact)| fact.value).unwrap_or(0.0);
    let counts: Vec<(String, f64)> =
        (1..=7).map(|day| (words.say(&format!("weekday.d{day}"), &[]), count(&day.to_string()))).collect();
    let all: f64 = counts.iter().map(|(_, n)| n).sum();
    if all < SMALL {
        return if all > 0.0 { vec![words.number("times.few_days", all, &[])] } else { Vec::new() };
    }
    let Some(leading) = leaders::of(&counts) else { return Vec::new() };
    let loads: Vec<(f64, f64)> = counts.iter().map(|(_, n)| *n).zip(days_of_each(of)).collect();
    let busiest = if leading == leaders::Leaders::Nobody {
        words.say("times.days_level", &[])
    } else {
        let key = if spread(&loads).is_beyond() { "times.days_out" } else { "times.days_even" };
        words.opening(&words.say(key, &[("leaders", &leaders::clause(words, &leading, all))]))
    };
    let weekend = counts[5].1 + counts[6].1;
    let share = format::share(weekend / all, None);
    vec![busiest, words.number("times.weekend", weekend, &[("share", &share)])]
}

/// How many Mondays, Tuesdays … the period had so far.
fn days_of_each(of: &Analysis<'_>) -> [f64; 7] {
    let mut days = [0.0; 7];
    let end = of.lens.period.end().min(of.lens.input.as_of);
    let mut at = of.lens.period.start();
    while at < end {
        days[date_of(at).weekday().num_days_from_monday() as usize] += 1.0;
        at += DAY;
    }
    days
}

/// The three hours on end with most; of few cases with a known hour, that they are few.
fn hours(of: &Analysis<'_>) -> Option<String> {
    let words = of.lens.words;
    let by = of.lens.by(&of.metric("received"), Dimension::Hour);
    let mut counts = [0.0; 24];
    for (hour, n) in by.iter().filter_map(|(value, fact)| Some((value.parse::<usize>().ok()?, fact.value?))) {
        if let Some(count) = counts.get_mut(hour) {
            *count += n;
        }
    }
    let all: f64 = counts.iter().sum();
    if all < 1.0 {
        return None;
    }
    if all < SMALL {
        return Some(words.number("times.few_hours", all, &[]));
    }
    let stretch = |from: usize| counts[from..from + HOURS].iter().sum::<f64>();
    // Of stretches with as many, the earliest.
    let from = (0..=counts.len() - HOURS).rev().max_by(|a, b| stretch(*a).total_cmp(&stretch(*b)))?;
    let (first, last) = (from.to_string(), (from + HOURS).to_string());
    let share = format::share(stretch(from) / all, None);
    let all = format::count(all);
    Some(words.number(
        "times.hours",
        stretch(from),
        &[("from", &first), ("to", &last), ("share", &share), ("all", &all)],
    ))
}
