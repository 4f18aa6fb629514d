//! Communities: whom the figures are about.

use std::sync::Arc;

use crate::moment::Seconds;

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
}
