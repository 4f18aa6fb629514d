//! One profile: its texts read, laid over each other, understood and checked.

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::chain::{chain, find, label_of};
use super::merge::{Notes, lay_all};
use super::source::{Finding, Sources};
use super::tree::{Table, parse, place_of};
use super::wording::understood;
use crate::config::{Config, ConfigError};
use crate::profile::check::{Mistake, check, check_texts};
use crate::profile::schema::Profile;

/// What belongs to a profile's name and source, and no override can change.
const OWN: [&str; 2] = ["name", "extends"];

/// Reads a profile with the overrides of the config.
///
/// # Errors
/// With all that is wrong with it.
pub(super) fn read(named: &str, paths_from: &std::path::Path, config: &Config) -> Result<Profile, ConfigError> {
    let folder = config.written.folder();
    let chain = chain(find(named, paths_from, &[folder])?, folder)?;
    let mut sources = Sources::default();
    for (label, text) in chain.texts {
        sources.add(label, text);
    }
    let name = name_of(&sources, chain.stem.as_deref())?;
    let has_overrides = config.overrides.contains_key(&name);
    if has_overrides {
        sources.add(label_of(&config.written), text_with_overrides(config));
    }
    made(&sources, &name, has_overrides).map_err(|findings| ConfigError::Profile(sources.tell(&findings)))
}

/// The config's text; of a config that was not read from a text, its overrides written anew.
fn text_with_overrides(config: &Config) -> String {
    if config.written.text.is_empty() {
        let overrides = std::collections::BTreeMap::from([("override", &config.overrides)]);
        return toml::to_string(&overrides).unwrap_or_default();
    }
    config.written.text.clone()
}

/// The name of the profile: of its topmost text, else of its file.
fn name_of(sources: &Sources, stem: Option<&str>) -> Result<String, ConfigError> {
    let wrong = |finding: Finding| ConfigError::Profile(sources.tell(&[finding]));
    let tables = parse(sources).map_err(wrong)?;
    let said = tables.last().and_then(|top| top.get_ref().get("name"));
    let name = match said.map(|name| (name.get_ref(), name.span())) {
        Some((DeValue::String(name), _)) => name.to_string(),
        Some((_, at)) => {
            return Err(wrong(Finding::new(Some(at), "name 应为文字", "`name` is a text in double quotes")));
        }
        None => stem.unwrap_or_default().to_owned(),
    };
    let at = said.map(Spanned::span).or_else(|| tables.last().map(Spanned::span));
    let is_plain =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_plain {
        return Err(wrong(Finding::new(
            at,
            format!("规程名「{name}」：只能用小写字母、数字和连字符；文件名不合适时请写明 name = \"…\""),
            format!(
                "the name \"{name}\" of the profile: small letters, digits and hyphens only; where the file's name will not do, say name = \"…\""
            ),
        )));
    }
    if stem.is_some() && super::BUILT_IN.iter().any(|(known, _)| *known == name) {
        return Err(wrong(Finding::new(
            at,
            format!("「{name}」是内置规程的名称，自家的规程请另取名"),
            format!("\"{name}\" is the name of a built-in profile; give your own another"),
        )));
    }
    Ok(name)
}

/// Lays the texts over each other and understands what they come to.
fn made(sources: &Sources, name: &str, has_overrides: bool) -> Result<Profile, Vec<Finding>> {
    let mut tables = parse(sources).map_err(|finding| vec![finding])?;
    let mut notes = Notes::default();
    let over =
        if has_overrides { tables.pop().and_then(|config| overrides_of(config, name, &mut notes)) } else { None };
    for table in &mut tables {
        table.get_mut().remove("extends");
    }
    if let Some(top) = tables.last_mut()
        && !top.get_ref().contains_key("name")
    {
        let at = top.span();
        top.get_mut()
            .insert(Spanned::new(at.clone(), "name".into()), Spanned::new(at, DeValue::String(name.to_owned().into())));
    }
    tables.extend(over);
    let Some(table) = lay_all(tables, &mut notes) else { return Err(notes.findings) };
    if !notes.findings.is_empty() {
        return Err(notes.findings);
    }
    let profile = Profile::deserialize(toml::de::Deserializer::from(table.clone()))
        .map_err(|error| vec![understood(error.message(), error.span())])?;
    let mut findings = check_texts(&table);
    findings.extend(check(&profile).iter().map(|mistake| found(mistake, &table, &notes, sources)));
    if findings.is_empty() { Ok(profile) } else { Err(findings) }
}

/// The overrides of a profile in the config.
fn overrides_of<'t>(config: Table<'t>, name: &str, notes: &mut Notes) -> Option<Table<'t>> {
    let DeValue::Table(mut all) = config.into_inner().remove("override")?.into_inner() else { return None };
    let over = all.remove(name)?;
    let span = over.span();
    let DeValue::Table(over) = over.into_inner() else { return None };
    for key in OWN {
        if let Some((key, _)) = over.get_key_value(key) {
            let name = key.get_ref();
            notes.findings.push(Finding::new(
                Some(key.span()),
                format!("[override] 不能改 {name}；请另写一个规程文件，以 extends 写明以哪个为基础"),
                format!("[override] cannot change `{name}`; write a profile of your own that says what it `extends`"),
            ));
        }
    }
    Some(Spanned::new(span, over))
}

/// Puts a mistake in its place: of all that take part in it, where the latest text says it.
fn found(mistake: &Mistake, table: &Table<'_>, notes: &Notes, sources: &Sources) -> Finding {
    // What is missed by its id, or as part of a metric's name, may be what was removed.
    let is_missed = |removed: &str| {
        mistake.id.as_ref().is_some_and(|id| id.split('.').any(|part| part == removed) || id == removed)
    };
    let removed = notes.removed.iter().find(|(removed, _)| is_missed(removed));
    let mut places: Vec<std::ops::Range<usize>> = mistake.places.iter().map(|path| place_of(table, path)).collect();
    places.extend(removed.map(|(_, at)| at.clone()));
    // The first of the latest text.
    let at = places.into_iter().rev().max_by_key(|place| sources.layer(place.start));
    let (mut zh, mut en) = (mistake.zh.clone(), mistake.en.clone());
    if let Some((id, _)) = removed {
        zh = format!("{zh}；这里删去了「{id}」，用到它的条目也要删去或改写");
        en = format!("{en}; \"{id}\" is removed here: remove or change what uses it too");
    }
    Finding::new(at, zh, en)
}

/// The TOML of a profile as it is written: of a file of the company, what the file says.
///
/// # Errors
/// When there is none, or its file cannot be read.
pub fn text_of(named: &str, config: &Config) -> Result<String, ConfigError> {
    match find(named, std::path::Path::new(""), &[config.written.folder()])? {
        super::chain::Found::BuiltIn(_, text) => Ok(text.to_owned()),
        super::chain::Found::File(path) => crate::config::files::read_text(&path),
    }
}

/// A profile as it is in force: extended and overridden.
///
/// # Errors
/// When there is none, or it is wrong.
pub fn one(named: &str, config: &Config) -> Result<Profile, ConfigError> {
    read(named, std::path::Path::new(""), config)
}

/// The TOML of a profile as it is in force: extended and overridden, every default left out.
///
/// # Errors
/// When there is none, or it is wrong.
pub fn effective(named: &str, config: &Config) -> Result<String, ConfigError> {
    let profile = one(named, config)?;
    toml::to_string(&profile).map_err(|error| ConfigError::Value(error.to_string()))
}

/// Checks a text that stands for itself, such as a built-in profile.
///
/// # Errors
/// With all that is wrong with it.
#[cfg(test)]
pub(super) fn standing(text: &str) -> Result<Profile, ConfigError> {
    let mut sources = Sources::default();
    sources.add("text".to_owned(), text.to_owned());
    let name = name_of(&sources, None)?;
    made(&sources, &name, false).map_err(|findings| ConfigError::Profile(sources.tell(&findings)))
}
