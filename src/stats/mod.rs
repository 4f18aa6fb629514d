//! Statistics: pure functions, each citing its source.

pub mod interval;
pub mod quantile;
pub mod sign_test;
