//! The data-quality page: what was read, where every row went, and every problem with its cell.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::view::{Cell, Composed, Frame, Link, Section, Table, frame, model, relative};
use super::super::words::Words;
use super::super::{PageTask, ReportInput, format};
use super::{PageKind, Place};
use crate::ledger::RowCounts;
use crate::metrics::fact::Scope;
use crate::origin::{FileId, SourceId};
use crate::problem::{Code, Problem, Severity};

/// Problems listed for one file, and in all; the rest stands in `problems.csv`. A page of 2,000 rows still opens at once.
const MOST_OF_A_FILE: usize = 200;
const MOST: usize = 2_000;

/// The page's place.
const PATH: &str = "quality/index.html";

/// The kind of page.
pub(crate) const KIND: PageKind = PageKind { template: "quality.html", public: false, plan, compose };

/// The page.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Quality {
    frame: Frame,
    summary: String,
    sections: Vec<Section>,
    links: Vec<Link>,
}

fn plan(_: &ReportInput<'_>) -> Vec<Place> {
    vec![Place { path: PATH.to_owned(), period: None, scope: Scope::Group }]
}

fn compose(input: &ReportInput<'_>, task: &PageTask) -> Composed {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    // What is to be mended comes first.
    let sections = vec![problems(input), codes(input), files(input), rows(input)];
    let mut frame = frame(input, task, say("quality.title"), "");
    frame.contents = sections.iter().map(Section::link).collect();
    let link = |key, to: &str| Link { text: say(key), href: relative(&task.path, to) };
    model(&Quality {
        frame,
        summary: summary(input),
        sections,
        links: vec![link("index.problems", "data/problems.csv"), link("index.ledger", "data/ledger.csv")],
    })
}

fn big(n: u64) -> f64 {
    // Counts of rows stay far below 2^53.
    #[allow(clippy::cast_precision_loss, reason = "row counts stay far below 2^53")]
    let number = n as f64;
    number
}

fn size(n: usize) -> f64 {
    super::super::chart::number(n)
}

fn summary(input: &ReportInput<'_>) -> String {
    let words = input.words;
    let counts = total(input.ledger.lines.iter().map(|line| &line.rows));
    let clauses = vec![
        words.number("quality.files_read", size(input.files.len()), &[]),
        words.number("quality.rows_read", big(counts.rows), &[]),
        words.number("quality.rows_counted", big(counts.record_rows), &[]),
        if input.problems.is_empty() {
            words.say("quality.no_problem", &[])
        } else {
            words.number("quality.problems_found", size(input.problems.len()), &[])
        },
    ];
    let mut text = words.sentence(&clauses);
    if !input.problems.is_empty() {
        text = words.sentences(&[text, words.say("quality.how", &[])]);
    }
    text
}

/// The ledger's categories, in their order.
fn categories(rows: &RowCounts) -> [(&'static str, u64); 9] {
    [
        ("record_rows", rows.record_rows),
        ("continuation", rows.continuation),
        ("rejected", rows.rejected),
        ("duplicates", rows.duplicates),
        ("headings", rows.headings),
        ("totals", rows.totals),
        ("notes", rows.notes),
        ("blanks", rows.blanks),
        ("unrecognised", rows.unrecognised),
    ]
}

fn total<'a>(lines: impl Iterator<Item = &'a RowCounts>) -> RowCounts {
    lines.fold(RowCounts::default(), |sum, rows| RowCounts {
        rows: sum.rows + rows.rows,
        record_rows: sum.record_rows + rows.record_rows,
        continuation: sum.continuation + rows.continuation,
        rejected: sum.rejected + rows.rejected,
        duplicates: sum.duplicates + rows.duplicates,
        headings: sum.headings + rows.headings,
        totals: sum.totals + rows.totals,
        notes: sum.notes + rows.notes,
        blanks: sum.blanks + rows.blanks,
        unrecognised: sum.unrecognised + rows.unrecognised,
    })
}

/// Where every row went, with the sum that balances.
fn rows(input: &ReportInput<'_>) -> Section {
    let words = input.words;
    let counts = total(input.ledger.lines.iter().map(|line| &line.rows));
    let mut section = Section::new("rows", words.say("quality.rows_title", &[]));
    let mut table = Table::new(words, "rows-table", words.say("quality.rows_caption", &[]))
        .words(words.say("quality.category", &[]))
        .numbers(words.say("quality.rows", &[]))
        .words(words.say("quality.meaning", &[]));
    for (category, n) in categories(&counts) {
        table.row(vec![
            Cell::text(words.code("ledger", category)),
            Cell::count(big(n)),
            Cell::text(words.code("ledger_meaning", category)),
        ]);
    }
    let verdict = if counts.balances() { "quality.balanced" } else { "quality.unbalanced" };
    table.foot(vec![
        Cell::text(words.say("table.total", &[])),
        Cell::count(big(counts.rows)),
        Cell::text(words.say(verdict, &[])),
    ]);
    section.table(table);
    section
}

/// The file of a sheet.
fn file_of(input: &ReportInput<'_>, source: SourceId) -> Option<FileId> {
    input.sources.get(usize::try_from(source).ok()?).map(|sheet| sheet.file)
}

fn file_name<'a>(input: &ReportInput<'a>, file: FileId) -> &'a str {
    usize::try_from(file).ok().and_then(|file| input.files.get(file)).map_or(format::ABSENT, String::as_str)
}

/// A row for each file.
fn files(input: &ReportInput<'_>) -> Section {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut by_file: BTreeMap<FileId, (RowCounts, u64, usize)> = BTreeMap::new();
    for file in 0..FileId::try_from(input.files.len()).unwrap_or(FileId::MAX) {
        by_file.entry(file).or_default();
    }
    for line in &input.ledger.lines {
        if let Some(file) = file_of(input, line.source) {
            let entry = by_file.entry(file).or_default();
            entry.0 = total([&entry.0, &line.rows].into_iter());
            entry.1 += line.yielded;
        }
    }
    for problem in input.problems {
        if let Some(file) = file_of(input, problem.source) {
            by_file.entry(file).or_default().2 += 1;
        }
    }
    let mut table = Table::new(words, "files-table", say("quality.files_caption"))
        .words(say("quality.file"))
        .numbers(say("quality.rows"))
        .numbers(say("quality.records"))
        .numbers(say("quality.rejected"))
        .numbers(say("quality.duplicates"))
        .numbers(say("quality.unrecognised"))
        .numbers(say("quality.problems"))
        .words(say("quality.returned"));
    // Those with something to mend first, in the order of their names; the link leads to their problems.
    let listed: BTreeSet<FileId> = listed(input).into_iter().map(|(file, _)| file).collect();
    let mut by_file: Vec<_> = by_file.into_iter().collect();
    by_file.sort_by_key(|(_, (_, _, problems))| *problems == 0);
    table.remark = say("quality.files_remark");
    for (file, (counts, records, problems)) in by_file {
        let n = |n: u64| Cell::count(big(n));
        table.row(vec![
            if listed.contains(&file) {
                Cell::text(file_name(input, file)).href(format!("#problems-{file}"))
            } else {
                Cell::text(file_name(input, file))
            },
            n(counts.rows),
            n(records),
            n(counts.rejected),
            n(counts.duplicates),
            n(counts.unrecognised),
            Cell::count(size(problems)),
            match input.returned.get(&file) {
                Some(path) => Cell::text(say("quality.returned_link")).href(relative(PATH, path)),
                None => Cell::absent(),
            },
        ]);
    }
    let mut section = Section::new("files", say("quality.files_title"));
    section.table(table);
    section
}

/// A severity in words, as a cell; errors stand out.
fn severity(words: &Words, severity: Severity) -> Cell {
    let cell = Cell::text(words.code("severity", severity.word()));
    if severity == Severity::Error { cell.state("missed") } else { cell }
}

/// Problems by code, with what was expected and what was used.
fn codes(input: &ReportInput<'_>) -> Section {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut section = Section::new("codes", say("quality.codes_title"));
    let mut by_code: BTreeMap<Code, usize> = BTreeMap::new();
    for problem in input.problems {
        *by_code.entry(problem.code).or_default() += 1;
    }
    if by_code.is_empty() {
        section.text(say("quality.no_problem_at_all"));
        return section;
    }
    let mut codes: Vec<(Code, usize)> = by_code.into_iter().collect();
    codes.sort_by_key(|(code, n)| (code.wording().severity, std::cmp::Reverse(*n), *code));
    let mut table = Table::new(words, "codes-table", say("quality.codes_caption"))
        .words(say("quality.problem"))
        .words(say("quality.severity"))
        .numbers(say("quality.number"))
        .words(say("quality.expected"))
        .words(say("quality.used"));
    for (code, n) in codes {
        let wording = code.wording();
        table.row(vec![
            Cell::text(wording.title.in_language(words.language)).detail(wording.name),
            severity(words, wording.severity),
            Cell::count(size(n)),
            Cell::text(wording.expected.in_language(words.language)),
            Cell::text(wording.used.in_language(words.language)),
        ]);
    }
    section.table(table);
    section
}

/// The problems themselves, a table for each file, as many as the page holds.
fn problems(input: &ReportInput<'_>) -> Section {
    let words = input.words;
    let mut section = Section::new("problems", words.say("quality.problems_title", &[]));
    let mut left_out = input.problems.len();
    for (file, problems) in listed(input) {
        left_out -= problems.len();
        let shown = problems.len().min(MOST_OF_A_FILE);
        let mut table = problem_table(input, file, &problems[..shown]);
        if shown < problems.len() {
            table.remark = words.number("quality.more_of_file", size(problems.len() - shown), &[]);
        }
        section.table(table);
    }
    if left_out > 0 {
        section.text(words.number("quality.more", size(left_out), &[]));
    }
    if input.problems.is_empty() {
        section.text(words.say("quality.no_problem_at_all", &[]));
    }
    section
}

/// The files whose problems stand on the page, each with all of its problems, until the page is full.
fn listed<'a>(input: &ReportInput<'a>) -> Vec<(FileId, Vec<&'a Problem>)> {
    let mut by_file: BTreeMap<FileId, Vec<&Problem>> = BTreeMap::new();
    for problem in input.problems {
        by_file.entry(file_of(input, problem.source).unwrap_or(FileId::MAX)).or_default().push(problem);
    }
    let mut room = MOST;
    by_file
        .into_iter()
        .take_while(|(_, problems)| {
            let fits = room > 0;
            room = room.saturating_sub(problems.len().min(MOST_OF_A_FILE));
            fits
        })
        .collect()
}

fn problem_table(input: &ReportInput<'_>, file: FileId, problems: &[&Problem]) -> Table {
    let words = input.words;
    let say = |key| words.say(key, &[]);
    let mut table = Table::new(words, &format!("problems-{file}"), file_name(input, file).to_owned())
        .words(say("quality.place"))
        .words(say("quality.problem"))
        .words(say("quality.found"))
        .words(say("quality.expected"))
        .words(say("quality.used"));
    for problem in problems {
        let wording = problem.code.wording();
        let sheet = usize::try_from(problem.source).ok().and_then(|source| input.sources.get(source));
        let sheet = sheet.map_or("", |sheet| sheet.sheet.as_str());
        let cell = problem.cell.map_or_else(|| say("quality.whole_sheet"), |cell| cell.to_string());
        table.row(vec![
            Cell::text(cell).detail(sheet),
            Cell::text(wording.title.in_language(words.language)),
            if problem.found.is_empty() { Cell::absent() } else { Cell::text(&*problem.found) },
            Cell::text(wording.expected.in_language(words.language)),
            Cell::text(problem.used(input.files, input.sources, words.language)),
        ]);
    }
    table
}
