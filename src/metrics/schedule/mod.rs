//! The calendar of duties: who owed what by when, and whether it was done. Of each survey round, and those that recur.
//!
//! A recurring duty is owed from the first month with records of who owes it, for every period that had begun by the as-of moment,
//! never before. What shows that it was done: the register of duties, or a callback, visit, survey round or measure of the period.
//! Where no record anywhere names such a duty nobody can tell, and its outcome is `no_end`; once one does, what is missing is late.

mod evidence;
mod instance;
mod late_days;
mod on_time;
mod open_days;
mod periods;
mod recurring;
mod register;
mod rounds;
mod since;

pub use instance::DutyInstance;

use polars::prelude::PolarsResult;
use recurring::{Labels, Recurring};
use since::Since;

use super::runner::Setting;
use super::taker::Taker;
use super::tally::{self, How};
use crate::profile::schema::Profile;
use crate::records::assemble::Records;

/// All duties of a profile as they were owed, by duty, who owed them, and period.
///
/// # Errors
/// When a query fails.
pub(super) fn instances(
    records: &Records,
    profile: &Profile,
    setting: &Setting<'_>,
) -> PolarsResult<Vec<DutyInstance>> {
    let recurs = profile.duties.iter().any(|duty| duty.every.is_some());
    let since = if recurs { Since::of(records, setting)? } else { Since::default() };
    let named = register::by_duty(profile, &records.registers.duties_done, setting.as_of);
    let mut instances = Vec::new();
    for (duty, named) in profile.duties.iter().zip(&named) {
        let text = |text: &str| text.into();
        let labels = Labels { profile: text(&profile.name), duty: text(&duty.id), clause: text(&duty.clause) };
        if let Some(limits) = duty.of_round() {
            instances.extend(rounds::instances(limits, &records.rounds, &labels, setting));
        } else if let Some(every) = duty.every {
            let recurring = Recurring { duty, every, named, since: &since, labels };
            instances.extend(recurring.instances(records, setting)?);
        }
    }
    Ok(instances)
}

/// Measures a profile's duties.
pub(super) fn measure(
    instances: &[DutyInstance],
    profile: &Profile,
    setting: &Setting<'_>,
    taker: &mut dyn Taker,
) -> PolarsResult<()> {
    for duty in &profile.duties {
        let own = || instances.iter().filter(|instance| *instance.duty == *duty.id);
        let in_time = own().filter_map(|instance| on_time::counted(instance, setting.last_month()));
        tally::measure(on_time::metric(duty), How::Share, in_time, profile, setting, taker)?;
        let late = own().filter_map(|instance| late_days::counted(instance, setting.as_of));
        tally::measure(late_days::metric(duty), How::Mean, late, profile, setting, taker)?;
    }
    Ok(())
}

#[cfg(test)]
pub(in crate::metrics) mod tests;
