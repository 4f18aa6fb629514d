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
    /// It was resolved.
    Resolved,
    /// The outcome was told to the customer.
    Told,
    /// The customer was called back.
    CalledBack,
    /// The moment agreed with the customer.
    Agreed,
}

impl Step {
    /// All moments, in the order of a case's life.
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Dispatched,
        Self::Responded,
        Self::Arrived,
        Self::Resolved,
        Self::Told,
        Self::CalledBack,
        Self::Agreed,
    ];

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
}
