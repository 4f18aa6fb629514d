//! The moments of a case and the dates of a survey round: what deadlines run between.

use serde::{Deserialize, Serialize};

/// A moment of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The case came in.
    Received,
    /// It was handed to the department.
    Dispatched,
    /// The customer had a first response.
    Responded,
    /// Somebody was on site.
    Arrived,
    /// It was resolved, for the first time where it was reopened later.
    Resolved,
    /// The outcome was told to the customer.
    Told,
    /// The customer was called back.
    CalledBack,
    /// The moment agreed with the customer.
    Agreed,
    /// Those above (the quality department, the manager) learned of it.
    Informed,
    /// It was handed up because it was hard, major or overdue.
    Escalated,
    /// By when this case is to be done, as somebody in charge set it.
    CaseLimit,
    /// The state of it was reported to the desk or the customer.
    Progress,
    /// Cause and solution were proposed.
    Proposed,
    /// Emergency containment was in place.
    Contained,
    /// The formal answer went out, or the measures were fed back.
    Answered,
    /// The slip came back to the desk.
    SlipBack,
    /// When the customer is to be visited, as agreed.
    VisitAgreed,
    /// The customer was visited about it.
    Visited,
    /// It was opened again.
    Reopened,
    /// It was resolved for good after it had been opened again.
    ResolvedAgain,
    /// It was closed, after the outcome was told.
    Closed,
    /// The customer was asked how satisfied they are with the outcome.
    Surveyed,
    /// Somebody verified the effect.
    Verified,
    /// The clock was stopped.
    Paused,
    /// The clock ran on.
    Resumed,
    /// The term of the warranty began: acceptance, hand-over.
    WarrantyFrom,
    /// Until when the contract warrants.
    WarrantyUntil,
    /// The shelf life ends.
    Expires,
}

impl Step {
    /// All moments: first the eight that every register of cases may have, then the further ones, each in the order of a case's life.
    pub const ALL: [Self; 28] = [
        Self::Received,
        Self::Dispatched,
        Self::Responded,
        Self::Arrived,
        Self::Resolved,
        Self::Told,
        Self::CalledBack,
        Self::Agreed,
        Self::Informed,
        Self::Escalated,
        Self::CaseLimit,
        Self::Progress,
        Self::Proposed,
        Self::Contained,
        Self::Answered,
        Self::SlipBack,
        Self::VisitAgreed,
        Self::Visited,
        Self::Reopened,
        Self::ResolvedAgain,
        Self::Closed,
        Self::Surveyed,
        Self::Verified,
        Self::Paused,
        Self::Resumed,
        Self::WarrantyFrom,
        Self::WarrantyUntil,
        Self::Expires,
    ];

    /// Whether the records have a column for it even where no table has one.
    #[must_use]
    pub fn is_common(self) -> bool {
        self <= Self::Agreed
    }

    /// Whether it happens to the case, and so lies behind whoever writes it down. What was agreed or set as a limit lies ahead;
    /// the terms of a warranty or a shelf life are none of the case.
    #[must_use]
    pub fn is_event(self) -> bool {
        !matches!(self, Self::Agreed | Self::CaseLimit | Self::VisitAgreed) && !self.is_term()
    }

    /// Whether it is the begin or end of a term that holds apart from the case.
    #[must_use]
    pub fn is_term(self) -> bool {
        matches!(self, Self::WarrantyFrom | Self::WarrantyUntil | Self::Expires)
    }

    /// Its bit in the columns that hold one by step.
    #[must_use]
    pub fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The column's name in the records.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Dispatched => "dispatched",
            Self::Responded => "responded",
            Self::Arrived => "arrived",
            Self::Resolved => "resolved",
            Self::Told => "told",
            Self::CalledBack => "called_back",
            Self::Agreed => "agreed",
            Self::Informed => "informed",
            Self::Escalated => "escalated",
            Self::CaseLimit => "case_limit",
            Self::Progress => "progress",
            Self::Proposed => "proposed",
            Self::Contained => "contained",
            Self::Answered => "answered",
            Self::SlipBack => "slip_back",
            Self::VisitAgreed => "visit_agreed",
            Self::Visited => "visited",
            Self::Reopened => "reopened",
            Self::ResolvedAgain => "resolved_again",
            Self::Closed => "closed",
            Self::Surveyed => "surveyed",
            Self::Verified => "verified",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::WarrantyFrom => "warranty_from",
            Self::WarrantyUntil => "warranty_until",
            Self::Expires => "expires",
        }
    }
}

/// A date of a survey round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundStep {
    /// Forms were handed over to the service center.
    HandedOver,
    /// First form issued.
    IssuedFrom,
    /// Last form issued.
    IssuedUntil,
    /// Collection closed.
    CollectedUntil,
    /// Statistics finished.
    StatisticsDone,
    /// Open letter posted.
    OpenLetter,
    /// Results handed to the quality department.
    Submitted,
    /// Results published.
    Published,
}

impl RoundStep {
    /// All dates, in the order of a round.
    pub const ALL: [Self; 8] = [
        Self::HandedOver,
        Self::IssuedFrom,
        Self::IssuedUntil,
        Self::CollectedUntil,
        Self::StatisticsDone,
        Self::OpenLetter,
        Self::Submitted,
        Self::Published,
    ];

    /// The field in which tables of rounds hold the date.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::HandedOver => "handed_over",
            Self::IssuedFrom => "issued_from",
            Self::IssuedUntil => "issued_until",
            Self::CollectedUntil => "collected_until",
            Self::StatisticsDone => "statistics_done",
            Self::OpenLetter => "open_letter",
            Self::Submitted => "submitted",
            Self::Published => "published",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_moment_has_its_own_place_bit_and_name() {
        for (place, step) in Step::ALL.into_iter().enumerate() {
            assert_eq!(step as usize, place, "{step:?}");
            assert_eq!(step.bit().trailing_zeros() as usize, place, "{step:?}");
            assert_eq!(serde_json::to_value(step).unwrap(), step.column(), "{step:?}");
        }
        assert!(Step::ALL.len() <= 32, "the bits of a record");
        assert_eq!(Step::ALL.into_iter().filter(|step| step.is_common()).count(), 8);
    }
}
