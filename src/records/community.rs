//! Communities: whom the figures are about.

use std::sync::Arc;

use crate::moment::Seconds;
use crate::origin::RecordAt;

/// A community, from the config, a community table, or only named by records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Community {
    /// Id in paths and facts: the config's id, else 8 hex digits of a hash of the name.
    pub id: Arc<str>,
    /// Name.
    pub name: Arc<str>,
    /// Other names in use.
    pub aliases: Vec<String>,
    /// All households, where known.
    pub households: Option<u32>,
    /// Occupied households, where known.
    pub occupied: Option<u32>,
    /// When people moved in, where known.
    pub moved_in: Option<Seconds>,
    /// Which records tell the numbers of households; none where the config does.
    pub listed: Listed,
}

impl Community {
    /// Takes the numbers of all and of occupied households from a record, as far as nobody told them before.
    pub(super) fn add_numbers(&mut self, (households, occupied): (Option<u32>, Option<u32>), at: Option<RecordAt>) {
        if self.households.is_none() && households.is_some() {
            (self.households, self.listed.households) = (households, at);
        }
        if self.occupied.is_none() && occupied.is_some() {
            (self.occupied, self.listed.occupied) = (occupied, at);
        }
    }
}

/// Records that tell the numbers of households of a community.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Listed {
    /// Of all households.
    pub households: Option<RecordAt>,
    /// Of occupied ones.
    pub occupied: Option<RecordAt>,
}
