//! Which class a case is of, and which rules of a profile hold for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::profile::schema::{Class, Profile, Rule, Subject};

/// What a rule can look at, besides the text.
#[derive(Debug, Clone, Copy)]
pub(in crate::metrics) struct Facets<'a> {
    /// Class as written.
    pub class: Option<&'a str>,
    /// Category.
    pub category: Option<&'a str>,
    /// Channel.
    pub channel: Option<&'a str>,
    /// Marked as major.
    pub major: Option<bool>,
    /// Marked as urgent.
    pub urgent: Option<bool>,
}

/// Whether a rule holds, as far as the facets tell; working hours are judged by the caller.
pub(in crate::metrics) fn holds(rule: &Rule, facets: &Facets<'_>, text: Option<&str>, class_id: Option<&str>) -> bool {
    let any = |words: &[String], found: Option<&str>| {
        words.is_empty() || found.is_some_and(|found| words.iter().any(|word| found.contains(word.as_str())))
    };
    any(&rule.class, facets.class)
        && any(&rule.category, facets.category)
        && any(&rule.channel, facets.channel)
        && (rule.words.is_empty() || any(&rule.words, facets.category) || any(&rule.words, text))
        && rule.major.is_none_or(|wanted| facets.major.unwrap_or(false) == wanted)
        && rule.urgent.is_none_or(|wanted| facets.urgent.unwrap_or(false) == wanted)
        && (rule.of_class.is_empty() || class_id.is_some_and(|id| rule.of_class.iter().any(|wanted| wanted == id)))
}

/// The classes of a profile for one subject.
pub(super) struct Classes<'a> {
    list: Vec<&'a Class>,
    /// Ids, each once, by code.
    pub ids: Vec<Arc<str>>,
    codes: BTreeMap<&'a str, u32>,
    uses_text: bool,
}

impl<'a> Classes<'a> {
    /// The classes of a profile for one subject.
    pub(super) fn of(profile: &'a Profile, subject: Subject) -> Self {
        let classes: Vec<&Class> = profile.classes_of(subject).collect();
        let mut ids: Vec<Arc<str>> = Vec::new();
        let mut codes = BTreeMap::new();
        for class in &classes {
            codes.entry(class.id.as_str()).or_insert_with(|| {
                ids.push(class.id.as_str().into());
                u32::try_from(ids.len() - 1).unwrap_or(u32::MAX)
            });
        }
        let uses_text = classes.iter().any(|class| !class.when.words.is_empty());
        Self { list: classes, ids, codes, uses_text }
    }

    /// The class that the facets alone decide; a class without a rule waits until the text was looked at.
    pub(super) fn by_facets(&self, facets: &Facets<'_>) -> Option<(u32, bool)> {
        let decided =
            self.list.iter().find(|class| class.when != Rule::default() && holds(&class.when, facets, None, None));
        match decided {
            Some(class) => Some(self.code(class)),
            None if self.uses_text => None,
            None => self.otherwise(),
        }
    }

    /// The class by the text, else the one without a rule.
    pub(super) fn by_text(&self, facets: &Facets<'_>, text: Option<&str>) -> Option<(u32, bool)> {
        let decided =
            self.list.iter().find(|class| class.when != Rule::default() && holds(&class.when, facets, text, None));
        decided.map(|class| self.code(class)).or_else(|| self.otherwise())
    }

    fn otherwise(&self) -> Option<(u32, bool)> {
        self.list.iter().find(|class| class.when == Rule::default()).map(|class| self.code(class))
    }

    /// Code of a class and whether its cases are valid.
    fn code(&self, class: &Class) -> (u32, bool) {
        (self.codes.get(class.id.as_str()).copied().unwrap_or(u32::MAX), class.valid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class_of(category: &str, written: Option<&str>, text: Option<&str>, name: &str) -> Option<String> {
        let text_of_profile =
            crate::profile::load::BUILT_IN.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
        let profile: Profile = toml::from_str(text_of_profile).unwrap_or_else(|error| unreachable!("{error}"));
        let classes = Classes::of(&profile, Subject::Complaint);
        let facets = Facets { class: written, category: Some(category), channel: None, major: None, urgent: None };
        let (code, _) = classes.by_facets(&facets).or_else(|| classes.by_text(&facets, text))?;
        classes.ids.get(code as usize).map(ToString::to_string)
    }

    #[test]
    fn the_class_as_written_goes_before_the_category_and_the_category_before_the_text() {
        assert_eq!(class_of("房屋渗漏", None, None, "complaint-classes").as_deref(), Some("2"));
        assert_eq!(class_of("房屋渗漏", Some("第一类"), None, "complaint-classes").as_deref(), Some("1"));
        assert_eq!(class_of("服务态度", None, None, "complaint-classes").as_deref(), Some("1"));
        assert_eq!(class_of("服务态度", None, Some("电梯里太吵"), "service-center").as_deref(), Some("services"));
        assert_eq!(class_of("", None, Some("楼上装修"), "service-center").as_deref(), Some("decoration-noise"));
        assert_eq!(class_of("", None, Some("别的"), "service-center").as_deref(), Some("other"));
    }
}
