//! Metrics of the smaller registers: promises, measures, visits, customers. They are of the subject `schedule`.

mod commitment;
mod customer;
mod measure;
mod promise;
mod visit;

pub use commitment::{Commitment, Kind};

pub(super) use commitment::all as commitments;

use polars::prelude::PolarsResult;

use super::fact::Unit;
use super::metric::{Metric, count, every_row};
use super::runner::Setting;
use super::taker::Taker;
use super::tally::{self, Counted, How};
use crate::profile::schema::Profile;
use crate::records::assemble::Records;

/// A metric on promises or measures.
struct Register {
    id: &'static str,
    unit: Unit,
    how: How,
    counted: fn(&Commitment) -> Option<Counted>,
    kind: Kind,
    doc: &'static str,
}

impl Register {
    fn metric(&self) -> Metric {
        // The expression is never run: registers are few and not in a frame.
        Metric::new(self.id.to_owned(), self.unit, count(every_row()), self.doc)
    }
}

/// Measures all smaller registers under a profile.
pub(super) fn measure(
    records: &Records,
    commitments: &[Commitment],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    for register in promise::METRICS.iter().chain(&measure::METRICS) {
        let own = commitments.iter().filter(|commitment| commitment.kind == register.kind);
        // A period that had not begun by the as-of moment has no facts.
        let begun = own.filter_map(register.counted).filter(|row| row.period.start() < setting.as_of);
        tally::measure(register.metric(), register.how, begun, profile, setting, taker)?;
    }
    visit::measure(&records.registers, profile, setting, taker)?;
    customer::measure(&records.registers.customers, profile, setting, taker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_documented_under_the_seven_headings() {
        let metrics: Vec<Metric> = promise::METRICS.iter().chain(&measure::METRICS).map(Register::metric).collect();
        crate::metrics::metric::assert_documented(&metrics);
    }
}
