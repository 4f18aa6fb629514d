//! What a column means, by the labels above it.

use super::field::Field;
use super::heading::Heading;
use super::kinds::Kind;
use super::questions::Question;
use super::unit::Unit;
use crate::normalise::rating::Level;

/// The labels above a column, from the top, each as written and taken apart.
#[derive(Debug)]
pub struct Path {
    /// The column, from zero.
    pub col: u32,
    /// As written.
    pub labels: Vec<String>,
    /// Taken apart.
    pub headings: Vec<Heading>,
    /// All labels as one, where there are several, then all but the uppermost, and so on: `派工/时间` under 处理过程.
    joined: Vec<Heading>,
}

impl Path {
    /// Takes the labels apart.
    #[must_use]
    pub fn new((col, labels): (u32, Vec<String>)) -> Self {
        let headings: Vec<Heading> = labels.iter().map(|label| Heading::of(label)).collect();
        let joined = (0..labels.len().saturating_sub(1)).map(|from| Heading::of(&labels[from..].concat())).collect();
        Self { col, labels, headings, joined }
    }

    /// The labels as written, joined by `/`.
    #[must_use]
    pub fn label(&self) -> String {
        self.labels.join("/")
    }
}

/// What a column means.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// The field.
    pub field: Field,
    /// A tick stands for this answer.
    pub option: Option<Level>,
    /// Unit of bare numbers.
    pub unit: Option<Unit>,
    /// Highest score of the scale.
    pub scale: Option<u16>,
    /// Answers by code.
    pub codes: Vec<(String, String)>,
    /// The question, in a questionnaire.
    pub question: Option<Question>,
}

/// What a column means: by the whole path or its lower part, else by its lowest label (a rating wording is a tick column of the label above it),
/// else by its top label.
#[must_use]
pub fn meaning(kind: &Kind, path: &Path, aliases: &[(Field, String)]) -> Option<Meaning> {
    let last = path.headings.last()?;
    if let (Some(level), [.., above, _]) = (level_of(last), path.headings.as_slice()) {
        let (field, _) = named(kind, above, aliases)?;
        return Some(meant(field, Some(level), above, None));
    }
    let mut readings = path.joined.iter().chain([last]).chain(path.headings.first());
    let (heading, (field, label)) = readings.find_map(|heading| Some((heading, named(kind, heading, aliases)?)))?;
    let is_one_row = path.labels.len() == 1;
    let question = match field {
        // Sheets number and explain the same items differently; the label they share is their name.
        Field::Item if is_one_row => Some(if label.is_ascii() { heading.text.clone() } else { label }),
        Field::Choice => Some(heading.text.trim_end_matches([':', ' ']).to_owned()),
        _ => None,
    };
    let question = question.map(|stem| Question { stem, part: None, is_option: false });
    Some(meant(field, None, last, question))
}

fn meant(field: Field, option: Option<Level>, heading: &Heading, question: Option<Question>) -> Meaning {
    Meaning { field, option, unit: heading.unit, scale: heading.scale, codes: heading.codes.clone(), question }
}

fn level_of(heading: &Heading) -> Option<Level> {
    Level::parse(&heading.text).or_else(|| heading.readings.iter().find_map(|reading| Level::parse(reading)))
}

/// The field of a heading and the label by which it is known; the labels of the user go first, in every kind that has the field.
fn named(kind: &Kind, heading: &Heading, aliases: &[(Field, String)]) -> Option<(Field, String)> {
    let own = |reading: &String| aliases.iter().find(|(field, label)| label == reading && kind.has(*field));
    let by_alias =
        heading.readings.iter().find_map(|reading| own(reading).map(|(field, _)| (*field, heading.text.clone())));
    by_alias.or_else(|| heading.readings.iter().find_map(|reading| Some((kind.field_of(reading)?, reading.clone()))))
}
