//! Metrics on promises of open letters. One metric, one file, one line here.

mod made;
mod kept_share;
mod on_time;
mod verified_share;

use super::Register;

/// All metrics.
pub(super) const METRICS: [Register; 4] = [made::METRIC, kept_share::METRIC, on_time::METRIC, verified_share::METRIC];
