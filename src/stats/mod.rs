//! Statistics: pure functions, each citing its source.

pub mod binomial;
pub mod change;
pub mod chi_square;
pub mod interval;
pub mod normal;
pub mod quantile;
pub mod sign_test;
