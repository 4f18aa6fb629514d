//! Records + profile → facts. One metric, one file; one runner groups.

pub mod fact;
