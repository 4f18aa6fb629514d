//! The clocks of all communities: one for each distinct calendar.

use std::collections::BTreeMap;

use super::week::WorkingWeek;
use super::working_time::WorkingTime;
use crate::config::{Config, ConfigError};
use crate::records::directory::Directory;

/// The clock of each community; most go by the company's.
#[derive(Debug, Clone)]
pub struct Clocks {
    /// The company's first.
    distinct: Vec<WorkingTime>,
    /// Place of the clock by the id of a community that has a calendar of its own.
    by_id: BTreeMap<String, usize>,
    /// Place of the clock by the code of a community; empty where all go by the company's.
    by_code: Vec<usize>,
}

impl Clocks {
    /// The clocks of a config; [`Self::of_communities`] gives them to the communities.
    ///
    /// # Errors
    /// When a calendar is wrong.
    pub fn new(config: &Config) -> Result<Self, ConfigError> {
        let mut distinct = vec![WorkingTime::new(WorkingWeek::new(&config.calendar)?)];
        let mut by_id = BTreeMap::new();
        for community in &config.community {
            let Some(own) = &community.calendar else { continue };
            let week = WorkingWeek::new(&own.on_top_of(&config.calendar)).map_err(|error| match error {
                ConfigError::Value(what) => {
                    ConfigError::Value(format!("[[community]] id = \"{}\" {what}", community.id))
                }
                other => other,
            })?;
            let place = distinct.iter().position(|clock| *clock.week() == week).unwrap_or_else(|| {
                distinct.push(WorkingTime::new(week));
                distinct.len() - 1
            });
            by_id.insert(community.id.clone(), place);
        }
        Ok(Self { distinct, by_id, by_code: Vec::new() })
    }

    /// The same, for the codes of a directory.
    #[must_use]
    pub fn of_communities(mut self, directory: &Directory) -> Self {
        let place = |id: &str| self.by_id.get(id).copied().unwrap_or(0);
        let by_code: Vec<usize> = directory.communities.iter().map(|community| place(&community.id)).collect();
        self.by_code = if by_code.iter().all(|place| *place == 0) { Vec::new() } else { by_code };
        self
    }

    /// The clock of a community by its code; of none, the company's.
    #[must_use]
    pub fn of(&self, community: u32) -> &WorkingTime {
        &self.distinct[self.by_code.get(community as usize).copied().unwrap_or(0)]
    }

    /// The company's clock.
    #[must_use]
    pub fn company(&self) -> &WorkingTime {
        &self.distinct[0]
    }

    /// Each distinct clock, the company's first.
    #[must_use]
    pub fn all(&self) -> &[WorkingTime] {
        &self.distinct
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::store::NO_NAME;

    #[test]
    fn a_community_with_a_week_of_its_own_has_its_own_clock_and_the_others_the_companys() {
        let config = Config::parse(
            "[[community]]\nid = \"a\"\nname = \"甲\"\n\
             [[community]]\nid = \"b\"\nname = \"乙\"\n[community.calendar]\nweekdays = [1, 2, 3, 4, 5, 6]\n\
             [[community]]\nid = \"c\"\nname = \"丙\"\n[community.calendar]\nweekdays = [1, 2, 3, 4, 5, 6]\n",
        )
        .unwrap();
        let clocks = Clocks::new(&config).unwrap().of_communities(&Directory::new(&config, &[]));
        // 2025-03-08, a Saturday.
        let saturday = 20_155;
        let works: Vec<bool> =
            [0, 1, 2, NO_NAME].iter().map(|code| clocks.of(*code).is_working_day(saturday)).collect();
        assert_eq!(works, [false, true, true, false]);
        assert_eq!(clocks.all().len(), 2, "the same calendar is summed up once");
    }

    #[test]
    fn a_wrong_calendar_names_its_community() {
        let config =
            Config::parse("[[community]]\nid = \"a\"\nname = \"甲\"\n[community.calendar]\nhours = [\"9-5\"]\n")
                .unwrap();
        let error = Clocks::new(&config).unwrap_err().to_string();
        assert!(error.contains("id = \"a\"") && error.contains("9-5"), "{error}");
    }
}
