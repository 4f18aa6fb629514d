//! Parts that several pages are made of.

pub(crate) mod answers;
pub(crate) mod breakdown;
pub(crate) mod callbacks;
pub(crate) mod communities;
pub(crate) mod deadlines;
pub(crate) mod figures;
pub(crate) mod notes;
pub(crate) mod owed;
pub(crate) mod sheet;
pub(crate) mod times;
pub(crate) mod trend;
