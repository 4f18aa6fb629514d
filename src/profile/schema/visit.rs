//! Customers' grades, and how often they are visited.

use serde::{Deserialize, Serialize};

use super::{Every, Text};
use crate::profile::target::Bound;

/// A grade of customers. Gives `customer.grade.{id}`, a count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Id: the grade as registers write it, such as `A`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Volume of business of a year, in yuan, for customers whose record names no grade; the first grade that it meets is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<Bound>,
}

/// How often customers are visited. Gives `visit.{id}.met_share`: customers visited often enough ÷ customers to be visited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitQuota {
    /// Id, part of the metric's name.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause.
    pub clause: String,
    /// Customers of these grades; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grade: Vec<String>,
    /// Customers far away only (or near ones only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<bool>,
    /// Only visits by a method that contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub method: Vec<String>,
    /// No visits by a method that contains one of these words: a meeting of all is no visit to each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_method: Vec<String>,
    /// Only visits by somebody whose name or post contains one of these words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
    /// How many visits at least.
    pub at_least: u16,
    /// In which time.
    pub every: Every,
}
