//! `manyi` (满意).

pub mod ledger;
pub mod metrics;
pub mod moment;
pub mod normalise;
pub mod origin;
pub mod problem;
pub mod profile;
pub mod records;
pub mod render;
pub mod report;
