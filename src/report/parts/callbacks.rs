//! Callbacks of a period: how many were due, made and reached, and what the customers said.

use super::super::ReportInput;
use super::super::lens::Lens;
use super::super::view::{Block, Section};
use super::figures::{Wanted, earlier, figure};
use crate::metrics::fact::Scope;
use crate::moment::Period;
use crate::profile::schema::Subject;

const METRICS: [(&str, &str); 8] = [
    ("callback.due", "callbacks.due"),
    ("callback.done_share", "callbacks.done_share"),
    ("callback.reached_share", "callbacks.reached_share"),
    ("callback.on_time", "callbacks.on_time"),
    ("callback.satisfied_share", "callbacks.satisfied_share"),
    ("callback.punctuality", "callbacks.punctuality"),
    ("callback.attitude", "callbacks.attitude"),
    ("callback.quality", "callbacks.quality"),
];

/// Its heading: callbacks are counted whatever they were on, and where there are cases of both kinds it says so.
pub(crate) fn title(input: &ReportInput<'_>, period: Period, scope: &Scope) -> String {
    let is_there = |subject, metric| {
        Lens::on(input, subject, period, scope).and_then(|lens| lens.value(metric)).is_some_and(|n| n >= 1.0)
    };
    let both = is_there(Subject::Complaint, "complaint.received") && is_there(Subject::Repair, "repair.received");
    input.words.say(if both { "callbacks.title_together" } else { "callbacks.title" }, &[])
}

/// The section; none where the input holds no callbacks of the period.
pub(crate) fn section(input: &ReportInput<'_>, period: Period, scope: &Scope) -> Option<Section> {
    let lens = Lens::on(input, Subject::Callback, period, scope)?;
    let words = input.words;
    let figures: Vec<_> = METRICS
        .iter()
        .filter(|(metric, _)| lens.fact(metric).is_some())
        .map(|(metric, key)| {
            let label = words.say(key, &[]);
            figure(&lens, Wanted { label: &label, metric, amount: "amount.callback", against: earlier(period) })
        })
        .collect();
    if figures.is_empty() {
        return None;
    }
    let mut section = Section::new("callbacks", title(input, period, scope));
    section.blocks.push(Block::Figures { figures });
    // Without a limit nothing says when a callback that was never made would have been due.
    if lens.profile.callback.as_ref().is_some_and(|rule| rule.within.is_none()) {
        section.text(words.say("callbacks.no_limit", &[("profile", lens.profile_title())]));
    }
    Some(section)
}
