//! The two dictionaries: every word on a page, by key.
//!
//! An entry is a text, or a text for one and a text for other numbers. `{name}` stands for what is filled in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::chart::text::shortened;
use super::format;
use crate::config::nearest;
use crate::problem::Language;

macro_rules! areas {
    ($($name:literal),* $(,)?) => {
        /// Name of each area of the dictionaries, and its text in Chinese and in English.
        const AREAS: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("words/zh/", $name, ".toml")),
            include_str!(concat!("words/en/", $name, ".toml")),
        )),*];
    };
}

// One file an area and language; a key stands in one area only.
areas![
    "analysis",
    "cards",
    "charts",
    "common",
    "documents",
    "index",
    "methods",
    "notices",
    "quality",
    "wall",
    "workbook"
];

static ZH: LazyLock<Words> = LazyLock::new(|| Words::read(Language::Zh));
static EN: LazyLock<Words> = LazyLock::new(|| Words::read(Language::En));

/// Why a file of texts cannot take the place of the built-in ones.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// The file is no TOML.
    #[error("{0}")]
    Syntax(String),
    /// A key that no page uses.
    #[error(
        "「{key}」不是页面用语的键{zh}；请改正或删去 / {key} is no key of the pages' texts{en}; correct or remove it",
        zh = nearest.as_ref().map_or_else(String::new, |near| format!("，最接近的是「{near}」")),
        en = nearest.as_ref().map_or_else(String::new, |near| format!("; the nearest is {near}"))
    )]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest known one.
        nearest: Option<String>,
    },
    /// A text with a placeholder that the program does not fill in.
    #[error(
        "「{key}」里的 {{{placeholder}}} 不会被填入；可用的有：{known} / {{{placeholder}}} in {key} is filled in by nothing; there are: {known}"
    )]
    UnknownPlaceholder {
        /// The key.
        key: String,
        /// The placeholder.
        placeholder: String,
        /// Those that the built-in text has.
        known: String,
    },
}

/// The wording of one language.
#[derive(Debug, Clone)]
pub struct Words {
    /// The language.
    pub(crate) language: Language,
    entries: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    one: Option<String>,
    other: String,
}

impl Words {
    /// The built-in dictionary of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    /// The built-in dictionary with texts of the company's own in place of some.
    ///
    /// # Errors
    /// When the text is no TOML, or has a key or a placeholder that the built-in dictionary does not have.
    pub fn replaced(language: Language, text: &str) -> Result<Self, WordsError> {
        let mut words = Self::of(language).clone();
        let table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| WordsError::Syntax(error.to_string()))?;
        let mut own = BTreeMap::new();
        collect(&toml::Value::Table(table), "", &mut own);
        for (key, entry) in own {
            let Some(known) = words.entries.get(&key) else {
                let known: Vec<&str> = words.entries.keys().map(String::as_str).collect();
                let nearest = nearest(&key, &known).map(str::to_owned);
                return Err(WordsError::UnknownKey { key, nearest });
            };
            let fillable = placeholders(&known.other);
            let wanted =
                placeholders(&entry.other).into_iter().chain(entry.one.iter().flat_map(|one| placeholders(one)));
            for placeholder in wanted {
                if !fillable.contains(placeholder) {
                    let placeholder = placeholder.to_owned();
                    let known = fillable.into_iter().collect::<Vec<_>>().join(", ");
                    return Err(WordsError::UnknownPlaceholder { key, placeholder, known });
                }
            }
            words.entries.insert(key, entry);
        }
        Ok(words)
    }

    /// A dictionary that cannot be read is empty, and every key shows itself; a test reads both.
    fn read(language: Language) -> Self {
        let mut entries = BTreeMap::new();
        for (_, zh, en) in AREAS {
            let text = if language == Language::Zh { zh } else { en };
            let table: toml::Table = text.parse().unwrap_or_default();
            collect(&toml::Value::Table(table), "", &mut entries);
        }
        Self { language, entries }
    }

    /// Every text, that for one and that for other numbers.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.entries.values().flat_map(|entry| entry.one.iter().chain([&entry.other])).map(String::as_str)
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

    /// Why something was left out of a metric. Of answers `unknown` is one that nobody can read, of all else what the data do not tell.
    pub(crate) fn reason(&self, metric: &str, reason: &str) -> String {
        const OF_ANSWERS: [&str; 4] =
            ["callback.satisfied_share", "callback.punctuality", "callback.attitude", "callback.quality"];
        if reason != "unknown" || metric.starts_with("survey.") || OF_ANSWERS.contains(&metric) {
            return self.code("excluded", reason);
        }
        let own = format!("excluded.unknown_{}", metric.rsplit('.').next().unwrap_or_default());
        self.say(if self.has(&own) { &own } else { "excluded.untold" }, &[])
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

/// What a text wants filled in.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_dictionaries_have_the_same_keys_and_placeholders() {
        let mut seen = BTreeSet::new();
        for (name, zh, en) in AREAS {
            for text in [zh, en] {
                let table = text.parse::<toml::Table>();
                assert!(table.is_ok(), "{name}: {:?}", table.err());
            }
            let mut own = BTreeMap::new();
            collect(&toml::Value::Table(zh.parse().unwrap()), "", &mut own);
            for key in own.into_keys() {
                assert!(seen.insert(key.clone()), "{key} of {name} stands in another area too");
            }
        }
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
    fn every_kind_of_page_that_the_index_lists_has_a_name_in_both_languages() {
        let listed = crate::report::pages::KINDS.iter().map(|kind| kind.template.trim_end_matches(".html"));
        for kind in listed.filter(|kind| !["index", "community"].contains(kind)) {
            for words in [&*ZH, &*EN] {
                assert!(words.has(&format!("page.{kind}")), "{kind} has no name");
            }
        }
    }

    #[test]
    fn every_code_that_a_page_may_name_has_a_name_in_both_languages() {
        let steps = crate::step::Step::ALL.map(|step| ("step", step.column()));
        let outcomes = crate::metrics::outcome::EXCLUDED.map(|(_, reason)| ("excluded", reason));
        let others = ["no_number", "no_opinion", "open", "unknown"].map(|reason| ("excluded", reason));
        let ages =
            ["under_3_days", "3_to_7_days", "7_to_15_days", "15_to_30_days", "over_30_days"].map(|age| ("age", age));
        for (group, code) in steps.into_iter().chain(outcomes).chain(others).chain(ages) {
            for words in [&*ZH, &*EN] {
                assert!(words.has(&format!("{group}.{code}")), "{group}.{code} has no name");
            }
        }
        for step in crate::step::Step::ALL {
            let name = ZH.code("step", step.column());
            assert!(!name.chars().any(|c| c.is_ascii_lowercase()), "{name}");
        }
    }

    #[test]
    fn a_text_of_ones_own_takes_the_place_of_the_built_in_one() {
        let words = Words::replaced(Language::Zh, "[amount]\ncase = \"{n}宗\"").unwrap();
        assert_eq!(words.number("amount.case", 3.0, &[]), "3宗");
        assert_eq!(words.number("amount.form", 3.0, &[]), "3份");
        let error = |text: &str| Words::replaced(Language::Zh, text).unwrap_err().to_string();
        assert!(error("[amount]\ncsae = \"{n}宗\"").contains("amount.case"));
        assert!(error("[amount]\ncase = \"{m}宗\"").contains("可用的有：n"));
        assert!(error("amount = ").contains("line 1"));
    }

    #[test]
    fn english_has_plurals_and_a_brace_stays_a_brace() {
        assert_eq!(EN.number("amount.complaint", 1.0, &[]), "1 complaint");
        assert_eq!(EN.number("amount.complaint", 1_200.0, &[]), "1,200 complaints");
        assert_eq!(ZH.number("amount.complaint", 1.0, &[]), "1件投诉");
        assert_eq!(filled("{a}{b}", &[("a", "{b}"), ("b", "x")]), "{b}x");
    }
}
