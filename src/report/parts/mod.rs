//! Parts that several pages are made of.

pub(crate) mod ageing;
pub(crate) mod answers;
pub(crate) mod breakdown;
pub(crate) mod callbacks;
pub(crate) mod communities;
pub(crate) mod control;
pub(crate) mod deadlines;
pub(crate) mod figures;
pub(crate) mod form_page;
pub(crate) mod multiples;
pub(crate) mod notes;
pub(crate) mod owed;
pub(crate) mod promises;
pub(crate) mod sheet;
pub(crate) mod timeline;
pub(crate) mod times;
pub(crate) mod todo;
pub(crate) mod trend;
pub(crate) mod worksheet;
