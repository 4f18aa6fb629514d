//! Whether a profile that is understood can be right: what no type tells.
//!
//! Each mistake names the places that take part in it, so that it is told where the latest text said it.

mod cases;
mod deadlines;
mod documents;
mod duties;
mod figures;
mod rules;
mod surveys;
mod texts;

pub(crate) use texts::check_texts;

use super::load::tree::Part;
use super::load::wording::did_you_mean;
use super::schema::{Profile, Subject};

/// A way to a value of the profile's TOML.
pub(super) type Way = Vec<Part>;

/// The way to a value, of keys and numbers of entries.
macro_rules! way {
    ($($part:expr),* $(,)?) => { vec![$($crate::profile::load::tree::Part::from($part)),*] };
}
use way;

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Ways to all values that take part in it, the first to be blamed first.
    pub(crate) places: Vec<Way>,
    /// The id of an entry that is missed.
    pub(crate) id: Option<String>,
    /// In Chinese.
    pub(crate) zh: String,
    /// In English.
    pub(crate) en: String,
}

/// All that is wrong with a profile, in the order of its tables.
#[must_use]
pub(crate) fn check(profile: &Profile) -> Vec<Mistake> {
    let mut found = Found::default();
    subjects(profile, &mut found);
    cases::check(profile, &mut found);
    deadlines::check(profile, &mut found);
    duties::check(profile, &mut found);
    documents::check(profile, &mut found);
    surveys::check(profile, &mut found);
    figures::check(profile, &mut found);
    found.mistakes
}

/// Gathers mistakes.
#[derive(Debug, Default)]
pub(super) struct Found {
    mistakes: Vec<Mistake>,
}

impl Found {
    /// A mistake at a place.
    pub(super) fn at(&mut self, place: Way, zh: impl Into<String>, en: impl Into<String>) {
        self.among(vec![place], zh, en);
    }

    /// A mistake in which several places take part.
    pub(super) fn among(&mut self, places: Vec<Way>, zh: impl Into<String>, en: impl Into<String>) {
        self.mistakes.push(Mistake { places, id: None, zh: zh.into(), en: en.into() });
    }

    /// A word that names nothing there is.
    pub(super) fn unknown(&mut self, place: Way, what: (&str, &str), word: &str, known: &[&str]) {
        let (near_zh, near_en) = did_you_mean(word, known);
        let (list_zh, list_en) = if known.is_empty() {
            ("这个规程里一个也没有".to_owned(), "this profile has none".to_owned())
        } else if known.len() > MOST_LISTED {
            (format!("共有 {} 个", known.len()), format!("there are {}", known.len()))
        } else {
            (format!("有：{}", known.join("、")), format!("there are: {}", known.join(", ")))
        };
        self.mistakes.push(Mistake {
            places: vec![place],
            id: Some(word.to_owned()),
            zh: format!("没有{}「{word}」{near_zh}；{list_zh}", what.0),
            en: format!("there is no {} \"{word}\"{near_en}; {list_en}", what.1),
        });
    }

    /// Ids that are part of metrics' names: plain, and each once.
    pub(super) fn ids<K: PartialEq>(&mut self, list: &str, ids: &[(&str, K)]) {
        for (at, (id, qualifier)) in ids.iter().enumerate() {
            self.plain_id(way![list, at, "id"], id);
            if let Some(first) = ids[..at].iter().position(|(known, of)| known == id && of == qualifier) {
                self.among(
                    vec![way![list, at, "id"], way![list, first, "id"]],
                    format!("[[{list}]] 的 id「{id}」出现了两次（第 {} 条和第 {} 条），请改名", first + 1, at + 1),
                    format!(
                        "[[{list}]]: the id \"{id}\" stands twice, in entries {} and {}; rename one",
                        first + 1,
                        at + 1
                    ),
                );
            }
        }
    }

    /// An id of letters, digits, hyphens and underscores.
    pub(super) fn plain_id(&mut self, place: Way, id: &str) {
        let is_plain = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !is_plain {
            self.at(
                place,
                format!("id「{id}」：只能用字母、数字、连字符和下划线"),
                format!("the id \"{id}\": letters, digits, hyphens and underscores only"),
            );
        }
    }

    /// Numbers that must not be nought.
    pub(super) fn not_nought(&mut self, place: Way, number: u64) {
        if number == 0 {
            self.at(place, "不能是 0，应为 1 或更大的整数", "0 cannot be meant; write a whole number of 1 or more");
        }
    }

    /// A subject that an entry is about must be one that the profile rules, and one with cases.
    pub(super) fn of_cases(&mut self, place: Way, subject: Subject, profile: &Profile) {
        let word = subject.word();
        if !subject.is_case() {
            self.at(
                place,
                format!("subject「{word}」没有逐件的登记；可以写 complaint 或 repair"),
                format!("the subject \"{word}\" has no cases; write complaint or repair"),
            );
        } else if !profile.subjects.contains(&subject) {
            self.among(
                vec![place, way!["subjects"]],
                format!("用到了 {word}，但开头的 subjects 里没有它"),
                format!("{word} is used here but does not stand in `subjects` at the top"),
            );
        }
    }
}

/// More names than this are not listed.
const MOST_LISTED: usize = 24;

/// What the profile rules.
fn subjects(profile: &Profile, found: &mut Found) {
    if profile.subjects.is_empty() {
        found.at(
            way!["subjects"],
            "subjects 是空的；写明管哪些：complaint、repair、callback、survey、schedule",
            "`subjects` is empty; say what the profile rules: complaint, repair, callback, survey, schedule",
        );
    }
    for (at, subject) in profile.subjects.iter().enumerate() {
        if profile.subjects[..at].contains(subject) {
            let word = subject.word();
            found.at(way!["subjects", at], format!("{word} 写了两次"), format!("{word} stands twice"));
        }
    }
}
