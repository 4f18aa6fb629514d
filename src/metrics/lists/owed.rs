//! What is overdue or falls due soon: cases, callbacks, duties, promises and measures in one list.

use std::sync::Arc;

use crate::metrics::behind::Decisive;
use crate::metrics::outcome::Outcome;
use crate::metrics::register::{Commitment, Kind};
use crate::metrics::runner::{ScopeCode, Setting};
use crate::metrics::schedule::DutyInstance;
use crate::moment::Seconds;
use crate::origin::SourceId;
use crate::profile::schema::{Profile, Subject};
use crate::records::store::NO_NAME;

/// Working days after the as-of date within which what falls due is due soon.
const SOON: i64 = 3;

/// What kind of thing is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A step of a complaint.
    Complaint,
    /// A step of a repair.
    Repair,
    /// A callback.
    Callback,
    /// A duty.
    Duty,
    /// A promise of an open letter.
    Promise,
    /// A corrective or preventive measure.
    Measure,
}

impl What {
    /// The word in data files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Repair => "repair",
            Self::Callback => "callback",
            Self::Duty => "duty",
            Self::Promise => "promise",
            Self::Measure => "measure",
        }
    }
}

/// Something that is open past its due moment, or falls due soon.
#[derive(Debug, Clone, PartialEq)]
pub struct Owed {
    /// What kind of thing.
    pub what: What,
    /// Open past its due moment; else due within the next three working days.
    pub is_overdue: bool,
    /// The last moment that is still in time.
    pub due: Seconds,
    /// Profile.
    pub profile: Arc<str>,
    /// Id of the deadline or duty; empty for promises, measures and callbacks.
    pub id: Arc<str>,
    /// Clause.
    pub clause: Arc<str>,
    /// Community code.
    pub community: u32,
    /// Department code.
    pub department: u32,
    /// Number of the case.
    pub number: Option<Arc<str>>,
    /// Unit or place of the case: for management alone.
    pub place: Option<Arc<str>>,
    /// What was promised, or the measure; the period of a duty.
    pub about: Arc<str>,
    /// Sheet and row.
    pub source: Option<(SourceId, u32)>,
}

impl Owed {
    /// How it stands: overdue, due soon, or neither.
    #[must_use]
    pub fn standing(outcome: Outcome, due: Seconds, community: u32, setting: &Setting<'_>) -> Option<bool> {
        match outcome {
            Outcome::LateOpen => Some(true),
            Outcome::NotDue => (due <= soon_until(community, setting)).then_some(false),
            _ => None,
        }
    }

    /// Seconds past the due moment, or left up to it.
    #[must_use]
    pub fn seconds(&self, as_of: Seconds) -> i64 {
        (as_of - self.due).abs()
    }

    /// A duty that is not done.
    pub(super) fn duty(of: &DutyInstance, setting: &Setting<'_>) -> Option<Self> {
        let (community, department) = match of.owner {
            ScopeCode::Group => (NO_NAME, NO_NAME),
            ScopeCode::Community(code) => (code, NO_NAME),
            ScopeCode::Department(code) => (NO_NAME, code),
        };
        let due = of.due?;
        Some(Self {
            what: What::Duty,
            is_overdue: Self::standing(of.outcome, due, community, setting)?,
            due,
            profile: of.profile.clone(),
            id: of.duty.clone(),
            clause: of.clause.clone(),
            community,
            department,
            number: None,
            place: None,
            about: of.label().into(),
            source: of.evidence.as_ref().map(Decisive::place),
        })
    }

    /// A promise or measure that is not done; `profile` names its clause.
    pub(super) fn commitment(of: &Commitment, profile: &Profile, setting: &Setting<'_>) -> Option<Self> {
        let (what, metric) = match of.kind {
            Kind::Promise => (What::Promise, "promise.on_time"),
            Kind::Measure => (What::Measure, "measure.on_time"),
        };
        let due = of.due_by()?;
        Some(Self {
            what,
            is_overdue: Self::standing(of.outcome, due, of.community, setting)?,
            due,
            profile: profile.name.as_str().into(),
            id: "".into(),
            clause: profile.clause_of(metric).into(),
            community: of.community,
            department: of.department,
            number: None,
            place: None,
            about: of.text.clone(),
            source: Some((of.source, of.row)),
        })
    }

    /// Overdue before due soon, the longest overdue first.
    pub(super) fn sort(list: &mut [Self]) {
        list.sort_by(|a, b| {
            let key = |of: &Self| (!of.is_overdue, of.due, of.what, of.community, of.department, of.source);
            (key(a), &a.profile, &a.id, &a.about).cmp(&(key(b), &b.profile, &b.id, &b.about))
        });
    }
}

/// 24:00 of the third working day after the as-of date.
fn soon_until(community: u32, setting: &Setting<'_>) -> Seconds {
    setting.clocks.of(community).end_of_working_day_after(setting.as_of - 1, SOON)
}

/// What a subject's cases are in the list.
#[must_use]
pub fn of_subject(subject: Subject) -> Option<What> {
    match subject {
        Subject::Complaint => Some(What::Complaint),
        Subject::Repair => Some(What::Repair),
        Subject::Callback => Some(What::Callback),
        Subject::Survey | Subject::Schedule => None,
    }
}
