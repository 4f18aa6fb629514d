//! What was promised after the last round and kept since, and the dates of this one.

use super::super::lens::Lens;
use super::super::parts::{owed, promises};
use super::super::view::{Section, scope_name};
use super::{is_own, last_round};
use crate::metrics::fact::Scope;
use crate::metrics::register::{Commitment, Kind};
use crate::metrics::schedule::DutyInstance;
use crate::profile::schema::Subject;

/// The section.
pub(crate) fn section(lens: &Lens<'_>) -> Section {
    let words = lens.words;
    let mut section = Section::new("kept", words.say("section.kept", &[]));
    section.text(words.sentences(&sentences(lens)));
    let list = since_last(lens);
    if !list.is_empty() {
        let caption = words.say("round.promises_caption", &[("last", &last_round(lens))]);
        section.table(owed::commitments(lens.input, ("promises-table", caption), &list, true));
    }
    let duties = of_round(lens);
    if !duties.is_empty() {
        let caption = words.say("round.duties_caption", &[]);
        section.table(owed::duties(lens.input, ("round-duties-table", caption), &duties, *lens.scope == Scope::Group));
    }
    section
}

/// The promises and measures of the last round, by the facts of its period.
pub(crate) fn sentences(lens: &Lens<'_>) -> Vec<String> {
    let (input, words) = (lens.input, lens.words);
    let before = lens.period.previous();
    let last = last_round(lens);
    let schedule = Lens::on(input, Subject::Schedule, before, lens.scope);
    let said: Vec<String> = schedule
        .into_iter()
        .flat_map(|schedule| {
            [
                promises::kept(&schedule, "promise.made", "promise.kept_share", "round.promises"),
                promises::kept(&schedule, "measure.taken", "measure.done_share", "round.measures"),
            ]
        })
        .flatten()
        .collect();
    if said.is_empty() {
        return vec![words.say("round.no_promises", &[("last", &last)])];
    }
    let said = words.sentences(&said);
    vec![words.say("round.since", &[("last", &last), ("said", &said)])]
}

/// Promises and measures that followed the last round, and what is open of older ones.
pub(crate) fn since_last<'a>(lens: &Lens<'a>) -> Vec<&'a Commitment> {
    let before = lens.period.previous();
    let is_wanted = |one: &&Commitment| {
        let of_last = one.period.is_some_and(|of| of == before || of.with_containing().contains(&before));
        is_own(lens, one.community) && (of_last || one.kind == Kind::Promise && !one.is_done && is_before(one, lens))
    };
    lens.input.lists.commitments.iter().filter(is_wanted).collect()
}

/// Whether a commitment belongs to a period that was over when the round began.
fn is_before(one: &Commitment, lens: &Lens<'_>) -> bool {
    one.period.is_some_and(|of| of.end() <= lens.period.start())
}

/// The duties of this round: issue, collection, statistics, letter, publication.
pub(crate) fn of_round<'a>(lens: &Lens<'a>) -> Vec<&'a DutyInstance> {
    let is_own = |one: &&DutyInstance| {
        let owner = owed::scope_of(lens.input, one.owner);
        *lens.scope == Scope::Group || owner == *lens.scope
    };
    let within =
        |one: &&DutyInstance| one.of_round && one.from >= lens.period.start() && one.until <= lens.period.end();
    lens.input.lists.duties.iter().filter(within).filter(is_own).collect()
}

/// Name of who owes a duty.
pub(crate) fn owner(lens: &Lens<'_>, one: &DutyInstance) -> String {
    scope_name(lens.input, &owed::scope_of(lens.input, one.owner))
}
