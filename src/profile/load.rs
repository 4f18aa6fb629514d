//! Reading profiles: the built-in ones, a company's own files, and its overrides of single entries.
//!
//! A profile is a text or several laid over each other: the built-in one that a file extends, the file, then the overrides of
//! `manyi.toml`. Each value keeps its place, so that whatever is wrong points to the line that said it.

mod chain;
mod files;
mod in_use;
mod merge;
mod one;
pub(crate) mod source;
#[cfg(test)]
mod tests;
pub(crate) mod tree;
pub(crate) mod wording;

pub use files::files;
pub use in_use::{check_communities, load};
pub use one::{effective, one, text_of};

/// The built-in profiles: name and TOML.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("community-opinion", include_str!("builtin/community-opinion.toml")),
    ("survey-procedure", include_str!("builtin/survey-procedure.toml")),
    ("complaint-classes", include_str!("builtin/complaint-classes.toml")),
    ("service-center", include_str!("builtin/service-center.toml")),
    ("complaint-handling", include_str!("builtin/complaint-handling.toml")),
    ("property-complaint", include_str!("builtin/property-complaint.toml")),
    ("developer-complaint", include_str!("builtin/developer-complaint.toml")),
    ("quality-returns", include_str!("builtin/quality-returns.toml")),
    ("drug-complaint", include_str!("builtin/drug-complaint.toml")),
    ("product-complaint", include_str!("builtin/product-complaint.toml")),
    ("one-stop-service", include_str!("builtin/one-stop-service.toml")),
    ("property-targets", include_str!("builtin/property-targets.toml")),
    ("after-sales", include_str!("builtin/after-sales.toml")),
    ("instrument-service", include_str!("builtin/instrument-service.toml")),
    ("product-queries", include_str!("builtin/product-queries.toml")),
    ("retail-complaint", include_str!("builtin/retail-complaint.toml")),
    ("tenant-relations", include_str!("builtin/tenant-relations.toml")),
    ("dealer-complaint", include_str!("builtin/dealer-complaint.toml")),
    ("customer-grading", include_str!("builtin/customer-grading.toml")),
    ("satisfaction-yearly", include_str!("builtin/satisfaction-yearly.toml")),
];
