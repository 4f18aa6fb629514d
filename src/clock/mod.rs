//! Time on clocks: moments + calendar → elapsed time, working hours, working days; due moments.
//!
//! [`week`] says what each day is and what goes before what; [`working_time`] counts on it in constant time; [`due`] says where a
//! limit ends; [`clocks`] gives each community its clock; [`words`] describes a calendar to readers.

pub mod calendar;
pub mod clocks;
pub mod due;
mod stops;
#[cfg(test)]
mod tests;
pub mod week;
pub mod words;
pub mod working_time;
