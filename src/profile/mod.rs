//! Profiles: written procedures as data. A procedure's number is never in code.

pub mod limit;
pub mod load;
pub mod schema;
pub mod target;

use schema::{Profile, Subject};

/// The profiles in force: one heads each subject, further ones give facts and a section.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    /// All profiles in use, each once, in the order in which they were named.
    pub all: Vec<Profile>,
    /// The profile that heads a subject.
    pub heads: std::collections::BTreeMap<Subject, String>,
    /// Profiles that give facts for all of their subjects without heading any.
    pub further: Vec<String>,
}

impl Profiles {
    /// The profile that heads a subject.
    #[must_use]
    pub fn head(&self, subject: Subject) -> Option<&Profile> {
        self.heads.get(&subject).and_then(|name| self.named(name))
    }

    /// Every profile with each subject for which it gives facts.
    #[must_use]
    pub fn rulings(&self) -> Vec<(&Profile, Subject)> {
        let mut rulings = Vec::new();
        for profile in &self.all {
            for subject in &profile.subjects {
                let heads = self.heads.get(subject) == Some(&profile.name);
                if heads || self.further.contains(&profile.name) {
                    rulings.push((profile, *subject));
                }
            }
        }
        rulings
    }

    /// A profile in use by its name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.all.iter().find(|profile| profile.name == name)
    }
}
