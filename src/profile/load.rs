//! Reading profiles: the built-in ones, a company's own files, and its overrides of single entries.
//!
//! A profile is a text or several laid over each other: the built-in one that a file extends, the file, then the overrides of
//! `manyi.toml`. Each value keeps its place, so that whatever is wrong points to the line that said it.

mod chain;
mod in_use;
mod merge;
mod one;
pub(crate) mod source;
#[cfg(test)]
mod tests;
pub(crate) mod tree;
pub(crate) mod wording;

pub use in_use::{check_communities, load};
pub use one::{effective, one, text_of};

/// The built-in profiles: name and TOML.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("survey-procedure", include_str!("builtin/survey-procedure.toml")),
    ("complaint-classes", include_str!("builtin/complaint-classes.toml")),
    ("service-center", include_str!("builtin/service-center.toml")),
    ("community-opinion", include_str!("builtin/community-opinion.toml")),
    ("property-complaint", include_str!("builtin/property-complaint.toml")),
];
