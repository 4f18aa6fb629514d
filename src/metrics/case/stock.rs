//! The stock of open cases: entered up to the end of a period, less those resolved up to then.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use super::derive::LEFT_MONTH;
use super::open_at_end::ENTERED;
use crate::metrics::fact::{Fact, Scope};
use crate::metrics::metric::{Metric, flag};
use crate::metrics::runner::{Run, ScopeCode, Setting, count_fact, sums_by_time};
use crate::moment::Period;
use crate::profile::schema::Profile;
use crate::records::columns as c;

/// Facts of `open_at_end`: for each scope, one for each period from the first that tells a state up to the as-of moment.
pub(super) fn facts(
    frame: &DataFrame,
    metric: &Metric,
    profile: &Profile,
    setting: &Setting<'_>,
) -> PolarsResult<Vec<Fact>> {
    let run = Run { frame, time: c::MONTH, profile, setting, dimensions: Vec::new() };
    let entered = sums_by_time(&run, c::MONTH, vec![flag(ENTERED), flag("is_state_known")])?;
    let left = sums_by_time(&run, LEFT_MONTH, vec![flag("left_stock")])?;
    let mut flows: BTreeMap<ScopeCode, BTreeMap<i32, (i64, i64)>> = BTreeMap::new();
    for ((month, scope), sums) in &entered {
        let flow = flows.entry(*scope).or_default().entry(*month).or_default();
        flow.0 += sums[0];
        flow.1 += sums[1];
    }
    for ((month, scope), sums) in &left {
        flows.entry(*scope).or_default().entry(*month).or_default().0 -= sums[0];
    }
    let mut facts = Vec::new();
    for (scope, flow) in flows {
        let scope: Scope = setting.scope(scope);
        // From the first month that tells a state on there is a stock, also where nothing came in.
        let Some(first) = flow.iter().find(|(_, (_, told))| *told > 0).map(|(month, _)| *month) else { continue };
        let periods: std::collections::BTreeSet<Period> =
            (first..=setting.last_month()).flat_map(|month| Period::of_month_number(month).with_containing()).collect();
        for period in periods {
            let stock = flow.range(..=period.last_month()).map(|(_, (change, _))| change).sum();
            facts.push(count_fact(metric, profile, setting, period, scope.clone(), stock));
        }
    }
    Ok(facts)
}
