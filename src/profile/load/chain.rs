//! The texts of which a profile is made: a file, what it extends, and so on down to one that extends nothing.

use std::path::{Path, PathBuf};

use toml::de::DeValue;

use super::BUILT_IN;
use super::source::{Finding, Sources};
use super::tree::parse_one;
use super::wording::did_you_mean;
use crate::config::files::{named_beside, names_beside, one_path, read_text};
use crate::config::{ConfigError, nearest};

/// A profile as somebody named it, found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Built in: name and text.
    BuiltIn(&'static str, &'static str),
    /// A file of the company.
    File(PathBuf),
}

/// The texts of a profile.
#[derive(Debug)]
pub(super) struct Chain {
    /// In the order in which they are laid over each other, each with how it is named to people.
    pub(super) texts: Vec<(String, String)>,
    /// The name of a file that does not say one: that of the file.
    pub(super) stem: Option<String>,
}

/// Finds a profile by its name, or by the path of its file.
///
/// # Errors
/// When there is none, or when a file takes the name of a built-in one.
pub(super) fn find(named: &str, paths_from: &Path, beside: &[&Path]) -> Result<Found, ConfigError> {
    if Path::new(named).extension().is_some_and(|ending| ending == "toml") {
        return Ok(Found::File(paths_from.join(named)));
    }
    let file = beside.iter().find_map(|folder| named_beside(folder, named));
    match (BUILT_IN.iter().find(|(name, _)| *name == named), file) {
        (Some(_), Some(file)) => Err(ConfigError::Value(format!(
            "{file} 与内置规程同名，请改名 / {file} bears the name of a built-in profile; give it another",
            file = file.display()
        ))),
        (Some((name, text)), None) => Ok(Found::BuiltIn(name, text)),
        (None, Some(file)) => Ok(Found::File(file)),
        (None, None) => Err(unknown(named, beside)),
    }
}

/// That there is no such profile, with those there are and the nearest of them.
fn unknown(named: &str, beside: &[&Path]) -> ConfigError {
    let own: Vec<String> = beside.iter().flat_map(|folder| names_beside(folder)).collect();
    let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).chain(own.iter().map(String::as_str)).collect();
    let near = nearest(named, &known)
        .map_or_else(String::new, |near| format!("；是不是「{near}」？ / did you mean \"{near}\"?"));
    ConfigError::UnknownProfile { name: named.to_owned(), known: format!("{}{near}", known.join(", ")) }
}

/// Reads a profile's text and those it extends.
///
/// # Errors
/// When a file cannot be read, extends what is not there, or extends itself.
pub(super) fn chain(found: Found, config_folder: &Path) -> Result<Chain, ConfigError> {
    let mut texts = Vec::new();
    let mut read: Vec<PathBuf> = Vec::new();
    let mut stem = None;
    let mut next = Some(found);
    while let Some(found) = next.take() {
        let path = match found {
            Found::BuiltIn(name, text) => {
                texts.push((format!("内置规程 / built-in profile {name}"), text.to_owned()));
                continue;
            }
            Found::File(path) => path,
        };
        let text = read_text(&path)?;
        let label = path.display().to_string();
        if read.is_empty() {
            stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        }
        read.push(one_path(&path));
        if let Some((extends, at)) = extends(&label, &text)? {
            let wrong = |zh: String, en: String| told(&label, &text, &Finding::new(Some(at.clone()), zh, en));
            let folder = path.parent().unwrap_or(Path::new(""));
            let below = match find(&extends, folder, &[folder, config_folder]) {
                Err(ConfigError::UnknownProfile { known, .. }) => {
                    return Err(wrong(
                        format!("没有规程「{extends}」；有：{known}"),
                        format!("there is no profile \"{extends}\" to extend"),
                    ));
                }
                found => found?,
            };
            if let Found::File(file) = &below {
                if !file.is_file() {
                    return Err(wrong(
                        format!("没有文件 {}；路径从本文件所在的文件夹算起", file.display()),
                        format!("there is no file {}; paths start at the folder of this file", file.display()),
                    ));
                }
                if read.contains(&one_path(file)) {
                    return Err(wrong(
                        format!("绕成了圈：{} 已经以本文件为基础", file.display()),
                        format!("a circle: {} extends this file already", file.display()),
                    ));
                }
            }
            next = Some(below);
        }
        texts.push((label, text));
    }
    texts.reverse();
    Ok(Chain { texts, stem })
}

/// What a text extends, and where it says so.
pub(super) fn extends(label: &str, text: &str) -> Result<Option<(String, std::ops::Range<usize>)>, ConfigError> {
    let table = parse_one(0, text).map_err(|finding| told(label, text, &finding))?;
    let Some(value) = table.get_ref().get("extends") else { return Ok(None) };
    match value.get_ref() {
        DeValue::String(name) => Ok(Some((name.to_string(), value.span()))),
        _ => Err(told(
            label,
            text,
            &Finding::new(
                Some(value.span()),
                "extends 应为一个规程的名称或文件路径，用英文双引号括起",
                "`extends` names one profile or the path of its file, as a string",
            ),
        )),
    }
}

/// A finding in one text.
fn told(label: &str, text: &str, finding: &Finding) -> ConfigError {
    let mut sources = Sources::default();
    sources.add(label.to_owned(), text.to_owned());
    ConfigError::Profile(sources.tell(std::slice::from_ref(finding)))
}

/// A finding about a place of the config.
pub(super) fn in_config(config: &crate::config::Config, path: &[&str], zh: String, en: String) -> ConfigError {
    let written = &config.written;
    let at = parse_one(0, &written.text).ok().and_then(|table| {
        let steps: Vec<super::tree::Part> = path.iter().map(|key| (*key).into()).collect();
        let (last, above) = steps.split_last()?;
        let super::tree::Part::Key(key) = last else { return None };
        super::tree::place_of_key(&table, above, key)
    });
    match at {
        Some(at) => told(&label_of(written), &written.text, &Finding::new(Some(at), zh, en)),
        None => ConfigError::Profile(format!("  {zh}\n  {en}")),
    }
}

/// How the config is named to people.
pub(super) fn label_of(written: &crate::config::Written) -> String {
    if written.path.as_os_str().is_empty() { "manyi.toml".to_owned() } else { written.path.display().to_string() }
}

/// The nearest of some names, in words.
pub(super) fn near(unknown: &str, known: &[String]) -> (String, String) {
    did_you_mean(unknown, &known.iter().map(String::as_str).collect::<Vec<_>>())
}
