//! When cases came in: by weekday and by hour.

use std::collections::BTreeMap;

use super::super::chart::columns::{self, Column};
use super::super::lens::Lens;
use super::super::view::{Block, Section};
use super::breakdown::Cases;
use crate::metrics::fact::Dimension;

/// Adds a chart by weekday and one by hour, where the facts have them. Cases whose hour is not known are told in a sentence.
pub(crate) fn add(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>) {
    let words = lens.words;
    let weekdays = (1..=7).map(|day| (day.to_string(), words.say(&format!("weekday.d{day}"), &[]))).collect();
    let hours = (0..24).map(|hour| (format!("{hour:02}"), hour.to_string())).collect();
    one(section, lens, cases, Dimension::Weekday, weekdays);
    one(section, lens, cases, Dimension::Hour, hours);
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
    let title = words.say(&format!("times.{}", by.word()), &[]);
    let description = words.number("times.description", known, &[]);
    let id = format!("{}-by-{}", cases.name, by.word());
    let Some(chart) = columns::chart(&id, &title, &description, &columns) else { return };
    section.blocks.push(Block::Columns { chart: Box::new(chart) });
    if unknown > 0.0 {
        section.text(words.number("times.unknown", unknown, &[]));
    }
}
