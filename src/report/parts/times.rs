//! When cases came in: a heat map by weekday and hour, else a chart by each.

use std::collections::BTreeMap;

use super::super::chart::columns::{self, Column};
use super::super::chart::heat;
use super::super::lens::Lens;
use super::super::view::Section;
use super::breakdown::Cases;
use crate::metrics::fact::Dimension;

/// Of the cases at least this share must tell their hour for the heat map to stand alone.
const MOST: f64 = 0.5;

/// Adds the heat map where the facts have weekday and hour together, else a chart by weekday and one by hour. Cases whose hour is not
/// known are told in a sentence.
pub(crate) fn add(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>) {
    let words = lens.words;
    let weekdays: Vec<(String, String)> =
        (1..=7).map(|day| (day.to_string(), words.say(&format!("weekday.d{day}"), &[]))).collect();
    let hours = (0..24).map(|hour| (format!("{hour:02}"), hour.to_string())).collect();
    if heat_map(section, lens, cases, &weekdays) {
        return;
    }
    one(section, lens, cases, Dimension::Weekday, weekdays);
    one(section, lens, cases, Dimension::Hour, hours);
}

/// Counts by weekday and hour, where the facts have both together and most cases tell their hour: what the heat map shows, and what
/// sentences beside it have to speak of.
pub(crate) fn by_day_and_hour(lens: &Lens<'_>, cases: Cases<'_>) -> Option<[[f64; 24]; 7]> {
    let received = cases.metric("received");
    let mut counts = [[0.0; 24]; 7];
    for (day, hour, fact) in lens.by_two(&received, Dimension::Weekday, Dimension::Hour) {
        let (Ok(day), Ok(hour)) = (day.parse::<usize>(), hour.parse::<usize>()) else { continue };
        if let Some(count) = counts.get_mut(day.saturating_sub(1)).and_then(|day| day.get_mut(hour)) {
            *count += fact.value.unwrap_or(0.0);
        }
    }
    let (known, all) = (counts.iter().flatten().sum::<f64>(), lens.value(&received).unwrap_or(0.0));
    (known >= 1.0 && known >= all * MOST).then_some(counts)
}

/// The heat map; says whether there is one.
fn heat_map(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>, weekdays: &[(String, String)]) -> bool {
    let words = lens.words;
    let Some(counts) = by_day_and_hour(lens, cases) else { return false };
    let known = counts.iter().flatten().sum::<f64>();
    let all = lens.value(&cases.metric("received")).unwrap_or(0.0);
    let unknown = if all > known { words.number("heat.unknown", all - known, &[]) } else { String::new() };
    let names: Vec<String> = weekdays.iter().map(|(_, name)| name.clone()).collect();
    let of = heat::Of {
        id: &format!("{}-times", cases.name),
        name: &words.say("heat.name", &[]),
        weekdays: &names,
        counts: &counts,
        note: &unknown,
    };
    section.chart(heat::figure(words, &of), String::new());
    true
}

/// One chart; `names` gives every value in its order, so that a day without a case shows as such.
fn one(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>, by: Dimension, names: Vec<(String, String)>) {
    let words = lens.words;
    let counted: BTreeMap<&str, f64> = lens
        .by(&cases.metric("received"), by)
        .into_iter()
        .map(|(value, fact)| (value, fact.value.unwrap_or(0.0)))
        .collect();
    let known: f64 = names.iter().filter_map(|(value, _)| counted.get(value.as_str())).sum();
    let unknown = counted.values().sum::<f64>() - known;
    let columns: Vec<Column> = names
        .into_iter()
        .map(|(value, label)| Column { label, count: counted.get(value.as_str()).copied().unwrap_or(0.0) })
        .collect();
    let name = words.say(&format!("columns.by_{}", by.word()), &[]);
    let of = columns::Of {
        id: &format!("{}-by-{}", cases.name, by.word()),
        name: &name,
        head: &words.say(&format!("columns.{}", by.word()), &[]),
        count: &words.say("table.cases", &[]),
        note: &if unknown > 0.0 { words.number("times.unknown", unknown, &[]) } else { String::new() },
    };
    section.chart(columns::figure(words, of, &columns), String::new());
}
