//! Profiles: written procedures as data. A procedure's number is never in code.

pub mod limit;
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
}

impl Profiles {
    /// The profile that heads a subject.
    #[must_use]
    pub fn head(&self, subject: Subject) -> Option<&Profile> {
        self.heads.get(&subject).and_then(|name| self.named(name))
    }

    /// A profile in use by its name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.all.iter().find(|profile| profile.name == name)
    }
}
