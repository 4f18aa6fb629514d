//! Metrics on corrective and preventive measures. One metric, one file, one line here.

mod taken;
mod done_share;
mod on_time;
mod verified_share;

use super::Register;

/// All metrics.
pub(super) const METRICS: [Register; 4] = [taken::METRIC, done_share::METRIC, on_time::METRIC, verified_share::METRIC];
