//! `data/restated.csv`: each number of a sealed period that moved, a line for each row that moved it.

use std::io::{self, Write};

use super::data::{guarded, writer};
use crate::seal::compare::{MovedFact, MovedRow, Restated, RestatedPeriod};
use crate::seal::fact::Numbers;

/// Header of `restated.csv`.
pub const COLUMNS: [&str; 29] = [
    "period",
    "as_of",
    "fact",
    "profile",
    "metric",
    "scope",
    "scope_id",
    "dimension",
    "dimension_value",
    "dimension2",
    "dimension2_value",
    "sealed_numerator",
    "sealed_denominator",
    "sealed_value",
    "sealed_verdict",
    "numerator",
    "denominator",
    "value",
    "verdict",
    "what",
    "kind",
    "file",
    "sheet",
    "row",
    "sealed_file",
    "sealed_sheet",
    "sealed_row",
    "fields",
    "outcomes",
];

/// Rows listed for one fact; a register that was sent again in whole would fill the disk, fact by fact.
const MOST_ROWS: usize = 1_000;

/// Writes `restated.csv`. A fact that no row moved has a line for each cause, or one that says `unexplained`; where more rows moved
/// it than are listed, a last line says `more` and how many.
///
/// # Errors
/// When the file cannot be written.
pub fn write(out: &mut dyn Write, restated: &Restated) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(COLUMNS)?;
    for period in &restated.periods {
        for fact in &period.moved {
            for end in ends(period, fact) {
                csv.write_record(beginning(period, fact).into_iter().chain(end))?;
            }
        }
    }
    csv.flush()
}

fn beginning(period: &RestatedPeriod, moved: &MovedFact) -> Vec<String> {
    let fact = &moved.fact;
    let [(first, first_value), (second, second_value)] = fact.dimensions.clone();
    let numbers = |of: &Option<Numbers>| {
        let of = of.clone().unwrap_or_default();
        [of.numerator, of.denominator, of.value, of.verdict]
    };
    let own = [
        period.period.to_string(),
        crate::moment::date_of(period.as_of - 1).to_string(),
        fact.id.clone(),
        fact.profile.clone(),
        fact.metric.clone(),
        fact.scope.clone(),
        fact.scope_id.clone(),
        first,
        first_value,
        second,
        second_value,
    ];
    own.into_iter().chain(numbers(&moved.sealed)).chain(numbers(&moved.now)).collect()
}

/// The ends of a fact's lines.
fn ends(period: &RestatedPeriod, moved: &MovedFact) -> Vec<[String; 10]> {
    let said = |what: &str, detail: String| {
        let mut end: [String; 10] = Default::default();
        (end[0], end[8]) = (what.to_owned(), guarded(&detail));
        end
    };
    let rows = moved.rows.iter().filter_map(|row| period.rows.get(*row));
    let mut ends: Vec<[String; 10]> = rows.take(MOST_ROWS).map(of_row).collect();
    if moved.rows.len() > MOST_ROWS {
        ends.push(said("more", (moved.rows.len() - MOST_ROWS).to_string()));
    }
    if ends.is_empty() {
        ends.extend(period.causes.iter().map(|cause| said(cause.word(), cause.detail())));
    }
    if ends.is_empty() {
        ends.push(said("unexplained", String::new()));
    }
    ends
}

fn of_row(row: &MovedRow) -> [String; 10] {
    let print = row.now.as_ref().or(row.sealed.as_ref());
    let before = row.sealed.as_ref().map(|print| print.place.clone()).unwrap_or_default();
    let number = |row: u64| if row == 0 { String::new() } else { row.to_string() };
    let word = |word: &str| if word.is_empty() { "—".to_owned() } else { word.to_owned() };
    let codes = row.codes.iter().map(|(name, then, now)| format!("{name}: {} → {}", word(then), word(now)));
    [
        row.what.word().to_owned(),
        print.map_or_else(String::new, |print| print.kind.clone()),
        guarded(&row.place.file),
        guarded(&row.place.sheet),
        number(row.place.row),
        guarded(&before.file),
        guarded(&before.sheet),
        number(before.row),
        row.fields.join(" "),
        codes.collect::<Vec<_>>().join("; "),
    ]
}
