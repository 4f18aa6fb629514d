//! The stock of open cases: entered up to the end of a period, less those resolved up to then.

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::derive::LEFT_MONTH;
use super::open_at_end::ENTERED;
use crate::metrics::behind::Part;
use crate::metrics::metric::{Metric, flag};
use crate::metrics::rows::Chosen;
use crate::metrics::runner::{Run, ScopeCode, count_fact, sums_by_time};
use crate::metrics::taker::Taker;
use crate::moment::Period;
use crate::records::columns as c;

/// Column: yes for a case that left the stock.
const LEFT: &str = "left_stock";

/// Hands over `open_at_end`: for each scope, one fact for each period from the first that tells a state up to the as-of moment.
pub(super) fn measure(run: &Run<'_>, metric: &Metric, taker: &mut dyn Taker) -> PolarsResult<()> {
    let (profile, setting) = (run.profile, run.setting);
    let entered = sums_by_time(run, c::MONTH, vec![flag(ENTERED), flag("is_state_known")])?;
    let left = sums_by_time(run, LEFT_MONTH, vec![flag(LEFT)])?;
    let in_stock = Chosen::new(run, LEFT_MONTH, flag(ENTERED));
    let months: Vec<Option<i32>> = run.frame.column(c::MONTH)?.i32()?.iter().collect();
    let mut flows: BTreeMap<ScopeCode, BTreeMap<i32, (i64, i64)>> = BTreeMap::new();
    for ((month, scope), sums) in &entered {
        let flow = flows.entry(*scope).or_default().entry(*month).or_default();
        flow.0 += sums[0];
        flow.1 += sums[1];
    }
    for ((month, scope), sums) in &left {
        flows.entry(*scope).or_default().entry(*month).or_default().0 -= sums[0];
    }
    for (code, flow) in flows {
        let scope = setting.scope(code);
        // From the first month that tells a state on there is a stock, also where nothing came in.
        let Some(first) = flow.iter().find(|(_, (_, told))| *told > 0).map(|(month, _)| *month) else { continue };
        let periods: std::collections::BTreeSet<Period> =
            (first..=setting.last_month()).flat_map(|month| Period::of_month_number(month).with_containing()).collect();
        for period in periods {
            let last = period.last_month();
            let stock = flow.range(..=last).map(|(_, (change, _))| change).sum();
            // The rows are the stock itself: what came in and left again nobody asks for.
            let had_come = |place: usize| months.get(place).copied().flatten().is_some_and(|month| month <= last);
            let rows = || Ok(vec![in_stock.rows(Part::Counted, (|left: i32| left > last, &had_come), code)?]);
            taker.counted(metric, count_fact(metric, profile, setting, period, scope.clone(), stock), &rows)?;
        }
    }
    Ok(())
}
