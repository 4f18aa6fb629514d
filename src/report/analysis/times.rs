//! When the cases came in: what the charts by weekday and hour show, in words.

use super::super::chart::heat;
use super::super::format;
use super::super::lens::SMALL;
use super::super::parts::times;
use super::super::view::Section;
use super::{Analysis, leaders};
use crate::metrics::compare::spread;
use crate::metrics::fact::Dimension;
use crate::moment::{DAY, date_of};
use chrono::Datelike;

/// The section; none where the facts tell no time.
pub(super) fn section(of: &Analysis<'_>) -> Option<Section> {
    let mut section = of.titled("times");
    section.text(of.lens.words.sentences(&sentences(of)));
    times::add(&mut section, &of.lens, of.cases());
    (!section.blocks.is_empty()).then_some(section)
}

/// The busiest weekday, the weekend, the busiest hours. Beside a heat map all of these speak of the cases that it shows; a first
/// sentence says so where these are not all.
pub(super) fn sentences(of: &Analysis<'_>) -> Vec<String> {
    let Some(shown) = times::by_day_and_hour(&of.lens, of.cases()) else {
        let mut said = weekdays(of, counted(of, Dimension::Weekday, 1));
        said.extend(hours(of, &counted::<24>(of, Dimension::Hour, 0)));
        return said;
    };
    let known: f64 = shown.iter().flatten().sum();
    let all = of.value("received").unwrap_or(0.0);
    let mut said = Vec::new();
    if all > known {
        said.push(of.lens.words.number("times.based", known, &[("all", &format::count(all))]));
    }
    said.extend(weekdays(of, shown.map(|day| day.iter().sum())));
    let by_hour: [f64; 24] = std::array::from_fn(|hour| shown.iter().map(|day| day[hour]).sum());
    said.extend(hours(of, &by_hour));
    said
}

/// Counts of a breakdown whose values are numbers from `first` on.
fn counted<const N: usize>(of: &Analysis<'_>, dimension: Dimension, first: usize) -> [f64; N] {
    let mut counts = [0.0; N];
    for (value, fact) in of.lens.by(&of.metric("received"), dimension) {
        let place = value.parse::<usize>().ok().and_then(|value| value.checked_sub(first));
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += fact.value.unwrap_or(0.0);
        }
    }
    counts
}

fn weekdays(of: &Analysis<'_>, days: [f64; 7]) -> Vec<String> {
    let words = of.lens.words;
    let counts: Vec<(String, f64)> = (1..=7).map(|day| words.say(&format!("weekday.d{day}"), &[])).zip(days).collect();
    let all: f64 = days.iter().sum();
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
fn hours(of: &Analysis<'_>, counts: &[f64; 24]) -> Option<String> {
    let words = of.lens.words;
    let all: f64 = counts.iter().sum();
    if all < 1.0 {
        return None;
    }
    if all < SMALL {
        return Some(words.number("times.few_hours", all, &[]));
    }
    let (from, held) = heat::busiest(counts);
    let (first, last) = (from.to_string(), (from + heat::SPAN).to_string());
    let share = format::share(held / all, None);
    let all = format::count(all);
    Some(words.number("times.hours", held, &[("from", &first), ("to", &last), ("share", &share), ("all", &all)]))
}
