#![doc = include_str!("LANGUAGE.md")]

mod check;
pub mod given;
pub mod limit;
pub mod load;
pub mod schema;
pub mod target;

use std::collections::{BTreeMap, BTreeSet};

use schema::{Profile, Subject};

/// A profile to begin with: it extends a built-in one, with examples of what it may say, commented in Chinese and English.
pub const TEMPLATE: &str = include_str!("template.toml");

/// The profiles in force: one heads each subject, further ones give facts and a section.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    /// All profiles in use, each once, in the order in which they were named.
    pub all: Vec<Profile>,
    /// The profile that heads a subject, for the group and all communities without one of their own.
    pub heads: BTreeMap<Subject, String>,
    /// The profiles that head subjects in single communities, by the community's id.
    pub communities: BTreeMap<String, BTreeMap<Subject, String>>,
    /// Profiles that give facts for all of their subjects without heading any.
    pub further: Vec<String>,
}

/// A profile, a subject for which it gives facts, and the communities of which it gives them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The subject.
    pub subject: Subject,
    /// Of which communities.
    pub reach: Reach,
}

/// Of which communities a profile gives facts, by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Of all, and of what is of no community.
    All,
    /// Of all but these, and of what is of no community.
    Except(BTreeSet<String>),
    /// Of these only.
    Only(BTreeSet<String>),
}

impl Reach {
    /// Whether it rules a community, or what is of none.
    #[must_use]
    pub fn rules(&self, community: Option<&str>) -> bool {
        match (self, community) {
            (Self::All, _) | (Self::Except(_), None) => true,
            (Self::Only(_), None) => false,
            (Self::Except(others), Some(id)) => !others.contains(id),
            (Self::Only(own), Some(id)) => own.contains(id),
        }
    }
}

impl Profiles {
    /// The profile that heads a subject for the group and for all communities without one of their own.
    #[must_use]
    pub fn head(&self, subject: Subject) -> Option<&Profile> {
        self.heads.get(&subject).and_then(|name| self.named(name))
    }

    /// The profile that heads a subject in a community, by its id; without one, for the group.
    #[must_use]
    pub fn head_in(&self, subject: Subject, community: Option<&str>) -> Option<&Profile> {
        let own = community.and_then(|id| self.communities.get(id)?.get(&subject));
        own.map_or_else(|| self.head(subject), |name| self.named(name))
    }

    /// All profiles that head a subject somewhere, that of the group first.
    #[must_use]
    pub fn heads_of(&self, subject: Subject) -> Vec<&Profile> {
        let own = self.communities.values().filter_map(|heads| heads.get(&subject));
        let mut heads: Vec<&Profile> = Vec::new();
        for name in self.heads.get(&subject).into_iter().chain(own) {
            heads.extend(self.named(name).filter(|profile| !heads.iter().any(|known| known.name == profile.name)));
        }
        heads
    }

    /// Every profile with each subject for which it gives facts.
    #[must_use]
    pub fn rulings(&self) -> Vec<Ruling<'_>> {
        let mut rulings = Vec::new();
        for profile in &self.all {
            for subject in &profile.subjects {
                if let Some(reach) = self.reach(profile, *subject) {
                    rulings.push(Ruling { profile, subject: *subject, reach });
                }
            }
        }
        rulings
    }

    /// Of which communities a profile gives the facts of a subject; none where it gives none.
    fn reach(&self, profile: &Profile, subject: Subject) -> Option<Reach> {
        if self.further.contains(&profile.name) {
            return Some(Reach::All);
        }
        let heads_in = |own: bool| -> BTreeSet<String> {
            let of_subject = self.communities.iter().filter_map(|(id, heads)| Some((id, heads.get(&subject)?)));
            of_subject.filter(|(_, name)| (**name == profile.name) == own).map(|(id, _)| id.clone()).collect()
        };
        if self.heads.get(&subject) == Some(&profile.name) {
            let others = heads_in(false);
            return Some(if others.is_empty() { Reach::All } else { Reach::Except(others) });
        }
        let own = heads_in(true);
        (!own.is_empty()).then_some(Reach::Only(own))
    }

    /// A profile in use by its name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Profile> {
        self.all.iter().find(|profile| profile.name == name)
    }
}
