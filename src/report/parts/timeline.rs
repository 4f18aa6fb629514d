//! The steps of a survey round against their deadlines.

use super::super::chart::timeline::{self, Of, Step};
use super::super::lens::Lens;
use super::super::view::Section;
use super::owed::{duty_state, duty_title, scope_of};

/// Adds the chart of a community's round; a sentence where nothing was dated, and nothing where no procedure sets a deadline.
pub(crate) fn add(section: &mut Section, lens: &Lens<'_>) {
    let (input, words) = (lens.input, lens.words);
    let of_round = input.lists.duties.iter().filter(|duty| {
        duty.of_round
            && (duty.from, duty.until) == (lens.period.start(), lens.period.end())
            && scope_of(input, duty.owner) == *lens.scope
    });
    let mut steps: Vec<(usize, Step)> = of_round
        .map(|duty| {
            let duties = input.profiles.named(&duty.profile).map_or(&[][..], |profile| &profile.duties);
            let place = duties.iter().position(|known| *known.id == *duty.duty).unwrap_or(usize::MAX);
            #[allow(clippy::cast_precision_loss, reason = "days of a few years")]
            let late = duty.days_late(input.as_of).map(|days| days as f64);
            let step = Step {
                label: duty_title(input, &duty.profile, &duty.duty),
                start: duty.begins,
                due: duty.due,
                done: duty.done.map(|done| done.seconds),
                late,
                state: duty_state(words, duty, input.as_of),
            };
            (place, step)
        })
        .collect();
    if steps.is_empty() {
        return;
    }
    // In the order in which the procedure has them.
    steps.sort_by_key(|(place, _)| *place);
    let steps: Vec<Step> = steps.into_iter().map(|(_, step)| step).collect();
    let of = Of { id: "round-timeline", name: &words.say("timeline.name", &[]), until: input.as_of };
    section.chart(timeline::figure(words, of, &steps), words.say("timeline.none", &[]));
}
