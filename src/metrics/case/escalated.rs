//! The cases of a list that a procedure asks for: those that one of its deadlines rules, as far as the records tell.

use polars::prelude::{DataFrame, PolarsResult};

use super::cases::codes;
use super::clock_columns::{Done, done_column, outcome_column};
use crate::metrics::lists::escalated::Escalated;
use crate::metrics::outcome::Outcome;
use crate::metrics::runner::Setting;
use crate::moment::Moment;
use crate::profile::schema::{Deadline, DocumentId, Profile, Subject};
use crate::records::columns as c;
use crate::step::Step;

/// The cases of the profile's list, where it asks for one; the frame has the columns of the deadlines.
pub(super) fn of(
    frame: &DataFrame,
    profile: &Profile,
    subject: Subject,
    setting: &Setting<'_>,
) -> PolarsResult<Vec<Escalated>> {
    let named = profile.document(DocumentId::EscalatedCases).and_then(|document| document.deadline.as_deref());
    let deadline = profile.deadlines_of(subject).find(|deadline| Some(deadline.id.as_str()) == named);
    let Some(deadline) = deadline.filter(|_| subject == Subject::Complaint) else { return Ok(Vec::new()) };
    let is_listed = listed(frame, deadline)?;
    let (community, department) = (codes(frame, c::COMMUNITY)?, codes(frame, c::DEPARTMENT)?);
    let (category, building) = (codes(frame, c::CATEGORY)?, codes(frame, c::BUILDING)?);
    let (source, rows, date_only) = (codes(frame, c::SOURCE)?, codes(frame, c::ROW)?, codes(frame, c::DATE_ONLY)?);
    let month = frame.column(c::MONTH)?.i32()?;
    let (number, text) = (frame.column(c::NUMBER)?.str()?, frame.column(c::TEXT)?.str()?);
    let is_open = frame.column("is_open")?.bool()?;
    let at = |step: Step, row: usize| -> Option<Moment> {
        let seconds = frame.column(step.column()).ok()?.i64().ok()?.get(row).filter(|at| *at < setting.as_of)?;
        Some(Moment { seconds, date_only: date_only[row] & step.bit() != 0 })
    };
    let name: std::sync::Arc<str> = profile.name.as_str().into();
    let listed = (0..frame.height()).filter(|row| is_listed[*row]);
    Ok(listed
        .map(|row| Escalated {
            profile: name.clone(),
            month: month.get(row).unwrap_or(0),
            community: community[row],
            department: department[row],
            number: number.get(row).map(Into::into),
            building: setting.names.building.shared(building[row]),
            category: setting.names.category.shared(category[row]),
            text: text.get(row).map(Into::into),
            received: at(Step::Received, row),
            escalated: at(Step::Escalated, row),
            resolved: at(Step::Resolved, row),
            is_open: is_open.get(row) == Some(true),
            source: source[row],
            row: rows[row],
        })
        .collect())
}

/// Whether the deadline surely rules each case, and is not merely still to come.
fn listed(frame: &DataFrame, deadline: &Deadline) -> PolarsResult<Vec<bool>> {
    if deadline.owed {
        let unlisted = [Done::NotRuled, Done::NotDue, Done::Uncertain, Done::Unknown].map(Done::number);
        return Ok(codes(frame, &done_column(&deadline.id))?.iter().map(|done| !unlisted.contains(done)).collect());
    }
    let unlisted = [Outcome::NotRuled, Outcome::NotDue, Outcome::Uncertain].map(Outcome::number);
    let outcomes = codes(frame, &outcome_column(&deadline.id))?;
    Ok(outcomes.iter().map(|outcome| !unlisted.contains(outcome)).collect())
}
