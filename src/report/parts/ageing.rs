//! How old what is open is, and how much of it is overdue.

use super::super::chart::ageing::{self, Age};
use super::super::lens::Lens;
use super::super::view::Section;
use super::breakdown::Cases;
use crate::metrics::fact::Dimension;

/// The ages in their order; of what has no moment of receipt nobody knows it.
const AGES: [&str; 6] = ["under_3_days", "3_to_7_days", "7_to_15_days", "15_to_30_days", "over_30_days", "none"];

/// Adds the chart where something is open; the ages without a case stand there too, from the youngest to the oldest.
pub(crate) fn add(section: &mut Section, lens: &Lens<'_>, cases: Cases<'_>) {
    let words = lens.words;
    let overdue = cases.metric("overdue");
    let ruling = lens.on_resolution(cases.subject, &overdue);
    let (open, overdue) = (lens.by(&cases.metric("open"), Dimension::Age), ruling.by(&overdue, Dimension::Age));
    let is_told = !overdue.is_empty();
    let of = |facts: &[(&str, &crate::metrics::fact::Fact)], age: &str| {
        facts.iter().find(|(known, _)| *known == age).and_then(|(_, fact)| fact.value)
    };
    let ages: Vec<Age> = AGES
        .iter()
        .filter(|age| **age != "none" || of(&open, age).is_some())
        .map(|age| {
            let label = if *age == "none" { words.say("ageing.unknown", &[]) } else { words.code("age", age) };
            let open = of(&open, age).unwrap_or(0.0);
            // Where the deadlines cannot judge what is open, its overdue part is not nought but unknown.
            let overdue = if is_told && open <= 0.0 { Some(0.0) } else { of(&overdue, age) };
            Age { label, open, overdue }
        })
        .collect();
    let note = words.say("ageing.note", &[("profile", ruling.profile_title())]);
    let of = ageing::Of {
        id: &format!("{}-open-age", cases.name),
        name: &words.say("ageing.name", &[]),
        head: &words.say("dimension.age", &[]),
        note: if is_told { &note } else { "" },
    };
    section.chart(ageing::figure(words, of, &ages), String::new());
}
