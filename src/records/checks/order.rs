//! Moments in an order that cannot be: an end before its beginning.

use crate::moment::Moment;
use crate::problem::Code;
use crate::step::Step;

/// What must have happened before each step, the surest first. A response may come before or after somebody is on site.
/// Limits lie ahead and terms apart: nothing need have happened before them.
const BEFORE: [(Step, &[Step]); 21] = [
    (Step::Dispatched, &[Step::Received]),
    (Step::Informed, &[Step::Received]),
    (Step::Escalated, &[Step::Received]),
    (Step::Contained, &[Step::Received]),
    (Step::Proposed, &[Step::Received]),
    (Step::Progress, &[Step::Received, Step::Dispatched]),
    (Step::Paused, &[Step::Received]),
    (Step::Resumed, &[Step::Received, Step::Paused]),
    (Step::Responded, &[Step::Received, Step::Dispatched]),
    (Step::Arrived, &[Step::Received, Step::Dispatched]),
    (Step::Resolved, &[Step::Received, Step::Dispatched, Step::Responded, Step::Arrived]),
    (Step::Answered, &[Step::Received]),
    (Step::SlipBack, &[Step::Received, Step::Dispatched]),
    (Step::Told, &[Step::Received, Step::Resolved]),
    (Step::CalledBack, &[Step::Received, Step::Resolved]),
    (Step::Visited, &[Step::Received]),
    (Step::Reopened, &[Step::Received, Step::Resolved]),
    (Step::ResolvedAgain, &[Step::Received, Step::Reopened, Step::Resolved]),
    (Step::Closed, &[Step::Received, Step::ResolvedAgain, Step::Resolved]),
    (Step::Verified, &[Step::Received, Step::Resolved]),
    (Step::Surveyed, &[Step::Received, Step::Resolved]),
];

/// An impossible order: the later step, the earlier one, and how it is called.
pub(crate) struct Disorder {
    /// The step that should be the later one.
    pub later: Step,
    /// The step that should be the earlier one.
    pub earlier: Step,
    /// The kind of problem.
    pub code: Code,
}

/// Whether a step must have happened before another.
#[must_use]
pub(crate) fn must_precede(earlier: Step, later: Step) -> bool {
    BEFORE.iter().any(|(step, before)| *step == later && before.contains(&earlier))
}

/// The impossible orders of one row, one at most for each later step: a wrong moment is said once. A step before a receipt that
/// is itself in doubt says nothing about the steps between.
pub(crate) fn disorders(moment: impl Fn(Step) -> Option<Moment>) -> Vec<Disorder> {
    let mut found: Vec<Disorder> = Vec::new();
    for (later, steps) in BEFORE {
        let Some(at) = moment(later) else { continue };
        // A moment that was found wrong proves nothing about those after it.
        let is_wrong = |step: Step, found: &[Disorder]| found.iter().any(|disorder| disorder.later == step);
        let earlier = steps
            .iter()
            .copied()
            .find(|step| !is_wrong(*step, &found) && moment(*step).is_some_and(|before| at.is_surely_before(before)));
        if let Some(earlier) = earlier {
            let code = if earlier == Step::Received { Code::ImpossibleOrder } else { Code::StepOrder };
            found.push(Disorder { later, earlier, code });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(moments: &[(Step, i64)]) -> Vec<(Step, Step)> {
        let moment = |step| {
            moments
                .iter()
                .find(|(at, _)| *at == step)
                .map(|(_, seconds)| Moment { seconds: *seconds, date_only: false })
        };
        disorders(moment).into_iter().map(|disorder| (disorder.later, disorder.earlier)).collect()
    }

    #[test]
    fn every_two_moments_that_must_follow_each_other_are_compared() {
        let good = [(Step::Received, 0), (Step::Dispatched, 1), (Step::Resolved, 2), (Step::Told, 3)];
        assert_eq!(found(&good), []);
        assert_eq!(found(&[(Step::Received, 5), (Step::Resolved, 1)]), [(Step::Resolved, Step::Received)]);
        assert_eq!(found(&[(Step::Arrived, 5), (Step::Resolved, 1)]), [(Step::Resolved, Step::Arrived)]);
        assert_eq!(found(&[(Step::Resolved, 5), (Step::CalledBack, 1)]), [(Step::CalledBack, Step::Resolved)]);
        assert_eq!(found(&[(Step::Arrived, 5), (Step::Responded, 1)]), [], "either may come first");
    }

    #[test]
    fn a_wrong_moment_is_said_once_and_proves_nothing_about_the_others() {
        let resolved_too_early = [(Step::Received, 10), (Step::Dispatched, 11), (Step::Resolved, 1), (Step::Told, 20)];
        assert_eq!(found(&resolved_too_early), [(Step::Resolved, Step::Received)]);
        let responded_too_early = [(Step::Received, 10), (Step::Responded, 1), (Step::Resolved, 20)];
        assert_eq!(found(&responded_too_early), [(Step::Responded, Step::Received)]);
    }
}
