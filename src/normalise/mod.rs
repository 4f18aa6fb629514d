//! One text or number → one typed value. Pure parsers; what they cannot read they say so.

pub mod rating;
