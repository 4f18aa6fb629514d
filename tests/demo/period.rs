//! The periods of the year and the places for which the truth is given.

use chrono::{Datelike, NaiveDate};

use crate::company::communities;

/// A month, quarter, half year or year.
pub(crate) struct Period {
    /// As in the facts.
    pub(crate) name: String,
    /// First and last month.
    months: (u32, u32),
}

impl Period {
    /// Does it hold this date?
    pub(crate) fn holds(&self, date: NaiveDate) -> bool {
        date.year() == 2025 && (self.months.0..=self.months.1).contains(&date.month())
    }

    /// One month or the whole year.
    pub(crate) fn is_month_or_year(&self) -> bool {
        matches!(self.months.1 - self.months.0, 0 | 11)
    }
}

/// All nineteen of 2025.
pub(crate) fn periods() -> Vec<Period> {
    let mut periods: Vec<Period> =
        (1..=12).map(|month| Period { name: format!("2025-{month:02}"), months: (month, month) }).collect();
    periods.extend(
        (1..=4).map(|quarter| Period { name: format!("2025-Q{quarter}"), months: (3 * quarter - 2, 3 * quarter) }),
    );
    periods.extend((1..=2).map(|half| Period { name: format!("2025-H{half}"), months: (6 * half - 5, 6 * half) }));
    periods.push(Period { name: "2025".to_owned(), months: (1, 12) });
    periods
}

/// Group, community or department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The company.
    Group,
    /// One community, by index.
    Community(usize),
    /// One department, by name.
    Department(&'static str),
}

impl Scope {
    /// `scope` and `scope_name` of the facts.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Group => ("group", ""),
            Self::Community(index) => ("community", communities()[index].name),
            Self::Department(name) => ("department", name),
        }
    }

    /// Does it take in this community?
    pub(crate) fn holds(self, community: usize) -> bool {
        match self {
            Self::Group => true,
            Self::Community(index) => index == community,
            Self::Department(_) => false,
        }
    }

    /// The company and each community.
    pub(crate) fn places() -> Vec<Self> {
        std::iter::once(Self::Group).chain((0..6).map(Self::Community)).collect()
    }
}
