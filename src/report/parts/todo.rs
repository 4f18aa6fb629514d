//! What to do, by whom, by when: the table. Nothing is decided here: where no record says who or by when, a ruled line stands for it.

use super::super::lens::value_text;
use super::super::mask::masked;
use super::super::view::{Cell, Section, Table, card};
use super::super::words::Words;
use super::super::{ReportInput, pages};
use super::owed;
use crate::metrics::fact::Fact;
use crate::metrics::register::Commitment;
use crate::moment::Period;
use crate::records::store::NO_NAME;

/// Something to do, and what it rests on.
pub(crate) struct Row {
    pub(crate) what: Cell,
    /// None: to be filled in by hand.
    pub(crate) who: Option<String>,
    /// None: to be filled in by hand.
    pub(crate) by: Option<String>,
    pub(crate) rests_on: Cell,
}

/// The section; without rows it says that there is nothing.
pub(crate) fn section(words: &Words, id: &str, rows: Vec<Row>) -> Section {
    let mut section = Section::new("actions", words.say("section.actions", &[]));
    if rows.is_empty() {
        section.text(words.say("todo.nothing", &[]));
        return section;
    }
    let decided = rows.iter().all(|row| row.who.is_some() && row.by.is_some());
    section.text(words.say(if decided { "todo.lead" } else { "todo.lead_lines" }, &[]));
    let mut table = Table::new(words, id, words.say("todo.caption", &[]))
        .words(words.say("todo.what", &[]))
        .words(words.say("todo.who", &[]))
        .words(words.say("todo.by", &[]))
        .words(words.say("todo.rests_on", &[]));
    for row in rows {
        let or_line = |text: Option<String>| text.map_or_else(|| Cell::text("").state("fill"), Cell::text);
        table.row(vec![row.what, or_line(row.who), or_line(row.by), row.rests_on]);
    }
    section.table(table);
    section
}

/// A fact as what something rests on, with its card.
pub(crate) fn figure(words: &Words, fact: &Fact, label: &str) -> Cell {
    let shown = value_text(words, Some(fact));
    let text = words.say("todo.figure", &[("label", label), ("value", &shown)]);
    Cell { card: card(fact), ..Cell::text(text) }
}

/// `《顾客投诉处理程序》4.3.2`.
pub(crate) fn clause(input: &ReportInput<'_>, profile: &str, clause: &str) -> String {
    let words = input.words;
    let title = input.profiles.named(profile).map_or("", |one| one.title.in_language(words.language));
    let key = if clause.is_empty() { "todo.procedure" } else { "todo.clause" };
    words.say(key, &[("profile", title), ("clause", clause)])
}

/// A promise or measure that is open.
pub(crate) fn commitment(input: &ReportInput<'_>, words: &Words, one: &Commitment) -> Row {
    let kind = words.say(&format!("owed.kind_{}", one.kind.word()), &[]);
    let text = masked(&one.text, input.persons);
    Row {
        what: Cell::text(words.say("todo.commitment", &[("kind", &kind), ("text", &text)])),
        who: who(input, one.department),
        by: one.due_by().map(|due| owed::due_text(words, due)),
        rests_on: owed::source(input, Some((one.source, one.row))),
    }
}

/// Name of a department; none where none is named, to be filled in by hand.
pub(crate) fn who(input: &ReportInput<'_>, department: u32) -> Option<String> {
    (department != NO_NAME).then(|| owed::department_name(input, department))
}

/// A link to the list of what is overdue, where there is one; else to the data file.
pub(crate) fn overdue_list(input: &ReportInput<'_>, period: Period, from: &str) -> Cell {
    let path = pages::overdue_page(input, period).unwrap_or_else(|| "data/overdue.csv".to_owned());
    Cell::text(input.words.say("todo.list", &[])).href(super::super::view::relative(from, &path))
}
