//! The data files: `facts.csv`, `ledger.csv`, `problems.csv`. UTF-8, no byte order mark, LF.

use std::io::{self, Write};

use rayon::prelude::{ParallelIterator, ParallelSlice};

use crate::ledger::Ledger;
use crate::metrics::explain::explanation::Explanation;
use crate::metrics::fact::{Dimension, Fact, FactTable};
pub use crate::metrics::written::{decimal, guarded};
use crate::origin::SourceSheet;
use crate::problem::{Language, Problem};

/// Header of `facts.csv`.
pub const FACT_COLUMNS: [&str; 22] = [
    "fact",
    "profile",
    "metric",
    "clause",
    "period",
    "scope",
    "scope_id",
    "scope_name",
    "dimension",
    "dimension_value",
    "dimension2",
    "dimension2_value",
    "numerator",
    "denominator",
    "value",
    "unit",
    "target",
    "verdict",
    "ci_low",
    "ci_high",
    "excluded",
    "note",
];

/// Header of `ledger.csv`.
pub const LEDGER_COLUMNS: [&str; 16] = [
    "file",
    "sheet",
    "block",
    "range",
    "kind",
    "rows",
    "record_rows",
    "continuation",
    "rejected",
    "duplicates",
    "headings",
    "totals",
    "notes",
    "blanks",
    "unrecognised",
    "yielded",
];

/// Header of `problems.csv`.
pub const PROBLEM_COLUMNS: [&str; 9] =
    ["file", "sheet", "cell", "severity", "code", "found", "expected", "used", "affects"];

/// Writes `facts.csv`.
///
/// # Errors
/// When the file cannot be written.
pub fn facts(out: &mut dyn Write, facts: &FactTable) -> io::Result<()> {
    writer(out).write_record(FACT_COLUMNS)?;
    // Stretches are written out side by side and put down in their order.
    for some in facts.all().chunks(STRETCH * 16) {
        let written: Vec<io::Result<Vec<u8>>> = some.par_chunks(STRETCH).map(|some| fact_rows(some, facts)).collect();
        for rows in written {
            out.write_all(&rows?)?;
        }
    }
    Ok(())
}

/// Facts that one task writes.
const STRETCH: usize = 2_048;

fn fact_rows(some: &[Fact], facts: &FactTable) -> io::Result<Vec<u8>> {
    let mut rows = Vec::with_capacity(some.len() * 160);
    let mut csv = writer(&mut rows);
    let number = |number: Option<f64>| number.map_or_else(String::new, decimal);
    let dimension = |dimension: &Option<(Dimension, std::sync::Arc<str>)>| match dimension {
        Some((dimension, value)) => (dimension.word(), guarded(value)),
        None => ("", String::new()),
    };
    for fact in some {
        let key = &fact.key;
        let (first, first_value) = dimension(&key.dimension);
        let (second, second_value) = dimension(&key.dimension2);
        csv.write_record([
            key.id().as_str(),
            &key.profile,
            &key.metric,
            &fact.clause,
            &key.period.to_string(),
            key.scope.word(),
            key.scope.id(),
            &guarded(facts.scope_name(&key.scope)),
            first,
            &first_value,
            second,
            &second_value,
            &number(fact.numerator),
            &number(fact.denominator),
            &number(fact.value),
            fact.unit.word(),
            &fact.target,
            fact.verdict.word(),
            &number(fact.interval.map(|(low, _)| low)),
            &number(fact.interval.map(|(_, high)| high)),
            &fact.excluded.to_string(),
            &fact.note,
        ])?;
    }
    csv.flush()?;
    drop(csv);
    Ok(rows)
}

/// Writes all rows behind a fact, a line a row.
///
/// # Errors
/// When it cannot be written.
pub fn row_list(out: &mut dyn Write, said: &Explanation) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(["fact", "part", "file", "sheet", "row", "times", "amount", "unit", "cells"])?;
    for explanation in std::iter::once(said).chain(&said.made_of) {
        for part in &explanation.parts {
            for row in &part.rows {
                let cells = row.cells.iter().map(|cell| {
                    let parts = [cell.column, &cell.file, &cell.sheet, &cell.cell, &cell.value];
                    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
                });
                csv.write_record([
                    explanation.fact.id.as_str(),
                    &part.part,
                    &guarded(&row.file),
                    &guarded(&row.sheet),
                    &row.row.to_string(),
                    &row.times.to_string(),
                    &row.amount.map_or_else(String::new, decimal),
                    part.unit.unwrap_or(""),
                    &guarded(&cells.collect::<Vec<_>>().join("; ")),
                ])?;
            }
        }
    }
    csv.flush()
}

/// Writes `ledger.csv`.
///
/// # Errors
/// When the file cannot be written.
pub fn ledger(out: &mut dyn Write, ledger: &Ledger, files: &[String], sources: &[SourceSheet]) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(LEDGER_COLUMNS)?;
    for line in &ledger.lines {
        let (file, sheet) = named(files, sources, line.source);
        let rows = &line.rows;
        let mut record = vec![
            guarded(file),
            guarded(sheet),
            line.block.to_string(),
            line.range.map_or_else(String::new, |range| range.to_string()),
            line.kind.to_owned(),
        ];
        record.extend(
            [
                rows.rows,
                rows.record_rows,
                rows.continuation,
                rows.rejected,
                rows.duplicates,
                rows.headings,
                rows.totals,
                rows.notes,
                rows.blanks,
                rows.unrecognised,
                line.yielded,
            ]
            .map(|count| count.to_string()),
        );
        csv.write_record(&record)?;
    }
    csv.flush()
}

/// Writes `problems.csv`.
///
/// # Errors
/// When the file cannot be written.
pub fn problems(
    out: &mut dyn Write,
    problems: &[Problem],
    files: &[String],
    sources: &[SourceSheet],
    language: Language,
) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(PROBLEM_COLUMNS)?;
    for problem in problems {
        let (file, sheet) = named(files, sources, problem.source);
        let wording = problem.code.wording();
        csv.write_record([
            &guarded(file),
            &guarded(sheet),
            &problem.cell.map_or_else(String::new, |cell| cell.to_string()),
            wording.severity.word(),
            wording.name,
            &guarded(&problem.found),
            wording.expected.in_language(language),
            &guarded(&problem.used(files, sources, language)),
            wording.affects,
        ])?;
    }
    csv.flush()
}

pub(super) fn writer(out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out)
}

fn named<'a>(files: &'a [String], sources: &'a [SourceSheet], source: u32) -> (&'a str, &'a str) {
    sources
        .get(source as usize)
        .map_or(("", ""), |sheet| (files.get(sheet.file as usize).map_or("", String::as_str), sheet.sheet.as_str()))
}
