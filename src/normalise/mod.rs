//! One text or number → one typed value. Pure parsers; what they cannot read they say so.

pub mod answer;
pub mod duration;
pub mod label;
pub mod moment;
pub mod number;
pub mod numeral;
pub mod period;
pub mod phone;
pub mod place;
pub mod rating;
mod scanner;
