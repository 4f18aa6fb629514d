//! `manyi` (满意).

pub mod clock;
pub mod config;
pub mod ledger;
pub mod metrics;
pub mod moment;
pub mod normalise;
pub mod origin;
pub mod problem;
pub mod profile;
pub mod read;
pub mod recognise;
pub mod records;
pub mod render;
pub mod report;
pub mod stats;
