//! The profiles that a run uses: which heads which subject, for all communities and for single ones.

use std::collections::BTreeMap;
use std::path::Path;

use super::chain::{in_config, near};
use super::one::read;
use crate::config::{Config, ConfigError};
use crate::profile::Profiles;
use crate::profile::schema::{Profile, Subject};

/// The profiles that a config names, with its overrides; `only` replaces all of them.
///
/// # Errors
/// When a name is unknown, a profile is wrong, or it does not rule what it is to rule.
pub fn load(config: &Config, only: &[String]) -> Result<Profiles, ConfigError> {
    let mut reader = Reader { config, profiles: Profiles::default(), names: BTreeMap::new() };
    if only.is_empty() {
        reader.of_config()?;
    } else {
        for named in only {
            reader.only(named)?;
        }
    }
    let profiles = reader.profiles;
    // With `--profile` the config's own profiles are not read: what it overrides may be one of them.
    if only.is_empty() {
        let used: Vec<String> = profiles.all.iter().map(|profile| profile.name.clone()).collect();
        if let Some(name) = config.overrides.keys().find(|name| !used.contains(name)) {
            let (zh, en) = near(name, &used);
            return Err(in_config(
                config,
                &["override", name],
                format!("[override.{name}]：没有用到这个规程{zh}；用到的有：{}", used.join("、")),
                format!("[override.{name}]: this profile is not in use{en}; in use are: {}", used.join(", ")),
            ));
        }
    }
    Ok(profiles)
}

/// Refuses communities under `[use.community]` that nobody knows; `ids` are those of the directory.
///
/// # Errors
/// At the first such id, with its line and the nearest known one.
pub fn check_communities(config: &Config, ids: &[String]) -> Result<(), ConfigError> {
    let Some(id) = config.profiles.community.keys().find(|id| !ids.contains(id)) else { return Ok(()) };
    let (zh, en) = near(id, ids);
    Err(in_config(
        config,
        &["use", "community", id],
        format!("[use.community.{id}]：没有这个小区{zh}；应为 [[community]] 的 id，或报告路径中的小区编号"),
        format!(
            "[use.community.{id}]: no such community{en}; write the id of a [[community]], or the one in the paths of reports"
        ),
    ))
}

struct Reader<'c> {
    config: &'c Config,
    profiles: Profiles,
    /// Name of the profile by how the config names it.
    names: BTreeMap<String, String>,
}

impl Reader<'_> {
    /// Reads what `[use]` names.
    fn of_config(&mut self) -> Result<(), ConfigError> {
        let used = &self.config.profiles;
        let all = [
            (Subject::Complaint, &used.complaint),
            (Subject::Repair, &used.repair),
            (Subject::Callback, &used.callback),
            (Subject::Survey, &used.survey),
            (Subject::Schedule, &used.schedule),
        ];
        let folder = self.config.written.folder();
        for (subject, named) in all {
            let name = self.profile(named, folder)?;
            self.must_rule(&name, subject, &["use", subject.word()])?;
            self.profiles.heads.insert(subject, name);
        }
        for named in &used.further {
            let name = self.profile(named, folder)?;
            if !self.profiles.further.contains(&name) {
                self.profiles.further.push(name);
            }
        }
        for (community, own) in &used.community {
            let own = [
                (Subject::Complaint, &own.complaint),
                (Subject::Repair, &own.repair),
                (Subject::Callback, &own.callback),
                (Subject::Survey, &own.survey),
                (Subject::Schedule, &own.schedule),
            ];
            let mut heads = BTreeMap::new();
            for (subject, named) in own.into_iter().filter_map(|(subject, named)| Some((subject, named.as_ref()?))) {
                let name = self.profile(named, folder)?;
                self.must_rule(&name, subject, &["use", "community", community, subject.word()])?;
                heads.insert(subject, name);
            }
            self.profiles.communities.insert(community.clone(), heads);
        }
        Ok(())
    }

    /// Reads a profile of `--profile`: the first that rules a subject heads it.
    fn only(&mut self, named: &str) -> Result<(), ConfigError> {
        let name = self.profile(named, Path::new(""))?;
        let subjects = self.profiles.named(&name).map(|profile| profile.subjects.clone()).unwrap_or_default();
        for subject in subjects {
            self.profiles.heads.entry(subject).or_insert_with(|| name.clone());
        }
        if !self.profiles.further.contains(&name) {
            self.profiles.further.push(name);
        }
        Ok(())
    }

    /// Reads a profile where it was not read before, and gives its name.
    fn profile(&mut self, named: &str, paths_from: &Path) -> Result<String, ConfigError> {
        if let Some(name) = self.names.get(named) {
            return Ok(name.clone());
        }
        let profile = read(named, paths_from, self.config)?;
        let name = profile.name.clone();
        match self.profiles.named(&name) {
            Some(known) if *known != profile => {
                return Err(ConfigError::Value(format!(
                    "两个规程同名「{name}」，请给其中一个另取 name / two profiles bear the name \"{name}\"; give one of them another `name`"
                )));
            }
            Some(_) => {}
            None => self.profiles.all.push(profile),
        }
        self.names.insert(named.to_owned(), name.clone());
        Ok(name)
    }

    /// That a profile rules a subject which the config gives to it.
    fn must_rule(&self, name: &str, subject: Subject, path: &[&str]) -> Result<(), ConfigError> {
        let subjects =
            self.profiles.named(name).map(|profile: &Profile| profile.subjects.as_slice()).unwrap_or_default();
        if subjects.contains(&subject) {
            return Ok(());
        }
        let ruled = subjects.iter().map(|subject| subject.word()).collect::<Vec<_>>().join("、");
        let key = path.join(".");
        let word = subject.word();
        Err(in_config(
            self.config,
            path,
            format!("{key}：规程「{name}」不管 {word}，它管：{ruled}"),
            format!("{key}: the profile \"{name}\" does not rule {word}; it rules: {}", ruled.replace('、', ", ")),
        ))
    }
}
