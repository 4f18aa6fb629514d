//! `manyi.toml`: what a company says about itself, its procedures and its files.

mod budget;
mod calendar;
pub mod files;
mod nearest;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use budget::Budget;
pub use calendar::{CalendarEntry, CommunityCalendar, DayEntry, PauseEntry, RosterEntry};
pub use nearest::nearest;

/// A config to begin with: every key with its default or an example, commented in Chinese and English. As it stands it says
/// nothing.
pub const TEMPLATE: &str = include_str!("template.toml");

/// The config. Every part may be left out; unknown keys are errors.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The company.
    pub organisation: Organisation,
    /// As-of date (`"2025-12-31"`), for archives whose cases were closed after the last one came in; `--as-of` goes before it.
    pub as_of: Option<chrono::NaiveDate>,
    /// Which profile rules which subject.
    #[serde(rename = "use")]
    pub profiles: UsedProfiles,
    /// Communities.
    pub community: Vec<CommunityEntry>,
    /// Departments.
    pub department: Vec<DepartmentEntry>,
    /// Department by category, for records that name none.
    pub category_department: BTreeMap<String, String>,
    /// Further header labels by field.
    pub alias: BTreeMap<String, Vec<String>>,
    /// How foreign files are to be read.
    pub source: Vec<SourceEntry>,
    /// When people are on duty.
    pub calendar: CalendarEntry,
    /// Overrides of profile entries: profile name → the same tables as in the profile, matched by `id`.
    #[serde(rename = "override")]
    pub overrides: BTreeMap<String, toml::Table>,
    /// Limits on one input file.
    pub budget: Budget,
    /// Where this was written, and how: errors of profiles point there.
    #[serde(skip)]
    pub written: Written,
}

/// A config as it was written.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// Its file; empty where there is none.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

impl Written {
    /// The folder of the config; the working folder where there is no config.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// The company.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Organisation {
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: String,
}

/// Which profile rules which subject: a name of a built-in one, the name of a file beside the config, or a path to one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UsedProfiles {
    /// Complaints.
    pub complaint: String,
    /// Repairs.
    pub repair: String,
    /// Callbacks.
    pub callback: String,
    /// Surveys.
    pub survey: String,
    /// Dates of publication and hand-over.
    pub schedule: String,
    /// Further profiles: they give facts and a section, never a headline.
    pub further: Vec<String>,
    /// Other profiles for single communities, by id: `[use.community.<id>]`.
    pub community: BTreeMap<String, CommunityProfiles>,
}

/// Which profile rules which subject in one community; what is not said is as for all.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CommunityProfiles {
    /// Complaints.
    pub complaint: Option<String>,
    /// Repairs.
    pub repair: Option<String>,
    /// Callbacks.
    pub callback: Option<String>,
    /// Surveys.
    pub survey: Option<String>,
    /// Dates of publication and hand-over.
    pub schedule: Option<String>,
}

impl Default for UsedProfiles {
    fn default() -> Self {
        Self {
            complaint: "complaint-classes".to_owned(),
            repair: "service-center".to_owned(),
            callback: "service-center".to_owned(),
            survey: "survey-procedure".to_owned(),
            schedule: "survey-procedure".to_owned(),
            further: Vec::new(),
            community: BTreeMap::new(),
        }
    }
}

/// A community.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommunityEntry {
    /// Id for paths and facts: small letters, digits and hyphens.
    pub id: String,
    /// Name.
    pub name: String,
    /// Other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// All households.
    pub households: Option<u32>,
    /// Occupied households.
    pub occupied: Option<u32>,
    /// When people moved in.
    pub moved_in: Option<chrono::NaiveDate>,
    /// Its own week, where it has one.
    pub calendar: Option<CommunityCalendar>,
}

/// A department.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DepartmentEntry {
    /// Id for paths and facts.
    pub id: String,
    /// Name.
    pub name: String,
    /// Other names in use.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// How files of a foreign layout are to be read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SourceEntry {
    /// Pattern on the path below the input folder: `*` within a folder, `**` over folders.
    pub path: String,
    /// Kind of table.
    pub kind: String,
    /// Only the sheet of this name.
    pub sheet: Option<String>,
    /// Row of the header, from 1; 0 where there is none.
    pub header_row: Option<u32>,
    /// Rows of the header, from that row on; 1 where it is not said.
    pub header_rows: Option<u32>,
    /// Header text (of a header of several rows its parts joined by `/`), or column letters → field.
    pub columns: BTreeMap<String, String>,
    /// Order of day and month in `03/05/2025`.
    pub date_order: Option<crate::moment::DateOrder>,
    /// What a date without a time stands for; without this it stands for the whole day.
    pub date_without_time: Option<String>,
    /// Encoding of a text file.
    pub encoding: Option<String>,
    /// Community of all rows.
    pub community: Option<String>,
    /// Period to which all rows are counted, such as `2025-H1` for a survey or `2025-03` for a register.
    pub period: Option<String>,
    /// Highest score of the scale: 5, 10 or 100.
    pub score_highest: Option<u16>,
}

/// Why a config cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file could not be read.
    #[error(
        "读不了配置文件 {path}：{source}；请检查路径与权限 / cannot read the config {path}: {source}; check the path and its permissions"
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file says something that is not understood.
    #[error("配置文件 {path} 有误，请按提示改正 / the config {path} is wrong, please mend it:\n{message}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What, with line and column.
        message: String,
    },
    /// A profile that nobody knows.
    #[error("没有规程「{name}」 / no such profile; known: {known}")]
    UnknownProfile {
        /// The name asked for.
        name: String,
        /// The names there are, and the nearest one.
        known: String,
    },
    /// Profiles that are wrong: each mistake with its file, line and column.
    #[error("规程有误，请按提示改正 / a procedure is wrong, please mend it:\n{0}")]
    Profile(String),
    /// A value that does not fit the rest.
    #[error("配置有误 / the config is wrong: {0}")]
    Value(String),
}

impl Config {
    /// Finds the config: the file named, else `manyi.toml` in the input folder, else in the working folder; else the default.
    ///
    /// # Errors
    /// When the file cannot be read or is wrong.
    pub fn find(named: Option<&Path>, input: &Path) -> Result<(Self, Option<PathBuf>), ConfigError> {
        let path = match named {
            Some(path) => Some(path.to_path_buf()),
            None => Self::looked_for(input).into_iter().find(|path| path.is_file()),
        };
        match path {
            Some(path) => Ok((Self::load(&path)?, Some(path))),
            None => Ok((Self::default(), None)),
        }
    }

    /// Where a config is looked for that is not named, the first that is there.
    #[must_use]
    pub fn looked_for(input: &Path) -> [PathBuf; 2] {
        [input.join("manyi.toml"), PathBuf::from("manyi.toml")]
    }

    /// Reads a config file.
    ///
    /// # Errors
    /// When the file cannot be read or is wrong.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| ConfigError::Io { path: path.to_path_buf(), source })?;
        let mut config =
            Self::parse(&text).map_err(|message| ConfigError::Wrong { path: path.to_path_buf(), message })?;
        config.written.path = path.to_path_buf();
        Ok(config)
    }

    /// Reads the text of a config file.
    ///
    /// # Errors
    /// When it is wrong: what, with line and column where it is no config at all.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut config: Self = toml::from_str(text).map_err(|error| with_nearest_key(&error.to_string()))?;
        config.check()?;
        text.clone_into(&mut config.written.text);
        Ok(config)
    }

    /// Ids become paths: nothing but small letters, digits and hyphens, each once.
    fn check(&self) -> Result<(), String> {
        let ids = self
            .community
            .iter()
            .map(|c| ("community", &c.id))
            .chain(self.department.iter().map(|d| ("department", &d.id)));
        let mut seen = std::collections::BTreeSet::new();
        for (table, id) in ids {
            let plain = !id.is_empty()
                && id.len() <= 40
                && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if !plain || id == "none" {
                return Err(format!(
                    "[[{table}]] id = \"{id}\"：只能用小写字母、数字和连字符，且不能是 none / use small letters, digits and hyphens only, and not \"none\""
                ));
            }
            if !seen.insert((table, id)) {
                return Err(format!("[[{table}]] id = \"{id}\" 出现了两次 / stands twice"));
            }
        }
        Ok(())
    }
}

/// Adds the nearest known key to serde's message about an unknown one.
fn with_nearest_key(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((unknown, known)) if message.contains("unknown field") && !known.is_empty() => {
            match nearest(unknown, known) {
                Some(near) => format!(
                    "{message}\n不认得「{unknown}」，是不是「{near}」？ / unknown key \"{unknown}\"; did you mean \"{near}\"?"
                ),
                None => message.to_owned(),
            }
        }
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod template_tests;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_an_error_that_names_the_nearest_known_key() {
        let error = toml::from_str::<Config>("[organisation]\nnam = \"x\"\n")
            .err()
            .map(|error| with_nearest_key(&error.to_string()));
        let message = error.unwrap_or_default();
        assert!(message.contains("是不是「name」"), "{message}");
        assert!(message.contains("line 2"), "{message}");
    }

    #[test]
    fn an_id_that_would_not_do_as_a_path_is_refused() {
        let config: Config = toml::from_str("[[community]]\nid = \"../x\"\nname = \"y\"\n").unwrap_or_default();
        assert!(config.check().is_err());
    }
}
