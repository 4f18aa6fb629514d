//! Cases that a procedure has entered in a list of their own because they were not done in time, such as the 业主投诉汇总表.

use std::sync::Arc;

use crate::moment::Moment;
use crate::origin::SourceId;

/// A case of such a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalated {
    /// Profile whose list it is.
    pub profile: Arc<str>,
    /// Month number of the period to which the case belongs.
    pub month: i32,
    /// Community code.
    pub community: u32,
    /// Department code.
    pub department: u32,
    /// Number of the case.
    pub number: Option<Arc<str>>,
    /// Building.
    pub building: Option<Arc<str>>,
    /// Category as written.
    pub category: Option<Arc<str>>,
    /// What the customer said: for management alone, and masked there.
    pub text: Option<Arc<str>>,
    /// When it was received.
    pub received: Option<Moment>,
    /// When it went up.
    pub escalated: Option<Moment>,
    /// When it was resolved.
    pub resolved: Option<Moment>,
    /// Whether it is known to be open at the as-of moment.
    pub is_open: bool,
    /// The sheet.
    pub source: SourceId,
    /// Row of the sheet, from zero.
    pub row: u32,
}

impl Escalated {
    /// By month and community, in the order in which they were received.
    pub(super) fn sort(list: &mut [Self]) {
        let at = |one: &Self| one.received.map_or(i64::MAX, |moment| moment.seconds);
        list.sort_by(|a, b| {
            let key = |of: &Self| (of.month, of.community, at(of), of.source, of.row);
            a.profile.cmp(&b.profile).then_with(|| key(a).cmp(&key(b)))
        });
    }
}
