//! Age of open cases as of the as-of moment: days since they were received, in classes.

use std::sync::Arc;

use polars::prelude::Column;

use super::cases::Cases;
use crate::metrics::fact::Dimension;
use crate::metrics::runner::DimensionColumn;
use crate::moment::{DAY, Seconds};
use crate::records::frames;
use crate::records::store::NO_NAME;
use crate::step::Step;

/// Column: code of the age of an open case.
const AGE: &str = "age";

/// Each class by the days below which a case is in it, with its word in `facts.csv`.
const CLASSES: [(i64, &str); 5] =
    [(3, "under_3_days"), (7, "3_to_7_days"), (15, "7_to_15_days"), (30, "15_to_30_days"), (i64::MAX, "over_30_days")];

/// Code of an open case whose moment of receipt nobody wrote down: its age is `none`.
const UNKNOWN: u32 = 100;

/// The ages of the open cases; all others have none.
pub(super) fn column(cases: &Cases, as_of: Seconds) -> Column {
    let age = |row: usize| {
        let Some(received) = cases.moment(Step::Received, row) else { return UNKNOWN };
        let days = (as_of - received.seconds).div_euclid(DAY);
        CLASSES.iter().zip(0..).find(|((below, _), _)| days < *below).map_or(UNKNOWN, |(_, code)| code)
    };
    let ages: Vec<u32> = (0..cases.rows).map(|row| if cases.is_open(row) { age(row) } else { NO_NAME }).collect();
    frames::column(AGE, ages)
}

/// The breakdown; of cases that are not open there is none.
pub(super) fn dimension<'a>() -> DimensionColumn<'a> {
    let name = |code: u32| CLASSES.get(code as usize).map(|(_, word)| Arc::from(*word));
    DimensionColumn::new(Dimension::Age, AGE, name).only(|_, _, code| code != NO_NAME)
}
