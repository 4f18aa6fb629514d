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
    let mut ends: Vec<[String; 10]> = rows.map(of_row).collect();
    if moved.row_count > ends.len() {
        ends.push(said("more", (moved.row_count - ends.len()).to_string()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::Period;
    use crate::seal::compare::What;
    use crate::seal::fact::SealedFact;
    use crate::seal::print::Place;

    #[test]
    fn rows_beyond_those_that_are_kept_are_counted_on_a_last_line() {
        let row = MovedRow {
            what: What::Added,
            sealed: None,
            now: None,
            place: Place::default(),
            fields: Vec::new(),
            codes: Vec::new(),
        };
        let fact = SealedFact {
            profile: String::new(),
            metric: "complaint.received".to_owned(),
            scope: "group".to_owned(),
            scope_id: String::new(),
            dimensions: Default::default(),
            id: String::new(),
            numbers: Numbers::default(),
        };
        let moved = |row_count| MovedFact { fact: fact.clone(), sealed: None, now: None, rows: vec![0, 1], row_count };
        let period = RestatedPeriod {
            period: Period::Month(2025, 6),
            as_of: 0,
            sealed: 1,
            moved: Vec::new(),
            rows: vec![row.clone(), row],
            causes: Vec::new(),
            uncompared: Vec::new(),
        };
        let words = |row_count| -> Vec<[String; 2]> {
            ends(&period, &moved(row_count)).into_iter().map(|end| [end[0].clone(), end[8].clone()]).collect()
        };
        let line = |what: &str, detail: &str| [what.to_owned(), detail.to_owned()];
        assert_eq!(words(2), [line("added", ""), line("added", "")]);
        assert_eq!(words(7), [line("added", ""), line("added", ""), line("more", "5")]);
    }
}
