//! The answers of a survey round: diverging bars per item, and every level in a table.

use super::super::chart::diverging::{self, Item, LevelOf, Of, Side};
use super::super::lens::Lens;
use super::super::view::{Section, Table, card};
use crate::metrics::fact::{Dimension, Fact};
use crate::normalise::rating::Level;
use crate::profile::schema::Profile;

/// The items with their rates, the lowest first; those without an answer come last.
pub(crate) fn rates<'a>(lens: &Lens<'a>) -> Vec<(&'a str, &'a Fact)> {
    let mut items = lens.by("survey.item_satisfied", Dimension::Item);
    items.sort_by(|a, b| a.1.value.unwrap_or(f64::INFINITY).total_cmp(&b.1.value.unwrap_or(f64::INFINITY)));
    items
}

/// Every answer given: diverging bars and all levels in a table.
pub(crate) fn section(lens: &Lens<'_>) -> Section {
    let words = lens.words;
    let mut section = Section::new("answers", words.say("section.answers", &[]));
    let answers = lens.by_two("survey.answers", Dimension::Item, Dimension::Level);
    if answers.is_empty() {
        section.text(words.say("survey.no_answers", &[]));
        return section;
    }
    let levels = levels(lens, answers.iter().map(|(_, level, _)| *level));
    let mut items = counted(&levels, &answers);
    // In the order of the table above.
    let order: Vec<&str> = rates(lens).into_iter().map(|(item, _)| item).collect();
    items.sort_by_key(|(item, _)| order.iter().position(|known| known == item));
    let drawn: Vec<LevelOf> =
        levels.iter().map(|level| LevelOf { label: level.label.clone(), side: level.side }).collect();
    let bars: Vec<Item> = items.into_iter().map(|(item, counts)| Item { label: item.to_owned(), counts }).collect();
    let of = Of {
        id: "answers-chart",
        name: &words.say("survey.answers_title", &[]),
        head: &words.say("survey.item", &[]),
        levels: &drawn,
    };
    for mut chart in diverging::figures(words, of, &bars) {
        for level in &levels {
            open(&mut chart.table, level, &answers);
        }
        section.chart(Some(chart), String::new());
    }
    section
}

/// Lets the counts of a level open their number cards.
fn open(table: &mut Table, level: &Answered<'_>, answers: &[(&str, &str, &Fact)]) {
    let Some(column) = table.columns.iter().position(|column| column.label == level.label) else { return };
    for row in &mut table.rows {
        let item = row.first().map(|cell| cell.text.clone()).unwrap_or_default();
        let fact = answers.iter().find(|(of, code, _)| *of == item && *code == level.code).map(|(_, _, fact)| *fact);
        if let (Some(cell), Some(fact)) = (row.get_mut(column), fact)
            && cell.number.map(|number| number.value) == fact.value
        {
            cell.card = card(fact);
        }
    }
}

/// A level of answers that occurs.
pub(crate) struct Answered<'a> {
    pub(crate) code: &'a str,
    pub(crate) label: String,
    /// None: not an answer, left out of the bars.
    side: Option<Side>,
    order: (u8, f64),
}

/// The levels that occur, from best to worst: worded ones in their order, scores from high to low, unknown ones last.
pub(crate) fn levels<'a>(lens: &Lens<'_>, codes: impl Iterator<Item = &'a str>) -> Vec<Answered<'a>> {
    let codes: std::collections::BTreeSet<&str> = codes.collect();
    let highest = codes.iter().filter_map(|code| code.parse::<f64>().ok()).fold(0.0, f64::max);
    let mut levels: Vec<Answered<'a>> = codes
        .into_iter()
        .map(|code| {
            let worded = Level::ALL.iter().find(|level| level.code() == code).copied();
            if let Some(level) = worded {
                let label = lens.words.code("level", code);
                return Answered {
                    code,
                    label,
                    side: side(lens.profile, level),
                    order: (0, f64::from(level.number())),
                };
            }
            let score = code.parse::<f64>().ok();
            let label = score
                .map_or_else(|| lens.words.code("level", code), |_| lens.words.say("survey.score", &[("n", code)]));
            let order = score.map_or((2, 0.0), |score| (1, -score));
            Answered { code, label, side: score.and_then(|score| score_side(lens.profile, score, highest)), order }
        })
        .collect();
    levels.sort_by(|a, b| a.order.0.cmp(&b.order.0).then(a.order.1.total_cmp(&b.order.1)));
    levels
}

/// Where the profile puts a level; 未表态 and what is in neither list of the profile is no answer to count.
fn side(profile: &Profile, level: Level) -> Option<Side> {
    let scale = profile.scale.as_ref()?;
    if scale.satisfied.contains(&level) {
        Some(Side::Right)
    } else if scale.dissatisfied.contains(&level) {
        Some(Side::Left)
    } else {
        (level == Level::Neutral).then_some(Side::Middle)
    }
}

/// Where the profile puts a score: by the smallest scale that holds the highest score given.
fn score_side(profile: &Profile, score: f64, highest: f64) -> Option<Side> {
    let scales = &profile.scale.as_ref()?.scores;
    let scale = scales.iter().filter(|scale| f64::from(scale.highest) >= highest).min_by_key(|scale| scale.highest)?;
    Some(if score >= scale.satisfied_from { Side::Right } else { Side::Left })
}

/// Counts per item and level.
fn counted<'a>(levels: &[Answered<'_>], answers: &[(&'a str, &str, &Fact)]) -> Vec<(&'a str, Vec<f64>)> {
    let mut items: Vec<(&str, Vec<f64>)> = Vec::new();
    for (item, level, fact) in answers {
        if items.last().is_none_or(|(last, _)| last != item) {
            items.push((item, vec![0.0; levels.len()]));
        }
        let at = levels.iter().position(|known| known.code == *level);
        if let (Some((_, counts)), Some(at)) = (items.last_mut(), at) {
            counts[at] += fact.value.unwrap_or(0.0);
        }
    }
    items
}
