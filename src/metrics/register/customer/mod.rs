//! Metrics on customers. One metric, one file, one line here.

mod grade;

pub(super) use grade::{grade_of, graded_by, year_of};

use polars::prelude::PolarsResult;

use crate::metrics::runner::Setting;
use crate::metrics::taker::Taker;
use crate::profile::schema::Profile;
use crate::records::registers::{Customer, Entry};

/// Measures all metrics.
pub(super) fn measure(
    customers: &[Entry<Customer>],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    grade::measure(customers, profile, setting, taker)
}
