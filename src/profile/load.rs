//! Reading profiles: the built-in ones, and a company's overrides of single entries.

use std::collections::BTreeMap;

use super::Profiles;
use super::schema::{Profile, Subject};
use crate::config::{Config, ConfigError, nearest};

/// The built-in profiles: name and TOML.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("survey-procedure", include_str!("builtin/survey-procedure.toml")),
    ("complaint-classes", include_str!("builtin/complaint-classes.toml")),
    ("service-center", include_str!("builtin/service-center.toml")),
    ("community-opinion", include_str!("builtin/community-opinion.toml")),
    ("complaint-handling", include_str!("builtin/complaint-handling.toml")),
    ("property-complaint", include_str!("builtin/property-complaint.toml")),
    ("developer-complaint", include_str!("builtin/developer-complaint.toml")),
];

/// The profiles that a config names, with its overrides; `only` replaces all of them.
///
/// # Errors
/// When a name is unknown or an override does not fit.
pub fn load(config: &Config, only: &[String]) -> Result<Profiles, ConfigError> {
    let used = &config.profiles;
    let named: Vec<(Option<Subject>, &str)> = if only.is_empty() {
        let further = used.further.iter().map(|name| (None, name.as_str()));
        [
            (Some(Subject::Complaint), used.complaint.as_str()),
            (Some(Subject::Repair), used.repair.as_str()),
            (Some(Subject::Callback), used.callback.as_str()),
            (Some(Subject::Survey), used.survey.as_str()),
            (Some(Subject::Schedule), used.schedule.as_str()),
        ]
        .into_iter()
        .chain(further)
        .collect()
    } else {
        only.iter().map(|name| (None, name.as_str())).collect()
    };
    for name in config.overrides.keys() {
        if !named.iter().any(|(_, used)| used == name) {
            return Err(ConfigError::Value(format!(
                "[override.{name}]：没有用到这个规程 / this profile is not in use"
            )));
        }
    }
    let mut profiles = Profiles::default();
    for (subject, name) in named {
        if profiles.named(name).is_none() {
            profiles.all.push(one(name, config.overrides.get(name))?);
        }
        let Some(profile) = profiles.named(name) else { continue };
        let subjects = match subject {
            Some(subject) => vec![subject],
            // With `--profile` the first that rules a subject heads it.
            None if !only.is_empty() => profile.subjects.clone(),
            None => Vec::new(),
        };
        let name = profile.name.clone();
        for subject in subjects {
            profiles.heads.entry(subject).or_insert_with(|| name.clone());
        }
        if subject.is_none() {
            profiles.further.push(name);
        }
    }
    Ok(profiles)
}

fn one(name: &str, overrides: Option<&toml::Table>) -> Result<Profile, ConfigError> {
    let text = BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text).ok_or_else(|| {
        let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        let near = nearest(name, &known)
            .map_or_else(String::new, |near| format!("；是不是「{near}」？ / did you mean \"{near}\"?"));
        ConfigError::UnknownProfile { name: name.to_owned(), known: format!("{}{near}", known.join(", ")) }
    })?;
    let wrong = |error: toml::de::Error| ConfigError::Value(format!("规程 {name} / profile {name}: {error}"));
    let Some(overrides) = overrides else { return toml::from_str(text).map_err(wrong) };
    let mut table: toml::Table = toml::from_str(text).map_err(wrong)?;
    merge(&mut table, overrides);
    table.try_into().map_err(wrong)
}

/// Lays overrides over a profile: tables key by key, lists of entries by their `id`, everything else replaced.
fn merge(base: &mut toml::Table, over: &toml::Table) {
    for (key, value) in over {
        match (base.get_mut(key), value) {
            (Some(toml::Value::Table(base)), toml::Value::Table(over)) => merge(base, over),
            (Some(toml::Value::Array(base)), toml::Value::Array(over))
                if !over.is_empty() && over.iter().all(|entry| id_of(entry).is_some()) =>
            {
                merge_entries(base, over);
            }
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}

fn merge_entries(base: &mut Vec<toml::Value>, over: &[toml::Value]) {
    for entry in over {
        match (base.iter_mut().find(|known| id_of(known) == id_of(entry)), entry) {
            (Some(toml::Value::Table(known)), toml::Value::Table(entry)) => {
                // One limit given alone is meant for all cases: the limits by case go.
                if entry.contains_key("within") && !entry.contains_key("limit") {
                    known.remove("limit");
                }
                merge(known, entry);
            }
            _ => base.push(entry.clone()),
        }
    }
}

fn id_of(entry: &toml::Value) -> Option<&str> {
    entry.get("id").and_then(toml::Value::as_str)
}

/// Names of the built-in profiles and the subjects that each rules.
#[must_use]
pub fn list() -> BTreeMap<&'static str, Vec<Subject>> {
    BUILT_IN
        .iter()
        .filter_map(|(name, text)| toml::from_str::<Profile>(text).ok().map(|profile| (*name, profile.subjects)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_built_in_profile_is_right_and_bears_its_name() {
        for (name, text) in BUILT_IN {
            let profile: Result<Profile, _> = toml::from_str(text);
            assert_eq!(profile.map(|profile| profile.name).map_err(|error| error.to_string()), Ok((*name).to_owned()));
        }
    }

    #[test]
    fn every_entry_names_its_clause() {
        for (name, text) in BUILT_IN {
            let profile: Profile = toml::from_str(text).unwrap_or_else(|error| unreachable!("{name}: {error}"));
            let clauses = profile
                .classes
                .iter()
                .map(|class| &class.clause)
                .chain(profile.deadlines.iter().map(|deadline| &deadline.clause))
                .chain(profile.targets.iter().map(|target| &target.clause))
                .chain(profile.duties.iter().map(|duty| &duty.clause))
                .chain(profile.clauses.iter().map(|entry| &entry.clause));
            assert!(clauses.clone().all(|clause| !clause.is_empty()), "{name}");
        }
    }

    #[test]
    fn a_company_overrides_a_single_number_by_its_id() {
        let config: Config =
            toml::from_str("[[override.complaint-classes.deadline]]\nid = \"response\"\nwithin = \"12 h\"\n")
                .unwrap_or_default();
        let profiles = load(&config, &[]).unwrap_or_default();
        let response = profiles.named("complaint-classes").and_then(|profile| profile.deadlines.first().cloned());
        assert_eq!(
            response.as_ref().and_then(|deadline| deadline.within).map(|limit| limit.to_string()).as_deref(),
            Some("12 h")
        );
        assert_eq!(response.map(|deadline| deadline.limits.len()), Some(0), "one limit given alone is for all cases");
        let wrong = load(&Config::default(), &["complaint-clases".to_owned()]);
        assert!(wrong.is_err_and(|error| error.to_string().contains("是不是「complaint-classes」")));
    }
}
