//! The one shape that all later stages rely on.
//!
//! Tables become batches of columns, sheet by sheet and side by side; [`assemble`] puts the batches of all files together in
//! the order of their paths, gives names their codes, sets duplicates aside and builds the frames.

pub mod assemble;
pub mod block;
mod callback_frame;
pub mod callbacks;
mod case_frame;
pub mod cell_map;
pub mod cases;
pub mod cells;
pub mod checks;
pub mod columns;
pub mod community;
pub mod directory;
mod form_frame;
pub mod frames;
mod grades;
mod names;
mod part;
pub mod registers;
pub mod responses;
pub mod rounds;
pub mod store;
pub mod tallies;
