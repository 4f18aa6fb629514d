//! Layouts that a person reads at a glance and a plain table is not: each is set out anew as a view of the sheet, a plain table
//! whose cells keep where they came from. One layout, one file.

pub(super) mod across;
pub(super) mod key_value;
pub(super) mod merged_down;
pub(super) mod side_by_side;

/// How a table was laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// A header above, a record a row.
    #[default]
    Plain,
    /// One of several tables next to each other.
    SideBySide,
    /// Values that hold for several rows: vertically merged cells.
    MergedDown,
    /// Months or answers as columns.
    Across,
    /// A form: labels with their values beside them.
    KeyValue,
}

impl Layout {
    /// The word by which `inspect` names it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::SideBySide => "side-by-side",
            Self::MergedDown => "merged-down",
            Self::Across => "across",
            Self::KeyValue => "key-value",
        }
    }
}
