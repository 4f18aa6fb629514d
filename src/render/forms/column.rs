//! Columns of a form.

use crate::recognise::field::Field;

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// What the program recognises in it.
    pub field: Field,
    /// Labels from the top; below the last one the cells are merged down.
    pub path: &'static [&'static str],
    /// What is filled in.
    pub entry: Entry,
    /// Without it the row cannot be counted, or little can be said of it.
    pub needed: bool,
    /// A value as it may be filled in.
    pub example: &'static str,
}

/// What is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The running number, printed.
    Serial,
    /// A short text.
    Text,
    /// A text of several lines.
    Long,
    /// Date and time.
    Moment,
    /// A date.
    Date,
    /// A count.
    Count,
    /// An amount.
    Amount,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A tick.
    Tick,
}

/// Ratings as the procedures word them.
pub(super) const RATINGS: Entry =
    Entry::Choice(&["特别满意", "满意", "基本满意", "一般", "不满意", "很不满意", "未表态"]);
/// Ratings of the printed callback form.
pub(super) const THREE: Entry = Entry::Choice(&["满意", "较满意", "不满意"]);
/// Yes or no.
pub(super) const YES_NO: Entry = Entry::Choice(&["是", "否"]);

const fn column(field: Field, path: &'static [&'static str], entry: Entry, example: &'static str) -> Column {
    Column { field, path, entry, needed: false, example }
}

impl Column {
    /// The same column, said to be needed.
    pub(super) const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// Characters that fit its cells; Chinese ones count two.
    #[must_use]
    pub fn width(&self) -> f64 {
        use unicode_width::UnicodeWidthStr;
        let least = match self.entry {
            Entry::Serial | Entry::Tick => 6,
            Entry::Long => 30,
            Entry::Moment => 17,
            Entry::Date => 12,
            Entry::Count | Entry::Amount => 9,
            Entry::Text => 11,
            Entry::Choice(of) => of.iter().map(|word| word.width()).max().unwrap_or(0).max(8),
        };
        let label = self.path.last().map_or(0, |label| label.width());
        f64::from(u32::try_from(least.max(label)).unwrap_or(30)) * 1.1 + 2.0
    }
}

pub(super) const fn serial() -> Column {
    column(Field::Serial, &["序号"], Entry::Serial, "1")
}

pub(super) const fn text(field: Field, path: &'static [&'static str], example: &'static str) -> Column {
    column(field, path, Entry::Text, example)
}

pub(super) const fn long(field: Field, path: &'static [&'static str], example: &'static str) -> Column {
    column(field, path, Entry::Long, example)
}

pub(super) const fn moment(field: Field, path: &'static [&'static str], example: &'static str) -> Column {
    column(field, path, Entry::Moment, example)
}

pub(super) const fn date(field: Field, path: &'static [&'static str], example: &'static str) -> Column {
    column(field, path, Entry::Date, example)
}

pub(super) const fn counted(field: Field, path: &'static [&'static str], example: &'static str) -> Column {
    column(field, path, Entry::Count, example)
}

pub(super) const fn amount(field: Field, path: &'static [&'static str], example: &'static str) -> Column {
    column(field, path, Entry::Amount, example)
}

pub(super) const fn choice(field: Field, path: &'static [&'static str], entry: Entry, example: &'static str) -> Column {
    column(field, path, entry, example)
}

pub(super) const fn tick(field: Field, path: &'static [&'static str], example: &'static str) -> Column {
    column(field, path, Entry::Tick, example)
}
