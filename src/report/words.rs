//! The two dictionaries: every word on a page, by key.
//!
//! An entry is a text, or a text for one and a text for other numbers. `{name}` stands for what is filled in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::chart::text::shortened;
use super::format;
use crate::problem::Language;

static ZH: LazyLock<Words> = LazyLock::new(|| Words::read(Language::Zh, include_str!("words/zh.toml")));
static EN: LazyLock<Words> = LazyLock::new(|| Words::read(Language::En, include_str!("words/en.toml")));

/// The wording of one language.
#[derive(Debug)]
pub(crate) struct Words {
    /// The language.
    pub(crate) language: Language,
    entries: BTreeMap<String, Entry>,
}

#[derive(Debug)]
struct Entry {
    one: Option<String>,
    other: String,
}

impl Words {
    /// The dictionary of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    /// A dictionary that cannot be read is empty, and every key shows itself; a test reads both.
    fn read(language: Language, text: &str) -> Self {
        let mut entries = BTreeMap::new();
        let table: toml::Table = text.parse().unwrap_or_default();
        collect(&toml::Value::Table(table), "", &mut entries);
        Self { language, entries }
    }

    /// Whether the key exists.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The text of a key, filled in. A key that does not exist shows itself.
    pub(crate) fn say(&self, key: &str, fill: &[(&str, &str)]) -> String {
        self.entries.get(key).map_or_else(|| key.to_owned(), |entry| filled(&entry.other, fill))
    }

    /// The text of a key for a number, which fills `{n}`.
    pub(crate) fn number(&self, key: &str, number: f64, fill: &[(&str, &str)]) -> String {
        let Some(entry) = self.entries.get(key) else { return key.to_owned() };
        let one = (number - 1.0).abs() < f64::EPSILON;
        let text = entry.one.as_ref().filter(|_| one).unwrap_or(&entry.other);
        let number = format::count(number);
        let mut all = vec![("n", number.as_str())];
        all.extend_from_slice(fill);
        filled(text, &all)
    }

    /// The text of `group.code`, or the code itself where the dictionary does not know it.
    pub(crate) fn code(&self, group: &str, code: &str) -> String {
        let key = format!("{group}.{code}");
        if self.has(&key) { self.say(&key, &[]) } else { code.to_owned() }
    }

    /// Joins the parts of a list.
    pub(crate) fn list(&self, parts: &[String]) -> String {
        parts.join(&self.say("join.list", &[]))
    }

    /// Joins names in a sentence, long ones cut; the table beside has them in full.
    pub(crate) fn names(&self, names: &[&str]) -> String {
        self.list(&names.iter().map(|name| Self::short(name)).collect::<Vec<_>>())
    }

    /// A name as short as a sentence bears.
    pub(crate) fn short(name: &str) -> String {
        const EM: f64 = 16.0;
        shortened(name, EM)
    }

    /// A title within a sentence: English ones lose their capital.
    pub(crate) fn inside(&self, title: &str) -> String {
        let mut characters = title.chars();
        match (self.language, characters.next()) {
            (Language::En, Some(first)) if characters.clone().next().is_some_and(char::is_lowercase) => {
                first.to_lowercase().chain(characters).collect()
            }
            _ => title.to_owned(),
        }
    }

    /// A text at the beginning of a line: English ones get a capital.
    pub(crate) fn opening(&self, text: &str) -> String {
        let mut characters = text.chars();
        match (self.language, characters.next()) {
            (Language::En, Some(first)) => first.to_uppercase().chain(characters).collect(),
            _ => text.to_owned(),
        }
    }

    /// Joins clauses to one sentence.
    pub(crate) fn sentence(&self, clauses: &[String]) -> String {
        let mut text = clauses.join(&self.say("join.clause", &[]));
        text.push_str(&self.say("join.stop", &[]));
        text
    }

    /// Joins whole sentences.
    pub(crate) fn sentences(&self, sentences: &[String]) -> String {
        sentences.join(&self.say("join.sentence", &[]))
    }
}

/// Fills in one pass, so that a brace in what is filled in stays a brace.
fn filled(text: &str, fill: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| at + open) else { break };
        out.push_str(&rest[..open]);
        let name = &rest[open + 1..close];
        match fill.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

fn collect(value: &toml::Value, key: &str, entries: &mut BTreeMap<String, Entry>) {
    match value {
        toml::Value::String(text) => {
            entries.insert(key.to_owned(), Entry { one: None, other: text.clone() });
        }
        toml::Value::Table(table) => {
            if let (Some(one), Some(other)) = (table.get("one"), table.get("other")) {
                let text = |value: &toml::Value| value.as_str().unwrap_or_default().to_owned();
                entries.insert(key.to_owned(), Entry { one: Some(text(one)), other: text(other) });
                return;
            }
            for (name, value) in table {
                let inner = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                collect(value, &inner, entries);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn placeholders(text: &str) -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
    }

    #[test]
    fn both_dictionaries_have_the_same_keys_and_placeholders() {
        assert!(
            include_str!("words/zh.toml").parse::<toml::Table>().is_ok(),
            "{:?}",
            include_str!("words/zh.toml").parse::<toml::Table>().err()
        );
        assert!(
            include_str!("words/en.toml").parse::<toml::Table>().is_ok(),
            "{:?}",
            include_str!("words/en.toml").parse::<toml::Table>().err()
        );
        let keys = |words: &Words| words.entries.keys().cloned().collect::<BTreeSet<_>>();
        let only: Vec<_> = keys(&ZH).symmetric_difference(&keys(&EN)).cloned().collect();
        assert!(only.is_empty(), "in one dictionary only: {only:?}");
        for (key, zh) in &ZH.entries {
            let en = &EN.entries[key];
            assert_eq!(placeholders(&zh.other), placeholders(&en.other), "{key}");
            if let Some(one) = &en.one {
                assert!(placeholders(one).is_subset(&placeholders(&en.other)), "{key}");
            }
        }
    }

    #[test]
    fn every_key_in_the_code_exists() {
        let mut missing = BTreeSet::new();
        let groups: BTreeSet<&str> = ZH.entries.keys().filter_map(|key| Some(key.split_once('.')?.0)).collect();
        for source in sources(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/report"))) {
            let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            for call in ["say(\"", "number(\""] {
                for rest in code.split(call).skip(1) {
                    let key = rest.split('"').next().unwrap_or_default();
                    if !ZH.has(key) {
                        missing.insert(key.to_owned());
                    }
                }
            }
            // Keys that go through a variable. Groups whose names are those of metrics cannot be told from metrics.
            for key in code.split('"').filter(|text| text.chars().all(|c| c.is_ascii_lowercase() || "._".contains(c))) {
                let group = key.split_once('.').map_or("", |(group, _)| group);
                let is_group =
                    !group.is_empty() && !["complaint", "survey", "repair"].contains(&group) && groups.contains(group);
                if is_group && !key.ends_with('.') && !key.ends_with("html") && !ZH.has(key) {
                    missing.insert(key.to_owned());
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    fn sources(folder: &std::path::Path) -> Vec<String> {
        let mut texts = Vec::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                texts.extend(sources(&path));
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                texts.extend(std::fs::read_to_string(&path));
            }
        }
        texts
    }

    #[test]
    fn english_has_plurals_and_a_brace_stays_a_brace() {
        assert_eq!(EN.number("amount.complaint", 1.0, &[]), "1 complaint");
        assert_eq!(EN.number("amount.complaint", 1_200.0, &[]), "1,200 complaints");
        assert_eq!(ZH.number("amount.complaint", 1.0, &[]), "1件投诉");
        assert_eq!(filled("{a}{b}", &[("a", "{b}"), ("b", "x")]), "{b}x");
    }
}
