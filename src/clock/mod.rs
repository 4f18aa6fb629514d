//! Working time: moments + calendar → elapsed, working hours, working days; due moments.

pub mod calendar;
pub mod due;
pub mod week;
pub mod working_time;
