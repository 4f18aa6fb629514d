//! The communities that a profile rules: where `[use.community]` gives single ones to others, each is measured under its own.

use std::collections::BTreeSet;

use polars::prelude::PolarsResult;

use crate::profile::Reach;
use crate::records::assemble::Records;
use crate::records::directory::Directory;

/// Codes of the communities that a profile rules; none where it rules all.
#[must_use]
pub(super) fn communities(directory: &Directory, reach: &Reach) -> Option<BTreeSet<u32>> {
    let all = directory.communities.iter().zip(0..);
    let ruled = all.filter(|(community, _)| reach.rules(Some(&community.id))).map(|(_, code)| code);
    (*reach != Reach::All).then(|| ruled.collect())
}

/// The records of these communities; none where they are all.
///
/// # Errors
/// When a frame lacks its communities, which a test rules out.
pub(super) fn part_of(records: &Records, reach: &Reach) -> PolarsResult<Option<Records>> {
    let Some(ruled) = communities(&records.directory, reach) else { return Ok(None) };
    let without = reach.rules(None);
    let known = u32::try_from(records.directory.communities.len()).unwrap_or(u32::MAX);
    records.of_communities(|code| if code < known { ruled.contains(&code) } else { without }).map(Some)
}
