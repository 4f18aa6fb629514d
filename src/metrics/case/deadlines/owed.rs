//! Cases that are open past a deadline or fall due on it soon, each with its due moment.

use std::sync::Arc;

use polars::prelude::{DataFrame, PolarsResult};

use super::{Judge, Ready, Told, codes};
use crate::metrics::case::rules::STRETCH;
use crate::metrics::lists::owed::{Owed, What};
use crate::metrics::outcome::{Limited, Outcome};
use crate::moment::Seconds;
use crate::profile::schema::{Profile, Subject};
use crate::records::columns as c;

impl Judge<'_> {
    /// The cases of a frame that are overdue or due soon on a deadline; `outcomes` are those of [`Judge::outcomes`].
    pub(in crate::metrics::case) fn owed(
        &self,
        ready: &Ready<'_>,
        outcomes: &[u32],
        profile: &Profile,
        frame: &DataFrame,
    ) -> PolarsResult<Vec<Owed>> {
        let open = [Outcome::LateOpen, Outcome::NotDue];
        let standing = |outcome: u32| open.into_iter().find(|open| open.number() == outcome);
        if outcomes.iter().all(|outcome| standing(*outcome).is_none()) {
            return Ok(Vec::new());
        }
        let (community, department) = (codes(frame, c::COMMUNITY)?, codes(frame, c::DEPARTMENT)?);
        let (source, rows) = (codes(frame, c::SOURCE)?, codes(frame, c::ROW)?);
        let (number, place) = (frame.column(c::NUMBER)?.str()?, frame.column(c::PLACE)?.str()?);
        let (profile, id): (Arc<str>, Arc<str>) = (profile.name.as_str().into(), ready.deadline.id.as_str().into());
        let (clause, nothing): (Arc<str>, Arc<str>) = (ready.deadline.clause.as_str().into(), "".into());
        let what = if ready.deadline.subject == Subject::Repair { What::Repair } else { What::Complaint };
        let mut owed = Vec::new();
        for (stretch, outcomes) in outcomes.chunks(STRETCH).enumerate() {
            let first = stretch * STRETCH;
            if outcomes.iter().all(|outcome| standing(*outcome).is_none()) {
                continue;
            }
            let told = ready.told(first, outcomes.len());
            for (at, outcome) in outcomes.iter().enumerate() {
                let row = first + at;
                let Some(outcome) = standing(*outcome) else { continue };
                let Some(due) = self.due(&told, at, row) else { continue };
                let Some(is_overdue) = Owed::standing(outcome, due, community[row], self.setting) else { continue };
                owed.push(Owed {
                    what,
                    is_overdue,
                    due,
                    profile: profile.clone(),
                    id: id.clone(),
                    clause: clause.clone(),
                    community: community[row],
                    department: department[row],
                    number: number.get(row).map(Into::into),
                    place: place.get(row).map(Into::into),
                    about: nothing.clone(),
                    source: Some((source[row], rows[row])),
                });
            }
        }
        Ok(owed)
    }

    /// The last moment that can still be in time.
    fn due(&self, told: &Told<'_>, at: usize, row: usize) -> Option<Seconds> {
        let mut spans = Vec::new();
        let limit = if let Some(step) = told.deadline.by {
            Limited::By(self.cases.written(step, row))
        } else {
            told.spans(at, &mut spans);
            Limited::Within(&spans)
        };
        self.terms(told.deadline, limit, row).dues(self.setting.as_of).map(|(_, latest)| latest)
    }
}
