//! The lists as CSV: all duties one by one, and what is overdue or falls due soon. For management: places stand in them, names and
//! phones do not.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::data::{guarded, writer};
use crate::metrics::behind::Decisive;
use crate::metrics::lists::Lists;
use crate::metrics::runner::ScopeCode;
use crate::moment::{Moment, Seconds, date_of, written};
use crate::origin::{CellAt, SourceId, SourceSheet};
use crate::records::directory::Directory;
use crate::report::mask::{masked, masked_beside_room};

/// Header of `duties.csv`.
pub const DUTY_COLUMNS: [&str; 14] = [
    "profile",
    "duty",
    "clause",
    "owed_by",
    "owed_by_id",
    "owed_by_name",
    "period",
    "due",
    "done",
    "outcome",
    "days_late",
    "file",
    "sheet",
    "cell",
];

/// Header of `overdue.csv`.
pub const OVERDUE_COLUMNS: [&str; 17] = [
    "state",
    "kind",
    "profile",
    "id",
    "clause",
    "community_id",
    "community",
    "department_id",
    "department",
    "number",
    "place",
    "about",
    "due",
    "seconds",
    "file",
    "sheet",
    "cell",
];

/// What the lists' codes stand for.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Communities and departments.
    pub directory: &'a Directory,
    /// Path of each input file, by its number.
    pub files: &'a [String],
    /// Each sheet, by its number.
    pub sources: &'a [SourceSheet],
    /// Names of persons in the input, to be masked in texts.
    pub persons: &'a BTreeSet<String>,
    /// The as-of moment.
    pub as_of: Seconds,
}

impl Named<'_> {
    /// File, sheet and cell of a row.
    fn place(&self, source: Option<(SourceId, u32)>) -> [String; 3] {
        let Some((source, row)) = source else { return [const { String::new() }; 3] };
        let sheet = self.sources.get(source as usize);
        let file = sheet.and_then(|sheet| self.files.get(sheet.file as usize));
        [
            file.map_or_else(String::new, |file| guarded(file)),
            sheet.map_or_else(String::new, |sheet| guarded(&sheet.sheet)),
            CellAt { row, col: 0 }.to_string(),
        ]
    }

    fn community(&self, code: u32) -> [String; 2] {
        let known = self.directory.communities.get(code as usize);
        known.map_or_else(Default::default, |known| [known.id.to_string(), guarded(&known.name)])
    }

    fn department(&self, code: u32) -> [String; 2] {
        let known = self.directory.departments.get(code as usize);
        known.map_or_else(Default::default, |known| [known.id.to_string(), guarded(&known.name)])
    }
}

/// Writes `duties.csv`.
///
/// # Errors
/// When the file cannot be written.
pub fn duties(out: &mut dyn Write, lists: &Lists, named: Named<'_>) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(DUTY_COLUMNS)?;
    for duty in &lists.duties {
        let (scope, [id, name]) = match duty.owner {
            ScopeCode::Group => ("group", Default::default()),
            ScopeCode::Community(code) => ("community", named.community(code)),
            ScopeCode::Department(code) => ("department", named.department(code)),
        };
        let [file, sheet, cell] = named.place(duty.evidence.as_ref().map(Decisive::place));
        csv.write_record([
            &duty.profile,
            &duty.duty,
            &duty.clause,
            scope,
            &id,
            &name,
            &duty.label(),
            &duty.due.map(written).unwrap_or_default(),
            &duty.done.map(as_written).unwrap_or_default(),
            duty.outcome.word(),
            &duty.days_late(named.as_of).map(|days| days.to_string()).unwrap_or_default(),
            &file,
            &sheet,
            &cell,
        ])?;
    }
    csv.flush()
}

/// Writes `overdue.csv`.
///
/// # Errors
/// When the file cannot be written.
pub fn overdue(out: &mut dyn Write, lists: &Lists, named: Named<'_>) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(OVERDUE_COLUMNS)?;
    for owed in &lists.owed {
        let [community_id, community] = named.community(owed.community);
        let [department_id, department] = named.department(owed.department);
        let [file, sheet, cell] = named.place(owed.source);
        let text = |text: &Option<std::sync::Arc<str>>| match text {
            Some(text) => guarded(&masked_beside_room(text, named.persons)),
            None => String::new(),
        };
        csv.write_record([
            if owed.is_overdue { "overdue" } else { "due_soon" },
            owed.what.word(),
            &owed.profile,
            &owed.id,
            &owed.clause,
            &community_id,
            &community,
            &department_id,
            &department,
            &text(&owed.number),
            &text(&owed.place),
            &guarded(&masked(&owed.about, named.persons)),
            &written(owed.due),
            &owed.seconds(named.as_of).to_string(),
            &file,
            &sheet,
            &cell,
        ])?;
    }
    csv.flush()
}

/// A moment as people write it: a date without a time stays a date.
fn as_written(moment: Moment) -> String {
    if moment.date_only { date_of(moment.seconds).to_string() } else { written(moment.seconds) }
}
