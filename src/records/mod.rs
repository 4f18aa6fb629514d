//! The one shape that all later stages rely on.

pub mod community;
