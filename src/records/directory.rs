//! Who is who: communities and departments under their several names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::community::{Community, Listed};
use super::rounds::ListedCommunity;
use super::store::NO_NAME;
use crate::config::Config;
use crate::moment::{DAY, day_number};
use crate::normalise::label::{fold, simplified, tidy};
use crate::recognise::meta::{Meta, likely_name};

/// A department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Id in facts: the config's id, else 8 hex digits of a hash of the name.
    pub id: Arc<str>,
    /// Name.
    pub name: Arc<str>,
}

/// Communities and departments by every name they go by.
#[derive(Debug, Default)]
pub struct Directory {
    /// Communities, by code.
    pub communities: Vec<Community>,
    /// Departments, by code.
    pub departments: Vec<Department>,
    community_codes: BTreeMap<String, u32>,
    department_codes: BTreeMap<String, u32>,
    category_department: BTreeMap<String, String>,
    listed: usize,
}

/// How a name was found among the communities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Somebody listed it, or no name was given.
    Listed,
    /// Only with another ending, and only one community could be meant.
    Variant,
    /// Nobody listed it.
    Unlisted,
}

/// Endings that people leave out, put in and take for one another.
const ENDINGS: [&str; 4] = ["小区", "花园", "社区", "家园"];

/// A name as it is looked up: blanks tell no communities apart, nor do traditional characters.
fn key(name: &str) -> String {
    simplified(&tidy(name).split_whitespace().collect::<String>())
}

/// A name without its ending; none where too little remains to tell communities apart.
fn stem(name: &str) -> Option<&str> {
    let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    (stem.chars().count() >= 2).then_some(stem)
}

/// 8 hex digits of a hash of a name: the id of what the config does not name.
#[must_use]
pub fn id_of_name(name: &str) -> Arc<str> {
    blake3::hash(name.as_bytes()).to_hex()[..8].into()
}

impl Directory {
    /// Starts with what the config and the community lists say.
    #[must_use]
    pub fn new(config: &Config, listed: &[ListedCommunity]) -> Self {
        let mut directory = Self { category_department: config.category_department.clone(), ..Self::default() };
        for entry in &config.community {
            directory.add_community(Community {
                id: entry.id.as_str().into(),
                name: entry.name.as_str().into(),
                aliases: entry.aliases.clone(),
                households: entry.households,
                occupied: entry.occupied,
                moved_in: entry.moved_in.map(|day| day_number(day) * DAY),
                listed: Listed::default(),
            });
        }
        for row in listed {
            directory.add_listed(row);
        }
        for entry in &config.department {
            let code = directory.add_department(&entry.name, Some(&entry.id));
            for alias in &entry.aliases {
                directory.department_codes.insert(tidy(alias), code);
            }
        }
        // Departments that only the config's categories name answer for items of surveys and suggestions.
        for name in config.category_department.values() {
            directory.department(Some(&tidy(name)), None);
        }
        directory.listed = directory.communities.len();
        directory
    }

    fn add_community(&mut self, community: Community) -> u32 {
        let code = u32::try_from(self.communities.len()).unwrap_or(NO_NAME);
        for name in community.aliases.iter().map(String::as_str).chain([&*community.name]) {
            self.community_codes.entry(key(name)).or_insert(code);
        }
        self.communities.push(community);
        code
    }

    fn add_listed(&mut self, row: &ListedCommunity) {
        let known = std::iter::once(&row.name)
            .chain(&row.aliases)
            .find_map(|name| self.community_codes.get(&key(name)).copied());
        let code = match known {
            Some(code) => code,
            None => self.add_community(Community {
                id: id_of_name(&row.name),
                name: row.name.as_str().into(),
                aliases: Vec::new(),
                households: None,
                occupied: None,
                moved_in: None,
                listed: Listed::default(),
            }),
        };
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            self.community_codes.entry(key(name)).or_insert(code);
        }
        let community = &mut self.communities[code as usize];
        community.add_numbers((row.households, row.occupied), row.at);
        community.moved_in = community.moved_in.or(row.moved_in);
        community.aliases.extend(row.aliases.iter().cloned());
    }

    fn add_department(&mut self, name: &str, id: Option<&str>) -> u32 {
        let code = u32::try_from(self.departments.len()).unwrap_or(NO_NAME);
        self.departments.push(Department { id: id.map_or_else(|| id_of_name(name), Into::into), name: name.into() });
        self.department_codes.insert(tidy(name), code);
        code
    }

    /// Whether anybody listed communities.
    #[must_use]
    pub fn lists_communities(&self) -> bool {
        self.listed > 0
    }

    /// The community of a name as a row gives it, and how it was found.
    pub fn community(&mut self, name: &str) -> (u32, Known) {
        if name.is_empty() {
            return (NO_NAME, Known::Listed);
        }
        let folded = key(name);
        if let Some(code) = self.community_codes.get(&folded) {
            return (*code, Known::Listed);
        }
        let mut bare = folded.as_str();
        for ending in ["服务中心", "管理处", "物业", "小区", "项目部", "客服中心", "项目"] {
            bare = bare.strip_suffix(ending).unwrap_or(bare);
        }
        if let Some(code) = self.community_codes.get(bare) {
            return (*code, Known::Listed);
        }
        if let Some(code) = self.variant(&folded).or_else(|| self.variant(bare)) {
            return (code, Known::Variant);
        }
        let name: Arc<str> = name.into();
        let community = Community {
            id: id_of_name(&name),
            name,
            aliases: Vec::new(),
            households: None,
            occupied: None,
            moved_in: None,
            listed: Listed::default(),
        };
        (self.add_community(community), Known::Unlisted)
    }

    /// The one listed community that has the same name with another ending.
    fn variant(&self, name: &str) -> Option<u32> {
        let wanted = stem(name)?;
        let listed = |code: u32| (code as usize) < self.listed;
        let mut found: Vec<u32> = self
            .community_codes
            .iter()
            .filter(|(known, code)| listed(**code) && stem(known) == Some(wanted))
            .map(|(_, code)| *code)
            .collect();
        found.sort_unstable();
        found.dedup();
        if let [one] = found[..] { Some(one) } else { None }
    }

    /// The community that the surroundings of a table name: the longest listed name in the nearest text that holds one, else
    /// the `单位:` line, else what looks like a name.
    pub fn community_around(&mut self, meta: &Meta) -> (u32, Known) {
        let listed = u32::try_from(self.listed).unwrap_or(u32::MAX);
        if let Some(code) = meta.places.iter().find_map(|place| self.named_in(place, |code| code < listed)) {
            return (code, Known::Listed);
        }
        if let Some(unit) = &meta.unit {
            return self.community(unit);
        }
        // What other tables named counts no more than what looks like a name: the nearest text that has either.
        for place in &meta.places {
            if let Some(name) = likely_name(place) {
                return self.community(&name);
            }
            if let Some(code) = self.named_in(place, |_| true) {
                return (code, Known::Listed);
            }
        }
        (NO_NAME, Known::Listed)
    }

    /// The community with the longest name that a text holds, among those asked for.
    fn named_in(&self, text: &str, asked: impl Fn(u32) -> bool) -> Option<u32> {
        let text = key(text);
        self.community_codes
            .iter()
            .filter(|(name, code)| asked(**code) && name.chars().count() >= 2 && text.contains(name.as_str()))
            .max_by_key(|(name, _)| name.chars().count())
            .map(|(_, code)| *code)
    }

    /// The department of a name, else the one that the config gives to the category.
    pub fn department(&mut self, name: Option<&str>, category: Option<&str>) -> u32 {
        let name = match name {
            Some(name) => name.to_owned(),
            None => match category.and_then(|category| self.category_department.get(category)) {
                Some(name) => tidy(name),
                None => return NO_NAME,
            },
        };
        match self.department_codes.get(&name) {
            Some(code) => *code,
            None => self.add_department(&name, None),
        }
    }
}

impl Directory {
    /// The categories that the config gives to departments, with the department's code.
    pub fn category_departments(&self) -> impl Iterator<Item = (&str, u32)> {
        self.category_department.iter().map(|(category, name)| {
            let code = self.department_codes.get(&tidy(name)).copied();
            (category.as_str(), code.unwrap_or(NO_NAME))
        })
    }

    /// The department that a text is for, such as an item of a survey or a suggestion: that of the longest category of the config
    /// that stands in it, else the department whose name stands in it, with or without its ending (部, 中心, 组, 科, 室).
    #[must_use]
    pub fn department_in(&self, text: &str) -> u32 {
        let text = fold(text);
        let longest = |names: &mut dyn Iterator<Item = (String, u32)>| {
            names
                .filter(|(name, _)| name.chars().count() >= 2 && text.contains(name.as_str()))
                .max_by_key(|(name, code)| (name.chars().count(), std::cmp::Reverse(*code)))
                .map(|(_, code)| code)
        };
        let code = |name: &String| self.department_codes.get(&tidy(name)).copied();
        let mut categories =
            self.category_department.iter().filter_map(|(category, name)| Some((fold(category), code(name)?)));
        let mut names = self.department_codes.iter().map(|(name, code)| {
            let name = fold(name);
            let stem = DEPARTMENT_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
            (stem.map_or_else(|| name.clone(), str::to_owned), *code)
        });
        longest(&mut categories).or_else(|| longest(&mut names)).unwrap_or(NO_NAME)
    }
}

/// Endings of departments' names that people leave out.
const DEPARTMENT_ENDINGS: [&str; 7] = ["服务中心", "管理部", "中心", "部", "组", "科", "室"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_for_the_department_of_its_category_else_for_the_one_it_names() {
        let category = |name: &str, department: &str| (name.to_owned(), department.to_owned());
        let config = Config {
            category_department: [category("保洁", "环境部"), category("保洁服务态度", "客服部")].into_iter().collect(),
            ..Config::default()
        };
        let mut directory = Directory::new(&config, &[]);
        let repairs = directory.department(Some("工程维修部"), None);
        let named = |text: &str| directory.departments.get(directory.department_in(text) as usize).map(|d| &*d.name);
        assert_eq!(named("小区保洁"), Some("环境部"));
        assert_eq!(named("保潔服務態度"), Some("客服部"), "the longest category counts");
        assert_eq!(named("对工程维修是否满意"), Some("工程维修部"));
        assert_eq!((named("整体评价"), repairs < 9), (None, true));
    }

    #[test]
    fn a_community_is_known_under_each_of_its_names() {
        let listed =
            ListedCommunity {
                name: "翠湖花园".into(), aliases: vec!["翠湖".into()], ..ListedCommunity::default()
            };
        let mut directory = Directory::new(&Config::default(), &[listed]);
        for name in ["翠湖花园", "翠湖", "翠湖花园服务中心", "翠湖小区", "翠湖 花园", "翠湖　花园"]
        {
            assert_eq!(directory.community(name), (0, Known::Listed), "{name}");
        }
        let meta = Meta::of(["翠湖二月投诉"].into_iter(), "Sheet1", "x.xlsx");
        assert_eq!(directory.community_around(&meta), (0, Known::Listed));
        assert_eq!(directory.community("云栖苑"), (1, Known::Unlisted));
        assert_eq!(directory.communities[1].id.len(), 8);
    }

    #[test]
    fn another_ending_is_taken_for_the_one_community_that_can_be_meant() {
        let listed = |name: &str| ListedCommunity { name: name.into(), ..ListedCommunity::default() };
        let list = [listed("翠湖花园"), listed("金桂花园"), listed("金桂家园")];
        let mut directory = Directory::new(&Config::default(), &list);
        assert_eq!(directory.community("翠湖小区"), (0, Known::Variant));
        assert_eq!(directory.community("翠湖"), (0, Known::Variant));
        assert_eq!(directory.community("金桂小区").1, Known::Unlisted, "two could be meant");
        assert_eq!(directory.community("翠湖山庄").1, Known::Unlisted);
    }
}
