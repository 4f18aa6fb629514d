//! The kinds of table, one file each. A new kind is one file and one line of [`KINDS`].

mod beside;
mod callback;
mod callback_month;
mod community;
mod complaint;
mod complaint_tally;
mod customer;
mod duty_done;
mod further;
mod measure;
mod moments;
mod promise;
mod repair;
mod repair_tally;
mod round_unit;
mod shared;
mod survey_response;
mod survey_round;
mod survey_tally;
mod visit;

pub use beside::{beside, is_answer};

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::field::Field;

/// Name of a kind, as in the ledger and the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KindId {
    /// Register of complaints.
    Complaint,
    /// Register of repairs.
    Repair,
    /// Callbacks, one a row.
    Callback,
    /// Monthly matrix of callbacks (QR-004FW).
    CallbackMonth,
    /// Answers to a survey, one form a row.
    SurveyResponse,
    /// Survey rounds: forms issued and returned.
    SurveyRound,
    /// List of communities.
    Community,
    /// Whom a survey form was issued to, a unit a row.
    RoundUnit,
    /// Duties that recur, and when they were done.
    DutyDone,
    /// Promises of open letters.
    Promise,
    /// Corrective and preventive measures.
    Measure,
    /// Visits to customers.
    Visit,
    /// List of customers with their grades.
    Customer,
    /// Complaints counted by month.
    ComplaintTally,
    /// Repairs counted by month.
    RepairTally,
    /// Answers of a survey counted by item and level.
    SurveyTally,
}

impl KindId {
    /// The word in the ledger and the config.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Repair => "repair",
            Self::Callback => "callback",
            Self::CallbackMonth => "callback-month",
            Self::SurveyResponse => "survey-response",
            Self::SurveyRound => "survey-round",
            Self::Community => "community",
            Self::RoundUnit => "round-unit",
            Self::DutyDone => "duty-done",
            Self::Promise => "promise",
            Self::Measure => "measure",
            Self::Visit => "visit",
            Self::Customer => "customer",
            Self::ComplaintTally => "complaint-tally",
            Self::RepairTally => "repair-tally",
            Self::SurveyTally => "survey-tally",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn named(word: &str) -> Option<&'static Kind> {
        KINDS.iter().copied().find(|kind| kind.id.word() == word)
    }
}

/// What a kind of table looks like.
#[derive(Debug)]
pub struct Kind {
    /// Its name.
    pub id: KindId,
    /// Words in titles, sheet and file names that speak for it.
    pub title_words: &'static [&'static str],
    /// Header labels by field, folded as by [`crate::normalise::label::fold`]; a field may stand several times.
    pub labels: &'static [(Field, &'static [&'static str])],
    /// Whether the fields found are enough to be sure.
    pub is_enough: fn(&[Field]) -> bool,
    /// Columns that no label names are items, if their cells hold ratings.
    pub takes_items: bool,
    /// Fields of which one must be filled for a row to be a record.
    pub key: &'static [Field],
    /// Fields whose text may run on in the row below.
    pub text: &'static [Field],
}

/// All kinds.
pub const KINDS: &[&Kind] = &[
    &complaint::KIND,
    &repair::KIND,
    &callback::KIND,
    &callback_month::KIND,
    &survey_response::KIND,
    &survey_round::KIND,
    &community::KIND,
    &round_unit::KIND,
    &duty_done::KIND,
    &promise::KIND,
    &measure::KIND,
    &visit::KIND,
    &customer::KIND,
    &complaint_tally::KIND,
    &repair_tally::KIND,
    &survey_tally::KIND,
];

impl Kind {
    /// The field of a folded label.
    #[must_use]
    pub fn field_of(&self, folded: &str) -> Option<Field> {
        let places = LABELS.get(folded)?;
        places.iter().find(|(kind, _)| *kind == self.id).map(|(_, field)| *field)
    }

    /// Whether tables of this kind can have a column of the field.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        field == Field::Ignored || self.labels.iter().any(|(known, _)| *known == field)
    }
}

/// Every label with the kinds that know it and the field it means there.
static LABELS: LazyLock<BTreeMap<&str, Vec<(KindId, Field)>>> = LazyLock::new(|| {
    let mut places: BTreeMap<&str, Vec<(KindId, Field)>> = BTreeMap::new();
    for kind in KINDS {
        for (field, labels) in kind.labels {
            for label in *labels {
                places.entry(label).or_default().push((kind.id, *field));
            }
        }
    }
    places
});

/// Whether a folded text is a label of any kind of table.
#[must_use]
pub fn is_label(folded: &str) -> bool {
    LABELS.contains_key(folded)
}

/// Whether any of the fields was found.
fn any(found: &[Field], of: &[Field]) -> bool {
    of.iter().any(|field| found.contains(field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::label::fold;

    #[test]
    fn labels_are_folded_and_name_one_field_each() {
        for kind in KINDS {
            let mut seen = std::collections::BTreeMap::new();
            for (field, labels) in kind.labels {
                for label in *labels {
                    assert_eq!(fold(label), **label, "{} of {:?} is not folded", label, kind.id);
                    assert_eq!(seen.insert(*label, *field), None, "{label} of {:?} stands twice", kind.id);
                }
            }
        }
    }
}
